from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner import clock
from planner.domain.changes import Change
from planner.domain.ids import DutyId, SchoolId
from planner.domain.plan import PlanSettings
from planner.domain.publication import Publication, SheetVersion, WindowDecision
from planner.domain.roster import (
    Assignment,
    Blocker,
    Gap,
    GapReason,
    LevelResult,
    Roster,
    Shift,
)
from planner.domain.spans import Span
from planner.domain.staff import Employer, ShiftSource, Skill, StaffMember, StaffSkill
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.store.store import Store
from tests.planner.writing import put, take_away

WEEK = IsoWeek(2026, 48)
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
ANNA = StaffMember(id="anna", name="Anna", display_name="Anna", employer="city")
BO = replace(ANNA, id="bo", name="Bo", display_name="Bo")


def hours(start, end):
    return Span(MONDAY + timedelta(hours=start), MONDAY + timedelta(hours=end))


def shift(name, *parts, staff="anna", breaks=(), **options):
    return Shift(
        id=name,
        staff=staff,
        day=parts[0].start.date(),
        shift_type=None,
        parts=parts,
        breaks=breaks,
        **options,
    )


@pytest.fixture
def staffed(store):
    with store.transaction("test"):
        put(store, "employers", [Employer(id="city", name="City")])
        put(store, "staff", [ANNA, BO])
    return store


@pytest.fixture
def roster():
    early = shift(
        "early",
        hours(6, 10),
        hours(14, 18),
        breaks=(hours(8, 9),),
        source=ShiftSource.GIVEN,
        is_locked=True,
        crew="crew-1",
    )
    gap = Gap(
        duty=DutyId("school/2026-11-23/1"),
        need=None,
        title="Skolan",
        span=hours(7, 8),
        missing=1,
        reason=GapReason.RULE,
        is_proved=True,
        proof="bound",
        blockers=(Blocker(code="daily-rest", n_staff=3),),
    )
    return Roster(
        week=WEEK,
        shifts=(early, shift("late", hours(20, 30), staff="bo")),
        assignments=(
            Assignment(
                duty=DutyId("a/2026-11-23/1"),
                staff="anna",
                start=hours(6, 7).start,
                end=hours(6, 7).end,
                is_locked=True,
            ),
        ),
        levels=(LevelResult(level="promised-1", value=2, bound=None),),
        gaps=(gap,),
        generated_at=MONDAY,
    )


def save(store, roster, **options):
    with store.transaction("generate"):
        return store.save_roster(roster, **options)


def test_a_roster_comes_back_as_it_was_saved(staffed, roster):
    revision = save(staffed, roster)
    assert staffed.load_roster(WEEK) == roster
    assert staffed.draft_revision(WEEK) == revision > 0


def test_saving_a_roster_again_leaves_only_the_new_one(staffed, roster):
    revision = save(staffed, roster)
    smaller = Roster(week=WEEK, shifts=roster.shifts[:1], generated_at=MONDAY)
    assert save(staffed, smaller) > revision
    assert staffed.load_roster(WEEK) == smaller


def test_a_week_without_draft_has_the_shifts_that_were_imported(staffed, roster):
    with staffed.transaction("import"):
        put(staffed, "shifts", roster.shifts)
    assert staffed.load_roster(WEEK) == Roster(week=WEEK, shifts=roster.shifts)
    assert staffed.draft_revision(WEEK) == 0


def test_saving_one_week_leaves_the_shifts_of_others(staffed, roster):
    sunday = shift("sunday", hours(-10, 2))
    with staffed.transaction("import"):
        put(staffed, "shifts", [sunday])
    save(staffed, roster)
    assert staffed.load_roster(WEEK.shifted(-1)).shifts == (sunday,)


def test_who_saves_over_a_changed_draft_is_told(staffed, roster):
    save(staffed, roster, expected_revision=0)
    with pytest.raises(ConflictError, match="draft-changed"):
        save(staffed, replace(roster, shifts=()), expected_revision=0)
    assert staffed.load_roster(WEEK) == roster


