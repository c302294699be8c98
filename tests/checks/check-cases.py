#!/usr/bin/env python3
"""check-cases.py TOP TABLE…: every case of a table has tests, and every test that names a case is in the table.

A table's line "# complete: A 12, B 20" or "# complete: SES 16" says which families of cases it has from the first to the
last; other families may have gaps. Cases of one-letter families are written A01, those of others SES-1.
"""

import pathlib
import re
import sys

TOP = pathlib.Path(sys.argv[1]).resolve()
COMPLETE = re.compile(r"^# complete: (.*)$", re.MULTILINE)
CASE = re.compile(r"(?P<family>[A-Z])[0-9]{2}|(?P<long>[A-Z][A-Z0-9]+)-[0-9]+")
NAMED = re.compile(r'"(?:/[a-z-]+/)?(?P<path>(?P<case>[A-Z][0-9]{2}|[A-Z][A-Z0-9]+-[0-9]+)/[a-z0-9_-]+)"')


def family_of(case):
    match = CASE.fullmatch(case)
    return match and (match.group("family") or match.group("long"))


def sources():
    return {path: path.read_text(encoding="utf-8")
            for folder in ("core", "http", "display", "e2e", "real")
            for path in sorted((TOP / "tests" / folder).glob("*")) if path.suffix in (".c", ".py", ".h")}


def exists(path, texts):
    """A path is written whole, or as the part after a prefix that the same file has."""
    if path.endswith(".py"):
        return (TOP / "tests" / path).exists()
    cuts = [match.end() for match in re.finditer("/", path)][1:]
    return any(f'"{path}"' in text or
               any(f'"{path[cut:]}"' in text and f'"{path[:cut]}' in text for cut in cuts) or
               (path.startswith("/session/") and f'"{path[len("/session/"):]}"' in text and "SESSION_TEST" in text)
               for text in texts.values())


class Table:
    def __init__(self, path):
        self.text = path.read_text(encoding="utf-8")
        lines = [line for line in self.text.splitlines() if line.strip() and not line.startswith("#")]
        self.rows = [[field.strip() for field in line.split("|")] for line in lines]
        self.cases = [row[0] for row in self.rows]

    def complete(self):
        """Every case that must be there, by family."""
        for entry in filter(None, ", ".join(COMPLETE.findall(self.text)).split(", ")):
            family, last = entry.split()
            numbers = range(1, int(last) + 1)
            yield family, [f"{family}{n:02}" if len(family) == 1 else f"{family}-{n}" for n in numbers]

    def families(self):
        return {family_of(case) for case in self.cases} | {family for family, _ in self.complete()}

    def every_case(self):
        whole = dict(self.complete())
        for family, expected in whole.items():
            yield from (f"{case} is not in the table" for case in expected if case not in self.cases)
        for case in self.cases:
            family = family_of(case)
            if family is None or case not in whole.get(family, [case]):
                yield f"{case} is no case"
        yield from (f"{case} is in the table twice" for case in set(self.cases) if self.cases.count(case) > 1)

    def every_test_exists(self):
        texts = sources()
        for row in self.rows:
            paths = row[2].split() if len(row) > 2 else []
            if not paths or not row[1]:
                yield f"{row[0]} has no title or no test"
            yield from (f"{row[0]}: there is no test {path}" for path in paths if not exists(path, texts))

    def every_test_listed(self):
        listed = [path for row in self.rows for path in row[2].split()]
        families = self.families()
        for path, text in sources().items():
            for match in NAMED.finditer(text):
                named = match.group("path")
                if family_of(match.group("case")) in families and not any(entry.endswith("/" + named) for entry in listed):
                    yield f"{path.relative_to(TOP)} tests {named}, which is not in the table"


def main():
    names = sys.argv[2:]
    failed = False
    number = 0
    print(f"1..{3 * len(names)}")
    for name in names:
        table = Table(TOP / "tests" / name)
        for check in (table.every_case, table.every_test_exists, table.every_test_listed):
            problems = list(check())
            failed |= bool(problems)
            number += 1
            for problem in problems:
                print(f"# {problem}")
            print(f"{'not ok' if problems else 'ok'} {number} /{name.removesuffix('.txt')}/{check.__name__.replace('_', '-')}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
