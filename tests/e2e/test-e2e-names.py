#!/usr/bin/env python3
"""test-e2e-names.py TOP: whatever takes the focus has a name that a screen reader can say, on every page,
and is large enough to be hit."""

import pathlib
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402
from names import check_controls  # noqa: E402
from window_driver import wait_for  # noqa: E402

JOB = "00000000-0000-4000-8000-000000000007"
PAGES = (
    ("tables", "/records", "Articles"),
    ("jobs", "/records/jobs", "1,000"),
    ("narrowed", "/records/jobs?order=due_on.desc&status=eq.open&q=roof", "records"),
    ("record", f"/records/jobs/{JOB}", "Title"),
    ("new", "/records/jobs/new", "Title"),
    ("article", "/records/articles/1", "Title"),
    ("contact", "/records/contacts/5", "Name"),
    ("view", "/records/open_jobs", "records"),
    ("reports", "/reports", "Jobs by status"),
    ("report", "/reports/job_stats", "rows"),
    ("report-form", "/reports/search_jobs", "Term"),
    ("no-exports", "/exports", "No exports yet"),
    ("no-drafts", "/drafts", "Drafts"),
    ("no-such-table", "/records/nothing", "There is no such table"),
)


class Walk:
    """One walk through the window, as somebody makes it who sees nothing of it."""

    def __init__(self, told):
        self.told = told
        self.window = told.window

    def check(self):
        check_controls(self.window)

    def connect(self):
        self.window.__enter__()
        self.window.wait_for("the demo's button", "push button", "Try the Demo")
        self.check()

    def login(self):
        self.window.find("push button", "Try the Demo").press()
        self.window.wait_for("the button", "push button", "Sign In")
        self.check()
        self.told.sign_in()

    def page(self, route, mark):
        self.window.navigate(route)
        self.window.wait_for(f"“{mark}”", name=lambda name: mark in name)
        self.check()

    def search(self):
        self.window.navigate("/records/jobs")
        self.window.activate("page", "search")
        wait_for("the focus in the search", lambda: getattr(self.window.focused(), "name", "") == "Search in this page")
        self.check()

    def filter(self):
        self.window.key("ctrl+shift+f")
        self.window.wait_for("the filter", "push button", lambda name: "Add Filter" in name)
        self.check()
        self.window.key("Escape")
        self.window.wait_gone("the filter", "push button", lambda name: "Add Filter" in name)

    def menu(self):
        self.window.key("F10")
        self.window.wait_for("the menu", "menu item", "Keyboard Shortcuts")
        self.check()
        self.window.key("Escape")

    def export(self):
        self.window.key("ctrl+e")
        wait_for("the dialog", lambda: next(self.window.dialogs(), None))
        self.check()
        self.window.focus()
        self.window.key("Escape")
        wait_for("the dialog to go", lambda: not list(self.window.dialogs()))
        self.window.focus()

    def exports(self):
        self.window.navigate("/records/contacts")
        self.window.activate("export-to", str(self.told.folder / "contacts.csv"))
        self.window.navigate("/exports")
        self.window.wait_for("the export's end", name=lambda name: "is ready" in name)
        self.check()


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        walk = Walk(told)
        try:
            if plan.claim("/e2e/names/connect", walk.connect) and plan.claim("/e2e/names/login", walk.login):
                for name, route, mark in PAGES:
                    plan.claim(f"/e2e/names/{name}", lambda route=route, mark=mark: walk.page(route, mark))
                plan.claim("/e2e/names/search", walk.search)
                plan.claim("/e2e/names/filter", walk.filter)
                plan.claim("/e2e/names/menu", walk.menu)
                plan.claim("/e2e/names/export", walk.export)
                plan.claim("/e2e/names/exports", walk.exports)
        finally:
            told.close()
    plan.finish()


main()
