"""How long the print-outs of a full week of days take: thirty crews, three hundred duties a day."""

import time
from datetime import timedelta

from planner.domain.duties import DutyKind, Moment
from planner.domain.places import PresenceKind
from planner.domain.spans import Span, day_span
from planner.domain.staff import TravelMode
from planner.domain.weeks import IsoWeek
from planner.reports.briefing import (
    Briefing,
    BriefingCrew,
    BriefingLead,
    CrewMember,
    HotspotDay,
    HotspotWindow,
    Stop,
)
from planner.reports.briefing_pdf import render_briefings
from planner.reports.day_document import CrewRef
from planner.reports.duty_list import DutyList, ListedDuty
from planner.reports.duty_list_pdf import render_duty_lists
from planner.reports.school_sheet import Callee
from tests.planner.small import ZONE

WEEK = IsoWeek(2026, 48)
MOST_S = 6.0


def test_days_of_a_week_are_printed_in_time():
    began = time.perf_counter()
    size = len(render_briefings([_briefing(day) for day in WEEK.days]))
    took = time.perf_counter() - began
    print(f"\nbriefings of 7 days, 30 crews, 60 visits    {took:6.2f} s   {size / 1e6:.2f} MB")
    began = time.perf_counter()
    size = len(render_duty_lists([_duties(day) for day in WEEK.days]))
    lists = time.perf_counter() - began
    print(f"lists of 7 days, 300 duties each            {lists:6.2f} s   {size / 1e6:.2f} MB")
    assert took < MOST_S
    assert lists < MOST_S


def _briefing(day):
    crews = [
        CrewRef(label=str(n), names=(f"Erik Lund {n}", f"Sara Holm {n}")) for n in range(1, 31)
    ]
    shift = (_span(day, 14 * 60, 8 * 60),)
    stops = tuple(
        Stop(span=_span(day, 15 * 60 + n, 12), minutes=12, crews=(crews[n % 30],), number=n % 6 + 1)
        for n in range(60)
    )
    return Briefing(
        day=day,
        week=WEEK,
        zone=ZONE.key,
        leads=tuple(
            BriefingLead(name=one.names[0], crew=one.label, squad="Turlag 1", parts=shift)
            for one in crews[:5]
        ),
        crews=tuple(
            BriefingCrew(
                label=one.label,
                shift="K Kväll",
                parts=shift,
                squads=("Turlag 1",),
                travel=(TravelMode.CAR,),
                members=tuple(CrewMember(name=name) for name in one.names),
            )
            for one in crews
        ),
        hotspots=tuple(
            HotspotDay(
                name=f"Torg {n}",
                priority=1,
                windows=(HotspotWindow(kind=PresenceKind.DOSAGE, stops=stops[6 * n : 6 * n + 6]),),
            )
            for n in range(10)
        ),
    )


def _duties(day):
    return DutyList(
        day=day,
        week=WEEK,
        zone=ZONE.key,
        duties=tuple(
            ListedDuty(
                kind=DutyKind.SCHOOL,
                moment=Moment.BEFORE,
                title=f"Skola {n}",
                meeting_place="Norra entrén",
                span=_span(day, 6 * 60 + 2 * n, 45),
                minutes=45,
                people=(Callee(display_name=f"Anna B {n}", phone="021-39 00 12"),),
            )
            for n in range(300)
        ),
    )


def _span(day, start_min, minutes):
    start = day_span(day, ZONE).start + timedelta(minutes=start_min)
    return Span(start, start + timedelta(minutes=minutes))
