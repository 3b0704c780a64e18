"""Make, open and close plans."""

import csv
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Self

import resources
from planner import clock
from planner.domain.plan import Plan
from planner.domain.weeks import IsoWeek
from planner.errors import NotFoundError
from planner.store.files import Target, create_tables, display_name, is_address, new_file
from planner.store.store import Store

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
}
"""Columns with days of the example's week; terms and contracts go on for years and stay."""


class OpenPlan:
    """A plan that is open: its store, and its records as last read.

    Parameters
    ----------
    target
        Path of the file, or address of the database.
    actor
        Whom the journal names; the account's name when empty.

    Raises
    ------
    StorageError
        When it cannot be opened: see :func:`planner.store.files.open_engine`.
    """

    def __init__(self, target: Target, *, actor: str = "") -> None:
        self.target = target
        self.store = Store(target, actor=actor)
        try:
            self._plan = self.store.load_plan()
        except BaseException:
            self.store.close()
            raise

    @property
    def name(self) -> str:
        """The plan as it may be shown: a path, or an address without password."""
        return display_name(self.target)

    @property
    def plan(self) -> Plan:
        """The records as last read."""
        return self._plan

    def refresh(self) -> Plan:
        """Read the records again, as others may have changed them."""
        self._plan = self.store.load_plan()
        return self._plan

    @contextmanager
    def changing(
        self, command: str, *, undoes: int | None = None, **touched: object
    ) -> Iterator[Store]:
        """Give the store to change records in one transaction; then read them again.

        Parameters
        ----------
        command, undoes, touched
            For the journal: see :meth:`planner.store.database.Database.transaction`.
        """
        with self.store.transaction(command, undoes=undoes, **touched):
            yield self.store
        self.refresh()

    def close(self) -> None:
        """Let go of the file or database."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_plan(target: Target, *, actor: str = "") -> OpenPlan:
    """Open a plan; a file of an older program is backed up and brought up to date.

    Raises
    ------
    StorageError
        ``plan-missing``, ``plan-broken``, ``plan-newer``, or what disk and database refuse.
    """
    return OpenPlan(target, actor=actor)


def create_plan(target: Target) -> None:
    """Make an empty plan.

    Raises
    ------
    StorageError
        ``plan-exists``, or what disk and database refuse.
    """
    if is_address(target):
        create_tables(target)
        return
    with new_file(Path(target)) as draft:
        create_tables(draft)


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
    source = resources.path("example", example)
    if not example.isidentifier() or not source.is_dir():
        raise NotFoundError("example-missing", example=example)
    if is_address(target):
        create_tables(target)
        _fill(target, source, week)
        return
    with new_file(Path(target)) as draft:
        create_tables(draft)
        _fill(draft, source, week)


def _fill(target: Target, source: Path, week: IsoWeek) -> None:
    from planner.services.importing import import_

    with tempfile.TemporaryDirectory() as folder, open_plan(target) as plan:
        moved = Path(folder) / source.name
        shutil.copytree(source, moved)
        move_days(moved, week.monday - EXAMPLE_WEEK.monday)
        import_(plan, moved)
        with plan.store.transaction("new"):
            plan.store.forget_changes(clock.now())  # nobody wants to undo the example


def move_days(folder: Path, by: timedelta) -> None:
    """Move the days of an example's CSV files, in place; its times of day stay.

    Parameters
    ----------
    by
        Whole weeks, so that weekdays stay.
    """
    for name, columns in _MOVED.items():
        path = folder / f"{name}.csv"
        if not by or not path.exists():
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            header, rows = reader.fieldnames or (), list(reader)
        for row in rows:
            for column in columns:
                if row.get(column):
                    day = date.fromisoformat(row[column][:10]) + by
                    row[column] = day.isoformat() + row[column][10:]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
