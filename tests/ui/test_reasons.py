"""Stories of a gap: why it is there, what would close it, and one click that does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner import clock, words
from planner.domain.changes import Change
from planner.domain.harm import harm_of
from planner.domain.ids import DutyId
from planner.domain.places import InformationSession
from planner.domain.plan import Plan
from planner.domain.roster import Gap, Roster
from planner.services.gaps import fixes
from planner.services.gaps.fix_values import Fix, FixKind
from planner.services.gaps.fixes import find_fixes
from planner.services.gaps.reasons import GapWeek
from planner.services.plans import open_plan
from planner.services.records.saving import save_records
from planner.services.week.working_week import WorkingWeek
from tests.planner import small
from tests.planner.services.gaps.test_fixes import later_bells
from tests.planner.services.gaps.test_reasons import OPEN, away
from tests.planner.services.gaps.test_session_moves import session
from tests.ui.conftest import show_plan
from ui import theme
from ui.actions import Command
from ui.jobs import Runner
from ui.reasons import GapsDialog, dialog
from ui.theme import Mode
from ui.window import MainWindow

WAIT_MS = 60_000


@pytest.fixture
def runner() -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def few_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weeks are not planned anew: what is left answers at once."""
    monkeypatch.setattr(fixes, "_STEPS", fixes._STEPS[:-1])


def working(plan: Plan | None = None, roster: Roster | None = None) -> WorkingWeek:
    plan = plan or small.make_plan()
    return WorkingWeek(plan, roster or small.make_roster(plan))


def opened(
    week: WorkingWeek, runner: Runner, qtbot: QtBot, apply: Any = None, **more: Any
) -> GapsDialog:
    made = GapsDialog(week, runner, apply or (lambda _fix, _reason: False), **more)
    made.failed.connect(_fail)
    qtbot.addWidget(made)
    with qtbot.waitSignals([made.explained, made.fixed], timeout=WAIT_MS):
        made.show()
    return made


def _fail(error: Exception) -> None:
    raise error


def taking(week: WorkingWeek) -> Any:
    """Return what applies a fix to a week in memory."""

    def apply(fix: Fix, reason: str) -> bool:
        reasons.append(reason)
        week.take(fix.roster)
        return True

    reasons: list[str] = []
    apply.reasons = reasons  # type: ignore[attr-defined]
    return apply


def test_a_gap_shows_its_facts_and_who_would_have_to_come(runner: Runner, qtbot: QtBot) -> None:
    week = working(away(small.make_plan(), *small.CONTACTS))
    shown = opened(week, runner, qtbot, gap=gap_of(week, OPEN))
    facts = "\n".join(
        line for n in range(shown.page.facts.count()) for line in shown.page.facts.note(n).lines
    )
    assert "Frånvarande" in facts
    assert shown.page.facts_title.isVisible()
    (only,) = told(shown)
    assert only.kind is FixKind.HIRE
    assert not shown.page.button.isEnabled()


def test_the_first_fix_is_chosen_and_applied_by_enter(runner: Runner, qtbot: QtBot) -> None:
    week = working()
    shown = opened(week, runner, qtbot, taking(week), gap=gap_of(week, OPEN))
    assert shown.page.fixes.currentRow() == 0
    assert shown.page.button.isEnabled()
    with qtbot.waitSignal(shown.explained, timeout=WAIT_MS):
        QTest.keyClick(shown.page.fixes, Qt.Key.Key_Return)
    assert gap_of(week, OPEN) is None
    assert "Ångra" in shown.message.text()


def test_what_a_fix_changes_has_most_of_the_room(runner: Runner, qtbot: QtBot) -> None:
    made = opened(working(), runner, qtbot)
    made.resize(dialog._SIZE)
    made.grab()
    assert made.page.changes.parentWidget().width() >= 550


