from dataclasses import replace
from datetime import UTC, datetime

import pytest

from planner.domain.distribution import Channel, Dispatch, DispatchState, RecipientKind
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError

WEEK = IsoWeek(2026, 48)
ONE = Dispatch(
    id="one@narvaro.example",
    week=WEEK,
    publication=1,
    kind=RecipientKind.SCHOOL,
    recipient="eken",
    version=1,
    address="eken@skola.example",
    channel=Channel.SMTP,
    state=DispatchState.SENDING,
    at=datetime(2026, 11, 20, 12, tzinfo=UTC),
    by="marta",
)


def test_a_message_is_kept_under_its_id_in_its_latest_state(store):
    sent = replace(ONE, state=DispatchState.SENT)
    with store.transaction("test"):
        store.put_dispatches([ONE])
    with store.transaction("test"):
        store.put_dispatches([sent])
    assert store.dispatches(WEEK) == (sent,)
    assert store.dispatches(IsoWeek(2026, 49)) == ()
    assert store.dispatches() == (sent,)


def test_a_message_is_claimed_once(store):
    with store.transaction("test"):
        store.claim_dispatch(ONE, None)
    with pytest.raises(ConflictError), store.transaction("test"):
        store.claim_dispatch(replace(ONE, by="bo"), None)
    assert store.dispatches() == (ONE,)
    refused = replace(ONE, state=DispatchState.REFUSED, reason="550")
    with store.transaction("test"):
        store.put_dispatches([refused])
    with store.transaction("test"):
        store.claim_dispatch(ONE, refused)
    assert store.dispatches() == (ONE,)


def test_what_was_not_handed_over_leaves_no_trace(store):
    with store.transaction("test"):
        store.claim_dispatch(ONE, None)
    with store.transaction("test"):
        store.remove_dispatch(ONE.id)
    assert store.dispatches() == ()
