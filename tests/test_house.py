"""Rules of the house that no other tool holds."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

SOLVER = Path(__file__).parent.parent / "solver"

# Stems, as they begin a word: "officer" finds OfficerId and n_officers, "promise" not compromise.
DOMAIN_WORDS = (
    "police", "polis", "officer", "constable", "patrol", "hotspot", "school", "skola", "skolor",
    "pupil", "principal", "promise", "löfte", "safety_?walk", "municipal", "kommun", "västerås",
)  # fmt: skip
_FOUND = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(DOMAIN_WORDS)})", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")


def domain_words(text: str) -> list[str]:
    """Return the words of the application's domain that occur in ``text``."""
    return _FOUND.findall(_HUMP.sub(" ", text))


def test_qt_binding_keeps_the_references_of_none():
    # PySide6 6.12.0 drops one at every call that returns nothing; Python 3.11 then aborts.
    before = sys.getrefcount(None)
    for _ in range(1000):
        QObject().setObjectName("x")
    assert sys.getrefcount(None) - before > -200


@pytest.mark.parametrize("text", ["n_officers", "class SchoolId", "DutyOfficer", "a Police unit"])
def test_domain_words_are_found(text):
    assert domain_words(text)


@pytest.mark.parametrize("text", ["a compromise", "metropolis", "policy", "scholar", "os.walk"])
def test_other_words_are_left_alone(text):
    assert not domain_words(text)


def test_solver_knows_no_domain_word():
    files = [path for path in SOLVER.rglob("*") if path.suffix in {".py", ".md", ".json", ".toml"}]
    assert files
    found = {
        str(path.relative_to(SOLVER)): words
        for path in files
        if (words := domain_words(path.name + " " + path.read_text(encoding="utf-8")))
    }
    assert not found
