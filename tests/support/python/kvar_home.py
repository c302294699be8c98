"""A person's folders, and kvar-cli run in them."""

import os
import pathlib
import re
import subprocess
import tempfile

import demo_server
import tap

DONE, FAILED, USAGE, SIGN_IN_NEEDED, PARTLY, UNREACHABLE = range(6)


class Home:
    """A person's folders, and kvar-cli run in them. The vault is the keyring, or with “file” libsecret's file."""

    def __init__(self, vault="keyring"):
        self.folder = tempfile.TemporaryDirectory(prefix="kvar-cli-")
        self.path = pathlib.Path(self.folder.name)
        self.vault = {}
        if vault == "file":
            self.vault = {"SECRET_BACKEND": "file", "SECRET_FILE_TEST_PASSWORD": "kvar",
                          "SECRET_FILE_TEST_PATH": str(self.path / "default.keyring")}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def environment(self, **more):
        return {
            **os.environ, "HOME": str(self.path), "KVAR_VAULT": "", "LANGUAGE": "en",
            "XDG_CONFIG_HOME": str(self.path / "config"), "XDG_DATA_HOME": str(self.path / "data"),
            "XDG_CACHE_HOME": str(self.path / "cache"), "XDG_STATE_HOME": str(self.path / "state"), **self.vault, **more,
        }

    def run(self, *arguments, stdin="", **environment):
        return subprocess.run([os.environ["KVAR_CLI"], *map(str, arguments)], input=stdin, cwd=self.path,
                              env=self.environment(**environment),
                              capture_output=True, text=True, check=False, timeout=300)

    def sign_in(self, demo, password=demo_server.PASSWORD, key=demo_server.KEY, url=None, **environment):
        return self.run("sign-in", "--project", url or demo.url, "--key", key, "--email", demo_server.EMAIL,
                        "--password-stdin", stdin=password + "\n", **environment)


def expect(done, code, stderr=None):
    tap.equal(done.returncode, code, f"exit code (stdout {done.stdout[:500]!r}, stderr {done.stderr[:2000]!r})")
    if stderr is not None and not re.search(stderr, done.stderr):
        raise AssertionError(f"stderr does not match {stderr!r}: {done.stderr!r}")
    if "ERROR: AddressSanitizer" in done.stderr or "runtime error:" in done.stderr:
        raise AssertionError(done.stderr)
