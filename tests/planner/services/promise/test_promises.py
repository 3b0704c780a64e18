"""A signature fixes what was promised; only a revision of days to come changes it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.domain.changes import Change
from planner.domain.promises import MeasureKind
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.history import undo
from planner.services.imports.importing import import_
from planner.services.plans import open_plan
from planner.services.promise.follow_up import follow_up_of
from planner.services.promise.promises import (
    can_withdraw,
    revise_promise,
    sign_promise,
    signing_of,
    withdraw_signature,
)
from planner.services.records.saving import save_records
from planner.store.store import Store
from tests.planner.domain.followed import CONTACTS, MEASURES, PRESENCE, PROMISE, WALKS
from tests.planner.promised import SIGNED_AT, at, promised
from tests.planner.writing import put, take_away

LATER = SIGNED_AT + timedelta(days=20)


@pytest.fixture
def plan(tmp_path):
    """The plan with its promise under negotiation, on the day on which it is to be signed."""
    with promised(tmp_path / "promised.narvaro") as opened, at(SIGNED_AT):
        yield opened


def frozen(plan):
    return plan.store.promised_duties(measure.id for measure in MEASURES)


def close_school(plan, school="b"):
    """Take away the bells of a school."""
    with plan.changing("test") as store:
        gone = [bell for bell in plan.plan.bell_times if bell.school == school]
        take_away(store, "bell_times", gone)


def refusal(call, *args, **options):
    with pytest.raises((ConflictError, InputError, NotFoundError)) as refused:
        call(*args, **options)
    return refused.value.code


def test_signing_fixes_every_duty_of_the_period(plan):
    shown = signing_of(plan, PROMISE.id)
    assert shown.obstacle is None
    asked = {one.measure.id: (one.n_duties, one.n_places) for one in shown.measures}
    before = follow_up_of(plan, PROMISE.id)
    assert not before.is_signed
    sign_promise(plan, PROMISE.id)
    assert plan.plan.promises[0].signed_on == SIGNED_AT.date()
    assert len(frozen(plan)) == sum(n for n, _ in asked.values())
    assert asked[CONTACTS.id][1] == 3, "the school with its own staff is promised too"
    after = follow_up_of(plan, PROMISE.id)
    assert after.is_signed
    assert [one.total for one in after.measures] == [one.total for one in before.measures]


def test_what_is_deleted_after_signing_is_still_promised(plan):
    sign_promise(plan, PROMISE.id)
    before = follow_up_of(plan, PROMISE.id).measures[0].total.promised
    close_school(plan)
    assert follow_up_of(plan, PROMISE.id).measures[0].total.promised == before


def test_signing_is_one_step_that_can_be_taken_back_on_its_day(plan):
    sign_promise(plan, PROMISE.id)
    undo(plan)
    assert plan.plan.promises[0].signed_on is None
    assert frozen(plan) == ()


def test_a_signature_of_another_day_is_not_undone(plan):
    sign_promise(plan, PROMISE.id)
    with at(LATER):
        assert refusal(undo, plan) == "signature-stands"
        assert refusal(withdraw_signature, plan, PROMISE.id) == "signature-stands"
    assert frozen(plan)


def test_a_signature_is_withdrawn_on_the_day_it_was_entered_whenever_it_was_given(plan):
    sign_promise(plan, PROMISE.id, signed_on=date(2026, 11, 2))
    assert can_withdraw(plan, plan.plan.promises[0])
    withdraw_signature(plan, PROMISE.id)
    assert plan.plan.promises[0].signed_on is None
    assert frozen(plan) == ()
    assert refusal(withdraw_signature, plan, PROMISE.id) == "promise-unsigned"


def test_what_cannot_be_signed_is_refused_and_nothing_is_kept(plan):
    assert refusal(sign_promise, plan, "gone") == "promise-gone"
    tomorrow = SIGNED_AT.date() + timedelta(days=1)
    assert refusal(sign_promise, plan, PROMISE.id, signed_on=tomorrow) == "signed-in-future"
    long_ago = tomorrow.replace(year=1752)
    assert refusal(sign_promise, plan, PROMISE.id, signed_on=long_ago) == "date-out-of-range"
    sign_promise(plan, PROMISE.id)
    assert refusal(sign_promise, plan, PROMISE.id) == "promise-signed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda store: take_away(store, "measures", MEASURES), "promise-without-measures"),
        (
            lambda store: put(store, "measures", [replace(CONTACTS, id="b", place="b")]),
            "promise-counted-twice",
        ),
        (
            lambda store: put(store, "measures", [replace(WALKS, id="more-walks")]),
            "promise-counted-twice",
        ),
        (
            lambda store: take_away(store, "presence_windows", store.load_plan().presence_windows),
            "measure-of-nothing",
        ),
    ],
)
def test_a_promise_that_does_not_count_well_is_not_signed(plan, change, code):
    with plan.changing("test") as store:
        change(store)
    assert signing_of(plan, PROMISE.id).obstacle.code == code
    assert refusal(sign_promise, plan, PROMISE.id) == code
    assert plan.plan.promises[0].signed_on is None


def test_measures_of_two_places_are_signed_together(plan):
    with plan.changing("test") as store:
        put(store, "measures", [replace(CONTACTS, place="a"), replace(CONTACTS, id="b", place="b")])
    sign_promise(plan, PROMISE.id)
    assert {one.place for one in frozen(plan) if one.measure == CONTACTS.id} == {"a"}


def test_another_promise_may_count_the_same_in_other_days_only(plan):
    other = replace(plan.plan.promises[0], id="other", name="Det andra")
    mine = [replace(CONTACTS, id="other-contacts", promise="other")]
    with plan.changing("test") as store:
        put(store, "promises", [other])
        put(store, "measures", mine)
    sign_promise(plan, PROMISE.id)
    assert signing_of(plan, "other").obstacle.code == "promise-counted-twice"
    with plan.changing("test") as store:
        first = PROMISE.last_day + timedelta(days=1)
        later = replace(other, first_day=first, last_day=first + timedelta(days=4))
        put(store, "promises", [later])
    assert signing_of(plan, "other").obstacle is None


def test_a_revision_makes_the_days_to_come_anew_and_leaves_the_past(plan):
    sign_promise(plan, PROMISE.id)
    before = frozen(plan)
    close_school(plan)
    with at(LATER):
        first_day = date(2026, 12, 2)
        revision = revise_promise(plan, PROMISE.id, first_day, " Skolan stängs ")
        found = follow_up_of(plan, PROMISE.id)
    after = frozen(plan)
    assert [one for one in after if one.day < first_day] == [
        one for one in before if one.day < first_day
    ]
    assert not [one for one in after if one.place == "b" and one.day >= first_day]
    assert found.revisions == (revision,)
    assert revision.reason == "Skolan stängs"
    assert revision.n_before - revision.n_after == len(before) - len(after) > 0


def test_a_revision_that_may_not_be_is_refused(plan):
    day = date(2026, 12, 2)
    assert refusal(revise_promise, plan, PROMISE.id, day, "x") == "promise-unsigned"
    sign_promise(plan, PROMISE.id)
    with at(LATER):
        assert refusal(revise_promise, plan, PROMISE.id, day, " ") == "revision-without-reason"
        past = LATER.date() - timedelta(days=1)
        assert refusal(revise_promise, plan, PROMISE.id, past, "x") == "revision-in-past"
        after = PROMISE.last_day + timedelta(days=1)
        assert refusal(revise_promise, plan, PROMISE.id, after, "x") == "revision-outside"
        assert refusal(revise_promise, plan, PROMISE.id, day, "x") == "revision-of-nothing"
    assert plan.store.promise_revisions() == ()


def test_forms_do_not_change_what_was_signed(plan):
    sign_promise(plan, PROMISE.id)
    now = plan.plan.promises[0]
    lower = Change(set_name="measures", before=CONTACTS, after=replace(CONTACTS, target=10))
    more = Change(set_name="measures", before=None, after=replace(PRESENCE, id="x", place="square"))
    longer = Change(set_name="promises", before=now, after=replace(now, last_day=date(2027, 1, 31)))
    gone = Change(set_name="promises", before=now, after=None)
    for change in (lower, more, longer, gone):
        assert refusal(save_records, plan, [change]) == "promise-is-signed"
    report = replace(now, report_by=date(2027, 1, 31))
    save_records(plan, [Change(set_name="promises", before=now, after=report)])
    assert plan.plan.promises[0].report_by == date(2027, 1, 31)


def test_an_import_does_not_change_what_was_signed(plan, tmp_path: Path):
    sign_promise(plan, PROMISE.id)
    file = tmp_path / "measures.csv"
    file.write_text(
        "id,promise,kind,name,party,place,target\n"
        "contacts,p,contact_persons,Kontaktperson,both,,10\n"
    )
    assert refusal(import_, plan, file) == "promise-is-signed"


def test_a_signed_promise_that_was_imported_asks_to_be_signed_again(plan):
    with plan.changing("test") as store:
        put(store, "promises", [replace(PROMISE, signed_on=date(2026, 11, 1))])
    assert not follow_up_of(plan, PROMISE.id).is_signed
    assert signing_of(plan, PROMISE.id).obstacle is None
    sign_promise(plan, PROMISE.id)
    assert plan.plan.promises[0].signed_on == date(2026, 11, 1)
    assert follow_up_of(plan, PROMISE.id).is_signed


def test_a_signature_that_fails_half_way_leaves_nothing(plan, monkeypatch):
    whole = Store.apply

    def failing(self, changes):
        whole(self, changes)
        raise OSError("disk full")

    monkeypatch.setattr(Store, "apply", failing)
    with pytest.raises(OSError, match="disk full"):
        sign_promise(plan, PROMISE.id)
    with open_plan(plan.target) as again:
        assert again.plan.promises[0].signed_on is None
        assert frozen(again) == ()


def test_a_promise_of_walks_alone_is_signed_by_their_number(plan):
    with plan.changing("test") as store:
        take_away(store, "measures", [one for one in MEASURES if one.kind != MeasureKind.WALKS])
    sign_promise(plan, PROMISE.id)
    assert follow_up_of(plan, PROMISE.id).is_signed
    assert frozen(plan) == ()
