"""The coverage page: what it says at a glance, and where it leads."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from planner import words
from planner.services.coverage.page import coverage_view
from planner.services.plans import open_plan
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.generating import Proposal, accept
from planner.services.roster.views import Decision
from tests.planner import small
from tests.planner.small import FRIDAY, MONDAY, OFFICERS, SCHOOL_B, SQUARE, TUESDAY, WEEK, span
from ui import coverage
from ui.coverage import tiles as tiles_module
from ui.coverage.histogram import Histogram
from ui.coverage.page import EVENING_TAB, FAIRNESS_TAB, TREND_TAB
from ui.coverage.tiles import Tiles, figures
from ui.coverage.words import headline
from ui.jobs import Runner
from ui.parts import Part


@pytest.fixture
def runner(qapp):
    made = Runner(qapp)
    yield made
    made.close()


@pytest.fixture
def ask(runner, qtbot):
    """Return a page that shows the small plan's week, or another, of a plan file."""

    def make(path, week=WEEK):
        plan = open_plan(path)
        page = coverage.CoveragePage(plan, runner)
        qtbot.addWidget(page)
        page.resize(1300, 800)
        page.show()
        page.show_week(week)
        qtbot.waitUntil(lambda: page.view() is not None and page.view().week == week)
        return page

    return make


def keep(path, change):
    """Store another roster of the week."""
    with open_plan(path) as plan:
        roster = change(plan.store.load_roster(WEEK))
        accept(plan, Proposal(roster=roster, n_gaps=0))


def without(*duties):
    return lambda roster: replace(
        roster, assignments=tuple(one for one in roster.assignments if one.duty not in duties)
    )


def sunset_at_school(roster):
    """Let somebody stay alone at school a until it is dark on Friday."""
    until = span(FRIDAY, "14:00", "16:00").end
    return replace(
        roster,
        assignments=tuple(
            replace(one, end=until) if one.duty == f"a/{FRIDAY}/after-1" else one
            for one in roster.assignments
        ),
    )


def evening_by_day(roster):
    """Let an officer work Monday's evening in the morning instead."""
    early = (span(MONDAY, "06:00", "14:00"),)
    return replace(
        roster,
        shifts=tuple(
            replace(shift, parts=early, breaks=())
            if (shift.staff, shift.day) == (OFFICERS[0], MONDAY)
            else shift
            for shift in roster.shifts
        ),
    )


def test_the_sentence_says_how_much_is_planned_and_where_most_is_missing(ask, drafted_file):
    page = ask(drafted_file)
    said = page.headline.text()
    assert said.startswith("22 av 23 utlovade insatser är planerade.")
    assert "Björkskolan, fredag" in said
    keep(drafted_file, without(f"square-1/{MONDAY}/1", f"square-2/{TUESDAY}/1"))
    with open_plan(drafted_file) as plan:
        said = headline(coverage_view(plan, WEEK))
    assert said == (
        "20 av 23 utlovade insatser är planerade. 3 saknar personal, flest på Torget (2)."
    )


def test_figures_name_each_measure_and_what_else_is_to_know(ask, drafted_file):
    page = ask(drafted_file)
    found = {figure.name: figure for figure in figures(page.view())}
    schools = found["Kontaktperson vid skolorna"]
    assert (schools.number, schools.said, schools.tone) == ("17/18", "1 saknar personal", "danger")
    assert found["Närvaro på utvalda platser"].tone == "success"
    assert found["Ensam efter skymningen"].number == "0"


def tiles_of(shown: Tiles) -> list[QWidget]:
    return [tile for tile in shown.children() if isinstance(tile, QWidget)]


def test_figures_stand_in_two_rows_where_one_has_no_room(ask, drafted_file, qtbot, monkeypatch):
    view = ask(drafted_file).view()
    many = [next(figures(view))] * 7
    monkeypatch.setattr(tiles_module, "figures", lambda _view: iter(many))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    shown = Tiles()
    shown.setParent(window)
    shown.show_view(view)
    shown.show()
    for width, n_rows in ((2000, 1), (shown.minimumSizeHint().width(), 2), (2000, 1)):
        shown.resize(width, 300)
        qtbot.waitUntil(lambda n_rows=n_rows: len({tile.y() for tile in tiles_of(shown)}) == n_rows)
        assert all(shown.rect().contains(tile.geometry()) for tile in tiles_of(shown))


