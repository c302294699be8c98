#!/usr/bin/env python3
"""test-e2e-files.py TOP [PICTURES]: files by keyboard alone: found in a bucket, and named by a record."""

import pathlib
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
PICTURES = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402
from window_driver import wait_for  # noqa: E402

DRAWING = "ground-floor.pdf"


class Walk:
    def __init__(self, told):
        self.told = told
        self.window = told.window

    def picture(self, name):
        if PICTURES is not None:
            self.window.picture(str(PICTURES / f"{name}.png"))

    def downloads(self):
        """Whole files and pieces that the server was asked for."""
        return sum(entry.get("method") == "GET" and f"/object/authenticated/drawings/property-1/{DRAWING}" in
                   str(entry.get("path")) for entry in self.told.demo.log())

    def wait_focus(self, what, *roles):
        wait_for(f"the focus in {what}", lambda: getattr(self.window.focused(), "role", "") in roles)

    def find(self):
        self.told.connect()
        self.told.sign_in()
        self.window.navigate("/files")
        self.window.wait_for("a bucket", name="drawings")
        self.wait_focus("the list", "list item")
        self.picture("buckets")
        self.window.key("Return")
        self.window.wait_route("the bucket", lambda route: route == "/files/drawings")
        self.window.wait_for("a file", name=lambda name: name.startswith("Read me.txt"))
        self.wait_focus("the list", "list item")
        self.picture("files")
        self.window.key("Return")
        self.window.wait_route("the folder", lambda route: route == "/files/drawings/property-1")

    def fetch(self):
        self.window.wait_for("the drawing", name=lambda name: name.startswith(DRAWING))
        self.wait_focus("the list", "list item")
        self.window.key("Return")
        self.window.wait_for("that it is here", name=lambda name: name.startswith("Downloaded."))
        self.picture("downloaded")
        self.window.key("alt+Up")
        self.window.wait_route("the folder above", lambda route: route == "/files/drawings")

    def cell(self):
        before = self.downloads()
        self.window.navigate("/records/objects?order=id&select=drawing,name")
        self.window.wait_for("the drawing's name", name=lambda name: DRAWING in name and "property-1" not in name)
        self.wait_focus("the list", "table cell")
        self.picture("column")
        self.window.key("ctrl+Return")
        wait_for("the drawing to be asked for", lambda: self.downloads() > before)

    def field(self):
        self.window.key("Return")
        self.window.wait_route("the record", lambda route: route.startswith("/records/objects/"))
        self.window.wait_for("the file below its field", "label", DRAWING)
        before = self.downloads()
        self.window.focus_field("Drawing")
        self.picture("field")
        self.window.key("Tab")
        wait_for("the focus on Open", lambda: getattr(self.window.focused(), "name", "") == "Open")
        self.window.key("Return")
        self.window.wait_for("that it is here", name=lambda name: name.startswith("Downloaded."))
        self.picture("fetched")
        if self.downloads() <= before:
            raise AssertionError("the drawing was not asked for")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        walk = Walk(told)
        try:
            if plan.claim("/e2e/files/find", walk.find) and plan.claim("/e2e/files/fetch", walk.fetch):
                plan.claim("/e2e/REST-121/cell", walk.cell)
                plan.claim("/e2e/REST-121/field", walk.field)
        finally:
            told.close()
    plan.finish()


main()
