"""What the example tells of its promise: simulated, whole, and the same whenever it is made."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner import clock
from planner.domain.ids import PromiseId
from planner.domain.promises import DeliveryState, MeasureKind, NotDoneReason
from planner.domain.tallies import Verdict
from planner.domain.weeks import IsoWeek
from planner.services.examples.history import SIMULATED
from planner.services.examples.making import create_example
from planner.services.history import history
from planner.services.plans import OpenPlan, open_plan
from planner.services.promise.follow_up import follow_up_of

WEEK = IsoWeek(2027, 6)
N_WEEKS = 17


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPlan]:
    target = tmp_path_factory.mktemp("history") / "example.narvaro"
    with pytest.MonkeyPatch.context() as patch:
        now = clock.now()
        patch.setattr(clock, "now", lambda: now)  # as fast a machine as there can be
        create_example(target, week=WEEK)
    with open_plan(target) as opened:
        yield opened


def test_what_made_the_example_cannot_be_undone(example: OpenPlan) -> None:
    assert history(example).undoable == ()


def test_four_months_before_the_week_were_planned_and_reported(example: OpenPlan) -> None:
    first = WEEK.shifted(-N_WEEKS)
    planned = example.store.planned_duties(first, WEEK)
    reported = {one.duty for one in example.store.deliveries(first, WEEK)}
    assert {one.week for one in planned} == {first.shifted(n) for n in range(N_WEEKS)}
    assert reported < {one.duty for one in planned}


def test_the_police_were_called_away_and_a_school_was_closed(example: OpenPlan) -> None:
    told = example.store.deliveries(WEEK.shifted(-N_WEEKS), WEEK)
    reasons = Counter(one.reason for one in told if one.state is DeliveryState.NOT_DONE)
    assert reasons[NotDoneReason.EMERGENCY] > 20
    assert reasons[NotDoneReason.CLOSED] > 0
    assert None not in reasons


def test_the_promise_is_signed_and_a_next_one_is_not(example: OpenPlan) -> None:
    signed = {promise.id: promise.signed_on for promise in example.plan.promises}
    assert signed["lofte-1"] == WEEK.shifted(-N_WEEKS - 2).monday
    assert signed["lofte-2"] is None


def test_not_everything_was_kept_and_the_follow_up_says_so(example: OpenPlan) -> None:
    now = WEEK.span(example.plan.zone).start
    followed = follow_up_of(example, PromiseId("lofte-1"), now=now)
    verdicts = {one.measure.kind: one.verdict for one in followed.measures}
    assert verdicts[MeasureKind.SESSIONS] is Verdict.KEPT
    assert verdicts[MeasureKind.CONTACT_PERSONS] is Verdict.NOT_KEPT
    assert verdicts[MeasureKind.WALKS] is Verdict.NOT_KEPT


def test_all_of_it_is_marked_as_simulated(example: OpenPlan) -> None:
    told = example.store.deliveries(WEEK.shifted(-N_WEEKS), WEEK)
    assert {one.by for one in told} == {SIMULATED}
    assert {one.source for one in example.store.incidents()} == {SIMULATED}
    assert all("simulera" in one.source.casefold() for one in example.plan.outcome_counts)


def test_months_of_reported_crimes_move_along_and_stay_months(example: OpenPlan) -> None:
    months = [one.month for one in example.plan.outcome_counts]
    assert {month.day for month in months} == {1}
    assert len(set(months)) == len(months)
    assert max(months) < WEEK.monday


def test_the_history_is_the_same_whenever_it_is_made(example: OpenPlan, tmp_path: Path) -> None:
    create_example(tmp_path / "again.narvaro", week=WEEK)
    first = WEEK.shifted(-N_WEEKS)
    with open_plan(tmp_path / "again.narvaro") as again:
        assert again.store.planned_duties(first, WEEK) == example.store.planned_duties(first, WEEK)
        assert again.store.deliveries(first, WEEK) == example.store.deliveries(first, WEEK)
        assert again.store.incidents() == example.store.incidents()
