"""Scenarios as they are kept and as they go into files: what they suppose is one JSON text."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NewType

from planner.domain.plain import plain, record
from planner.domain.scenarios import SUPPOSITIONS, Scenario, Supposition, code_of

SuppositionsText = NewType("SuppositionsText", str)
"""A JSON list of suppositions, each an object with its ``kind``."""

_KIND = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioDocument:
    """A scenario as it is kept; one that a newer program made is kept as it is.

    Parameters
    ----------
    created_at
        When it was first kept.
    document
        What it supposes.
    """

    id: str
    name: str
    created_at: datetime
    document: SuppositionsText


def document_of(scenario: Scenario) -> ScenarioDocument:
    """Return a scenario as it is kept."""
    suppositions = [{_KIND: code_of(one), **plain(one, UTC)} for one in scenario.suppositions]
    return ScenarioDocument(
        id=scenario.id,
        name=scenario.name,
        created_at=scenario.created_at,
        document=SuppositionsText(json.dumps(suppositions)),
    )


def scenario_of(kept: ScenarioDocument) -> Scenario:
    """Return a scenario that was kept; one that this program does not know all of says so."""
    named: dict[str, Any] = {"id": kept.id, "name": kept.name, "created_at": kept.created_at}
    try:
        suppositions = tuple(_suppositions(kept.document))
    except (KeyError, TypeError, ValueError):
        return Scenario(**named, is_readable=False)
    return Scenario(**named, suppositions=suppositions)


def are_suppositions(text: str) -> bool:
    """Tell whether a text is what a scenario is kept as, by this program or by a newer one."""
    try:
        found = json.loads(text)
    except ValueError:
        return False
    return isinstance(found, list) and all(
        isinstance(one, dict) and isinstance(one.get(_KIND), str) for one in found
    )


def _suppositions(text: str) -> Iterator[Supposition]:
    for document in json.loads(text):
        kind = SUPPOSITIONS[document[_KIND]]
        values = {name: value for name, value in document.items() if name != _KIND}
        if unknown := values.keys() - kind.__dataclass_fields__.keys():
            raise KeyError(*unknown)
        yield record(kind, values)
