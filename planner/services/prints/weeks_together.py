"""One document of several weeks: the whole roster of each, or coverage and how it goes."""

from collections.abc import Sequence
from pathlib import Path

from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.reports.listening import listening
from planner.services.files import make_folder, write_files
from planner.services.plans import OpenPlan
from planner.services.prints.guard import print_guard
from planner.services.prints.print_outs import PRINT_OUTS, PrintKind, PrintSet
from planner.services.prints.printable import draft_week, published_week
from planner.words import _, speaking

KINDS = tuple(kind for kind, made in PRINT_OUTS.items() if not made.all_label)
"""What is printed of a whole week, and so of several too."""


def print_weeks_pdf(
    open_plan: OpenPlan,
    weeks: Sequence[IsoWeek],
    kind: PrintKind,
    *,
    is_draft: bool = False,
    language: str | None = None,
) -> bytes:
    """Return one print-out of several weeks, published ones or drafts.

    Parameters
    ----------
    kind
        One of ``KINDS``.
    language
        Of the words; the plan's when missing.

    Raises
    ------
    ConflictError
        ``week-not-published``, or ``week-not-generated`` for a draft; ``print-refused…``: see
        :meth:`PrintGuard.check`.
    """
    print_out = PRINT_OUTS[kind]
    with speaking(language or open_plan.plan.settings.language):
        load = draft_week if is_draft else published_week
        printed = [load(open_plan, week) for week in weeks]
        parts = [part for week in printed for part in print_out.parts(week).values()]
        with listening() as heard:
            document = print_out.render(parts)
        for week, part in zip(printed, parts, strict=True):
            name = print_out.part_name(part)
            print_guard(open_plan, week).check(print_out.audience, (), heard.texts, name=name)
    return document


def check_published(open_plan: OpenPlan, weeks: Sequence[IsoWeek]) -> None:
    """Refuse weeks of which one is not published, before anything is written of the others.

    Raises
    ------
    ConflictError
        ``week-not-published``
    """
    for week in weeks:
        if open_plan.store.latest_publication(week) is None:
            raise ConflictError("week-not-published", week=str(week))


def write_weeks(
    open_plan: OpenPlan,
    weeks: Sequence[IsoWeek],
    out: Path,
    wanted: PrintSet,
    *,
    language: str | None = None,
) -> tuple[Path, ...]:
    """Write what is printed of several published weeks together; return the files.

    Raises
    ------
    ConflictError
        See :func:`print_weeks_pdf`; then no file is written.
    StorageError
        ``output-…``: what folder or disk refuse.
    """
    files = {}
    for kind in KINDS:
        print_out = PRINT_OUTS[kind]
        if print_out.printed_with is wanted:
            pdf = print_weeks_pdf(open_plan, weeks, kind, language=language)
            with speaking(language or open_plan.plan.settings.language):
                label = _(print_out.label)
            files[out / f"{weeks[0]}-{weeks[-1]}-{label}.pdf"] = pdf
    make_folder(out)
    return write_files(files)
