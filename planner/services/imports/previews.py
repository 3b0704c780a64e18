"""What an import would do, row by row, before anything is written."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from planner import messages
from planner.domain.changes import Change
from planner.domain.plan import Plan
from planner.domain.roster import Finding, Severity
from planner.domain.validation import plan_findings
from planner.errors import ConflictError, InputError, PlannerError
from planner.exchange.csv_files import to_csv
from planner.exchange.place_files import is_place_file
from planner.exchange.problems import Problems
from planner.exchange.reading import SHEETS, Content, read_content
from planner.exchange.sources import Source
from planner.services.files import write_file
from planner.services.imports.difference import (
    SetDifference,
    completed,
    judge,
    merged,
    note_rostered,
    set_difference,
)
from planner.services.imports.memory import unsearched
from planner.services.imports.overwriting import note_overwritten
from planner.services.imports.rows import (
    FieldChange,
    RecordWords,
    RowKind,
    RowPreview,
    Wording,
)
from planner.services.plans import OpenPlan
from planner.services.records.unprintable import unprintable
from planner.store.store import Store

_STEP = 200
"""Rows between two reports of progress."""


class ReadingStoppedError(Exception):
    """Somebody asked the reading to end; nothing came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingProgress:
    """Which row of which file is read."""

    file: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """What becomes of one record set.

    Parameters
    ----------
    set_name
        Empty for a file that could not be read.
    rows
        Refused ones first, then by row, and last what disappeared and what is left out.
    is_removing
        Whether the records that disappeared are removed.
    can_remove
        Whether they may be: a setting has a value always, shifts belong to people's timelines, of
        which a file shows some weeks, and what was promised and delivered stays.
    """

    file: str
    set_name: str
    rows: tuple[RowPreview, ...]
    n_unchanged: int = 0
    is_removing: bool = False
    can_remove: bool = False

    def count(self, kind: RowKind) -> int:
        """Return how many rows are of a kind."""
        return sum(row.kind is kind for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What an import would write, and into which state of the plan.

    Parameters
    ----------
    changes
        All that is written, in this order; what is shown is what is written, whatever becomes of
        the files.
    last_entry
        Number of the last entry in the journal when the plan was read.
    findings
        What is odd about the data and does not stop the import.
    """

    files: tuple[FilePreview, ...]
    changes: tuple[Change, ...]
    last_entry: int
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[InputError, ...]:
        """Everything that is wrong; an import is all or nothing, so one stops it."""
        return tuple(
            row.problem
            for file in self.files
            for row in file.rows
            if row.problem is not None and row.kind is RowKind.REFUSED
        )


@unsearched()
def preview(
    open_plan: OpenPlan,
    source: Source,
    *,
    remove: Collection[str] = (),
    on_progress: Callable[[ReadingProgress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ImportPreview:
    """Return what an import would do to the plan as it is now; wrong rows are held, not raised.

    Records are judged as a whole only when every row is one. In a file with a wrong row nothing
    disappeared: the row may be what seems to be missing.

    Parameters
    ----------
    remove
        Sets of which the file is all that there is: what disappeared from it is removed.

    Raises
    ------
    InputError, StorageError
        When the source as a whole cannot be read.
    ReadingStoppedError
        After ``should_stop`` said so.
    """
    last_entry = last_entry_of(open_plan.store)  # before the plan: what comes between is noticed
    plan = open_plan.store.load_plan()
    problems = Problems()

    def note(file: str, row: int) -> None:
        if row % _STEP == 1:
            if should_stop is not None and should_stop():
                raise ReadingStoppedError
            if on_progress is not None:
                on_progress(ReadingProgress(file=file, row=row))

    read = read_content(source, plan.settings, problems, plan=plan, on_row=note)
    content = completed(open_plan.store, plan, read)
    unread = {problem.place.file for problem in problems.found() if problem.place}
    if isinstance(source, Path) and is_place_file(source):
        unread |= set(content.files.values())  # they tell of some places; none is missing from them
    differences = {
        name: set_difference(open_plan.store, plan, content, name, unread=unread, remove=remove)
        for name in content.files
    }
    return judged_preview(open_plan, plan, content, differences, problems, last_entry=last_entry)


def judged_preview(
    open_plan: OpenPlan,
    plan: Plan,
    content: Content,
    differences: Mapping[str, SetDifference],
    problems: Problems,
    *,
    last_entry: int,
    wording: Wording | None = None,
) -> ImportPreview:
    """Return what an import would do, after judging the plan that it would make.

    Parameters
    ----------
    plan, last_entry
        The plan that the differences were made from, and the journal's last entry then.
    problems
        What could not be read; whatever makes no plan is noted there too.
    wording
        How records are told; missing: as the files have them.
    """
    new = merged(plan, content, differences)
    if not problems:
        judge(new, content, differences, problems)
        note_rostered(open_plan.store, content, differences, problems)
        note_overwritten(open_plan.store, plan, content, differences, problems)
    words = RecordWords(new, plan, zone=new.zone, titles=_titles(content), wording=wording)
    files = tuple(_files(content, differences, problems, words))
    return ImportPreview(
        files=files,
        changes=tuple(change for one in differences.values() for change in one.written),
        last_entry=last_entry,
        findings=(*problems.warnings, *_unprintable(files), *plan_findings(new)),
    )


def _titles(content: Content) -> Mapping[str, str]:
    """Return what duties are called, by id, where the source says it."""
    told = (*content.kept.get("promised_duties", ()), *content.kept.get("planned_duties", ()))
    return {one.duty: one.title for one in told}


def _unprintable(files: Iterable[FilePreview]) -> Iterator[Finding]:
    """Yield which texts print-outs cannot show as they are."""
    for file in files:
        for row in file.rows:
            for field, letters in row.unprintable:
                said = (("file", file.file), ("field", field), ("letters", letters))
                yield Finding(
                    code="text-unprintable",
                    severity=Severity.WARNING,
                    place=row.name,
                    values=said,
                )


def last_entry_of(store: Store) -> int:
    """Return the number of the journal's last entry; 0 when there is none."""
    entry = store.last_entry()
    return entry.number if entry else 0


def check_unchanged(store: Store, last_entry: int) -> None:
    """Refuse to go on when something was written after an entry; asked within the transaction.

    Raises
    ------
    ConflictError
        ``import-outdated``
    """
    if last_entry_of(store) != last_entry:
        raise ConflictError("import-outdated")


def save_problems(shown: ImportPreview, path: Path) -> Path:
    """Write what is wrong as a CSV file that a spreadsheet opens: file, row, column, sentence.

    Raises
    ------
    StorageError
        ``output-…``
    """
    rows = (
        (
            problem.place.file if problem.place else "",
            problem.place.row if problem.place else None,
            problem.place.column if problem.place else None,
            messages.sentence(PlannerError(problem.code, **problem.values)),
        )
        for problem in shown.problems
    )
    return write_file(path, to_csv(("file", "row", "column", "problem"), rows))


def _files(
    content: Content,
    differences: Mapping[str, SetDifference],
    problems: Problems,
    words: RecordWords,
) -> Iterator[FilePreview]:
    refused: dict[str, list[RowPreview]] = defaultdict(list)
    read = dict(_names_by_row(content, words)) if problems else {}
    for problem in problems.found():
        file, row = (problem.place.file, problem.place.row) if problem.place else ("", None)
        name, said = read.get((file, row), ""), words.said(problem)
        refused[file].append(RowPreview(kind=RowKind.REFUSED, name=name, row=row, problem=said))
    for name in (name for name in SHEETS if name in content.files):
        file, one = content.files[name], differences[name]
        changed = sorted(_changed_rows(content, one, words), key=lambda row: row.row or 0)
        gone = (words.row_of(change, row=None) for change in one.gone)
        yield FilePreview(
            file=file,
            set_name=name,
            rows=(
                *refused.pop(file, ()),
                *changed,
                *(gone if one.can_remove else ()),
                *_left_out(file, problems),
            ),
            n_unchanged=one.n_unchanged,
            is_removing=one.is_removing,
            can_remove=one.can_remove,
        )
    for file, rows in refused.items():
        yield FilePreview(file=file, set_name="", rows=tuple(rows))


def _left_out(file: str, problems: Problems) -> Iterator[RowPreview]:
    for one in problems.left_out:
        place = one.reason.place
        if place is not None and place.file == file:
            yield RowPreview(
                kind=RowKind.LEFT_OUT, name=one.name, row=place.row, problem=one.reason
            )


def _changed_rows(
    content: Content, difference: SetDifference, words: RecordWords
) -> Iterator[RowPreview]:
    for change in difference.put:
        if change.set_name == "settings":
            yield from _setting_rows(change, words)
        else:
            place = content.places[id(change.after)]
            yield words.row_of(change, row=place.row)


def _setting_rows(change: Change, words: RecordWords) -> Iterator[RowPreview]:
    for field in words.fields_of(change):
        value = FieldChange(field="value", before=field.before, after=field.after)
        letters = unprintable("settings", field.field, field.after)
        yield RowPreview(
            kind=RowKind.CHANGED,
            name=field.field,
            fields=(value,),
            unprintable=(("value", letters),) if letters else (),
        )


def _names_by_row(
    content: Content, words: RecordWords
) -> Iterator[tuple[tuple[str, int | None], str]]:
    """Yield what the record of each row that could be read is called."""
    sets = {**content.records, "shifts": content.shifts, **content.kept}
    for name, records in sets.items():
        for record in records:
            place = content.places[id(record)]
            yield (place.file, place.row), words.name_of(name, record)
