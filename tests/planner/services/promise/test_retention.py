"""Who did what goes with the retention time; what was promised and delivered counts on."""

from datetime import timedelta

import pytest

from planner.domain.changes import Change
from planner.domain.distribution import Channel, Dispatch, DispatchState, RecipientKind
from planner.domain.duties import DutyKind
from planner.domain.promises import DeliveryState
from planner.errors import ConflictError, StorageError
from planner.services.history import history, undo
from planner.services.promise.deliveries import report
from planner.services.promise.follow_up import follow_up_of
from planner.services.promise.promises import sign_promise
from planner.services.promise.report_lines import report_lines
from planner.services.promise.retention import forget, forget_daily, forgettable
from planner.services.publish.publishing import latest, publish
from planner.services.roster.views import Decision
from tests.planner import small
from tests.planner.domain.followed import PROMISE
from tests.planner.promised import SIGNED_AT, at, promised, publish_week
from tests.planner.small import CONTACTS, FRIDAY, WEEK

AFTER = small.at(WEEK.days[6], "12:00")
N_DAYS = 90
MUCH_LATER = AFTER + timedelta(days=N_DAYS + 1)
EARLIER = small.at(WEEK.days[6] + timedelta(days=N_DAYS), "12:00")
"""The last day on which nothing of the week is old."""


@pytest.fixture
def plan(tmp_path):
    """The signed promise, its one week published, reported and sent."""
    with promised(tmp_path / "promised.narvaro") as opened:
        with at(SIGNED_AT):
            sign_promise(opened, PROMISE.id)
            publish_week(opened)
        with at(AFTER):
            done = [line.duty for line in report_lines(opened, WEEK)]
            report(opened, done, DeliveryState.DONE)
            with opened.store.transaction("send"):
                opened.store.put_dispatches([dispatch()])
        yield opened


def dispatch():
    return Dispatch(
        id="x",
        week=WEEK,
        publication=1,
        kind=RecipientKind.STAFF,
        recipient=CONTACTS[0],
        version=1,
        address="kontakt@example.org",
        channel=Channel.FILE,
        state=DispatchState.SENT,
        at=AFTER,
        by="kim",
    )


def totals(plan):
    return [one.total for one in follow_up_of(plan, PROMISE.id, now=MUCH_LATER).measures]


def file_text(plan):
    return plan.target.read_bytes()


def test_nothing_is_old_before_its_time(plan):
    with at(EARLIER):
        found = forgettable(plan)
        assert (found.n_reporters, found.n_messages, found.n_weeks) == (0, 0, 0)


def test_it_is_told_how_much_goes_before_it_does(plan):
    with at(MUCH_LATER):
        found = forgettable(plan)
        assert found.n_reporters == len(plan.store.deliveries(WEEK, WEEK)) > 0
        assert found.n_changes > 0
        assert found.n_actors == len(plan.store.journal())
        assert (found.n_messages, found.n_weeks, found.n_times) == (1, 1, 2)
        assert forget(plan) == found
        left = forgettable(plan)
        assert left.n_all == 0


def test_what_was_promised_planned_and_delivered_stays(plan):
    with at(MUCH_LATER):
        before = totals(plan)
        forget(plan)
        assert totals(plan) == before
        assert {line.kind for line in report_lines(plan, WEEK)} == set(DutyKind) - {DutyKind.VISIT}


def test_who_was_where_and_who_reported_is_gone(plan):
    with at(MUCH_LATER):
        forget(plan)
        roster = plan.store.load_roster(WEEK)
        assert (roster.shifts, roster.assignments) == ((), ())
        assert {one.by for one in plan.store.deliveries(WEEK, WEEK)} == {""}
        assert plan.store.dispatches() == ()
        assert plan.plan.absences == plan.plan.bound_times == ()
        assert plan.plan.staff, "people are removed among the data"
        *old, new = plan.store.journal()
        assert {entry.actor for entry in old} == {""}
        assert new.command == "forget"


def test_the_plan_file_does_not_hold_what_was_dropped(plan):
    with plan.store.transaction("test"):
        plan.store.put_dispatches([dispatch()])
    assert b"kontakt@example.org" in file_text(plan)
    with at(MUCH_LATER):
        forget(plan)
    assert b"kontakt@example.org" not in file_text(plan)


def test_the_last_publication_stays_so_that_numbers_go_on(plan):
    with at(MUCH_LATER):
        assert forgettable(plan).n_publications == 0
        forget(plan)
        assert latest(plan, WEEK).number == 1
    with at(AFTER):
        small.save_draft(plan, small.make_roster(plan.plan))
        publish(plan, WEEK, {f"b/{FRIDAY}/after-1": Decision.OWN_STAFF})
    with at(MUCH_LATER):
        assert forget(plan).n_publications == 1
        assert latest(plan, WEEK).number == 2


def test_publishing_an_old_week_anew_plans_nothing_afterwards(plan):
    before = plan.store.planned_duties(WEEK, WEEK)
    with at(MUCH_LATER):
        forget(plan)
        small.save_draft(plan, small.make_roster(plan.plan))
        publish(plan, WEEK, {f"b/{FRIDAY}/after-1": Decision.OWN_STAFF})
        assert plan.store.planned_duties(WEEK, WEEK) == before


def test_old_commands_cannot_be_undone_any_more(plan):
    with at(MUCH_LATER):
        forget(plan)
        assert history(plan).undoable == ()
        with pytest.raises(ConflictError) as refused:
            undo(plan)
    assert refused.value.code == "nothing-to-undo"


def test_what_is_safe_goes_by_itself_once_a_day(plan):
    with at(MUCH_LATER):
        found = forget_daily(plan)
        assert found.n_reporters > 0
        assert plan.store.load_roster(WEEK).shifts, "rosters go only when somebody says so"
        assert forgettable(plan).n_by_itself == 0
        assert forget_daily(plan) is None
        n_entries = len(plan.store.journal())
    with at(MUCH_LATER + timedelta(days=1)):
        forget_daily(plan)
        assert len(plan.store.journal()) <= n_entries + 1


def test_a_plan_that_cannot_be_written_is_left_alone(plan, monkeypatch):
    def refuse(*_args, **_values):
        raise StorageError("plan-read-only", path="x")

    monkeypatch.setattr(plan.store, "transaction", refuse)
    with at(MUCH_LATER):
        assert forget_daily(plan) is None
        assert forgettable(plan).n_reporters > 0


def test_the_time_is_what_the_settings_say(plan):
    settings = plan.plan.settings
    longer = type(settings)(
        **{name: getattr(settings, name) for name in settings.__slots__} | {"retention_days": 365}
    )
    with plan.changing("test") as store:
        store.apply([Change(set_name="settings", before=settings, after=longer)])
    with at(MUCH_LATER):
        assert forgettable(plan).n_weeks == 0
