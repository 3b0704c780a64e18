"""Print-outs of weeks: which there are, for whom, and what each is made of and by."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import pypdfium2

from planner.domain.weeks import IsoWeek
from planner.errors import NotFoundError
from planner.reports.audiences import Audience
from planner.reports.briefing_pdf import render_briefings
from planner.reports.coverage_sheet_html import render_coverage_page
from planner.reports.coverage_sheet_pdf import render_coverage_sheets
from planner.reports.day_document import DayDocument
from planner.reports.duty_list_pdf import render_duty_lists
from planner.reports.hours_statement import HoursStatement
from planner.reports.hours_statement_pdf import render_hours_statements
from planner.reports.listening import listening
from planner.reports.person_week import PersonWeek
from planner.reports.person_week_pdf import render_person_weeks
from planner.reports.school_sheet import Sheet, for_notice_board
from planner.reports.school_sheet_html import render_school_page
from planner.reports.school_sheet_pdf import render_school_sheets
from planner.reports.week_edition import WeekEdition
from planner.reports.week_frame import week_title
from planner.reports.week_roster_pdf import render_week_rosters
from planner.services.briefings import briefings
from planner.services.coverage_sheets import coverage_sheets
from planner.services.duty_lists import duty_lists
from planner.services.files import make_folder, write_files
from planner.services.hours_statements import hours_statements
from planner.services.plans import OpenPlan
from planner.services.print_guard import PrintGuard, print_guard
from planner.services.printable import PrintableWeek, draft_week, published_week, with_earlier
from planner.services.week_rosters import week_rosters
from planner.words import N_, _, long_date, speaking

ModelT = TypeVar("ModelT")


class PrintKind(StrEnum):
    """What can be printed of a week."""

    OFFICE = "office"
    NOTICE_BOARD = "notice-board"
    OWN_WEEK = "own-week"
    DUTY_LIST = "duty-list"
    BRIEFING = "briefing"
    COVERAGE = "coverage"
    ROSTER = "roster"
    HOURS = "hours"


class PrintSet(StrEnum):
    """Kinds that are printed together."""

    SCHOOLS = "schools"
    STAFF = "staff"
    HOTSPOTS = "hotspots"
    MANAGER = "manager"


@dataclass(frozen=True, kw_only=True)
class PrintOut(Generic[ModelT]):
    """A kind of print-out.

    Parameters
    ----------
    has_drafts
        Whether a draft may be printed; it says so on every page then.
    parts
        Makes the read models of a week: one for each reader, day or whatever it is printed by, by
        a key of its own. A single one has the key "".
    part_name
        What a reader of the window calls a part.
    render
        Makes one PDF of some of the models.
    render_html
        Makes the web page of one model, for readers who cannot read the PDF.
    reads_earlier
        Whether it tells of the weeks before too.
    label
        Of its files.
    all_label
        Of the file with all parts; empty when there is only one.
    """

    audience: Audience
    printed_with: PrintSet
    has_drafts: bool
    parts: Callable[[PrintableWeek], Mapping[Any, ModelT]]
    part_name: Callable[[ModelT], str]
    render: Callable[[Sequence[ModelT]], bytes]
    label: str
    all_label: str = ""
    render_html: Callable[[ModelT], str] | None = None
    reads_earlier: bool = False


def _school_name(sheet: Sheet[Any]) -> str:
    return sheet.school


def _person_name(own: PersonWeek) -> str:
    return own.display_name


def _day_name(day: DayDocument) -> str:
    return long_date(day.day)


def _whose_hours(statement: HoursStatement) -> str:
    return statement.display_name


def _week_name(edition: WeekEdition) -> str:
    return week_title(edition)


PRINT_OUTS: Mapping[PrintKind, PrintOut[Any]] = {
    PrintKind.OFFICE: PrintOut(
        audience=Audience.SCHOOL_OFFICE,
        printed_with=PrintSet.SCHOOLS,
        has_drafts=False,
        parts=lambda week: week.sheets,
        part_name=_school_name,
        render=render_school_sheets,
        render_html=render_school_page,
        label=N_("office"),
        all_label=N_("all-schools"),
    ),
    PrintKind.NOTICE_BOARD: PrintOut(
        audience=Audience.NOTICE_BOARD,
        printed_with=PrintSet.SCHOOLS,
        has_drafts=False,
        parts=lambda week: {id_: for_notice_board(one) for id_, one in week.sheets.items()},
        part_name=_school_name,
        render=render_school_sheets,
        render_html=render_school_page,
        label=N_("notice-board"),
        all_label=N_("all-schools"),
    ),
    PrintKind.OWN_WEEK: PrintOut(
        audience=Audience.PERSON,
        printed_with=PrintSet.STAFF,
        has_drafts=True,
        parts=lambda week: week.people,
        part_name=_person_name,
        render=render_person_weeks,
        label=N_("own-week"),
        all_label=N_("all"),
    ),
    PrintKind.DUTY_LIST: PrintOut(
        audience=Audience.PLANNER,
        printed_with=PrintSet.STAFF,
        has_drafts=True,
        parts=duty_lists,
        part_name=_day_name,
        render=render_duty_lists,
        label=N_("duty-list"),
        all_label=N_("whole-week"),
    ),
    PrintKind.BRIEFING: PrintOut(
        audience=Audience.OFFICER_IN_CHARGE,
        printed_with=PrintSet.HOTSPOTS,
        has_drafts=True,
        parts=briefings,
        part_name=_day_name,
        render=render_briefings,
        label=N_("briefing"),
        all_label=N_("whole-week"),
    ),
    PrintKind.ROSTER: PrintOut(
        audience=Audience.PLANNER,
        printed_with=PrintSet.STAFF,
        has_drafts=True,
        parts=week_rosters,
        part_name=_week_name,
        render=render_week_rosters,
        label=N_("roster"),
    ),
    PrintKind.HOURS: PrintOut(
        audience=Audience.PERSON,
        printed_with=PrintSet.STAFF,
        has_drafts=True,
        parts=hours_statements,
        part_name=_whose_hours,
        render=render_hours_statements,
        label=N_("hours"),
        all_label=N_("all"),
        reads_earlier=True,
    ),
    PrintKind.COVERAGE: PrintOut(
        audience=Audience.MANAGER,
        printed_with=PrintSet.MANAGER,
        has_drafts=True,
        parts=coverage_sheets,
        part_name=_week_name,
        render=render_coverage_sheets,
        render_html=render_coverage_page,
        label=N_("coverage"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A page as a picture: ``height`` rows of ``width`` pixels of four bytes, red first."""

    width: int
    height: int
    rgba: bytes


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


