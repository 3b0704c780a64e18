"""Commands that make and fill plans."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.shared import PlanArgument, opened
from planner.messages import finding_text, sentence
from planner.words import N_, _, ngettext


def new(
    plan: PlanArgument,
    example: Annotated[
        str, typer.Option(metavar="NAME", help=N_("Fill it with an example: vasteras."))
    ] = "",
) -> None:
    """Make a plan, empty or with an example whose days are moved to now."""
    from planner.services.plans import create_plan

    if example:
        from planner.services.examples.making import create_example, example_week

        create_example(plan, example, week=example_week(example))
    else:
        create_plan(plan)
    print(_("The plan “{plan}” is made.", plan=plan))


def import_(
    plan: PlanArgument,
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            help=N_("A folder of CSV files, a workbook, school units (JSON) or places (GeoJSON)."),
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only say what would change."))
    ] = False,
) -> None:
    """Import a source, or say what it would change."""
    from planner.services.grids.importing import import_source
    from planner.services.imports.set_words import set_words

    with opened(plan) as found:
        report = import_source(found, source, is_dry=dry_run)
        for counts in report.files:
            name = set_words(counts.set_name)
            print(
                _(
                    "{file}: {n_added} new, {n_changed} changed, {n_unchanged} unchanged, "
                    "{n_disappeared} not in the file",
                    file=f"{counts.file} ({name})" if name else counts.file,
                    n_added=counts.n_added,
                    n_changed=counts.n_changed,
                    n_unchanged=counts.n_unchanged,
                    n_disappeared=counts.n_disappeared,
                )
            )
        for name, reason in report.left_out:
            print(_("Left out: {name} – {reason}", name=name, reason=sentence(reason)))
        for finding in report.findings:
            print(_("Note: {text}.", text=finding_text(found.plan, finding)))
        print(_("Nothing was written: this was a dry run.") if dry_run else _("Imported."))


def templates(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help=N_("Folder for the files; made if missing."))
    ],
) -> None:
    """Write empty CSV files."""
    from planner.services.imports.importing import templates as write_templates

    paths = write_templates(folder)
    print(
        ngettext(
            "{n} file is written to {folder}.",
            "{n} files are written to {folder}.",
            len(paths),
            folder=folder,
        )
    )
