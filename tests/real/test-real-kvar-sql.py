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
            plan.claim("/real/kvar-sql/refuses-strangers", refuses_strangers, real)
            plan.claim("/real/kvar-sql/obeys-no-one-elses-names", obeys_no_one_elses_names, real)
            plan.claim("/real/kvar-sql/can-be-installed-again", can_be_installed_again, real)
    except real_servers.Unavailable as reason:
        tap.skip_all(str(reason))
    plan.finish()


main()
