"""The years that a plan knows."""

from datetime import date

from planner.errors import InputError

FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Outside these a date is a slip of the hand; calendars and clocks need not know them."""


def check_year(year: int, said: str) -> None:
    """Refuse a date that is a slip of the hand, whatever way it comes in.

    Parameters
    ----------
    said
        The date, as the person gave it.

    Raises
    ------
    InputError
        ``date-out-of-range``
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError("date-out-of-range", value=said, first=FIRST_YEAR, last=LAST_YEAR)


def check_days(*days: date) -> None:
    """Refuse days whose year is a slip of the hand, as :func:`check_year` does."""
    for day in days:
        check_year(day.year, day.isoformat())
