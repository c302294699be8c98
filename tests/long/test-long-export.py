#!/usr/bin/env python3
"""test-long-export.py TOP CACHE ROWS: very many rows, from PostgREST and from kvar-demo, each once and in little memory;
and what LibreOffice makes of the files."""

import csv
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

TOP, CACHE, ROWS = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import real_servers  # noqa: E402
import tap  # noqa: E402

MOST_MEMORY = 64 * 1024    # KiB
MORE_MEMORY = 1.3          # of what a tenth of the rows takes, where a sanitizer's own memory hides the rest
JOBS_COLUMNS = "id,ref,title,status,contact_id,price,total,due_on,starts_at,tags,urgent,created_at"

TABLES = f"""
create table public.many (id bigint primary key, code text, title text, price numeric(12,2), due_on date,
                          created_at timestamptz, done boolean, ratio float8, note text, tags text[], details jsonb, ref uuid);
insert into public.many
  select i, lpad(i::text, 9, '0'), 'Job "' || i || '", å', (i % 100000) / 7.0, date '2026-01-01' + i % 700,
         timestamptz '2026-01-01 00:00:00.123456+00' + i * interval '1 second', i % 2 = 0, i / 3.0,
         case when i % 3 > 0 then 'line' || chr(10) || i else case when i % 2 > 0 then '' end end,
         array['a b', i::text], jsonb_build_object('n', i), md5(i::text)::uuid
  from generate_series(1, {ROWS}) i;
create unlogged table public.many_again (like public.many);
create table public.office (id bigint primary key, code text, name text, price numeric(12,2), long_number numeric, due_on date,
                            done boolean, formula text);
insert into public.office values
  (1, '007', 'Åsa Öberg, Mölle', 1234.50, 12345678901234567890, '2026-11-20', true, '=1+1'),
  (2, '22.5', E'two\\nlines', -0.75, 1, '1999-02-28', false, '+46 70'),
  (3, '1e5', '"quoted"; more', null, null, null, null, '-');
analyze public.many;
grant select on public.many, public.office to authenticated;
notify pgrst, 'reload schema';
"""


