#!/usr/bin/env python3
"""test-real-kvar-sql.py TOP CACHE: what data/supabase/kvar.sql tells, and to whom, on PostgreSQL itself.

With --record it writes what it sees to tests/data/kvar-schema.json, from which core's parser is tested."""

import json
import pathlib
import sys

TOP, CACHE = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import real_servers  # noqa: E402
import tap  # noqa: E402

RECORDED = TOP / "tests" / "data" / "kvar-schema.json"


def tell(real):
    reply = real.send("GET", "/rest/v1/rpc/kvar_schema", token=real_servers.token())
    tap.equal(reply.status, 200, "status")
    return reply.json


def relation(told, name):
    return next((one for one in told["relations"] if one["name"] == name), None)


def matches_the_recorded(told):
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    for part in ("version", "relations", "functions"):
        tap.equal(told[part], recorded[part], part)


def tells_no_secrets(told):
    for name in ("secrets", "parts_2026"):
        tap.equal(relation(told, name), None, name)
    names = [column["name"] for column in relation(told, "hidden_cols")["columns"]]
    tap.equal(names, ["id", "open"], "columns")


def finds_keys_of_views(told):
    keys = {name: relation(told, name)["primary_key"]
            for name in ("renamed", "over", "pair", "sub", "joined", "nokey", "grouped", "mat")}
    tap.equal(keys, {"renamed": ["key"], "over": ["key"], "pair": ["j", "c"], "sub": [], "joined": [],
                     "nokey": [], "grouped": [], "mat": []}, "keys")


def tells_what_columns_are(told):
    """Identity, generated, domains below domains, labels, sizes: by columns of the odd table and of jobs."""
    odd = {column["name"]: column for column in relation(told, "odd")["columns"]}
    jobs = {column["name"]: column for column in relation(told, "jobs")["columns"]}
    tap.equal((odd["gen"]["identity"], jobs["total"]["generated"]), ("always", True), "identity and generated")
    tap.equal((odd["m"]["type"], odd["m"]["base_type"], odd["m"]["precision"], odd["m"]["scale"]),
              ("money3", "numeric(10,2)", 10, 2), "domain below a domain")
    tap.equal(odd["e"]["nullable"], False, "a domain that is not null")
    tap.equal(odd["s"]["enum"], ["draft", "open", "in_progress", "done", "cancelled"], "labels below an array")
    tap.equal(relation(told, "parts")["kind"], "partitioned table", "kind")
    tap.equal(relation(told, "child")["foreign_keys"][0]["foreign_columns"], ["id", "at"], "composite key")
    hidden = {column["name"]: (column["select"], column["update"])
              for column in relation(told, "hidden_cols")["columns"]}
    tap.equal(hidden, {"id": (True, False), "open": (True, True)}, "column privileges")


def tells_keys_into_other_schemas(real):
    real.psql("-c", "create schema sales", "-c", "create table sales.contacts (a int, b int, primary key (b, a))",
              "-c", "create table public.sold (id int primary key, x int, y int, "
                    "foreign key (x, y) references sales.contacts (b, a))",
              "-c", "grant select on public.sold to authenticated")
    try:
        keys = relation(tell(real), "sold")["foreign_keys"]
    finally:
        real.psql("-c", "drop table public.sold", "-c", "drop schema sales cascade")
    tap.equal([(key["columns"], key["foreign_schema"], key["foreign_table"], key["foreign_columns"]) for key in keys],
              [(["x", "y"], "sales", "contacts", ["b", "a"])], "keys")


def tells_the_unprivileged_nothing(real):
    """Who may call the function and nothing else learns of no table, and of no function but everybody's."""
    real.psql("-c", "create role visitor nologin",
              "-c", "grant usage on schema public to visitor",
              "-c", "grant execute on function public.kvar_schema() to visitor",
              "-c", "revoke execute on function public.whoami() from public")
    try:
        told = json.loads(real.psql("-At", "-c", "set role visitor", "-c", "select public.kvar_schema()"))
    finally:
        real.psql("-c", "grant execute on function public.whoami() to public", "-c", "drop owned by visitor",
                  "-c", "drop role visitor")
    tap.equal(told["relations"], [], "relations")
    names = [function["name"] for function in told["functions"]]
    tap.equal(("search_jobs" in names, "whoami" in names, "kvar_schema" in names), (True, False, False), "functions")


def refuses_strangers(real):
    for role in (None, "anon"):
        reply = real.send("GET", "/rest/v1/rpc/kvar_schema",
                          token=real_servers.token(role=role) if role else None)
        if reply.status not in (401, 403) or reply.json["code"] != "42501":
            raise AssertionError(f"{role}: {reply.status} {reply.text}")


def obeys_no_one_elses_names(real):
    """Objects in the caller's search path that are called like the catalog's are not used."""
    real.psql("-c", "create table public.pg_class (oid oid, relname name)",
              "-c", "create function public.jsonb_build_object(text) returns jsonb language sql "
                    "as 'select null::jsonb'")
    try:
        told = json.loads(real.psql("-At", "-c", "set role authenticated",
                                    "-c", "set search_path = public, pg_catalog",
                                    "-c", "select public.kvar_schema()"))
    finally:
        real.psql("-c", "drop table public.pg_class", "-c", "drop function public.jsonb_build_object(text)")
    tap.equal(relation(told, "jobs")["primary_key"], ["id"], "key")


def can_be_installed_again(real):
    real.apply(TOP / "data" / "supabase" / "kvar.sql")
    granted = real.psql("-At", "-c", "select has_function_privilege('anon', 'public.kvar_schema()', 'execute'), "
                                     "has_function_privilege('authenticated', 'public.kvar_schema()', 'execute')")
    tap.equal(granted.strip(), "f|t", "privileges")


def main():
    plan = tap.Plan()
    try:
        with real_servers.RealServers(CACHE) as real:
            real.apply(TOP / "tests" / "real" / "odd.sql")
            told = tell(real)
            if "--record" in sys.argv:
                RECORDED.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
            plan.claim("/real/kvar-sql/matches-the-recorded", matches_the_recorded, told)
            plan.claim("/real/kvar-sql/tells-no-secrets", tells_no_secrets, told)
            plan.claim("/real/kvar-sql/finds-keys-of-views", finds_keys_of_views, told)
            plan.claim("/real/kvar-sql/tells-what-columns-are", tells_what_columns_are, told)
            plan.claim("/real/kvar-sql/tells-keys-into-other-schemas", tells_keys_into_other_schemas, real)
            plan.claim("/real/kvar-sql/tells-the-unprivileged-nothing", tells_the_unprivileged_nothing, real)
            plan.claim("/real/kvar-sql/refuses-strangers", refuses_strangers, real)
            plan.claim("/real/kvar-sql/obeys-no-one-elses-names", obeys_no_one_elses_names, real)
            plan.claim("/real/kvar-sql/can-be-installed-again", can_be_installed_again, real)
    except real_servers.Unavailable as reason:
        tap.skip_all(str(reason))
    plan.finish()


main()
