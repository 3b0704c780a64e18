"""Scenarios kept beside the plan: list, keep, remove."""

from collections.abc import Iterable
from uuid import uuid4

from planner import clock
from planner.domain.scenarios import Scenario, Supposition
from planner.errors import NotFoundError
from planner.services.plans import OpenPlan


def kept_scenarios(open_plan: OpenPlan) -> tuple[Scenario, ...]:
    """Return the scenarios of a plan, the earliest first."""
    return open_plan.store.scenarios()


def keep_scenario(
    open_plan: OpenPlan,
    name: str,
    suppositions: Iterable[Supposition],
    *,
    instead_of: Scenario | None = None,
) -> Scenario:
    """Keep a scenario, a new one or in place of another, and return it.

    Raises
    ------
    NotFoundError
        ``scenario-gone`` when the one it takes the place of was removed meanwhile.
    """
    kept = Scenario(
        id=instead_of.id if instead_of else uuid4().hex,
        name=name.strip(),
        created_at=instead_of.created_at if instead_of else clock.now(),
        suppositions=tuple(suppositions),
    )
    with open_plan.store.transaction("keep-scenario", scenario=kept.id):
        known = {one.id for one in open_plan.store.scenarios()}
        if instead_of is not None and instead_of.id not in known:
            raise NotFoundError("scenario-gone")
        open_plan.store.put_scenario(kept)
    return kept


def put_back_scenario(open_plan: OpenPlan, scenario: Scenario) -> None:
    """Keep a scenario again that was removed."""
    with open_plan.store.transaction("keep-scenario", scenario=scenario.id):
        open_plan.store.put_scenario(scenario)


def remove_scenario(open_plan: OpenPlan, scenario: Scenario) -> None:
    """Take a scenario away; nothing happens when it is gone already."""
    with open_plan.store.transaction("remove-scenario", scenario=scenario.id):
        open_plan.store.remove_scenario(scenario.id)
