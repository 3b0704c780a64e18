"""How much of the promise is planned, in words: for window and print-outs alike."""

from collections.abc import Mapping

from planner.domain.coverage_counts import Coverage
from planner.domain.promises import MeasureKind
from planner.words import N_, _

MEASURES: Mapping[MeasureKind, str] = {
    MeasureKind.CONTACT_PERSONS: N_("Contact person at the schools"),
    MeasureKind.PRESENCE: N_("Presence at selected places"),
    MeasureKind.WALKS: N_("Safety walks"),
    MeasureKind.SESSIONS: N_("Information sessions"),
}
SHORT_MEASURES: Mapping[MeasureKind, str] = {
    MeasureKind.CONTACT_PERSONS: N_("Schools"),
    MeasureKind.PRESENCE: N_("Selected places"),
    MeasureKind.WALKS: N_("Walks"),
    MeasureKind.SESSIONS: N_("Information"),
}
"""For the head of a column."""


def planned_text(total: Coverage) -> str:
    """Return in one sentence how much of the promise is planned."""
    if not total.n_promised:
        return _("Nothing was promised for this week.")
    if total.n_planned == total.n_promised:
        return _("All that was promised is planned: {n} of {n} duties.", n=total.n_promised)
    return _(
        "{n_planned} of {n_promised} promised duties are planned.",
        n_planned=total.n_planned,
        n_promised=total.n_promised,
    )


def fraction_text(coverage: Coverage) -> str:
    """Return how many are planned, and of how many if not all are."""
    if coverage.n_planned == coverage.n_promised:
        return str(coverage.n_planned)
    return f"{coverage.n_planned}/{coverage.n_promised}"
