"""Answers of weeks put together over a period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.ids import MeasureId, PromiseId
from planner.domain.promises import Measure, MeasureKind, Promise
from planner.domain.weeks import IsoWeek
from planner.services.what_if.keepable_results import Keepable, Kept, MeasureWeek, WeekAnswer, worst
from planner.services.what_if.scenario_results import PromiseLine

FIRST = IsoWeek(2026, 48)
PROMISE = Promise(
    id=PromiseId("p"), name="P", first_day=date(2026, 11, 23), last_day=date(2026, 12, 20)
)
kept = st.sampled_from(Kept)


def measure(kind: MeasureKind, target: int) -> Measure:
    return Measure(id=MeasureId("m"), promise=PROMISE.id, kind=kind, name="M", target=target)


def keepable(asked: Measure, *weeks: tuple[Kept, int, int, str]) -> Keepable:
    """Return weeks of one measure: answer, wanted, covered and the walk that is asked for."""
    answers = []
    for n, (state, n_wanted, n_covered, walk) in enumerate(weeks):
        week = FIRST.shifted(n)
        lines = (
            PromiseLine(
                measure=asked,
                kind=asked.kind,
                place=walk,
                title=walk,
                day=week.monday,
                priority=1,
                missing=1,
            ),
        )
        mine = MeasureWeek(
            measure=asked,
            week=week,
            kept=state,
            n_wanted=n_wanted,
            n_covered=n_covered,
            places=frozenset({walk} if walk else ()),
            lines=lines if n_covered < n_wanted and state is not Kept.NOT_TRIED else (),
        )
        answers.append(WeekAnswer(week=week, measures=(mine,)))
    return Keepable(
        promise=PROMISE,
        measures=(asked,),
        scenario=None,
        n_solved=len(weeks),
        n_kinds=len(weeks),
        weeks=tuple(answers),
    )


@pytest.mark.parametrize(
    ("target", "state", "n_covered", "answer"),
    [
        (100, Kept.KEPT, 10, Kept.KEPT),
        (95, Kept.NOT_KEPT, 9, Kept.KEPT),
        (96, Kept.NOT_KEPT, 9, Kept.NOT_KEPT),
        (96, Kept.OPEN, 9, Kept.OPEN),
        (95, Kept.OPEN, 9, Kept.KEPT),
        (1, Kept.NOT_TRIED, 0, Kept.NOT_TRIED),
    ],
)
def test_a_share_is_held_against_its_target_over_all_weeks(
    target: int, state: Kept, n_covered: int, answer: Kept
) -> None:
    asked = measure(MeasureKind.CONTACT_PERSONS, target)
    found = keepable(asked, (Kept.KEPT, 10, 10, "a"), (state, 10, n_covered, "a"))
    assert found.verdicts[0].kept is answer
    assert found.kept is answer


def test_a_walk_counts_when_all_of_its_meetings_can_be_held() -> None:
    asked = measure(MeasureKind.WALKS, 2)
    weeks = [(Kept.KEPT, 2, 2, "one"), (Kept.KEPT, 2, 2, "two")]
    assert keepable(asked, *weeks).kept is Kept.KEPT
    broken = keepable(asked, *weeks, (Kept.NOT_KEPT, 2, 1, "two"))
    (verdict,) = broken.verdicts
    assert (verdict.kept, verdict.n_covered, verdict.n_wanted) == (Kept.NOT_KEPT, 1, 2)
    assert verdict.first_line is not None
    assert verdict.first_line.place == "two"
    assert keepable(asked, *weeks, (Kept.OPEN, 2, 1, "two")).kept is Kept.OPEN
    assert keepable(asked, *weeks, (Kept.NOT_TRIED, 2, 0, "two")).kept is Kept.NOT_TRIED


def test_where_nothing_is_asked_for_nothing_is_broken() -> None:
    found = keepable(measure(MeasureKind.PRESENCE, 100), (Kept.NOTHING, 0, 0, ""))
    assert found.kept is Kept.NOTHING
    assert found.verdicts[0].percent == 100


@given(states=st.lists(kept, max_size=6))
def test_the_worst_answer_is_one_of_them_and_hides_no_broken_one(states: list[Kept]) -> None:
    found = worst(states)
    assert found in {*states, Kept.NOTHING}
    if Kept.NOT_KEPT in states:
        assert found is Kept.NOT_KEPT
    if found is Kept.KEPT:
        assert set(states) <= {Kept.KEPT, Kept.NOTHING}
