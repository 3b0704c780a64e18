"""The grid of places and days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from planner.domain.calendar import SchoolDayKind, school_day
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster
from planner.domain.schools import School, Staffing
from planner.domain.weeks import IsoWeek
from planner.pauses import pause
from planner.services.roster.kept_rows import KeptRows
from planner.services.roster.views import PlaceDay, PlaceDuty, PlaceRow


class PlaceRows:
    """Rows of the grid of places and days."""

    def __init__(
        self,
        plan: Plan,
        week: IsoWeek,
        duties: Iterable[Duty],
        decisions: Mapping[DutyId, str],
    ) -> None:
        self._plan, self._week = plan, week
        self._decisions = decisions
        self._source_of = {duty.id: duty.source for duty in duties}
        self._duties: dict[str, dict[date, list[Duty]]] = defaultdict(lambda: defaultdict(list))
        for duty in duties:
            self._duties[duty.source][duty.day].append(duty)
        self._rows: KeptRows[PlaceRow] = KeptRows()
        self._notes = {
            (str(school.id), day): self._note(school, day)
            for school in plan.schools
            for day in week.days
        }

    def rows(self, roster: Roster) -> Iterator[PlaceRow]:
        """Yield schools, hotspots, and what else has a duty in the week."""
        plan = self._plan
        done: dict[str, list[Assignment]] = defaultdict(list)
        for assignment in roster.assignments:
            done[self._source_of.get(assignment.duty, "")].append(assignment)
        others = [
            *((walk.id, walk.name, DutyKind.WALK) for walk in plan.safety_walks),
            *((one.id, one.name, DutyKind.SESSION) for one in plan.information_sessions),
        ]
        places = [
            *((school.id, school.name, DutyKind.SCHOOL) for school in plan.schools),
            *((hotspot.id, hotspot.name, DutyKind.PRESENCE) for hotspot in plan.hotspots),
            *(other for other in others if other[0] in self._duties),
        ]
        for source, name, kind in places:
            pause()
            yield self._row(source, name, kind, done.get(source, []))

    def _row(self, source: str, name: str, kind: DutyKind, done: list[Assignment]) -> PlaceRow:
        return self._rows.row(
            (kind, source),
            done,
            lambda: PlaceRow(source=source, name=name, kind=kind, days=self._days(source, done)),
        )

    def _days(self, source: str, done: Iterable[Assignment]) -> tuple[PlaceDay, ...]:
        of_duty: dict[DutyId, list[Assignment]] = defaultdict(list)
        for assignment in done:
            of_duty[assignment.duty].append(assignment)
        duties = self._duties.get(source, {})
        return tuple(
            PlaceDay(
                day=day,
                duties=tuple(self._duty(duty, of_duty[duty.id]) for duty in duties.get(day, ())),
                note=self._notes.get((source, day), ""),
            )
            for day in self._week.days
        )

    def _note(self, school: School, day: date) -> str:
        kind = school_day(self._plan, school, day).kind
        if kind is not SchoolDayKind.SCHOOL_DAY:
            return kind.value
        return "own_staff" if school.staffing is Staffing.OWN else ""

    def _duty(self, duty: Duty, done: list[Assignment]) -> PlaceDuty:
        people = self._plan.staff_by_id
        return PlaceDuty(
            duty=duty.id,
            kind=duty.kind,
            moment=duty.moment,
            span=done[0].span if done else duty.span,
            names=tuple(people[one.staff].display_name for one in done if one.staff in people),
            missing=max(0, duty.heads - len(done)),
            decision="" if done else self._decisions.get(duty.id, ""),
        )
