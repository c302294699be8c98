#!/usr/bin/env python3
"""test-e2e-demo.py TOP: `kvar --demo` as a person starts it: the demo comes and goes by itself, the window comes back."""

import os
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402
from kvar_home import DONE, FAILED, Home, expect  # noqa: E402
from window_driver import Window, wait_for  # noqa: E402


class Demo:
    """One person's demo, over several starts of the programs."""

    def __init__(self, home):
        self.home = home
        self.window = None

    CLAIMS = ("starts_by_itself", "is_shared_with_the_command_line", "second_launch_raises_the_window",
              "opens_a_route", "opens_a_uri", "goes_where_it_was", "keeps_its_size", "comes_back_after_a_crash",
              "ends_with_the_last", "ends_after_a_crash", "keeps_its_data",
              "says_that_its_data_is_spoilt")

    # Looking from outside

    def address(self):
        """What the demo has written down about itself, while it runs."""
        path = self.home.state / "demo"
        return path.read_text(encoding="utf-8").split() if path.exists() else None

    def pids(self):
        """The demo servers of this home: those with its database on their command line."""
        database = os.fsencode(self.home.data / "demo.sqlite")
        found = []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if database in words and words[0].endswith(b"kvar-demo"):
                found.append(int(folder.name))
        return found

    def start(self, *arguments):
        self.window = Window(*arguments, environment=self.home.environment(), log=str(self.home.path / "kvar.log"))
        self.window.__enter__()
        return self.window

    def launch(self, *arguments):
        """Starts kvar once more, as from a menu, while a window is there; returns when it has ended."""
        done = subprocess.run([os.environ["KVAR"], *arguments], env=self.home.environment(), capture_output=True,
                              text=True, check=False, timeout=60)
        tap.equal(done.returncode, 0, f"exit code ({done.stderr})")

    def records(self):
        return self.window.wait_route("the records", lambda route: route.startswith("/records"))

    # The claims, each on top of the one before

    def starts_by_itself(self):
        window = self.start("--demo")
        window.wait_route("the login page", lambda route: route.startswith("/login"))
        tap.equal(self.address()[1], demo_server.KEY, "key")
        tap.equal(len(self.pids()), 1, "demo servers")
        window.wait_for("the password's row", "text", "Password")
        window.fill("Password", demo_server.PASSWORD)
        window.key("Return")
        self.records()
        window.wait_for("a table", name="Contacts")

    def is_shared_with_the_command_line(self):
        before = self.pids()
        done = self.home.run("--demo", "api", "/rest/v1/jobs?select=ref&order=ref&limit=1")
        expect(done, DONE)
        if "J-000001" not in done.stdout:
            raise AssertionError(done.stdout)
        tap.equal(self.pids(), before, "demo servers")

    def second_launch_raises_the_window(self):
        self.launch("--demo")
        self.launch()
        frames = [node for node in self.window.application().children() if node.has("SHOWING")]
        tap.equal(len(frames), 1, "windows")
        if not self.window.frame().has("ACTIVE"):
            wait_for("the window in front", lambda: self.window.frame().has("ACTIVE"))
        self.records()

    def opens_a_route(self):
        self.launch("/records/contacts")
        self.window.wait_route("the contacts", "/records/contacts")
        self.window.wait_for("a contact", "table row")

    def opens_a_uri(self):
        self.launch("kvar:///records/jobs?ref=eq.J-000007")
        self.window.wait_route("the jobs", "/records/jobs?ref=eq.J-000007")
        self.window.wait_for("the job", name=lambda name: "J-000007" in name)

    def goes_where_it_was(self):
        """Closed and started again without a word: the demo, signed in, at the same place."""
        self.window.resize(840, 610)
        self.window.quit()
        window = self.start()
        window.wait_route("the place of before", "/records/jobs?ref=eq.J-000007")
        window.wait_for("the job", name=lambda name: "J-000007" in name)

    def keeps_its_size(self):
        wait_for("the size of before", lambda: self.window.size() == (840, 610))

    def comes_back_after_a_crash(self):
        """Nothing is written at the end then: what was there a second after the last step is there again."""
        self.window.navigate("/records/reports")
        wait_for("the route on the disk", lambda: b"/records/reports" in (self.home.state / "windows").read_bytes())
        self.window.kill()
        window = self.start("--demo")
        window.wait_route("the place of before", "/records/reports")

    def ends_with_the_last(self):
        """The demo outlives kvar as long as another program uses it, and not longer."""
        other = subprocess.Popen([os.environ["KVAR_CLI"], "--demo", "api", "--batch"], stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, text=True, env=self.home.environment())

        def ask():
            other.stdin.write('{"path": "/rest/v1/jobs?select=ref&limit=1"}\n')
            other.stdin.flush()
            return re.search('"status": *200', other.stdout.readline())

        try:
            if not ask():
                raise AssertionError("the demo does not answer")
            self.window.quit()
            if not ask() or len(self.pids()) != 1:
                raise AssertionError("the demo ended although somebody uses it")
        finally:
            other.stdin.close()
            other.wait(timeout=60)
            other.stdout.close()
        wait_for("the demo to end", lambda: not self.pids() and self.address() is None)

    def ends_after_a_crash(self):
        self.start("--demo")
        self.records()
        tap.equal(len(self.pids()), 1, "demo servers")
        self.window.kill()
        wait_for("the demo to end", lambda: not self.pids() and self.address() is None)

    def keeps_its_data(self):
        """What was changed in the demo is there the next time; a demo that was killed leaves no stale word behind."""
        expect(self.home.run("--demo", "api", "-X", "PATCH", "-d", '{"title":"Kept"}', "/rest/v1/jobs?ref=eq.J-000001"),
               DONE)
        wait_for("the demo to end", lambda: not self.pids())
        (self.home.state / "demo").write_text(f"http://127.0.0.1:1 {demo_server.KEY}\n", encoding="utf-8")
        done = self.home.run("--demo", "api", "/rest/v1/jobs?select=title&ref=eq.J-000001")
        expect(done, DONE)
        if "Kept" not in done.stdout:
            raise AssertionError(done.stdout)

    def says_that_its_data_is_spoilt(self):
        wait_for("the demo to end", lambda: not self.pids())
        (self.home.data / "demo.sqlite").write_bytes(b"not a database" * 300)
        expect(self.home.run("--demo", "tables"), FAILED, "The demo could not be started.")

    def close(self):
        if self.window is not None:
            self.window.end()
        wait_for("the demo to end", lambda: not self.pids())


def version_and_usage(home):
    """Said by the command itself, without a window."""
    run = [os.environ["KVAR"]]
    done = subprocess.run([*run, "--version"], env=home.environment(), capture_output=True, text=True, check=False,
                          timeout=60)
    tap.equal(done.returncode, 0, "exit code")
    if not re.fullmatch(r"kvar \d+\.\d+\.\d+\n", done.stdout):
        raise AssertionError(done.stdout)
    done = subprocess.run([*run, "--dance"], env=home.environment(), capture_output=True, text=True, check=False,
                          timeout=60)
    if done.returncode == 0 or not done.stderr:
        raise AssertionError(f"an unknown option gave {done.returncode}")


def main():
    plan = tap.Plan()
    with Home() as home:
        plan.claim("/e2e/demo/version-and-usage", version_and_usage, home)
        demo = Demo(home)
        try:
            plan.claim_in_turn("/e2e/demo", demo)
        finally:
            demo.close()
            if plan.failed and (home.path / "kvar.log").exists():
                for line in (home.path / "kvar.log").read_text(errors="replace").splitlines()[-40:]:
                    print(f"# {line}")
    plan.finish()


main()
