"""The week page: a header, the two grids, the need line and the side panel."""

from collections.abc import Mapping, Sized
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.ids import DutyId, ShiftId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Finding, Gap, Override, Roster
from planner.domain.weeks import IsoWeek
from planner.services.candidates.of_week import wanted_by
from planner.services.candidates.values import HeadWanted, ShiftHandedOver, Wanted
from planner.services.roster.views import WeekState, WeekView
from planner.services.week.day_timeline import make_day_view
from planner.services.week.day_views import FourWeeksView
from planner.words import _
from ui.actions import Command, of_week
from ui.editor import Editor
from ui.week import words
from ui.week.day_editing import DayEditing
from ui.week.day_timeline import DayTimeline
from ui.week.filters import FilterRow
from ui.week.four_weeks import FourWeeks
from ui.week.generate import GeneratePanel
from ui.week.grids import PeopleGrid, PlacesGrid
from ui.week.header import WeekHeader
from ui.week.legend import Legend
from ui.week.narrowing import Narrowing
from ui.week.people_editing import PeopleEditing
from ui.week.places_drag import PlacesDrag
from ui.week.places_editing import PlacesEditing
from ui.week.right_side import RightSide
from ui.week.side_panel import PANEL_PX
from ui.week.states import WeekStates
from ui.widgets import MessageBar, NeedChart, ask_text

PEOPLE_TAB, PLACES_TAB, DAY_TAB, WEEKS_TAB = range(4)

_LEAST_WITH_CHART_PX = 560
"""In a lower window the tables need the room."""


