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
from planner.services.history import FORGET_DAILY, KEEP_PLANNED, REDO, UNDO
from planner.services.promise.deliveries import REPORT, TAKE_BACK
from planner.services.promise.retention import FORGET
from planner.services.signed import REVISE, SIGN, WITHDRAW

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


def commands() -> Iterator[str]:
    """Yield the code of every command that a file of the program gives the journal."""
    for room in ("planner", "ui"):
        for path in sorted((_ROOT.parent / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
                if ast.unparse(call.func).rpartition(".")[2] in DOORS:
                    for argument in call.args:
                        yield from _texts(argument)


def _texts(argument: ast.expr) -> Iterator[str]:
    """Yield the texts that an argument may be."""
    if isinstance(argument, ast.IfExp):
        yield from (*_texts(argument.body), *_texts(argument.orelse))
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


DOORS = {"transaction", "changing", "edit", "keep", "_keep", "_do", "_answer", "_logging", "_put"}
"""What a command's code is given to on its way to the journal."""

NAMED = {SIGN, REVISE, WITHDRAW, REPORT, TAKE_BACK, FORGET, UNDO, REDO, KEEP_PLANNED, FORGET_DAILY}
"""Commands whose codes have names."""

CHOSEN = {"add-records", "change-records", "remove-records", "change-places", "move-people"}
"""Commands whose codes are made or chosen on the way."""

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


@pytest.mark.parametrize("command", sorted({*commands(), *NAMED, *CHOSEN}))
def test_every_command_has_words_in_each_language(command: str) -> None:
    said = set()
    for language in words.LANGUAGES:
        with words.speaking(language):
            said.add(messages.command_text(command))
    assert command not in said
    assert len(said) == len(words.LANGUAGES)


@pytest.mark.parametrize("code", LEVELS)
def test_every_level_has_a_name(code: str) -> None:
    assert code in messages.LEVELS
