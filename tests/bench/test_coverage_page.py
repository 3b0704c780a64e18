"""How long the coverage page takes to read a week, and the weeks around it.

Run by ``make bench``. Both are jobs of the window; what is printed is the processor's time.
"""

import time
from collections.abc import Iterator

import pytest

from planner.services import plans
from planner.services.coverage.page import coverage_view
from planner.services.coverage.trend import CoverageTrend
from planner.services.examples import making
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from planner.services.week.working_week import load_working_week
from tests.bench.test_edits import WEEK, enlarged, make_roster
from tests.planner.small import save_draft, save_plan

N_STAFF, N_WEEKS = 300, 4
MOST_S = 20.0
"""Generous: a run that takes longer has lost its way."""


@pytest.fixture(scope="module")
def open_plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[plans.OpenPlan]:
    """The example with its people several times over, four weeks of it published."""
    folder = tmp_path_factory.mktemp("coverage")
    making.create_example(folder / "example.narvaro", week=WEEK)
    with plans.open_plan(folder / "example.narvaro") as example:
        plan = enlarged(example.plan, N_STAFF)
    save_plan(folder / "large.narvaro", plan)
    with plans.open_plan(folder / "large.narvaro") as opened:
        for n in range(N_WEEKS):
            week = WEEK.shifted(n)
            save_draft(opened, make_roster(opened.plan, week))
            windows = uncovered_windows(opened, week)
            publish(opened, week, {window.duty: Decision.OWN_STAFF for window in windows})
        yield opened


def test_page_of_a_week_of_300_people(open_plan: plans.OpenPlan) -> None:
    week = WEEK.shifted(N_WEEKS - 1)
    began = time.process_time()
    load_working_week(open_plan, week)
    alone = time.process_time() - began
    began = time.process_time()
    view = coverage_view(open_plan, week)
    took = time.process_time() - began
    assert view.total.n_promised
    print(f"\ncoverage of a week of {N_STAFF} people {took:6.2f} s, {alone:.2f} of it judging it")
    assert took < MOST_S


def test_twelve_weeks_of_which_four_are_published(open_plan: plans.OpenPlan) -> None:
    trend = CoverageTrend(open_plan)
    times = []
    for _again in range(2):
        began = time.process_time()
        weeks = trend.around(WEEK.shifted(1))
        times.append(time.process_time() - began)
    assert sum(one.total.n_promised > 0 for one in weeks) == N_WEEKS
    print(f"\ntwelve weeks of coverage {times[0]:6.2f} s, read again {times[1]:.2f} s")
    assert times[0] < MOST_S
