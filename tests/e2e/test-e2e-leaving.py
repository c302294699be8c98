#!/usr/bin/env python3
"""test-e2e-leaving.py TOP: by real keys, no way out of a form loses what is typed or asks about it; and long text."""

import pathlib
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402
from window_driver import LIMIT, wait_for  # noqa: E402

CONTACT = "/records/contacts/5"


class Leaving:
    """One person who is called away again and again."""

    CLAIMS = ("escape_stays", "back_keeps", "closing_keeps", "long_text_grows", "long_text_is_undone", "tab_leaves")

    def __init__(self, told):
        self.told = told
        self.window = told.window
        self.name = None

    def open(self):
        self.told.connect()
        self.told.sign_in()
        self.window.navigate(CONTACT)
        self.name = self.told.focus_field("Name").text

    def holds(self, text):
        wait_for(f"“{text}” in the name", lambda: self.told.field("Name").text == text)
        tap.equal(len(list(self.window.dialogs())), 0, "dialogs")

    def escape_stays(self):
        self.window.key("End")
        self.window.type(" one")
        self.window.key("Escape")
        self.holds(self.name + " one")
        tap.equal(self.window.state("route"), CONTACT, "the route")

    def back_keeps(self):
        """Alt+Left from the middle of a word, and there again."""
        self.window.type(" two")
        self.window.key("alt+Left")
        self.window.wait_route("the page before", lambda route: route != CONTACT)
        self.window.key("alt+Right")
        self.window.wait_route("the contact", CONTACT)
        self.holds(self.name + " one two")

    def closing_keeps(self):
        """Ctrl+W closes the last window, and with it the program; the next one shows the same."""
        self.told.focus_field("Name")
        self.window.key("End")
        self.window.type(" three")
        self.window.key("ctrl+w")
        tap.equal(self.window.process.wait(timeout=LIMIT), 0, "exit status")
        self.window.__enter__()
        self.window.wait_route("the contact", CONTACT)
        self.holds(self.name + " one two three")

    def text(self):
        node = self.window.focused()
        return node if node is not None and node.name.startswith("Text") else None

    def long_text_grows(self):
        """Enter begins another line there, and the field takes the room."""
        self.window.navigate("/records/articles/new")
        self.told.focus_field("Text")
        height = wait_for("the text", self.text).extents[3]
        for number in range(6):
            self.window.type(f"line {number}")
            self.window.key("Return")
        wait_for("six lines", lambda: self.text() and self.text().text.count("\n") == 6)
        wait_for("a larger field", lambda: self.text() and self.text().extents[3] > height)

    def long_text_is_undone(self):
        self.window.type("too much")
        wait_for("what was typed", lambda: self.text() and self.text().text.endswith("too much"))
        for _ in range(3):
            self.window.key("ctrl+z")
            if not self.text().text.endswith("too much"):
                break
        wait_for("the lines before", lambda: self.text() and "too much" not in self.text().text
                 and "line 0" in self.text().text)

    def tab_leaves(self):
        before = self.text().text
        self.window.key("Tab")
        wait_for("the next field", lambda: self.window.focused() and not self.text())
        tap.equal(self.told.field("Text").text, before, "the text")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        leaving = Leaving(story.Story(demo, folder))
        try:
            if plan.claim("/e2e/leaving/opens", leaving.open):
                for claim in leaving.CLAIMS:
                    plan.claim(f"/e2e/leaving/{claim.replace('_', '-')}", getattr(leaving, claim))
        finally:
            leaving.told.close()
    plan.finish()


main()
