"""Print-outs of weeks: their parts, their files, and their pages as pictures."""

from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import Any

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
