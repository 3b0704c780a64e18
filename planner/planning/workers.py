"""People as the engine's workers: what they may be given, what keeps them, what they like."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from planner.domain.counting import counted_min, target_min
from planner.domain.ids import EmployerId, StaffId
from planner.domain.roster import Shift
from planner.domain.rules import RuleKey, rule_values
from planner.domain.spans import DAY, Span, day_span, local_span, union
from planner.domain.staff import (
    Absence,
    BoundTime,
    Contract,
    ShiftSource,
    StaffMember,
    Standby,
    Wish,
    WishKind,
)
from planner.pauses import pause
from planner.planning import levels, tags
from planner.planning.options import ShiftOptions
from planner.planning.week_input import WeekInput
from solver.data.problem import Fact, FairShare, HoursTarget, Preference, ShortRest, Worker
from solver.data.spans import Span as MinuteSpan

EXPECTED_BURDENS = {tags.EVENING: 2, tags.NIGHT: 1, tags.WEEKEND: 1}
"""Evening, night and weekend shifts of a week that nobody finds unfair, before history."""


class WorkerFactory:
    """Makes the workers of one week, from its plan, shifts around and fixed shifts."""

    def __init__(self, *, source: WeekInput, options: ShiftOptions) -> None:
        self.options = options
        self._source = source
        self._around = _by_staff(source.around)
        self._week_days = source.week.days
        self._day_index = {day: n for n, day in enumerate(source.days)}

    def workers(self) -> Iterator[Worker]:
        """Yield everybody with a contract in the week."""
        fixed = _by_staff(self._source.fixed)
        for member in self._source.plan.staff:
            pause()
            contracts = {
                day: contract
                for day in self._week_days
                if (contract := self._source.plan.contract_of(member.id, day))
            }
            if contracts:
                yield self.with_fixed(self._worker(member, contracts), fixed[member.id])

    def with_fixed(self, worker: Worker, fixed: Iterable[Shift]) -> Worker:
        """Return a worker with more shifts of the week that may not change."""
        facts = tuple(
            self._fact(shift, self.options.of(shift).id)
            for shift in fixed
            if shift.day in self._day_index
        )
        if not facts:
            return worker
        taken = {fact.day for fact in facts}
        offered = self.options.shifts
        return replace(
            worker,
            shifts=tuple(name for name in worker.shifts if offered[name].day not in taken),
            facts=tuple(sorted((*worker.facts, *facts), key=lambda fact: fact.span)),
        )

    def _worker(self, member: StaffMember, contracts: dict[date, Contract]) -> Worker:
        plan, week = self._source.plan, self._source.week
        first_day, contract = min(contracts.items())
        skills = plan.skills_of(member.id, first_day)
        values = rule_values(plan.rules, contract.rule_book, week.monday)
        short_rest_min = values.get(RuleKey.SHORT_REST)
        around = sorted(self._around[member.id], key=lambda shift: shift.span)
        return Worker(
            id=member.id,
            rule_book=contract.rule_book,
            shifts=tuple(self._offered(member, contracts)),
            skills=frozenset(skills),
            team=member.squad,
            is_lead=plan.settings.lead_skill in skills,
            facts=tuple(self._fact(shift) for shift in around if shift.day in self._day_index),
            blocked=self._minutes(self._blocked(member.id, contracts)),
            bound=self._minutes(_spans_of(plan.bound_times, member.id)),
            standby=self._minutes(_spans_of(plan.standbys, member.id)),
            travel_mode=member.travel_mode,
            preferences=tuple(self._preferences(member.id)),
            hours=(
                HoursTarget(
                    level=levels.HOURS,
                    period=self._source.scale.span(self._source.span),
                    target_min=target_min(plan, member.id, week),
                ),
            ),
            fair_shares=tuple(self._fair_shares(member)),
            short_rest=ShortRest(
                level=levels.FLOORS, below_min=short_rest_min, points=levels.SHORT_REST_POINTS
            )
            if short_rest_min
            else None,
        )

    def _offered(self, member: StaffMember, contracts: dict[date, Contract]) -> Iterator[str]:
        taken = {shift.day for shift in self._around[member.id]}
        for option in self.options.by_employer.get(member.employer, ()):
            _, day = self.options.meaning[option]
            contract = contracts.get(day)
            if (
                contract is not None
                and contract.shift_source is ShiftSource.PLANNED
                and str(day.isoweekday()) not in contract.free_weekdays
                and day not in taken
            ):
                yield option

    def _fact(self, shift: Shift, option: str | None = None) -> Fact:
        plan = self._source.plan
        return Fact(
            id=shift.id,
            day=self._day_index[shift.day],
            parts=tuple(self._source.scale.span(part) for part in shift.parts),
            counted_min=counted_min(plan, shift),
            shift=option,
            tags=tags.shift_tags(plan, shift.day, shift.parts),
        )

    def _blocked(self, staff: StaffId, contracts: dict[date, Contract]) -> Iterator[Span]:
        plan = self._source.plan
        yield from _spans_of(plan.absences, staff)
        for day in self._week_days:
            if day not in contracts:
                yield day_span(day, plan.zone)
        for rule in plan.unavailabilities:
            if rule.staff != staff:
                continue
            for day in (self._source.week.monday - DAY, *self._week_days):
                if (
                    day.isoweekday() == rule.weekday
                    and (rule.first_day is None or rule.first_day <= day)
                    and (rule.last_day is None or day <= rule.last_day)
                ):
                    yield local_span(day, rule.start, rule.end, plan.zone)

    def _minutes(self, spans: Iterable[Span]) -> tuple[MinuteSpan, ...]:
        scale = self._source.scale
        return tuple(scale.span(span) for span in union(spans) if span.overlaps(self._window))

    @cached_property
    def _window(self) -> Span:
        """All the days that the engine knows."""
        first, last = self._source.days[0], self._source.days[-1]
        zone = self._source.plan.zone
        return Span(day_span(first, zone).start, day_span(last, zone).end)

    def _preferences(self, staff: StaffId) -> Iterator[Preference]:
        for wish in self._source.plan.wishes:
            if wish.staff == staff and wish.day in self._week_days:
                yield self._wish(wish)
        saturday, sunday = self._week_days[5:]
        last_weekend = {saturday - 7 * DAY, sunday - 7 * DAY}
        if any(shift.day in last_weekend for shift in self._around[staff]):
            yield Preference(
                level=levels.FLOORS,
                name="second-weekend",
                days=(self._index(saturday), self._index(sunday)),
                points=levels.WEEKEND_POINTS,
            )

    def _wish(self, wish: Wish) -> Preference:
        days = (self._index(wish.day),)
        if wish.is_veto:
            return Preference(
                level=levels.FLOORS, name="veto", days=days, points=levels.VETO_POINTS
            )
        if wish.kind is WishKind.FREE:
            return Preference(
                level=levels.WISHES, name="wish-free", days=days, points=wish.strength
            )
        return Preference(
            level=levels.WISHES,
            name="wish-shift",
            days=days,
            points=wish.strength,
            kinds=frozenset({wish.shift_type or ""}),
            when_absent=True,
        )

    def _index(self, day: date) -> int:
        return (day - self._source.days[0]).days

    def _fair_shares(self, member: StaffMember) -> Iterator[FairShare]:
        own, n_peers = self._burdens[member.id], self._n_staff[member.employer]
        for tag, expected in EXPECTED_BURDENS.items():
            mean = self._burdens_of_all[member.employer][tag] / n_peers
            share = max(0, expected + round(mean - own[tag]))
            yield FairShare(level=levels.FAIRNESS, tag=tag, share=share)

    @cached_property
    def _n_staff(self) -> Counter[EmployerId]:
        """People of each employer."""
        return Counter(member.employer for member in self._source.plan.staff)

    @cached_property
    def _burdens_of_all(self) -> dict[EmployerId, Counter[str]]:
        """What the people of each employer bring along together."""
        burdens: dict[EmployerId, Counter[str]] = defaultdict(Counter)
        for member in self._source.plan.staff:
            burdens[member.employer].update(self._burdens[member.id])
        return burdens

    @cached_property
    def _burdens(self) -> dict[StaffId, Counter[str]]:
        """Evenings, nights and weekends that each person brings along."""
        burdens: dict[StaffId, Counter[str]] = defaultdict(Counter)
        for balance in self._source.plan.opening_balances:
            burdens[balance.staff] += Counter(
                {
                    tags.EVENING: balance.n_evenings,
                    tags.NIGHT: balance.n_nights,
                    tags.WEEKEND: balance.n_weekends,
                }
            )
        for shift in self._source.around:
            if shift.day < self._source.week.monday:
                burdens[shift.staff].update(
                    tags.shift_tags(self._source.plan, shift.day, shift.parts)
                )
        return burdens


def _by_staff(shifts: Iterable[Shift]) -> defaultdict[StaffId, list[Shift]]:
    groups: defaultdict[StaffId, list[Shift]] = defaultdict(list)
    for shift in shifts:
        groups[shift.staff].append(shift)
    return groups


def _spans_of(records: Iterable[Absence | BoundTime | Standby], staff: StaffId) -> Iterator[Span]:
    return (record.span for record in records if record.staff == staff)
