#!/usr/bin/env python3
"""test-e2e-windows.py TOP: several windows of the built kvar: one session, one draft of each record, a place for each."""

import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402
from kvar_home import DONE, Home, expect  # noqa: E402
from story import SESSION_OVER  # noqa: E402
from window_driver import Window, wait_for  # noqa: E402

TYPED = " in two windows"


class Windows:
    """Two windows of one person."""

    CLAIMS = ("opens_another_on_the_same_place", "shows_one_draft_in_both", "says_once_in_each_that_it_is_over",
              "signs_in_both", "comes_back_with_both", "forgets_one_that_was_closed", "signs_out_of_both", "follow_another_user")

    def __init__(self, home, demo):
        self.home = home
        self.demo = demo
        self.window = None
        self.record = None

    def start(self):
        self.window = Window(environment=self.home.environment(), log=str(self.home.path / "kvar.log"))
        self.window.__enter__()
        return self.window

    def in_window(self, number, ask):
        """Steers the window with this number for one question."""
        before, self.window.number = self.window.number, number
        try:
            return ask()
        finally:
            self.window.number = before

    def route(self, number):
        return self.in_window(number, lambda: self.window.state("route"))

    def wait_windows(self, count):
        wait_for(f"{count} windows", lambda: len(self.window.frames()) == count)

    def titles(self):
        """What stands in the field of the title in each window that has one."""
        fields = [frame.find(("text", "entry"), lambda name: name.startswith("Title")) for frame in self.window.frames()]
        return [field.text for field in fields if field]

    def job_title(self):
        """What the window with the job is called."""
        for frame in self.window.frames():
            if frame.find(("text", "entry"), lambda name: name.startswith("Title")):
                return frame.name
        return None

    def bars(self):
        return [sum(1 for node in frame.walk() if node.name == SESSION_OVER) for frame in self.window.frames()]

    # The claims, each on top of the one before

    def opens_another_on_the_same_place(self):
        expect(self.home.sign_in(self.demo), DONE)
        window = self.start()
        window.wait_route("the tables", "/records")
        window.navigate("/records/jobs")
        window.wait_for("a job", name=lambda name: "J-000001" in name)
        wait_for("the focus in the list", lambda: getattr(window.focused(), "role", "") == "table cell")
        window.key("Return")
        self.record = window.wait_route("the job", lambda route: route.startswith("/records/jobs/"))
        window.focus_field("Title")
        window.key("ctrl+t")
        self.wait_windows(2)
        wait_for("the job in both", lambda: len(self.titles()) == 2)
        tap.equal(self.route(2), self.record, "route")

    def shows_one_draft_in_both(self):
        """The new window is in front, and its form begins at the field before the title."""
        before = self.titles()[0]
        self.window.focus()
        self.window.key("Tab", "End")
        self.window.type(TYPED)
        wait_for("the text in both", lambda: self.titles() == [before + TYPED] * 2)

    def says_once_in_each_that_it_is_over(self):
        self.in_window(2, lambda: self.window.navigate("/exports"))
        self.demo.control("revoke", user=demo_server.EMAIL)
        self.demo.control("clock", advance=4000)
        self.window.activate("page", "refresh")
        wait_for("the bar in each window", lambda: self.bars() == [1, 1])

    def signs_in_both(self):
        """In the window that has the keyboard; the other one is not moved."""
        self.in_window(2, lambda: self.window.activate("sign-in"))
        wait_for("the login page", lambda: self.route(2).startswith("/login"))
        tap.equal(self.route(1), self.record, "route of the other")
        wait_for("the password's row", lambda: any(frame.find("text", "Password") for frame in self.window.frames()))
        self.window.type(demo_server.PASSWORD)
        self.window.key("Return")
        wait_for("the exports", lambda: self.route(2) == "/exports")
        wait_for("no bar in either window", lambda: self.bars() == [0, 0])
        self.window.activate("page", "save")
        wait_for("the word that it is saved",
                 lambda: any(frame.find(name=lambda name: name.startswith("Saved")) for frame in self.window.frames()))

    def comes_back_with_both(self):
        self.window.quit()
        self.start()
        self.wait_windows(2)
        wait_for("both places", lambda: {self.route(1), self.route(2)} == {self.record, "/exports"})

    def forgets_one_that_was_closed(self):
        """It was the first one; the other one moves up."""
        title = wait_for("the job's window", self.job_title)
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{re.escape(title)}$"],
                               capture_output=True, text=True, check=True).stdout.split()
        subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], check=False)
        self.window.key("ctrl+w")
        self.wait_windows(1)
        self.window.quit()
        self.start()
        self.window.wait_route("the exports", "/exports")
        tap.equal(len(self.window.frames()), 1, "windows")

    def signs_out_of_both(self):
        self.window.activate_application("new-window")
        self.wait_windows(2)
        self.window.activate("sign-out")
        for number in (1, 2):
            self.in_window(number, lambda: self.window.wait_route("the login page", lambda route: route.startswith("/login")))

    def follow_another_user(self):
        """RET-9: a clean start in every window; the new one has the keyboard, and its focus is in the password."""
        self.window.focus()
        self.window.key("shift+Tab", "ctrl+a")
        self.window.type(demo_server.EVA)
        self.window.key("Tab")
        self.window.type(demo_server.PASSWORD)
        self.window.key("Return")
        wait_for("a clean start in both", lambda: (self.route(1), self.route(2)) == ("/records", "/records"))
        wait_for("the other user in both", lambda: all(
            frame.find(name=demo_server.EVA) and not frame.find(name=demo_server.EMAIL)
            for frame in self.window.frames()))

    def close(self):
        if self.window is not None:
            self.window.end()


def main():
    plan = tap.Plan()
    with Home() as home, demo_server.DemoServer() as demo:
        windows = Windows(home, demo)
        try:
            plan.claim_in_turn("/e2e/windows", windows)
        finally:
            windows.close()
            if plan.failed and (home.path / "kvar.log").exists():
                for line in (home.path / "kvar.log").read_text(errors="replace").splitlines()[-40:]:
                    print(f"# {line}")
    plan.finish()


main()
