"""The legend of a whole roster: what its shift codes mean."""

from collections.abc import Iterator
from itertools import groupby

from planner.reports.document import BOLD, MARGIN, SEMIBOLD, SOFT, Stack, Style, set_text
from planner.reports.flow import Cell, Row, single
from planner.reports.week_roster import ShiftCode, WeekRoster
from planner.words import _

_N_COLUMNS = 3
_CODE_WIDTH = 30.0
_EMPLOYER = Style(font=SEMIBOLD, size=9.5)
_CODE = Style(font=BOLD, size=9.5)
_NAME = Style(size=9.5)
_TIMES = Style(size=8.5, color=SOFT)


def code_rows(week: WeekRoster, width: float) -> Iterator[Row]:
    """Yield rows of a few codes each, those of an employer under its name."""
    column = width / _N_COLUMNS
    if not week.codes:
        text = set_text(_("There are no shifts this week."), _NAME, width)
        yield Row((Cell(MARGIN, single(text)),), above=2)
    for employer, codes in groupby(week.codes, key=lambda code: code.employer):
        name = set_text(employer, _EMPLOYER, width)
        yield Row((Cell(MARGIN, single(name)),), above=6, below=2)
        of_employer = list(codes)
        for first in range(0, len(of_employer), _N_COLUMNS):
            cells: list[Cell] = []
            for number, code in enumerate(of_employer[first : first + _N_COLUMNS]):
                left = MARGIN + number * column
                cells += _cells(code, left, column - 12)
            yield Row(tuple(cells), above=3, below=3)


def _cells(code: ShiftCode, left: float, width: float) -> tuple[Cell, Cell]:
    room = width - _CODE_WIDTH
    times = ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in code.times)
    if code.break_min:
        pause = _("break {n} min", n=code.break_min)
        times = f"{times} · {pause}"
    letters = set_text(code.code, _CODE, _CODE_WIDTH - 4, smallest=7)
    about = Stack((set_text(code.name, _NAME, room), set_text(times, _TIMES, room)))
    return Cell(left, single(letters)), Cell(left + _CODE_WIDTH, about)
