"""Plays a script of requests against a server and compares each answer.

A script is a JSON list; each step has a name, what to send ("METHOD path"), and what to expect: `status`, `json` (the whole
body), `subset` (members that the body must have), `code-in`, `header`, `empty`. `keep` remembers members of the answer,
which later steps use in their paths as {name}; `differs` says that a member is not what was kept. The same script runs
against kvar-demo and against PostgREST: where the two differ, one of them is wrong."""

import json

import tap


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def check(step, reply, kept):
    tap.equal(reply.status, step["status"], f"status of {reply.text[:300]}")
    for name, value in step.get("header", {}).items():
        tap.equal(reply.headers.get(name), value, name)
    if step.get("empty"):
        tap.equal(reply.data, b"", "body")
    if "json" in step:
        tap.equal(reply.json, step["json"], "body")
    for name, value in step.get("subset", {}).items():
        tap.equal(reply.json.get(name), value, name)
    if "code-in" in step and reply.json.get("code") not in step["code-in"]:
        raise AssertionError(f"code {reply.json.get('code')} is none of {step['code-in']}")
    for name, variable in step.get("differs", {}).items():
        if reply.json[name] == kept[variable]:
            raise AssertionError(f"{name} is still {kept[variable]}")


def play(plan, prefix, script, server, tokens):
    """Runs each step as a claim of its own. tokens: user, eva, garbage, and anon (None)."""
    kept = {}
    for step in script:
        def run(step=step):
            method, path = step["send"].split(" ", 1)
            for name, value in kept.items():
                path = path.replace("{" + name + "}", value)
            body = step["raw"] if "raw" in step else step.get("body")
            reply = server.send(method, path, dict(step.get("headers", {})), body, token=tokens[step.get("as", "user")])
            check(step, reply, kept)
            for variable, member in step.get("keep", {}).items():
                kept[variable] = reply.json[member]

        plan.claim(f"{prefix}/{step['name']}", run)
