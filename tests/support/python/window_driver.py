"""Drives a running Kvar from outside, as a person with a keyboard and a screen reader does.

It sees the window through AT-SPI, types with real key events, steers with the actions that the window publishes on
D-Bus, and takes pictures. Whatever it waits for has a limit and says what was missing."""

import os
import subprocess
import time

from gi.repository import Gio, GLib

import accessibility

APPLICATION = "io.github.kvarapp.Kvar"
APPLICATION_PATH = "/io/github/kvarapp/Kvar"
LIMIT = 30.0


class Missing(AssertionError):
    """Something did not show up in time."""


def wait_for(what, probe, limit=LIMIT):
    """Calls probe until it returns something true, and returns that."""
    end = time.monotonic() + limit
    while True:
        try:
            found = probe()
        except GLib.Error:
            found = None    # an accessible that went away while we looked
        if found:
            return found
        if time.monotonic() > end:
            raise Missing(f"waited {limit:.0f} s for {what}")
        time.sleep(0.05)


class Window:
    """A kvar process and its first window."""

    def __init__(self, *arguments, binary=None, environment=None, log=None):
        self.arguments = [binary or os.environ["KVAR"], *arguments]
        self.environment = {**os.environ, **(environment or {})}
        self.log = log
        self.process = None
        self.owner = None
        self.number = 1    # of the window that is steered, as GTK numbers them on D-Bus
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)

    @property
    def window_path(self):
        return f"{APPLICATION_PATH}/window/{self.number}"

    def __enter__(self):
        output = open(self.log, "ab") if self.log else None
        self.owner = None    # the process' name on the accessibility bus
        self.process = subprocess.Popen(self.arguments, env=self.environment, stdout=output, stderr=output)
        if output:
            output.close()
        wait_for("the window", self.frame)
        self.focus()
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        """Asks the application to quit, and makes sure that it does."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def activate_application(self, action):
        """Activates an action of the program."""
        self.bus.call_sync(APPLICATION, APPLICATION_PATH, "org.gtk.Actions", "Activate",
                           GLib.Variant("(sava{sv})", (action, [], {})), None, Gio.DBusCallFlags.NONE, 10000, None)

    def quit(self):
        """Quits as the menu does, and waits for the end."""
        self.activate_application("quit")
        status = self.process.wait(timeout=LIMIT)
        if status != 0:
            raise AssertionError(f"kvar ended with {status}")

    def kill(self):
        self.process.kill()
        self.process.wait()

    # Seeing

    def application(self):
        """The root of what the process shows, or None while it shows nothing."""
        if self.process.poll() is not None:
            raise Missing(f"kvar ended with {self.process.returncode}")
        if self.owner is None:
            self.owner = accessibility.owner_of(self.process.pid)
        return accessibility.Tree(self.owner).root if self.owner else None

    def frame(self):
        application = self.application()
        for child in application.children() if application else ():
            if child.has("SHOWING"):
                return child
        return None

    def frames(self):
        """All windows of the application, with their dialogs, also those that lie behind others."""
        application = self.application()
        return [child for child in application.children() if child.is_showing] if application else []

    def dialogs(self):
        """The other windows of the application, such as a dialog."""
        application = self.application()
        shown = (child for child in application.children() if child.has("SHOWING")) if application else iter(())
        next(shown, None)
        return shown

    def find(self, role=None, name=None):
        frame = self.frame()
        return frame.find(role, name) if frame else None

    def wait_for(self, what, role=None, name=None, limit=LIMIT):
        try:
            return wait_for(what, lambda: self.find(role, name), limit)
        except Missing as missing:
            frame = self.frame()
            raise Missing(f"{missing}; the window shows:\n{frame.describe() if frame else 'nothing'}") from None

    def wait_gone(self, what, role=None, name=None, limit=LIMIT):
        wait_for(f"{what} to go", lambda: not self.find(role, name), limit)

    def focused(self):
        return next((node for node in self.frame().find_all(state="FOCUSED") if node.role not in ("frame", "window")), None)

    def field(self, name):
        """The field of a form or a row with this label."""
        return self.wait_for(f"the field {name}", ("text", "entry"), lambda text: text.startswith(name))

    def focus_field(self, name):
        """Goes to a field Tab by Tab, as a person does it."""
        self.field(name)
        for _ in range(40):
            focused = self.focused()
            if focused is not None and focused.role in ("text", "entry") and focused.name.startswith(name):
                return focused
            self.key("Tab")
        raise Missing(f"Tab does not reach the field {name}")

    def click(self, node):
        """Clicks in the middle of a node; without a window manager the window's corner is the screen's."""
        left, top, width, height = node.extents
        subprocess.run(["xdotool", "mousemove", str(left + width // 2), str(top + height // 2), "click", "1"], check=True)

    def fill(self, name, text):
        """Clicks into a row and writes text in place of what is there. GTK 4.8 shows no focus in such rows."""
        self.click(self.field(name))
        self.key("ctrl+a")
        self.type(text)
        wait_for(f"what was typed in {name}", lambda: len(self.field(name).text) == len(text))

    def write(self, name, text):
        """Puts text in place of what a field holds, with keys, and waits until it stands there."""
        self.focus_field(name)
        self.key("ctrl+a")
        self.type(text)
        wait_for(f"what was typed in {name}", lambda: self.field(name).text == text)

    def texts(self):
        """Every text that a person can see or a screen reader says."""
        return [text for node in self.frame().walk()
                for text in (node.name, node.description, node.text) if text]

    # Steering

    def identifier(self):
        """The X window."""
        found = wait_for("the window on the screen", lambda: subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
            capture_output=True, text=True, check=False).stdout.split())
        return found[-1]

    def focus(self):
        """There is no window manager here: the window takes the keyboard when it is told to."""
        subprocess.run(["xdotool", "windowfocus", "--sync", self.identifier()], check=False)

    def size(self):
        """Width and height on the screen."""
        text = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.identifier()], capture_output=True,
                              text=True, check=True).stdout
        values = dict(line.split("=") for line in text.splitlines())
        return int(values["WIDTH"]), int(values["HEIGHT"])

    def resize(self, width, height):
        subprocess.run(["xdotool", "windowsize", self.identifier(), str(width), str(height)], check=True)
        wait_for("the new size", lambda: self.size() == (width, height))

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "20", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "20", text], check=True)

    def strokes(self, *parts):
        """Types without a pause, as somebody does who knows the form: ("type", text) and ("key", key)."""
        command = ["xdotool"]
        for kind, what in parts:
            command += [kind, "--clearmodifiers", "--delay", "12", *(("--args", "1") if kind == "type" else ()), what]
        subprocess.run(command, check=True)

    def activate(self, action, parameter=None):
        """Activates an action of the window, given without its prefix."""
        values = [] if parameter is None else [
            parameter if isinstance(parameter, GLib.Variant) else GLib.Variant("s", parameter)]
        self.bus.call_sync(APPLICATION, self.window_path, "org.gtk.Actions", "Activate",
                           GLib.Variant("(sava{sv})", (action, values, {})), None,
                           Gio.DBusCallFlags.NONE, 10000, None)

    def state(self, action):
        """Returns the state of a stateful action of the window."""
        answer = self.bus.call_sync(APPLICATION, self.window_path, "org.gtk.Actions", "Describe",
                                    GLib.Variant("(s)", (action,)), None, Gio.DBusCallFlags.NONE, 10000, None)
        states = answer.unpack()[0][2]
        return states[0] if states else None

    def navigate(self, route):
        self.activate("navigate", route)
        wait_for(f"the route {route}", lambda: self.state("route") == route)

    def wait_route(self, what, matches):
        """Waits until the route is, or satisfies, what is given; returns it."""
        return wait_for(what, lambda: (lambda route: route if route and (
            matches(route) if callable(matches) else route == matches) else None)(self.state("route")))

    def picture(self, path):
        """Takes a picture of the whole screen, small enough to keep."""
        subprocess.run(["import", "-window", "root", "-depth", "8", "-define", "png:compression-level=9",
                        str(path)], check=True)
