"""Scenarios come back from the plan's file as they went in."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from planner.domain.ids import SiteId
from planner.domain.scenarios import MorePresence, Scenario, Supposition
from planner.services.plans import OpenPlan, open_plan
from tests.planner.domain.test_supposing import suppositions

AT = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def small_open_once(
    small_file_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenPlan]:
    """The small plan, open; what one example keeps the next one replaces."""
    path = tmp_path_factory.mktemp("plans") / "kept.narvaro"
    path.write_bytes(small_file_template.read_bytes())
    with open_plan(path) as plan:
        yield plan


def keep(plan: OpenPlan, *scenarios: Scenario) -> None:
    with plan.store.transaction("test"):
        for scenario in scenarios:
            plan.store.put_scenario(scenario)


@given(wanted=st.lists(suppositions(), max_size=4))
@hypothesis_settings(max_examples=20)
def test_a_scenario_comes_back_as_it_was(
    small_open_once: OpenPlan, wanted: list[Supposition]
) -> None:
    kept = Scenario(id="s", name="Åtta färre", created_at=AT, suppositions=tuple(wanted))
    keep(small_open_once, kept)
    assert small_open_once.store.scenarios() == (kept,)


def test_they_are_listed_as_they_were_made_and_can_be_removed(small_open: OpenPlan) -> None:
    window = MorePresence(name="Torg", site=SiteId("site-a"), start=time(22), end=time(2))
    first = Scenario(id="b", name="First", created_at=AT, suppositions=(window,))
    second = Scenario(id="a", name="Second", created_at=AT.replace(hour=9))
    keep(small_open, second, first)
    assert small_open.store.scenarios() == (first, second)
    with small_open.store.transaction("test"):
        small_open.store.remove_scenario("b")
        small_open.store.remove_scenario("gone")
    assert small_open.store.scenarios() == (second,)


def test_what_a_newer_program_kept_is_told_and_not_lost(small_file: Path) -> None:
    with sqlite3.connect(small_file) as database:
        for id_, document in (("x", '[{"kind": "new"}]'), ("y", "not json"), ("z", "[]")):
            database.execute(
                "INSERT INTO scenarios VALUES (?, ?, ?, ?)",
                (id_, "Newer", "2026-11-01 08:30:00.000000", document),
            )
    database.close()
    with open_plan(small_file) as plan:
        assert [one.is_readable for one in plan.store.scenarios()] == [False, False, True]
