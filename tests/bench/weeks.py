"""Makes the weeks that are measured: squads and contacts of a city, or of several areas.

Everything is drawn from the plan's seed, each sort of thing from a stream of its own, so that two
plans that differ in demand or kinds of shift share the rest.
"""

import random
from collections.abc import Iterator, Mapping
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
from tests.bench.kinds import CONTACT_KINDS, CREW_KINDS, DAY_MIN, Kind, make_shift

WEEK_MIN = 7 * DAY_MIN
FIRST_DAY = 7
"""Index of the horizon's first day: a week of the past comes before."""

PROMISED, REST, TRAVEL = "promised", "rest", "travel"
LEVELS = (PROMISED, REST, TRAVEL)

QUARTER_PTS = 1
"""On the promised level, for each head and quarter that lacks."""
NEED_PTS, VISIT_PTS, VETO_PTS, SECOND_WEEKEND_PTS, SHORT_REST_PTS = 4, 16, 20, 8, 6
HOURS_PTS, HOURS_STEP_MIN, FAIR_PTS, SUBSTITUTE_PTS, STRANGER_PTS = 1, 30, 3, 2, 6
"""On the other level, in proportions of the order of importance."""

SQUAD_SIZE, N_LEADS = 16, 3
WEEK_TARGET_MIN = {"crews": 2310, "contacts": 2400}
"""Counted minutes of a full-time week."""
REST_ANCHOR_MIN = {"crews": 18 * 60, "contacts": 5 * 60}
"""When the 24 hours of a daily rest begin: so that each kind of shift leaves 11 hours in them."""
EXPECTED_BURDENS = {"night": 1, "evening": 2, "weekend": 1}
"""Shifts of a week that nobody finds unfair, before history."""

