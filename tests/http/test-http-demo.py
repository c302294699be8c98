#!/usr/bin/env python3
"""test-http-demo.py TOP: kvar-demo as a program: its options, its life, its faults, its log."""

import fcntl
import http.client
import os
import pathlib
import stat
import struct
import subprocess
import sys
import tempfile
import threading

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402

F_OFD_SETLK = 37
SHARED = struct.pack("hhqqi4x", fcntl.F_RDLCK, os.SEEK_SET, 0, 0, 0)


def refresh(demo, token):
    return demo.send("POST", "/auth/v1/token?grant_type=refresh_token", body={"refresh_token": token})


def dropped(function, *arguments, error=http.client.RemoteDisconnected):
    try:
        function(*arguments)
    except error:
        return
    raise AssertionError("an answer came although the connection should have dropped")


def hold(path):
    """Holds a shared lock on a file, as whoever starts a demo does."""
    file = open(path, "w+b")  # pylint: disable=consider-using-with
    fcntl.fcntl(file, F_OFD_SETLK, SHARED)
    return file


# Life

def announces_itself(folder):
    state = folder / "state"
    with demo_server.DemoServer("--state", state) as demo:
        tap.equal(state.read_text(), f"{demo.url} {demo_server.KEY}\n")
        tap.equal(stat.S_IMODE(state.stat().st_mode), 0o600, "mode")
    tap.equal(state.exists(), False, "state after the end")


def leaves_foreign_state(folder):
    state = folder / "foreign"
    with demo_server.DemoServer("--state", state):
        state.write_text("http://127.0.0.1:1 sb_publishable_demo\n")
    tap.equal(state.exists(), True, "state of another demo")


def ends_with_its_last_starter(folder):
    path = folder / "hold"
    one, two = hold(path), hold(path)
    with demo_server.DemoServer("--hold", path) as demo:
        one.close()
        tap.equal(demo.send("GET", "/auth/v1/health").status, 200)
        two.close()
        tap.equal(demo.process.wait(timeout=20), 0, "exit status")


def ends_after_kill_9(folder):
    path = folder / "hold-9"
    script = (f"import fcntl, sys, time\nfile = open({str(path)!r}, 'w+b')\n"
              f"fcntl.fcntl(file, {F_OFD_SETLK}, {SHARED!r})\nprint('held', flush=True)\ntime.sleep(600)\n")
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as starter:
        starter.stdout.readline()
        with demo_server.DemoServer("--hold", path) as demo:
            starter.kill()
            tap.equal(demo.process.wait(timeout=20), 0, "exit status")


def knows_sessions_after_a_restart(folder):
    database = folder / "demo.sqlite"
    with demo_server.DemoServer("--database", database) as demo:
        session = demo.sign_in()
    with demo_server.DemoServer("--database", database) as demo:
        tap.equal(demo.send("GET", "/auth/v1/user", token=session["access_token"]).status, 200)
        tap.equal(refresh(demo, session["refresh_token"]).status, 200)


def refuses_bad_options(folder):
    for arguments in (["--rate-limit", "fast"], ["--openapi-mode", "ajar"], ["--refresh-algorithm", "3"],
                      ["--port", "70000"], ["--access-ttl", "0"], ["--nonsense"], ["surplus"],
                      ["--rest-upstream", "http://127.0.0.1:9"], ["--jwt-secret", str(folder / "missing")]):
        done = subprocess.run([os.environ["KVAR_DEMO"], *arguments], capture_output=True, text=True, check=False,
                              timeout=20)
        tap.equal(done.returncode, 2, f"exit status with {arguments}")
        tap.equal(done.stderr.startswith("kvar-demo: "), True, done.stderr)
        tap.equal(done.stdout, "", "stdout")


def refuses_a_bad_database(folder):
    done = subprocess.run([os.environ["KVAR_DEMO"], "--database", str(folder / "none" / "x")], capture_output=True,
                          text=True, check=False, timeout=20)
    tap.equal(done.returncode, 1, "exit status")
    tap.equal("Cannot open the database" in done.stderr, True, done.stderr)


# Gateway

