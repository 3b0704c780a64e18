"""The order in which gaps are told of, wherever a manager or planner reads of several."""

from collections.abc import Iterable

from planner import messages
from planner.domain.duties import Duty
from planner.domain.harm import harm_of
from planner.domain.plan import Plan
from planner.domain.roster import Gap


def most_harmful_first(plan: Plan, gaps: Iterable[Gap], duties: Iterable[Duty]) -> tuple[Gap, ...]:
    """Return the gaps of a week's duties and needs by the harm they do, then by name."""
    duty_by_id = {duty.id: duty for duty in duties}

    def order(gap: Gap) -> tuple[object, ...]:
        duty = duty_by_id.get(gap.duty) if gap.duty else None
        harm = harm_of(plan, gap, duty)
        return (*harm.order, messages.gap_title(plan, gap), gap.duty or "")

    return tuple(sorted(gaps, key=order))
