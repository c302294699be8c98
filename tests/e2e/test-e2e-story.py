#!/usr/bin/env python3
"""test-e2e-story.py TOP: the built kvar, started as a person starts it, driven by keys through the main job."""

import pathlib
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402
import tap  # noqa: E402


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-e2e-") as folder, demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        try:
            for step in told.STEPS:
                # Each step stands on the one before it: after a failure the rest would only repeat it.
                if not plan.claim(f"/e2e/story/{step.replace('_', '-')}", getattr(told, step)):
                    break
        finally:
            told.close()
            if plan.failed:
                print("# what kvar said:")
                for line in (pathlib.Path(folder) / "kvar.log").read_text(errors="replace").splitlines()[-40:]:
                    print(f"# {line}")
    plan.finish()


main()
