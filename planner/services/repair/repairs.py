"""Plans that repair a week from now on; nothing is stored before one is accepted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial

from planner.domain.aims import Aim
from planner.domain.counting import week_counted_min
from planner.domain.held import changes_by_person, has_new_time
from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Roster, Shift
from planner.domain.spans import MINUTE
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.exchange.week_json import roster_from_json
from planner.planning import levels
from planner.planning.engine import engine
from planner.planning.judging import Judgement, WeekJudge, explained_gaps
from planner.planning.replanning import CompiledRepair, compile_repair, had_min
from planner.planning.week_now import WeekNow
from planner.services.plans import OpenPlan
from planner.services.publish.publishing import Published, draft_roster, latest
from planner.services.publish.versions import differences_of
from planner.services.repair.call_entries import refused_days
from planner.services.repair.values import RepairPlan, best_by_aim
from planner.services.roster.generating import shifts_around
from planner.services.solving import best_of
from planner.services.week.editing import effect
from solver.data.solution import Progress, Solution

_SECONDS, _SECONDS_EACH, _MOST_SECONDS = 8.0, 1.5, 20.0
"""For each aim: for one or two people who are away, for each more, and at most."""

_COVERAGE_MIN = 15
"""Minutes of one head that a point of further staffing stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairProgress:
    """How far the plans are: by which aim the engine searches, and for how long."""

    aim: Aim
    n_done: int
    n_aims: int
    seconds: float
    most_seconds: float


def repair_plans(  # noqa: PLR0913 - each is an option of the command
    open_plan: OpenPlan,
    week: IsoWeek,
    now: datetime,
    *,
    on_plans: Callable[[tuple[RepairPlan, ...]], None] = lambda _: None,
    on_progress: Callable[[RepairProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    seconds: float | None = None,
    repeatable: bool = False,
) -> tuple[RepairPlan, ...]:
    """Return at most three plans for ``week`` from ``now`` on, each best by an aim.

    Parameters
    ----------
    on_plans
        Told of all plans so far whenever there is one more.
    should_stop
        The best so far is returned soon after it says so.
    seconds
        For each aim; more by default the more people are away.
    repeatable
        Count work instead of seconds.

    Raises
    ------
    ConflictError
        ``week-not-generated``, or ``week-over``: nothing of it is left to plan.
    SolverDiedError, SolverFault
        When the solver fails before it has any roster.
    """
    plan = open_plan.plan
    if now >= week.span(plan.zone).end:
        raise ConflictError("week-over", week=str(week))
    maker = _PlanMaker(
        open_plan=open_plan,
        week=WeekNow(
            plan=plan,
            around=shifts_around(open_plan, week),
            roster=draft_roster(open_plan, week),
            now=_whole_minute(now),
            refused=refused_days(open_plan, week),
        ),
        published=latest(open_plan, week),
    )
    most_seconds = _seconds(len(maker.week.away)) if seconds is None else seconds
    found: tuple[RepairPlan, ...] = ()
    for number, aim in enumerate(Aim):
        if found and should_stop():
            break

        def report(progress: Progress, aim: Aim = aim, number: int = number) -> None:
            on_progress(
                RepairProgress(
                    aim=aim,
                    n_done=number,
                    n_aims=len(Aim),
                    seconds=progress.seconds,
                    most_seconds=most_seconds,
                )
            )

        compiled = compile_repair(maker.week, aim)
        solution, _ = best_of(
            partial(
                engine().solve,
                compiled.problem,
                seconds=most_seconds,
                repeatable=repeatable,
                on_progress=report,
                should_stop=should_stop,
            )
        )
        found = best_by_aim((*found, maker.plan(compiled, solution, aim)))
        on_plans(found)
    return found


def _seconds(n_away: int) -> float:
    return min(_MOST_SECONDS, _SECONDS + _SECONDS_EACH * max(0, n_away - 2))


def _whole_minute(now: datetime) -> datetime:
    """Return the minute from which on something can begin."""
    whole = now.replace(second=0, microsecond=0)
    return whole if whole == now else whole + MINUTE


@dataclass(frozen=True, kw_only=True)
class _PlanMaker:
    """Makes plans of the engine's answers, and counts what they change."""

    open_plan: OpenPlan
    week: WeekNow
    published: Published | None

    def plan(self, compiled: CompiledRepair, solution: Solution, aim: Aim) -> RepairPlan:
        """Return an answer as a plan."""
        week, left = self.week, self.week.left
        roster = replace(
            compiled.roster(solution), gaps=explained_gaps(compiled.compiled, solution)
        )
        before, after = self._judged_left, self._judge.judge(roster)
        values = {result.level: result.value for result in after.levels}
        return RepairPlan(
            aims=(aim,),
            base=week.roster,
            left=left,
            roster=roster,
            differences=differences_of(self.open_plan, self.published or week.roster, roster),
            away=week.away,
            to_call=frozenset(self._to_call(roster)),
            promised=tuple(values[level] for level in levels.PROMISED.values()),
            missing_before=self._missing(before),
            missing_after=self._missing(after),
            short_before_min=_short_min(before),
            short_after_min=_short_min(after),
            overtime_min=sum(self._overtime(roster)),
            broken=effect(before, after).broken,
        )

    @cached_property
    def _judge(self) -> WeekJudge:
        return WeekJudge(self._plan, self.week.left.week, self.week.around)

    @cached_property
    def _judged_left(self) -> Judgement:
        return self._judge.judge(self.week.left)

    @property
    def _plan(self) -> Plan:
        return self.week.plan

    @cached_property
    def _told(self) -> tuple[Shift, ...]:
        """The working time that people know of: published, or agreed to since."""
        known = roster_from_json(self.published.week).shifts if self.published else ()
        return (*known, *self.week.roster.shifts)

    def _to_call(self, roster: Roster) -> Iterator[StaffId]:
        for staff in changes_by_person(self.week.left, roster):
            told = [shift for shift in self._told if shift.staff == staff]
            if has_new_time(told, (one for one in roster.shifts if one.staff == staff)):
                yield staff

    def _missing(self, judgement: Judgement) -> int:
        return sum(gap.missing for gap in judgement.gaps if gap.span.end > self.week.now)

    def _overtime(self, roster: Roster) -> Iterator[int]:
        for member in self._plan.staff:
            counted = week_counted_min(self._plan, member.id, roster.week, roster.shifts)
            yield max(0, counted - had_min(self.week, member.id))


def _short_min(judgement: Judgement) -> int:
    value = next(each.value for each in judgement.levels if each.level == levels.COVERAGE)
    return value * _COVERAGE_MIN
