"""What a planner has to see before a week is published."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from planner import clock
from planner.domain.changed import PersonDifferences, WeekDifferences
from planner.domain.demand import make_duties
from planner.domain.ids import DutyId, SchoolId, StaffId
from planner.domain.notice import ShortNotice, short_notice
from planner.domain.plain import plain
from planner.domain.plan import Plan
from planner.domain.roster import Finding, Gap, Override, Roster, Severity
from planner.domain.rotation import roll_out
from planner.domain.staff import ShiftSource
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.planning.judging import judge
from planner.reports.audiences import Audience
from planner.reports.school_sheet import for_notice_board
from planner.services.plans import OpenPlan
from planner.services.prints.guard import print_guard
from planner.services.prints.printable import draft_week
from planner.services.publish.editions import decisions_made, draft_sheets, new_sheets
from planner.services.publish.publishing import (
    Published,
    draft_roster,
    latest,
    windows_of,
)
from planner.services.publish.versions import differences_of
from planner.services.roster.generating import shifts_around
from planner.services.roster.views import Decision, UncoveredWindow
from planner.services.week.gap_order import most_harmful_first


@dataclass(frozen=True, slots=True, kw_only=True)
class LetStand:
    """An override, and the broken rule that it lets stand; nothing when nothing is broken now."""

    override: Override
    finding: Finding | None


@dataclass(frozen=True, kw_only=True)
class PublishCheck:
    """Everything that is to be seen before a draft is published.

    Parameters
    ----------
    replaces
        Number of the publication that holds until then.
    windows, decided
        School windows without anybody; what was decided of some for an earlier publication.
    gaps
        Whoever else lacks.
    broken
        Rules that something breaks which may change and that nobody has let stand.
    short_notice
        Changed working hours that people are told too late.
    schools
        Those that get a new sheet, by id and name.
    refused
        Why sheets cannot go out as they are: each would show its school what is not for schools.
    differences
        What publishing changes of what holds until then; everything when nothing does.
    """

    week: IsoWeek
    replaces: int | None
    windows: tuple[UncoveredWindow, ...]
    decided: Mapping[DutyId, Decision]
    gaps: tuple[Gap, ...]
    broken: tuple[Finding, ...]
    overrides: tuple[LetStand, ...]
    short_notice: tuple[ShortNotice, ...]
    schools: tuple[tuple[SchoolId, str], ...]
    refused: tuple[ConflictError, ...]
    differences: WeekDifferences

    @property
    def people(self) -> tuple[PersonDifferences, ...]:
        """Whose own week is another one than before."""
        return tuple(person for person in self.differences.people if person.is_changed)


def before_publishing(open_plan: OpenPlan, week: IsoWeek) -> PublishCheck:
    """Return what is to be seen before the draft of ``week`` is published.

    Raises
    ------
    ConflictError
        ``week-not-generated``
    StorageError
        ``publication-broken``
    """
    plan = open_plan.plan
    roster = draft_roster(open_plan, week)
    before = latest(open_plan, week)
    duties = make_duties(plan, week)
    windows = windows_of(duties, roster)
    to_decide = {window.duty for window in windows}
    judgement = judge(plan, roster, shifts_around(open_plan, week), duties)
    gaps = most_harmful_first(plan, judgement.gaps, duties)
    made = decisions_made(open_plan, week)
    differences = differences_of(open_plan, before, roster)
    new = new_sheets(open_plan, roster, before.sheets if before else {})
    return PublishCheck(
        week=week,
        replaces=before.number if before else None,
        windows=windows,
        decided={duty: decision for duty, decision in made.items() if duty in to_decide},
        gaps=tuple(gap for gap in gaps if gap.duty not in to_decide),
        broken=tuple(_not_let_stand(roster, judgement.findings)),
        overrides=tuple(_let_stand(roster, judgement.findings)),
        short_notice=tuple(_told_late(open_plan, roster, before, differences)),
        schools=tuple((school, plan.school_by_id[school].name) for school in new),
        refused=refused_sheets(open_plan, week),
        differences=differences,
    )


def refused_sheets(open_plan: OpenPlan, week: IsoWeek) -> tuple[ConflictError, ...]:
    """Return why the print guard would refuse sheets that the draft of ``week`` brings.

    What is published cannot be changed, so it is better known before.

    Raises
    ------
    ConflictError
        ``week-not-generated``
    StorageError
        ``publication-broken``
    """
    printable = draft_week(open_plan, week)
    guard = print_guard(open_plan, printable)
    before = latest(open_plan, week)
    sheets = draft_sheets(open_plan, printable.roster, before.sheets if before else {})
    refused = []
    for school, sheet in sheets.items():
        try:
            for audience, copy in (
                (Audience.SCHOOL_OFFICE, sheet),
                (Audience.NOTICE_BOARD, for_notice_board(sheet)),
            ):
                texts = _texts(plain(copy, open_plan.plan.zone))
                guard.check(audience, [school], texts, name=sheet.school)
        except ConflictError as error:
            refused.append(error)
    return tuple(refused)


def _texts(data: Any) -> Iterator[str]:
    """Yield every text in values of JSON."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _breach(override: Override) -> tuple[str, StaffId | None, datetime | None, str]:
    """Return what :attr:`Finding.breach` is of the broken rule that is let stand."""
    return (override.rule, override.staff, override.start, override.values)


def _not_let_stand(roster: Roster, findings: Iterable[Finding]) -> Iterator[Finding]:
    let_stand = {_breach(one) for one in roster.overrides}
    for finding in findings:
        if finding.severity is Severity.VIOLATION and finding.breach not in let_stand:
            yield finding


def _let_stand(roster: Roster, findings: Iterable[Finding]) -> Iterator[LetStand]:
    by_breach = {finding.breach: finding for finding in findings}
    for override in roster.overrides:
        yield LetStand(override=override, finding=by_breach.get(_breach(override)))


def _told_late(
    open_plan: OpenPlan, roster: Roster, before: Published | None, differences: WeekDifferences
) -> Iterator[ShortNotice]:
    """Yield what is told too late; what was never published, but is given, is known already."""
    plan = open_plan.plan
    known = set() if before else _given(plan, roster)
    changes = (one for one in differences.shifts if (one.staff, one.day) not in known)
    return short_notice(plan, changes, clock.today(plan.zone))


def _given(plan: Plan, roster: Roster) -> set[tuple[StaffId, date]]:
    """Return whose given shifts of which days are as the base roster or the import says."""
    rolled = {shift.id: shift.parts for shift in roll_out(plan, roster.week)}
    return {
        (shift.staff, shift.day)
        for shift in roster.shifts
        if shift.source is ShiftSource.GIVEN and rolled.get(shift.id, shift.parts) == shift.parts
    }
