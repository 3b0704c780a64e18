"""What managers are told of a week, taken out of it and of what the checks say of its roster."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from planner import messages
from planner.domain.duties import Duty, DutyKind, Moment
from planner.domain.ids import DutyId
from planner.domain.roster import Gap, GapReason, Override
from planner.domain.schools import Staffing
from planner.planning.judging import WeekJudge
from planner.reports.coverage_sheet import (
    Coverage,
    CoverageDecision,
    CoverageGap,
    CoverageOverride,
    CoverageSheet,
    HotspotCoverage,
    Measure,
    SchoolCoverage,
    StaffingHour,
)
from planner.reports.school_sheet import Presence
from planner.services.day_facts import DayFacts
from planner.services.need_points import NeedPoints
from planner.services.printable import PrintableWeek
from planner.services.views import Decision
from planner.services.week_facts import week_days, week_edition

_HOUR = timedelta(hours=1)
_FIRST_HOUR = 6
"""Columns begin here, so that an evening that goes on after midnight stays in one piece."""

_MEASURES = {
    DutyKind.SCHOOL: Measure.SCHOOLS,
    DutyKind.PRESENCE: Measure.HOTSPOTS,
    DutyKind.VISIT: Measure.HOTSPOTS,
    DutyKind.WALK: Measure.WALKS,
    DutyKind.SESSION: Measure.SESSIONS,
}
_DECIDED = {
    Decision.OWN_STAFF: Presence.OWN_STAFF,
    Decision.CANCELLED: Presence.CANCELLED,
}


def coverage_sheets(printed: PrintableWeek) -> dict[str, CoverageSheet]:
    """Return the one sheet of a week."""
    return {"": _SheetMaker(printed=printed, facts=DayFacts(printed=printed)).sheet()}


@dataclass(frozen=True, kw_only=True)
class _SheetMaker:
    printed: PrintableWeek
    facts: DayFacts

    def sheet(self) -> CoverageSheet:
        printed, plan = self.printed, self.printed.plan
        judge = WeekJudge(plan, printed.week, printed.around, printed.duties)
        hours = self._columns
        return CoverageSheet(
            **week_edition(printed),
            published_by=printed.published_by,
            n_own_schools=sum(school.staffing is Staffing.OWN for school in plan.schools),
            days=week_days(printed),
            measures=tuple(self._measures()),
            schools=tuple(self._schools()),
            hours=hours,
            hotspots=tuple(self._hotspots(hours)),
            staffing=tuple(
                StaffingHour(
                    start=point.start,
                    minimum=point.minimum,
                    needed=point.needed,
                    planned=point.planned,
                )
                for point in NeedPoints(plan).points(judge.staffing(printed.roster))
            ),
            gaps=tuple(self._gaps(judge.judge(printed.roster).gaps)),
            decisions=tuple(self._decisions()),
            overrides=tuple(map(_override, sorted(printed.roster.overrides, key=_when_let))),
        )

    def _measures(self) -> Iterator[tuple[Measure, Coverage]]:
        of_measure: dict[Measure, list[Duty]] = defaultdict(list)
        for duty in self.printed.duties:
            of_measure[_MEASURES[duty.kind]].append(duty)
        for measure in Measure:
            if of_measure[measure]:
                yield measure, self._coverage(of_measure[measure])

    def _schools(self) -> Iterator[SchoolCoverage]:
        of_school: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.printed.duties:
            if duty.kind is DutyKind.SCHOOL:
                of_school[duty.source].append(duty)
        for duties in sorted(of_school.values(), key=lambda duties: duties[0].title.casefold()):
            yield SchoolCoverage(
                school=duties[0].title,
                days=tuple(
                    self._coverage(duty for duty in duties if duty.day == day)
                    for day in self.printed.week.days
                ),
            )

    def _hotspots(self, columns: tuple[int, ...]) -> Iterator[HotspotCoverage]:
        for spot in self.printed.plan.hotspots:
            of_hour: dict[int, list[Duty]] = defaultdict(list)
            for duty in self._presence:
                if duty.source == spot.id:
                    for hour in self._hours_of(duty):
                        of_hour[hour].append(duty)
            if of_hour:
                yield HotspotCoverage(
                    hotspot=spot.name,
                    hours=tuple(self._coverage(of_hour[hour]) for hour in columns),
                )

    @cached_property
    def _presence(self) -> tuple[Duty, ...]:
        return tuple(
            duty for duty in self.printed.duties if _MEASURES[duty.kind] is Measure.HOTSPOTS
        )

    @cached_property
    def _columns(self) -> tuple[int, ...]:
        """Return the hours from the first with presence to the last, those between too."""
        found = {hour for duty in self._presence for hour in self._hours_of(duty)}
        places = sorted((hour - _FIRST_HOUR) % 24 for hour in found)
        if not places:
            return ()
        return tuple((at + _FIRST_HOUR) % 24 for at in range(places[0], places[-1] + 1))

    def _hours_of(self, duty: Duty) -> Iterator[int]:
        """Yield the local hours in which a duty is going on, each once."""
        span = self.facts.when(duty)
        end = span.end if self.facts.done(duty) or duty.is_fixed else span.start + _HOUR / 60
        at = span.start.replace(minute=0)
        seen = set()
        while at < end:
            hour = at.astimezone(self.printed.plan.zone).hour
            if hour not in seen:
                yield hour
            seen.add(hour)
            at += _HOUR

    def _coverage(self, duties: Iterable[Duty]) -> Coverage:
        """Return what became of duties; the parts of a walk's meeting count as one."""
        events: dict[str, list[Duty]] = defaultdict(list)
        for duty in duties:
            is_walk = duty.kind is DutyKind.WALK
            events[duty.id.rsplit("/", 1)[0] if is_walk else duty.id].append(duty)
        decided = Counter(
            decision for of_event in events.values() if (decision := self._decision(of_event[0]))
        )
        return Coverage(
            n_promised=len(events),
            n_planned=sum(
                not any(map(self.facts.missing, of_event)) for of_event in events.values()
            ),
            n_own_staff=decided[Decision.OWN_STAFF],
            n_cancelled=decided[Decision.CANCELLED],
        )

    def _decision(self, duty: Duty) -> Decision | None:
        """Return what was decided of a duty that nobody does."""
        return None if self.facts.done(duty) else self.printed.decisions.get(duty.id)

    def _decisions(self) -> Iterator[CoverageDecision]:
        for duty in self.printed.duties:
            decision = self._decision(duty)
            if decision is not None:
                yield CoverageDecision(
                    school=duty.title,
                    span=duty.span,
                    moment=duty.moment or Moment.BEFORE,
                    decided=_DECIDED[decision],
                )

    def _gaps(self, found: Iterable[Gap]) -> Iterator[CoverageGap]:
        explained = {gap.duty for gap in self.printed.roster.gaps}
        gaps = (gap for gap in found if gap.duty is None or not self._is_decided(gap.duty))
        of_priority = sorted(gaps, key=self._priority)  # stable: the checks' order within each
        for gap in of_priority:
            duty = self._duty_by_id[gap.duty] if gap.duty else None
            is_known = (
                gap.proof is not None
                or gap.duty in explained
                or (duty is None and gap.reason is GapReason.SUPPLY)
            )
            yield CoverageGap(
                measure=_MEASURES[duty.kind] if duty else None,
                title=messages.gap_title(self.printed.plan, gap),
                span=gap.span,
                moment=duty.moment if duty else None,
                missing=gap.missing,
                priority=self._priority(gap),
                reason=gap.reason if is_known else None,
                proof=gap.proof,
                blockers=gap.blockers,
            )

    def _is_decided(self, duty: DutyId) -> bool:
        return self._decision(self._duty_by_id[duty]) is not None

    def _priority(self, gap: Gap) -> int:
        return self._duty_by_id[gap.duty].priority if gap.duty else 1

    @cached_property
    def _duty_by_id(self) -> Mapping[DutyId, Duty]:
        return {duty.id: duty for duty in self.printed.duties}


def _when_let(override: Override) -> tuple[object, ...]:
    return override.at, override.rule, override.values, override.id


def _override(override: Override) -> CoverageOverride:
    return CoverageOverride(
        rule=override.rule,
        values=tuple(_values(override.values)),
        start=override.start,
        reason=override.reason,
        author=override.author,
        at=override.at,
    )


def _values(written: str) -> Iterator[tuple[str, str | int]]:
    """Yield the numbers of a breach as its finding had them; see :attr:`Finding.breach`."""
    for pair in written.split():
        name, _, value = pair.partition("=")
        if value.lstrip("-").isdigit():
            yield name, int(value)
