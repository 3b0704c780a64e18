"""Every code that the engine can say has words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import solver
from planner import messages, words
from planner.domain.roster import GapReason
from planner.planning.levels import LEVELS

_CODE = re.compile(r"[a-z]+(-[a-z]+)*")
_ROOT = Path(solver.__file__).parent


def codes_in(*folders: str) -> Iterator[str]:
    """Yield every text in the code of some folders that looks like a code; no docstrings."""
    for folder in folders:
        for path in sorted(set((_ROOT / folder).glob("*.py")) - {_ROOT / "checks" / "costs.py"}):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            exports = {
                id(item)
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
                for item in ast.walk(node)
            }
            for node in ast.walk(tree):
                if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                    continue
                if _CODE.fullmatch(node.value) and id(node) not in exports:
                    yield node.value


RULES = {*codes_in("checks"), "daily-rest", "weekly-rest"} - {"most"}
"""Without the names of measured values."""


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_broken_rule_has_words(code: str) -> None:
    assert code in messages.FINDINGS


@pytest.mark.parametrize("reason", GapReason)
def test_every_reason_of_a_gap_says_where_it_is_not_proved(reason: GapReason) -> None:
    with words.speaking("en"):
        assert "not proved" in messages.gap_reason(reason, None)
        assert "prove" not in messages.gap_reason(reason, "bound")
    assert "inte bevisat" in messages.gap_reason(reason, None)


@pytest.mark.parametrize("code", LEVELS)
def test_every_level_has_a_name(code: str) -> None:
    assert code in messages.LEVELS
