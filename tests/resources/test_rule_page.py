"""The manual's page of rules names each rule that the engine has, and none that it lacks."""

import re
from typing import get_args

import pytest

import resources
from planner.words import LANGUAGES
from solver.data import problem
from solver.data.pairings import Pairing
from solver.data.rules import Rule

WANTS = (
    "Preference",
    "HoursTarget",
    "FairShare",
    "ShortRest",
    "ExtraTime",
    "Reference",
    "Task",
    "Demand",
    "Link",
)
RULES = {kind.__name__ for kind in (*get_args(Rule), *get_args(Pairing))}


@pytest.mark.parametrize("code", LANGUAGES)
def test_page_of_rules_names_what_there_is(code: str) -> None:
    text = (resources.path("help") / f"rules.{code}.md").read_text(encoding="utf-8")
    named = re.findall(r"^\|[^|]+\|[^|]+\| `(\w+)` \|$", text, re.MULTILINE)
    assert set(named) == RULES | set(WANTS)
    assert all(hasattr(problem, name) for name in WANTS)
