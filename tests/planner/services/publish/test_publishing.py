import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from planner import clock
from planner.domain.calendar import SchoolDayKind
from planner.domain.duties import Moment
from planner.domain.ids import DutyId
from planner.errors import ConflictError, InputError, StorageError
from planner.reports.school_sheet import NamedContacts, News, Presence
from planner.services.publish.publishing import differs, latest, publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner.small import CONTACTS, FRIDAY, OFFICERS, SCHOOL_A, SCHOOL_B, WEEK, save_draft

OPEN = DutyId(f"b/{FRIDAY}/after-1")
OWN_STAFF = {OPEN: Decision.OWN_STAFF}


@pytest.fixture(autouse=True)
def ticking(monkeypatch):
    """Let every look at the clock be a minute later, so that no two publications coincide."""
    start, looks = clock.now(), iter(range(1000))
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=next(looks)))


def window(published, school, day, moment):
    sheet = published.sheets[school]
    found = next(one for one in sheet.days if one.day == day)
    return next(one for one in found.windows if one.moment is moment)


def with_open_window_covered(roster):
    after_a = next(done for done in roster.assignments if done.duty == f"a/{FRIDAY}/after-1")
    covered = replace(after_a, duty=OPEN, staff=CONTACTS[1])
    return replace(roster, assignments=(*roster.assignments, covered))


def test_week_without_draft_is_not_published(small_open):
    with pytest.raises(ConflictError, match="week-not-generated"):
        publish(small_open, WEEK, {})


def test_window_that_nobody_covers_is_found(drafted):
    (found,) = uncovered_windows(drafted, WEEK)
    assert (found.duty, found.school, found.moment) == (OPEN, "Björkskolan", Moment.AFTER)


def test_without_decision_nothing_is_published(drafted):
    with pytest.raises(ConflictError, match="windows-undecided"):
        publish(drafted, WEEK, {})
    assert latest(drafted, WEEK) is None
    assert drafted.store.decisions(WEEK) == ()


def test_decision_on_covered_window_is_refused(drafted):
    with pytest.raises(InputError, match="decision-unknown"):
        publish(drafted, WEEK, {**OWN_STAFF, DutyId("a/x/after-1"): Decision.CANCELLED})
    assert latest(drafted, WEEK) is None


@pytest.mark.parametrize("decision", Decision)
def test_decision_stands_on_the_sheet_and_is_logged(drafted, decision):
    publish(drafted, WEEK, {OPEN: decision})
    published = latest(drafted, WEEK)
    assert window(published, SCHOOL_B, FRIDAY, Moment.AFTER).who == Presence(decision.value)
    (logged,) = drafted.store.decisions(WEEK)
    assert (logged.duty, logged.decision) == (OPEN, decision.value)


def test_sheet_names_who_comes_and_whom_to_ring(drafted):
    publish(drafted, WEEK, OWN_STAFF)
    sheet = latest(drafted, WEEK).sheets[SCHOOL_A]
    assert window(latest(drafted, WEEK), SCHOOL_A, FRIDAY, Moment.BEFORE).who == NamedContacts(
        display_names=("Kontakt Nr1",)
    )
    assert [callee.display_name for callee in sheet.substitutes] == ["Kontakt Nr3"]
    assert sheet.coordinator.phone == "021-39 00 00"


def test_study_day_has_no_window(drafted):
    publish(drafted, WEEK, OWN_STAFF)
    wednesday = latest(drafted, WEEK).sheets[SCHOOL_B].days[2]
    assert wednesday.kind is SchoolDayKind.STUDY_DAY
    assert wednesday.windows == ()


def test_officer_who_steps_in_is_not_named(drafted, small_roster):
    swapped = [
        replace(done, staff=OFFICERS[3]) if done.duty == f"a/{FRIDAY}/before-1" else done
        for done in small_roster.assignments
    ]
    save_draft(drafted, replace(small_roster, assignments=tuple(swapped)))
    publish(drafted, WEEK, OWN_STAFF)
    shown = window(latest(drafted, WEEK), SCHOOL_A, FRIDAY, Moment.BEFORE)
    assert shown.who is Presence.CONTACT_PERSON


