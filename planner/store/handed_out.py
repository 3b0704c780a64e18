"""What left the program, and how foreign files are read: kept beside the plan, never undone."""

from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from planner.domain.distribution import Dispatch
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.store.database import Database
from planner.store.rows import fetch, insert_all
from planner.store.tables.handed_out import dispatches, grid_mappings
from planner.store.tables.rosters import publications


class HandedOut(Database):
    """The part of a store that tells what was handed to others."""

    def dispatches(self, week: IsoWeek | None = None) -> tuple[Dispatch, ...]:
        """Return the messages of ``week``, or of every week, the earliest first."""
        query = select(dispatches).order_by(dispatches.c.at, dispatches.c.id)
        if week is not None:
            query = query.where(dispatches.c.week == week)
        with self._reading() as connection:
            return fetch(connection, query, Dispatch)

    def put_dispatches(self, records: Iterable[Dispatch]) -> None:
        """Keep messages; one whose id is kept already takes the other's place."""
        kept = tuple(records)
        connection = self._writing()
        for one in kept:
            connection.execute(delete(dispatches).where(dispatches.c.id == one.id))
        insert_all(connection, dispatches, kept)

    def remove_dispatch(self, id_: str) -> None:
        """Take a message that was not handed over out of the log."""
        self._writing().execute(delete(dispatches).where(dispatches.c.id == id_))

    def claim_dispatch(self, record: Dispatch, seen: Dispatch | None) -> None:
        """Keep that a message is about to be handed over, unless somebody else is at it.

        Parameters
        ----------
        seen
            What was kept of it when somebody decided to send it; nothing when it never was.

        Raises
        ------
        ConflictError
            ``dispatch-changed``: something else is kept of it by now.
        """
        kept = select(dispatches).where(dispatches.c.id == record.id).with_for_update()
        if next(iter(fetch(self._writing(), kept, Dispatch)), None) != seen:
            raise ConflictError("dispatch-changed")
        try:
            self.put_dispatches([record])
        except IntegrityError as error:  # two have seen nothing, and the other was quicker
            raise ConflictError("dispatch-changed") from error

    def published_weeks(self) -> tuple[IsoWeek, ...]:
        """Return the weeks that were ever published, the earliest first."""
        week = publications.c.week
        with self._reading() as connection:
            return tuple(connection.execute(select(week).distinct().order_by(week)).scalars())

    def grid_mapping(self, shape: str) -> str | None:
        """Return what was remembered of grids of a shape, or nothing."""
        query = select(grid_mappings.c.document).where(grid_mappings.c.name == shape)
        with self._reading() as connection:
            return connection.execute(query).scalar_one_or_none()

    def put_grid_mapping(self, shape: str, document: str) -> None:
        """Remember how grids of a shape are read, in place of what was remembered before."""
        connection = self._writing()
        connection.execute(delete(grid_mappings).where(grid_mappings.c.name == shape))
        connection.execute(insert(grid_mappings).values(name=shape, document=document))
