"""Print-outs of published weeks; a draft is never printed."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Literal

import pypdfium2

from planner.domain.ids import SchoolId, StaffId
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, NotFoundError
from planner.reports.person_week_pdf import render_person_weeks
from planner.reports.school_sheet import NoticeBoardSheet, OfficeSheet, for_notice_board
from planner.reports.school_sheet_pdf import render_school_sheets
from planner.services.files import make_folder, write_files
from planner.services.plans import OpenPlan
from planner.services.publishing import Published, latest
from planner.words import _, speaking

Copy = Literal["office", "notice-board"]
"""Which of a school's two copies: with names, or with roles only."""


class Audience(StrEnum):
    """Whom a week can be printed for."""

    SCHOOLS = "schools"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as a picture: ``height`` rows of ``width`` pixels of four bytes, red first."""

    width: int
    height: int
    rgba: bytes


def schools_pdf(
    open_plan: OpenPlan,
    week: IsoWeek,
    copy: Copy = "office",
    school: SchoolId | None = None,
    *,
    language: str | None = None,
) -> bytes:
    """Return the sheet of a school, or of every school one after the other.

    Parameters
    ----------
    language
        Of the words; the plan's when missing.

    Raises
    ------
    ConflictError
        ``week-not-published``
    NotFoundError
        ``school-unknown``
    """
    published = _published(open_plan, week)
    if school is not None and school not in published.sheets:
        raise NotFoundError("school-unknown", school=school, week=str(week))
    sheets = [published.sheets[school]] if school else list(published.sheets.values())
    with speaking(language or open_plan.plan.settings.language):
        return render_school_sheets([_copied(sheet, copy) for sheet in sheets])


def staff_pdf(
    open_plan: OpenPlan,
    week: IsoWeek,
    staff: StaffId | None = None,
    *,
    language: str | None = None,
) -> bytes:
    """Return the own week of a person, or of everybody one after the other.

    Parameters
    ----------
    language
        Of the words; the plan's when missing.

    Raises
    ------
    ConflictError
        ``week-not-published``
    NotFoundError
        ``staff-unknown``
    """
    published = _published(open_plan, week)
    if staff is not None and staff not in published.people:
        raise NotFoundError("staff-unknown", staff=staff, week=str(week))
    people = [published.people[staff]] if staff else list(published.people.values())
    with speaking(language or open_plan.plan.settings.language):
        return render_person_weeks(people)


def print_week(
    open_plan: OpenPlan,
    week: IsoWeek,
    out: Path,
    audience: Audience,
    *,
    language: str | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[Path, ...]:
    """Write a PDF for each reader and one with all of them; return the files.

    Each school gets an office copy and a notice-board copy. Files of the same names are replaced.

    Parameters
    ----------
    out
        Folder; made when it does not exist.
    on_progress
        Told how many files of how many are made.

    Raises
    ------
    ConflictError
        ``week-not-published``
    StorageError
        ``output-…``: what folder or disk refuse.
    """
    published = _published(open_plan, week)
    with speaking(language or open_plan.plan.settings.language):
        prints = list(_prints(published, week, audience))
        make_folder(out)
        files: dict[Path, bytes] = {}
        for number, (name, render) in enumerate(prints, start=1):
            files[_unused(out / name, files)] = render()
            on_progress(number, len(prints))
    return write_files(files)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


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


def _published(open_plan: OpenPlan, week: IsoWeek) -> Published:
    published = latest(open_plan, week)
    if published is None:
        raise ConflictError("week-not-published", week=str(week))
    return published


def _prints(
    published: Published, week: IsoWeek, audience: Audience
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each file and what makes it."""
    if audience is Audience.STAFF:
        for staff, own in published.people.items():
            yield _name(week, staff, _("own-week")), partial(render_person_weeks, [own])
        everybody = list(published.people.values())
        yield _name(week, _("all-own-weeks")), partial(render_person_weeks, everybody)
        return
    for copy, label in (("office", _("office")), ("notice-board", _("notice-board"))):
        sheets = {id_: _copied(sheet, copy) for id_, sheet in published.sheets.items()}
        for school, sheet in sheets.items():
            yield _name(week, school, label), partial(render_school_sheets, [sheet])
        every = list(sheets.values())
        yield _name(week, _("all-schools"), label), partial(render_school_sheets, every)


def _copied(sheet: OfficeSheet, copy: str) -> OfficeSheet | NoticeBoardSheet:
    return sheet if copy == "office" else for_notice_board(sheet)


def _unused(path: Path, used: Iterable[Path]) -> Path:
    """Return a path that differs from those used, also where the system ignores case."""
    taken = {one.name.casefold() for one in used}
    wanted, n = path, 1
    while wanted.name.casefold() in taken:
        n += 1
        wanted = path.with_stem(f"{path.stem}-{n}")
    return wanted


def _name(week: IsoWeek, *parts: str) -> str:
    """Return a file name that every system takes; ids are letters, digits and few signs."""
    return "-".join([str(week), *(re.sub(r"[^\w.-]+", "_", part) for part in parts)]) + ".pdf"
