"""Edits of a week by hand, each one command that can be undone.

What an edit does to a roster is in :mod:`planner.domain.edits`; here it is kept.
"""

from planner.domain.changes import roster_difference
from planner.domain.publication import JournalEntry
from planner.domain.roster import Roster
from planner.services.plans import OpenPlan


def keep(
    open_plan: OpenPlan, before: Roster, after: Roster, command: str, **touched: object
) -> None:
    """Store what an edit made of the roster that was shown.

    Only the records that the edit changed are looked at and written: edits by somebody else of
    other shifts and duties stay. The first edit of a week begins its draft.

    Parameters
    ----------
    touched
        Ids for the journal.

    Raises
    ------
    ConflictError
        ``record-changed`` when somebody else changed the same meanwhile; nothing is kept then.
    """
    store, week = open_plan.store, before.week
    with store.transaction(command, undoes=None, week=str(week), **touched):
        had_draft = store.draft_revision(week) > 0
        if not had_draft:
            before = store.load_roster(week)  # without what base rosters give
        store.apply(roster_difference(before, after, had_draft=had_draft))


def others_since(open_plan: OpenPlan, number: int) -> tuple[JournalEntry, ...]:
    """Return what others did to the plan after the entry with that number."""
    store = open_plan.store
    return tuple(
        entry for entry in store.journal(after=number) if entry.number not in store.own_entries
    )
