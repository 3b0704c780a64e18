"""Leads and who follows them: whole patterns out of the linear master, legal and led."""

import math

import pytest

from solver.search.choice import Chooser
from solver.search.components import split
from solver.search.dive import Dive
from solver.search.improving import Improving
from solver.search.leads import unled
from solver.search.limits import Budget
from solver.search.master import Master
from solver.search.patterns import Pattern, Patterns
from solver.search.relaxation import Relaxation
from tests.solver.weeks import small_week

SEEDS = range(4)


def crews_master(seed: int) -> Master:
    """Return a master that has found patterns for the crews of a week."""
    problem = next(
        piece.problem
        for piece in split(small_week(seed))
        if any(worker.team is not None for worker in piece.problem.workers)
    )
    patterns = Patterns(problem)
    master = Master(Relaxation(problem, patterns, with_teams=False), patterns)
    master.aim(dict.fromkeys(problem.levels, 1.0))
    master.generate(max_rounds=30, should_stop=lambda: False)
    return master


def dive_of(master: Master) -> Dive:
    return Dive(master.patterns.problem, master, n_tried=3, should_stop=lambda: False)


def assert_legal_and_led(master: Master, chosen: dict[str, Pattern]) -> None:
    problem, patterns = master.patterns.problem, master.patterns
    assert chosen.keys() == set(patterns.open_workers)
    assert all(patterns.is_legal(name, pattern) for name, pattern in chosen.items())
    assert not any(unled(problem, chosen).values())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_quick", [True, False])
def test_a_dive_gives_everybody_legal_shifts_with_a_lead(seed, is_quick):
    master = crews_master(seed)
    dive = dive_of(master)
    leads = dive.lead_quickly() if is_quick else dive.lead(1)
    dive.value(leads, 10)
    assert_legal_and_led(master, {**leads, **dive.rest()})


def improving_of(master: Master) -> tuple[Improving, Chooser]:
    """Return what betters choices out of a master."""
    problem, patterns = master.patterns.problem, master.patterns
    budget = Budget(60.0, None, is_repeatable=True, should_stop=lambda: False)
    relaxation = Relaxation(problem, patterns, as_placed=True)
    constants = {level: master.constant(level) for level in problem.levels}
    improving = Improving(problem, master, budget, dict.fromkeys(problem.levels, 1.0))
    return improving, Chooser(relaxation, patterns, constants, budget)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_first_choice_that_need_not_be_quick_gives_legal_shifts_with_a_lead(seed):
    master = crews_master(seed)
    improving, chooser = improving_of(master)
    choice = improving.first(chooser, 1, is_quick=False)
    assert choice is not None
    assert_legal_and_led(master, choice.patterns)


@pytest.mark.parametrize("seed", SEEDS)
def test_leads_chosen_anew_in_several_starts_give_better_and_better_choices(seed):
    master = crews_master(seed)
    improving, chooser = improving_of(master)
    choice = improving.first(chooser, 1)
    assert choice is not None
    course = [choice]
    for better in improving.better(
        choice, chooser, {}, seed=1, is_first=True, is_done=lambda: len(course) > 3
    ):
        assert_legal_and_led(master, better.patterns)
        course.append(better)
    points = [each.points for each in course]
    assert len(points) > 1
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == len(points)


