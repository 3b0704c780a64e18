"""A plain compact CP-SAT model of a problem: what the engine is measured against.

One boolean for each worker and shift, rules as rows over them, people counted by class and shift,
shortage by quarter, tasks by counts. It shares no code with ``solver.search``.

Left out are breaks, travel, who does which task, crews as pairs of one team, and that a worker who
does two tasks needs a way between them. What it finds is therefore less than what a roster with its
shifts costs, and its comparison with the engine, which counts all of that, favours this model. One
rule is kept a little too strictly: the weekly rest holds a day on which nothing begins.
"""

import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ortools.sat.python import cp_model

from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.rules import (
    ConsecutiveDays,
    ContinuousWork,
    RestBetween,
    RestInPeriod,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.spans import Span

LEVEL_WEIGHTS = {"promised": 1000, "rest": 1}
"""What a point of each level weighs in the combined objective; those not named weigh nothing."""

QUARTER_MIN = 15

Term = tuple[cp_model.IntVar, int]
"""A variable and its coefficient."""


@dataclass(frozen=True, slots=True)
class CompactResult:
    """What the compact model found.

    Parameters
    ----------
    value_by_level
        Points of its solution, less than its roster costs; empty when none was found.
    combined
        The levels' weighted sum; nothing when none was found.
    bound
        No solution of the compact model costs less.
    seconds
        Taken, building the model included.
    shifts
        Pairs of worker and planned shift.
    """

    value_by_level: Mapping[str, int]
    combined: int | None
    bound: float
    seconds: float
    shifts: tuple[tuple[str, str], ...] = ()


def combined(value_by_level: Mapping[str, int]) -> int:
    """Return the weighted sum of levels that engine and compact model are compared by."""
    return sum(weight * value_by_level.get(level, 0) for level, weight in LEVEL_WEIGHTS.items())


def solve_compact(
    problem: Problem, *, seconds: float, work: float = math.inf, workers: int = 2, seed: int = 1
) -> CompactResult:
    """Return the best that CP-SAT finds for the compact model.

    Parameters
    ----------
    seconds
        Building included.
    work
        Deterministic work, in CP-SAT's unit; one worker finds the same in it each time.
    """
    began = time.monotonic()
    compact = _Compact(problem)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    # One alone keeps to a strategy that may find nothing for long, unless it takes turns.
    solver.parameters.interleave_search = workers == 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = max(1.0, seconds - (time.monotonic() - began))
    solver.parameters.max_deterministic_time = work
    status = solver.solve(compact.model)
    took = time.monotonic() - began
    bound = solver.best_objective_bound
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return CompactResult({}, None, bound, took)
    values = compact.values(solver)
    return CompactResult(values, combined(values), bound, took, compact.chosen(solver))


class _Compact:
    """The model, and what each level pays in it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self._paid: dict[str, list[Term]] = defaultdict(list)
        self._always: dict[str, int] = defaultdict(int)
        self.staff = [_Person(self, worker) for worker in problem.workers]
        _Counts(self).post()
        if problem.team_needs_lead:
            self._post_leads()
        self.model.minimize(
            _weighted(
                [
                    (variable, points * LEVEL_WEIGHTS.get(level, 0))
                    for level, terms in self._paid.items()
                    for variable, points in terms
                ]
            )
            + sum(LEVEL_WEIGHTS.get(level, 0) * points for level, points in self._always.items())
        )

    def pay(self, level: str, terms: Iterable[Term], always: int = 0) -> None:
        """Let a level pay for the values of variables, and a fixed number of points."""
        self._paid[level] += terms
        self._always[level] += always

    def at_most(self, terms: Sequence[Term], limit: int) -> None:
        """Post a row, unless it cannot be broken."""
        if sum(max(0, factor) for _, factor in terms) > limit or any(f < 0 for _, f in terms):
            self.model.add(_weighted(terms) <= limit)

    def values(self, solver: cp_model.CpSolver) -> dict[str, int]:
        """Return what each level pays in the solution."""
        return {
            level: self._always[level]
            + sum(points * solver.value(variable) for variable, points in self._paid[level])
            for level in self.problem.levels
        }

    def chosen(self, solver: cp_model.CpSolver) -> tuple[tuple[str, str], ...]:
        """Return the pairs of worker and shift in the solution."""
        return tuple(
            (person.worker.id, shift)
            for person in self.staff
            for shift, variable in person.does.items()
            if solver.boolean_value(variable)
        )

    def _post_leads(self) -> None:
        """Let nobody of a team begin a shift that none of its leads begins."""
        leads: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
        given = set()
        for person in self.staff:
            team = person.worker.team
            if team is not None and person.worker.is_lead:
                for shift, variable in person.does.items():
                    leads[team, shift].append(variable)
                given |= {(team, fact.shift) for fact in person.worker.facts if fact.shift}
        for person in self.staff:
            team = person.worker.team
            if team is None or person.worker.is_lead:
                continue
            for shift, variable in person.does.items():
                if (team, shift) not in given:
                    self.at_most([(variable, 1), *((lead, -1) for lead in leads[team, shift])], 0)


class _Person:
    """One worker's shifts: which, by which rules, at what price."""

    def __init__(self, compact: _Compact, worker: Worker) -> None:
        self.compact = compact
        self.problem = compact.problem
        self.worker = worker
        self.rules = self.problem.rule_book_by_id[worker.rule_book].rules
        self.given = sorted(part for fact in worker.facts for part in fact.parts)
        self.busy = sorted([*self.given, *worker.bound])
        self.does = {
            shift.id: compact.model.new_bool_var("") for shift in self._open() if self._fits(shift)
        }
        self.on_day: dict[int, list[Shift]] = defaultdict(list)
        for name in self.does:
            shift = self.problem.shift_by_id[name]
            self.on_day[shift.day].append(shift)
        self._post_rules()
        self._pay()

    def terms(self, shifts: Iterable[Shift], factor: int = 1) -> list[Term]:
        """Return the shifts' variables with one coefficient."""
        return [(self.does[shift.id], factor) for shift in shifts]

    def _open(self) -> Iterator[Shift]:
        """Yield offered shifts that touch nothing fixed."""
        taken = [*self.worker.blocked, *self.worker.bound]
        facts = [fact.span for fact in self.worker.facts]
        for name in self.worker.shifts:
            shift = self.problem.shift_by_id[name]
            is_over = any(_meet(part, span) for part in shift.parts for span in taken)
            if not is_over and not any(_meet(shift.span, fact) for fact in facts):
                yield shift

    def _fits(self, shift: Shift) -> bool:
        """Tell whether a shift keeps the rules beside what is fixed."""
        longest = max(part.length for part in shift.parts)
        for rule in self.rules:
            if isinstance(rule, RestBetween) and any(
                _meet(Span(fact.span.start, fact.span.end + rule.rest_min), shift.span)
                or _meet(Span(shift.span.start, shift.span.end + rule.rest_min), fact.span)
                for fact in self.worker.facts
            ):
                return False
            if isinstance(rule, ContinuousWork):
                most = rule.most_min if not shift.break_min else 2 * rule.most_min + shift.break_min
                if longest > most:
                    return False
            if isinstance(rule, RestInPeriod) and any(
                self._breaks_rest(rule, period, shift)
                for period in rule.periods
                if _meet(period, shift.span)
            ):
                return False
        return True

    def _breaks_rest(self, rule: RestInPeriod, period: Span, *shifts: Shift) -> bool:
        """Tell whether shifts leave too little rest in a period that has enough without them."""
        fixed = [*self.busy, *(self.worker.standby if rule.standby_breaks_rest else ())]
        parts = [part for shift in shifts for part in shift.parts]
        if _longest_rest([*fixed, *parts], period) >= rule.rest_min:
            return False
        return _longest_rest(fixed, period) >= rule.rest_min

    def _post_rules(self) -> None:
        self._post_apart(0)
        for rule in self.rules:
            match rule:
                case ShiftsPerDay():
                    self._post_shifts_per_day(rule.most)
                case RestBetween():
                    self._post_apart(rule.rest_min)
                case RestInPeriod():
                    self._post_rests(rule)
                case WorkingTime():
                    for period in rule.periods:
                        left = rule.most_min - self._given_min(period)
                        self.compact.at_most(self._counted(period), max(0, left))
                case ConsecutiveDays():
                    self._post_days_in_row(rule.most)
                case ContinuousWork():
                    pass  # kept by leaving shifts out

    def _post_shifts_per_day(self, most: int) -> None:
        for day, shifts in self.on_day.items():
            n_given = sum(fact.day == day for fact in self.worker.facts)
            self.compact.at_most(self.terms(shifts), max(0, most - n_given))

    def _post_rests(self, rule: RestInPeriod) -> None:
        for period in rule.periods:
            if not _meet(period, self.problem.horizon):
                continue
            if period.length <= 25 * 60:  # a day, or the one on which clocks go back
                self._post_short_period(rule, period)
            else:
                self._post_long_period(rule, period)

    def _post_apart(self, rest_min: int) -> None:
        """Keep shifts apart: those that hold a moment, with their rest, are a clique."""
        shifts = [shift for found in self.on_day.values() for shift in found]
        cliques = {
            frozenset(
                shift.id
                for shift in shifts
                if shift.span.start <= moment < shift.span.end + rest_min
            )
            for moment in {shift.span.start for shift in shifts}
        }
        for clique in _largest(cliques):
            self.compact.model.add_at_most_one(self.does[name] for name in sorted(clique))

    def _post_short_period(self, rule: RestInPeriod, period: Span) -> None:
        """Forbid pairs of one day and the next that leave too little rest in about a day."""
        days = sorted(
            day
            for day, shifts in self.on_day.items()
            if any(_meet(shift.span, period) for shift in shifts)
        )
        for day, after in pairwise(days):
            groups: dict[frozenset[str], list[Shift]] = defaultdict(list)
            for one in self.on_day[day]:
                clashes = frozenset(
                    other.id
                    for other in self.on_day[after]
                    if _meet(one.span, period)
                    and _meet(other.span, period)
                    and self._breaks_rest(rule, period, one, other)
                )
                if clashes:
                    groups[clashes].append(one)
            for clashes in groups:
                first = [one for wide, ones in groups.items() if clashes <= wide for one in ones]
                second = [(self.does[name], 1) for name in sorted(clashes)]
                self.compact.at_most([*self.terms(first), *second], 1)

    def _post_long_period(self, rule: RestInPeriod, period: Span) -> None:
        """Ask for a day without a start that lies in a rest long enough."""
        fixed = [*self.busy, *(self.worker.standby if rule.standby_breaks_rest else ())]
        if _longest_rest(fixed, period) < rule.rest_min:
            return
        rests = []
        for number, day in enumerate(self.problem.days):
            is_inside = 2 * _shared(day, period) > day.length
            if not is_inside or any(day.start <= span.start < day.end for span in fixed):
                continue
            first = max([period.start, *(span.end for span in fixed if span.start < day.start)])
            last = min([period.end, *(span.start for span in fixed if span.start >= day.end)])
            if last - first >= rule.rest_min:
                rests.append(self._rest_over(number, Span(first, last), rule.rest_min))
        self.compact.model.add_bool_or(rests)

    def _rest_over(self, day: int, room: Span, rest_min: int) -> cp_model.IntVar:
        """Return whether a rest inside ``room`` holds a day on which nothing begins."""
        rests = self.compact.model.new_bool_var("")
        before, after = self.on_day.get(day - 1, ()), self.on_day.get(day + 1, ())
        self.compact.at_most([(rests, 1), *self.terms(self.on_day.get(day, ()))], 1)
        too_late = [shift for shift in before if room.end - shift.span.end < rest_min]
        too_soon = [shift for shift in after if shift.span.start - room.start < rest_min]
        for shifts in (too_late, too_soon):
            self.compact.at_most([(rests, 1), *self.terms(shifts)], 1)
        for late, soon in self._too_near(before, after, rest_min):
            self.compact.at_most([(rests, 1), *self.terms(late), *self.terms(soon)], 2)
        return rests

    def _too_near(
        self, before: Sequence[Shift], after: Sequence[Shift], rest_min: int
    ) -> Iterator[tuple[list[Shift], list[Shift]]]:
        """Yield sets of shifts of two days of which any two lie less than ``rest_min`` apart."""
        seen = set()
        for end in sorted({shift.span.end for shift in before}):
            soon = [shift for shift in after if shift.span.start < end + rest_min]
            if soon and len(soon) not in seen:
                seen.add(len(soon))
                yield [shift for shift in before if shift.span.end >= end], soon

    def _post_days_in_row(self, most: int) -> None:
        given = {fact.day for fact in self.worker.facts}
        given |= {
            number
            for number, day in enumerate(self.problem.days)
            if any(day.start <= span.start < day.end for span in self.worker.bound)
        }
        for first in range(len(self.problem.days) - most):
            row = range(first, first + most + 1)
            shifts = [s for day in row if day not in given for s in self.on_day.get(day, ())]
            n_given = sum(day in given for day in row)
            if (
                shifts
                and n_given + sum(day in self.on_day for day in row if day not in given) > most
            ):
                self.compact.at_most(self.terms(shifts), most - n_given)

    def _counted(self, period: Span) -> list[Term]:
        return [
            (self.does[shift.id], shift.counted_min[self.worker.rule_book])
            for shifts in self.on_day.values()
            for shift in shifts
            if period.start <= shift.span.start < period.end
        ]

    def _given_min(self, period: Span) -> int:
        """Return counted minutes of facts, and of bound time outside them."""
        counted = [(fact.span.start, fact.counted_min) for fact in self.worker.facts]
        counted += [
            (span.start, span.length - sum(_shared(span, part) for part in self.given))
            for span in self.worker.bound
        ]
        return sum(minutes for start, minutes in counted if period.start <= start < period.end)

    def _pay(self) -> None:
        self._pay_preferences()
        self._pay_hours()
        self._pay_shares()
        self._pay_short_rests()
        self._pay_changes()

    def _pay_preferences(self) -> None:
        for wish in self.worker.preferences:
            matching = [
                shift
                for day in wish.days
                for shift in self.on_day.get(day, ())
                if not wish.kinds or shift.kind in wish.kinds
            ]
            is_given = any(
                fact.day in wish.days
                and self.problem.horizon.start <= fact.span.start < self.problem.horizon.end
                and (not wish.kinds or self._kind(fact.shift) in wish.kinds)
                for fact in self.worker.facts
            )
            if is_given or not matching:
                always = wish.points if is_given != wish.when_absent else 0
                self.compact.pay(wish.level, (), always)
                continue
            matched = self.compact.model.new_bool_var("")
            self.compact.model.add_max_equality(matched, [self.does[s.id] for s in matching])
            sign = -1 if wish.when_absent else 1
            always = wish.points if wish.when_absent else 0
            self.compact.pay(wish.level, [(matched, sign * wish.points)], always)

    def _kind(self, shift: str | None) -> str:
        return self.problem.shift_by_id[shift].kind if shift else ""

    def _pay_hours(self) -> None:
        for target in self.worker.hours:
            counted = self._counted(target.period)
            missing = target.target_min - self._given_min(target.period)
            most = sum(minutes for _, minutes in counted)
            step = target.step_min
            over = self.compact.model.new_int_var(0, -(-max(0, most - missing) // step), "")
            under = self.compact.model.new_int_var(0, -(-max(0, missing) // step), "")
            self.compact.at_most([*counted, (over, -step)], missing)
            self.compact.at_most([*((v, -m) for v, m in counted), (under, -step)], -missing)
            self.compact.pay(target.level, [(over, target.over_points)])
            self.compact.pay(target.level, [(under, target.under_points)])

    def _pay_shares(self) -> None:
        horizon = self.problem.horizon
        for share in self.worker.fair_shares:
            tagged = [s for day in self.on_day.values() for s in day if share.tag in s.tags]
            n_days = len({shift.day for shift in tagged})
            left = share.share - sum(
                share.tag in fact.tags and horizon.start <= fact.span.start < horizon.end
                for fact in self.worker.facts
            )
            above = [self.compact.model.new_bool_var("") for _ in range(max(0, n_days - left))]
            for number, variable in enumerate(above, start=1):
                self.compact.pay(share.level, [(variable, share.points * number)])
            self.compact.at_most([*self.terms(tagged), *((v, -1) for v in above)], left)

    def _pay_short_rests(self) -> None:
        wanted = self.worker.short_rest
        if wanted is None:
            return
        for day, shifts in self.on_day.items():
            is_short = self.compact.model.new_bool_var("")
            for fact in self.worker.facts:
                near = [s for s in shifts if 0 <= s.span.start - fact.span.end < wanted.below_min]
                self.compact.at_most([*self.terms(near), (is_short, -1)], 0)
            for late, soon in self._too_near(
                self.on_day.get(day - 1, ()), shifts, wanted.below_min
            ):
                self.compact.at_most([*self.terms(late), *self.terms(soon), (is_short, -1)], 1)
            self.compact.pay(wanted.level, [(is_short, wanted.points)])

    def _pay_changes(self) -> None:
        """Let days pay that differ from the reference; tasks have no names here."""
        reference = self.problem.reference
        if reference is None:
            return
        own = {shift for worker, shift in reference.shifts if worker == self.worker.id}
        points = reference.shift_points
        for shifts in self.on_day.values():
            kept = [shift for shift in shifts if shift.id in own]
            if kept:
                self.compact.pay(reference.level, self.terms(kept, -points), points)
            else:
                self.compact.pay(reference.level, self.terms(shifts, points))


class _Counts:
    """Workers of one class on one shift, the shortage that they leave and the tasks they can do."""

    def __init__(self, compact: _Compact) -> None:
        self.compact = compact
        self.problem = compact.problem
        doing: dict[tuple[frozenset[str], str], list[cp_model.IntVar]] = defaultdict(list)
        self.given: dict[tuple[frozenset[str], str], int] = defaultdict(int)
        for person in compact.staff:
            for shift, variable in person.does.items():
                doing[person.worker.skills, shift].append(variable)
            for fact in person.worker.facts:
                if fact.shift is not None:
                    self.given[person.worker.skills, fact.shift] += 1
        self.n: dict[tuple[frozenset[str], str], cp_model.IntVar] = {}
        for key, variables in doing.items():
            self.n[key] = compact.model.new_int_var(0, len(variables), "")
            compact.model.add(sum(variables) == self.n[key])
        self.keys = sorted(set(self.n) | set(self.given), key=lambda key: (sorted(key[0]), key[1]))

    def post(self) -> None:
        """Post demands and tasks."""
        self._post_demands()
        self._post_tasks()

    def _post_demands(self) -> None:
        """Let quarters with the same workers, hour by hour, share one shortage."""
        for skills in {demand.skills for demand in self.problem.demands}:
            there = _Presence(self, skills)
            for demand in self.problem.demands:
                if demand.skills != skills:
                    continue
                n_quarters: dict[frozenset[tuple[tuple[int, ...], int]], int] = defaultdict(int)
                for start in range(demand.span.start, demand.span.end, QUARTER_MIN):
                    quarter = Span(start, min(start + QUARTER_MIN, demand.span.end))
                    n_quarters[frozenset(there.moments(quarter))] += 1
                for moments, times in n_quarters.items():
                    for heads, level, points in demand.levels:
                        short = self.compact.model.new_int_var(0, heads, "")
                        self.compact.pay(level, [(short, points * times)])
                        for numbers, n_given in moments:
                            terms = [(self.n[there.keys[number]], -1) for number in numbers]
                            self.compact.at_most([*terms, (short, -1)], n_given - heads)

    def _post_tasks(self) -> None:
        doing: dict[frozenset[int], list[tuple[Span, Term]]] = defaultdict(list)
        """By those who can: when, and heads at work when a variable is 1."""
        able: dict[tuple[frozenset[str], Span], frozenset[int]] = {}
        for task in self.problem.tasks:
            unit = task.heads if task.is_crew and task.heads == 2 else 1
            missing = self.compact.model.new_int_var(0, task.heads // unit, "")
            self.compact.pay(task.level, [(missing, unit * task.missing_points)])
            done = []
            for start in self._starts(task):
                span = Span(start, start + task.duration_min)
                key = task.skills, span
                if key not in able:
                    able[key] = frozenset(self._able(*key))
                heads = self.compact.model.new_int_var(0, task.heads // unit, "")
                done.append(heads)
                doing[able[key]].append((span, (heads, unit)))
            self.compact.model.add(sum(done) + missing == task.heads // unit)
            if len(done) > 1 and task.heads // unit > 1:
                chosen = [self.compact.model.new_bool_var("") for _ in done]
                self.compact.model.add_at_most_one(chosen)
                for heads, is_chosen in zip(done, chosen, strict=True):
                    self.compact.at_most([(heads, 1), (is_chosen, -task.heads)], 0)
        self._post_hall(doing)

    def _starts(self, task: Task) -> Iterable[int]:
        return {lock.start for lock in task.locks} or task.starts

    def _able(self, skills: frozenset[str], span: Span) -> Iterator[int]:
        """Yield the classes and shifts whose workers can do a task at a time."""
        for number, (has, shift) in enumerate(self.keys):
            if skills <= has and any(
                part.start <= span.start and span.end <= part.end
                for part in self.problem.shift_by_id[shift].open_parts
            ):
                yield number

    def _post_hall(self, doing: Mapping[frozenset[int], list[tuple[Span, Term]]]) -> None:
        """Give tasks at the same moment no more heads than there are who can do one of them.

        Rows are posted for those who can do one sort of task, and for all who can do any.
        """
        moments = sorted({span.start for tasks in doing.values() for span, _ in tasks})
        posted = set()
        for moment in moments:
            active: dict[frozenset[int], list[Term]] = {}
            for able, tasks in doing.items():
                terms = [term for span, term in tasks if span.start <= moment < span.end]
                if terms:
                    active[able] = terms
            for those in {*active, frozenset().union(*active)}:
                terms = [t for able, found in active.items() if able <= those for t in found]
                key = those, frozenset(variable.index for variable, _ in terms)
                if key in posted:
                    continue
                posted.add(key)
                people = [(self.n[k], -1) for n in sorted(those) if (k := self.keys[n]) in self.n]
                n_given = sum(self.given.get(self.keys[n], 0) for n in those)
                self.compact.at_most([*terms, *people], n_given)


class _Presence:
    """Who with some skills is at work when: planned ones by class and shift, facts by number."""

    def __init__(self, counts: _Counts, skills: frozenset[str]) -> None:
        self.keys = [key for key in counts.n if skills <= key[0]]
        self._parts = [
            (part, number)
            for number, (_, shift) in enumerate(self.keys)
            for part in counts.problem.shift_by_id[shift].parts
        ]
        self._given = [
            piece
            for worker in counts.problem.workers
            if skills <= worker.skills
            for fact in worker.facts
            for part in fact.parts
            for piece in _without(part, [*worker.bound, *worker.blocked])
        ]

    def moments(self, quarter: Span) -> Iterator[tuple[tuple[int, ...], int]]:
        """Yield the planned ones, by number, and how many facts there are at each moment."""
        parts = [(part, number) for part, number in self._parts if _meet(part, quarter)]
        given = [part for part in self._given if _meet(part, quarter)]
        edges = {edge for part, _ in parts for edge in part} | {e for part in given for e in part}
        for moment in {quarter.start, *(e for e in edges if quarter.start < e < quarter.end)}:
            yield (
                tuple(number for part, number in parts if part.start <= moment < part.end),
                sum(part.start <= moment < part.end for part in given),
            )


def _weighted(terms: Sequence[Term]) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [factor for _, factor in terms])


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _longest_rest(busy: Iterable[Span], period: Span) -> int:
    """Return the longest stretch of a period without anything busy."""
    longest, free_from = 0, period.start
    for span in sorted(span for span in busy if _meet(span, period)):
        longest = max(longest, span.start - free_from)
        free_from = max(free_from, span.end)
    return max(longest, period.end - free_from)


def _without(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    start = span.start
    for hole in sorted(hole for hole in holes if _meet(hole, span)):
        if hole.start > start:
            yield Span(start, hole.start)
        start = max(start, hole.end)
    if start < span.end:
        yield Span(start, span.end)


def _largest(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Return the sets that lie in no other, in a fixed order."""
    found = list(sets)
    largest = [one for one in found if len(one) > 1 and not any(one < other for other in found)]
    return sorted(largest, key=sorted)
