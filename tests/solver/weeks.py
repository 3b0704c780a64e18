"""Made-up weeks for the tests of the engine; the same seed gives the same week."""

import random
from dataclasses import dataclass

from solver.data.problem import (
    Demand,
    Fact,
    FairShare,
    HoursTarget,
    Preference,
    Problem,
    Shift,
    ShortRest,
    Task,
    Worker,
)
from solver.data.rules import (
    ConsecutiveDays,
    ContinuousWork,
    RestBetween,
    RestInPeriod,
    RuleBook,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.spans import Span

DAY = 24 * 60
WEEK = Span(0, 7 * DAY)
DAYS = tuple(Span(d * DAY, (d + 1) * DAY) for d in range(-7, 14))
FIRST = 7  # index in DAYS of the horizon's first day

LEVELS = ("promise", "floor", "cover", "hours", "familiar", "fair", "wish", "travel")


@dataclass(frozen=True)
class Kind:
    name: str
    parts: tuple[tuple[float, float], ...]
    break_min: int = 30
    lead_in_min: int = 0
    lead_out_min: int = 0
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)


CREW_KINDS = (
    Kind("early", ((6, 14.5),), 30, 15, 15),
    Kind("day", ((7, 16),), 30, 15, 15),
    Kind("mid", ((11, 19.5),), 30, 15, 15),
    Kind("evening", ((14, 23.5),), 30, 15, 15),
    Kind("late", ((16, 25),), 30, 15, 15),
    Kind("night", ((22, 31),), 30, 15, 15),
    Kind("weekend", ((18, 27),), 30, 15, 15, (4, 5)),
)
CONTACT_KINDS = (
    Kind("full", ((7, 16),), 30, weekdays=(0, 1, 2, 3, 4)),
    Kind("short", ((7, 15.5),), 30, weekdays=(0, 1, 2, 3, 4)),
    Kind("split", ((6.75, 9.25), (13, 17)), 0, weekdays=(0, 1, 2, 3, 4)),
    Kind("morning", ((6.75, 11),), 0, weekdays=(0, 1, 2, 3, 4)),
    Kind("afternoon", ((12, 17),), 0, weekdays=(0, 1, 2, 3, 4)),
)


def rule_book(name: str, *, most_week_min: int, most_days: int, rest_between: int = 0) -> RuleBook:
    rules = [
        ShiftsPerDay(most=1),
        RestInPeriod(
            name="daily-rest",
            periods=tuple(Span(d * DAY + 300, (d + 1) * DAY + 300) for d in range(-2, 9)),
            rest_min=11 * 60,
            standby_breaks_rest=False,
        ),
        RestInPeriod(
            name="weekly-rest",
            periods=tuple(Span(w * 7 * DAY + 300, (w + 1) * 7 * DAY + 300) for w in (-1, 0, 1)),
            rest_min=36 * 60,
            standby_breaks_rest=True,
        ),
        WorkingTime(
            periods=tuple(Span(w * 7 * DAY, (w + 1) * 7 * DAY) for w in (-1, 0, 1)),
            most_min=most_week_min,
        ),
        ConsecutiveDays(most=most_days),
        ContinuousWork(most_min=6 * 60),
    ]
    if rest_between:
        rules.append(RestBetween(rest_min=rest_between))
    return RuleBook(id=name, rules=tuple(rules))


def make_shift(kind: Kind, weekday: int, books: tuple[str, ...]) -> Shift:
    parts = tuple(
        Span(weekday * DAY + int(a * 60), weekday * DAY + int(b * 60)) for a, b in kind.parts
    )
    minutes = sum(part.length for part in parts) - kind.break_min
    tags = set()
    if kind.parts[-1][1] > 24:
        tags.add("night")
    elif kind.parts[-1][1] > 20:
        tags.add("evening")
    if weekday >= 5:
        tags.add("weekend")
    credit = {"night": 60, "evening": 10}
    extra = sum(credit.get(tag, 0) for tag in tags)
    return Shift(
        id=f"{kind.name}-{weekday}",
        day=FIRST + weekday,
        kind=kind.name,
        parts=parts,
        break_min=kind.break_min,
        lead_in_min=kind.lead_in_min,
        lead_out_min=kind.lead_out_min,
        counted_min={book: minutes + (extra if book == "crews" else 0) for book in books},
        tags=frozenset(tags),
    )


def hourly_shift(kind: str, day: int, hours: tuple[int, int], book: str) -> Shift:
    """Return a shift without a break, from one whole hour of a day to another."""
    start, end = (day * DAY + hour * 60 for hour in hours)
    return Shift(
        id=f"{kind}{day}",
        day=day,
        kind=kind,
        parts=(Span(start, end),),
        counted_min={book: end - start},
    )


def fact_of(shift: Shift, worker: str, book: str) -> Fact:
    return Fact(
        id=f"{worker}:{shift.id}",
        day=shift.day,
        parts=shift.parts,
        counted_min=shift.counted_min[book],
        shift=shift.id,
        tags=shift.tags,
    )


