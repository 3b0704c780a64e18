"""Undo and redo: any sequence of them, in one window or after a restart, in step with a model."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.changes import Change
from planner.errors import ConflictError
from planner.services.history import KEEP_PLANNED, FinalStepError, history, redo, undo
from planner.services.plans import OpenPlan, open_plan
from planner.services.situation.incidents import remove_source
from tests.planner import small


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenPlan]:
    """The small plan."""
    small.save_plan(tmp_path / "small.narvaro", small.make_plan())
    with open_plan(tmp_path / "small.narvaro") as plan:
        yield plan


def rename(plan: OpenPlan, name: str) -> None:
    """Rename the first person, as a command of its own."""
    first = plan.plan.staff[0]
    if first.name == name:
        return
    with plan.changing("rename") as store:
        changed = replace(first, name=name)
        store.apply([Change(set_name="staff", before=first, after=changed)])


def staff(plan: OpenPlan) -> str:
    return plan.plan.staff[0].name


def test_the_last_command_is_undone_and_redone(opened):
    before = staff(opened)
    rename(opened, "A")
    rename(opened, "B")
    assert undo(opened).entry.command == "rename"
    assert staff(opened) == "A"
    undo(opened)
    assert staff(opened) == before
    redo(opened)
    redo(opened)
    assert staff(opened) == "B"
    with pytest.raises(ConflictError) as refused:
        redo(opened)
    assert refused.value.code == "nothing-to-redo"


def test_a_new_command_leaves_nothing_to_redo(opened):
    rename(opened, "A")
    undo(opened)
    rename(opened, "B")
    assert history(opened).redoable == ()
    assert [entry.command for entry in history(opened).undoable][-1:] == ["rename"]


def test_what_somebody_else_changed_since_is_not_undone(opened):
    rename(opened, "A")
    with open_plan(opened.target, actor="somebody else") as other:
        rename(other, "B")
    with pytest.raises(ConflictError) as refused:
        undo(opened)
    assert refused.value.code == "record-changed"
    assert opened.refresh().staff[0].name == "B"


def test_what_was_done_in_another_window_is_not_undone_before_it_is_seen(opened):
    rename(opened, "Anna")
    seen = [entry.number for entry in history(opened).undoable]
    with open_plan(opened.target) as other:
        rename(other, "Bo")
    with pytest.raises(ConflictError, match="not-seen-yet"):
        undo(opened, seen=seen)
    opened.refresh()
    rename(opened, "Cilla")  # own commands are known at once
    assert undo(opened, seen=seen).entry.command == "rename"


def test_what_cannot_be_undone_is_told_of_before_anything_earlier_is(opened):
    rename(opened, "A")
    rename(opened, "B")
    remove_source(opened, "file.csv")
    with opened.store.transaction(KEEP_PLANNED):  # not by anybody's wish
        pass
    final = history(opened).final
    assert final.command == "remove-incidents"
    with pytest.raises(FinalStepError) as held:
        undo(opened)
    assert held.value.entry == final
    assert staff(opened) == "B"
    assert undo(opened, past=final.number).entry.command == "rename"
    assert history(opened).final is None
    assert undo(opened).entry.command == "rename", "told once is enough"


def test_only_own_commands_are_undone(opened):
    rename(opened, "A")
    with open_plan(opened.target, actor="somebody else") as other:
        with pytest.raises(ConflictError) as refused:
            undo(other)
        assert refused.value.code == "nothing-to-undo"


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.sampled_from(["A", "B", "C", "undo", "redo", "restart"]), max_size=12))
def test_any_sequence_of_commands_agrees_with_two_stacks(tmp_path_factory, steps):
    path = tmp_path_factory.mktemp("plan") / "small.narvaro"
    small.save_plan(path, small.make_plan())
    plan = open_plan(path)
    n_made = len(history(plan).undoable)
    done, undone = [staff(plan)], []
    for step in steps:
        match step:
            case "undo":
                if len(done) > 1:
                    undo(plan)
                    undone.append(done.pop())
            case "redo":
                if undone:
                    redo(plan)
                    done.append(undone.pop())
            case "restart":
                plan.close()
                plan = open_plan(path)
            case name:
                if name != done[-1]:
                    rename(plan, name)
                    done.append(name)
                    undone.clear()
        assert staff(plan) == done[-1]
        assert len(history(plan).undoable) == n_made + len(done) - 1
        assert len(history(plan).redoable) == len(undone)
    plan.close()
