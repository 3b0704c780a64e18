"""Print-outs of weeks: their parts, their files, and their pages as pictures."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pypdfium2

from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, NotFoundError
from planner.services.files import make_folder, write_files
from planner.services.plans import OpenPlan
from planner.services.prints.files import files_of, made_files, rendered
from planner.services.prints.guard import print_guard
from planner.services.prints.print_outs import PRINT_OUTS, PrintKind, PrintOut, PrintSet
from planner.services.prints.printable import (
    PrintableWeek,
    draft_week,
    published_week,
    with_earlier,
)
from planner.words import speaking


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as a picture: ``height`` rows of ``width`` pixels of four bytes, red first."""

    width: int
    height: int
    rgba: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A place on a page that leads to another, in points from the upper left corner.

    Parameters
    ----------
    page, page_top
        Where it leads to: the page, from 0, and how far down.
    """

    left: float
    top: float
    right: float
    bottom: float
    page: int
    page_top: float


def parts_of(
    open_plan: OpenPlan,
    week: IsoWeek,
    kind: PrintKind,
    *,
    is_draft: bool = False,
    language: str | None = None,
) -> dict[str, str]:
    """Return what a kind is printed by (schools, people, days …): keys with their names.

    Parameters
    ----------
    language
        Of the names; the plan's when missing.

    Raises
    ------
    ConflictError
        ``week-not-published``, or ``week-not-generated`` for a draft.
    """
    print_out = PRINT_OUTS[kind]
    with speaking(language or open_plan.plan.settings.language):
        parts = print_out.parts(_week(open_plan, week, print_out, is_draft=is_draft))
        return {str(key): print_out.part_name(part) for key, part in parts.items()}


def print_pdf(
    open_plan: OpenPlan,
    week: IsoWeek,
    kind: PrintKind,
    part: str | None = None,
    *,
    is_draft: bool = False,
    language: str | None = None,
) -> bytes:
    """Return a print-out of a published week, or of the draft.

    Parameters
    ----------
    part
        Key of the one school, person or day; all one after the other when missing.
    language
        Of the words; the plan's when missing.

    Raises
    ------
    ConflictError
        ``week-not-published``, or ``week-not-generated`` for a draft.
        ``print-refused``, ``print-refused-somewhere``: see :meth:`PrintGuard.check`.
    NotFoundError
        ``print-part-unknown``
    """
    print_out = PRINT_OUTS[kind]
    if is_draft and not print_out.has_drafts:
        raise ValueError(f"{kind} has no drafts")
    with speaking(language or open_plan.plan.settings.language):
        printable = _week(open_plan, week, print_out, is_draft=is_draft)
        parts = print_out.parts(printable)
        if part is not None and part not in parts:
            raise NotFoundError("print-part-unknown", part=part, week=str(week))
        wanted = parts if part is None else {part: parts[part]}
        return rendered(print_out, wanted, print_guard(open_plan, printable))


def print_week(  # noqa: PLR0913 - what it tells and asks on its way is named
    open_plan: OpenPlan,
    week: IsoWeek,
    out: Path,
    wanted: PrintSet,
    *,
    language: str | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    on_refused: Callable[[ConflictError], None] | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Path, ...]:
    """Write a PDF for each reader of a published week and one with all of them; return the files.

    Each school gets an office copy and a notice-board copy, and both as web pages too. Files of the
    same names are replaced.

    Parameters
    ----------
    out
        Folder; made when it does not exist.
    on_progress
        Told how many files of how many are made.
    on_refused
        Told why something is refused (``print-refused…``): it is left out, also of the file with
        all of them, and the others are written. When missing, the first refusal is raised.
    should_stop
        Asked before each file is made; once it says yes, nothing is written.

    Raises
    ------
    ConflictError
        ``week-not-published``, or ``print-refused`` and ``print-refused-somewhere``: see
        :meth:`PrintGuard.check`; then no file is written.
    StorageError
        ``output-…``: what folder or disk refuse.
    """
    published = published_week(open_plan, week)
    guard = print_guard(open_plan, published)
    kinds = [one for one in PRINT_OUTS.values() if one.printed_with is wanted]
    if any(print_out.reads_earlier for print_out in kinds):
        published = with_earlier(open_plan, published)
    with speaking(language or open_plan.plan.settings.language):
        prints = [tuple(files_of(published, print_out, guard)) for print_out in kinds]
        n_prints = sum(map(len, prints))
        make_folder(out)
        files: dict[Path, bytes] = {}
        made = chain.from_iterable(made_files(one, on_refused) for one in prints)
        for number in range(1, n_prints + 1):
            if should_stop():
                return ()
            name, data = next(made)
            if data is not None:
                files[_unused(out / name, files)] = data
            on_progress(number, n_prints)
    return write_files(files)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of each page of a PDF, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def page_links(pdf: bytes) -> tuple[tuple[PageLink, ...], ...]:
    """Return what leads to another place of a PDF, for each of its pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        heights = [document.get_page_size(number)[1] for number in range(len(document))]
        return tuple(tuple(_links(document, number, heights)) for number in range(len(document)))


def _links(document: Any, number: int, heights: Sequence[float]) -> Iterator[PageLink]:
    from ctypes import byref, c_float, c_int

    from pypdfium2 import raw

    page, height = document[number], heights[number]
    at, link = c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, byref(at), byref(link)):
        goal = raw.FPDFLink_GetDest(document, link)
        there = raw.FPDFDest_GetDestPageIndex(document, goal) if goal else -1
        area = raw.FS_RECTF()
        if there < 0 or not raw.FPDFLink_GetAnnotRect(link, byref(area)):
            continue
        has_x, has_y, has_zoom = c_int(), c_int(), c_int()
        x, y, zoom = c_float(), c_float(), c_float()
        raw.FPDFDest_GetLocationInPage(
            goal, *map(byref, (has_x, has_y, has_zoom)), *map(byref, (x, y, zoom))
        )
        yield PageLink(
            left=area.left,
            top=height - area.top,
            right=area.right,
            bottom=height - area.bottom,
            page=there,
            page_top=heights[there] - y.value if has_y.value else 0.0,
        )


def render_page(pdf: bytes, page: int, scale: float) -> PageImage:
    """Return a page of a PDF as a picture.

    Parameters
    ----------
    page
        From 0.
    scale
        Pixels for each point of the page.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[page].render(
            scale=scale,
            rev_byteorder=True,
            prefer_bgrx=True,
        )
        return PageImage(width=bitmap.width, height=bitmap.height, rgba=bytes(bitmap.buffer))


def _week(
    open_plan: OpenPlan, week: IsoWeek, print_out: PrintOut[Any], *, is_draft: bool
) -> PrintableWeek:
    printed = draft_week(open_plan, week) if is_draft else published_week(open_plan, week)
    return with_earlier(open_plan, printed) if print_out.reads_earlier else printed


def _unused(path: Path, used: Iterable[Path]) -> Path:
    """Return a path that differs from those used, also where the system ignores case."""
    taken = {one.name.casefold() for one in used}
    wanted, n = path, 1
    while wanted.name.casefold() in taken:
        n += 1
        wanted = path.with_stem(f"{path.stem}-{n}")
    return wanted
