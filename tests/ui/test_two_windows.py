"""Stories: two people have the same plan open, each in a window of their own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from planner.domain import edits
from planner.services.plans import open_plan
from planner.store import database
from tests.planner import small
from tests.planner.writing import put
from tests.ui.conftest import show_plan
from tests.ui.test_faults import look, remove_shift, settle, shown, stored, write_note
from ui.actions import Command
from ui.preferences import Preferences
from ui.window import MainWindow

CONTACT, OFFICER = small.CONTACTS[0], small.OFFICERS[0]


@pytest.fixture
def first(
    window: MainWindow, drafted_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """Anna's window."""
    return on_plan(window, "Anna", drafted_file, qtbot, monkeypatch)


@pytest.fixture
def second(
    first: MainWindow,  # noqa: ARG001 - opened before
    drafted_file: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """Bo's window on the same plan."""
    made = MainWindow(Preferences(tmp_path / "second.ini"))
    qtbot.addWidget(made)
    made.show()
    yield on_plan(made, "Bo", drafted_file, qtbot, monkeypatch)
    made.close()


def on_plan(
    window: MainWindow, actor: str, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    monkeypatch.setattr(database, "_account", lambda: actor)
    show_plan(window, path, qtbot)
    settle(window, qtbot)
    return window


def test_what_one_does_the_other_sees_and_is_told(first, second, drafted_file, qtbot):
    remove_shift(first, CONTACT, small.MONDAY)
    settle(first, qtbot)
    assert shown(second) != shown(first)
    look(second, qtbot)
    assert shown(second) == shown(first) == stored(drafted_file)
    assert second.week_page.view() == first.week_page.view()
    assert second.bar.text() == "Anna har ändrat planen: ta bort pass. Du ser det nu."
    look(first, qtbot)
    assert not first.bar.isVisible()  # nobody is told of what they did themselves


def test_records_that_one_changes_the_other_sees(first, second, qtbot):
    with first.presenter.open_plan.changing("put-records") as store:
        member = next(m for m in first.presenter.open_plan.plan.staff if m.id == CONTACT)
        put(store, "staff", [replace(member, display_name="Kim Ny")])
    look(second, qtbot)
    assert "Kim Ny" in {row.name for row in second.week_page.view().people}


def test_edits_of_different_shifts_are_both_kept(first, second, drafted_file, qtbot):
    remove_shift(first, CONTACT, small.MONDAY)
    remove_shift(second, OFFICER, small.TUESDAY)
    settle(first, qtbot)
    settle(second, qtbot)
    look(first, qtbot)
    look(second, qtbot)
    assert shown(first) == shown(second) == stored(drafted_file)
    gone = {(CONTACT, small.MONDAY), (OFFICER, small.TUESDAY)}
    assert not gone & {(shift.staff, shift.day) for shift in shown(first).shifts}


def test_who_comes_second_to_the_same_shift_is_told_and_sees_what_is_stored(
    first, second, drafted_file, qtbot
):
    remove_shift(first, CONTACT, small.MONDAY)
    settle(first, qtbot)
    (shift,) = (s for s in shown(second).shifts if (s.staff, s.day) == (CONTACT, small.MONDAY))
    assert second.editor.edit(
        "lock", lambda roster: edits.lock(roster, [shift.id], [], is_locked=True)
    )
    write_note(second, "Ring vaktmästaren")
    settle(second, qtbot)
    assert "har ändrats av någon annan" in second.bar.text()
    now = stored(drafted_file)
    assert shown(second) == now
    assert shift.id not in {one.id for one in now.shifts}
    assert [note.text for note in now.notes] == ["Ring vaktmästaren"]  # nobody else's


def test_what_somebody_else_has_changed_since_is_not_undone(first, second, drafted_file, qtbot):
    write_note(first, "Annas")
    settle(first, qtbot)
    look(second, qtbot)
    write_note(second, "Bos")
    settle(second, qtbot)
    first.actions_[Command.UNDO].trigger()
    settle(first, qtbot)
    assert "har ändrats av någon annan" in first.bar.text()
    assert [note.text for note in stored(drafted_file).notes] == ["Bos"]
    assert shown(first) == stored(drafted_file)


def test_undo_names_what_it_takes_back_when_one_person_has_two_windows(
    first, second, drafted_file, qtbot, monkeypatch
):
    on_plan(second, "Anna", drafted_file, qtbot, monkeypatch)
    write_note(first, "Annas")
    settle(first, qtbot)
    remove_shift(second, CONTACT, small.MONDAY)
    settle(second, qtbot)
    look(first, qtbot)
    assert first.actions_[Command.UNDO].text() == "&Ångra: Ta bort pass"
    first.actions_[Command.UNDO].trigger()
    settle(first, qtbot)
    with open_plan(drafted_file, actor="Anna") as plan:
        assert plan.store.journal()[-1].command == "undo"
    now = stored(drafted_file)
    assert [note.text for note in now.notes] == ["Annas"]
    assert set(shown(first).shifts) == set(now.shifts)
    assert set(shown(first).assignments) == set(now.assignments)
