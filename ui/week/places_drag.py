"""Whoever does a duty, dragged to another one in the grid of places."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from planner.domain.changing_places import change_places
from planner.domain.duties import Duty
from planner.services.roster.views import PlaceDuty
from planner.words import _
from ui.editor import Editor, Make
from ui.week import words
from ui.week.day_drag import Hint
from ui.week.grids import PlacesGrid
from ui.week.hint_label import HintLabel
from ui.week.hints import hint_of


class PlacesDrag(QObject):
    """Lets people change places: those of the duty that is dragged with those it is dropped on."""

    def __init__(self, grid: PlacesGrid, editor: Editor) -> None:
        super().__init__(grid)
        self._grid, self._editor = grid, editor
        self._pressed: QPoint | None = None
        self._taken: PlaceDuty | None = None
        self._target: PlaceDuty | None = None
        self.hint = HintLabel(grid.viewport())
        grid.installEventFilter(self)
        grid.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QMouseEvent) and watched is self._grid.viewport():
            if kind == QEvent.Type.MouseButtonPress:
                self._press(event)
            elif kind == QEvent.Type.MouseMove:
                return self._move(event)
            elif kind == QEvent.Type.MouseButtonRelease:
                return self._release()
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            is_called_off = event.key() == Qt.Key.Key_Escape and self._taken is not None
            if is_called_off:
                self._end()
            return is_called_off
        return super().eventFilter(watched, event)

    def _press(self, event: QMouseEvent) -> None:
        self._end()
        at = event.position().toPoint()
        shown = self._grid.duty_at(at)
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and shown is not None and shown.names:
            self._pressed = at

    def _move(self, event: QMouseEvent) -> bool:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        at = event.position().toPoint()
        if self._taken is None:
            if (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return True
            shown = self._grid.duty_at(self._pressed)
            if shown is None:
                return False
            self._taken = shown
            self._grid.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._show_target(at)
        return True

    def _show_target(self, at: QPoint) -> None:
        shown, plan = self._grid.duty_at(at), self._editor.plan
        make = self._change_with(shown) if shown is not None else None
        if make is None or plan is None or shown is None:
            self._target = None
            self._grid.mark(None, None)
            self.hint.hide()
            return
        if shown != self._target:
            self._target = shown
            hint = self._told(shown, hint_of(self._editor.effect(make), plan))
            self._grid.mark(at, hint)
            self.hint.show_at(at, hint)
        elif self.hint.hint is not None:
            self.hint.show_at(at, self.hint.hint)

    def _release(self) -> bool:
        taken, target = self._taken, self._target
        make = self._change_with(target) if target is not None else None
        self._end()
        if make is not None and target is not None:
            command = "change-places" if target.names else "move-people"
            self._editor.edit(command, make, duty=target.duty)
            self._grid.select_duty(target.duty)
        return taken is not None

    def _end(self) -> None:
        self._pressed = self._taken = self._target = None
        self._grid.unsetCursor()
        self._grid.mark(None, None)
        self.hint.hide()

    def _told(self, shown: PlaceDuty, hint: Hint) -> Hint:
        """Return a hint that begins with who goes where."""
        mine = words.place_duty_people(self._taken) if self._taken is not None else ""
        theirs = words.place_duty_people(shown)
        if shown.names:
            who = _("{mine} and {theirs} change places", mine=mine, theirs=theirs)
        else:
            who = _("{mine} goes there", mine=mine)
        return replace(hint, text=f"{who}. {hint.text}")

    def _change_with(self, shown: PlaceDuty) -> Make | None:
        taken, target = self._duty(self._taken), self._duty(shown)
        if taken is None or target is None or taken == target:
            return None
        return lambda roster: change_places(roster, taken, target)

    def _duty(self, shown: PlaceDuty | None) -> Duty | None:
        working = self._editor.working
        if working is None or shown is None:
            return None
        return next((duty for duty in working.duties if duty.id == shown.duty), None)
