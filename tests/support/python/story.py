"""The main job, told once: connect, sign in, open jobs, edit one by keyboard, export, let the token expire, be revoked,
sign in again and be back in the same field.

The end-to-end test checks each step; the tour takes a picture of each. The steps build on one another."""

import csv
import os
import pathlib

import demo_server
from window_driver import Missing, Window, wait_for

SESSION_OVER = "Your session expired — please sign in again."
ADDED = " and once more"
HALF_TYPED = "Half a sentence that must no"


def state_home():
    return pathlib.Path(os.environ.get("XDG_STATE_HOME") or pathlib.Path.home() / ".local" / "state")


def announce(demo):
    """Says where the demo server is, so that “Try the Demo” uses this one, whose faults we can steer."""
    folder = state_home() / "kvar"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "demo"
    path.write_text(f"{demo.url} {demo_server.KEY}\n", encoding="utf-8")
    path.chmod(0o600)


def never(window, *marks):
    """Nothing of this may stand anywhere on the screen or be said by a screen reader."""
    for text in window.texts():
        for mark in marks:
            if mark in text:
                raise AssertionError(f"“{mark}” is shown: {text}")


class Story:
    """One telling of the story: a demo server, a window, a folder for what it exports."""

    def __init__(self, demo, folder, picture=None, arguments=(), environment=None):
        self.demo = demo
        self.folder = pathlib.Path(folder)
        self.picture = picture or (lambda name, caption: None)
        announce(demo)
        self.window = Window(*arguments, environment=environment, log=str(self.folder / "kvar.log"))
        self.route = None
        self.title = None
        self.cursor = None

    STEPS = ("connect", "sign_in", "open_jobs", "edit_job", "export_jobs", "expire", "revoke", "soft_redirect",
             "come_back")

    def connect(self):
        """The first run asks where to connect, and offers the demo."""
        self.window.__enter__()
        button = self.window.wait_for("the demo's button", "push button", "Try the Demo")
        self.picture("connect", "The first run: connect, or try the demo.")
        button.press()
        self.window.wait_route("the login page", lambda route: route.startswith("/login"))

    def sign_in(self):
        """The e-mail is filled in and the focus is in the password."""
        button = self.window.wait_for("the button", "push button", "Sign In")
        never(self.window, SESSION_OVER)
        if button.has("SENSITIVE"):
            raise AssertionError("Sign In can be pressed without a password")
        self.type_password()
        self.picture("sign-in-first", "Signing in: Enter is enough.")
        self.window.key("Return")
        self.window.wait_route("the records", lambda route: route.startswith("/records"))

    def type_password(self):
        """Types without looking for the field first: the focus is there. The row of a password shows dots."""
        row = self.window.wait_for("the password's row", "text", "Password")
        self.window.type(demo_server.PASSWORD)
        wait_for("the password in its row", lambda: len(row.text) == len(demo_server.PASSWORD))

    def open_jobs(self):
        """The list of jobs, its first rows and its count."""
        self.window.navigate("/records/jobs")
        self.window.wait_for("a job", name=lambda name: "J-000001" in name)
        self.window.wait_for("the count", name=lambda name: "1,000" in name)
        self.picture("records", "The list of jobs, from the project's own schema.")

    def edit_job(self):
        """Enter opens a job; a field is changed; Ctrl+S saves it."""
        wait_for("the focus in the list", lambda: getattr(self.window.focused(), "role", "") == "table cell")
        self.window.key("Return")
        self.route = self.window.wait_route("the job's form", lambda route: route.startswith("/records/jobs/"))
        field = self.focus_field("Title")
        before = field.text
        self.window.key("End")
        self.window.type(ADDED)
        wait_for("what was typed", lambda: self.field("Title").text == before + ADDED)
        self.picture("editing", "A form from the schema; the draft is kept as you type.")
        self.window.key("ctrl+s")
        self.window.wait_for("the word that it is saved", name=lambda name: name.startswith("Saved"))
        saved = self.server_title()
        if saved != before + ADDED:
            raise AssertionError(f"the server has “{saved}”")
        self.title = before + ADDED
        self.picture("record", "Saved: only the changed column was sent.")

    def server_title(self):
        key = self.route.rsplit("/", 1)[1]
        token = self.demo.sign_in()["access_token"]
        return self.demo.send("GET", f"/rest/v1/jobs?id=eq.{key}&select=title", token=token).json[0]["title"]

    def field(self, name):
        return self.window.wait_for(f"the field {name}", ("text", "entry"), lambda text: text.startswith(name))

    def focus_field(self, name):
        """Tab by Tab, as a person does it."""
        self.field(name)
        for _ in range(40):
            focused = self.window.focused()
            if focused is not None and focused.role in ("text", "entry") and focused.name.startswith(name):
                return focused
            self.window.key("Tab")
        raise Missing(f"Tab does not reach the field {name}")

    def export_jobs(self):
        """An export runs beside the work; each row is there once, though its token expires on the way."""
        self.window.navigate("/records/jobs")
        self.window.wait_for("a job", name=lambda name: "J-000001" in name)
        target = self.folder / "jobs.csv"
        self.demo.control("options", access_ttl=2, latency=200, max_rows=50)
        self.demo.control("clock", advance=4000)
        self.window.activate("export-to", str(target))
        self.window.navigate("/exports")
        self.window.wait_for("the export's end", name=lambda name: name == "jobs.csv is ready. 1,000 rows.", limit=90)
        self.demo.control("options", access_ttl=3600, latency=0, max_rows=1000)
        if self.renewals() < 2:
            raise AssertionError("no token expired during the export")
        self.picture("exports", "Click, and the file is there.")
        with open(target, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        if len(rows) != 1001 or len({row[0] for row in rows}) != 1001:
            raise AssertionError(f"{len(rows) - 1} rows were exported")
        never(self.window, SESSION_OVER, "expired")

    def renewals(self):
        return sum(1 for entry in self.demo.log() if entry["grant"] == "refresh_token" and entry["status"] == 200)

    def expire(self):
        """The access token expires while nobody looks; the next request just works."""
        self.demo.control("clock", advance=4000)
        before, renewals = len(self.demo.log()), self.renewals()
        self.window.navigate(self.route)
        self.window.wait_for("the job", ("text", "entry"), lambda name: name.startswith("Title"))
        self.window.key("F5")
        wait_for("a renewal", lambda: self.renewals() > renewals)
        wait_for("the form's values", lambda: self.field("Title").text == self.title)
        never(self.window, SESSION_OVER, "JWT", "401")
        asked = self.demo.log()[before:]
        if any(entry["role"] == "anon" and entry["path"].startswith("/rest/") for entry in asked):
            raise AssertionError("a request went out as anon")
        self.picture("expired-token", "The token had expired; nothing of it is seen.")

    def revoke(self):
        """An administrator ends the session while a sentence is half typed: one calm line, nothing else."""
        self.focus_field("Title")
        self.window.key("ctrl+a")
        self.window.type(HALF_TYPED)
        self.window.key("Left", "Left", "Left")
        self.cursor = self.window.focused().cursor
        self.demo.control("revoke", user=demo_server.EMAIL)
        self.demo.control("clock", advance=4000)
        self.window.key("ctrl+s")
        self.window.wait_route("the login page", lambda route: route.startswith("/login?reason=expired&from=%2Frecords"))
        self.picture("sign-in", "Signing in again: the reason, the e-mail, and where you will be.")
        self.window.key("Escape")
        self.window.wait_route("the kept page", self.route)
        bars = [node for node in self.window.frame().walk() if node.name == SESSION_OVER]
        if len(bars) != 1:
            raise AssertionError(f"the sentence is shown {len(bars)} times")
        if self.field("Title").text != HALF_TYPED:
            raise AssertionError("the half-typed text is gone")
        never(self.window, "session_not_found", "refresh_token", "{")
        self.picture("session-over", "The session is over: the page stays, with the half-typed words.")

    def soft_redirect(self):
        """Sign In opens the login page above the kept page."""
        self.window.activate("sign-in")
        self.window.wait_route("the login page", lambda route: route.startswith("/login?reason=expired"))
        self.window.wait_for("the reason", name=SESSION_OVER)

    def come_back(self):
        """After signing in: the same field, the same text, the same cursor; and the held save goes on by itself."""
        self.type_password()
        self.window.key("Return")
        self.window.wait_route("the same job", self.route)
        wait_for("the same field", lambda: (self.window.focused() or self.window.frame()).name.startswith("Title"))
        node = self.window.focused()
        if (node.text, node.cursor) != (HALF_TYPED, self.cursor):
            raise AssertionError(f"“{node.text}” with the cursor at {node.cursor}, not {self.cursor}")
        self.window.wait_gone("the bar", name=SESSION_OVER)
        self.window.wait_for("the word that it is saved", name=lambda name: name.startswith("Saved"))
        wait_for("the save on the server", lambda: self.server_title() == HALF_TYPED)
        self.picture("back", "Back in the same field, cursor included; the save went on by itself.")

    def close(self):
        self.window.end()
