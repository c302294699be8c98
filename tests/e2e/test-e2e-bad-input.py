#!/usr/bin/env python3
"""test-e2e-bad-input.py TOP: what the window says to wrong addresses and keys, and what spoilt files do to it: nothing."""

import http.server
import pathlib
import sys
import threading

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402
from kvar_home import DONE, Home, expect  # noqa: E402
from window_driver import Window, wait_for  # noqa: E402

NO_ADDRESS = "This isn't an address. It looks like https://project.example.org."
NO_PROJECT = "There's no project at this address. Check the spelling."
NO_SECRECY = "The address has to begin with https:// so that nobody can read along."
WRONG_KEY = "The project doesn't accept this key. Copy the public key once more."
SECRET_KEY = "This is an administrator key. For your safety Kvar doesn't use it. Ask for the public key."
UNREACHABLE = "Can't reach the server right now. Try again in a moment."


class Page(http.server.BaseHTTPRequestHandler):
    """A web site, such as stands at most addresses: a friendly page for everything."""

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        pass

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<html><body>Welcome!</body></html>")


def window_of(home, *arguments):
    return Window(*arguments, environment=home.environment(), log=str(home.path / "kvar.log"))


class Connecting:
    """The connect page of one window, asked for one wrong thing after the other."""

    def __init__(self, window, demo, site):
        self.window, self.demo, self.site = window, demo, site

    CLAIMS = ("not_an_address", "plain_http", "secret_key", "wrong_key", "html", "unreachable")

    def refuses(self, address, key, sentence):
        """One sentence, and what was typed stays to be mended."""
        self.window.fill("Address", address)
        self.window.fill("Public key", key)
        self.window.key("Return")
        self.window.wait_for(f"“{sentence}”", "label", sentence)
        tap.equal(self.window.field("Address").text, address, "the address")
        tap.equal(self.window.field("Public key").text, key, "the key")
        tap.equal(len([node for node in self.window.frame().walk() if node.name == sentence]), 1, "sentences")
        tap.equal(self.window.state("route"), "/connect", "route")

    def not_an_address(self):
        self.refuses("not an address", demo_server.KEY, NO_ADDRESS)

    def plain_http(self):
        self.refuses("http://norr.example.org", demo_server.KEY, NO_SECRECY)

    def secret_key(self):
        before = len(self.demo.log())
        self.refuses(self.demo.url, "sb_secret_abcdefghijklmnopqrstuvwxyz", SECRET_KEY)
        tap.equal(len(self.demo.log()), before, "requests made with a secret key")

    def wrong_key(self):
        self.refuses(self.demo.url, "sb_publishable_other", WRONG_KEY)

    def html(self):
        self.refuses(self.site, demo_server.KEY, NO_PROJECT)

    def unreachable(self):
        with demo_server.DemoServer() as gone:
            url = gone.url
        self.refuses(url, demo_server.KEY, UNREACHABLE)


def refuses_to_connect(plan):
    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with Home() as home, demo_server.DemoServer() as demo, window_of(home) as window:
        window.wait_for("the first page", name="Welcome to Kvar")
        page = Connecting(window, demo, f"http://127.0.0.1:{site.server_port}")
        for claim in page.CLAIMS:
            plan.claim(f"/e2e/bad-input/connect/{claim.replace('_', '-')}", getattr(page, claim))
    site.shutdown()


def spoilt_files(_):
    """The window comes up as if for the first time; once the project is named again, its session is still there."""
    with Home() as home, demo_server.DemoServer() as demo:
        expect(home.sign_in(demo), DONE)
        with window_of(home) as window:
            window.wait_route("the records", lambda route: route.startswith("/records"))
            window.navigate("/records/jobs")
            window.wait_for("a job", name=lambda name: "J-000001" in name)
            window.quit()
        (home.data / "demo.sqlite").parent.mkdir(parents=True, exist_ok=True)
        (home.data / "demo.sqlite").write_bytes(b"no database at all" * 100)
        spoilt = [path for path in home.path.rglob("*") if path.is_file() and
                  path.name not in ("settings.ini", "kvar.log") and path.suffix not in (".lock", ".log")]
        for name in ("windows", "projects.conf"):
            if name not in [path.name for path in spoilt]:
                raise AssertionError(f"{name} is not there to be spoilt")
        for path in spoilt:
            path.write_bytes(b"\0\xff[project x]\nurl=\xfe{" * 40)
        with window_of(home) as window:
            window.wait_for("the first page", name="Welcome to Kvar")
            window.fill("Address", demo.url)
            window.fill("Public key", demo_server.KEY)
            window.key("Return")
            window.wait_route("a page of the project", lambda route: route.startswith(("/records", "/login")))
            window.quit()


def unwritable_export(_):
    """The export says so on its row; nothing else happens."""
    with Home() as home, demo_server.DemoServer() as demo:
        expect(home.sign_in(demo), DONE)
        with window_of(home) as window:
            window.wait_route("the records", lambda route: route.startswith("/records"))
            window.navigate("/records/jobs")
            window.wait_for("a job", name=lambda name: "J-000001" in name)
            window.activate("export-to", str(home.path / "nowhere" / "jobs.csv"))
            window.navigate("/exports")
            window.wait_for("the sentence", name="The folder for the file no longer exists. Choose another one.")
            window.navigate("/records/jobs")
            wait_for("the list", lambda: window.find(name=lambda name: "J-000001" in name))


def main():
    plan = tap.Plan()
    refuses_to_connect(plan)
    plan.claim("/e2e/bad-input/files/spoilt", spoilt_files, None)
    plan.claim("/e2e/bad-input/export/no-folder", unwritable_export, None)
    plan.finish()


main()
