"""Which texts are people, which are squads, and which are neither."""

import re

from planner.exchange.grids.dates import is_weekday_name, months_in, week_in

_SUMS = re.compile(
    r"(?:delsumma|summa|sum|total|totalt|antal|bemanning|behov|minst|minimum|max|differens|diff|"
    r"saldo|varav|kontroll|anm|anmärkning|obs|needed?|count|staffing)(?![^\W\d_])",
    re.IGNORECASE,
)
_SQUADS = re.compile(
    r"(?:turlag|skiftlag|arbetslag|lag|grupp|enhet|team|squad|group|sektion|avdelning|område|tur)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
_HEADINGS = re.compile(
    r"(?:för- och efternamn|efternamn,? ?förnamn|namn|name|anställd|medarbetare|personal|person|"
    r"employee|staff)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w .,'’\u00b4\-()]*")
_TITLES = re.compile(
    r"(?:pa|polisassistent|polisinspektör|insp|inspektör|krinsp|pinsp|kommissarie|ass|asp|aspirant)"
    r"\.?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)


def is_sum(text: str) -> bool:
    """Tell whether a row or column of that heading counts what others hold."""
    return bool(_SUMS.match(text.strip()))


def is_squad(text: str) -> bool:
    """Tell whether a heading between people names a squad."""
    return bool(_SQUADS.match(text.strip()))


def is_name_heading(text: str) -> bool:
    """Tell whether names stand under a heading."""
    return bool(_HEADINGS.fullmatch(text.strip(" :.*")))


def is_name(text: str) -> bool:
    """Tell whether a text may be a person's name."""
    text = text.strip()
    if len(text) < 3 or not _NAME.fullmatch(text):
        return False
    if is_sum(text) or is_squad(text) or is_name_heading(text) or is_weekday_name(text):
        return False
    has_digit = any(letter.isdigit() for letter in text)
    if week_in(text) is not None or (months_in(text) and (has_digit or len(text.split()) == 1)):
        return False
    return " " in text or not text.isupper()


def clean_name(text: str) -> str:
    """Return a name without a title before it, first name first."""
    text = _TITLES.sub("", " ".join(text.split()), count=1)
    last, comma, first = text.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else text.strip(" ,")
