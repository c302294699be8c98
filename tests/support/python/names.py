"""What a screen reader says of the controls that are shown, and whether a finger finds them."""

import re

from window_driver import wait_for

# A class' name is what GTK says of what has none.
NAMELESS = re.compile(r"^(?:(?:Gtk|Adw|Kvar)[A-Z]\w*)?$")
# Named twice: a row names the control that it activates, and on this floor adds its own name to it.
DOUBLED = re.compile(r"^(.+) \1$")
# The mnemonic of a label is a key, and nothing to be said.
UNDERLINED = re.compile(r"^_|.* _")
# Containers, which take no focus of their own.
SILENT = ("filler", "panel", "scroll pane")


# What WCAG 2.5.8 asks for, in logical pixels. Text that can be selected is nothing to hit, and a control in a row is as
# large as the row.
SMALLEST = 24
TEXTS = ("label", "heading", "link")


def controls(window):
    """Whatever takes the focus, in the window and its dialogs."""
    return [node for root in (window.frame(), *window.dialogs()) for node in root.find_all(state="FOCUSABLE")
            if node.role not in SILENT]


def describe(node):
    return f"{node.role} “{node.name}” ({node.description or 'no description'})"


def in_row(node):
    parent = node.parent
    while parent is not None and parent.role != "list item":
        parent = parent.parent
    return parent is not None


def is_small(node):
    return min(node.extents[2:]) < SMALLEST and node.role not in TEXTS and not in_row(node)


def look(check):
    """Checks what is shown, once more if something went away meanwhile, as a row or a message does."""
    wait_for("a window that stands still", lambda: check() or True)


def find_wrong_names(shown):
    for what, pattern in (("without a name", NAMELESS), ("named twice", DOUBLED),
                          ("with its mnemonic", UNDERLINED)):
        wrong = sorted({describe(node) for node in shown if pattern.match(node.name)})
        if wrong:
            raise AssertionError(f"{what}: " + ", ".join(wrong))


def find_small(shown):
    small = sorted({describe(node) for node in shown if is_small(node)})
    if small:
        raise AssertionError("too small: " + ", ".join(small))


def check_names(window):
    """Each control has a name, and says it once."""
    look(lambda: find_wrong_names(controls(window)))


def check_controls(window):
    """Each control has a name, and is large enough to be hit."""
    check_names(window)
    look(lambda: find_small(controls(window)))