_PAST_ROWS: tuple[tuple[str | None, ...], ...] = (
    (None, None, "early", "day", "mid", "evening", "night"),
    ("day", "day", "day", None, "evening", "evening", None),
    ("early", "early", "mid", "mid", None, None, "late"),
    (None, "night", "night", "night", None, None, "day"),
    ("evening", "evening", None, None, None, "late", "late"),
)
_HOUR_WEIGHTS = (
    *(0.75, 0.6, 0.5, 0.45, 0.45, 0.5, 0.75, 0.9),
    *(1.0, 1.0, 1.0, 1.05, 1.1, 1.1, 1.3, 1.4),
    *(1.45, 1.35, 1.3, 1.3, 1.3, 1.25, 1.15, 0.95),
)
"""Need of each hour of a plain day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPlan:
    """What a made-up horizon is made of; people and schools are those of one area.

    Parameters
    ----------
    n_kinds
        Kinds of shift of those who go in crews: 6, 12 or 20.
    utilisation
        Head-hours needed by what the crews' hours targets yield.
    least_share
        Share of each hour's need that is promised.
    n_weeks
        Weeks of the horizon, planned jointly.
    n_areas
        Areas that share nothing.
    ill_share
        Share of the contacts who are absent on Wednesday and Thursday, besides the usual.
    """

    n_police: int
    n_contacts: int
    n_schools: int
    n_spots: int
    n_sessions: int
    n_kinds: int = 6
    utilisation: float = 0.9
    least_share: float = 0.6
    ill_share: float = 0.0
    n_weeks: int = 1
    n_areas: int = 1
    seed: int = 1

    @property
    def n_days(self) -> int:
        """Days of the horizon."""
        return 7 * self.n_weeks


def make_problem(plan: WeekPlan) -> Problem:
    """Return the problem of a plan; the same plan gives the same problem."""
    crew_shifts = tuple(_shifts(plan, CREW_KINDS[plan.n_kinds], "crews"))
    contact_shifts = tuple(_shifts(plan, CONTACT_KINDS, "contacts"))
    names = [f"a{number}-" for number in range(plan.n_areas)] if plan.n_areas > 1 else [""]
    areas = [_Area(plan, name, crew_shifts, contact_shifts) for name in names]
    return Problem(
        horizon=Span(0, plan.n_weeks * WEEK_MIN),
        days=tuple(
            Span(day * DAY_MIN, (day + 1) * DAY_MIN)
            for day in range(-FIRST_DAY, plan.n_days + FIRST_DAY)
        ),
        levels=LEVELS,
        rule_books=(
            _rule_book(plan, "crews", most_week_min=44 * 60, most_days=6, rest_min=9 * 60),
            _rule_book(plan, "contacts", most_week_min=41 * 60, most_days=5, rest_min=11 * 60),
        ),
        shifts=(*crew_shifts, *contact_shifts),
        workers=tuple(worker for area in areas for worker in area.workers),
        tasks=tuple(task for area in areas for task in area.tasks()),
        demands=tuple(demand for area in areas for demand in area.demands()),
        travel={
            mode: {pair: time for area in areas for pair, time in area.travel(speed).items()}
            for mode, speed in (("car", 1.5), ("bike", 3.5))
        },
        travel_level=TRAVEL,
        travel_points=1,
        seed=plan.seed,
    )


def _shifts(plan: WeekPlan, kinds: tuple[Kind, ...], book: str) -> Iterator[Shift]:
    for day in range(plan.n_days):
        for kind in kinds:
            if day % 7 in kind.weekdays:
                yield make_shift(kind, day, FIRST_DAY, book)


def _rule_book(
    plan: WeekPlan, name: str, *, most_week_min: int, most_days: int, rest_min: int
) -> RuleBook:
    weeks, anchor = range(-1, plan.n_weeks + 1), REST_ANCHOR_MIN[name]
    return RuleBook(
        id=name,
        rules=(
            ShiftsPerDay(most=1),
            RestInPeriod(
                name="daily-rest",
                periods=tuple(
                    Span(day * DAY_MIN + anchor, (day + 1) * DAY_MIN + anchor)
                    for day in range(-2, plan.n_days + 2)
                ),
                rest_min=11 * 60,
            ),
            RestInPeriod(
                name="weekly-rest",
                periods=tuple(Span(w * WEEK_MIN + 300, (w + 1) * WEEK_MIN + 300) for w in weeks),
                rest_min=36 * 60,
                standby_breaks_rest=True,
            ),
            WorkingTime(
                periods=tuple(Span(w * WEEK_MIN, (w + 1) * WEEK_MIN) for w in weeks),
                most_min=most_week_min,
            ),
            ConsecutiveDays(most=most_days),
            ContinuousWork(most_min=6 * 60),
            RestBetween(rest_min=rest_min),
        ),
    )


class _Area:
    """People, places and duties of one area; ``name`` begins all of its ids."""

    def __init__(
        self, plan: WeekPlan, name: str, crew_shifts: tuple[Shift, ...], others: tuple[Shift, ...]
    ) -> None:
        self.plan = plan
        self.name = name
        self.crew_shifts = crew_shifts
        self.contact_shifts = others
        self.police = tuple(self._police())
        self.workers = (*self.police, *self._contacts())

    def _stream(self, name: str) -> random.Random:
        return random.Random(f"{self.plan.seed}/{self.name}/{name}")

    def _police(self) -> Iterator[Worker]:
        rng = self._stream("police")
        n_squads = max(2, round(self.plan.n_police / SQUAD_SIZE))
        for number in range(self.plan.n_police):
            squad, place = number % n_squads, number // n_squads
            skills = {f"{self.name}crew"} | ({f"{self.name}talk"} if place % 5 == 0 else set())
            has_nights = rng.random() > 0.08
            offered = tuple(
                shift.id for shift in self.crew_shifts if has_nights or "night" not in shift.tags
            )
            facts = tuple(_past(rng, f"{self.name}p{number:03}", _PAST_ROWS[squad % 5], "crews"))
            yield self._worker(
                rng,
                f"{self.name}p{number:03}",
                "crews",
                share=0.8 if rng.random() < 0.12 else 1.0,
                shifts=offered,
                skills=frozenset(skills),
                facts=facts,
                team=f"{self.name}squad{squad}",
                is_lead=place < N_LEADS,
                travel_mode="car",
                fair_shares=tuple(self._fair_shares(rng, facts)),
                short_rest=ShortRest(level=REST, below_min=12 * 60, points=SHORT_REST_PTS),
            )

    def _contacts(self) -> Iterator[Worker]:
        rng, ill = self._stream("contacts"), self._stream("ill")
        for number in range(self.plan.n_contacts):
            name = f"{self.name}m{number:02}"
            row = ("sooner",) * 5 + (None, None)
            yield self._worker(
                rng,
                name,
                "contacts",
                share=rng.choice((1.0, 1.0, 0.9, 0.75, 0.5)),
                shifts=tuple(shift.id for shift in self.contact_shifts),
                skills=frozenset({f"{self.name}contact"}),
                facts=tuple(_past(rng, name, row, "contacts")),
                travel_mode="bike",
                is_ill=ill.random() < self.plan.ill_share,
            )

    def _worker(  # type: ignore[no-untyped-def]
        self,
        rng: random.Random,
        name: str,
        book: str,
        *,
        share: float,
        facts: tuple[Fact, ...],
        is_ill: bool = False,
        **known,
    ) -> Worker:
        """Return a worker with absences, bound time, wishes and hours drawn for each week."""
        blocked: list[Span] = []
        bound: list[Span] = []
        preferences: list[Preference] = []
        hours: list[HoursTarget] = []
        for week in range(self.plan.n_weeks):
            away = _absence(rng, week)
            if away and facts and away.start < facts[-1].span.end:
                away = Span(away.start + DAY_MIN, away.end + DAY_MIN)
            if is_ill:
                away = Span(week * WEEK_MIN + 2 * DAY_MIN, week * WEEK_MIN + 4 * DAY_MIN)
            elif away is None and rng.random() < 0.1:
                bound.append(_bound(rng, week))
            blocked += [away] if away else []
            preferences += _preferences(rng, week, known["shifts"])
            full_min = WEEK_TARGET_MIN[book] * share
            away_days = away.length // DAY_MIN if away else 0
            hours.append(
                HoursTarget(
                    level=REST,
                    period=Span(week * WEEK_MIN, (week + 1) * WEEK_MIN),
                    target_min=round(full_min - full_min / 5 * min(5, away_days)),
                    over_points=HOURS_PTS,
                    under_points=HOURS_PTS,
                    step_min=HOURS_STEP_MIN,
                )
            )
        if any("weekend" in fact.tags for fact in facts) and book == "crews":
            preferences.append(
                Preference(
                    level=REST,
                    name="second-weekend",
                    days=(FIRST_DAY + 5, FIRST_DAY + 6),
                    points=SECOND_WEEKEND_PTS,
                )
            )
        return Worker(
            id=name,
            rule_book=book,
            facts=facts,
            blocked=tuple(blocked),
            bound=tuple(bound),
            preferences=tuple(preferences),
            hours=tuple(hours),
            **known,
        )

    def _fair_shares(self, rng: random.Random, facts: tuple[Fact, ...]) -> Iterator[FairShare]:
        for tag, expected in EXPECTED_BURDENS.items():
            history = sum(tag in fact.tags for fact in facts) + rng.randint(0, 2)
            share = max(0, expected * self.plan.n_weeks + 2 - history)
            yield FairShare(level=REST, tag=tag, share=share, points=FAIR_PTS)

    def tasks(self) -> Iterator[Task]:
        """Yield school windows, blocks at hotspots, visits and information sessions."""
        for week in range(self.plan.n_weeks):
            yield from self._windows(week)
            for spot in range(self.plan.n_spots):
                yield from self._blocks(week, spot)
                yield from self._visits(week, spot)
            yield from self._sessions(week)

    def _windows(self, week: int) -> Iterator[Task]:
        rng = self._stream("schools")
        people = [worker.id for worker in self.workers if worker.team is None]
        for school in range(self.plan.n_schools):
            opens = rng.choice((420, 440, 450, 455, 470, 480))
            closes = rng.choice((780, 800, 815, 830, 845, 870, 900))
            named, substitute = people[school % len(people)], people[school * 7 % len(people)]
            moments = (("am", opens, rng.choice((45, 55))), ("pm", closes, rng.choice((60, 75))))
            for day in range(week * 7, week * 7 + 5):
                for moment, start, length in moments:
                    yield Task(
                        id=f"{self.name}s{school:02}-{day:02}-{moment}",
                        place=f"{self.name}s{school:02}",
                        earliest_start=day * DAY_MIN + start,
                        latest_start=day * DAY_MIN + start,
                        duration_min=length,
                        heads=2 if school % 19 == 18 else 1,
                        skills=frozenset({f"{self.name}contact"}),
                        level=PROMISED,
                        missing_points=QUARTER_PTS * -(-length // 15),
                        familiar_level=REST,
                        familiar={substitute: SUBSTITUTE_PTS, named: 0},
                        unfamiliar_points=STRANGER_PTS,
                    )

    def _blocks(self, week: int, spot: int) -> Iterator[Task]:
        """Yield the hours of a spot's windows; every third spot is of priority."""
        rng = self._stream(f"spot{spot}")
        plain, late = rng.choice((13, 14, 15, 16, 18)), rng.choice((19, 20, 21))
        hours = {day: range(plain, plain + 3) for day in range(4)}
        hours |= {day: range(late, late + 4) for day in (4, 5)}
        for day, starts in hours.items():
            for hour in starts:
                start = (week * 7 + day) * DAY_MIN + hour * 60
                yield self._crew_task(
                    f"b{spot:02}-{week * 7 + day:02}-{hour:02}",
                    spot,
                    Span(start, start),
                    60,
                    (PROMISED, 4 * QUARTER_PTS) if spot % 3 == 0 else (REST, 4 * NEED_PTS),
                )

    def _visits(self, week: int, spot: int) -> Iterator[Task]:
        rng = self._stream(f"visits{spot}/{week}")
        for day in range(week * 7, week * 7 + 7):
            for number, hour in enumerate((rng.randint(9, 15), rng.randint(17, 23))):
                first = day * DAY_MIN + hour * 60
                yield self._crew_task(
                    f"v{spot:02}-{day:02}-{number}",
                    spot,
                    Span(first, first + rng.choice((60, 75, 90, 105, 120))),
                    rng.choice((10, 15)),
                    (REST, VISIT_PTS),
                )

    def _crew_task(
        self, name: str, spot: int, starts: Span, length: int, price: tuple[str, int]
    ) -> Task:
        return Task(
            id=self.name + name,
            place=f"{self.name}h{spot:02}",
            earliest_start=starts.start,
            latest_start=starts.end,
            duration_min=length,
            step_min=5,
            heads=2,
            is_crew=True,
            skills=frozenset({f"{self.name}crew"}),
            level=price[0],
            missing_points=price[1],
        )

    def _sessions(self, week: int) -> Iterator[Task]:
        rng = self._stream(f"sessions{week}")
        for number in range(self.plan.n_sessions):
            day = week * 7 + rng.randrange(5)
            first = day * DAY_MIN + rng.choice((480, 510, 540))
            yield Task(
                id=f"{self.name}i{week * self.plan.n_sessions + number:02}",
                place=f"{self.name}s{rng.randrange(self.plan.n_schools):02}",
                earliest_start=first,
                latest_start=first + rng.choice((180, 240, 300)),
                duration_min=60,
                step_min=15,
                skills=frozenset({f"{self.name}talk"}),
                level=REST,
                missing_points=2 * VISIT_PTS,
            )

    def demands(self) -> Iterator[Demand]:
        """Yield the staffing of each hour; in all ``utilisation`` of what the targets yield."""
        kinds = CREW_KINDS[self.plan.n_kinds]
        yielded = sum(k.present_min for k in kinds) / sum(k.counted_min for k in kinds)
        supply_min = sum(target.target_min for worker in self.police for target in worker.hours)
        weights = [
            _HOUR_WEIGHTS[hour] * _day_weight(day % 7, hour)
            for day in range(self.plan.n_days)
            for hour in range(24)
        ]
        heads_per_weight = self.plan.utilisation * supply_min * yielded / 60 / sum(weights)
        carried = 0.0
        for number, weight in enumerate(weights):
            wanted = weight * heads_per_weight + carried
            need = max(1, round(wanted))
            carried = wanted - need
            least = max(1, round(need * self.plan.least_share))
            start = number * 60
            yield Demand(
                id=f"{self.name}d{number // 24:02}-{number % 24:02}",
                span=Span(start, start + 60),
                skills=frozenset({f"{self.name}crew"}),
                levels=((least, PROMISED, QUARTER_PTS), (need, REST, NEED_PTS)),
            )

    def travel(self, speed: float) -> Mapping[tuple[str, str], int]:
        """Return minutes between all places of the area; ``speed`` is minutes a kilometre."""
        rng = self._stream("places")
        places = [f"{self.name}s{number:02}" for number in range(self.plan.n_schools)]
        places += [f"{self.name}h{number:02}" for number in range(self.plan.n_spots)]
        at = {place: (rng.random() * 6, rng.random() * 6) for place in places}
        return {
            (a, b): max(3, round((abs(at[a][0] - at[b][0]) + abs(at[a][1] - at[b][1])) * speed))
            for a in places
            for b in places
            if a != b
        }


