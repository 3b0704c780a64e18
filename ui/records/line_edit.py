"""Text fields, dates with a calendar, and boxes that a turn of the wheel leaves alone."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QWidget,
    QWidgetAction,
)
from typing_extensions import override

from planner.words import _
from ui.theme import tokens
from ui.widgets import icon_button


class PlainEdit(QLineEdit):
    """A text field that leaves the page's own keys to the page."""

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and _is_ours(event):
            event.ignore()
            return False
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_ours(event):  # on Linux, Ctrl+D would delete a letter
            event.ignore()
        else:
            super().keyPressEvent(event)


def _is_ours(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_D
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )


class CalmCombo(QComboBox):
    """A choice that scrolling past does not change."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SearchCombo(CalmCombo):
    """A choice that is found by typing any part of its text."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setLineEdit(_InnerEdit())
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)


class _InnerEdit(PlainEdit):
    """The text of a choice: without a frame of its own, all of it marked when it is entered."""

    def __init__(self) -> None:
        super().__init__()
        self.setStyleSheet("border: none; padding: 0; background: transparent;")

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.hasSelectedText():
            self.selectAll()


class DateEdit(QWidget):
    """A date as text, with a calendar to pick it from; a time after it stays."""

    changed = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        self.edit = PlainEdit()
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(name)
        self.edit.textChanged.connect(self.changed)
        self._opener = icon_button("calendar-days", _("Choose a day in the calendar"))
        self._opener.setStyleSheet("padding: 5px 4px;")
        self._opener.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the text can be typed
        self._opener.clicked.connect(self._open)
        self._menu: QMenu | None = None
        self.setFocusProxy(self.edit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.edit, stretch=1)
        layout.addWidget(self._opener)

    @Slot()
    def _open(self) -> None:
        if self._menu is None:
            self._menu = QMenu(self)
            self._calendar = QCalendarWidget()
            self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
            self._calendar.setVerticalHeaderFormat(
                QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers
            )
            self._calendar.clicked.connect(self._pick)
            inside = QWidgetAction(self._menu)
            inside.setDefaultWidget(self._calendar)
            self._menu.addAction(inside)
        try:
            day = date.fromisoformat(self.edit.text().strip()[:10])
            self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        except ValueError:  # nothing readable there yet: the calendar opens on today
            pass
        self._menu.popup(self._opener.mapToGlobal(self._opener.rect().bottomLeft()))

    @Slot(QDate)
    def _pick(self, day: QDate) -> None:
        if self._menu is not None:
            self._menu.close()
        rest = self.edit.text().strip()[10:]
        self.edit.setText(day.toString(Qt.DateFormat.ISODate) + rest)
        self.edit.setFocus()


def mark(widget: QWidget, *, is_wrong: bool) -> None:
    """Draw a field's border as that of a wrong one, or as usual."""
    kind = type(widget).__mro__
    name = next(base.__name__ for base in kind if base.__name__.startswith("Q"))
    danger = tokens().danger
    widget.setStyleSheet(f"{name} {{ border: 1px solid {danger}; }}" if is_wrong else "")
