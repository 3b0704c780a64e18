"""The frozen instances are what they are said to be."""

import pytest

from solver.checks import violations
from solver.checks.costs import level_values
from solver.data.solution import Solution, WorkedShift
from tests.bench import instances, published


@pytest.mark.parametrize("name", instances.MAKERS)
def test_file_holds_what_is_made_now(name: str) -> None:
    assert instances.is_frozen(name)


@pytest.mark.parametrize("name", instances.MAKERS)
def test_past_keeps_the_rules(name: str) -> None:
    problem = instances.load(name)
    given = Solution(
        shifts=tuple(
            WorkedShift(worker=worker.id, shift=fact.shift)
            for worker in problem.workers
            for fact in worker.facts
            if fact.shift is not None
        ),
        tasks=(),
        levels=(),
    )
    is_made_up = name in instances.PLANS
    broken = {found.rule for found in violations(problem, given) if is_made_up or not found.is_fact}
    assert broken <= {"break", "continuous-work"}  # breaks are the engine's to place


@pytest.mark.parametrize("name", ["L-06-loose", "L-12-tight", "L-20-tight"])
def test_large_week_is_of_the_size_of_a_city(name: str) -> None:
    held = instances.counts(instances.load(name))
    assert (held.n_workers, held.n_tasks) == (185, 868)


@pytest.mark.parametrize("seed", published.SEEDS)
def test_published_roster_follows_the_rules_of_its_week(seed: int) -> None:
    problem = instances.load(published.WEEK)
    roster = published.published(published.WEEK, seed)
    assert [found for found in violations(problem, roster) if not found.is_fact] == []
    assert level_values(problem, roster) == {each.level: each.value for each in roster.levels}
