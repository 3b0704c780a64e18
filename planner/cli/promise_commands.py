"""Commands that follow a promise up, take in what was delivered, and forget who did what."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planner.cli.shared import PlanArgument, complain, opened, print_json
from planner.cli.week_commands import JsonOption
from planner.errors import RefusedImportError
from planner.messages import sentences
from planner.promise_words import KINDS, reasons_text, standing
from planner.words import N_, _, date_range

if TYPE_CHECKING:
    from planner.domain.follow_up import MeasureFollowUp, PromiseFollowUp
    from planner.services.promise.delivery_import import DeliveryPreview
    from planner.services.promise.retention import Forgettable


def promise(
    plan: PlanArgument,
    promise: Annotated[
        str,
        typer.Option(metavar="ID", help=N_("Which promise, by id or name, if there are several.")),
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Say what was promised, planned and delivered, and what nobody reported."""
    from planner.services.promise.as_json import promise_json
    from planner.services.promise.follow_up import follow_up_of
    from planner.services.promise.report_back import promise_to_report

    with opened(plan) as found:
        became = follow_up_of(found, promise_to_report(found.plan, promise).id)
        if as_json:
            print_json(promise_json(found, became))
        else:
            _print_promise(became)


def deliver(
    plan: PlanArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A CSV file of deliveries."))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only say what would be kept."))
    ] = False,
) -> None:
    """Take in what was delivered: all of a file, or nothing of it."""
    from planner.services.promise.delivery_import import import_deliveries, preview_deliveries

    with opened(plan) as found:
        shown = preview_deliveries(found, file)
        if shown.problems:
            raise RefusedImportError(shown.problems)
        for column in shown.left_out:
            complain(*sentences(column.reason))
        if not dry_run:
            import_deliveries(found, shown)
        print(_preview_text(shown))
        if dry_run:
            print(_("Nothing was kept, as this was a try."))


def retention(
    plan: PlanArgument,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("Forget it; without this it is only counted."))
    ] = False,
) -> None:
    """Count, and forget, who did what before the retention time; counts of the promise stay."""
    from planner.services.promise.retention import forget, forgettable

    with opened(plan) as found:
        gone = forget(found) if yes else forgettable(found)
    print(_("Older than {day}:", day=gone.before.isoformat()))
    for line in _forgotten(gone):
        print(f"  {line}")
    if yes:
        print(_("Forgotten for good. What was promised, planned and delivered stays."))
    elif gone.n_all:
        print(_("Nothing was forgotten; --yes does it, for good."))


def _print_promise(became: "PromiseFollowUp") -> None:
    one = became.promise
    print(f"{one.name}, {date_range(one.first_day, one.last_day)}")
    if not became.is_signed:
        print(_("Not signed: what is promised is what it would ask for now."))
    for measure in became.measures:
        print()
        for line in _measure_lines(became, measure):
            print(line)


def _measure_lines(became: "PromiseFollowUp", one: "MeasureFollowUp") -> "list[str]":
    total = one.total
    promised = total.promised if one.measure.is_share else one.measure.target
    lines = [
        f"{one.measure.name or _(KINDS[one.measure.kind])}: {standing(became, one)[0]}",
        "  " + _("promised {n}, at least {aim} must be done", n=promised, aim=one.aim),
        "  " + _("planned {n}", n=total.planned),
        "  " + _("done {n}", n=total.done),
    ]
    if total.n_not_done:
        reasons = reasons_text(total)
        lines.append("  " + _("not done {n}: {reasons}", n=total.n_not_done, reasons=reasons))
    lines.append("  " + _("not reported {n}", n=total.not_reported))
    if total.under_way or total.to_come:
        lines.append("  " + _("to come {n}", n=total.under_way + total.to_come))
    if total.extra_done:
        lines.append("  " + _("done beyond it {n}", n=total.extra_done))
    return lines


def _preview_text(shown: "DeliveryPreview") -> str:
    return _(
        "{file}: done {done}, not done {not_done}, reported so already {unchanged}, "
        "without a state {silent}.",
        file=shown.file,
        done=shown.n_done,
        not_done=shown.n_not_done,
        unchanged=shown.n_unchanged,
        silent=shown.n_silent,
    )


def _forgotten(gone: "Forgettable") -> "list[str]":
    counted = (
        (gone.n_reporters, N_("deliveries that say who reported them: {n}")),
        (gone.n_changes, N_("records kept for undoing: {n}")),
        (gone.n_actors, N_("entries of the journal that say whose they are: {n}")),
        (gone.n_messages, N_("messages in the distribution log: {n}")),
        (gone.n_weeks, N_("weeks that say who was to be where: {n}")),
        (gone.n_publications, N_("publications with names in them: {n}")),
        (gone.n_times, N_("absences, bound times, stand-bys and wishes: {n}")),
    )
    return [_(text, n=n) for n, text in counted if n] or [_("nothing")]
