"""The Test Anything Protocol, as far as these tests need it."""

import sys
import traceback


class Plan:
    """Runs claims one after the other and tells what came of them."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def claim(self, name, function, *arguments):
        """Runs one claim; whatever it raises fails it, and the others go on."""
        self.number += 1
        try:
            function(*arguments)
        except Exception:  # pylint: disable=broad-except
            self.failed += 1
            for line in traceback.format_exc().rstrip().splitlines():
                print(f"# {line}")
            print(f"not ok {self.number} {name}", flush=True)
            return False
        print(f"ok {self.number} {name}", flush=True)
        return True

    def claim_in_turn(self, prefix, subject):
        """Runs the CLAIMS of subject, which are names of its methods; each stands on the one before it."""
        for name in subject.CLAIMS:
            if not self.claim(f"{prefix}/{name.replace('_', '-')}", getattr(subject, name)):
                break

    def skip(self, name, reason):
        """A claim that cannot be made here."""
        self.number += 1
        print(f"ok {self.number} {name} # SKIP {reason}", flush=True)

    def finish(self):
        print(f"1..{self.number}")
        sys.exit(1 if self.failed else 0)


def skip_all(reason):
    print(f"1..0 # SKIP {reason}")
    sys.exit(0)


def equal(seen, expected, what="value"):
    if seen != expected:
        raise AssertionError(f"{what}: expected {expected!r}, saw {seen!r}")
