#!/usr/bin/env python3
"""test-real-faults.py TOP CACHE ROWS: an export from PostgREST through every fault is the same file, whatever the table."""

import pathlib
import sys

TOP, CACHE, ROWS = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import export_run  # noqa: E402
import real_servers  # noqa: E402
import tap  # noqa: E402
from kvar_home import Home  # noqa: E402

PAGES = 60

# With a key that has to be quoted and orders with ties and nulls; without one, every row twice, in two partitions; views
# with a key and without.
TABLES = f"""
create table public.ties (id text primary key, due date, n numeric, note text);
insert into public.ties
  select 'k,' || i || '"' || chr(97 + i % 26), case when i % 3 > 0 then date '2026-01-01' + i % 4 end,
         case when i % 5 > 0 then (i % 7) / 4.0 end, case when i % 2 > 0 then 'å' || chr(10) || '"q"' else '' end
  from generate_series(1, {ROWS}) i;
create table public.logs (at timestamptz, line text) partition by range (at);
create table public.logs_1 partition of public.logs for values from ('2026-01-01') to ('2026-07-01');
create table public.logs_2 partition of public.logs for values from ('2026-07-01') to ('2027-01-01');
insert into public.logs
  select timestamptz '2026-01-01 00:00:00.000001+00' + (i / 2 % 50) * interval '7 days', 'same' from generate_series(1, {ROWS}) i;
create view public.ties_seen as select id, due, n from public.ties;
create view public.numbers as select i as n, i % 4 as m from generate_series(1, {ROWS}) i;
analyze public.ties;
grant select on public.ties, public.logs, public.ties_seen, public.numbers to authenticated;
notify pgrst, 'reload schema';
"""

CASES = (
    ("EXP-10/faults-by-key", "ties"),
    ("EXP-10/faults-nullable-order", "ties", "--order", "due.nullsfirst,n.desc"),
    ("EXP-10/faults-without-a-key", "logs"),
    ("EXP-10/faults-duplicates-in-order", "logs", "--order", "at.desc"),
    ("EXP-10/faults-view-with-a-key", "ties_seen", "--order", "n"),
    ("EXP-10/faults-view-without-a-key", "numbers", "--order", "m"),
)


def claim(demo, *words):
    with Home() as home:
        export_run.through_faults(home, demo, *words)


def main():
    plan = tap.Plan()
    try:
        with real_servers.RealServers(CACHE, max_rows=max(ROWS // PAGES, 1)) as real:
            real.psql("-c", TABLES)
            for name, *words in CASES:
                with demo_server.DemoServer("--rest-upstream", f"http://127.0.0.1:{real.port}",
                                            "--jwt-secret", real.secret_file()) as demo:
                    plan.claim(f"/export/{name}", claim, demo, *words)
    except real_servers.Unavailable as reason:
        tap.skip_all(str(reason))
    plan.finish()


main()
