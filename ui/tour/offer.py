"""Offers the tour, once."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from planner.words import _
from ui.preferences import Preferences
from ui.theme import pixmap, theme, tokens
from ui.widgets import label, text_button

_SYMBOL_PX = 16


class TourOffer(QFrame):
    """A line across the top of the window, until somebody takes the tour or declines it."""

    accepted = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.setProperty("banner", "info")
        self._symbol = QLabel()
        text = label(_("New here? A tour of a minute shows the parts of the window."), wraps=True)
        self.setAccessibleName(text.text())
        self.take = text_button(_("Take the tour"))
        self.decline = text_button(_("No, thank you"))
        self.decline.setProperty("flat", True)  # noqa: FBT003 - Qt's signature
        self.take.clicked.connect(self._accept)
        self.decline.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 8, 5)
        layout.setSpacing(10)
        layout.addWidget(self._symbol)
        layout.addWidget(text, stretch=1)
        layout.addWidget(self.take)
        layout.addWidget(self.decline)
        theme().changed.connect(self._draw)
        self._draw()
        self.hide()

    def offer(self) -> None:
        """Show the offer, unless it has been made or the tour taken before."""
        if not self._preferences.is_tour_known:
            self._preferences.is_tour_known = True
            self.show()

    @Slot()
    def _accept(self) -> None:
        self.hide()
        self.accepted.emit()

    def _draw(self) -> None:
        self._symbol.setPixmap(pixmap("info", tokens().accent, _SYMBOL_PX))