def test_shifts_of_a_time_are_those_with_a_moment_in_it(staffed):
    shifts = [
        shift("before", hours(-8, 0)),
        shift("into", hours(-8, 1), staff="bo"),
        shift("split", hours(-4, -2), hours(30, 31)),
        shift("after", hours(24, 26), staff="bo"),
    ]
    with staffed.transaction("import"):
        put(staffed, "shifts", shifts)
    found = staffed.shifts_between(hours(0, 24))
    assert [shift.id for shift in found] == ["split", "into"]
    assert found[0].parts == shifts[2].parts


def test_a_shift_put_again_takes_the_place_of_the_old_one(staffed):
    with staffed.transaction("import"):
        put(staffed, "shifts", [shift("a", hours(6, 10), hours(12, 14))])
    with staffed.transaction("import"):
        put(staffed, "shifts", [shift("a", hours(7, 9))])
    assert staffed.shifts_with_ids(["a", "b"]) == (shift("a", hours(7, 9)),)


def test_a_draft_into_which_shifts_are_imported_counts_as_changed(staffed, roster):
    revision = save(staffed, roster)
    with staffed.transaction("import"):
        put(staffed, "shifts", [shift("sunday", hours(-10, 2)), shift("new", hours(6, 9))])
    assert staffed.draft_revision(WEEK) > revision
    with pytest.raises(ConflictError):
        save(staffed, roster, expected_revision=1)


def test_rosters_name_the_people_that_must_stay(staffed, roster):
    save(staffed, roster)
    assert staffed.named_in_rosters() == ({"anna", "bo"}, set())


def test_settings_come_back(store):
    settings = PlanSettings(name="Västerås", language="en", detour_percent=150)
    with store.transaction("settings"):
        put(store, "settings", [settings])
    assert store.load_plan().settings == settings


def test_a_record_put_again_takes_the_place_of_the_one_with_its_key(staffed):
    skill = Skill(id="contact", name="Contact")
    renewed = StaffSkill(staff="anna", skill="contact", first_day=date(2026, 1, 1))
    held = StaffSkill(staff="anna", skill="contact")
    ended = replace(held, last_day=date(2025, 12, 31))
    with staffed.transaction("test"):
        put(staffed, "skills", [skill])
        put(staffed, "staff_skills", [held, renewed])
    with staffed.transaction("test"):
        put(staffed, "staff_skills", [ended])
    assert staffed.load_plan().staff_skills == (ended, renewed)
    with staffed.transaction("test"):
        take_away(staffed, "staff_skills", [ended])
    assert staffed.load_plan().staff_skills == (renewed,)


def test_a_record_that_others_name_can_be_changed(staffed):
    with staffed.transaction("test"):
        put(staffed, "employers", [Employer(id="city", name="Staden")])
    assert Employer(id="city", name="Staden") in staffed.load_plan().employers
    assert staffed.load_plan().staff == (ANNA, BO)


def test_nothing_of_a_command_that_fails_is_kept(staffed, roster):
    before = staffed.load_plan(), staffed.journal()

    def fail():
        with staffed.transaction("test"):
            take_away(staffed, "staff", [BO])
            staffed.save_roster(roster)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (staffed.load_plan(), staffed.journal()) == before
    assert staffed.load_roster(WEEK) == Roster(week=WEEK)


def test_writing_outside_a_transaction_is_a_fault(store):
    with pytest.raises(RuntimeError):
        put(store, "skills", [])


def test_a_transaction_inside_another_is_a_fault(store):
    with store.transaction("outer"), pytest.raises(RuntimeError), store.transaction("inner"):
        pass


def test_a_transaction_reads_what_it_wrote_and_others_do_not(path, store):
    with Store(path) as other, store.transaction("test"):
        put(store, "skills", [Skill(id="a", name="A")])
        assert len(store.load_plan().skills) == 1
        assert other.load_plan().skills == ()


