"""The second lock: finds in finished texts what their reader may not see.

The first lock is that a read model cannot hold it. But people type: an officer's number into a
school's telephone, a selected place into a meeting place; what is typed goes where the field goes.
Values are looked for by their words, whatever stands between them, so that neither a line break nor
a hyphen hides one; numbers by their digits; and some things by their form alone.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations_with_replacement

from planner.reports.audiences import Matter
from planner.reports.typeface import printable

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\+?\(?\d[\d\s()/\u2010-\u2013-]*\d")
_IDENTITY = re.compile(r"(?<![\d-])(\d\d)?(\d{6})(\s?[-+\u2010-\u2013]\s?|\s)?(\d{4})(?![\d-])")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LINK = re.compile(
    r"\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:se|nu|com|org|net|eu|io|info)/\S+",
    re.IGNORECASE,
)

_LEAST_LETTERS = 2
"""A shorter value, such as a mark of punctuation, could stand for anything."""
_LEAST_DIGITS = 5
"""A shorter number, the 0 before it left out, is no telephone number."""
_LONGEST = 8
"""So many words of a long text in a row give it away, since print-outs shorten."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Something in a text that its reader may not see.

    Parameters
    ----------
    text
        The whole text in which it stands.
    found
        The part of it.
    """

    matter: Matter
    text: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Texts and numbers to look for, by what they would give away.

    Parameters
    ----------
    words
        What begins with a word, by that word.
    numbers
        By their digits.
    """

    words: Mapping[str, tuple[tuple[Words, Matter], ...]] = field(default_factory=dict)
    numbers: Mapping[str, Matter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What wins over secrets with which it coincides.

    Parameters
    ----------
    numbers, addresses
        Telephone numbers by their digits; addresses in small letters.
    is_fixed
        Tells whether a whole text is one of the program's own, such as a heading.
    """

    values: Values = Values()
    numbers: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    is_fixed: Callable[[str], bool] = lambda _text: False


def values(secrets: Iterable[tuple[Matter, str]]) -> Values:
    """Return secrets ready to be looked for; telephone numbers are known by their matter.

    Names are found also with the last word first.
    """
    by_word: dict[str, dict[tuple[Words, Matter], None]] = {}
    numbers: dict[str, Matter] = {}
    for matter, value in secrets:
        if matter in _PHONES:
            digits = phone_digits(value)
            if len(digits) > _LEAST_DIGITS:
                numbers[digits] = matter
            continue
        # Documents hold it as it is printed, mails as it was written.
        for written in dict.fromkeys((words_of(value), words_of(printable(value)))):
            for words in _forms(matter, written):
                by_word.setdefault(words[0], {})[words, matter] = None
    return Values(words={word: tuple(found) for word, found in by_word.items()}, numbers=numbers)


def leaks(
    texts: Iterable[str], secrets: Values, forbidden: Collection[Matter], allowed: Allowed
) -> Iterator[Leak]:
    """Yield what of ``forbidden`` stands in the texts.

    Parameters
    ----------
    secrets
        Of all matters; those of others than ``forbidden`` are passed over.
    allowed
        A secret that lies within an allowed value is none.
    """
    for text in texts:
        plain = _plain(text)
        if not plain or allowed.is_fixed(plain):
            continue
        found = [
            *_named(plain, secrets, forbidden, allowed),
            *_numbered(plain, secrets, forbidden, allowed),
            *_formed(plain, forbidden, allowed),
        ]
        for matter, part in found:
            yield Leak(matter=matter, text=text, found=part)


def words_of(text: str) -> Words:
    """Return the words of a text, in small letters, without what stands between them."""
    return tuple(_WORD.findall(_plain(text).casefold()))


def phone_digits(text: str) -> str:
    """Return the digits of a telephone number as it is called within the country."""
    digits = "".join(re.findall(r"\d", text))
    if digits.startswith("0046"):
        digits = digits[4:]
    elif digits.startswith("46") and text.lstrip(" (").startswith("+"):
        digits = digits[2:]
    return f"0{digits.lstrip('0')}"


_PHONES = frozenset({Matter.OFFICER_PHONES, Matter.SERVICE_PHONES})
_NAMES = frozenset({Matter.OFFICER_NAMES, Matter.CONTACT_NAMES, Matter.REAL_NAMES})


def _forms(matter: Matter, words: Words) -> Iterator[Words]:
    if sum(map(len, words)) < _LEAST_LETTERS:
        return
    if len(words) <= _LONGEST:
        yield words
    else:
        yield from (words[at : at + _LONGEST] for at in range(len(words) - _LONGEST + 1))
    if matter in _NAMES and len(words) > 1:
        yield (words[-1], *words[:-1])


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Return a text without what has no shape and could stand inside a word."""
    whole = unicodedata.normalize("NFKC", text)
    if whole.isascii():
        return whole
    return "".join(letter for letter in whole if unicodedata.category(letter) != "Cf")


def _named(
    text: str, secrets: Values, forbidden: Collection[Matter], allowed: Allowed
) -> Iterator[tuple[Matter, str]]:
    tokens = list(_WORD.finditer(text))
    words = [token.group().casefold() for token in tokens]
    hits = [hit for hit in _spans(words, secrets) if hit[2] in forbidden]
    if not hits:
        return
    excused = [(first, end) for first, end, _matter in _spans(words, allowed.values)]
    for first, end, matter in hits:
        if not any(a <= first and end <= b for a, b in excused):
            yield matter, text[tokens[first].start() : tokens[end - 1].end()]


def _spans(words: list[str], values: Values) -> Iterator[tuple[int, int, Matter]]:
    """Yield where values stand among words: the first, and the one after the last."""
    for at, word in enumerate(words):
        for start in dict.fromkeys((word, word.removesuffix("s"))):
            for wanted, matter in values.words.get(start, ()):
                end = at + len(wanted)
                if _is_same(words[at:end], wanted):
                    yield at, end, matter


def _is_same(words: list[str], wanted: Words) -> bool:
    """Tell whether words are those wanted; the last may be a genitive."""
    *before, last = wanted
    return words[:-1] == before and len(words) == len(wanted) and words[-1] in {last, f"{last}s"}


def _numbered(
    text: str, secrets: Values, forbidden: Collection[Matter], allowed: Allowed
) -> Iterator[tuple[Matter, str]]:
    for run in _NUMBER.finditer(text):
        groups = list(re.finditer(r"\+?\(?\d+", run.group()))
        told = 0
        # The longest first, so that a number is told with its country's and once.
        for first, last in sorted(
            combinations_with_replacement(range(len(groups)), 2), key=lambda at: (at[0], -at[1])
        ):
            part = run.group()[groups[first].start() : groups[last].end()]
            digits = phone_digits(part)
            matter = secrets.numbers.get(digits)
            if first < told or matter is None or digits in allowed.numbers:
                continue
            told = last + 1
            if matter in forbidden:
                yield matter, part


def _formed(
    text: str, forbidden: Collection[Matter], allowed: Allowed
) -> Iterator[tuple[Matter, str]]:
    """Yield what is known by its form, whoever's it is."""
    if Matter.IDENTITY_NUMBERS in forbidden:
        for found in _IDENTITY.finditer(text):
            if is_identity_number(found.group()):
                yield Matter.IDENTITY_NUMBERS, found.group()
    if Matter.ADDRESSES in forbidden:
        for found in _ADDRESS.finditer(text):
            if found.group().casefold() not in allowed.addresses:
                yield Matter.ADDRESSES, found.group()
    if Matter.LINKS in forbidden:
        for found in _LINK.finditer(text):
            yield Matter.LINKS, found.group()


def is_identity_number(text: str) -> bool:
    """Tell whether a text is a Swedish personal identity or coordination number.

    Ten digits in a row that begin with 0 are taken as a telephone number.
    """
    found = _IDENTITY.fullmatch(text)
    if found is None:
        return False
    century, day, sign, serial = found.groups()
    if century is None and day.startswith("0") and not (sign or "").strip():
        return False
    return _is_day(century, day) and _luhn(day + serial)


def _is_day(century: str | None, digits: str) -> bool:
    year, month, day = (int(digits[at : at + 2]) for at in (0, 2, 4))
    # Whoever has no number yet is given one with the day raised by 60.
    day -= 60 if day > 60 else 0
    centuries = [int(century)] if century else [19, 20]
    for hundreds in centuries:
        try:
            date(100 * hundreds + year, month, day)
        except ValueError:
            continue
        return hundreds in {18, 19, 20}
    return False


def _luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others (Luhn)."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
