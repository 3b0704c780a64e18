"""Which letters the typeface of the print-outs has, and what stands for one that it has not."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import resources

REPLACEMENT = "□"
"""Printed where a letter lacks, so that it is seen that one does."""

_FILE = "Inter-Regular.ttf"
"""The other weights have the same letters; a test sees to it."""

_SEGMENTED = 12
"""Format of the font's table of letters that reaches all of Unicode."""


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """Return the code points that the typeface has.

    They are read from the font itself, without the library that writes documents: forms ask too,
    long before anything is printed.
    """
    data = resources.path("fonts", _FILE).read_bytes()
    cmap = _table(data, b"cmap")
    (n_tables,) = struct.unpack_from(">H", data, cmap + 2)
    for number in range(n_tables):
        (offset,) = struct.unpack_from(">I", data, cmap + 4 + 8 * number + 4)
        if struct.unpack_from(">H", data, cmap + offset) == (_SEGMENTED,):
            return frozenset(_segments(data, cmap + offset))
    raise ValueError(f"{_FILE} has no table of letters that we read")


def _table(data: bytes, tag: bytes) -> int:
    (n_tables,) = struct.unpack_from(">H", data, 4)
    for number in range(n_tables):
        found, _sum, offset, _length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if found == tag:
            return int(offset)
    raise ValueError(f"{_FILE} has no table {tag!r}")


def _segments(data: bytes, at: int) -> Iterator[int]:
    (n_groups,) = struct.unpack_from(">I", data, at + 12)
    for number in range(n_groups):
        first, last, _glyph = struct.unpack_from(">III", data, at + 16 + 12 * number)
        yield from range(first, last + 1)


def printable(text: str) -> str:
    """Return a text as it is printed: of letters that the typeface has, one space between words.

    A letter that lacks is taken apart (``ﬁ`` becomes ``fi``) or, if that does not help, replaced by
    :data:`REPLACEMENT`. What has no shape, such as marks of direction, is left out.
    """
    whole = " ".join(text.split())
    if whole.isascii() and whole.isprintable():
        return whole
    return "".join(_printed(letter) for letter in unicodedata.normalize("NFC", whole))


def lacking(text: str) -> tuple[str, ...]:
    """Return what of a text is not seen in print, each once; nothing of most texts."""
    if text.isascii() and text.isprintable():
        return ()
    whole = dict.fromkeys(unicodedata.normalize("NFC", text).replace(REPLACEMENT, ""))
    return tuple(one for one in whole if _printed(one) in {"", REPLACEMENT})


def shown(letter: str) -> str:
    """Return how to tell somebody of a letter: itself, or its number when it has no shape."""
    return f"U+{ord(letter):04X}" if _is_shapeless(letter) else letter


@lru_cache(maxsize=1024)
def _printed(letter: str) -> str:
    if _is_shapeless(letter):
        return ""
    if ord(letter) in letters() or letter.isspace():
        return letter
    apart = unicodedata.normalize("NFKC", letter)
    has_all = apart.isprintable() and all(ord(one) in letters() for one in apart)
    return apart if has_all else REPLACEMENT


def _is_shapeless(letter: str) -> bool:
    is_selector = 0xFE00 <= ord(letter) <= 0xFE0F
    return is_selector or unicodedata.category(letter) in {"Cc", "Cf", "Cs"}
