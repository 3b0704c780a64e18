"""Who of those at work could stand where: a quick placing, and what stops people from the rest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planner.domain.coverage import presences
from planner.domain.duties import Duty
from planner.domain.ids import CrewId, SiteId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Blocker, Shift
from planner.domain.schools import ContactRole
from planner.domain.spans import Span
from planner.planning.travel import travel_matrix

_STEP = timedelta(minutes=5)
_MOST_STARTS = 150


def in_crews(plan: Plan, shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """Return shifts with officers who begin and end together put into crews of two.

    A roster of shifts does not say who rides with whom; those of one squad come first. Crews that
    are known stay.
    """
    found = {shift.id: shift for shift in shifts}
    alike: dict[object, list[Shift]] = defaultdict(list)
    for shift in found.values():
        is_officer = plan.settings.patrol_skill in plan.skills_of(shift.staff, shift.day)
        if shift.crew is None and is_officer:
            alike[shift.day, shift.parts].append(shift)
    n_crews = 0
    for group in alike.values():
        group.sort(key=lambda shift: (plan.staff_by_id[shift.staff].squad or "", shift.staff))
        for one, other in zip(group[::2], group[1::2], strict=False):
            n_crews += 1
            crew = CrewId(f"together-{n_crews}")
            for shift in (one, other):
                found[shift.id] = replace(shift, crew=crew)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Nearest:
    """Who is at work on the day of an uncovered duty, and how many minutes short of it."""

    staff: StaffId
    short_min: int


class Placing:
    """Places duties into shifts one after the other, known faces first.

    What it covers can be covered; what it does not, a search might.
    """

    def __init__(self, plan: Plan, shifts: tuple[Shift, ...], duties: Iterable[Duty]) -> None:
        self._plan = plan
        self.duties = tuple(duties)
        self._free: dict[StaffId, list[Span]] = defaultdict(list)
        self._skills: dict[tuple[StaffId, object], frozenset[str]] = {}
        crews: dict[tuple[CrewId, object], list[Shift]] = defaultdict(list)
        for shift in shifts:
            for presence in presences(plan, shift):
                self._free[shift.staff].append(presence.span)
            if shift.crew is not None:
                crews[shift.crew, shift.day].append(shift)
        self._crews = tuple(tuple(one.staff for one in pair) for pair in crews.values())
        self._busy: dict[StaffId, list[tuple[Span, SiteId]]] = defaultdict(list)
        modes = sorted({member.travel_mode for member in plan.staff})
        self._travel = travel_matrix(plan, {duty.site for duty in self.duties}, modes)
        self._faces: dict[tuple[str, StaffId], bool] = {
            (contact.school, contact.staff): contact.role is not ContactRole.NAMED
            for contact in plan.school_contacts
        }

    def assignments(self) -> tuple[Assignment, ...]:
        """Return who does what; a duty is done by all that it needs, or by nobody."""
        made = []
        order = sorted(
            self.duties,
            key=lambda duty: (duty.priority, not duty.is_fixed, duty.earliest_start, duty.id),
        )
        late = []
        for duty in order:
            known = [unit for unit in self._units(duty) if self._is_known(duty, unit)]
            placed = self._place(duty, known)
            made += placed
            if not placed:
                late.append(duty)
        for duty in late:
            made += self._place(duty, self._units(duty))
        return tuple(sorted(made, key=lambda done: (done.start, done.duty, done.staff)))

    def blockers(self, duty: Duty) -> tuple[Blocker, ...]:
        """Return what keeps how many people with the skills from a duty."""
        counts: dict[str, int] = defaultdict(int)
        for member in self._plan.staff:
            if not self._can(member.id, duty):
                continue
            counts[self._blocker(member.id, duty)] += 1
        return tuple(
            Blocker(code=code, n_staff=n)
            for code, n in sorted(counts.items(), key=lambda one: -one[1])
        )

    def nearest(self, duty: Duty) -> Nearest | None:
        """Return who could cover a fixed duty with the smallest change of a shift's ends."""
        best: Nearest | None = None
        for staff, spans in self._free.items():
            if duty.is_crew or not duty.is_fixed or not self._can(staff, duty) or not spans:
                continue
            if any(span.overlaps(duty.span) for span, _ in self._busy[staff]):
                continue
            own = [span for span in spans if _is_near(span, duty.span)]
            short = min((_short_min(span, duty.span) for span in own), default=None)
            if short and (best is None or short < best.short_min):
                best = Nearest(staff, short)
        return best

    def _units(self, duty: Duty) -> list[tuple[StaffId, ...]]:
        if duty.is_crew:
            return [crew for crew in self._crews if all(self._can(one, duty) for one in crew)]
        return [(staff,) for staff in sorted(self._free) if self._can(staff, duty)]

    def _is_known(self, duty: Duty, unit: tuple[StaffId, ...]) -> bool:
        return any((duty.source, staff) in self._faces for staff in unit)

    def _place(self, duty: Duty, units: list[tuple[StaffId, ...]]) -> list[Assignment]:
        units = sorted(units, key=lambda unit: self._rank(duty, unit))
        for start in _starts(duty):
            span = Span(start, start + timedelta(minutes=duty.duration_min))
            chosen: list[StaffId] = []
            for unit in units:
                if len(chosen) < duty.heads and all(
                    self._fits(staff, span, duty.site) for staff in unit
                ):
                    chosen += unit
            if len(chosen) >= duty.heads:
                return [self._take(duty, staff, span) for staff in chosen[: duty.heads]]
        return []

    def _rank(self, duty: Duty, unit: tuple[StaffId, ...]) -> tuple[int, int]:
        """Put the named contact first, then the substitute, then whoever has done least."""
        face = min((self._faces.get((duty.source, staff), 2) for staff in unit), default=2)
        return int(face), sum(len(self._busy[staff]) for staff in unit)

    def _take(self, duty: Duty, staff: StaffId, span: Span) -> Assignment:
        self._busy[staff].append((span, duty.site))
        return Assignment(duty=duty.id, staff=staff, start=span.start, end=span.end)

    def _can(self, staff: StaffId, duty: Duty) -> bool:
        key = (staff, duty.day)
        if key not in self._skills:
            is_employed = self._plan.contract_of(staff, duty.day) is not None
            skills = self._plan.skills_of(staff, duty.day) if is_employed else frozenset()
            self._skills[key] = frozenset(skills)
        return duty.skills <= self._skills[key]

    def _fits(self, staff: StaffId, span: Span, site: SiteId) -> bool:
        if not any(free.contains(span) for free in self._free[staff]):
            return False
        return all(
            span.end + self._way(staff, site, there) <= taken.start
            or taken.end + self._way(staff, there, site) <= span.start
            for taken, there in self._busy[staff]
        )

    def _way(self, staff: StaffId, start: SiteId, end: SiteId) -> timedelta:
        mode = str(self._plan.staff_by_id[staff].travel_mode)
        return timedelta(minutes=self._travel[mode].get((start, end), 0))

    def _blocker(self, staff: StaffId, duty: Duty) -> str:
        away = (one.span for one in self._plan.absences if one.staff == staff)
        if any(span.overlaps(duty.span) for span in away):
            return "blocked"
        bound = (one.span for one in self._plan.bound_times if one.staff == staff)
        if any(span.overlaps(duty.span) for span in bound):
            return "bound"
        inside = [free for free in self._free.get(staff, ()) if free.overlaps(duty.span)]
        if not any(free.minutes >= duty.duration_min and _holds(free, duty) for free in inside):
            return "off"
        if duty.is_crew and not any(staff in crew for crew in self._crews):
            return "no-crew"
        return "other-work"


def _holds(free: Span, duty: Duty) -> bool:
    return free.contains(duty.span) if duty.is_fixed else True


def _starts(duty: Duty) -> Iterator[datetime]:
    start = duty.earliest_start
    for _ in range(_MOST_STARTS):
        if start > duty.latest_start:
            return
        yield start
        start += _STEP


def _is_near(span: Span, wanted: Span) -> bool:
    return wanted.start - span.end < timedelta(hours=3) and span.start - wanted.end < timedelta(
        hours=3
    )


def _short_min(span: Span, wanted: Span) -> int:
    late = max((span.start - wanted.start).total_seconds(), 0)
    early = max((wanted.end - span.end).total_seconds(), 0)
    return int(late + early) // 60
