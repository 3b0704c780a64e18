"""The command that writes the report-back on a promise."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.output_commands import print_progress
from planner.cli.shared import PlanArgument, language_asked_for, live_line, opened
from planner.words import N_


def report_back(
    plan: PlanArgument,
    out: Annotated[Path, typer.Option(metavar="DIR", help=N_("Folder; made if missing."))],
    promise: Annotated[
        str,
        typer.Option(metavar="ID", help=N_("Which promise, by id or name, if there are several.")),
    ] = "",
) -> None:
    """Write the report-back: PDF, web page, and the tables that it is counted from."""
    from planner.services.promise.report_back import promise_to_report
    from planner.services.promise.report_back_files import write_report_back

    with opened(plan) as found, live_line() as say:
        paths = write_report_back(
            found,
            promise_to_report(found.plan, promise).id,
            out,
            language=language_asked_for(),
            on_progress=lambda done, n: say(print_progress(done, n), done == n),
        )
    for path in paths:
        print(path)
