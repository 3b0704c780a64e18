"""Undo and redo: every command that changed records can be taken back, by whoever gave it.

To undo is a command of its own that applies the reversed changes. Where somebody else has changed
one of the records since, it is refused and nothing happens.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from planner.domain.changes import Change
from planner.domain.publication import JournalEntry
from planner.errors import ConflictError
from planner.services.plans import OpenPlan
from planner.services.signed import refuse_old_signature

UNDO, REDO = "undo", "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What can be undone and redone now, the next one last."""

    undoable: tuple[JournalEntry, ...]
    redoable: tuple[JournalEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What undoing, or doing again, came to.

    Parameters
    ----------
    entry
        The command that was taken back or done again.
    changes
        What it did to records.
    """

    entry: JournalEntry
    changes: tuple[Change, ...]


def history(open_plan: OpenPlan) -> History:
    """Return the commands of the plan's present user that can be undone, and redone."""
    return sort_entries(open_plan.store.entries_with_changes(open_plan.store.actor))


def sort_entries(entries: Iterable[JournalEntry]) -> History:
    """Return what can be undone and redone after somebody's commands, the earliest first.

    A new command leaves nothing to redo.
    """
    undoable: list[JournalEntry] = []
    redoable: list[JournalEntry] = []
    by_number: dict[int, JournalEntry] = {}
    for entry in entries:
        if entry.undoes is None:
            undoable.append(entry)
            redoable.clear()
            by_number[entry.number] = entry
        elif entry.command == UNDO:
            first = by_number[entry.undoes]
            undoable.remove(first)
            redoable.append(first)
        else:
            first = by_number[entry.undoes]
            redoable.remove(first)
            undoable.append(first)
    return History(undoable=tuple(undoable), redoable=tuple(redoable))


def undo(open_plan: OpenPlan, *, seen: Collection[int] | None = None) -> Step:
    """Take back the last command that was not.

    Parameters
    ----------
    seen
        Numbers of the entries that the user knows of, beside those made here; all when missing.

    Raises
    ------
    ConflictError
        ``nothing-to-undo``, ``not-seen-yet`` when the last command was given in another window and
        the user does not know of it, ``signature-stands`` of a promise signed or revised on an
        earlier day, or ``record-changed`` when somebody changed the same since.
    """
    undoable = history(open_plan).undoable
    if not undoable:
        raise ConflictError("nothing-to-undo")
    entry = undoable[-1]
    _check_seen(open_plan, entry, seen)
    refuse_old_signature(open_plan.plan, entry)
    changes = reversed(open_plan.store.changes_of(entry.number))
    return _take(open_plan, UNDO, entry, (change.reversed() for change in changes))


def redo(open_plan: OpenPlan, *, seen: Collection[int] | None = None) -> Step:
    """Do again what was taken back last.

    Parameters
    ----------
    seen
        As for :func:`undo`.

    Raises
    ------
    ConflictError
        ``nothing-to-redo``, ``not-seen-yet``, ``signature-stands``, or ``record-changed``.
    """
    redoable = history(open_plan).redoable
    if not redoable:
        raise ConflictError("nothing-to-redo")
    entry = redoable[-1]
    _check_seen(open_plan, entry, seen)
    refuse_old_signature(open_plan.plan, entry)
    return _take(open_plan, REDO, entry, open_plan.store.changes_of(entry.number))


def _check_seen(open_plan: OpenPlan, entry: JournalEntry, seen: Collection[int] | None) -> None:
    if seen is not None and entry.number not in {*seen, *open_plan.store.own_entries}:
        raise ConflictError("not-seen-yet")


def _take(
    open_plan: OpenPlan, command: str, entry: JournalEntry, changes: Iterable[Change]
) -> Step:
    step = Step(entry=entry, changes=tuple(changes))
    with open_plan.changing(command, undoes=entry.number, of=entry.command) as store:
        store.apply(step.changes)
    return step
