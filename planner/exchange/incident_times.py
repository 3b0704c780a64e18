"""Times of incidents: with an offset, or local in a zone that somebody says."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from planner import clock
from planner.domain.years import FIRST_YEAR
from planner.errors import InputError

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[ T]00:00(?::00)?)?", re.ASCII)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)(?:[:.][0-5]\d(?:\.\d+)?)?", re.ASCII)
_MOMENT = re.compile(
    r"(?P<day>\d{4}-?\d\d-?\d\d)[ T]+(?P<clock>\d{1,2}[:.]?\d\d(?:[:.]\d\d(?:[.,]\d+)?)?)"
    r"\s*(?P<offset>Z|z|[+-]\d\d:?\d\d|UTC)?",
    re.ASCII,
)


class IncidentTimes:
    """Reads times; remembers which of them a change of the clocks makes unsure.

    Parameters
    ----------
    zone
        In which times without an offset are meant.
    ignores_offset
        Read times with an offset as local too, as files have it that write ``Z`` behind local time.

    Attributes
    ----------
    n_twice, n_skipped
        Local times that the clocks showed twice (the first is taken), and never (read as if they
        had not been moved).
    n_with_offset
        Times whose offset was used.
    """

    def __init__(self, zone: ZoneInfo, *, ignores_offset: bool) -> None:
        self._zone, self._ignores_offset = zone, ignores_offset
        self._now = clock.now()
        self.n_twice = self.n_skipped = self.n_with_offset = self.n_offsets = 0

    def moment(self, cell: str) -> datetime:
        """Return the instant of a date with a time; seconds are dropped.

        Raises
        ------
        InputError
            ``incident-time-wrong``, ``incident-clock-missing``, ``date-out-of-range`` or
            ``incident-in-future``
        """
        match = _MOMENT.fullmatch(cell)
        if match is None:
            code = "incident-clock-missing" if _DAY.fullmatch(cell) else "incident-time-wrong"
            raise InputError(code, value=cell)
        return self.day_and_clock(match["day"], match["clock"], match["offset"] or "", cell)

    def day_and_clock(
        self, day: str, clock_text: str, offset: str = "", cell: str = ""
    ) -> datetime:
        """Return the instant of a date and a time that stand apart; raises as :meth:`moment`."""
        cell = cell or f"{day} {clock_text}".strip()
        found, at = _DAY.fullmatch(day), _CLOCK.fullmatch(clock_text.replace(",", "."))
        if found is not None and not clock_text:
            raise InputError("incident-clock-missing", value=cell)
        if found is None or at is None:
            raise InputError("incident-time-wrong", value=cell)
        try:
            local = datetime.fromisoformat(f"{'-'.join(found.groups())} {int(at[1]):02d}:{at[2]}")
        except ValueError:
            raise InputError("incident-time-wrong", value=cell) from None
        if local.year < FIRST_YEAR:
            raise InputError("date-out-of-range", value=cell, first=FIRST_YEAR, last=self._now.year)
        instant = self._instant(local, offset)
        if instant > self._now:
            raise InputError("incident-in-future", value=cell)
        return instant

    def _instant(self, local: datetime, offset: str) -> datetime:
        self.n_offsets += bool(offset)
        if offset and not self._ignores_offset:
            self.n_with_offset += 1
            text = "+00:00" if offset.upper() in {"Z", "UTC"} else offset
            return datetime.fromisoformat(f"{local.isoformat()}{text}").astimezone(UTC)
        first = local.replace(tzinfo=self._zone)
        if first.utcoffset() != first.replace(fold=1).utcoffset():
            is_shown = first.astimezone(UTC).astimezone(self._zone).replace(tzinfo=None) == local
            self.n_twice += is_shown
            self.n_skipped += not is_shown
        return first.astimezone(UTC)
