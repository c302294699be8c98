"""Kills Kvar at random moments and compares what is on disk and on the server with what was typed and acknowledged.

One round is one kill. Rounds are told apart by what goes on at that moment: typing, saving, a new record, the outbox being
sent, or drafts being restored. The seed settles them all."""

import json
import os
import random
import subprocess
import threading
import time

import demo_server
from window_driver import Missing, Window, wait_for

# The journal has a second for a keystroke; the machine that the tests run on gets a little for handling the key.
MAY_BE_LOST = 1.5
WORDS = ("roof", "door", "paint", "lamp", "floor", "window", "stairs", "gutter", "stove", "fence")
ROUNDS = ("typing", "saving", "new_record", "outbox", "restoring")


class Typist(threading.Thread):
    """Types a text sign by sign and remembers when."""

    def __init__(self, window, text):
        super().__init__(daemon=True)
        self.window = window
        self.text = text
        self.times = []
        self.stopped = threading.Event()

    def run(self):
        for sign in self.text:
            if self.stopped.is_set():
                return
            try:
                self.window.key("space" if sign == " " else sign)
            except subprocess.CalledProcessError:
                return
            self.times.append(time.monotonic())

    def stop(self):
        self.stopped.set()
        self.join()

    def typed_before(self, moment):
        return sum(1 for when in self.times if when <= moment)


