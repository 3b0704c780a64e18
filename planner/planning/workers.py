"""People as the engine's workers: what they may be given, what keeps them, what they like."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from planner.domain.counting import counted_min, target_min
from planner.domain.ids import EmployerId, ShiftId, ShiftTypeId, StaffId
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
from planner.planning import levels, tags
from planner.planning.week_input import WeekInput
from solver.data.problem import Fact, FairShare, HoursTarget, Preference, ShortRest, Worker
from solver.data.spans import Span as MinuteSpan

EXPECTED_BURDENS = {tags.EVENING: 2, tags.NIGHT: 1, tags.WEEKEND: 1}
"""Evening, night and weekend shifts of a week that nobody finds unfair, before history."""


@dataclass(frozen=True, kw_only=True)
class WorkerFactory:
    """Makes the workers of one week.

    Parameters
    ----------
    options
        Shift types of each employer that may begin on each day of the week: type, day and the
        engine's shift id.
    option_of
        The engine's shift of each fixed shift.
    """

    source: WeekInput
    options: dict[EmployerId, list[tuple[ShiftTypeId, date, str]]]
    option_of: dict[ShiftId, str]
    _by_staff: dict[StaffId, list[Shift]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for shift in (*self.source.around, *self.source.fixed):
            self._by_staff[shift.staff].append(shift)

    def workers(self) -> Iterator[Worker]:
        """Yield everybody with a contract in the week."""
        for member in self.source.plan.staff:
            contracts = {
                day: contract
                for day in self.source.week.days
                if (contract := self.source.plan.contract_of(member.id, day))
            }
            if contracts:
                yield self._worker(member, contracts)

    def _worker(self, member: StaffMember, contracts: dict[date, Contract]) -> Worker:
        plan, week = self.source.plan, self.source.week
        first_day, contract = min(contracts.items())
        skills = plan.skills_of(member.id, first_day)
        values = rule_values(plan.rules, contract.rule_book, week.monday)
        short_rest_min = values.get(RuleKey.SHORT_REST)
        return Worker(
            id=member.id,
            rule_book=contract.rule_book,
            shifts=tuple(self._offered(member, contracts)),
            skills=frozenset(skills),
            team=member.squad,
            is_lead=plan.settings.lead_skill in skills,
            facts=tuple(self._facts(member.id)),
            blocked=self._minutes(self._blocked(member.id, contracts)),
            bound=self._minutes(_spans_of(plan.bound_times, member.id)),
            standby=self._minutes(_spans_of(plan.standbys, member.id)),
            travel_mode=member.travel_mode,
            preferences=tuple(self._preferences(member.id)),
            hours=(
                HoursTarget(
                    level=levels.HOURS,
                    period=self.source.scale.span(self.source.span),
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
        taken = {shift.day for shift in self._by_staff[member.id]}
        for _, day, option in self.options.get(member.employer, ()):
            contract = contracts.get(day)
            if (
                contract is not None
                and contract.shift_source is ShiftSource.PLANNED
                and str(day.isoweekday()) not in contract.free_weekdays
                and day not in taken
            ):
                yield option

    def _facts(self, staff: StaffId) -> Iterator[Fact]:
        plan = self.source.plan
        day_index = {day: n for n, day in enumerate(self.source.days)}
        for shift in sorted(self._by_staff[staff], key=lambda shift: shift.span):
            if shift.day not in day_index:
                continue
            yield Fact(
                id=shift.id,
                day=day_index[shift.day],
                parts=tuple(self.source.scale.span(part) for part in shift.parts),
                counted_min=counted_min(plan, shift),
                shift=self.option_of.get(shift.id),
                tags=tags.shift_tags(plan, shift.day, shift.parts),
            )

    def _blocked(self, staff: StaffId, contracts: dict[date, Contract]) -> Iterator[Span]:
        plan = self.source.plan
        yield from _spans_of(plan.absences, staff)
        for day in self.source.week.days:
            if day not in contracts:
                yield day_span(day, plan.zone)
        for rule in plan.unavailabilities:
            if rule.staff != staff:
                continue
            for day in (self.source.week.monday - DAY, *self.source.week.days):
                if (
                    day.isoweekday() == rule.weekday
                    and (rule.first_day is None or rule.first_day <= day)
                    and (rule.last_day is None or day <= rule.last_day)
                ):
                    yield local_span(day, rule.start, rule.end, plan.zone)

    def _minutes(self, spans: Iterable[Span]) -> tuple[MinuteSpan, ...]:
        first, last = self.source.days[0], self.source.days[-1]
        zone = self.source.plan.zone
        window = Span(day_span(first, zone).start, day_span(last, zone).end)
        return tuple(self.source.scale.span(span) for span in union(spans) if span.overlaps(window))

    def _preferences(self, staff: StaffId) -> Iterator[Preference]:
        for wish in self.source.plan.wishes:
            if wish.staff == staff and wish.day in self.source.week.days:
                yield self._wish(wish)
        saturday, sunday = self.source.week.days[5:]
        last_weekend = {saturday - 7 * DAY, sunday - 7 * DAY}
        if any(shift.day in last_weekend for shift in self._by_staff[staff]):
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
        return (day - self.source.days[0]).days

    def _fair_shares(self, member: StaffMember) -> Iterator[FairShare]:
        own = self._burdens[member.id]
        peers = [
            self._burdens[peer.id]
            for peer in self.source.plan.staff
            if peer.employer == member.employer
        ]
        for tag, expected in EXPECTED_BURDENS.items():
            mean = sum(peer[tag] for peer in peers) / len(peers)
            share = max(0, expected + round(mean - own[tag]))
            yield FairShare(level=levels.FAIRNESS, tag=tag, share=share)

    @cached_property
    def _burdens(self) -> dict[StaffId, Counter[str]]:
        """Evenings, nights and weekends that each person brings along."""
        burdens: dict[StaffId, Counter[str]] = defaultdict(Counter)
        for balance in self.source.plan.opening_balances:
            burdens[balance.staff] += Counter(
                {
                    tags.EVENING: balance.n_evenings,
                    tags.NIGHT: balance.n_nights,
                    tags.WEEKEND: balance.n_weekends,
                }
            )
        for shift in self.source.around:
            if shift.day < self.source.week.monday:
                burdens[shift.staff].update(
                    tags.shift_tags(self.source.plan, shift.day, shift.parts)
                )
        return burdens


def _spans_of(records: Iterable[Absence | BoundTime | Standby], staff: StaffId) -> Iterator[Span]:
    return (record.span for record in records if record.staff == staff)
