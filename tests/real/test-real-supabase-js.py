#!/usr/bin/env python3
"""test-real-supabase-js.py TOP CACHE: the official client against PostgREST, signed in at kvar-demo --rest-upstream."""

import pathlib
import sys

TOP, CACHE = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import real_servers  # noqa: E402
import supabase_js  # noqa: E402
import tap  # noqa: E402


def main():
    try:
        folder = supabase_js.fetch(CACHE)
        with real_servers.RealServers(CACHE) as real:
            with demo_server.DemoServer("--rest-upstream", f"http://127.0.0.1:{real.port}",
                                        "--jwt-secret", real.secret_file(), "--access-ttl", "2") as demo:
                sys.exit(supabase_js.run(folder, demo.url))
    except (real_servers.Unavailable, supabase_js.Unavailable) as reason:
        tap.skip_all(str(reason))


main()
