"""Scenarios solved beside the plan by a real solver, and what is shown of them."""

from datetime import UTC, datetime

import pytest

from planner.domain.roster import Roster, Severity
from planner.domain.scenarios import (
    FewerPeople,
    MorePeople,
    OneSchoolMore,
    OtherBells,
    Scenario,
    Supposition,
    WithoutSchool,
)
from planner.errors import NotFoundError
from planner.planning.judging import judge
from planner.services.generating import accept
from planner.services.plans import OpenPlan
from planner.services.scenarios import (
    CompareProgress,
    Comparison,
    Effort,
    as_proposal,
    compare,
)
from tests.planner import small
from tests.planner.small import FRIDAY, WEEK

EFFORT = Effort(seconds=0.3, repeatable=True)


def scenario(name: str, *suppositions: Supposition) -> Scenario:
    return Scenario(
        id=name,
        name=name,
        created_at=datetime(2026, 11, 1, tzinfo=UTC),
        suppositions=suppositions,
    )


TWO_CONTACTS_LESS = scenario("two less", FewerPeople(employer=small.CITY, skill=small.CONTACT, n=2))
ALL_BUT_ONE = scenario("one left", FewerPeople(employer=small.CITY, skill=small.CONTACT, n=3))


def test_a_scenario_that_changes_nothing_is_the_base(small_open: OpenPlan) -> None:
    nothing = (
        scenario("nothing"),
        scenario("a bell not moved", OtherBells(first_min=0)),
    )
    found = compare(small_open, WEEK, nothing, effort=EFFORT)
    for result in found.results:
        assert result.roster == found.base.roster
        assert result.covered == found.base.covered
        assert result.n_disturbed == 0
        assert result.first_broken(found.base) is None


def test_nothing_of_it_is_stored(drafted: OpenPlan, small_roster: Roster) -> None:
    before = drafted.store.load_roster(WEEK)
    last = drafted.store.journal()[-1].number
    compare(drafted, WEEK, [TWO_CONTACTS_LESS], effort=EFFORT)
    assert drafted.store.load_roster(WEEK) == before
    assert not drafted.store.journal(after=last)
    assert {one.id for one in small_roster.shifts} == {one.id for one in before.shifts}


def test_the_line_that_breaks_first_is_the_earliest_that_held_before(small_open: OpenPlan) -> None:
    found = compare(small_open, WEEK, [ALL_BUT_ONE], effort=EFFORT)
    assert not found.base.lines
    (result,) = found.results
    line = result.first_broken(found.base)
    assert line is not None
    assert line.day == min(one.day for one in result.lines)
    assert line.week == WEEK
    assert line.place in {small.SCHOOL_A, small.SCHOOL_B}
    assert result.n_covered < found.base.n_covered
    assert result.n_wanted == found.base.n_wanted


def test_fewer_duties_leave_nothing_more_uncovered(drafted: OpenPlan) -> None:
    found = compare(
        drafted, WEEK, [scenario("no b", WithoutSchool(school=small.SCHOOL_B))], effort=EFFORT
    )
    (result,) = found.results
    assert result.n_missing <= found.base.n_missing
    assert result.n_wanted < found.base.n_wanted


def test_people_who_are_not_there_do_not_count_as_disturbed(small_open: OpenPlan) -> None:
    more = scenario("more", MorePeople(employer=small.CITY, skill=small.CONTACT, n=2))
    found = compare(small_open, WEEK, [more, TWO_CONTACTS_LESS], effort=EFFORT)
    for result in found.results:
        assert 0 <= result.n_disturbed <= len(small.CONTACTS) + len(small.OFFICERS)
    assert found.results[1].n_disturbed <= 2, "only the two contacts who are left can be"


def test_results_come_one_by_one_and_stopping_keeps_them(small_open: OpenPlan) -> None:
    told: list[Comparison] = []
    progress: list[CompareProgress] = []
    found = compare(
        small_open,
        WEEK,
        [TWO_CONTACTS_LESS, ALL_BUT_ONE],
        effort=EFFORT,
        on_result=told.append,
        on_progress=progress.append,
        should_stop=lambda: len(told) == 2,
    )
    assert [len(one.results) for one in told] == [0, 1]
    assert found == told[-1]
    assert progress[-1].n_all == 3
    assert progress[-1].scenario == TWO_CONTACTS_LESS


def test_what_cannot_be_supposed_is_told_before_anything_is_solved(small_open: OpenPlan) -> None:
    told: list[Comparison] = []
    with pytest.raises(NotFoundError):
        compare(
            small_open,
            WEEK,
            [scenario("none left", FewerPeople(employer=small.CITY, n=9))],
            effort=EFFORT,
            on_result=told.append,
        )
    assert not told


def test_a_result_can_be_taken_over_without_what_is_only_in_the_scenario(
    small_open: OpenPlan,
) -> None:
    rich = scenario(
        "rich",
        MorePeople(employer=small.CITY, skill=small.CONTACT, n=2),
        MorePeople(employer=small.POLICE, skill=small.PATROL, n=3),
        FewerPeople(employer=small.POLICE, skill=small.PATROL, n=1),
        OneSchoolMore(name="Ny", like=small.SCHOOL_A),
        OtherBells(school=small.SCHOOL_B, first_min=30),
    )
    found = compare(small_open, WEEK, [rich], effort=EFFORT)
    proposal = as_proposal(small_open, found.results[0])
    known = small_open.plan.staff_by_id
    assert all(shift.staff in known for shift in proposal.roster.shifts)
    codes = {
        one.code
        for one in judge(small_open.plan, proposal.roster).findings
        if one.severity is Severity.VIOLATION
    }
    assert codes <= {"lead"}, "a squad may have lost who was in charge; nothing else is wrong"
    accept(small_open, proposal)
    stored = small_open.store.load_roster(WEEK)
    assert {one.id for one in stored.shifts} == {one.id for one in proposal.roster.shifts}
    assert all("extra" not in done.duty for done in stored.assignments)


def test_a_gap_of_the_draft_that_can_be_closed_is_closed_in_the_base(drafted: OpenPlan) -> None:
    found = compare(drafted, WEEK, [], effort=EFFORT)
    assert all(line.day != FRIDAY for line in found.base.lines)
    assert found.base.is_settled
