"""What weeks were planned as that an earlier program published."""

from planner.domain.ids import DutyId
from planner.exchange.week_json import duties_from_json, roster_from_json
from planner.services.history import KEEP_PLANNED
from planner.services.plans import OpenPlan
from planner.services.publish.planned import keep_planned
from planner.services.publish.publishing import snapshot_of
from planner.services.roster.views import Decision


def keep_earlier(open_plan: OpenPlan) -> None:
    """Keep the same of weeks that an earlier program published, from their publications.

    The windows of schools with own staff, which those do not hold, are taken from the plan as it
    is now.

    Raises
    ------
    StorageError
        ``publication-broken``
    """
    store = open_plan.store
    missing = [week for week in store.published_weeks() if not store.has_planned_duties(week)]
    if not missing:
        return
    with store.transaction(KEEP_PLANNED, n_weeks=len(missing)):
        for week in missing:
            for publication in store.publications(week):
                data = snapshot_of(publication)
                decided = {DutyId(duty): Decision(one) for duty, one in data["decisions"].items()}
                roster = roster_from_json(data["week"])
                duties = duties_from_json(data["week"])
                keep_planned(
                    store,
                    open_plan.plan,
                    publication,
                    roster=roster,
                    duties=duties,
                    decided=decided,
                )
