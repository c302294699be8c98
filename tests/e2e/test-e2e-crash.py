#!/usr/bin/env python3
"""test-e2e-crash.py TOP: the built kvar is killed again and again; KVAR_KILLS times (20), from KVAR_SEED (a new one)."""

import os
import pathlib
import random
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import crash  # noqa: E402
import demo_server  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402


def begin(harness, told):
    told.connect()
    told.sign_in()
    harness.window = told.window
    harness.learn_jobs()


def main():
    kills = int(os.environ.get("KVAR_KILLS", "20"))
    seed = int(os.environ.get("KVAR_SEED") or random.SystemRandom().randrange(10000))
    print(f"# {kills} kills, seed {seed}: KVAR_SEED={seed} repeats them")
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer("--max-rows", 100000) as demo:
        told = story.Story(demo, folder)
        harness = crash.Harness(demo, str(pathlib.Path(folder) / "kvar.log"), seed)
        try:
            if plan.claim("/e2e/crash/begin", begin, harness, told):
                for number in range(kills):
                    if not plan.claim(f"/e2e/crash/DRF-1/kill-{number + 1}", harness.play, number):
                        break
        finally:
            if harness.window is not None:
                harness.window.end()
            if plan.failed:
                print(f"# seed {seed}")
    plan.finish()


main()
