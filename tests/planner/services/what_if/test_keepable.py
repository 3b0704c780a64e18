"""A promise under negotiation, tested by a real solver before anyone signs."""

from datetime import UTC, date, datetime

import pytest

from planner.domain.ids import MeasureId, PromiseId
from planner.domain.promises import Measure, MeasureKind, Promise
from planner.domain.scenarios import FewerPeople, Scenario
from planner.domain.weeks import IsoWeek
from planner.errors import InputError
from planner.services.plans import OpenPlan
from planner.services.what_if.keepable import KeepProgress, can_we_keep
from planner.services.what_if.keepable_results import Keepable, Kept
from planner.services.what_if.scenarios import Effort
from tests.planner import small
from tests.planner.small import FRIDAY, MONDAY, WEEK

EFFORT = Effort(seconds=0.3, repeatable=True)
PROMISE = PromiseId("promise")


def promise(first_day: date, last_day: date) -> Promise:
    return Promise(id=PROMISE, name="Löftet", first_day=first_day, last_day=last_day)


def measure(kind: MeasureKind, *, target: int = 100, place: str = "") -> Measure:
    return Measure(
        id=MeasureId(f"{kind}-{place}"),
        promise=PROMISE,
        kind=kind,
        name=kind,
        target=target,
        place=place,
    )


SCHOOLS = measure(MeasureKind.CONTACT_PERSONS)
SQUARE = measure(MeasureKind.PRESENCE)
WALKS = measure(MeasureKind.WALKS, target=2)
NOBODY_AT_SCHOOLS = Scenario(
    id="nobody",
    name="Nobody",
    created_at=datetime(2026, 11, 1, tzinfo=UTC),
    suppositions=(FewerPeople(employer=small.CITY, skill=small.CONTACT, n=4),),
)


def test_what_the_staff_can_do_is_kept_in_every_week(small_open: OpenPlan) -> None:
    found = can_we_keep(
        small_open, promise(MONDAY, date(2026, 12, 13)), [SCHOOLS, SQUARE], effort=EFFORT
    )
    assert [answer.kept for answer in found.weeks] == [Kept.KEPT] * 3
    assert [verdict.kept for verdict in found.verdicts] == [Kept.KEPT] * 2
    assert found.kept is Kept.KEPT
    assert all(answer.short_min == 0 for answer in found.weeks)
    schools, square = found.verdicts
    assert (schools.n_covered, schools.n_wanted) == (2 * 10 * 3 - 2, 2 * 10 * 3 - 2)
    assert square.percent == 100


def test_weeks_that_differ_in_time_only_share_an_answer(small_open: OpenPlan) -> None:
    found = can_we_keep(small_open, promise(MONDAY, date(2026, 12, 20)), [SCHOOLS], effort=EFFORT)
    first, second, third, fourth = found.weeks
    assert first.same_as is None, "somebody is away in it, and a school has a study day"
    assert second.same_as is None, "somebody was in court the week before"
    assert third.same_as is None
    assert fourth.same_as == third.week
    assert (found.n_solved, found.n_kinds) == (3, 3)


def test_a_week_with_a_clock_change_is_solved_for_itself(small_open: OpenPlan) -> None:
    found = can_we_keep(
        small_open, promise(date(2026, 9, 28), date(2026, 10, 25)), [SCHOOLS], effort=EFFORT
    )
    alike = {answer.week: answer.same_as for answer in found.weeks}
    assert alike[IsoWeek(2026, 41)] == IsoWeek(2026, 40)
    assert alike[IsoWeek(2026, 43)] is None, "the clock goes back in its last night"
    assert found.kept is Kept.KEPT


def test_what_nobody_can_do_is_proved_not_to_be_kept(small_open: OpenPlan) -> None:
    found = can_we_keep(
        small_open,
        promise(date(2026, 11, 25), date(2026, 12, 11)),
        [SCHOOLS, SQUARE],
        scenario=NOBODY_AT_SCHOOLS,
        effort=EFFORT,
    )
    schools, square = found.verdicts
    assert schools.kept is Kept.NOT_KEPT
    assert schools.n_covered == 0
    assert schools.first_line is not None
    assert schools.first_line.day == date(2026, 11, 25), "days before the period do not count"
    assert square.kept is Kept.KEPT
    for answer in found.weeks:
        assert all(line.week == answer.week for line in answer.measures[0].lines)


