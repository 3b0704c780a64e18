"""What a week's roster leaves uncovered, and why."""

from collections.abc import Sequence
from typing import Any, Final

from planner import messages
from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.plain import plain
from planner.domain.plan import Plan
from planner.domain.roster import Gap
from planner.services.gaps import wording
from planner.services.gaps.fix_values import Fix, FixesFound
from planner.services.gaps.values import ExplainedGap, for_managers
from planner.services.plans import OpenPlan
from planner.services.week.checking import Checked

FORMAT: Final = "narvaro-gaps/2"
"""Name and version of ``gaps --json``; its schema is ``resources/schemas/gaps-2.json``."""


def gaps_json(
    open_plan: OpenPlan,
    checked: Checked,
    explained: Sequence[ExplainedGap] = (),
    found: Sequence[FixesFound] = (),
) -> dict[str, Any]:
    """Return a judged week's gaps as values of JSON, sentences in the language in force.

    Parameters
    ----------
    explained, found
        Why gaps are there and what would close them, as far as that was asked; the reasons name
        nobody.
    """
    plan = open_plan.plan
    reasons = {(one.gap.duty, one.gap.need, one.gap.span): one for one in explained}
    fixes = {(one.gap.duty, one.gap.need, one.gap.span): one for one in found}
    duties = {duty.id: duty for duty in make_duties(plan, checked.roster.week)}
    gaps = checked.judgement.gaps
    return {
        "format": FORMAT,
        "week": str(checked.roster.week),
        "source": "draft" if checked.publication is None else "published",
        "publication": checked.publication,
        "n_gaps": len(gaps),
        "n_missing": sum(gap.missing for gap in gaps),
        "gaps": [
            {
                **_gap_json(plan, gap, duties.get(gap.duty) if gap.duty else None),
                "explained": _explained_json(plan, reasons.get((gap.duty, gap.need, gap.span))),
                "fixes": _fixes_json(plan, fixes.get((gap.duty, gap.need, gap.span))),
            }
            for gap in gaps
        ],
    }


def _explained_json(plan: Plan, explained: ExplainedGap | None) -> dict[str, Any] | None:
    if explained is None:
        return None
    told = for_managers(explained)
    return {
        "reason": told.reason.value,
        "proof": told.proof,
        "n_skilled": told.n_skilled,
        "n_there": told.n_there,
        "n_free": told.n_free,
        "is_smallest": told.is_smallest,
        "facts": [
            {
                "code": fact.code,
                "of": fact.of,
                "n_staff": fact.n_staff,
                "limit": fact.limit,
                "least": fact.least,
                "most": fact.most,
                "is_verified": fact.is_verified,
                "text": wording.managers_fact(plan, fact),
            }
            for fact in told.facts
        ],
        "text": list(wording.managers_lines(plan, told)),
    }


def _fixes_json(plan: Plan, found: FixesFound | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "not_tried": [kind.value for kind in found.not_tried],
        "fixes": [_fix_json(plan, fix) for fix in found.fixes],
    }


def _fix_json(plan: Plan, fix: Fix) -> dict[str, Any]:
    return {
        "kind": fix.kind.value,
        "staff": list(fix.people),
        "n_changed": len(fix.costs.people),
        "left_min": fix.left_min,
        "overtime_min": fix.costs.overtime_min,
        "shift_by_min": fix.shift_by_min,
        "session_at": plain(fix.session_span(plan), plan.zone),
        "broken": [finding.code for finding in fix.broken],
        "needs_reason": fix.needs_reason,
        "text": wording.fix_title(plan, fix),
        "costs": [text for _tone, text in wording.fix_costs(plan, fix)],
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
