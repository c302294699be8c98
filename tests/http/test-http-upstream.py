#!/usr/bin/env python3
"""test-http-upstream.py TOP: what kvar-demo --rest-upstream passes on, and how it streams, against a server of our own."""

import http.client
import http.server
import pathlib
import socket
import sys
import tempfile
import threading

TOP = pathlib.Path(sys.argv[1])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import tap  # noqa: E402

LINE = b'{"id":1,"text":"' + b"x" * 1000 + b'"}\n'
LINES = 20000


class Upstream(http.server.BaseHTTPRequestHandler):
    """Answers by the first piece of the path, and remembers what it was asked."""

    protocol_version = "HTTP/1.1"
    seen = []

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        pass

    def begin(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append((self.command, self.path, dict(self.headers.items()), body))
        try:
            getattr(self, self.path.strip("/").split("?")[0])()
        except ConnectionError:
            self.close_connection = True

    do_GET = do_POST = do_PATCH = do_HEAD = do_OPTIONS = answer

    def plain(self):
        self.begin(206, Content_Range="0-1/2", Content_Type="application/json", Content_Length="4")
        if self.command != "HEAD":
            self.wfile.write(b"[1]\n")

    def nothing(self):
        self.begin(204)

    def flood(self):
        self.begin(200, Transfer_Encoding="chunked")
        for _ in range(LINES):
            self.chunk(LINE)
        self.chunk(b"")

    def breaks(self):
        if self.path.endswith("?chunked"):
            self.begin(200, Transfer_Encoding="chunked")
            self.wfile.write(b"%x\r\n%s" % (len(LINE) * 2, LINE))
        else:
            self.begin(200, Content_Length=str(len(LINE) * 2))
            self.wfile.write(LINE)
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True


def passes_on(demo):
    session = demo.sign_in()
    reply = demo.send("GET", f"/rest/v1/plain?or=(a.eq.1,b.is.null)&apikey={demo_server.KEY}&%22order%22=eq.a%2Cb",
                      {"Range": "0-1", "Prefer": "count=exact", "X-Own": "yes"}, token=session["access_token"])
    tap.equal((reply.status, reply.text, reply.headers["Content-Range"]), (206, "[1]\n", "0-1/2"))
    method, path, headers, _ = Upstream.seen[-1]
    tap.equal((method, path), ("GET", "/plain?or=(a.eq.1,b.is.null)&%22order%22=eq.a%2Cb"))
    headers = {name.lower(): value for name, value in headers.items()}
    tap.equal((headers["range"], headers["prefer"], headers["x-own"]), ("0-1", "count=exact", "yes"))
    tap.equal(headers["authorization"], f"Bearer {session['access_token']}")
    tap.equal("apikey" in headers, False, "apikey passed on")


def sends_anon_without_token(demo):
    demo.send("GET", "/rest/v1/plain")
    tap.equal("Authorization" in Upstream.seen[-1][2], False, "Authorization of nobody")
    demo.send("GET", "/rest/v1/plain", {"Authorization": f"Bearer {demo_server.KEY}"})
    tap.equal("Authorization" in Upstream.seen[-1][2], False, "Authorization that is the key")


def passes_bodies_on(demo):
    body = b"[" + b"1," * 500000 + b"1]"
    demo.send("POST", "/rest/v1/nothing", {"Content-Type": "application/json"}, body.decode())
    tap.equal(Upstream.seen[-1][3] == body, True, "body")


def answers_without_body(demo):
    nothing = demo.send("PATCH", "/rest/v1/nothing", body={})
    tap.equal((nothing.status, nothing.data), (204, b""))
    head = demo.send("HEAD", "/rest/v1/plain")
    tap.equal((head.status, head.data, head.headers["Content-Range"]), (206, b"", "0-1/2"))


def streams(demo):
    reply = demo.send("GET", "/rest/v1/flood")
    tap.equal(reply.data == LINE * LINES, True, "twenty megabytes")


def breaks_off_with_upstream(demo):
    for how in ("chunked", "length"):
        try:
            demo.send("GET", f"/rest/v1/breaks?{how}")
        except (http.client.IncompleteRead, ConnectionError):
            continue
        raise AssertionError(f"half an answer looks like a whole one: {how}")


def survives_leaving_clients(demo):
    for _ in range(5):
        connection = http.client.HTTPConnection("127.0.0.1", demo.port, timeout=20)
        connection.request("GET", "/rest/v1/flood", headers={"apikey": demo_server.KEY})
        connection.getresponse().read(100000)
        connection.close()
    tap.equal(demo.send("GET", "/rest/v1/plain").status, 206)


def refuses_expired_tokens_itself(demo):
    token = demo.sign_in()["access_token"]
    seen = len(Upstream.seen)
    demo.control("clock", advance=3600)
    reply = demo.send("GET", "/rest/v1/plain", token=token)
    tap.equal((reply.status, reply.json["code"], len(Upstream.seen)), (401, "PGRST303", seen))


def breaks_on_request(demo):
    demo.control("fault", kind="cut-body", match="/rest/v1")
    try:
        demo.send("GET", "/rest/v1/flood")
    except http.client.IncompleteRead as half:
        tap.equal(len(half.partial), len(LINE) * LINES // 2, "bytes")
        return
    raise AssertionError("the body is whole")


def main():
    plan = tap.Plan()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.NamedTemporaryFile() as secret:
        secret.write(b"a-secret-of-the-tests-that-is-long-enough-for-postgrest\n")
        secret.flush()
        for claim in (passes_on, sends_anon_without_token, passes_bodies_on, answers_without_body, streams,
                      breaks_off_with_upstream, survives_leaving_clients, refuses_expired_tokens_itself,
                      breaks_on_request):
            with demo_server.DemoServer("--rest-upstream", f"http://127.0.0.1:{server.server_port}/",
                                        "--jwt-secret", secret.name) as demo:
                plan.claim(f"/http/upstream/{claim.__name__.replace('_', '-')}", claim, demo)
    server.shutdown()
    plan.finish()


main()
