"""The week page shows a ``WeekView``; no services, no files."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from planner import words
from planner.domain.ids import EmployerId, SquadId
from planner.domain.weeks import IsoWeek
from planner.services.roster.views import GenerateProgress, WeekState
from tests.planner import small
from tests.ui import samples
from ui.actions import make_actions
from ui.editor import Editor
from ui.jobs import Runner
from ui.week import WeekPage
from ui.week.day_drag import Hint
from ui.week.hint_label import HintLabel
from ui.week.models import HOURS_COLUMN, PeopleModel, PlacesModel
from ui.week.page import PEOPLE_TAB, PLACES_TAB


def page_of_its_own(qtbot: QtBot) -> WeekPage:
    """Return a page without a window."""
    owner = QWidget()
    qtbot.addWidget(owner)
    made = WeekPage(make_actions(owner), Editor(Runner(owner), lambda: None, owner))
    qtbot.addWidget(made)
    made.resize(1440, 860)
    return made


@pytest.fixture
def page(qtbot) -> WeekPage:
    made = page_of_its_own(qtbot)
    made.show()
    made.show_view(samples.week_view(), samples.PLAN)
    return made


def texts(model: PeopleModel | PlacesModel, row: int, column: int) -> str:
    return str(model.data(model.index(row, column)))


@pytest.mark.parametrize("kind", [PeopleModel, PlacesModel])
def test_models_keep_qts_rules(kind, qtmodeltester):
    model = kind()
    model.show(samples.week_view())
    qtmodeltester.check(model)


def test_cell_tells_shift_places_and_times(page):
    text = texts(page.people.people, 0, 0)
    assert "07:00–15:30" in text
    assert "Björkskolan" in text
    assert "planerat" in text


def test_absence_is_shown_without_a_cause(page):
    assert texts(page.people.people, 4, 0) == "Frånvaro"


def test_wish_lock_bound_time_and_findings_are_told(page):
    model = page.people.people
    assert "Önskar ledigt" in texts(model, 2, 5)
    assert "låst" in texts(model, 0, 1)
    assert "Bunden tid: Rättegång" in texts(model, 7, 2)
    assert "1 avvikelse" in texts(model, 5, 1)


def test_hours_have_a_sign(page):
    assert texts(page.people.people, 0, HOURS_COLUMN) == "42:30 av 40:00 timmar, +2:30"
    assert texts(page.people.people, 1, HOURS_COLUMN).endswith("−1:30")


def test_header_tells_date_and_holiday(page):
    header = page.people.people.headerData(6, Qt.Orientation.Horizontal)
    assert header == "sön 29/11, Advent"


def test_filter_by_employer_offers_its_squads_only(page):
    page.filters._employer.setCurrentIndex(page.filters._employer.findData("city"))
    rows = page.people.people.rows
    assert {row.employer for row in rows} == {EmployerId("city")}
    assert [page.filters._squad.itemText(n) for n in range(page.filters._squad.count())] == [
        "Alla turlag",
        "Skolkontakter",
    ]


def test_nothing_is_offered_to_narrow_what_is_not_there(page):
    search, employer, squad = page.filters._text, page.filters._employer, page.filters._squad
    view = samples.week_view()
    page.show_view(replace(view, squads=()), samples.PLAN)
    assert (search.isVisible(), employer.isVisible(), squad.isVisible()) == (True, True, False)
    page.tabs.setCurrentIndex(PLACES_TAB)
    assert (search.isVisible(), employer.isVisible(), squad.isVisible()) == (True, False, False)
    bare = replace(view, people=(), places=(), employers=(), squads=())
    page.show_view(bare, samples.PLAN)
    page.tabs.setCurrentIndex(PEOPLE_TAB)
    assert not any(part.isVisible() for part in (search, employer, squad))
    page.show_view(view, samples.PLAN)
    assert all(part.isVisible() for part in (search, employer, squad))


def test_filter_by_squad(page):
    page.filters._squad.setCurrentIndex(page.filters._squad.findData("2"))
    assert {row.squad for row in page.people.people.rows} == {SquadId("2")}


def test_search_finds_names_and_places(page):
    page.filters._text.setText("åsa")
    assert [row.name for row in page.people.people.rows] == ["Åsa Sjöström"]
    page.filters._text.setText("hammarby")
    assert 0 < len(page.people.people.rows) < 20
    assert [row.name for row in page.places.places.rows] == ["Hammarbyskolan"]


@pytest.mark.parametrize("tab", [PEOPLE_TAB, PLACES_TAB])
def test_a_search_that_finds_nothing_says_so(page, tab):
    page.tabs.setCurrentIndex(tab)
    page.filters._text.setText("xyzzy")
    assert page.states.currentWidget() is page.states.unfound
    page.show_view(samples.week_view(), samples.PLAN)
    assert page.states.currentWidget() is page.states.unfound
    assert "”xyzzy”" in page.states.unfound.hint.text()
    page.states.unfound.findChild(QPushButton).click()
    assert page.filters.text() == ""
    assert page.states.currentWidget() is page.states.views


def test_a_search_that_finds_nobody_on_a_day_says_what_is_sought(drafted_window, qtbot):
    page = drafted_window.week_page
    page.show_day(small.WEEK.days[1])
    city = page.filters._employer.findText("Kommunen")
    page.filters._employer.setCurrentIndex(city)
    page.filters._text.setText("xyzzy")
    said = page.timeline._unfound
    assert said.isVisible()
    assert "”xyzzy”, Kommunen" in said.hint.text()
    assert page.timeline.days.isVisible()
    qtbot.mouseClick(said.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert (page.filters.text(), page.filters.employer()) == ("", None)
    assert page.timeline.lanes.isVisible()


def test_gap_leads_to_its_place_and_day(page):
    page.filters._text.setText("åsa")
    page.side.gaps.setCurrentRow(0)
    assert page.tabs.currentIndex() == PLACES_TAB
    index = page.places.currentIndex()
    assert page.places.places.rows[index.row()].name == "Björkskolan"
    assert index.column() == 1
    assert "1 saknas" in page.side.details.text()


def test_gap_tells_place_time_heads_reason_and_proof(page):
    lines = page.side.gaps.item(0).text()
    assert "Björkskolan" in lines
    assert "tis 24/11 07:15–08:00 · 1 person saknas" in lines
    assert len(lines.splitlines()) == 4


def test_gap_tells_that_its_reason_is_not_proved(page):
    lines = page.side.gaps.item(1).text()
    assert "lika viktigt att täcka den är inte bevisat." in lines


def test_finding_leads_to_its_person(page):
    page.tabs.setCurrentIndex(PLACES_TAB)
    page.side.tabs.setCurrentIndex(1)
    page.side.findings.setCurrentRow(0)
    assert page.tabs.currentIndex() == PEOPLE_TAB
    assert page.people.people.rows[page.people.currentIndex().row()].name == "Eva Gustafsson"


def test_selected_cell_is_explained(page):
    page.people.setCurrentIndex(page.people.people.index(2, 1))
    assert "Britt-Marie" in page.side.details.text()
    page.tabs.setCurrentIndex(PLACES_TAB)
    assert "Britt-Marie" not in page.side.details.text()


def test_place_without_people_says_so_in_words(page):
    assert "07:15–08:00  1 saknas (före skolan)" in texts(page.places.places, 0, 1)
    assert "skolans egen personal" in texts(page.places.places, 4, 3)
    assert texts(page.places.places, 1, 2) == "Studiedag"


def test_notice_and_rule_books_are_shown(page):
    assert page.notice.isVisible()
    assert "påhittade" in page.notice.text()
    assert "obekräftade" in page.header.rules.text()
    assert "Polisens avtal (obekräftad)" in page.header.rules.toolTip()


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (WeekState.DRAFT, "Utkast"),
        (WeekState.PUBLISHED, "Fastställt, version 3"),
        (WeekState.CHANGED, "Ändrat sedan version 3"),
    ],
)
def test_state_is_told(page, state, text):
    page.show_view(samples.week_view(state), samples.PLAN)
    assert page.header.state.text() == text


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_the_state_is_never_squeezed_while_another_week_is_fetched(qtbot, code):
    words.set_language(code)
    page = page_of_its_own(qtbot)
    page.show()
    short, long = IsoWeek(2026, 49), IsoWeek(2026, 52)
    parts = (page.header.picker.dates, page.header.state, page.header.rules)

    def is_whole() -> bool:
        return all(one.width() >= one.sizeHint().width() for one in parts if one.isVisible())

    for width in range(page.minimumSizeHint().width(), 1300, 2):
        page.resize(width, 700)
        page.header.show_view(samples.week_view(WeekState.CHANGED, short))
        page.show_week(short)
        qtbot.waitUntil(is_whole)
        page.show_week(long)
        qtbot.waitUntil(is_whole)


def test_week_without_roster_says_what_to_do(page):
    page.show_view(samples.week_view(WeekState.EMPTY), samples.PLAN)
    assert page.states.empty.isVisible()


def test_week_without_roster_does_not_say_that_nothing_is_missing(page):
    plan = samples.PLAN
    for has_roster, said in ((False, "när veckan har ett schema"), (True, "Ingenting saknas")):
        page.side.show_notes(plan, (), (), has_roster=has_roster)
        assert said in page.side._nothing.text()
        assert page.side.tabs.tabText(0) == "Luckor"


def test_hint_beside_the_pointer_is_as_high_as_its_words_need(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(900, 600)
    label = HintLabel(parent)
    label.show_at(QPoint(10, 10), Hint(tone="fine", text="Går bra"))
    one_line = label.height()
    label.show_at(
        QPoint(10, 10), Hint(tone="danger", text="Bryter: " + "har ett pass för mycket " * 6)
    )
    assert label.height() > one_line
    assert label.width() <= parent.width() // 2


def test_week_being_fetched_says_so(page):
    page.show_week(IsoWeek(2026, 50))
    assert page.states.loading.isVisible()


def test_refreshed_week_keeps_the_selected_cell(page):
    page.people.setCurrentIndex(page.people.people.index(3, 4))
    page.show_view(samples.week_view(), samples.PLAN)
    current = page.people.currentIndex()
    assert (current.row(), current.column()) == (3, 4)


@pytest.mark.parametrize(
    ("typed", "week"),
    [("2026-W50", IsoWeek(2026, 50)), ("7", IsoWeek(2026, 7)), (" 2027-w01", IsoWeek(2027, 1))],
)
def test_week_can_be_typed(page, qtbot, typed, week):
    page.header.picker._edit.setText(typed)
    with qtbot.waitSignal(page.week_asked) as asked:
        page.header.picker._edit.returnPressed.emit()
    assert asked.args == [week]


def test_week_that_does_not_exist_is_refused(page, qtbot):
    page.header.picker._edit.setText("2026-W60")
    with qtbot.waitSignal(page.week_refused) as refused:
        page.header.picker._edit.returnPressed.emit()
    assert refused.args[0].code == "week-missing"
    assert page.header.picker._edit.text() == "2026-W48"


def test_the_calendar_ends_where_weeks_do(page, qtbot):
    picker = page.header.picker
    for day in (picker._calendar.minimumDate(), picker._calendar.maximumDate()):
        with qtbot.waitSignal(page.week_asked):
            picker._pick_day(day)
    picker.show_week(IsoWeek(2100, 52))
    with qtbot.waitSignal(page.week_refused):
        picker._pick_next()
    assert picker._edit.text() == "2100-W52"


def test_progress_tells_phase_gaps_value_bound_and_seconds(page):
    page.progress.begin(60)
    page.progress.show_progress(
        GenerateProgress(
            week=samples.WEEK,
            phase="improve",
            n_gaps=4,
            level="promised-1",
            value=40,
            bound=38,
            seconds=12.4,
        )
    )
    facts = page.progress._facts.text()
    assert facts == "4 personer saknas · värde 40 · gräns 38 · 12 s"
    assert page.progress._bar.value() == 124


def test_time_of_generating_goes_on_while_the_engine_says_nothing(page, monkeypatch):
    page.progress.begin(60)
    monkeypatch.setattr(QElapsedTimer, "elapsed", lambda _timer: 7_000)
    page.progress.second.timeout.emit()
    assert page.progress._facts.text() == "7 s"
    assert page.progress._bar.value() == 70
    page.progress.hide()
    page.progress.second.timeout.emit()
    assert not page.progress.second.isActive()


def test_need_line_counts_short_hours_aloud(page):
    assert page.chart.accessibleName().startswith("Poliser per timme: ")
    assert "under minimibemanningen" in page.chart.accessibleName()


def test_page_paints_in_english_too(qtbot):
    words.set_language("en")
    made = page_of_its_own(qtbot)
    made.show_view(samples.week_view(), samples.PLAN)
    assert not made.grab().isNull()
    assert made.header.state.text() == "Draft"


@pytest.mark.parametrize("keys", ["1", "2", "3", "4"])
def test_keys_of_a_view_lead_the_keyboard_into_it(drafted_window, qtbot, keys):
    page = drafted_window.week_page
    page.side.gaps.setFocus()
    qtbot.keyClick(page.side.gaps, keys, Qt.KeyboardModifier.ControlModifier)
    shown = page.states.views.currentWidget()
    assert page.tabs.currentIndex() == int(keys) - 1
    qtbot.waitUntil(
        lambda: (
            QApplication.focusWidget() is shown or shown.isAncestorOf(QApplication.focusWidget())
        )
    )


def close_menu():
    """Close the menu that is open, if it is by now."""
    menu = QApplication.activePopupWidget()
    if menu is not None:
        menu.close()


def test_shift_and_f10_open_the_menu_of_the_cell(drafted_window, qtbot):
    page = drafted_window.week_page
    with qtbot.waitActive(drafted_window):
        drafted_window.activateWindow()
    for grid in (page.people, page.places):
        page.tabs.setCurrentIndex(0 if grid is page.people else 1)
        grid.setFocus()
        grid.setCurrentIndex(grid.model().index(1, 1))
        with qtbot.waitSignal(grid.customContextMenuRequested) as asked:
            closing = QTimer(interval=50)
            closing.timeout.connect(close_menu)
            closing.start()
            qtbot.keyClick(grid, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
            closing.stop()
        assert grid.indexAt(asked.args[0]) == grid.currentIndex()
