"""What became of the crimes that a promise is about: counts, how sure they are, comparisons.

Reported crimes of a month are few, and few things vary much by chance alone. So a count never goes
without the range that it fits, and two periods are told apart only when chance alone would seldom
part them so. What caused a difference no count can tell, and nothing here does.
"""

import calendar
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.poisson import poisson_interval
from planner.domain.promises import OutcomeCount

LEVEL = 0.95
"""Of every interval and comparison."""


class MonthPart(StrEnum):
    """How a month lies to the period of a promise."""

    BEFORE = "before"
    PARTLY = "partly"
    """Some of its days are in the period; it is shown, and compared with nothing."""
    WITHIN = "within"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeMonth:
    """A month's count with the rates it fits.

    Parameters
    ----------
    n
        Nothing when there is no number of the month.
    low, high
        The exact 95 % Poisson interval of Garwood (1936); 0 without a number.
    """

    month: date
    part: MonthPart
    n: int | None
    low: float = 0.0
    high: float = 0.0


class Verdict(StrEnum):
    """What two counts tell of each other."""

    FEWER = "fewer"
    MORE = "more"
    CANNOT_TELL = "cannot_tell"
    """The difference is one that chance alone gives often enough."""


class Basis(StrEnum):
    """What the months of a promise are compared with."""

    YEAR_EARLIER = "year_earlier"
    """The same months a year before, so that the season is the same."""
    JUST_BEFORE = "just_before"
    """As many months right before the promise; the season differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsTotal:
    """The count of some months together.

    Parameters
    ----------
    n_days
        Of all of them: a month with fewer days has fewer crimes.
    """

    months: tuple[date, ...]
    n: int
    n_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Months of the promise against others.

    Parameters
    ----------
    low, high
        The 95 % interval of the rate of the promise's months as a multiple of the others'; ``high``
        is infinite when the others have none.
    p_value
        How often chance alone would part two equal rates at least so far.
    """

    basis: Basis
    during: MonthsTotal
    other: MonthsTotal
    low: float
    high: float
    p_value: float

    @property
    def verdict(self) -> Verdict:
        """What may be said of it."""
        if self.p_value > 1 - LEVEL:
            return Verdict.CANNOT_TELL
        is_fewer = self.during.n * self.other.n_days < self.other.n * self.during.n_days
        return Verdict.FEWER if is_fewer else Verdict.MORE


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSeries:
    """Reported crimes of one kind in one area, month by month without a hole.

    Parameters
    ----------
    months
        Those with a number that a reader can hold against the promise: from a year before it, or
        as long before as it lasts, to a year after it.
    sources
        Where the numbers are from, each once.
    comparisons
        Those that there are numbers for; the first is the fairest.
    """

    kind: str
    area: str
    sources: tuple[str, ...]
    months: tuple[OutcomeMonth, ...]
    comparisons: tuple[Comparison, ...]


def outcome_series(
    counts: Iterable[OutcomeCount], first_day: date, last_day: date
) -> tuple[OutcomeSeries, ...]:
    """Return the counts by kind and area, compared with what was before ``first_day``.

    Parameters
    ----------
    first_day, last_day
        The period of the promise. Only whole months in it are compared.
    """
    grouped: dict[tuple[str, str], dict[date, OutcomeCount]] = defaultdict(dict)
    for count in counts:
        grouped[count.kind, count.area][count.month] = count
    return tuple(
        OutcomeSeries(
            kind=kind,
            area=area,
            sources=tuple(dict.fromkeys(found[month].source for month in sorted(found))),
            months=tuple(_months(found, first_day, last_day)),
            comparisons=tuple(_comparisons(found, first_day, last_day)),
        )
        for (kind, area), found in sorted(grouped.items())
    )