class Harness:
    """A demo server that stays, and a Kvar that is killed and started again over the same home."""

    def __init__(self, demo, log, seed):
        self.demo = demo
        self.log = log
        self.seed = seed
        self.random = random.Random(seed)
        self.window = None
        self.titles = {}       # by key: what the server has to say
        self.n_new = 0

    # The server's side

    def rows(self, query):
        token = self.demo.sign_in()["access_token"]
        reply = self.demo.send("GET", f"/rest/v1/jobs?{query}", token=token)
        if reply.status != 200:
            raise RuntimeError(f"{reply.status} {reply.text}")
        return reply.json

    def server_title(self, key):
        return self.rows(f"id=eq.{key}&select=title")[0]["title"]

    def pick_jobs(self, count):
        return [row["id"] for row in self.random.sample(self.jobs, count)]

    def learn_jobs(self):
        self.jobs = self.rows("select=id,title&order=ref.asc&limit=200")
        self.n_jobs = len(self.rows("select=id"))
        self.titles = {row["id"]: row["title"] for row in self.jobs}

    # Kvar's side

    def start(self):
        self.window = Window(log=self.log)
        self.window.__enter__()

    def kill(self):
        self.window.kill()

    def start_again(self):
        """Signed in again without a word, with what the journal has."""
        self.start()
        wait_for("to be signed in", lambda: self.window.state("session-state") == "signed-in")

    def drafts(self):
        """What lies in the journal, read by the other program."""
        done = subprocess.run([os.environ["KVAR_CLI"], "--demo", "drafts", "export"], capture_output=True, text=True,
                              check=True)
        return json.loads(done.stdout)

    def open_job(self, key, *texts):
        """Opens a job and waits until its own form is there, with one of the texts as its title."""
        expected = texts or (self.titles[key],)
        self.window.navigate(f"/records/jobs/{key}")
        wait_for(f"a title among {expected}", lambda: self.field().text in expected)
        return self.field()

    def field(self, name="Title"):
        """A field of the page that was opened last: pages that are kept behind it look alike from outside."""
        def find():
            fields = list(self.window.frame().find_all(("text", "entry"), lambda text: text.startswith(name)))
            return fields[-1] if fields else None
        return wait_for(f"the field {name}", find)

    def focused(self):
        """What has the focus on the page that was opened last; pages behind it remember theirs."""
        nodes = [node for node in self.window.frame().find_all(state="FOCUSED") if node.role not in ("frame", "window")]
        return nodes[-1] if nodes else None

    def focus_field(self, name):
        """Goes to a field Tab by Tab."""
        for _ in range(40):
            node = self.focused()
            if node is not None and node.role in ("text", "entry") and node.name.startswith(name):
                return
            self.window.key("Tab")
        raise Missing(f"Tab does not reach the field {name}")

    def write(self, name, text):
        """Puts text in place of what a field holds. A page that is still being shown may take the focus along, so that
        the keys go elsewhere: then once more."""
        for _ in range(3):
            self.window.focus()
            self.focus_field(name)
            self.window.key("ctrl+a")
            self.window.type(text)
            try:
                wait_for(f"what was typed in {name}", lambda: self.field(name).text == text, 8)
                return
            except Missing:
                pass
        node = self.focused()
        raise Missing(f"{name} holds “{self.field(name).text}”, not “{text}”; the focus is in {node and node.name}")

    def words(self, count):
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    def pause(self, longest):
        time.sleep(self.random.uniform(0, longest))

    def settle(self):
        """The outbox sends what waits by itself; nothing may need attention here."""
        def nothing_waits():
            states = {draft["state"] for draft in self.drafts()}
            if "parked" in states:
                raise AssertionError(f"something needs attention: {self.drafts()}")
            return "queued" not in states
        wait_for("the line to be empty", nothing_waits)

    def check_draft_or_server(self, key, text):
        """Saved or kept, one of the two: never neither."""
        if self.server_title(key) == text:
            self.titles[key] = text
            return
        self.open_job(key, text)
        self.save_now()
        self.titles[key] = text

    def save_now(self):
        self.focus_field("Title")
        self.window.key("ctrl+s")
        self.window.wait_for("the word that it is saved", name=lambda name: name.startswith("Saved"))

    # The rounds

    def typing(self):
        key, = self.pick_jobs(1)
        before = self.open_job(key).text
        self.focus_field("Title")
        self.window.key("End")
        typist = Typist(self.window, " " + self.words(5))
        typist.start()
        self.pause(3)
        end = time.monotonic()
        self.kill()
        typist.stop()
        self.start_again()

        whole = before + typist.text
        text = self.open_job(key, *(whole[:length] for length in range(len(before), len(whole) + 1))).text
        kept = len(text) - len(before)
        if kept < typist.typed_before(end - MAY_BE_LOST):
            raise AssertionError(f"“{before}{typist.text}” was typed, “{text}” is left; "
                                 f"{typist.typed_before(end - MAY_BE_LOST)} signs were older than {MAY_BE_LOST} s")
        if kept > 0:
            self.save_now()
            self.titles[key] = text

    def saving(self):
        key, = self.pick_jobs(1)
        self.open_job(key)
        text = self.words(4)
        self.write("Title", text)
        time.sleep(MAY_BE_LOST)
        self.window.key("ctrl+s")
        self.pause(0.5)
        self.kill()
        self.start_again()
        self.settle()
        self.check_draft_or_server(key, text)

    def new_record(self):
        self.n_new += 1
        number = f"X-{self.seed}-{self.n_new}"
        self.window.navigate("/records/jobs/new")
        self.write("Number", number)
        self.write("Title", self.words(2))
        time.sleep(MAY_BE_LOST)
        self.window.key("ctrl+s")
        self.pause(0.5)
        self.kill()
        self.start_again()
        self.settle()

        rows = self.rows(f"ref=eq.{number}&select=id")
        kept = [draft for draft in self.drafts() if draft["key"] is None]
        if len(rows) + len(kept) != 1:
            raise AssertionError(f"{len(rows)} rows and {len(kept)} drafts of {number}")
        if kept:
            self.window.navigate("/records/jobs/new")
            self.save_now()
        self.n_jobs += 1

    def outbox(self):
        """Several saves wait for a server that is out of order, which then comes back."""
        self.demo.control("fault", kind="503", match="/rest/v1/jobs", method="PATCH", count=1000)
        texts = {}
        for key in self.pick_jobs(3):
            self.open_job(key)
            texts[key] = self.words(4)
            self.write("Title", texts[key])
            self.window.key("ctrl+s")
            self.window.wait_for("the word that it waits", name=lambda name: name.startswith("Kept here"))
        self.demo.control("clear")
        self.window.key("ctrl+r")
        self.pause(1.5)
        self.kill()
        self.start_again()
        self.settle()
        for key, text in texts.items():
            if self.server_title(key) != text:
                raise AssertionError(f"“{text}” did not arrive")
            self.titles[key] = text

    def restoring(self):
        """Killed while it starts with a draft to restore: the next start has it all the same."""
        key, = self.pick_jobs(1)
        self.open_job(key)
        text = self.words(4)
        self.write("Title", text)
        time.sleep(MAY_BE_LOST)
        self.kill()
        process = subprocess.Popen([os.environ["KVAR"]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.pause(3)
        process.kill()
        process.wait()
        self.start_again()
        self.check_draft_or_server(key, text)

    def play(self, number):
        """One round, and then the whole table: nothing doubled, nothing else touched."""
        kind = self.random.choice(ROUNDS) if number >= len(ROUNDS) else ROUNDS[number]
        try:
            getattr(self, kind)()
        except Missing as missing:
            raise AssertionError(f"{kind}: {missing}") from missing
        wrong = {row["id"]: row["title"] for row in self.rows("select=id,title&order=ref.asc&limit=200")
                 if row["id"] in self.titles and row["title"] != self.titles[row["id"]]}
        if wrong:
            raise AssertionError(f"{kind}: the server has {wrong}")
        count = len(self.rows("select=id"))
        if count != self.n_jobs:
            raise AssertionError(f"{kind}: {count} jobs, not {self.n_jobs}")
        return kind
