"""The situational picture as a planner uses it: read a file, look, propose, accept, decline."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QDialog

from planner import words
from planner.domain.incidents import Incident
from planner.domain.predictability import Learnable, Pattern
from planner.domain.weeks import IsoWeek
from planner.services.situation.predictability import NamedPattern, Predictability
from planner.services.situation.proposals import ProposalState
from tests.planner import small
from ui.actions import Command
from ui.parts import Part
from ui.situation import SituationPage
from ui.situation import proposing as proposing_module
from ui.situation import sources_menu as sources_module
from ui.situation.hour_map import HourMap, shade
from ui.situation.import_dialog import ImportDialog
from ui.situation.map_view import round_distance
from ui.situation.page import PATTERN_TAB, PROPOSALS_TAB, WHERE_TAB
from ui.situation.pattern_panel import PatternPanel
from ui.theme import DARK, LIGHT, contrast

ROWS = "id;tidpunkt;brottstyp;latitud;longitud;plats;namn\n"
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def incidents():
    draw = random.Random(2)
    return [
        Incident(
            id=str(number),
            at=MONDAY + timedelta(days=draw.randrange(26 * 7), minutes=round(draw.gauss(1200, 60))),
            kind="rån" if number % 3 else "försök",
            latitude=draw.gauss(59.61, 0.001),
            longitude=draw.gauss(16.54, 0.002),
            place="Torget",
            source="brott.csv",
        )
        for number in range(120)
    ]


@pytest.fixture
def filled_window(drafted_window):
    plan = drafted_window.presenter.open_plan
    with plan.store.transaction("import-incidents"):
        plan.store.add_incidents(incidents())
    return drafted_window


@pytest.fixture
def page(filled_window, qtbot) -> SituationPage:
    filled_window.part_actions[Part.SITUATION].trigger()
    found = filled_window.sections.page(Part.SITUATION)
    qtbot.waitUntil(lambda: found.situation() is not None)
    return found


@pytest.fixture
def proposed(page, qtbot):
    page.tabs.setCurrentIndex(PROPOSALS_TAB)
    page.proposals.count.setValue(5)
    qtbot.mouseClick(page.proposals.try_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.proposals.table.rowCount() == 5, timeout=60_000)
    return page


def states(page):
    return [one.state for one in page.proposals._proposals]


def test_removing_incidents_is_not_skipped_silently_by_undo(page, filled_window, qtbot):
    edit, undo = filled_window.editor, filled_window.actions_[Command.UNDO]
    edit.write_note(small.MONDAY, None, "Nyckel")
    qtbot.waitUntil(lambda: undo.text() == "&Ångra: Skriv en notering")
    page._remove_source("brott.csv")
    qtbot.waitUntil(lambda: undo.text() == "&Ångra: Ta bort händelser (går inte att ångra)")
    with qtbot.waitSignal(edit.held):
        undo.trigger()
    assert "”Ta bort händelser” går inte att ångra" in filled_window.bar.text()
    assert edit.roster.notes
    qtbot.waitUntil(lambda: undo.text() == "&Ångra: Skriv en notering")
    with qtbot.waitSignal(edit.undone):
        undo.trigger()
    assert not edit.roster.notes


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_every_heading_of_the_hours_is_whole_in_a_small_window(qtbot, code):
    words.set_language(code)
    shown = HourMap()
    qtbot.addWidget(shown)
    for width in (1400, 960):
        shown.resize(width, 300)
        shown.show()
        across = shown.horizontalHeader()
        for column in range(across.count()):
            text = str(shown.table.headerData(column, Qt.Orientation.Horizontal))
            assert across.sectionSize(column) >= across.fontMetrics().horizontalAdvance(text)
        assert shown.horizontalScrollBar().maximum() == 0


def test_plan_without_incidents_offers_to_read_some(drafted_window, qtbot):
    drafted_window.part_actions[Part.SITUATION].trigger()
    found = drafted_window.sections.page(Part.SITUATION)
    qtbot.waitUntil(lambda: found.situation() is not None)
    assert found._panels.currentWidget() is found._empty
    assert not found.filters.isVisible()
    drafted_window.resize(1200, 700)
    assert not found.sources.isVisible(), "there is nothing to remove"


def test_file_is_looked_at_and_then_read(drafted_window, qtbot, tmp_path):
    path = tmp_path / "brott.csv"
    path.write_text(
        ROWS + "1;2026-03-02 21:15;rån;59,61;16,54;Torget;Anna Hemlig\n", encoding="utf-8"
    )
    plan = drafted_window.presenter.open_plan
    dialog = ImportDialog(plan, drafted_window._runner, drafted_window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.import_button.isEnabled()
    dialog.read(path)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    texts = [
        dialog.table.item(row, column).text()
        for row in range(dialog.table.rowCount())
        for column in range(3)
    ]
    assert "namn" in texts
    assert not any("Anna" in text for text in texts)
    with qtbot.waitSignal(dialog.imported):
        qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    assert [one.place for one in plan.store.incidents()] == ["Torget"]


def test_faults_of_a_file_stand_with_their_rows_and_keep_it_out(drafted_window, qtbot, tmp_path):
    path = tmp_path / "brott.csv"
    path.write_text(
        ROWS + "1;2026-03-02 21:15;rån;16,54;59,61;;\n2;i går;rån;59,61;16,54;;\n",
        encoding="utf-8",
    )
    plan = drafted_window.presenter.open_plan
    dialog = ImportDialog(plan, drafted_window._runner, drafted_window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.read(path)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2)
    assert dialog.table.item(1, 0).text() == "rad 3"
    assert "i går" in dialog.table.item(1, 2).text()
    assert not dialog.import_button.isEnabled()


def test_other_zone_is_read_anew(drafted_window, qtbot, tmp_path):
    path = tmp_path / "brott.csv"
    path.write_text(ROWS + "1;2026-03-02T21:15:00Z;rån;59,61;16,54;Torget;\n", encoding="utf-8")
    plan = drafted_window.presenter.open_plan
    dialog = ImportDialog(plan, drafted_window._runner, drafted_window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.read(path)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    before = dialog.preview().incidents[0][1].at
    dialog.ignores.setChecked(True)
    qtbot.waitUntil(lambda: dialog.preview().terms.ignores_offset)
    assert dialog.preview().incidents[0][1].at == before - timedelta(hours=1)


def test_hours_and_months_are_counted(page):
    table = page.when.hours.table
    assert table.count(7, 24) == 120
    assert "120" in page.headline.text()
    assert page.when.chart.accessibleName()
    page.when.chart.choose(1)
    assert page.when.said.text().startswith("februari 2026")


def test_kinds_and_days_narrow_what_is_counted(page, qtbot):
    page.filters._kinds["försök"].setChecked(False)
    qtbot.waitUntil(lambda: len(page.situation().incidents) == 80)
    page.filters.first.setDate(page.filters.first.date().addMonths(2))
    qtbot.waitUntil(lambda: len(page.situation().incidents) < 80)
    qtbot.mouseClick(page.filters.whole_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.situation().incidents) == 80)


def test_map_is_moved_by_keys_and_list(page, qtbot):
    page.tabs.setCurrentIndex(WHERE_TAB)
    shown = page.where.map
    assert page.where.list.count() > 1
    page.where.list.setCurrentRow(0)
    cluster = page.situation().clusters[0].cluster
    middle = QPointF(shown.width() / 2, shown.height() / 2)
    assert (shown.point_of(cluster.latitude, cluster.longitude) - middle).manhattanLength() < 1
    before = shown.metres_per_pixel()
    qtbot.keyClick(shown, Qt.Key.Key_Plus)
    assert shown.metres_per_pixel() < before
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    moved = shown.point_of(cluster.latitude, cluster.longitude)
    assert moved.x() < middle.x() - 50
    qtbot.keyClick(shown, Qt.Key.Key_0)
    assert shown.metres_per_pixel() == pytest.approx(before, rel=0.01)


def test_click_on_the_map_marks_the_row(page, qtbot):
    page.tabs.setCurrentIndex(WHERE_TAB)
    shown = page.where.map
    cluster = page.situation().clusters[0].cluster
    point = shown.point_of(cluster.latitude, cluster.longitude).toPoint()
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=point)
    assert page.where.list.currentRow() >= 0


@pytest.mark.parametrize(("most", "metres"), [(130, 100), (499, 200), (2600, 2000), (0.4, 1)])
def test_scale_bar_is_a_round_distance(most, metres):
    assert round_distance(most) == metres


def test_accepted_window_is_planned_and_can_be_undone(proposed, filled_window, qtbot):
    plan = filled_window.presenter.open_plan
    n_before = len(plan.plan.presence_windows)
    with qtbot.waitSignal(proposed.changed):
        qtbot.mouseClick(proposed.proposals.accept_button, Qt.MouseButton.LeftButton)
    assert len(plan.plan.presence_windows) == n_before + 1
    qtbot.waitUntil(lambda: states(proposed)[0] is ProposalState.PLANNED)
    assert not proposed.proposals.accept_button.isEnabled()


def test_window_is_edited_before_it_is_accepted(proposed, filled_window, qtbot, monkeypatch):
    def edit(dialog):
        dialog.name.setText("Nya torget")
        dialog.visits.setValue(4)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(proposing_module.EditDialog, "exec", edit)
    with qtbot.waitSignal(proposed.changed):
        qtbot.mouseClick(proposed.proposals.edit_button, Qt.MouseButton.LeftButton)
    plan = filled_window.presenter.open_plan.plan
    spot = next(one for one in plan.hotspots if one.name == "Nya torget")
    assert [w.n_visits for w in plan.presence_windows if w.hotspot == spot.id] == [4]


def test_declined_window_is_marked_and_taken_back(proposed, filled_window, qtbot, monkeypatch):
    monkeypatch.setattr(proposing_module, "ask_text", lambda *_args, **_more: "Väktare där")
    qtbot.mouseClick(proposed.proposals.decline_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: states(proposed)[0] is ProposalState.DECLINED)
    store = filled_window.presenter.open_plan.store
    assert [one.reason for one in store.declined_windows()] == ["Väktare där"]
    qtbot.mouseClick(proposed.proposals.back_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: states(proposed)[0] is ProposalState.OPEN)
    assert not store.declined_windows()


def test_proposals_go_when_other_incidents_are_looked_at(proposed, qtbot):
    proposed.filters._kinds["försök"].setChecked(False)
    qtbot.waitUntil(lambda: proposed.proposals.table.rowCount() == 0)
    qtbot.waitUntil(lambda: len(proposed.situation().incidents) == 80)


def test_trial_is_told_in_a_sentence(proposed):
    assert "12 veckor" in proposed.proposals.verdict.text()
    assert proposed.proposals.methods.rowCount() == 3


def test_predictability_is_told_without_any_incident(drafted_window, qtbot):
    drafted_window.part_actions[Part.SITUATION].trigger()
    found = drafted_window.sections.page(Part.SITUATION)
    qtbot.waitUntil(lambda: found.situation() is not None)
    found.tabs.setCurrentIndex(PATTERN_TAB)
    assert found._panels.currentWidget() is found.pattern
    qtbot.waitUntil(lambda: "fastställd" in found.pattern.said.text())


def pattern(learnable, weekday=5):
    return NamedPattern(
        name="Bäckby torg",
        pattern=Pattern(
            place="backby",
            weekday=weekday,
            n_days=8,
            n_visits=16,
            entropy_bits=1.0,
            even_bits=3.2,
            p_value=0.0002,
            top_min=20 * 60,
            n_top_days=6,
            learnable=learnable,
        ),
    )


@pytest.mark.parametrize(
    ("learnable", "tone", "said"),
    [
        (Learnable.LEARNABLE, "warning", "mönster som någon kan lära sig"),
        (Learnable.NO_PATTERN, "success", "Ingen kan lära sig det"),
        (Learnable.TOO_FEW, "info", "För få veckor"),
    ],
)
def test_what_weeks_show_is_said_in_words(qtbot, learnable, tone, said):
    panel = PatternPanel()
    qtbot.addWidget(panel)
    panel.show_predictability(
        Predictability(weeks=(IsoWeek(2026, 40),), rows=(pattern(learnable),), n_continuous=3)
    )
    assert said in panel.verdict.text()
    assert panel.verdict.property("banner") == tone
    cells = [panel.table.item(0, column).text() for column in range(6)]
    assert cells[0] == "Bäckby torg"
    is_told = learnable is not Learnable.TOO_FEW
    assert cells[4] == ("20:00–20:30, 6 av 8 dagar" if is_told else "–")


def test_incidents_of_a_file_are_taken_away_after_asking(page, filled_window, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(sources_module, "ask_removal", lambda what, _parent: not asked.append(what))
    (action,) = page.sources.menu().actions()
    action.trigger()
    qtbot.waitUntil(lambda: page.situation().n_all == 0)
    assert asked[0].startswith("brott.csv: 120 händelser")
    assert not filled_window.presenter.open_plan.store.incidents()


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_counts_can_be_read_on_every_shade(tokens):
    for step in range(101):
        assert contrast(tokens.text, shade(tokens, step / 100)) >= 4.5
