"""Small made-up problems, for examples by hand and for property tests."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from hypothesis import strategies as st

from solver.data.extra_time import ExtraTime
from solver.data.pairings import Apart, Link, Pairing, Together
from solver.data.problem import (
    Demand,
    Fact,
    FairShare,
    HoursTarget,
    Preference,
    Problem,
    Reference,
    Shift,
    ShortRest,
    Task,
    Worker,
)
from solver.data.rules import (
    ANY_WORK,
    ConsecutiveDays,
    ConsecutiveDaysOff,
    ContinuousWork,
    CountOfShifts,
    ForbiddenSequence,
    RestBetween,
    RestInPeriod,
    Rule,
    RuleBook,
    ShiftsPerDay,
    Weekends,
    WorkingTime,
)
from solver.data.spans import Span

DAY = 24 * 60
HOUR = 60
N_DAYS = 4
DAYS = tuple(Span(day * DAY, (day + 1) * DAY) for day in range(-3, N_DAYS + 2))
FIRST = 3
"""Index of the horizon's first day."""
HORIZON = Span(0, N_DAYS * DAY)
LEVELS = ("promise", "floor", "cover", "hours", "familiar", "fair", "wish", "travel")

KINDS = {
    "day": ((7 * HOUR, 16 * HOUR),),
    "evening": ((15 * HOUR, 24 * HOUR),),
    "night": ((22 * HOUR, 31 * HOUR),),
    "split": ((6 * HOUR, 10 * HOUR), (14 * HOUR, 18 * HOUR)),
}


def make_shift(kind: str, day: int, *, break_min: int = 30) -> Shift:
    """Return a shift of a kind on a day of the horizon, counted from 0."""
    parts = tuple(Span(start + day * DAY, end + day * DAY) for start, end in KINDS[kind])
    worked = sum(part.length for part in parts)
    return Shift(
        id=f"{kind}{day}",
        day=FIRST + day,
        kind=kind,
        parts=parts,
        break_min=0 if kind == "split" else break_min,
        lead_in_min=15,
        lead_out_min=15,
        counted_min={"book": worked - (0 if kind == "split" else break_min)},
        tags=frozenset({kind}),
    )


SHIFTS = tuple(make_shift(kind, day) for day in range(N_DAYS) for kind in KINDS)


def make_fact(kind: str, day: int) -> Fact:
    """Return a worked shift of a kind; inside the horizon it equals the problem's shift."""
    shift = make_shift(kind, day)
    return Fact(
        id=f"fact-{kind}{day}",
        day=shift.day,
        parts=shift.parts,
        counted_min=shift.counted_min["book"],
        shift=shift.id if 0 <= day < N_DAYS else None,
        tags=shift.tags,
        kind=kind,
    )


def make_problem(
    *workers: Worker,
    rules: tuple[Rule, ...] = (),
    tasks: tuple[Task, ...] = (),
    demands: tuple[Demand, ...] = (),
    reference: Reference | None = None,
    pairings: tuple[Pairing, ...] = (),
    links: tuple[Link, ...] = (),
) -> Problem:
    """Return a problem of four days with every kind of shift on each; all tasks have the link."""
    return Problem(
        horizon=HORIZON,
        days=DAYS,
        levels=LEVELS,
        rule_books=(RuleBook(id="book", rules=rules),),
        shifts=SHIFTS,
        workers=workers,
        tasks=tuple(replace(task, link=links[0].id) for task in tasks) if links else tasks,
        demands=demands,
        travel={"car": {("a", "b"): 20, ("b", "a"): 20}},
        travel_level="travel",
        travel_points=1,
        reference=reference,
        pairings=pairings,
        links=links,
    )