class Exporter:
    """kvar-cli as the demo user of a kvar-demo that is there already."""

    def __init__(self, demo, folder):
        self.folder = folder
        self.environment = dict(os.environ, KVAR_VAULT="memory", LC_ALL="C.UTF-8",
                                ASAN_OPTIONS="detect_leaks=0:quarantine_size_mb=1:malloc_context_size=1")
        for name in ("STATE", "DATA", "CONFIG", "CACHE"):
            self.environment[f"XDG_{name}_HOME"] = str(folder / name)
        (folder / "STATE" / "kvar").mkdir(parents=True, mode=0o700)
        (folder / "STATE" / "kvar" / "demo").write_text(f"{demo.url} {demo_server.KEY}\n", encoding="utf-8")

    def export(self, table, name, *words):
        """Returns the file, and the most memory that the process took, in KiB."""
        target = self.folder / name
        with open(self.folder / "errors", "wb") as errors:
            process = subprocess.Popen([os.environ["KVAR_CLI"], "--demo", "export", table, "-o", target, *words],
                                       env=self.environment, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        tap.equal(process.returncode, 0, (self.folder / "errors").read_text(encoding="utf-8"))
        return target, usage.ru_maxrss


def is_sanitized():
    return b"__asan_init" in pathlib.Path(os.environ["KVAR_CLI"]).read_bytes()


def takes_little_memory(peak, tenth):
    print(f"# {peak / 1024:.0f} MiB at most, {tenth / 1024:.0f} MiB for a tenth of the rows")
    if is_sanitized():
        tap.equal(peak <= tenth * MORE_MEMORY, True, f"{peak} KiB against {tenth} KiB")
    else:
        tap.equal(peak <= MOST_MEMORY, True, f"{peak} KiB")


def many_from_real(real, exporter):
    target, peak = exporter.export("many", "many.csv")
    target.chmod(0o644)
    real.psql("-c", f"\\copy public.many_again from '{target}' with (format csv, header)")
    tap.equal(real.psql("-At", "-c", "select count(*), count(distinct id) from public.many_again").strip(),
              f"{ROWS}|{ROWS}", "rows")
    differences = "select count(*) from (table public.{} except all table public.{}) d"
    for pair in (("many", "many_again"), ("many_again", "many")):
        tap.equal(real.psql("-At", "-c", differences.format(*pair)).strip(), "0", f"rows of {pair[0]} only")
    target.unlink()
    _, tenth = exporter.export("many", "tenth.csv", "--where", f"id=lte.{ROWS // 10}")
    takes_little_memory(peak, tenth)


def grow(path):
    """More jobs than kvar-demo would make in a reasonable time: copies of the first thousand, under ids of their own."""
    database = sqlite3.connect(path)
    database.create_collation("kvar_numeric", lambda a, b: (float(a) > float(b)) - (float(a) < float(b)))
    columns = [row[1] for row in database.execute("pragma table_info('public.jobs')")]
    rest = ", ".join(f'j."{name}"' for name in columns if name not in ("id", "ref"))
    for (name,) in database.execute("select name from sqlite_master where type = 'index' and tbl_name = 'public.jobs' "
                                    "and sql is not null").fetchall():
        database.execute(f'drop index "{name}"')
    database.execute(f"""
        with recursive n(i) as (select 1001 union all select i + 1 from n where i < {ROWS})
        insert into "public.jobs" select printf('00000000-0000-4000-8000-%012d', i), printf('K-%09d', i), {rest}
        from n join "public.jobs" j on j.id = printf('00000000-0000-4000-8000-%012d', i % 1000 + 1)""")
    database.execute("analyze")
    database.commit()
    return database


def many_from_demo(folder):
    path = folder / "demo.sqlite"
    with demo_server.DemoServer("--database", path, "--rows", 1000):
        pass
    database = grow(path)
    with demo_server.DemoServer("--database", path) as demo:
        exporter = Exporter(demo, folder)
        target, peak = exporter.export("jobs", "jobs.csv", "--columns", JOBS_COLUMNS)
        rows = database.execute('select id, ref, title from "public.jobs" order by id')
        with open(target, encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            next(reader)
            n = 0
            for seen, stored in zip(reader, rows, strict=True):
                if seen[:3] != list(stored) or len(seen) != 12:
                    raise AssertionError(f"{seen} instead of {stored}")
                n += 1
        tap.equal(n, ROWS, "rows")
        target.unlink()
        last = f"00000000-0000-4000-8000-{ROWS // 10:012}"
        _, tenth = exporter.export("jobs", "tenth.csv", "--columns", JOBS_COLUMNS, "--where", f"id=lte.{last}")
    takes_little_memory(peak, tenth)


def convert(exporter, source, *filters):
    """What LibreOffice sees: the cells of the first sheet, as (type, value) by row."""
    profile = (exporter.folder / "office").as_uri()
    subprocess.run(["soffice", f"-env:UserInstallation={profile}", "--headless", *filters, "--convert-to", "fods",
                    "--outdir", exporter.folder, source], check=True, timeout=300, capture_output=True,
                   env=dict(os.environ, HOME=str(exporter.folder), LC_ALL="C.UTF-8"))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    rows = []
    for row in ElementTree.parse(source.with_suffix(".fods")).iter(f"{table}table-row"):
        cells = []
        for cell in row.iter(f"{table}table-cell"):
            kind = cell.get(f"{office}value-type")
            if (cell.get(f"{table}formula") or "").endswith(("=TRUE()", "=FALSE()")):  # how it reads a truth value
                kind = "boolean"
            value = cell.get(f"{office}value") or cell.get(f"{office}date-value") or cell.get(f"{office}boolean-value")
            if value is None:
                value = "\n".join("".join(part.itertext()) for part in cell.iter(f"{text}p"))
            repeat = int(cell.get(f"{table}number-columns-repeated", "1"))
            cells += [(kind, value)] * min(repeat, 20)
        rows.append(cells[:8])
    return rows[:4]


def office_opens_workbook(exporter):
    target, _ = exporter.export("office", "office.xlsx")
    header, first, second, third = convert(exporter, target)
    tap.equal([value for _, value in header],
              ["id", "code", "name", "price", "long_number", "due_on", "done", "formula"], "header")
    tap.equal(first, [("float", "1"), ("string", "007"), ("string", "Åsa Öberg, Mölle"), ("float", "1234.5"),
                      ("string", "12345678901234567890"), ("date", "2026-11-20"), ("boolean", "1"),
                      ("string", "=1+1")], "first row")
    tap.equal(second[:4], [("float", "2"), ("string", "22.5"), ("string", "two\nlines"), ("float", "-0.75")], "second row")
    tap.equal((third[1], third[3][0]), (("string", "1e5"), None), "third row")


def office_opens_csv(exporter):
    """As a Swedish Excel does: semicolons, decimal commas, UTF-8 told by its mark."""
    target, _ = exporter.export("office", "excel.csv", "--preset", "excel")
    _, first, second, third = convert(exporter, target, "--infilter=CSV:59,34,76,1,,1053,false,true")
    tap.equal(first[2:4], [("string", "Åsa Öberg, Mölle"), ("float", "1234.5")], "first row")
    tap.equal((first[5][0], first[7]), ("date", ("string", "'=1+1")), "date and formula")
    tap.equal(second[2:4], [("string", "two\nlines"), ("float", "-0.75")], "second row")
    tap.equal(third[2], ("string", "\"quoted\"; more"), "third row")


def with_real(plan):
    with real_servers.RealServers(CACHE, max_rows=1000) as real, tempfile.TemporaryDirectory(prefix="kvar-") as folder:
        os.chmod(folder, 0o755)
        real.psql("-c", TABLES)
        with demo_server.DemoServer("--rest-upstream", f"http://127.0.0.1:{real.port}",
                                    "--jwt-secret", real.secret_file()) as demo:
            exporter = Exporter(demo, pathlib.Path(folder))
            plan.claim("/long-export/EXP-3/many-from-postgrest", many_from_real, real, exporter)
            if shutil.which("soffice") is None:
                for name in ("workbook", "csv"):
                    plan.skip(f"/long-export/EXP-7/office-opens-{name}", "LibreOffice is not installed")
                return
            plan.claim("/long-export/EXP-6/office-opens-workbook", office_opens_workbook, exporter)
            plan.claim("/long-export/EXP-7/office-opens-csv", office_opens_csv, exporter)


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-") as folder:
        plan.claim("/long-export/EXP-3/many-from-the-demo", many_from_demo, pathlib.Path(folder))
    try:
        with_real(plan)
    except real_servers.Unavailable as reason:
        plan.skip("/long-export/EXP-3/many-from-postgrest", str(reason))
    plan.finish()


main()
