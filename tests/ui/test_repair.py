"""Stories of a sick call, with the real services but for the engine, which answers at once."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from planner import clock, words
from planner.domain.aims import Aim
from planner.domain.calls import CallState, SwapDecision
from planner.domain.roster import Roster
from planner.domain.rotation import shift_id
from planner.services.history import undo
from planner.services.plans import OpenPlan, open_plan
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.repair import swaps
from planner.services.repair.absences import report_absence
from planner.services.repair.repairs import RepairProgress, repair_plans
from planner.services.repair.swaps import Given
from planner.services.roster.views import Decision
from tests.planner import small
from tests.planner.writing import take_away
from tests.ui.pictures import colors_of
from ui import theme
from ui.jobs import Runner
from ui.repair import AbsenceDialog, RepairDialog, SwapsDialog, dialog
from ui.theme import Mode

NOW = small.at(small.WEDNESDAY, "06:05")
ILL, SPARE = small.CONTACTS[0], small.CONTACTS[2]
END = small.at(small.FRIDAY, "23:00")


@pytest.fixture(autouse=True)
def on_wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the sick call."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def quick_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plans come by a little repeatable work instead of seconds."""

    def quick(*arguments: Any, **options: Any) -> Any:
        return repair_plans(*arguments, **options, seconds=0.2, repeatable=True)

    monkeypatch.setattr(dialog.repairs, "repair_plans", quick)


@pytest.fixture
def plan(drafted_file: Path) -> Iterator[OpenPlan]:
    """The small plan, its week published."""
    with open_plan(drafted_file) as found:
        windows = uncovered_windows(found, small.WEEK)
        publish(found, small.WEEK, {window.duty: Decision.CANCELLED for window in windows})
        yield found


@pytest.fixture
def runner() -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


Opener = Callable[..., Any]


@pytest.fixture
def opened(plan: OpenPlan, runner: Runner, qtbot: QtBot) -> Opener:
    """Opens a dialog about the plan's week."""

    def open_(kind: type[QDialog], *arguments: object, **options: object) -> Any:
        made: Any = kind(plan, small.WEEK, *arguments, runner, **options)
        made.failed.connect(_fail)
        qtbot.addWidget(made)
        made.show()
        return made

    return open_


def _fail(error: Exception) -> None:
    raise error


def draft(plan: OpenPlan) -> Roster:
    return plan.store.load_roster(small.WEEK)


def works(plan: OpenPlan, staff: str) -> set[object]:
    return {shift.day for shift in draft(plan).shifts if shift.staff == staff}


def click(widget: QWidget, qtbot: QtBot) -> None:
    assert widget.isEnabled()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def planned(opened: Opener, plan: OpenPlan, qtbot: QtBot) -> RepairDialog:
    """Return the desk after ``c1`` reported ill, with plans."""
    report_absence(plan, ILL, NOW, END)
    desk: RepairDialog = opened(RepairDialog, NOW)
    qtbot.waitUntil(lambda: bool(desk.plans.columns) and desk._planning is None, timeout=60000)
    return desk


def called(opened: Opener, plan: OpenPlan, qtbot: QtBot) -> RepairDialog:
    """Return the desk with its first plan taken over, at the call list."""
    desk = planned(opened, plan, qtbot)
    with qtbot.waitSignal(desk.listed):
        click(desk.plans.columns[0].button, qtbot)
    return desk


# Reporting ---------------------------------------------------------------------------------------


@pytest.fixture
def report(plan: OpenPlan, qtbot: QtBot) -> AbsenceDialog:
    made = AbsenceDialog(plan.plan, draft(plan).shifts, NOW)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_person_is_found_by_typing_and_away_today(report, qtbot):
    assert not report.button.isEnabled()
    qtbot.keyClicks(report.search, "kontakt nr1")
    assert report.names.currentItem().text() == "Kontakt Nr1"
    away = report.away()
    assert (away.staff, away.span.start) == (ILL, NOW)
    assert away.span.end == small.at(small.THURSDAY, "00:00")
    click(report.button, qtbot)
    assert report.result() == QDialog.DialogCode.Accepted


def test_usual_times_are_a_click_away(report, qtbot):
    report.select(ILL)
    ends = []
    for button in report.quick.values():
        click(button, qtbot)
        ends.append(report.away().span.end)
    assert ends == [
        small.at(small.WEDNESDAY, "16:00"),
        small.at(small.THURSDAY, "00:00"),
        small.at(small.FRIDAY, "00:00"),
        small.at(small.WEEK.shifted(1).monday, "00:00"),
    ]


def test_a_squad_is_away_as_a_whole(report, qtbot):
    click(report.squad, qtbot)
    report.select(small.SQUAD)
    assert (report.away().staff, report.away().squad) == (None, small.SQUAD)


def test_a_name_that_nobody_has_is_said_to_be_nobodys(report):
    report.search.setText("xyzzy")
    assert report.problem.text() == "Ingen passar sökningen."
    report.search.setText("")
    assert report.problem.text() == "Välj vem som är frånvarande."


