#!/usr/bin/env python3
"""test-real-export.py TOP CACHE: kvar-cli's export of what PostgreSQL has, through PostgREST that cuts its pages."""

import csv
import io
import os
import pathlib
import subprocess
import sys
import tempfile

TOP, CACHE = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import real_servers  # noqa: E402
import tap  # noqa: E402

# Ties, nulls, several partitions, names that mean something else, and rows that only their
# place tells apart.
TABLES = """
create table public.ties (id text primary key, due date, n numeric, tags text[], doc json);
insert into public.ties
  select 'k,' || i || '"' || chr(97 + i % 26), case when i % 3 > 0 then date '2026-01-01' + i % 4 end,
         case when i % 5 > 0 then (i % 7) / 4.0 end, array['a b', i::text], '{"a" :  1.50}'
  from generate_series(1, 100) i;
create table public."Odd, one" ("order" integer, "a.b" text, "select" text, "å ä" text, primary key ("order", "a.b"));
insert into public."Odd, one"
  select i % 10, 'x' || i, case when i % 2 > 0 then 'line' || chr(10) || '"q"' else '' end, null
  from generate_series(1, 60) i;
create table public.logs (at timestamptz, line text) partition by range (at);
create table public.logs_1 partition of public.logs for values from ('2026-01-01') to ('2026-07-01');
create table public.logs_2 partition of public.logs for values from ('2026-07-01') to ('2027-01-01');
insert into public.logs
  select timestamptz '2026-01-01 00:00:00.000001+00' + (i % 5) * interval '70 days', 'same' from generate_series(1, 90) i;
create view public.numbers as select i as n, i % 4 as m from generate_series(1, 50) i;
grant select on public.ties, public."Odd, one", public.logs, public.numbers to authenticated;
notify pgrst, 'reload schema';
"""


class Exports:
    def __init__(self, real, demo):
        self.real = real
        self.folder = tempfile.TemporaryDirectory(prefix="kvar-")
        base = pathlib.Path(self.folder.name)
        self.environment = dict(os.environ, KVAR_VAULT="memory")
        for name in ("STATE", "DATA", "CONFIG", "CACHE"):
            self.environment[f"XDG_{name}_HOME"] = str(base / name)
        (base / "STATE" / "kvar").mkdir(parents=True, mode=0o700)
        (base / "STATE" / "kvar" / "demo").write_text(f"{demo.url} {demo_server.KEY}\n", encoding="utf-8")

    def export(self, *arguments):
        done = subprocess.run([os.environ["KVAR_CLI"], "--demo", "export", *arguments, "-o", "-"],
                              env=self.environment, capture_output=True, check=False, timeout=60)
        if done.returncode != 0:
            raise AssertionError(done.stderr.decode())
        return list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))

    def same_as(self, query, *arguments):
        """What PostgreSQL writes itself, with empty text and null alike, as Python's reader has them."""
        text = self.real.psql("-c", f"copy ({query}) to stdout with (format csv, header)")
        tap.equal(self.export(*arguments), list(csv.reader(io.StringIO(text, newline=""))), "rows")


ISO = "to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US+00:00') as at"


def main():
    plan = tap.Plan()
    try:
        with real_servers.RealServers(CACHE, max_rows=7) as real:
            real.psql("-c", TABLES)
            with demo_server.DemoServer("--rest-upstream", f"http://127.0.0.1:{real.port}",
                                        "--jwt-secret", real.secret_file()) as demo:
                exports = Exports(real, demo)
                same = exports.same_as
                plan.claim("/real/export/by-key", lambda: same("table public.ties order by id", "ties"))
                for order, sql in (("due", "due"), ("due.desc", "due desc"),
                                   ("due.nullsfirst,n.desc", "due nulls first, n desc"),
                                   ("n.desc.nullslast,due.desc", "n desc nulls last, due desc"),
                                   ("tags.desc", "tags desc")):
                    plan.claim(f"/real/export/order-{order}", lambda o=order, s=sql: same(
                        f"table public.ties order by {s}, id", "ties", "--order", o))
                plan.claim("/real/export/odd-names", lambda: same(
                    'select "order", "a.b", "select", "å ä" from public."Odd, one" order by "order", "a.b"',
                    "Odd, one"))
                plan.claim("/real/export/odd-order", lambda: same(
                    'select "select", "a.b", "order" from public."Odd, one" order by "select" desc, "order", "a.b"',
                    "Odd, one", "--columns", 'select,a.b,order', "--order", '"select".desc'))
                plan.claim("/real/export/without-a-key", lambda: same(
                    f"select {ISO}, line from public.logs order by tableoid, ctid", "logs"))
                plan.claim("/real/export/without-a-key-in-order", lambda: same(
                    f"select {ISO}, line from public.logs order by logs.at desc, tableoid, ctid", "logs",
                    "--order", "at.desc"))
                plan.claim("/real/export/view-by-counting", lambda: same(
                    "select n, m from public.numbers order by m, n", "numbers", "--order", "m"))
                plan.claim("/real/export/filtered", lambda: same(
                    "select * from public.ties where due is not null and id like 'k,1%' order by id", "ties",
                    "--where", "due=not.is.null", "--where", "id=like.k,1*"))
    except real_servers.Unavailable as reason:
        tap.skip_all(str(reason))
    plan.finish()


main()
