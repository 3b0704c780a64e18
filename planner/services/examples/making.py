"""The examples: plans of a made-up city, moved to the week in which somebody looks at them."""

import csv
import shutil
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import resources
from planner import clock
from planner.domain.plan import Plan, PlanSettings
from planner.domain.weeks import IsoWeek
from planner.errors import NotFoundError
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content
from planner.services.examples.history import simulate_history
from planner.services.imports.importing import import_
from planner.services.plans import open_plan
from planner.services.week.weeks import next_school_week
from planner.store.files import Target, create_tables, is_address, new_file

EXAMPLE_WEEK = IsoWeek(2026, 48)
"""The week that the examples' absences, events and shifts are written for."""

_MOVED = {
    "absences": ("start", "end"),
    "bound_times": ("start", "end"),
    "standbys": ("start", "end"),
    "wishes": ("day",),
    "opening_balances": ("day",),
    "changed_days": ("day",),
    "walk_meetings": ("start", "end"),
    "information_sessions": ("day",),
    "shifts": ("start", "end", "break_start", "break_end"),
    "base_rosters": ("first_monday",),
    "promises": ("first_day", "last_day", "signed_on", "report_by"),
    "walk_actions": ("due_day", "done_day"),
}
"""Columns with days of the example's week; terms and contracts go on for years and stay."""


_MOVED_MONTHS = {"outcome_counts": "month"}
"""Columns with the first day of a month, which stays one."""

_TICK = timedelta(seconds=1)
"""Of the clock: what was just done has the same time as now."""


def create_example(
    target: Target, example: str = "vasteras", *, week: IsoWeek = EXAMPLE_WEEK
) -> None:
    """Make a plan with an example in it, its days moved to ``week``.

    Raises
    ------
    NotFoundError
        ``example-missing``
    StorageError
        ``plan-exists``, or what disk and database refuse.
    """
    source = _folder(example)
    if is_address(target):
        create_tables(target)
        _fill(target, source, week)
        return
    with new_file(Path(target)) as draft:
        create_tables(draft)
        _fill(draft, source, week)


def example_week(example: str) -> IsoWeek:
    """Return the week to move the example to: the current one, or the next one with school.

    When the example's terms are over, it stays at the week that it was written for.

    Raises
    ------
    NotFoundError
        ``example-missing``
    """
    content = read_content(_folder(example), PlanSettings(), Problems())
    plan = Plan(settings=content.settings, **content.records)
    return next_school_week(plan, IsoWeek.of(clock.today(plan.zone))) or EXAMPLE_WEEK


def _folder(example: str) -> Path:
    """Return where an example's files are."""
    source = resources.path("example", example)
    if not example.isidentifier() or not source.is_dir():
        raise NotFoundError("example-missing", example=example)
    return source


def _fill(target: Target, source: Path, week: IsoWeek) -> None:
    with tempfile.TemporaryDirectory() as folder, open_plan(target) as plan:
        moved = Path(folder) / source.name
        shutil.copytree(source, moved)
        move_days(moved, week.monday - EXAMPLE_WEEK.monday)
        import_(plan, moved)
        simulate_history(plan, source, week)
        with plan.store.transaction("new"):
            plan.store.forget_changes(clock.now() + _TICK)  # nobody wants to undo the example


def move_days(folder: Path, by: timedelta) -> None:
    """Move the days of an example's CSV files, in place; its times of day stay.

    Parameters
    ----------
    by
        Whole weeks, so that weekdays stay.
    """
    if not by:
        return
    for name, columns in _MOVED.items():
        _change(folder / f"{name}.csv", columns, lambda day: day + by)
    months = _months(EXAMPLE_WEEK.monday + by) - _months(EXAMPLE_WEEK.monday)
    for name, column in _MOVED_MONTHS.items():
        _change(folder / f"{name}.csv", (column,), lambda day: _month(_months(day) + months))


def _change(path: Path, columns: tuple[str, ...], moved: Callable[[date], date]) -> None:
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = reader.fieldnames or (), list(reader)
    for row in rows:
        for column in columns:
            if row.get(column):
                day = moved(date.fromisoformat(row[column][:10]))
                row[column] = day.isoformat() + row[column][10:]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
