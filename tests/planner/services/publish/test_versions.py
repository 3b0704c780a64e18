import json
from dataclasses import replace
from datetime import timedelta

import pytest

from planner import clock
from planner.domain.changed import ChangeKind
from planner.domain.ids import DutyId
from planner.domain.roster import Roster
from planner.errors import ConflictError, NotFoundError
from planner.services.publish.publishing import latest, publish
from planner.services.publish.versions import DRAFT, VersionState, compare, versions
from planner.services.roster.views import Decision
from tests.planner.small import CONTACTS, FRIDAY, MONDAY, SCHOOL_A, WEEK, save_draft

OWN_STAFF = {DutyId(f"b/{FRIDAY}/after-1"): Decision.OWN_STAFF}
FIRST_AT_A = f"a/{MONDAY}/before-1"


@pytest.fixture(autouse=True)
def ticking(monkeypatch):
    """Let every look at the clock be a minute later, so that no two publications coincide."""
    start, looks = clock.now(), iter(range(1000))
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=next(looks)))


def handed_over(roster: Roster) -> Roster:
    """Return the roster with the first duty at school ``a`` done by somebody else."""
    return replace(
        roster,
        assignments=tuple(
            replace(done, staff=CONTACTS[2]) if done.duty == FIRST_AT_A else done
            for done in roster.assignments
        ),
    )


def told(found):
    return [(one.version, one.state, one.replaces, one.n_people, one.n_sheets) for one in found]


def test_week_without_roster_has_no_version(small_open):
    assert versions(small_open, WEEK) == ()


def test_draft_is_a_version_while_it_says_more(drafted):
    assert told(versions(drafted, WEEK)) == [(DRAFT, VersionState.DRAFT, None, 4, 2)]
    publish(drafted, WEEK, OWN_STAFF)
    assert told(versions(drafted, WEEK)) == [(1, VersionState.PUBLISHED, None, 4, 2)]


def test_replaced_versions_stay_in_the_list(drafted, small_roster):
    publish(drafted, WEEK, OWN_STAFF)
    save_draft(drafted, handed_over(small_roster))
    assert told(versions(drafted, WEEK))[0] == (DRAFT, VersionState.DRAFT, 1, 2, 1)
    publish(drafted, WEEK, {})
    newest, oldest = versions(drafted, WEEK)
    assert told([newest]) == [(2, VersionState.PUBLISHED, 1, 2, 1)]
    assert told([oldest]) == [(1, VersionState.REPLACED, None, 4, 2)]
    assert newest.published_at > oldest.published_at
    assert newest.published_by == drafted.store.actor


def test_undecided_window_makes_the_sheet_a_new_one(drafted, small_roster):
    publish(drafted, WEEK, OWN_STAFF)
    kept = tuple(done for done in small_roster.assignments if done.duty != FIRST_AT_A)
    save_draft(drafted, replace(small_roster, assignments=kept))
    (draft, _published) = versions(drafted, WEEK)
    assert (draft.n_people, draft.n_sheets) == (1, 1)


def test_any_two_versions_compare_both_ways(drafted, small_roster):
    publish(drafted, WEEK, OWN_STAFF)
    save_draft(drafted, handed_over(small_roster))
    publish(drafted, WEEK, {})
    save_draft(drafted, small_roster)
    assert compare(drafted, WEEK, 1, 1).is_empty
    assert compare(drafted, WEEK, 1, DRAFT).is_empty
    (there,) = compare(drafted, WEEK, 1, 2).duties
    (back,) = compare(drafted, WEEK, 2, DRAFT).duties
    assert there.kind is ChangeKind.HANDED_OVER
    assert back == there.reversed()
    assert (there.source, there.title) == (SCHOOL_A, "Askskolan")


def test_who_left_the_plan_keeps_the_published_name(drafted):
    publish(drafted, WEEK, OWN_STAFF)
    gone = CONTACTS[1]
    left = replace(
        drafted.plan,
        staff=tuple(member for member in drafted.plan.staff if member.id != gone),
        shift_types=(),
        schools=(),
        bell_times=(),
    )
    drafted._plan = left
    differences = compare(drafted, WEEK, 1, 1)
    assert differences.names[gone] == "Kontakt Nr2"
    assert {place.title for place in differences.places} == {"Askskolan", "Björkskolan", "Torget"}
    assert set(differences.shift_codes.values()) == {"S", "E"}


def test_unknown_version_is_said(drafted):
    publish(drafted, WEEK, OWN_STAFF)
    with pytest.raises(NotFoundError, match="version-unknown"):
        compare(drafted, WEEK, 1, 7)


def test_missing_draft_is_said(small_open):
    with pytest.raises(ConflictError, match="week-not-generated"):
        compare(small_open, WEEK, DRAFT, DRAFT)


def test_publication_of_an_earlier_program_reads_without_overrides(drafted):
    publish(drafted, WEEK, OWN_STAFF)
    document = json.loads(drafted.store.latest_publication(WEEK).snapshot)
    assert document["overrides"] == []
    assert latest(drafted, WEEK).overrides == ()
