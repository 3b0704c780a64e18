"""Refuses problems that contradict themselves, naming the field."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from solver.data.errors import InvalidProblemError, shown
from solver.data.most_points import check_most_points
from solver.data.pairings import Pairing
from solver.data.rules import (
    ANY_WORK,
    SOFT,
    ConsecutiveDays,
    ConsecutiveDaysOff,
    CountOfShifts,
    ForbiddenSequence,
    RestInPeriod,
    Rule,
    TasksPerShift,
    Weekends,
    WorkingTime,
)
from solver.data.spans import Span

if TYPE_CHECKING:
    from solver.data.problem import Demand, Fact, Problem, Shift, Task, Worker

FARTHEST_MIN = 10**7
"""How far from minute 0 a time may lie, and how many minutes anything may take: 19 years."""

LONGEST_HORIZON_MIN = 53 * 7 * 24 * 60 + 60
"""A year of whole weeks, with the hour that a clock change may add."""

MOST_HEADS = 10_000
"""Heads that a task or a demand may want."""

MOST_STARTS = 100_000
"""Starts that a task may choose from."""

MOST_IN_A_ROW = 1000
"""Days in a row that a rule may speak of."""

MOST_STEPS = 31
"""Days of a sequence."""

MOST_SEED = 2**53


def validate(problem: "Problem") -> None:
    """Raise ``InvalidProblemError`` unless every name exists and every number makes sense."""
    _check_names(problem)
    _check_frame(problem)
    for shift in problem.shifts:
        _check_shift(problem, shift)
    for worker in problem.workers:
        _check_worker(problem, worker)
    for task in problem.tasks:
        _check_task(problem, task)
    for demand in problem.demands:
        _check_demand(problem, demand)
    _check_reference(problem)
    for number, pairing in enumerate(problem.pairings):
        _check_pairing(problem, f"Problem.pairings[{number}]", pairing)
    for link in problem.links:
        _within(f"Link {shown(link.id)}.most", link.most, 1, MOST_HEADS)
        _check_points(f"Link {shown(link.id)}.points", link.points)
        if link.level is not None:
            _check_level(problem, f"Link {shown(link.id)}.level", link.level)
    check_most_points(problem)


def _check_names(problem: "Problem") -> None:
    _unique("Problem.shifts", (shift.id for shift in problem.shifts))
    _unique("Problem.workers", (worker.id for worker in problem.workers))
    _unique("Problem.tasks", (task.id for task in problem.tasks))
    _unique("Problem.demands", (demand.id for demand in problem.demands))
    _unique("Problem.links", (link.id for link in problem.links))
    _unique("Problem.rule_books", (book.id for book in problem.rule_books))
    _unique("Problem.levels", problem.levels)


def _check_frame(problem: "Problem") -> None:
    """Check what is of the problem as a whole."""
    _check_spans("Problem.horizon", (problem.horizon,))
    _within("Problem.horizon's length", problem.horizon.length, 1, LONGEST_HORIZON_MIN)
    _check_row("Problem.days", problem.days)
    _within("Problem.seed", problem.seed, 0, MOST_SEED)
    for book in problem.rule_books:
        for number, rule in enumerate(book.rules):
            name = f"RuleBook {shown(book.id)}.rules[{number}]"
            if isinstance(rule, RestInPeriod):
                _check_row(f"{name}.periods", rule.periods)
                _within(f"{name}.rest_min", rule.rest_min, 1, FARTHEST_MIN)
            elif isinstance(rule, WorkingTime | CountOfShifts):
                _check_spans(f"{name}.periods", rule.periods)
            _check_soft_rule(problem, name, rule)
    for mode, matrix in problem.travel.items():
        if matrix:
            name = f"Problem.travel[{shown(mode)}]"
            _within(name, min(matrix.values()), 0, FARTHEST_MIN)
            _within(name, max(matrix.values()), 0, FARTHEST_MIN)
    _check_points("Problem.travel_points", problem.travel_points)
    if problem.travel_level is not None:
        _check_level(problem, "Problem.travel_level", problem.travel_level)


def _check_soft_rule(problem: "Problem", name: str, rule: Rule) -> None:
    if isinstance(rule, SOFT):
        _check_points(f"{name}.points", rule.points)
        if rule.level is not None:
            _check_level(problem, f"{name}.level", rule.level)
    match rule:
        case WorkingTime():
            _within(f"{name}.least_min", rule.least_min, 0, FARTHEST_MIN)
            _within(f"{name}.step_min", rule.step_min, 1, FARTHEST_MIN)
        case CountOfShifts() | TasksPerShift():
            _within(f"{name}.least", rule.least, 0, FARTHEST_MIN)
        case ConsecutiveDays() | ConsecutiveDaysOff():
            _within(f"{name}.least", rule.least, 1, MOST_IN_A_ROW)
            _within(f"{name}.most", rule.most or 0, 0, MOST_IN_A_ROW)
            _check_days(problem, f"{name}.days", rule.days)
        case Weekends():
            _check_weekends(problem, name, rule)
        case ForbiddenSequence():
            for steps in rule.sequences:
                _within(f"{name}.sequences' number of steps", len(steps), 2, MOST_STEPS)
            _check_days(problem, f"{name}.first_days", rule.first_days)
        case _:
            pass


def _check_weekends(problem: "Problem", name: str, rule: Weekends) -> None:
    if any(not weekend for weekend in rule.weekends):
        raise InvalidProblemError(f"{name}.weekends has one without days.")
    days = [day for weekend in rule.weekends for day in weekend]
    _check_days(problem, f"{name}.weekends", days)
    if any(one >= other for one, other in pairwise(days)):
        raise InvalidProblemError(f"{name}.weekends overlap or are not in order.")


def _check_shift(problem: "Problem", shift: "Shift") -> None:
    name = f"Shift {shown(shift.id)}"
    _check_day(problem, name, shift.day)
    if shift.kind == ANY_WORK:
        raise InvalidProblemError(f"{name}.kind is {shown(ANY_WORK)}, which stands for any work.")
    _check_parts(name, shift.parts)
    if any(before.end == after.start for before, after in pairwise(shift.parts)):
        raise InvalidProblemError(f"{name}.parts touch; what touches is one part.")
    start = shift.parts[0].start
    if not problem.horizon.start <= start < problem.horizon.end:
        raise InvalidProblemError(f"{name}.parts begin at {start}, outside Problem.horizon.")
    _within(f"{name}.lead_in_min", shift.lead_in_min, 0, FARTHEST_MIN)
    _within(f"{name}.lead_out_min", shift.lead_out_min, 0, FARTHEST_MIN)
    for book, minutes in shift.counted_min.items():
        _within(f"{name}.counted_min[{shown(book)}]", minutes, 0, FARTHEST_MIN)
    longest = max(part.length for part in shift.parts)
    if not 0 <= shift.break_min < longest:
        raise InvalidProblemError(
            f"{name}.break_min is {shift.break_min}; it must be 0 or more and fit into a part."
        )


def _check_worker(problem: "Problem", worker: "Worker") -> None:
    name = f"Worker {shown(worker.id)}"
    if worker.rule_book not in problem.rule_book_by_id:
        raise InvalidProblemError(f"{name}.rule_book {shown(worker.rule_book)} is unknown.")
    _unique(f"{name}.shifts", worker.shifts)
    for wanted in worker.shifts:
        shift = problem.shift_by_id.get(wanted)
        if shift is None:
            raise InvalidProblemError(f"{name}.shifts names unknown {shown(wanted)}.")
        if worker.rule_book not in shift.counted_min:
            raise InvalidProblemError(
                f"Shift {shown(wanted)}.counted_min lacks rule book {shown(worker.rule_book)}."
            )
    for fact in worker.facts:
        _check_fact(problem, fact)
    if any(before.span.start > after.span.start for before, after in pairwise(worker.facts)):
        raise InvalidProblemError(f"{name}.facts are not in the order of their starts.")
    # Who is away may be so for ever: these may reach as far as they like.
    _check_not_empty(f"{name}.blocked", worker.blocked)
    _check_not_empty(f"{name}.bound", worker.bound)
    _check_not_empty(f"{name}.standby", worker.standby)
    _check_spans(f"{name}.skill_spans", (span for _, span in worker.skill_spans))
    for skill, _ in worker.skill_spans:
        if skill not in worker.skills:
            raise InvalidProblemError(
                f"{name}.skill_spans names {shown(skill)}, not of its skills."
            )
    _check_wants(problem, worker, name)


def _check_fact(problem: "Problem", fact: "Fact") -> None:
    name = f"Fact {shown(fact.id)}"
    _check_day(problem, name, fact.day)
    _check_parts(name, fact.parts)
    _within(f"{name}.counted_min", fact.counted_min, 0, FARTHEST_MIN)
    if fact.shift is None:
        return
    shift = problem.shift_by_id.get(fact.shift)
    if shift is None:
        raise InvalidProblemError(f"{name}.shift {shown(fact.shift)} is unknown.")
    if fact.kind not in {"", shift.kind}:
        raise InvalidProblemError(
            f"{name}.kind is {shown(fact.kind)}; that of its shift is {shown(shift.kind)}."
        )
    if shift.parts != fact.parts:
        raise InvalidProblemError(f"{name}.parts differ from those of its shift.")


def _check_wants(problem: "Problem", worker: "Worker", name: str) -> None:
    for number, preference in enumerate(worker.preferences):
        field = f"{name}.preferences[{number}]"
        _check_level(problem, f"{field}.level", preference.level)
        _check_points(f"{field}.points", preference.points)
        _check_days(problem, f"{field}.days", preference.days)
    for number, share in enumerate(worker.fair_shares):
        field = f"{name}.fair_shares[{number}]"
        _check_level(problem, f"{field}.level", share.level)
        _check_points(f"{field}.points", share.points)
        _within(f"{field}.share", share.share, 0, FARTHEST_MIN)
    for number, target in enumerate(worker.hours):
        field = f"{name}.hours[{number}]"
        _check_level(problem, f"{field}.level", target.level)
        _check_points(f"{field}.over_points", target.over_points)
        _check_points(f"{field}.under_points", target.under_points)
        _check_spans(f"{field}.period", (target.period,))
        _within(f"{field}.target_min", target.target_min, 0, FARTHEST_MIN)
        _within(f"{field}.step_min", target.step_min, 1, FARTHEST_MIN)
    for number, extra in enumerate(worker.extra_times):
        field = f"{name}.extra_times[{number}]"
        _check_row(f"{field}.periods", extra.periods)
        _within(f"{field}.from_min", extra.from_min, 0, FARTHEST_MIN)
        until_min = FARTHEST_MIN if extra.until_min is None else extra.until_min
        _within(f"{field}.until_min", until_min, extra.from_min, FARTHEST_MIN)
        _within(f"{field}.most_min", extra.most_min, 0, FARTHEST_MIN)
        _within(f"{field}.used_min", extra.used_min, 0, FARTHEST_MIN)
        _within(f"{field}.step_min", extra.step_min, 1, FARTHEST_MIN)
        _check_points(f"{field}.points", extra.points)
        if extra.level is not None:
            _check_level(problem, f"{field}.level", extra.level)
    if worker.short_rest is not None:
        _check_level(problem, f"{name}.short_rest.level", worker.short_rest.level)
        _check_points(f"{name}.short_rest.points", worker.short_rest.points)
        _within(f"{name}.short_rest.below_min", worker.short_rest.below_min, 0, FARTHEST_MIN)


def _check_task(problem: "Problem", task: "Task") -> None:
    name = f"Task {shown(task.id)}"
    _within(f"{name}.earliest_start", task.earliest_start, -FARTHEST_MIN, FARTHEST_MIN)
    _within(f"{name}.latest_start", task.latest_start, task.earliest_start, FARTHEST_MIN)
    _within(f"{name}.duration_min", task.duration_min, 0, FARTHEST_MIN)
    _within(f"{name}.step_min", task.step_min, 1, FARTHEST_MIN)
    if len(task.starts) > MOST_STARTS:
        raise InvalidProblemError(
            f"{name}.latest_start leaves {len(task.starts)} starts; the most is {MOST_STARTS}."
        )
    _within(f"{name}.heads", task.heads, 1, MOST_HEADS)
    if task.is_crew and task.heads % 2:
        raise InvalidProblemError(f"{name}.heads is {task.heads}; for crews it must be even.")
    _check_level(problem, f"{name}.level", task.level)
    _check_points(f"{name}.missing_points", task.missing_points)
    if task.familiar_level is not None:
        _check_level(problem, f"{name}.familiar_level", task.familiar_level)
    _check_points(f"{name}.unfamiliar_points", task.unfamiliar_points)
    if task.link is not None and all(link.id != task.link for link in problem.links):
        raise InvalidProblemError(f"{name}.link {shown(task.link)} is unknown.")
    for worker, points in task.familiar.items():
        _check_points(f"{name}.familiar[{shown(worker)}]", points)
    _check_skills(name, task)
    for lock in task.locks:
        if lock.worker not in problem.worker_by_id:
            raise InvalidProblemError(f"{name}.locks names unknown {shown(lock.worker)}.")
        _within(f"{name}.locks", lock.start, -FARTHEST_MIN, FARTHEST_MIN)


def _check_skills(name: str, task: "Task") -> None:
    for field, by_skill in (("preferred", task.preferred), ("disliked", task.disliked)):
        for skill, points in by_skill.items():
            _check_points(f"{name}.{field}[{shown(skill)}]", points)
        if by_skill and task.familiar_level is None:
            raise InvalidProblemError(f"{name}.{field} needs a familiar_level.")
    for skill in sorted(task.skills & task.excluded):
        raise InvalidProblemError(f"{name}.excluded has {shown(skill)}, which it asks for too.")


def _check_demand(problem: "Problem", demand: "Demand") -> None:
    name = f"Demand {shown(demand.id)}"
    _check_spans(f"{name}.span", (demand.span,))
    for heads, level, points in demand.levels:
        _within(f"{name}.levels", heads, 0, MOST_HEADS)
        _check_level(problem, f"{name}.levels", level)
        _check_points(f"{name}.levels", points)
    for heads, level, points in demand.most:
        _within(f"{name}.most", heads, 0, MOST_HEADS)
        _check_level(problem, f"{name}.most", level)
        _check_points(f"{name}.most", points)


def _check_reference(problem: "Problem") -> None:
    reference = problem.reference
    if reference is None:
        return
    name = "Problem.reference"
    _check_level(problem, f"{name}.level", reference.level)
    _check_points(f"{name}.shift_points", reference.shift_points)
    _check_points(f"{name}.task_points", reference.task_points)
    _within(f"{name}.now", reference.now, -FARTHEST_MIN, FARTHEST_MIN)
    for within_min, points in reference.notices:
        _within(f"{name}.notices", within_min, 0, FARTHEST_MIN)
        _check_points(f"{name}.notices", points)
    _within(f"{name}.least_notice_min", reference.least_notice_min or 0, 0, FARTHEST_MIN)
    _unique(f"{name}.shifts", reference.shifts)
    _unique(f"{name}.tasks", reference.tasks)
    for worker, shift in reference.shifts:
        _known(f"{name}.shifts", problem.worker_by_id, worker)
        _known(f"{name}.shifts", problem.shift_by_id, shift)
    for task, worker in reference.tasks:
        _known(f"{name}.tasks", problem.task_by_id, task)
        _known(f"{name}.tasks", problem.worker_by_id, worker)


def _check_pairing(problem: "Problem", name: str, pairing: Pairing) -> None:
    for worker in pairing.everybody:
        _known(name, problem.worker_by_id, worker)
    if pairing.span is not None:
        _check_spans(f"{name}.span", (pairing.span,))
    _check_points(f"{name}.points", pairing.points)
    if pairing.level is not None:
        _check_level(problem, f"{name}.level", pairing.level)


def _check_days(problem: "Problem", field: str, days: Iterable[int]) -> None:
    for day in days:
        _within(field, day, 0, len(problem.days) - 1)


def _check_day(problem: "Problem", name: str, day: int) -> None:
    if not 0 <= day < len(problem.days):
        raise InvalidProblemError(f"{name}.day is {day}, which is not a day of the problem.")


def _check_parts(name: str, parts: tuple[Span, ...]) -> None:
    if not parts:
        raise InvalidProblemError(f"{name}.parts is empty.")
    _check_row(f"{name}.parts", parts)


def _check_row(field: str, spans: tuple[Span, ...]) -> None:
    """Check spans that follow each other."""
    _check_spans(field, spans)
    if any(before.end > after.start for before, after in pairwise(spans)):
        raise InvalidProblemError(f"{field} overlap or are not in order.")


def _check_spans(field: str, spans: Iterable[Span]) -> None:
    for span in _check_not_empty(field, spans):
        _within(field, span.start, -FARTHEST_MIN, FARTHEST_MIN)
        _within(field, span.end, -FARTHEST_MIN, FARTHEST_MIN)


def _check_not_empty(field: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    found = tuple(spans)
    if any(span.end <= span.start for span in found):
        raise InvalidProblemError(f"{field} has a span that ends before or as it starts.")
    return found


def _check_level(problem: "Problem", field: str, level: str) -> None:
    if level not in problem.levels:
        raise InvalidProblemError(f"{field} is {shown(level)}, which Problem.levels lacks.")


def _check_points(field: str, points: int) -> None:
    if points < 0:
        raise InvalidProblemError(f"{field} is {points}; points are 0 or more.")


def _within(field: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise InvalidProblemError(f"{field} is {value}; it must be from {least} to {most}.")


def _known(field: str, names: Mapping[str, object], name: str) -> None:
    if name not in names:
        raise InvalidProblemError(f"{field} names unknown {shown(name)}.")


def _unique(field: str, items: Iterable[object]) -> None:
    seen: set[object] = set()
    for item in items:
        if item in seen:
            raise InvalidProblemError(f"{field} has {shown(item)} twice.")
        seen.add(item)
