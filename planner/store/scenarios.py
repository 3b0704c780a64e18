"""Scenarios: kept beside the plan's records, in none of its sets, and without anybody's name."""

from sqlalchemy import delete, select

from planner.domain.scenario_documents import ScenarioDocument, document_of, scenario_of
from planner.domain.scenarios import Scenario
from planner.store.database import Database
from planner.store.rows import fetch, insert_all
from planner.store.tables.promises import scenarios


class KeptScenarios(Database):
    """The part of a store that keeps scenarios."""

    def scenarios(self) -> tuple[Scenario, ...]:
        """Return every scenario, the earliest first; one that a newer program made says so."""
        query = select(scenarios).order_by(scenarios.c.created_at, scenarios.c.id)
        with self._reading() as connection:
            return tuple(map(scenario_of, fetch(connection, query, ScenarioDocument)))

    def put_scenario(self, scenario: Scenario) -> None:
        """Keep a scenario; one whose id is kept already takes the other's place."""
        self.remove_scenario(scenario.id)
        insert_all(self._writing(), scenarios, [document_of(scenario)])

    def remove_scenario(self, id_: str) -> None:
        """Take a scenario away; nothing happens when it is not there."""
        self._writing().execute(delete(scenarios).where(scenarios.c.id == id_))
