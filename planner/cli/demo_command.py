"""The command for newcomers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.output_commands import print_progress
from planner.cli.shared import interruptible, live_line
from planner.cli.week_commands import missing_text, telling
from planner.words import N_, _, ngettext

if TYPE_CHECKING:
    from planner.services.examples.demo import DemoResult


def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help=N_("Folder for the print-outs."))] = Path(
        "out"
    ),
    no_window: Annotated[
        bool, typer.Option("--no-window", help=N_("Do not open the window afterwards."))
    ] = False,
    seconds: Annotated[float, typer.Option(min=1, help=N_("At most so long to generate."))] = 60,
) -> None:
    """Do the main job on the example; a second run does only what is left to do."""
    from planner.services.examples.demo import DEMO_PLAN, run_demo

    del no_window  # whoever started the program opens the window
    with interruptible() as should_stop, live_line() as say:
        result = run_demo(
            DEMO_PLAN,
            out,
            seconds=seconds,
            on_progress=telling(say),
            should_stop=should_stop,
            on_print=lambda done, n: say(print_progress(done, n), done == n),
        )
    for line in _told(result):
        print(line)


def _told(result: "DemoResult") -> list[str]:
    plan, week = result.plan, result.week
    lines = [
        _("The example plan is made: {plan}", plan=plan)
        if result.was_created
        else _("The example plan was there already: {plan}", plan=plan),
        _("Week {week} is generated.", week=week)
        if result.was_generated
        else _("Week {week} was generated already.", week=week),
        missing_text(result.n_missing).capitalize() + ".",
        ngettext("{n} broken rule.", "{n} broken rules.", result.n_violations),
    ]
    if result.n_own_staff:
        lines.append(
            ngettext(
                "{n} school window has nobody; the school’s own staff stands there.",
                "{n} school windows have nobody; the schools’ own staff stands there.",
                result.n_own_staff,
            )
        )
    lines.append(
        _("Week {week} is published as number {number}.", week=week, number=result.number)
        if result.was_published
        else _(
            "Week {week} was published already, as number {number}.",
            week=week,
            number=result.number,
        )
    )
    for files in (result.school_files, result.staff_files):
        folder = files[0].parent
        lines.append(
            ngettext(
                "{n} file is in {folder}.", "{n} files are in {folder}.", len(files), folder=folder
            )
        )
    return lines
