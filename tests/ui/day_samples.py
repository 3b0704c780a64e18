"""A made-up day with everything that the timeline can show."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.domain.duties import DutyKind
from planner.domain.ids import DutyId, EmployerId, ShiftId, SquadId, StaffId
from planner.domain.spans import Span, day_span, instant
from planner.domain.weeks import IsoWeek
from planner.services.roster.views import DayHeader
from planner.services.week.day_views import (
    DayRow,
    DayShift,
    DayView,
    DutyBlock,
    QuarterNeed,
    Travel,
)

ZONE = ZoneInfo("Europe/Stockholm")
WEEK = IsoWeek(2026, 48)
TUESDAY = WEEK.days[1]
POLICE, CITY = EmployerId("police"), EmployerId("city")
ANNA, BERIT, CARL, DISA, ELSA = (
    StaffId(name) for name in ("anna", "berit", "carl", "disa", "elsa")
)
SCHOOL, WALK = DutyId("school/2026-11-24/1"), DutyId("walk/2026-11-24/1")
DAY_SHIFT, SPLIT, NIGHT = ShiftId("s-anna"), ShiftId("s-berit"), ShiftId("s-carl")


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    """Return the instant of a local time; hours from 24 on are on the next day."""
    whole = day + timedelta(days=hour // 24)
    return instant(whole, time(hour % 24, minute), ZONE)


def span(start: tuple[int, int], end: tuple[int, int], day: date = TUESDAY) -> Span:
    """Return the time between two local times."""
    return Span(at(*start, day=day), at(*end, day=day))


def day_view(day: date = TUESDAY, *, is_today: bool = False) -> DayView:
    """Return the day: two with duties, one at night, one away and in court, one free."""
    week = IsoWeek.of(day)
    whole = day_span(day, ZONE)
    return DayView(
        week=week,
        day=day,
        zone="Europe/Stockholm",
        days=tuple(
            DayHeader(
                day=each,
                holiday="",
                is_free=each.isoweekday() > 5,
                school_note="",
                is_today=is_today and each == day,
            )
            for each in week.days
        ),
        span=Span(whole.start, at(31, day=day)),
        midnight=whole.end,
        rows=tuple(_rows(day)),
        need=tuple(
            QuarterNeed(
                span=Span(
                    at(8 + n // 4, n % 4 * 15, day), at(8 + n // 4, n % 4 * 15, day) + QUARTER
                ),
                minimum=2,
                needed=3,
                planned=1 if n == 2 else 3,
            )
            for n in range(8)
        ),
    )


QUARTER = timedelta(minutes=15)


def only(view: DayView, *staff: StaffId) -> DayView:
    """Return the day with these people alone."""
    return replace(view, rows=tuple(row for row in view.rows if row.staff in staff))


def _rows(day: date) -> list[DayRow]:
    school = DutyBlock(
        duty=SCHOOL,
        kind=DutyKind.SCHOOL,
        title="Björkskolan",
        span=span((9, 0), (10, 0), day),
        is_locked=True,
    )
    walk = DutyBlock(
        duty=WALK,
        kind=DutyKind.WALK,
        title="Trygghetsvandring",
        span=span((10, 5), (12, 0), day),
        is_locked=False,
    )
    whole = _shift(
        DAY_SHIFT,
        (span((7, 0), (16, 0), day),),
        breaks=(span((12, 0), (12, 30), day),),
        muster=span((7, 0), (7, 15), day),
        report=span((15, 30), (16, 0), day),
        duties=(school, walk),
        travels=(Travel(room=span((10, 0), (10, 5), day), minutes=12),),
    )
    split = _shift(SPLIT, (span((7, 0), (9, 0), day), span((13, 0), (17, 0), day)), is_given=True)
    night = _shift(NIGHT, (span((22, 0), (30, 30), day),), is_locked=True)
    return [
        _row(ANNA, "Anna Åberg", "1", shifts=(whole,), n_findings=1),
        _row(CARL, "Carl Ek", "1", shifts=(night,)),
        _row(
            DISA,
            "Disa Dahl",
            "2",
            bound=(("Rättegång", span((9, 0), (11, 0), day)),),
            absences=(span((12, 0), (24, 0), day),),
        ),
        _row(BERIT, "Berit Öst", None, shifts=(split,)),
        _row(ELSA, "Elsa Ny", None),
    ]


def _shift(shift: ShiftId, parts: tuple[Span, ...], **more: object) -> DayShift:
    values: dict[str, object] = {
        "breaks": (),
        "muster": None,
        "report": None,
        "is_given": False,
        "is_locked": False,
        "duties": (),
        "travels": (),
    }
    return DayShift(
        shift=shift,
        code="D",
        name="Dag",
        color_index=0,
        parts=parts,
        crew_label="",
        starts_before=False,
        **(values | more),  # type: ignore[arg-type]
    )


def _row(staff: StaffId, name: str, squad: str | None, **more: object) -> DayRow:
    values: dict[str, object] = {"shifts": (), "bound": (), "absences": (), "n_findings": 0}
    return DayRow(
        staff=staff,
        name=name,
        employer=POLICE if squad else CITY,
        employer_name="Polisen" if squad else "Västerås stad",
        squad=SquadId(squad) if squad else None,
        squad_name=f"Turlag {squad}" if squad else "",
        is_lead=False,
        rate_percent=100,
        **(values | more),  # type: ignore[arg-type]
    )