def checks_the_key(demo):
    missing = demo_server.send(demo.port, "GET", "/rest/v1/jobs")
    wrong = demo.send("GET", "/auth/v1/health", {"apikey": "sb_publishable_other"})
    parameter = demo_server.send(demo.port, "GET", f"/auth/v1/health?apikey={demo_server.KEY}")
    tap.equal((missing.status, missing.json["message"]), (401, "No API key found in request"))
    tap.equal((wrong.status, wrong.json["message"]), (401, "Invalid API key"))
    tap.equal(parameter.status, 200)


def answers_preflights(demo):
    reply = demo_server.send(demo.port, "OPTIONS", "/rest/v1/jobs", {
        "Origin": "http://localhost:5173", "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,prefer"})
    tap.equal(reply.status, 200)
    tap.equal(reply.headers["Access-Control-Allow-Origin"], "*")
    tap.equal(reply.headers["Access-Control-Allow-Headers"], "authorization,prefer")


def moves_its_clock(demo):
    session = demo.sign_in()
    before = demo.send("GET", "/auth/v1/health").headers["Date"]
    demo.control("clock", advance=3600)
    after = demo.send("GET", "/auth/v1/health").headers["Date"]
    tap.equal(before == after, False, "Date")
    user = demo.send("GET", "/auth/v1/user", token=session["access_token"])
    tap.equal((user.status, user.json["error_code"]), (403, "bad_jwt"))
    rest = demo.send("GET", "/rest/v1/jobs?limit=1", token=session["access_token"])
    tap.equal((rest.status, rest.json["code"], rest.json["message"]), (401, "PGRST303", "JWT expired"))
    tap.equal(refresh(demo, session["refresh_token"]).status, 200)


# Faults

def loses_an_answer(demo):
    old = demo.sign_in()["refresh_token"]
    demo.control("clear")
    demo.control("fault", kind="lost-answer", match="/auth/v1/token")
    dropped(refresh, demo, old)
    again = refresh(demo, old)
    tap.equal(again.status, 200)
    tap.equal(again.json["refresh_token"] == old, False, "old token")
    lost, second = demo.log()
    tap.equal((lost["fault"], lost["rotated"], lost["status"]), ("lost-answer", True, 200))
    tap.equal((second["fault"], second["rotated"], second["parent"]), (None, False, True))


def drops_without_rotating(demo):
    token = demo.sign_in()["refresh_token"]
    demo.control("clear")
    demo.control("fault", kind="drop")
    dropped(refresh, demo, token)
    tap.equal(refresh(demo, token).status, 200)
    tap.equal([entry["rotated"] for entry in demo.log()], [False, True])


def cuts_a_body(demo):
    demo.control("fault", kind="cut-body")
    dropped(demo.send, "GET", "/auth/v1/settings", error=http.client.IncompleteRead)


def stalls_until_released(demo):
    demo.control("fault", kind="stall", match="/auth/v1/health")
    replies = []
    waiting = threading.Thread(target=lambda: replies.append(demo.send("GET", "/auth/v1/health")))
    waiting.start()
    waiting.join(0.3)
    tap.equal(replies, [], "replies while it stalls")
    tap.equal(demo.send("GET", "/auth/v1/settings").status, 200)
    demo.control("release")
    waiting.join(20)
    tap.equal(replies[0].status, 200)


def answers_for_others(demo):
    demo.control("fault", kind="html", match="/rest/v1")
    page = demo.send("GET", "/rest/v1/jobs")
    tap.equal((page.status, page.headers["Content-Type"]), (200, "text/html; charset=utf-8"))
    demo.control("fault", kind="redirect")
    tap.equal(demo.send("GET", "/rest/v1/jobs").headers["Location"].startswith("http://portal."), True)
    demo.control("fault", kind=540, retry_after=9)
    paused = demo.send("GET", "/rest/v1/jobs")
    tap.equal((paused.status, paused.headers["Retry-After"]), (540, "9"))
    demo.control("fault", kind="429", match="/auth/v1/token")
    tap.equal(refresh(demo, "abcdefghijkl").json["error_code"], "over_request_rate_limit")


