#!/usr/bin/env python3
"""test-http-requests.py TOP: the request scripts against kvar-demo, as the suite real plays them against PostgREST."""

import pathlib
import sys

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import request_script  # noqa: E402
import tap  # noqa: E402


def main():
    plan = tap.Plan()
    with demo_server.DemoServer() as demo:
        tokens = {
            "user": demo.sign_in()["access_token"],
            "eva": demo.sign_in(demo_server.EVA)["access_token"],
            "garbage": "not.a.token", "anon": None,
        }
        script = request_script.load(TOP / "tests" / "scripts" / "requests.json")
        request_script.play(plan, "/http/demo", script, demo, tokens)
    plan.finish()


main()