def compare(basis: Basis, during: MonthsTotal, other: MonthsTotal) -> Comparison:
    """Compare two counts by the exact conditional test.

    Of ``n`` events in both, how many fall in one is binomial with the share of the days when the
    rates are equal (Przyborowski and Wilenski, 1940, "Homogeneity of results in testing samples
    from Poisson series"); the interval is that of Clopper and Pearson (1934). The test is
    two-sided: the smaller tail is doubled. It never finds a difference more often than it says.
    """
    n, k = during.n + other.n, during.n
    share = during.n_days / (during.n_days + other.n_days)
    tail = (1 - LEVEL) / 2
    low = 0.0 if k == 0 else _crossing(lambda p: 1 - _at_most(k - 1, n, p) - tail)
    high = 1.0 if k == n else _crossing(lambda p: tail - _at_most(k, n, p))
    at_least = 1 - _at_most(k - 1, n, share)
    days = other.n_days / during.n_days
    return Comparison(
        basis=basis,
        during=during,
        other=other,
        low=days * low / (1 - low),
        high=days * high / (1 - high) if high < 1 else math.inf,
        p_value=min(1.0, 2 * min(_at_most(k, n, share), at_least)),
    )


def month_part(month: date, first_day: date, last_day: date) -> MonthPart:
    """Return how the month that begins on ``month`` lies to a period."""
    last = month.replace(day=n_days_of(month))
    if last < first_day:
        return MonthPart.BEFORE
    if month > last_day:
        return MonthPart.AFTER
    return MonthPart.WITHIN if first_day <= month and last <= last_day else MonthPart.PARTLY


def n_days_of(month: date) -> int:
    """Return how many days a month has."""
    return calendar.monthrange(month.year, month.month)[1]


def shifted_month(month: date, n: int) -> date:
    """Return the first day of the month ``n`` months later; earlier when negative."""
    year, index = divmod(12 * month.year + month.month - 1 + n, 12)
    return date(year, index + 1, 1)


def _months(
    found: Mapping[date, OutcomeCount], first_day: date, last_day: date
) -> Iterator[OutcomeMonth]:
    earliest, latest = _shown(first_day, last_day)
    shown = [month for month in found if earliest <= month <= latest]
    month, last = min(shown, default=latest), max(shown, default=earliest)
    while month <= last:
        part = month_part(month, first_day, last_day)
        count = found.get(month)
        if count is None:
            yield OutcomeMonth(month=month, part=part, n=None)
        else:
            low, high = poisson_interval(count.n, level=LEVEL)
            yield OutcomeMonth(month=month, part=part, n=count.n, low=low, high=high)
        month = shifted_month(month, 1)


def _shown(first_day: date, last_day: date) -> tuple[date, date]:
    """Return the first and the last month that is shown beside a period."""
    begin, end = first_day.replace(day=1), last_day.replace(day=1)
    n_months = 12 * (end.year - begin.year) + end.month - begin.month + 1
    return shifted_month(begin, -max(n_months, 12)), shifted_month(end, 12)


def _comparisons(
    found: Mapping[date, OutcomeCount], first_day: date, last_day: date
) -> Iterator[Comparison]:
    months = [m for m in sorted(found) if month_part(m, first_day, last_day) is MonthPart.WITHIN]
    pairs = [(m, shifted_month(m, -12)) for m in months]
    pairs = [
        (m, earlier)
        for m, earlier in pairs
        if earlier in found and month_part(earlier, first_day, last_day) is MonthPart.BEFORE
    ]
    if pairs:
        during, other = zip(*pairs, strict=True)
        yield compare(Basis.YEAR_EARLIER, _total(found, during), _total(found, other))
    begin = first_day.replace(day=1)
    before = [shifted_month(begin, n) for n in range(-len(months), 0)]
    if months and all(month in found for month in before):
        yield compare(Basis.JUST_BEFORE, _total(found, months), _total(found, before))


def _total(found: Mapping[date, OutcomeCount], months: Sequence[date]) -> MonthsTotal:
    return MonthsTotal(
        months=tuple(months),
        n=sum(found[month].n for month in months),
        n_days=sum(map(n_days_of, months)),
    )


def _at_most(k: int, n: int, p: float) -> float:
    """Return the probability of ``k`` or fewer of ``n`` that each come true with ``p``."""
    if k < 0:
        return 0.0
    if k >= n or p <= 0:
        return 1.0
    if p >= 1:
        return 0.0
    whole = math.lgamma(n + 1)
    terms = (
        whole - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p)
        + (n - i) * math.log1p(-p)
        for i in range(k + 1)
    )  # fmt: skip
    return min(1.0, math.fsum(map(math.exp, terms)))


def _crossing(rising: Callable[[float], float]) -> float:
    """Return where a function that rises from 0 to 1 is zero, by halving."""
    low, high = 0.0, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2