class WeekPage(QWidget):
    """Shows a ``WeekView`` and turns what the user does in it into edits.

    Parameters
    ----------
    actions
        The window's, for buttons and menus.
    """

    week_asked = Signal(object)
    """The ``IsoWeek`` to go to."""
    this_week_asked = Signal()
    week_refused = Signal(object)
    """The ``InputError`` of a week that somebody typed."""
    reasons_asked = Signal(object)
    """The ``Gap`` that is to be explained."""
    data_asked = Signal()
    """There is nothing in the plan, and something is to be written."""
    four_weeks_asked = Signal(object)
    """The first ``IsoWeek`` of the four to show."""

    def __init__(self, actions: Mapping[Command, QAction], editor: Editor) -> None:
        super().__init__()
        self._view: WeekView | None = None
        self._editor = editor
        self._day: date | None = None
        self.header = WeekHeader(
            actions[Command.GENERATE], actions[Command.PUBLISH], actions[Command.PRINT]
        )
        self.header.picker.picked.connect(self.week_asked)
        self.header.picker.refused.connect(self.week_refused)
        self.header.this_week.clicked.connect(self.this_week_asked)
        self.notice = MessageBar(is_closable=False)
        self.hint = MessageBar(is_closable=False)
        self.progress = GeneratePanel()
        self.tabs = QTabBar()
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(_("Views of the week"))
        self.tabs.addTab(_("People"))
        self.tabs.addTab(_("Places"))
        self.tabs.addTab(_("Day"))
        self.tabs.addTab(_("Four weeks"))
        self._make_views(actions)
        self.chart = NeedChart()
        self.right = RightSide(self._editor)
        self.place_editing.candidates_asked.connect(self.right.ask_for)
        self.place_editing.reasons_asked.connect(self._ask_reasons)
        self.side = self.right.side
        self.side.gap_chosen.connect(self._show_gap)
        self.side.reasons_asked.connect(self.reasons_asked)
        self.side.finding_chosen.connect(self._show_finding)
        self.tabs.currentChanged.connect(self._show_tab)
        for command in (Command.PEOPLE, Command.PLACES, Command.DAY, Command.FOUR_WEEKS):
            # After the window has changed the view.
            queued = Qt.ConnectionType.QueuedConnection
            actions[command].triggered.connect(self._take_keyboard, queued)
        self._views = QStackedWidget()
        for shown in (self.people, self.places, self.timeline, self.four_weeks):
            self._views.addWidget(shown)
        self.states = WeekStates(self._views, actions)
        self.states.data_asked.connect(self.data_asked)
        self.states.all_asked.connect(self.filters.clear)
        self._lay_out()

    def _make_views(self, actions: Mapping[Command, QAction]) -> None:
        self.filters = FilterRow()
        self.filters.changed.connect(self._narrow)
        self.people = PeopleGrid()
        self.people.cell_selected.connect(self._explain_person)
        self.places = PlacesGrid()
        self.places.cell_selected.connect(self._explain_place)
        self.place_editing = PlacesEditing(self.places, self._editor)
        self.place_editing.person_asked.connect(self.show_person)
        self.place_drag = PlacesDrag(self.places, self._editor)
        self.people.day_asked.connect(self.show_day)
        self.editing = PeopleEditing(self.people, self._editor)
        self.editing.note_asked.connect(self._ask_note)
        for command in of_week():
            self.addAction(actions[command])
        self.editing.menu_actions = [actions[command] for command in (*of_week(), Command.ABSENCE)]
        day_editing = DayEditing(self._editor, self)
        self.timeline = DayTimeline(day_editing.preview)
        self.timeline.day_asked.connect(self.show_day)
        self.timeline.all_asked.connect(self.filters.clear)
        day_editing.listen(self.timeline)
        self.four_weeks = FourWeeks()
        self.four_weeks.day_asked.connect(self._go_to_day)

    def show_week(self, week: IsoWeek) -> None:
        """Show that ``week`` is being fetched."""
        self.header.picker.show_week(week)
        if self._view is None or self._view.week != week:
            self.states.show_loading()

    def show_view(self, view: WeekView, plan: Plan) -> None:
        """Show a week of ``plan``."""
        is_same_week = self._view is not None and self._view.week == view.week
        self._view = view
        self.header.show_view(view)
        if view.notice:
            self.notice.say(view.notice, "info")
        else:
            self.notice.hide()
        self.filters.setVisible(bool(view.people or view.places))
        self.filters.show_groups(view.employers, view.squads)
        self.people.people.show(view)
        self.places.places.show(view)
        self._narrow()
        self.chart.show_points(view.need, ZoneInfo(view.zone))
        self.side.show_notes(
            plan,
            view.gaps,
            view.findings,
            self._overrides(),
            has_roster=view.state is not WeekState.EMPTY,
        )
        self.states.show_view(view, plan)
        self._tell_given_only(view)
        self._tell_unfound()
        self.right.show_side()
        if not is_same_week:
            self._day = None
            self.side.clear_details()
        self._show_tab(self.tabs.currentIndex())

    def chosen_person(self) -> tuple[StaffId, date] | None:
        """Return the one person whose days are selected, and the first of these days."""
        is_people = self.tabs.currentIndex() == PEOPLE_TAB
        return self.editing.chosen_person() if is_people else None

    def view(self) -> WeekView | None:
        """Return the week that is shown, if one is."""
        return self._view

    @Slot(object)
    def show_day(self, day: date) -> None:
        """Show a day of the week hour by hour."""
        self._day = day
        self.tabs.setCurrentIndex(DAY_TAB)
        self._fill_day()

    def show_four_weeks(self, view: FourWeeksView) -> None:
        """Show four weeks that were asked for."""
        self.four_weeks.show_weeks(view)
        self._narrow()

    def worth(self) -> str:
        """Return value and bound of the first level that costs anything, in words."""
        paid = [level for level in self._view.levels if level.value] if self._view else []
        return words.levels_lines(tuple(paid[:1]))[0] if paid else ""

    def worth_of_levels(self) -> str:
        """Return value and bound of every level, a line each."""
        return "\n".join(words.levels_lines(self._view.levels)) if self._view else ""

    def _lay_out(self) -> None:
        bar = QWidget()
        bar.setProperty("header", True)  # noqa: FBT003 - Qt's signature
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 0, 12, 0)
        row.addWidget(self.tabs)
        row.addStretch()
        row.addWidget(self.filters)
        self.legend = Legend()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.states, stretch=1)
        column.addWidget(self.legend)
        column.addWidget(self.chart)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.right)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([1100, PANEL_PX])
        splitter.setChildrenCollapsible(False)
        self.side.setMinimumWidth(280)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.header)
        layout.addWidget(self.progress)
        layout.addWidget(self.hint)
        layout.addWidget(splitter, stretch=1)

    def _tell_given_only(self, view: WeekView) -> None:
        """Say so when all that is shown was given, and nothing generated yet."""
        if self.states.currentWidget() is self._views and view.state is WeekState.EMPTY:
            self.hint.say(
                _(
                    "Only given shifts are shown. Generate the week to place the others and all "
                    "duties."
                ),
                "warning",
            )
        else:
            self.hint.hide()

    def _tell_unfound(self) -> None:
        shown: Mapping[int, Sized] = {
            PEOPLE_TAB: self.people.people.rows,
            PLACES_TAB: self.places.places.rows,
            WEEKS_TAB: self.four_weeks.grid.table.rows,
        }
        rows = shown.get(self.tabs.currentIndex(), (self.timeline,))  # which says so itself
        self.states.tell_sought(self.filters.sought(), is_found=bool(rows))

    @Slot()
    def _take_keyboard(self) -> None:
        """Put the keyboard into the view that was asked for by its command."""
        view = self._views.currentWidget()
        if view is None or self.states.currentWidget() is not self._views:
            return
        inside = (
            widget
            for widget in (view, *view.findChildren(QWidget))
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()
        )
        widget = next(inside, None)
        if widget is not None:
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(widget, PeopleGrid | PlacesGrid):
            widget.select_current()

    @Slot(int)
    def _show_tab(self, at: int) -> None:
        self._views.setCurrentIndex(at)
        self.filters.show_group_choice(is_shown=at != PLACES_TAB)
        self.legend.setVisible(at in {PEOPLE_TAB, PLACES_TAB})
        self.legend.show_for_people(is_people=at == PEOPLE_TAB)
        self._show_chart()
        if at == PEOPLE_TAB:
            index = self.people.currentIndex()
            self._explain_person(index.row(), index.column())
        elif at == PLACES_TAB:
            index = self.places.currentIndex()
            self._explain_place(index.row(), index.column())
        elif at == DAY_TAB:
            self._fill_day()
        elif self._view is not None:
            self.four_weeks_asked.emit(self._view.week)
        self._tell_unfound()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chart()

    def _show_chart(self) -> None:
        is_of_table = self.tabs.currentIndex() in {PEOPLE_TAB, PLACES_TAB}
        self.chart.setVisible(is_of_table and self.height() >= _LEAST_WITH_CHART_PX)

    def _fill_day(self) -> None:
        working, view = self._editor.working, self._view
        if working is None or view is None:
            return
        self._day = self._day_to_show(view)
        around = [Roster(week=view.week, shifts=working.around)]
        self.timeline.show_day(
            make_day_view(
                working.plan,
                working.roster,
                view,
                self._day,
                around=around,
                duties=working.duties,
                travel=working.travel,
            )
        )
        self._narrow()

    def _day_to_show(self, view: WeekView) -> date:
        """Return the day chosen, else that of the selected cell, else today or Monday."""
        if self._day in view.week.days and self._day is not None:
            return self._day
        column = self.people.currentIndex().column()
        if 0 <= column < len(view.days):
            return view.days[column].day
        return next((day.day for day in view.days if day.is_today), view.week.monday)

    def show_person(self, staff: StaffId) -> None:
        """Select a person in the grid."""
        self.filters.clear()
        self.tabs.setCurrentIndex(PEOPLE_TAB)
        self.people.select_person(staff, None)

    def show_place(self, source: str, day: date | None = None) -> None:
        """Select a place in its grid, on a day if one is named."""
        self.filters.clear()
        self.tabs.setCurrentIndex(PLACES_TAB)
        self.places.select_place(source, day)

    @Slot(object, object)
    def _go_to_day(self, day: date, staff: StaffId) -> None:
        self._day = day
        if self._view is None or day not in self._view.week.days:
            self.week_asked.emit(IsoWeek.of(day))
            return
        self.tabs.setCurrentIndex(DAY_TAB)
        self._fill_day()
        self.timeline.select_person(staff)

    def find_candidates(self) -> None:
        """Rank who can take the gap, duty or shift that is selected."""
        wanted = self._wanted()
        if wanted is not None:
            self.right.ask_for(wanted)

    def _wanted(self) -> Wanted | None:
        """Return what is selected where the keyboard is, else the gap that is pointed at."""
        at = self.tabs.currentIndex()
        if at == PEOPLE_TAB and not self.side.has_focus():
            shifts = self.editing.current_shifts()
            return ShiftHandedOver(shift=shifts[0].id) if shifts else None
        if at == PLACES_TAB and not self.side.has_focus():
            index = self.places.currentIndex()
            duties = self.places.duties_at(index)
            gaps = [duty for duty in duties if duty.missing] or list(duties)
            return HeadWanted(duty=gaps[0].duty) if gaps else None
        gap = self.side.current_gap()
        return wanted_by(gap) if gap is not None else None

    def current_gap(self) -> Gap | None:
        """Return the gap of the place selected where the keyboard is, else the one pointed at."""
        if self.tabs.currentIndex() == PLACES_TAB and not self.side.has_focus():
            duties = self.places.duties_at(self.places.currentIndex())
            missing = [duty.duty for duty in duties if duty.missing]
            return self._gap_of(missing[0]) if missing else None
        return self.side.current_gap()

    @Slot(object)
    def _ask_reasons(self, duty: DutyId) -> None:
        self.reasons_asked.emit(self._gap_of(duty))

    def _gap_of(self, duty: DutyId) -> Gap | None:
        gaps = self._view.gaps if self._view else ()
        return next((gap for gap in gaps if gap.duty == duty), None)

    def _overrides(self) -> tuple[Override, ...]:
        roster = self._editor.roster
        return roster.overrides if roster else ()

    @Slot(object, object)
    def _ask_note(self, day: date, shift: ShiftId | None) -> None:
        roster = self._editor.roster
        if roster is None:
            return
        old = next((n.text for n in roster.notes if (n.day, n.shift) == (day, shift)), "")
        hint = _("Only planners see it; it is on no print-out. An empty note is taken away.")
        text = ask_text(_("Note"), hint, _("Save"), self, text=old, is_required=False)
        if text is not None:
            self._editor.write_note(day, shift, text)

    @Slot()
    def _narrow(self) -> None:
        """Narrow the grids, and of the other views the one that is shown."""
        filters, at = self.filters, self.tabs.currentIndex()
        narrowing = Narrowing(
            employer=filters.employer(),
            squad=filters.squad(),
            text=filters.text(),
            said=filters.sought(),
        )
        self.people.people.narrow(narrowing)
        self.places.places.narrow(filters.text())
        if at == DAY_TAB:
            self.timeline.narrow(narrowing)
        elif at == WEEKS_TAB:
            self.four_weeks.narrow(narrowing)
        self._tell_unfound()

    @Slot(int, int)
    def _explain_person(self, row: int, column: int) -> None:
        self._explain(self.people, row, column)

    @Slot(int, int)
    def _explain_place(self, row: int, column: int) -> None:
        self._explain(self.places, row, column)

    def _explain(self, grid: PeopleGrid | PlacesGrid, row: int, column: int) -> None:
        model = grid.table
        if row < 0 or column < 0:
            self.side.clear_details()
            return
        title, day = model.heading(row), model.column_title(column)
        self.side.show_details(title, day, model.lines(row, column))

    @Slot(object)
    def _show_gap(self, gap: Gap) -> None:
        if gap.duty is None:
            return
        self.filters.clear()
        self.tabs.setCurrentIndex(PLACES_TAB)
        self.places.select_duty(gap.duty)

    @Slot(object)
    def _show_finding(self, finding: Finding) -> None:
        view = self._view
        if view is None or finding.staff is None:
            return
        self.filters.clear()
        self.tabs.setCurrentIndex(PEOPLE_TAB)
        day = finding.span.start.astimezone(ZoneInfo(view.zone)).date() if finding.span else None
        self.people.select_person(finding.staff, day)
