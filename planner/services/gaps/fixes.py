"""The cheapest fixes of a gap, each judged by the checks before it is told."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from planner.domain import edits
from planner.domain.demand import make_duties
from planner.domain.differences import week_differences
from planner.domain.ids import DutyId, SkillId, StaffId
from planner.domain.merging import merged
from planner.domain.plan import Plan
from planner.domain.roster import Finding, Gap, Roster
from planner.planning.engine import engine
from planner.services.gaps.fix_costs import (
    fix_costs,
    helps_promise,
    levels_added,
    other_times,
)
from planner.services.gaps.fix_values import ODD_TIMES, Fix, FixCosts, FixesFound, FixKind, Hire
from planner.services.gaps.reasons import GapWeek
from planner.services.gaps.session_moves import SessionMoves
from planner.services.gaps.shift_moves import ShiftMoves
from planner.services.records.saving import changed_plan
from planner.services.week.editing import effect

if TYPE_CHECKING:
    from solver.explain.repairs import Kind, Repair

_SECONDS: Final = 12.0
"""After so long nothing more is begun for one gap."""

_QUARTER_MIN = 15

_MOST_TIMED = 16
"""Moved or longer shifts that are judged, those that change the least first."""
_TOLD_OF_A_KIND = 2

_BY_CONSENT = frozenset(
    {
        "working-time",
        "shifts-per-day",
        "consecutive-days",
        "daily-rest",
        "weekly-rest",
        "rest-between",
        "continuous-work",
    }
)
"""Rules that somebody may agree to break; nobody can be in two places."""

_WITH_CONSENT: Mapping[FixKind, frozenset[str]] = {
    FixKind.RELAX: _BY_CONSENT,
    FixKind.LONGER: _BY_CONSENT | {ODD_TIMES},
    FixKind.SHIFT: _BY_CONSENT | {ODD_TIMES},
}

_KIND_OF: "dict[FixKind, Kind]" = {
    FixKind.ASSIGN: "assign",
    FixKind.MOVE: "move",
    FixKind.SWAP: "swap",
    FixKind.RELAX: "relax",
    FixKind.HIRE: "add",
    FixKind.WEEK: "week",
}
"""What the engine calls the kinds that it looks for."""

_STEPS: tuple[tuple[FixKind, ...], ...] = (
    (FixKind.ASSIGN,),
    (FixKind.SESSION,),
    (FixKind.SHIFT, FixKind.LONGER),
    (FixKind.MOVE,),
    (FixKind.SWAP,),
    (FixKind.RELAX,),
    (FixKind.HIRE,),
    (FixKind.WEEK,),
)
"""What is looked for first: what answers at once."""


def find_fixes(
    week: GapWeek,
    gap: Gap,
    *,
    on_fix: Callable[[Fix], None] = lambda _: None,
    on_step: Callable[[int, int], None] = lambda _done, _all: None,
    should_stop: Callable[[], bool] = lambda: False,
    seconds: float = _SECONDS,
) -> FixesFound:
    """Return what would close a gap by a head, a crew, or hours of it; the cheapest first.

    Each was made into a whole draft and judged: it lessens the gap, does the promise no harm and
    breaks no rule but those that it says.

    Parameters
    ----------
    on_fix
        Told each as soon as it is found.
    on_step
        Told how many kinds of fixes have been looked for, and of how many.
    seconds
        After so long no further kind is begun; those that were not are told.

    Raises
    ------
    SolverDiedError, SolverFault
        When the solver fails.
    """
    began, finder = time.monotonic(), _Finder(week, gap)
    fixes: list[Fix] = []
    for n_done, kinds in enumerate(_STEPS):
        on_step(n_done, len(_STEPS))
        if should_stop() or time.monotonic() - began > seconds:
            left = tuple(kind for step in _STEPS[n_done:] for kind in step)
            return FixesFound(gap=gap, fixes=_ranked(fixes), not_tried=left)
        for fix in finder.of_kinds(kinds):
            fixes.append(fix)
            on_fix(fix)
    return FixesFound(gap=gap, fixes=_ranked(fixes))


def applied(
    plan: Plan, fix: Fix, current: Roster, *, reason: str, author: str, at: datetime
) -> Roster:
    """Return the current draft after a fix; edits made meanwhile win.

    Rules that it breaks stand with the reason from then on. Where nothing of it can be taken over
    any more, or not all of one that changes a record too, the draft comes back as it is.
    """
    plan = changed_plan(plan, fix.records)
    heads = {duty.id: duty.heads for duty in make_duties(plan, current.week)}
    after = merged(fix.base, current, fix.roster, heads=heads)
    if after == current or (fix.record and not _is_whole(fix, after)):
        return current
    for finding in fix.broken:
        after = edits.override(after, finding, reason=reason, author=author, at=at)
    return after


def _is_whole(fix: Fix, after: Roster) -> bool:
    """Tell whether a draft has all that a fix makes of the duties that it touches, and no more."""
    touched = {done.duty for done in {*fix.base.assignments} ^ {*fix.roster.assignments}}
    wanted, found = (
        {done for done in roster.assignments if done.duty in {*touched, fix.gap.duty}}
        for roster in (fix.roster, after)
    )
    return wanted == found


def _ranked(fixes: list[Fix]) -> tuple[Fix, ...]:
    return tuple(sorted(fixes, key=lambda fix: fix.rank))


class _Finder:
    """Finds the fixes of one gap, none twice."""

    def __init__(self, week: GapWeek, gap: Gap) -> None:
        self._week, self._gap = week, gap
        self._seen: set[frozenset[object]] = set()

    def of_kinds(self, kinds: tuple[FixKind, ...]) -> Iterator[Fix]:
        """Yield the fixes of some kinds that pass the checks."""
        if FixKind.SHIFT in kinds:
            yield from self._timed()
            return
        if FixKind.SESSION in kinds:
            yield from SessionMoves(self._week, self._gap).fixes()
            return
        asked = [_KIND_OF[kind] for kind in kinds]
        for repair in self._repairs(asked):
            kind = next(kind for kind in kinds if _KIND_OF[kind] == repair.kind)
            people = tuple(map(StaffId, repair.workers))
            if repair.kind == "add":
                yield self._hire(repair)
                continue
            roster = self._week.problem.changed(repair.change)
            if kind is FixKind.WEEK and not other_times(self._week.draft, roster):
                continue  # then somebody at work does it, which was told already
            fix = self._judged(kind, people, roster)
            if fix is not None:
                yield fix

    def _repairs(self, kinds: "list[Kind]") -> "tuple[Repair, ...]":
        gap, problem = self._gap, self._week.problem
        whole = (problem.problem, problem.solution)
        if gap.duty is not None:
            return engine().repair(*whole, task=gap.duty, kinds=kinds)
        at = self._week.quarter(gap)
        start = problem.compiled.source.scale.minute(at.start)
        return engine().repair(*whole, demand=self._week.demand(gap), start=start, kinds=kinds)

    def _timed(self) -> Iterator[Fix]:
        n_told = {FixKind.SHIFT: 0, FixKind.LONGER: 0}
        for n_judged, one in enumerate(ShiftMoves(self._week).of(self._gap)):
            if n_judged >= _MOST_TIMED:
                return
            if n_told[one.kind] < _TOLD_OF_A_KIND:
                fix = self._judged(one.kind, one.people, one.roster, by_min=one.by_min)
                if fix is not None:
                    n_told[one.kind] += 1
                    yield fix

    def _judged(
        self, kind: FixKind, people: tuple[StaffId, ...], roster: Roster, *, by_min: int = 0
    ) -> Fix | None:
        """Return a draft as a fix; nothing unless the checks say that it is one."""
        week, draft = self._week, self._week.draft
        key = frozenset({*roster.shifts, *roster.assignments})
        if key in self._seen:
            return None
        self._seen.add(key)
        short = self._short_min(draft)
        before, after = week.judgement, week.judge.judge(roster)
        left = self._short_min(roster)
        done = effect(before, after)
        levels = levels_added(before, after)
        if left >= short or not helps_promise(levels):
            return None
        if not _is_by_consent(kind, done.broken):
            return None
        return Fix(
            kind=kind,
            gap=self._gap,
            people=people,
            base=draft,
            roster=roster,
            differences=week_differences(week.plan, draft, roster, week.duty_by_id.values()),
            broken=done.broken,
            costs=fix_costs(week, roster, opened=done.opened, levels=levels),
            closed_heads=self._closed_heads(roster),
            left_min=self._left_min(roster),
            shift_by_min=by_min,
        )

    def _hire(self, repair: "Repair") -> Fix:
        gap = self._gap
        n_people = max(len(repair.newcomers), gap.missing)
        hire = Hire(
            n_people=n_people,
            skills=frozenset(map(SkillId, repair.newcomers[0].skills)),
            span=gap.span,
        )
        return Fix(
            kind=FixKind.HIRE,
            gap=gap,
            people=(),
            base=self._week.draft,
            roster=self._week.draft,
            differences=None,
            broken=(),
            costs=FixCosts(levels=(0,) * len(self._week.judgement.levels)),
            closed_heads=n_people,
            hire=hire,
        )

    def _heads(self, roster: Roster) -> int:
        return sum(done.duty == self._gap.duty for done in roster.assignments)

    def _closed_heads(self, roster: Roster) -> int:
        if self._gap.duty is None:
            return 1
        return self._heads(roster) - self._heads(self._week.draft)

    def _short_min(self, roster: Roster) -> int:
        """Return minutes of one head that lack in all of the gap."""
        if self._gap.duty is not None:
            duty = self._week.duty_by_id[DutyId(self._gap.duty)]
            return max(0, duty.heads - self._heads(roster)) * max(1, duty.duration_min)
        return sum(lacks * _QUARTER_MIN for lacks in self._lacking(roster))

    def _left_min(self, roster: Roster) -> int:
        """Return the minutes of the gap in which somebody still lacks who a fix could add."""
        if self._gap.duty is not None:
            return 0
        pairs = zip(self._lacking(self._week.draft), self._lacking(roster), strict=True)
        return sum(_QUARTER_MIN for before, after in pairs if after and after == before)

    def _lacking(self, roster: Roster) -> list[int]:
        """Return how many lack in each quarter of the gap."""
        return [
            max(0, each.need.minimum - each.planned)
            for quarters in self._week.judge.staffing(roster)
            for each in quarters
            if each.need.id == self._gap.need and self._gap.span.overlaps(each.span)
        ]


def _is_by_consent(kind: FixKind, broken: tuple[Finding, ...]) -> bool:
    return {one.code for one in broken} <= _WITH_CONSENT.get(kind, frozenset())
