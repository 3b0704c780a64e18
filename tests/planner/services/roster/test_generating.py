"""A real solver on a small plan, and what becomes of its proposal."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from planner import settings
from planner.domain import edits
from planner.domain.demand import make_duties
from planner.domain.merging import Cells
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.staff import ShiftSource
from planner.errors import ConflictError
from planner.planning.engine import SolverDiedError, SolverFault, engine
from planner.planning.judging import judge
from planner.services.plans import OpenPlan, open_plan
from planner.services.roster import generating
from planner.services.roster.generating import Selection
from solver.data.problem import Problem
from solver.data.solution import Solution
from tests.planner import small
from tests.planner.small import WEEK

if TYPE_CHECKING:
    from planner.services.roster.views import GenerateProgress


def test_proposal_of_the_real_solver_keeps_every_rule_and_is_stored_whole(
    small_open: OpenPlan,
) -> None:
    told: list[GenerateProgress] = []
    proposal = generating.generate(
        small_open, WEEK, seconds=4, repeatable=True, on_progress=told.append
    )
    assert not judge(small_open.plan, proposal.roster).has_violation
    assert told[-1].n_gaps == proposal.n_gaps
    assert small_open.store.draft_revision(WEEK) == 0
    generating.accept(small_open, proposal)
    stored = small_open.store.load_roster(WEEK)
    assert stored.assignments
    assert {shift.id for shift in stored.shifts} == {shift.id for shift in proposal.roster.shifts}
    assert stored.levels == proposal.levels


def test_people_said_to_be_missing_on_the_way_are_those_of_the_proposal(
    small_plan: Plan, tmp_path: Path
) -> None:
    (need,) = small_plan.staffing_needs
    large = replace(need, minimum=len(small_plan.staff), needed=len(small_plan.staff))
    small.save_plan(tmp_path / "p.narvaro", replace(small_plan, staffing_needs=(large,)))
    told: list[GenerateProgress] = []
    with open_plan(tmp_path / "p.narvaro") as plan:
        proposal = generating.generate(
            plan, WEEK, seconds=4, repeatable=True, on_progress=told.append
        )
    assert told[-1].n_gaps == proposal.n_gaps > 0


def test_duties_only_leaves_every_shift_as_it_is(small_open: OpenPlan) -> None:
    first = generating.generate(small_open, WEEK, seconds=4, repeatable=True)
    generating.accept(small_open, first)
    again = generating.generate(small_open, WEEK, seconds=4, repeatable=True, duties_only=True)
    assert {(shift.id, shift.parts) for shift in again.roster.shifts} == {
        (shift.id, shift.parts) for shift in first.roster.shifts
    }
    assert {shift.source for shift in again.roster.shifts} == {
        shift.source for shift in first.roster.shifts
    }


def test_locked_shift_stays_where_it_is(small_open: OpenPlan) -> None:
    first = generating.generate(small_open, WEEK, seconds=4, repeatable=True).roster
    planned = next(shift for shift in first.shifts if shift.source is ShiftSource.PLANNED)
    kept = replace(planned, is_locked=True)
    with small_open.store.transaction("edit"):
        small_open.store.save_roster(replace(first, shifts=(kept,), assignments=()))
    again = generating.generate(small_open, WEEK, seconds=4, repeatable=True).roster
    found = next(shift for shift in again.shifts if shift.id == kept.id)
    assert (found.parts, found.is_locked) == (kept.parts, True)


def test_edit_made_meanwhile_wins_over_the_proposal(small_open: OpenPlan) -> None:
    proposal = generating.generate(small_open, WEEK, seconds=4, repeatable=True)
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
    whole = generating.generate(small_open, WEEK, seconds=4, repeatable=True)
    assert whole.trouble is None
    monkeypatch.setattr(generating, "engine", lambda: Failing(error, has_best=True))
    proposal = generating.generate(small_open, WEEK, seconds=4, repeatable=True)
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
        generating.generate(small_open, WEEK, seconds=4, repeatable=True)


DUTIES = make_duties(small.make_plan(), WEEK)
STAFF = [member.id for member in small.make_plan().staff]


@st.composite
def drafts(draw: st.DrawFn) -> Roster:
    """Draw the hand-made roster after some edits, good and bad ones."""
    plan = small.make_plan()
    roster = small.make_roster(plan)
    kinds = {small.CITY: small.SCHOOL_SHIFT, small.POLICE: small.EVENING}
    for _ in range(draw(st.integers(0, 3))):
        member, day = draw(st.sampled_from(plan.staff)), draw(st.sampled_from(WEEK.days))
        match draw(st.sampled_from(["put", "remove", "assign"])):
            case "put":
                roster = edits.put_shift(plan, roster, member.id, day, kinds[member.employer])
            case "remove":
                ids = {s.id for s in roster.shifts if (s.staff, s.day) == (member.id, day)}
                roster = edits.remove_shifts(roster, ids)
            case _:
                roster = edits.assign(roster, draw(st.sampled_from(DUTIES)), member.id)
    return roster


def outside(roster: Roster, selection: Selection) -> set[Shift | Assignment]:
    """Return what a roster has on other days."""
    cells = Cells(roster)
    shifts = {shift for shift in roster.shifts if (shift.staff, shift.day) not in selection}
    return shifts | {done for done in roster.assignments if cells.of(done) not in selection}


@hypothesis_settings(deadline=None, max_examples=4)
@given(
    draft=drafts(),
    selection=st.frozensets(
        st.tuples(st.sampled_from(STAFF), st.sampled_from(WEEK.days)), max_size=12
    ),
)
def test_outside_of_the_selection_everything_stays(
    small_file_template: Path, draft: Roster, selection: Selection
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.narvaro"
        path.write_bytes(small_file_template.read_bytes())
        with open_plan(path) as plan:
            small.save_draft(plan, draft)
            stored = plan.store.load_roster(WEEK)
            proposal = generating.generate(
                plan, WEEK, seconds=4, repeatable=True, selection=selection
            )
    assert outside(proposal.roster, selection) == outside(stored, selection)
    assert proposal.base == stored


def test_selected_days_are_planned_again_around_what_stays(drafted: OpenPlan) -> None:
    stored = drafted.store.load_roster(WEEK)
    friday = frozenset((staff, small.FRIDAY) for staff in small.CONTACTS)
    proposal = generating.generate(drafted, WEEK, seconds=4, repeatable=True, selection=friday)
    done = {one.duty for one in proposal.roster.assignments}
    assert f"{small.SCHOOL_B}/{small.FRIDAY}/after-1" in done
    assert done > {one.duty for one in stored.assignments}
    assert not any(shift.is_locked for shift in proposal.roster.shifts)
    assert not any(one.is_locked for one in proposal.roster.assignments)
    assert not judge(drafted.plan, proposal.roster).has_violation


def test_people_outside_of_the_selection_get_nothing_more_to_do(drafted: OpenPlan) -> None:
    roster = drafted.store.load_roster(WEEK)
    small.save_draft(drafted, replace(roster, assignments=()))
    selection = frozenset({(small.CONTACTS[3], small.FRIDAY)})
    proposal = generating.generate(drafted, WEEK, seconds=4, repeatable=True, selection=selection)
    assert {one.staff for one in proposal.roster.assignments} <= {small.CONTACTS[3]}


def test_crew_of_which_one_half_is_selected_stays(drafted: OpenPlan) -> None:
    stored = drafted.store.load_roster(WEEK)
    selection = frozenset({(small.OFFICERS[0], small.MONDAY)})
    roster = generating.generate(
        drafted, WEEK, seconds=4, repeatable=True, selection=selection
    ).roster
    assert {*roster.shifts} == {*stored.shifts}
    assert {*roster.assignments} == {*stored.assignments}
