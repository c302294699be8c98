#!/usr/bin/env python3
"""test-real-export.py TOP CACHE: kvar-cli's export of what PostgreSQL has, through PostgREST that cuts its pages."""

import csv
import decimal
import io
import json
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
TABLES = r"""
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
create table public.odd (id bigint primary key, t text, n numeric, f float8, b bytea, j json, k jsonb, a text[], d date,
                         at timestamptz, i interval, y boolean);
insert into public.odd values
  (1, '', 12.50, 0.1, '\x00ff', '{"a" :  1.50, "a": "\ud83d\ude00"}', '{"b": [1.10, null]}', '{"a \"b\"",NULL,""}',
   '2026-11-20', '2026-11-20 23:00:00.123456+00', '1 mon -2 days', true),
  (2, null, 'NaN', '-Infinity', null, null, 'null', '{}', 'infinity', '-infinity', null, null),
  (3, E'line\r\nother\n"q", \\.', 123456789012345678901234567890.123, 1e-300, '', '"x"', '[]', null, '0044-03-15 BC',
   '1850-01-01', '-00:00:01', false),
  (4, E'\\.', 0, 0, null, E'[\n]', '{}', '{{a,b},{c,d}}', '2000-02-29', 'infinity', '1 year', true),
  (9007199254740993, E'=1+1\t\x01å 😀', -0.0001, 1.7976931348623157e308, null, null, null, null, null, null, null, null);
create table public.odd_again (like public.odd);
create view public.numbers as select i as n, i % 4 as m from generate_series(1, 50) i;
create function public.many(n integer, word text default 'x') returns table (i integer, t text) language sql stable
  as $$ select g, word || g % 3 from generate_series(n, 1, -1) g $$;
create table public.calls (n integer);
create function public.call_once(n integer) returns table (i integer) language sql volatile security definer
  as $$ insert into public.calls values (n); select g from generate_series(1, n) g $$;
grant execute on function public.many, public.call_once to authenticated;
grant select on public.ties, public."Odd, one", public.logs, public.numbers, public.odd to authenticated;
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


    def comes_back(self):
        """psql reads the file, and every value is as it was; null and empty text too."""
        target = pathlib.Path(self.folder.name) / "odd.csv"
        done = subprocess.run([os.environ["KVAR_CLI"], "--demo", "export", "odd", "-o", target], env=self.environment,
                              capture_output=True, text=True, check=False, timeout=60)
        tap.equal(done.returncode, 0, done.stderr)
        target.chmod(0o644)
        pathlib.Path(self.folder.name).chmod(0o755)
        self.real.psql("-c", f"\\copy public.odd_again from '{target}' with (format csv, header)")
        for table in ("odd", "odd_again"):
            tap.equal(self.real.psql("-At", "-c", f"select count(*) from public.{table}").strip(), "5", table)
        rows = "select string_agg(o::text, '|' order by id) from public.{} o"
        tap.equal(self.real.psql("-At", "-c", rows.format("odd_again")), self.real.psql("-At", "-c", rows.format("odd")),
                  "rows")

    def calls_once(self):
        """A volatile function runs once, and what the server cut off is said."""
        done = subprocess.run([os.environ["KVAR_CLI"], "--demo", "export", "call_once", "--arg", "n=30", "-o", "-"],
                              env=self.environment, capture_output=True, text=True, check=False, timeout=60)
        tap.equal((done.returncode, done.stdout.split()), (0, ["i", *map(str, range(1, 8))]), done.stderr)
        tap.equal("The server gave only 7 of 30 rows." in done.stderr, True, done.stderr)
        tap.equal(self.real.psql("-At", "-c", "select n from public.calls").split(), ["30"], "calls")

    def lines_hold_the_text(self):
        """Every value of a line is PostgreSQL's text, or JSON that says the same."""
        done = subprocess.run([os.environ["KVAR_CLI"], "--demo", "export", "odd", "--format", "ndjson", "-o", "-"],
                              env=self.environment, capture_output=True, text=True, check=True, timeout=60)
        lines = [json.loads(line) for line in done.stdout.split("\n")[:-1]]
        texts = json.loads(self.real.psql(
            "-At", "-c", "select json_agg(json_build_array(id::text, t, n::text, f::text, a::text) order by id) from public.odd"))
        for line, (key, text, number, real, array) in zip(lines, texts, strict=True):
            tap.equal((str(line["id"]), line["t"], line["a"]), (key, text, array), "texts")
            tap.equal(decimal.Decimal(str(line["n"])) if number != "NaN" else line["n"],
                      decimal.Decimal(number) if number != "NaN" else "NaN", "number")
            tap.equal(float(line["f"]), float(real), "float")
        tap.equal(lines[0]["j"], {"a": "😀"}, "json")
        tap.equal('"j":{"a" :  1.50, "a": "\\ud83d\\ude00"}' in done.stdout, True, "whether json stands as it was written")
        tap.equal('"n":12.50,' in done.stdout, True, "whether a number has its digits")
        tap.equal('"id":"9007199254740993"' in done.stdout, True, "whether a long number is a text")


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
                plan.claim("/real/export/EXP-17/stable-function", lambda: same(
                    "select * from public.many(50, 'å') where t <> 'å1' order by t desc, i", "many", "--arg", "n=50",
                    "--arg", "word=å", "--where", "t=neq.å1", "--order", "t.desc"))
                plan.claim("/real/export/EXP-17/volatile-function-once", exports.calls_once)
                plan.claim("/real/export/EXP-8/round-trip", exports.comes_back)
                plan.claim("/real/export/EXP-6/lines-hold-the-text", exports.lines_hold_the_text)
                plan.claim("/real/export/filtered", lambda: same(
                    "select * from public.ties where due is not null and id like 'k,1%' order by id", "ties",
                    "--where", "due=not.is.null", "--where", "id=like.k,1*"))
    except real_servers.Unavailable as reason:
        tap.skip_all(str(reason))
    plan.finish()


main()
