"""What a page says when it has nothing to show."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.theme import pixmap, theme, tokens
from ui.widgets.basics import label

_SYMBOL_PX = 44
_TEXT_PX = 420


class EmptyState(QWidget):
    """A symbol, what is so, what to do about it, and buttons that do it.

    Attributes
    ----------
    hint
        What to do about it.
    """

    def __init__(self, icon: str, title: str, hint: str, *buttons: QPushButton) -> None:
        super().__init__()
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = icon
        self._symbol = QLabel()
        self._symbol.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading = label(title, "heading")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint = text = label("", "muted", wraps=True)
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text.setFixedWidth(_TEXT_PX)
        text.ensurePolished()
        self.say(hint)
        row = QHBoxLayout()
        row.addStretch()
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(self._symbol)
        layout.addSpacing(10)
        layout.addWidget(heading)
        layout.addSpacing(4)
        layout.addWidget(text, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(14)
        layout.addLayout(row)
        layout.addStretch(3)
        theme().changed.connect(self._draw)
        self._draw()

    def say(self, hint: str) -> None:
        """Say another thing about what to do."""
        self.hint.setText(hint)
        self.hint.setMinimumHeight(max(self.hint.heightForWidth(_TEXT_PX), 0))

    def _draw(self) -> None:
        self._symbol.setPixmap(pixmap(self._icon, tokens().outline, _SYMBOL_PX))
