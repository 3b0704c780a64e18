"""What stands in a cell where a person and a day meet: times, a code, or both."""

import re
from datetime import time

from planner.domain.grids import Times

_CLOCK = r"(?P<h{n}>\d{{1,2}})(?:[.:,]?(?P<m{n}>\d{{2}}))?"
_STRETCH = (
    r"(?:kl\.?\s?)?" + _CLOCK.format(n=1) + r"\s?(?:-|–|—|−|\u2011|till|to)\s?" + _CLOCK.format(n=2)
)
_ONE = re.compile(_STRETCH, re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:/|;|,|\+|&|och|samt|\band\b|\s)\s*", re.IGNORECASE)
_BEFORE = re.compile(r"(?P<code>[^\W\d_][\w./ ]{0,10}?)[\s:(]+(?=(?:kl\.?\s?)?\d)")


def read_cell(text: str) -> tuple[str, Times]:
    """Return the code of a cell and the times in it; either may be missing.

    A text that is neither is a code as a whole, for the planner to say what it means.
    """
    text = text.strip()
    times = read_times(text)
    if times:
        return "", times
    match = _BEFORE.match(text)
    if match is not None:
        times = read_times(text[match.end() :].rstrip(" )"))
        if times:
            return match["code"].strip(), times
    return text, ()


def read_times(text: str) -> Times:
    """Return stretches such as ``07.15-11.30/13-16``; nothing when the text is anything else."""
    found: list[tuple[time, time]] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _ONE.match(text, at)
        if match is None:
            return ()
        start, end = _clock(match, 1), _clock(match, 2)
        if start is None or end is None:
            return ()
        found.append((start, end))
        at = match.end()
        gap = _BETWEEN.match(text, at)
        if at < len(text) and (gap is None or gap.end() == at):
            return ()
        at = gap.end() if gap else at
    return tuple(found)


def read_clock(text: str) -> time | None:
    """Return one time of day: ``07.15``, ``7``, ``0715`` or with a date before it."""
    match = re.fullmatch(r"(?:.*\d{2,4}\s)?(?:kl\.?\s?)?(\d{1,2})(?:[.:,]?(\d{2}))?(?::00)?", text)
    if match is None:
        return None
    return _time(int(match[1]), int(match[2] or 0))


def _clock(match: re.Match[str], number: int) -> time | None:
    return _time(int(match[f"h{number}"]), int(match[f"m{number}"] or 0))


def _time(hour: int, minute: int) -> time | None:
    if hour == 24 and minute == 0:
        return time()
    return time(hour, minute) if hour < 24 and minute < 60 else None
