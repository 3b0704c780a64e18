"""The promise page opens on the promise that people come for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.ids import PromiseId
from planner.services.promise.page import promise_view
from tests.planner.domain.followed import PROMISE
from tests.planner.promised import SIGNED_AT, at, promised
from tests.planner.writing import put

NEXT = replace(
    PROMISE,
    id=PromiseId("next"),
    name="Nästa",
    first_day=date(2026, 12, 14),
    last_day=date(2027, 3, 31),
    signed_on=None,
)
BEFORE = replace(
    PROMISE,
    id=PromiseId("before"),
    name="Förra",
    first_day=date(2026, 3, 1),
    last_day=date(2026, 6, 30),
    signed_on=date(2026, 2, 20),
)


@pytest.fixture
def plan(tmp_path):
    """The plan with a promise, on the day on which it is signed."""
    with promised(tmp_path / "promised.narvaro") as opened, at(SIGNED_AT):
        yield opened


def keep(plan, *promises):
    with plan.changing("test") as store:
        put(store, "promises", promises)


def shown(plan, wanted=None):
    return promise_view(plan, wanted).found.promise.id


def test_the_promise_in_force_today_comes_before_a_later_one_under_negotiation(plan):
    keep(plan, PROMISE, NEXT, BEFORE)
    with at(SIGNED_AT + timedelta(days=20)):
        assert shown(plan) == PROMISE.id
        assert shown(plan, NEXT.id) == NEXT.id, "what is asked for is shown"


def test_without_one_in_force_the_last_signed_is_shown(plan):
    keep(plan, PROMISE, NEXT, BEFORE)
    with at(SIGNED_AT + timedelta(days=40)):
        assert shown(plan) == PROMISE.id
    with at(SIGNED_AT - timedelta(days=100)):
        assert shown(plan) == PROMISE.id


def test_without_a_signed_one_the_latest_is_shown(plan):
    keep(plan, NEXT)
    assert shown(plan) == NEXT.id
