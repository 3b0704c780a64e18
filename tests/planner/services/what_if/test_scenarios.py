"""Scenarios solved beside the plan by a real solver, and what is shown of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.domain.roster import Severity
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
from planner.services.plans import OpenPlan, open_plan
from planner.services.roster.generating import accept
from planner.services.what_if.scenario_results import ScenarioResult
from planner.services.what_if.scenarios import (
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


NOTHING = scenario("nothing")
NOT_MOVED = scenario("a bell not moved", OtherBells(first_min=0))
ONE_SCHOOL = scenario("no b", WithoutSchool(school=small.SCHOOL_B))
RICH = scenario(
    "rich",
    MorePeople(employer=small.CITY, skill=small.CONTACT, n=2),
    MorePeople(employer=small.POLICE, skill=small.PATROL, n=3),
    FewerPeople(employer=small.POLICE, skill=small.PATROL, n=1),
    OneSchoolMore(name="Ny", like=small.SCHOOL_A),
    OtherBells(school=small.SCHOOL_B, first_min=30),
)


@dataclass(frozen=True)
class Compared:
    """A plan without a draft, and a comparison of its week; whoever looks changes neither."""

    plan: OpenPlan
    found: Comparison

    def of(self, wanted: Scenario) -> ScenarioResult:
        return next(one for one in self.found.results if one.scenario == wanted)


@pytest.fixture(scope="module")
def compared(
    small_file_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Compared]:
    path = tmp_path_factory.mktemp("plans") / "compared.narvaro"
    path.write_bytes(small_file_template.read_bytes())
    wanted = [NOTHING, NOT_MOVED, TWO_CONTACTS_LESS, ALL_BUT_ONE, ONE_SCHOOL, RICH]
    with open_plan(path) as plan:
        yield Compared(plan, compare(plan, WEEK, wanted, effort=EFFORT))


@pytest.mark.parametrize("wanted", [NOTHING, NOT_MOVED], ids=lambda one: one.name)
def test_a_scenario_that_changes_nothing_is_the_base(compared: Compared, wanted: Scenario) -> None:
    base, result = compared.found.base, compared.of(wanted)
    assert result.roster == base.roster
    assert result.covered == base.covered
    assert result.n_disturbed == 0
    assert result.first_broken(base) is None


def test_nothing_of_it_is_stored(compared: Compared) -> None:
    store = compared.plan.store
    assert store.draft_revision(WEEK) == 0
    assert not store.load_roster(WEEK).shifts
    assert store.journal()[-1].command == "test", "the plan's records are the last thing kept"


def test_the_line_that_breaks_first_is_the_earliest_that_held_before(compared: Compared) -> None:
    base, result = compared.found.base, compared.of(ALL_BUT_ONE)
    assert not base.lines
    line = result.first_broken(base)
    assert line is not None
    assert line.day == min(one.day for one in result.lines)
    assert line.week == WEEK
    assert line.place in {small.SCHOOL_A, small.SCHOOL_B}
    assert result.n_covered < base.n_covered
    assert result.n_wanted == base.n_wanted


def test_fewer_duties_leave_nothing_more_uncovered(compared: Compared) -> None:
    base, result = compared.found.base, compared.of(ONE_SCHOOL)
    assert result.n_missing <= base.n_missing
    assert result.n_wanted < base.n_wanted


def test_people_who_are_not_there_do_not_count_as_disturbed(compared: Compared) -> None:
    assert compared.of(TWO_CONTACTS_LESS).n_disturbed <= 2, "the two contacts who are left"
    known = len(small.CONTACTS) + len(small.OFFICERS)
    assert all(0 <= one.n_disturbed <= known for one in compared.found.results)


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
    compared: Compared, small_open: OpenPlan
) -> None:
    proposal = as_proposal(small_open, compared.of(RICH))
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
