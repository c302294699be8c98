#!/usr/bin/env python3
"""test-real-types.py TOP CACHE PROGRAM: core's reading, filtering and saving of every type, on PostgreSQL itself.

PROGRAM does all of it through kvar-demo's gateway; what it leaves in the tables is looked at here."""

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

TABLES = ("types", "granted_types")


def knows_the_tables(real):
    """PostgREST reads the schema anew when it is told to, and a little later."""
    for _ in range(200):
        if all(real.send("GET", f"/{table}?select=id&limit=1", token=real_servers.token()).status == 200
               for table in TABLES):
            return
        time.sleep(0.05)
    raise AssertionError("PostgREST does not know the tables")


def plays(plan, real, demo):
    done = subprocess.run([PROGRAM], env={**os.environ, "KVAR_REAL_URL": f"http://127.0.0.1:{demo.port}",
                                          "KVAR_REAL_KEY": demo_server.KEY},
                          capture_output=True, text=True, check=False)
    told = [line for line in (done.stdout + done.stderr).splitlines() if "-DEBUG: " not in line]
    for line in told:
        if line.startswith(("ok ", "not ok ")):
            status, path = line.split(" /", 1)
            plan.claim(f"/{path}", tap.equal, status, f"ok {status.split()[-1]}")
    plan.claim("/real/types/program-ends-well", tap.equal, done.returncode, 0, "\n".join(told[-120:]))


def same_to_the_letter(real, table):
    """Every value's text is what it was before it was nulled and written again."""
    columns = real.psql("-At", "-c", "select attname from pg_attribute where attnum > 0 "
                                     "and attrelid = 'public.types'::regclass").split()
    differing = " union all ".join(
        f"select before.id, '{column}', before.{column}::text, now.{column}::text "
        f"from public.types_before before join public.{table} now using (id) "
        f"where before.{column}::text is distinct from now.{column}::text" for column in columns)
    tap.equal(real.psql("-At", "-c", differing), "", table)


def main():
    plan = tap.Plan()
    try:
        with real_servers.RealServers(CACHE) as real:
            real.apply(TOP / "tests" / "real" / "types.sql")
            knows_the_tables(real)
            with demo_server.DemoServer("--rest-upstream", f"http://127.0.0.1:{real.port}",
                                        "--jwt-secret", real.secret_file()) as demo:
                plays(plan, real, demo)
            for table in TABLES:
                plan.claim(f"/real/types/same-to-the-letter/{table}", same_to_the_letter, real, table)
    except real_servers.Unavailable as reason:
        tap.skip_all(str(reason))
    plan.finish()


main()