def test_a_fix_that_breaks_a_rule_asks_for_the_reason(
    runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = working(later_bells(small.make_plan()))
    apply = taking(week)
    shown = opened(week, runner, qtbot, apply, gap=gap_of(week, OPEN))
    asked: list[str] = []

    def answer(title: str, *_more: object) -> str | None:
        asked.append(title)
        return "Avtalat med Kontakt Nr2" if len(asked) > 1 else None

    monkeypatch.setattr(dialog, "ask_text", answer)
    choose(shown, FixKind.LONGER)
    assert "skäl" in shown.page.button.text()
    shown.page.button.click()
    assert apply.reasons == []  # called off
    with qtbot.waitSignal(shown.explained, timeout=WAIT_MS):
        shown.page.button.click()
    assert apply.reasons == ["Avtalat med Kontakt Nr2"]


def test_all_gaps_are_listed_with_their_reason(runner: Runner, qtbot: QtBot) -> None:
    plan = small.make_plan()
    roster = replace(small.make_roster(plan), assignments=())
    week = working(plan, roster)
    shown = opened(week, runner, qtbot)
    assert shown.gaps.count() == len(week.judgement.gaps)
    texts = [shown.gaps.note(n).lines[-1] for n in range(shown.gaps.count())]
    assert "Ännu inte förklarad" not in texts
    harms = [
        harm_of(plan, gap, next((one for one in week.duties if one.id == gap.duty), None)).order
        for gap in (shown.gaps.note(n).value for n in range(shown.gaps.count()))
    ]
    assert harms == sorted(harms), "as the page of the coverage has them"
    with qtbot.waitSignal(shown.fixed, timeout=WAIT_MS):
        shown.gaps.setCurrentRow(1)
    assert shown.page.fixes.count()


def test_a_week_without_gaps_says_so(runner: Runner, qtbot: QtBot) -> None:
    week = working()
    fix = first_fix(week)
    week.take(fix.roster)
    made = GapsDialog(week, runner, lambda _fix, _reason: False)
    qtbot.addWidget(made)
    made.show()
    assert made.pages.currentWidget() is made.none


def test_a_search_can_be_stopped_and_says_what_was_not_tried(runner: Runner, qtbot: QtBot) -> None:
    week = working()
    made = GapsDialog(week, runner, lambda _fix, _reason: False)
    made.failed.connect(_fail)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignal(made.fixed, timeout=WAIT_MS):
        made.stop()
    assert made.page.state.text().startswith("Hann inte prövas")
    assert made.page.stop_button.isHidden()


def test_a_draft_that_changed_meanwhile_is_explained_anew(runner: Runner, qtbot: QtBot) -> None:
    week = working()
    shown = opened(week, runner, qtbot, gap=gap_of(week, OPEN))
    with qtbot.waitSignal(shown.explained, timeout=WAIT_MS):
        shown.page.button.click()
    assert "ändrats" in shown.message.text()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("code", ["sv", "en"])
def test_it_can_be_drawn(code: str, mode: Mode, runner: Runner, qtbot: QtBot) -> None:
    words.set_language(code)
    theme.theme().choose(mode)
    week = working()
    shown = opened(week, runner, qtbot)
    assert not shown.grab().isNull()
    assert shown.page.fixes.accessibleName()


def test_the_window_closes_a_gap_in_one_step_that_can_be_undone(
    drafted_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = drafted_window
    found: list[Gap | None] = []

    def take_first(week: WorkingWeek, apply: Any, gap: Gap | None = None) -> None:
        found.append(gap)
        assert apply(first_fix(week), "")

    monkeypatch.setattr(window.dialogs, "explain_gap", take_first)
    window.week_page.side.gaps.setFocus()
    window.week_page.side.gaps.setCurrentRow(0)
    with qtbot.waitSignal(window.editor.history_changed):
        window.week_page.side.why_button.click()
    assert found[0] is not None
    assert found[0].duty == OPEN
    week = window.editor.working
    assert week is not None
    assert gap_of(week, OPEN) is None
    with qtbot.waitSignal(window.editor.undone):
        window.actions_[Command.UNDO].trigger()
    assert gap_of(week, OPEN) is not None


def test_a_session_is_moved_by_one_click_and_back_by_undo(
    window: MainWindow,
    drafted_file: Path,
    runner: Runner,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: small.at(small.MONDAY, "06:00"))
    stands = session()
    with open_plan(drafted_file) as plan:
        save_records(plan, [Change(set_name="information_sessions", before=None, after=stands)])
    show_plan(window, drafted_file, qtbot)
    week = window.editor.working
    assert week is not None
    duty = f"{stands.id}/{stands.day}/1"
    shown = opened(week, runner, qtbot, window.editor.close_gap, gap=gap_of(week, duty))
    choose(shown, FixKind.SESSION)
    assert "kom överens med skolan först" in shown.page.fixes.note(0).lines[0]
    assert shown.page.changes.isVisible()
    with qtbot.waitSignals([window.editor.history_changed, shown.explained], timeout=WAIT_MS):
        shown.page.button.click()
    assert [gap.duty for gap in week.judgement.gaps] == [OPEN]
    assert shown.gaps.count() == 1
    (moved,) = sessions(drafted_file)
    assert (moved.day, moved.earliest_start) == (stands.day, time(8, 15))
    shown.close()
    with qtbot.waitSignals([window.editor.undone, window.presenter.week_fetched]):
        window.actions_[Command.UNDO].trigger()
    assert sessions(drafted_file) == (stands,)
    again = window.editor.working
    assert again is not None
    assert gap_of(again, duty) is not None


def test_other_parts_of_the_window_lead_to_a_gaps_reason(
    drafted_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, found = drafted_window, []
    monkeypatch.setattr(window.dialogs, "explain_gap", lambda _w, _a, gap: found.append(gap))
    week = window.editor.working
    assert week is not None
    window.sections.gap_asked.emit(gap_of(week, OPEN))
    assert found == [gap_of(week, OPEN)]


def test_the_command_asks_about_the_selected_place(
    drafted_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, found = drafted_window, []
    monkeypatch.setattr(window.dialogs, "explain_gap", lambda _w, _a, gap: found.append(gap))
    window.week_page.show_place(small.SCHOOL_B)
    window.week_page.places.select_duty(DutyId(OPEN))
    window.week_page.places.setFocus()
    window.actions_[Command.REASONS].trigger()
    (gap,) = found
    assert gap is not None
    assert gap.duty == OPEN


def sessions(path: Path) -> tuple[InformationSession, ...]:
    """Return the information sessions as they are stored."""
    with open_plan(path) as plan:
        return plan.plan.information_sessions


def gap_of(week: WorkingWeek, duty: str) -> Gap | None:
    return next((gap for gap in week.judgement.gaps if gap.duty == duty), None)


def first_fix(week: WorkingWeek) -> Fix:
    gaps = GapWeek(plan=week.plan, draft=week.roster)
    return find_fixes(gaps, gaps.gaps[0]).fixes[0]


def told(shown: GapsDialog) -> list[Fix]:
    """Return the fixes that are listed."""
    values = (shown.page.fixes.note(row).value for row in range(shown.page.fixes.count()))
    return [value for value in values if isinstance(value, Fix)]


def choose(shown: GapsDialog, kind: FixKind) -> None:
    shown.page.fixes.setCurrentRow([fix.kind for fix in told(shown)].index(kind))
