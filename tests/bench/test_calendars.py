"""How long the calendars of the example take after a school year of published weeks.

Run by ``make bench``. What is asserted is the processor's time, so that whatever else the machine
does is left out.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from planner.services import plans
from planner.services.examples import making
from planner.services.exports.calendars import write_calendars
from planner.services.plans import OpenPlan
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.bench.test_edits import WEEK, make_roster
from tests.planner.small import save_draft

N_WEEKS = 40
YEAR_S = 40.0
"""Seconds for the calendars of 85 people and 36 schools; progress is shown meanwhile."""


@pytest.fixture(scope="module")
def school_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPlan]:
    """The example with so many published weeks, each as its own."""
    target = tmp_path_factory.mktemp("calendars") / "vasteras.narvaro"
    making.create_example(target, week=WEEK)
    with plans.open_plan(target) as opened:
        save_draft(opened, make_roster(opened.plan, WEEK))
        windows = uncovered_windows(opened, WEEK)
        publish(opened, WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
        (kept,) = opened.store.publications(WEEK)
        with opened.store.transaction("test"):
            for number in range(1, N_WEEKS):
                opened.store.add_publication(replace(kept, week=WEEK.shifted(number)))
        yield opened


def test_calendars_of_a_school_year_are_written_in_time(
    school_year: OpenPlan, tmp_path: Path
) -> None:
    start = time.process_time()
    paths = write_calendars(school_year, WEEK, tmp_path)
    took = time.process_time() - start
    size = sum(path.stat().st_size for path in paths) / 1e6
    print(f"\n{len(paths)} calendars of {N_WEEKS} weeks   {took:6.2f} s   {size:.1f} MB")
    assert took < YEAR_S
