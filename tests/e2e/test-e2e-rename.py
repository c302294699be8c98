#!/usr/bin/env python3
"""test-e2e-rename.py TOP: tables and columns get other names by real keys, shown everywhere and kept over a restart."""

import pathlib
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402
from window_driver import wait_for  # noqa: E402

TABLE = "Uppdrag"
COLUMN = "Rubrik"
JOB = "00000000-0000-4000-8000-000000000007"


class Names:
    """One person who calls things otherwise, each step on top of the one before."""

    CLAIMS = ("renames_a_table", "renames_a_column", "shows_them_in_a_record", "keeps_them")

    def __init__(self, told):
        self.told = told
        self.window = told.window

    def open(self):
        self.told.connect()
        self.told.sign_in()

    def dialog(self):
        return next((node for node in self.window.frames() if node.role == "dialog"), None)

    def write_name(self, name):
        """The dialog has the focus in the name, all of it selected; Enter is enough."""
        dialog = wait_for("the dialog", self.dialog)
        wait_for("the focus in the name",
                 lambda: next((node for node in dialog.walk() if node.has("FOCUSED") and node.role in ("text", "entry")),
                              None))
        self.window.type(name)
        self.window.key("Return")
        wait_for("the dialog to go", lambda: self.dialog() is None)

    def renames_a_table(self):
        """In the list of tables: F2."""
        self.window.navigate("/records")
        for _ in range(20):
            if self.window.focused() and self.window.focused().name == "Jobs":
                break
            self.window.key("Down")
        wait_for("the focus on the table", lambda: self.window.focused().name == "Jobs")
        self.window.key("F2")
        self.write_name(TABLE)
        wait_for("the new name in both lists", lambda: self.window.texts().count(TABLE) >= 2)

    def renames_a_column(self):
        """In the titles: F2."""
        self.window.navigate("/records/jobs")
        self.window.wait_for("the list", "table cell", lambda name: name.startswith("Title, "))
        self.window.key("shift+Tab")
        wait_for("the focus on the title", lambda: self.window.focused().name == "Title")
        self.window.key("F2")
        self.write_name(COLUMN)
        self.window.wait_for("the title", "filler", COLUMN)

    def shows_them_in_a_record(self):
        self.window.navigate(f"/records/jobs/{JOB}")
        self.window.wait_for("the field", name=lambda name: name.startswith(COLUMN))
        self.window.wait_for("the table", name=TABLE)

    def keeps_them(self):
        self.window.quit()
        self.window.__enter__()
        self.window.wait_for("the field", name=lambda name: name.startswith(COLUMN))
        self.window.wait_for("the table", name=TABLE)


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        names = Names(told)
        try:
            if plan.claim("/e2e/rename/opens", names.open):
                plan.claim_in_turn("/e2e/rename", names)
        finally:
            told.close()
    plan.finish()


main()
