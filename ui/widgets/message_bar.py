"""One sentence across the top of the window, until somebody closes it or the next one comes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from planner.words import _
from ui.theme import pixmap, theme, tokens
from ui.widgets.basics import icon_button, label, set_property, text_button

_SYMBOLS = {
    "danger": "circle-alert",
    "success": "circle-check",
    "info": "info",
    "warning": "triangle-alert",
}

_OFFER_AT = 2


class MessageBar(QFrame):
    """Shows one sentence with a symbol.

    Parameters
    ----------
    is_closable
        Whether it has a button that hides it; a lasting notice has none.
    """

    accepted = Signal()
    """What it offers to do is to be done."""

    def __init__(self, *, is_closable: bool = True) -> None:
        super().__init__()
        self._tone = "info"
        self.offer_button: QPushButton | None = None
        self._symbol = QLabel()
        self._text = label("", wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 8, 5)
        layout.setSpacing(10)
        layout.addWidget(self._symbol)
        layout.addWidget(self._text, stretch=1)
        self._row = layout
        if is_closable:
            close = icon_button("x", _("Close message"))
            close.clicked.connect(self.hide)
            layout.addWidget(close)
        theme().changed.connect(self._draw)
        self.hide()

    def say(self, text: str, tone: str = "info", *, offer: str = "") -> None:
        """Show ``text``; ``tone`` is ``info``, ``success``, ``warning`` or ``danger``.

        Parameters
        ----------
        offer
            What a button says that does something about it; there is none without.
        """
        self._tone = tone
        self._text.setText(text)
        self.setAccessibleName(text)
        self._offer(offer)
        set_property(self, "banner", tone)
        set_property(self._text, "banner", tone)
        self._draw()
        self.show()

    def text(self) -> str:
        """Return the sentence shown last."""
        return self._text.text()

    def _offer(self, text: str) -> None:
        if self.offer_button is not None:
            self.offer_button.deleteLater()
            self.offer_button = None
        if text:
            self.offer_button = text_button(text)
            self.offer_button.setAutoDefault(False)
            self.offer_button.clicked.connect(self.accepted)
            self._row.insertWidget(_OFFER_AT, self.offer_button)

    def _draw(self) -> None:
        role = "accent" if self._tone == "info" else self._tone
        self._symbol.setPixmap(pixmap(_SYMBOLS[self._tone], tokens().as_map()[role], 16))
