#!/usr/bin/env python3
"""test-e2e-entry.py TOP: how many keys a record costs, counted from real key events; no change may raise it."""

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

# Keys a record, with modifiers, beside the letters of its values: what a person pays for the form.
MOST_KEYS = {"contact": 6, "contact_like_the_last": 9, "correction": 2}


class Entry:
    """One person who enters and corrects records, each step on top of the one before."""

    CLAIMS = ("enters_contacts", "repeats_values", "corrects_one_after_the_other",
              "undoes_the_save")

    def __init__(self, told):
        self.told = told
        self.window = told.window
        self.keys = 0

    def open(self):
        self.told.connect()
        self.told.sign_in()

    def key(self, *keys):
        self.keys += sum(len(key.split("+")) for key in keys)
        self.window.key(*keys)

    def spent(self):
        keys, self.keys = self.keys, 0
        return keys

    def check(self, form):
        spent = self.spent()
        print(f"# {form}: {spent} keys")
        if spent > MOST_KEYS[form]:
            raise AssertionError(f"{form} takes {spent} keys, and took {MOST_KEYS[form]}")

    def rows(self, query):
        token = self.told.demo.sign_in()["access_token"]
        return self.told.demo.send("GET", f"/rest/v1/{query}", token=token).json

    def at(self, name):
        wait_for(f"the focus in {name}", lambda: getattr(self.window.focused(), "name", "").startswith(name))

    def text_is(self, text):
        wait_for(f"“{text}” in the field", lambda: getattr(self.window.focused(), "text", None) == text)

    def type(self, text):
        self.window.type(text)
        self.text_is(text)

    def new_contact(self, number):
        self.at("E-mail")
        self.type(f"new{number}@kvar.example")
        self.key("Return")
        self.at("Name")
        self.type(f"New Person {number}")
        self.key("Return")
        self.at("Phone")
        self.type("070-1")
        self.key("Return")
        self.at("City")
        self.type("Kiruna")

    def enters_contacts(self):
        """Enter goes on to the next field, Ctrl+Shift+Enter saves and begins the next record."""
        self.window.navigate("/records/contacts/new")
        for number in (1, 2):
            self.spent()
            self.new_contact(number)
            self.key("ctrl+shift+Return")
            self.at("E-mail")
            self.text_is("")
            self.check("contact")
        wait_for("both contacts", lambda: len(self.rows("contacts?email=like.new*@kvar.example")) == 2)

    def repeats_values(self):
        """Ctrl+' is the value of the record before."""
        self.spent()
        self.type("new3@kvar.example")
        self.key("Return")
        self.at("Name")
        self.type("New Person 3")
        self.key("Return")
        self.at("Phone")
        self.key("ctrl+apostrophe")
        self.text_is("070-1")
        self.key("Return")
        self.at("City")
        self.key("ctrl+d")
        self.text_is("Kiruna")
        self.key("ctrl+s")
        self.window.wait_for("the word that it is saved", name=lambda name: name.startswith("Saved"))
        self.check("contact_like_the_last")
        tap.equal(self.rows("contacts?email=eq.new3@kvar.example")[0]["city"], "Kiruna", "city")

    def corrects_one_after_the_other(self):
        """The focus stays in the column; Ctrl+Enter saves and goes on."""
        self.window.navigate("/records/contacts")
        wait_for("the list", lambda: getattr(self.window.focused(), "role", "") == "table cell")
        self.window.key("ctrl+Home", "Return")
        self.window.wait_route("a contact", lambda route: route.startswith("/records/contacts/"))
        self.window.focus_field("City")
        for city in ("Arvika", "Boden", "Charlottenberg"):
            route = self.window.state("route")
            self.at("City")
            self.spent()
            self.type(city)
            self.key("ctrl+Return")
            self.window.wait_route("the next contact", lambda now, before=route: now != before)
            self.at("City")
            self.check("correction")
            key = route.rsplit("/", 1)[1]
            wait_for(f"{city} on the server", lambda key=key, city=city:
                     self.rows(f"contacts?id=eq.{key}")[0]["city"] == city)

    def undoes_the_save(self):
        """FORM-15: Ctrl+Z is the save's to undo, and the text's as soon as something is typed."""
        key = self.window.state("route").rsplit("/", 1)[1]

        def city():
            return self.rows(f"contacts?id=eq.{key}")[0]["city"]

        before = city()
        self.at("City")
        self.type("Dalby")
        self.key("ctrl+s")
        wait_for("Dalby on the server", lambda: city() == "Dalby")
        self.window.wait_for("the button that undoes it", name=lambda name: name.startswith("Undo"))
        self.at("City")
        self.key("ctrl+z")
        wait_for(f"{before} on the server again", lambda: city() == before)
        self.text_is(before)

        self.window.wait_for("the word that it is saved", name=lambda name: name.startswith("Saved"))
        self.key("End")
        self.window.type("x")
        self.text_is(before + "x")
        self.key("ctrl+z")
        self.text_is(before)
        tap.equal(city(), before, "city")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        entry = Entry(told)
        try:
            if plan.claim("/e2e/entry/opens", entry.open):
                plan.claim_in_turn("/e2e/entry", entry)
        finally:
            told.close()
    plan.finish()


main()
