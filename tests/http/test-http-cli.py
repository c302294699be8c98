#!/usr/bin/env python3
"""test-http-cli.py TOP: the built kvar-cli against kvar-demo, with a real keyring: sign-in, status, api, tables, export."""

import json
import os
import pathlib
import re
import subprocess
import sys
import time

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402
from kvar_home import (DONE, FAILED, PARTLY, SIGN_IN_NEEDED, UNREACHABLE, USAGE, Home, calm, expect,  # noqa: E402
                       never_anon, read_csv, renewals)

ROWS = 20000


def signs_in_and_stays(demo):
    with Home() as home:
        expect(home.run("status"), SIGN_IN_NEEDED)
        expect(home.run("tables"), SIGN_IN_NEEDED, "Nobody is signed in")
        expect(home.sign_in(demo), DONE, "Signed in as demo@kvar.example")
        expect(home.run("status"), DONE)
        before = len(demo.log())
        status = home.run("status", "--json")
        expect(status, DONE)
        tap.equal(json.loads(status.stdout)["email"], demo_server.EMAIL, "e-mail")
        now = time.time() * 1e6
        for name, least, most in (("expires", 3500, 3610), ("next_heartbeat", 0, 300), ("used", -60, 1)):
            if not least * 1e6 <= json.loads(status.stdout)[name] - now <= most * 1e6:
                raise AssertionError(f"{name}: {status.stdout}")
        tap.equal(abs(json.loads(status.stdout)["clock_offset"]) <= 2e6, True, "clock offset of about nothing")
        tap.equal(len(demo.log()), before, "requests made by status")
        expect(home.run("api", "/rest/v1/jobs?select=ref&limit=1&order=ref"), DONE)
        expect(home.run("sign-out"), DONE, "Signed out")
        expect(home.run("api", "/rest/v1/jobs?limit=1"), SIGN_IN_NEEDED, "Nobody is signed in")
        expect(home.run("status"), SIGN_IN_NEEDED)


