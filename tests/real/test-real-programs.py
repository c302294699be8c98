#!/usr/bin/env python3
"""test-real-programs.py TOP CACHE: the built kvar-cli and kvar on real PostgREST, whose gateway and Auth is kvar-demo.

Access tokens live two seconds, so that they expire in the middle of everything."""

import json
import pathlib
import sys

TOP, CACHE = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import real_servers  # noqa: E402
import tap  # noqa: E402
from kvar_home import DONE, SIGN_IN_NEEDED, Home, expect, never_anon, renewals  # noqa: E402
from window_driver import Missing, Window, wait_for  # noqa: E402

CONTACTS, OWN_REPORTS, EVAS_REPORTS = 2500, 1000, 500
JOB = "00000000-0000-4000-8000-000000000007"
THEIRS = "Someone else changed this record"


class Project:
    """What looks like one Supabase project from outside, and its database from inside."""

    def __init__(self, real, demo):
        self.real, self.demo = real, demo

    def sql(self, statement):
        return self.real.psql("-At", "-c", statement).splitlines()

    def job(self):
        return json.loads(self.sql(f"select to_jsonb(j) from public.jobs j where id = '{JOB}'")[0])

    def slow(self, milliseconds):
        self.demo.control("options", latency=milliseconds)


def tables_and_schema(project):
    """kvar_schema() of the real database is found, and says what PostgreSQL knows."""
    with Home() as home:
        expect(home.sign_in(project.demo), DONE, "Signed in as demo@kvar.example")
        tables = home.run("tables", "--json")
        expect(tables, DONE)
        tap.equal(sorted(table["name"] for table in json.loads(tables.stdout)),
                  ["contacts", "job_contacts", "jobs", "open_jobs", "reports"], "tables")
        described = home.run("schema", "jobs", "--json")
        expect(described, DONE)
        columns = {column["name"]: column for column in json.loads(described.stdout)["columns"]}
        tap.equal(columns["id"]["key"], True, "key")
        tap.equal(columns["total"]["generated"], True, "generated")
        tap.equal(columns["price"]["type"], "numeric(12,2)", "type")
        tap.equal(columns["contact_id"]["references"], "contacts", "reference")
        asked = [entry["path"] for entry in project.demo.log()]
        if "/rest/v1/rpc/kvar_schema" not in asked:
            raise AssertionError("the schema did not come from kvar_schema()")


def api_writes_as_the_user(project):
    with Home() as home:
        expect(home.run("api", "/rest/v1/jobs"), SIGN_IN_NEEDED)
        expect(home.sign_in(project.demo), DONE)
        who = home.run("api", "-X", "POST", "-d", "{}", "/rest/v1/rpc/whoami")
        expect(who, DONE)
        who = json.loads(who.stdout)
        tap.equal((who["role"], who["uid"]), ("authenticated", real_servers.DEMO_USER), "user of the database")
        made = home.run("api", "-H", "Prefer: return=representation", "-d",
                        '{"email":"cli@test.example","full_name":"Cli"}', "/rest/v1/contacts?select=email")
        expect(made, DONE)
        tap.equal(json.loads(made.stdout), [{"email": "cli@test.example"}], "body")
        expect(home.run("api", "-X", "DELETE", "/rest/v1/contacts?email=eq.cli@test.example"), DONE)
        tap.equal(project.sql("select count(*) from contacts"), [str(CONTACTS)], "contacts")


def exports_every_row_once(project):
    """2,500 rows of a server that gives 1,000 at a time, the token expiring on the way."""
    with Home() as home:
        expect(home.sign_in(project.demo), DONE)
        before = len(project.demo.log())
        project.slow(900)
        done = home.run("export", "contacts", "-o", "contacts.csv")
        project.slow(0)
        expect(done, DONE, "is ready")
        header, rows = home.read("contacts.csv")
        keys = [int(row[header.index("id")]) for row in rows]
        tap.equal(sorted(keys), list(map(int, project.sql("select id from contacts order by id"))), "keys")
        log = project.demo.log()[before:]
        never_anon(log)
        if not renewals(log):
            raise AssertionError("no token expired during the export")
        tags = project.sql("select tags from contacts where id = 10")[0]
        tap.equal(next(row for row in rows if row[header.index("id")] == "10")[header.index("tags")], tags, "array")


def exports_own_rows_only(project):
    """Row-level security decides what is there: each user's export holds that user's rows."""
    for email, user, count in ((demo_server.EMAIL, real_servers.DEMO_USER, OWN_REPORTS),
                               (demo_server.EVA, real_servers.EVA_USER, EVAS_REPORTS)):
        with Home() as home:
            expect(home.sign_in(project.demo, email), DONE)
            expect(home.run("export", "reports", "-o", "reports.csv"), DONE)
            header, rows = home.read("reports.csv")
            tap.equal(len(rows), count, f"reports of {email}")
            tap.equal({row[header.index("owner_id")] for row in rows}, {user}, "owners")
            tap.equal(len({row[header.index("id")] for row in rows}), count, "different reports")


