"""Something in a grid taken with the mouse and let go somewhere else."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QTableView
from typing_extensions import override

from ui.editor import Editor, Make
from ui.week.day_drag import Hint
from ui.week.hint_label import HintLabel
from ui.week.hints import hint_of

Taken = TypeVar("Taken")
Target = TypeVar("Target")


class GridDrag(QObject, Generic[Taken, Target]):
    """Follows a drag in a grid, says what letting go would mean, and edits when it is let go.

    Escape calls it off. Points are the viewport's.
    """

    def __init__(self, grid: QTableView, editor: Editor) -> None:
        super().__init__(grid)
        self._viewport, self._editor = grid.viewport(), editor
        self._pressed: QPoint | None = None
        self.taken: Taken | None = None
        self._target: Target | None = None
        self.hint = HintLabel(self._viewport)
        grid.installEventFilter(self)
        self._viewport.installEventFilter(self)

    # What is dragged, and where to ---------------------------------------------------------------

    def take(self, at: QPoint) -> Taken | None:
        """Return what can be dragged from a point."""
        raise NotImplementedError

    def target(self, at: QPoint) -> Target | None:
        """Return what lies at a point."""
        raise NotImplementedError

    def change(self, taken: Taken, target: Target) -> Make | None:
        """Return the edit that letting go would be, if it is one."""
        raise NotImplementedError

    def told(self, taken: Taken, target: Target, hint: Hint) -> Hint:  # noqa: ARG002 - some say more
        """Return what is said of letting go, given what it would do to rules and gaps."""
        return hint

    def mark(self, at: QPoint | None, hint: Hint | None) -> None:
        """Show where it would land; nothing without a point."""
        raise NotImplementedError

    def drop(self, taken: Taken, target: Target, make: Make) -> None:
        """Carry the edit out."""
        raise NotImplementedError

    # The gesture ---------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QMouseEvent) and watched is self._viewport:
            if kind == QEvent.Type.MouseButtonPress:
                self._press(event)
            elif kind == QEvent.Type.MouseMove:
                return self._move(event)
            elif kind == QEvent.Type.MouseButtonRelease:
                return self._release()
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            is_called_off = event.key() == Qt.Key.Key_Escape and self.taken is not None
            if is_called_off:
                self._end()
            return is_called_off
        return super().eventFilter(watched, event)

    def _press(self, event: QMouseEvent) -> None:
        self._end()
        at = event.position().toPoint()
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and self.take(at) is not None:
            self._pressed = at

    def _move(self, event: QMouseEvent) -> bool:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return False
        at = event.position().toPoint()
        if self.taken is None:
            if (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return True
            self.taken = self.take(self._pressed)
            if self.taken is None:
                return False
            self._viewport.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._show_target(self.taken, at)
        return True

    def _show_target(self, taken: Taken, at: QPoint) -> None:
        target, plan = self.target(at), self._editor.plan
        make = self.change(taken, target) if target is not None else None
        if make is None or plan is None or target is None:
            self._forget_target()
            return
        if target != self._target:
            self._target = target
            hint = self.told(taken, target, hint_of(self._editor.effect(make), plan))
            self.mark(at, hint)
            self.hint.show_at(at, hint)
        elif self.hint.hint is not None:
            self.hint.show_at(at, self.hint.hint)

    def _release(self) -> bool:
        taken, target = self.taken, self._target
        self._end()
        if taken is None:
            return False
        make = self.change(taken, target) if target is not None else None
        if make is not None and target is not None:
            self.drop(taken, target, make)
        return True

    def _end(self) -> None:
        self._pressed = self.taken = None
        self._viewport.unsetCursor()
        self._forget_target()

    def _forget_target(self) -> None:
        self._target = None
        self.mark(None, None)
        self.hint.hide()
