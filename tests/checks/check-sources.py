#!/usr/bin/env python3
"""Checks the form of the sources: length, head, licence, and that CONTRIBUTING.md lists them truly."""

import importlib.machinery
import importlib.util
import pathlib
import re
import sys

TOP = pathlib.Path(sys.argv[1]).resolve()
MOST_LINES = 700
MOST_LINES_OF_A_FUNCTION = 60
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"

loader = importlib.machinery.SourceFileLoader("file_table", str(TOP / "build-aux" / "file-table"))
file_table = importlib.util.module_from_spec(importlib.util.spec_from_loader("file_table", loader))
sys.dont_write_bytecode = True
loader.exec_module(file_table)


def all_sources():
    return sorted(path for folder in ("src", "tests") for path in (TOP / folder).rglob("*.[ch]")
                  if "node_modules" not in path.parts)


def too_long():
    for path in all_sources():
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > MOST_LINES:
            yield f"{path.relative_to(TOP)} has {lines} lines, more than {MOST_LINES}"


def long_functions():
    """From its opening brace to its closing one; what only sets up a class may be longer."""
    function = re.compile(r"^(\w+) \((?:[^{};]*)\)\n(\{\n.*?^\})$", re.MULTILINE | re.DOTALL)
    for path in all_sources():
        for name, body in function.findall(path.read_text(encoding="utf-8")):
            lines = body.count("\n") + 1
            if lines > MOST_LINES_OF_A_FUNCTION and not name.endswith("_class_init"):
                yield f"{path.relative_to(TOP)}: {name}() has {lines} lines"


def bad_heads():
    for path in all_sources():
        head = path.read_text(encoding="utf-8")[:600]
        if LICENCE not in head:
            yield f"{path.relative_to(TOP)} does not name its licence"
        if path.suffix == ".c" and path.is_relative_to(TOP / "src") and not file_table.sentence(path):
            yield f"{path.relative_to(TOP)} does not begin with its name and a sentence"
        if path.suffix == ".h" and "#pragma once" not in path.read_text(encoding="utf-8"):
            yield f"{path.relative_to(TOP)} has no #pragma once"


def wide_or_tabbed():
    for path in all_sources():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > 100:
                yield f"{path.relative_to(TOP)}:{number} is wider than 100 columns"
            if "\t" in line:
                yield f"{path.relative_to(TOP)}:{number} holds a tab"
            if line != line.rstrip():
                yield f"{path.relative_to(TOP)}:{number} ends in white space"


def unfinished():
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    for path in all_sources():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if words.search(line):
                yield f"{path.relative_to(TOP)}:{number} is unfinished by its own words"


def enclosing_call(text, position):
    """Returns the arguments of the innermost call around a position; nothing when it is in no call."""
    depth, start = 0, position
    while depth >= 0:
        start -= 1
        if start < 0 or text[start] in ";{}":
            return ""
        depth += {")": 1, "(": -1}.get(text[start], 0)
    depth, end = 0, position
    while depth >= 0 and end < len(text):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return text[start + 1:end]


def read_while_stolen():
    """The order in which arguments are evaluated is undefined: what is stolen in a call must not be read in it."""
    for path in all_sources():
        text = re.sub(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'', "0", path.read_text(encoding="utf-8"))
        for match in re.finditer(r"g_steal_pointer \(&(\w+)\)", text):
            arguments = enclosing_call(text, match.start())
            if len(re.findall(rf"(?<![\w>.]){match.group(1)}\b", arguments)) > 1:
                line = text.count("\n", 0, match.start()) + 1
                yield f"{path.relative_to(TOP)}:{line} reads {match.group(1)} in the call that steals it"


def table_differs():
    document = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
    if file_table.placed(document, file_table.table()) != document:
        yield "the file table in CONTRIBUTING.md is not true any more: run build-aux/file-table --write"


def main():
    claims = [
        ("length", too_long), ("functions", long_functions), ("heads", bad_heads),
        ("columns", wide_or_tabbed), ("finished", unfinished), ("stolen", read_while_stolen),
        ("file-table", table_differs),
    ]
    failed = 0
    print(f"1..{len(claims)}")
    for number, (name, claim) in enumerate(claims, 1):
        problems = list(claim())
        for problem in problems:
            print(f"# {problem}")
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} /sources/{name}")
    return 1 if failed else 0


sys.exit(main())
