"""A person's own folders, what they hold, and the built programs run in them."""

import csv
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import demo_server
import tap

DONE, FAILED, USAGE, SIGN_IN_NEEDED, PARTLY, UNREACHABLE = range(6)


class Home:
    """A person's folders, empty at first, and kvar-cli run in them. The vault is the keyring, or with “file” libsecret's
    file."""

    def __init__(self, vault="keyring"):
        self.folder = tempfile.TemporaryDirectory(prefix="kvar-home-", dir="/tmp")
        self.path = pathlib.Path(self.folder.name)
        self.config, self.data, self.cache, self.state = (
            self.path / name / "kvar" for name in ("config", "data", "cache", "state"))
        self.vault = {}
        if vault == "file":
            self.vault = {"SECRET_BACKEND": "file", "SECRET_FILE_TEST_PASSWORD": "kvar",
                          "SECRET_FILE_TEST_PATH": str(self.path / "default.keyring")}
        look = pathlib.Path.home() / ".config" / "gtk-4.0" / "settings.ini"
        if look.exists():  # the font and the stillness that build-aux/headless wants
            (self.path / "config" / "gtk-4.0").mkdir(parents=True)
            shutil.copy(look, self.path / "config" / "gtk-4.0")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def environment(self, **more):
        """The environment of a program that runs here."""
        return {
            **os.environ, "HOME": str(self.path), "KVAR_VAULT": "", "LANGUAGE": "en",
            "XDG_CONFIG_HOME": str(self.config.parent), "XDG_DATA_HOME": str(self.data.parent),
            "XDG_CACHE_HOME": str(self.cache.parent), "XDG_STATE_HOME": str(self.state.parent), **self.vault,
            **more,
        }

    def run(self, *arguments, stdin="", within=(), **environment):
        """Runs kvar-cli; within is a command that runs it, such as setpriv."""
        return subprocess.run([*map(str, within), os.environ["KVAR_CLI"], *map(str, arguments)], input=stdin,
                              env=self.environment(**environment), cwd=self.path, capture_output=True, text=True,
                              check=False, timeout=300)

    def sign_in(self, demo, email=demo_server.EMAIL, password=demo_server.PASSWORD, key=demo_server.KEY, url=None,
                **environment):
        return self.run("sign-in", "--project", url or demo.url, "--key", key, "--email", email,
                        "--password-stdin", stdin=password + "\n", **environment)

    def read(self, name):
        """A CSV file that was exported here: its header, and its rows."""
        header, *rows = read_csv((self.path / name).read_text(encoding="utf-8"))
        return header, rows


def read_csv(text):
    return list(csv.reader(text.splitlines(keepends=True)))


def expect(done, code, stderr=None):
    """The exit code that was to come, a pattern that stderr must match, and no word from a sanitizer."""
    tap.equal(done.returncode, code, f"exit code (stdout {done.stdout[:500]!r}, stderr {done.stderr[:2000]!r})")
    if stderr is not None and not re.search(stderr, done.stderr):
        raise AssertionError(f"stderr does not match {stderr!r}: {done.stderr!r}")
    if "ERROR: AddressSanitizer" in done.stderr or "runtime error:" in done.stderr:
        raise AssertionError(done.stderr)


def calm(done):
    """No provider text, codes or JSON on the screen."""
    for mark in ("{", "PGRST", "invalid_credentials", "bad_jwt", "<html"):
        if mark in done.stderr:
            raise AssertionError(f"“{mark}” reached the person: {done.stderr!r}")


def renewals(log):
    return [entry for entry in log if entry["path"].startswith("/auth/v1/token") and entry.get("grant") == "refresh_token"]


def never_anon(log):
    """While a session exists no request for records goes out as anon."""
    if [entry for entry in log if entry["path"].startswith("/rest/v1/") and entry["role"] == "anon"]:
        raise AssertionError("a request went out as anon")
