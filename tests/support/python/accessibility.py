"""What a program shows, as a screen reader learns it: the accessibility tree over the AT-SPI bus.

GTK answers for its whole tree in one message (org.a11y.atspi.Cache.GetItems), a hundred times faster than asking for each
node; only where something lies and what a text field holds is asked for one by one."""

import functools

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"
ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"
IN_WINDOW = 1    # coordinates from the window's corner


@functools.cache
def bus():
    """The bus of accessibility, which the session's bus knows."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
    flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)


def call(owner, path, interface, method, *arguments):
    """Calls a method; arguments are a signature and its values, or nothing."""
    parameters = GLib.Variant(arguments[0], arguments[1:]) if arguments else None
    return bus().call_sync(owner, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, 10000, None).unpack()


def ask(method, *arguments):
    return call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, *arguments)[0]


def owner_of(process):
    """The name on the bus of the process with this id, or None while it has none."""
    for name in ask("ListNames"):
        if name.startswith(":"):
            try:
                if ask("GetConnectionUnixProcessID", "(s)", name) == process:
                    return name
            except GLib.Error:
                pass    # it has just left
    return None


@functools.cache
def role_name(number):
    return Atspi.Role(number).value_nick.replace("-", " ")


class Tree:
    """The tree of a program at one moment. What GTK tells may lack what nobody has asked for before, and have more than what
    is there, such as rows that lie ready to be used again; each accessible's count of children tells."""

    def __init__(self, owner):
        self.owner = owner
        self.extents = {}
        self.read()
        incomplete = [path for path, count in self.counts.items() if count > len(self.below.get(path, ()))]
        for path in incomplete:
            self.reveal(path)
        if incomplete:
            self.read()
        for path, count in self.counts.items():
            if 0 < count < len(self.below.get(path, ())):
                self.below[path] = [child for child in self.ask_children(path) if child in self.items]

    def read(self):
        self.items = {}
        self.counts = {}
        found = {}
        for item in call(self.owner, CACHE, "org.a11y.atspi.Cache", "GetItems")[0]:
            (_, path), _, (_, parent), index, count, interfaces, name, role, description, states = item
            self.items[path] = (parent, interfaces, name, role_name(role), description, states)
            self.counts[path] = count
            found.setdefault(parent, []).append((index, path))
        self.below = {parent: [path for _, path in sorted(children)] for parent, children in found.items()}

    def ask_children(self, path):
        try:
            return [child for _, child in call(self.owner, path, ACCESSIBLE, "GetChildren")[0]]
        except GLib.Error:
            return []    # it has just gone

    def reveal(self, path):
        """GTK tells only of what has been asked for once, from the top down."""
        for child in self.ask_children(path):
            if child not in self.items:
                self.reveal(child)

    @property
    def root(self):
        return Node(self, ROOT)


class Node:
    """One accessible, with short names for what tests ask. Name, role, description and states are those of the moment at
    which its tree was read; place, text and cursor those of now."""

    def __init__(self, tree, path):
        self.tree = tree
        self.path = path
        self.parent_path, self.interfaces, self.name, self.role, self.description, self.states = tree.items[path]

    def __eq__(self, other):
        return isinstance(other, Node) and (self.tree.owner, self.path) == (other.tree.owner, other.path)

    def __hash__(self):
        return hash(self.path)

    def ask(self, interface, method, *arguments):
        return call(self.tree.owner, self.path, interface, method, *arguments)

    def value(self, interface, name):
        return self.ask("org.freedesktop.DBus.Properties", "Get", "(ss)", interface, name)[0]

    @property
    def text(self):
        """The text that stands in an entry or a text view."""
        if TEXT not in self.interfaces:
            return self.name
        try:
            return self.ask(TEXT, "GetText", "(ii)", 0, self.value(TEXT, "CharacterCount"))[0]
        except GLib.Error:
            return ""    # it has just gone

    @property
    def cursor(self):
        return self.value(TEXT, "CaretOffset")

    @property
    def extents(self):
        """Left, top, width and height in the window; None for what has no place, and nothing for what has just gone."""
        if COMPONENT not in self.interfaces:
            return None
        if self.path not in self.tree.extents:
            try:
                self.tree.extents[self.path] = self.ask(COMPONENT, "GetExtents", "(u)", IN_WINDOW)[0]
            except GLib.Error:
                self.tree.extents[self.path] = (0, 0, 0, 0)
        return self.tree.extents[self.path]

    @property
    def left(self):
        return self.extents[0]

    @property
    def top(self):
        return self.extents[1]

    def has(self, state):
        number = int(getattr(Atspi.StateType, state))
        return bool(self.states[number // 32] & 1 << number % 32)

    @property
    def is_showing(self):
        """GTK 4.8 says SHOWING of windows only, so a place on the screen stands for it."""
        return self.has("VISIBLE") and (self.extents is None or (self.extents[2] > 0 and self.extents[3] > 0))

    @property
    def parent(self):
        return Node(self.tree, self.parent_path) if self.parent_path in self.tree.items else None

    def children(self):
        for path in self.tree.below.get(self.path, ()):
            yield Node(self.tree, path)

    def walk(self, showing=True):
        """Yields this node and those below; what lies in something hidden is left out unless asked for."""
        if showing and not self.is_showing:
            return
        yield self
        for child in self.children():
            yield from child.walk(showing)

    def is_shown_below(self, top):
        """Whether this and all between it and top show."""
        node = self
        while node is not None and node != top:
            if not node.is_showing:
                return False
            node = node.parent
        return node is not None and node.is_showing

    def find_all(self, role=None, name=None, state=None):
        """Yields the nodes below that show and match. name may be a function."""
        roles = (role,) if isinstance(role, str) else role
        for node in self.walk(False):
            if roles is not None and node.role not in roles:
                continue
            if name is not None and not (name(node.name) if callable(name) else node.name == name):
                continue
            if state is not None and not node.has(state):
                continue
            if node.is_shown_below(self):
                yield node

    def find(self, role=None, name=None, state=None):
        """Returns the first of them, or None."""
        return next(self.find_all(role, name, state), None)

    def press(self):
        self.ask("org.a11y.atspi.Action", "DoAction", "(i)", 0)

    def describe(self, depth=0):
        """The tree from here as text, for a failure's report."""
        if not self.is_showing:
            return f"{'  ' * depth}{self.role} “{self.name}” (hidden)"
        lines = [f"{'  ' * depth}{self.role} “{self.name}”"]
        for child in self.children():
            lines.append(child.describe(depth + 1))
        return "\n".join(lines)
