#!/usr/bin/env python3
"""test-e2e-quit.py TOP: the built kvar loses nothing when it ends while a save or a renewal is under way."""

import fcntl
import pathlib
import struct
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402
from window_driver import LIMIT, wait_for  # noqa: E402

TOKEN = "/auth/v1/token"


def by_the_menu(window):
    window.quit()


def by_closing(window):
    """The program ends with its last window."""
    window.wait_for("the window's button", "push button", "Close").press()
    tap.equal(window.process.wait(timeout=LIMIT), 0, "exit status")


def by_sigterm(window):
    window.process.terminate()
    tap.equal(window.process.wait(timeout=LIMIT), 0, "exit status")


def renewals(demo, **members):
    return [entry for entry in demo.log() if entry["grant"] == "refresh_token"
            and all(entry[name] == value for name, value in members.items())]


def is_renewing():
    """While a session renews it holds the lock of its credential."""
    for path in (story.state_home() / "kvar").glob("session-*.lock"):
        with open(path, "rb") as file:
            lock = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)
            if struct.unpack("hhqqi4x", fcntl.fcntl(file, fcntl.F_OFD_GETLK, lock))[0] != fcntl.F_UNLCK:
                return True
    return False


def saves_before_it_ends(told, demo):
    told.connect()
    told.sign_in()
    told.open_jobs()
    told.edit_job()
    field = told.focus_field("Title")
    before = field.text
    told.window.key("End")
    told.window.type(" at last")
    wait_for("what was typed", lambda: told.field("Title").text == before + " at last")
    demo.control("fault", kind="delay", match=TOKEN, method="POST", delay_ms=8000)
    demo.control("clock", advance=4000)
    told.window.key("ctrl+s")
    told.window.wait_for("the word that it is being saved", name=lambda name: name.startswith("Saving"))
    told.window.quit()
    tap.equal(told.server_title(), before + " at last", "title on the server")


def renewal_arrives(told, demo, end):
    """The answer is on its way when the program is to end: the next start has the new token, not its parent."""
    with told.window as window:
        window.wait_route("the records", lambda route: route.startswith("/records"))
        window.navigate("/records")
        wait_for("the session", lambda: window.state("session-state") == "signed-in")
        demo.control("clear")
        demo.control("fault", kind="delay", match=TOKEN, method="POST", delay_ms=1500)
        demo.control("clock", advance=4000)
        # What was just read is shown again without a request.
        window.navigate("/records/contacts")
        window.activate("page", "refresh")
        wait_for("a renewal", is_renewing)
        end(window)
    tap.equal(len(renewals(demo, rotated=True)), 1, "renewals before the end")
    demo.control("clock", advance=4000)
    with told.window as window:
        wait_for("the next renewal", lambda: len(renewals(demo)) == 2)
        wait_for("the session", lambda: window.state("session-state") == "signed-in")
    tap.equal(len(renewals(demo, parent=True)), 0, "renewals with a token that was spent")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        try:
            plan.claim("/e2e/quit/saves-before-it-ends", saves_before_it_ends, told, demo)
            told.close()
            for end in by_the_menu, by_closing, by_sigterm:
                plan.claim(f"/e2e/quit/B16/renewal-arrives/{end.__name__.replace('_', '-')}",
                           renewal_arrives, told, demo, end)
        finally:
            told.close()
    plan.finish()


main()
