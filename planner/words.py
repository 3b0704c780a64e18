"""Words for window, prints and command line: gettext with English sources.

Catalogues are the ``.po`` files in ``resources/translations/<language>/``, one for each room that
speaks; they are read as they are, so there is nothing to compile.
"""

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import dates
from babel.messages import mofile, pofile
from typing_extensions import override

import resources

LANGUAGES = ("sv", "en")
"""Languages that every text exists in; the first is the default."""

_current: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])
_chosen = LANGUAGES[0]


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text that is translated later, where it is shown."""
    return message


def _(message: str, /, **values: object) -> str:
    """Return ``message`` in the language in force, with ``{named}`` values filled in."""
    text = _catalogue(language()).gettext(message) if message else ""
    return text.format(**values) if values else text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Part of a sentence, said in the language in force when the sentence is."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    @override
    def __str__(self) -> str:
        return _(self.message, **self.values)


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """Return the form of a text for ``n``, filled in with ``n`` and ``values``."""
    return _catalogue(language()).ngettext(one, many, n).format(n=n, **values)


def language() -> str:
    """Return the language in force: ``sv`` or ``en``."""
    return _current.get(_chosen)


def set_language(code: str) -> None:
    """Choose the program's language."""
    global _chosen  # noqa: PLW0603 - one program, one language; documents use speaking()
    _chosen = code if code in LANGUAGES else LANGUAGES[0]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language inside the block, such as that of a document."""
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


def long_date(day: date) -> str:
    """Return such as ``tisdag 24 november``."""
    return dates.format_date(day, "EEEE d MMMM", locale=language())


def full_date(day: date) -> str:
    """Return such as ``24 november 2026``."""
    return dates.format_date(day, "d MMMM y", locale=language())


def date_range(first: date, last: date) -> str:
    """Return such as ``23–27 november 2026``; month and year once when both days share them."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{full_date(last)}"
    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    return f"{dates.format_date(first, pattern, locale=language())} – {full_date(last)}"


def short_date(day: date) -> str:
    """Return such as ``tis 24/11``."""
    return f"{weekday_name(day)} {day.day}/{day.month}"


def weekday_name(day: date, *, is_short: bool = True) -> str:
    """Return such as ``tis`` or ``tisdag``."""
    return _weekday_name(day.weekday(), is_short, language())


def month_name(month: int) -> str:
    """Return such as ``november``."""
    return dates.format_date(date(2000, month, 1), "LLLL", locale=language())


def clock(at: datetime, zone: ZoneInfo) -> str:
    """Return the local time of an instant, such as ``07:15``."""
    local = at.astimezone(zone)
    return f"{local.hour:02d}:{local.minute:02d}"


def clock_span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """Return such as ``07:15–08:15``."""
    return f"{clock(start, zone)}–{clock(end, zone)}"


def hours(minutes: int) -> str:
    """Return minutes as hours and minutes, such as ``38:30`` or ``−1:15``."""
    sign = "−" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"


@lru_cache
def _weekday_name(weekday: int, is_short: bool, code: str) -> str:  # noqa: FBT001
    names = dates.get_day_names("abbreviated" if is_short else "wide", locale=code)
    return str(names[weekday]).rstrip(".")


def is_own(text: str) -> bool:
    """Tell whether a text is as a whole one of the program's own, such as a heading."""
    return text.casefold() in _own_texts()


@lru_cache(maxsize=1)
def _own_texts() -> frozenset[str]:
    return frozenset(text for code in LANGUAGES for text in _read(code)[1])


def _catalogue(code: str) -> gettext.NullTranslations:
    return _read(code)[0]


@lru_cache
def _read(code: str) -> tuple[gettext.NullTranslations, frozenset[str]]:
    """Return a language's texts, and all of them with their sources, in small letters."""
    whole = gettext.NullTranslations()
    texts: set[str] = set()
    for path in sorted(resources.path("translations", code).glob("*.po")):
        with path.open(encoding="utf-8") as file:
            catalogue = pofile.read_po(file, locale=code)
        for entry in catalogue:
            for said in (entry.id, entry.string or ""):
                texts.update(one.casefold() for one in ([said] if isinstance(said, str) else said))
        compiled = BytesIO()
        mofile.write_mo(compiled, catalogue)
        compiled.seek(0)
        room = gettext.GNUTranslations(compiled)
        room.add_fallback(whole)
        whole = room
    return whole, frozenset(texts)
