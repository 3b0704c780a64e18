from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from planner.domain.changes import Change
from planner.domain.duties import DutyKind
from planner.domain.ids import DutyId, MeasureId
from planner.domain.incidents import DeclinedWindow, Incident
from planner.domain.promises import (
    CoveredBy,
    Delivery,
    DeliveryState,
    NotDoneReason,
    PlannedDuty,
    PromisedDuty,
)
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError

WEEK = IsoWeek(2026, 48)
AT = datetime(2026, 11, 23, 6, 15, tzinfo=UTC)


def planned(duty="a/2026-11-23/before-1", *, week=WEEK, publication=1, by=CoveredBy.ROSTER):
    return PlannedDuty(
        duty=DutyId(duty),
        publication=publication,
        is_first=publication == 1,
        week=week,
        day=week.monday,
        kind=DutyKind.SCHOOL,
        place="a",
        title="A-skolan",
        start=AT,
        end=AT + timedelta(hours=1),
        n_heads=1,
        n_planned=1,
        covered_by=by,
    )


def delivery(duty="a/2026-11-23/before-1", *, week=WEEK, **said):
    said = {"state": DeliveryState.DONE, "at": AT, "by": "kim"} | said
    return Delivery(duty=DutyId(duty), week=week, **said)


def test_what_was_planned_first_stays_when_the_week_is_published_again(store):
    with store.transaction("publish"):
        store.add_planned_duties([planned()])
    with store.transaction("publish"):
        store.add_planned_duties(
            [
                planned(publication=2, by=CoveredBy.NOBODY),
                planned("a/2026-11-23/after-1", publication=2),
            ]
        )
    kept = {one.duty: one for one in store.planned_duties(WEEK, WEEK)}
    assert kept[DutyId("a/2026-11-23/before-1")] == planned()
    assert not kept[DutyId("a/2026-11-23/after-1")].is_first


def test_planned_duties_are_given_by_week_over_the_turn_of_the_year(store):
    weeks = [IsoWeek(2026, 52), IsoWeek(2026, 53), IsoWeek(2027, 1)]
    with store.transaction("publish"):
        store.add_planned_duties(planned(f"a/{week.monday}/1", week=week) for week in weeks)
    found = store.planned_duties(weeks[1], weeks[2])
    assert {one.week for one in found} == set(weeks[1:])
    assert store.has_planned_duties(weeks[0])
    assert not store.has_planned_duties(WEEK)


def test_a_delivery_is_kept_and_its_report_can_be_taken_back(store):
    done = Change(set_name="deliveries", before=None, after=delivery())
    with store.transaction("deliver"):
        store.apply([done])
    assert store.deliveries(WEEK, WEEK) == (delivery(),)
    with store.transaction("undo"):
        store.apply([done.reversed()])
    assert store.deliveries(WEEK, WEEK) == ()


def test_a_delivery_that_somebody_else_reported_meanwhile_is_not_overwritten(store):
    mine = delivery(state=DeliveryState.NOT_DONE, reason=NotDoneReason.WEATHER)
    with store.transaction("deliver"):
        store.apply([Change(set_name="deliveries", before=None, after=delivery())])
    with pytest.raises(ConflictError, match="record-changed"), store.transaction("deliver"):
        store.apply([Change(set_name="deliveries", before=None, after=mine)])
    assert store.deliveries(WEEK, WEEK) == (delivery(),)


def test_who_reported_is_forgotten_and_what_was_reported_stays(store):
    later = IsoWeek(2026, 49)
    new = delivery("a/2026-11-30/before-1", week=later)
    with store.transaction("deliver"):
        store.apply(
            [Change(set_name="deliveries", before=None, after=one) for one in (delivery(), new)]
        )
    with store.transaction("forget"):
        store.forget_reporters(later)
    assert store.deliveries(WEEK, later) == (delivery(by=""), new)


def test_promised_duties_are_kept_when_their_measure_is_gone(store):
    promised = PromisedDuty(
        measure=MeasureId("m"),
        duty=DutyId("a/2026-11-23/before-1"),
        week=WEEK,
        day=date(2026, 11, 23),
        place="a",
        title="A-skolan",
    )
    with store.transaction("sign"):
        store.apply([Change(set_name="promised_duties", before=None, after=promised)])
    assert store.promised_duties([MeasureId("m")]) == (promised,)
    assert store.promised_duties([MeasureId("other")]) == ()


def test_incidents_are_given_by_time_and_never_twice(store):
    first = Incident(id="1", at=AT, kind="personrån", latitude=59.6, longitude=16.5)
    second = Incident(id="2", at=AT + timedelta(days=1), kind="personrån", place="Torget")
    with store.transaction("import-incidents"):
        store.add_incidents([second, first])
        store.add_incidents([replace(first, kind="rån")])
    assert store.incidents() == (replace(first, kind="rån"), second)
    assert store.incidents(Span(AT + timedelta(hours=1), AT + timedelta(days=2))) == (second,)
    with store.transaction("remove-incidents"):
        store.remove_incidents(["1"])
    assert store.incidents() == (second,)


def test_a_declined_window_is_remembered_until_it_is_taken_back(store):
    window = DeclinedWindow(
        id="w",
        latitude=59.6,
        longitude=16.5,
        weekday=5,
        start=AT.time(),
        end=(AT + timedelta(hours=2)).time(),
        declined_at=AT,
    )
    with store.transaction("decline"):
        store.put_declined_window(window)
        store.put_declined_window(replace(window, reason="provad förra året"))
    assert store.declined_windows() == (replace(window, reason="provad förra året"),)
    with store.transaction("accept"):
        store.remove_declined_window("w")
    assert store.declined_windows() == ()
