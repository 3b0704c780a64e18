"""What is wrong with a field, beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.theme import pixmap, theme, tokens
from ui.widgets import label

_SYMBOL_PX = 14


class ProblemLabel(QWidget):
    """A sentence with a warning symbol; takes no room while nothing is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._symbol = QLabel()
        self._symbol.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text = label("", wraps=True)
        self._text.setMinimumWidth(60)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._symbol)
        layout.addWidget(self._text, stretch=1)
        theme().changed.connect(self._dress)
        self._dress()
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence, or nothing when it is empty."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return the sentence shown; empty when nothing is wrong."""
        return self._text.text()

    def _dress(self) -> None:
        danger = tokens().danger
        self._symbol.setPixmap(pixmap("circle-alert", danger, _SYMBOL_PX))
        self._text.setStyleSheet(f"color: {danger};")
