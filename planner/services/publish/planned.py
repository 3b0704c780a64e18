"""What a week is planned as when it is first published; later changes do not touch it."""

from collections.abc import Mapping

from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.planned import planned_duties
from planner.domain.promises import CoveredBy
from planner.domain.publication import Publication
from planner.domain.roster import Roster
from planner.services.roster.views import Decision
from planner.store.store import Store

_DECIDED = {
    Decision.OWN_STAFF: CoveredBy.OWN_STAFF,
    Decision.CANCELLED: CoveredBy.CANCELLED,
}


def keep_planned(
    store: Store,
    plan: Plan,
    publication: Publication,
    *,
    roster: Roster,
    duties: tuple[Duty, ...],
    decided: Mapping[DutyId, Decision],
) -> None:
    """Keep how the duties of a publication stand, but for those that an earlier one had."""
    store.add_planned_duties(
        planned_duties(
            plan,
            roster,
            duties,
            {duty: _DECIDED[decision] for duty, decision in decided.items()},
            publication=publication.number,
            # An old week's first publication may be gone, once the retention time is over.
            is_first=publication.replaces is None and not store.has_planned_duties(roster.week),
        )
    )
