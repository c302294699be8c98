#!/usr/bin/env python3
"""test-real-requests.py TOP CACHE: the request scripts against PostgREST itself, and through kvar-demo --rest-upstream."""

import os
import pathlib
import sys

TOP, CACHE = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import real_servers  # noqa: E402
import request_script  # noqa: E402
import tap  # noqa: E402


def through_demo(plan, script, real):
    """Sign-in, key check and tokens are kvar-demo's; everything below /rest/v1 is PostgREST's."""
    with demo_server.DemoServer("--rest-upstream", f"http://127.0.0.1:{real.port}",
                                "--jwt-secret", real.secret_file()) as demo:
        tokens = {
            "user": demo.sign_in()["access_token"],
            "eva": demo.sign_in(demo_server.EVA)["access_token"],
            "garbage": "not.a.token", "anon": None,
        }
        request_script.play(plan, "/real/upstream", script, demo, tokens)


def main():
    script = request_script.load(TOP / "tests" / "scripts" / "requests.json")
    plan = tap.Plan()
    try:
        with real_servers.RealServers(CACHE) as real:
            tokens = {
                "user": real_servers.token(), "eva": real_servers.token(real_servers.EVA_USER),
                "garbage": "not.a.token", "anon": None,
            }
            request_script.play(plan, "/real/postgrest", script, real, tokens)
            if "KVAR_DEMO" in os.environ:
                through_demo(plan, script, real)
    except real_servers.Unavailable as reason:
        tap.skip_all(str(reason))
    plan.finish()


main()
