from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner import clock
from planner.domain.ids import BaseRosterId, DutyId
from planner.domain.roster import Override, Severity
from planner.domain.shifts import BaseRoster, BaseRosterMember, BaseRosterShift
from planner.domain.spans import Span
from planner.domain.staff import ShiftSource
from planner.errors import ConflictError
from planner.messages import sentence
from planner.services.publish.publishing import latest, publish
from planner.services.roster.views import Decision
from planner.services.week.checking import check
from planner.services.week.publish_check import before_publishing
from tests.planner.small import CONTACTS, FRIDAY, MONDAY, OFFICERS, SCHOOL_SHIFT, WEEK, save_draft
from tests.planner.writing import put

OPEN = DutyId(f"b/{FRIDAY}/after-1")


@pytest.fixture
def months_before(monkeypatch):
    """Publish so early that everybody is told in time."""
    monkeypatch.setattr(clock, "today", lambda _zone: date(2026, 9, 1))


@pytest.fixture
def eve(monkeypatch):
    """Publish on the day before the week."""
    monkeypatch.setattr(clock, "today", lambda _zone: MONDAY - timedelta(days=1))


def retimed(roster, hours):
    """Return the roster with the first shift's end moved, and the rest as it was."""
    first, *rest = roster.shifts
    part = first.parts[-1]
    parts = (*first.parts[:-1], Span(part.start, part.end + timedelta(hours=hours)))
    return replace(roster, shifts=(replace(first, parts=parts), *rest))


def with_two_shifts_on_a_day(roster):
    """Return the roster with a rule broken: two shifts of ``c1`` at once on Monday."""
    first = roster.shifts[0]
    return replace(roster, shifts=(*roster.shifts, replace(first, id="twice")))


def let_stand(plan, week):
    """Return an override for every broken rule of the draft."""
    return tuple(
        Override(
            id=f"o{number}",
            week=week,
            rule=finding.breach[0],
            staff=finding.breach[1],
            start=finding.breach[2],
            values=finding.breach[3],
            reason="Agreed by phone",
            author="planner",
            at=clock.now(),
        )
        for number, finding in enumerate(check(plan, week).findings)
        if finding.severity is Severity.VIOLATION
    )


def test_week_without_draft_is_not_checked(small_open):
    with pytest.raises(ConflictError, match="week-not-generated"):
        before_publishing(small_open, WEEK)


@pytest.mark.usefixtures("months_before")
def test_first_publication_shows_windows_and_all_who_get_a_sheet(drafted):
    found = before_publishing(drafted, WEEK)
    assert found.replaces is None
    assert [window.duty for window in found.windows] == [OPEN]
    assert found.decided == {}
    assert found.gaps == ()
    assert found.short_notice == ()
    assert [name for _, name in found.schools] == ["Askskolan", "Björkskolan"]
    assert {person.staff for person in found.people} == {*CONTACTS[:2], *OFFICERS[:2]}


def test_gaps_that_are_no_school_windows_are_listed(drafted, small_roster):
    *kept, left_out = small_roster.assignments
    save_draft(drafted, replace(small_roster, assignments=tuple(kept)))
    (gap,) = before_publishing(drafted, WEEK).gaps
    assert (gap.duty, gap.missing) == (left_out.duty, 1)


@pytest.mark.usefixtures("months_before")
def test_second_publication_shows_only_what_it_changes(drafted, small_roster):
    publish(drafted, WEEK, {OPEN: Decision.OWN_STAFF})
    save_draft(drafted, retimed(small_roster, 1))
    found = before_publishing(drafted, WEEK)
    assert found.replaces == 1
    assert found.decided == {OPEN: Decision.OWN_STAFF}
    assert [person.staff for person in found.people] == [CONTACTS[0]]
    assert found.schools == ()


@pytest.mark.usefixtures("eve")
def test_new_shifts_told_late_are_listed_and_given_ones_are_known(drafted, small_roster):
    late = before_publishing(drafted, WEEK).short_notice
    assert len(late) == len(small_roster.shifts)
    given = tuple(replace(one, source=ShiftSource.GIVEN) for one in small_roster.shifts)
    save_draft(drafted, replace(small_roster, shifts=given))
    assert before_publishing(drafted, WEEK).short_notice == ()


@pytest.mark.usefixtures("eve")
def test_given_shift_that_was_changed_by_hand_is_told_late(drafted, small_roster):
    base = BaseRosterId("base")
    drafted._plan = replace(
        drafted.plan,
        base_rosters=(BaseRoster(id=base, name="Base", n_weeks=1, first_monday=MONDAY),),
        base_roster_shifts=(
            BaseRosterShift(base_roster=base, week=1, weekday=1, shift_type=SCHOOL_SHIFT),
        ),
        base_roster_members=(BaseRosterMember(base_roster=base, staff=CONTACTS[0]),),
    )
    given = tuple(replace(one, source=ShiftSource.GIVEN) for one in small_roster.shifts)
    save_draft(drafted, retimed(replace(small_roster, shifts=given), 1))
    (late,) = before_publishing(drafted, WEEK).short_notice
    assert (late.change.staff, late.change.day) == (CONTACTS[0], MONDAY)


@pytest.mark.usefixtures("eve")
def test_only_shifts_changed_since_the_publication_come_late(drafted, small_roster):
    publish(drafted, WEEK, {OPEN: Decision.OWN_STAFF})
    assert before_publishing(drafted, WEEK).short_notice == ()
    save_draft(drafted, retimed(small_roster, 1))
    (late,) = before_publishing(drafted, WEEK).short_notice
    assert (late.change.staff, late.given_days, late.least_days) == (CONTACTS[0], 1, 14)


def test_broken_rule_is_listed_until_it_is_let_stand(drafted, small_roster):
    broken = with_two_shifts_on_a_day(small_roster)
    save_draft(drafted, broken)
    found = before_publishing(drafted, WEEK)
    assert "shifts-per-day" in {finding.code for finding in found.broken}
    assert found.overrides == ()
    overrides = let_stand(drafted, WEEK)
    save_draft(drafted, replace(broken, overrides=overrides))
    found = before_publishing(drafted, WEEK)
    assert found.broken == ()
    assert [one.override for one in found.overrides] == list(overrides)
    assert all(one.finding is not None for one in found.overrides)


def test_override_of_what_is_not_broken_any_more_says_so(drafted, small_roster):
    save_draft(drafted, with_two_shifts_on_a_day(small_roster))
    overrides = let_stand(drafted, WEEK)
    save_draft(drafted, replace(small_roster, overrides=overrides))
    found = before_publishing(drafted, WEEK)
    assert {one.finding for one in found.overrides} == {None}


def test_publication_keeps_the_overrides(drafted, small_roster):
    save_draft(drafted, with_two_shifts_on_a_day(small_roster))
    overrides = let_stand(drafted, WEEK)
    save_draft(drafted, replace(with_two_shifts_on_a_day(small_roster), overrides=overrides))
    publish(drafted, WEEK, {OPEN: Decision.OWN_STAFF})
    assert latest(drafted, WEEK).overrides == overrides


def test_what_schools_may_not_see_is_told_before_it_is_published(drafted):
    assert before_publishing(drafted, WEEK).refused == ()
    school = drafted.plan.schools[0]
    officer = drafted.plan.staff_by_id[OFFICERS[0]].display_name
    with drafted.changing("test") as store:
        put(store, "schools", [replace(school, phone=f"Ring {officer}")])
    (refused,) = before_publishing(drafted, WEEK).refused
    assert refused.code == "print-refused"
    assert school.name in sentence(refused)
