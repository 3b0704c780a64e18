"""Duties made from bells, windows and events; the same plan and week give the same duties.

A duty's id is ``source/date/ordinal``, so that what is said of it (a lock, a calendar entry, a
delivery) still finds it when demand is made anew.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from planner.domain.calendar import SchoolDay, SchoolDayKind, school_day
from planner.domain.duties import Duty, DutyKind, Moment
from planner.domain.ids import DutyId, SiteId
from planner.domain.places import (
    Hotspot,
    InformationSession,
    PresenceKind,
    PresenceWindow,
    SafetyWalk,
    WalkMeeting,
)
from planner.domain.plan import Plan
from planner.domain.schools import BellTime, School, Staffing, WindowsPer
from planner.domain.spans import MINUTE, Span, instant, local_span
from planner.domain.weeks import IsoWeek

VISIT_GRID_MIN = 5
"""Visits begin on multiples of this many minutes after their stretch begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWindow:
    """When and where a school wants its contact persons on one day.

    Parameters
    ----------
    is_changed
        Time or place differ from the weekday's usual.
    """

    moment: Moment
    span: Span
    site: SiteId
    meeting_place: str
    grade_group: str
    is_changed: bool


def make_duties(plan: Plan, week: IsoWeek) -> tuple[Duty, ...]:
    """Return every duty that begins in ``week``, by day, kind and place."""
    duties = [duty for day in week.days for duty in _duties_of_day(plan, day)]
    return tuple(sorted(duties, key=lambda duty: (duty.earliest_start, duty.id)))


def contact_windows(plan: Plan, school: School, day: date) -> tuple[ContactWindow, ...]:
    """Return a school's windows on ``day``, in order; none when it has no school.

    Windows of grade groups that overlap or touch at one meeting place are one.
    """
    status = school_day(plan, school, day)
    if not status.has_school:
        return ()
    bells = [
        bell
        for bell in plan.bell_times
        if bell.school == school.id and bell.weekday == day.isoweekday()
    ]
    if not bells:
        return ()
    windows = [
        _changed(plan, school, window, status)
        for moment in Moment
        for group in _groups(school, bells)
        for window in [_window(plan, school, day, (moment, group))]
    ]
    return tuple(sorted(_merged(windows), key=lambda window: (window.span, window.site)))


def _groups(school: School, bells: list[BellTime]) -> list[list[BellTime]]:
    """Return the bells that share a window before it is seen which windows overlap."""
    if school.windows_per is WindowsPer.GRADE_GROUP:
        return [[bell] for bell in bells]
    at_site: dict[SiteId, list[BellTime]] = {}
    for bell in bells:
        at_site.setdefault(bell.site or school.site, []).append(bell)
    return list(at_site.values())


def _window(
    plan: Plan, school: School, day: date, what: tuple[Moment, list[BellTime]]
) -> ContactWindow:
    moment, group = what
    if moment is Moment.BEFORE:
        bells = [instant(day, bell.first_bell, plan.zone) for bell in group]
        span = Span(min(bells) - school.before_min * MINUTE, max(bells))
    else:
        bells = [instant(day, bell.last_bell, plan.zone) for bell in group]
        span = Span(min(bells), max(bells) + school.after_min * MINUTE)
    return ContactWindow(
        moment=moment,
        span=span,
        site=group[0].site or school.site,
        meeting_place=group[0].meeting_place or school.meeting_place,
        grade_group=_joined(bell.grade_group for bell in group),
        is_changed=False,
    )


def _changed(plan: Plan, school: School, window: ContactWindow, status: SchoolDay) -> ContactWindow:
    change = status.change
    if change is None:
        return window
    span = window.span
    if (
        status.kind is SchoolDayKind.HALF_DAY
        and window.moment is Moment.AFTER
        and change.last_bell is not None
    ):
        bell = instant(change.day, change.last_bell, plan.zone)
        span = Span(bell, bell + school.after_min * MINUTE)
    place = change.meeting_place or window.meeting_place
    return ContactWindow(
        moment=window.moment,
        span=span,
        site=window.site,
        meeting_place=place,
        grade_group=window.grade_group,
        is_changed=span != window.span or place != window.meeting_place,
    )


