#!/usr/bin/env python3
"""test-http-export.py TOP: kvar-cli export in every format, and through everything that can happen on the way."""

import hashlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402
from export_run import Export, calm_export, count_pages, left_over, through_faults  # noqa: E402
from kvar_home import DONE, FAILED, SIGN_IN_NEEDED, USAGE, Home, calm, expect, read_csv  # noqa: E402

ROWS = 12000
SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
ODD = "=1+1;\"å\"\r\n\t\u0001 _x0041_ 😀"


def read_sheet(path, name="xl/worksheets/sheet1.xml"):
    """The rows of a sheet as dictionaries from column letter to (type, text)."""
    with zipfile.ZipFile(path) as book:
        tap.equal(book.testzip(), None, "damaged member")
        tree = ElementTree.fromstring(book.read(name))
    rows = []
    for row in tree.iterfind("s:sheetData/s:row", SHEET):
        cells = {}
        for cell in row.iterfind("s:c", SHEET):
            text = cell.find("s:is/s:t", SHEET) if cell.get("t") == "inlineStr" else cell.find("s:v", SHEET)
            cells[cell.get("r").rstrip("0123456789")] = (cell.get("t", "n"), text.text)
        rows.append(cells)
    return rows


def add_odd_contact(demo):
    reply = demo.send("POST", "/rest/v1/contacts", {"Prefer": "return=minimal"}, {"full_name": ODD, "city": "007", "email": "odd@kvar.example"},
                      demo.sign_in()["access_token"])
    tap.equal(reply.status, 201, f"status of {reply.text}")


