"""What was promised, planned and delivered, and what was reported of crime: all weeks together."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, Table, delete, exists, select, update

from planner.domain.ids import DutyId, MeasureId
from planner.domain.incidents import DeclinedWindow, Incident
from planner.domain.promises import Delivery, PlannedDuty, PromisedDuty, PromiseRevision
from planner.domain.records import KEPT_SETS, key_fields
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek
from planner.store.handed_out import HandedOut
from planner.store.rows import BATCH, fetch, insert_all, select_all
from planner.store.tables import metadata
from planner.store.tables import promises as tables


class FollowUp(HandedOut):
    """The part of a store that a promise is followed up with.

    What is promised and delivered is changed like any record, by ``apply``, and can be undone.
    """

    def kept(self, set_name: str) -> tuple[Any, ...]:
        """Return every record of a set beside the plan's data, in the order of its key."""
        table, kind = metadata.tables[set_name], KEPT_SETS[set_name]
        query = select_all(table, kind).order_by(*(table.c[key] for key in key_fields(set_name)))
        with self._reading() as connection:
            return fetch(connection, query, kind)

    def promised_duties(
        self, measures: Iterable[MeasureId], week: IsoWeek | None = None
    ) -> tuple[PromisedDuty, ...]:
        """Return what signed measures ask for, in one week or all, by day and duty."""
        table = tables.promised_duties
        query = select(table).where(table.c.measure.in_(tuple(measures)))
        if week is not None:
            query = query.where(table.c.week == week)
        with self._reading() as connection:
            return fetch(connection, query.order_by(table.c.day, table.c.duty), PromisedDuty)

    def promise_revisions(self) -> tuple[PromiseRevision, ...]:
        """Return every revision of a signed promise, the earliest first."""
        table = tables.promise_revisions
        with self._reading() as connection:
            query = select(table).order_by(table.c.at, table.c.id)
            return fetch(connection, query, PromiseRevision)

    def planned_duties(self, first: IsoWeek, last: IsoWeek) -> tuple[PlannedDuty, ...]:
        """Return the duties of published weeks, both ends included, by start."""
        table = tables.planned_duties
        query = _of_weeks(table, first, last).order_by(table.c.start, table.c.duty)
        with self._reading() as connection:
            return fetch(connection, query, PlannedDuty)

    def has_planned_duties(self, week: IsoWeek) -> bool:
        """Tell whether what ``week`` was first planned as is kept."""
        kept = exists().where(tables.planned_duties.c.week == week)
        with self._reading() as connection:
            return bool(connection.execute(select(kept)).scalar())

    def add_planned_duties(self, duties: Iterable[PlannedDuty]) -> None:
        """Keep how duties stood when they were first published; those kept already stay."""
        duties = tuple(duties)
        table, kept = tables.planned_duties, set[DutyId]()
        for n in range(0, len(duties), BATCH):
            ids = [duty.duty for duty in duties[n : n + BATCH]]
            query = select(table.c.duty).where(table.c.duty.in_(ids))
            kept.update(self._writing().execute(query).scalars())
        insert_all(self._writing(), table, [duty for duty in duties if duty.duty not in kept])

    def deliveries(self, first: IsoWeek, last: IsoWeek) -> tuple[Delivery, ...]:
        """Return what was reported of duties of some weeks, both ends included."""
        query = _of_weeks(tables.deliveries, first, last).order_by(tables.deliveries.c.duty)
        with self._reading() as connection:
            return fetch(connection, query, Delivery)

    def forget_reporters(self, before: IsoWeek) -> None:
        """Drop who reported deliveries of earlier weeks; what they reported stays."""
        table = tables.deliveries
        old = update(table).where(table.c.week < before, table.c.by != "")
        self._writing().execute(old.values(by=""))

    def incidents(self, span: Span | None = None) -> tuple[Incident, ...]:
        """Return the incidents that began in a span, or all of them, the earliest first."""
        table = tables.incidents
        query = select_all(table, Incident).order_by(table.c.at, table.c.id)
        if span is not None:
            query = query.where(table.c.at >= span.start, table.c.at < span.end)
        with self._reading() as connection:
            return fetch(connection, query, Incident)

    def add_incidents(self, incidents: Iterable[Incident]) -> None:
        """Keep incidents; one whose id is kept already takes the other's place."""
        incidents = tuple(incidents)
        self.remove_incidents([one.id for one in incidents])
        insert_all(self._writing(), tables.incidents, incidents)

    def remove_incidents(self, ids: Iterable[str]) -> None:
        """Take incidents away."""
        ids, table = tuple(ids), tables.incidents
        for n in range(0, len(ids), BATCH):
            self._writing().execute(delete(table).where(table.c.id.in_(ids[n : n + BATCH])))

    def declined_windows(self) -> tuple[DeclinedWindow, ...]:
        """Return the proposed presence windows that were turned down, the earliest first."""
        table = tables.declined_windows
        with self._reading() as connection:
            query = select(table).order_by(table.c.declined_at, table.c.id)
            return fetch(connection, query, DeclinedWindow)

    def put_declined_window(self, window: DeclinedWindow) -> None:
        """Remember that a proposed window was turned down."""
        self.remove_declined_window(window.id)
        insert_all(self._writing(), tables.declined_windows, [window])

    def remove_declined_window(self, id_: str) -> None:
        """Forget that a proposed window was turned down."""
        table = tables.declined_windows
        self._writing().execute(delete(table).where(table.c.id == id_))


def _of_weeks(table: Table, first: IsoWeek, last: IsoWeek) -> Select[tuple[object, ...]]:
    return select(table).where(table.c.week >= first, table.c.week <= last)
