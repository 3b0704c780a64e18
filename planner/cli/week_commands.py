"""Commands that make a week's roster and judge it."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.shared import (
    PlanArgument,
    WeekOption,
    interruptible,
    live_line,
    opened,
    print_json,
)
from planner.messages import (
    PHASES,
    SEVERITIES,
    cut_short,
    finding_text,
    gap_text,
    level_name,
)
from planner.words import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.domain.plan import Plan
    from planner.domain.roster import LevelResult
    from planner.services.gaps.fix_values import FixesFound
    from planner.services.gaps.reasons import GapWeek
    from planner.services.gaps.values import ExplainedGap
    from planner.services.plans import OpenPlan
    from planner.services.roster.views import GenerateProgress
    from planner.services.week.checking import Checked

JsonOption = Annotated[
    bool, typer.Option("--json", help=N_("Print one JSON document and nothing else."))
]


def generate(  # noqa: PLR0917 - the options of the command
    plan: PlanArgument,
    week: WeekOption,
    weeks: Annotated[int, typer.Option(min=1, help=N_("How many weeks, one after another."))] = 1,
    duties_only: Annotated[
        bool, typer.Option("--duties-only", help=N_("Keep every shift of the draft."))
    ] = False,
    seconds: Annotated[float, typer.Option(min=1, help=N_("At most so long for a week."))] = 60,
    seed: Annotated[int, typer.Option(min=0, help=N_("Of the draws of chance."))] = 0,
    repeatable: Annotated[
        bool, typer.Option("--repeatable", help=N_("Count work and not seconds: same again."))
    ] = False,
) -> None:
    """Generate weeks; Ctrl-C keeps the best so far."""
    from planner.services.roster import generating

    with opened(plan) as found, interruptible() as should_stop:
        for one in (week.shifted(n) for n in range(weeks)):
            with live_line() as say:
                proposal = generating.generate(
                    found,
                    one,
                    seconds=seconds,
                    seed=seed,
                    duties_only=duties_only,
                    repeatable=repeatable,
                    on_progress=telling(say),
                    should_stop=should_stop,
                )
            generating.accept(found, proposal)
            print(f"{one}: {missing_text(proposal.n_gaps)}")
            if proposal.trouble is not None:
                print(cut_short(proposal.trouble.file), file=sys.stderr)
            print_levels(proposal.levels)
            if should_stop():
                break


def check(plan: PlanArgument, week: WeekOption, as_json: JsonOption = False) -> int:
    """Judge a week; 1 when it breaks a rule."""
    from planner.services.week import checking

    with opened(plan) as found:
        checked = checking.check(found, week)
        if as_json:
            print_json(checking.check_json(found, checked))
        else:
            for finding in checked.findings:
                print(f"{_(SEVERITIES[finding.severity])}: {finding_text(found.plan, finding)}")
            print_rule_books(found.plan)
            print_levels(checked.judgement.levels)
            print(
                ngettext("{n} broken rule.", "{n} broken rules.", checked.n_violations)
                if checked.n_violations
                else _("No rule is broken.")
            )
    return 1 if checked.n_violations else 0


def gaps(  # noqa: PLR0917 - the options of the command
    plan: PlanArgument,
    week: WeekOption,
    as_json: JsonOption = False,
    explain: Annotated[
        bool, typer.Option("--explain", help=N_("Say why, with the facts that cause it."))
    ] = False,
    fixes: Annotated[
        bool,
        typer.Option("--fixes", help=N_("Look for what would close each, the cheapest first.")),
    ] = False,
    fail: Annotated[
        bool, typer.Option("--fail", help=N_("Exit with 1 when there is a gap."))
    ] = False,
) -> int:
    """List the gaps; 1 with ``--fail`` when there is one."""
    from planner.services.gaps.of_week import gaps_json
    from planner.services.week import checking

    with opened(plan) as found, interruptible() as should_stop:
        checked = checking.check(found, week)
        reasons, ways = _explained(
            found, checked, explain=explain, fixes=fixes, should_stop=should_stop
        )
        if as_json:
            print_json(gaps_json(found, checked, reasons, ways))
        else:
            for number, gap in enumerate(checked.judgement.gaps):
                why = reasons[number] if number < len(reasons) else gap
                known = replace(gap, reason=why.reason, proof=why.proof)
                print(gap_text(found.plan, known))
                _print_reasons(found.plan, reasons[number : number + 1], ways[number : number + 1])
            print(missing_text(sum(gap.missing for gap in checked.judgement.gaps)))
            _print_wanted(found, checked, reasons)
    return 1 if fail and checked.judgement.gaps else 0


def _gap_week(open_plan: "OpenPlan", checked: "Checked") -> "GapWeek":
    from planner.services.gaps.reasons import GapWeek
    from planner.services.roster.generating import shifts_around

    around = shifts_around(open_plan, checked.roster.week)
    return GapWeek(plan=open_plan.plan, draft=checked.roster, around=around)


def _print_wanted(
    open_plan: "OpenPlan", checked: "Checked", reasons: "Iterable[ExplainedGap]"
) -> None:
    from planner.services.gaps.reasons import reinforcements
    from planner.services.gaps.wording import reinforcement_text

    for wanted in reinforcements(_gap_week(open_plan, checked), reasons):
        print(f"→ {reinforcement_text(open_plan.plan, wanted)}")


def _explained(
    open_plan: "OpenPlan",
    checked: "Checked",
    *,
    explain: bool,
    fixes: bool,
    should_stop: "Callable[[], bool]",
) -> "tuple[tuple[ExplainedGap, ...], tuple[FixesFound, ...]]":
    """Return why the gaps are there and what would close them, as far as that is asked."""
    from planner.services.gaps.fixes import find_fixes
    from planner.services.gaps.reasons import explain_all

    week = _gap_week(open_plan, checked)
    gaps = checked.judgement.gaps
    reasons = explain_all(week, gaps, should_stop=should_stop) if explain else ()
    ways = [
        find_fixes(week, gap, should_stop=should_stop)
        for gap in gaps
        if fixes and not should_stop()
    ]
    return reasons, tuple(ways)


def _print_reasons(
    plan: "Plan", reasons: "Iterable[ExplainedGap]", ways: "Iterable[FixesFound]"
) -> None:
    from planner.services.gaps import wording
    from planner.services.gaps.values import for_managers

    for one in reasons:
        for line in wording.managers_lines(plan, for_managers(one)):
            print(f"  {line}")
    for found in ways:
        for fix in found.fixes:
            costs = ", ".join(text for _tone, text in wording.fix_costs(plan, fix))
            print(f"  → {wording.fix_title(plan, fix)}" + (f" ({costs})" if costs else ""))
        if not found.fixes:
            print("  " + _("Nothing was found that closes it"))


def telling(say: "Callable[[str, object], None]") -> "Callable[[GenerateProgress], None]":
    """Return what tells a live line how far generating is."""
    return lambda progress: say(progress_text(progress), (progress.phase, progress.n_gaps))


def progress_text(progress: "GenerateProgress") -> str:
    """Return how far generating is, in a line."""
    parts = [str(progress.week), _(PHASES[progress.phase])]
    if progress.n_gaps is not None:
        parts.append(missing_text(progress.n_gaps))
    if progress.value is not None:
        parts.append(level_text(level_name(progress.level), progress.value, progress.bound))
    parts.append(_("{n} s", n=round(progress.seconds)))
    return " · ".join(parts)


def missing_text(n_missing: int) -> str:
    """Return how many people lack."""
    if n_missing == 0:
        return _("nobody is missing")
    return ngettext("{n} person missing", "{n} people missing", n_missing)


def print_levels(levels: "Iterable[LevelResult]") -> None:
    """Print what each level of the order of importance costs, and what is proved of it."""
    for level in levels:
        print("  " + level_text(level_name(level.level), level.value, level.bound))


def level_text(name: str, value: int, bound: int | None) -> str:
    """Return a level's points, with the proved least."""
    if bound is None:
        return _("{level}: {value}", level=name, value=value)
    return _("{level}: {value} (at least {bound})", level=name, value=value, bound=bound)


def print_rule_books(plan: "Plan") -> None:
    """Print which rule books are followed and who says that they are right."""
    for book in plan.rule_books:
        if book.confirmed_by:
            text = _("Follows {book} (confirmed by {who}).", book=book.name, who=book.confirmed_by)
        else:
            text = _("Follows {book} (unconfirmed).", book=book.name)
        print(text)
