"""kvar-cli export under way, and the script of faults that it has to come through unharmed."""

import os
import signal
import subprocess
import time

import tap
from kvar_home import DONE, SIGN_IN_NEEDED, calm, expect, never_anon, renewals


def left_over(home):
    folder = home.data / "exports"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def is_page(entry, table):
    return entry["path"].startswith(f"/rest/v1/{table}?") and "order=" in entry["path"]


def count_pages(demo, table):
    return sum(is_page(entry, table) for entry in demo.log())


class Export:
    """One kvar-cli export under way; it stops at the page that the server holds back, if one is said."""

    def __init__(self, home, demo, table, *words, pages=0, target="out.csv"):
        self.demo, self.table = demo, table
        if pages > 0:
            demo.control("fault", kind="stall", match=f"/rest/v1/{table}", skip=pages)
        self.process = subprocess.Popen([os.environ["KVAR_CLI"], "export", table, "-o", target, *words],
                                        env=home.environment(), cwd=home.path, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)

    def wait_for_pages(self, number):
        until = time.monotonic() + 600
        while count_pages(self.demo, self.table) < number:
            if self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode}: {self.process.stderr.read()}")
            if time.monotonic() > until:
                raise AssertionError(f"{count_pages(self.demo, self.table)} pages of {number}")
            time.sleep(0.02)

    def end(self, number):
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return subprocess.CompletedProcess([], self.process.returncode, out, err)


def calm_export(home, demo, table, *words):
    """What the file is when nothing happens, and in how many pages it came."""
    demo.control("clear")
    expect(home.run("export", table, "-o", "whole.csv", *words), DONE)
    return (home.path / "whole.csv").read_bytes(), count_pages(demo, table)


def through_faults(home, demo, table, *words):
    """Tokens of two seconds, one connection in twenty cut, two bursts of 503, a revocation with a new sign-in, a kill: and
    yet the same file."""
    expect(home.sign_in(demo), DONE)
    whole, pages = calm_export(home, demo, table, *words)
    demo.control("options", access_ttl=2, latency=20)
    demo.control("clear")
    expect(home.sign_in(demo), DONE)
    for i in range(1, pages // 20):
        demo.control("fault", kind="cut-body" if i % 2 else "drop", match=f"/rest/v1/{table}", skip=20 * i)
    for skip in (pages // 4, pages * 3 // 4):
        demo.control("fault", kind="503", match=f"/rest/v1/{table}", skip=skip, count=3)
    began = len(demo.log())

    export = Export(home, demo, table, *words)
    export.wait_for_pages(pages * 3 // 8)
    demo.control("revoke", all=True)
    demo.control("clock", advance=3)
    _, err = export.process.communicate(timeout=120)
    tap.equal(export.process.returncode, SIGN_IN_NEEDED, f"exit code ({err})")
    calm(subprocess.CompletedProcess([], 0, "", err))
    expect(home.sign_in(demo), DONE)

    before = count_pages(demo, table)
    export = Export(home, demo, table, "--resume", *words)
    export.wait_for_pages(before + pages // 5)
    tap.equal(export.end(signal.SIGKILL).returncode, -signal.SIGKILL, "how it ended")

    expect(home.run("export", table, "-o", "out.csv", "--resume", *words), DONE, "is ready")
    tap.equal((home.path / "out.csv").read_bytes() == whole, True, "whether the file is as it would have been")
    tap.equal(left_over(home), [], "files in Kvar's folder")
    log = demo.log()[began:]
    never_anon([entry for entry in log if entry["fault"] is None])
    tap.equal([entry["status"] for entry in log if is_page(entry, table)].count(503), 6, "503")
    if not renewals(log):
        raise AssertionError("no renewal")
    demo.control("options", access_ttl=3600, latency=0)
    demo.control("clear")
