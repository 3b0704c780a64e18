"""Column generation: the least weighed points over all legal patterns."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from solver.search.growing import MOST_S, Optimum
from solver.search.limits import Budget
from solver.search.linear import Floats, Matrix
from solver.search.patterns import Offers, Pattern, Patterns
from solver.search.prices import FORBIDDING, GeneratedAtOnce, Prices, mixed
from solver.search.relaxation import Relaxation
from solver.search.simplex import SimplexLp

_EPSILON = 1e-6
_SMOOTHING, _MOST_SMOOTHING, _PER_GAP = 0.5, 0.9, 2.0
"""How much of the best prices so far is in the next: more of good ones from elsewhere, the further
the bound is from the value, for then the mix's own are worth little."""

_N_SCATTERED = 2
"""First rounds whose prices are scattered."""

_SCATTERED_SHARE = 0.4
"""Of a worker's shifts that are worth something in a round with scattered prices."""

_MOST_LABELS = 10**5
_FEW_BEST = 3
_MOST_LESSONS, _LEAST_LEARNT = 20, 0.005
"""How often pricing is repeated at the same prices, while the bound grows by such a share."""

_LEAST_NEARER = 1e-3
"""By such a share of the value a round that is not idle brings the bound nearer to it."""


class Master:
    """The linear master of a relaxation: some patterns of each worker, one to be chosen.

    Parameters
    ----------
    budget
        Linear programs end with it; without one each has its own time.

    Attributes
    ----------
    columns
        The patterns so far by worker, with what they cost by level; the simplest first.
    value
        The least over the patterns so far; a bound as soon as none is missing. Infinite from an aim
        or a release until the program is solved again.
    best
        The prices with the best bound for the last aim; nothing before a round.
    latest
        The last prices, whatever they are worth.
    """

    def __init__(
        self, relaxation: Relaxation, patterns: Patterns, budget: Budget | None = None
    ) -> None:
        self._budget = budget
        self.relaxation = relaxation
        self.patterns = patterns
        self.value = math.inf
        self.best: Prices | None = None
        self.latest: Prices | None = None
        self.columns: dict[str, dict[Pattern, Mapping[str, int]]] = {
            name: {} for name in patterns.open_workers
        }
        self._constants = dict(relaxation.model.constants)
        for worker in patterns.problem.workers:
            if worker.id not in self.columns:
                for level, points in patterns.cost(worker.id, ()).items():
                    self._constants[level] = self._constants.get(level, 0) + points
        plan = relaxation.model
        self._matrix = plan.matrix()
        self._uppers = np.array(plan.uppers, float)
        self._points = {level: plan.level_points(level) for level in plan.points}
        self._nodes = np.array(
            sorted({n for by in relaxation.nodes_of.values() for ns in by.values() for n in ns}),
            np.int64,
        )
        place = {int(node): n for n, node in enumerate(self._nodes)}
        self._cells = patterns.cells(relaxation.nodes_of, place)
        self._columns: list[tuple[str, Pattern]] = []
        self._limits: dict[str, int] = {}
        self._limited: dict[str, int] = {}
        self._weights: dict[str, float] = {}
        self._shares: dict[str, list[tuple[Pattern, float]]] = {name: [] for name in self.columns}
        self._used: set[int] = set()
        self._held: set[str] = set()
        self._forbidden = [np.zeros(table.shape, bool) for table in patterns.prices()]
        self._lp = self._make_lp()
        self._n_scattered_left = _N_SCATTERED
        self._is_guided = False
        for name in self.columns:
            self.add(name, patterns.simplest[name])

    def levels(self) -> list[str]:
        """Return the levels on which something may cost, the most important first."""
        used = set(self._points) | set(self._constants) | self.patterns.levels
        return [level for level in self.relaxation.problem.levels if level in used]

    def constant(self, level: str) -> int:
        """Return the points that every roster pays on a level."""
        return self._constants.get(level, 0)

    # The model -----------------------------------------------------------------------------------

    def _make_lp(self) -> SimplexLp:
        """Return the relaxation, a row for each node and one for each worker's choice."""
        matrix, n_rows = self._matrix, len(self._matrix.lower)
        n_nodes, n_workers = len(self._nodes), len(self.columns)
        first_choice = n_rows + n_nodes
        self._link_of = {node: n_rows + n for n, node in enumerate(self._nodes.tolist())}
        self._choice = {name: first_choice + n for n, name in enumerate(self.columns)}
        rows = Matrix(
            np.r_[matrix.row, n_rows + np.arange(n_nodes)],
            np.r_[matrix.column, self._nodes],
            np.r_[matrix.factor, np.full(n_nodes, -1.0)],
            np.r_[matrix.lower, np.zeros(n_nodes), np.ones(n_workers)],
            np.r_[matrix.upper, np.zeros(n_nodes), np.ones(n_workers)],
        )
        return SimplexLp(self._uppers, rows)

    def add(self, name: str, pattern: Pattern) -> bool:
        """Add a pattern of a worker; return whether it is new."""
        if pattern in self.columns[name]:
            return False
        self.columns[name][pattern] = own = self.patterns.cost(name, pattern)
        self._columns.append((name, pattern))
        factors = {self._choice[name]: 1.0}
        nodes_of = self.relaxation.nodes_of[name]
        for shift in pattern:
            for node in nodes_of[shift]:
                row = self._link_of[node]
                factors[row] = factors.get(row, 0.0) + 1.0
        for level, row in self._limits.items():
            if points := own.get(level, 0):
                factors[row] = float(points)
        self._lp.add_variable(self._weighed(own), factors)
        return True

    def generated(self) -> GeneratedAtOnce | None:
        """Return what another master of the same relaxation may begin with, once there are prices.

        Prices are of use there for the same aim only.
        """
        return GeneratedAtOnce(list(self._columns), self.best) if self.best is not None else None

    def begin_with(self, generated: GeneratedAtOnce) -> None:
        """Take what another master came to that was aimed as this one is."""
        self.take(generated.patterns)
        self.best = self.latest = generated.prices

    def take(self, patterns: Iterable[tuple[str, Pattern]]) -> None:
        """Take the patterns of workers that another master has, so that it need not begin anew."""
        for name, pattern in patterns:
            self.add(name, pattern)
        self._n_scattered_left = 0

    def _weighed(self, own: Mapping[str, int]) -> float:
        return sum(self._weights.get(level, 0.0) * points for level, points in own.items())

    def aim(self, weights: Mapping[str, float], limits: Mapping[str, int] | None = None) -> None:
        """Minimise weighed levels from now on, while others cost at most their limits.

        The best prices so far stay if that is what is minimised already.
        """
        limits = limits or {}
        if (weights, limits) == (self._weights, self._limited):
            return
        self.best, self.value = None, math.inf
        self._weights, self._limited = dict(weights), dict(limits)
        own = [self._weighed(self.columns[name][pattern]) for name, pattern in self._columns]
        offset = sum(weight * self.constant(level) for level, weight in weights.items())
        self._lp.set_costs(np.r_[self._costs(weights), own], offset)
        for level, most in self._limited.items():
            if level not in self._limits:
                self._limits[level] = self._lp.add_row(math.inf, self._terms_of(level))
            self._lp.limit_row(self._limits[level], float(most - self.constant(level)))
        for level, row in self._limits.items():
            if level not in self._limited:
                self._lp.limit_row(row, math.inf)

    def _terms_of(self, level: str) -> dict[int, float]:
        """Return the points of a level by variable."""
        terms = dict(self._own_terms(level))
        points = self._points.get(level, np.zeros(0))
        return terms | {n: float(points[n]) for n in np.flatnonzero(points).tolist()}

    def _own_terms(self, level: str) -> Iterator[tuple[int, float]]:
        for number, (name, pattern) in enumerate(self._columns, len(self._uppers)):
            if points := self.columns[name][pattern].get(level, 0):
                yield number, float(points)

    def _costs(self, weights: Mapping[str, float]) -> Floats:
        total = np.zeros(len(self._uppers))
        for level, weight in weights.items():
            if level in self._points:
                total += weight * self._points[level]
        return total

    # Diving --------------------------------------------------------------------------------------

    def hold(self, chosen: Mapping[str, Pattern]) -> None:
        """Give some workers a pattern for good, until released."""
        for name, pattern in chosen.items():
            self.add(name, pattern)
        self._held |= chosen.keys()
        self._close(
            number
            for number, (name, pattern) in enumerate(self._columns)
            if name in chosen and pattern != chosen[name]
        )

    def _close(self, columns: Iterable[int]) -> None:
        """Forbid some columns, by their places."""
        self._lp.limit([len(self._uppers) + number for number in columns], 0.0)

    def forbid(self, shifts: Mapping[str, AbstractSet[str]]) -> None:
        """Keep some workers from some shifts, until released; what is left of patterns is added.

        If that is legal, and leaves nothing out that is locked.
        """
        for name, forbidden in shifts.items():
            g, at = self.patterns.place[name]
            for shift in forbidden:
                self._forbidden[g][at, self.patterns.column[g][shift]] = True
        closed = [
            number
            for number, (name, pattern) in enumerate(self._columns)
            if name in shifts and name not in self._held and not shifts[name].isdisjoint(pattern)
        ]
        self._close(closed)
        for number in closed:
            if number in self._used:
                name, pattern = self._columns[number]
                left = tuple(shift for shift in pattern if shift not in shifts[name])
                if self.patterns.is_offered(name, left) and self.patterns.is_legal(name, left):
                    self.add(name, left)

    def release(self) -> None:
        """Undo every hold and ban."""
        self.value = math.inf
        self._held.clear()
        for mask in self._forbidden:
            mask[:] = False
        first = len(self._uppers)
        self._lp.limit(range(first, first + len(self._columns)), math.inf)

    def is_held(self, name: str) -> bool:
        """Return whether a worker has a pattern for good."""
        return name in self._held

    def promising(self, most: int) -> dict[str, list[Pattern]]:
        """Return of each worker the open patterns, the cheapest at the last prices first."""
        if self.latest is None:
            return {name: [] for name in self.columns}
        found: dict[str, list[tuple[float, Pattern]]] = {name: [] for name in self.columns}
        earned = {
            name: dict(zip(shifts, row, strict=True))
            for names, shifts, table in zip(
                self.patterns.groups, self.patterns.group_shifts, self.latest.shifts, strict=True
            )
            for name, row in zip(names, table.tolist(), strict=True)
        }
        first = len(self._uppers)
        for number, (name, pattern) in enumerate(self._columns, first):
            if self._lp.limit_of(number):
                own = self._weighed(self.columns[name][pattern])
                mine = earned[name]
                found[name].append((own - sum(mine[shift] for shift in pattern), pattern))
        return {name: [p for _, p in sorted(mine)[:most]] for name, mine in found.items()}

    # Rounds --------------------------------------------------------------------------------------

    def generate(
        self,
        *,
        max_rounds: int,
        should_stop: Callable[[], bool],
        gap: float = 1e-4,
        n_best: int = _FEW_BEST,
        most_labels: int = 40,
        is_thorough: bool = True,
        most_idle: int | None = None,
    ) -> int:
        """Add patterns until the bound is within a gap of the value, or rounds or time are out.

        Returns the rounds done. Prices are a mix of the linear master's and those with the best
        bound so far (Wentges smoothing): a bound holds at any prices, and they calm down sooner.
        A bound far from the value, or of prices before some workers were held, would only hold them
        back. In the first rounds each worker is offered some of the shifts, drawn at random: else
        all find the same. Unless it is to be thorough, it ends when nothing new is found at the
        mix's own prices with so few labels. It ends too after ``most_idle`` rounds in a row that
        bring bound and value hardly nearer.
        """
        least, n_idle = math.inf, 0
        for number in range(max_rounds):
            if should_stop():
                return number
            mine = self._solve()
            if mine is None:
                return number
            if self._n_scattered_left:
                self._n_scattered_left -= 1
                self._scatter(mine, n_best, most_labels)
                continue
            n_new = 0
            is_smooth = is_thorough and not self._held and self._bound() > -self.value
            for share in (self._smoothing(), 0.0) if is_smooth else (0.0,):
                n_new = self._price(mine, share, n_best, most_labels)
                if n_new:
                    break
            left = (self.value - self._bound()) / max(1.0, abs(self.value))
            n_idle = n_idle + 1 if left > least - _LEAST_NEARER else 0
            least = min(least, left)
            if left <= gap or n_idle == most_idle:
                return number + 1
            if not n_new:
                if most_labels >= _MOST_LABELS or not is_thorough:
                    return number + 1
                most_labels *= 10
        return max_rounds

    def _smoothing(self) -> float:
        """Return how much of the best prices is in the next."""
        if not self._is_guided:
            return _SMOOTHING
        gap = (self.value - self._bound()) / max(1.0, abs(self.value))
        return min(_MOST_SMOOTHING, _SMOOTHING + _PER_GAP * max(0.0, gap))

    def node_prices(self) -> dict[tuple[object, ...], float]:
        """Return the best prices so far of the nodes, by what they count."""
        if self.best is None:
            return {}
        place = {int(node): n for n, node in enumerate(self._nodes)}
        links = self.best.links
        return {
            name: float(links[place[node]])
            for name, node in self.relaxation.names.items()
            if node in place
        }

    def price_nodes(
        self,
        prices: Mapping[tuple[object, ...], float],
        *,
        should_stop: Callable[[], bool],
        most_labels: int,
    ) -> None:
        """Find a bound and patterns at prices of nodes that come from elsewhere, such as parts.

        The prices of the rows that go best with them are found without any pattern, which is quick.
        The patterns are priced again and again, for each time teaches the pricing to bound better
        what a long horizon has ahead, as long as the bound grows much. From then on prices move
        little from the best, and none are scattered.
        """
        self._is_guided, self._n_scattered_left = True, 0
        names = {node: name for name, node in self.relaxation.names.items()}
        links = np.array([prices.get(names.get(n, ()), 0.0) for n in self._nodes.tolist()])
        costs = self._costs(self._weights)
        costs[self._nodes] += links
        program = SimplexLp(self._uppers, self._matrix)
        program.set_costs(costs, 0.0)
        optimum = program.optimum(self._most_s)
        if optimum is not None:
            rows = self._row_prices(optimum)
            mine = Prices(rows, links, dict(self._weights), -math.inf, [], {})
            for _ in range(_MOST_LESSONS):
                before = self._bound()
                if should_stop():
                    break
                self._price(mine, 0.0, _FEW_BEST, most_labels)
                if before > -math.inf and self._bound() - before <= _LEAST_LEARNT * abs(before):
                    break

    def _bound(self) -> float:
        return self.best.bound if self.best is not None else -math.inf

    def shares(self) -> dict[str, list[tuple[Pattern, float]]]:
        """Return of each worker the patterns in the last mix with their shares, largest first."""
        return self._shares

    def _solve(self) -> Prices | None:
        """Solve the linear master; return its prices, their bound not yet known."""
        optimum = self._lp.optimum(self._most_s)
        if optimum is None:
            return None
        self._note(optimum)
        return self._prices_of(optimum)

    @property
    def _most_s(self) -> float:
        return MOST_S if self._budget is None else self._budget.at_most(MOST_S, 1.0)

    def _note(self, optimum: Optimum) -> None:
        """Remember the value and the mix."""
        self.value = optimum.value
        values = optimum.variables[len(self._uppers) :]
        used = np.flatnonzero(values > _EPSILON)
        self._used = set(used.tolist())
        self._shares = {name: [] for name in self.columns}
        for number, share in zip(used.tolist(), values[used].tolist(), strict=True):
            name, pattern = self._columns[number]
            self._shares[name].append((pattern, share))
        for mine in self._shares.values():
            mine.sort(key=lambda item: -item[1])

    def _prices_of(self, optimum: Optimum) -> Prices:
        n_rows = len(self._matrix.lower)
        rows, links = self._row_prices(optimum), optimum.prices[n_rows : n_rows + len(self._nodes)]
        weights = dict(self._weights)
        for level in self._limited:
            price = max(0.0, -float(optimum.prices[self._limits[level]]))
            weights[level] = weights.get(level, 0.0) + price
        return Prices(rows, links, weights, -math.inf, [], {})

    def _row_prices(self, optimum: Optimum) -> Floats:
        """Return the prices of the relaxation's rows, of the sign that their limits ask for."""
        rows = optimum.prices[: len(self._matrix.lower)]
        rows = np.where(np.isinf(self._matrix.lower), np.minimum(rows, 0), rows)
        found: Floats = np.where(np.isinf(self._matrix.upper), np.maximum(rows, 0), rows)
        return found

    def _price(self, mine: Prices, share: float, n_best: int, most_labels: int) -> int:
        """Find the best patterns at prices mixed with the best so far; return how many are new."""
        if share and self.best is not None:
            mine = mixed(mine, self.best, share)
        shifts = self._forbidding(self._shift_prices(mine))
        offers = self._offers(mine, shifts, n_best, most_labels)
        bound = self._fixed_part(mine) + sum(offers.least.values())
        self.latest = replace(mine, bound=bound, shifts=shifts, least=offers.least)
        if not self._held and bound > self._bound():
            self.best = self.latest
        return self._add_all(offers)

    def _scatter(self, mine: Prices, n_best: int, most_labels: int) -> None:
        """Find good patterns of which each worker's has some of the shifts only, drawn at random.

        This bounds nothing.
        """
        rng = np.random.default_rng(self._n_scattered_left)
        shifts = [
            np.where(rng.random(table.shape) < _SCATTERED_SHARE, table, np.minimum(table, 0.0))
            for table in self._shift_prices(mine)
        ]
        self._add_all(self._offers(mine, self._forbidding(shifts), n_best, most_labels))

    def _offers(
        self, prices: Prices, shifts: Sequence[Floats], n_best: int, most_labels: int
    ) -> Offers:
        return self.patterns.cheapest(
            prices.weights,
            shifts,
            n_best=n_best,
            most_labels=most_labels,
            only=self.columns.keys() - self._held if self._held else None,
        )

    def _forbidding(self, shifts: list[Floats]) -> list[Floats]:
        """Return prices at which nobody takes what is forbidden."""
        for table, mask in zip(shifts, self._forbidden, strict=True):
            table[mask] = -FORBIDDING
        return shifts

    def _add_all(self, offers: Offers) -> int:
        return sum(self.add(each.worker, each.pattern) for each in offers.found)

    def _shift_prices(self, prices: Prices) -> list[Floats]:
        tables = self.patterns.prices()
        for table, cells in zip(tables, self._cells, strict=True):
            np.add.at(table, (cells[:, 0], cells[:, 1]), prices.links[cells[:, 2]])
        return tables

    def _fixed_part(self, prices: Prices) -> float:
        """Return the least at some prices of all that is not a worker's pattern."""
        matrix = self._matrix
        reduced = self._costs(prices.weights)
        reduced -= np.bincount(
            matrix.column, matrix.factor * prices.rows[matrix.row], minlength=len(reduced)
        )
        reduced[self._nodes] += prices.links
        held = np.where(prices.rows > 0, matrix.lower, matrix.upper)
        total = math.fsum((prices.rows * np.where(prices.rows == 0, 0.0, held)).tolist())
        total += math.fsum((np.minimum(reduced, 0.0) * self._uppers).tolist())
        for level, weight in prices.weights.items():
            total += weight * self.constant(level)
            limit_price = weight - self._weights.get(level, 0.0)
            if limit_price:
                total -= limit_price * self._limited[level]
        return total
