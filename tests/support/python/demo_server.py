"""Starts and ends a kvar-demo for a test, and speaks to it as a client does."""

import http.client
import json
import os
import subprocess

KEY = "sb_publishable_demo"
EMAIL, EVA, PASSWORD = "demo@kvar.example", "eva@kvar.example", "demo"


class Reply:
    def __init__(self, answer):
        self.status = answer.status
        self.headers = answer.headers
        self.data = answer.read()

    @property
    def text(self):
        return self.data.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.data)


def send(port, method, path, headers=None, body=None):
    """Sends one request to loopback and returns its whole reply."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode("utf-8")
        connection.request(method, path, body=body, headers=headers or {})
        return Reply(connection.getresponse())
    finally:
        connection.close()


class DemoServer:
    """A kvar-demo of a test's own, in memory unless told otherwise."""

    def __init__(self, *arguments, binary=None, port=0):
        self.command = [binary or os.environ["KVAR_DEMO"], "--port", str(port), "--faults", *map(str, arguments)]
        self.process = None
        self.port = None

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline().split()
        if len(line) != 2:
            raise RuntimeError(f"kvar-demo did not start: {self.command}")
        self.port = int(line[0].rsplit(":", 1)[1])
        return self

    def __exit__(self, kind, *_):
        self.process.terminate()
        status = self.process.wait(timeout=20)
        self.process.stdout.close()
        if status != 0 and kind is None:  # what a sanitizer found at the end counts too
            raise RuntimeError(f"kvar-demo ended with {status}")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def send(self, method, path, headers=None, body=None, token=None):
        headers = {"apikey": KEY, **(headers or {})}
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return send(self.port, method, path, headers, body)

    def sign_in(self, email=EMAIL, password=PASSWORD):
        """Returns the session that the server gives."""
        reply = self.send("POST", "/auth/v1/token?grant_type=password",
                          body={"email": email, "password": password})
        if reply.status != 200:
            raise RuntimeError(f"cannot sign in: {reply.status} {reply.text}")
        return reply.json

    def control(self, verb, **members):
        """Changes the server's behaviour: POST /demo/VERB."""
        reply = self.send("POST", f"/demo/{verb}", body=members)
        if reply.status >= 300:
            raise RuntimeError(f"/demo/{verb}: {reply.status} {reply.text}")
        return reply

    def log(self):
        """Returns the request log so far, a dictionary an entry."""
        return [json.loads(line) for line in self.send("GET", "/demo/log").text.splitlines() if line]
