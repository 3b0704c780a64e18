"""Stories of the page What if, with the real services; the engine answers after little work."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QDialog, QTableWidget
from pytestqt.qtbot import QtBot

from planner import words
from planner.domain.ids import MeasureId, PromiseId
from planner.domain.promises import Measure, MeasureKind, Promise
from planner.domain.roster import Roster
from planner.domain.scenarios import (
    FewerPeople,
    MorePresence,
    OneSchoolMore,
    OtherBells,
    OtherRule,
    Supposition,
)
from planner.errors import NotFoundError
from planner.services.plans import OpenPlan, open_plan
from planner.services.roster.generating import Proposal, accept
from planner.services.what_if.keepable import can_we_keep
from planner.services.what_if.keepable_results import Kept
from planner.services.what_if.kept_scenarios import keep_scenario, kept_scenarios
from planner.services.what_if.scenario_results import Covered, ScenarioResult
from planner.services.what_if.scenarios import Effort, compare
from tests.planner import small
from tests.planner.small import WEEK
from ui import theme
from ui.jobs import Runner
from ui.parts import Part
from ui.scenarios import ScenariosPage, compare_view, keep_view, scenario_list
from ui.scenarios.compare_rows import cells
from ui.scenarios.forms import FORMS
from ui.scenarios.page import FRAGILITY_TAB, KEEP_TAB
from ui.scenarios.scenario_dialog import ScenarioDialog
from ui.theme import Mode
from ui.window import MainWindow

NOBODY_LEFT = (FewerPeople(employer=small.CITY, skill=small.CONTACT, n=4),)
QUICK = Effort(seconds=0.2, repeatable=True)


@pytest.fixture(autouse=True)
def quick_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rosters come by a little repeatable work instead of seconds."""

    def quick(work: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *arguments, **options: work(*arguments, **options | {"effort": QUICK})

    monkeypatch.setattr(compare_view, "compare", quick(compare))
    monkeypatch.setattr(keep_view, "can_we_keep", quick(can_we_keep))


@pytest.fixture
def plan(drafted_file: Path) -> Iterator[OpenPlan]:
    with open_plan(drafted_file) as found:
        yield found


@pytest.fixture
def runner(qapp: Any) -> Iterator[Runner]:
    made = Runner(qapp)
    yield made
    made.close()


@pytest.fixture
def page(plan: OpenPlan, runner: Runner, qtbot: QtBot) -> ScenariosPage:
    """The page on the small plan's week."""
    made = ScenariosPage(plan, runner)
    qtbot.addWidget(made)
    made.resize(1280, 780)
    made.show()
    read(made, qtbot)
    return made


def read(page: ScenariosPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.compare.scenarios.listed):
        page.show_week(WEEK)


def compared(page: ScenariosPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.compare.compared, timeout=60_000):
        qtbot.mouseClick(page.compare.compare_button, Qt.MouseButton.LeftButton)


def column(table: QTableWidget, number: int) -> list[str]:
    items = [table.item(row, number) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def answer(monkeypatch: pytest.MonkeyPatch, name: str, *wanted: Supposition) -> None:
    """Let the dialog be filled in and kept by whoever is asked."""

    def fill(dialog: ScenarioDialog) -> QDialog.DialogCode:
        dialog.name.setText(name)
        dialog._supposed += wanted
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(scenario_list.ScenarioDialog, "exec", fill)


def test_without_scenarios_it_says_what_they_are_for(page: ScenariosPage) -> None:
    view = page.compare
    assert view.states.currentWidget() is view.none
    assert view.first_button.isVisible()
    assert not view.compare_button.isEnabled()
    assert page.keep.states.currentWidget() is page.keep.none
    assert page.fragility.states.currentWidget() is page.fragility.none


def test_a_scenario_is_made_kept_ticked_and_compared(
    page: ScenariosPage, plan: OpenPlan, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer(monkeypatch, "Ingen kvar", *NOBODY_LEFT)
    view = page.compare
    with qtbot.waitSignal(view.scenarios.listed):
        qtbot.mouseClick(view.first_button, Qt.MouseButton.LeftButton)
    (kept,) = kept_scenarios(plan)
    assert (kept.name, kept.suppositions) == ("Ingen kvar", NOBODY_LEFT)
    assert view.scenarios.ticked() == (kept,)
    assert view.states.currentWidget() is view.waiting
    compared(page, qtbot)
    assert view.states.currentWidget() is view.found
    headings = [view.table.horizontalHeaderItem(n).text() for n in range(3)]
    assert headings == ["", "Planen som den är", "Ingen kvar"]
    assert "100,0 %" in column(view.table, 1)
    first = column(view.table, 2)[-1]
    assert "Kontaktpersoner vid skolorna" in first
    assert "mån 23/11" in first
    assert "v. 48" in first
    assert view.table.currentColumn() == 2, "what breaks is shown"
    assert "det första som höll förut" in "".join(view.lines.note(0).lines)


def result(plan: OpenPlan, n_covered: int, n_wanted: int, n_missing: int) -> ScenarioResult:
    """Return a result of which only coverage says anything."""
    return ScenarioResult(
        scenario=None,
        plan=plan.plan,
        roster=Roster(week=WEEK),
        covered=(Covered(priority=2, n_wanted=n_wanted, n_covered=n_covered),),
        n_missing=n_missing,
        short_min=0,
        overtime_min=0,
        under_min=0,
        counted_min=0,
        target_min=0,
        n_disturbed=0,
        lines=(),
        is_settled=True,
    )


def test_a_symbol_says_more_or_less_and_its_tone_what_is_worse(plan: OpenPlan) -> None:
    base = result(plan, 90, 100, 10)
    share, *_others, missing = list(cells(result(plan, 80, 100, 20), base))[:5]
    assert (share.symbol, share.tone) == ("chevron-down", "danger")
    assert (missing.symbol, missing.tone) == ("chevron-up", "danger")
    share, *_others, missing = list(cells(result(plan, 95, 100, 5), base))[:5]
    assert (share.symbol, share.tone) == ("chevron-up", "success")
    assert (missing.symbol, missing.tone) == ("chevron-down", "success")


def test_more_duties_that_are_covered_make_nothing_better(plan: OpenPlan) -> None:
    share = next(cells(result(plan, 190, 200, 10), result(plan, 90, 100, 10)))
    assert (share.text, share.symbol, share.tone) == ("95,0 %", "", "")


def test_a_result_is_looked_at_as_a_proposal(
    page: ScenariosPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    keep_scenario(plan, "Bells", [OtherBells(first_min=15)])
    read(page, qtbot)
    compared(page, qtbot)
    with qtbot.waitSignal(page.proposed) as asked:
        qtbot.mouseClick(page.compare.take_button, Qt.MouseButton.LeftButton)
    proposal = asked.args[0]
    assert isinstance(proposal, Proposal)
    assert proposal.week == WEEK
    assert proposal.draft_revision == plan.store.draft_revision(WEEK)


def test_a_removed_scenario_can_be_put_back(
    page: ScenariosPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    kept = keep_scenario(plan, "Nobody", NOBODY_LEFT)
    read(page, qtbot)
    listed = page.compare.scenarios
    listed.list.setCurrentRow(0)
    with qtbot.waitSignal(listed.listed):
        qtbot.mouseClick(listed.remove_button, Qt.MouseButton.LeftButton)
    assert kept_scenarios(plan) == ()
    with qtbot.waitSignal(listed.listed):
        qtbot.mouseClick(listed.message.offer_button, Qt.MouseButton.LeftButton)
    assert kept_scenarios(plan) == (kept,)


def test_a_scenario_is_changed_in_its_place(
    page: ScenariosPage, plan: OpenPlan, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    kept = keep_scenario(plan, "Nobody", NOBODY_LEFT)
    read(page, qtbot)
    answer(monkeypatch, "Nobody, and later bells", OtherBells(first_min=15))
    page.compare.scenarios.list.setCurrentRow(0)
    with qtbot.waitSignal(page.compare.scenarios.listed):
        page.compare.scenarios.change()
    (now,) = kept_scenarios(plan)
    assert (now.id, now.name) == (kept.id, "Nobody, and later bells")
    assert now.suppositions == (*NOBODY_LEFT, OtherBells(first_min=15))


def test_what_cannot_be_supposed_is_told_and_nothing_is_lost(
    page: ScenariosPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    kept = keep_scenario(plan, "Too many", [FewerPeople(employer=small.CITY, n=9)])
    read(page, qtbot)
    with qtbot.waitSignal(page.failed, timeout=60_000) as told:
        page.compare.compare()
    assert isinstance(told.args[0], NotFoundError)
    assert kept_scenarios(plan) == (kept,)
    assert page.compare.compare_button.isEnabled()
    assert not page.compare.running.isVisible()


def test_another_week_forgets_what_was_found(
    page: ScenariosPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    keep_scenario(plan, "Bells", [OtherBells(first_min=15)])
    read(page, qtbot)
    compared(page, qtbot)
    with qtbot.waitSignal(page.compare.scenarios.listed):
        page.show_week(WEEK.shifted(1))
    assert page.compare.comparison is None
    assert page.compare.states.currentWidget() is page.compare.waiting


def test_an_edit_of_the_week_keeps_what_was_found(
    page: ScenariosPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    keep_scenario(plan, "Bells", [OtherBells(first_min=15)])
    read(page, qtbot)
    compared(page, qtbot)
    found = page.compare.comparison
    read(page, qtbot)
    assert page.compare.comparison is found


def test_a_week_that_was_changed_since_says_so(
    page: ScenariosPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    keep_scenario(plan, "Bells", [OtherBells(first_min=15)])
    read(page, qtbot)
    compared(page, qtbot)
    qtbot.waitUntil(lambda: len(page.fragility.fields) == 2)
    page.fragility.n_draws.setValue(250)
    with qtbot.waitSignal(page.fragility.tried, timeout=60_000):
        page.fragility.try_it()
    read(page, qtbot)
    assert page.compare.outdated.isHidden()
    roster = plan.store.load_roster(WEEK)
    accept(plan, Proposal(roster=replace(roster, assignments=roster.assignments[1:]), n_gaps=2))
    read(page, qtbot)
    qtbot.waitUntil(lambda: not page.compare.outdated.isHidden())
    assert not page.fragility.outdated.isHidden()
    with qtbot.waitSignal(page.compare.compared, timeout=60_000):
        page.compare.outdated.accepted.emit()
    assert page.compare.outdated.isHidden()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_every_form_makes_what_it_says(
    plan: OpenPlan, qapp: Any, qtbot: QtBot, language: str, mode: Mode
) -> None:
    words.set_language(language)
    theme.install(qapp, mode)
    dialog = ScenarioDialog(plan.plan)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.keep.isEnabled()
    for number, (code, form) in enumerate(FORMS.items()):
        dialog.kind.setCurrentIndex(number)
        asked = dialog.forms.currentWidget()
        assert type(asked) is form
        if code in {"one-school-more", "more-presence"}:
            assert not dialog.add.isEnabled(), "a name is missing"
            asked.name.setText("Nytt")
        if code == "other-bells":
            assert not dialog.add.isEnabled(), "nothing is moved"
            asked.first.setValue(20)
        assert dialog.add.isEnabled(), code
        qtbot.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    assert len(dialog.suppositions()) == len(FORMS) == dialog.supposed.count()
    assert dialog.keep.isEnabled()
    assert dialog.scenario_name()
    dialog.supposed.setCurrentRow(0)
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert len(dialog.suppositions()) == len(FORMS) - 1


def test_presence_is_asked_for_with_days_and_hours(plan: OpenPlan, qtbot: QtBot) -> None:
    form = FORMS["more-presence"](plan.plan)
    qtbot.addWidget(form)
    form.hotspot.setCurrentIndex(form.hotspot.findData(small.SQUARE))
    for number, box in enumerate(form.weekdays, start=1):
        box.setChecked(number == 7)
    form.start.setTime(QTime(22, 30))
    form.end.setTime(QTime(2, 0))
    form.n_visits.setValue(0)
    found = form.supposition()
    assert isinstance(found, MorePresence)
    assert (found.hotspot, found.weekdays, found.n_visits) == (small.SQUARE, "7", 0)
    assert (found.start.isoformat(), found.end.isoformat()) == ("22:30:00", "02:00:00")
    form.weekdays[6].setChecked(False)
    assert form.supposition() is None


def test_a_rule_begins_with_the_number_that_holds(plan: OpenPlan, qtbot: QtBot) -> None:
    form = FORMS["other-rule"](plan.plan)
    qtbot.addWidget(form)
    form.key.setCurrentIndex(form.key.findData("daily_rest_min"))
    found = form.supposition()
    assert isinstance(found, OtherRule)
    assert found.value == 660


def test_a_promise_that_is_only_thought_of_is_tested(
    page: ScenariosPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    keep_scenario(plan, "Ingen kvar", NOBODY_LEFT)
    read(page, qtbot)
    page.tabs.setCurrentIndex(KEEP_TAB)
    view = page.keep
    view.form.first.setDate(QDate(2026, 11, 23))
    view.form.last.setDate(QDate(2026, 11, 29))
    with qtbot.waitSignal(view.tested, timeout=60_000):
        qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    assert view.found is not None
    assert view.found.kept is Kept.KEPT
    assert view.answer.text() == "Det kan hållas"
    view.form.scenario.setCurrentIndex(1)
    with qtbot.waitSignal(view.tested, timeout=60_000):
        qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    assert view.found.kept is Kept.NOT_KEPT
    assert view.answer.text() == "Det kan inte hållas"
    assert view.verdicts.texts(0)[1] == "Hålls inte"
    assert "mån 23/11" in view.verdicts.texts(0)[4]
    assert view.weeks.rowCount() == 1
    assert view.lines.count() == 18
    with qtbot.waitSignal(page.week_asked) as asked:
        qtbot.mouseClick(view.week_button, Qt.MouseButton.LeftButton)
    assert asked.args == [WEEK]


def test_a_promise_of_the_plan_is_shown_with_its_own_period_and_measures(
    page: ScenariosPage, plan: OpenPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise = Promise(
        id=PromiseId("p"),
        name="Löfte 2027",
        first_day=date(2026, 12, 1),
        last_day=date(2027, 1, 31),
    )
    measure = Measure(
        id=MeasureId("m"),
        promise=promise.id,
        kind=MeasureKind.CONTACT_PERSONS,
        name="Kontakt",
        target=95,
    )
    records = replace(plan.plan, promises=(promise,), measures=(measure,))
    monkeypatch.setattr(type(plan), "plan", records)
    page.keep.show_plan(plan)
    page.keep.show_week(WEEK)
    form = page.keep.form
    assert form.promise.currentText() == "Löfte 2027"
    assert form.first.date() == QDate(2026, 12, 1)
    assert not form.first.isEnabled()
    assert form.told.text() == "Kontakt: 95 %"
    asked = form.asked()
    assert asked is not None
    assert asked.measures == (measure,)
    form.promise.setCurrentIndex(1)
    assert form.first.isEnabled()
    for box, _target in form.measures.values():
        box.setChecked(False)
    assert form.asked() is None
    assert not page.keep.button.isEnabled()


def test_absences_are_simulated_with_the_rates_that_are_written(
    page: ScenariosPage, qtbot: QtBot
) -> None:
    page.tabs.setCurrentIndex(FRAGILITY_TAB)
    view = page.fragility
    qtbot.waitUntil(lambda: len(view.fields) == 2)
    for percent, days in view.fields:
        percent.setValue(20.0)
        days.setValue(2.0)
    view.n_draws.setValue(500)
    with qtbot.waitSignal(view.tried, timeout=60_000):
        qtbot.mouseClick(view.button, Qt.MouseButton.LeftButton)
    found = view.found
    assert found is not None
    assert [rate.percent for rate in found.rates] == [20.0, 20.0]
    assert found.whole.expected < found.whole.now
    assert view.tables.coverage.rowCount() == len(found.coverage)
    assert view.tables.duties.rowCount() == len(found.duties)
    assert view.tables.reserves.rowCount() == 1 + len(found.reserves)
    view.tables.duties.selectRow(0)
    with qtbot.waitSignal(page.spot_asked) as asked:
        view.tables.duties.itemDoubleClicked.emit(view.tables.duties.item(0, 0))
    assert asked.args == [found.duties[0].place, found.duties[0].day]


def test_a_week_without_a_roster_says_so(page: ScenariosPage, qtbot: QtBot) -> None:
    page.show_week(WEEK.shifted(2))
    qtbot.waitUntil(page.fragility.button.isEnabled)
    with qtbot.waitSignal(page.failed, timeout=60_000) as told:
        page.fragility.try_it()
    assert told.args[0].code == "week-not-generated"


def test_no_field_or_table_is_without_a_name(page: ScenariosPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(page.fragility.fields) == 2)
    for kind in (QAbstractSpinBox, QComboBox, QTableWidget):
        for widget in page.findChildren(kind):
            is_qts_own = widget.objectName().startswith("qt_")
            assert is_qts_own or widget.accessibleName(), widget
    for button in page.findChildren(QAbstractButton):
        is_qts_own = button.objectName().startswith("qt_")
        assert is_qts_own or button.text() or button.accessibleName(), button


def test_the_window_has_it_as_a_part_and_takes_its_proposal(
    drafted_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted_window.part_actions[Part.SCENARIOS].trigger()
    page = drafted_window.sections.page(Part.SCENARIOS)
    assert isinstance(page, ScenariosPage)
    with qtbot.waitSignal(page.compare.scenarios.listed):
        page.refresh()
    told: list[Proposal] = []

    def decline(_plan: object, proposal: Proposal, *_more: object, **_weigh: object) -> object:
        told.append(proposal)
        return False, None

    monkeypatch.setattr(drafted_window.dialogs, "ask_proposal", decline)
    roster = small.make_roster(small.make_plan())
    proposal = Proposal(roster=roster, n_gaps=0, base=roster)
    with qtbot.waitSignal(drafted_window.sections.proposed):
        page.proposed.emit(proposal)
    assert drafted_window.sections.part is Part.WEEK
    assert told == [proposal]


def test_words_of_a_scenario_name_what_it_is_about(plan: OpenPlan) -> None:
    from ui.scenarios.words import supposition_text

    one = OneSchoolMore(name="Nya", like=small.SCHOOL_A)
    assert supposition_text(plan.plan, one) == "En skola till, ”Nya”, som Askskolan"
    assert supposition_text(plan.plan, NOBODY_LEFT[0]) == "4 personer färre (Kommunen, Contact)"
