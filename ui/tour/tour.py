"""The tour: lies over the window, leaves clear what it tells of, and dims the rest."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygon,
)
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from shiboken6 import isValid
from typing_extensions import override

from planner.words import _
from ui.preferences import Preferences
from ui.theme import tokens
from ui.tour.bubble import Bubble
from ui.tour.placing import place_beside, place_in_middle, tip_of
from ui.tour.steps import Step

_SHADE = QColor(0, 0, 0, 120)
_AROUND_PX = 4
_RADIUS_PX = 8
_ENTER_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_TAB_KEYS = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_CHANGES = {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide}


class Tour(QWidget):
    """Walks through ``steps`` over a window; Left, Right and Esc go back, on and out.

    Parameters
    ----------
    preferences
        Where it is remembered that the tour has been taken.
    """

    ended = Signal()

    def __init__(self, window: QWidget, steps: Sequence[Step], preferences: Preferences) -> None:
        super().__init__(window)
        self._window = window
        self._steps = tuple(steps)
        self._preferences = preferences
        self._at = 0
        self._watched: QWidget | None = None
        self._focus_before: QWidget | None = None
        self.setAccessibleName(_("Tour"))
        self.hide()
        self.bubble = Bubble(self)
        self.bubble.following.clicked.connect(self.go_on)
        self.bubble.back.clicked.connect(self.go_back)
        self.bubble.end.clicked.connect(self.end)
        for button in self.bubble.buttons():
            button.installEventFilter(self)
        window.installEventFilter(self)

    def start(self) -> None:
        """Begin at the first step, and remember that the tour has been taken."""
        self._preferences.is_tour_known = True
        self._focus_before = QApplication.focusWidget()
        self._at = 0
        self.show()
        self.raise_()
        self._show_step()

    @Slot()
    def go_on(self) -> None:
        """Show the next step; after the last the tour ends."""
        if self._at + 1 < len(self._steps):
            self._at += 1
            self._show_step()
        else:
            self.end()

    @Slot()
    def go_back(self) -> None:
        """Show the step before, if there is one."""
        if self._at > 0:
            self._at -= 1
            self._show_step()

    @Slot()
    def end(self) -> None:
        """Leave the window as it was found."""
        self._watch(None)
        self.hide()
        if self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus()
        self.ended.emit()

    def target(self) -> QRect:
        """Return what is left clear, in the window; empty when nothing is pointed at."""
        shown = self._watched
        if shown is None or not isValid(shown) or not shown.isVisible():
            return QRect()
        corner = self._window.mapFromGlobal(shown.mapToGlobal(QPoint(0, 0)))
        around = QRect(corner, shown.size())
        around.adjust(-_AROUND_PX, -_AROUND_PX, _AROUND_PX, _AROUND_PX)
        return around.intersected(self._window.rect().adjusted(1, 1, -1, -1))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible():
            return super().eventFilter(watched, event)
        if isinstance(watched, QPushButton) and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # the window's shortcuts wait until the tour has ended
                return True
            if event.type() is QEvent.Type.KeyPress:
                return self._take_key(watched, event.key())
        elif event.type() in _CHANGES:
            # When the window's parts have found their places too.
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies below is shown, not used

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clear = self.target()
        shade = QPainterPath()
        shade.addRect(QRectF(self.rect()))
        if not clear.isEmpty():
            shade.addRoundedRect(QRectF(clear), _RADIUS_PX, _RADIUS_PX)
        painter.fillPath(shade, _SHADE)
        if clear.isEmpty():
            return
        painter.setPen(QPen(QColor(tokens().accent), 2))
        painter.drawRoundedRect(QRectF(clear), _RADIUS_PX, _RADIUS_PX)
        tip = tip_of(self.bubble.geometry(), clear)
        if tip is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().accent))
            painter.drawPolygon(QPolygon(list(tip)))

    def _take_key(self, button: QPushButton, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key == Qt.Key.Key_Right:
            self.go_on()
        elif key == Qt.Key.Key_Left:
            self.go_back()
        elif key in _ENTER_KEYS:
            button.click()
        elif key in _TAB_KEYS:
            self._go_round(button, backwards=key == Qt.Key.Key_Backtab)
        else:
            return False
        return True

    def _go_round(self, button: QPushButton, *, backwards: bool) -> None:
        """Give the keyboard to the next button; it never leaves the bubble."""
        usable = [one for one in self.bubble.buttons() if one.isEnabled() and one.isVisible()]
        step = -1 if backwards else 1
        usable[(usable.index(button) + step) % len(usable)].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_step(self) -> None:
        step = self._steps[self._at]
        self._watch(step.widget())
        self.bubble.say(step, self._at + 1, len(self._steps))
        self._place()
        self.bubble.following.setFocus()
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self.bubble, self.bubble.spoken())
            QAccessible.updateAccessibility(event)

    def _watch(self, widget: QWidget | None) -> None:
        """Follow where ``widget`` is, and no longer the one before."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = widget
        if widget is not None and widget is not self._window:
            widget.installEventFilter(self)

    @Slot()
    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        target = self.target()
        room, size = self.rect(), self.bubble.size()
        stand = (
            place_in_middle(size, room) if target.isEmpty() else place_beside(size, target, room)
        )
        self.bubble.setGeometry(stand)
        self.update()
