#!/usr/bin/env python3
"""test-e2e-quit.py TOP: quitting the built kvar right after Save, while the token is still being renewed, loses nothing."""

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
    demo.control("clock", advance=4000)
    demo.control("fault", kind="delay", match="/auth/v1/token", method="POST", delay_ms=2000)
    told.window.key("ctrl+s")
    told.window.wait_for("the word that it is being saved", name=lambda name: name.startswith("Saving"))
    told.window.quit()
    tap.equal(told.server_title(), before + " at last", "title on the server")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        try:
            plan.claim("/e2e/quit/saves-before-it-ends", saves_before_it_ends, told, demo)
        finally:
            told.close()
    plan.finish()


main()
