"""Generate a week's roster, and take it over as the draft."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from planner import clock
from planner.domain.ids import DutyId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Gap, LevelResult, Roster, Severity, Shift
from planner.domain.rotation import roll_out
from planner.domain.weeks import IsoWeek
from planner.planning.engine import SolverDiedError, SolverFault, engine
from planner.planning.judging import Judgement, WeekJudge, explained_gaps, explained_needs, is_fixed
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.selecting import SelectedDays
from planner.planning.varying import varied
from planner.planning.week_input import WeekInput, reach
from planner.services.plans import OpenPlan
from planner.services.roster.views import GenerateProgress
from planner.services.solving import Trouble, best_of
from solver.data.solution import Progress, Solution

Selection = frozenset[tuple[StaffId, date]]
"""Days of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A roster that the engine proposes; nothing is stored before it is accepted.

    Parameters
    ----------
    n_gaps
        Heads that lack, for duties and for the minimum of each hour.
    base
        The roster that it was made from.
    draft_revision
        Of the draft that it was made from.
    trouble
        What ended the search before its time, so that this is the best until then.
    """

    roster: Roster
    n_gaps: int
    base: Roster | None = None
    draft_revision: int | None = None
    trouble: Trouble | None = None

    @property
    def week(self) -> IsoWeek:
        """The week that it is for."""
        return self.roster.week

    @property
    def levels(self) -> tuple[LevelResult, ...]:
        """What each level costs."""
        return self.roster.levels


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a roster comes to.

    Parameters
    ----------
    n_missing
        Heads that lack, for duties and for the minimum of each hour.
    n_broken
        Rules that are broken by what may change.
    levels
        What each level costs.
    """

    n_missing: int
    n_broken: int
    levels: tuple[LevelResult, ...]


def outcome(judgement: Judgement) -> Outcome:
    """Return what the roster that was judged comes to."""
    broken = [one for one in judgement.findings if one.severity is Severity.VIOLATION]
    return Outcome(
        n_missing=sum(gap.missing for gap in judgement.gaps),
        n_broken=len(broken),
        levels=judgement.levels,
    )


