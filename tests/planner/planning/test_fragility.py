"""What the fast rule of simulated absences says against what the checks say."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.planning.fragility_build import RosterModel
from planner.planning.fragility_call_ins import call_ins, placed_break
from planner.planning.fragility_losses import DayLosses, Reserves
from planner.planning.fragility_model import DayModel, Place, Working
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.week_input import DAYS_BEFORE, WeekInput
from solver.checks.check import own_violations
from solver.checks.timeline import Timeline, timelines
from solver.data.solution import PlacedTask, WorkedShift
from tests.planner.small import CONTACT, CONTACTS, EVENING, OFFICERS, SCHOOL_SHIFT, WEEK

DAYS = range(DAYS_BEFORE, DAYS_BEFORE + 7)


@pytest.fixture
def compiled(small_plan: Plan, small_roster: Roster) -> CompiledWeek:
    return compile_week(WeekInput(plan=small_plan, week=WEEK), also=small_roster.shifts)


@pytest.fixture
def lines(compiled: CompiledWeek, small_roster: Roster) -> dict[str, Timeline]:
    return timelines(compiled.problem, compiled.solution(small_roster))


@pytest.fixture
def model(compiled: CompiledWeek, small_roster: Roster) -> RosterModel:
    priorities = {duty.id: duty.priority for duty in compiled.source.duties}
    return RosterModel(compiled.problem, compiled.solution(small_roster), priorities)


def day_of(model: RosterModel, number: int, *, with_call_ins: bool = False) -> DayModel:
    days = {one.day - DAYS_BEFORE: one for one in model.days(with_call_ins=with_call_ins)}
    return days[number]


def rules(line: Timeline) -> list[str]:
    return sorted(broken.rule for broken in own_violations(line))


def test_everything_is_met_where_it_is_now(model: RosterModel) -> None:
    for day in model.days(with_call_ins=True):
        assert day.needs
        for fits, held in zip(day.fits, day.held, strict=True):
            assert fits & held == held
        assert DayLosses(day).lost(frozenset()).needs == ()


def test_who_is_called_in_breaks_no_rule_by_the_checks(lines: dict[str, Timeline]) -> None:
    found = [
        (line, shift) for line in lines.values() for day in DAYS for shift in call_ins(line, day)
    ]
    assert {line.worker.id for line, _ in found} >= {CONTACTS[2], OFFICERS[3]}
    assert CONTACTS[3] not in {
        line.worker.id for line, shift in found if shift.day == DAYS_BEFORE
    }, "away on Monday"
    for line, shift in found:
        worked = WorkedShift(worker=line.worker.id, shift=shift.id, breaks=placed_break(shift))
        assert rules(replace(line, worked=(*line.worked, worked))) == rules(line)


def test_what_fits_into_a_place_can_be_done_there_by_the_checks(
    compiled: CompiledWeek, lines: dict[str, Timeline]
) -> None:
    tried = 0
    for line, place in idle_places(compiled, lines):
        for task in compiled.problem.tasks:
            start = place.start(compiled.problem, task)
            if start is not None:
                tried += 1
                done = PlacedTask(task=task.id, worker=line.worker.id, start=start)
                more = replace(line, placed=(*line.placed, done))
                assert rules(more) == rules(line), (task.id, place)
    assert tried >= 20


def idle_places(
    compiled: CompiledWeek, lines: dict[str, Timeline]
) -> Iterator[tuple[Timeline, Place]]:
    """Yield the places of everybody who works alone, one of them without anything to do."""
    for line in lines.values():
        free = replace(line, placed=line.placed[:4]) if line.worker.team is None else line
        for worked in free.worked if line.worker.team is None else ():
            shift = compiled.problem.shift_by_id[worked.shift]
            working = Working(
                shift=shift,
                taken=(*worked.breaks, *line.worker.bound, *line.worker.blocked),
                tasks=tuple(
                    (task, span)
                    for task, span in free.tasks
                    if shift.span.start <= span.start < shift.span.end
                ),
                skills=line.worker.skills,
                mode=line.worker.travel_mode,
                is_crew=False,
            )
            for place in working.idle():
                yield free, place


def test_a_broken_crew_is_lost_until_an_officer_steps_in(model: RosterModel) -> None:
    monday = day_of(model, 0)
    losses = DayLosses(monday)
    lost = losses.lost(frozenset({OFFICERS[0]})).needs
    assert [monday.needs[need].weight for need in lost] == [2]
    crew = next(unit for unit in monday.units if unit.is_crew)
    assert crew.group is not None
    one_more = Reserves(officers={crew.shift: 1})
    assert losses.lost(frozenset({OFFICERS[0]}), one_more).needs == ()
    both = frozenset(OFFICERS[:2])
    assert losses.lost(both, one_more).needs == lost, "one officer is no crew"


def test_officers_who_are_off_make_a_crew_whole(model: RosterModel) -> None:
    losses = DayLosses(day_of(model, 0, with_call_ins=True))
    assert losses.lost(frozenset({OFFICERS[0]})).needs == ()


def test_reserves_go_on_from_what_is_met_already(
    model: RosterModel, compiled: CompiledWeek
) -> None:
    monday = day_of(model, 0)
    losses = DayLosses(monday)
    absent = frozenset(CONTACTS)
    lost = losses.lost(absent)
    assert len(lost.needs) == 4, "two schools, before and after"
    shift = compiled.problem.shift_by_id[f"{SCHOOL_SHIFT}/{WEEK.monday}"]
    places = model.reserve_places(shift, frozenset({CONTACT}))
    first = monday.n_places
    reserves = Reserves(
        fits=tuple(model.fits(need, places, first) for need in monday.needs),
        places=(1 << first + len(places)) - (1 << first),
    )
    still = losses.lost_still(lost, reserves)
    assert still == losses.lost(absent, reserves).needs
    assert len(still) == 2, "one person is at one school at a time"
    assert EVENING not in {unit.shift for unit in monday.units if unit.group is None}
