"""What a screen reader says of the controls that are shown."""

import re

# A class' name is what GTK says of what has none.
NAMELESS = re.compile(r"^(?:(?:Gtk|Adw|Kvar)[A-Z]\w*)?$")
# Containers, which take no focus of their own.
SILENT = ("filler", "panel", "scroll pane")


def check_names(window):
    """Whatever takes the focus, in the window and its dialogs, has a name."""
    nameless = sorted({f"{node.role} “{node.name}” ({node.description or 'no description'})"
                       for root in (window.frame(), *window.dialogs()) for node in root.walk()
                       if node.has("FOCUSABLE") and node.role not in SILENT and NAMELESS.match(node.name)})
    if nameless:
        raise AssertionError("without a name: " + ", ".join(nameless))
