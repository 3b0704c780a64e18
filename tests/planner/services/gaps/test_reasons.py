"""Why gaps are there: the facts that together cause them, for planners and for managers."""

from dataclasses import asdict, replace

import pytest

from planner.domain.ids import StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Gap, GapReason, Roster
from planner.domain.rules import RuleKey
from planner.domain.staff import Absence, BoundTime
from planner.services.gaps.reasons import GapWeek, explain, explain_all, reinforcements
from planner.services.gaps.values import ExplainedGap, for_managers
from planner.services.gaps.wording import fact_lines, managers_lines, planners_lines
from planner.words import speaking
from tests.planner import small
from tests.planner.small import CONTACTS, FRIDAY, MONDAY, OFFICERS, SCHOOL_B

OPEN = f"{SCHOOL_B}/{FRIDAY}/after-1"


def absent(staff: StaffId, number: int) -> Absence:
    return Absence(
        id=f"ill-{number}",
        staff=staff,
        start=small.at(FRIDAY, "00:00"),
        end=small.at(FRIDAY, "23:00"),
    )


def away(plan: Plan, *staff: StaffId) -> Plan:
    """Return the plan with people absent on Friday."""
    more = tuple(absent(one, number) for number, one in enumerate(staff))
    return replace(plan, absences=(*plan.absences, *more))


def the_gap(week: GapWeek) -> Gap:
    return next(gap for gap in week.gaps if gap.duty == OPEN)


def explained(plan: Plan, roster: Roster) -> ExplainedGap:
    week = GapWeek(plan=plan, draft=roster)
    return explain(week, the_gap(week))


def test_somebody_free_means_that_nothing_causes_it(small_plan: Plan, small_roster: Roster) -> None:
    found = explained(small_plan, small_roster)
    assert found.facts == ()
    assert set(found.free) >= {CONTACTS[2]}
    assert found.reason is GapReason.PREFERENCE
    assert not found.is_proved


def test_absence_and_bound_time_of_all_are_supply_and_proved(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = away(small_plan, *CONTACTS[1:3])
    court = BoundTime(
        id="course",
        staff=CONTACTS[3],
        start=small.at(FRIDAY, "08:00"),
        end=small.at(FRIDAY, "16:00"),
        title="Kurs",
    )
    plan = replace(plan, bound_times=(*plan.bound_times, court))
    found = explained(plan, small_roster)
    assert {(fact.code, fact.of) for fact in found.facts} == {
        ("blocked", CONTACTS[1]),
        ("blocked", CONTACTS[2]),
        ("bound", CONTACTS[3]),
        ("other-work", ""),  # c1 is at the other school then
    }
    assert all(fact.is_verified for fact in found.facts)
    assert found.reason is GapReason.PREFERENCE
    with speaking("sv"):
        said = next(planners_lines(plan, found))
    assert "inte kan täckas" not in said, "it could be, as the sentence before says"
    without_c1 = away(plan, CONTACTS[0])
    found = explained(without_c1, small_roster)
    assert found.reason is GapReason.SUPPLY
    assert found.proof == "nobody"


def test_a_rule_is_told_with_its_number_and_what_it_would_be(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = away(small_plan, CONTACTS[1], CONTACTS[3])
    strict = tuple(
        replace(rule, value=60)
        if rule.key is RuleKey.MAX_WEEK and "city" in rule.rule_book
        else rule
        for rule in plan.rules
    )
    found = explained(replace(plan, rules=strict), small_roster)
    rule = next(fact for fact in found.facts if fact.code == "working-time")
    assert rule.limit == 60
    assert CONTACTS[2] in rule.staff
    assert {numbers.measured for numbers in rule.numbers} == {300}
    with speaking("en"):
        told = "\n".join(managers_lines(plan, for_managers(found)))
    assert "At most 1 h a week: stops" in told
    assert "it would be 5" in told


def test_managers_see_numbers_and_nobody(small_plan: Plan, small_roster: Roster) -> None:
    found = explained(away(small_plan, *CONTACTS[1:]), small_roster)
    seen = for_managers(found)
    text = str(asdict(seen)) + "\n".join(managers_lines(small_plan, seen))
    for member in small_plan.staff:
        assert member.display_name not in text
        assert f"'{member.id}'" not in text
    (away_,) = (fact for fact in seen.facts if fact.code == "blocked")
    assert away_.n_staff == 3


@pytest.mark.parametrize("code", ["sv", "en"])
def test_planners_see_names(small_plan: Plan, small_roster: Roster, code: str) -> None:
    found = explained(away(small_plan, *CONTACTS[1:]), small_roster)
    with speaking(code):
        lines = [*planners_lines(small_plan, found)]
        lines += [line for fact in found.facts for line in fact_lines(small_plan, fact)]
    assert any("Kontakt Nr2" in line for line in lines)


def test_a_staffing_gap_is_explained_by_the_quarter_that_lacks_most(
    small_plan: Plan, small_roster: Roster
) -> None:
    alone = replace(
        small_roster,
        shifts=tuple(
            shift
            for shift in small_roster.shifts
            if (shift.staff, shift.day) != (OFFICERS[1], MONDAY)
        ),
    )
    week = GapWeek(plan=small_plan, draft=alone)
    gap = next(gap for gap in week.gaps if gap.need)
    found = explain(week, gap)
    assert found.at is not None
    assert gap.span.contains(found.at)
    assert found.n_skilled == 3


def test_who_would_have_to_come_is_put_together_by_day_and_skill(
    small_plan: Plan, small_roster: Roster
) -> None:
    plan = away(small_plan, *CONTACTS)
    week = GapWeek(plan=plan, draft=replace(small_roster, assignments=()))
    friday = [g for g in week.gaps if g.duty and f"/{FRIDAY}/" in g.duty and "square" not in g.duty]
    (wanted,) = reinforcements(week, explain_all(week, friday))
    assert wanted.skills == {small.CONTACT}
    assert wanted.n_people == 2  # both schools at once
    assert [span.start for span in wanted.spans] == [
        small.at(FRIDAY, "07:25"),
        small.at(FRIDAY, "14:00"),
    ]


def test_every_gap_is_explained_until_it_is_stopped(small_plan: Plan, small_roster: Roster) -> None:
    bare = replace(small_roster, assignments=())
    week = GapWeek(plan=small_plan, draft=bare)
    told: list[int] = []
    found = explain_all(week, on_explained=lambda _one, done, _all: told.append(done))
    assert [one.gap for one in found] == list(week.gaps)
    assert told == list(range(1, len(week.gaps) + 1))
    assert len(explain_all(week, should_stop=lambda: len(told) > 0)) == 0
