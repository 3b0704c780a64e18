"""Kinds of shift of the made-up weeks; times are hours of the day, beyond 24 on the next one."""

from dataclasses import dataclass

from solver.data.problem import Shift
from solver.data.spans import Span

DAY_MIN = 24 * 60
NIGHT_FROM, EVENING_FROM = 26.0, 20.0
"""A shift that ends after the hour is a night, or an evening."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What shifts that recur from day to day have in common.

    Parameters
    ----------
    parts
        Pairs of hours.
    credit_min
        Counted beyond the minutes at work.
    lead_min
        At the start and at the end, when no task can be done.
    weekdays
        On which it begins; 0 is Monday.
    """

    name: str
    parts: tuple[tuple[float, float], ...]
    break_min: int
    credit_min: int = 0
    lead_min: int = 15
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

    @property
    def present_min(self) -> int:
        """Minutes at work without the break."""
        return sum(round((end - start) * 60) for start, end in self.parts) - self.break_min

    @property
    def counted_min(self) -> int:
        """Minutes that count as working time."""
        return self.present_min + self.credit_min

    def tags(self, weekday: int) -> frozenset[str]:
        """Return what fairness counts when it begins on ``weekday``."""
        end = self.parts[-1][1]
        tags = {"night"} if end > NIGHT_FROM else {"evening"} if end > EVENING_FROM else set()
        if weekday >= 5 or (weekday == 4 and end > 24):
            tags.add("weekend")
        return frozenset(tags)

    def spans(self, day: int) -> tuple[Span, ...]:
        """Return its parts when it begins on a day, 0 being the horizon's first."""
        return tuple(
            Span(day * DAY_MIN + round(start * 60), day * DAY_MIN + round(end * 60))
            for start, end in self.parts
        )


_SIX = (
    Kind("early", ((6, 14.5),), 30),
    Kind("day", ((8, 16.5),), 30),
    Kind("mid", ((11, 19.5),), 30),
    Kind("evening", ((14, 23.5),), 30, 15),
    Kind("late", ((16.5, 25.5),), 30, 30),
    Kind("night", ((22, 31),), 30, 60),
)
_TWELVE = (
    *_SIX,
    Kind("short", ((8, 14),), 0),
    Kind("long", ((8, 18),), 45),
    Kind("rush", ((17, 23),), 0, 15),
    Kind("split", ((6.5, 10.5), (14.5, 18.5)), 0, 15),
    Kind("dusk", ((18, 27),), 30, 45),
    Kind("long-night", ((21, 31),), 30, 75),
)
_TWENTY = (
    *_TWELVE,
    Kind("dawn", ((5, 12),), 30, 22),
    Kind("brisk", ((6 + 40 / 60, 14 + 20 / 60),), 33),
    Kind("broad", ((7, 16 + 10 / 60),), 38),
    Kind("noon", ((12, 20 + 20 / 60),), 33, 4),
    Kind("wide-split", ((7, 11), (16, 20 + 10 / 60)), 0, 17),
    Kind("swing", ((13 + 20 / 60, 21 + 50 / 60),), 33, 11),
    Kind("long-evening", ((15, 25),), 42, 29),
    Kind("short-night", ((23, 29.5),), 25, 52),
)
CREW_KINDS = {6: _SIX, 12: _TWELVE, 20: _TWENTY}
"""Kinds for those who go in crews, by their number. Six count whole quarters, twenty do not."""

_SCHOOL_DAYS = (0, 1, 2, 3, 4)
CONTACT_KINDS = (
    Kind("full", ((7, 16),), 30, 0, 0, _SCHOOL_DAYS),
    Kind("sooner", ((6.75, 15),), 30, 0, 0, _SCHOOL_DAYS),
    Kind("later", ((8.5, 17),), 30, 0, 0, _SCHOOL_DAYS),
    Kind("broken", ((6.75, 9.25), (12.5, 17)), 0, 0, 0, _SCHOOL_DAYS),
    Kind("morning", ((6.75, 11),), 0, 0, 0, _SCHOOL_DAYS),
    Kind("afternoon", ((12.5, 17),), 0, 0, 0, _SCHOOL_DAYS),
)
"""Kinds for those who stand at schools."""


def make_shift(kind: Kind, day: int, first_day: int, book: str) -> Shift:
    """Return the shift of a kind that begins on a day, 0 being the horizon's first.

    Parameters
    ----------
    first_day
        Index of the horizon's first day among the problem's.
    book
        Rule book by which it counts.
    """
    return Shift(
        id=f"{kind.name}-{day:02}",
        day=first_day + day,
        kind=kind.name,
        parts=kind.spans(day),
        break_min=kind.break_min,
        lead_in_min=kind.lead_min,
        lead_out_min=kind.lead_min,
        counted_min={book: kind.counted_min},
        tags=kind.tags(day % 7),
    )
