"""What a week's roster leaves uncovered, and why."""

from typing import Any, Final

from planner import messages
from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.plain import plain
from planner.domain.plan import Plan
from planner.domain.roster import Gap
from planner.services.checking import Checked
from planner.services.plans import OpenPlan

FORMAT: Final = "narvaro-gaps/1"
"""Name and version of ``gaps --json``; its schema is ``resources/schemas/gaps-1.json``."""


def gaps_json(open_plan: OpenPlan, checked: Checked) -> dict[str, Any]:
    """Return a judged week's gaps as values of JSON, sentences in the language in force."""
    plan = open_plan.plan
    duties = {duty.id: duty for duty in make_duties(plan, checked.roster.week)}
    gaps = checked.judgement.gaps
    return {
        "format": FORMAT,
        "week": str(checked.roster.week),
        "source": "draft" if checked.publication is None else "published",
        "publication": checked.publication,
        "n_gaps": len(gaps),
        "n_missing": sum(gap.missing for gap in gaps),
        "gaps": [_gap_json(plan, gap, duties.get(gap.duty) if gap.duty else None) for gap in gaps],
    }


def _gap_json(plan: Plan, gap: Gap, duty: Duty | None) -> dict[str, Any]:
    return {
        "duty": gap.duty,
        "need": gap.need,
        "kind": duty.kind.value if duty else "staffing",
        "place": duty.source if duty else None,
        "title": messages.gap_title(plan, gap),
        "span": plain(gap.span, plan.zone),
        "missing": gap.missing,
        "priority": duty.priority if duty else None,
        "reason": gap.reason.value,
        "is_proved": gap.is_proved,
        "proof": gap.proof,
        "blockers": [
            {
                "code": one.code,
                "n_staff": one.n_staff,
                "text": messages.blocker_text(one.code, one.n_staff),
            }
            for one in gap.blockers
        ],
        "text": messages.gap_text(plan, gap),
    }
