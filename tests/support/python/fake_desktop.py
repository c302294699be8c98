"""The parts of a desktop that hear of Kvar: who shows notifications, and who asks before somebody is logged out."""

import os
import threading

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NOTIFICATIONS = """<node><interface name="org.gtk.Notifications">
<method name="AddNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="a{sv}" direction="in"/></method>
<method name="RemoveNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/></method>
</interface></node>"""
SESSIONS = """<node><interface name="org.gnome.SessionManager">
<method name="Inhibit"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="u" direction="in"/><arg type="u" direction="out"/></method>
<method name="Uninhibit"><arg type="u" direction="in"/></method>
</interface></node>"""
LOGOUT, SUSPEND = 1, 4


class Desktop:
    """On the session bus as long as the test runs, in a thread of its own."""

    def __init__(self):
        self.notifications = {}    # what is shown now
        self.sent = []             # (id, title), whatever became of it
        self.inhibitors = {}       # cookie: (reason, flags), as they are now
        self.reasons = []          # (reason, flags), whatever became of them
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop(self.context)
        self.ready = threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()
        if not self.ready.wait(20):
            raise RuntimeError("the desktop does not start")

    def serve(self):
        self.context.push_thread_default()
        bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        for xml, path in ((NOTIFICATIONS, "/org/gtk/Notifications"), (SESSIONS, "/org/gnome/SessionManager")):
            interface = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
            bus.register_object(path, interface, self.called, None, None)
            bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                          GLib.Variant("(su)", (interface.name, 0)), None, Gio.DBusCallFlags.NONE, 10000, None)
        self.ready.set()
        self.loop.run()

    def called(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        values = parameters.unpack()
        answer = None
        if method == "AddNotification":
            self.sent.append((values[1], values[2]["title"]))
            self.notifications[values[1]] = values[2]
        elif method == "RemoveNotification":
            self.notifications.pop(values[1], None)
        elif method == "Inhibit":
            self.reasons.append((values[2], values[3]))
            self.inhibitors[len(self.reasons)] = (values[2], values[3])
            answer = GLib.Variant("(u)", (len(self.reasons),))
        elif method == "Uninhibit":
            self.inhibitors.pop(values[0], None)
        invocation.return_value(answer)
