"""A made-up week with everything that the week page can show."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.domain.duties import DutyKind, Moment
from planner.domain.ids import DutyId, EmployerId, ShiftId, SquadId, StaffId
from planner.domain.plan import Plan, PlanSettings
from planner.domain.roster import Blocker, Finding, Gap, GapReason, LevelResult, Severity
from planner.domain.spans import Span, local_span
from planner.domain.weeks import IsoWeek
from planner.services.roster.views import (
    DayHeader,
    DutyBar,
    NeedPoint,
    PersonDay,
    PersonRow,
    PlaceDay,
    PlaceDuty,
    PlaceRow,
    ShiftBar,
    WeekState,
    WeekView,
)

ZONE = ZoneInfo("Europe/Stockholm")
WEEK = IsoWeek(2026, 48)
PLAN = Plan(
    settings=PlanSettings(name="Provplan", notice="Personal, tider och platser är påhittade.")
)

_POLICE, _CITY = EmployerId("police"), EmployerId("city")
_NAMES = (
    "Ahmed Larsson", "Anna Åberg", "Britt-Marie Svensson-Lindqvist", "Elin Öberg", "Erik Sjöström",
    "Eva Gustafsson", "Gösta Persson", "Ingrid Eriksson", "Karl Johansson", "Leila Lindqvist",
    "Maria Karlsson", "Märta Andersson", "Olle Åberg", "Sara Bergström", "Siv Gustafsson",
    "Sven Öberg", "Yusuf Hassan", "Åsa Sjöström", "Örjan Dahl", "Zahra Nouri",
)  # fmt: skip
_SCHOOLS = ("Björkskolan", "Ekbergaskolan", "Hammarbyskolan", "Nybyggeskolan", "Viksängsskolan")
_SPOTS = ("Stora torget", "Bäckby centrum")
_PATTERNS = (
    (("A", "Morgon", 0, ((7, 15),)), ("B", "Dag", 1, ((9, 18),)), None),
    (("K", "Kväll", 2, ((14, 23),)), ("N", "Natt", 3, ((22, 7),)), None),
    (("D", "Delad", 4, ((7, 10), (13, 17))), ("D", "Delad", 4, ((7, 10), (13, 17))), None),
)


def week_view(state: WeekState = WeekState.DRAFT, week: IsoWeek = WEEK) -> WeekView:
    """Return a week in ``state``; an empty one has nothing but its days and people."""
    is_empty = state is WeekState.EMPTY
    places = () if is_empty else _places(week)
    return WeekView(
        week=week,
        state=state,
        version=3 if state in {WeekState.PUBLISHED, WeekState.CHANGED} else None,
        published_at=datetime(2026, 11, 20, 12, tzinfo=UTC)
        if state is WeekState.PUBLISHED
        else None,
        zone="Europe/Stockholm",
        notice=PLAN.settings.notice,
        days=tuple(
            DayHeader(
                day=day,
                holiday="Advent" if day.isoweekday() == 7 else "",
                is_free=day.isoweekday() > 5,
                school_note="Höstlov" if day.isoweekday() == 1 else "",
                is_today=day.isoweekday() == 2,
            )
            for day in week.days
        ),
        people=tuple(_person(number, week, is_empty=is_empty) for number in range(len(_NAMES))),
        places=places,
        need=_need(week, is_empty=is_empty),
        gaps=() if is_empty else _gaps(week),
        findings=() if is_empty else _findings(week),
        levels=(
            LevelResult(level="promised-1", value=0, bound=0),
            LevelResult(level="promised-2", value=14, bound=12),
            LevelResult(level="hours", value=120, bound=None),
        ),
        employers=((_POLICE, "Polisen, LPO Västerås"), (_CITY, "Västerås stad")),
        squads=(
            (SquadId("1"), "Turlag 1", _POLICE),
            (SquadId("2"), "Turlag 2", _POLICE),
            (SquadId("3"), "Skolkontakter", _CITY),
        ),
        rule_books=(("Polisens avtal", ""), ("Kommunens avtal", "")),
    )


def span(week: IsoWeek, day: int, start: tuple[int, int], end: tuple[int, int]) -> Span:
    """Return local clock times on a day of the week, Monday 0."""
    return local_span(week.days[day], time(*start), time(*end), ZONE)


def _person(number: int, week: IsoWeek, *, is_empty: bool) -> PersonRow:
    squad = ("1", "2", "3")[number % 3]
    return PersonRow(
        staff=StaffId(f"p{number}"),
        name=_NAMES[number],
        employer=_CITY if squad == "3" else _POLICE,
        squad=SquadId(squad),
        squad_name="Skolkontakter" if squad == "3" else f"Turlag {squad}",
        is_lead=number == 3,
        rate_percent=100 - 20 * (number % 4 == 2),
        counted_min=0 if is_empty else 2400 - 90 * (number % 3) + 150 * (number % 5 == 0),
        target_min=2400,
        days=tuple(_person_day(number, week, day, is_empty=is_empty) for day in range(7)),
    )


def _person_day(number: int, week: IsoWeek, day: int, *, is_empty: bool) -> PersonDay:
    is_absent = number == 4 and day < 3
    pattern = _PATTERNS[number % 3][(number + day) % 3]
    shifts: tuple[ShiftBar, ...] = ()
    bound: tuple[tuple[str, Span], ...] = ()
    if number == 7 and day == 2:
        bound = (("Rättegång", span(week, day, (9, 0), (12, 0))),)
    elif pattern and day < 5 + (number % 3 == 1) * 2 and not is_absent and not is_empty:
        code, name, color, parts = pattern
        school = _SCHOOLS[(number + day) % 5]
        shifts = (
            ShiftBar(
                shift=ShiftId(f"s{number}-{day}"),
                code=code,
                name=name,
                color_index=color,
                parts=tuple(span(week, day, (a, 0), (b, 30)) for a, b in parts),
                breaks=(),
                is_given=number % 4 == 1,
                is_locked=number == 0 and day == 1,
                crew_label=f"Patrull {number}" if number % 3 == 1 else "",
                duties=tuple(
                    DutyBar(
                        duty=DutyId(f"{school}/{day}/{a}"),
                        kind=DutyKind.SCHOOL,
                        title=school,
                        span=span(week, day, (a, 15), (a + 1, 0)),
                    )
                    for a, _b in parts
                    if number % 3 != 1
                ),
            ),
        )
    return PersonDay(
        day=week.days[day],
        shifts=shifts,
        is_absent=is_absent,
        bound=bound,
        wish="free" if number == 2 and day == 5 else "",
        n_findings=1 if number == 5 and day == 1 else 0,
    )


def _places(week: IsoWeek) -> tuple[PlaceRow, ...]:
    schools = tuple(
        PlaceRow(
            source=name,
            name=name,
            kind=DutyKind.SCHOOL,
            days=tuple(_school_day(name, number, week, day) for day in range(7)),
        )
        for number, name in enumerate(_SCHOOLS)
    )
    spots = tuple(
        PlaceRow(
            source=name,
            name=name,
            kind=DutyKind.PRESENCE,
            days=tuple(_spot_day(name, week, day) for day in range(7)),
        )
        for name in _SPOTS
    )
    return schools + spots


def _school_day(name: str, number: int, week: IsoWeek, day: int) -> PlaceDay:
    note = "weekend" if day > 4 else "own_staff" if number == 3 else ""
    note = "study_day" if number == 1 and day == 2 else note
    duties = tuple(
        PlaceDuty(
            duty=DutyId(f"{name}/{day}/{moment}"),
            kind=DutyKind.SCHOOL,
            moment=moment,
            span=span(week, day, (hour, 15), (hour + 1, 0)),
            names=()
            if (number, day, hour) in {(0, 1, 7), (4, 3, 14)}
            else (_NAMES[number * 3 + 2],),
            missing=int((number, day, hour) in {(0, 1, 7), (4, 3, 14)}),
            decision="own-staff" if (number, day, hour) == (4, 3, 14) else "",
        )
        for moment, hour in ((Moment.BEFORE, 7), (Moment.AFTER, 14))
    )
    return PlaceDay(day=week.days[day], duties=() if note else duties, note=note)


def _spot_day(name: str, week: IsoWeek, day: int) -> PlaceDay:
    duties = ()
    if day in {4, 5}:
        duties = tuple(
            PlaceDuty(
                duty=DutyId(f"{name}/{day}/{hour}"),
                kind=DutyKind.PRESENCE,
                moment=None,
                span=span(week, day, (hour, 0), (hour + 2, 0)),
                names=_NAMES[hour - 12 : hour - 11]
                if hour == 20
                else _NAMES[hour - 12 : hour - 10],
                missing=int(hour == 20),
                decision="",
            )
            for hour in (16, 18, 20, 14, 12)
        )
    return PlaceDay(day=week.days[day], duties=duties, note="")


def _gaps(week: IsoWeek) -> tuple[Gap, ...]:
    return (
        Gap(
            duty=DutyId("Björkskolan/1/before"),
            need=None,
            title="Björkskolan",
            span=span(week, 1, (7, 15), (8, 0)),
            missing=1,
            reason=GapReason.RULE,
            is_proved=True,
            proof="nobody",
            blockers=(Blocker(code="blocked", n_staff=1), Blocker(code="daily-rest", n_staff=4)),
        ),
        Gap(
            duty=DutyId("Stora torget/4/20"),
            need=None,
            title="Stora torget",
            span=span(week, 4, (20, 0), (22, 0)),
            missing=2,
            reason=GapReason.PREFERENCE,
            is_proved=False,
            proof=None,
        ),
    )


def _findings(week: IsoWeek) -> tuple[Finding, ...]:
    return (
        Finding(
            code="duty-lost",
            severity=Severity.WARNING,
            staff=StaffId("p5"),
            span=span(week, 1, (7, 0), (8, 0)),
        ),
        Finding(code="school-without-contact", severity=Severity.INFO, place="Hammarbyskolan"),
    )


def _need(week: IsoWeek, *, is_empty: bool) -> tuple[NeedPoint, ...]:
    start = week.span(ZONE).start
    return tuple(
        NeedPoint(
            start=start + timedelta(hours=hour),
            minimum=4,
            needed=6 if hour % 24 >= 14 else 4,
            planned=0 if is_empty else 3 + (hour * 7 // 5) % 6 - (hour == 50) * 2,
        )
        for hour in range(168)
    )
