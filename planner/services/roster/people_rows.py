"""The grid of people and days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from planner.domain.counting import target_min, week_counted_min
from planner.domain.duties import Duty
from planner.domain.ids import ShiftTypeId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Finding, Roster, Shift
from planner.domain.spans import Span, day_span
from planner.domain.staff import StaffMember, Wish, WishKind
from planner.domain.weeks import IsoWeek
from planner.pauses import pause
from planner.services.roster.crews import crew_labels
from planner.services.roster.kept_rows import KeptRows
from planner.services.roster.views import DutyBar, PersonDay, PersonRow, ShiftBar

_Labelled = tuple[Shift, tuple[str, str]]
"""A shift with the label of its crew, and its note."""


class PeopleRows:
    """Rows of the grid of people and days."""

    def __init__(self, plan: Plan, week: IsoWeek, duties: Iterable[Duty]) -> None:
        self._plan, self._week = plan, week
        self._duties = {duty.id: duty for duty in duties}
        self._colors = {kind.id: number for number, kind in enumerate(plan.shift_types)}
        self._squads = {squad.id: squad.name for squad in plan.squads}
        self._days = {day: day_span(day, plan.zone) for day in week.days}
        self._wishes = {(wish.staff, wish.day): wish for wish in plan.wishes}
        self._rates = {member.id: self._rate_percent(member.id) for member in plan.staff}
        self._empty: KeptRows[PersonRow] = KeptRows()
        self._rows: KeptRows[PersonRow] = KeptRows()

    def rows(self, roster: Roster, findings: Iterable[Finding]) -> Iterator[PersonRow]:
        """Yield a row for each person who is employed or at work in the week."""
        shifts: dict[StaffId, list[Shift]] = defaultdict(list)
        for shift in roster.shifts:
            shifts[shift.staff].append(shift)
        done: dict[StaffId, list[Assignment]] = defaultdict(list)
        for assignment in roster.assignments:
            done[assignment.staff].append(assignment)
        found: dict[StaffId, list[Span]] = defaultdict(list)
        for finding in findings:
            if finding.staff and finding.span:
                found[finding.staff].append(finding.span)
        crews = crew_labels(roster)
        notes = {note.shift: note.text for note in roster.notes}
        for member in self._plan.staff:
            pause()
            own = shifts.get(member.id, ())
            if own or self._rates[member.id]:
                yield self._row(
                    member,
                    [(s, (crews.get(s.id, ""), notes.get(s.id, ""))) for s in own],
                    done.get(member.id, []),
                    found.get(member.id, []),
                )

    def _row(
        self,
        member: StaffMember,
        shifts: list[_Labelled],
        done: list[Assignment],
        found: list[Span],
    ) -> PersonRow:
        def make() -> PersonRow:
            empty = self._empty.row(member.id, None, lambda: self._empty_row(member))
            return self._filled(empty, shifts, done, found)

        return self._rows.row(member.id, (shifts, done, found), make)

    def _rate_percent(self, staff: StaffId) -> int:
        contracts = [self._plan.contract_of(staff, day) for day in self._week.days]
        return max((contract.rate_percent for contract in contracts if contract), default=0)

    def _empty_row(self, member: StaffMember) -> PersonRow:
        """Return the row of a person who is not at work."""
        plan, week = self._plan, self._week
        lead = plan.settings.lead_skill
        absences = [one.span for one in plan.absences if one.staff == member.id]
        bound = [(one.title, one.span) for one in plan.bound_times if one.staff == member.id]
        standby = [one.span for one in plan.standbys if one.staff == member.id]
        return PersonRow(
            staff=member.id,
            name=member.display_name,
            employer=member.employer,
            squad=member.squad,
            squad_name=self._squads[member.squad] if member.squad else "",
            is_lead=any(lead in plan.skills_of(member.id, day) for day in week.days),
            rate_percent=self._rates[member.id],
            counted_min=0,
            target_min=target_min(plan, member.id, week),
            days=tuple(
                PersonDay(
                    day=day,
                    shifts=(),
                    is_absent=any(span.overlaps(whole) for span in absences),
                    bound=tuple(one for one in bound if whole.start <= one[1].start < whole.end),
                    standby=tuple(one for one in standby if whole.start <= one.start < whole.end),
                    wish=_wish_code(self._wishes.get((member.id, day))),
                    n_findings=0,
                )
                for day, whole in self._days.items()
            ),
        )

    def _filled(
        self,
        empty: PersonRow,
        shifts: list[_Labelled],
        done: list[Assignment],
        found: list[Span],
    ) -> PersonRow:
        days_found = [self._day_of(span) for span in found]
        in_order = sorted(shifts, key=lambda each: each[0].span)
        own = [shift for shift, _ in shifts]
        return replace(
            empty,
            counted_min=week_counted_min(self._plan, empty.staff, self._week, own),
            days=tuple(
                replace(
                    day,
                    shifts=tuple(
                        self._bar(shift, labels, done)
                        for shift, labels in in_order
                        if shift.day == day.day
                    ),
                    n_findings=days_found.count(day.day),
                )
                for day in empty.days
            ),
        )

    def _day_of(self, span: Span) -> date:
        """Return the local day on which a span begins."""
        return span.start.astimezone(self._plan.zone).date()

    def _bar(self, shift: Shift, labels: tuple[str, str], done: Iterable[Assignment]) -> ShiftBar:
        crew_label, note = labels
        kind = self._plan.shift_type_by_id.get(shift.shift_type or ShiftTypeId(""))
        span = shift.span
        return ShiftBar(
            shift=shift.id,
            code=kind.code if kind else "",
            name=kind.name if kind else "",
            color_index=self._colors[kind.id] if kind else len(self._colors),
            parts=shift.parts,
            breaks=shift.breaks,
            is_given=shift.source == "given",
            is_locked=shift.is_locked,
            crew_label=crew_label,
            note=note,
            duties=tuple(
                DutyBar(duty=duty.id, kind=duty.kind, title=duty.title, span=one.span)
                for one in done
                if span.overlaps(one.span) and (duty := self._duties.get(one.duty)) is not None
            ),
        )


def _wish_code(wish: Wish | None) -> str:
    if wish is None:
        return ""
    if wish.kind is WishKind.SHIFT:
        return "shift"
    return "veto" if wish.is_veto else "free"