def says_the_same_in_every_format(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        for name in ("contacts.csv", "contacts.json", "contacts.ndjson", "contacts.xlsx"):
            expect(home.run("export", "contacts", "-o", name), DONE, "is ready")
        header, rows = read_whole_csv(home, "contacts.csv")
        array = json.loads((home.path / "contacts.json").read_text(encoding="utf-8"))
        lines = (home.path / "contacts.ndjson").read_text(encoding="utf-8").split("\n")
        tap.equal([json.loads(line) for line in lines[:-1]], array, "lines")
        tap.equal(list(array[0]), header, "names")
        tap.equal(len(array), len(rows), "rows")
        name = header.index("full_name")
        tap.equal([row[name] for row in rows], [row["full_name"] for row in array], "texts")
        tap.equal(ODD in [row["full_name"] for row in array], True, "whether the odd one is there")
        sheet = read_sheet(home.path / "contacts.xlsx")
        tap.equal(len(sheet), len(rows) + 1, "rows of the sheet")
        letter = next(key for key, (_, text) in sheet[0].items() if text == "full_name")
        odd = [row[letter] for row in sheet if row[letter][1].startswith("=1+1")]
        tap.equal(odd, [("inlineStr", "=1+1;\"å\"_x000D_\n\t_x0001_ _x005F_x0041_ 😀")], "the odd text")


def read_whole_csv(home, name):
    header, *rows = read_csv((home.path / name).read_bytes().decode("utf-8"))
    return header, rows


def is_made_for_excel(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        done = home.run("export", "contacts", "--preset", "excel", "--columns", "full_name,city", "-o", "contacts.csv")
        expect(done, DONE, "1 text that looked like a formula begins with an apostrophe")
        data = (home.path / "contacts.csv").read_bytes()
        tap.equal(data[:3], b"\xef\xbb\xbf", "BOM")
        tap.equal(data[3:].split(b"\r\n")[0], b"full_name;city", "header")
        odd = ODD.replace("\"", "\"\"")
        tap.equal(f"\"'{odd}\";007\r\n".encode() in data, True, "whether the odd text is marked")
        done = home.run("export", "jobs", "--preset", "excel", "--columns", "price", "-o", "-")
        tap.equal("," in done.stdout and "." not in done.stdout, True, "decimal commas")
        for words in (["--preset", ""], ["--preset", "excel", "--format", "json"], ["--format", "excel"],
                      ["--format", "ods"], ["--resume", "-o", "-"]):
            expect(home.run("export", "contacts", *words), USAGE)
        expect(home.run("export", "search_jobs", "--arg", "nope=1", "-o", "-"), USAGE, "no such argument")
        expect(home.run("export", "whoami", "-o", "-"), USAGE, "returns no rows")


def digest(*words):
    return hashlib.sha256("\n".join(words).encode("utf-8")).hexdigest()


def keeps_presets(home, demo, presets):
    """As the window writes them, for the demo's user and the contacts."""
    user = demo.sign_in()["user"]["id"]
    (home.state / "presets.ini").write_text(
        f"[{digest(demo.url, user, 'contacts')}]\n" +
        "".join(f"{digest(name)}={{'called': <'{name}'>, {values}}}\n" for name, values in presets.items()), encoding="utf-8")


def keeps_views(home, demo, views):
    """As the window writes them: the file's name tells of the project and the user."""
    user = demo.sign_in()["user"]["id"]
    project = f"127.0.0.1-{demo.port}"
    (home.data / f"views {project} {user}.json").write_text(
        json.dumps({"version": 1, "places": [{"route": route, "title": title} for title, route in views.items()]}),
        encoding="utf-8")


def takes_a_preset(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        expect(home.run("export", "contacts", "--preset", "Post"), USAGE, "There is no preset “Post” for this table.")
        keeps_presets(home, demo, {"Post": "'format': <'excel'>, 'titled': <true>, 'columns': <['city', 'full_name']>",
                                   "All": "'format': <'xlsx'>"})
        expect(home.run("export", "contacts", "--preset", "Past"), USAGE, "There are: All, Post.")
        expect(home.run("export", "contacts", "--preset", "Post", "-o", "post.csv"), DONE)
        data = (home.path / "post.csv").read_bytes()
        tap.equal(data.split(b"\r\n")[0], b"\xef\xbb\xbfCity;Name", "header")
        done = home.run("export", "contacts", "--preset", "Post", "--columns", "email", "--format", "ndjson", "-o", "-")
        tap.equal(done.stdout.startswith('{"email":'), True, "whether what is said goes before the preset")
        expect(home.run("export", "contacts", "--preset", "All", "-o", "all.json"), DONE)
        json.loads((home.path / "all.json").read_text(encoding="utf-8"))
        expect(home.run("export", "contacts", "--preset", "All"), DONE, ".xlsx is ready")


def takes_a_view(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        expect(home.run("export", "jobs", "--view", "Mine", "-o", "-"), USAGE, "There is no view “Mine” of this table.")
        done = home.run("export", "jobs", "--columns", "id,status", "--where", "status=eq.open", "--order", "price.desc", "-o", "-")
        keeps_views(home, demo, {"Mine": "/records/jobs?order=price.desc&status=eq.open"})
        expect(done, DONE)
        viewed = home.run("export", "jobs", "--columns", "id,status", "--view", "Mine", "-o", "-")
        expect(viewed, DONE)
        tap.equal(viewed.stdout == done.stdout and len(viewed.stdout) > 500, True, "whether the view gives the same")
        first = viewed.stdout.split("\n")[1].split(",")[0]
        one = home.run("export", "jobs", "--columns", "id", "--view", "Mine", "--where", f"id=eq.{first}", "-o", "-")
        tap.equal(one.stdout.split(), ["id", first], "what is said besides")


def runs_unattended(demo):
    """By a timer: it asks nothing, replaces its file, and leaves it alone when it cannot go on."""
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        for words in (("--columns", "id"), ("--columns", "id,city")):
            done = subprocess.run([os.environ["KVAR_CLI"], "export", "contacts", *words, "-o", "contacts.csv"], cwd=home.path,
                                  env=home.environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  check=False, timeout=120)
            expect(done, DONE, "is ready")
            tap.equal(done.stdout, "", "data")
        before = (home.path / "contacts.csv").read_bytes()
        tap.equal(before.split(b"\r\n")[0], b"id,city", "header")
        expect(home.run("sign-out"), DONE)
        done = home.run("export", "contacts", "-o", "contacts.csv")
        tap.equal(done.returncode, SIGN_IN_NEEDED, f"exit code ({done.stderr})")
        tap.equal((home.path / "contacts.csv").read_bytes() == before, True, "whether the earlier file is kept")


def streams_every_format(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        for name in ("csv", "ndjson", "json", "xlsx"):
            expect(home.run("export", "contacts", "--format", name, "-o", f"to-file.{name}"), DONE)
            with open(home.path / f"streamed.{name}", "wb") as stream:
                subprocess.run([os.environ["KVAR_CLI"], "export", "contacts", "--format", name, "-o", "-"],
                               env=home.environment(), cwd=home.path, stdout=stream, stderr=subprocess.DEVNULL,
                               check=True, timeout=120)
            if name == "xlsx":
                tap.equal(read_sheet(home.path / "streamed.xlsx"), read_sheet(home.path / "to-file.xlsx"), "sheet")
            else:
                tap.equal((home.path / f"streamed.{name}").read_bytes(), (home.path / f"to-file.{name}").read_bytes(),
                          name)
        tap.equal(left_over(home), [], "files in Kvar's folder")


def is_ended_by(demo, number, code, keeps):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        whole, _ = calm_export(home, demo, "jobs")
        demo.control("clear")
        (home.path / "jobs.csv").write_text("before", encoding="utf-8")
        demo.control("options", latency=40)    # several journal entries' time
        export = Export(home, demo, "jobs", pages=60, target="jobs.csv")
        export.wait_for_pages(58)
        done = export.end(number)
        demo.control("options", latency=0)
        demo.control("clear")
        tap.equal(done.returncode, code, f"exit code ({done.stderr})")
        tap.equal((home.path / "jobs.csv").read_text(encoding="utf-8"), "before", "the earlier file")
        tap.equal(bool(left_over(home)), keeps, f"whether something is left ({left_over(home)})")
        if number == signal.SIGTERM and "--resume goes on from here" not in done.stderr:
            raise AssertionError(done.stderr)

        expect(home.run("export", "jobs", "-o", "jobs.csv", "--resume"), DONE, "is ready")
        tap.equal((home.path / "jobs.csv").read_bytes() == whole, True, "whether the file is as it would have been")
        tap.equal(left_over(home), [], "files in Kvar's folder")
        again = count_pages(demo, "jobs")
        if keeps and again > ROWS / 100 - 10:
            raise AssertionError(f"{again} pages were asked for again")


def goes_through_everything(_):
    with Home() as home, demo_server.DemoServer("--rows", ROWS, "--max-rows", 100) as demo:
        through_faults(home, demo, "jobs")


def has_no_room_for_the_workbook(demo):
    """Where the cache is full, too: a sentence, and the earlier file."""
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        (home.path / "jobs.xlsx").write_text("before", encoding="utf-8")
        folder = home.cache / "exports"
        folder.mkdir(parents=True)
        tried = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True,
                               check=False)
        if tried.returncode != 0:
            return
        script = 'mount -t tmpfs -o size=200k tmpfs "$0" && "$@"'
        done = home.run("export", "jobs", "-o", "jobs.xlsx", within=("unshare", "--mount", "sh", "-c", script, folder))
        expect(done, FAILED, "There's no room for the file. Your earlier file is unchanged.")
        calm(done)
        tap.equal((home.path / "jobs.xlsx").read_text(encoding="utf-8"), "before", "the earlier file")
        tap.equal(left_over(home), [], "files in Kvar's folder")


def main():
    plan = tap.Plan()
    with demo_server.DemoServer("--rows", ROWS, "--max-rows", 100) as demo:
        add_odd_contact(demo)
        for name, claim in (("EXP-6/every-format-says-the-same", says_the_same_in_every_format),
                            ("EXP-7/for-excel", is_made_for_excel),
                            ("EXP-13/preset-on-the-command-line", takes_a_preset),
                            ("EXP-16/runs-unattended", runs_unattended),
                            ("EXP-4/view-on-the-command-line", takes_a_view), ("EXP-17/streams", streams_every_format),
                            ("EXP-11/no-room-for-the-workbook", has_no_room_for_the_workbook)):
            plan.claim(f"/export/{name}", claim, demo)
        for name, *ending in (("EXP-10/killed", signal.SIGKILL, -signal.SIGKILL, True),
                              ("EXP-10/shut-down", signal.SIGTERM, FAILED, True),
                              ("EXP-9/cancelled", signal.SIGINT, FAILED, False)):
            plan.claim(f"/export/{name}", is_ended_by, demo, *ending)
        plan.claim("/export/EXP-1/goes-through-everything", goes_through_everything, demo)
    plan.finish()


main()