@pytest.mark.parametrize("seed", SEEDS)
def test_others_who_follow_leads_anew_make_a_choice_no_worse(seed):
    master = crews_master(seed)
    improving, chooser = improving_of(master)
    poor = improving.of(master.patterns.simplest, chooser, 1)
    assert poor is not None
    followed = improving.followed(poor, chooser, 1)
    assert followed.points <= poor.points
    assert_legal_and_led(master, followed.patterns)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_choice_of_which_a_day_changes_keeps_all_rows_and_costs_what_it_leads_to(seed):
    master = crews_master(seed)
    improving, chooser = improving_of(master)
    choice = improving.first(chooser, 1)
    assert choice is not None
    day_of = {shift.id: shift.day for shift in master.patterns.problem.shifts}
    for day in sorted(set(day_of.values())):
        changed = {
            name: tuple(shift for shift in pattern if day_of[shift] != day)
            for name, pattern in choice.patterns.items()
        }
        after = chooser.after(choice, changed, {day}, most=5.0, seed=1)
        anew = chooser.begin(changed, most=5.0, seed=1)
        assert after is not None
        assert anew is not None
        assert anew.points <= after.points
        for row in chooser.relaxation.model.rows:
            total = sum(factor * after.values[n] for n, factor in row.terms)
            assert row.lower is None or total >= row.lower
            assert row.upper is None or total <= row.upper


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_that_loses_its_leads_alone_makes_no_choice(seed):
    master = crews_master(seed)
    improving, chooser = improving_of(master)
    choice = improving.first(chooser, 1)
    assert choice is not None
    problem = master.patterns.problem
    day_of = {shift.id: shift.day for shift in problem.shifts}
    is_lead = {worker.id: worker.is_lead for worker in problem.workers}
    for day in sorted(set(day_of.values())):
        changed = {
            name: tuple(s for s in pattern if not (is_lead[name] and day_of[s] == day))
            for name, pattern in choice.patterns.items()
        }
        after = chooser.after(choice, changed, {day}, most=5.0, seed=1)
        assert (after is None) == any(unled(problem, changed).values())


@pytest.mark.parametrize("seed", SEEDS)
def test_leads_of_other_teams_stay_when_some_are_chosen_again(seed):
    dive = dive_of(crews_master(seed))
    leads = dive.lead(1)
    team = dive.teams[0]
    again = dive.lead_again(leads, (team,), 2)
    workers = dive.problem.worker_by_id
    assert again.keys() == leads.keys()
    assert all(again[name] == leads[name] for name in leads if workers[name].team != team)


@pytest.mark.parametrize("seed", SEEDS)
def test_chosen_leads_cost_no_less_than_open_ones_and_nothing_is_held_afterwards(seed):
    master = crews_master(seed)
    free = master.value
    dive = dive_of(master)
    leads = dive.lead(1)
    assert dive.value(leads, 30) >= free - 1e-6
    master.release()
    assert math.isinf(master.value)
    master.generate(max_rounds=30, should_stop=lambda: False)
    assert master.value == pytest.approx(free)


@pytest.mark.parametrize("seed", SEEDS)
def test_prices_of_nodes_alone_give_as_good_a_bound_as_they_had_and_a_true_one(seed):
    known = crews_master(seed)
    other = Master(
        Relaxation(known.patterns.problem, known.patterns, with_teams=False), known.patterns
    )
    other.aim(dict.fromkeys(known.patterns.problem.levels, 1.0))
    other.price_nodes(known.node_prices(), should_stop=lambda: False, most_labels=10**4)
    assert known.best is not None
    assert other.best is not None
    assert known.best.bound - 1e-3 <= other.best.bound <= known.value + 1e-3


@pytest.mark.parametrize("seed", SEEDS)
def test_near_prices_that_are_roughly_right_the_bound_is_soon_a_good_one_and_in_the_end_the_same(
    seed,
):
    known = crews_master(seed)
    problem, patterns = known.patterns.problem, known.patterns
    masters = [Master(Relaxation(problem, patterns, with_teams=False), patterns) for _ in range(2)]
    guided, other = masters
    for master in masters:
        master.aim(dict.fromkeys(problem.levels, 1.0))
    rough = {name: 0.9 * price for name, price in known.node_prices().items()}
    guided.price_nodes(rough, should_stop=lambda: False, most_labels=40)
    for master in masters:
        master.generate(max_rounds=6, should_stop=lambda: False)
    assert guided.best is not None
    assert other.best is not None
    assert guided.best.bound > other.best.bound
    guided.generate(max_rounds=60, should_stop=lambda: False)
    assert guided.value == pytest.approx(known.value, rel=1e-3)


def test_promising_patterns_are_those_that_may_be_had():
    master = crews_master(1)
    name = next(iter(master.columns))
    held = next(pattern for pattern in master.columns[name] if pattern)
    master.hold({name: held})
    master.generate(max_rounds=1, should_stop=lambda: False)
    assert master.promising(5)[name] == [held]
    assert all(len(mine) <= 5 for mine in master.promising(5).values())
