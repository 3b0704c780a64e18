"""Make, open and close plans."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from planner.domain.plan import Plan
from planner.store.files import Target, create_tables, display_name, is_address, new_file
from planner.store.store import Store


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
