"""What is kept beside the plan that has everything: a record or two in each set."""

from datetime import UTC, datetime, time
from typing import Any

from planner.domain.changes import Change
from planner.domain.duties import DutyKind, Moment
from planner.domain.ids import DutyId, MeasureId, SiteId
from planner.domain.incidents import DeclinedWindow, Incident
from planner.domain.promises import (
    CoveredBy,
    Delivery,
    DeliveryState,
    MeasureKind,
    NotDoneReason,
    PlannedDuty,
    PromisedDuty,
    PromiseRevision,
)
from planner.domain.scenario_documents import document_of
from planner.domain.scenarios import FewerPeople, MorePresence, Scenario
from planner.domain.weeks import IsoWeek
from planner.store.store import Store
from tests.planner.everything import PROMISE
from tests.planner.small import MONDAY, POLICE, SCHOOL_A, TUESDAY, at

BEFORE, AFTER = (
    DutyId(f"{SCHOOL_A}/{which}/{day}/0") for which, day in enumerate((MONDAY, TUESDAY))
)
ENTERED = datetime(2026, 11, 23, 8, 15, 7, tzinfo=UTC)
_WEEK = IsoWeek.of(MONDAY)
_PLACE = {"week": _WEEK, "place": SCHOOL_A, "title": "Askskolan"}


def put_kept(store: Store, kept: dict[str, tuple[Any, ...]]) -> None:
    """Keep records beside a plan that has none of them."""
    store.apply(
        [
            Change(set_name=name, before=None, after=record)
            for name, records in kept.items()
            for record in records
        ]
    )


def make_kept() -> dict[str, tuple[Any, ...]]:
    """Return records by set: of the signed promise, of crimes, and a scenario."""
    return {
        "promised_duties": (_promised(BEFORE, MONDAY), _promised(AFTER, TUESDAY)),
        "promise_revisions": (
            PromiseRevision(
                id="0f3a",
                promise=PROMISE,
                at=ENTERED,
                by="anna.b",
                first_day=TUESDAY,
                reason="En skola mindre:\n- =1+1\n\n- som avtalat",
                n_before=3,
                n_after=2,
            ),
        ),
        "planned_duties": (
            _planned(BEFORE, MONDAY, Moment.BEFORE, CoveredBy.ROSTER),
            _planned(AFTER, TUESDAY, None, CoveredBy.OWN_STAFF),
        ),
        "deliveries": (
            Delivery(duty=BEFORE, week=_WEEK, state=DeliveryState.DONE, at=ENTERED, by="anna.b"),
            Delivery(
                duty=AFTER,
                week=_WEEK,
                state=DeliveryState.NOT_DONE,
                reason=NotDoneReason.WEATHER,
                at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            ),
        ),
        "incidents": (
            Incident(
                id="K/12(3)#4",
                at=at(MONDAY, "21:07"),
                kind="personrån",
                latitude=59.61,
                longitude=16.54,
                place="=torget",
                source="fil.csv",
            ),
            Incident(id="k2", at=at(MONDAY, "22:00"), kind="skadegörelse", place="Parken"),
        ),
        "declined_windows": (
            DeclinedWindow(
                id="250:1:2:5:20:4",
                latitude=59.123456789012345,
                longitude=16.1,
                weekday=5,
                start=time(20),
                end=time(0),
                declined_at=ENTERED,
                reason="Redan\tbemannat",
            ),
        ),
        "scenarios": (
            document_of(
                Scenario(
                    id="s1",
                    name="Åtta färre",
                    created_at=ENTERED,
                    suppositions=(
                        FewerPeople(employer=POLICE, n=3),
                        MorePresence(
                            name='Torget; "öst"', site=SiteId("x"), start=time(22), end=time(2)
                        ),
                    ),
                )
            ),
        ),
    }


def _promised(duty: DutyId, day: Any) -> PromisedDuty:
    measure = MeasureId(f"m-{MeasureKind.CONTACT_PERSONS}")
    return PromisedDuty(measure=measure, duty=duty, day=day, **_PLACE)


def _planned(duty: DutyId, day: Any, moment: Moment | None, covered_by: CoveredBy) -> PlannedDuty:
    return PlannedDuty(
        duty=duty,
        publication=0,
        is_first=moment is not None,
        day=day,
        kind=DutyKind.SCHOOL,
        moment=moment,
        start=at(day, "07:00"),
        end=at(day, "08:10"),
        n_heads=1,
        n_planned=int(covered_by is CoveredBy.ROSTER),
        covered_by=covered_by,
        **_PLACE,
    )
