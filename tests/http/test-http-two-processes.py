#!/usr/bin/env python3
"""test-http-two-processes.py TOP TIMES: two processes renew one credential TIMES times, on either vault, told by the
server's log."""

import os
import pathlib
import subprocess
import sys

TOP = pathlib.Path(sys.argv[1])
TIMES = int(sys.argv[2])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
from kvar_home import DONE, Home, expect  # noqa: E402
import tap  # noqa: E402

N_PROCESSES = 2


def renewals(demo):
    return [entry for entry in demo.log() if entry.get("grant") == "refresh_token"]


def check(entries, least):
    if len(entries) < least:
        raise AssertionError(f"{len(entries)} renewals, expected {least}")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry["begin"]):
        # Nobody ever presents anything but the newest token: not its parent, nor an older one.
        if entry["status"] != 200 or entry["parent"] or entry["reused"] or not entry["rotated"]:
            raise AssertionError(f"not the newest token: {entry}")
        if entry["begin"] < end:
            raise AssertionError(f"two renewals at once: {entry} began before {end}")
        end = entry["end"]


def share(vault):
    with Home(vault) as home, demo_server.DemoServer("--access-ttl", 1, "--reuse-interval", 0) as demo:
        expect(home.sign_in(demo), DONE)
        command = [os.environ["KVAR_RENEWER"], demo.url, demo_server.KEY, str(TIMES // N_PROCESSES)]
        processes = [subprocess.Popen(command, env=home.environment(), stderr=subprocess.PIPE, text=True)
                     for _ in range(N_PROCESSES)]
        for process in processes:
            errors = process.communicate(timeout=900)[1]
            tap.equal(process.returncode, 0, f"exit code ({errors[-2000:]})")
        check(renewals(demo), TIMES)
        expect(home.run("status"), DONE)


def main():
    plan = tap.Plan()
    for vault in ("keyring", "file"):
        plan.claim(f"/two-processes/H02/{vault}", share, vault)
    plan.finish()


main()
