"""A week's roster being tried with drawn absences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from planner.domain.duties import Duty
from planner.domain.ids import DutyId, SkillId, StaffId
from planner.domain.roster import Roster
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.planning.fragility_build import RosterModel
from planner.planning.fragility_draws import Rate, draw_absences
from planner.planning.fragility_reserves import Reserving
from planner.planning.fragility_tally import PRIORITIES, DayTally, Floats, Tally
from planner.planning.person_judge import is_fixed
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.week_input import DAYS_BEFORE, WeekInput
from planner.services.plans import OpenPlan
from planner.services.roster.generating import shifts_around
from planner.services.week.checking import roster_of
from planner.services.what_if.fragility_rates import groups
from planner.services.what_if.fragility_results import (
    AbsenceRate,
    ExpectedCoverage,
    Fragility,
    ReserveShift,
    WeakDuty,
    WeakSkill,
)

LEAST_DRAWS = 1000
"""Before which it is not asked whether the average is known well enough."""

EXACT_POINTS = 0.02
"""Half-width in percentage points at which more draws tell nothing new."""

_CERTAIN = 1.96
"""Standard errors on each side of an average within which 95 % lie (normal distribution)."""

_FIFTH = 5
"""Percentile of coverage that is told beside its average."""

_NOBODY_AWAY = Rate(share=0.0, mean_days=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How a roster is tried.

    Parameters
    ----------
    n_draws
        Weeks that are drawn at most.
    seed
        The same seed, rates and roster give the same answer.
    has_call_ins
        Whether people who are off may be called in, as the rules let them.
    n_reserves
        How many reserve shifts are looked for.
    """

    n_draws: int = 5000
    seed: int = 0
    has_call_ins: bool = True
    n_reserves: int = 6


