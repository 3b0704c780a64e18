"""What an import must not overwrite: what was promised, planned and delivered."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from planner.domain.changes import Change
from planner.domain.plan import Plan
from planner.domain.promises import Delivery, PlannedDuty, PromisedDuty, PromiseRevision
from planner.exchange.problems import Problems
from planner.exchange.reading import Content
from planner.services.imports.difference import SetDifference, place_of
from planner.store.store import Store


def note_overwritten(
    store: Store,
    plan: Plan,
    content: Content,
    differences: Mapping[str, SetDifference],
    problems: Problems,
) -> None:
    """Note rows that would change what a signature fixed, what was planned, or what was reported.

    What a signed promise asks for is a whole: where any of it is fixed in the plan, a further duty
    or revision is a change too.

    Parameters
    ----------
    plan
        As it is before the import.
    """
    fixed = _fixed_promises(store, plan) if _has_promised(differences) else {}
    promises = {one.id: one.promise for one in plan.measures}
    for change in _brought(differences):
        place, record = place_of(change, content), change.after
        match record:
            case PromisedDuty() if name := fixed.get(promises.get(record.measure, "")):
                problems.add("promised-fixed", place, name=name)
            case PromiseRevision() if name := fixed.get(record.promise):
                problems.add("promised-fixed", place, name=name)
            case PlannedDuty() if change.before is not None:
                field = _differs(change)
                values = {"title": record.title, "day": record.day.isoformat()}
                problems.add("planned-kept", replace(place, column=field), **values)
            case Delivery() if change.before is not None:
                field = _differs(change)
                problems.add("delivery-kept", replace(place, column=field), duty=record.duty)
            case _:
                pass


def _has_promised(differences: Mapping[str, SetDifference]) -> bool:
    return not {"promised_duties", "promise_revisions"}.isdisjoint(differences)


def _fixed_promises(store: Store, plan: Plan) -> dict[str, str]:
    """Return the names of the promises that something is fixed of, by id."""
    fixed = {one.measure for one in store.promised_duties(one.id for one in plan.measures)}
    promises = {one.promise for one in plan.measures if one.id in fixed}
    return {one.id: one.name for one in plan.promises if one.id in promises}


def _brought(differences: Mapping[str, SetDifference]) -> Iterator[Change]:
    for name in ("promised_duties", "promise_revisions", "planned_duties", "deliveries"):
        if name in differences:
            yield from differences[name].put


def _differs(change: Change) -> str:
    """Return the first field that a change would give another value."""
    before: Any = change.before
    names = [field.name for field in fields(before)]
    return next(name for name in names if getattr(before, name) != getattr(change.after, name))
