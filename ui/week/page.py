"""The week page: a header, the two grids, the need line and the side panel."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from planner.domain.plan import Plan
from planner.domain.roster import Finding, Gap
from planner.domain.weeks import IsoWeek
from planner.services.views import WeekState, WeekView
from planner.words import _
from ui.week import words
from ui.week.filters import FilterRow
from ui.week.generate import GeneratePanel
from ui.week.grids import PeopleGrid, PlacesGrid
from ui.week.header import WeekHeader
from ui.week.legend import Legend
from ui.week.need_chart import NeedChart
from ui.week.side_panel import PANEL_PX, SidePanel
from ui.widgets import EmptyState, MessageBar, primary_button

PEOPLE_TAB, PLACES_TAB = 0, 1


class WeekPage(QWidget):
    """Shows a ``WeekView``; keeps nothing but what its widgets hold.

    Parameters
    ----------
    generate, publish, print_out
        Actions of the window that the header's buttons trigger.
    """

    week_asked = Signal(object)
    """The ``IsoWeek`` to go to."""
    this_week_asked = Signal()
    week_refused = Signal(object)
    """The ``InputError`` of a week that somebody typed."""

    def __init__(self, generate: QAction, publish: QAction, print_out: QAction) -> None:
        super().__init__()
        self._view: WeekView | None = None
        self.header = WeekHeader(generate, publish, print_out)
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
        self.filters = FilterRow()
        self.filters.changed.connect(self._narrow)
        self.people = PeopleGrid()
        self.people.cell_selected.connect(self._explain_person)
        self.places = PlacesGrid()
        self.places.cell_selected.connect(self._explain_place)
        self.chart = NeedChart()
        self.side = SidePanel()
        self.side.gap_chosen.connect(self._show_gap)
        self.side.finding_chosen.connect(self._show_finding)
        self.tabs.currentChanged.connect(self._show_tab)
        self._states = self._make_states(generate)
        self._lay_out()

    def show_week(self, week: IsoWeek) -> None:
        """Show that ``week`` is being fetched."""
        self.header.picker.show_week(week)
        if self._view is None or self._view.week != week:
            self._states.setCurrentWidget(self._loading)

    def show_view(self, view: WeekView, plan: Plan) -> None:
        """Show a week of ``plan``."""
        is_same_week = self._view is not None and self._view.week == view.week
        chosen = self._current_grid().currentIndex() if is_same_week else None
        self._view = view
        self.header.show_view(view)
        if view.notice:
            self.notice.say(view.notice, "info")
        else:
            self.notice.hide()
        self.filters.show_groups(view.employers, view.squads)
        self.people.people.show(view)
        self.places.places.show(view)
        self._narrow()
        self.chart.show_points(view.need, ZoneInfo(view.zone))
        self.side.show_notes(plan, view.gaps, view.findings)
        self.side.clear_details()
        self._choose_state(view)
        if chosen is not None and chosen.isValid():
            grid = self._current_grid()
            grid.setCurrentIndex(grid.model().index(chosen.row(), chosen.column()))

    def view(self) -> WeekView | None:
        """Return the week that is shown, if one is."""
        return self._view

    def worth(self) -> str:
        """Return value and bound of the first level that costs anything, in words."""
        paid = [level for level in self._view.levels if level.value] if self._view else []
        return words.levels_lines(tuple(paid[:1]))[0] if paid else ""

    def worth_of_levels(self) -> str:
        """Return value and bound of every level, a line each."""
        return "\n".join(words.levels_lines(self._view.levels)) if self._view else ""

    def _make_states(self, generate: QAction) -> QStackedWidget:
        states = QStackedWidget()
        self._grids = QStackedWidget()
        self._grids.addWidget(self.people)
        self._grids.addWidget(self.places)
        button = primary_button(_("Generate"), "play")
        button.clicked.connect(generate.trigger)
        self._empty = EmptyState(
            "calendar-days",
            _("There is no roster for this week yet"),
            _("Generate one: everybody's shifts and who stands where. Stop it when you like."),
            button,
        )
        self._free = EmptyState(
            "school",
            _("Nothing to plan this week"),
            _("There is no school and no other duty in this week. Go to another one above."),
        )
        self._loading = EmptyState("clock", _("Fetching the week"), "")
        for page in (self._grids, self._empty, self._free, self._loading):
            states.addWidget(page)
        states.setCurrentWidget(self._loading)
        return states

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
        column.addWidget(self._states, stretch=1)
        column.addWidget(self.legend)
        column.addWidget(self.chart)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.side)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([1100, PANEL_PX])
        splitter.setChildrenCollapsible(False)
        self.side.setMinimumWidth(250)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self.header)
        layout.addWidget(self.progress)
        layout.addWidget(self.hint)
        layout.addWidget(splitter, stretch=1)

    def _choose_state(self, view: WeekView) -> None:
        has_duties = any(day.duties for place in view.places for day in place.days)
        has_shifts = any(day.shifts for person in view.people for day in person.days)
        if view.state is WeekState.EMPTY and not has_shifts:
            page: QWidget = self._empty if has_duties or view.need else self._free
        else:
            page = self._grids
        self._states.setCurrentWidget(page)
        if page is self._grids and view.state is WeekState.EMPTY:
            self.hint.say(
                _(
                    "Only given shifts are shown. Generate the week to place the others and all "
                    "duties."
                ),
                "warning",
            )
        else:
            self.hint.hide()

    def _current_grid(self) -> PeopleGrid | PlacesGrid:
        return self.places if self.tabs.currentIndex() == PLACES_TAB else self.people

    @Slot(int)
    def _show_tab(self, at: int) -> None:
        self._grids.setCurrentIndex(at)
        self.filters.show_group_choice(is_shown=at == PEOPLE_TAB)
        self.legend.show_for_people(is_people=at == PEOPLE_TAB)
        index = self._current_grid().currentIndex()
        if at == PEOPLE_TAB:
            self._explain_person(index.row(), index.column())
        else:
            self._explain_place(index.row(), index.column())

    @Slot()
    def _narrow(self) -> None:
        filters = self.filters
        self.people.people.narrow(filters.employer(), filters.squad(), filters.text())
        self.places.places.narrow(filters.text())

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
