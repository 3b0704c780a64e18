"""Report-backs: something of everything, a whole city, half-way, next to nothing."""

import random
from datetime import date, timedelta
from typing import Any

from planner.domain.follow_up import EveryPlace, aim_of
from planner.domain.followed_events import MeetingState
from planner.domain.ids import MeasureId, PromiseId
from planner.domain.outcome import outcome_series
from planner.domain.places import MeetingKind
from planner.domain.promised import weeks_of
from planner.domain.promises import Measure, MeasureKind, NotDoneReason, OutcomeCount, Party
from planner.domain.tallies import Reported, Tally, verdict
from planner.domain.weeks import IsoWeek
from planner.reports.report_back import (
    ActionLine,
    MeasureReport,
    MeetingLine,
    PlaceFigures,
    ReportBack,
    RevisionLine,
    WalkLine,
    WeekFigures,
)

FIRST, LAST = date(2026, 11, 18), date(2027, 3, 31)
WEEKS = weeks_of(FIRST, LAST)
SCHOOLS = ("Askskolan", "Björkskolan", "Persboskolan")
SPOTS = ("Stora torget", "Bäckby torg")


def tally(promised: int, rng: random.Random, *, to_come: bool = False) -> Tally:
    """Return what could have become of so many promised things."""
    if to_come:
        return Tally(promised=promised, not_yet_planned=promised, to_come=promised)
    not_done = min(promised, rng.choice((0, 0, 0, 1, 2)))
    not_reported = min(promised - not_done, rng.choice((0, 0, 0, 0, 1)))
    reason = rng.choice(tuple(NotDoneReason))
    not_planned = min(promised, rng.choice((0, 0, 0, 1)))
    return Tally(
        promised=promised,
        planned=promised - not_planned,
        not_planned=not_planned,
        done=promised - not_done - not_reported,
        not_done={reason: not_done} if not_done else {},
        not_reported=not_reported,
    )


def share_measure(
    kind: MeasureKind,
    places: tuple[str, ...],
    per_week: int,
    target: int,
    *,
    last_week: IsoWeek = WEEKS[-1],
    seed: int = 1,
    name: str = "",
) -> MeasureReport:
    """Return a measure whose cells add up to its weeks, places and total."""
    rng = random.Random(seed)
    cells = {
        (place, week): tally(per_week, rng, to_come=week > last_week)
        for place in places
        for week in WEEKS
    }
    total = sum(cells.values(), Tally())
    measure = Measure(
        id=MeasureId(kind.value), promise=PromiseId("p"), kind=kind, name=name, target=target
    )
    aim = aim_of(measure, total.promised)
    is_over = last_week == WEEKS[-1]
    lacking = tuple(
        place
        for place in places
        if any(cells[place, week].done < per_week for week in WEEKS)
    )  # fmt: skip
    return MeasureReport(
        id=measure.id,
        name=name or f"Ett åtagande om {kind}",
        kind=kind,
        party=Party.BOTH,
        is_share=True,
        target=target,
        aim=aim,
        verdict=verdict(total, aim, is_share=True, is_over=is_over),
        total=total,
        weeks=tuple(
            WeekFigures(week=week, tally=sum((cells[place, week] for place in places), Tally()))
            for week in WEEKS
        ),
        places=tuple(
            PlaceFigures(
                place=f"id-{n}",
                title=place,
                tally=sum((cells[place, week] for week in WEEKS), Tally()),
                weeks=tuple(WeekFigures(week=week, tally=cells[place, week]) for week in WEEKS),
            )
            for n, place in enumerate(places)
        ),
        every_place=EveryPlace(
            n_places=len(places),
            n_complete=len(places) - len(lacking),
            lacking=lacking,
            left_out=(),
        )
        if kind is MeasureKind.CONTACT_PERSONS
        else None,
    )


def walk(name: str, first: date, *states: MeetingState, actions: int = 0) -> WalkLine:
    """Return a walk whose meetings are two weeks apart."""
    done = all(state is MeetingState.HELD for state in states)
    return WalkLine(
        name=name,
        meetings=tuple(
            MeetingLine(
                kind=kind,
                day=first + timedelta(weeks=2 * n),
                state=state,
                reason=NotDoneReason.WEATHER if state is MeetingState.NOT_HELD else None,
            )
            for n, (kind, state) in enumerate(zip(MeetingKind, states, strict=True))
        ),
        reported=Reported.DONE if done else Reported.NOT_DONE,
        counts=True,
        actions=tuple(
            ActionLine(
                text=f"Trasig belysning vid gångtunnel {n + 1}",
                responsible="Teknik- och fastighetsförvaltningen",
                due_day=first + timedelta(weeks=12),
                done_day=first + timedelta(weeks=9) if n % 2 else None,
            )
            for n in range(actions)
        ),
    )


