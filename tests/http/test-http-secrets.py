#!/usr/bin/env python3
"""test-http-secrets.py TOP: works, fails and expires with kvar-cli and kvar at debug level, and looks through all that they
wrote for passwords, tokens, e-mail addresses and what stood in records."""

import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.parse

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
from kvar_home import DONE, FAILED, SIGN_IN_NEEDED, Home, expect  # noqa: E402
import tap  # noqa: E402

EMAIL = "vera.verschwiegen@geheim.example"
PASSWORD = "Plugh-Xyzzy-4711"
WRONG_PASSWORD = "Xyzzy-Plugh-1147"
CONTENT = "Quicksilver Rattlesnake"
OTHER_EMAIL = "rattle.snake@wueste.example"
# Where an e-mail address belongs: the login page fills it in.
KNOWS_EMAIL = re.compile(r"/status-[0-9a-f]+\.json$|/projects\.conf$")
# What is said to the person, not to a log.
TO_THE_PERSON = ("Signed in as ",)


class Diary:
    """Runs programs and keeps all that they wrote and all that nobody may find in it."""

    def __init__(self, home, demo):
        self.home = home
        self.demo = demo
        self.errors = []
        self.secrets = {PASSWORD, WRONG_PASSWORD}
        self.environment = {"G_MESSAGES_DEBUG": "all", "LC_ALL": "C.UTF-8"}

    def cli(self, code, *arguments, stdin=""):
        done = self.home.run(*arguments, stdin=stdin, **self.environment)
        self.errors.append(done.stderr)
        expect(done, code)
        return done

    def sign_in(self, code, password):
        done = self.home.sign_in(self.demo, email=EMAIL, password=password, **self.environment)
        self.errors.append(done.stderr)
        expect(done, code)

    def learn_tokens(self):
        """What the vault holds now is secret from now on."""
        status = json.loads(self.home.run("status", "--json").stdout)
        done = subprocess.run([os.environ["KVAR_LIBEXECDIR"] + "/kvar-vault", "lookup", "--project", status["project"],
                               "--slot", status["user_id"]], env=self.home.environment(), capture_output=True, check=True)
        token = json.loads(done.stdout.rstrip(b"\0"))
        self.secrets |= {token["refresh_token"], token["access_token"].rsplit(".", 1)[1]}

    def window(self, route):
        """Opens a page of the window program, and closes it when the page has its rows."""
        before = len(self.demo.log())
        with subprocess.Popen([os.environ["KVAR"], route], env=self.home.environment(**self.environment),
                              stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            deadline = time.monotonic() + 60
            while not any(f"/rest/v1{route.removeprefix('/records')}" in entry["path"]
                          for entry in self.demo.log()[before:]):
                if time.monotonic() > deadline or process.poll() is not None:
                    process.kill()
                    raise AssertionError(f"{route} was not shown: {process.communicate()[1][-2000:]}")
                time.sleep(0.2)
            time.sleep(0.5)
            process.terminate()
            out, errors = process.communicate(timeout=60)
        self.errors += [out, errors]

    def look_through(self):
        texts = {f"standard error {i}": text for i, text in enumerate(self.errors)}
        for path in self.home.path.rglob("*"):
            if path.is_file() and path.is_relative_to(self.home.state) or path.suffix in (".log", ".conf"):
                texts[str(path)] = path.read_text(encoding="utf-8", errors="replace")
        for name, text in texts.items():
            self.look_through_text(name, text)
        return texts

    def look_through_text(self, name, text):
        text = "\n".join(line for line in text.splitlines() if not line.startswith(TO_THE_PERSON))
        wanted = self.secrets | {CONTENT, CONTENT.split()[1], OTHER_EMAIL, urllib.parse.quote(OTHER_EMAIL)}
        if not KNOWS_EMAIL.search(name):
            wanted |= {EMAIL, EMAIL.split("@")[0], urllib.parse.quote(EMAIL)}
        for secret in wanted:
            place = text.lower().find(secret.lower())
            if place >= 0:
                raise AssertionError(f"“{secret}” stands in {name}: …{text[max(0, place - 200):place + 100]!r}")


def contact(**members):
    return json.dumps({"email": OTHER_EMAIL, "full_name": CONTENT, **members})


def work(diary):
    """A day with everything that is tempting to log."""
    demo = diary.demo
    diary.sign_in(FAILED, WRONG_PASSWORD)
    diary.sign_in(DONE, PASSWORD)
    diary.learn_tokens()
    diary.cli(DONE, "api", "-d", contact(), "rest/v1/contacts")
    diary.cli(FAILED, "api", "-d", contact(), "rest/v1/contacts")    # the server says which value is there twice
    diary.cli(FAILED, "api", "-d", contact(no_such_column=CONTENT), "rest/v1/contacts")
    diary.cli(DONE, "api", f"rest/v1/contacts?email=eq.{OTHER_EMAIL}")
    diary.cli(DONE, "tables")
    diary.cli(DONE, "export", "contacts", "--where", f"full_name=eq.{CONTENT}", "-o", "contacts.csv")
    for kind in ("html", "500", "lost-answer", "cut-body"):
        demo.control("fault", kind=kind, match="/auth/v1/token", count=1)
        demo.control("clock", advance=7200)
        diary.home.run("api", "rest/v1/contacts?limit=1", **diary.environment)
        diary.cli(DONE, "api", "rest/v1/contacts?limit=1")
        diary.learn_tokens()
    diary.window("/records/contacts")
    diary.learn_tokens()
    demo.control("revoke", user=EMAIL)
    demo.control("clock", advance=7200)
    diary.cli(SIGN_IN_NEEDED, "api", "rest/v1/contacts?limit=1")
    diary.sign_in(DONE, PASSWORD)
    diary.learn_tokens()
    diary.cli(DONE, "sign-out")


def keeps_quiet(vault):
    with demo_server.DemoServer("--rows", 50) as demo, Home(vault) as home:
        made = demo.send("POST", "/auth/v1/signup", body={"email": EMAIL, "password": PASSWORD})
        tap.equal(made.status, 200, "sign-up")
        diary = Diary(home, demo)
        work(diary)
        texts = diary.look_through()

        # The search would find something: these were written, and hold what they should.
        log = (home.state / "kvar.log").read_text(encoding="utf-8")
        tap.equal("The renewal was answered with" in log, True, "a log of what went wrong")
        tap.equal(any("kvar-core-DEBUG" in text for text in diary.errors), True, "messages at debug level")
        tap.equal(any(EMAIL in text for name, text in texts.items() if KNOWS_EMAIL.search(name)), True,
                  "a status that knows the e-mail address")
        tap.equal(len(diary.secrets) > 8, True, "several tokens were in use")


def finds_what_is_there():
    """The search itself."""
    with Home() as home:
        diary = Diary(home, None)
        for text in (f"password={PASSWORD}", f"GET /rest/v1/x?email=eq.{OTHER_EMAIL}", f"says {CONTENT.lower()}", EMAIL):
            try:
                diary.look_through_text("a test", text)
            except AssertionError:
                continue
            raise AssertionError(f"not found in {text!r}")


def main():
    plan = tap.Plan()
    plan.claim("/secrets/finds-what-is-there", finds_what_is_there)
    for vault in ("keyring", "file"):
        plan.claim(f"/secrets/I11/{vault}", keeps_quiet, vault)
    plan.finish()


main()
