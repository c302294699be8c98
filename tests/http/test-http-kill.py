#!/usr/bin/env python3
"""test-http-kill.py TOP: kvar-cli killed at every step of a renewal; the next start is signed in, on either vault."""

import pathlib
import re
import signal
import sys

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
from kvar_home import DONE, Home, expect  # noqa: E402
import tap  # noqa: E402

PATH = "/rest/v1/jobs?select=id&limit=1"
IN_A_ROW = 3
# In running order; the session and the vault are looked through for more, so that none is forgotten. The places in
# saving belong to the journal's own tests.
STEPS = ("renewal-locked", "renewal-asking", "renewal-answered", "renewal-storing", "renewal-stored",
         "renewal-releasing")
STORED = ("renewal-stored", "renewal-releasing")
# Only where kvar-vault is run, which is for the file.
VAULT_STEPS = ("vault-started",)


def all_steps():
    found = set()
    for path in (*(TOP / "src" / "core" / "session").glob("*.c"), *(TOP / "src" / "vault").glob("*.c")):
        found |= set(re.findall(r'KVAR_FAULT_POINT \("([\w-]+)"\)', path.read_text(encoding="utf-8")))
    return found


def names_every_step():
    tap.equal(sorted(STEPS + VAULT_STEPS), sorted(all_steps()), "steps")


def is_refresh(entry):
    return entry.get("grant") == "refresh_token"


def survives(demo, vault, step):
    with Home(vault) as home:
        expect(home.sign_in(demo), DONE)
        demo.control("clear")
        demo.control("clock", advance=7200)    # the stored access token is refused now
        for i in range(IN_A_ROW):
            killed = home.run("api", PATH, KVAR_FAULT=step)
            if i > 0 and step in STORED and killed.returncode == 0:
                break    # what the first left in the vault is good: there is nothing to renew any more
            tap.equal(killed.returncode, -signal.SIGKILL, f"how it ended at {step} ({killed.stderr[:500]})")
        expect(home.run("api", PATH), DONE)
        expect(home.run("status"), DONE)

        log = demo.log()
        for entry in log:
            if entry["reused"] or (is_refresh(entry) and entry["status"] != 200):
                raise AssertionError(f"a spent token was presented: {entry}")
            if entry["path"].startswith("/rest/v1/") and entry["role"] == "anon":
                raise AssertionError(f"a request went out as anon: {entry}")
        if not any(map(is_refresh, log)):
            raise AssertionError("nothing was renewed")


def has_faults():
    """Whether kvar-cli dies where it is told to: at the first step that every renewal comes to."""
    with Home("file") as home, demo_server.DemoServer() as demo:
        expect(home.sign_in(demo), DONE)
        demo.control("clock", advance=7200)
        return home.run("api", PATH, KVAR_FAULT="renewal-locked").returncode == -signal.SIGKILL


def main():
    if not has_faults():
        tap.skip_all("this build has no places to be killed at (build type debug has)")
    plan = tap.Plan()
    plan.claim("/kill/names-every-step", names_every_step)
    with demo_server.DemoServer("--reuse-interval", 0) as demo:
        for vault in ("keyring", "file"):
            for step in STEPS + (VAULT_STEPS if vault == "file" else ()):
                plan.claim(f"/kill/C07/{vault}/{step}", survives, demo, vault, step)
    plan.finish()


main()
