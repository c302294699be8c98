#!/usr/bin/env python3
"""Checks the table of session cases: every case has tests, every test that names a case is in the table."""

import pathlib
import re
import sys

TOP = pathlib.Path(sys.argv[1]).resolve()
TABLE = TOP / "tests" / "session-cases.txt"
# How many cases each section has; none is missing, none is made up.
SECTIONS = {"A": 12, "B": 20, "C": 21, "D": 22, "E": 8, "F": 9, "G": 15, "H": 9, "I": 11, "J": 17, "K": 13, "L": 8}
NAMED = re.compile(r'"(?:/(?P<suite>[a-z-]+)/)?(?P<case>[A-L][0-9]{2}/[a-z0-9_-]+)"')


def rows():
    """Yields (case, title, paths, remark) of every line that is neither empty nor a comment."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            fields = [field.strip() for field in line.split("|")]
            yield fields[0], fields[1], fields[2].split(), fields[3] if len(fields) > 3 else ""


def sources():
    return {path: path.read_text(encoding="utf-8")
            for folder in ("core", "http", "display", "e2e")
            for path in sorted((TOP / "tests" / folder).glob("*")) if path.suffix in (".c", ".py", ".h")}


def exists(path, texts):
    """A path is written whole, or as the part after a prefix that the same file has."""
    if path.endswith(".py"):
        return (TOP / "tests" / path).exists()
    suite, tail = path[1:].split("/", 1)
    return any(f'"{path}"' in text or (f'"{tail}"' in text and f'"/{suite}/' in text) or
               (f'"{tail}"' in text and suite == "session" and "SESSION_TEST" in text)
               for text in texts.values())


def missing_cases():
    listed = [row[0] for row in rows()]
    expected = [f"{section}{number:02}" for section, n in SECTIONS.items() for number in range(1, n + 1)]
    yield from (f"{case} is not in the table" for case in expected if case not in listed)
    yield from (f"{case} is no case" for case in listed if case not in expected)
    yield from (f"{case} is in the table twice" for case in set(listed) if listed.count(case) > 1)


def missing_tests():
    texts = sources()
    for case, title, paths, _ in rows():
        if not title or not paths:
            yield f"{case} has no title or no test"
        yield from (f"{case}: there is no test {path}" for path in paths if not exists(path, texts))


def unlisted_tests():
    listed = [path for row in rows() for path in row[2]]
    for path, text in sources().items():
        for match in NAMED.finditer(text):
            if not any(entry.endswith("/" + match.group("case")) for entry in listed):
                yield f"{path.relative_to(TOP)} tests {match.group('case')}, which is not in the table"


def main():
    checks = {"every-case": missing_cases, "every-test-exists": missing_tests, "every-test-listed": unlisted_tests}
    failed = False
    print(f"1..{len(checks)}")
    for number, (name, check) in enumerate(checks.items(), 1):
        problems = list(check())
        failed |= bool(problems)
        for problem in problems:
            print(f"# {problem}")
        print(f"{'not ok' if problems else 'ok'} {number} /session-cases/{name}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
