"""What was decided about a grid, kept in the plan for the next file of the same shape.

Codes and names are kept as keyed hashes only: a planner's own short word for an illness, or the
name of somebody who was left out, is not in the plan.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from planner.domain.grids import (
    CodeChoice,
    Grid,
    GridDecisions,
    Group,
    Meaning,
    PersonChoice,
    PersonKind,
    codes_of,
)
from planner.domain.ids import EmployerId, ShiftTypeId, StaffId
from planner.services.grids.choices import words_of

_FORMAT = 1


def to_document(grid: Grid, decisions: GridDecisions, before: str | None = None) -> str:
    """Return what is to be remembered of the decisions about a grid.

    Parameters
    ----------
    before
        What was remembered so far; codes and people that the grid has not are kept.
    """
    old = _loaded(before) or {
        "salt": secrets.token_hex(16),
        "codes": {},
        "people": {},
        "colors": {},
    }
    salt = old["salt"]
    codes = {
        _hashed(salt, code): _choice_json(decisions.codes[code])
        for code in codes_of(grid)
        if code in decisions.codes
    }
    people = {
        _hashed(salt, *words_of(person.key)): _person_json(decisions.people[person.key])
        for person in grid.people
        if decisions.people[person.key].kind is not PersonKind.NEW
    }
    return json.dumps(
        {
            "format": _FORMAT,
            "salt": salt,
            "codes": old["codes"] | codes,
            "people": old["people"] | people,
            "colors": old["colors"]
            | {color: _choice_json(choice) for color, choice in decisions.colors.items()},
            "group": decisions.group.value,
            "employer": decisions.employer,
            "break_min": decisions.break_min,
        },
        sort_keys=True,
    )


def from_document(grid: Grid, document: str | None) -> GridDecisions | None:
    """Return what was decided about such a grid, as far as it holds the same codes and people.

    What a newer or damaged program wrote is as if nothing were remembered.
    """
    kept = _loaded(document)
    if kept is None:
        return None
    salt = kept["salt"]
    return GridDecisions(
        codes={
            code: _choice(kept["codes"][hashed])
            for code in codes_of(grid)
            if (hashed := _hashed(salt, code)) in kept["codes"]
        },
        colors={color: _choice(choice) for color, choice in kept["colors"].items()},
        people={
            person.key: _person(kept["people"][hashed])
            for person in grid.people
            if (hashed := _hashed(salt, *words_of(person.key))) in kept["people"]
        },
        group=Group(kept["group"]),
        employer=EmployerId(kept["employer"]) if kept["employer"] else None,
        break_min=kept["break_min"],
    )


def _loaded(document: str | None) -> dict[str, Any] | None:
    found = json.loads(document) if document else {}
    return found if found.get("format") == _FORMAT else None


def _hashed(salt: str, *words: str) -> str:
    text = "\0".join(word.casefold() for word in words)
    return hashlib.blake2b(text.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()


def _choice_json(choice: CodeChoice) -> dict[str, Any]:
    return {
        "meaning": choice.meaning.value,
        "shift_type": choice.shift_type,
        "times": [[_clock(start), _clock(end)] for start, end in choice.times],
    }


def _choice(kept: Mapping[str, Any]) -> CodeChoice:
    return CodeChoice(
        meaning=Meaning(kept["meaning"]),
        shift_type=ShiftTypeId(kept["shift_type"]) if kept["shift_type"] else None,
        times=tuple(_stretches(kept["times"])),
    )


def _stretches(kept: Iterable[list[str]]) -> Iterable[tuple[time, time]]:
    for start, end in kept:
        yield time.fromisoformat(start), time.fromisoformat(end)


def _clock(at: time) -> str:
    return at.isoformat("minutes")


def _person_json(choice: PersonChoice) -> dict[str, Any]:
    return {"kind": choice.kind.value, "staff": choice.staff}


def _person(kept: Mapping[str, Any]) -> PersonChoice:
    staff = StaffId(kept["staff"]) if kept["staff"] else None
    return PersonChoice(kind=PersonKind(kept["kind"]), staff=staff)
