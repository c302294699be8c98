#!/usr/bin/env python3
"""test-e2e-editing.py TOP: a list corrected by real keys alone: what each key does to a cell, what the server has once
the row is left, one step back, half a word that outlives kill -9, and somebody else in the same cell."""

import copy
import pathlib
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402
from window_driver import Missing, wait_for  # noqa: E402

COLUMNS = ("Title", "Number", "Status", "Contact", "Property", "Price", "Hours")


class Editing:
    """One person at the list of jobs, each step on top of the one before."""

    CLAIMS = ("browses", "letters_replace", "loses_no_key", "tab_keeps", "delete_clears", "takes_from_above",
              "escape_restores", "numbers", "takes_one_row_back", "says_a_problem", "keeps_half_a_word",
              "meets_somebody_else")

    def __init__(self, told, picture=None):
        self.told = told
        self.window = told.window
        self.picture = picture or (lambda name: None)
        self.rows, self.sample = [], []    # as the server is to have them, and had them
        self.corrections = 0

    def open(self):
        self.told.connect()
        self.told.sign_in()
        self.window.navigate("/records/jobs?order=ref")
        self.at("Title", 1)
        self.rows = self.server()
        self.sample = copy.deepcopy(self.rows)

    def server(self):
        token = self.told.demo.sign_in()["access_token"]
        return self.told.demo.send("GET", "/rest/v1/jobs?order=ref&limit=30&select=id,ref,title,status,contact_id,"
                                   "object_id,price,hours", token=token).json

    def corrected(self, row, **values):
        """This row is left: the server has what was typed, and nothing else has changed."""
        self.corrections += len(values)
        self.rows[row - 1].update(values)
        try:
            wait_for("the row on the server", lambda: self.server() == self.rows)
        except Missing:
            tap.equal([seen for seen in self.server() if seen not in self.rows],
                      [known for known in self.rows if known not in self.server()], f"with row {row} left")
            raise

    def at(self, column, row, value=None):
        def there():
            node = self.window.focused()
            name = column if value is None else f"{column}, {value}"
            return node and node.role == "table cell" and f"{node.name}, ".startswith(f"{name}, ") and \
                node.description.startswith(f"Row {row} of ")

        wait_for(f"the cursor at “{column}” in row {row}, {value}", there)

    def holds(self, name):
        """What is said of the cursor's cell."""
        try:
            wait_for(f"“{name}”", lambda: self.window.focused().name == name)
        except Missing:
            tap.equal(self.window.focused().name, name, "the cursor's cell")
            raise

    def go(self, column, row):
        """From the row that the cursor is in to one below, and along it."""
        for _ in range(row - int(self.window.focused().description.split()[1])):
            self.window.key("Down")
        self.window.key("Home", *["Right"] * COLUMNS.index(column))
        self.at(column, row)

    def editor(self, name, text):
        wait_for(f"“{text}” in the editor of “{name}”", lambda: (lambda node: node and node.role == "text" and
                 (node.name, node.text) == (name, text))(self.window.focused()))

    def says(self, sentence):
        self.window.wait_for(f"“{sentence}”", "status bar", sentence)

    def browses(self):
        """Letters and Delete change nothing until somebody says so."""
        self.window.key("Delete", "x", "Delete", "ctrl+d")
        self.at("Title", 1)
        tap.equal(self.window.find(("text",), "Title"), None, "an editor")
        self.picture("browse")
        self.window.key("ctrl+l")
        self.says("Editing in the list")
        tap.equal(self.server(), self.rows, "the rows on the server")
        self.picture("edit")

    def letters_replace(self):
        """A letter opens the cell and takes the value's place; Enter keeps it and goes down."""
        for row in range(1, 5):
            self.at("Title", row)
            self.window.type(f"Corrected {row}")
            self.editor("Title", f"Corrected {row}")
            self.window.key("Return")
            self.at("Title", row + 1)
            self.corrected(row, title=f"Corrected {row}")

    def loses_no_key(self):
        """Nobody waits for the list between two rows."""
        self.at("Title", 5)
        self.window.key(*[key for row in range(5, 9) for key in (*f"Quick{row}", "Return")])
        self.at("Title", 9)
        for row in range(5, 9):
            self.rows[row - 1]["title"] = f"Quick{row}"
        self.corrected(8, title="Quick8")
        self.corrections += 3

    def tab_keeps(self):
        """F2 keeps the value to be written on; Tab keeps what was typed and goes on along the row, which isn't left."""
        before = self.rows[8]["title"]
        self.window.key("F2", "End")
        self.window.type(", twice")
        self.editor("Title", before + ", twice")
        self.window.key("Tab")
        self.at("Number", 9)
        self.window.key("Tab")
        self.at("Status", 9, "Cancelled")
        tap.equal(self.server(), self.rows, "the rows while this one is edited")
        self.chooses("alt+Down", 9, "Open")
        self.window.key("Down")
        self.corrected(9, title=before + ", twice", status="open")
        self.go("Price", 10)
        self.window.type("100.50")
        self.window.key("shift+Tab")
        self.at("Property", 10)

    def chooses(self, key, row, label):
        """One of the values, by arrows, out of the list that the key opens."""
        self.window.key(key)
        wait_for("the list of values", lambda: getattr(self.window.focused(), "role", "") == "list item")
        self.picture("choice")
        labels = ["Draft", "Open", "In progress", "Done", "Cancelled"]
        self.window.key("Home", *["Down"] * labels.index(label), "Return")
        wait_for("the end of the list", lambda: getattr(self.window.focused(), "role", "") != "list item")
        self.window.key("Tab")
        self.at("Contact", row)
        self.window.key("Left")
        self.at("Status", row, label)

    def delete_clears(self):
        self.window.key("Delete")
        self.at("Property", 10)
        self.holds("Property, Edited")
        self.window.key("Right", "Right", "Delete")
        self.holds("Hours, Edited")
        self.window.key("Left", "Left", "Down")
        self.corrected(10, price=100.5, object_id=None, hours=None)

    def takes_from_above(self):
        self.at("Property", 11)
        self.window.key("ctrl+d", "Down")
        self.corrected(11, object_id=None)
        self.go("Title", 12)
        self.window.key("ctrl+d")
        self.at("Title", 12, self.rows[10]["title"])
        self.window.key("Down")
        self.corrected(12, title=self.rows[10]["title"])

    def escape_restores(self):
        before = self.rows[12]["title"]
        self.at("Title", 13, before)
        self.window.type("Nonsense")
        self.editor("Title", "Nonsense")
        self.window.key("Escape")
        self.at("Title", 13, before)
        self.window.key("Down")
        self.at("Title", 14)
        self.corrected(13)

    def numbers(self):
        self.go("Hours", 14)
        self.window.type("2.5")
        self.window.key("Return")
        self.corrected(14, hours=2.5)
        self.at("Hours", 15)
        self.window.key("ctrl+apostrophe", "Down")
        self.corrected(15, hours=2.5)
        self.go("Status", 16)
        self.chooses("F4", 16, "Done")
        self.go("Price", 17)
        self.corrected(16, status="done")
        self.window.key("F2")
        self.window.type("7")
        self.window.key("Tab")
        self.at("Hours", 17)
        self.window.type("3")
        self.window.key("Return")
        self.corrected(17, price=7, hours=3)
        tap.equal(self.corrections, 20, "corrections")

    def takes_one_row_back(self):
        """The last row, whole; the others stay."""
        self.at("Hours", 18)
        wait_for("Undo", lambda: self.window.wait_for(
            "Undo", "push button", lambda name: name.endswith("Undo")).has("SENSITIVE"))
        self.window.key("ctrl+z")
        self.corrected(17, price=self.sample[16]["price"], hours=self.sample[16]["hours"])

    def says_a_problem(self):
        """What isn't a number stays where it was typed, is said, and never sent; Undo gives the value back."""
        self.window.type("many")
        self.window.key("Return")
        self.window.key("Up")
        self.at("Hours", 18, "many")
        self.says("Hours: This is not a number.")
        self.picture("problem")
        tap.equal(self.server(), self.rows, "the rows on the server")
        self.window.key("ctrl+z")
        wait_for("the hours", lambda: "many" not in self.window.focused().name)
        self.window.wait_gone("the problem", "status bar", "Hours: This is not a number.")

    def keeps_half_a_word(self):
        """kill -9 in the middle of a word: the word is a draft in its cell, and the server has nothing of it."""
        self.go("Title", 19)
        self.window.type("Half a wo")
        self.editor("Title", "Half a wo")
        self.kept("Half a wo")
        self.window.kill()
        self.window.__enter__()
        # The place is kept less often than the words.
        wait_for("the cursor", lambda: "Row " in getattr(self.window.focused(), "description", ""))
        self.go("Title", 19)
        tap.equal(self.server(), self.rows, "the rows on the server")
        self.at("Title", 19, "Half a wo")
        self.says("Draft")
        self.window.key("F2", "End")
        self.window.type("rd")
        self.window.key("Return")
        self.corrected(19, title="Half a word")

    def kept(self, text):
        """On the disk, as it is a second after the last key."""
        folder = pathlib.Path.home() / ".local" / "share"
        wait_for(f"“{text}” on the disk", lambda: any(
            text.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file()))

    def meets_somebody_else(self):
        """The same cell meanwhile changed by Eva: that is said, and hers stays."""
        row = self.rows[19]
        self.at("Title", 20)
        token = self.told.demo.sign_in(email=demo_server.EVA)["access_token"]
        reply = self.told.demo.send("PATCH", f"/rest/v1/jobs?id=eq.{row['id']}", body={"title": "Eva's"}, token=token)
        tap.equal(reply.status, 204, "Eva's status")
        row["title"] = "Eva's"
        self.window.key("F2")
        self.window.key("ctrl+a")
        self.window.type("Mine")
        self.window.key("Return")
        self.window.wait_for("the mark", "table row", lambda name: "Changed by someone else" in name)
        self.at("Title", 21)
        self.window.key("Up")
        self.at("Title", 20)
        self.says("Someone else changed this record. Press Enter to see both versions.")
        self.picture("conflict")
        tap.equal(self.server(), self.rows, "the rows on the server")
        self.window.key("Return")
        self.window.wait_for("both versions", name="Someone else changed this record")
        tap.equal(self.server(), self.rows, "the rows on the server")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        editing = Editing(told)
        try:
            if plan.claim("/e2e/editing/opens", editing.open):
                plan.claim_in_turn("/e2e/editing", editing)
        finally:
            told.close()
    plan.finish()


main()
