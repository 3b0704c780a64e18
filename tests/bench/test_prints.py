"""How long the print-outs of the example's week take, and how much memory many pages need.

Run by ``make bench``. What is asserted is the processor's time, so that whatever else the machine
does is left out; and memory as a ratio.
"""

import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import TypeVar

import pytest
from pypdf import PdfReader

from planner.reports.school_sheet import OfficeSheet
from planner.reports.school_sheet_pdf import render_school_sheets
from planner.services import plans
from planner.services.examples import making
from planner.services.prints.files import rendered
from planner.services.prints.guard import PrintGuard, print_guard
from planner.services.prints.print_outs import PRINT_OUTS, PrintKind
from planner.services.prints.printable import PrintableWeek, published_week
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from planner.words import speaking
from tests.bench.test_edits import WEEK, make_roster
from tests.planner.reports.samples import grouped_sheet, office_sheet
from tests.planner.small import save_draft

N_SCHOOLS = 36
SCHOOLS_S, GUARD_S = 2.0, 0.5
"""Seconds for a copy of each school in a file of its own, and how much of it the guard may take."""

MOST_TIMES, MOST_KB = 1.2, 50.0
"""Of the memory for some files that four times as many need; what a page more in a file costs."""

T = TypeVar("T")
Printable = tuple[PrintableWeek, PrintGuard]


@pytest.fixture(scope="module")
def printable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printable]:
    target = tmp_path_factory.mktemp("prints") / "vasteras.narvaro"
    making.create_example(target, week=WEEK)
    with plans.open_plan(target) as opened:
        save_draft(opened, make_roster(opened.plan, WEEK))
        windows = uncovered_windows(opened, WEEK)
        publish(opened, WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
        week = published_week(opened, WEEK)
        with speaking("sv"):
            yield week, print_guard(opened, week)


@pytest.mark.parametrize("kind", [PrintKind.OFFICE, PrintKind.NOTICE_BOARD])
def test_each_school_gets_its_copy_in_time(printable: Printable, kind: PrintKind) -> None:
    week, guard = printable
    print_out = PRINT_OUTS[kind]
    sheets = dict(list(print_out.parts(week).items())[:N_SCHOOLS])
    took, pdfs = timed(
        lambda: [rendered(print_out, {key: one}, guard) for key, one in sheets.items()]
    )
    alone, _pdfs = timed(lambda: [print_out.render([one]) for one in sheets.values()])
    size = sum(map(len, pdfs)) / 1e6
    print(f"\n{kind}: {len(pdfs)} schools, a file each      {took:6.2f} s   {size:.2f} MB")
    print(f"{kind}: the guard's share of it         {max(took - alone, 0.0):6.2f} s")
    assert len(pdfs) == N_SCHOOLS
    assert took < SCHOOLS_S
    assert took - alone < GUARD_S


def test_all_schools_in_one_file_are_printed_in_time(printable: Printable) -> None:
    week, guard = printable
    print_out = PRINT_OUTS[PrintKind.OFFICE]
    took, pdf = timed(lambda: rendered(print_out, print_out.parts(week), guard))
    print(f"\nall schools in one file                {took:6.2f} s   {len(pdf) / 1e6:.2f} MB")
    assert took < SCHOOLS_S


def test_memory_is_that_of_one_file_however_many_there_are() -> None:
    """A page waits in its file as the text of its strokes until the file is written.

    So the longest file counts, not the sum of all; what a page costs in it is measured too.
    """
    sheet, long = office_sheet(), _of_pages(10)
    one, few = peak(lambda: render_school_sheets([sheet])), N_SCHOOLS // 4
    files = [
        peak(lambda n=n: [len(render_school_sheets([sheet])) for _ in range(n)])
        for n in (few, N_SCHOOLS)
    ]
    tell(f"{few} files of a page, and {N_SCHOOLS}", *files)
    tell("a file of 1 page, and of 10", one, peak(lambda: render_school_sheets([long])))
    pages = [peak(lambda n=n: render_school_sheets([sheet] * n)) for n in (few, N_SCHOOLS)]
    tell(f"a file of {few} pages, and of {N_SCHOOLS}", *pages)
    each = (pages[1] - pages[0]) / (N_SCHOOLS - few) / 1e3
    print(f"a page more in a file                  {each:6.0f} kB")
    assert files[1] / files[0] < MOST_TIMES
    assert each < MOST_KB


def tell(what: str, before: int, after: int) -> None:
    """Print the memory for less and for more."""
    print(f"\n{what:<38} {before / 1e6:5.2f} MB, {after / 1e6:.2f} MB: {after / before:.2f} times")


def timed(do: Callable[[], T]) -> tuple[float, T]:
    """Return the processor's seconds that something took, and what came of it."""
    began = time.thread_time()
    made = do()
    return time.thread_time() - began, made


def peak(do: Callable[[], object]) -> int:
    """Return the most bytes that were in use at once."""
    tracemalloc.start()
    do()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def _of_pages(n_pages: int) -> OfficeSheet:
    """Return a sheet that takes so many pages."""
    sheet = grouped_sheet(6)
    day = sheet.days[0]
    long = replace(sheet, days=(replace(day, windows=day.windows * (5 * n_pages // 2)),))
    assert len(PdfReader(BytesIO(render_school_sheets([long]))).pages) == n_pages
    return long
