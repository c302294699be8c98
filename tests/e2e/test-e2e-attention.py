#!/usr/bin/env python3
"""test-e2e-attention.py TOP: what the desktop hears of Kvar: why nobody should log out now, and that a session is over."""

import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import fake_desktop  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402
from window_driver import wait_for  # noqa: E402

CALL = "sign-in-needed"


class Attention:
    def __init__(self, told, desktop):
        self.told = told
        self.window = told.window
        self.desktop = desktop

    def sign_in(self):
        self.told.connect()
        self.told.sign_in()
        self.told.open_jobs()

    def saving(self):
        """While a save is under way, and no longer."""
        self.told.demo.control("options", latency=1500)
        self.window.navigate("/records/contacts/5")
        self.told.focus_field("Name")
        self.window.key("End")
        self.window.type("x")
        self.window.key("ctrl+s")
        wait_for("the reason", lambda: ("Changes are being saved", fake_desktop.LOGOUT) in self.desktop.reasons)
        self.told.demo.control("options", latency=0)
        self.window.wait_for("the word that it is saved", name=lambda name: name.startswith("Saved"))
        wait_for("nothing to hold up anybody", lambda: not self.desktop.inhibitors)

    def exporting(self):
        self.told.demo.control("options", latency=1500)
        self.window.navigate("/records/jobs")
        self.window.activate("export-to", str(self.told.folder / "jobs.csv"))
        wait_for("the reason", lambda: ("An export or a file is on its way", fake_desktop.LOGOUT | fake_desktop.SUSPEND)
                 in self.desktop.reasons)
        self.told.demo.control("options", latency=0)
        wait_for("nothing to hold up anybody", lambda: not self.desktop.inhibitors)

    def end_session(self):
        self.told.demo.control("revoke", user=demo_server.EMAIL)
        self.told.demo.control("clock", advance=4000)
        self.window.activate("page", "refresh")
        wait_for("the end of the session", lambda: self.window.state("session-state") == "expired")

    def not_while_looked_at(self):
        self.end_session()
        self.window.wait_for("the line", name=story.SESSION_OVER)
        tap.equal([sent for sent in self.desktop.sent if sent[0] == CALL], [], "what was sent")
        self.told.soft_redirect()
        self.told.type_password()
        self.window.key("Return")
        wait_for("the session", lambda: self.window.state("session-state") == "signed-in")

    def once_while_away(self):
        """The keyboard is somewhere else; who comes back has no need of the call any more."""
        subprocess.run(["xdotool", "mousemove", "1190", "790"], check=True)
        root = subprocess.run(["xdotool", "search", "--maxdepth", "0", ""], capture_output=True, text=True,
                              check=False).stdout.split()
        subprocess.run(["xdotool", "windowfocus", root[0]], check=True)
        wait_for("the keyboard elsewhere", lambda: not self.window.frame().has("ACTIVE"))
        self.end_session()
        wait_for("the call", lambda: self.desktop.notifications.get(CALL))
        tap.equal(self.desktop.notifications[CALL]["title"], story.SESSION_OVER, "the title")
        tap.equal(self.desktop.notifications[CALL]["default-action"], "app.sign-in", "the action")
        self.window.activate("page", "refresh")
        tap.equal(len([sent for sent in self.desktop.sent if sent[0] == CALL]), 1, "how often")

    def click_leads_to_sign_in(self):
        self.window.activate_application("sign-in")
        self.window.wait_route("the login page", lambda route: route.startswith("/login?reason=expired"))
        self.window.focus()
        wait_for("the call to go", lambda: CALL not in self.desktop.notifications)


def main():
    plan = tap.Plan()
    desktop = fake_desktop.Desktop()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        attention = Attention(told, desktop)
        try:
            if plan.claim("/e2e/attention/sign-in", attention.sign_in):
                plan.claim("/e2e/DSK-9/saving", attention.saving)
                plan.claim("/e2e/DSK-9/exporting", attention.exporting)
                plan.claim("/e2e/DSK-3/not-while-looked-at", attention.not_while_looked_at)
                plan.claim("/e2e/DSK-3/once-while-away", attention.once_while_away)
                plan.claim("/e2e/DSK-3/click-leads-to-sign-in", attention.click_leads_to_sign_in)
        finally:
            told.close()
    plan.finish()


main()
