"""Names in the order that people expect."""

from collections.abc import Callable, Iterable
from functools import cmp_to_key
from typing import TypeVar

from PySide6.QtCore import QCollator, QLocale

from planner.words import language

Entry = TypeVar("Entry")


def sorted_by_name(entries: Iterable[Entry], name: Callable[[Entry], str]) -> list[Entry]:
    """Return entries as the language in force sorts their names: å, ä, ö last in Swedish."""
    collator = QCollator(QLocale(language()))

    def compare(one: Entry, other: Entry) -> int:
        return collator.compare(name(one), name(other))

    return sorted(entries, key=cmp_to_key(compare))
