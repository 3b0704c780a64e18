"""What a report is made of, before it is drawn on paper or written as a web page.

Both are made from the same blocks, so that they say the same. Texts may hold traced numbers: see
:mod:`planner.reports.traced`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.outcome import OutcomeSeries
from planner.domain.tallies import Tally
from planner.domain.weeks import IsoWeek


class Rank(StrEnum):
    """How loud a paragraph is."""

    LEAD = "lead"
    PLAIN = "plain"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    rank: Rank = Rank.PLAIN


@dataclass(frozen=True, slots=True)
class Section:
    """A heading inside a chapter.

    Parameters
    ----------
    key
        Its anchor; unique in the report.
    """

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the summary with its answer, which stands large."""

    key: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list of short texts."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    share
        Of the table's width; they need not add up to 1.
    is_number
        Stands on the right.
    is_bar
        Of paper only: a bar of shares instead of words.
    """

    head: str
    share: float
    is_number: bool = False
    is_bar: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table.

    Parameters
    ----------
    cells
        A text for each column but those of bars.
    key
        Its anchor; empty when nothing leads to it.
    bar
        What a column of bars shows.
    is_total
        The sum of those above.
    is_part
        A part of the row above it.
    week
        That it is about, if it is of one.
    """

    cells: Sequence[str]
    key: str = ""
    bar: Tally | None = None
    is_total: bool = False
    is_part: bool = False
    week: IsoWeek | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; its first column says what each row is.

    Parameters
    ----------
    title
        Of the table, as screen readers say it and as a page that goes on with it does.
    is_headed
        The title is shown above it too.
    """

    key: str
    title: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    is_headed: bool = False
    is_dense: bool = False


@dataclass(frozen=True, slots=True)
class WeekBars:
    """What became of a measure week by week, as bars; the numbers are in a table elsewhere."""

    weeks: Sequence[tuple[IsoWeek, Tally]]
    has_to_come: bool


@dataclass(frozen=True, slots=True)
class MonthDots:
    """Reported crimes month by month, each with its interval; the numbers stand in a table."""

    series: OutcomeSeries


@dataclass(frozen=True, slots=True)
class Signature:
    """Where somebody signs.

    Parameters
    ----------
    who
        Name and office; empty when it is not known.
    """

    party: str
    who: str


Block = Paragraph | Section | Question | Item | Table | WeekBars | MonthDots | Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A part of a report with a heading of its own, listed in the contents.

    Parameters
    ----------
    key
        Its anchor.
    has_page
        Begins on a new page.
    """

    key: str
    title: str
    blocks: Sequence[Block]
    has_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All of a report.

    Parameters
    ----------
    kind, title, subtitle
        Of the cover.
    facts
        Of the cover: what, and its value.
    status
        What a reader must know of the report's standing; empty when there is nothing.
    notice
        On every page.
    foot
        At the foot of every page.
    """

    kind: str
    title: str
    subtitle: str
    facts: Sequence[tuple[str, str]]
    status: str = ""
    notice: str = ""
    foot: str
    chapters: Sequence[Chapter] = field(default_factory=tuple)
