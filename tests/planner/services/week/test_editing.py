"""Edits by hand are kept one by one, beside those of others."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.domain import edits
from planner.domain.roster import Finding, Roster, Severity
from planner.errors import ConflictError
from planner.services.history import redo, undo
from planner.services.plans import OpenPlan, open_plan
from planner.services.roster.generating import given_shifts
from planner.services.week.editing import keep, news_since
from tests.planner import small

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenPlan]:
    """The small plan with its hand-made draft."""
    small.save_plan(tmp_path / "small.narvaro", small.make_plan())
    with open_plan(tmp_path / "small.narvaro") as plan:
        small.save_draft(plan, small.make_roster(plan.plan))
        yield plan


def draft(plan: OpenPlan) -> Roster:
    return plan.store.load_roster(small.WEEK)


def test_an_edit_is_kept_and_can_be_undone_and_redone(opened):
    before = draft(opened)
    after = edits.remove_shifts(before, [before.shifts[0].id])
    keep(opened, before, after, "remove-shifts")
    assert draft(opened) == after
    undo(opened)
    assert draft(opened) == before
    redo(opened)
    assert draft(opened) == after


def test_the_first_edit_of_a_week_begins_its_draft(opened):
    week = small.WEEK.shifted(1)
    stored = opened.store.load_roster(week)
    shown = replace(stored, shifts=given_shifts(opened.plan, week, stored.shifts))
    staff, kind = opened.plan.staff[0].id, opened.plan.shift_types[0].id
    after = edits.put_shift(opened.plan, shown, staff, week.monday, kind)
    keep(opened, shown, after, "put-shift")
    assert opened.store.load_roster(week) == after
    assert opened.store.draft_revision(week)
    undo(opened)
    assert not opened.store.draft_revision(week)
    assert opened.store.load_roster(week) == stored


def test_two_who_edit_different_shifts_both_have_their_way(opened):
    before = draft(opened)
    one, other = before.shifts[0], before.shifts[-1]
    with open_plan(opened.target, actor="somebody else") as second:
        keep(second, before, edits.lock(before, {one.id}, (), is_locked=True), "lock")
    (entry,) = news_since(opened, max(opened.store.own_entries)).of_others
    assert (entry.actor, entry.command) == ("somebody else", "lock")
    keep(opened, before, edits.lock(before, {other.id}, (), is_locked=True), "lock")
    assert {s.id for s in draft(opened).shifts if s.is_locked} == {one.id, other.id}


def test_who_edits_what_somebody_else_has_changed_is_told(opened):
    before = draft(opened)
    first = before.shifts[0].id
    with open_plan(opened.target, actor="somebody else") as second:
        keep(second, before, edits.lock(before, {first}, (), is_locked=True), "lock")
    with pytest.raises(ConflictError) as refused:
        keep(opened, before, edits.remove_shifts(before, {first}), "remove-shifts")
    assert refused.value.code == "record-changed"
    assert {s.id for s in draft(opened).shifts if s.is_locked} == {first}


def test_an_override_and_a_note_come_back_as_they_were_written(opened):
    before = draft(opened)
    shift = before.shifts[0]
    finding = Finding(
        code="daily-rest", severity=Severity.VIOLATION, staff=shift.staff, span=shift.span
    )
    after = edits.override(before, finding, reason="Agreed by phone", author="kim", at=AT)
    after = edits.write_note(after, shift.day, shift.id, text="Bring keys", author="kim", at=AT)
    keep(opened, before, after, "override")
    stored = draft(opened)
    assert stored == after
    assert (stored.overrides[0].reason, stored.notes[0].text) == ("Agreed by phone", "Bring keys")
    assert next(s for s in stored.shifts if s.id == shift.id).is_locked
    emptied = edits.write_note(stored, shift.day, shift.id, text=" ", author="kim", at=AT)
    assert edits.withdraw(emptied, stored.overrides[0]).overrides == emptied.notes == ()
