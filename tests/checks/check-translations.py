#!/usr/bin/env python3
"""Checks the translations: every file with strings is listed, and Swedish is complete, not fuzzy, plurals included."""

import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1]).resolve()
MARKED = {
    ".c": re.compile(r"\b(?:_|N_|C_|Q_|ngettext|g_dngettext|dngettext|g_dpgettext2?|gettext)\s*\("),
    ".ui": re.compile(r'translatable="yes"'),
    ".in": re.compile(r"^(?:Name|Comment|Keywords|GenericName)=|<(?:name|summary|p|caption)>", re.MULTILINE),
    ".xml": re.compile(r"<summary>|<description>"),
}
# Fixed texts of the design: the translation must be exactly this.
FIXED = {
    "Your session expired — please sign in again.": "Din session har gått ut — logga in igen.",
    "Signing out…": "Loggar ut…",
}


def with_strings():
    for folder in ("src", "data"):
        for path in sorted((TOP / folder).rglob("*")):
            # kvar-demo speaks like a server: its texts are the protocol's, in English.
            if "demo" in path.relative_to(TOP).parts[:2]:
                continue
            pattern = MARKED.get(path.suffix)
            if path.is_file() and pattern and pattern.search(path.read_text(encoding="utf-8")):
                yield str(path.relative_to(TOP))


def listed():
    lines = (TOP / "po" / "POTFILES.in").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def potfiles():
    here, there = set(with_strings()), listed()
    yield from (f"po/POTFILES.in lacks {name}" for name in sorted(here - set(there)))
    yield from (f"po/POTFILES.in names {name}, which has no strings" for name in sorted(set(there) - here))
    if there != sorted(there):
        yield "po/POTFILES.in is not sorted"


def run(*arguments, **kwargs):
    return subprocess.run(arguments, cwd=TOP, capture_output=True, text=True, check=False, **kwargs)


def template(folder):
    pot = pathlib.Path(folder) / "kvar.pot"
    made = run("bash", str(TOP / "build-aux" / "translations"), "--template", str(pot))
    return pot if made.returncode == 0 and pot.is_file() else made.stderr


def swedish():
    with tempfile.TemporaryDirectory() as folder:
        pot = template(folder)
        if not isinstance(pot, pathlib.Path):
            yield f"the template could not be made: {pot}"
            return
        merged = pathlib.Path(folder) / "sv.po"
        run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", str(merged), "po/sv.po", str(pot))
        for kind, option in (("untranslated", "--untranslated"), ("fuzzy", "--only-fuzzy")):
            found = run("msgattrib", option, "--no-obsolete", "--no-wrap", str(merged)).stdout
            for text in re.findall(r'^msgid "(.+)"$', found, re.MULTILINE):
                yield f"{kind} in sv: {text}"


def format_and_plurals():
    checked = run("msgfmt", "--check", "--check-accelerators=_", "-o", "/dev/null", "po/sv.po")
    if checked.returncode != 0:
        yield from checked.stderr.strip().splitlines()
    if "nplurals=2; plural=(n != 1)" not in (TOP / "po" / "sv.po").read_text(encoding="utf-8"):
        yield "po/sv.po has no plural forms"


def fixed_texts():
    catalogue = (TOP / "po" / "sv.po").read_text(encoding="utf-8")
    for english, translation in FIXED.items():
        if f'msgid "{english}"\nmsgstr "{translation}"' not in catalogue:
            yield f"“{english}” is not “{translation}” in sv"


def main():
    claims = [("potfiles", potfiles), ("swedish", swedish), ("format", format_and_plurals), ("fixed-texts", fixed_texts)]
    failed = 0
    print(f"1..{len(claims)}")
    for number, (name, claim) in enumerate(claims, 1):
        problems = list(claim())
        for problem in problems:
            print(f"# {problem}")
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} /translations/{name}")
    return 1 if failed else 0


sys.exit(main())
