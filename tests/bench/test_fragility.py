"""How long simulated absences take, and how near the fast rule comes to real repairs.

Run by ``make bench``, on the example's week.
"""

import statistics
import time
from collections.abc import Iterator

import pytest

from planner.domain.weeks import IsoWeek
from planner.planning.fragility_draws import Rate
from planner.services import plans
from planner.services.examples import making
from planner.services.plans import OpenPlan
from planner.services.roster import generating
from planner.services.what_if.fragility import fragility
from planner.services.what_if.fragility_rates import estimated_rates
from planner.services.what_if.fragility_results import AbsenceRate
from planner.services.what_if.fragility_trial import Trial
from tests.bench.fragility import compared

WEEK = IsoWeek(2026, 48)
PERCENT, MEAN_DAYS = 6.0, 3.0
N_REPAIRED, REPAIR_S = 4, 8.0
AT_MOST_S = 60.0
"""For five thousand weeks and six reserve shifts; generous, as the machine may be busy."""


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPlan]:
    target = tmp_path_factory.mktemp("fragility") / "vasteras.narvaro"
    making.create_example(target, week=WEEK)
    with plans.open_plan(target) as opened:
        generating.accept(opened, generating.generate(opened, WEEK, seconds=40.0))
        yield opened


def test_thousands_of_weeks_are_drawn_while_somebody_waits(drafted: OpenPlan) -> None:
    rates = tuple(
        AbsenceRate(
            employer=one.employer,
            skill=one.skill,
            n_people=one.n_people,
            percent=PERCENT,
            mean_days=MEAN_DAYS,
        )
        for one in estimated_rates(drafted.plan, WEEK)
    )
    began = time.perf_counter()
    found = fragility(drafted, WEEK, rates, trial=Trial(n_draws=5000))
    seconds = time.perf_counter() - began
    print(
        f"{found.n_draws} weeks in {seconds:.1f} s: {found.whole.expected:.2f} % "
        f"±{found.whole.half_width:.2f}, one week in twenty {found.whole.fifth:.2f} %, "
        f"{len(found.reserves)} reserve shifts: {found.reserves[-1].expected:.2f} %"
    )
    assert seconds < AT_MOST_S


def test_the_fast_rule_is_held_against_repairs(drafted: OpenPlan) -> None:
    rate = Rate(share=PERCENT / 100, mean_days=MEAN_DAYS)
    found = list(compared(drafted, WEEK, rate=rate, n_draws=N_REPAIRED, seconds=REPAIR_S))
    for one in found:
        print(
            f"{one.n_days_away:3} days away: {one.by_rule} heads lost by the rule, "
            f"{one.by_repair} after a repair of {REPAIR_S:.0f} s"
        )
    by_rule = statistics.mean(one.by_rule for one in found)
    by_repair = statistics.mean(one.by_repair for one in found)
    print(f"on average {by_rule:.1f} by the rule, {by_repair:.1f} after repairs")