def edits_answers(demo):
    session = demo.sign_in()
    demo.control("fault", kind="edit", match="/auth/v1/token", set={"expires_in": 0, "refresh_token": None},
                 headers={"Date": "Thu, 01 Jan 2026 00:00:00 GMT"})
    reply = refresh(demo, session["refresh_token"])
    tap.equal((reply.status, reply.json["expires_in"], reply.json["refresh_token"]), (200, 0, None))
    tap.equal(reply.headers.get_all("Date"), ["Thu, 01 Jan 2026 00:00:00 GMT"])


def revokes_and_bans(demo):
    session = demo.sign_in()
    tap.equal(demo.control("revoke", session=demo.log()[-1]["session"]).json["sessions"], 1)
    tap.equal(refresh(demo, session["refresh_token"]).json["error_code"], "refresh_token_not_found")
    session = demo.sign_in()
    demo.control("ban", user=demo_server.EMAIL)
    tap.equal(refresh(demo, session["refresh_token"]).json["error_code"], "user_banned")
    demo.control("ban", user=demo_server.EMAIL, off=True)
    tap.equal(refresh(demo, session["refresh_token"]).status, 200)


def is_closed_without_faults(_folder):
    command = [os.environ["KVAR_DEMO"], "--rows", "10"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        port = int(process.stdout.readline().split()[0].rsplit(":", 1)[1])
        reply = demo_server.send(port, "POST", "/demo/revoke", {"apikey": demo_server.KEY}, {"all": True})
        process.terminate()
    tap.equal(reply.status, 404)


# Log

def logs_without_secrets(folder):
    path = folder / "log.ndjson"
    with demo_server.DemoServer("--log", path) as demo:
        session = demo.sign_in()
        again = refresh(demo, session["refresh_token"]).json
        demo.send("GET", "/rest/v1/jobs?limit=1&order=ref", headers={"X-Request-Id": "17"}, token=again["access_token"])
        demo.send("GET", "/auth/v1/health")
        entries = demo.log()
    text = path.read_text()
    for secret in (session["refresh_token"], session["access_token"], again["refresh_token"],
                   again["access_token"], '"demo"', demo_server.KEY):
        tap.equal(secret in text, False, "secret in the log")
    tap.equal(len(text.splitlines()), len(entries), "lines of the file")
    sign_in, renewal, rest, health = entries
    tap.equal((sign_in["path"], sign_in["grant"], sign_in["rotated"]), ("/auth/v1/token", "password", False))
    tap.equal((renewal["grant"], renewal["rotated"], renewal["status"]), ("refresh_token", True, 200))
    tap.equal((rest["path"], rest["role"]), ("/rest/v1/jobs?limit=1&order=ref", "user"))
    tap.equal((rest["token"], rest["request"]), ("good", "17"))
    tap.equal((health["role"], health["session"]), ("anon", None))
    tap.equal((health["token"], health["request"]), ("none", None))
    tap.equal(sign_in["session"], rest["session"], "session")
    tap.equal([entry["n"] for entry in entries], [1, 2, 3, 4])
    tap.equal(all(entry["begin"] <= entry["end"] for entry in entries), True, "times")


def tells_that_upstream_is_away(folder):
    secret = folder / "secret"
    secret.write_text("a-secret-of-the-tests-that-is-long-enough-for-postgrest\n")
    with demo_server.DemoServer("--rest-upstream", "http://127.0.0.1:1", "--jwt-secret", secret) as demo:
        token = demo.sign_in()["access_token"]
        tap.equal(demo.send("GET", "/rest/v1/jobs", token=token).status, 502)


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-") as name:
        for claim in (announces_itself, leaves_foreign_state, ends_with_its_last_starter, ends_after_kill_9,
                      knows_sessions_after_a_restart, refuses_bad_options, refuses_a_bad_database,
                      is_closed_without_faults, logs_without_secrets, tells_that_upstream_is_away):
            plan.claim(f"/http/demo/{claim.__name__.replace('_', '-')}", claim, pathlib.Path(name))
    for claim in (checks_the_key, answers_preflights, moves_its_clock, loses_an_answer, drops_without_rotating,
                  cuts_a_body, stalls_until_released, answers_for_others, edits_answers,
                  revokes_and_bans):
        with demo_server.DemoServer("--rows", "10") as demo:
            plan.claim(f"/http/demo/{claim.__name__.replace('_', '-')}", claim, demo)
    plan.finish()


main()
