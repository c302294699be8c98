"""Fetches what a package-lock.json pins, once for all tests, into a folder of the build."""

import fcntl
import hashlib
import pathlib
import shutil
import subprocess

FILES = ("package.json", "package-lock.json", ".npmrc")
# A machine without the registry is to say so soon, not after minutes of retries.
PATIENCE = ("--fetch-retries=1", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000",
            "--fetch-timeout=60000")


class Unavailable(Exception):
    """Why the packages cannot be had on this machine."""


def install(source, folder, what):
    for name in FILES:
        shutil.copy(source / name, folder / name)
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", *PATIENCE], cwd=folder, capture_output=True,
                          check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Unavailable(f"npm cannot fetch {what}")
    (folder / "complete").touch()


def fetch(source, cache, what):
    """Returns a folder whose node_modules holds what the lockfile in source pins. what is said when it cannot."""
    lock = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder = pathlib.Path(cache) / f"npm-{lock}"
    if not (folder / "complete").exists() and shutil.which("npm") is None:
        raise Unavailable(f"npm is not installed, so {what} cannot be fetched")
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder.with_suffix(".lock"), "w", encoding="utf-8") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)  # several tests may want it at the same time
        if not (folder / "complete").exists():
            install(source, folder, what)
    return folder
