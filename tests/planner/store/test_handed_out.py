from dataclasses import replace
from datetime import UTC, datetime

from planner.domain.distribution import Channel, Dispatch, DispatchState, RecipientKind
from planner.domain.weeks import IsoWeek

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
