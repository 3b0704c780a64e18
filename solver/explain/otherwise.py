"""A gap covered by somebody whom facts keep away, as the checks see it with and without them."""

from dataclasses import replace
from functools import cached_property

from solver.checks import Violation, violations
from solver.data.pairings import LINKED
from solver.data.problem import Problem, Task, Worker
from solver.data.rules import (
    ConsecutiveDays,
    ConsecutiveDaysOff,
    ContinuousWork,
    CountOfShifts,
    ForbiddenSequence,
    RestBetween,
    RestInPeriod,
    Rule,
    RuleBook,
    ShiftsPerDay,
    TasksPerShift,
    Weekends,
    WorkingTime,
)
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span
from solver.explain.grounds import (
    BLOCKED,
    BOUND,
    GIVEN,
    LEAD,
    NO_BREAK,
    OTHER_WORK,
    SKILL,
    TRAVEL,
    Option,
)
from solver.explain.roster import Roster, span_of
from solver.search.legality import break_starts, overlaps


class Trial:
    """An option tried in the part of a roster that rules tie to its workers.

    Parameters
    ----------
    task
        What its workers would do; nothing when they are wanted at work and no more.
    drops
        Whether the option's grounds are otherwise; without, the checks say what they forbid.
    """

    def __init__(self, roster: Roster, option: Option, task: Task | None, *, drops: bool) -> None:
        self.roster = roster
        self.option = option
        self.task = task
        self.names = tuple(worker.id for worker in option.workers)
        part = _part(roster, option, task)
        self.problem = _without(part, option) if drops else part

    @property
    def covers(self) -> bool:
        """Whether the gap is covered by all of its workers."""
        done = {placed.worker for placed in self.after.tasks if self._is_task(placed)}
        return self.task is None or done >= set(self.names)

    def broken(self) -> list[Violation]:
        """Return the rules that are broken only with the option, facts left out."""
        known = set(violations(self.problem, self.before))
        found = violations(self.problem, self.after)
        return [each for each in found if not each.is_fact and each not in known]

    @cached_property
    def before(self) -> Solution:
        """What the part's workers do, without what the option takes from its own.

        Whoever was in a crew with one who leaves it does nothing as a crew any more.
        """
        known, names = self.problem.worker_by_id, self.names
        worked = [w for w in self.roster.solution.shifts if w.worker in known]
        shifts = [w for w in worked if self._stays(w)]
        there = [(w.worker, self.problem.shift_by_id[w.shift].span) for w in shifts]
        placed = [p for p in self.roster.solution.tasks if p.worker in known]
        own = [p for p in placed if p.worker in names and not self._is_kept(p, there)]
        tasks = self.problem.task_by_id
        as_crews = {(p.task, p.start) for p in own if tasks[p.task].is_crew}
        left = {(w.crew, w.shift) for w in worked if w.crew is not None and w not in shifts}
        return Solution(
            shifts=tuple(replace(w, crew=None) if (w.crew, w.shift) in left else w for w in shifts),
            tasks=tuple(p for p in placed if p not in own and (p.task, p.start) not in as_crews),
            levels=(),
        )

    def _is_kept(self, placed: PlacedTask, there: list[tuple[str, Span]]) -> bool:
        """Tell whether one of the option's workers still does a task."""
        codes = {ground.code for ground in self.option.grounds}
        takes = GIVEN if self._is_locked(placed) else OTHER_WORK
        return (takes not in codes or not self._is_near(placed)) and any(
            name == placed.worker and span.start <= placed.start < span.end for name, span in there
        )

    @cached_property
    def after(self) -> Solution:
        """The same with the option's workers on its shift, together when they are two."""
        option, names = self.option, self.names
        mine = {(name, option.shift.id) for name in names}
        now = {w.worker: w for w in self.before.shifts if (w.worker, w.shift) in mine}
        left = {w.crew for w in now.values() if w.crew is not None}
        crew = None
        if len(names) > 1:
            crew = next(iter(left), f"crew/{'+'.join(names)}")
        others = [
            replace(w, crew=None) if w.crew in left and w.shift == option.shift.id else w
            for w in self.before.shifts
            if (w.worker, w.shift) not in mine
        ]
        breaks = self._breaks(now)
        new = [
            WorkedShift(worker=name, shift=option.shift.id, breaks=breaks, crew=crew)
            for name in names
        ]
        tasks = list(self.before.tasks)
        if self.task is not None and option.start is not None:
            tasks += [
                PlacedTask(task=self.task.id, worker=name, start=option.start) for name in names
            ]
        return Solution(shifts=(*others, *new), tasks=tuple(tasks), levels=())

    def _stays(self, worked: WorkedShift) -> bool:
        """Tell whether a shift is still worked: not what gives way for the option's."""
        if worked.worker not in self.problem.worker_by_id:
            return False
        worker = self.problem.worker_by_id[worked.worker]
        if worked.worker not in self.names or worked.shift == self.option.shift.id:
            return True
        if worked.shift in {fact.shift for fact in worker.facts}:
            return True
        shift = self.problem.shift_by_id[worked.shift]
        is_same_day = shift.day == self.option.shift.day
        takes = {OTHER_WORK, GIVEN} & {ground.code for ground in self.option.grounds}
        if takes and (is_same_day or overlaps(shift.span, self.option.shift.span)):
            return False
        return (
            is_same_day
            or self.option.keeps
            or any(
                shift.span.start <= placed.start < shift.span.end and self._is_locked(placed)
                for placed in self.roster.placed.get(worked.worker, ())
            )
        )

    def _is_locked(self, placed: PlacedTask) -> bool:
        task = self.roster.problem.task_by_id[placed.task]
        return (task, placed.start) in self.roster.locked.get(placed.worker, ())

    def _is_near(self, placed: PlacedTask) -> bool:
        span = self.option.shift.span
        return span.start <= placed.start < span.end

    def _is_task(self, placed: PlacedTask) -> bool:
        return self.task is not None and placed.task == self.task.id

    def _breaks(self, now: dict[str, WorkedShift]) -> tuple[Span, ...]:
        """Return where the break is: where it was, if it can be, else off all that is done."""
        shift, known_books = self.option.shift, self.problem.rule_book_by_id
        tasks = self.problem.task_by_id
        placed = [p for p in self.before.tasks if p.worker in self.names]
        busy = [span_of((tasks[p.task], p.start)) for p in placed]
        busy += [span for name in self.names for span in self.problem.worker_by_id[name].bound]
        if self.task is not None and self.option.start is not None:
            busy.append(span_of((self.task, self.option.start)))
        rules = [r for w in self.option.workers for r in known_books[w.rule_book].rules]
        known = [pause for worked in now.values() for pause in worked.breaks]
        places = [Span(at, at + shift.break_min) for at in break_starts(shift, rules, 5)]
        free = (p for p in [*known, *places] if not any(overlaps(p, span) for span in busy))
        return tuple(pause for pause in [next(free, None)] if pause is not None)