def generate(  # noqa: PLR0913 - each is an option of the command
    open_plan: OpenPlan,
    week: IsoWeek,
    *,
    seconds: float = 60.0,
    seed: int = 0,
    duties_only: bool = False,
    selection: Selection | None = None,
    repeatable: bool = False,
    on_progress: Callable[[GenerateProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Proposal:
    """Return the best roster for ``week`` found in ``seconds``.

    Given and locked shifts stay as they are; with ``duties_only`` every shift of the draft does.

    Parameters
    ----------
    selection
        Days of people that may change, and nothing else; everything unless given. Crews of which
        only one half is selected stay; the levels have no bounds then.
    seconds
        Wall time at most.
    seed
        The same seed, with ``repeatable``, gives the same roster.
    repeatable
        Count work instead of seconds.
    should_stop
        Asked some twenty times a second; the best so far is returned soon after it says so.

    Raises
    ------
    SolverDiedError, SolverFault
        When the solver fails before it has any roster; later, the proposal is the best so far and
        says so.
    StorageError
        At once, when the plan could not take the result.
    """
    store = open_plan.store
    store.check_writable()
    draft_revision = store.draft_revision(week)
    base = store.load_roster(week)
    if not draft_revision:
        base = replace(base, shifts=given_shifts(open_plan.plan, week, base.shifts))
    selected = None if selection is None else SelectedDays(draft=base, chosen=selection)
    source = _input(open_plan, base, keep_shifts=duties_only, selected=selected)
    compiled = compile_week(source, seed=seed)

    def report(progress: Progress) -> None:
        on_progress(_progress(week, progress))

    solution, trouble = best_of(
        lambda: engine().solve(
            selected.problem(compiled) if selected else compiled.problem,
            seconds=seconds,
            seed=seed,
            repeatable=repeatable,
            on_progress=report,
            should_stop=should_stop,
        )
    )
    roster = replace(
        compiled.roster(solution),
        overrides=base.overrides,
        notes=base.notes,
        gaps=explained_gaps(compiled, solution) if trouble else _gaps(compiled, solution),
        generated_at=clock.now(),
    )
    if selected is not None:
        roster = _without_proofs(selected.roster(compiled, roster))
    week_judge = WeekJudge(open_plan.plan, week, source.around)
    roster = varied(open_plan.plan, roster, week_judge, seed=seed, kept=_as_before(base, roster))
    judgement = week_judge.judge(roster)
    return Proposal(
        roster=roster,
        n_gaps=outcome(judgement).n_missing,
        base=base,
        draft_revision=draft_revision,
        trouble=trouble,
    )


def _as_before(base: Roster, roster: Roster) -> frozenset[DutyId]:
    """Return the duties that somebody does at the same time as before."""
    before = {(done.duty, done.start) for done in base.assignments}
    return frozenset(done.duty for done in roster.assignments if (done.duty, done.start) in before)


def _gaps(compiled: CompiledWeek, solution: Solution) -> tuple[Gap, ...]:
    """Return the engine's reasons for what it left uncovered, as far as it still answers."""
    gaps = explained_gaps(compiled, solution)
    try:
        needs = engine().demand_gaps(compiled.problem, solution)
    except (SolverDiedError, SolverFault):
        return gaps
    return (*gaps, *explained_needs(compiled, needs))


def accept(open_plan: OpenPlan, proposal: Proposal) -> None:
    """Store the proposal as the week's draft.

    Raises
    ------
    ConflictError
        ``draft-changed`` when the draft was edited meanwhile: such edits win.
    """
    store = open_plan.store
    with store.transaction("generate", week=str(proposal.week)):
        store.save_roster(proposal.roster, expected_revision=proposal.draft_revision)


def week_input(open_plan: OpenPlan, week: IsoWeek) -> WeekInput:
    """Return all that decides ``week``: the plan, the shifts around it and what stays in it."""
    return _input(open_plan, open_plan.store.load_roster(week))


def _input(
    open_plan: OpenPlan,
    draft: Roster,
    *,
    keep_shifts: bool = False,
    selected: SelectedDays | None = None,
) -> WeekInput:
    """Return all that decides a week with a draft.

    Parameters
    ----------
    keep_shifts
        Keep every shift of the draft, not only given and locked ones.
    selected
        Keep everything else of the draft too.
    """
    plan, week = open_plan.plan, draft.week
    fixed = given_shifts(plan, week, draft.shifts)
    if keep_shifts:
        kept = {shift.id for shift in fixed}
        fixed += tuple(shift for shift in draft.shifts if shift.id not in kept)
    present = tuple(shift for shift in fixed if not _is_absent(plan, shift))
    locked = tuple(done for done in draft.assignments if done.is_locked)
    if selected is not None:
        inside = (shift for shift in present if (shift.staff, shift.day) in selected.cells)
        present = (*selected.shifts, *inside)
        locked = tuple(dict.fromkeys((*selected.assignments, *locked)))
    return WeekInput(
        plan=plan, week=week, around=shifts_around(open_plan, week), fixed=present, locked=locked
    )


def shifts_around(open_plan: OpenPlan, week: IsoWeek) -> tuple[Shift, ...]:
    """Return the shifts of the days before and after ``week`` that its rules look at."""
    whole = reach(open_plan.plan, week)
    return tuple(
        shift for shift in open_plan.store.shifts_between(whole) if shift.day not in week.days
    )


def given_shifts(plan: Plan, week: IsoWeek, drafted: tuple[Shift, ...]) -> tuple[Shift, ...]:
    """Return the shifts of ``week`` that are facts: imported, locked, or from a base roster.

    A base roster fills only days on which its member has no given shift stored, so an exception
    to it stays.
    """
    fixed = tuple(shift for shift in drafted if is_fixed(shift))
    taken = {(shift.staff, shift.day) for shift in fixed}
    rolled = tuple(shift for shift in roll_out(plan, week) if (shift.staff, shift.day) not in taken)
    return fixed + rolled


def _without_proofs(roster: Roster) -> Roster:
    """Return a roster without what was proved, or found, only of the days that might change."""
    return replace(
        roster, levels=tuple(replace(level, bound=None) for level in roster.levels), gaps=()
    )


def _is_absent(plan: Plan, shift: Shift) -> bool:
    return any(
        absence.staff == shift.staff and absence.span.overlaps(shift.span)
        for absence in plan.absences
    )


def _progress(week: IsoWeek, progress: Progress) -> GenerateProgress:
    paid = next((level for level in progress.levels if level.value), None)
    shown = paid or (progress.levels[0] if progress.levels else None)
    return GenerateProgress(
        week=week,
        phase=progress.phase,
        n_gaps=progress.n_gaps,
        level=shown.level if shown else "",
        value=shown.value if shown else None,
        bound=shown.bound if shown else None,
        seconds=progress.seconds,
    )
