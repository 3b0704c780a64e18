"""What of a sheet must never come any further: personal identity numbers and causes of absence."""

import re

_NUMBER = re.compile(
    r"(?<!\d)(?P<century>(?:18|19|20)\d{2}|\d{2})(?P<month>\d{2})(?P<day>\d{2})"
    r"\s?[-+–−]?\s?(?P<last>\d{4}|[A-Za-z]{2}\d{2})(?!\w)"
)
"""A personal identity number, a coordination number or a reserve number, with its parts."""
_CAUSES = (
    # Swedish
    "sjuk",
    "vab",
    "vård av",
    "vårdav",
    "tfp",
    "föräldra",
    "fledig",
    "semester",
    "semdag",
    "tjänstled",
    "tjl",
    "kompled",
    "läkar",
    "tandläk",
    "rehab",
    "karens",
    "permission",
    "studieled",
    "begravning",
    "smittskydd",
    "närståendepenning",
    "havande",
    "graviditet",
    "pappaled",
    "mammaled",
    "facklig",
    # English
    "sick",
    "illness",
    "vacation",
    "holiday leave",
    "parental",
    "maternity",
    "paternity",
    "compassionate",
    "bereavement",
)
"""Beginnings of words that say why somebody is away."""
_SHORT = ("sem", "sj", "komp", "frv", "ftj")
"""Whole words that do."""
_WORDS = re.compile(
    r"(?<![^\W\d_])(?:(?:"
    + "|".join(map(re.escape, _CAUSES))
    + r")[^\W\d_]*|(?:"
    + "|".join(_SHORT)
    + r"))(?![^\W\d_])",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"(?<![^\W\d_])(?:frånvar\w*|frånv|absent|away|borta|ej i tjänst)(?![^\W\d_])", re.IGNORECASE
)


def without_numbers(text: str) -> tuple[str, str | None]:
    """Return a text without personal identity numbers, and the last digits of the first of them.

    The digits tell people of one name apart while a file is read, and go no further.
    """
    found: str | None = None

    def drop(match: re.Match[str]) -> str:
        nonlocal found
        if not _is_person(match):
            return match[0]
        found = found or match["century"][-2:] + match["month"] + match["day"] + match["last"]
        return " "

    left = _NUMBER.sub(drop, text)
    return (" ".join(left.split()).strip(" ,;()") if found else text), found


def _is_person(match: re.Match[str]) -> bool:
    """Tell a person's number from a day with times, such as ``20261123-0715``."""
    month, day = int(match["month"]), int(match["day"]) % 60
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    return not (match["century"].startswith("20") and int(match["century"]) > 2020)


def says_away(text: str) -> bool:
    """Tell whether a text says that somebody is away, with or without why."""
    return bool(_WORDS.search(text) or _AWAY.fullmatch(text.strip()))


def without_causes(text: str) -> str:
    """Return a text without the words that say why somebody is away."""
    return " ".join(_WORDS.sub(" ", text).split())
