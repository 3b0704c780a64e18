"""Values that are kept as text: the settings, and what the engine said of a roster."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from planner.domain.plan import PlanSettings
from planner.domain.roster import Blocker, Gap, GapReason, LevelResult
from planner.domain.spans import Span


def settings_of(values: Mapping[str, str]) -> PlanSettings:
    """Return settings from their texts; what is missing has its default."""
    defaults = PlanSettings()
    return PlanSettings(
        **{
            field.name: type(getattr(defaults, field.name))(values[field.name])
            for field in fields(PlanSettings)
            if field.name in values
        }
    )


def to_json(records: Iterable[LevelResult | Gap]) -> str:
    """Return what the engine said as text; instants in ISO 8601 with offset."""
    return json.dumps([asdict(record) for record in records], default=_iso, ensure_ascii=False)


def levels_of(text: str) -> tuple[LevelResult, ...]:
    """Return the levels in a text."""
    return tuple(LevelResult(**values) for values in json.loads(text))


def gaps_of(text: str) -> tuple[Gap, ...]:
    """Return the gaps in a text."""
    return tuple(_gap(values) for values in json.loads(text))


def _gap(values: dict[str, Any]) -> Gap:
    start, end = (datetime.fromisoformat(values["span"][name]) for name in ("start", "end"))
    return Gap(
        **values
        | {
            "span": Span(start, end),
            "reason": GapReason(values["reason"]),
            "blockers": tuple(Blocker(**blocker) for blocker in values["blockers"]),
        }
    )


def _iso(value: datetime) -> str:
    return value.isoformat()
