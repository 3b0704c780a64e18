"""Shift scheduling (Curtois and Qu 2014): does a roster keep the rules, and what does it cost?"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

SATURDAY, SUNDAY = 5, 6
OFF = ""


@dataclass(kw_only=True)
class Employee:
    """Limits of one employee, all hard."""

    most_of: dict[str, int]
    most_min: int
    least_min: int
    most_in_a_row: int
    least_in_a_row: int
    least_off_in_a_row: int
    most_weekends: int
    days_off: set[int] = field(default_factory=set)


@dataclass(kw_only=True)
class Instance:
    """What a file says; days count from 0, a Monday."""

    n_days: int
    minutes: dict[str, int]
    never_next: dict[str, set[str]]
    employees: dict[str, Employee]
    wanted: list[tuple[str, int, str, int]]
    unwanted: list[tuple[str, int, str, int]]
    cover: list[tuple[int, str, int, int, int]]


def read(text: str) -> Instance:
    """Return the instance in a file's text."""
    rows = defaultdict[str, list[list[str]]](list)
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_")
        elif line and not line.startswith("#"):
            rows[section].append([cell.strip() for cell in line.split(",")])
    employees = {row[0]: _employee(row) for row in rows["STAFF"]}
    for name, *days in rows["DAYS_OFF"]:
        employees[name].days_off |= set(map(int, days))
    return Instance(
        n_days=int(rows["HORIZON"][0][0]),
        minutes={shift: int(minutes) for shift, minutes, _ in rows["SHIFTS"]},
        never_next={
            shift: {one for one in after.split("|") if one} for shift, _, after in rows["SHIFTS"]
        },
        employees=employees,
        wanted=[_request(row) for row in rows["SHIFT_ON_REQUESTS"]],
        unwanted=[_request(row) for row in rows["SHIFT_OFF_REQUESTS"]],
        cover=[
            (int(day), shift, int(wanted), int(under), int(over))
            for day, shift, wanted, under, over in rows["COVER"]
        ],
    )


def _request(cells: Sequence[str]) -> tuple[str, int, str, int]:
    name, day, shift, weight = cells
    return name, int(day), shift, int(weight)


def _employee(cells: Sequence[str]) -> Employee:
    most = dict(pair.split("=") for pair in cells[1].split("|"))
    numbers = [int(cell) for cell in cells[2:]]
    return Employee(
        most_of={shift: int(n) for shift, n in most.items()},
        most_min=numbers[0],
        least_min=numbers[1],
        most_in_a_row=numbers[2],
        least_in_a_row=numbers[3],
        least_off_in_a_row=numbers[4],
        most_weekends=numbers[5],
    )


def judge(instance: Instance, assignments: Sequence[Sequence[object]]) -> tuple[list[str], int]:
    """Return what a roster breaks, in words, and its objective.

    Parameters
    ----------
    assignments
        Triples of employee, day and shift.
    """
    roster = {name: [OFF] * instance.n_days for name in instance.employees}
    broken = []
    for name, day, shift in assignments:
        if roster[str(name)][int(str(day))]:
            broken.append(f"{name} has two shifts on day {day}")
        roster[str(name)][int(str(day))] = str(shift)
    for name, days in roster.items():
        broken += [f"{name} {what}" for what in _broken(instance, instance.employees[name], days)]
    return broken, _cost(instance, roster)


def _broken(instance: Instance, employee: Employee, days: Sequence[str]) -> Iterator[str]:
    worked = Counter(shift for shift in days if shift)
    for shift, n in worked.items():
        if n > employee.most_of[shift]:
            yield f"works {shift} {n} times, at most {employee.most_of[shift]}"
    minutes = sum(instance.minutes[shift] * n for shift, n in worked.items())
    if not employee.least_min <= minutes <= employee.most_min:
        yield f"works {minutes} min, {employee.least_min} to {employee.most_min}"
    for day in employee.days_off:
        if days[day]:
            yield f"works on day {day}, which is off"
    for day, (one, other) in enumerate(pairwise(days)):
        if one and other in instance.never_next[one]:
            yield f"works {other} after {one} on day {day}"
    weekends = sum(
        bool(days[day] or (day + 1 < len(days) and days[day + 1]))
        for day in range(SATURDAY, len(days), 7)
    )
    if weekends > employee.most_weekends:
        yield f"works {weekends} weekends, at most {employee.most_weekends}"
    yield from _broken_runs(employee, days)


def _broken_runs(employee: Employee, days: Sequence[str]) -> Iterator[str]:
    at = 0
    for works, run in groupby(days, bool):
        n = len(list(run))
        is_inside = at > 0 and at + n < len(days)
        least = employee.least_in_a_row if works else employee.least_off_in_a_row
        if is_inside and n < least:
            yield f"{'works' if works else 'is off'} {n} days from day {at}, at least {least}"
        if works and n > employee.most_in_a_row:
            yield f"works {n} days from day {at}, at most {employee.most_in_a_row}"
        at += n


def _cost(instance: Instance, roster: dict[str, list[str]]) -> int:
    cost = sum(weight for name, day, shift, weight in instance.wanted if roster[name][day] != shift)
    cost += sum(
        weight for name, day, shift, weight in instance.unwanted if roster[name][day] == shift
    )
    at_work = Counter((day, shift) for days in roster.values() for day, shift in enumerate(days))
    for day, shift, wanted, under, over in instance.cover:
        n = at_work[day, shift]
        cost += under * max(0, wanted - n) + over * max(0, n - wanted)
    return cost
