"""A week as a workbook that people read: names and words, in the language that is set."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner import messages
from planner.domain.counting import target_min, week_counted_min, worked_min
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import MINUTE, Span
from planner.domain.staff import ShiftSource, StaffMember
from planner.exchange.tables import Table
from planner.exchange.workbook_writing import WorkbookLook, to_xlsx
from planner.words import N_, _, clock_span, date_range, language, short_date

_KINDS = {
    DutyKind.SCHOOL: N_("School"),
    DutyKind.PRESENCE: N_("Selected place"),
    DutyKind.VISIT: N_("Selected place, visits"),
    DutyKind.WALK: N_("Safety walk"),
    DutyKind.SESSION: N_("Information session"),
}
_SOURCES = {ShiftSource.GIVEN: N_("given"), ShiftSource.PLANNED: N_("planned")}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekWorkbook:
    """What the workbook is made of.

    Parameters
    ----------
    roster
        With the gaps as they are now.
    state
        How far the week has come, in words.
    """

    plan: Plan
    roster: Roster
    duties: Mapping[DutyId, Duty]
    state: str

    def to_xlsx(self) -> bytes:
        """Return the workbook: the roster, its shifts, duties, who does them, hours and gaps.

        Nobody's absence is in it, and no note.
        """
        week = self.roster.week
        title = _("Roster, week {week}, {year}", week=week.week, year=week.year)
        tables = (
            *(self._roster(), self._shifts(), self._duties(), self._assignments()),
            *(self._hours(), self._gaps(), self._about(title)),
        )
        look = WorkbookLook(
            title=f"{self.plan.settings.name} – {title}" if self.plan.settings.name else title,
            language=language(),
            notice=self.plan.settings.notice,
            n_fixed={tables[0].name: 1},
        )
        return to_xlsx(tables, self.plan.zone, look)

    def _roster(self) -> Table:
        days = self.roster.week.days
        shifts: dict[tuple[str, date], list[Shift]] = defaultdict(list)
        for shift in sorted(self.roster.shifts, key=lambda shift: shift.span):
            shifts[shift.staff, shift.day].append(shift)
        squads = {squad.id: squad.name for squad in self.plan.squads}
        headings = (_("Name"), _("Employer"), _("Squad"), *map(short_date, days))
        return Table(
            name=_("Roster sheet"),
            columns=(*headings, _("Counted"), _("Contract hours")),
            rows=tuple(
                (
                    member.display_name,
                    self.plan.employer_by_id[member.employer].name,
                    squads[member.squad] if member.squad else None,
                    *(", ".join(map(self._said, shifts[member.id, day])) for day in days),
                    *self._hours_of(member),
                )
                for member in self._people()
            ),
        )

    def _shifts(self) -> Table:
        headings = (_("Name"), _("Day"), _("Shift type"), _("Time"), _("Start"), _("End"))
        return Table(
            name=_("Shifts"),
            columns=(
                *(*headings, _("Break"), _("Working time")),
                *(_("Source"), _("Locked"), _("Staff id")),
            ),
            rows=tuple(
                (
                    self._name(shift.staff),
                    shift.day,
                    self._shift_type(shift),
                    self._times(shift.parts),
                    shift.span.start,
                    shift.span.end,
                    self._times(shift.breaks),
                    worked_min(shift.parts, shift.breaks) * MINUTE,
                    _(_SOURCES[shift.source]),
                    _yes_no(is_so=shift.is_locked),
                    shift.staff,
                )
                for shift in sorted(self.roster.shifts, key=lambda one: (one.span, one.staff))
            ),
        )

    def _duties(self) -> Table:
        n_placed: dict[DutyId, int] = defaultdict(int)
        for done in self.roster.assignments:
            n_placed[done.duty] += 1
        headings = (_("Day"), _("Kind"), _("What"), _("Place"), _("Meeting place"))
        times = (_("Earliest start"), _("Latest start"), _("Length"))
        return Table(
            name=_("Duties"),
            columns=(*headings, *times, _("People needed"), _("People placed"), _("Priority")),
            rows=tuple(
                (
                    *(duty.day, _(_KINDS[duty.kind]), duty.title),
                    *(self.plan.site_by_id[duty.site].name, duty.meeting_place),
                    *(duty.earliest_start, duty.latest_start, duty.duration_min * MINUTE),
                    *(duty.heads, n_placed[duty.id], duty.priority),
                )
                for duty in sorted(
                    self.duties.values(), key=lambda one: (one.earliest_start, one.title, one.id)
                )
            ),
        )

    def _assignments(self) -> Table:
        headings = (_("Day"), _("Start"), _("End"), _("Kind"), _("What"), _("Name"))

        def row(done: Assignment) -> tuple[object, ...]:
            duty = self.duties.get(done.duty)
            return (
                done.start.astimezone(self.plan.zone).date(),
                done.start,
                done.end,
                _(_KINDS[duty.kind]) if duty else None,
                duty.title if duty else done.duty,
                self._name(done.staff),
                _yes_no(is_so=done.is_locked),
                done.staff,
            )

        done = sorted(self.roster.assignments, key=lambda one: (one.start, one.duty, one.staff))
        return Table(
            name=_("Who does what"),
            columns=(*headings, _("Locked"), _("Staff id")),
            rows=tuple(map(row, done)),
        )

    def _hours(self) -> Table:
        headings = (_("Name"), _("Employer"), _("Counted"), _("Contract hours"))
        return Table(
            name=_("Hours"),
            columns=(*headings, _("Difference, hours"), _("Staff id")),
            rows=tuple(
                (
                    member.display_name,
                    self.plan.employer_by_id[member.employer].name,
                    counted,
                    target,
                    (counted - target) / timedelta(hours=1),  # no spreadsheet shows −1:15
                    member.id,
                )
                for member in self._people()
                for counted, target in [self._hours_of(member)]
            ),
        )

    def _gaps(self) -> Table:
        headings = (_("What"), _("Start"), _("End"), _("Missing"), _("Reason"))
        return Table(
            name=_("Gaps"),
            columns=(*headings, _("Proved")),
            rows=tuple(
                (
                    messages.gap_title(self.plan, gap),
                    *(gap.span.start, gap.span.end, gap.missing),
                    messages.gap_reason(gap.reason, gap.proof),
                    _yes_no(is_so=gap.is_proved),
                )
                for gap in self.roster.gaps
            ),
        )

    def _about(self, title: str) -> Table:
        days = self.roster.week.days
        rows = [
            (_("Plan"), self.plan.settings.name),
            (_("Week"), f"{title} ({date_range(days[0], days[-1])})"),
            (_("State"), self.state),
            (_("Notice"), self.plan.settings.notice),
        ]
        return Table(
            name=_("About this file"),
            columns=(_("What"), _("Content")),
            rows=tuple(row for row in rows if row[1]),
        )

    def _people(self) -> Iterator[StaffMember]:
        """Yield who is employed or at work in the week."""
        at_work = {shift.staff for shift in self.roster.shifts}
        for member in self.plan.staff:
            days = self.roster.week.days
            if member.id in at_work or any(self.plan.contract_of(member.id, day) for day in days):
                yield member

    def _hours_of(self, member: StaffMember) -> tuple[timedelta, timedelta]:
        counted = week_counted_min(self.plan, member.id, self.roster.week, self.roster.shifts)
        return counted * MINUTE, target_min(self.plan, member.id, self.roster.week) * MINUTE

    def _said(self, shift: Shift) -> str:
        """Return such as ``S 07:00–09:00, 13:00–16:00``."""
        kind = self.plan.shift_type_by_id[shift.shift_type] if shift.shift_type else None
        times = self._times(shift.parts)
        return f"{kind.code} {times}" if kind else times

    def _times(self, spans: Iterable[Span]) -> str:
        return ", ".join(clock_span(one.start, one.end, self.plan.zone) for one in spans)

    def _name(self, staff: StaffId) -> str:
        member = self.plan.staff_by_id.get(staff)
        return member.display_name if member else staff

    def _shift_type(self, shift: Shift) -> str | None:
        return self.plan.shift_type_by_id[shift.shift_type].name if shift.shift_type else None


def _yes_no(*, is_so: bool) -> str:
    return _("yes") if is_so else _("no")
