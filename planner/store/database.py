"""The connection of an open plan: reading at any time, writing inside a transaction."""

import getpass
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Connection, delete, false, insert

from planner import clock
from planner.domain.changes import Change
from planner.store.failures import database_errors
from planner.store.files import Target, display_name, open_engine
from planner.store.history import net, write_changes
from planner.store.tables.rosters import journal


class Database:
    """An open plan file or database, usable from several threads.

    Attributes
    ----------
    own_entries
        Numbers of the journal's entries that were made here; all others are somebody else's.

    Parameters
    ----------
    actor
        Whom the journal names; the account's name when empty.

    Raises
    ------
    StorageError
        When it cannot be opened, and from whatever reads or writes.
    """

    def __init__(self, target: Target, *, actor: str = "") -> None:
        self.name = display_name(target)
        self._engine = open_engine(target)
        self.actor = actor or _account()
        self.own_entries: set[int] = set()
        self._local = threading.local()

    def close(self) -> None:
        """Let go of the file or database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(
        self, command: str, *, undoes: int | None = None, **touched: object
    ) -> Iterator[dict[str, object]]:
        """Make everything written inside the block one whole, with its entry in the journal.

        Nothing of it is kept when the block raises.

        Parameters
        ----------
        command
            Code of what is done, for the journal.
        undoes
            Number of the entry whose changes are taken back.
        touched
            Ids and counts for the journal; never personal values.

        Yields
        ------
        touched
            May be added to while the block runs.
        """
        if self._own_connection is not None:
            raise RuntimeError("a transaction inside a transaction")
        with (
            database_errors(self.name),
            self._engine.connect().execution_options(is_writing=True) as connection,
            connection.begin(),
        ):
            self._local.connection, self._local.changes = connection, []
            try:
                yield touched
                entry = {"at": clock.now(), "actor": self.actor, "command": command}
                added = insert(journal).values(**entry, touched=touched, undoes=undoes)
                number = connection.execute(added.returning(journal.c.number)).scalar_one()
                write_changes(connection, number, net(self._local.changes))
            finally:
                self._local.connection = None
        self.own_entries.add(number)

    def check_writable(self) -> None:
        """Make sure that the plan can be written, before work that would be in vain otherwise.

        Raises
        ------
        StorageError
            As :meth:`transaction` would.
        """
        with (
            database_errors(self.name),
            self._engine.connect().execution_options(is_writing=True) as connection,
            connection.begin(),
        ):
            # SQLite opens a read-only file without complaint and objects to the first statement.
            connection.execute(delete(journal).where(false()))

    @property
    def _own_connection(self) -> Connection | None:
        """The connection of the transaction that this thread is in."""
        found: Connection | None = getattr(self._local, "connection", None)
        return found

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Give the transaction's connection, or one of its own outside any."""
        if self._own_connection is not None:
            yield self._own_connection
            return
        with database_errors(self.name), self._engine.connect() as connection:
            yield connection

    def _note(self, changes: Iterable[Change]) -> None:
        """Keep changes with the entry of the transaction that this thread is in."""
        self._local.changes.extend(changes)

    def _writing(self) -> Connection:
        if self._own_connection is None:
            raise RuntimeError("writing outside a transaction")
        return self._own_connection


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in containers
        return ""
