"""How long a month of a planner's own roster takes to be read and to be judged.

Run by ``make bench``. What is asserted is the processor's time, so that whatever else the machine
does is left out.
"""

import time
from pathlib import Path

from planner.services.examples.making import create_example
from planner.services.grids.importing import preview_grid, read_file
from planner.services.plans import open_plan
from planner.services.shadow.judging import judge_grid
from tests.bench.test_edits import WEEK
from tests.planner.exchange.grids import messy

READ_S, JUDGE_S, PREVIEW_S = 1.5, 9.0, 5.0
"""Seconds for the month of forty officers: their cells understood, judged, compared."""


def test_a_month_of_forty_officers_is_judged_while_one_waits(tmp_path: Path) -> None:
    create_example(tmp_path / "vasteras.narvaro", week=WEEK)
    with open_plan(tmp_path / "vasteras.narvaro") as plan:
        squads = [
            (squad.name, [one.name for one in plan.plan.staff if one.squad == squad.id])
            for squad in plan.plan.squads
        ]
        path = messy.police(tmp_path / "november 2026.xlsx", squads)
        began = time.process_time()
        file = read_file(plan, path)
        read = time.process_time()
        found = judge_grid(plan, file.grid, file.decisions)
        judged = time.process_time()
        preview_grid(plan, file)
        compared = time.process_time()
    n_duties = sum(one.n_wanted for one in found.windows)
    print(
        f"\n{len(file.grid.people)} people, {len(file.grid.entries)} cells, "
        f"{len(found.weeks)} weeks, {n_duties} duties: read {read - began:.2f} s, "
        f"judged {judged - read:.2f} s, compared {compared - judged:.2f} s"
    )
    assert read - began < READ_S
    assert judged - read < JUDGE_S
    assert compared - judged < PREVIEW_S
