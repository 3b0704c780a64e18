"""What the documents of single days ask of a week: who does what, with whom, in which crew."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from planner import words
from planner.domain.calendar import holiday_name
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId, ShiftId, StaffId
from planner.domain.places import MeetingKind
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Shift
from planner.domain.spans import MINUTE, Span, day_span
from planner.reports.day_document import CrewRef
from planner.services.prints.printable import PrintableWeek
from planner.services.roster.crews import crew_labels

_QUARTER = 15 * MINUTE
"""Clocks are changed at whole quarters of an hour."""


@dataclass(frozen=True, kw_only=True)
class DayFacts:
    """Look-ups in a week that is printed."""

    printed: PrintableWeek

    @property
    def plan(self) -> Plan:
        """The plan as it was when the week was published, or is."""
        return self.printed.plan

    def edition(self, day: date, until: Iterable[datetime]) -> dict[str, Any]:
        """Return the fields of a document of ``day``; what it lists goes on ``until`` then."""
        printed, plan = self.printed, self.plan
        whole = day_span(day, plan.zone)
        return {
            "day": day,
            "occasion": holiday_name(plan, day, words.language()),
            "week": printed.week,
            "version": printed.number,
            "replaces": printed.replaces,
            "published_at": printed.published_at,
            "zone": plan.settings.zone,
            "clock_change": clock_change(Span(whole.start, max([whole.end, *until])), plan.zone),
            "notice": plan.settings.notice,
        }

    def name(self, staff: StaffId) -> str:
        """Return the name that is shown of a person."""
        return self.plan.staff_by_id[staff].display_name

    def is_officer(self, staff: StaffId, day: date) -> bool:
        """Tell whether a person goes on patrol."""
        return self.plan.settings.patrol_skill in self.plan.skills_of(staff, day)

    def is_lead(self, staff: StaffId, day: date) -> bool:
        """Tell whether a person may be in charge."""
        return self.plan.settings.lead_skill in self.plan.skills_of(staff, day)

    def squad(self, staff: StaffId) -> str:
        """Return the name of a person's squad; empty for none."""
        return self._squads.get(self.plan.staff_by_id[staff].squad or "", "")

    def place(self, duty: Duty) -> str:
        """Return the name of a duty's site, unless its title says it."""
        site = self.plan.site_by_id[duty.site].name
        return "" if site == duty.title else site

    def done(self, duty: Duty) -> tuple[Assignment, ...]:
        """Return who does a duty, by time and name."""
        return self._done.get(duty.id, ())

    def when(self, duty: Duty) -> Span:
        """Return when somebody is there; while nobody is, all the time in which it may be."""
        done = self.done(duty)
        return done[0].span if done else duty.span

    def missing(self, duty: Duty) -> int:
        """Return how many people a duty lacks."""
        return max(0, duty.heads - len(self.done(duty)))

    def crews(self, duty: Duty) -> tuple[CrewRef, ...]:
        """Return the crews that do a duty; those without one come together at the end."""
        names: dict[str, list[str]] = defaultdict(list)
        for done in self.done(duty):
            names[self._label_at(done, duty.day)].append(self.name(done.staff))
        ordered = sorted(names.items(), key=lambda one: (not one[0], len(one[0]), one[0]))
        return tuple(CrewRef(label=label, names=tuple(of_crew)) for label, of_crew in ordered)

    def label(self, shift: Shift, day: date) -> str:
        """Return the number of a shift's crew; with its weekday when it is another day's."""
        label = self._labels.get(shift.id, "")
        is_other = label and shift.day != day
        return f"{label} {words.weekday_name(shift.day)}" if is_other else label

    def shift_at(self, staff: StaffId, at: datetime) -> Shift | None:
        """Return the shift in which a person is at an instant."""
        for shift in self._shifts.get(staff, ()):
            if shift.span.start <= at < shift.span.end:
                return shift
        return None

    def duties_of(self, day: date) -> list[Duty]:
        """Return the duties of a day by the time at which they begin."""
        of_day = (duty for duty in self.printed.duties if duty.day == day)
        return sorted(of_day, key=lambda duty: (self.when(duty), duty.title, duty.id))

    def is_absent(self, staff: StaffId, span: Span) -> bool:
        """Tell whether a person is away in some of a time."""
        return any(one.staff == staff and one.span.overlaps(span) for one in self.plan.absences)

    def _label_at(self, done: Assignment, day: date) -> str:
        shift = self.shift_at(done.staff, done.start)
        return self.label(shift, day) if shift else ""

    @cached_property
    def _labels(self) -> Mapping[ShiftId, str]:
        return crew_labels(self.printed.roster)

    @cached_property
    def _squads(self) -> Mapping[str, str]:
        return {squad.id: squad.name for squad in self.plan.squads}

    @cached_property
    def _done(self) -> Mapping[DutyId, tuple[Assignment, ...]]:
        done: dict[DutyId, list[Assignment]] = defaultdict(list)
        for one in self.printed.roster.assignments:
            done[one.duty].append(one)
        return {
            duty: tuple(sorted(of_duty, key=lambda one: (one.span, self.name(one.staff))))
            for duty, of_duty in done.items()
        }

    @cached_property
    def _shifts(self) -> Mapping[StaffId, list[Shift]]:
        shifts: dict[StaffId, list[Shift]] = defaultdict(list)
        for shift in self.printed.roster.shifts:
            shifts[shift.staff].append(shift)
        return shifts


def meeting_of(duty: Duty) -> MeetingKind | None:
    """Return which of a safety walk's meetings a duty is; its id holds it."""
    if duty.kind is not DutyKind.WALK:
        return None
    source = duty.id.rsplit("/", 2)[0]
    return MeetingKind(source.removeprefix(f"{duty.source}-"))


def clock_change(span: Span, zone: ZoneInfo) -> datetime | None:
    """Return the first instant in ``span`` from which the zone's clocks differ from before."""
    before = span.start.astimezone(zone).utcoffset()
    return next(
        (at for at in _quarters(span) if at.astimezone(zone).utcoffset() != before),
        None,
    )


def _quarters(span: Span) -> Iterator[datetime]:
    at = span.start
    while at < span.end:
        yield at
        at += _QUARTER
