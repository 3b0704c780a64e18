"""Which of many choices are meant by a few typed letters, the likeliest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from ui.folding import Folded, folded

Value = TypeVar("Value")


class Fit(IntEnum):
    """How well a text fits what was typed, the best first."""

    BEGINNING = 0
    """The text begins with a typed word."""
    WORD = 1
    """Each typed word begins a word."""
    LETTERS = 2
    """The letters of a typed word are there in their order, others between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How a text fits what was typed.

    Parameters
    ----------
    n_between
        Letters that stand between the typed ones.
    marked
        Where in the text the typed letters are, in ascending order.
    """

    fit: Fit
    n_between: int = 0
    marked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Generic[Value]):
    """One of what can be chosen.

    Parameters
    ----------
    name
        What it is remembered by; nothing when it is not.
    hint
        More about it, shown below the text.
    keys
        Its shortcut.
    """

    value: Value
    text: str
    hint: str = ""
    keys: str = ""
    name: str = ""
    is_possible: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    fit: Fit
    at: tuple[int, ...]


def match(typed: str, text: str, hint: str = "") -> Match | None:
    """Return how ``text`` fits, or nothing when it does not.

    Every typed word must begin a word of the text or of the hint, or have its letters in the text
    in their order. Case and accents do not count.
    """
    whole, beside = folded(text), folded(hint)
    places = []
    for word in folded(typed).letters.split():
        place = _find(word, whole)
        if place is None or place.fit is Fit.LETTERS:
            place = _Place(Fit.WORD, ()) if _word_start(word, beside) is not None else place
        if place is None:
            return None
        places.append(place)
    return Match(
        fit=_of_all([place.fit for place in places]),
        n_between=sum(_n_between(place.at) for place in places),
        marked=tuple(sorted({whole.origins[at] for place in places for at in place.at})),
    )


def ranked(
    typed: str, choices: Iterable[Choice[Value]], recent: Sequence[str] = ()
) -> list[tuple[Choice[Value], Match]]:
    """Return the choices that fit, the likeliest first.

    First what was used lately, then what begins with the typed word, then what has a word that
    does, then what has its letters; what cannot be chosen now comes last. A choice used lately
    whose letters merely occur is no more than first among its like.
    """
    found = [
        (choice, fitting)
        for choice in choices
        if (fitting := match(typed, choice.text, choice.hint)) is not None
    ]
    order = {name: at for at, name in enumerate(recent)}

    def rank(one: tuple[Choice[Value], Match]) -> tuple[bool, int, int, int]:
        choice, fitting = one
        since = order.get(choice.name, len(order)) if choice.name else len(order)
        is_recent = since < len(order) and fitting.fit is not Fit.LETTERS
        tier = -1 if is_recent else fitting.fit
        return (not choice.is_possible, tier, since, fitting.n_between)

    return sorted(found, key=rank)


def _find(word: str, whole: Folded) -> _Place | None:
    start = _word_start(word, whole)
    if start is not None:
        fit = Fit.BEGINNING if start == 0 else Fit.WORD
        return _Place(fit, tuple(range(start, start + len(word))))
    tightest: tuple[int, ...] | None = None
    for first, letter in enumerate(whole.letters):
        if letter == word[0]:
            at = _letters_from(first, word, whole.letters)
            if at and (tightest is None or at[-1] - at[0] < tightest[-1] - tightest[0]):
                tightest = at
    return _Place(Fit.LETTERS, tightest) if tightest else None


def _word_start(word: str, whole: Folded) -> int | None:
    start = whole.letters.find(word)
    while start >= 0:
        if start == 0 or not whole.letters[start - 1].isalnum():
            return start
        start = whole.letters.find(word, start + 1)
    return None


def _letters_from(first: int, word: str, letters: str) -> tuple[int, ...]:
    """Return where the letters of ``word`` are from ``first`` on; nothing when one lacks."""
    at = [first]
    for letter in word[1:]:
        following = letters.find(letter, at[-1] + 1)
        if following < 0:
            return ()
        at.append(following)
    return tuple(at)


def _of_all(fits: list[Fit]) -> Fit:
    if Fit.LETTERS in fits:
        return Fit.LETTERS
    return Fit.BEGINNING if Fit.BEGINNING in fits or not fits else Fit.WORD


def _n_between(at: tuple[int, ...]) -> int:
    return at[-1] - at[0] + 1 - len(at) if at else 0
