import itertools, random, sys, time
import numpy as np
from hypothesis import given, settings, strategies as st, HealthCheck
from tests.solver.small import *
from solver.search.pricing import Pricing
from solver.search.own import own_points
from solver.search.legality import WorkerRules


@settings(max_examples=int(sys.argv[1]), deadline=None, suppress_health_check=list(HealthCheck))
@given(workers(), rule_sets, st.integers(0, 10**6))
def check(worker, rules, seed):
    problem = make_problem(worker, rules=rules)
    wr = WorkerRules(problem, worker)
    cands = [
        problem.shift_by_id[s] for s in worker.shifts if not wr.clashes(problem.shift_by_id[s])
    ]
    if not cands:
        return
    rng = random.Random(seed)
    pr = Pricing(problem, [worker])
    S = pr.options.shifts
    # brute force: all subsets legal
    byday = {}
    for s in cands:
        byday.setdefault(s.day, []).append(s)
    legal = [()]
    for d in sorted(byday):
        new = []
        opts = [()] + [(s,) for s in byday[d]] + [c for c in itertools.combinations(byday[d], 2)]
        for l in legal:
            for o in opts:
                if not wr.breaches([*l, *o]):
                    new.append(l + o)
        legal = new
    weights = {l: rng.choice([0, 1, 3]) for l in problem.levels}
    prices = np.array([[rng.randint(-5, 40) for _ in S]])

    def true(p):
        own = own_points(problem, worker, p)
        return sum(weights[l] * v for l, v in own.items()) - sum(
            prices[0][pr.options.number_of[s.id]] for s in p
        )

    best = min(map(true, legal))
    # const
    r0 = pr.best(weights, prices, fixed=np.zeros((1, len(pr.options.days)), np.int16))
    const = true(()) - r0.costs[0]
    r = pr.best(weights, prices, n_best=3, most_labels=10**6)
    got = r.costs[0] + const
    assert abs(got - best) < 1e-6, (got, best, const)
    assert abs(r.least[0] + const - best) < 1e-6
    for row, c in zip(r.choices, r.costs):
        p = [s for d, o in zip(pr.options.days, row) for s in d.options[o]]
        assert not wr.breaches(p)
        assert abs(true(p) - c - const) < 1e-6
    rb = pr.best(weights, prices, most_labels=2)
    assert rb.least[0] + const <= best + 1e-6
    # varied: all patterns
    rv = pr.best(weights, prices, n_best=10**6, most_labels=10**6, is_varied=True)
    assert len(rv.costs) == len({tuple(x.id for x in l) for l in legal}), (
        len(rv.costs),
        len(legal),
    )


check()
print("ok")
