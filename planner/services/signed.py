"""What a signature holds fast, whatever way somebody tries to change it."""

from collections.abc import Iterable
from dataclasses import replace

from planner import clock
from planner.domain.changes import Change
from planner.domain.plan import Plan
from planner.domain.promises import Promise
from planner.domain.publication import JournalEntry
from planner.errors import ConflictError

SIGN, REVISE, WITHDRAW = "sign-promise", "revise-promise", "withdraw-signature"
"""Commands of the journal that bind both parties."""


def refuse_signed(plan: Plan, changes: Iterable[Change]) -> None:
    """Refuse what would change the days or measures of a signed promise, or remove it.

    Its name and the day of its report-back may be corrected.

    Parameters
    ----------
    plan
        As it is before the changes.

    Raises
    ------
    ConflictError
        ``promise-is-signed``
    """
    signed = {one.id: one for one in plan.promises if one.signed_on is not None}
    for change in changes:
        if change.set_name == "promises" and change.before is not None:
            promise = signed.get(change.before.id)
            if promise is not None and not _only_corrects(promise, change.after):
                raise ConflictError("promise-is-signed", name=promise.name)
        elif change.set_name == "measures":
            for record in (change.before, change.after):
                if record is not None and record.promise in signed:
                    raise ConflictError("promise-is-signed", name=signed[record.promise].name)


def refuse_old_signature(plan: Plan, entry: JournalEntry) -> None:
    """Refuse to undo or redo what bound both parties, once its day is over.

    Raises
    ------
    ConflictError
        ``signature-stands``
    """
    is_binding = entry.command in {SIGN, REVISE, WITHDRAW}
    if is_binding and entry.at.astimezone(plan.zone).date() < clock.today(plan.zone):
        raise ConflictError("signature-stands")


def _only_corrects(before: Promise, after: Promise | None) -> bool:
    if after is None:
        return False
    return replace(after, name=before.name, report_by=before.report_by) == before
