"""The Västerås example: importable, consistent, legal, and coverable but for one known pair."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

import resources
from planner.domain.demand import make_duties
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import SkillId
from planner.domain.plan import Plan, PlanSettings
from planner.domain.roster import Roster, Shift
from planner.domain.rotation import roll_out
from planner.domain.schools import PeriodKind, SchoolPeriod, Staffing
from planner.domain.spans import MINUTE, Span, local_span
from planner.domain.staff import ShiftSource, StaffMember
from planner.domain.validation import faults
from planner.domain.weeks import IsoWeek
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content
from planner.planning.judging import judge
from planner.services.examples.making import EXAMPLE_WEEK, create_example
from planner.services.imports.importing import import_
from planner.services.plans import create_plan, open_plan

WEEK = EXAMPLE_WEEK
WEEK_BEFORE = WEEK.shifted(-1)
SOURCE = resources.path("example", "vasteras")


@pytest.fixture(scope="module")
def problems() -> Problems:
    return Problems()


@pytest.fixture(scope="module")
def example(problems: Problems) -> tuple[Plan, tuple[Shift, ...]]:
    content = read_content(SOURCE, PlanSettings(), problems)
    return Plan(settings=content.settings, **content.records), content.shifts


@pytest.fixture(scope="module")
def plan(example: tuple[Plan, tuple[Shift, ...]]) -> Plan:
    return example[0]


@pytest.fixture(scope="module")
def shifts(example: tuple[Plan, tuple[Shift, ...]]) -> tuple[Shift, ...]:
    return example[1]


def test_import_finds_only_the_missing_position_and_unconfirmed_rule_books(tmp_path: Path) -> None:
    create_plan(tmp_path / "example.narvaro")
    with open_plan(tmp_path / "example.narvaro") as opened:
        report = import_(opened, SOURCE)
    assert [(finding.code, finding.place) for finding in report.findings] == [
        ("site-without-position", "lovangsskolan"),
        ("rule-book-unconfirmed", "ata"),
        ("rule-book-unconfirmed", "hok"),
    ]


def test_every_row_is_good_and_every_id_unique(
    plan: Plan, shifts: tuple[Shift, ...], problems: Problems
) -> None:
    assert not problems
    assert not problems.warnings
    assert list(faults(plan, shifts)) == []


def test_example_has_its_intended_size(plan: Plan) -> None:
    by_employer = Counter(member.employer for member in plan.staff)
    by_squad = Counter(member.squad for member in plan.staff if member.squad)
    staffing = Counter(school.staffing for school in plan.schools)
    assert by_employer == {"polisen": 40, "vasteras": 45}
    assert set(by_squad.values()) == {10}
    assert staffing == {Staffing.POOL: 34, Staffing.OWN: 2}
    assert len(plan.hotspots) == 10
    assert all(not book.confirmed_by for book in plan.rule_books)


def test_schools_are_only_those_whose_names_were_found(plan: Plan) -> None:
    assert {school.certainty for school in plan.schools} == {"A", "B", "C"}


def test_phones_are_from_the_series_reserved_for_fiction(plan: Plan) -> None:
    phones = [
        plan.settings.coordinator_phone,
        *(employer.service_phone for employer in plan.employers),
        *(member.service_phone for member in plan.staff),
        *(school.phone for school in plan.schools),
    ]
    assert all(phone.startswith(("031-390 06 ", "08-465 004 ")) for phone in phones)
    assert len(set(phones)) == len(phones)


def test_one_protected_identity_is_shown_by_another_name(plan: Plan) -> None:
    assert len([member for member in plan.staff if member.display_name != member.name]) == 1


def test_every_squad_has_three_who_can_lead(plan: Plan) -> None:
    leads = Counter(
        member.squad for member in plan.staff if "lead" in plan.skills_of(member.id, WEEK.monday)
    )
    assert set(leads.values()) == {3}
    assert len(leads) == 4


def test_each_pool_school_knows_a_contact_and_another_person_as_substitute(plan: Plan) -> None:
    for school in plan.schools:
        known = {
            contact.role: contact.staff
            for contact in plan.school_contacts
            if contact.school == school.id
        }
        assert len(set(known.values())) == (2 if school.staffing is Staffing.POOL else 0)


@pytest.mark.parametrize("year", range(2026, 2032))
def test_each_school_year_has_both_terms_and_its_breaks(plan: Plan, year: int) -> None:
    def periods(kind: PeriodKind) -> list[SchoolPeriod]:
        return [
            period
            for period in plan.school_periods
            if period.kind is kind and (year, 8) <= _month(period) < (year + 1, 8)
        ]

    assert len(periods(PeriodKind.TERM)) == 2
    breaks = {IsoWeek.of(period.first_day) for period in periods(PeriodKind.BREAK)}
    assert {IsoWeek(year, 44), IsoWeek(year + 1, 9)} < breaks
    assert len(breaks) == 3
    assert all("(exempel)" in period.name for period in plan.school_periods)


def test_contact_windows_are_at_the_ends_of_the_school_day(plan: Plan) -> None:
    for duty in _school_duties(plan):
        assert 30 <= duty.duration_min <= 60
        school_hours = local_span(duty.day, time(7, 15), time(16, 15), plan.zone)
        assert school_hours.contains(duty.span)


def test_school_windows_have_people_enough_but_for_one_known_pair(plan: Plan) -> None:
    nobody = [
        duty.id
        for duty in _school_duties(plan)
        if not any(_is_free(plan, member, duty) for member in plan.staff)
    ]
    wednesday = WEEK.days[2].isoformat()
    assert nobody == [
        f"sofiaskolan/{wednesday}/before-1",
        f"sofiaskolan/{wednesday}/after-1",
    ]


def test_every_moment_has_as_many_contact_persons_as_schools_that_want_one(plan: Plan) -> None:
    duties = _school_duties(plan)
    for duty in duties:
        moment = Span(duty.span.start, duty.span.start + MINUTE)
        n_wanted = sum(other.heads for other in duties if other.span.overlaps(moment))
        here = replace(
            duty,
            latest_start=duty.earliest_start,
            duration_min=1,
            skills=frozenset({SkillId("contact")}),
        )
        n_free = sum(_is_free(plan, member, here) for member in plan.staff)
        assert n_free >= n_wanted + 3


def test_everybody_worked_lawfully_the_week_before(plan: Plan, shifts: tuple[Shift, ...]) -> None:
    assert {shift.staff for shift in shifts} == {member.id for member in plan.staff}
    assert {IsoWeek.of(shift.day) for shift in shifts} == {WEEK_BEFORE}
    assert judge(plan, Roster(week=WEEK_BEFORE, shifts=shifts)).findings == ()


def test_given_shifts_of_the_week_before_are_those_of_the_base_roster(
    plan: Plan, shifts: tuple[Shift, ...]
) -> None:
    members = {member.staff for member in plan.base_roster_members}
    worked = {
        (shift.staff, shift.shift_type, shift.parts) for shift in shifts if shift.staff in members
    }
    rolled = {(shift.staff, shift.shift_type, shift.parts) for shift in roll_out(plan, WEEK_BEFORE)}
    assert worked == rolled
    given = {
        contract.staff for contract in plan.contracts if contract.shift_source is ShiftSource.GIVEN
    }
    assert given == members


def test_base_roster_moves_with_the_week_before(tmp_path: Path) -> None:
    target, before = tmp_path / "moved.narvaro", WEEK.shifted(8)
    create_example(target, week=WEEK.shifted(9))
    with open_plan(target) as opened:
        stored = opened.store.shifts_between(before.span(opened.plan.zone))
        rolled = roll_out(opened.plan, before)
    worked = {(shift.staff, shift.day, shift.shift_type) for shift in stored}
    assert {(shift.staff, shift.day, shift.shift_type) for shift in rolled} < worked


@pytest.mark.parametrize("n_later", range(4))
def test_base_roster_keeps_the_rule_book_in_each_of_its_weeks(plan: Plan, n_later: int) -> None:
    usual = replace(plan, absences=(), bound_times=(), standbys=())
    week = WEEK.shifted(n_later)
    around = (
        *roll_out(plan, week.shifted(-2)),
        *roll_out(plan, week.shifted(-1)),
        *roll_out(plan, week.shifted(1)),
    )
    judgement = judge(usual, Roster(week=week, shifts=roll_out(plan, week)), around)
    unplaced_breaks = {"break", "continuous-work"}
    assert [one for one in judgement.findings if one.code not in unplaced_breaks] == []


def _school_duties(plan: Plan) -> list[Duty]:
    return [duty for duty in make_duties(plan, WEEK) if duty.kind is DutyKind.SCHOOL]


def _is_free(plan: Plan, member: StaffMember, duty: Duty) -> bool:
    """Tell whether a person has the skills and nothing that keeps him or her from ``duty``."""
    contract = plan.contract_of(member.id, duty.day)
    return (
        contract is not None
        and str(duty.day.isoweekday()) not in contract.free_weekdays
        and duty.skills <= plan.skills_of(member.id, duty.day)
        and not any(span.overlaps(duty.span) for span in _kept_away(plan, member, duty))
    )


def _kept_away(plan: Plan, member: StaffMember, duty: Duty) -> Iterator[Span]:
    yield from (one.span for one in plan.absences if one.staff == member.id)
    yield from (one.span for one in plan.bound_times if one.staff == member.id)
    for one in plan.unavailabilities:
        if one.staff == member.id and one.weekday == duty.day.isoweekday():
            yield local_span(duty.day, one.start, one.end, plan.zone)


def _month(period: SchoolPeriod) -> tuple[int, int]:
    return period.first_day.year, period.first_day.month