def test_each_command_leaves_an_entry_in_the_journal(store, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    with store.transaction("import", n_rows=3) as touched:
        touched["files"] = ["staff.csv"]
    with store.transaction("generate"):
        pass
    first, second = store.journal()
    assert (first.actor, first.command, first.at) == ("anna", "import", MONDAY)
    assert first.touched == {"n_rows": 3, "files": ["staff.csv"]}
    assert store.journal(after=first.number) == (second,)


def publication(week=WEEK):
    return Publication(
        number=1,
        week=week,
        published_at=MONDAY,
        published_by="anna",
        snapshot="{}",
        sha256="0" * 64,
    )


def test_publications_are_numbered_and_know_what_they_replace(store):
    with store.transaction("publish"):
        first = store.add_publication(publication())
        other = store.add_publication(publication(WEEK.shifted(1)))
        second = store.add_publication(publication())
    assert [first.number, other.number, second.number] == [1, 2, 3]
    assert [first.replaces, other.replaces, second.replaces] == [None, None, 1]
    assert store.publications(WEEK) == (first, second)
    assert store.latest_publication(WEEK) == second
    assert store.latest_publication(WEEK.shifted(5)) is None


def test_sheet_versions_stay_in_order(store):
    versions = [
        SheetVersion(publication=n, school=SchoolId("s"), version=n, sha256="0" * 64)
        for n in (1, 2)
    ]
    with store.transaction("publish"):
        store.add_sheet_versions(reversed(versions))
    assert store.sheet_versions(SchoolId("s")) == tuple(versions)
    assert store.sheet_versions(SchoolId("t")) == ()


def test_a_later_decision_on_a_window_takes_the_place_of_the_earlier(store):
    window = DutyId("s/2026-11-23/1")
    early = WindowDecision(week=WEEK, duty=window, decision="own-staff", decided_at=MONDAY)
    late = replace(early, decision="cancelled")
    with store.transaction("decide"):
        store.save_decisions(iter([early]))
        store.save_decisions([late])
    assert store.decisions(WEEK) == (late,)
    with store.transaction("decide"):
        store.remove_decisions([window])
    assert store.decisions(WEEK) == ()


def test_changes_are_kept_with_their_command_and_come_back_as_they_were(staffed, roster):
    renamed = replace(ANNA, name="Anna Ny")
    with staffed.transaction("test"):
        staffed.apply([Change(set_name="staff", before=ANNA, after=renamed)])
        staffed.save_roster(roster)
    (entry,) = staffed.entries_with_changes(staffed.actor)[-1:]
    changes = staffed.changes_of(entry.number)
    assert Change(set_name="staff", before=ANNA, after=renamed) in changes
    assert {change.after for change in changes if change.set_name == "shifts"} == {*roster.shifts}
    with staffed.transaction("undo", undoes=entry.number):
        staffed.apply([change.reversed() for change in changes])
    assert staffed.load_roster(WEEK) == Roster(week=WEEK)
    assert ANNA in staffed.load_plan().staff


def test_a_change_of_a_record_that_is_another_by_now_is_refused_whole(staffed):
    other = replace(ANNA, name="Anna Ny")
    with pytest.raises(ConflictError) as refused, staffed.transaction("test"):
        staffed.apply(
            [
                Change(set_name="staff", before=BO, after=None),
                Change(set_name="staff", before=other, after=ANNA),
            ]
        )
    assert refused.value.code == "record-changed"
    assert staffed.load_plan().staff == (ANNA, BO)


def test_changes_that_cancel_out_are_no_changes(staffed):
    n_before = len(staffed.entries_with_changes(staffed.actor))
    with staffed.transaction("test"):
        staffed.apply([Change(set_name="staff", before=BO, after=None)])
        staffed.apply([Change(set_name="staff", before=None, after=BO)])
    assert len(staffed.entries_with_changes(staffed.actor)) == n_before
