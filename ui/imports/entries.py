"""The rows of a preview in words, made once and beside the window, as there may be thousands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner import messages
from planner.domain.plan import Plan
from planner.errors import InputError, PlannerError
from planner.services.imports.previews import FilePreview, ImportPreview
from planner.services.imports.rows import RowKind, RowPreview
from planner.words import N_, _

_MOST_WARNINGS = 3
"""That are told; a folder may hold many other files."""

_WARNED_OF = {
    "file-unknown",
    "registry-email-wrong",
    "registry-phone-wrong",
    "text-unprintable",
}
"""Codes of findings about the files themselves; the others are about the plan."""

KINDS: Mapping[RowKind, str] = {
    RowKind.ADDED: N_("New"),
    RowKind.CHANGED: N_("Changed"),
    RowKind.DISAPPEARED: N_("Not in the file"),
    RowKind.REFUSED: N_("Wrong"),
    RowKind.LEFT_OUT: N_("Left out"),
}
"""What becomes of rows, as headings."""

_WHAT: Mapping[RowKind, str] = {
    RowKind.ADDED: N_("new"),
    RowKind.CHANGED: N_("changed"),
    RowKind.DISAPPEARED: N_("not in the file"),
    RowKind.REFUSED: N_("wrong"),
    RowKind.LEFT_OUT: N_("left out"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row with its texts.

    Parameters
    ----------
    details
        What changes, or why the row is wrong.
    wanted
        All of its words in small letters, for searching.
    """

    file: str
    row: RowPreview
    what: str
    details: str
    wanted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownImport:
    """A preview, with its rows as they are shown.

    Parameters
    ----------
    warnings
        Which files were not read as nothing is called so, and what print-outs cannot show; empty
        when all is well.
    """

    preview: ImportPreview
    entries: tuple[Entry, ...]
    warnings: str


def shown_import(preview: ImportPreview) -> ShownImport:
    """Return a preview with its rows in words."""
    return ShownImport(
        preview=preview,
        entries=tuple(entry for file in preview.files for entry in _entries(file)),
        warnings=_warnings(preview),
    )


def problem_lines(preview: ImportPreview) -> str:
    """Return every wrong row as a line."""
    return "\n".join(messages.sentence(problem) for problem in preview.problems)


def _warnings(preview: ImportPreview) -> str:
    found = [
        messages.finding_text(Plan(), finding)
        for finding in preview.findings
        if finding.code in _WARNED_OF
    ]
    return "\n".join([*found[:_MOST_WARNINGS], *(["…"] if len(found) > _MOST_WARNINGS else [])])


def _entries(file: FilePreview) -> Iterator[Entry]:
    for row in file.rows:
        is_removed = file.is_removing and row.kind is RowKind.DISAPPEARED
        what = _("is removed") if is_removed else _(_WHAT[row.kind])
        details = _details(row) + _lacking(row)
        wanted = f"{file.file} {row.name} {details}".casefold()
        yield Entry(file=file.file, row=row, what=what, details=details, wanted=wanted)


def _details(row: RowPreview) -> str:
    if row.problem is not None:
        return _reason(row.problem)
    if row.kind is RowKind.CHANGED:
        empty = _("empty")
        return " · ".join(
            f"{field.field}: {field.before or empty} → {field.after or empty}"
            for field in row.fields
        )
    return " · ".join(f"{field.field}: {field.after or field.before}" for field in row.fields)


def _lacking(row: RowPreview) -> str:
    """Return what of a row print-outs cannot show; nothing for most."""
    return "".join(
        f" · {field}: " + _("not shown in print: {letters}", letters=letters)
        for field, letters in row.unprintable
    )


def _reason(problem: InputError) -> str:
    """Return why a row is wrong; file and row have columns of their own."""
    text = messages.sentence(PlannerError(problem.code, **problem.values))
    column = problem.place.column if problem.place else None
    return f"{column}: {text}" if column else text