def test_maps_show_numbers_and_lead_to_place_and_day(ask, drafted_file, qtbot):
    page = ask(drafted_file)
    schools = page.overview.schools
    assert schools.table.rows[0].source == SCHOOL_B  # whoever lacks people comes first
    index = schools.table.index(0, 4)
    assert index.data() == "1/2"
    assert "fre 27/11" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    schools.setCurrentIndex(index)
    assert "saknas fre 27/11" in page.overview.pointed.text()
    with qtbot.waitSignal(page.spot_asked) as asked:
        qtbot.keyClick(schools, Qt.Key.Key_Return)
    assert asked.args == [SCHOOL_B, FRIDAY]
    hotspots = page.overview.hotspots
    assert hotspots.table.index(0, 0).data() == "5"
    hotspots.setCurrentIndex(hotspots.table.index(0, 0))
    with qtbot.waitSignal(page.spot_asked) as asked:
        qtbot.keyClick(hotspots, Qt.Key.Key_Return)
    assert asked.args == [SQUARE, MONDAY]


def test_the_map_of_selected_places_shows_all_days_or_one(ask, drafted_file):
    keep(drafted_file, without(f"square-2/{TUESDAY}/1"))
    page = ask(drafted_file)
    overview = page.overview
    assert overview.hotspots.table.index(0, 0).data() == "4/5"
    assert overview.day.itemText(2) == "tis 24/11 (1)"
    overview.day.setCurrentIndex(2)
    assert overview.hotspots.table.index(0, 0).data() == "0/1"
    overview.day.setCurrentIndex(1)
    assert overview.hotspots.table.index(0, 0).data() == "1"


def test_a_cell_where_nothing_is_promised_leads_nowhere(ask, drafted_file, qtbot):
    page = ask(drafted_file)
    schools = page.overview.schools
    schools.setCurrentIndex(schools.table.index(0, 2))  # the study day
    assert schools.currentIndex().data() == "–"
    with qtbot.assertNotEmitted(page.spot_asked):
        qtbot.keyClick(schools, Qt.Key.Key_Return)


def test_gaps_lead_to_the_week_and_to_their_explanation(ask, drafted_file, qtbot):
    page = ask(drafted_file)
    overview = page.overview
    assert overview.gaps.currentRow() == 0  # the most harmful
    at = next(n for n, one in enumerate(page.view().gaps) if one.source == SCHOOL_B)
    overview.gaps.setCurrentRow(at)
    with qtbot.waitSignal(page.gap_asked) as asked:
        qtbot.mouseClick(overview.why, Qt.MouseButton.LeftButton)
    assert asked.args[0].duty == f"{SCHOOL_B}/{FRIDAY}/after-1"
    with qtbot.waitSignal(page.spot_asked) as asked:
        qtbot.keyClick(overview.gaps, Qt.Key.Key_Return)
    assert asked.args == [SCHOOL_B, FRIDAY]


def test_the_gap_that_is_chosen_stays_when_the_page_is_read_again(ask, drafted_file, qtbot):
    page = ask(drafted_file)
    at = next(n for n, one in enumerate(page.view().gaps) if one.source == SCHOOL_B)
    page.overview.gaps.setCurrentRow(at)
    before = page.view()
    keep(drafted_file, without(f"square-2/{TUESDAY}/1"))
    page.refresh()
    qtbot.waitUntil(lambda: page.view() is not before)
    row = page.overview.gaps.currentRow()
    assert page.view().gaps[row].source == SCHOOL_B
    assert len(page.view().gaps) == len(before.gaps) + 1


