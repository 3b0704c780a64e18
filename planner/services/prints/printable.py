"""A week as its print-outs are made from: a publication, which needs no plan, or the draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.ids import DutyId, SchoolId, StaffId
from planner.domain.plan import Plan
from planner.domain.publication import Publication
from planner.domain.roster import Roster, Shift
from planner.domain.staff import OpeningBalance
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.exchange.week_json import (
    duties_from_json,
    plan_from_json,
    roster_from_json,
    shifts_around_from_json,
)
from planner.reports.person_week import PersonWeek
from planner.reports.school_sheet import OfficeSheet
from planner.services.plans import OpenPlan
from planner.services.publish.person_weeks import PersonWeekMaker
from planner.services.publish.publishing import draft_roster, read, snapshot_of
from planner.services.roster.generating import shifts_around
from planner.services.roster.views import Decision

N_WEEKS_BEFORE = 3
"""Hours are told of so many weeks before the one that is printed."""


@dataclass(frozen=True, kw_only=True)
class EarlierWeek:
    """What was published of a week before the one that is printed."""

    plan: Plan
    roster: Roster
    number: int
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class PrintableWeek:
    """All that a week's print-outs may be made from.

    Parameters
    ----------
    plan
        As it was when the week was published, with what a publication holds of it; for the draft
        as it is.
    number, replaces, published_at, published_by
        Of the publication; nothing and empty for the draft.
    decisions
        What was decided of school windows that nobody covers.
    sheets
        Of the schools; a draft has none.
    people
        The own weeks.
    around
        Shifts of the days before and after the week that its rules look at.
    earlier
        Weeks before it, for what goes back to them: see :func:`with_earlier`.
    """

    plan: Plan
    roster: Roster
    duties: tuple[Duty, ...]
    number: int | None = None
    replaces: int | None = None
    published_at: datetime | None = None
    published_by: str = ""
    decisions: Mapping[DutyId, Decision] = field(default_factory=dict)
    sheets: Mapping[SchoolId, OfficeSheet] = field(default_factory=dict)
    people: Mapping[StaffId, PersonWeek] = field(default_factory=dict)
    around: tuple[Shift, ...] = ()
    earlier: tuple[EarlierWeek, ...] = ()

    @property
    def week(self) -> IsoWeek:
        """The week itself."""
        return self.roster.week

    @property
    def is_draft(self) -> bool:
        """Tell whether nobody but planners may rely on it."""
        return self.number is None


def published_week(open_plan: OpenPlan, week: IsoWeek) -> PrintableWeek:
    """Return the publication of ``week`` that holds.

    Raises
    ------
    ConflictError
        ``week-not-published``
    StorageError
        ``publication-broken``
    """
    publication = open_plan.store.latest_publication(week)
    if publication is None:
        raise ConflictError("week-not-published", week=str(week))
    return read_printable(publication)


def draft_week(open_plan: OpenPlan, week: IsoWeek) -> PrintableWeek:
    """Return the draft of ``week``.

    Raises
    ------
    ConflictError
        ``week-not-generated``
    """
    roster, plan = draft_roster(open_plan, week), open_plan.plan
    duties = make_duties(plan, week)
    maker = PersonWeekMaker(plan=plan, roster=roster, duties=duties)
    return PrintableWeek(
        plan=plan,
        roster=roster,
        duties=duties,
        people=dict(maker.weeks()),
        around=shifts_around(open_plan, week),
    )


def with_earlier(open_plan: OpenPlan, printed: PrintableWeek) -> PrintableWeek:
    """Return a week with the publications of those before it that its hours are carried from.

    They are the three before it, and all from the earliest opening balance in force on.

    Raises
    ------
    StorageError
        ``publication-broken``
    """
    week = printed.week
    first = week.shifted(-N_WEEKS_BEFORE)
    for balance in balances_on(printed.plan, week.days[-1]).values():
        first = min(first, IsoWeek.of(balance.day))
    found = []
    while first < week:
        publication = open_plan.store.latest_publication(first)
        if publication is not None:
            document = snapshot_of(publication)["week"]
            found.append(
                EarlierWeek(
                    plan=plan_from_json(document),
                    roster=roster_from_json(document),
                    number=publication.number,
                    published_at=publication.published_at,
                )
            )
        first = first.shifted(1)
    return replace(printed, earlier=tuple(found))


def balances_on(plan: Plan, day: date) -> dict[StaffId, OpeningBalance]:
    """Return the opening balance of each person that holds on ``day``: the latest until then."""
    in_order = sorted(plan.opening_balances, key=lambda balance: balance.day)
    return {balance.staff: balance for balance in in_order if balance.day <= day}


def read_printable(publication: Publication) -> PrintableWeek:
    """Return a week as a publication has it.

    Raises
    ------
    StorageError
        ``publication-broken``
    """
    published = read(publication)
    document = published.week
    return PrintableWeek(
        plan=plan_from_json(document),
        roster=replace(
            roster_from_json(document), overrides=published.overrides, gaps=published.gaps
        ),
        duties=duties_from_json(document),
        number=published.number,
        replaces=publication.replaces,
        published_at=published.published_at,
        published_by=publication.published_by,
        decisions=published.decisions,
        sheets=published.sheets,
        people=published.people,
        around=shifts_around_from_json(document),
    )