def walks_measure() -> MeasureReport:
    """Return a measure of walks: one is done, one was rained off."""
    held, missed = MeetingState.HELD, MeetingState.NOT_HELD
    total = Tally(
        promised=2, planned=2, done=1, not_done={NotDoneReason.WEATHER: 1}
    )  # fmt: skip
    walks = (
        walk("Vandring Bäckby", date(2027, 1, 12), held, held, held, actions=3),
        walk("Vandring Råby", date(2027, 2, 2), held, missed, missed),
    )
    return MeasureReport(
        id="walks",
        name="Trygghetsvandringar tillsammans med ungdomar",
        kind=MeasureKind.WALKS,
        party=Party.BOTH,
        is_share=False,
        target=3,
        aim=3,
        verdict=verdict(total, 3, is_share=False, is_over=True),
        total=total,
        weeks=tuple(WeekFigures(week=week, tally=Tally()) for week in WEEKS),
        places=(),
        walks=walks,
    )


def sessions_measure() -> MeasureReport:
    """Return a measure of information sessions that reached its target."""
    one = Tally(promised=1, planned=1, done=1)
    places = tuple(
        PlaceFigures(
            place=f"s{n}",
            title=f"Om rån, klass 8{letter}, Persboskolan",
            tally=one,
            weeks=(WeekFigures(week=WEEKS[3 + n], tally=one),),
        )
        for n, letter in enumerate("abcd")
    )
    total = sum((place.tally for place in places), Tally())
    return MeasureReport(
        id="sessions",
        name="Information om personrån i årskurs 8",
        kind=MeasureKind.SESSIONS,
        party=Party.POLICE,
        is_share=False,
        target=4,
        aim=4,
        verdict=verdict(total, 4, is_share=False, is_over=True),
        total=total,
        weeks=tuple(WeekFigures(week=week, tally=Tally()) for week in WEEKS),
        places=places,
    )


def outcome_counts() -> tuple[OutcomeCount, ...]:
    """Return reported robberies from a year before the promise to its end; one month lacks."""
    numbers = (9, 11, 14, 12, 8, 14, 14, 7, 9, 6, 10, 18, 12, 10, 6, 8, 7)
    return tuple(
        OutcomeCount(
            month=date(2025 + (10 + n) // 12, (10 + n) % 12 + 1, 1),
            kind="personrån",
            area="Västerås",
            n=count,
            source="Brå, anmälda brott, hämtat 2027-04-12 (påhittat)",
        )
        for n, count in enumerate(numbers)
        if n != 8
    )


def report_back(**more: Any) -> ReportBack:
    """Return a report-back with something of everything."""
    values: dict[str, Any] = {
        "name": "Medborgarlöfte Västerås 2026–2027",
        "city": "Västerås stad",
        "city_signatory": "Stina Stad, kommunstyrelsens ordförande",
        "police": "Lokalpolisområde Västerås",
        "police_signatory": "Per Polis, chef för lokalpolisområdet",
        "first_day": FIRST,
        "last_day": LAST,
        "signed_on": date(2026, 11, 17),
        "report_by": date(2027, 4, 30),
        "as_of": date(2027, 4, 12),
        "is_over": True,
        "notice": "Påhittade uppgifter: veckor, utfall och brott är simulerade.",
        "measures": (
            share_measure(
                MeasureKind.CONTACT_PERSONS, SCHOOLS, 10, 95,
                name="En kontaktperson vid skolan före och efter skoltid i alla grundskolor",
            ),
            share_measure(
                MeasureKind.PRESENCE, SPOTS, 12, 90, seed=2,
                name="Polisiär närvaro på utvalda platser vid relevanta tider",
            ),
            walks_measure(),
            sessions_measure(),
        ),
        "revisions": (
            RevisionLine(
                made_on=date(2027, 1, 8),
                first_day=date(2027, 1, 11),
                reason="Björkskolan ändrade sina ringtider",
                n_before=900,
                n_after=888,
            ),
        ),
        "outcomes": outcome_series(outcome_counts(), FIRST, LAST),
        "unpublished": (WEEKS[6],),
        "retention_days": 90,
    }  # fmt: skip
    return ReportBack(**values | more)


def overfull_report_back(n_schools: int = 36) -> ReportBack:
    """Return a report-back of a whole city, with long names."""
    schools = tuple(
        f"Sankt Ilians-Lillhamra grundskola och fritidshem, södra delen {n}"
        if n % 7 == 0
        else f"Skola {n:02}"
        for n in range(n_schools)
    )
    few = report_back()
    contacts = share_measure(MeasureKind.CONTACT_PERSONS, schools, 10, 95, seed=3, name="X" * 90)
    return report_back(
        name="Medborgarlöfte för trygghet i Västerås västra stadsdelar och centrum, andra året",
        measures=(contacts, *few.measures[1:]),
        revisions=few.revisions * 3,
    )


def interim_report_back() -> ReportBack:
    """Return what is known half-way."""
    half = WEEKS[9]
    few = report_back()
    return report_back(
        is_over=False,
        as_of=half.days[-1] + timedelta(days=1),
        measures=(
            share_measure(MeasureKind.CONTACT_PERSONS, SCHOOLS, 10, 95, last_week=half),
            *few.measures[1:],
        ),
        outcomes=(),
    )


def empty_report_back() -> ReportBack:
    """Return a report-back on a promise without measures or numbers, and nobody to sign it."""
    return report_back(
        measures=(), outcomes=(), revisions=(), unpublished=(), notice="", report_by=None,
        city="", city_signatory="", police="", police_signatory="",
    )  # fmt: skip