def _part(roster: Roster, option: Option, task: Task | None) -> Problem:
    """Return the part of a problem that rules tie to an option's workers."""
    problem, own = roster.problem, {worker.id: worker for worker in option.workers}
    teams = {worker.team for worker in option.workers} - {None}
    names = set(own)
    names |= {
        each.worker
        for each in roster.solution.shifts
        if problem.worker_by_id[each.worker].team in teams
    }
    mine = {p.task for name in own for p in roster.placed.get(name, ())}
    mine |= {task.id} if task is not None else set()
    pairings = tuple(p for p in problem.pairings if not own.keys().isdisjoint(p.everybody))
    names.update(*(pairing.everybody for pairing in pairings))
    links = {problem.task_by_id[name].link for name in mine} - {None}
    names.update(*(roster.doers.get(str(link), ()) for link in links))
    names |= {placed.worker for name in mine for placed in roster.heads.get(name, ())}
    kept = mine | {p.task for name in names for p in roster.placed.get(name, ())}
    is_known = option.shift.id in problem.shift_by_id
    return replace(
        problem,
        shifts=problem.shifts if is_known else (*problem.shifts, option.shift),
        workers=tuple(own.get(w.id, w) for w in problem.workers if w.id in names),
        tasks=tuple(
            replace(each, locks=tuple(lock for lock in each.locks if lock.worker in names))
            for each in problem.tasks
            if each.id in kept
        ),
        demands=(),
        pairings=pairings,
        reference=None,
    )


def _without(part: Problem, option: Option) -> Problem:
    """Return a part in which an option's grounds are otherwise."""
    codes = {ground.code for ground in option.grounds}
    dropped = {(ground.of, ground.code) for ground in option.grounds}
    lacking = {ground.of for ground in option.grounds if ground.code == SKILL}
    names = {worker.id for worker in option.workers}

    def worker_without(worker: Worker) -> Worker:
        return replace(
            worker,
            skills=worker.skills | lacking,
            blocked=() if BLOCKED in codes else worker.blocked,
            bound=() if BOUND in codes else worker.bound,
            extra_times=tuple(each for each in worker.extra_times if each.name not in codes),
        )

    def task_without(task: Task) -> Task:
        return replace(
            task,
            link=None if LINKED in codes else task.link,
            locks=tuple(lock for lock in task.locks if lock.worker not in names)
            if GIVEN in codes
            else task.locks,
        )

    return replace(
        part,
        rule_books=tuple(_book_without(book, dropped) for book in part.rule_books),
        workers=tuple(worker_without(w) if w.id in names else w for w in part.workers),
        tasks=tuple(task_without(task) for task in part.tasks),
        travel={} if TRAVEL in codes else part.travel,
        team_needs_lead=part.team_needs_lead and LEAD not in codes,
        pairings=tuple(p for p in part.pairings if p.code not in codes),
    )


def _book_without(book: RuleBook, dropped: set[tuple[str, str]]) -> RuleBook:
    rules = tuple(rule for rule in book.rules if (book.id, code_of(rule)) not in dropped)
    return replace(book, rules=rules)


_CODES: dict[type[Rule], str] = {
    ShiftsPerDay: "shifts-per-day",
    RestBetween: "rest-between",
    WorkingTime: "working-time",
    CountOfShifts: "count-of-shifts",
    ConsecutiveDays: "consecutive-days",
    ConsecutiveDaysOff: "too-few-days-off",
    ForbiddenSequence: "forbidden-sequence",
    Weekends: "weekends",
    TasksPerShift: "tasks-per-shift",
    ContinuousWork: NO_BREAK,
}


def code_of(rule: Rule) -> str:
    """Return the code of a rule, as grounds have it."""
    return rule.name if isinstance(rule, RestInPeriod) else _CODES[type(rule)]
