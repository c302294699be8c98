#!/usr/bin/env python3
"""test-http-supabase-js.py TOP CACHE: the official client, unchanged, against kvar-demo with tokens of two seconds."""

import pathlib
import sys

TOP, CACHE = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import supabase_js  # noqa: E402
import tap  # noqa: E402


def main():
    try:
        folder = supabase_js.fetch(CACHE)
    except supabase_js.Unavailable as reason:
        tap.skip_all(str(reason))
    with demo_server.DemoServer("--access-ttl", "2") as demo:
        sys.exit(supabase_js.run(folder, demo.url, "--storage"))


main()
