#!/usr/bin/env python3
"""Checks the translations: every file with strings is listed, and Swedish is complete, not fuzzy, plurals included."""

import functools
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(sys.argv[1]).resolve()
MARKED = {
    ".c": re.compile(r"\b(?:_|N_|C_|Q_|ngettext|g_dngettext|dngettext|g_dpgettext2?|gettext)\s*\("),
    ".ui": re.compile(r'translatable="yes"'),
    ".desktop.in": re.compile(r"^(?:Name|Comment|Keywords|GenericName)=", re.MULTILINE),
    ".metainfo.xml.in": re.compile(r"<(?:name|summary|p|caption)>"),
    ".gschema.xml": re.compile(r"<summary>|<description>"),
}
# Fixed texts of the design: the translation must be exactly this.
FIXED = {
    "Your session expired — please sign in again.": "Din session har gått ut — logga in igen.",
    "Signing out…": "Loggar ut…",
}


def with_strings():
    for folder in ("src", "data"):
        for path in sorted((TOP / folder).rglob("*")):
            # kvar-demo speaks like a server: its texts are the protocol's, in English.
            if "demo" in path.relative_to(TOP).parts[:2]:
                continue
            pattern = next((MARKED[ending] for ending in MARKED if path.name.endswith(ending)), None)
            if path.is_file() and pattern and pattern.search(path.read_text(encoding="utf-8")):
                yield str(path.relative_to(TOP))


def listed():
    lines = (TOP / "po" / "POTFILES.in").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def potfiles():
    here, there = set(with_strings()), listed()
    yield from (f"po/POTFILES.in lacks {name}" for name in sorted(here - set(there)))
    yield from (f"po/POTFILES.in names {name}, which has no strings" for name in sorted(set(there) - here))
    if there != sorted(there):
        yield "po/POTFILES.in is not sorted"


def run(*arguments, **kwargs):
    return subprocess.run(arguments, cwd=TOP, capture_output=True, text=True, check=False, **kwargs)


def template(folder):
    pot = pathlib.Path(folder) / "kvar.pot"
    made = run("bash", str(TOP / "build-aux" / "translations"), "--template", str(pot))
    return pot if made.returncode == 0 and pot.is_file() else made.stderr


def entries(catalogue):
    """Returns the entries of a catalogue below its head, each as comments, context, English texts and translations."""
    found = []
    for block in re.split(r"\n\n+", catalogue.strip()):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        texts, comments = {}, []
        for line in lines:
            if line.startswith("#"):
                comments.append(line)
                continue
            key, text = re.fullmatch(r'(?:(\w+(?:\[\d\])?) )?"(.*)"', line).groups()
            if key:
                current = texts[key] = []
            current.append(text)
        texts = {key: "".join(parts) for key, parts in texts.items()}
        if texts.get("msgid"):
            found.append((comments, texts))
    return found


@functools.cache
def merged():
    """Returns the entries of sv.po as they are once the template is merged into it."""
    with tempfile.TemporaryDirectory() as folder:
        pot = template(folder)
        if not isinstance(pot, pathlib.Path):
            raise SystemExit(f"Bail out! The template could not be made: {pot}")
        result = run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", "-", "po/sv.po", str(pot))
        if result.returncode != 0:
            raise SystemExit(f"Bail out! sv.po cannot be read: {result.stderr}")
        return entries(result.stdout)


def swedish():
    known = merged()
    if not known:
        yield "there are no strings at all"
    for comments, texts in known:
        if any(line.startswith("#,") and "fuzzy" in line for line in comments):
            yield f"fuzzy in sv: {texts['msgid']}"
        if any(not text for key, text in texts.items() if key.startswith("msgstr")):
            yield f"untranslated in sv: {texts['msgid']}"


def spelling():
    """Product texts have the plain apostrophe, and each language has its own quotation marks."""
    for _comments, texts in merged():
        for key, text in texts.items():
            if "’" in text:
                yield f"not the plain apostrophe: {text}"
            if key.startswith("msgstr") and "“" in text:
                yield f"not Swedish quotation marks: {text}"


def notes():
    """A placeholder without a word about it cannot be translated well."""
    for comments, texts in merged():
        in_c = any(line.startswith("#:") and ".c" in line for line in comments)
        if in_c and re.search(r"%(?:\d\$)?[a-z]", texts["msgid"]) and "#, c-format" in " ".join(comments) \
                and not any(line.startswith("#.") for line in comments):
            yield f"no note for translators: {texts['msgid']}"


def format_and_plurals():
    checked = run("msgfmt", "--check", "--check-accelerators=_", "-o", "/dev/null", "po/sv.po")
    if checked.returncode != 0:
        yield from checked.stderr.strip().splitlines()
    if "nplurals=2; plural=(n != 1)" not in (TOP / "po" / "sv.po").read_text(encoding="utf-8"):
        yield "po/sv.po has no plural forms"


def fixed_texts():
    catalogue = (TOP / "po" / "sv.po").read_text(encoding="utf-8")
    for english, translation in FIXED.items():
        if f'msgid "{english}"\nmsgstr "{translation}"' not in catalogue:
            yield f"“{english}” is not “{translation}” in sv"


def main():
    claims = [("potfiles", potfiles), ("swedish", swedish), ("format", format_and_plurals),
              ("fixed-texts", fixed_texts), ("spelling", spelling), ("notes", notes)]
    failed = 0
    print(f"1..{len(claims)}")
    for number, (name, claim) in enumerate(claims, 1):
        problems = list(claim())
        for problem in problems:
            print(f"# {problem}")
        failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} /translations/{name}")
    return 1 if failed else 0


sys.exit(main())