def test_times_that_make_no_absence_say_so(report):
    report.select(ILL)
    report.end.time.setText("6.5")
    assert report.away() is None
    assert "06:05" in report.problem.text()
    assert theme.tokens().danger in colors_of(report.end.time)
    assert theme.tokens().danger not in colors_of(report.start.time)
    report.end.show_moment(datetime(2026, 11, 25, 6, 0))  # noqa: DTZ001 - local, as it is shown
    assert report.away() is None
    assert not report.button.isEnabled()


@pytest.mark.parametrize("year", [1752, 9999])
def test_a_mistyped_year_makes_no_absence(report, year):
    report.select(ILL)
    edit = report.start if year < NOW.year else report.end
    edit.day.setDate(QDate(year, 12, 31))
    assert f"{year}-12-31" in report.problem.text()
    assert report.away() is None
    assert not report.button.isEnabled()


def test_another_year_is_named(report):
    report.select(ILL)
    assert "2026" not in report.problem.text()
    with words.speaking("en"):
        report.end.day.setDate(QDate(2062, 11, 26))
    assert report.problem.text().endswith("to Sun 26 November 2062 00:00.")


# The sick call -----------------------------------------------------------------------------------


def test_the_sick_call(opened, plan, qtbot):
    desk = called(opened, plan, qtbot)
    assert desk.tabs.currentIndex() == dialog.CALLS_TAB
    assert not works(plan, SPARE)
    assert small.THURSDAY not in works(plan, ILL)
    for key, state in (("1", CallState.ASKED), ("2", CallState.ACCEPTED)):
        entry = desk.calls.chosen()
        with qtbot.waitSignals([desk.changed, desk.listed]):
            desk.calls.shortcuts[CallState(state)].activated.emit()
        assert desk.calls.buttons[state].toolTip().endswith(f"{key})")
    (told,) = [one for one in plan.store.call_entries(small.WEEK) if one.id == entry.id]
    assert told.state is CallState.ACCEPTED
    assert works(plan, entry.staff)
    assert desk.sheets.count() >= 2


def test_who_declines_leaves_a_gap_and_another_plan_is_offered(opened, plan, qtbot):
    desk = called(opened, plan, qtbot)
    assert not desk.calls.again_button.isVisible()
    entry = desk.calls.chosen()
    with qtbot.waitSignal(desk.listed):
        click(desk.calls.buttons[CallState.DECLINED], qtbot)
    assert not works(plan, entry.staff)
    assert desk.calls.again_button.isVisible()
    with qtbot.waitSignal(desk.planned, timeout=60000):
        click(desk.calls.again_button, qtbot)
    assert desk.tabs.currentIndex() == dialog.PLANS_TAB
    for column in desk.plans.columns:
        assert entry.staff not in column.plan.to_call


def test_people_can_be_left_out_of_a_plan(opened, plan, qtbot):
    desk = planned(opened, plan, qtbot)
    column = desk.plans.columns[0]
    everything = column.button.text()
    for staff in column.parts():
        column.leave_out(staff)
    assert column.parts() == frozenset()
    assert column.button.text() != everything
    with qtbot.waitSignal(desk.listed):
        click(column.button, qtbot)
    assert desk.calls.chosen() is None
    assert desk.calls.pages.currentWidget() is desk.calls.none
    assert small.THURSDAY not in works(plan, ILL)


def test_taking_over_can_be_undone(opened, plan, qtbot):
    before = draft(plan)
    called(opened, plan, qtbot)
    assert draft(plan) != before
    undo(plan)
    assert draft(plan) == before


def test_progress_and_stop_are_told(opened, plan, qtbot):
    desk = planned(opened, plan, qtbot)
    page = desk.plans
    assert page.again_button.isVisible()
    page.begin()
    assert page.pages.currentWidget() is page.waiting
    page.show_progress(
        RepairProgress(aim=Aim.COVERAGE, n_done=1, n_aims=3, seconds=4.0, most_seconds=8.0)
    )
    assert page.bar.value() == page.bar.maximum() // 2
    stopped = []
    page.stop_asked.connect(lambda: stopped.append(1))
    click(page.stop_button, qtbot)
    page.show_stopping()
    assert stopped
    assert not page.stop_button.isEnabled()
    page.end()
    assert page.pages.currentWidget() is page.none


def test_what_fails_is_told_and_can_be_tried_again(plan, runner, qtbot, monkeypatch):
    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError

    monkeypatch.setattr(dialog.repairs, "repair_plans", fail)
    desk = RepairDialog(plan, small.WEEK, NOW, runner)
    qtbot.addWidget(desk)
    errors = []
    desk.failed.connect(errors.append)
    desk.show()
    qtbot.waitUntil(lambda: bool(errors))
    assert desk.plans.pages.currentWidget() is desk.plans.none
    assert desk.plans.again_button.isVisible()


