#!/usr/bin/env python3
"""test-e2e-grid.py TOP: the list of records by real keys, as a screen reader tells it: moves, selects, sorts, returns."""

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


class Grid:
    """One person at the list of jobs, each step on top of the one before."""

    CLAIMS = ("moves", "follows_a_link", "stays_on_the_way", "selects", "sorts", "keeps_a_column_in_view",
              "shows_another_column", "comes_back")

    def __init__(self, told):
        self.told = told
        self.window = told.window

    def open(self):
        self.told.connect()
        self.told.sign_in()
        self.window.navigate("/records/jobs")
        self.at("Title, ", 1)

    def at(self, name, row):
        """Waits until the cursor is where it should be, and the focus with it."""

        def there():
            node = self.window.focused()
            return node and node.role == "table cell" and node.name.startswith(name) and \
                node.description.startswith(f"Row {row} of ") and node

        return wait_for(f"the cursor at “{name}” in row {row}", there)

    def at_title(self, name):
        wait_for(f"the focus on the title {name}", lambda: getattr(self.window.focused(), "name", "") == name)

    def moves(self):
        self.window.key("Down", "Down", "Right")
        self.at("Number, J-000003", 3)
        self.window.key("End")
        self.at("Total", 3)
        self.window.key("Home")
        self.at("Title, ", 3)
        self.window.key("ctrl+Home")
        self.at("Title, ", 1)

    def follows_a_link(self):
        """To the contact of a job, and back to the same cell."""
        self.window.key("Down", "Right", "Right", "Right")
        self.at("Contact, ", 2)
        self.window.key("ctrl+Return")
        self.window.wait_route("the contact", lambda route: route.startswith("/records/contacts/"))
        self.window.key("alt+Left")
        self.window.wait_route("the jobs", "/records/jobs")
        self.at("Contact, ", 2)
        self.window.key("ctrl+Home")
        self.at("Title, ", 1)

    def stays_on_the_way(self):
        """A step to the last row that is loaded, and back, is one each: nothing runs away."""
        self.window.key("ctrl+End")
        wait_for("the last row", lambda: self.window.focused().name.startswith("Total"))
        self.window.key("ctrl+Home", "Right")
        self.at("Number, J-000001", 1)

    def selects(self):
        self.window.key("shift+Down", "shift+Down")
        self.window.wait_for("the count of the selected", name=lambda name: name.endswith("3 selected"))
        self.window.key("Down", "Down", "ctrl+space")
        self.window.wait_for("one more", name=lambda name: name.endswith("4 selected"))
        self.window.key("ctrl+shift+a")
        self.window.wait_for("none", name=lambda name: "1,000" in name and "selected" not in name)

    def sorts(self):
        """In the titles: Enter, and Shift+Enter for one more level."""
        self.window.key("shift+Tab")
        self.at_title("Number")
        self.window.key("Return")
        self.window.wait_route("the order", "/records/jobs?order=ref")
        self.window.key("Return")
        self.window.wait_route("the order", "/records/jobs?order=ref.desc")
        self.window.key("Right", "shift+Return")
        self.window.wait_route("both levels", "/records/jobs?order=ref.desc,status")
        self.at_title("Status")
        tap.equal(self.window.focused().description, "Sorted ascending, level 2", "what is said of it")
        self.window.key("Tab")
        self.at("Number, J-001000", 1)

    def keeps_a_column_in_view(self):
        self.window.key("shift+Tab", "Left", "Left")
        self.at_title("Title")
        self.choose("Keep in View")
        self.window.key("Tab", "End")
        self.at("Total", 1)
        wait_for("the titles in front of all", self.titles_lead)

    def titles_lead(self):
        cells = list(self.window.frame().find_all("table cell"))
        return min(cells, key=lambda cell: cell.left).name.startswith("Title, ")

    def shows_another_column(self):
        """Its values come, and nobody loses the place."""
        self.window.key("shift+Tab")
        self.choose("Columns", "Due on")
        self.window.key("Tab")
        self.at("Total", 1)
        self.window.wait_for("the new column", "filler", "Due on")

    def choose(self, *names):
        """In the menu of the title that has the focus, by arrows."""
        self.window.key("Menu")
        for name in names:
            self.window.wait_for(f"“{name}”", ("menu item", "check menu item"), name)
            for _ in range(30):
                if getattr(self.window.focused(), "name", "") == name:
                    break
                self.window.key("Down")
            self.window.key("Return")
        self.window.wait_gone("the menu", ("menu item", "check menu item"), names[-1])

    def row(self):
        return int(self.window.focused().description.split()[1])

    def comes_back(self):
        """Row, column, scroll position and columns, after the program has ended and begun again."""

        def far_below():
            self.window.key("Page_Down")
            return self.row() > 200

        wait_for("a row far below", far_below)
        # When this key has arrived, so have those before it.
        self.window.key("Home")
        wait_for("the first column", lambda: self.window.focused().name.startswith("Title, "))
        node = self.window.focused()
        before = (node.name, node.top)
        self.window.quit()
        self.window.__enter__()

        def there():
            node = self.window.focused()
            return node and (node.name, node.top) == before

        wait_for(f"the same cell in the same place: {before}", there)
        self.window.wait_for("the column that was shown", "filler", "Due on")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        grid = Grid(told)
        try:
            if plan.claim("/e2e/grid/opens", grid.open):
                plan.claim_in_turn("/e2e/grid", grid)
        finally:
            told.close()
    plan.finish()


main()
