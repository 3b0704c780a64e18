"""Bring records into a plan: all of a source, or nothing of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planner.domain.plan import PlanSettings
from planner.domain.records import record_key
from planner.domain.roster import Finding
from planner.domain.validation import Fault, faults, plan_findings
from planner.errors import Place, StorageError
from planner.exchange.problems import Problems
from planner.exchange.reading import Content, read_content
from planner.exchange.templates import template_files
from planner.services.files import make_folder, write_files
from planner.services.plans import OpenPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCounts:
    """What a file changes in its record set.

    Parameters
    ----------
    n_disappeared
        Records of the plan that the file does not have. They are kept, as a file may hold only
        what is new, unless the import was told to remove them.
    """

    file: str
    n_added: int
    n_changed: int
    n_unchanged: int
    n_disappeared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do.

    Parameters
    ----------
    findings
        What is odd about the data and does not stop the import.
    """

    files: tuple[FileCounts, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What becomes of one record set, or of the shifts."""

    put: tuple[Any, ...]
    gone: tuple[Any, ...]
    counts: FileCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    settings: PlanSettings
    records: Mapping[str, _Change]
    shifts: _Change | None
    findings: tuple[Finding, ...]

    @property
    def report(self) -> ImportReport:
        changes = [*self.records.values(), *([self.shifts] if self.shifts else [])]
        return ImportReport(
            files=tuple(change.counts for change in changes), findings=self.findings
        )


def preview(plan: OpenPlan, source: Path, *, remove: bool = False) -> ImportReport:
    """Return what :func:`import_` would do; raises what it would raise."""
    return _prepare(plan, source, remove=remove).report


def import_(plan: OpenPlan, source: Path, *, remove: bool = False) -> ImportReport:
    """Bring a folder of CSV files or a workbook into a plan, in one transaction.

    A row with a known key changes that record. Sets that the source has no file for stay as they
    are, and so do records that are not in their file any more, unless ``remove`` is given.

    Parameters
    ----------
    remove
        Make a file all that its set holds. Shifts are never removed: they belong to people's
        timelines, of which a file shows some weeks.

    Raises
    ------
    RefusedImportError
        With every wrong row; nothing is written.
    InputError, StorageError
        When the source as a whole cannot be read.
    """
    prepared = _prepare(plan, source, remove=remove)
    touched = {
        counts.file: [counts.n_added, counts.n_changed, counts.n_disappeared if remove else 0]
        for counts in prepared.report.files
    }
    with plan.changing("import", files=touched) as store:
        if prepared.settings != plan.plan.settings:
            store.save_settings(prepared.settings)
        for name, change in prepared.records.items():
            store.remove_records(name, change.gone)
            store.put_records(name, change.put)
        if prepared.shifts:
            store.put_shifts(prepared.shifts.put)
    return prepared.report


def _prepare(plan: OpenPlan, source: Path, *, remove: bool) -> _Prepared:
    problems = Problems()
    content = read_content(source, plan.plan.settings, problems)
    problems.refuse()  # judged as a whole only when every row is one
    old = plan.plan
    merged = {
        name: _merged(name, getattr(old, name), records, remove=remove)
        for name, records in content.records.items()
    }
    new = replace(old, settings=content.settings, **merged)
    for fault in faults(new, content.shifts):
        problems.add(fault.code, _place(fault, content), **fault.values)
    changes = {
        name: _change(name, getattr(old, name), records, content, remove=remove)
        for name, records in content.records.items()
    }
    if remove:
        _note_used(plan, changes, content, problems)
    problems.refuse()
    return _Prepared(
        settings=content.settings,
        records=changes,
        shifts=_shift_change(plan, content),
        findings=(*problems.warnings, *plan_findings(new)),
    )


def _merged(
    set_name: str, old: Iterable[Any], new: Iterable[Any], *, remove: bool
) -> tuple[Any, ...]:
    """Return a set after the import; a key that the file has twice stays there twice."""
    new = tuple(new)
    keys = {record_key(set_name, record) for record in new}
    kept = () if remove else (one for one in old if record_key(set_name, one) not in keys)
    return (*kept, *new)


def _change(
    set_name: str, old: Iterable[Any], new: Iterable[Any], content: Content, *, remove: bool
) -> _Change:
    before = {record_key(set_name, record): record for record in old}
    after = {record_key(set_name, record): record for record in new}
    return _compared(content.files[set_name], before, after, remove=remove)


def _shift_change(plan: OpenPlan, content: Content) -> _Change | None:
    if "shifts" not in content.files:
        return None
    after = {shift.id: shift for shift in content.shifts}
    before = {shift.id: shift for shift in plan.store.shifts_with_ids(after)}
    return _compared(content.files["shifts"], before, after, remove=False)


def _compared(
    file: str, before: Mapping[Any, Any], after: Mapping[Any, Any], *, remove: bool
) -> _Change:
    added = [record for key, record in after.items() if key not in before]
    changed = [record for key, record in after.items() if before.get(key, record) != record]
    missing = [record for key, record in before.items() if key not in after]
    counts = FileCounts(
        file=file,
        n_added=len(added),
        n_changed=len(changed),
        n_unchanged=len(after) - len(added) - len(changed),
        n_disappeared=len(missing),
    )
    return _Change(put=(*added, *changed), gone=tuple(missing) if remove else (), counts=counts)


def _note_used(
    plan: OpenPlan, changes: Mapping[str, _Change], content: Content, problems: Problems
) -> None:
    """Note records that would go although shifts of the plan name them."""
    staff, shift_types = plan.store.named_in_rosters()
    for name, used in (("staff", staff), ("shift_types", shift_types)):
        for record in changes[name].gone if name in changes else ():
            if record.id in used:
                problems.add("record-in-use", Place(file=content.files[name]), value=record.id)


def _place(fault: Fault, content: Content) -> Place:
    """Return where a fault stands; for what the plan had before, only in which set."""
    place = content.places.get(id(fault.record))
    if place is None:
        place = Place(file=content.files.get(fault.set_name, f"{fault.set_name}.csv"))
    return replace(place, column=fault.field or None)


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
