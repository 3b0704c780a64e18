"""Visits at times that nobody can foresee, and nothing else changed by it."""

from collections import Counter
from dataclasses import replace
from datetime import time

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.demand import make_duties
from planner.domain.duties import Duty, DutyKind
from planner.domain.places import PresenceKind, PresenceWindow
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster
from planner.domain.spans import MINUTE
from planner.planning.judging import WeekJudge, judge
from planner.planning.varying import varied
from tests.planner import small


def with_visits() -> tuple[Plan, Roster, list[Duty]]:
    """Return the small plan with three visits an evening, each begun as early as it may."""
    plan = small.make_plan()
    windows = tuple(
        PresenceWindow(
            id=f"evening-{weekday}",
            hotspot=small.SQUARE,
            weekday=weekday,
            start=time(17),
            end=time(21, 30),
            kind=PresenceKind.DOSAGE,
            n_visits=3,
        )
        for weekday in range(1, 6)
    )
    plan = replace(plan, presence_windows=(*plan.presence_windows, *windows))
    visits = [one for one in make_duties(plan, small.WEEK) if one.kind is DutyKind.VISIT]
    roster = small.make_roster(plan)
    breaks = {shift.day: shift.breaks[0] for shift in roster.shifts if shift.breaks}
    done = []
    for visit in visits:
        start = visit.earliest_start
        if visit.day in breaks and breaks[visit.day].end > start:
            start = visit.earliest_start + 5 * MINUTE * -(
                -max(0, (breaks[visit.day].end - start) // MINUTE) // 5
            )
        if start > visit.latest_start:
            continue
        end = start + visit.duration_min * MINUTE
        done += [
            Assignment(duty=visit.id, staff=staff, start=start, end=end)
            for staff in small.OFFICERS[:2]
        ]
    return plan, replace(roster, assignments=(*roster.assignments, *done)), visits


PLAN, ROSTER, VISITS = with_visits()


def drawn(seed: int, roster: Roster = ROSTER) -> Roster:
    return varied(PLAN, roster, WeekJudge(PLAN, small.WEEK), seed=seed)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_nothing_changes_but_the_times_of_visits(seed: int) -> None:
    found = drawn(seed)
    before, after = judge(PLAN, ROSTER), judge(PLAN, found)
    assert (after.findings, after.gaps, after.levels) == (
        before.findings,
        before.gaps,
        before.levels,
    )
    duties = {duty.id: duty for duty in VISITS}
    pairs = list(zip(ROSTER.assignments, found.assignments, strict=True))
    for old, new in pairs:
        assert (old.duty, old.staff, old.end - old.start) == (
            new.duty,
            new.staff,
            new.end - new.start,
        )
        if old.duty in duties:
            duty = duties[old.duty]
            assert duty.earliest_start <= new.start <= duty.latest_start
        else:
            assert old == new
    assert found.shifts == ROSTER.shifts
    assert any(old.start != new.start for old, new in pairs)


def test_same_seed_gives_the_same_times_and_another_seed_others() -> None:
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_visits_are_spread_over_what_is_possible() -> None:
    shares: Counter[int] = Counter()
    duties = {duty.id: duty for duty in VISITS}
    for seed in range(40):
        for done in drawn(seed).assignments:
            duty = duties.get(done.duty)
            if duty is not None and not duty.is_fixed:
                slack = duty.latest_start - duty.earliest_start
                shares[min(2, int(3 * ((done.start - duty.earliest_start) / slack)))] += 1
    total = sum(shares.values())
    assert all(shares[third] > total / 5 for third in range(3))


def test_locked_and_kept_visits_stay() -> None:
    locked = ROSTER.assignments[-1].duty
    kept = VISITS[0].id
    roster = replace(
        ROSTER,
        assignments=tuple(
            replace(done, is_locked=True) if done.duty == locked else done
            for done in ROSTER.assignments
        ),
    )
    found = varied(PLAN, roster, WeekJudge(PLAN, small.WEEK), seed=3, kept={kept})
    at = {(done.duty, done.staff): done.start for done in found.assignments}
    for done in roster.assignments:
        if done.duty in {locked, kept}:
            assert at[done.duty, done.staff] == done.start


def test_roster_without_visits_is_left_alone() -> None:
    plan = small.make_plan()
    roster = small.make_roster(plan)
    assert varied(plan, roster, WeekJudge(plan, small.WEEK), seed=1) is roster
