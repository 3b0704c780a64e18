"""How long the example's week takes, from the command's view; run by ``make bench``.

Seconds depend on the machine: slow ones are marked, only what is wrong fails.
"""

import time
from pathlib import Path

import pytest

from planner.domain.demand import make_duties
from planner.domain.duties import DutyKind
from planner.domain.weeks import IsoWeek
from planner.planning.judging import judge
from planner.services import plans
from planner.services.examples import making
from planner.services.prints import print_outs, printing
from planner.services.publish import publishing
from planner.services.roster import generating
from planner.services.roster.views import Decision, GenerateProgress
from planner.services.week import weeks

WEEK = IsoWeek(2026, 48)
FIRST_S, ALL_S = 10.0, 60.0
"""Seconds to the first complete roster, and to the end, that the example keeps on two cores."""


@pytest.fixture(scope="module")
def open_plan(tmp_path_factory: pytest.TempPathFactory) -> plans.OpenPlan:
    target = str(tmp_path_factory.mktemp("bench") / "vasteras.narvaro")
    began = time.perf_counter()
    making.create_example(target, week=WEEK)
    print(f"\ncreate the example             {time.perf_counter() - began:6.2f} s")
    return plans.open_plan(target)


def test_week_is_generated_in_time_covered_and_within_its_rules(
    open_plan: plans.OpenPlan,
) -> None:
    began = time.perf_counter()
    first: list[float] = []

    def listen(progress: GenerateProgress) -> None:
        if progress.n_gaps is not None and not first:
            first.append(time.perf_counter() - began)

    proposal = generating.generate(open_plan, WEEK, seconds=50, on_progress=listen)
    took = time.perf_counter() - began
    print(f"\nfirst complete roster          {first[0]:6.2f} s{_mark(first[0], FIRST_S)}")
    print(f"finished                       {took:6.2f} s{_mark(took, ALL_S)}")
    print(f"heads missing                  {proposal.n_gaps:6d}")
    for level in proposal.levels:
        print(f"  {level.level:<12} value {level.value:6d}   bound {level.bound}")
    judged = judge(open_plan.plan, proposal.roster, generating.shifts_around(open_plan, WEEK))
    assert not judged.has_violation
    schools = {
        duty.id for duty in make_duties(open_plan.plan, WEEK) if duty.kind is DutyKind.SCHOOL
    }
    assert all(gap.is_proved for gap in judged.gaps if gap.duty in schools)
    generating.accept(open_plan, proposal)


def test_week_is_seen_judged_published_and_printed_in_time(
    open_plan: plans.OpenPlan, tmp_path: Path
) -> None:
    began = time.perf_counter()
    weeks.week_view(open_plan, WEEK)
    print(f"\nread and judge the week        {time.perf_counter() - began:6.2f} s")
    began = time.perf_counter()
    windows = publishing.uncovered_windows(open_plan, WEEK)
    publishing.publish(open_plan, WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
    print(f"publish                        {time.perf_counter() - began:6.2f} s")
    began = time.perf_counter()
    written = printing.print_week(open_plan, WEEK, tmp_path, print_outs.PrintSet.SCHOOLS)
    print(f"print {len(written)} files for schools     {time.perf_counter() - began:6.2f} s")
    assert written


def _mark(took: float, most: float) -> str:
    return "" if took <= most else f"   missed {most:g} s"
