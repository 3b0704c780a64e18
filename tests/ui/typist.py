"""Somebody without a mouse: presses keys wherever the keyboard is, in dialogs too."""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

Story = Iterator[Callable[[], object]]
"""Yields what is waited for before the story goes on."""

_LOOK_MS = 20
_MOST_TABS = 60
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Typist(QObject):
    """Plays a story in the window's own loop, so that it goes on while a dialog is open."""

    def __init__(self, window: QWidget, qtbot: QtBot) -> None:
        super().__init__()
        self._window, self._qtbot = window, qtbot
        self._story: Story = iter(())
        self._waits_for: Callable[[], object] = lambda: True
        self._is_over = False
        self.error: Exception | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._go_on)

    def play(self, story: Story, *, timeout_ms: int = 60_000) -> None:
        """Play a story to its end."""
        self._story = story
        self._timer.start()
        # A dialog's loop runs inside of the loop that waits here: the story's own end closes it.
        QTimer.singleShot(timeout_ms, self, self._give_up)
        try:
            self._qtbot.waitUntil(lambda: self._is_over, timeout=2 * timeout_ms)
        finally:
            self._timer.stop()
        if self.error is not None:
            raise self.error

    @Slot()
    def _give_up(self) -> None:
        if not self._is_over:
            where = f"{self._place()}; the keyboard is in {QApplication.focusWidget()}"
            self.error, self._is_over = AssertionError(where), True
            self._timer.stop()
            close_dialogs()

    def _place(self) -> str:
        """Return where the story waits."""
        part: Any = self._story
        while part.gi_yieldfrom is not None:
            part = part.gi_yieldfrom
        return f"waits in {part.__name__}, line {part.gi_frame.f_lineno}"

    @Slot()
    def _go_on(self) -> None:
        if QApplication.activeWindow() is None:  # a desktop would make the upper one active
            (QApplication.activeModalWidget() or self._window).activateWindow()
        try:
            if self._waits_for():
                self._waits_for = next(self._story)
        except StopIteration:
            self._is_over = True
        except Exception as error:  # noqa: BLE001 - a dialog must not stay open over a failed test
            self.error, self._is_over = error, True
        if self.error is not None:
            close_dialogs()


def close_dialogs() -> None:
    """Call off every dialog that is open."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog):
            widget.reject()


def has_keyboard() -> QWidget:
    """Return the widget that the keyboard is in."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> Callable[[], bool]:
    """Press a key where the keyboard is; return what to wait for: that it has been pressed.

    It is pressed by the loop, for a key that opens a dialog returns only when that is closed.
    """
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    pressed: list[bool] = []

    def send() -> None:
        pressed.append(True)
        QTest.keyClick(has_keyboard(), key, held)

    QTimer.singleShot(0, send)
    return lambda: bool(pressed)


def control(key: Qt.Key) -> Callable[[], bool]:
    """Press a key with Ctrl."""
    return press(key, _CONTROL)


def control_shift(key: Qt.Key) -> Callable[[], bool]:
    """Press a key with Ctrl and Shift."""
    return press(key, _CONTROL, _SHIFT)


def type_text(text: str) -> Callable[[], bool]:
    """Type a text where the keyboard is."""
    QTest.keyClicks(has_keyboard(), text)
    return lambda: True


def tab_to(is_there: Callable[[QWidget], bool]) -> Story:
    """Press the tab key until the keyboard is where it is wanted."""
    for _ in range(_MOST_TABS):
        if is_there(has_keyboard()):
            return
        yield press(Qt.Key.Key_Tab)
    raise AssertionError(f"the tab key does not lead there; it is in {has_keyboard()}")


def dialog_of(kind: type[QDialog]) -> Callable[[], bool]:
    """Return whether a dialog of a kind is open and has the keyboard."""

    def is_open() -> bool:
        dialog = QApplication.activeModalWidget()
        widget = QApplication.focusWidget()
        return isinstance(dialog, kind) and widget is not None and widget.window() is dialog

    return is_open


def no_dialog() -> bool:
    """Tell whether the window itself has the keyboard."""
    return QApplication.activeModalWidget() is None and QApplication.focusWidget() is not None
