"""A plan in a database, on a server that the tests start themselves."""

from dataclasses import replace

import pytest

from planner.domain.plan import Plan, record_fields
from planner.errors import StorageError
from planner.services.examples.making import EXAMPLE_WEEK, create_example
from planner.services.plans import create_plan, open_plan


def sets(plan: Plan) -> dict[str, set[object]]:
    return {name: set(getattr(plan, name)) for name in record_fields()}


def test_a_database_holds_the_same_as_a_file(database, tmp_path):
    path = tmp_path / "plan.narvaro"
    week = EXAMPLE_WEEK.shifted(-1)
    for target in (database, path):
        create_example(target)
    with open_plan(database) as here, open_plan(path) as there:
        assert sets(here.plan) == sets(there.plan)
        roster = there.store.load_roster(week)
        assert here.store.load_roster(week) == roster
        less = replace(roster, shifts=roster.shifts[1:])
        revisions = []
        for plan in (here, there):
            with plan.store.transaction("test"):
                revisions.append(plan.store.save_roster(less))
        assert revisions[0] == revisions[1]
        assert here.store.load_roster(week) == there.store.load_roster(week) == less
        span = week.span(there.plan.zone)
        assert here.store.shifts_between(span) == there.store.shifts_between(span)


def test_a_database_with_a_plan_is_not_made_anew(database):
    create_plan(database)
    with pytest.raises(StorageError, match="plan-exists"):
        create_plan(database)


def test_a_database_that_does_not_exist_is_said(database_server):
    with pytest.raises(StorageError, match="database-unreachable"):
        open_plan(database_server.address("none"))
