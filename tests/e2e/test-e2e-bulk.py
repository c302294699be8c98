#!/usr/bin/env python3
"""test-e2e-bulk.py TOP: a thousand records filtered, changed at once and changed back, by real keys, while others work."""

import collections
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

FILTER = "ref=lte.J-001000"


class Bulk:
    """One person with the first thousand of more jobs, each step on top of the one before."""

    CLAIMS = ("selects_all_that_match", "previews", "changes", "keeps_others_selected", "changes_back")

    def __init__(self, told, demo):
        self.told = told
        self.window = told.window
        self.demo = demo
        self.token = demo.sign_in("eva@kvar.example")["access_token"]
        self.before = {}

    def read(self):
        """Every job of the filter: its number and its status."""
        rows = self.demo.send("GET", f"/rest/v1/jobs?select=ref,status&{FILTER}", token=self.token).json
        tap.equal(len(rows), 1000, "the rows of the filter")
        return {row["ref"]: row["status"] for row in rows}

    def open(self):
        self.told.connect()
        self.told.sign_in()
        self.window.navigate(f"/records/jobs?order=ref&{FILTER}")
        self.says("of 1,000")
        self.before = self.read()
        self.n = sum(status != "cancelled" for status in self.before.values())

    def says(self, part, limit=20):
        return self.window.wait_for(f"“{part}”", name=lambda name: part in name, limit=limit)

    def selects_all_that_match(self):
        self.window.key("ctrl+a")
        self.window.wait_for("the offer", name="Select all 1,000 matching records")
        self.window.key("ctrl+a")
        self.says("1,000 selected")

    def dialog_says(self, part):
        def said():
            return any(part in text for frame in self.window.frames() for node in frame.walk()
                       for text in (node.name,) if text)

        return wait_for(f"“{part}” in the dialog", said, 20)

    def previews(self):
        """Of the column that the cursor is in; the exact number stands there before anything is sent."""
        self.window.key("Right", "Right", "ctrl+h")
        self.dialog_says("Change All That Match")
        self.window.focus()
        self.dialog_says("This column needs a value.")
        self.window.key("c")
        self.dialog_says(f"{self.n} records will be changed.")
        self.dialog_says(f"{1000 - self.n} have this value already.")

    def changes(self):
        """Two are somebody else's by then, and stay theirs."""
        mine = [ref for ref, status in sorted(self.before.items()) if status != "cancelled"]
        self.theirs = dict.fromkeys((mine[1], mine[20]))
        for ref in self.theirs:
            self.theirs[ref] = "done" if self.before[ref] != "done" else "draft"
            self.demo.send("PATCH", f"/rest/v1/jobs?ref=eq.{ref}", body={"status": self.theirs[ref]}, token=self.token)
        self.window.key("ctrl+Return")
        self.says(f"{self.n - 2} records changed. Someone else changed 2 meanwhile")
        after = self.read()
        tap.equal(collections.Counter(after.values())["cancelled"], 998, "how many have the new value")
        tap.equal({ref: after[ref] for ref in self.theirs}, self.theirs, "what somebody else has changed")
        patches = [entry for entry in self.demo.log() if entry["method"] == "PATCH"]
        if len(patches) > 25:
            raise AssertionError(f"{len(patches)} requests for a thousand records")

    def keeps_others_selected(self):
        self.says("2 selected")

    def changes_back(self):
        self.window.focus()
        for _ in range(20):
            if getattr(self.window.focused(), "name", "").endswith("Undo"):
                break
            self.window.key("Tab")
        self.window.key("Return")
        self.says(f"{self.n - 2} records changed back.")
        tap.equal(self.read(), {**self.before, **self.theirs}, "what the server has")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, \
            demo_server.DemoServer("--rows", 1200, "--max-rows", 1000) as demo:
        told = story.Story(demo, folder)
        bulk = Bulk(told, demo)
        try:
            if plan.claim("/e2e/bulk/opens", bulk.open):
                plan.claim_in_turn("/e2e/bulk", bulk)
        finally:
            told.close()
    plan.finish()


main()
