"""A shift type's code, typed into a cell of the grid."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget
from typing_extensions import override

from planner.domain.shifts import ShiftType
from planner.words import _
from ui.week.day_drag import Hint
from ui.week.hint_label import HintLabel
from ui.widgets import set_property

_LEAST_PX = 90
_BELOW = QPoint(-14, -12)
"""Where the hint hangs, from the field's lower left corner."""


class CodeField(QLineEdit):
    """Takes a code; Enter gives it or says why not, Esc or leaving the field calls it off.

    Where there is no code to give, that is said at once.

    Attributes
    ----------
    hint
        What is wrong with the code, below the field.
    """

    given = Signal(object)
    """The ``ShiftType``."""
    left = Signal()
    """The field is done with, given or not."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._types: dict[str, ShiftType] = {}
        self._refusal = ""
        self.hint = HintLabel(parent)
        self.setAccessibleName(_("Code of the shift"))
        self.setPlaceholderText(_("Code"))
        self.textEdited.connect(self._judge)
        self.hide()

    def begin(self, box: QRect, types: Sequence[ShiftType], text: str, refusal: str) -> None:
        """Open over a cell with the first letter already typed.

        Parameters
        ----------
        refusal
            What is said of a code that is none of the types'.
        """
        self._refusal = refusal
        self._types = {kind.code.casefold(): kind for kind in types}
        completer = QCompleter([f"{kind.code}  {kind.name}" for kind in types], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._choose)
        self.setCompleter(completer)
        self.setGeometry(box.adjusted(2, 2, max(-2, _LEAST_PX - box.width()), -2))
        self.setText(text)
        self.show()
        self.setFocus()
        self._judge()
        if text:
            completer.setCompletionPrefix(text)
            completer.complete()

    def chosen(self) -> ShiftType | None:
        """Return the type whose code stands there."""
        words = self.text().casefold().split()
        return self._types.get(words[0]) if words else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._give()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        is_left = event.type() == QEvent.Type.FocusOut and self.isVisible()
        if is_left and not self._is_choosing():
            self._leave()
        return super().event(event)

    @Slot()
    def _judge(self) -> None:
        """Mark what no code or name of a shift has in it; its end may still be to come."""
        if not self._types:
            self._refuse()
            return
        self._mark(is_wrong=not any(self._fits(kind) for kind in self._types.values()))
        self.hint.hide()
        self.setAccessibleDescription("")

    def _fits(self, kind: ShiftType) -> bool:
        written = self.text().strip().casefold()
        return self.chosen() is kind or written in f"{kind.code}  {kind.name}".casefold()

    def _mark(self, *, is_wrong: bool) -> None:
        set_property(self, "wrong", is_wrong)

    @Slot(str)
    def _choose(self, text: str) -> None:
        self.setText(text)
        self._give()

    def _is_choosing(self) -> bool:
        popup = self.completer().popup()
        return popup is not None and popup.isVisible()

    def _give(self) -> None:
        kind = self.chosen()
        if kind is None:
            if self.text().strip():
                self._refuse()
            return
        self._leave()
        self.given.emit(kind)

    def _refuse(self) -> None:
        self._mark(is_wrong=True)
        self.setAccessibleDescription(self._refusal)
        hint = Hint(text=self._refusal, tone="danger")
        self.hint.show_at(self.geometry().bottomLeft() + _BELOW, hint)

    def _leave(self) -> None:
        if self.isVisible():
            self.hint.hide()
            self.hide()
            self.left.emit()
