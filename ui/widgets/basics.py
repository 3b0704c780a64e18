"""Labels and buttons in the roles that the style sheet knows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ui.theme import set_icon


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and look again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str, role: str = "", *, wraps: bool = False) -> QLabel:
    """Return a label as plain text; ``role`` is ``title``, ``heading``, ``section`` or such."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def text_button(text: str, icon: str = "") -> QPushButton:
    """Return an ordinary button."""
    made = QPushButton(_apart(text) if icon else text)
    if icon:
        set_icon(made, icon)
    return made


def primary_button(text: str, icon: str = "") -> QPushButton:
    """Return the one button of a page that does its main thing."""
    made = QPushButton(_apart(text) if icon else text)
    made.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
    if icon:
        set_icon(made, icon, "on_accent")
    return made


def icon_button(icon: str, name: str, action: QAction | None = None) -> QToolButton:
    """Return a button that shows a symbol only; ``name`` is read aloud and shown as a tip."""
    made = QToolButton()
    made.setProperty("flat", True)  # noqa: FBT003 - Qt's signature
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    set_icon(made, icon)
    made.setAccessibleName(name)
    made.setToolTip(name)
    if action is not None:
        made.clicked.connect(action.trigger)
        keys = action.shortcut().toString()
        made.setToolTip(f"{name} ({keys})" if keys else name)
    return made


def _apart(text: str) -> str:
    # Style sheets have no distance between a symbol and its text.
    return f" {text}"


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets are gone at once for whoever looks."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def divider() -> QFrame:
    """Return a thin line across."""
    made = QFrame()
    made.setProperty("line", True)  # noqa: FBT003 - Qt's signature
    return made


class Chip(QLabel):
    """A short state in a coloured pill; the colour repeats what the text says."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("chip", "neutral")
        # Beside taller things it stays a pill.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, tone: str, tip: str = "") -> None:
        """Show ``text`` in a tone: ``neutral``, ``success``, ``warning`` or ``danger``."""
        self.setText(text)
        self.setToolTip(tip)
        set_property(self, "chip", tone)
        self.updateGeometry()