def anchored(n_days: int, rest_h: int, name: str = "daily-rest", *, at_h: int = 5) -> RestInPeriod:
    """Return rest in periods of some days, anchored at an hour."""
    first = -3 * DAY + at_h * HOUR
    periods = tuple(
        Span(first + n * n_days * DAY, first + (n + 1) * n_days * DAY)
        for n in range((len(DAYS) - 1) // n_days)
    )
    return RestInPeriod(
        name=name,
        periods=periods,
        rest_min=rest_h * HOUR,
        standby_breaks_rest=name == "weekly-rest",
    )


_FAMILIES = (
    st.builds(ShiftsPerDay, most=st.integers(1, 2)),
    st.builds(anchored, st.just(1), st.integers(8, 13), at_h=st.integers(0, 8)),
    st.builds(anchored, st.just(4), st.integers(24, 48), st.just("weekly-rest")),
    st.builds(RestBetween, rest_min=st.integers(6 * HOUR, 12 * HOUR)),
    st.builds(WorkingTime, periods=st.just((HORIZON,)), most_min=st.integers(480, 1800)),
    st.builds(ConsecutiveDays, most=st.integers(1, 4)),
    st.builds(ContinuousWork, most_min=st.integers(3 * HOUR, 9 * HOUR)),
)

rule_sets = st.tuples(*(st.none() | family for family in _FAMILIES)).map(
    lambda rules: tuple(rule for rule in rules if rule is not None)
)
"""At most one rule of each family."""

_SOFT = st.sampled_from([{}, {"level": "floor", "points": 2}, {"level": "fair", "points": 1}])
_ONLY_SOFT = _SOFT.filter(bool)
_PERIODS = st.sampled_from([(HORIZON,), (Span(0, 2 * DAY), Span(2 * DAY, 4 * DAY))])


def _soft(kind: Callable[..., Rule], how: dict[str, Any], **fields: Any) -> Rule:
    return kind(**fields, **how)


_HOLDING = st.sampled_from(
    [frozenset(), frozenset({FIRST, FIRST + 1}), frozenset({FIRST - 1, FIRST + 2})]
)

_OVER_DAYS = (
    st.builds(
        lambda n_days, rest_h, how: replace(anchored(n_days, rest_h, "weekly-rest"), **how),
        st.integers(1, 4),
        st.integers(8, 60),
        _ONLY_SOFT,
    ),
    st.builds(
        partial(_soft, ConsecutiveDays),
        _SOFT,
        most=st.integers(1, 4),
        least=st.integers(1, 3),
        days=_HOLDING,
    ),
    st.builds(
        partial(_soft, ConsecutiveDays),
        _SOFT,
        most=st.integers(1, 2),
        least=st.integers(1, 2),
        tags=st.sampled_from([frozenset({"night"}), frozenset({"day", "split"})]),
        days=_HOLDING,
    ),
    st.builds(partial(_soft, ConsecutiveDaysOff), _SOFT, least=st.integers(1, 3), days=_HOLDING),
    st.builds(
        partial(_soft, ConsecutiveDaysOff),
        _ONLY_SOFT,
        least=st.integers(1, 2),
        most=st.integers(0, 2),
        days=_HOLDING,
    ),
    st.builds(
        partial(_soft, Weekends),
        _SOFT,
        weekends=st.sampled_from(
            [
                ((FIRST, FIRST + 1), (FIRST + 2, FIRST + 3)),
                ((0, 1), (2, 3), (5, 6, 7)),
                ((0,), (1,), (3, 4), (6,), (8,)),
                ((4, 5),),
                (),
            ]
        ),
        most=st.none() | st.integers(0, 1),
        is_complete=st.booleans(),
        most_in_row=st.none() | st.integers(1, 2),
    ),
    st.builds(
        partial(_soft, ForbiddenSequence),
        _SOFT,
        sequences=st.sampled_from(
            [(("night", "day"),), (("evening", "day"), ("day", "night"), ("split", "split"))]
        ),
    ),
    st.builds(
        partial(_soft, ForbiddenSequence),
        _SOFT,
        sequences=st.lists(
            st.lists(
                st.sampled_from(["day", "night", "split", ANY_WORK, None]), min_size=2, max_size=4
            ).map(tuple),
            max_size=4,
        ).map(tuple),
        first_days=st.sampled_from(
            [frozenset(), frozenset({FIRST - 2, FIRST, FIRST + 1}), frozenset({FIRST + 2})]
        ),
    ),
    st.builds(
        partial(_soft, CountOfShifts),
        _SOFT,
        periods=_PERIODS,
        kinds=st.sampled_from([frozenset(), frozenset({"day", "night"})]),
        tags=st.sampled_from([frozenset(), frozenset({"night", "split"})]),
        most=st.none() | st.integers(0, 2),
    ),
    st.builds(
        partial(_soft, CountOfShifts),
        _ONLY_SOFT,
        periods=_PERIODS,
        tags=st.sampled_from([frozenset(), frozenset({"day"})]),
        least=st.integers(1, 3),
        most=st.none() | st.integers(1, 2),
    ),
    st.builds(
        partial(_soft, WorkingTime),
        _ONLY_SOFT,
        periods=_PERIODS,
        most_min=st.integers(480, 1800),
        least_min=st.integers(1, 1800),
        step_min=st.sampled_from([15, 60]),
    ),
)

more_rule_sets = st.builds(
    lambda some, *more: (*some, *(rule for rule in more if rule is not None)),
    rule_sets,
    *(st.none() | family for family in _OVER_DAYS),
)
"""At most one rule of each family, and of those over days and with points."""

spans = st.builds(
    lambda start, length: Span(start * 30, (start + length) * 30),
    st.integers(-40, N_DAYS * 48),
    st.integers(1, 10),
)


_PASSING = st.sampled_from([HORIZON, Span(DAY, 3 * DAY), Span(-DAY, 9 * HOUR)])


@st.composite
def workers(
    draw: st.DrawFn,
    name: str = "w",
    *,
    team: str | None = None,
    is_lead: bool = False,
    has_passing_skills: bool = False,
    has_extra_times: bool = True,
) -> Worker:
    """Draw a worker with facts, blocked and bound time, stand-by and wishes."""
    days = draw(st.lists(st.integers(-3, N_DAYS), unique=True, max_size=4))
    facts = tuple(make_fact(draw(st.sampled_from(sorted(KINDS))), day) for day in sorted(days))
    taken = {fact.day for fact in facts}
    skills = draw(st.sets(st.sampled_from(["s", "t"])))
    return Worker(
        id=name,
        rule_book="book",
        shifts=tuple(shift.id for shift in SHIFTS if shift.day not in taken),
        skills=frozenset(skills),
        skill_spans=tuple(
            (skill, draw(_PASSING))
            for skill in (sorted(skills) if has_passing_skills else ())
            if draw(st.booleans())
        ),
        team=team,
        is_lead=is_lead,
        facts=facts,
        blocked=tuple(draw(st.lists(spans, max_size=1))),
        bound=tuple(draw(st.lists(spans, max_size=1))),
        standby=tuple(draw(st.lists(spans, max_size=1))),
        travel_mode="car",
        preferences=(
            Preference(level="floor", name="veto", days=(FIRST + 1,), points=7),
            Preference(
                level="wish",
                name="wish",
                days=(FIRST + 2,),
                points=3,
                kinds=frozenset({"day"}),
                when_absent=True,
            ),
        ),
        hours=(
            HoursTarget(level="hours", period=HORIZON, target_min=draw(st.integers(0, 40 * HOUR))),
        ),
        fair_shares=(FairShare(level="fair", tag="night", share=draw(st.integers(0, 2))),),
        short_rest=ShortRest(level="floor", below_min=11 * HOUR, points=2),
        extra_times=tuple(draw(st.lists(extra_times, max_size=2))) if has_extra_times else (),
    )


@st.composite
def pairings(draw: st.DrawFn, names: Sequence[str]) -> tuple[Pairing, ...]:
    """Draw who of some workers is to work together, and who is not; nothing for fewer than two."""
    found: list[Pairing] = []
    for _ in range(draw(st.integers(0, 2)) if len(names) > 1 else 0):
        order = draw(st.permutations(names))
        some = tuple(order[: draw(st.integers(2, len(names)))])
        how: dict[str, Any] = {
            "is_by_day": draw(st.booleans()),
            "span": draw(st.sampled_from([None, Span(DAY, 3 * DAY)])),
            **draw(_SOFT),
        }
        if draw(st.booleans()):
            found.append(Apart(workers=some, **how))
        else:
            found.append(Together(worker=some[0], others=some[1:], **how))
    return tuple(found)


links = st.just(()) | st.builds(
    lambda most, how: (Link(id="link", most=most, **how),), st.integers(1, 2), _SOFT
)
"""Nothing, or a link for all tasks."""


def _extra_time(**fields: Any) -> ExtraTime:
    return ExtraTime(**fields.pop("how"), **fields)


extra_times = st.builds(
    _extra_time,
    name=st.sampled_from(["overtime", "added-time", "average-time"]),
    periods=st.sampled_from(
        [
            (HORIZON,),
            (Span(-DAY, DAY), Span(DAY, 3 * DAY), Span(3 * DAY, 5 * DAY)),
            (Span(0, 2 * DAY), Span(2 * DAY, 4 * DAY)),
        ]
    ),
    from_min=st.sampled_from([0, 300, 510, 1000]),
    until_min=st.sampled_from([None, 1020, 1300]),
    most_min=st.sampled_from([0, 400, 700, 1200]),
    used_min=st.sampled_from([0, 0, 100, 800]),
    step_min=st.sampled_from([15, 60]),
    how=_SOFT,
)
"""What a worker may do beyond what is agreed, hard or soft."""


@st.composite
def references(draw: st.DrawFn, *names: str) -> Reference:
    """Draw a roster of some workers to stay near, with what changes cost at short notice."""
    pairs = st.tuples(st.sampled_from(names), st.sampled_from([shift.id for shift in SHIFTS]))
    return Reference(
        level=draw(st.sampled_from(["fair", "wish"])),
        shifts=tuple(draw(st.lists(pairs, unique=True, max_size=5))),
        shift_points=draw(st.integers(0, 2)),
        now=draw(st.sampled_from([-DAY, 8 * HOUR])),
        notices=draw(st.sampled_from([(), ((2 * DAY, 3),), ((DAY, 2), (3 * DAY, 1))])),
        least_notice_min=draw(st.sampled_from([None, 0, 36 * HOUR])),
    )


patterns = st.lists(st.sampled_from([shift.id for shift in SHIFTS]), unique=True, max_size=4)
