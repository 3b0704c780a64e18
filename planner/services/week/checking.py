"""Every rule against a week's roster."""

from dataclasses import dataclass, replace
from typing import Any, Final

from planner import messages
from planner.domain.plain import plain
from planner.domain.plan import Plan
from planner.domain.roster import Finding, LevelResult, Roster, Severity
from planner.domain.validation import plan_findings
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.exchange.week_json import roster_from_json
from planner.planning.judging import Judgement, WeekJudge
from planner.services.plans import OpenPlan
from planner.services.publish.publishing import latest
from planner.services.roster.generating import shifts_around
from planner.services.week.gap_order import most_harmful_first

FORMAT: Final = "narvaro-check/1"
"""Name and version of ``check --json``; its schema is ``resources/schemas/check-1.json``."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What the checks say of a week.

    Parameters
    ----------
    publication
        Number of the publication that was judged; nothing for the draft.
    judgement
        Its gaps by the harm they do.
    findings
        Of the roster, then of the plan's data.
    """

    roster: Roster
    publication: int | None
    judgement: Judgement
    findings: tuple[Finding, ...]

    @property
    def n_violations(self) -> int:
        """Hard rules broken by something that the program may change."""
        return sum(finding.severity is Severity.VIOLATION for finding in self.findings)


def check(open_plan: OpenPlan, week: IsoWeek) -> Checked:
    """Judge the draft of ``week``, else its latest publication, with the days around it.

    Raises
    ------
    ConflictError
        ``week-not-generated`` when there is neither.
    """
    roster, publication = roster_of(open_plan, week)
    judge = WeekJudge(open_plan.plan, week, shifts_around(open_plan, week))
    judgement = judge.judge(roster)
    gaps = most_harmful_first(open_plan.plan, judgement.gaps, judge.duties)
    return Checked(
        roster=roster,
        publication=publication,
        judgement=replace(judgement, gaps=gaps),
        findings=(*judgement.findings, *plan_findings(open_plan.plan)),
    )


def roster_of(open_plan: OpenPlan, week: IsoWeek) -> tuple[Roster, int | None]:
    """Return the draft of ``week``, else the published roster and the publication's number.

    Raises
    ------
    ConflictError
        ``week-not-generated`` when there is neither.
    """
    store = open_plan.store
    if store.draft_revision(week):
        return store.load_roster(week), None
    published = latest(open_plan, week)
    if published is None:
        raise ConflictError("week-not-generated", week=str(week))
    return roster_from_json(published.week), published.number


def check_json(open_plan: OpenPlan, checked: Checked) -> dict[str, Any]:
    """Return what the checks say as values of JSON, sentences in the language in force."""
    plan = open_plan.plan
    return {
        "format": FORMAT,
        "week": str(checked.roster.week),
        "source": "draft" if checked.publication is None else "published",
        "publication": checked.publication,
        "rule_books": [plain(book, plan.zone) for book in plan.rule_books],
        "n_violations": checked.n_violations,
        "findings": [_finding_json(plan, finding) for finding in checked.findings],
        "levels": [_level_json(level) for level in checked.judgement.levels],
    }


def _finding_json(plan: Plan, finding: Finding) -> dict[str, Any]:
    member = plan.staff_by_id.get(finding.staff) if finding.staff else None
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "staff": finding.staff,
        "staff_name": member.display_name if member else None,
        "place": finding.place,
        "span": plain(finding.span, plan.zone),
        "values": dict(finding.values),
        "text": messages.finding_text(plan, finding),
    }


def _level_json(level: LevelResult) -> dict[str, Any]:
    return {
        "level": level.level,
        "name": messages.level_name(level.level),
        "value": level.value,
        "bound": level.bound,
    }
