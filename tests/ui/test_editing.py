"""Stories: what a planner does to the week by hand, in the real window, by mouse and keyboard."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from pytestqt.qtbot import QtBot

from planner import clock
from planner.domain.ids import ShiftTypeId, StaffId
from planner.domain.roster import Roster, Severity, Shift
from planner.domain.staff import ShiftSource
from planner.services.plans import open_plan
from planner.services.roster.views import WeekState
from tests.planner import small
from tests.planner.writing import put
from tests.ui.conftest import show_plan
from tests.ui.mouse import move_mouse
from tests.ui.pictures import colors_of
from ui import dialogs as dialogs_module
from ui import theme
from ui.actions import Command
from ui.repair import AbsenceDialog
from ui.week import page as page_module
from ui.week import right_side as right_module
from ui.week.grids import PeopleGrid
from ui.widgets import TextDialog
from ui.window import MainWindow

MONDAY, TUESDAY = small.WEEK.days[:2]
SATURDAY = small.WEEK.days[5]


def grid(window: MainWindow) -> PeopleGrid:
    return window.week_page.people


def shown(window: MainWindow) -> Roster:
    assert window.editor.roster is not None
    return window.editor.roster


def stored(window: MainWindow, qtbot: QtBot) -> Roster:
    """Return the draft in the file, once every edit has been kept."""
    qtbot.waitUntil(lambda: not window.editor.is_saving)
    assert window.presenter.open_plan is not None
    return window.presenter.open_plan.store.load_roster(small.WEEK)


def of(roster: Roster, staff: StaffId, day: date) -> list[Shift]:
    return [shift for shift in roster.shifts if (shift.staff, shift.day) == (staff, day)]


def row_of(window: MainWindow, staff: StaffId) -> int:
    return [row.staff for row in grid(window).people.rows].index(staff)


def select(window: MainWindow, staff: StaffId, day: date) -> None:
    grid(window).select_person(staff, day)
    grid(window).setFocus()


def middle(window: MainWindow, staff: StaffId, day: date) -> QPoint:
    column = small.WEEK.days.index(day)
    index = grid(window).people.index(row_of(window, staff), column)
    return grid(window).visualRect(index).center() - QPoint(0, 9)  # two bars may meet there


def drag(
    window: MainWindow, qtbot: QtBot, start: tuple[StaffId, date], end: tuple[StaffId, date]
) -> str:
    """Drag a shift from cell to cell, let it go, and return what the hint said before."""
    viewport = grid(window).viewport()
    first, last = middle(window, *start), middle(window, *end)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first)
    move_mouse(viewport, first + QPoint(40, 0))
    move_mouse(viewport, last)
    hint = window.week_page.editing.drag.hint.hint
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=last)
    return hint.text if hint else ""


CONTACT, OTHER = small.CONTACTS[0], small.CONTACTS[2]


def test_a_shift_is_dragged_to_somebody_else_with_its_duties(drafted_window, qtbot):
    before = shown(drafted_window)
    text = drag(drafted_window, qtbot, (CONTACT, MONDAY), (OTHER, MONDAY))
    assert text
    now = shown(drafted_window)
    assert not of(now, CONTACT, MONDAY)
    (moved,) = of(now, OTHER, MONDAY)
    assert moved.parts == of(before, CONTACT, MONDAY)[0].parts
    assert stored(drafted_window, qtbot) == now
    assert len(now.assignments) == len(before.assignments)


def test_a_drag_that_is_called_off_changes_nothing(drafted_window, qtbot):
    before = shown(drafted_window)
    viewport = grid(drafted_window).viewport()
    first = middle(drafted_window, CONTACT, MONDAY)
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=first)
    move_mouse(viewport, first + QPoint(40, 0))
    move_mouse(viewport, middle(drafted_window, OTHER, MONDAY))
    assert drafted_window.week_page.editing.drag.hint.isVisible()
    qtbot.keyClick(grid(drafted_window), Qt.Key.Key_Escape)
    assert not drafted_window.week_page.editing.drag.hint.isVisible()
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton)
    assert shown(drafted_window) == before


def test_a_typed_code_sets_the_shift(drafted_window, qtbot):
    plan = drafted_window.editor.plan
    employer = plan.staff_by_id[OTHER].employer
    kind = next(k for k in plan.shift_types if k.employer == employer)
    select(drafted_window, OTHER, TUESDAY)
    qtbot.keyClicks(grid(drafted_window), kind.code[0])
    field = drafted_window.week_page.editing.field
    assert field.isVisible()
    field.setText(kind.code)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert [shift.shift_type for shift in of(shown(drafted_window), OTHER, TUESDAY)] == [kind.id]
    assert stored(drafted_window, qtbot) == shown(drafted_window)


def test_a_code_that_there_is_not_is_not_taken(drafted_window, qtbot):
    before = shown(drafted_window)
    select(drafted_window, OTHER, TUESDAY)
    qtbot.keyClicks(grid(drafted_window), "q")
    field = drafted_window.week_page.editing.field
    field.setText("QQ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.isVisible()
    assert theme.tokens().danger in colors_of(field)
    assert field.hint.isVisible()
    assert field.hint.hint.text == field.accessibleDescription() != ""
    qtbot.keyClicks(field, "Q")
    assert not field.hint.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert shown(drafted_window) == before


def test_a_code_on_a_day_without_shift_types_is_refused_at_once(window, drafted_file, qtbot):
    with open_plan(drafted_file) as plan, plan.store.transaction("import"):
        (kind,) = [k for k in plan.plan.shift_types if k.employer == small.CITY]
        put(plan.store, "shift_types", [replace(kind, weekdays="12345")])
    show_plan(window, drafted_file, qtbot)
    before, field = shown(window), window.week_page.editing.field
    for ask in ("keys", "F2"):
        select(window, OTHER, SATURDAY)
        if ask == "keys":
            qtbot.keyClicks(grid(window), kind.code[0])
        else:
            qtbot.keyClick(grid(window), Qt.Key.Key_F2)
        assert field.isVisible()
        assert theme.tokens().danger in colors_of(field)
        assert field.hint.isVisible()
        assert field.hint.hint.text == field.accessibleDescription()
        assert field.hint.hint.text.startswith("Kommunen har ingen passmall för lördag; lägg till")
        qtbot.keyClicks(field, "x")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.hint.isVisible()
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert not field.isVisible()
        assert not field.hint.isVisible()
    assert shown(window) == before
    select(window, OTHER, TUESDAY)
    qtbot.keyClicks(grid(window), kind.code[0])
    assert not field.hint.isVisible()


def test_a_code_is_not_wrong_before_it_is_typed_out(drafted_window, qtbot):
    plan = drafted_window.editor.plan
    employer = plan.staff_by_id[OTHER].employer
    kind = next(k for k in plan.shift_types if k.employer == employer)
    select(drafted_window, OTHER, TUESDAY)
    qtbot.keyClicks(grid(drafted_window), kind.name[0])
    field = drafted_window.week_page.editing.field
    assert theme.tokens().danger not in colors_of(field)
    qtbot.keyClicks(field, "§")
    assert theme.tokens().danger in colors_of(field)


def test_nothing_is_changed_while_no_cell_is_selected(drafted_window):
    before, people = shown(drafted_window), grid(drafted_window)
    first = people.people.index(row_of(drafted_window, CONTACT), 0)
    # As Qt does when the keyboard comes back from a dialog: current, and not selected.
    people.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
    assert drafted_window.week_page.editing.current_shifts()
    for command in (Command.REMOVE, Command.LOCK, Command.NOTE, Command.COPY, Command.PASTE):
        drafted_window.actions_[command].trigger()
        assert shown(drafted_window) == before


def test_nothing_is_changed_in_a_view_that_is_not_shown(drafted_window):
    before = shown(drafted_window)
    select(drafted_window, CONTACT, MONDAY)
    drafted_window.actions_[Command.PLACES].trigger()
    drafted_window.actions_[Command.REMOVE].trigger()
    assert shown(drafted_window) == before


def test_the_keyboard_comes_to_a_cell_that_is_seen(drafted_window, qtbot):
    people, chosen = grid(drafted_window), grid(drafted_window).selectionModel()
    with qtbot.waitActive(drafted_window):
        drafted_window.activateWindow()
    drafted_window.week_page.filters.setFocus()
    people.setFocus(Qt.FocusReason.TabFocusReason)
    assert chosen.selectedIndexes() == [people.people.index(0, 0)]
    people.clearSelection()
    drafted_window.actions_[Command.PEOPLE].trigger()
    qtbot.waitUntil(chosen.hasSelection)
    people.clearSelection()
    qtbot.keyClick(people, Qt.Key.Key_F2)
    assert drafted_window.week_page.editing.field.isVisible()
    assert chosen.selectedIndexes() == [people.people.index(0, 0)]


def test_shifts_are_copied_pasted_removed_and_brought_back(drafted_window, qtbot):
    select(drafted_window, CONTACT, MONDAY)
    drafted_window.actions_[Command.COPY].trigger()
    select(drafted_window, OTHER, SATURDAY)
    drafted_window.actions_[Command.PASTE].trigger()
    (copy,) = of(shown(drafted_window), OTHER, SATURDAY)
    assert copy.span.minutes == of(shown(drafted_window), CONTACT, MONDAY)[0].span.minutes
    select(drafted_window, CONTACT, MONDAY)
    drafted_window.actions_[Command.REMOVE].trigger()
    assert not of(shown(drafted_window), CONTACT, MONDAY)
    before = len(shown(drafted_window).assignments)
    with qtbot.waitSignal(drafted_window.editor.undone):
        drafted_window.actions_[Command.UNDO].trigger()
    assert of(shown(drafted_window), CONTACT, MONDAY)
    assert len(shown(drafted_window).assignments) > before
    assert drafted_window.bar.text() == "Ångrat: Ta bort pass"
    with qtbot.waitSignal(drafted_window.editor.redone):
        drafted_window.actions_[Command.REDO].trigger()
    assert not of(shown(drafted_window), CONTACT, MONDAY)
    assert stored(drafted_window, qtbot) == shown(drafted_window)


def test_a_whole_day_is_locked_and_freed(drafted_window, qtbot):
    # Not selectColumn(), which looks at the keys that the last simulated key press left held.
    people, flag = grid(drafted_window), QItemSelectionModel.SelectionFlag
    people.selectionModel().select(people.people.index(0, 0), flag.ClearAndSelect | flag.Columns)
    drafted_window.actions_[Command.LOCK].trigger()
    mondays = [s for s in shown(drafted_window).shifts if s.day == MONDAY]
    assert mondays
    assert all(shift.is_locked for shift in mondays)
    assert not any(s.is_locked for s in shown(drafted_window).shifts if s.day != MONDAY)
    drafted_window.actions_[Command.LOCK].trigger()
    assert not any(shift.is_locked for shift in shown(drafted_window).shifts)
    assert stored(drafted_window, qtbot) == shown(drafted_window)


def test_a_note_is_written_and_taken_away(drafted_window, qtbot, monkeypatch):
    answers = iter(["Ring first", ""])
    monkeypatch.setattr(page_module, "ask_text", lambda *_, **__: next(answers))
    select(drafted_window, CONTACT, MONDAY)
    drafted_window.actions_[Command.NOTE].trigger()
    assert [note.text for note in stored(drafted_window, qtbot).notes] == ["Ring first"]
    lines = grid(drafted_window).people.lines(row_of(drafted_window, CONTACT), 0)
    assert "Notering: Ring first" in lines
    drafted_window.actions_[Command.NOTE].trigger()
    assert stored(drafted_window, qtbot).notes == ()


def test_a_note_that_is_too_long_says_so(drafted_window):
    dialog = TextDialog("Note", "For planners", "Save", drafted_window, text="x" * 501)
    dialog.show()
    assert not dialog.button.isEnabled()
    assert dialog.problem.isVisible()
    assert {"501", "500"} <= set(dialog.problem.text().replace(";", "").split())
    dialog.field.setPlainText("x" * 500)
    assert dialog.button.isEnabled()
    assert not dialog.problem.isVisible()


def test_a_broken_rule_is_let_stand_with_a_reason_and_withdrawn(drafted_window, qtbot, monkeypatch):
    monkeypatch.setattr(right_module, "ask_text", lambda *_, **__: "Agreed with the union")
    plan = drafted_window.editor.plan
    employer = plan.staff_by_id[CONTACT].employer
    kind = next(k for k in plan.shift_types if k.employer == employer)
    officer = next(m.id for m in plan.staff if m.employer != employer)
    select(drafted_window, officer, SATURDAY)
    drafted_window.week_page.editing._put(kind)
    assert not of(shown(drafted_window), officer, SATURDAY)  # the other employer's type
    drag(drafted_window, qtbot, (CONTACT, MONDAY), (CONTACT, TUESDAY))
    side = drafted_window.week_page.side
    side.tabs.setCurrentIndex(1)
    n_findings = side.findings.count()
    assert n_findings
    side.findings.setCurrentRow(0)
    qtbot.mouseClick(side.button, Qt.MouseButton.LeftButton)
    findings = drafted_window.week_page.view().findings
    assert [f.severity for f in findings].count(Severity.OVERRIDDEN) >= 1
    (override,) = stored(drafted_window, qtbot).overrides
    assert override.reason == "Agreed with the union"
    side.tabs.setCurrentIndex(2)
    assert "Agreed with the union" in side.overrides.item(0).text()
    side.overrides.setCurrentRow(0)
    qtbot.mouseClick(side.button, Qt.MouseButton.LeftButton)
    assert stored(drafted_window, qtbot).overrides == ()


def test_a_given_shift_is_changed_only_with_a_reason(drafted_window, qtbot, monkeypatch):
    roster = shown(drafted_window)
    first = of(roster, CONTACT, MONDAY)[0]
    target = drafted_window.presenter.open_plan.target
    with open_plan(target) as plan, plan.store.transaction("import"):
        put(plan.store, "shifts", [replace(first, source=ShiftSource.GIVEN)])
    with qtbot.waitSignal(drafted_window.presenter.week_fetched):
        drafted_window.presenter.refresh()
    select(drafted_window, CONTACT, MONDAY)
    monkeypatch.setattr(dialogs_module, "ask_text", lambda *_, **__: None)
    drafted_window.actions_[Command.REMOVE].trigger()
    assert of(shown(drafted_window), CONTACT, MONDAY)
    monkeypatch.setattr(dialogs_module, "ask_text", lambda *_, **__: "Court that day")
    drafted_window.actions_[Command.REMOVE].trigger()
    assert not of(shown(drafted_window), CONTACT, MONDAY)
    (override,) = stored(drafted_window, qtbot).overrides
    assert (override.rule, override.reason) == ("given-changed", "Court that day")


def test_an_empty_week_is_planned_by_hand_and_undone_after_a_restart(
    window, preferences, empty_file, qtbot
):
    show_plan(window, empty_file, qtbot)
    plan = window.editor.plan
    employer = plan.staff_by_id[CONTACT].employer
    kind = next(k for k in plan.shift_types if k.employer == employer)
    select(window, CONTACT, MONDAY)
    window.week_page.states.setCurrentWidget(window.week_page.states.views)
    window.week_page.editing._put(kind)
    assert stored(window, qtbot).shifts
    assert window.week_page.view().state is WeekState.DRAFT
    window.close()

    again = MainWindow(preferences)
    qtbot.addWidget(again)
    show_plan(again, empty_file, qtbot)
    assert of(shown(again), CONTACT, MONDAY)[0].shift_type == ShiftTypeId(kind.id)
    qtbot.waitUntil(again.actions_[Command.UNDO].isEnabled)
    assert again.actions_[Command.UNDO].text() == "&Ångra: Sätt ett pass"
    with qtbot.waitSignal(again.editor.undone):
        again.actions_[Command.UNDO].trigger()
    with qtbot.waitSignal(again.presenter.week_fetched):
        again.presenter.refresh()
    assert not of(shown(again), CONTACT, MONDAY)
    assert again.week_page.view().state is WeekState.EMPTY
    again.close()


@pytest.mark.parametrize("command", [Command.DAY, Command.FOUR_WEEKS, Command.PLACES])
def test_every_view_shows_the_edited_week(drafted_window, qtbot, command):
    select(drafted_window, CONTACT, MONDAY)
    drafted_window.actions_[Command.REMOVE].trigger()
    qtbot.waitUntil(lambda: not drafted_window.editor.is_saving)
    drafted_window.actions_[command].trigger()
    assert not drafted_window.grab().isNull()


def test_somebody_takes_a_gap_from_the_list_of_candidates(drafted_window, qtbot):
    side = drafted_window.week_page.side
    n_before = sum(gap.missing for gap in drafted_window.week_page.view().gaps)
    side.gaps.setCurrentRow(0)
    qtbot.mouseClick(side.button, Qt.MouseButton.LeftButton)
    panel = drafted_window.week_page.right.candidates
    qtbot.waitUntil(lambda: panel.chosen is not None)
    assert drafted_window.week_page.right.currentWidget() is panel
    candidate = panel.chosen
    assert candidate.is_legal
    panel._act()
    assert sum(gap.missing for gap in drafted_window.week_page.view().gaps) < n_before
    assert drafted_window.week_page.right.currentWidget() is side
    assert stored(drafted_window, qtbot) == shown(drafted_window)


def test_who_can_take_the_selected_shift_is_asked_by_keyboard(drafted_window, qtbot):
    select(drafted_window, CONTACT, MONDAY)
    drafted_window.actions_[Command.CANDIDATES].trigger()
    right = drafted_window.week_page.right
    assert right.currentWidget() is right.candidates
    qtbot.waitUntil(lambda: right.candidates.chosen is not None)
    qtbot.keyClick(right.candidates.search, Qt.Key.Key_Escape)
    assert right.currentWidget() is right.side


def test_whoever_is_selected_is_offered_as_away_from_that_day(drafted_window, monkeypatch):
    offered = []
    monkeypatch.setattr(clock, "now", lambda: small.at(MONDAY, "06:05"))
    monkeypatch.setattr(AbsenceDialog, "exec", lambda dialog: offered.append(dialog.away()) or 0)
    absence = drafted_window.actions_[Command.ABSENCE]
    absence.trigger()
    select(drafted_window, CONTACT, small.THURSDAY)
    absence.trigger()
    nobody, chosen = offered
    assert nobody is None
    assert (chosen.staff, chosen.span.start) == (CONTACT, small.at(small.THURSDAY, "00:00"))
