"""Every record set of the plan, in the order of the navigation."""

from collections.abc import Mapping

from ui.records.people import PEOPLE
from ui.records.places import PRESENCE_SETS, SCHOOLS
from ui.records.promises import PROMISE_SETS
from ui.records.rosters import PLAN, RULE_BOOKS, SHIFTS
from ui.records.specs import GroupSpec, SetSpec

GROUPS: tuple[GroupSpec, ...] = (
    PEOPLE,
    SCHOOLS,
    PRESENCE_SETS,
    PROMISE_SETS,
    SHIFTS,
    RULE_BOOKS,
    PLAN,
)

SPECS: Mapping[str, SetSpec] = {one.set_name: one for group in GROUPS for one in group.sets}
"""What each set's list and form are made of."""

TITLES: Mapping[str, str] = {
    **{inner.set_name: inner.title for spec in SPECS.values() for inner in spec.inner},
    **{name: spec.title for name, spec in SPECS.items()},
}
"""Name of every record set, those inside forms too."""
