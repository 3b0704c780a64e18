"""What the record sets are called that are kept beside the plan's data, and have no forms."""

from collections.abc import Mapping

from planner.words import N_, _

_NAMES: Mapping[str, str] = {
    "promised_duties": N_("promised duties"),
    "promise_revisions": N_("revisions of promises"),
    "planned_duties": N_("planned duties"),
    "deliveries": N_("reported duties"),
    "incidents": N_("incidents"),
    "declined_windows": N_("declined proposals"),
    "scenarios": N_("scenarios"),
}


def set_words(set_name: str) -> str:
    """Return what a set is called; nothing of one that people know by its file."""
    return _(_NAMES[set_name]) if set_name in _NAMES else ""
