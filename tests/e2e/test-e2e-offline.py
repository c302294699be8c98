#!/usr/bin/env python3
"""test-e2e-offline.py TOP: started without a server, the built kvar shows the last screen as it was, and says of when."""

import pathlib
import sys

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402
from kvar_home import DONE, Home, expect  # noqa: E402
from window_driver import Window, wait_for  # noqa: E402


class Offline:
    """One person's records, seen once, then looked at without the server."""

    CLAIMS = ("sees_a_list_and_a_record", "shows_the_last_screen", "shows_the_list", "says_what_is_not_stored",
              "goes_on_when_the_server_is_back", "keeps_nothing_after_signing_out",
              "keeps_nothing_after_kvar_cli_signed_out")

    def __init__(self, home):
        self.home = home
        self.demo = None
        self.window = None
        self.record = None

    def start_demo(self, port=0):
        self.demo = demo_server.DemoServer("--database", self.home.path / "demo.sqlite", port=port)
        self.demo.__enter__()

    def stop_demo(self):
        if self.demo is not None:
            self.demo.__exit__(None, None, None)
        self.demo = None

    def start(self):
        self.window = Window(environment=self.home.environment(), log=str(self.home.path / "kvar.log"))
        self.window.__enter__()
        return self.window

    def as_of(self):
        return self.window.wait_for("of when it is", name=lambda name: name.startswith("As of "))

    # The claims, each on top of the one before

    def sees_a_list_and_a_record(self):
        self.start_demo()
        expect(self.home.sign_in(self.demo), DONE)
        window = self.start()
        window.wait_route("the tables", "/records")
        window.navigate("/records/jobs")
        window.wait_for("a job", name=lambda name: "J-000001" in name)
        window.wait_for("the count", name=lambda name: "1,000" in name)
        wait_for("the focus in the list", lambda: getattr(window.focused(), "role", "") == "table cell")
        window.key("Return")
        self.record = window.wait_route("the job", lambda route: route.startswith("/records/jobs/"))
        self.title = window.field("Title").text
        wait_for("the route on the disk", lambda: self.record.encode() in (self.home.state / "windows").read_bytes())

    def shows_the_last_screen(self):
        port = self.demo.port
        self.stop_demo()
        self.window.kill()
        window = self.start()
        window.wait_route("the job", self.record)
        tap.equal(window.field("Title").text, self.title, "title")
        self.as_of()
        self.port = port

    def shows_the_list(self):
        self.window.navigate("/records/jobs")
        self.window.wait_for("a job", name=lambda name: "J-000001" in name)
        self.as_of()

    def says_what_is_not_stored(self):
        self.window.navigate("/records/contacts")
        self.window.wait_for("the sentence", name="These records aren't stored here yet")
        tap.equal(self.window.state("route"), "/records/contacts", "route")

    def goes_on_when_the_server_is_back(self):
        """What somebody changed meanwhile is there after a refresh."""
        self.start_demo(self.port)
        self.title += " by Eva"
        key = self.record.rsplit("/", 1)[1]
        reply = self.demo.send("PATCH", f"/rest/v1/jobs?id=eq.{key}", body={"title": self.title},
                               token=self.demo.sign_in()["access_token"])
        tap.equal(reply.status, 204, "status")
        self.window.navigate(self.record)
        self.window.activate("page", "refresh")
        wait_for("the new title", lambda: self.window.field("Title").text == self.title)

    def keeps_nothing_after_signing_out(self):
        database = self.home.cache / "cache.sqlite"
        tap.equal(database.stat().st_mode & 0o777, 0o600, "mode")
        self.window.activate("sign-out")
        self.window.wait_route("the login page", lambda route: route.startswith("/login"))
        self.window.quit()
        if self.holds_title():
            raise AssertionError("a title is still on the disk")

    def holds_title(self):
        return any(self.title.encode() in path.read_bytes() for path in self.home.cache.iterdir() if path.is_file())

    def keeps_nothing_after_kvar_cli_signed_out(self):
        expect(self.home.sign_in(self.demo), DONE)
        window = self.start()
        window.navigate(self.record)
        wait_for("the title", lambda: window.field("Title").text == self.title)
        window.quit()
        if not self.holds_title():
            raise AssertionError("nothing was kept")
        expect(self.home.run("sign-out"), DONE)
        if self.holds_title():
            raise AssertionError("a title is still on the disk")

    def close(self):
        if self.window is not None:
            self.window.end()
        self.stop_demo()


def main():
    plan = tap.Plan()
    with Home() as home:
        offline = Offline(home)
        try:
            plan.claim_in_turn("/e2e/offline", offline)
        finally:
            offline.close()
            if plan.failed and (home.path / "kvar.log").exists():
                for line in (home.path / "kvar.log").read_text(errors="replace").splitlines()[-40:]:
                    print(f"# {line}")
    plan.finish()


main()