class RosterTrial:
    """The draft of a week, else what was published, as it is tried; nobody's name leaves it.

    Raises
    ------
    ConflictError
        ``week-not-generated``; ``week-without-roster`` when nobody is on any duty.
    """

    def __init__(
        self, open_plan: OpenPlan, week: IsoWeek, rates: tuple[AbsenceRate, ...], trial: Trial
    ) -> None:
        self._plan, self._week = open_plan.plan, week
        self._rates, self._trial = rates, trial
        self._revision = open_plan.store.draft_revision(week)
        self._roster, self._publication = roster_of(open_plan, week)
        self._compiled = _compiled(open_plan, self._roster)
        self._duties = {duty.id: duty for duty in self._compiled.source.duties}
        n_doing = Counter(done.duty for done in self._roster.assignments)
        self._wanted = _heads(self._duties.values())
        self._covered = _heads(self._duties.values(), n_doing)
        if not self._covered.sum():
            raise ConflictError("week-without-roster", week=str(week))
        self._make_tally()
        self._generator = np.random.default_rng(trial.seed)
        self._n_draws = 0
        self._known: Fragility | None = None

    def draw(self, n: int) -> Fragility:
        """Draw so many more weeks; return what is known then."""
        away = draw_absences(self._drawn_rates, n, len(self._week.days), self._generator)
        for day in self._tally.days:
            day.add(away[:, :, day.model.day - DAYS_BEFORE])
        self._n_draws += n
        losses = self._tally.lost_heads()
        coverage = tuple(self._coverage(losses))
        self._known = Fragility(
            week=self._week,
            publication=self._publication,
            draft_revision=self._revision,
            rates=self._rates,
            n_draws=self._n_draws,
            seed=self._trial.seed,
            is_exact_enough=(
                self._n_draws >= LEAST_DRAWS and coverage[0].half_width <= EXACT_POINTS
            ),
            coverage=coverage,
            duties=tuple(self._weak_duties()),
            skills=tuple(self._weak_skills()),
        )
        return self._known

    def add_reserve(self) -> Fragility | None:
        """Put in the reserve shift that saves most; nothing when none saves anything.

        What is said of coverage, duties and skills stays what it is without reserves.
        """
        chosen = self._reserving.take_best()
        if self._known is None or chosen is None:
            return None
        percent = self._percent(self._tally.lost_heads(), slice(None))
        kind, day = self._compiled.meaning[chosen.kind.shift.id]
        reserve = ReserveShift(
            n=len(self._known.reserves) + 1,
            day=day,
            shift_type=kind,
            skills=frozenset(SkillId(one) for one in chosen.kind.skills),
            expected=float(percent.mean()),
            fifth=float(np.percentile(percent, _FIFTH)),
            saved_heads=chosen.n_saved / self._n_draws,
        )
        self._known = replace(self._known, reserves=(*self._known.reserves, reserve))
        return self._known

    def _make_tally(self) -> None:
        problem = self._compiled.problem
        model = RosterModel(
            problem,
            self._compiled.solution(self._roster),
            {duty.id: duty.priority for duty in self._duties.values()},
        )
        days = tuple(model.days(with_call_ins=self._trial.has_call_ins))
        people = sorted({one for day in days for one in day.people})
        column = {one: number for number, one in enumerate(people)}
        self._tally = Tally([DayTally(day, [column[one] for one in day.people]) for day in days])
        self._reserving = Reserving(model, problem, self._tally)
        by_group = {(rate.employer, rate.skill): rate for rate in self._rates}
        group_of = groups(self._plan, self._week)
        self._drawn_rates = tuple(_drawn(by_group.get(group_of[StaffId(one)])) for one in people)
        self._at_work = people

    def _percent(self, losses: Floats, priorities: slice) -> Floats:
        """Return the coverage of each draw in per cent of what some priorities ask for."""
        wanted = self._wanted[priorities].sum()
        covered = self._covered[priorities].sum() - losses[:, priorities].sum(axis=1)
        found: Floats = 100.0 * covered / wanted
        return found

    def _coverage(self, losses: Floats) -> Iterator[ExpectedCoverage]:
        parts = [(priority, slice(priority - 1, priority)) for priority in PRIORITIES]
        for priority, part in ((None, slice(None)), *parts):
            wanted, covered = self._wanted[part].sum(), self._covered[part].sum()
            if wanted:
                percent = self._percent(losses, part)
                yield ExpectedCoverage(
                    priority=priority,
                    n_wanted=int(wanted),
                    now=100.0 * float(covered / wanted),
                    expected=float(percent.mean()),
                    half_width=_CERTAIN * float(percent.std()) / sqrt(len(percent)),
                    fifth=float(np.percentile(percent, _FIFTH)),
                )

    def _weak_duties(self) -> Iterator[WeakDuty]:
        """Yield the duties that are ever lost, the weakest first."""
        times: Counter[str] = Counter()
        for day, number, n in self._tally.each():
            task = day.model.needs[number].task
            times[task] = max(times[task], n)  # of several heads, the one that is lost most
        found = sorted(
            (one for one, n in times.items() if n),
            key=lambda one: (-times[one], self._duties[DutyId(one)].priority, one),
        )
        for name in found:
            duty = self._duties[DutyId(name)]
            yield WeakDuty(
                kind=duty.kind,
                place=duty.source,
                title=duty.title,
                day=duty.day,
                moment=duty.moment,
                priority=duty.priority,
                percent=100.0 * times[name] / self._n_draws,
            )

    def _weak_skills(self) -> Iterator[WeakSkill]:
        """Yield the skills that duties ask for, those of which most is lost first."""
        wanted: Counter[SkillId] = Counter()
        lost: Counter[SkillId] = Counter()
        for day, number, n in self._tally.each():
            need = day.model.needs[number]
            for skill in self._duties[DutyId(need.task)].skills:
                wanted[skill] += need.weight
                lost[skill] += need.weight * n
        monday = self._week.monday
        skills = [self._plan.skills_of(StaffId(one), monday) for one in self._at_work]
        for skill in sorted(wanted, key=lambda one: (-lost[one] / wanted[one], one)):
            yield WeakSkill(
                skill=skill,
                n_people=sum(skill in own for own in skills),
                n_wanted=wanted[skill],
                lost_percent=100.0 * lost[skill] / (wanted[skill] * self._n_draws),
            )


def _compiled(open_plan: OpenPlan, roster: Roster) -> CompiledWeek:
    """Return a week's problem in which every shift of its roster can be said."""
    plan = open_plan.plan
    there = [one for one in roster.shifts if plan.contract_of(one.staff, one.day) is not None]
    source = WeekInput(
        plan=plan,
        week=roster.week,
        around=shifts_around(open_plan, roster.week),
        fixed=tuple(filter(is_fixed, there)),
    )
    return compile_week(source, also=there)


def _heads(duties: Iterable[Duty], doing: Mapping[DutyId, int] | None = None) -> Floats:
    """Return the heads that duties ask for, or that are on them, by priority."""
    found = np.zeros(len(PRIORITIES))
    for duty in duties:
        n = duty.heads if doing is None else min(duty.heads, doing.get(duty.id, 0))
        found[duty.priority - 1] += n
    return found


def _drawn(rate: AbsenceRate | None) -> Rate:
    if rate is None:
        return _NOBODY_AWAY
    return Rate(share=rate.percent / 100, mean_days=max(1.0, rate.mean_days))
