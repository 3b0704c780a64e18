"""Counts what became of a week's duties: for the managers' sheet, the page and the trend."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from planner.domain.coverage_counts import Coverage
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId
from planner.domain.promises import MEASURE_OF, MeasureKind
from planner.domain.roster import Gap
from planner.services.prints.day_facts import DayFacts
from planner.services.prints.printable import PrintableWeek
from planner.services.roster.views import Decision

_HOUR = timedelta(hours=1)
_FIRST_HOUR = 6
"""Columns begin here, so that an evening that goes on after midnight stays in one piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDuties:
    """A place and its duties by column: days of the week, or hours of the day.

    Parameters
    ----------
    source
        Id of the school or hotspot.
    """

    source: str
    name: str
    cells: tuple[tuple[Duty, ...], ...]


@dataclass(frozen=True, kw_only=True)
class CoverageCounter:
    """What became of the duties of one week."""

    printed: PrintableWeek

    def measures(self) -> Iterator[tuple[MeasureKind, Coverage]]:
        """Yield the measures that the week has anything of, in their order."""
        of_measure: dict[MeasureKind, list[Duty]] = defaultdict(list)
        for duty in self.printed.duties:
            of_measure[MEASURE_OF[duty.kind]].append(duty)
        for measure in MeasureKind:
            if of_measure[measure]:
                yield measure, self.coverage(of_measure[measure])

    def schools(self) -> Iterator[PlaceDuties]:
        """Yield the schools with a window in the week, by name, with its duties day by day."""
        of_school: dict[str, list[Duty]] = defaultdict(list)
        for duty in self.printed.duties:
            if duty.kind is DutyKind.SCHOOL:
                of_school[duty.source].append(duty)
        for duties in sorted(of_school.values(), key=lambda duties: duties[0].title.casefold()):
            yield PlaceDuties(
                source=duties[0].source,
                name=duties[0].title,
                cells=tuple(
                    tuple(duty for duty in duties if duty.day == day)
                    for day in self.printed.week.days
                ),
            )

    def hotspots(self) -> Iterator[PlaceDuties]:
        """Yield the selected places with presence in the week, by the hours of :attr:`hours`.

        Presence counts in each hour in which it is going on. A visit that nobody does counts in the
        first hour in which it could be.
        """
        for spot in self.printed.plan.hotspots:
            of_hour: dict[int, list[Duty]] = defaultdict(list)
            for duty in self._presence:
                if duty.source == spot.id:
                    for hour in self._hours_of(duty):
                        of_hour[hour].append(duty)
            if of_hour:
                yield PlaceDuties(
                    source=spot.id,
                    name=spot.name,
                    cells=tuple(tuple(of_hour[hour]) for hour in self.hours),
                )

    @cached_property
    def hours(self) -> tuple[int, ...]:
        """The local hours from the first with presence to the last, those between too."""
        found = {hour for duty in self._presence for hour in self._hours_of(duty)}
        places = sorted((hour - _FIRST_HOUR) % 24 for hour in found)
        if not places:
            return ()
        return tuple((at + _FIRST_HOUR) % 24 for at in range(places[0], places[-1] + 1))

    def coverage(self, duties: Iterable[Duty]) -> Coverage:
        """Return what became of duties; the parts of a walk's meeting count as one."""
        events: dict[str, list[Duty]] = defaultdict(list)
        for duty in duties:
            is_walk = duty.kind is DutyKind.WALK
            events[duty.id.rsplit("/", 1)[0] if is_walk else duty.id].append(duty)
        decided = Counter(
            decision for of_event in events.values() if (decision := self.decision(of_event[0]))
        )
        return Coverage(
            n_promised=len(events),
            n_planned=sum(
                not any(map(self.facts.missing, of_event)) for of_event in events.values()
            ),
            n_own_staff=decided[Decision.OWN_STAFF],
            n_cancelled=decided[Decision.CANCELLED],
        )

    def decision(self, duty: Duty) -> Decision | None:
        """Return what was decided of a duty that nobody does."""
        return None if self.facts.done(duty) else self.printed.decisions.get(duty.id)

    def duty_of(self, gap: Gap) -> Duty | None:
        """Return the duty that a gap is one of; nothing for hours below the minimum staffing."""
        return self._duty_by_id[gap.duty] if gap.duty else None

    def priority(self, gap: Gap) -> int:
        """Return the priority of a gap's duty; hours below the minimum staffing rank first."""
        duty = self.duty_of(gap)
        return duty.priority if duty else 1

    def open_gaps(self, found: Iterable[Gap]) -> list[Gap]:
        """Return the gaps of which nothing is decided, in their order."""
        return [
            gap
            for gap in found
            if (duty := self.duty_of(gap)) is None or self.decision(duty) is None
        ]

    @cached_property
    def facts(self) -> DayFacts:
        """Who does what."""
        return DayFacts(printed=self.printed)

    @cached_property
    def _presence(self) -> tuple[Duty, ...]:
        return tuple(
            duty for duty in self.printed.duties if MEASURE_OF[duty.kind] is MeasureKind.PRESENCE
        )

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

    @cached_property
    def _duty_by_id(self) -> Mapping[DutyId, Duty]:
        return {duty.id: duty for duty in self.printed.duties}