def past_facts(rng: random.Random, worker: str) -> tuple[Fact, ...]:
    """Shifts of the week before."""
    facts = []
    for day in sorted(rng.sample(range(-7, 0), rng.randint(3, 5))):
        start = day * DAY + rng.choice((7, 8, 14)) * 60
        facts.append(
            Fact(
                id=f"{worker}:past{day}",
                day=FIRST + day,
                parts=(Span(start, start + 500),),
                counted_min=470,
            )
        )
    return tuple(facts)


def crew_workers(rng: random.Random, shifts: list[Shift], teams: int, size: int) -> list[Worker]:
    by_id = {shift.id: shift for shift in shifts}
    rotation = (
        ("day", "day", "day", None, None, "late", "late"),
        ("evening", "evening", None, None, "weekend", "weekend", None),
        (None, "night", "night", "night", None, None, "day"),
        ("early", "early", "mid", "mid", "mid", None, None),
    )
    workers = []
    for team in range(teams):
        given = team >= (teams + 1) // 2
        for n in range(size):
            name = f"c{team}{n:02}"
            past = past_facts(rng, name)
            facts = past
            if given:
                row = rotation[(team + n // 2) % 4]
                chosen = [by_id[f"{k}-{d}"] for d, k in enumerate(row) if k and f"{k}-{d}" in by_id]
                facts = past + tuple(fact_of(s, name, "crews") for s in chosen)
            day_off = rng.randrange(7)
            workers.append(
                Worker(
                    id=name,
                    rule_book="crews",
                    shifts=() if given else tuple(s.id for s in shifts),
                    skills=frozenset({"crew"} | ({"talk"} if n % 4 == 0 else set())),
                    team=f"team{team}",
                    is_lead=n < 3,
                    facts=facts,
                    blocked=(Span(day_off * DAY, (day_off + 1) * DAY),)
                    if not given and rng.random() < 0.2
                    else (),
                    bound=(Span(day_off * DAY + 540, day_off * DAY + 720),)
                    if rng.random() < 0.1
                    else (),
                    travel_mode="car",
                    preferences=(
                        Preference(level="floor", name="veto", days=(FIRST + day_off,), points=5),
                        Preference(
                            level="wish",
                            name="wish",
                            days=(FIRST + rng.randrange(7),),
                            kinds=frozenset({rng.choice(CREW_KINDS).name}),
                            points=2,
                            when_absent=rng.random() < 0.5,
                        ),
                    )
                    if not given
                    else (),
                    hours=(
                        HoursTarget(
                            level="hours", period=WEEK, target_min=38 * 60 + 30, step_min=30
                        ),
                    ),
                    fair_shares=(
                        FairShare(level="fair", tag="night", share=rng.randint(0, 2)),
                        FairShare(level="fair", tag="weekend", share=rng.randint(0, 2)),
                    ),
                    short_rest=ShortRest(level="floor", below_min=11 * 60, points=3),
                )
            )
    return workers


def contact_workers(rng: random.Random, shifts: list[Shift], size: int) -> list[Worker]:
    workers = []
    for n in range(size):
        name = f"k{n:02}"
        part_time = rng.choice((1.0, 1.0, 0.75, 0.9))
        off = rng.randrange(5)
        wants = rng.randrange(5)
        workers.append(
            Worker(
                id=name,
                rule_book="contacts",
                shifts=tuple(s.id for s in shifts),
                skills=frozenset({"contact"}),
                facts=past_facts(rng, name)[:4],
                blocked=(Span(off * DAY, (off + 1) * DAY),) if rng.random() < 0.15 else (),
                travel_mode="bike",
                preferences=(
                    Preference(
                        level="wish",
                        name="wish",
                        days=tuple(range(FIRST, FIRST + 5)),
                        kinds=frozenset({"split"}),
                        points=1,
                    ),
                    Preference(level="floor", name="veto", days=(FIRST + wants,), points=5)
                    if rng.random() < 0.2
                    else Preference(level="wish", name="free", days=(FIRST + wants,), points=1),
                ),
                hours=(
                    HoursTarget(
                        level="hours",
                        period=WEEK,
                        target_min=int(40 * 60 * part_time),
                        step_min=30,
                    ),
                ),
            )
        )
    return workers


def window_tasks(rng: random.Random, n_sites: int, n_contacts: int) -> list[Task]:
    tasks = []
    for site in range(n_sites):
        person, substitute = site % n_contacts, (site * 7 + 3) % n_contacts
        familiar = {f"k{substitute:02}": 1, f"k{person:02}": 0}
        opens = rng.choice((435, 440, 450, 455))
        closes = rng.choice((800, 815, 830, 845, 870))
        for day in range(5):
            for moment, start, length in (("am", opens, 55), ("pm", closes, 75)):
                tasks.append(
                    Task(
                        id=f"s{site:02}-{day}-{moment}",
                        place=f"s{site:02}",
                        earliest_start=day * DAY + start,
                        latest_start=day * DAY + start,
                        duration_min=length,
                        skills=frozenset({"contact"}),
                        level="promise",
                        missing_points=10,
                        familiar_level="familiar",
                        familiar=familiar,
                        unfamiliar_points=3,
                    )
                )
    return tasks


def crew_tasks(rng: random.Random, n_spots: int) -> list[Task]:
    tasks = []
    for spot in range(n_spots):
        for day in range(7):
            if day in (4, 5) and spot < n_spots // 3 + 1:
                starts = [day * DAY + 21 * 60 + 60 * n for n in range(4)]
                tasks += [
                    _crew_task(f"p{spot}-{day}-{n}", spot, start, start, 60, "promise", 10)
                    for n, start in enumerate(starts)
                ]
            elif spot % 2 and day < 5:
                start = day * DAY + 14 * 60
                tasks += [
                    _crew_task(
                        f"v{spot}-{day}-{n}", spot, start + 120 * n, start + 120 * n + 105,
                        rng.choice((10, 15)), "cover", 4,
                    )
                    for n in range(2)
                ]  # fmt: skip
    return tasks


def _crew_task(
    name: str, spot: int, first: int, last: int, length: int, level: str, points: int
) -> Task:
    return Task(
        id=name,
        place=f"h{spot}",
        earliest_start=first,
        latest_start=last,
        duration_min=length,
        heads=2,
        is_crew=True,
        skills=frozenset({"crew"}),
        level=level,
        missing_points=points,
    )


def travel_times(places: list[str], rng: random.Random, speed: float) -> dict[tuple[str, str], int]:
    at = {place: (rng.random() * 8, rng.random() * 8) for place in places}
    return {
        (a, b): max(3, round((abs(at[a][0] - at[b][0]) + abs(at[a][1] - at[b][1])) * speed))
        for a in places
        for b in places
        if a != b
    }


def week(
    *,
    seed: int = 1,
    n_teams: int = 4,
    team_size: int = 10,
    n_contacts: int = 45,
    n_sites: int = 34,
    n_spots: int = 10,
    n_sessions: int = 4,
) -> Problem:
    """Return a week; the default is of the size of a city's."""
    rng = random.Random(seed)
    crew_shifts = [
        make_shift(k, d, ("crews",)) for d in range(7) for k in CREW_KINDS if d in k.weekdays
    ]
    contact_shifts = [
        make_shift(k, d, ("contacts",)) for d in range(7) for k in CONTACT_KINDS if d in k.weekdays
    ]
    tasks = window_tasks(rng, n_sites, max(1, n_contacts)) + crew_tasks(rng, n_spots)
    for n in range(n_sessions):
        day = rng.randrange(5)
        tasks.append(
            Task(
                id=f"i{n}",
                place=f"s{n:02}",
                earliest_start=day * DAY + 9 * 60,
                latest_start=day * DAY + 13 * 60,
                duration_min=60,
                step_min=15,
                skills=frozenset({"talk"}),
                level="cover",
                missing_points=8,
            )
        )
    demands = []
    for day in range(7):
        for hour in range(24):
            night = hour < 6 or hour >= 22
            scale = n_teams * team_size / 40
            least = max(1, round((2 if night else 4) * scale))
            need = least + round((2 if night else 4) * scale)
            demands.append(
                Demand(
                    id=f"d{day}-{hour}",
                    span=Span(day * DAY + hour * 60, day * DAY + hour * 60 + 60),
                    skills=frozenset({"crew"}),
                    levels=((least, "promise", 2), (need, "cover", 1)),
                )
            )
    places = [f"s{n:02}" for n in range(max(n_sites, n_sessions))] + [
        f"h{n}" for n in range(n_spots)
    ]
    return Problem(
        horizon=WEEK,
        days=DAYS,
        levels=LEVELS,
        rule_books=(
            rule_book("crews", most_week_min=44 * 60, most_days=6),
            rule_book("contacts", most_week_min=41 * 60, most_days=5),
        ),
        shifts=tuple(crew_shifts + contact_shifts),
        workers=tuple(
            crew_workers(rng, crew_shifts, n_teams, team_size)
            + contact_workers(rng, contact_shifts, n_contacts)
        ),
        tasks=tuple(tasks),
        demands=tuple(demands if n_teams else ()),
        travel={"car": travel_times(places, rng, 2.0), "bike": travel_times(places, rng, 4.0)},
        travel_level="travel",
        travel_points=1,
        seed=seed,
    )


def small_week(seed: int = 1) -> Problem:
    """Return a week for quick tests."""
    return week(seed=seed, n_teams=2, team_size=4, n_contacts=4, n_sites=3, n_spots=2, n_sessions=1)
