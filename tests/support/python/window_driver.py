"""Drives a running Kvar from outside, as a person with a keyboard and a screen reader does.

It sees the window through AT-SPI, types with real key events, steers with the actions that the window publishes on
D-Bus, and takes pictures. Whatever it waits for has a limit and says what was missing."""

import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

APPLICATION = "io.github.kvarapp.Kvar"
WINDOW_PATH = "/io/github/kvarapp/Kvar/window/1"
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


class Node:
    """One accessible, with short names for what tests ask."""

    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def name(self):
        return self.accessible.get_name() or ""

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def description(self):
        return self.accessible.get_description() or ""

    @property
    def text(self):
        """The text that stands in an entry or a text view."""
        interface = self.accessible.get_text_iface()
        if interface is None:
            return self.name
        return interface.get_text(0, interface.get_character_count())

    @property
    def cursor(self):
        return self.accessible.get_text_iface().get_caret_offset()

    def has(self, state):
        return self.accessible.get_state_set().contains(getattr(Atspi.StateType, state))

    @property
    def is_showing(self):
        """GTK 4.8 says SHOWING of windows only, so a place on the screen stands for it."""
        if not self.has("VISIBLE"):
            return False
        component = self.accessible.get_component_iface()
        if component is None:
            return True
        extents = component.get_extents(Atspi.CoordType.WINDOW)
        return extents.width > 0 and extents.height > 0

    def children(self):
        for index in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(index)
            if child is not None:
                yield Node(child)

    def walk(self, showing=True):
        """Yields this node and those below; what lies in something hidden is left out unless asked for."""
        if showing and not self.is_showing:
            return
        yield self
        for child in self.children():
            yield from child.walk(showing)

    def find(self, role=None, name=None, showing=True):
        """Returns the first node below that matches. name may be a function."""
        for node in self.walk(showing):
            if role is not None and node.role not in (role if isinstance(role, tuple) else (role,)):
                continue
            if name is not None and not (name(node.name) if callable(name) else node.name == name):
                continue
            return node
        return None

    def press(self):
        self.accessible.get_action_iface().do_action(0)

    def tree(self, depth=0):
        """The tree as text, for a failure's report."""
        if not self.is_showing:
            return f"{'  ' * depth}{self.role} “{self.name}” (hidden)"
        lines = [f"{'  ' * depth}{self.role} “{self.name}”"]
        for child in self.children():
            lines.append(child.tree(depth + 1))
        return "\n".join(lines)


class Window:
    """A kvar process and its first window."""

    def __init__(self, *arguments, binary=None, environment=None, log=None):
        self.arguments = [binary or os.environ["KVAR"], *arguments]
        self.environment = {**os.environ, **(environment or {})}
        self.log = log
        self.process = None
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)

    def __enter__(self):
        output = open(self.log, "ab") if self.log else None
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

    def kill(self):
        self.process.kill()
        self.process.wait()

    # Seeing

    def frame(self):
        if self.process.poll() is not None:
            raise Missing(f"kvar ended with {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(index)
            if application is not None and application.get_process_id() == self.process.pid:
                for child in Node(application).children():
                    if child.has("SHOWING"):
                        return child
        return None

    def find(self, role=None, name=None):
        frame = self.frame()
        return frame.find(role, name) if frame else None

    def wait_for(self, what, role=None, name=None, limit=LIMIT):
        try:
            return wait_for(what, lambda: self.find(role, name), limit)
        except Missing as missing:
            frame = self.frame()
            raise Missing(f"{missing}; the window shows:\n{frame.tree() if frame else 'nothing'}") from None

    def wait_gone(self, what, role=None, name=None, limit=LIMIT):
        wait_for(f"{what} to go", lambda: not self.find(role, name), limit)

    def focused(self):
        for node in self.frame().walk():
            if node.has("FOCUSED") and node.role not in ("frame", "window"):
                return node
        return None

    def texts(self):
        """Every text that a person can see or a screen reader says."""
        return [text for node in self.frame().walk()
                for text in (node.name, node.description, node.text) if text]

    # Steering

    def focus(self):
        """There is no window manager here: the window takes the keyboard when it is told to."""
        found = wait_for("the window on the screen", lambda: subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
            capture_output=True, text=True, check=False).stdout.split())
        subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], check=False)

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "20", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "20", text], check=True)

    def activate(self, action, parameter=None):
        """Activates an action of the window, given without its prefix."""
        values = [] if parameter is None else [
            parameter if isinstance(parameter, GLib.Variant) else GLib.Variant("s", parameter)]
        self.bus.call_sync(APPLICATION, WINDOW_PATH, "org.gtk.Actions", "Activate",
                           GLib.Variant("(sava{sv})", (action, values, {})), None,
                           Gio.DBusCallFlags.NONE, 10000, None)

    def state(self, action):
        """Returns the state of a stateful action of the window."""
        answer = self.bus.call_sync(APPLICATION, WINDOW_PATH, "org.gtk.Actions", "Describe",
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