def _past(
    rng: random.Random, worker: str, row: tuple[str | None, ...], book: str
) -> Iterator[Fact]:
    """Yield what a worker worked in the week before, about as the row says."""
    kind_of = {kind.name: kind for kind in (*CREW_KINDS[6], *CONTACT_KINDS)}
    for weekday, name in enumerate(row):
        if name is not None and rng.random() < 0.9:
            kind, day = kind_of[name], weekday - 7
            yield Fact(
                id=f"{worker}/{kind.name}/{day}",
                day=FIRST_DAY + day,
                parts=kind.spans(day),
                counted_min=kind.counted_min,
                tags=kind.tags(weekday) if book == "crews" else frozenset(),
            )


def _absence(rng: random.Random, week: int) -> Span | None:
    """Return whole days away, for one in ten."""
    first, length = rng.randrange(7), rng.choice((1, 2, 3, 5, 7))
    if rng.random() >= 0.1:
        return None
    start = week * WEEK_MIN + min(first, 7 - length) * DAY_MIN
    return Span(start, start + length * DAY_MIN)


def _bound(rng: random.Random, week: int) -> Span:
    start = week * WEEK_MIN + rng.randint(1, 4) * DAY_MIN + rng.choice((9, 13)) * 60
    return Span(start, start + 180)


def _preferences(rng: random.Random, week: int, shifts: tuple[str, ...]) -> Iterator[Preference]:
    """Yield vetoes and wishes of a worker who is offered ``shifts``."""
    kinds = sorted({name.rsplit("-", 1)[0] for name in shifts})
    days = [FIRST_DAY + week * 7 + rng.randrange(7) for _ in range(3)]
    if rng.random() < 0.12:
        yield Preference(level=REST, name="veto", days=(days[0],), points=VETO_PTS)
    if rng.random() < 0.4:
        yield Preference(level=REST, name="wish-free", days=(days[1],), points=rng.randint(2, 5))
    if rng.random() < 0.4:
        yield Preference(
            level=REST,
            name="wish-shift",
            days=(days[2],),
            points=rng.randint(2, 5),
            kinds=frozenset({kinds[int(rng.random() * len(kinds))]}),
            when_absent=True,
        )


def _day_weight(weekday: int, hour: int) -> float:
    """Return how much more than plain the need is: Friday's and Saturday's evening and night."""
    is_night_out = (weekday in {4, 5} and hour >= 18) or (weekday in {5, 6} and hour < 4)
    if is_night_out:
        return 1.5
    return 0.85 if weekday >= 5 else 1.0
