#!/usr/bin/env python3
"""test-e2e-desktop.py TOP: what people expect of any program: its preferences, its help
and its menu, by keyboard."""

import os
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402
from names import check_names  # noqa: E402
from window_driver import wait_for  # noqa: E402


class Desk:
    """A signed-in window, and what is opened above it."""

    def __init__(self, told):
        self.told = told
        self.window = told.window

    def sign_in(self):
        self.told.connect()
        self.told.sign_in()

    def open(self, key, mark):
        """Opens another window by a key, with the keyboard in it."""
        self.window.key(key)
        self.wait_for(f"the window with “{mark}”", lambda name: mark in name)
        self.window.focus()
        check_names(self.window)

    def dialog(self):
        return next(self.window.dialogs(), None)

    def find(self, *what):
        """What the other window shows now, if there is one."""
        dialog = self.dialog()
        return dialog.find(*what) if dialog else None

    def wait_for(self, what, name):
        return wait_for(what, lambda: self.find(None, name))

    def take_keyboard(self):
        """The X window of a dialog may live a moment longer than what is seen of it."""
        self.window.focus()
        return self.window.frame().has("ACTIVE")

    def close(self):
        self.window.key("Escape")
        wait_for("the window to go", lambda: not list(self.window.dialogs()))
        wait_for("the keyboard in the main window", self.take_keyboard)

    def preferences(self):
        self.open("ctrl+comma", "Enter moves to the next field")
        for name in ("Default format", "Clear Cache…", "Sign Out", "Sign Out Other Devices…", "Save Diagnostics…"):
            self.wait_for(f"“{name}”", name)
        self.close()

    def help(self):
        """By keyboard: sections first, and a search that Escape ends before the window."""
        self.open("F1", "Signing In")
        self.window.key("Down", "Return")
        heading = wait_for("the section", lambda: self.find("heading", None, "FOCUSED"))
        tap.equal(heading.name, "What You Type Is Kept", "the section")
        self.window.key("ctrl+f")
        self.window.type("keyring")
        self.wait_for("what was found", "1 of 1")
        self.window.key("Escape")
        self.close()

    def about(self):
        """With what a report of a problem needs."""
        self.window.activate("about")
        self.wait_for("the name", "Kvar")
        self.wait_for("what helps to find a fault", "Troubleshooting")
        self.window.focus()
        self.close()

    def menu(self):
        """The items that every program has, in their order."""
        self.window.key("F10")
        self.window.wait_for("the menu", "menu item", "About Kvar")
        names = [node.name for node in self.window.frame().walk() if node.role == "menu item"]
        tap.equal(names[-4:], ["Preferences", "Keyboard Shortcuts", "Help", "About Kvar"], "the menu")
        self.window.key("Escape")

    def open_file(self, text):
        """As a file manager does: another process, which hands the file to this one."""
        path = self.told.folder / "norr.kvar"
        path.write_text(text, encoding="utf-8")
        subprocess.run([os.environ["KVAR"], path.name], cwd=path.parent, check=True, timeout=60)

    def opens_kvar_files(self):
        """Never without a question; one that is refused says why."""
        self.open_file("[Kvar]\nurl=https://norr.example.org\nkey=sb_secret_x\n")
        self.window.wait_for("the refusal", name=lambda name: name.startswith("This is an administrator key."))
        self.open_file(f"[Kvar]\nurl={self.told.demo.url}\nkey={demo_server.KEY}\n")
        wait_for("the question", lambda: "Connect to 127.0.0.1?" in [frame.name for frame in self.window.frames()])
        self.window.focus()
        self.window.key("Tab", "space")
        self.window.wait_route("the login page", lambda route: route.startswith("/login"))

    def typed_after_enter(self, expected):
        """Where the next sign goes after Enter in the first of two fields."""
        self.told.focus_field("E-mail")
        self.window.key("Return", "x")
        wait_for(f"an x in {expected}", lambda: self.told.field(expected).text == "x")
        self.window.key("ctrl+z")

    def enter_moves_on_or_not(self):
        """By keyboard alone; the form that is open already hears of it."""
        self.window.navigate("/records/contacts/new")
        self.typed_after_enter("Name")
        self.open("ctrl+comma", "Enter moves to the next field")
        tap.equal(self.find(None, None, "CHECKED").name, "Enter moves to the next field", "the switch")
        self.window.key("Tab", "space")
        wait_for("the switch to be off", lambda: not self.find(None, None, "CHECKED"))
        self.close()
        self.typed_after_enter("E-mail")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        desk = Desk(told)
        try:
            if plan.claim("/e2e/desktop/sign-in", desk.sign_in):
                plan.claim("/e2e/desktop/preferences", desk.preferences)
                plan.claim("/e2e/desktop/help", desk.help)
                plan.claim("/e2e/desktop/about", desk.about)
                plan.claim("/e2e/desktop/menu", desk.menu)
                plan.claim("/e2e/desktop/enter-moves-on-or-not", desk.enter_moves_on_or_not)
                plan.claim("/e2e/desktop/opens-kvar-files", desk.opens_kvar_files)
        finally:
            told.close()
    plan.finish()


main()
