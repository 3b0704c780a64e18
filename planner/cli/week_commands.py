"""Commands that make a week's roster and judge it."""

import sys
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
    blocker_text,
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
    from planner.services.views import GenerateProgress

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
    from planner.services import generating

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
    from planner.services import checking

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


def gaps(
    plan: PlanArgument,
    week: WeekOption,
    as_json: JsonOption = False,
    explain: Annotated[
        bool, typer.Option("--explain", help=N_("Say what stops how many people."))
    ] = False,
    fail: Annotated[
        bool, typer.Option("--fail", help=N_("Exit with 1 when there is a gap."))
    ] = False,
) -> int:
    """List the gaps; 1 with ``--fail`` when there is one."""
    from planner.services import checking
    from planner.services.gaps import gaps_json

    with opened(plan) as found:
        checked = checking.check(found, week)
        if as_json:
            print_json(gaps_json(found, checked))
        else:
            for gap in checked.judgement.gaps:
                print(gap_text(found.plan, gap))
                if explain and gap.blockers:
                    stops = (blocker_text(one.code, one.n_staff) for one in gap.blockers)
                    print("  " + ", ".join(stops))
            print(missing_text(sum(gap.missing for gap in checked.judgement.gaps)))
    return 1 if fail and checked.judgement.gaps else 0


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
