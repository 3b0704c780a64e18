"""A real solver on a small plan, and what becomes of its proposal."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planner import settings
from planner.domain.staff import ShiftSource
from planner.errors import ConflictError
from planner.planning.engine import SolverDiedError, SolverFault, engine
from planner.planning.judging import judge
from planner.services import generating
from planner.services.plans import OpenPlan
from solver.data.problem import Problem
from solver.data.solution import Solution
from tests.planner.small import WEEK

if TYPE_CHECKING:
    from planner.services.views import GenerateProgress


def test_proposal_of_the_real_solver_keeps_every_rule_and_is_stored_whole(
    small_open: OpenPlan,
) -> None:
    told: list[GenerateProgress] = []
    proposal = generating.generate(
        small_open, WEEK, seconds=20, repeatable=True, on_progress=told.append
    )
    assert not judge(small_open.plan, proposal.roster).has_violation
    assert told
    assert small_open.store.draft_revision(WEEK) == 0
    generating.accept(small_open, proposal)
    stored = small_open.store.load_roster(WEEK)
    assert stored.assignments
    assert {shift.id for shift in stored.shifts} == {shift.id for shift in proposal.roster.shifts}
    assert stored.levels == proposal.levels


def test_duties_only_leaves_every_shift_as_it_is(small_open: OpenPlan) -> None:
    first = generating.generate(small_open, WEEK, seconds=20, repeatable=True)
    generating.accept(small_open, first)
    again = generating.generate(small_open, WEEK, seconds=20, repeatable=True, duties_only=True)
    assert {(shift.id, shift.parts) for shift in again.roster.shifts} == {
        (shift.id, shift.parts) for shift in first.roster.shifts
    }
    assert {shift.source for shift in again.roster.shifts} == {
        shift.source for shift in first.roster.shifts
    }


def test_locked_shift_stays_where_it_is(small_open: OpenPlan) -> None:
    first = generating.generate(small_open, WEEK, seconds=20, repeatable=True).roster
    planned = next(shift for shift in first.shifts if shift.source is ShiftSource.PLANNED)
    kept = replace(planned, is_locked=True)
    with small_open.store.transaction("edit"):
        small_open.store.save_roster(replace(first, shifts=(kept,), assignments=()))
    again = generating.generate(small_open, WEEK, seconds=20, repeatable=True).roster
    found = next(shift for shift in again.shifts if shift.id == kept.id)
    assert (found.parts, found.is_locked) == (kept.parts, True)


def test_edit_made_meanwhile_wins_over_the_proposal(small_open: OpenPlan) -> None:
    proposal = generating.generate(small_open, WEEK, seconds=20, repeatable=True)
    with small_open.store.transaction("edit"):
        small_open.store.save_roster(replace(proposal.roster, assignments=()))
    with pytest.raises(ConflictError) as caught:
        generating.accept(small_open, proposal)
    assert caught.value.code == "draft-changed"
    assert small_open.store.load_roster(WEEK).assignments == ()


def test_stopped_at_once_there_is_still_a_roster(small_open: OpenPlan) -> None:
    proposal = generating.generate(small_open, WEEK, seconds=60, should_stop=lambda: True)
    assert proposal.week == WEEK


class Failing:
    """An engine that finds a roster and then fails, with the roster in hand or without."""

    def __init__(self, error: SolverDiedError | SolverFault, *, has_best: bool) -> None:
        self.error = error
        self.has_best = has_best

    def solve(self, problem: Problem, **options: Any) -> Solution:
        found = engine().solve(problem, **options)
        if self.has_best:
            self.error.best = found
        raise self.error


@pytest.mark.parametrize(
    ("error", "code"),
    [(SolverDiedError(), "solver-died"), (SolverFault("it is wrong"), "solver-fault")],
)
def test_failed_solver_leaves_its_last_roster_as_the_proposal_and_it_says_so(
    small_open: OpenPlan,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    error: SolverDiedError | SolverFault,
    code: str,
) -> None:
    monkeypatch.setattr(settings, "log_folder", lambda: tmp_path)
    whole = generating.generate(small_open, WEEK, seconds=20, repeatable=True)
    assert whole.trouble is None
    monkeypatch.setattr(generating, "engine", lambda: Failing(error, has_best=True))
    proposal = generating.generate(small_open, WEEK, seconds=20, repeatable=True)
    assert proposal.trouble is not None
    assert proposal.trouble.code == code
    assert proposal.roster.shifts == whole.roster.shifts
    assert not judge(small_open.plan, proposal.roster).has_violation
    if code == "solver-fault":
        assert proposal.trouble.file is not None
        assert "it is wrong" in proposal.trouble.file.read_text()
    generating.accept(small_open, proposal)


@pytest.mark.parametrize("error", [SolverDiedError(), SolverFault("it is wrong")])
def test_failed_solver_without_a_roster_is_an_error(
    small_open: OpenPlan,
    monkeypatch: pytest.MonkeyPatch,
    error: SolverDiedError | SolverFault,
) -> None:
    monkeypatch.setattr(generating, "engine", lambda: Failing(error, has_best=False))
    with pytest.raises(type(error)):
        generating.generate(small_open, WEEK, seconds=20, repeatable=True)
