"""Scenarios: kept beside the plan's records, in none of its sets, and without anybody's name."""

import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from sqlalchemy import Row, delete, insert, select

from planner.domain.plain import plain, record
from planner.domain.scenarios import SUPPOSITIONS, Scenario, Supposition, code_of
from planner.store.database import Database
from planner.store.tables.promises import scenarios

_KIND = "kind"


class KeptScenarios(Database):
    """The part of a store that keeps scenarios."""

    def scenarios(self) -> tuple[Scenario, ...]:
        """Return every scenario, the earliest first; one that a newer program made says so."""
        query = select(scenarios).order_by(scenarios.c.created_at, scenarios.c.id)
        with self._reading() as connection:
            return tuple(_scenario(row) for row in connection.execute(query))

    def put_scenario(self, scenario: Scenario) -> None:
        """Keep a scenario; one whose id is kept already takes the other's place."""
        self.remove_scenario(scenario.id)
        self._writing().execute(
            insert(scenarios).values(
                id=scenario.id,
                name=scenario.name,
                created_at=scenario.created_at,
                document=json.dumps([_document(one) for one in scenario.suppositions]),
            )
        )

    def remove_scenario(self, id_: str) -> None:
        """Take a scenario away; nothing happens when it is not there."""
        self._writing().execute(delete(scenarios).where(scenarios.c.id == id_))


def _document(supposition: Supposition) -> dict[str, Any]:
    return {_KIND: code_of(supposition), **plain(supposition, UTC)}


def _scenario(row: Row[Any]) -> Scenario:
    try:
        suppositions = tuple(_suppositions(json.loads(row.document)))
    except (KeyError, TypeError, ValueError):
        return Scenario(id=row.id, name=row.name, created_at=row.created_at, is_readable=False)
    return Scenario(id=row.id, name=row.name, created_at=row.created_at, suppositions=suppositions)


def _suppositions(documents: Iterable[dict[str, Any]]) -> Iterable[Supposition]:
    for document in documents:
        kind = SUPPOSITIONS[document[_KIND]]
        values = {name: value for name, value in document.items() if name != _KIND}
        if unknown := values.keys() - kind.__dataclass_fields__.keys():
            raise KeyError(*unknown)
        yield record(kind, values)