def exports_in_order(project):
    """Ties and nulls cross the borders of pages in the order that PostgreSQL gives them."""
    with Home() as home:
        expect(home.sign_in(project.demo), DONE)
        for order, sql in (("birthday", "birthday, id"), ("birthday.desc", "birthday desc, id"),
                           ("vip.desc,birthday.asc.nullsfirst", "vip desc, birthday nulls first, id"),
                           ("phone.desc.nullslast", "phone desc nulls last, id")):
            done = home.run("export", "contacts", "--columns", "id", "--order", order, "-o", "-")
            expect(done, DONE)
            tap.equal(done.stdout.split()[1:], project.sql(f"select id from contacts order by {sql}"), order)


class Telling:
    """One window on the real project, used by the claims one after the other."""

    def __init__(self, project, home):
        self.project, self.home = project, home
        self.window = Window(environment=home.environment(), log=str(home.path / "kvar.log"))

    CLAIMS = ("connects", "lists", "saves_the_changed_column", "merges_what_others_changed", "shows_a_conflict",
              "exports", "enters_records", "corrects_in_the_list", "changes_a_thousand", "never_asked_again")

    def connects(self):
        """By address and key, as for any project."""
        window = self.window
        window.__enter__()
        window.wait_for("the first page", name="Welcome to Kvar")
        window.fill("Address", self.project.demo.url)
        window.fill("Public key", demo_server.KEY)
        window.key("Return")
        window.wait_route("the login page", lambda route: route.startswith("/login"))
        window.fill("E-mail", demo_server.EMAIL)
        window.fill("Password", demo_server.PASSWORD)
        window.key("Return")
        window.wait_route("the records", lambda route: route.startswith("/records"))
        for table in ("Contacts", "Jobs", "Reports"):
            window.wait_for(f"the table {table}", name=table)

    def lists(self):
        window = self.window
        window.navigate("/records/jobs")
        window.wait_for("a job", name=lambda name: "J-0001" in name)
        window.wait_for("the count", name=lambda name: "40" in name)

    def open_job(self):
        """Enter in the list opens the job that the filter finds."""
        window = self.window
        window.navigate("/records/jobs?ref=eq.J-0007")
        window.wait_for("the job", name=lambda name: "J-0007" in name)
        wait_for("the focus in the list", lambda: getattr(window.focused(), "role", "") == "table cell")
        window.key("Return")
        window.wait_route("the job's form", f"/records/jobs/{JOB}")
        wait_for("the form's values", lambda: window.field("Title").text == self.project.job()["title"])

    def save(self, title):
        self.window.write("Title", title)
        self.window.key("ctrl+s")

    def saves_the_changed_column(self):
        self.open_job()
        before = self.project.job()
        self.save("Mended by keyboard")
        wait_for("the save", lambda: self.project.job()["title"] == "Mended by keyboard")
        self.window.wait_for("the word that it is saved", name=lambda name: name.startswith("Saved"))
        tap.equal(self.project.job(), {**before, "title": "Mended by keyboard"}, "the job")

    def merges_what_others_changed(self):
        """Another column, changed behind the window's back, stays changed."""
        self.project.sql(f"update jobs set hours = 4.25 where id = '{JOB}'")
        self.save("Mended again")
        wait_for("the save", lambda: self.project.job()["title"] == "Mended again")
        tap.equal(str(self.project.job()["hours"]), "4.25", "the hours of somebody else")

    def shows_a_conflict(self):
        """The same column: both versions are shown, and nothing is written until a person has chosen."""
        window = self.window
        self.project.sql(f"update jobs set title = 'Written by Eva' where id = '{JOB}'")
        self.save("Written here")
        window.wait_for("the conflict", name=THEIRS)
        window.wait_for("their version", name=lambda name: "Written by Eva" in name)
        window.wait_for("our version", name=lambda name: "Written here" in name)
        tap.equal(self.project.job()["title"], "Written by Eva", "title before anybody has chosen")
        window.activate("page", "save-combined")
        wait_for("our choice", lambda: self.project.job()["title"] == "Written here")
        # GTK 4.8 calls hidden stack pages visible, so the focus says that the form is back.
        wait_for("the form", lambda: getattr(window.focused(), "name", "").startswith("Title"))

    def exports(self):
        target = self.home.path / "window.csv"
        self.window.navigate("/records/contacts")
        self.window.wait_for("a contact", name=lambda name: "c0001@example.com" in name or "Contact 0001" in name)
        self.project.slow(700)
        self.window.activate("export-to", str(target))
        self.window.navigate("/exports")
        self.window.wait_for("the export's end", "status bar", "window.csv is ready. 2,500 rows.", limit=90)
        self.project.slow(0)
        header, rows = self.home.read("window.csv")
        tap.equal(sorted(int(row[header.index("id")]) for row in rows), list(range(1, CONTACTS + 1)), "keys")

    def enters_records(self):
        """In the form and in the list; each is there once, with what the table fills in itself."""
        window = self.window
        window.navigate("/records/contacts/new")
        self.wait_for_empty_form()
        for number in (1, 2, 3):
            window.strokes(("type", f"form{number}@test.example"), ("key", "Tab"), ("type", f"Form {number}"),
                           ("key", "ctrl+shift+Return"))
            self.wait_for_empty_form()
        self.open_contacts("order=id")
        window.key("ctrl+l")
        for number in (1, 2, 3):
            window.key("ctrl+n")
            wait_for("the new row", lambda: getattr(window.focused(), "name", "") == "Full name")
            window.strokes(("type", f"List {number}"), ("key", "Tab"), ("key", "Tab"),
                           ("type", f"list{number}@test.example"))
        window.key("ctrl+s")
        expected = [f"{kind.lower()}{number}@test.example|{kind} {number}|f|{{}}"
                    for kind in ("Form", "List") for number in (1, 2, 3)]
        self.wait_for_rows("select email, full_name, vip, tags from contacts where email like '%@test.example' "
                           "order by id", expected)
        window.key("ctrl+l")

    def wait_for_empty_form(self):
        """Also says that the keys before have arrived: what D-Bus asks for may overtake them."""
        def is_empty():
            focused = self.window.focused()
            return focused is not None and focused.name.startswith("Email") and focused.text == ""

        wait_for("an empty form", is_empty)

    def open_contacts(self, query):
        window = self.window
        window.navigate(f"/records/contacts?{query}")
        window.focus()
        wait_for("the focus in the list", lambda: getattr(window.focused(), "role", "") == "table cell")

    def wait_for_rows(self, statement, expected):
        try:
            wait_for(f"{len(expected)} rows", lambda: self.project.sql(statement) == expected)
        except Missing:
            tap.equal(self.project.sql(statement), expected, "the rows in the database")
            raise

    def corrects_in_the_list(self):
        """Enter keeps and goes down, which saves the row."""
        window = self.window
        self.open_contacts("order=id&id=lte.1000")
        window.wait_for("the count", name=lambda name: "of 1,000" in name)
        window.key("ctrl+l")
        for number in (1, 2, 3):
            window.strokes(("type", f"Corrected {number}"), ("key", "Return"))
        self.wait_for_rows("select full_name from contacts where id <= 3 order by id",
                           [f"Corrected {number}" for number in (1, 2, 3)])
        window.key("ctrl+l")

    def vips(self):
        """How many there are among the thousand of the filter, and among the others."""
        return self.project.sql("select id <= 1000, count(*) filter (where vip) from contacts group by 1 order by 1")

    def changes_a_thousand(self):
        """All that match the filter get one value, and each its own back."""
        window = self.window
        self.project.sql("update contacts set vip = id % 4 = 0")
        before = self.vips()
        self.open_contacts("order=id&id=lte.1000&select=vip")
        window.wait_for("the count", name=lambda name: "of 1,000" in name)
        window.key("ctrl+a")
        window.wait_for("the offer", name="Select all 1,000 matching records")
        window.key("ctrl+a")
        window.wait_for("what is selected", name=lambda name: "1,000 selected" in name)
        window.key("ctrl+h")
        wait_for("the dialog", lambda: len(window.frames()) > 1)
        window.focus()
        window.key("space")
        wait_for("the preview", lambda: any("750 records will be changed." in node.name
                                            for frame in window.frames() for node in frame.walk()))
        window.key("ctrl+Return")
        window.wait_for("the end", name=lambda name: name.startswith("750 records changed."), limit=60)
        tap.equal(self.vips()[1], "t|1000", "changed")
        tap.equal(self.vips()[0], before[0], "what the filter leaves out")

        window.focus()
        for _ in range(20):
            if getattr(window.focused(), "name", "").endswith("Undo"):
                break
            window.key("Tab")
        window.key("Return")
        window.wait_for("the undo", name=lambda name: name.startswith("750 records changed back."), limit=60)
        tap.equal(self.vips(), before, "as it was")

    def never_asked_again(self):
        """Many tokens have expired by now, and nothing of it was seen."""
        log = self.project.demo.log()
        never_anon(log)
        if len(renewals(log)) < 3:
            raise AssertionError("tokens did not expire")
        tap.equal(len([entry for entry in log if entry.get("grant") == "password"
                       and entry["begin"] >= self.begin]), 1, "sign-ins")
        for text in self.window.texts():
            if "expired" in text or "JWT" in text:
                raise AssertionError(f"“{text}” is shown")

    def tell(self, plan):
        self.begin = self.project.demo.log()[-1]["end"]
        try:
            plan.claim_in_turn("/real/window", self)
        finally:
            self.window.end()


def main():
    plan = tap.Plan()
    try:
        with real_servers.RealServers(CACHE) as real, \
                demo_server.DemoServer("--rest-upstream", f"http://127.0.0.1:{real.port}",
                                       "--jwt-secret", real.secret_file(), "--access-ttl", 2) as demo:
            project = Project(real, demo)
            for claim in (tables_and_schema, api_writes_as_the_user, exports_every_row_once, exports_own_rows_only,
                          exports_in_order):
                plan.claim(f"/real/cli/{claim.__name__.replace('_', '-')}", claim, project)
            with Home() as home:
                Telling(project, home).tell(plan)
    except real_servers.Unavailable as reason:
        tap.skip_all(str(reason))
    plan.finish()


main()
