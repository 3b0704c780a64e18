"""One day of the week, person by person: shifts, what is inside them, and the need below."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner import clock
from planner.domain.ids import StaffId
from planner.services.week.day_views import DayView
from planner.words import _, long_date, short_date, weekday_name
from ui.week import words
from ui.week.day_board import ZOOM
from ui.week.day_drag import Drag, Hint
from ui.week.day_lanes import DayLanes
from ui.week.day_legend import DayLegend, keys_text
from ui.week.narrowing import Narrowing
from ui.widgets import EmptyState, YieldingRow, icon_button, text_button

_MINUTE_MS = 60_000
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ZOOM_IN = {Qt.Key.Key_Plus, Qt.Key.Key_Equal}


class DayTimeline(QWidget):
    """Shows a ``DayView``; asks for another day, and tells what is chosen and dropped.

    Parameters
    ----------
    preview
        Says what dropping a dragged block somewhere would mean; asked often, so it must be quick.
    """

    day_asked = Signal(object)
    """The date of the week to go to."""
    all_asked = Signal()
    """The search and the choices that leave people out shall go."""

    def __init__(self, preview: Callable[[Drag], Hint | None] | None = None) -> None:
        super().__init__()
        self.days = QTabBar()
        self.days.setExpanding(False)
        self.days.setUsesScrollButtons(False)
        self.days.setAccessibleName(_("Day"))
        for _number in range(7):
            self.days.addTab("–")  # a bar without texts has no name
        self.days.currentChanged.connect(self._ask)
        self.lanes = DayLanes(preview)
        self.lanes.setAccessibleDescription(keys_text())
        self.shift_selected = self.lanes.shift_selected
        self.duty_selected = self.lanes.duty_selected
        self.duty_dropped = self.lanes.duty_dropped
        self.shift_dropped = self.lanes.shift_dropped
        self.shift_resized = self.lanes.shift_resized
        self.with_free = QCheckBox(_("Show people who are free"))
        self.with_free.toggled.connect(self._show_free)
        self._empty = EmptyState(
            "users",
            _("Nobody to show on this day"),
            _("Nobody is at work. Choose another day, or show people who are free."),
        )
        show_all = text_button(_("Show all"), "x")
        show_all.clicked.connect(self.all_asked)
        self._unfound = EmptyState("search", _("Nothing fits"), "", show_all)
        self._sought = ""
        self._states = QStackedWidget()
        for state in (self.lanes, self._empty, self._unfound):
            self._states.addWidget(state)
        self.lanes.day.modelReset.connect(self._choose_state)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE_MS)
        self._clock.timeout.connect(self._show_now)
        self._lay_out()

    def show_day(self, view: DayView) -> None:
        """Show a day; what is chosen and the zoom stay."""
        self._show_days(view)
        self.lanes.show_day(view)
        self.lanes.setAccessibleName(", ".join([_("Timeline of the day"), long_date(view.day)]))
        is_today = any(day.is_today and day.day == view.day for day in view.days)
        if is_today:
            self._clock.start()
        else:
            self._clock.stop()
        self._show_now()

    def narrow(self, narrowing: Narrowing) -> None:
        """Show only people whom a narrowing shows."""
        self._sought = narrowing.said
        self._unfound.say(
            _(
                "Nobody on this day fits {sought}. “Show all” takes the search and the choices "
                "away; people who are free can be shown, too.",
                sought=narrowing.said,
            )
        )
        self.lanes.day.narrow(narrowing)

    def select_person(self, staff: StaffId) -> bool:
        """Choose the first block of a person; return whether the person is shown."""
        day = self.lanes.day
        for row, numbers in zip(day.rows, day.of_row, strict=True):
            if row.staff == staff and numbers:
                self.lanes.choose(numbers.start)
                return True
        return False

    def _show_days(self, view: DayView) -> None:
        self.days.blockSignals(True)  # noqa: FBT003 - Qt's signature
        for number, day in enumerate(view.days):
            self.days.setTabData(number, day.day)
            note = words.day_note(day)
            self.days.setTabToolTip(number, ", ".join(filter(None, [long_date(day.day), note])))
            if day.day == view.day:
                self.days.setCurrentIndex(number)
        self.days.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._name_days()

    def _name_days(self) -> None:
        """Name the days by weekday and date where there is room for all, else by weekday."""
        days = [self.days.tabData(number) for number in range(self.days.count())]
        if None in days:
            return  # none is shown yet
        self._write_days([weekday_name(day) for day in days])
        self.days.setMinimumWidth(self.days.sizeHint().width())  # whatever is written there
        self._write_days([short_date(day) for day in days])
        if self._bar.sizeHint().width() > self.width():
            self._write_days([weekday_name(day) for day in days])

    def _write_days(self, names: list[str]) -> None:
        for number, name in enumerate(names):
            self.days.setTabText(number, name)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_days()

    def _lay_out(self) -> None:
        self._bar = bar = YieldingRow()
        bar.setProperty("header", True)  # noqa: FBT003 - Qt's signature
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        smaller = icon_button("zoom-out", _("Show more hours (Ctrl+−)"))
        smaller.clicked.connect(self._zoom_out)
        larger = icon_button("zoom-in", _("Show fewer hours (Ctrl++)"))
        larger.clicked.connect(self._zoom_in)
        whole = text_button(_("Whole day"))
        whole.setToolTip(_("Show the whole day (Ctrl+0)"))
        whole.clicked.connect(self.lanes.fit)
        bar.row.setContentsMargins(8, 2, 12, 2)
        bar.row.addWidget(self.days)
        bar.row.addStretch()
        bar.row.addWidget(self.with_free)
        for button in (smaller, larger, whole):
            bar.row.addWidget(button)
        bar.yield_in_order(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._states, stretch=1)
        layout.addWidget(DayLegend())

    @override
    def event(self, event: QEvent) -> bool:
        # Ours before the window's shortcuts, while the keyboard is in here.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._verb(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        verb = self._verb(event)
        if verb is None:
            super().keyPressEvent(event)
        else:
            verb()

    def _verb(self, event: QKeyEvent) -> Callable[[], None] | None:
        ignored = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & ~ignored != _CONTROL:
            return None
        key = Qt.Key(event.key())
        if key in _ZOOM_IN:
            return self._zoom_in
        verbs: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Minus: self._zoom_out,
            Qt.Key.Key_0: self.lanes.fit,
            Qt.Key.Key_PageUp: lambda: self._step(-1),
            Qt.Key.Key_PageDown: lambda: self._step(1),
        }
        return verbs.get(key)

    def _step(self, n_days: int) -> None:
        number = self.days.currentIndex() + n_days
        if 0 <= number < self.days.count():
            self.days.setCurrentIndex(number)

    @Slot()
    def _zoom_in(self) -> None:
        self.lanes.zoom(ZOOM)

    @Slot()
    def _zoom_out(self) -> None:
        self.lanes.zoom(1 / ZOOM)

    @Slot(int)
    def _ask(self, number: int) -> None:
        self.day_asked.emit(self.days.tabData(number))

    @Slot(bool)
    def _show_free(self, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.lanes.day.show_free(is_shown=is_shown)

    @Slot()
    def _choose_state(self) -> None:
        is_empty = self.lanes.day.view is not None and not self.lanes.day.rows
        state = self._unfound if self._sought else self._empty
        self._states.setCurrentWidget(state if is_empty else self.lanes)

    @Slot()
    def _show_now(self) -> None:
        self.lanes.show_now(clock.now() if self._clock.isActive() else None)
