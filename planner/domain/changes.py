"""What a command does to a plan: records before and after.

Everything that can be undone is a list of changes: an edit of the week, a form, an import, a
proposal of the engine. To undo is to apply the reversed changes, which is refused where a record
is not as the change left it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from planner.domain.records import record_key
from planner.domain.roster import Draft, Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A record before and after; added without a before, removed without an after.

    Parameters
    ----------
    set_name
        Of the plan's record sets, of a week's or of those beside the plan (``WEEK_SETS`` and
        ``KEPT_SETS`` of :mod:`planner.domain.records`), or ``settings``.
    """

    set_name: str
    before: Any | None
    after: Any | None

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells the record apart from the others of its set."""
        record = self.after if self.before is None else self.before
        return record_key(self.set_name, record)

    def reversed(self) -> "Change":
        """Return the change that takes this one back."""
        return Change(set_name=self.set_name, before=self.after, after=self.before)


def difference(
    set_name: str, before: Iterable[object], after: Iterable[object]
) -> tuple[Change, ...]:
    """Return what makes one state of a record set of another, in the order of keys."""
    old = {record_key(set_name, record): record for record in before}
    new = {record_key(set_name, record): record for record in after}
    return tuple(
        Change(set_name=set_name, before=old.get(key), after=new.get(key))
        for key in sorted(old.keys() | new.keys(), key=repr)
        if old.get(key) != new.get(key)
    )


def roster_difference(before: Roster, after: Roster, *, had_draft: bool) -> tuple[Change, ...]:
    """Return what makes one roster of a week of another.

    Parameters
    ----------
    had_draft
        Whether ``before`` was a draft, and not only the shifts that are given.
    """
    return (
        *difference("drafts", (before.draft,) if had_draft else (), (after.draft,)),
        *(
            change
            for name in ("shifts", "assignments", "overrides", "notes")
            for change in difference(name, getattr(before, name), getattr(after, name))
        ),
    )


def changed_roster(roster: Roster, changes: Iterable[Change]) -> Roster:
    """Return the roster after changes of its shifts, assignments, overrides and notes."""
    for change in changes:
        if change.set_name == "drafts":
            draft = change.after or Draft(week=roster.week)
            roster = replace(
                roster, levels=draft.levels, gaps=draft.gaps, generated_at=draft.generated_at
            )
            continue
        kept = tuple(one for one in getattr(roster, change.set_name) if one != change.before)
        new = () if change.after is None else (change.after,)
        sets: dict[str, Any] = {change.set_name: (*kept, *new)}
        roster = replace(roster, **sets)
    return roster
