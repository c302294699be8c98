#!/usr/bin/env python3
"""test-e2e-reports.py TOP [PICTURES]: a report by keyboard alone: found, asked, run, run again, and opened."""

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


class Walk:
    def __init__(self, told):
        self.told = told
        self.window = told.window

    def picture(self, name):
        if PICTURES is not None:
            self.window.picture(str(PICTURES / f"{name}.png"))

    def calls(self):
        return sum("/rpc/search_jobs" in str(entry.get("path")) for entry in self.told.demo.log())

    def find(self):
        self.told.connect()
        self.told.sign_in()
        self.window.key("ctrl+2")
        self.window.wait_route("the reports", lambda route: route == "/reports")
        self.window.wait_for("the reports", name="Search jobs")
        self.picture("reports")
        self.window.key("Down", "Down", "Return")
        self.window.wait_route("the report", lambda route: route == "/reports/search_jobs")

    def run(self):
        wait_for("the focus in the field", lambda: getattr(self.window.focused(), "name", "").startswith("Term"))
        self.window.type("roof")
        self.window.key("ctrl+Return")
        self.window.wait_for("the rows", name=lambda name: "rows. As of" in name)
        self.picture("report")

    def again(self):
        self.window.key("F5")
        wait_for("the second run", lambda: self.calls() == 2)

    def open(self):
        self.window.key("Tab", "Tab", "Tab")
        wait_for("the focus in the result", lambda: self.window.focused() is not None
                 and self.window.focused().role in ("table cell", "table row", "table", "tree table"))
        self.window.key("Return")
        self.window.wait_route("the record", lambda route: route.startswith("/records/jobs/"))


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        walk = Walk(told)
        try:
            if plan.claim("/e2e/REP-1/find", walk.find) and plan.claim("/e2e/REP-1/run", walk.run):
                plan.claim("/e2e/REP-2/again", walk.again)
                plan.claim("/e2e/REP-1/open", walk.open)
        finally:
            told.close()
    plan.finish()


main()