def test_publications_are_numbered_and_replace_each_other(drafted):
    first = publish(drafted, WEEK, OWN_STAFF)
    second = publish(drafted, WEEK, {})
    assert (first.number, second.number) == (1, 2)
    assert [one.replaces for one in drafted.store.publications(WEEK)] == [None, 1]


def test_sheet_keeps_its_version_until_it_says_something_else(drafted, small_roster):
    first = publish(drafted, WEEK, OWN_STAFF)
    again = publish(drafted, WEEK, {})
    assert (first.n_changed_sheets, again.n_changed_sheets) == (2, 0)

    save_draft(drafted, with_open_window_covered(small_roster))
    third = publish(drafted, WEEK, {})
    assert third.n_changed_sheets == 1
    sheets = latest(drafted, WEEK).sheets
    assert (sheets[SCHOOL_A].version, sheets[SCHOOL_A].replaces) == (1, None)
    assert (sheets[SCHOOL_B].version, sheets[SCHOOL_B].replaces) == (2, 1)
    assert sheets[SCHOOL_A].published_at == first.published_at
    assert [one.version for one in drafted.store.sheet_versions(SCHOOL_B)] == [1, 2]
    assert window(latest(drafted, WEEK), SCHOOL_B, FRIDAY, Moment.AFTER).news == (News.PERSON,)
    assert not sheets[SCHOOL_A].has_news


def test_decision_on_window_covered_since_is_forgotten(drafted, small_roster):
    publish(drafted, WEEK, OWN_STAFF)
    save_draft(drafted, with_open_window_covered(small_roster))
    publish(drafted, WEEK, {})
    assert drafted.store.decisions(WEEK) == ()


def test_own_week_tells_shifts_duties_and_crew(drafted):
    info = publish(drafted, WEEK, OWN_STAFF)
    own = latest(drafted, WEEK).people[OFFICERS[1]]
    assert (own.version, own.published_at) == (info.number, info.published_at)
    (shift,) = own.days[0].shifts
    assert shift.crew_partners == ("Polis Nr1",)
    assert shift.officer_in_charge == "Polis Nr1"
    assert [duty.title for duty in shift.duties] == ["Torget"]
    assert own.counted_min == 5 * 450


def test_own_week_tells_absence_and_bound_time(drafted):
    publish(drafted, WEEK, OWN_STAFF)
    people = latest(drafted, WEEK).people
    assert [day.is_absent for day in people[CONTACTS[3]].days[:3]] == [True, True, False]
    assert [other.title for other in people[OFFICERS[2]].days[1].others] == ["Court"]


def test_draft_differs_only_after_an_edit(drafted, small_plan, small_roster):
    publish(drafted, WEEK, OWN_STAFF)
    published = latest(drafted, WEEK)
    assert not differs(published, small_plan, small_roster)
    one = replace(small_roster.assignments[0], is_locked=True)
    locked = replace(small_roster, assignments=(one, *small_roster.assignments[1:]))
    assert differs(published, small_plan, locked)


def test_snapshot_needs_nothing_else_to_be_read(drafted):
    info = publish(drafted, WEEK, OWN_STAFF)
    data = json.loads(drafted.store.latest_publication(WEEK).snapshot)
    assert data["format"] == "narvaro-publication/1"
    assert data["published_at"].endswith("+01:00")
    assert {school["name"] for school in data["week"]["schools"]} == {"Askskolan", "Björkskolan"}
    assert len(info.sha256) == 64


def test_snapshot_that_was_tampered_with_is_refused(drafted, small_file):
    publish(drafted, WEEK, OWN_STAFF)
    with closing(sqlite3.connect(small_file)) as connection, connection:
        connection.execute("UPDATE publications SET snapshot = replace(snapshot, 'Nr1', 'Nr9')")
    with pytest.raises(StorageError, match="publication-broken"):
        latest(drafted, WEEK)