def test_evenings_that_became_day_work_are_told(ask, drafted_file):
    with open_plan(drafted_file) as plan:
        windows = uncovered_windows(plan, WEEK)
        publish(plan, WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
    keep(drafted_file, evening_by_day)
    page = ask(drafted_file)
    page.tabs.setCurrentIndex(EVENING_TAB)
    said = texts(page.evening)
    assert "har 5:00 flyttats till dagtid" in said
    moved = next(one for one in figures(page.view()) if one.name.startswith("Kvällstimmar som"))
    assert (moved.number, moved.tone) == ("5:00", "danger")


def test_lone_duty_after_dusk_is_listed_and_leads_to_the_week(ask, drafted_file, qtbot):
    keep(drafted_file, sunset_at_school)
    page = ask(drafted_file)
    page.tabs.setCurrentIndex(EVENING_TAB)
    assert page.evening.lone.count() == 1
    assert "ensam efter solnedgången från 15:" in page.evening.lone.item(0).text()
    page.evening.lone.setCurrentRow(0)
    with qtbot.waitSignal(page.spot_asked) as asked:
        qtbot.keyClick(page.evening.lone, Qt.Key.Key_Return)
    assert asked.args == ["a", FRIDAY]


def test_fairness_is_told_without_anybodys_name(ask, drafted_file):
    page = ask(drafted_file)
    page.tabs.setCurrentIndex(FAIRNESS_TAB)
    said = texts(page.fairness)
    assert "Kommunen, Polisen" in said
    assert "Bara 1 av de 4 veckorna har pass." in said
    assert "8 personer: från 0 till 5 var, 1,3 i snitt." in said
    names = [one.accessibleName() for one in page.fairness.findChildren(Histogram)]
    assert len(names) == 1  # only evenings are there to spread
    for member in small.make_plan().staff:
        assert member.display_name not in said + "".join(names)


def test_weeks_stand_side_by_side_and_lead_to_each(ask, drafted_file, qtbot):
    page = ask(drafted_file)
    page.tabs.setCurrentIndex(TREND_TAB)
    table = page.trend.table
    qtbot.waitUntil(lambda: table.rowCount() == 1)
    assert table.item(0, 1).text() == "Utkast"
    assert table.item(0, 3).text() == "95 %"
    with qtbot.waitSignal(page.week_asked) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == [WEEK]


def test_a_trend_asked_for_twice_shows_the_later_week(ask, drafted_file, qtbot):
    page = ask(drafted_file)
    page.tabs.setCurrentIndex(TREND_TAB)
    page.show_week(WEEK.shifted(20))  # the one before is still being read, or just was
    qtbot.waitUntil(lambda: page.trend.table.rowCount() == 0 and bool(page.trend.said.text()))
    qtbot.waitUntil(lambda: "Ingen vecka i närheten" in page.trend.said.text())


def test_a_week_without_a_roster_says_so_and_leads_to_it(ask, empty_file, qtbot):
    page = ask(empty_file)
    assert page._states.currentWidget() is page._empty
    assert "inget schema" in texts(page._empty)
    with qtbot.waitSignal(page.week_asked):
        button = next(iter(page._empty.findChildren(type(page.overview.why))))
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_answer_to_an_earlier_question_is_dropped(ask, drafted_file, runner):
    page = ask(drafted_file)
    page.show_week(WEEK.shifted(1))
    page.show_week(WEEK)
    runner.close()
    assert page.view().week == WEEK


def test_what_cannot_be_read_is_said(ask, drafted_file, qtbot, monkeypatch):
    def fail(_plan, _week):
        raise OSError("gone")

    page = ask(drafted_file)
    monkeypatch.setattr("ui.coverage.page.coverage_view", fail)
    with qtbot.waitSignal(page.failed):
        page.refresh()
    assert page._states.currentWidget() is page._lost


def test_another_week_is_asked_for_without_leaving_the_page(drafted_window, qtbot):
    drafted_window.part_actions[Part.COVERAGE].trigger()
    page = drafted_window.sections.page(Part.COVERAGE)
    qtbot.waitUntil(lambda: page.view() is not None)
    with qtbot.waitSignal(drafted_window.presenter.week_fetched):
        page.picker.picked.emit(WEEK.shifted(1))
    qtbot.waitUntil(lambda: page.view().week == WEEK.shifted(1))
    assert drafted_window.sections.part is Part.COVERAGE
    assert drafted_window.sections.topic() == "coverage"


def test_a_gap_leads_to_its_cell_in_the_week(drafted_window, qtbot):
    drafted_window.part_actions[Part.COVERAGE].trigger()
    page = drafted_window.sections.page(Part.COVERAGE)
    qtbot.waitUntil(lambda: page.view() is not None)
    page.overview.gaps.setCurrentRow(
        next(n for n, one in enumerate(page.view().gaps) if one.source == SCHOOL_B)
    )
    qtbot.keyClick(page.overview.gaps, Qt.Key.Key_Return)
    assert drafted_window.sections.part is Part.WEEK
    places = drafted_window.week_page.places
    row = places.places.rows[places.currentIndex().row()]
    assert (row.source, row.days[places.currentIndex().column()].day) == (SCHOOL_B, FRIDAY)


def test_an_undo_while_the_page_is_looked_at_changes_it(drafted_window, qtbot):
    drafted_window.editor.edit("remove", without(f"square-2/{TUESDAY}/1"))
    drafted_window.part_actions[Part.COVERAGE].trigger()
    page = drafted_window.sections.page(Part.COVERAGE)
    qtbot.waitUntil(lambda: page.view() is not None and page.view().total.n_gaps == 2)
    drafted_window.editor.undo()
    qtbot.waitUntil(lambda: page.view().total.n_gaps == 1)


@pytest.mark.parametrize("code", ["sv", "en"])
def test_everything_that_takes_the_keyboard_has_a_name(ask, drafted_file, code):
    words.set_language(code)
    page = ask(drafted_file)
    nameless = [
        widget.metaObject().className()
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and not widget.metaObject().className().startswith("QComboBoxListView")
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def texts(widget):
    """Return all that labels below a widget say."""
    return "\n".join(one.text() for one in widget.findChildren(QWidget) if hasattr(one, "text"))
