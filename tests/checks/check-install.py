#!/usr/bin/env python3
"""check-install.py TOP BUILD: what is installed below DESTDIR is what is meant to be, and each thing finds the others."""

import configparser
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP, BUILD = (pathlib.Path(argument) for argument in sys.argv[1:3])
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import tap  # noqa: E402

ID = "io.github.kvarapp.Kvar"
PROGRAMS = ("bin/kvar", "bin/kvar-cli", "libexec/kvar-demo", "libexec/kvar-vault")
DATA = (
    f"applications/{ID}.desktop",
    "bash-completion/completions/kvar-cli",
    f"dbus-1/services/{ID}.service",
    f"glib-2.0/schemas/{ID}.gschema.xml",
    f"icons/hicolor/scalable/apps/{ID}.svg",
    f"icons/hicolor/symbolic/apps/{ID}-symbolic.svg",
    "kvar/supabase/kvar.sql",
    "locale/sv/LC_MESSAGES/kvar.mo",
    "man/man1/kvar-cli.1",
    "man/man1/kvar.1",
    "man/sv/man1/kvar-cli.1",
    "man/sv/man1/kvar.1",
    f"metainfo/{ID}.metainfo.xml",
    f"mime/packages/{ID}.xml",
)


def prefix():
    output = subprocess.run(["meson", "introspect", "--buildoptions", str(BUILD)], capture_output=True, text=True,
                            check=True).stdout
    return next(option["value"] for option in json.loads(output) if option["name"] == "prefix")


class Installed:
    """One installation into a folder of its own."""

    def __init__(self, folder):
        self.prefix = prefix()
        subprocess.run(["meson", "install", "-C", str(BUILD), "--destdir", str(folder), "--no-rebuild", "--quiet"],
                       check=True, capture_output=True)
        self.root = pathlib.Path(folder)
        self.top = self.root / self.prefix.lstrip("/")

    def check_files(self):
        seen = sorted(str(path.relative_to(self.top)) for path in self.top.rglob("*") if path.is_file())
        tap.equal(seen, sorted([*PROGRAMS, *(f"share/{path}" for path in DATA)]), "the files")
        outside = [str(path) for path in self.root.rglob("*") if path.is_file() and self.top not in path.parents]
        tap.equal(outside, [], "files outside of the prefix")

    def check_programs(self):
        for program in PROGRAMS:
            if not (self.top / program).stat().st_mode & 0o111:
                raise AssertionError(f"{program} cannot be run")
        for name, key in ((f"applications/{ID}.desktop", "Desktop Entry"), (f"dbus-1/services/{ID}.service", "D-BUS Service")):
            file = configparser.ConfigParser(interpolation=None, strict=False)
            file.optionxform = str
            file.read(self.top / "share" / name, encoding="utf-8")
            program = file[key]["Exec"].split()[0]
            path = self.root / program.lstrip("/") if program.startswith("/") else self.top / "bin" / program
            if not path.is_file():
                raise AssertionError(f"{name} starts {program}, which is not there")

    def check_mime_type(self):
        """The desktop takes a file .kvar for one, and Kvar for what opens it."""
        mime = self.root / "mime"
        (mime / "packages").mkdir(parents=True)
        shutil.copy(self.top / "share" / "mime" / "packages" / f"{ID}.xml", mime / "packages")
        subprocess.run(["update-mime-database", str(mime)], check=True, capture_output=True)
        if "application/vnd.kvar.project:*.kvar" not in (mime / "globs").read_text(encoding="utf-8"):
            raise AssertionError("*.kvar is not known")
        desktop = (self.top / "share" / "applications" / f"{ID}.desktop").read_text(encoding="utf-8")
        if "application/vnd.kvar.project;" not in desktop:
            raise AssertionError("the launcher does not open *.kvar")

    def check_translations(self):
        """The launcher and the description are there in Swedish too."""
        desktop = (self.top / "share" / "applications" / f"{ID}.desktop").read_text(encoding="utf-8")
        metainfo = (self.top / "share" / "metainfo" / f"{ID}.metainfo.xml").read_text(encoding="utf-8")
        for mark in ("Comment[sv]=Arbeta med gemensamma poster", "Keywords[sv]=", "Name[sv]=Nytt fönster"):
            if mark not in desktop:
                raise AssertionError(f"the launcher lacks {mark}")
        if '<summary xml:lang="sv">Arbeta med gemensamma poster</summary>' not in metainfo:
            raise AssertionError("the description has no Swedish summary")
        tap.equal(metainfo.count('<p xml:lang="sv">'), metainfo.count("<p>"), "paragraphs in Swedish")


def main():
    plan = tap.Plan()
    with tempfile.TemporaryDirectory(prefix="kvar-install-") as folder:
        installed = Installed(folder)
        plan.claim("/install/files", installed.check_files)
        plan.claim("/install/programs", installed.check_programs)
        plan.claim("/install/mime-type", installed.check_mime_type)
        plan.claim("/install/translations", installed.check_translations)
    plan.finish()


main()
