"""The small plan with something in every record set, and secrets in all that is nobody's business.

What must not leave with a week holds the word ``hemlig``.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from planner.domain.ids import BaseRosterId, CrewId, MeasureId, PromiseId, ShiftId, WalkId
from planner.domain.places import (
    InformationSession,
    MeetingKind,
    PresenceKind,
    PresenceWindow,
    SafetyWalk,
    TravelTime,
    WalkMeeting,
)
from planner.domain.plan import Plan
from planner.domain.promises import (
    Measure,
    MeasureKind,
    OutcomeCount,
    Party,
    Promise,
    WalkAction,
)
from planner.domain.roster import Note, Override, Shift
from planner.domain.rules import CreditedHour
from planner.domain.shifts import BaseRoster, BaseRosterMember, BaseRosterShift
from planner.domain.spans import Span
from planner.domain.staff import (
    OpeningBalance,
    ShiftSource,
    Standby,
    Unavailability,
    Wish,
    WishKind,
)
from tests.planner import small
from tests.planner.small import FRIDAY, MONDAY, OFFICERS, TUESDAY, WEDNESDAY, WEEK, at

SECRET = "hemlig"
WALK, BASE = WalkId("walk-1"), BaseRosterId("base-1")
PROMISE = PromiseId("promise-1")


def make_plan() -> Plan:
    """Return the plan; no record set of it is empty."""
    plan = small.make_plan()
    settings = replace(
        plan.settings,
        mail_sender="hemlig@example.org",
        mail_host="hemlig.example.org",
        mail_user="hemlig",
    )
    return replace(
        plan,
        settings=settings,
        staff=tuple(
            replace(one, name=f"Hemlig {one.id}", email=f"hemlig.{one.id}@example.org")
            for one in plan.staff
        ),
        schools=tuple(replace(one, email="hemlig@example.org") for one in plan.schools),
        bound_times=tuple(replace(one, title="Hemlig rättegång") for one in plan.bound_times),
        shift_types=tuple(replace(one, weekdays="") for one in plan.shift_types),
        credited_hours=(
            CreditedHour(
                rule_book=small.POLICE_BOOK,
                weekday=6,
                start=time(22),
                end=time(0),
                credited_min=8,
            ),
        ),
        standbys=(
            Standby(id="s1", staff=OFFICERS[3], start=at(FRIDAY, "18:00"), end=at(FRIDAY, "23:00")),
        ),
        unavailabilities=(
            Unavailability(id="u1", staff=OFFICERS[3], weekday=3, start=time(22), end=time(6)),
        ),
        wishes=(
            Wish(id="w1", staff=OFFICERS[0], day=WEDNESDAY, is_veto=True, strength=3),
            Wish(
                id="w2",
                staff=OFFICERS[1],
                day=MONDAY,
                kind=WishKind.SHIFT,
                shift_type=small.EVENING,
            ),
        ),
        opening_balances=(
            OpeningBalance(staff=OFFICERS[0], day=MONDAY, balance_min=-75, n_nights=2),
        ),
        travel_times=(
            TravelTime(
                from_site=plan.sites[0].id, to_site=plan.sites[1].id, mode="car", minutes=12
            ),
        ),
        presence_windows=(
            *plan.presence_windows,
            PresenceWindow(
                id="visits",
                hotspot=small.SQUARE,
                weekday=5,
                start=time(20),
                end=time(1),
                kind=PresenceKind.DOSAGE,
                n_visits=3,
                first_day=date(2026, 9, 1),
            ),
        ),
        safety_walks=(SafetyWalk(id=WALK, name="Vandring", site=plan.sites[2].id),),
        walk_meetings=tuple(
            WalkMeeting(walk=WALK, kind=kind, start=at(day, "18:00"), end=at(day, "19:30"))
            for kind, day in zip(MeetingKind, (MONDAY, TUESDAY, FRIDAY), strict=True)
        ),
        information_sessions=(
            InformationSession(
                id="info-1",
                name="Klass 8 B",
                site=plan.sites[0].id,
                day=TUESDAY,
                earliest_start=time(9),
                latest_start=time(10, 30),
                duration_min=45,
                skill=small.PATROL,
                school=small.SCHOOL_A,
            ),
        ),
        base_rosters=(
            BaseRoster(id=BASE, name="Grund", n_weeks=2, first_monday=date(2026, 8, 31)),
        ),
        base_roster_shifts=(
            BaseRosterShift(base_roster=BASE, week=1, weekday=6, shift_type=small.EVENING),
        ),
        base_roster_members=(
            BaseRosterMember(base_roster=BASE, staff=OFFICERS[2], offset_weeks=-1),
        ),
        promises=(
            Promise(
                id=PROMISE,
                name="Medborgarlöfte",
                city="Staden",
                city_signatory="Ordföranden",
                police="Polisen",
                police_signatory="Chefen",
                first_day=MONDAY,
                last_day=date(2027, 3, 31),
                signed_on=MONDAY,
                report_by=date(2027, 4, 30),
            ),
        ),
        measures=tuple(
            Measure(
                id=MeasureId(f"m-{kind}"),
                promise=PROMISE,
                kind=kind,
                name=f"Åtagande {kind}",
                party=Party.CITY,
                place=small.SCHOOL_A if kind is MeasureKind.CONTACT_PERSONS else "",
                target=90,
            )
            for kind in MeasureKind
        ),
        walk_actions=(
            WalkAction(
                id="a1",
                walk=WALK,
                text="Laga lampan",
                responsible="Gatukontoret",
                due_day=FRIDAY,
                done_day=FRIDAY,
            ),
        ),
        outcome_counts=(
            OutcomeCount(
                month=date(2026, 11, 1), kind="Personrån", area="Staden", n=8, source="Brå"
            ),
        ),
    )


def make_shifts() -> tuple[Shift, ...]:
    """Return shifts that a row each would not tell: split, with two breaks, in the autumn hour."""
    autumn = Span(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC))
    long_day = Span(at(MONDAY, "07:00"), at(MONDAY, "19:00"))
    split = (
        Span(at(TUESDAY, "07:00"), at(TUESDAY, "09:00")),
        Span(at(TUESDAY, "13:00"), at(TUESDAY, "16:00")),
    )
    breaks = tuple(
        Span(at(MONDAY, start), at(MONDAY, end))
        for start, end in (("11:00", "11:30"), ("15:00", "15:30"))
    )
    return (
        Shift(
            id=ShiftId("autumn"),
            staff=OFFICERS[0],
            day=date(2026, 10, 25),
            shift_type=None,
            parts=(autumn,),
            source=ShiftSource.GIVEN,
        ),
        Shift(
            id=ShiftId("p2/long"),
            staff=OFFICERS[1],
            day=MONDAY,
            shift_type=small.EVENING,
            parts=(long_day,),
            breaks=breaks,
            crew=CrewId("p1+p2/2026-11-23"),
        ),
        Shift(
            id=ShiftId("p3/split"),
            staff=OFFICERS[2],
            day=TUESDAY,
            shift_type=None,
            parts=split,
            is_locked=True,
        ),
    )


def make_notes() -> tuple[tuple[Note, ...], tuple[Override, ...]]:
    """Return a note and a reason, which stay in the program."""
    now = datetime(2026, 11, 1, tzinfo=UTC)
    note = Note(id="n1", week=WEEK, day=MONDAY, text="Hemlig sjukdom", author="hemlig", at=now)
    override = Override(
        id="o1",
        week=WEEK,
        rule="daily-rest",
        staff=OFFICERS[0],
        start=None,
        values="",
        reason="Hemlig orsak",
        author="hemlig",
        at=now,
    )
    return (note,), (override,)
