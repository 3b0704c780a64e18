"""Incidents of a plan: read from files after a look at what is in them, and taken away again."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from planner.domain.incidents import Incident
from planner.errors import InputError, RefusedImportError
from planner.exchange.incident_files import IncidentFile, IncidentTerms, read_incident_file
from planner.exchange.problems import MOST, LeftOut
from planner.services.imports.previews import check_unchanged, last_entry_of
from planner.services.plans import OpenPlan

__all__ = [
    "IncidentPreview",
    "IncidentTerms",
    "SourceCount",
    "import_incidents",
    "preview_incidents",
    "remove_source",
    "sources_of",
]

N_SHOWN = 200
"""Incidents that a preview shows; the first of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPreview:
    """What an import would bring.

    Parameters
    ----------
    columns
        What the file calls each column that is read, by meaning.
    left_out
        Columns that are not read, with the reason.
    notes
        What somebody should know; codes and values of sentences.
    problems
        What is wrong, by row; with any, nothing is imported.
    incidents
        All that the file holds, by its rows.
    n_added, n_changed, n_unchanged
        Of them, against what the plan has under the same id.
    first_day, last_day
        Local days of the plan between which they lie.
    kinds
        How many of each kind, the most frequent first.
    last_entry
        Number of the journal's last entry when the plan was read.
    """

    file: str
    terms: IncidentTerms
    columns: Mapping[str, str]
    left_out: tuple[LeftOut, ...]
    notes: tuple[InputError, ...]
    problems: tuple[InputError, ...]
    incidents: tuple[tuple[int, Incident], ...]
    n_added: int
    n_changed: int
    n_unchanged: int
    first_day: date | None
    last_day: date | None
    kinds: tuple[tuple[str, int], ...]
    has_offsets: bool
    last_entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """How many incidents came from one source, and between which local days."""

    source: str
    n_incidents: int
    first_day: date
    last_day: date


def preview_incidents(
    open_plan: OpenPlan,
    path: Path,
    terms: IncidentTerms,
    *,
    on_row: Callable[[str, int], None] = lambda _file, _row: None,
) -> IncidentPreview:
    """Return what importing a CSV file would bring; nothing is written.

    Raises
    ------
    InputError, StorageError
        When the file as a whole cannot be read: see
        :func:`planner.exchange.incident_files.read_incident_file`.
    """
    last_entry = last_entry_of(open_plan.store)
    file = read_incident_file(path, open_plan.plan, terms, on_row=on_row)
    known = {one.id: one for one in open_plan.store.incidents()}
    added = sum(one.id not in known for _, one in file.incidents)
    changed = [
        before
        for _, one in file.incidents
        if (before := known.get(one.id)) and replace(before, source=one.source) != one
    ]
    days = [one.at.astimezone(open_plan.plan.zone).date() for _, one in file.incidents]
    return IncidentPreview(
        file=file.file,
        terms=terms,
        columns=file.columns,
        left_out=file.left_out,
        notes=(*file.notes, *_taken(changed, file.file)),
        problems=file.problems or _nothing(file),
        incidents=file.incidents,
        n_added=added,
        n_changed=len(changed),
        n_unchanged=len(file.incidents) - added - len(changed),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        kinds=tuple(Counter(one.kind for _, one in file.incidents).most_common()),
        has_offsets=file.has_offsets,
        last_entry=last_entry,
    )


def import_incidents(open_plan: OpenPlan, shown: IncidentPreview) -> int:
    """Write what a preview shows, in one transaction; return how many are new or changed.

    Raises
    ------
    RefusedImportError
        With the wrong rows; nothing is written.
    ConflictError
        ``import-outdated`` when the plan has changed since the preview was made.
    """
    if shown.problems:
        raise RefusedImportError(shown.problems[:MOST])
    n_written = shown.n_added + shown.n_changed
    with open_plan.store.transaction("import-incidents", file=shown.file, n=n_written):
        store = open_plan.store
        check_unchanged(store, shown.last_entry)
        store.add_incidents(one for _, one in shown.incidents)
    return n_written


def sources_of(incidents: Iterable[Incident], zone: ZoneInfo) -> tuple[SourceCount, ...]:
    """Return where incidents come from, by name."""
    days: dict[str, list[date]] = {}
    for one in incidents:
        days.setdefault(one.source, []).append(one.at.astimezone(zone).date())
    return tuple(
        SourceCount(
            source=source, n_incidents=len(found), first_day=min(found), last_day=max(found)
        )
        for source, found in sorted(days.items())
    )


def remove_source(open_plan: OpenPlan, source: str) -> int:
    """Take all incidents of one source away; return how many there were."""
    ids = [one.id for one in open_plan.store.incidents() if one.source == source]
    with open_plan.store.transaction("remove-incidents", source=source, n=len(ids)):
        open_plan.store.remove_incidents(ids)
    return len(ids)


def _taken(changed: Iterable[Incident], file: str) -> Iterator[InputError]:
    """Yield what to say of incidents of other files whose ids this one has too."""
    others = Counter(one.source for one in changed if one.source != file)
    for source, n in others.items():
        yield InputError("incident-other-file", n=n, source=source)


def _nothing(file: IncidentFile) -> tuple[InputError, ...]:
    return () if file.incidents else (InputError("incident-none", file=file.file),)