def print_week(
    open_plan: OpenPlan,
    week: IsoWeek,
    out: Path,
    wanted: PrintSet,
    *,
    language: str | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
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
        prints = [one for print_out in kinds for one in files_of(published, print_out, guard)]
        make_folder(out)
        files: dict[Path, bytes] = {}
        for number, (name, render) in enumerate(prints, start=1):
            if should_stop():
                return ()
            files[_unused(out / name, files)] = render()
            on_progress(number, len(prints))
    return write_files(files)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of each page of a PDF, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


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


def files_of(
    published: PrintableWeek, print_out: PrintOut[Any], guard: PrintGuard
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each file of a kind and what makes it.

    Raises
    ------
    ConflictError
        ``print-refused…``, also when a file is made: see :meth:`PrintGuard.check`.
    """
    parts, week, label = print_out.parts(published), published.week, _(print_out.label)
    for key, part in parts.items():
        name = _name(week, key, label)
        guard.check(print_out.audience, [key], [name], name=print_out.part_name(part))
        yield f"{name}.pdf", partial(rendered, print_out, {key: part}, guard)
        if print_out.render_html is not None:
            yield f"{name}.html", partial(rendered_html, print_out, key, part, guard)
    if print_out.all_label and parts:
        name = _name(week, _(print_out.all_label), label)
        yield f"{name}.pdf", partial(rendered, print_out, parts, guard)


def rendered(print_out: PrintOut[Any], parts: Mapping[Any, Any], guard: PrintGuard) -> bytes:
    """Return a PDF of parts, if its readers may see all that is in it.

    Raises
    ------
    ConflictError
        ``print-refused…``: see :meth:`PrintGuard.check`.
    """
    return _checked(print_out, parts, guard, lambda: print_out.render(list(parts.values())))


def rendered_html(print_out: PrintOut[Any], key: Any, part: Any, guard: PrintGuard) -> bytes:
    """Return the web page of a part, if its reader may see all that is in it.

    Raises
    ------
    ConflictError
        ``print-refused…``: see :meth:`PrintGuard.check`.
    ValueError
        The kind has no web pages.
    """
    render = print_out.render_html
    if render is None:
        raise ValueError(f"{print_out.label} has no web pages")
    return _checked(print_out, {key: part}, guard, lambda: render(part).encode())


def _checked(
    print_out: PrintOut[Any],
    parts: Mapping[Any, Any],
    guard: PrintGuard,
    make: Callable[[], bytes],
) -> bytes:
    """Return what is made of parts: the one way out, which nothing passes that is not for it."""
    audience = print_out.audience
    with listening() as heard:
        document = make()
    names = {key: print_out.part_name(part) for key, part in parts.items()}
    if len(heard.sections) == len(parts):
        for (key, name), texts in zip(names.items(), heard.sections, strict=True):
            guard.check(audience, [key], texts, name=name)
        guard.check(audience, names, heard.about, name=", ".join(names.values()))
    else:
        guard.check(audience, names, heard.texts, name=", ".join(names.values()))
    return document


def _unused(path: Path, used: Iterable[Path]) -> Path:
    """Return a path that differs from those used, also where the system ignores case."""
    taken = {one.name.casefold() for one in used}
    wanted, n = path, 1
    while wanted.name.casefold() in taken:
        n += 1
        wanted = path.with_stem(f"{path.stem}-{n}")
    return wanted


def _name(week: IsoWeek, *parts: str) -> str:
    """Return the stem of a file name that every system takes: letters, digits and few signs."""
    return "-".join([str(week), *(re.sub(r"[^\w.-]+", "_", part) for part in parts if part)])
