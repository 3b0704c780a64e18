"""Scenarios kept beside the plan, with what two people do at once."""

from pathlib import Path

import pytest

from planner import messages
from planner.domain.scenarios import FewerPeople, OtherBells
from planner.errors import NotFoundError
from planner.services.plans import OpenPlan, open_plan
from planner.services.what_if.kept_scenarios import (
    keep_scenario,
    kept_scenarios,
    put_back_scenario,
    remove_scenario,
)
from tests.planner import small

ONE_LESS = (FewerPeople(employer=small.POLICE, n=1),)


def test_a_scenario_is_kept_changed_removed_and_put_back(small_open: OpenPlan) -> None:
    kept = keep_scenario(small_open, "  One less ", ONE_LESS)
    assert kept.name == "One less"
    later = (*ONE_LESS, OtherBells(first_min=10))
    changed = keep_scenario(small_open, "Two things", later, instead_of=kept)
    assert (changed.id, changed.created_at) == (kept.id, kept.created_at)
    assert kept_scenarios(small_open) == (changed,)
    remove_scenario(small_open, changed)
    remove_scenario(small_open, changed)
    assert kept_scenarios(small_open) == ()
    put_back_scenario(small_open, changed)
    assert kept_scenarios(small_open) == (changed,)


def test_one_that_somebody_else_removed_is_not_kept_again_unasked(
    small_open: OpenPlan, small_file: Path
) -> None:
    kept = keep_scenario(small_open, "One less", ONE_LESS)
    with open_plan(small_file) as other:
        remove_scenario(other, kept)
    with pytest.raises(NotFoundError) as refused:
        keep_scenario(small_open, "Changed", ONE_LESS, instead_of=kept)
    assert refused.value.code == "scenario-gone"
    assert kept_scenarios(small_open) == ()


def test_the_plan_and_its_undo_know_nothing_of_it(small_open: OpenPlan) -> None:
    before = small_open.refresh()
    kept = keep_scenario(small_open, "One less", ONE_LESS)
    remove_scenario(small_open, kept)
    assert small_open.refresh() == before
    entries = small_open.store.journal()[-2:]
    assert [one.command for one in entries] == ["keep-scenario", "remove-scenario"]
    assert not any(small_open.store.changes_of(one.number) for one in entries)
    assert all(messages.command_text(one.command) != one.command for one in entries)
