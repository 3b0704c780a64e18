"""What records kept beside a plan must be: of a week of their own, of signed promises, readable."""

from collections.abc import Iterator, Mapping
from typing import Any

from planner.domain.duties import day_of
from planner.domain.faults import Fault
from planner.domain.plan import Plan
from planner.domain.scenario_documents import are_suppositions
from planner.domain.weeks import IsoWeek


def kept_faults(plan: Plan, kept: Mapping[str, tuple[Any, ...]]) -> Iterator[Fault]:
    """Yield what makes records, by set, nothing to keep beside ``plan``."""
    for name in ("promised_duties", "planned_duties", "deliveries"):
        for record in kept.get(name, ()):
            day = day_of(record.duty)
            if getattr(record, "day", day) != day:
                yield _fault(name, record, "day", "duty-of-other-day", day=day.isoformat())
            if record.week != IsoWeek.of(day):
                yield _fault(name, record, "week", "duty-of-other-day", day=day.isoformat())
    yield from _unsigned(plan, kept)
    for scenario in kept.get("scenarios", ()):
        if not are_suppositions(scenario.document):
            yield _fault("scenarios", scenario, "document", "scenario-unreadable")


def _unsigned(plan: Plan, kept: Mapping[str, tuple[Any, ...]]) -> Iterator[Fault]:
    """Yield what is said to be fixed of promises that nobody has signed."""
    unsigned = {one.id: one.name for one in plan.promises if one.signed_on is None}
    promises = {one.id: one.promise for one in plan.measures}
    for record in kept.get("promised_duties", ()):
        promise = promises.get(record.measure)
        if promise in unsigned:
            yield _fault(
                "promised_duties", record, "measure", "fixed-unsigned", name=unsigned[promise]
            )
    for record in kept.get("promise_revisions", ()):
        if record.promise in unsigned:
            name = unsigned[record.promise]
            yield _fault("promise_revisions", record, "promise", "fixed-unsigned", name=name)


def _fault(set_name: str, record: object, field: str, code: str, **values: object) -> Fault:
    return Fault(record=record, set_name=set_name, field=field, code=code, values=values)
