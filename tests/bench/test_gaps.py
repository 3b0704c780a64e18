"""How long it takes to say why the example's gaps are there, and to find the first fix of each.

Run by ``make bench``; the solver's process is started by the first question. The week is the
example's as generated, and the same with some duties left to nobody.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from planner.domain.roster import Gap
from planner.planning.engine import engine
from planner.services import plans
from planner.services.examples import making
from planner.services.gaps.fixes import find_fixes
from planner.services.gaps.reasons import GapWeek, explain_all
from planner.services.roster import generating
from tests.bench.test_edits import WEEK

N_LEFT = 12
GENERATE_S = 40
ALL_S, FIRST_S = 10.0, 3.0
"""What a planner waits for at most, on a machine that does nothing else."""
BUSY = 6
"""How many times as long it may take here: the solver gives way to whatever else runs."""


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GapWeek]:
    target = tmp_path_factory.mktemp("gaps") / "vasteras.narvaro"
    making.create_example(target, week=WEEK)
    with plans.open_plan(target) as opened:
        proposal = generating.generate(opened, WEEK, seconds=GENERATE_S)
        engine().close()
        yield GapWeek(
            plan=opened.plan,
            draft=proposal.roster,
            around=generating.shifts_around(opened, WEEK),
        )


def with_gaps(week: GapWeek, n_left: int) -> GapWeek:
    """Return the week with some duties that nobody does."""
    names = sorted({done.duty for done in week.draft.assignments})
    left = set(random.Random(1).sample(names, n_left))
    kept = tuple(done for done in week.draft.assignments if done.duty not in left)
    draft = replace(week.draft, assignments=kept)
    return GapWeek(plan=week.plan, draft=draft, around=week.around)


@pytest.mark.parametrize("n_left", [0, N_LEFT])
def test_every_gap_is_explained_in_time(week: GapWeek, n_left: int) -> None:
    began = time.perf_counter()
    found = explain_all(with_gaps(week, n_left))
    took = time.perf_counter() - began
    n_facts = sum(len(one.facts) for one in found)
    n_proved = sum(one.is_proved for one in found)
    print(
        f"\n{len(found)} gaps explained by {n_facts} facts, {n_proved} proved "
        f"{took:6.2f} s of {ALL_S} s"
    )
    assert all(fact.is_verified for one in found for fact in one.facts)
    assert took < BUSY * ALL_S


def test_the_first_fix_of_a_gap_comes_in_time(week: GapWeek) -> None:
    gaps = with_gaps(week, N_LEFT)
    first, whole = zip(*(_times(gaps, gap) for gap in gaps.gaps), strict=True)
    print(
        f"\nfirst fix of {len(first)} gaps: median {sorted(first)[len(first) // 2]:.2f} s, "
        f"worst {max(first):.2f} s, of {FIRST_S} s; all fixes: worst {max(whole):.2f} s"
    )
    assert sorted(first)[len(first) // 2] < BUSY * FIRST_S


def _times(week: GapWeek, gap: Gap) -> tuple[float, float]:
    """Return after how long the first fix was told, and the last."""
    began, told = time.perf_counter(), list[float]()
    find_fixes(week, gap, on_fix=lambda _fix: told.append(time.perf_counter() - began))
    whole = time.perf_counter() - began
    return (told or [whole])[0], whole
