"""Bring records into a plan: all of a source, or nothing of it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from planner.domain.roster import Finding
from planner.errors import InputError, RefusedImportError, StorageError
from planner.exchange.problems import MOST
from planner.exchange.sources import Source
from planner.exchange.templates import template_files
from planner.services.files import make_folder, write_files
from planner.services.imports import previews
from planner.services.imports.memory import unsearched
from planner.services.imports.previews import FilePreview, ImportPreview
from planner.services.imports.rows import RowKind
from planner.services.plans import OpenPlan
from planner.services.signed import refuse_signed
from planner.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCounts:
    """What a file changes in its record set.

    Parameters
    ----------
    set_name
        Of the record set; empty for a file that could not be read.
    n_disappeared
        Records of the plan that the file does not have. They are kept, as a file may hold only
        what is new, unless the import was told to remove them.
    """

    file: str
    n_added: int
    n_changed: int
    n_unchanged: int
    n_disappeared: int
    set_name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do.

    Parameters
    ----------
    findings
        What is odd about the data and does not stop the import.
    left_out
        Names of what the source has and is not for the plan, each with the reason.
    """

    files: tuple[FileCounts, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[tuple[str, InputError], ...] = ()


def preview(open_plan: OpenPlan, source: Source, *, remove: Collection[str] = ()) -> ImportReport:
    """Return what :func:`import_` would do; raises what it would raise."""
    return report_of(previews.preview(open_plan, source, remove=remove))


def import_(open_plan: OpenPlan, source: Source, *, remove: Collection[str] = ()) -> ImportReport:
    """Bring CSV files or a workbook into a plan, in one transaction.

    A row with a known key changes that record. Sets that the source has no file for stay as they
    are, and so do records that are not in their file any more, unless ``remove`` names their set.

    Parameters
    ----------
    remove
        Sets of which the file is all that there is. Shifts are never removed: they belong to
        people's timelines, of which a file shows some weeks.

    Raises
    ------
    RefusedImportError
        With the wrong rows; nothing is written.
    InputError, StorageError
        When the source as a whole cannot be read.
    """
    return import_shown(open_plan, previews.preview(open_plan, source, remove=remove))


@unsearched()
def import_shown(
    open_plan: OpenPlan,
    shown: ImportPreview,
    *,
    keep: Callable[[Store], None] = lambda _store: None,
) -> ImportReport:
    """Write what a preview shows, in one transaction and as one step to undo.

    Parameters
    ----------
    keep
        Writes, in the same transaction, what is not undone.

    Raises
    ------
    RefusedImportError
        With the wrong rows; nothing is written.
    ConflictError
        ``import-outdated`` when the plan has changed since the preview was made, or
        ``promise-is-signed``.
    """
    report = report_of(shown)
    removing = {file.file for file in shown.files if file.is_removing}
    touched = {
        one.file: [one.n_added, one.n_changed, one.n_disappeared if one.file in removing else 0]
        for one in report.files
    }
    with open_plan.changing("import", files=touched) as store:
        previews.check_unchanged(store, shown.last_entry)
        refuse_signed(open_plan.plan, shown.changes)
        store.apply(shown.changes)
        keep(store)
    return report


def report_of(shown: ImportPreview) -> ImportReport:
    """Return what the import of a preview comes to.

    Raises
    ------
    RefusedImportError
        With the wrong rows.
    """
    if shown.problems:
        raise RefusedImportError(shown.problems[:MOST])
    left_out = (
        (row.name, row.problem)
        for file in shown.files
        for row in file.rows
        if row.kind is RowKind.LEFT_OUT and row.problem is not None
    )
    return ImportReport(
        files=tuple(_counts(file) for file in shown.files),
        findings=shown.findings,
        left_out=tuple(left_out),
    )


def _counts(file: FilePreview) -> FileCounts:
    return FileCounts(
        file=file.file,
        set_name=file.set_name,
        n_added=file.count(RowKind.ADDED),
        n_changed=file.count(RowKind.CHANGED),
        n_unchanged=file.n_unchanged,
        n_disappeared=file.count(RowKind.DISAPPEARED),
    )


def templates(folder: Path) -> tuple[Path, ...]:
    """Write an empty CSV file for each record set, and ``columns.csv`` that describes them.

    Raises
    ------
    StorageError
        ``template-exists`` when one of the files is there already (nothing is written then), or
        ``output-…``.
    """
    files = template_files()
    for name in files:
        if (folder / name).exists():
            raise StorageError("template-exists", path=str(folder / name))
    make_folder(folder)
    return write_files({folder / name: data for name, data in files.items()})
