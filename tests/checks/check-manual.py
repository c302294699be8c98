#!/usr/bin/env python3
"""check-manual.py TOP KVAR KVAR-CLI: the manual pages and the completion have every option that the programs explain, and
no others, in each language."""

import os
import pathlib
import re
import subprocess
import sys

TOP, KVAR, KVAR_CLI = (pathlib.Path(argument) for argument in sys.argv[1:4])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import tap  # noqa: E402

MAN = TOP / "data" / "man"
PAGES = {"English": MAN, "Swedish": MAN / "sv"}
HELP_OPTION = re.compile(r"^\s+(?:(-\w), )?(--[a-z-]+)", re.MULTILINE)
# Explained by the toolkit, in words of its own.
OF_GTK = {"--help-all", "--help-gapplication"}


def run(*command):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "ASAN_OPTIONS": "detect_leaks=0"}
    return subprocess.run([str(word) for word in command], env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, check=True).stdout


def explained(*command):
    """What --help says, long options and short ones."""
    text = run(*command, "--help")
    return {option for found in HELP_OPTION.findall(text) for option in found if option} - OF_GTK


def verbs():
    text = run(KVAR_CLI, "--help").split("Commands:\n", 1)[1].split("\n\n", 1)[0]
    return [line.split()[0] for line in text.splitlines()]


def options(text):
    """The options that a part of a page explains: what stands below .TP, without the text."""
    heads = [line for before, line in zip(text.splitlines(), text.splitlines()[1:]) if before == ".TP"]
    return {option for line in heads for option in re.findall(r"(?<![\w-])(--?[a-z][a-z-]*|-[A-Z])", line)}


def read(folder, name):
    return (folder / name).read_text(encoding="utf-8").replace("\\-", "-")


def same(seen, expected, what):
    tap.equal(sorted(seen), sorted(expected), what)


def check_kvar(folder):
    same(options(read(folder, "kvar.1")), explained(KVAR), "the options of kvar")


def check_kvar_cli(folder):
    before, *parts = read(folder, "kvar-cli.1").split("\n.SS ")
    same(options(before), explained(KVAR_CLI), "the options before the verb")
    tap.equal([part.split()[0] for part in parts], verbs(), "the verbs")
    for verb, part in zip(verbs(), parts):
        same(options(part.split("\n.SH ", 1)[0]), explained(KVAR_CLI, verb), f"the options of {verb}")


def complete(*words):
    """What bash offers for the last word."""
    script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kvar_cli; '
              'printf "%s\\n" "${COMPREPLY[@]}"')
    output = run("bash", "-c", script, "bash", TOP / "data" / "completions" / "kvar-cli.bash", "kvar-cli", *words)
    return set(output.split())


def check_completion():
    same(complete(""), verbs(), "the verbs")
    same(complete("--demo", "st"), {"status"}, "a verb after an option")
    same(complete("-"), explained(KVAR_CLI) - {"-h"}, "the options before the verb")
    for verb in verbs():
        same(complete("--project", "norr", verb, "-"), explained(KVAR_CLI, verb) | {"--help"},
             f"the options of {verb}")
    same(complete("export", "jobs", "--format", "=", "x"), {"xlsx"}, "a format")
    same(complete("drafts", ""), {"list", "export"}, "what drafts can do")


def main():
    plan = tap.Plan()
    for language, folder in PAGES.items():
        plan.claim(f"/manual/{language}/kvar", check_kvar, folder)
        plan.claim(f"/manual/{language}/kvar-cli", check_kvar_cli, folder)
    plan.claim("/manual/completion", check_completion)
    plan.finish()


main()
