"""The overview of four weeks: codes, hours, searching, and the way to a day."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from planner import words
from planner.domain.ids import EmployerId, StaffId
from planner.services.roster.views import WeekState
from planner.services.week.four_weeks import make_four_weeks_view
from tests.ui import samples
from ui import theme
from ui.week.four_weeks import FourWeeks
from ui.week.four_weeks_model import FourWeeksModel
from ui.week.four_weeks_painting import FourWeeksDelegate
from ui.week.narrowing import Narrowing

WEEKS = tuple(samples.WEEK.shifted(n) for n in range(4))
HOURS_47, TOTAL = 7, 32


@pytest.fixture(scope="module")
def view():
    states = (WeekState.PUBLISHED, WeekState.DRAFT, WeekState.DRAFT, WeekState.EMPTY)
    return make_four_weeks_view(
        [samples.week_view(state, week) for state, week in zip(states, WEEKS, strict=True)]
    )


@pytest.fixture
def page(qtbot, view) -> FourWeeks:
    made = FourWeeks()
    qtbot.addWidget(made)
    made.resize(1440, 700)
    made.show()
    made.show_weeks(view)
    return made


def texts(page, row, column):
    table = page.grid.table
    return str(table.data(table.index(row, column)))


def test_model_keeps_qts_rules(qtmodeltester, view):
    model = FourWeeksModel()
    model.show(view)
    qtmodeltester.check(model)


def test_there_is_a_column_for_each_day_each_weeks_hours_and_all(page):
    table = page.grid.table
    assert table.columnCount() == 4 * 8 + 1
    titles = [table.column_title(n) for n in (0, 6, HOURS_47, 8, TOTAL)]
    assert titles == [
        "mån 23/11",
        "sön 29/11",
        "Timmar vecka 48",
        "mån 30/11",
        "Timmar alla veckor",
    ]


def test_week_without_roster_says_so(page):
    assert page.grid.table.week_title(0) == "Vecka 48"
    assert page.grid.table.week_title(3) == "Vecka 51 · Inget schema"


def test_cell_tells_all_that_the_week_grid_tells(page):
    assert "07:00–15:30" in texts(page, 0, 0)
    assert "Björkskolan" in texts(page, 0, 0)
    assert texts(page, 4, 0) == "Frånvaro"


def test_hours_tell_each_week_and_all_with_balance(page):
    assert texts(page, 0, HOURS_47) == "42:30 av 40:00 timmar, +2:30"
    assert texts(page, 0, TOTAL) == "127:30 av 160:00 timmar, −32:30"


def test_header_tells_date_and_holiday(page):
    header = page.grid.table.headerData(6, Qt.Orientation.Horizontal)
    assert header == "sön 29/11, Advent"


def test_search_finds_names_places_and_groups(page):
    table = page.grid.table
    page.narrow(Narrowing(text="åsa"))
    assert [row.name for row in table.rows] == ["Åsa Sjöström"]
    page.narrow(Narrowing(text="hammarby"))
    assert 0 < len(table.rows) < 20
    page.narrow(Narrowing(employer=EmployerId("city")))
    assert {row.employer for row in table.rows} == {EmployerId("city")}


def test_nobody_to_show_is_said(page):
    page.narrow(Narrowing(text="nobody has this name"))
    assert page._states.currentWidget() is page._empty


def test_enter_and_double_click_ask_for_the_day(page, qtbot):
    grid = page.grid
    grid.setCurrentIndex(grid.table.index(2, 9))
    with qtbot.waitSignal(page.day_asked) as asked:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert asked.args == [WEEKS[1].days[1], StaffId("p2")]
    box = grid.visualRect(grid.table.index(0, 0))
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    with qtbot.waitSignal(page.day_asked) as asked:
        qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert asked.args == [WEEKS[0].days[0], StaffId("p0")]


def test_enter_on_hours_asks_for_nothing(page, qtbot):
    page.grid.setCurrentIndex(page.grid.table.index(0, HOURS_47))
    with qtbot.assertNotEmitted(page.day_asked):
        qtbot.keyClick(page.grid, Qt.Key.Key_Return)


def test_chosen_cell_stays_when_the_weeks_change(page, view):
    page.grid.setCurrentIndex(page.grid.table.index(3, 5))
    page.show_weeks(view)
    assert (page.grid.currentIndex().row(), page.grid.currentIndex().column()) == (3, 5)
    page.select_person(StaffId("p7"))
    assert page.grid.currentIndex().row() == 7


def test_only_cells_in_sight_are_painted(qtbot, view, monkeypatch):
    painted = []
    paint = FourWeeksDelegate.paint

    def count(self: FourWeeksDelegate, painter: QPainter, option: object, index: object) -> None:
        painted.append(index)
        paint(self, painter, option, index)

    monkeypatch.setattr(FourWeeksDelegate, "paint", count)
    made = FourWeeks()
    qtbot.addWidget(made)
    made.resize(1000, 300)
    made.show_weeks(view)
    made.grab()
    assert 0 < len(painted) < made.grid.table.rowCount() * made.grid.table.columnCount() / 2


@pytest.mark.parametrize("mode", [theme.Mode.LIGHT, theme.Mode.DARK])
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_weeks_are_painted_in_each_theme_and_language(qtbot, qapp, view, mode, language):
    words.set_language(language)
    theme.install(qapp, mode)
    made = FourWeeks()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show_weeks(view)
    made.grid.setCurrentIndex(made.grid.table.index(2, 3))
    assert not made.grab().isNull()
