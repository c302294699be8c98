#!/usr/bin/env python3
"""test-e2e-conflict.py TOP: somebody else saves the same record; both versions are put together by keyboard alone."""

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


class Conflict:
    """One person at a contact that Eva changes too, each step on top of the one before."""

    CLAIMS = ("meets_the_other_version", "goes_back_to_the_form_and_keeps_the_draft", "chooses_by_arrows",
              "edits_a_result", "saves_what_is_combined")

    def __init__(self, told, picture=None):
        self.told = told
        self.window = told.window
        self.picture = picture or (lambda name: None)

    def open(self):
        self.told.connect()
        self.told.sign_in()
        self.window.navigate("/records/contacts/1")
        self.window.field("City")

    def eva(self, **values):
        token = self.told.demo.sign_in(email=demo_server.EVA)["access_token"]
        reply = self.told.demo.send("PATCH", "/rest/v1/contacts?id=eq.1", body=values, token=token)
        tap.equal(reply.status, 204, "Eva's status")

    def saved(self):
        token = self.told.demo.sign_in()["access_token"]
        return self.told.demo.send("GET", "/rest/v1/contacts?id=eq.1", token=token).json[0]

    def choice(self, name):
        return self.window.wait_for(f"“{name}”", "radio button", name)

    def focus_is_on(self, name):
        wait_for(f"the focus on “{name}”", lambda: getattr(self.window.focused(), "name", "") == name)

    def meets_the_other_version(self):
        """Phone and city are other ones on both sides; that the contact is a VIP is Eva's alone."""
        self.vip = not self.saved()["vip"]
        self.eva(phone="070-2", city="Luleå", vip=self.vip)
        self.window.write("Phone", "070-3")
        self.window.write("City", "Kiruna")
        self.window.key("ctrl+s")
        self.window.wait_for("the conflict", name="Someone else changed this record")
        self.focus_is_on("Yours: 070-3")
        self.choice("Theirs: 070-2")
        self.window.wait_for("what was combined", name="1 other change was combined without conflict.")
        self.picture("conflict")

    def goes_back_to_the_form_and_keeps_the_draft(self):
        self.window.key("Escape")
        wait_for("the field that was typed in last",
                 lambda: getattr(self.window.focused(), "name", "").startswith("City"))
        tap.equal(self.window.field("Phone").text, "070-3", "phone")
        self.window.wait_for("the way back", "push button", lambda name: name.endswith("Compare")).press()
        self.focus_is_on("Yours: 070-3")

    def chooses_by_arrows(self):
        self.window.key("Left")
        self.focus_is_on("Theirs: 070-2")
        wait_for("theirs", lambda: self.choice("Theirs: 070-2").has("CHECKED"))
        self.window.key("Down")
        self.focus_is_on("Yours: Kiruna")

    def edits_a_result(self):
        self.window.key("F2")
        wait_for("the result", lambda: getattr(self.window.focused(), "text", "") == "Kiruna")
        self.window.key("End")
        self.window.type("vaara")
        wait_for("what was typed", lambda: getattr(self.window.focused(), "text", "") == "Kirunavaara")
        self.picture("result")
        self.window.key("Escape")
        self.focus_is_on("Theirs: Luleå")

    def saves_what_is_combined(self):
        self.window.key("ctrl+Return")
        self.window.wait_for("the word that it is saved", name=lambda name: name.startswith("Saved"))
        row = self.saved()
        tap.equal((row["phone"], row["city"], row["vip"]), ("070-2", "Kirunavaara", self.vip), "the contact")
        tap.equal(self.window.field("City").text, "Kirunavaara", "city")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        conflict = Conflict(told)
        try:
            if plan.claim("/e2e/conflict/opens", conflict.open):
                plan.claim_in_turn("/e2e/conflict", conflict)
        finally:
            told.close()
    plan.finish()


if __name__ == "__main__":
    main()
