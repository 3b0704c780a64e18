"""A week over a clock change is solved in minutes that elapse, and read back in local time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from planner.domain.ids import ShiftTypeId
from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.domain.rules import RuleKey
from planner.domain.schools import PeriodKind, SchoolPeriod
from planner.domain.shifts import ShiftPart, ShiftType, StaffingNeed
from planner.domain.weeks import IsoWeek
from planner.planning.engine import Engine
from planner.planning.judging import judge
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.week_input import WeekInput
from solver.checks import level_values, violations
from solver.data.solution import Solution
from tests.planner.small import EVENING, OFFICERS, PATROL, POLICE, ZONE, make_plan

SPRING, AUTUMN = IsoWeek(2026, 13), IsoWeek(2026, 43)
HOURS = {SPRING: 7 * 24 - 1, AUTUMN: 7 * 24 + 1}
NIGHT_MIN = {SPRING: 7 * 60, AUTUMN: 9 * 60}
NIGHT = ShiftTypeId("night")
SATURDAY, SUNDAY = 6, 7


def plan_of_nights() -> Plan:
    """Return the small plan with nights, one of them over the change of the clock."""
    plan = make_plan()
    return replace(
        plan,
        shift_types=(
            *plan.shift_types,
            ShiftType(id=NIGHT, code="N", name="Night", employer=POLICE, break_min=30),
        ),
        shift_parts=(
            *plan.shift_parts,
            ShiftPart(shift_type=NIGHT, ordinal=1, start=time(22), end=time(6)),
        ),
        school_periods=(
            *plan.school_periods,
            SchoolPeriod(
                id="spring",
                kind=PeriodKind.TERM,
                name="Spring term",
                first_day=date(2026, 1, 8),
                last_day=date(2026, 6, 12),
            ),
        ),
        staffing_needs=(*plan.staffing_needs, need(SATURDAY, time(22), time(6))),
    )


def need(weekday: int, start: time, end: time, *, n_staff: int = 1) -> StaffingNeed:
    return StaffingNeed(
        id=f"need-{weekday}-{start}",
        skill=PATROL,
        weekday=weekday,
        start=start,
        end=end,
        minimum=n_staff,
        needed=n_staff,
    )


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = Engine(tmp_path)
    yield made
    made.close()


def solved(engine: Engine, plan: Plan, week: IsoWeek) -> tuple[CompiledWeek, Solution, Roster]:
    compiled = compile_week(WeekInput(plan=plan, week=week))
    solution = engine.solve(compiled.problem, seconds=20)
    return compiled, solution, compiled.roster(solution)


@pytest.mark.parametrize("week", [SPRING, AUTUMN])
def test_week_of_a_clock_change_is_solved_right(engine: Engine, week: IsoWeek) -> None:
    plan = plan_of_nights()
    compiled, solution, roster = solved(engine, plan, week)
    assert compiled.problem.horizon.length == HOURS[week] * 60
    assert violations(compiled.problem, solution) == ()
    values = {each.level: each.value for each in solution.levels}
    assert values == level_values(compiled.problem, solution)
    assert not judge(plan, roster).has_violation
    assert {each.level: each.value for each in roster.levels} == values


@pytest.mark.parametrize("week", [SPRING, AUTUMN])
def test_night_over_the_change_is_worked_as_long_as_it_elapses(
    engine: Engine, week: IsoWeek
) -> None:
    compiled, _, roster = solved(engine, plan_of_nights(), week)
    saturday = week.days[SATURDAY - 1]
    option = compiled.problem.shift_by_id[f"{NIGHT}/{saturday}"]
    assert option.parts[0].length == NIGHT_MIN[week]
    assert set(option.counted_min.values()) == {NIGHT_MIN[week] - option.break_min}
    nights = [s for s in roster.shifts if s.shift_type == NIGHT and s.day == saturday]
    assert nights
    for shift in nights:
        assert shift.span.minutes == NIGHT_MIN[week]
        local = [at.astimezone(ZONE) for at in (shift.span.start, shift.span.end)]
        assert [at.time() for at in local] == [time(22), time(6)]
        assert all(shift.span.contains(pause) for pause in shift.breaks)


@pytest.mark.parametrize("week", [SPRING, AUTUMN])
def test_rest_over_the_change_is_as_long_as_it_elapses(engine: Engine, week: IsoWeek) -> None:
    """From 22 to 14 are sixteen hours by the clock, but fifteen in spring: too few here."""
    plan = plan_of_nights()
    between = {RuleKey.DAILY_REST: (RuleKey.REST_BETWEEN, 16 * 60)}
    everybody = len(OFFICERS)
    plan = replace(
        plan,
        rules=tuple(
            replace(rule, key=between[rule.key][0], value=between[rule.key][1])
            if rule.key in between
            else rule
            for rule in plan.rules
        ),
        staffing_needs=(
            need(SATURDAY, time(14), time(22), n_staff=everybody),
            need(SUNDAY, time(14), time(22), n_staff=everybody),
        ),
    )
    _, _, roster = solved(engine, plan, week)
    saturday, sunday = (
        {shift.staff for shift in roster.shifts if (shift.shift_type, shift.day) == (EVENING, day)}
        for day in week.days[5:]
    )
    assert len(saturday | sunday) == everybody
    assert saturday & sunday == (set(OFFICERS) if week == AUTUMN else set())


@pytest.mark.parametrize(
    ("week", "start", "end"),
    [
        (AUTUMN, time(2), time(3)),
        (AUTUMN, time(2, 30), time(3)),
        (AUTUMN, time(2, 15), time(2, 45)),
        (SPRING, time(2, 15), time(2, 45)),
        (SPRING, time(2), time(3)),
        (SPRING, time(2, 30), time(3)),
    ],
)
def test_need_in_the_hour_that_is_skipped_or_comes_twice(
    engine: Engine, week: IsoWeek, start: time, end: time
) -> None:
    plan = plan_of_nights()
    plan = replace(plan, staffing_needs=(need(SUNDAY, start, end),))
    compiled, solution, roster = solved(engine, plan, week)
    assert violations(compiled.problem, solution) == ()
    assert not judge(plan, roster).has_violation
