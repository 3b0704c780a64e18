"""Take a week out of the program."""

import json
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from planner.domain.demand import make_duties
from planner.domain.weeks import IsoWeek
from planner.exchange.csv_files import week_files
from planner.services.checking import check, roster_of
from planner.services.files import make_folder, write_file, write_files
from planner.services.plans import OpenPlan
from planner.services.week_document import week_document


class ExportFormat(StrEnum):
    """What a week can be exported as."""

    JSON = "json"
    CSV = "csv"


def export_week(
    open_plan: OpenPlan, week: IsoWeek, kind: ExportFormat, out: Path
) -> tuple[Path, ...]:
    """Write the draft of ``week``, else its latest publication; return the files.

    Parameters
    ----------
    out
        A file for JSON, or a folder for it to be put in; for CSV a folder, made when it does not
        exist. Files of the same names are replaced.

    Raises
    ------
    ConflictError
        ``week-not-generated`` when there is neither.
    StorageError
        ``output-…``: what folder or disk refuse.
    """
    if kind is ExportFormat.JSON:
        path = out / f"{week}.json" if out.is_dir() else out
        return (write_file(path, week_json(open_plan, week)),)
    files = _csv(open_plan, week)
    make_folder(out)
    return write_files({out / name: data for name, data in files.items()})


def week_json(open_plan: OpenPlan, week: IsoWeek) -> bytes:
    """Return the week's JSON document, whose schema is ``resources/schemas/week-1.json``."""
    roster, _ = roster_of(open_plan, week)
    document = week_document(open_plan, roster)
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _csv(open_plan: OpenPlan, week: IsoWeek) -> dict[str, bytes]:
    plan = open_plan.plan
    checked = check(open_plan, week)
    judged = replace(checked.roster, gaps=checked.judgement.gaps)
    return week_files(plan, judged, {duty.id: duty for duty in make_duties(plan, week)})
