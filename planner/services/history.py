"""Undo and redo: every command that changed records can be taken back, by whoever gave it.

To undo is a command of its own that applies the reversed changes. Where somebody else has changed
one of the records since, it is refused and nothing happens.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from planner import messages
from planner.domain.changes import Change
from planner.domain.publication import JournalEntry
from planner.errors import ConflictError
from planner.services.plans import OpenPlan
from planner.services.signed import refuse_old_signature
from planner.words import Phrase

UNDO, REDO = "undo", "redo"
KEEP_PLANNED, FORGET_DAILY = "keep-planned", "forget-daily"
"""Commands that the program gives by itself, while the user does something else."""

_BY_ITSELF = {KEEP_PLANNED, FORGET_DAILY}


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What can be undone and redone now, the next one last.

    Parameters
    ----------
    final
        What was done after all that can be undone, and cannot be undone itself; if anything.
    """

    undoable: tuple[JournalEntry, ...]
    redoable: tuple[JournalEntry, ...]
    final: JournalEntry | None = None


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


class FinalStepError(ConflictError):
    """What was done last cannot be undone: whoever undoes it means something earlier.

    Parameters
    ----------
    entry
        What was done last.
    earlier
        What undoing would take back.
    """

    def __init__(self, entry: JournalEntry, earlier: JournalEntry) -> None:
        done, before = (_words(one) for one in (entry, earlier))
        super().__init__("step-is-final", done=done, before=before)
        self.entry = entry


def history(open_plan: OpenPlan) -> History:
    """Return the commands of the plan's present user that can be undone, and redone."""
    store = open_plan.store
    entries = store.entries_with_changes(store.actor)
    found = sort_entries(entries)
    if not found.undoable:
        return found
    since = store.journal(after=entries[-1].number)
    mine = [one for one in since if one.actor == store.actor and one.command not in _BY_ITSELF]
    return replace(found, final=mine[-1] if mine else None)


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


def undo(
    open_plan: OpenPlan, *, seen: Collection[int] | None = None, past: int | None = None
) -> Step:
    """Take back the last command that was not.

    Parameters
    ----------
    seen
        Numbers of the entries that the user knows of, beside those made here; all when missing.
    past
        Number of the entry that cannot be undone, and that the user was told of.

    Raises
    ------
    FinalStepError
        When something was done since that cannot be undone, and the user was not told.
    ConflictError
        ``nothing-to-undo``, ``not-seen-yet`` when the last command was given in another window and
        the user does not know of it, ``signature-stands`` of a promise signed or revised on an
        earlier day, or ``record-changed`` when somebody changed the same since.
    """
    found = history(open_plan)
    if not found.undoable:
        raise ConflictError("nothing-to-undo")
    entry = found.undoable[-1]
    if found.final is not None and found.final.number != past:
        raise FinalStepError(found.final, entry)
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


def _words(entry: JournalEntry) -> Phrase:
    return Phrase(messages.COMMANDS.get(entry.command, entry.command))


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
