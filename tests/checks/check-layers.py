#!/usr/bin/env python3
"""Checks that no source file includes what its layer must not use.

The build keeps the layers by its dependency lists; this test says the same in one clear sentence, and also
looks into the headers that app and cli include from core."""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)

# What a layer must not include, by the beginning of the header's name.
GTK = ("gtk/", "gdk/", "gsk/", "adwaita", "libadwaita")
FORBIDDEN = {
    "core": GTK,
    "cli": GTK + ("libsoup/", "sqlite3", "libsecret/", "xlsxwriter", "cmark"),
    "app": ("libsoup/", "sqlite3", "libsecret/", "xlsxwriter", "cmark"),
    "demo": GTK + ("libsecret/", "xlsxwriter", "cmark"),
    "vault": GTK + ("libsoup/", "sqlite3", "xlsxwriter", "cmark"),
}
# Layers that see nothing of the others' headers.
ALONE = ("demo", "vault")
# No header of core that others include may mention these.
PRIVATE = ("libsoup/", "sqlite3", "libsecret/", "json-glib/", "xlsxwriter", "cmark")


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def reachable(start, core):
    """Returns every header of core that the files in start include, directly or through another."""
    seen, waiting = set(), list(start)
    while waiting:
        for name in includes(waiting.pop()):
            header = core / name
            if header.is_file() and header not in seen:
                seen.add(header)
                waiting.append(header)
    return seen


def main(source):
    problems = []
    checked = 0
    for layer, forbidden in FORBIDDEN.items():
        for path in sorted((source / layer).rglob("*.[ch]")):
            checked += 1
            for name in includes(path):
                if name.startswith(forbidden):
                    problems.append(f"{path.relative_to(source)} includes {name}, which {layer} must not use")
                if layer in ALONE and name.startswith("kvar-") and not list((source / layer).rglob(name)):
                    problems.append(f"{path.relative_to(source)} includes {name}, but {layer} stands alone")
                if layer == "core" and any((source / other).is_dir() and list((source / other).rglob(pathlib.Path(name).name))
                                           for other in ("app", "cli", "demo")
                                           if name.startswith("kvar-") and not (source / "core" / name).is_file()):
                    problems.append(f"{path.relative_to(source)} includes {name}, which lies above core")
    upper = [path for layer in ("app", "cli") for path in (source / layer).rglob("*.[ch]")]
    for header in sorted(reachable(upper, source / "core")):
        for name in includes(header):
            if name.startswith(PRIVATE):
                problems.append(f"{header.relative_to(source)} is included by app or cli and mentions {name}")
    for path in sorted((source / "core").rglob("*.[ch]")):
        if "g_application_get_default" in path.read_text(encoding="utf-8"):
            problems.append(f"{path.relative_to(source)} asks for the default application")

    print("1..1")
    for problem in problems:
        print(f"# {problem}")
    print(f"{'not ok' if problems or not checked else 'ok'} 1 /layers/includes ({checked} files)")
    return 1 if problems or not checked else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
