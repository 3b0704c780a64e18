"""Presence wanted, in a linear model: workers there by the quarter, less those on their break."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from solver.data.problem import Demand, Shift, Worker
from solver.data.spans import Span
from solver.search.legality import away, break_starts, overlaps
from solver.search.nodes import Nodes
from solver.search.supply import QUARTER, Padding, alike_quarters, steady_presence

_Cover = tuple[frozenset[int], int]
"""Nodes that are there at a moment, and how many are in any case."""

_Gone = frozenset[tuple[int, int]]
"""Variables that count breaks, and how many heads each of them takes away."""


@dataclass(frozen=True, slots=True)
class _Pause:
    """Breaks of a shift that begin at about the same time.

    Parameters
    ----------
    number, size
        The variable that counts them, and how many heads are away in each.
    sure
        When they are away whatever their minute is; may be empty.
    whole
        When some of them may be away.
    """

    number: int
    size: int
    sure: Span
    whole: Span


def add_demands(nodes: Nodes, padding: Padding, *, as_placed: bool) -> None:
    """Add the rows of all demands.

    Parameters
    ----------
    padding
        Workers wanted beyond the problem's.
    as_placed
        Members of a team on the same shift have their break in pairs, if there are crews, and
        breaks begin where days are placed with them, not at any minute.
    """
    _Demands(nodes, padding, as_placed=as_placed).add()


class _Demands:
    def __init__(self, nodes: Nodes, padding: Padding, *, as_placed: bool) -> None:
        self._nodes = nodes
        self._model = nodes.model
        self._problem = nodes.problem
        self._padding = padding
        self._padded: dict[str, list[int]] = defaultdict(list)
        for name, start in padding.demands:
            self._padded[name].append(start)
        self._as_placed = as_placed
        self._has_pairs = as_placed and any(task.is_crew for task in nodes.problem.tasks)
        grids = {demand.span.start % QUARTER for demand in nodes.problem.demands}
        self._has_breaks = len(grids) == 1
        self._grid = min(grids, default=0)

    def add(self) -> None:
        """Add the rows of all demands."""
        pauses: dict[frozenset[str], list[_Pause]] = {}
        steady: dict[frozenset[str], list[Span]] = {}
        for demand in self._problem.demands:
            if demand.skills not in pauses:
                pauses[demand.skills] = self._pauses_of(demand.skills)
                steady[demand.skills] = steady_presence(self._problem, demand)
            self._add_demand(demand, pauses[demand.skills], steady[demand.skills])

    def _add_demand(self, demand: Demand, pauses: Sequence[_Pause], steady: Sequence[Span]) -> None:
        """Add presence and shortage by quarter; alike quarters share their variables."""
        nodes = [
            (shift, node)
            for name, node in self._nodes.by_skills[demand.skills].items()
            if overlaps((shift := self._problem.shift_by_id[name]).span, demand.span)
        ]
        away = [pause for pause in pauses if overlaps(pause.whole, demand.span)]
        near = [span for span in steady if overlaps(span, demand.span)]
        merged: dict[tuple[frozenset[tuple[_Cover, _Gone]], int], int] = defaultdict(int)
        edges = _edges(nodes, near, away)
        edges += [at for start in self._padded[demand.id] for at in (start, start + QUARTER)]
        for quarter, n_alike in alike_quarters(demand.span, edges):
            mine = [pause for pause in away if overlaps(pause.whole, quarter)]
            pad = self._padding.demands.get((demand.id, quarter.start), 0)
            merged[_fewest(_covers(nodes, near, quarter, mine)), pad] += n_alike
        for (covers, pad), n_quarters in merged.items():
            self._add_presence(demand, covers, pad, n_quarters)
        if demand.most and self._has_breaks:
            self._add_surplus(demand, nodes, near, away)

    def _add_presence(
        self, demand: Demand, covers: Iterable[tuple[_Cover, _Gone]], pad: int, n_quarters: int
    ) -> None:
        most = max((heads for heads, _, _ in demand.levels), default=0) + pad
        there = self._model.variable(most)
        for (cover, n_steady), gone in covers:
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
        away: Sequence[_Pause],
    ) -> None:
        """Add who is more than enough; whoever has a break in a quarter is not counted in it."""
        merged: dict[tuple[frozenset[_Cover], _Gone], int] = defaultdict(int)
        for quarter, n_alike in alike_quarters(demand.span, _edges(nodes, steady, away)):
            gone = frozenset((p.number, p.size) for p in away if overlaps(p.whole, quarter))
            covers = frozenset(cover for cover, _ in _covers(nodes, steady, quarter, ()))
            merged[covers, gone] += n_alike
        for (covers, gone), n_quarters in merged.items():
            for heads, level, points in demand.most:
                self._add_over(covers, gone, heads, {level: points * n_quarters})

    def _add_over(
        self,
        covers: Iterable[_Cover],
        gone: _Gone,
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

    def _pauses_of(self, skills: frozenset[str]) -> list[_Pause]:
        """Return when workers with skills may be on their break.

        Those that begin in the same quarter are counted together; a worker away during a shift is
        taken to have it then.
        """
        if not self._has_breaks:
            return []
        books = {worker.rule_book for worker in self._problem.workers}
        found: list[_Pause] = []
        for book in sorted(books):
            able = [w for w in self._nodes.planned if w.skills >= skills and w.rule_book == book]
            nodes = self._nodes.by_skills[skills]
            if len({w.rule_book for w in self._nodes.planned if w.skills >= skills}) > 1:
                only = self._with_breaks(book)
                nodes = self._nodes.count(("book", skills, book), able, only=only)
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
                    found += self._add_pauses(name, book, together, 0, size=2)
                found += self._add_pauses(name, book, terms, n_givens[name])
        return found

    def _with_breaks(self, book: str) -> frozenset[str]:
        """Return the shifts in which somebody with a rule book may have a break."""
        shifts = self._problem.shifts
        return frozenset(s.id for s in shifts if any(True for _ in self._beginnings(s, book)))

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
        self, name: str, book: str, who: Sequence[tuple[int, int]], n_givens: int, size: int = 1
    ) -> list[_Pause]:
        """Add variables for the breaks of those whom some terms, and givens, count."""
        shift: Shift = self._problem.shift_by_id[name]
        most = n_givens + sum(self._model.uppers[n] for n, factor in who if factor > 0)
        pauses = [
            _Pause(
                number=self._model.variable(most, day=shift.day),
                size=size,
                sure=Span(last, first + shift.break_min),
                whole=Span(first, last + shift.break_min),
            )
            for first, last in self._beginnings(shift, book)
        ]
        if pauses:
            terms = [(pause.number, 1) for pause in pauses]
            self._model.at_least([*terms, *((n, -factor) for n, factor in who)], n_givens)
        return pauses

    def _beginnings(self, shift: Shift, book: str) -> Iterator[tuple[int, int]]:
        """Yield the first and last minute at which breaks counted together begin."""
        rules = self._problem.rule_book_by_id[book].rules
        if self._as_placed:
            yield from ((at, at) for at in break_starts(shift, rules, QUARTER))
        elif places := break_starts(shift, rules, 1):
            first = places[0] - (places[0] - self._grid) % QUARTER
            for at in range(first, places[-1] + 1, QUARTER):
                yield max(at, places[0]), min(at + QUARTER - 1, places[-1])


def _edges(
    nodes: Sequence[tuple[Shift, int]], steady: Sequence[Span], pauses: Sequence[_Pause]
) -> list[int]:
    """Return when who may be there, or on a break, changes."""
    spans = [part for shift, _ in nodes for part in shift.parts]
    spans += [*steady, *(span for pause in pauses for span in (pause.sure, pause.whole))]
    return [edge for span in spans for edge in span]


def _covers(
    nodes: Sequence[tuple[Shift, int]],
    steady: Sequence[Span],
    quarter: Span,
    pauses: Sequence[_Pause],
) -> set[tuple[_Cover, _Gone]]:
    """Return who may be there at the moments of a quarter, and which breaks are sure then."""
    parts = [(part, node) for shift, node in nodes for part in shift.parts]
    spans = [*(part for part, _ in parts), *steady, *(pause.sure for pause in pauses)]
    edges = {quarter.start}
    edges |= {edge for span in spans for edge in span if quarter.start < edge < quarter.end}
    return {
        (
            (
                frozenset(node for part, node in parts if part.start <= edge < part.end),
                sum(span.start <= edge < span.end for span in steady),
            ),
            frozenset((p.number, p.size) for p in pauses if p.sure.start <= edge < p.sure.end),
        )
        for edge in edges
    }


def _fewest(covers: Collection[tuple[_Cover, _Gone]]) -> frozenset[tuple[_Cover, _Gone]]:
    """Return the covers at which there may be fewest, less those at which another has no more."""

    def is_no_more(one: tuple[_Cover, _Gone], other: tuple[_Cover, _Gone]) -> bool:
        (mine, n_mine), (theirs, n_theirs) = one[0], other[0]
        return mine <= theirs and n_mine <= n_theirs and one[1] >= other[1]

    return frozenset(
        each
        for each in covers
        if not any(is_no_more(other, each) for other in covers if other != each)
    )
