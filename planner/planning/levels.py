"""The order of importance, and what each thing is worth on its level.

Levels are strict: nothing on a later one can outweigh anything on an earlier one. Points only weigh
things of one level against each other.
"""

from typing import Final

PROMISED: Final = {1: "promised-1", 2: "promised-2", 3: "promised-3"}
"""Levels of the promise by priority."""
FLOORS: Final = "floors"
COVERAGE: Final = "coverage"
HOURS: Final = "hours"
CONTINUITY: Final = "continuity"
FAIRNESS: Final = "fairness"
WISHES: Final = "wishes"
TRAVEL: Final = "travel"

LEVELS: Final = (*PROMISED.values(), FLOORS, COVERAGE, HOURS, CONTINUITY, FAIRNESS, WISHES, TRAVEL)
"""Every level, the most important first."""

MISSING_QUARTER_POINTS: Final = 1
"""For each head and started quarter of an hour of a duty without it."""
MISSING_VISIT_POINTS: Final = 4
"""For each head of a visit: a short visit is worth an hour of standing (Koper 1995)."""

VETO_POINTS: Final = 10
WEEKEND_POINTS: Final = 4
"""For work on a weekend right after a worked one (the normal ceiling is every other)."""
SHORT_REST_POINTS: Final = 3

SUBSTITUTE_POINTS: Final = 1
"""Of continuity, when the substitute whom the school knows comes instead of its named contact."""
STRANGER_POINTS: Final = 3
"""Of continuity, when somebody comes whom the school does not know."""
