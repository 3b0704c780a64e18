"""What a grid's records are called in a preview, which a planner reads without knowing columns."""

from collections.abc import Mapping
from enum import StrEnum

from planner.domain.rules import RuleKey
from planner.domain.staff import ShiftSource
from planner.services.imports.rows import Wording
from planner.words import N_, _

_SETS: Mapping[str, str] = {
    "employers": N_("Employers"),
    "skills": N_("Skills"),
    "rule_books": N_("Rule books"),
    "rules": N_("Rules"),
    "shift_types": N_("Shift types"),
    "shift_parts": N_("Times of shift types"),
    "squads": N_("Squads"),
    "staff": N_("Staff"),
    "staff_skills": N_("Skills of staff"),
    "contracts": N_("Contracts"),
    "absences": N_("Absences"),
    "bound_times": N_("Bound time"),
    "shifts": N_("Shifts"),
}
_FIELDS: Mapping[str, str] = {
    "name": N_("Name"),
    "display_name": N_("Name shown"),
    "employer": N_("Employer"),
    "squad": N_("Squad"),
    "staff": N_("Person"),
    "skill": N_("Skill"),
    "rule_book": N_("Rule book"),
    "first_day": N_("Valid from"),
    "rate_percent": N_("Share of full time"),
    "code": N_("Code"),
    "break_min": N_("Unpaid break"),
    "shift_type": N_("Shift type"),
    "start": N_("Start"),
    "end": N_("End"),
    "start, end": N_("Time"),
    "break_start, break_end": N_("Break"),
    "source": N_("Source"),
    "key": N_("Rule"),
    "value": N_("Value"),
}
"""By column; what stands in no grid has no name here."""
_VALUES: Mapping[StrEnum, str] = {
    ShiftSource.GIVEN: N_("given"),
    ShiftSource.PLANNED: N_("planned"),
    RuleKey.FULL_TIME_WEEK: N_("Full-time week"),
    RuleKey.MAX_WEEK: N_("Most in a week"),
    RuleKey.REST_BETWEEN: N_("Rest between shifts"),
    RuleKey.WEEKLY_REST: N_("Weekly rest"),
    RuleKey.CONTINUOUS_WORK: N_("Longest work without break"),
}


def set_title(name: str) -> str:
    """Return what a set is called in previews."""
    return _(_SETS[name])


def wording() -> Wording:
    """Return fields and values in the language in force."""
    return Wording(
        fields={column: _(text) for column, text in _FIELDS.items()},
        values={value: _(text) for value, text in _VALUES.items()},
    )