def test_only_the_call_list_is_opened_without_the_engine(opened, qtbot, monkeypatch):
    monkeypatch.setattr(dialog.repairs, "repair_plans", _fail)
    desk = opened(RepairDialog, NOW, tab=dialog.CALLS_TAB)
    with qtbot.waitSignal(desk.listed):
        pass
    assert desk.tabs.currentIndex() == dialog.CALLS_TAB
    assert desk.calls.pages.currentWidget() is desk.calls.none


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_part_has_a_name_in_both_languages_and_themes(
    opened, plan, qtbot, qapp, mode, language
):
    words.set_language(language)
    theme.install(qapp, mode)
    desk = called(opened, plan, qtbot)
    for part in (desk.calls.calls, desk.sheets, desk.tabs, *desk.calls.buttons.values()):
        assert part.accessibleName()
    theme.install(qapp, Mode.LIGHT if mode is Mode.DARK else Mode.DARK)
    assert desk.isVisible()


# Swaps -------------------------------------------------------------------------------------------


def friday(staff: str) -> Given:
    return Given(staff=staff, shift=shift_id(staff, small.FRIDAY, small.SCHOOL_SHIFT))


def test_a_swap_is_asked_for_agreed_to_and_approved(opened, plan, qtbot):
    desk: SwapsDialog = opened(SwapsDialog)
    with qtbot.waitSignal(desk.listed):
        pass
    assert desk.pages.currentWidget() is desk.none
    click(desk.new_button, qtbot)
    form = desk.form
    assert not form.button.isEnabled()
    form.one.setCurrentIndex(form.one.findData(ILL))
    form.other.setCurrentIndex(form.other.findData(SPARE))
    given = [form.gives.itemData(row) for row in range(form.gives.count())]
    form.gives.setCurrentIndex(given.index(friday(ILL)))
    with qtbot.waitSignal(desk.checked):
        click(form.button, qtbot)
    assert not desk.approve_button.isEnabled()
    assert not desk.agree_buttons[0].isEnabled()
    with qtbot.waitSignal(desk.checked):
        click(desk.agree_buttons[1], qtbot)
    with qtbot.waitSignals([desk.changed, desk.listed]):
        click(desk.approve_button, qtbot)
    assert works(plan, SPARE) == {small.FRIDAY}
    assert desk.chosen().decision is SwapDecision.APPROVED
    assert not desk.approve_button.isVisible()


def test_a_swap_that_breaks_a_rule_asks_for_a_reason(opened, plan, qtbot, monkeypatch):
    evening = shift_id(small.OFFICERS[0], small.FRIDAY, small.EVENING)
    one = Given(staff=small.OFFICERS[0], shift=evening)
    request = swaps.request_swap(plan, small.WEEK, one, Given(staff=SPARE), asked_by=one.staff)
    swaps.agree(plan, request, SPARE)
    desk: SwapsDialog = opened(SwapsDialog)
    with qtbot.waitSignal(desk.checked):
        pass
    told = [desk.told.note(row).tone for row in range(desk.told.count())]
    assert "danger" in told
    answers = iter([None, "Just once"])
    monkeypatch.setattr("ui.repair.swaps_dialog.ask_text", lambda *_: next(answers))
    click(desk.approve_button, qtbot)
    assert desk.chosen().decision is None
    with qtbot.waitSignals([desk.changed, desk.listed]):
        click(desk.approve_button, qtbot)
    assert draft(plan).overrides


def test_a_swap_is_rejected_with_a_reason(opened, plan, qtbot, monkeypatch):
    swaps.request_swap(plan, small.WEEK, friday(ILL), Given(staff=SPARE), asked_by=ILL)
    desk: SwapsDialog = opened(SwapsDialog)
    with qtbot.waitSignal(desk.checked):
        pass
    monkeypatch.setattr("ui.repair.swaps_dialog.ask_text", lambda *_: "Too late")
    with qtbot.waitSignals([desk.changed, desk.listed]):
        click(desk.reject_button, qtbot)
    (kept,) = swaps.swaps(plan, small.WEEK)
    assert (kept.decision, kept.reason) == (SwapDecision.REJECTED, "Too late")
    assert any("Too late" in line for line in desk.told.note(desk.told.count() - 1).lines)


def test_a_swap_that_cannot_be_done_any_more_cannot_be_approved(opened, plan, qtbot):
    request = swaps.request_swap(plan, small.WEEK, friday(ILL), Given(staff=SPARE), asked_by=ILL)
    swaps.agree(plan, request, SPARE)
    with plan.store.transaction("test"):
        take_away(plan.store, "shifts", [one for one in draft(plan).shifts if one.staff == ILL])
    desk: SwapsDialog = opened(SwapsDialog)
    with qtbot.waitSignal(desk.checked):
        pass
    assert not desk.approve_button.isEnabled()
    assert desk.reject_button.isEnabled()