def keeps_no_secret_on_disk(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        for path in home.path.rglob("*"):
            if path.is_file() and re.search(rb"eyJ[\w-]+\.|refresh_token", path.read_bytes()):
                raise AssertionError(f"{path} holds a secret")


def wrong_password(demo):
    with Home() as home:
        done = home.sign_in(demo, password="wrong")
        expect(done, FAILED, "E-mail or password is incorrect")
        calm(done)


def wrong_key(demo):
    with Home() as home:
        done = home.sign_in(demo, key="sb_publishable_other")
        expect(done, FAILED, "key")
        calm(done)


def secret_key(demo):
    with Home() as home:
        before = len(demo.log())
        done = home.sign_in(demo, key="sb_secret_abcdefghijklmnopqrstuvwxyz")
        expect(done, FAILED, "administrator key")
        tap.equal(len(demo.log()), before, "requests made with a secret key")


def wrong_address(demo):
    with Home() as home:
        for url in ("ftp://nowhere.example", "not an address", "http://", "http://norr.example.org", " "):
            done = home.sign_in(demo, url=url)
            expect(done, FAILED, "This isn't an address|The address has to begin with https://")
            calm(done)
        expect(home.run("status"), SIGN_IN_NEEDED)


def unreachable(_):
    with Home() as home, demo_server.DemoServer() as gone:
        url = gone.url
        gone.process.terminate()
        gone.process.wait()
        done = home.sign_in(gone, url=url)
        expect(done, UNREACHABLE, "Can't reach the server right now")
        calm(done)


def html_instead_of_json(demo):
    with Home() as home:
        demo.control("fault", kind="html", match="/auth/v1/settings", count=5)
        done = home.sign_in(demo)
        demo.control("clear")
        expect(done, FAILED, "no project at this address|Check the spelling")
        calm(done)


def refuses_memory_vault(demo):
    with Home() as home:
        expect(home.sign_in(demo, KVAR_VAULT="memory"), FAILED, "memory")


def usage(demo):
    with Home() as home:
        for words in ([], ["dance"], ["export"], ["api"], ["tables", "x"], ["export", "jobs", "--format", "odt"],
                      ["sign-in", "--project", "x"]):
            expect(home.run(*words), USAGE)
        for words in (["--help"], ["export", "--help"], ["api", "--help"], ["--version"]):
            done = home.run(*words)
            expect(done, DONE)
            if not done.stdout:
                raise AssertionError(f"{words} says nothing")


def api(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        made = home.run("api", "-H", "Prefer: return=representation", "-d",
                        '{"email":"cli@test.example","full_name":"Cli"}', "rest/v1/contacts?select=email")
        expect(made, DONE)
        tap.equal(json.loads(made.stdout), [{"email": "cli@test.example"}], "body")
        expect(home.run("api", "-X", "DELETE", "/rest/v1/contacts?email=eq.cli@test.example"), DONE)
        refused = home.run("api", "/rest/v1/nothing")
        expect(refused, FAILED)
        json.loads(refused.stdout)
        expect(home.run("api", "-H", "Authorization: x", "/rest/v1/jobs"), USAGE)
        expect(home.run("api", "https://elsewhere.example/rest/v1/jobs"), USAGE)


def batch(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        lines = [
            {"path": "/rest/v1/jobs?select=ref&limit=2&order=ref"},
            {"method": "POST", "path": "/rest/v1/rpc/add_numbers", "body": {"a": 2, "b": 3}},
            {"path": "/rest/v1/nothing"},
            {"no": "path"},
            {"path": "/rest/v1/jobs?select=ref&limit=1&order=ref"},
        ]
        done = home.run("api", "--batch", stdin="\n".join(map(json.dumps, lines)) + "\n")
        expect(done, PARTLY)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        tap.equal([answer.get("status") for answer in answers], [200, 200, 404, None, 200], "statuses")
        tap.equal(answers[1]["body"], 5, "sum")
        tap.equal(len(answers[0]["body"]), 2, "rows")
        if "error" not in answers[3]:
            raise AssertionError(answers[3])


def tables_and_schema(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        tables = home.run("tables", "--json")
        expect(tables, DONE)
        names = [table["name"] for table in json.loads(tables.stdout)]
        for name in ("jobs", "contacts", "objects", "reports", "articles"):
            if name not in names:
                raise AssertionError(f"{name} is not among {names}")
        described = home.run("schema", "jobs", "--json")
        expect(described, DONE)
        columns = {column["name"]: column for column in json.loads(described.stdout)["columns"]}
        tap.equal(columns["id"]["key"], True, "key")
        tap.equal(columns["total"]["generated"], True, "generated")
        tap.equal(columns["price"]["type"], "numeric(12,2)", "type")
        tap.equal(columns["contact_id"]["references"], "contacts", "reference")


def exports_while_tokens_expire(_):
    with Home() as home, demo_server.DemoServer("--rows", ROWS, "--access-ttl", 2, "--latency", 300) as demo:
        expect(home.sign_in(demo), DONE)
        done = home.run("export", "jobs", "--columns", "ref,title", "-o", "jobs.csv")
        expect(done, DONE, "is ready")
        header, rows = home.read("jobs.csv")
        tap.equal(header, ["ref", "title"], "header")
        tap.equal(len(rows), ROWS, "rows")
        tap.equal(len({row[0] for row in rows}), ROWS, "different rows")
        log = demo.log()
        never_anon(log)
        renewed = renewals(log)
        seconds = (log[-1]["end"] - log[0]["begin"]) / 1000
        if not 1 <= len(renewed) <= seconds / 2 * 1.25 + 2:
            raise AssertionError(f"{len(renewed)} renewals in {seconds:.1f} s of tokens that live 2 s")
        refused = [entry for entry in log if entry["status"] == 401]
        if len(refused) > len(renewed):
            raise AssertionError(f"{len(refused)} requests were refused")


def exports_to_stdout(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        done = home.run("export", "contacts", "--where", "vip=eq.true", "--order", "full_name.desc", "-o", "-")
        expect(done, DONE)
        rows = read_csv(done.stdout)
        total = demo.send("HEAD", "/rest/v1/contacts?vip=eq.true", {"Prefer": "count=exact"},
                          token=demo.sign_in()["access_token"]).headers["Content-Range"].split("/")[1]
        tap.equal(len(rows) - 1, int(total), "rows")


def without_privileges():
    """How to run a command that even as root may not write everywhere."""
    lost = "-dac_override,-dac_read_search"
    return ("setpriv", f"--bounding-set={lost}", f"--inh-caps={lost}") if os.geteuid() == 0 else ()


def export_to_unwritable_folder(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        done = home.run("export", "contacts", "-o", home.path / "nowhere" / "contacts.csv")
        expect(done, FAILED, "The folder for the file no longer exists")
        calm(done)
        closed = home.path / "closed"
        closed.mkdir(mode=0o555)
        done = home.run("export", "contacts", "-o", closed / "contacts.csv", within=without_privileges())
        expect(done, FAILED, "Files can't be saved in this folder")
        calm(done)
        tap.equal(list(closed.iterdir()), [], "files in the folder")


def with_small_disk(folder):
    """How to run a command with a disk of 48 KiB at folder, which then tells what is on it; None where only root may."""
    script = ('mount -t tmpfs -o size=48k tmpfs "$0" && { echo before >"$0/jobs.csv"; "$@"; code=$?; cat "$0/jobs.csv"; '
              'ls -A "$0"; exit $code; }')
    folder.mkdir(parents=True, exist_ok=True)
    tried = subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True,
                           check=False)
    return ("unshare", "--mount", "sh", "-c", script, folder) if tried.returncode == 0 else None


def export_to_full_disk(demo):
    """Neither half a file nor a lost earlier one, whether the target's disk is full or the one of Kvar's own data."""
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        (home.path / "jobs.csv").write_text("before\n", encoding="utf-8")
        target = home.path / "disk"
        within = with_small_disk(target)
        if within is not None:
            done = home.run("export", "jobs", "-o", target / "jobs.csv", within=within)
            expect(done, FAILED, "There's no room for the file. Your earlier file is unchanged.")
            tap.equal(done.stdout.split(), ["before", "jobs.csv"], "what is on the target's disk")
            done = home.run("export", "jobs", "-o", home.path / "jobs.csv", within=with_small_disk(home.data.parent))
        else:
            done = home.run("export", "jobs", "-o", home.path / "jobs.csv",
                            within=("env", "--ignore-signal=XFSZ", "prlimit", "--fsize=49152", "--"))
        expect(done, FAILED, "There's no room for the file. Your earlier file is unchanged.")
        calm(done)
        tap.equal((home.path / "jobs.csv").read_text(encoding="utf-8"), "before\n", "the earlier file")
        tap.equal([path.name for path in home.path.glob("*jobs*")], ["jobs.csv"], "files beside it")


def corrupt_files(demo):
    """Whatever stands in Kvar's own files: no crash, nothing strange said, and signing in mends it."""
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        expect(home.run("tables"), DONE)
        files = [path for path in home.path.rglob("*") if path.is_file() and "kvar" in path.parts and
                 path.suffix not in (".log", ".lock")]
        if not {"config", "cache", "state"} <= {path.relative_to(home.path).parts[0] for path in files}:
            raise AssertionError(f"only {files} are there to be spoilt")
        for path in files:
            for content in (b"", b"{\"a\": [1, 2", b"\0\xff[project x]\nurl=\xfe\n" * 50):
                path.write_bytes(content)
                done = home.run("tables")
                if done.returncode not in (DONE, SIGN_IN_NEEDED):
                    raise AssertionError(f"{path.name}: {done.returncode} {done.stderr}")
                calm(done)
                if home.run("status").returncode not in (DONE, SIGN_IN_NEEDED):
                    raise AssertionError(f"status fails with {path.name}")
                expect(home.sign_in(demo), DONE)
                expect(home.run("tables"), DONE)


def unwritable_folders(demo):
    """Kvar's own folders: what cannot be kept is said, and a session that is there goes on."""
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        for folder in (home.cache, home.data):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o500)
        try:
            done = home.run("tables", within=without_privileges())
            expect(done, DONE)
            done = home.run("export", "contacts", "-o", "contacts.csv", within=without_privileges())
            expect(done, FAILED)
            calm(done)
        finally:
            for folder in (home.cache, home.data):
                folder.chmod(0o700)
        if (home.path / "contacts.csv").exists():
            raise AssertionError("a file was written")


def export_of_unknown_table(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        done = home.run("export", "nothing", "-o", "nothing.csv")
        expect(done, FAILED)
        calm(done)
        if (home.path / "nothing.csv").exists():
            raise AssertionError("a file was written")


def revoked_session(demo):
    with Home() as home:
        expect(home.sign_in(demo), DONE)
        demo.control("revoke", user=demo_server.EMAIL)
        demo.control("clock", advance=7200)
        done = home.run("api", "/rest/v1/jobs?limit=1")
        expect(done, SIGN_IN_NEEDED, "Your session expired — please sign in again.")
        expect(home.run("status"), SIGN_IN_NEEDED)


def main():
    plan = tap.Plan()
    with demo_server.DemoServer() as demo:
        for name, function in (
                ("sign-in/stays", signs_in_and_stays), ("sign-in/no-secret-on-disk", keeps_no_secret_on_disk),
                ("sign-in/wrong-password", wrong_password), ("sign-in/wrong-key", wrong_key),
                ("sign-in/secret-key", secret_key), ("sign-in/wrong-address", wrong_address),
                ("sign-in/unreachable", unreachable), ("sign-in/html", html_instead_of_json),
                ("sign-in/memory-vault", refuses_memory_vault), ("usage", usage), ("api/one", api),
                ("api/batch", batch), ("tables", tables_and_schema),
                ("export/tokens-expire", exports_while_tokens_expire), ("export/stdout", exports_to_stdout),
                ("export/unwritable-folder", export_to_unwritable_folder), ("export/full-disk", export_to_full_disk),
                ("files/corrupt", corrupt_files), ("files/unwritable", unwritable_folders),
                ("export/unknown-table", export_of_unknown_table), ("session/revoked", revoked_session)):
            plan.claim(f"/cli/{name}", function, demo)
    plan.finish()


main()
