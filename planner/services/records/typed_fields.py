"""Fields in which people type what is printed, and which of them holds a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.domain.plan import Plan
from planner.reports.guard import Leak, words_of
from planner.services.records.names import record_name

FIELDS: tuple[tuple[str, str], ...] = (
    ("schools", "meeting_place"),
    ("schools", "phone"),
    ("bell_times", "meeting_place"),
    ("bell_times", "grade_group"),
    ("changed_days", "meeting_place"),
    ("school_periods", "name"),
    ("settings", "notice"),
    ("settings", "coordinator_name"),
    ("settings", "coordinator_phone"),
    ("shift_types", "name"),
    ("shift_types", "code"),
    ("bound_times", "title"),
    ("squads", "name"),
    ("employers", "name"),
    ("rule_books", "name"),
    ("rule_books", "confirmed_by"),
    ("sites", "name"),
    ("schools", "name"),
    ("hotspots", "name"),
    ("safety_walks", "name"),
    ("information_sessions", "name"),
    ("promises", "name"),
    ("promises", "city"),
    ("promises", "police"),
    ("measures", "name"),
    ("walk_actions", "text"),
    ("walk_actions", "responsible"),
    ("outcome_counts", "kind"),
    ("outcome_counts", "area"),
    ("outcome_counts", "source"),
    ("staff", "display_name"),
    ("staff", "service_phone"),
)
"""Sets with a field of theirs; those in which nobody should type such things come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedField:
    """A field of a record, to tell somebody where to look.

    Parameters
    ----------
    name
        What the record is called.
    """

    set_name: str
    field: str
    name: str


def where_typed(plans: Iterable[Plan], leak: Leak) -> TypedField | None:
    """Return the field that what leaked was most likely typed in; nothing when none holds it.

    Parameters
    ----------
    plans
        The first that has such a field counts.
    """
    return next((found for plan in plans for found in _holding(plan, leak)), None)


def _holding(plan: Plan, leak: Leak) -> Iterator[TypedField]:
    found, whole = words_of(leak.found), set(words_of(leak.text))
    for set_name, field in FIELDS:
        records = (plan.settings,) if set_name == "settings" else getattr(plan, set_name)
        for record in records:
            typed = words_of(getattr(record, field))
            # What is printed has all that was typed.
            if typed and set(typed) <= whole and _holds(typed, found):
                yield TypedField(
                    set_name=set_name, field=field, name=record_name(plan, set_name, record)
                )


def _holds(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    n = len(wanted)
    return any(words[at : at + n] == wanted for at in range(len(words) - n + 1))
