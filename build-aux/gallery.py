#!/usr/bin/env python3
"""gallery.py FOLDER [VARIANT...]: a picture of every page in each variant, FOLDER/VARIANT/PAGE.png."""

import os
import pathlib
import sys
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402
from window_driver import Missing, wait_for  # noqa: E402

JOB = "00000000-0000-4000-8000-000000000007"
DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}
SWEDISH = {"LANGUAGE": "sv"}
HEBREW = {"LANGUAGE": "he"}    # GTK's own texts have it, and with them the direction
WIDE = (1000, 680)
NARROW = (360, 680)

# What each variant is: environment, size of the window, size of the text in dots per inch.
VARIANTS = {
    "en-light": ({}, WIDE, 96),
    "sv-dark": ({**SWEDISH, **DARK}, WIDE, 96),
    "sv-narrow": (SWEDISH, NARROW, 96),
    "en-narrow-dark": (DARK, NARROW, 96),
    "sv-large": (SWEDISH, (1200, 900), 192),
    "en-contrast": (CONTRAST, WIDE, 96),
    "right-to-left": (HEBREW, WIDE, 96),
}

# Each page: its picture's name, its route, and the keys to press there.
PAGES = (
    ("tables", "/records"),
    ("records", "/records/jobs"),
    ("narrowed", "/records/jobs?order=due_on.desc&status=eq.open&q=roof"),
    ("nothing-found", "/records/jobs?q=nothing%20of%20this"),
    ("selected", "/records/jobs", "Down", "shift+Down", "shift+Down"),
    ("bulk", "/records/jobs", "Down", "shift+Down", "shift+Down", "ctrl+h"),
    ("editing", "/records/jobs", "ctrl+l", "Down", "F2"),
    ("cell-menu", "/records/jobs", "ctrl+l", "Escape", "shift+F10"),
    ("filter", "/records/jobs", "ctrl+shift+f"),
    ("export-dialog", "/records/jobs", "ctrl+e"),
    ("record", f"/records/jobs/{JOB}"),
    ("new-record", "/records/jobs/new"),
    ("article", "/records/articles/1"),
    ("contact", "/records/contacts/5"),
    ("view", "/records/open_jobs"),
    ("reports", "/reports"),
    ("report", "/reports/job_stats"),
    ("report-form", "/reports/search_jobs"),
    ("files", "/files"),
    ("bucket", "/files/drawings"),
    ("exports", "/exports"),
    ("drafts", "/drafts"),
    ("no-such-table", "/records/nothing"),
    ("go-to", "/records/contacts", "ctrl+k"),
    ("menu", "/records/contacts", "F10"),
    ("preferences", "/records/contacts", "ctrl+comma"),
    ("help", "/records/contacts", "F1"),
    ("shortcuts", "/records/contacts", "ctrl+question"),
)


def settle(window):
    """Waits until what is shown stands still."""
    def seen():
        return [(node.name, node.extents) for root in window.frames() for node in root.walk()]

    last = None
    for _ in range(40):
        now = seen()
        if now == last:
            return
        last = now
        time.sleep(0.2)
    raise Missing("the page to stand still")


def write_settings(dots):
    """GNOME's own: a window has a button to close it, and no other."""
    path = pathlib.Path.home() / ".config" / "gtk-4.0" / "settings.ini"
    path.write_text("[Settings]\ngtk-font-name=Cantarell 11\ngtk-cursor-blink=false\ngtk-enable-animations=false\n"
                    f"gtk-decoration-layout=:close\ngtk-xft-dpi={dots * 1024}\n", encoding="utf-8")


def take(window, folder, name, route, *keys):
    window.navigate(route)
    settle(window)
    for key in keys:
        window.key(key)
    settle(window)
    window.picture(folder / f"{name}.png")
    if keys:
        # Dialogs first, then what a page keeps of keys; each Escape ends one.
        for _ in range(3):
            window.focus()
            window.key("Escape")


def draw(told, folder, variant):
    environment, size, dots = VARIANTS[variant]
    write_settings(dots)
    target = folder / variant
    target.mkdir()
    told.window.environment = {**os.environ, **environment}
    with told.window as window:
        wait_for("the session", lambda: window.state("session-state") == "signed-in")
        window.resize(*size)
        for name, *page in PAGES:
            try:
                take(window, target, name, *page)
            except (Missing, AssertionError) as problem:
                print(f"{variant}/{name}: {problem}")
                window.picture(target / f"{name}.png")
        window.quit()


def main():
    folder = pathlib.Path(sys.argv[1])
    variants = sys.argv[2:] or list(VARIANTS)
    with demo_server.DemoServer() as demo:
        told = story.Story(demo, folder)
        told.connect()
        told.sign_in()
        told.window.quit()
        for variant in variants:
            draw(told, folder, variant)
    for path in sorted(folder.rglob("*.png")):
        print(path)


main()
