"""What the keyboard reaches, and what a screen reader says of it."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def keyboard_turns(top: QWidget) -> list[QWidget]:
    """Return the widgets that the tab key reaches, in its order."""
    return [widget for widget in _chain(top) if _is_reached(widget, top)]


def accessible_name(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def _chain(top: QWidget) -> Iterator[QWidget]:
    widget = top.nextInFocusChain()
    while widget is not top:
        yield widget
        widget = widget.nextInFocusChain()


def _is_reached(widget: QWidget, top: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.isVisibleTo(top)
    )
