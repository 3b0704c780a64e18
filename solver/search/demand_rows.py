"""Presence wanted, in a linear model: workers there by the quarter, less those on their break."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from solver.data.problem import Demand, Shift, Worker
from solver.data.spans import Span
from solver.search.legality import away, break_starts, overlaps
from solver.search.nodes import Nodes
from solver.search.supply import QUARTER, Padding, steady_presence

_Cover = tuple[frozenset[int], int]
"""Nodes that are there at a moment, and how many are in any case."""

_Pauses = dict[int, int]
"""Variables that count breaks, by the minute at which they begin."""

_Gone = tuple[int, int]
"""A variable that counts breaks, and how many heads each of them takes away."""


def add_demands(nodes: Nodes, padding: Padding, *, has_pairs: bool) -> None:
    """Add the rows of all demands.

    Parameters
    ----------
    padding
        Workers wanted beyond the problem's.
    has_pairs
        Members of a team on the same shift have their break in pairs.
    """
    _Demands(nodes, padding, has_pairs=has_pairs).add()


class _Demands:
    def __init__(self, nodes: Nodes, padding: Padding, *, has_pairs: bool) -> None:
        self._nodes = nodes
        self._model = nodes.model
        self._problem = nodes.problem
        self._padding = padding
        self._has_pairs = has_pairs
        grids = {demand.span.start % QUARTER for demand in nodes.problem.demands}
        self._has_breaks = len(grids) == 1
        self._grid = min(grids, default=0)

    def add(self) -> None:
        """Add the rows of all demands."""
        pauses: dict[frozenset[str], dict[str, list[tuple[_Pauses, int]]]] = {}
        steady: dict[frozenset[str], list[Span]] = {}
        for demand in self._problem.demands:
            if demand.skills not in pauses:
                pauses[demand.skills] = self._pauses_of(demand.skills)
                steady[demand.skills] = steady_presence(self._problem, demand)
            self._add_demand(demand, pauses[demand.skills], steady[demand.skills])

    def _add_demand(
        self,
        demand: Demand,
        pauses: Mapping[str, Sequence[tuple[_Pauses, int]]],
        steady: Sequence[Span],
    ) -> None:
        """Add presence and shortage by quarter; alike quarters share their variables."""
        nodes = [
            (shift, node)
            for name, node in self._nodes.by_skills[demand.skills].items()
            if overlaps((shift := self._problem.shift_by_id[name]).span, demand.span)
        ]
        away = [
            (Span(at, at + self._problem.shift_by_id[name].break_min), number, size)
            for name, tables in pauses.items()
            if overlaps(self._problem.shift_by_id[name].span, demand.span)
            for table, size in tables
            for at, number in table.items()
            if at < demand.span.end
        ]
        near = [span for span in steady if overlaps(span, demand.span)]
        merged: dict[tuple[frozenset[_Cover], frozenset[_Gone], int], int] = defaultdict(int)
        for start in range(demand.span.start, demand.span.end, QUARTER):
            quarter = Span(start, min(start + QUARTER, demand.span.end))
            covers = _covers(nodes, near, quarter)
            gone = frozenset((n, size) for span, n, size in away if overlaps(span, quarter))
            pad = self._padding.demands.get((demand.id, start), 0)
            merged[covers, gone if len(covers) == 1 else frozenset(), pad] += 1
        for (covers, gone, pad), n_quarters in merged.items():
            self._add_presence(demand, covers, gone, pad, n_quarters)
        if demand.most:
            self._add_surplus(demand, nodes, near, away)

    def _add_presence(
        self,
        demand: Demand,
        covers: Iterable[_Cover],
        gone: frozenset[_Gone],
        pad: int,
        n_quarters: int,
    ) -> None:
        most = max((heads for heads, _, _ in demand.levels), default=0) + pad
        there = self._model.variable(most)
        for cover, n_steady in covers:
            terms = [(there, 1), *((n, -1) for n in sorted(cover))]
            self._model.at_most([*terms, *sorted(gone)], n_steady)
        for heads, level, points in demand.levels:
            short = self._model.variable(heads + pad, {level: points * n_quarters})
            self._model.at_least([(short, 1), (there, 1)], heads + pad)

    def _add_surplus(
        self,
        demand: Demand,
        nodes: Sequence[tuple[Shift, int]],
        steady: Sequence[Span],
        away: Sequence[tuple[Span, int, int]],
    ) -> None:
        """Add who is more than enough; whoever has a break in a quarter is not counted in it."""
        merged: dict[tuple[frozenset[_Cover], frozenset[_Gone]], int] = defaultdict(int)
        for start in range(demand.span.start, demand.span.end, QUARTER):
            quarter = Span(start, min(start + QUARTER, demand.span.end))
            gone = frozenset((n, size) for span, n, size in away if overlaps(span, quarter))
            merged[_covers(nodes, steady, quarter), gone] += 1
        for (covers, gone), n_quarters in merged.items():
            for heads, level, points in demand.most:
                self._add_over(covers, gone, heads, {level: points * n_quarters})

    def _add_over(
        self,
        covers: Iterable[_Cover],
        gone: frozenset[_Gone],
        heads: int,
        points: Mapping[str, int],
    ) -> None:
        sizes = {cover: sum(self._model.uppers[n] for n in cover[0]) + cover[1] for cover in covers}
        most = max(sizes.values()) - heads
        if most <= 0:
            return
        over = self._model.variable(most, points)
        for (nodes, n_steady), size in sizes.items():
            if size > heads:
                terms = [(over, 1), *((n, -1) for n in sorted(nodes)), *sorted(gone)]
                self._model.at_least(terms, n_steady - heads)

    def _pauses_of(self, skills: frozenset[str]) -> dict[str, list[tuple[_Pauses, int]]]:
        """Return by shift when workers with skills may be on their break, and how many are.

        A break that begins inside a quarter does no less harm than one that begins with it, so
        breaks at quarters are enough; a worker away during a shift is taken to have it then.
        """
        if not self._has_breaks:
            return {}
        books = {worker.rule_book for worker in self._problem.workers}
        found: dict[str, list[tuple[_Pauses, int]]] = defaultdict(list)
        for book in sorted(books):
            able = [w for w in self._nodes.planned if w.skills >= skills and w.rule_book == book]
            nodes = self._nodes.by_skills[skills]
            if len({w.rule_book for w in self._nodes.planned if w.skills >= skills}) > 1:
                nodes = self._nodes.count(("book", skills, book), able)
            n_givens: dict[str, int] = defaultdict(int)
            for worker in self._nodes.given_workers:
                if worker.rule_book == book and worker.skills >= skills:
                    for shift in self._nodes.givens[worker.id]:
                        if not any(overlaps(shift.span, span) for span in away(worker)):
                            n_givens[shift.id] += 1
            mine = nodes if able else {}
            pairs = self._pairs_of((skills, book), able)
            for name in sorted(mine.keys() | n_givens.keys()):
                terms = [(mine[name], 1)] if name in mine else []
                if name in pairs:
                    terms += [(pair, -2) for pair in pairs[name]]
                    together = [(pair, 1) for pair in pairs[name]]
                    found[name].append((self._add_pauses(name, book, together, 0), 2))
                found[name].append((self._add_pauses(name, book, terms, n_givens[name]), 1))
        return found

    def _pairs_of(
        self, sort: tuple[frozenset[str], str], able: Sequence[Worker]
    ) -> dict[str, list[int]]:
        """Return by shift what counts the pairs of each team, who have their breaks together."""
        found: dict[str, list[int]] = defaultdict(list)
        if not self._has_pairs:
            return found
        for team in sorted({worker.team for worker in able if worker.team is not None}):
            members = [worker for worker in able if worker.team == team]
            for name, node in self._nodes.count(("pair", team, *sort), members).items():
                pair = self._model.variable(
                    self._model.uppers[node] // 2, day=self._nodes.day_of(name)
                )
                self._model.counted.append(pair)
                self._model.at_most([(pair, 2), (node, -1)], 0)
                self._model.at_most([(node, 1), (pair, -2)], 1)
                found[name].append(pair)
        return found

    def _add_pauses(
        self, name: str, book: str, who: Sequence[tuple[int, int]], n_givens: int
    ) -> _Pauses:
        """Add variables for the breaks of those whom some terms, and givens, count."""
        shift: Shift = self._problem.shift_by_id[name]
        places = break_starts(shift, self._problem.rule_book_by_id[book].rules, 1)
        if not shift.break_min or not places:
            return {}
        size = n_givens + sum(self._model.uppers[n] for n, factor in who if factor > 0)
        first = places[0] - (places[0] - self._grid) % QUARTER
        pauses = {
            at: self._model.variable(size, day=shift.day)
            for at in range(first, places[-1] + 1, QUARTER)
        }
        terms = [(number, 1) for number in pauses.values()]
        self._model.at_least([*terms, *((n, -factor) for n, factor in who)], n_givens)
        return pauses


def _covers(
    nodes: Sequence[tuple[Shift, int]], steady: Sequence[Span], quarter: Span
) -> frozenset[_Cover]:
    """Return what may be there in the stretches of a quarter: nodes, and how many in any case."""
    parts = [(part, node) for shift, node in nodes for part in shift.parts]
    edges = {quarter.start}
    edges |= {e for part, _ in parts for e in part if quarter.start < e < quarter.end}
    edges |= {e for span in steady for e in span if quarter.start < e < quarter.end}
    return frozenset(
        (
            frozenset(node for part, node in parts if part.start <= edge < part.end),
            sum(span.start <= edge < span.end for span in steady),
        )
        for edge in edges
    )
