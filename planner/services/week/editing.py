"""Edits of a week by hand, each one command that can be undone.

What an edit does to a roster is in :mod:`planner.domain.edits`; here it is kept.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.changes import Change, roster_difference
from planner.domain.publication import JournalEntry
from planner.domain.roster import Finding, Gap, Roster, Severity, Shift
from planner.domain.staff import ShiftSource
from planner.planning.judging import Judgement
from planner.services.plans import OpenPlan
from planner.services.records.saving import put_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an edit would do.

    Parameters
    ----------
    broken, mended
        Rules that are broken only afterwards, and only before.
    opened, closed
        Gaps that are larger afterwards, or there only then; and smaller, or gone.
    """

    broken: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    opened: tuple[Gap, ...]
    closed: tuple[Gap, ...]


def effect(before: Judgement, after: Judgement) -> Effect:
    """Return what changed from one judgement of a week to another."""
    return Effect(
        broken=_only_in(after, before),
        mended=_only_in(before, after),
        opened=_larger_in(after, before),
        closed=_larger_in(before, after),
    )


def given_touched(before: Roster, after: Roster) -> tuple[Shift, ...]:
    """Return the given shifts that an edit changes or takes away, for which it needs a reason."""
    kept = {(shift.id, shift.parts, shift.staff) for shift in after.shifts}
    return tuple(
        shift
        for shift in before.shifts
        if shift.source is ShiftSource.GIVEN and (shift.id, shift.parts, shift.staff) not in kept
    )


def _only_in(one: Judgement, other: Judgement) -> tuple[Finding, ...]:
    known = Counter(finding.breach for finding in other.findings)
    found = []
    for finding in one.findings:
        if finding.severity is not Severity.VIOLATION:
            continue
        if known[finding.breach]:
            known[finding.breach] -= 1
        else:
            found.append(finding)
    return tuple(found)


def _larger_in(one: Judgement, other: Judgement) -> tuple[Gap, ...]:
    missing = {(gap.duty, gap.need, gap.span.start): gap.missing for gap in other.gaps}
    return tuple(
        gap
        for gap in one.gaps
        if gap.missing > missing.get((gap.duty, gap.need, gap.span.start), 0)
    )


def keep(
    open_plan: OpenPlan,
    before: Roster,
    after: Roster,
    command: str,
    *,
    records: Sequence[Change] = (),
    **touched: object,
) -> None:
    """Store what an edit made of the roster that was shown.

    Only the records that the edit changed are looked at and written: edits by somebody else of
    other shifts and duties stay. The first edit of a week begins its draft.

    Parameters
    ----------
    records
        What the edit changes of the plan's data, in the same step.
    touched
        Ids for the journal.

    Raises
    ------
    ConflictError
        ``record-changed`` when somebody else changed the same meanwhile; nothing is kept then.
    RefusedRecordsError
        With everything that the changes of the plan's data would make wrong; the same.
    """
    store, week = open_plan.store, before.week
    with store.transaction(command, undoes=None, week=str(week), **touched):
        had_draft = store.draft_revision(week) > 0
        if not had_draft:
            before = store.load_roster(week)  # without what base rosters give
        if records:
            put_records(store, records)
        store.apply(roster_difference(before, after, had_draft=had_draft))
    if records:
        open_plan.refresh()


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What the journal tells since it was last looked at.

    Parameters
    ----------
    of_others
        Entries that were not made through the open plan itself.
    last
        Number of the latest entry, whoever made it.
    """

    of_others: tuple[JournalEntry, ...]
    last: int


def news_since(open_plan: OpenPlan, number: int) -> News:
    """Return what was done to the plan after the entry with that number."""
    store = open_plan.store
    entries = store.journal(after=number)
    return News(
        of_others=tuple(entry for entry in entries if entry.number not in store.own_entries),
        last=entries[-1].number if entries else number,
    )
