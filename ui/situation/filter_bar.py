"""What of the incidents is looked at: kinds and days."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QMenu, QToolButton, QWidget

from planner.services.situation.picture import Situation, SituationFilter
from planner.words import _
from ui.situation import words
from ui.theme import set_icon
from ui.widgets import label, text_button

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class FilterBar(QWidget):
    """Kinds to tick, and days from and to."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kinds: dict[str, QAction] = {}
        self.kinds_button = QToolButton()
        self.kinds_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.kinds_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.kinds_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_icon(self.kinds_button, "filter")
        self._menu = QMenu(self)
        self.kinds_button.setMenu(self._menu)
        self.first, self.last = _day_edit(_("From")), _day_edit(_("To"))
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._change)
        self.whole_button = text_button(_("All days"))
        self.whole_button.clicked.connect(self._show_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.kinds_button)
        row.addWidget(label(_("From"), "muted"))
        row.addWidget(self.first)
        row.addWidget(label(_("to"), "muted"))
        row.addWidget(self.last)
        row.addWidget(self.whole_button)
        self._has_days = False
        self._say_kinds()

    def wanted(self) -> SituationFilter:
        """Return what is chosen."""
        ticked = frozenset(kind for kind, action in self._kinds.items() if action.isChecked())
        is_all = len(ticked) == len(self._kinds)
        return SituationFilter(
            kinds=None if is_all else ticked,
            first_day=_day(self.first) if self._has_days else None,
            last_day=_day(self.last) if self._has_days else None,
        )

    def show_situation(self, shown: Situation) -> None:
        """Offer the kinds that there are, and the days that are shown; what is ticked stays."""
        if not self._has_days and shown.first_day is not None and shown.last_day is not None:
            for edit, day in ((self.first, shown.first_day), (self.last, shown.last_day)):
                edit.blockSignals(True)  # noqa: FBT003 - Qt's signature
                edit.setDate(QDate(day.year, day.month, day.day))
                edit.blockSignals(False)  # noqa: FBT003 - Qt's signature
        if {kind for kind, _n in shown.kinds} != set(self._kinds):
            self._offer(shown)
        for kind, n in shown.kinds:
            self._kinds[kind].setText(f"{words.kind_name(kind)} ({n})".replace("&", "&&"))
        self._say_kinds()

    def clear(self) -> None:
        """Forget what is chosen, as another plan is shown."""
        self._has_days = False
        self._kinds = {}
        self._menu.clear()

    def _offer(self, shown: Situation) -> None:
        before = {kind: action.isChecked() for kind, action in self._kinds.items()}
        self._menu.clear()
        self._kinds = {}
        for kind, _n in shown.kinds:
            action = self._menu.addAction("")
            action.setCheckable(True)
            action.setChecked(before.get(kind, True))
            action.toggled.connect(self._tick)
            self._kinds[kind] = action

    def _say_kinds(self) -> None:
        ticked = [kind for kind, action in self._kinds.items() if action.isChecked()]
        if len(ticked) == len(self._kinds):
            text = _("All kinds")
        elif len(ticked) == 1:
            text = words.kind_name(ticked[0])
        else:
            text = _("{n} of {n_all} kinds", n=len(ticked), n_all=len(self._kinds))
        self.kinds_button.setText(f" {text}")
        self.kinds_button.setAccessibleName(_("Kinds of incidents") + f": {text}")

    @Slot()
    def _tick(self) -> None:
        self._say_kinds()
        self.changed.emit()

    @Slot()
    def _change(self) -> None:
        self._has_days = True
        self.changed.emit()

    @Slot()
    def _show_all(self) -> None:
        self._has_days = False
        self.changed.emit()


def _day_edit(name: str) -> QDateEdit:
    edit = QDateEdit()
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setAccessibleName(name)
    edit.calendarWidget().setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    edit.setKeyboardTracking(False)
    return edit


def _day(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())
