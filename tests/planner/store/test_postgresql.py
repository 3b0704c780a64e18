"""Needs an empty database of its own: ``NARVARO_TEST_DATABASE=postgresql://…``."""

import os

import pytest
from sqlalchemy import text

from planner.domain.plan import Plan, record_fields
from planner.errors import StorageError
from planner.services.examples import EXAMPLE_WEEK, create_example
from planner.services.plans import create_plan, open_plan
from planner.store.files import closing_engine

ADDRESS = os.environ.get("NARVARO_TEST_DATABASE", "")

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not ADDRESS, reason="NARVARO_TEST_DATABASE is not set"),
]


@pytest.fixture
def example():
    create_example(ADDRESS)
    yield ADDRESS
    with closing_engine(ADDRESS) as engine, engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


def sets(plan: Plan) -> dict[str, set[object]]:
    return {name: set(getattr(plan, name)) for name in record_fields()}


def test_a_database_holds_the_same_as_a_file(example, tmp_path):
    create_example(tmp_path / "plan.narvaro")
    week = EXAMPLE_WEEK.shifted(-1)
    with open_plan(example) as database, open_plan(tmp_path / "plan.narvaro") as file:
        assert sets(database.plan) == sets(file.plan)
        roster = file.store.load_roster(week)
        assert database.store.load_roster(week) == roster
        with database.store.transaction("test"):
            assert database.store.save_roster(roster) == 1
        assert database.store.load_roster(week) == roster
        assert database.store.shifts_between(week.span(file.plan.zone)) == (
            file.store.shifts_between(week.span(file.plan.zone))
        )


def test_a_database_with_a_plan_is_not_made_anew(example):
    with pytest.raises(StorageError, match="plan-exists"):
        create_plan(example)


def test_a_database_that_does_not_exist_is_said(example):
    with pytest.raises(StorageError, match="database-unreachable"):
        open_plan(example + "-none")
