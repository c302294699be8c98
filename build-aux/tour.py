#!/usr/bin/env python3
"""tour.py FOLDER [--pictures]: tells the story with a picture of every step, and an account of it."""

import pathlib
import shutil
import sys
import traceback

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(TOP / "tests" / "support" / "python"))

import demo_server  # noqa: E402
import story  # noqa: E402

# The README's pictures, by the name of the step's picture.
README_PICTURES = ("records", "record", "exports", "session-over", "sign-in")
LARGEST = 200 * 1024


def tell(folder, demo, account):
    pictures = []

    def picture(name, caption):
        path = folder / f"{len(pictures) + 1:02}-{name}.png"
        told.window.picture(path)
        pictures.append((name, path))
        account.append(f"{path.name}: {caption}")

    told = story.Story(demo, folder, picture)
    try:
        for step in told.STEPS:
            getattr(told, step)()
    finally:
        told.close()
    return pictures


def summarise(demo, account):
    log = demo.log()
    renewals = [entry for entry in log if entry["grant"] == "refresh_token" and entry["status"] == 200]
    anon = [entry for entry in log if entry["path"].startswith("/rest/") and entry["role"] == "anon"]
    account.append("")
    account.append(f"The server saw {len(log)} requests, {len(renewals)} renewals of the access token, "
                   f"and {len(anon)} requests for records as anon.")


def keep_pictures(pictures):
    target = TOP / "data" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    for name, path in pictures:
        if name in README_PICTURES:
            if path.stat().st_size > LARGEST:
                raise SystemExit(f"{path} is larger than {LARGEST // 1024} KiB.")
            shutil.copy(path, target / f"{name}.png")


def main():
    folder = pathlib.Path(sys.argv[1])
    account = ["The tour", ""]
    result = 0
    with demo_server.DemoServer() as demo:
        try:
            pictures = tell(folder, demo, account)
            summarise(demo, account)
            if "--pictures" in sys.argv[2:]:
                keep_pictures(pictures)
        except Exception:  # pylint: disable=broad-except
            account += ["", "The tour broke off here:", traceback.format_exc()]
            result = 1
    (folder / "account.txt").write_text("\n".join(account) + "\n", encoding="utf-8")
    print("\n".join(account))
    print()
    for path in sorted(folder.iterdir()):
        print(path)
    return result


sys.exit(main())
