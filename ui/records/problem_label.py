"""What is wrong with a field, beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.theme import pixmap, theme, tokens
from ui.widgets import label

_SYMBOL_PX = 14


class ProblemLabel(QWidget):
    """A sentence with a warning symbol; takes no room while nothing is wrong.

    What is only odd and can be saved has another symbol and colour.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_warning = False
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

    def say(self, text: str, *, is_warning: bool = False) -> None:
        """Show a sentence, or nothing when it is empty."""
        if is_warning is not self.is_warning:
            self.is_warning = is_warning
            self._dress()
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return the sentence shown; empty when nothing is wrong or odd."""
        return self._text.text()

    def has_problem(self) -> bool:
        """Tell whether something is wrong, not only odd."""
        return bool(self.text()) and not self.is_warning

    def _dress(self) -> None:
        color = tokens().warning if self.is_warning else tokens().danger
        symbol = "triangle-alert" if self.is_warning else "circle-alert"
        self._symbol.setPixmap(pixmap(symbol, color, _SYMBOL_PX))
        self._text.setStyleSheet(f"color: {color};")
