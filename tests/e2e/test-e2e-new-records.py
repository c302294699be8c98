#!/usr/bin/env python3
"""test-e2e-new-records.py TOP: new records by real keys alone: twenty in the form, one that another one needs, and
twenty rows in the list, of which some are typed while the server is away and one while a sign-in is asked for."""

import pathlib
import sys

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402
from kvar_home import DONE, Home, expect  # noqa: E402
from window_driver import Missing, Window, wait_for  # noqa: E402

CITIES = ("Kiruna", "Lund", "Mora", "Nora")


class NewRecords:
    """One person and one window, each claim on top of the one before."""

    CLAIMS = ("starts", "twenty_in_the_form", "one_that_another_needs", "rows_in_the_list", "rows_while_offline",
              "a_sign_in_within_a_row")

    def __init__(self, home):
        self.home = home
        self.demo = None
        self.window = None
        self.rows = []    # of the list, as the server is to have them

    def start_demo(self, port=0):
        self.demo = demo_server.DemoServer("--database", self.home.path / "demo.sqlite", port=port)
        self.demo.__enter__()

    def stop_demo(self):
        if self.demo is not None:
            self.demo.__exit__(None, None, None)
        self.demo = None

    def server(self, query):
        token = self.demo.sign_in()["access_token"]
        return self.demo.send("GET", f"/rest/v1/{query}", token=token).json

    def wait_for_rows(self, query, expected):
        try:
            wait_for(f"{len(expected)} rows", lambda: self.server(query) == expected)
        except Missing:
            tap.equal(self.server(query), expected, "the rows on the server")
            raise

    def at(self, name):
        try:
            wait_for(f"the focus in {name}", lambda: getattr(self.window.focused(), "name", "").startswith(name))
        except Missing as missing:
            focused = self.window.focused()
            raise Missing(f"{missing}; it is at {focused and focused.name!r}") from None

    # The claims

    def starts(self):
        self.start_demo()
        expect(self.home.sign_in(self.demo), DONE)
        self.window = Window(environment=self.home.environment(), log=str(self.home.path / "kvar.log"))
        self.window.__enter__()
        self.window.wait_route("the tables", "/records")

    def twenty_in_the_form(self):
        """Typed through, without looking whether each is saved yet."""
        window = self.window
        window.navigate("/records/contacts/new")
        self.at("E-mail")
        expected = []
        for number in range(1, 21):
            contact = {"email": f"form{number}@kvar.example", "full_name": f"Form {number}", "phone": f"070-{number}",
                       "city": CITIES[number % 4]}
            strokes = [stroke for value in contact.values()
                       for stroke in (("type", value), ("key", "Tab" if number % 2 else "Return"))]
            window.strokes(*strokes, ("key", "ctrl+shift+Return"))
            expected.append(contact)
        self.wait_for_rows("contacts?email=like.form*@kvar.example&select=email,full_name,phone,city&order=id", expected)

    def one_that_another_needs(self):
        """FORM-11: the contact of a new job is made on the way, and chosen."""
        window = self.window
        window.navigate("/records/jobs/new")
        window.write("Title", "Job with a new contact")
        for _ in range(20):
            if getattr(window.focused(), "name", "").startswith("Contact"):
                break
            window.key("Tab")
        self.at("Contact")
        window.key("F4")
        self.at("Search")
        window.type("Zoe Zander")
        window.wait_for("that there is none", name="No records found.")
        window.key("Down", "Return")
        window.wait_route("the new contact", "/records/contacts/new")
        window.wait_for("what it is for", name=lambda name: name.startswith("Once it is saved, it is chosen"))
        self.at("E-mail")
        window.type("zoe@kvar.example")
        window.key("ctrl+s")
        window.wait_route("the job again", "/records/jobs/new")
        self.at("Contact")
        tap.equal(window.field("Title").text, "Job with a new contact", "title")
        window.wait_for("her name", name=lambda name: name == "Zoe Zander")
        # FORM-3: what is missing is said beside its field, which has the focus.
        window.key("ctrl+s")
        self.at("Number")
        window.wait_for("what is the matter", name="This field needs a value.")
        window.type("J-ZOE")
        window.key("ctrl+s")
        window.wait_route("the job", lambda route: route.startswith("/records/jobs/") and not route.endswith("/new"))
        self.wait_for_rows("jobs?ref=eq.J-ZOE&select=title,contacts!jobs_contact_id_fkey(full_name)",
                           [{"title": "Job with a new contact", "contacts": {"full_name": "Zoe Zander"}}])

    def row(self, number):
        """A row at the end; Ctrl+N leaves the one before, which saves it."""
        window = self.window
        row = {"full_name": f"List {number}", "email": f"list{number}@kvar.example"}
        window.key("ctrl+n")
        self.at("Name")
        # Over the number, which the server gives.
        window.strokes(("type", row["full_name"]), ("key", "Tab"), ("key", "Tab"), ("type", row["email"]))
        self.rows.append(row)

    def saved(self):
        self.wait_for_rows("contacts?email=like.list*@kvar.example&select=full_name,email&order=id", self.rows)

    def rows_in_the_list(self):
        window = self.window
        window.navigate("/records/contacts")
        wait_for("the focus in the list", lambda: getattr(window.focused(), "role", "") == "table cell")
        window.key("ctrl+l")
        for number in range(1, 9):
            self.row(number)
        window.key("ctrl+s")
        self.saved()

    def rows_while_offline(self):
        """They wait on the disk, and go by themselves."""
        port = self.demo.port
        self.stop_demo()
        for number in range(9, 15):
            self.row(number)
        self.window.key("ctrl+s")
        self.start_demo(port)
        self.saved()

    def a_sign_in_within_a_row(self):
        """Saving asks for it; back in the same cell, the rest of the row is typed."""
        window = self.window
        for number in range(15, 20):
            self.row(number)
        self.demo.control("revoke", user=demo_server.EMAIL)
        self.demo.control("clock", advance=4000)
        self.row(20)
        window.key("ctrl+s")
        window.wait_route("the login page", lambda route: route.startswith("/login?reason=expired"))
        row = window.wait_for("the password's row", "text", "Password")
        window.type(demo_server.PASSWORD)
        wait_for("the password in its row", lambda: len(row.text) == len(demo_server.PASSWORD))
        window.key("Return")
        window.wait_route("the list again", "/records/contacts")
        self.at("E-mail")
        self.saved()

    def close(self):
        if self.window is not None:
            self.window.end()
        self.stop_demo()


def main():
    plan = tap.Plan()
    with Home() as home:
        records = NewRecords(home)
        try:
            plan.claim_in_turn("/e2e/new-records", records)
        finally:
            records.close()
    plan.finish()


main()
