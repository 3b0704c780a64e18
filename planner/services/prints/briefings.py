"""What the officer in charge may know of each day, taken out of a week that is printed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import ShiftTypeId, StaffId
from planner.domain.in_charge import InCharge
from planner.domain.places import PresenceKind
from planner.domain.roster import Shift
from planner.domain.spans import Span, day_span
from planner.reports.briefing import (
    AbsentOfficer,
    Briefing,
    BriefingCrew,
    BriefingEvent,
    BriefingLead,
    CrewMember,
    HotspotDay,
    HotspotWindow,
    Stop,
)
from planner.services.prints.day_facts import DayFacts, meeting_of
from planner.services.prints.printable import PrintableWeek

_AT_HOTSPOTS = {DutyKind.PRESENCE: PresenceKind.CONTINUOUS, DutyKind.VISIT: PresenceKind.DOSAGE}


def briefings(printed: PrintableWeek) -> dict[str, Briefing]:
    """Return the briefing of each day, by its date."""
    maker = _BriefingMaker(printed)
    return {str(day): maker.day(day) for day in printed.week.days}


class _BriefingMaker:
    def __init__(self, printed: PrintableWeek) -> None:
        self._printed, self._plan = printed, printed.plan
        self._facts = DayFacts(printed=printed)
        self._in_charge = InCharge(printed.plan, printed.roster.shifts)

    def day(self, day: date) -> Briefing:
        duties = self._facts.duties_of(day)
        shifts = self._shifts(day, duties)
        return Briefing(
            **self._facts.edition(day, (shift.span.end for shift in shifts)),
            leads=tuple(self._leads(shifts, day)),
            crews=tuple(self._crews(shifts, day)),
            hotspots=tuple(self._hotspots(duties)),
            events=tuple(self._event(duty) for duty in duties if self._is_event(duty)),
            absent=tuple(self._absent(day)),
        )

    def _shifts(self, day: date, duties: Iterable[Duty]) -> list[Shift]:
        """Return officers' shifts of the day, and those of the night before that do its duties."""
        found = {
            shift.id: shift
            for shift in self._printed.roster.shifts
            if shift.day == day and self._is_police(shift.staff, day)
        }
        for duty in duties:
            for done in self._facts.done(duty):
                shift = self._facts.shift_at(done.staff, done.start)
                if shift is not None and self._is_police(done.staff, day):
                    found[shift.id] = shift
        return self._in_order(found.values())

    def _in_order(self, shifts: Iterable[Shift]) -> list[Shift]:
        return sorted(shifts, key=lambda shift: (shift.span.start, self._crew_order(shift)))

    def _crew_order(self, shift: Shift) -> tuple[bool, str, str]:
        label = self._facts.label(shift, shift.day)
        return (not label, label.zfill(3), self._facts.name(shift.staff))

    def _is_police(self, staff: StaffId, day: date) -> bool:
        return self._facts.is_officer(staff, day) or self._facts.is_lead(staff, day)

    def _leads(self, shifts: Iterable[Shift], day: date) -> Iterator[BriefingLead]:
        """Yield who is in charge of somebody at work, as everybody's own week names them."""
        over = {one.id: one for shift in shifts if (one := self._in_charge.over(shift))}
        for shift in self._in_order(over.values()):
            yield BriefingLead(
                name=self._facts.name(shift.staff),
                crew=self._facts.label(shift, day),
                squad=self._facts.squad(shift.staff),
                parts=shift.parts,
            )

    def _crews(self, shifts: Iterable[Shift], day: date) -> Iterator[BriefingCrew]:
        groups: dict[tuple[str, tuple[Span, ...]], list[Shift]] = defaultdict(list)
        for shift in shifts:
            groups[shift.crew or shift.id, shift.parts].append(shift)
        for together in groups.values():
            first = together[0]
            if first.crew or self._facts.is_officer(first.staff, day):
                yield self._crew(first, together, day)

    def _crew(self, first: Shift, together: Iterable[Shift], day: date) -> BriefingCrew:
        facts = self._facts
        kind = self._plan.shift_type_by_id.get(first.shift_type or ShiftTypeId(""))
        people = sorted((shift.staff for shift in together), key=facts.name)
        modes = {self._plan.staff_by_id[staff].travel_mode for staff in people}
        return BriefingCrew(
            label=facts.label(first, day),
            shift=f"{kind.code} {kind.name}" if kind else "",
            parts=first.parts,
            squads=tuple(sorted({facts.squad(staff) for staff in people} - {""})),
            travel=tuple(sorted(modes)),
            members=tuple(
                CrewMember(name=facts.name(staff), is_absent=facts.is_absent(staff, first.span))
                for staff in people
            ),
        )

    def _hotspots(self, duties: Iterable[Duty]) -> Iterator[HotspotDay]:
        windows: dict[str, dict[str, list[Duty]]] = defaultdict(lambda: defaultdict(list))
        for duty in duties:
            if duty.kind in _AT_HOTSPOTS:
                windows[duty.source][_window(duty)].append(duty)
        for hotspot in sorted(self._plan.hotspots, key=lambda one: one.priority):
            if hotspot.id in windows:
                yield HotspotDay(
                    name=hotspot.name,
                    priority=hotspot.priority,
                    windows=tuple(self._window(of) for of in windows[hotspot.id].values()),
                )

    def _window(self, duties: list[Duty]) -> HotspotWindow:
        kind = _AT_HOTSPOTS[duties[0].kind]
        if kind is PresenceKind.CONTINUOUS:
            stops = list(_joined(self._stop(duty) for duty in duties))
        else:
            stops = [self._stop(duty) for duty in duties]
        return HotspotWindow(kind=kind, stops=tuple(stops))

    def _stop(self, duty: Duty) -> Stop:
        return Stop(
            span=self._facts.when(duty),
            minutes=duty.duration_min,
            crews=self._facts.crews(duty),
            missing=self._facts.missing(duty),
            number=_ordinal(duty),
        )

    def _is_event(self, duty: Duty) -> bool:
        """Tell whether a duty elsewhere than at a selected place is the police's."""
        done = self._facts.done(duty)
        match duty.kind:
            case DutyKind.WALK:
                return duty.is_crew
            case DutyKind.SCHOOL:
                return any(self._facts.is_officer(one.staff, duty.day) for one in done)
            case DutyKind.SESSION:
                who = [one.staff for one in done] or self._able(duty)
                return any(self._facts.is_officer(staff, duty.day) for staff in who)
            case _:
                return False

    def _able(self, duty: Duty) -> list[StaffId]:
        plan, day = self._plan, duty.day
        return [one.id for one in plan.staff if duty.skills <= plan.skills_of(one.id, day)]

    def _event(self, duty: Duty) -> BriefingEvent:
        places = (self._facts.place(duty), duty.meeting_place)
        return BriefingEvent(
            kind=duty.kind,
            meeting=meeting_of(duty),
            title=duty.title,
            place=", ".join(place for place in places if place),
            stop=self._stop(duty),
        )

    def _absent(self, day: date) -> Iterator[AbsentOfficer]:
        whole = day_span(day, self._plan.zone)
        for member in self._plan.staff:
            if self._is_police(member.id, day) and self._facts.is_absent(member.id, whole):
                yield AbsentOfficer(name=member.display_name, squad=self._facts.squad(member.id))


def _window(duty: Duty) -> str:
    """Return the id of the window that a duty at a selected place is made of."""
    return duty.id.rsplit("/", 2)[0]


def _ordinal(duty: Duty) -> int:
    """Return which of its window's duties of the day it is, from 1; 1 where that is not told."""
    last = duty.id.rsplit("/", 1)[1]
    return int(last) if last.isdecimal() else 1


def _joined(stops: Iterable[Stop]) -> Iterator[Stop]:
    """Yield stays that follow each other; those of one crew without a break are one."""
    current: Stop | None = None
    for stop in stops:
        if (
            current is not None
            and current.span.end == stop.span.start
            and (current.crews, current.missing) == (stop.crews, stop.missing)
        ):
            span = Span(current.span.start, stop.span.end)
            current = replace(current, span=span, minutes=span.minutes)
            continue
        if current is not None:
            yield current
        current = stop
    if current is not None:
        yield current