def test_hours_below_the_minimum_are_told_beside_the_promise(small_open: OpenPlan) -> None:
    no_police = Scenario(
        id="no-police",
        name="No police",
        created_at=datetime(2026, 11, 1, tzinfo=UTC),
        suppositions=(FewerPeople(employer=small.POLICE, n=4),),
    )
    found = can_we_keep(
        small_open, promise(MONDAY, FRIDAY), [SCHOOLS], scenario=no_police, effort=EFFORT
    )
    assert found.kept is Kept.KEPT, "the schools need no police"
    assert found.weeks[0].short_min == 2 * 2 * 60, "two officers for two hours"


def test_a_target_below_everything_is_held_against_the_share(small_open: OpenPlan) -> None:
    half = measure(MeasureKind.CONTACT_PERSONS, target=1)
    found = can_we_keep(
        small_open, promise(MONDAY, FRIDAY), [half], scenario=NOBODY_AT_SCHOOLS, effort=EFFORT
    )
    assert found.verdicts[0].kept is Kept.NOT_KEPT
    kept = can_we_keep(small_open, promise(MONDAY, FRIDAY), [half], effort=EFFORT)
    assert kept.verdicts[0].kept is Kept.KEPT


def test_walks_that_are_not_in_the_plan_cannot_be_tried(small_open: OpenPlan) -> None:
    found = can_we_keep(small_open, promise(MONDAY, FRIDAY), [WALKS], effort=EFFORT)
    (verdict,) = found.verdicts
    assert (verdict.kept, verdict.n_wanted, verdict.n_covered) == (Kept.NOT_PLANNED, 0, 0)
    assert found.kept is Kept.NOT_PLANNED
    assert found.weeks[0].kept is Kept.NOTHING


def test_outside_terms_nothing_is_asked_for_at_schools(small_open: OpenPlan) -> None:
    found = can_we_keep(
        small_open, promise(date(2027, 1, 4), date(2027, 1, 8)), [SCHOOLS], effort=EFFORT
    )
    assert found.kept is Kept.NOTHING
    assert found.verdicts[0].percent == 100


def test_one_place_is_told_apart_from_the_others(small_open: OpenPlan) -> None:
    one = measure(MeasureKind.CONTACT_PERSONS, place=small.SCHOOL_B)
    found = can_we_keep(small_open, promise(MONDAY, FRIDAY), [one], effort=EFFORT)
    assert found.verdicts[0].n_wanted == 8, "Wednesday is a study day"


def test_answers_come_week_by_week_and_stopping_keeps_them(small_open: OpenPlan) -> None:
    told: list[Keepable] = []
    progress: list[KeepProgress] = []
    found = can_we_keep(
        small_open,
        promise(MONDAY, date(2026, 12, 6)),
        [SCHOOLS],
        effort=EFFORT,
        on_result=told.append,
        on_progress=progress.append,
        should_stop=lambda: len(told) == 2,
    )
    assert [one.n_solved for one in told] == [0, 1]
    assert found == told[-1]
    assert [answer.kept for answer in found.weeks] == [Kept.KEPT, Kept.NOT_TRIED]
    assert found.kept is Kept.NOT_TRIED
    assert progress[0].week is None
    assert progress[-1].week == WEEK


def test_stopped_while_weeks_are_read_the_rest_is_not_tried(small_open: OpenPlan) -> None:
    progress: list[KeepProgress] = []
    found = can_we_keep(
        small_open,
        promise(MONDAY, date(2026, 12, 6)),
        [SCHOOLS],
        effort=EFFORT,
        on_progress=progress.append,
        should_stop=lambda: bool(progress),
    )
    assert [answer.kept for answer in found.weeks] == [Kept.NOT_TRIED] * 2
    assert found.weeks[1].measures[0].n_wanted == 0
    assert found.kept is Kept.NOT_TRIED


def test_a_draft_is_begun_with_and_made_better(drafted: OpenPlan) -> None:
    found = can_we_keep(drafted, promise(MONDAY, FRIDAY), [SCHOOLS, SQUARE], effort=EFFORT)
    assert found.kept is Kept.KEPT, "the draft lacks somebody on Friday"


def test_a_promise_that_ends_before_it_starts_is_refused(small_open: OpenPlan) -> None:
    with pytest.raises(InputError) as refused:
        can_we_keep(small_open, promise(FRIDAY, MONDAY), [SCHOOLS], effort=EFFORT)
    assert refused.value.code == "end-before-start"


def test_a_period_without_end_is_refused(small_open: OpenPlan) -> None:
    with pytest.raises(InputError) as refused:
        can_we_keep(small_open, promise(MONDAY, date(2036, 1, 1)), [SCHOOLS], effort=EFFORT)
    assert refused.value.code == "promise-too-long"
    with pytest.raises(InputError) as refused:
        can_we_keep(small_open, promise(date.max, date.max), [SCHOOLS], effort=EFFORT)
    assert refused.value.code == "date-out-of-range"