def _merged(windows: Iterable[ContactWindow]) -> Iterator[ContactWindow]:
    at_place: dict[tuple[Moment, SiteId, str], list[ContactWindow]] = {}
    for window in windows:
        key = (window.moment, window.site, window.meeting_place)
        at_place.setdefault(key, []).append(window)
    for group in at_place.values():
        group.sort(key=lambda window: window.span)
        current = group[0]
        for window in group[1:]:
            if window.span.start > current.span.end:
                yield current
                current = window
                continue
            groups = [*current.grade_group.split(", "), *window.grade_group.split(", ")]
            current = ContactWindow(
                moment=current.moment,
                span=Span(current.span.start, max(current.span.end, window.span.end)),
                site=current.site,
                meeting_place=current.meeting_place,
                grade_group=_joined(groups),
                is_changed=current.is_changed or window.is_changed,
            )
        yield current


def _joined(groups: Iterable[str]) -> str:
    """Return grade groups as one text, the youngest first."""

    def age(group: str) -> tuple[int, str]:
        number = re.search(r"\d+", group)
        starts_below_one = group[:1].casefold() == "f"  # förskoleklass, the year before grade 1
        return (0 if starts_below_one or not number else int(number[0]), group)

    return ", ".join(sorted(set(groups), key=age))


def _duties_of_day(plan: Plan, day: date) -> Iterator[Duty]:
    for school in plan.schools:
        if school.staffing is Staffing.POOL:
            yield from school_duties(plan, school, day)
    hotspots = {hotspot.id: hotspot for hotspot in plan.hotspots if holds(hotspot, day)}
    for window in plan.presence_windows:
        if window.weekday == day.isoweekday() and holds(window, day) and window.hotspot in hotspots:
            yield from _presence_duties(plan, hotspots[window.hotspot], window, day)
    yield from _event_duties(plan, day)


def _event_duties(plan: Plan, day: date) -> Iterator[Duty]:
    walks = {walk.id: walk for walk in plan.safety_walks}
    for meeting in plan.walk_meetings:
        if meeting.start.astimezone(plan.zone).date() == day:
            yield from _walk_duties(plan, walks[meeting.walk], meeting, day)
    for session in plan.information_sessions:
        if session.day == day:
            yield session_duty(plan, session)


def holds(record: Hotspot | PresenceWindow, day: date) -> bool:
    """Tell whether presence is wanted there on a day."""
    return (record.first_day is None or record.first_day <= day) and (
        record.last_day is None or day <= record.last_day
    )


def _id(source: str, day: date, ordinal: str | int) -> DutyId:
    return DutyId(f"{source}/{day.isoformat()}/{ordinal}")


def school_duties(plan: Plan, school: School, day: date) -> Iterator[Duty]:
    """Yield a school's windows of a day as duties, whoever its contact persons are."""
    skills = {plan.settings.contact_skill} | ({school.skill} if school.skill else set())
    counts = dict.fromkeys(Moment, 0)
    for window in contact_windows(plan, school, day):
        counts[window.moment] += 1
        yield Duty(
            id=_id(school.id, day, f"{window.moment}-{counts[window.moment]}"),
            kind=DutyKind.SCHOOL,
            source=school.id,
            title=school.name,
            day=day,
            site=window.site,
            meeting_place=window.meeting_place,
            earliest_start=window.span.start,
            latest_start=window.span.start,
            duration_min=window.span.minutes,
            heads=school.n_contacts,
            skills=frozenset(skills),
            priority=school.priority,
            moment=window.moment,
            grade_group=window.grade_group,
        )


