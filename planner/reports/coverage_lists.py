"""What of a week's coverage is told one by one: gaps, decisions and broken rules that stand."""

from collections.abc import Iterator

from planner import words
from planner.domain.duties import DutyKind
from planner.reports.coverage_sheet import CoverageSheet
from planner.reports.coverage_words import (
    DECISIONS,
    gap_name,
    gap_reason,
    override_text,
    time_text,
    when_text,
)
from planner.reports.document import (
    BOLD,
    MARGIN,
    PAGE_WIDTH,
    SEMIBOLD,
    SOFT,
    Stack,
    Style,
    set_text,
)
from planner.reports.duty_words import kind_text
from planner.reports.flow import Cell, Row, single
from planner.words import _, ngettext

_RIGHT = PAGE_WIDTH - MARGIN
_WHEN = MARGIN + 24
_WHAT = _WHEN + 122
_DECIDED = MARGIN + 130
_MISSING_WIDTH = 100.0
_STRONG = Style(font=SEMIBOLD, size=10)
_PLAIN = Style(size=10)
_SMALL = Style(size=9, color=SOFT)
_TAG = Style(font=BOLD, size=8.5, leading=1.4)


def gap_rows(sheet: CoverageSheet) -> Iterator[Row]:
    """Yield a row for each gap: priority, where and when, how many, why."""
    room = _RIGHT - _WHAT
    for gap in sheet.gaps:
        priority = set_text(str(gap.priority), _TAG, 20)
        name = set_text(gap_name(gap), _STRONG, room - _MISSING_WIDTH)
        when = set_text(when_text(sheet, gap), _PLAIN, _WHAT - _WHEN - 6)
        why = set_text(gap_reason(gap), _SMALL, room)
        missing = ngettext("{n} person missing", "{n} people missing", gap.missing)
        yield Row(
            (
                Cell(MARGIN, single(priority), tag="filled" if gap.priority == 1 else "open"),
                Cell(_WHEN, single(when)),
                Cell(_WHAT, Stack((name, why))),
                Cell(_RIGHT, single(set_text(missing, _STRONG, _MISSING_WIDTH)), is_right=True),
            ),
            above=4,
            below=4,
            line=0.4,
            line_left=MARGIN,
        )


def decision_rows(sheet: CoverageSheet) -> Iterator[Row]:
    """Yield a row for each window that nobody was found for."""
    for one in sheet.decisions:
        when = time_text(sheet, one.span.start) + "–" + words.clock(one.span.end, sheet.tz)
        moment = kind_text(DutyKind.SCHOOL, moment=one.moment)
        where = set_text(f"{one.school} · {moment}", _STRONG, _RIGHT - _DECIDED)
        decided = set_text(_(DECISIONS[one.decided]), _SMALL, _RIGHT - _DECIDED)
        yield _row(when, Stack((where, decided)))


def override_rows(sheet: CoverageSheet) -> Iterator[Row]:
    """Yield a row for each broken rule that stands, with its reason, author and time."""
    room = _RIGHT - _DECIDED
    for one in sheet.overrides:
        when = time_text(sheet, one.start) if one.start is not None else ""
        who = _("{who}, {when}", who=one.author, when=time_text(sheet, one.at))
        texts = (
            set_text(override_text(one), _STRONG, room),
            set_text(one.reason, _PLAIN, room),
            set_text(who, _SMALL, room),
        )
        yield _row(when, Stack(texts))


def _row(when: str, what: Stack) -> Row:
    cells = (
        Cell(MARGIN, single(set_text(when, _PLAIN, _DECIDED - MARGIN - 6))),
        Cell(_DECIDED, what),
    )
    return Row(cells, above=4, below=4, line=0.4, line_left=MARGIN)
