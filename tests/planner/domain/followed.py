"""A promise about the small plan, and facts about it, drawn or made by hand."""

from dataclasses import replace
from datetime import date, datetime

from hypothesis import strategies as st

from planner.domain.duties import Duty
from planner.domain.followed_duties import Facts
from planner.domain.ids import MeasureId, PromiseId, SiteId, SkillId, WalkId
from planner.domain.places import InformationSession, MeetingKind, SafetyWalk, WalkMeeting
from planner.domain.plan import Plan
from planner.domain.promised import asked_duties, promised_duties, weeks_of
from planner.domain.promises import (
    CoveredBy,
    Delivery,
    DeliveryState,
    Measure,
    MeasureKind,
    NotDoneReason,
    PlannedDuty,
    Promise,
    PromisedDuty,
)
from planner.domain.schools import School, Staffing
from planner.domain.weeks import IsoWeek
from tests.planner import small

PROMISE = Promise(
    id=PromiseId("p"),
    name="Löftet",
    first_day=date(2026, 11, 18),
    last_day=date(2026, 12, 13),
    signed_on=date(2026, 11, 10),
)
CONTACTS = Measure(
    id=MeasureId("contacts"),
    promise=PROMISE.id,
    kind=MeasureKind.CONTACT_PERSONS,
    name="Kontaktperson",
    target=90,
)
PRESENCE = replace(CONTACTS, id=MeasureId("presence"), kind=MeasureKind.PRESENCE, target=80)
WALKS = replace(CONTACTS, id=MeasureId("walks"), kind=MeasureKind.WALKS, target=1)
SESSIONS = replace(CONTACTS, id=MeasureId("sessions"), kind=MeasureKind.SESSIONS, target=2)
MEASURES = (CONTACTS, PRESENCE, WALKS, SESSIONS)
WALK = WalkId("walk-1")
MEETING_DAYS = {
    MeetingKind.PRE_MEETING: date(2026, 11, 19),
    MeetingKind.WALK: date(2026, 11, 26),
    MeetingKind.FOLLOW_UP: date(2026, 12, 10),
}
AFTER = small.at(date(2026, 12, 14), "00:00")
"""The period is over."""


def walk_meetings(days: dict[MeetingKind, date] = MEETING_DAYS) -> tuple[WalkMeeting, ...]:
    """Return the meetings of the walk, at 17."""
    return tuple(
        WalkMeeting(walk=WALK, kind=kind, start=small.at(day, "17:00"), end=small.at(day, "18:00"))
        for kind, day in days.items()
    )


def make_plan() -> Plan:
    """Return the small plan with a school of its own staff, a walk, and two sessions."""
    plan = small.make_plan()
    own = replace(plan.schools[0], id="own", name="Egna skolan", staffing=Staffing.OWN)
    schools: tuple[School, ...] = (*plan.schools, own)
    bells = tuple(
        replace(bell, school=own.id)
        for bell in plan.bell_times
        if bell.school == small.SCHOOL_A and bell.weekday < 3
    )
    return replace(
        plan,
        schools=schools,
        bell_times=(*plan.bell_times, *bells),
        safety_walks=(SafetyWalk(id=WALK, name="Vandringen", site=SiteId("site-a")),),
        walk_meetings=walk_meetings(),
        information_sessions=tuple(
            InformationSession(
                id=f"info-{n}",
                name=f"Information {n}",
                site=SiteId("site-a"),
                day=day,
                earliest_start=bells[0].first_bell,
                latest_start=bells[0].last_bell,
                duration_min=45,
                skill=SkillId("contact"),
            )
            for n, day in enumerate((date(2026, 11, 24), date(2026, 12, 2)), start=1)
        ),
        promises=(PROMISE,),
        measures=MEASURES,
    )


def period_duties(plan: Plan) -> tuple[Duty, ...]:
    """Return every duty of the weeks of the promise, days outside of it too."""
    weeks = weeks_of(PROMISE.first_day, PROMISE.last_day)
    return tuple(duty for week in weeks for duty in asked_duties(plan, week))


def planned(duty: Duty, by: CoveredBy = CoveredBy.ROSTER, *, is_first: bool = True) -> PlannedDuty:
    """Return a duty as it was published."""
    return PlannedDuty(
        duty=duty.id,
        publication=1 if is_first else 2,
        is_first=is_first,
        week=IsoWeek.of(duty.day),
        day=duty.day,
        kind=duty.kind,
        place=duty.source,
        title=duty.title,
        moment=duty.moment,
        start=duty.span.start,
        end=duty.span.end,
        n_heads=duty.heads,
        n_planned=duty.heads,
        covered_by=by,
    )


def delivery(duty: Duty, reason: NotDoneReason | None = None) -> Delivery:
    """Return a report: done, or not for a reason."""
    return Delivery(
        duty=duty.id,
        week=IsoWeek.of(duty.day),
        state=DeliveryState.NOT_DONE if reason else DeliveryState.DONE,
        reason=reason,
        at=AFTER,
        by="kim",
    )


def facts(plan: Plan, *, now: datetime = AFTER, **said: tuple[object, ...]) -> Facts:
    """Return facts of the signed promise; nothing planned or reported but what is said."""
    known = {"promised": _promised(plan), "planned": (), "deliveries": ()} | said
    return Facts(plan=plan, promise=PROMISE, now=now, **known)  # type: ignore[arg-type]


_PROMISED: dict[int, tuple[Plan, tuple[PromisedDuty, ...]]] = {}
"""Of the plans asked for, which are kept so that no other takes their place."""


def _promised(plan: Plan) -> tuple[PromisedDuty, ...]:
    if id(plan) not in _PROMISED:
        _PROMISED[id(plan)] = plan, tuple(promised_duties(plan, PROMISE, MEASURES))
    return _PROMISED[id(plan)][1]


@st.composite
def any_facts(draw: st.DrawFn, plan: Plan, duties: tuple[Duty, ...]) -> Facts:
    """Draw what was promised, planned and reported, each duty for itself, and the moment."""
    n = len(duties)
    is_promised = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    plans = draw(st.lists(st.sampled_from([None, *CoveredBy]), min_size=n, max_size=n))
    firsts = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    reports = draw(
        st.lists(st.sampled_from([None, "done", *NotDoneReason]), min_size=n, max_size=n)
    )
    chosen = {duty.id for duty, yes in zip(duties, is_promised, strict=True) if yes}
    promised = tuple(one for one in _promised(plan) if one.duty in chosen)
    day = draw(st.dates(date(2026, 11, 16), date(2026, 12, 15)))
    return facts(
        plan,
        now=small.at(day, "12:00"),
        promised=promised,
        planned=tuple(
            planned(duty, by, is_first=first)
            for duty, by, first in zip(duties, plans, firsts, strict=True)
            if by is not None
        ),
        deliveries=tuple(
            delivery(duty, None if report == "done" else NotDoneReason(report))
            for duty, report in zip(duties, reports, strict=True)
            if report is not None
        ),
    )
