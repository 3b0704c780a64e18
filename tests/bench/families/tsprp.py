"""Task scheduling and personnel rostering (Smet, Ernst and Vanden Berghe 2016)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

DAY_OFF = 0
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Instance:
    """What a file says; shift 0 is the day off.

    Parameters
    ----------
    tasks
        Start and end in minutes of a day, and the day.
    shifts
        Start and end in minutes of the day.
    of_kind
        Least and most of each shift, day off included.
    most_off, most_on
        Days in a row.
    """

    tasks: list[tuple[int, int, int]]
    shifts: list[tuple[int, int]]
    can_do: list[set[int]]
    n_days: int
    worked: tuple[int, int]
    of_kind: list[tuple[int, int]]
    most_off: int
    most_on: int
    no_isolated_day_off: bool
    complete_weekends: bool
    forbidden: set[tuple[int, int]]


def read(text: str) -> Instance:
    """Return the instance in a file's text."""
    lines = iter([line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"])

    def count(name: str) -> int:
        line = next(lines)
        assert line.startswith(name), line
        return int(line.partition("=")[2])

    def pair() -> tuple[int, int]:
        one, other = map(int, next(lines).split()[:2])
        return one, other

    tasks = [tuple(map(int, next(lines).split())) for _ in range(count("Tasks"))]
    rows = [list(map(int, next(lines).split())) for _ in range(count("Shifts"))]
    can_do = [
        set(map(int, re.findall(r"\d+", next(lines).partition(":")[2])))
        for _ in range(count("Employees"))
    ]
    n_days = count("Days")
    assert next(lines) == "Shift constraints"
    worked = pair()
    of_kind = [pair() for _ in rows]
    most_off, most_on = pair()
    isolated, weekends = next(lines) == "true", next(lines) == "true"
    forbidden = {pair() for _ in range(count("Forbidden sequences"))}
    return Instance(
        tasks=[(start, end, day) for start, end, day in tasks],
        shifts=[(row[0], row[0] + row[3]) for row in rows],
        can_do=can_do,
        n_days=n_days,
        worked=worked,
        of_kind=of_kind,
        most_off=most_off,
        most_on=most_on,
        no_isolated_day_off=isolated,
        complete_weekends=weekends,
        forbidden=forbidden,
    )


def judge(instance: Instance, solution: Mapping[str, Sequence]) -> tuple[list[str], int]:
    """Return what a solution breaks of the hard rules, in words, and its objective.

    Parameters
    ----------
    solution
        ``tasks``, the employee of each, and ``roster``, the shift of each day by employee.
    """
    broken = list(_broken(instance, solution["tasks"], solution["roster"]))
    return broken, sum(_cost(instance, days) for days in solution["roster"])


def _broken(
    instance: Instance, doers: Sequence[int | None], roster: Sequence[Sequence[int]]
) -> Iterator[str]:
    of_day: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for task, (start, end, day) in enumerate(instance.tasks):
        who = doers[task]
        if who is None:
            yield f"nobody does task {task}"
            continue
        of_day[who, day].append((start, end, task))
        if task not in instance.can_do[who]:
            yield f"employee {who} cannot do task {task}"
        first, last = instance.shifts[roster[who][day]]
        if not first <= start < end <= last:
            yield f"task {task} is not inside the shift of employee {who}"
    for (who, _day), mine in of_day.items():
        mine.sort()
        for one, other in pairwise(mine):
            if other[0] < one[1]:
                yield f"employee {who} does {one[2]} and {other[2]} at once"
    for who, days in enumerate(roster):
        if len(days) != instance.n_days:
            yield f"employee {who} has {len(days)} days"
        idle = (day for day, shift in enumerate(days) if shift and not of_day[who, day])
        yield from (f"employee {who} has a shift without a task on day {day}" for day in idle)


def _cost(instance: Instance, days: Sequence[int]) -> int:
    works = [shift != DAY_OFF for shift in days]
    cost = _outside(sum(works), instance.worked)
    counts = Counter(days)
    cost += sum(_outside(counts[kind], limits) for kind, limits in enumerate(instance.of_kind))
    cost += _long_runs(works, instance.most_on)
    cost += _long_runs([not one for one in works], instance.most_off)
    if instance.no_isolated_day_off:
        cost += sum(
            one and not middle and other
            for one, middle, other in zip(works, works[1:], works[2:], strict=False)
        )
    if instance.complete_weekends:
        cost += sum(works[day] != works[day + 1] for day in range(SATURDAY, len(days) - 1, 7))
    return cost + sum(pair in instance.forbidden for pair in pairwise(days))


def _outside(n: int, limits: tuple[int, int]) -> int:
    least, most = limits
    return max(0, least - n) + max(0, n - most)


def _long_runs(days: Sequence[bool], most: int) -> int:
    return sum(all(days[at : at + most + 1]) for at in range(len(days) - most))
