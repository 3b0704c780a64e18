"""Text as it is compared with what people type: case and accents do not count."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WITHOUT_ACCENT = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l"})
"""Letters that Unicode does not take apart."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without case and accents.

    Parameters
    ----------
    letters
        What is compared.
    origins
        Where in the text itself each of the letters comes from.
    """

    letters: str
    origins: tuple[int, ...]


def folded(text: str) -> Folded:
    """Return ``text`` in small letters without accents: ``Åsa Ärlig`` as ``asa arlig``."""
    letters: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(text):
        plain = _plain(char)
        letters.append(plain)
        origins.extend([at] * len(plain))
    return Folded("".join(letters), tuple(origins))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    # Small letters first and last: taking apart may give capitals, and small letters accents.
    apart = unicodedata.normalize("NFKD", char.casefold()).casefold()
    apart = unicodedata.normalize("NFKD", apart).translate(_WITHOUT_ACCENT)
    return "".join(each for each in apart if not unicodedata.combining(each))