def _presence_duties(
    plan: Plan, hotspot: Hotspot, window: PresenceWindow, day: date
) -> Iterator[Duty]:
    span = local_span(day, window.start, window.end, plan.zone)
    if window.kind is PresenceKind.CONTINUOUS:
        pieces = _stays(span, window.stay_min)
    else:
        pieces = _visits(window, span, day)
    for ordinal, (earliest, latest, duration_min) in enumerate(pieces, start=1):
        is_visit = window.kind is PresenceKind.DOSAGE
        yield Duty(
            id=_id(window.id, day, ordinal),
            kind=DutyKind.VISIT if is_visit else DutyKind.PRESENCE,
            source=hotspot.id,
            title=hotspot.name,
            day=day,
            site=hotspot.site,
            earliest_start=earliest,
            latest_start=latest,
            duration_min=duration_min,
            heads=2,
            is_crew=True,
            skills=frozenset({plan.settings.patrol_skill}),
            priority=hotspot.priority,
        )


def _stays(span: Span, stay_min: int) -> Iterator[tuple[datetime, datetime, int]]:
    """Cut continuous presence where it may be handed over; a short rest joins the last stay."""
    n_stays = max(1, span.minutes // max(stay_min, 1))
    for n in range(n_stays):
        start = span.start + n * stay_min * MINUTE
        end = span.end if n == n_stays - 1 else start + stay_min * MINUTE
        yield start, start, (end - start) // MINUTE


def _visits(
    window: PresenceWindow, span: Span, day: date
) -> Iterator[tuple[datetime, datetime, int]]:
    """Spread visits at times that cannot be foreseen but can be drawn again.

    The window is cut into equal stretches, one a visit; a draw seeded by window and date shortens
    each stretch at both sides, so that neither times nor spacing repeat from day to day.
    """
    draw = random.Random(f"{window.id}/{day.isoformat()}")
    stretch_min = span.minutes // window.n_visits
    for n in range(window.n_visits):
        duration_min = draw.randint(window.visit_min_min, window.visit_max_min)
        slack_min = max(0, stretch_min - duration_min)
        first_min = VISIT_GRID_MIN * draw.randint(0, slack_min // 3 // VISIT_GRID_MIN)
        last_min = slack_min - VISIT_GRID_MIN * draw.randint(0, slack_min // 3 // VISIT_GRID_MIN)
        start = span.start + n * stretch_min * MINUTE
        yield start + first_min * MINUTE, start + max(first_min, last_min) * MINUTE, duration_min


def _walk_duties(plan: Plan, walk: SafetyWalk, meeting: WalkMeeting, day: date) -> Iterator[Duty]:
    wanted = (
        ("crew", meeting.n_crews * 2, True, plan.settings.patrol_skill),
        ("contact", meeting.n_contacts, False, plan.settings.contact_skill),
    )
    for ordinal, heads, is_crew, skill in wanted:
        if heads:
            yield Duty(
                id=_id(f"{walk.id}-{meeting.kind}", day, ordinal),
                kind=DutyKind.WALK,
                source=walk.id,
                title=walk.name,
                day=day,
                site=walk.site,
                earliest_start=meeting.start,
                latest_start=meeting.start,
                duration_min=meeting.span.minutes,
                heads=heads,
                is_crew=is_crew,
                skills=frozenset({skill}),
                priority=walk.priority,
            )


def session_duty(plan: Plan, session: InformationSession) -> Duty:
    """Return what an information session asks for."""
    return Duty(
        id=_id(session.id, session.day, 1),
        kind=DutyKind.SESSION,
        source=session.id,
        title=session.name,
        day=session.day,
        site=session.site,
        earliest_start=instant(session.day, session.earliest_start, plan.zone),
        latest_start=instant(session.day, session.latest_start, plan.zone),
        duration_min=session.duration_min,
        heads=2 if session.is_crew else 1,
        is_crew=session.is_crew,
        skills=frozenset({session.skill}),
        priority=session.priority,
    )
