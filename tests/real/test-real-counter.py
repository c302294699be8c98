#!/usr/bin/env python3
"""test-real-counter.py TOP CACHE PROGRAM: two clients count in one row, on PostgreSQL itself; PROGRAM is both of them."""

import os
import pathlib
import subprocess
import sys
import time

TOP, CACHE, PROGRAM = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import real_servers  # noqa: E402
import tap  # noqa: E402

TABLES = ("counters", "granted_counters", "versioned_counters", "counters_seen")


def knows_the_tables(real):
    """PostgREST reads the schema anew when it is told to, and a little later."""
    for _ in range(200):
        if all(real.send("GET", f"/{table}?select=id&limit=1", token=real_servers.token()).status == 200
               for table in TABLES):
            return
        time.sleep(0.05)
    raise AssertionError("PostgREST does not know the tables")


def plays(plan, demo):
    done = subprocess.run([PROGRAM], env={**os.environ, "KVAR_REAL_URL": f"http://127.0.0.1:{demo.port}",
                                          "KVAR_REAL_KEY": demo_server.KEY},
                          capture_output=True, text=True, check=False)
    told = [line for line in (done.stdout + done.stderr).splitlines() if "-DEBUG: " not in line]
    for line in told:
        if line.startswith(("ok ", "not ok ")):
            status, path = line.split(" /", 1)
            plan.claim(f"/{path}", tap.equal, status, f"ok {status.split()[-1]}")
        elif "conflicts in" in line:
            print(line)
    plan.claim("/real/counter/program-ends-well", tap.equal, done.returncode, 0, "\n".join(told[-120:]))


def main():
    plan = tap.Plan()
    try:
        with real_servers.RealServers(CACHE) as real:
            real.apply(TOP / "tests" / "real" / "counters.sql")
            knows_the_tables(real)
            with demo_server.DemoServer("--rest-upstream", f"http://127.0.0.1:{real.port}",
                                        "--jwt-secret", real.secret_file()) as demo:
                plays(plan, demo)
            for table in TABLES:
                count = real.psql("-At", "-c", f"select n from public.{table} where id = 1").strip()
                plan.claim(f"/real/counter/{table}-has-all", tap.equal, count, str(25 * 1001))
    except real_servers.Unavailable as reason:
        tap.skip_all(str(reason))
    plan.finish()


main()
