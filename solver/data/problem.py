"""What is to be rostered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from solver.data.extra_time import ExtraTime
from solver.data.pairings import Link, Pairing
from solver.data.rules import RuleBook
from solver.data.spans import Span


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Working time that any number of workers may be given.

    Parameters
    ----------
    day
        Index of the problem's day on which it begins.
    kind
        What shifts that recur from day to day have in common.
    parts
        The stretches at work, in order, not touching.
    break_min
        Length of the one break to be placed inside its longest part; 0 for none. A break is at
        work's expense: it is neither counted nor does its worker cover anything.
    lead_in_min, lead_out_min
        Minutes at its start and end when no task can be done; they cover demand.
    counted_min
        Minutes that count as working time, credited ones included, by rule book.
    tags
        What fairness counts, such as ``evening``, ``night``, ``weekend``.
    """

    id: str
    day: int
    kind: str
    parts: tuple[Span, ...]
    break_min: int = 0
    lead_in_min: int = 0
    lead_out_min: int = 0
    counted_min: Mapping[str, int] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()

    @cached_property
    def span(self) -> Span:
        """From the first start to the last end."""
        return Span(self.parts[0].start, self.parts[-1].end)

    @cached_property
    def open_parts(self) -> tuple[Span, ...]:
        """Where tasks may lie: the parts without lead-in and lead-out."""
        first, last = self.parts[0], self.parts[-1]
        parts = list(self.parts)
        parts[0] = Span(first.start + self.lead_in_min, parts[0].end)
        parts[-1] = Span(parts[-1].start, last.end - self.lead_out_min)
        return tuple(parts)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A worked shift that may not change: given, locked, overridden, past or future.

    Parameters
    ----------
    shift
        Id of the problem's shift it equals when it begins in the horizon (its breaks and tasks are
        then still open); nothing for one before or after it.
    kind
        Of one that is no shift of the problem, for the rules that look at kinds; nothing where none
        does. One that is has its shift's.
    """

    id: str
    day: int
    parts: tuple[Span, ...]
    counted_min: int
    shift: str | None = None
    tags: frozenset[str] = frozenset()
    kind: str = ""

    @cached_property
    def span(self) -> Span:
        """From the first start to the last end."""
        return Span(self.parts[0].start, self.parts[-1].end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Points paid once when the worker works a shift that matches.

    Parameters
    ----------
    days
        Indices of the days meant.
    kinds
        Kinds of shift meant; all when empty.
    points
        Paid when matched, or with ``when_absent`` paid when nothing matches.
    """

    level: str
    name: str
    days: tuple[int, ...]
    points: int
    kinds: frozenset[str] = frozenset()
    when_absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursTarget:
    """Points for each started ``step_min`` by which a period's counted minutes miss a target.

    Counted minutes are those of the shifts and facts that begin in the period, and bound time
    outside shifts that does.

    Parameters
    ----------
    period
        Usually the horizon, or one of its weeks.
    """

    level: str
    period: Span
    target_min: int
    over_points: int = 1
    under_points: int = 1
    step_min: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class FairShare:
    """Points for each shift with ``tag`` in the horizon above the worker's fair share.

    The n-th above costs n times ``points``, so that burdens spread.

    Parameters
    ----------
    share
        Shifts with the tag that the worker may have in this horizon before it costs, history
        counted in; 0 or more.
    """

    level: str
    tag: str
    share: int
    points: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortRest:
    """Points for each rest between consecutive shifts shorter than ``below_min`` minutes.

    Rests that end in the horizon count, those from the past included.
    """

    level: str
    below_min: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A person who can be given shifts and tasks.

    Parameters
    ----------
    shifts
        Ids of the shifts that the worker may be given; none when all of them are facts.
    skills
        What tasks and demands may ask for.
    skill_spans
        Pairs of skill and time, for the skills that do not always hold. A task's whole window must
        lie in one such time, and a demand's whole span.
    team
        Crews are made within one team; nothing for workers without crews.
    is_lead
        Can be in charge of a team on a shift.
    facts
        Shifts that may not change, before, in and after the horizon, by start.
    blocked
        Not to be at work at all.
    bound
        At work, but not free for tasks; breaks rest.
    standby
        Neither work nor rest.
    travel_mode
        Key of the problem's travel matrices.
    """

    id: str
    rule_book: str
    shifts: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    skill_spans: tuple[tuple[str, Span], ...] = ()
    team: str | None = None
    is_lead: bool = False
    facts: tuple[Fact, ...] = ()
    blocked: tuple[Span, ...] = ()
    bound: tuple[Span, ...] = ()
    standby: tuple[Span, ...] = ()
    travel_mode: str = ""
    preferences: tuple[Preference, ...] = ()
    hours: tuple[HoursTarget, ...] = ()
    fair_shares: tuple[FairShare, ...] = ()
    short_rest: ShortRest | None = None
    extra_times: tuple[ExtraTime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A task that is already given to a worker at a time: a fact."""

    worker: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to be done at one place without interruption.

    A task lies wholly inside the open time of one part of a shift of each worker who does it, not
    over a break or bound time; between two tasks of a worker lies the travel time.

    Parameters
    ----------
    earliest_start, latest_start
        When it may begin; the same for a fixed one. Starts lie on ``step_min`` from the earliest.
    heads
        Workers wanted, all at the same time.
    is_crew
        Done by whole crews (``heads`` is then even); both members of a crew always do the same.
    skills
        All that each of its workers must have.
    excluded
        What none of its workers may have at any time of its window.
    missing_points
        Points for each head that lacks, on ``level``.
    link
        Id of a link: its tasks are to be done by the same people.
    familiar
        Points on ``familiar_level`` when done by this worker instead of ``unfamiliar_points``.
    preferred, disliked
        Further points there, by skill, for each head who lacks it, or who has it.
    """

    id: str
    place: str | None
    earliest_start: int
    latest_start: int
    duration_min: int
    step_min: int = 5
    heads: int = 1
    is_crew: bool = False
    skills: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    level: str
    missing_points: int
    familiar_level: str | None = None
    familiar: Mapping[str, int] = field(default_factory=dict)
    unfamiliar_points: int = 0
    preferred: Mapping[str, int] = field(default_factory=dict)
    disliked: Mapping[str, int] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()
    link: str | None = None

    @property
    def window(self) -> Span:
        """From the earliest start to the latest end."""
        return Span(self.earliest_start, self.latest_start + self.duration_min)

    @property
    def starts(self) -> range:
        """Every start that it may have."""
        return range(self.earliest_start, self.latest_start + 1, self.step_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Workers with the skills wanted at work throughout a span.

    A worker counts at each minute inside the parts of a shift when not on a break, bound or
    blocked (absent from a given shift); those who do tasks count. Points are paid for each started
    quarter of an hour and head short.

    Parameters
    ----------
    levels
        Pairs of heads wanted, level and points for each head short of it for a quarter; such as the
        minimum on a high level and the need on a lower one.
    most
        The same for heads that are enough: points for each head over them in a quarter, as many as
        are there at any moment of it.
    """

    id: str
    span: Span
    skills: frozenset[str]
    levels: tuple[tuple[int, str, int], ...]
    most: tuple[tuple[int, str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A roster to stay near: what was published, or is about to be changed.

    Points are paid on ``level`` for each worker and day of the horizon on which other planned
    shifts begin than in the reference, and for each of its task and worker pairs that is not kept.

    Parameters
    ----------
    shifts
        Pairs of worker and shift, those that are facts by now left out.
    tasks
        Pairs of task and worker.
    now
        The minute from which notice is counted.
    notices
        Pairs of minutes and points that a changed day costs more when the earliest of its shifts
        that are new or gone begins in less than so many minutes; each pair by itself.
    least_notice_min
        A shift that the worker does not have here may not begin in less.
    """

    level: str
    shifts: tuple[tuple[str, str], ...] = ()
    tasks: tuple[tuple[str, str], ...] = ()
    shift_points: int = 1
    task_points: int = 1
    now: int = 0
    notices: tuple[tuple[int, int], ...] = ()
    least_notice_min: int | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A whole problem, checked when made.

    Parameters
    ----------
    horizon
        What is decided: shifts that begin in it.
    days
        Local days in order, before, in and after the horizon; index 0 need not be in it.
    levels
        Codes of the levels, the most important first.
    travel
        Minutes from place to place (both ways given) by mode; missing pairs take no time.
    travel_level, travel_points
        Level on which each minute travelled between tasks costs points; nothing for none.
    team_needs_lead
        On each shift on which planned workers of a team begin, a lead of that team begins it too.
    reference
        A roster to stay near; nothing when none was made before.
    pairings
        Who is to work together, and who is not.
    links
        Tasks for the same people.
    seed
        Of whatever the search draws at random.

    Raises
    ------
    InvalidProblemError
        When something named does not exist or a number contradicts another.
    """

    horizon: Span
    days: tuple[Span, ...]
    levels: tuple[str, ...]
    rule_books: tuple[RuleBook, ...]
    shifts: tuple[Shift, ...]
    workers: tuple[Worker, ...]
    tasks: tuple[Task, ...] = ()
    demands: tuple[Demand, ...] = ()
    travel: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict)
    travel_level: str | None = None
    travel_points: int = 0
    team_needs_lead: bool = True
    reference: Reference | None = None
    pairings: tuple[Pairing, ...] = ()
    links: tuple[Link, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        from solver.data.validation import validate

        validate(self)

    @cached_property
    def shift_by_id(self) -> dict[str, Shift]:
        """Shifts by id."""
        return {shift.id: shift for shift in self.shifts}

    @cached_property
    def worker_by_id(self) -> dict[str, Worker]:
        """Workers by id."""
        return {worker.id: worker for worker in self.workers}

    @cached_property
    def task_by_id(self) -> dict[str, Task]:
        """Tasks by id."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def linked_tasks(self) -> dict[str, tuple[Task, ...]]:
        """Tasks by the link that they name."""
        found: dict[str, list[Task]] = {}
        for task in self.tasks:
            if task.link is not None:
                found.setdefault(task.link, []).append(task)
        return {link: tuple(tasks) for link, tasks in found.items()}

    @cached_property
    def rule_book_by_id(self) -> dict[str, RuleBook]:
        """Rule books by id."""
        return {book.id: book for book in self.rule_books}

    @cached_property
    def wanted_shifts(self) -> dict[str, dict[int, frozenset[str]]]:
        """Shifts that the reference gives each worker by day, without those that are facts."""
        found: dict[str, dict[int, frozenset[str]]] = {}
        given = {(worker.id, fact.shift) for worker in self.workers for fact in worker.facts}
        for worker, shift in self.reference.shifts if self.reference else ():
            if (worker, shift) not in given:
                days = found.setdefault(worker, {})
                day = self.shift_by_id[shift].day
                days[day] = days.get(day, frozenset()) | {shift}
        return found

    @cached_property
    def wanted_tasks(self) -> dict[str, frozenset[str]]:
        """Workers whom the reference gives each task."""
        found: dict[str, frozenset[str]] = {}
        for task, worker in self.reference.tasks if self.reference else ():
            found[task] = found.get(task, frozenset()) | {worker}
        return found

    @cached_property
    def longest_ways(self) -> dict[str, int]:
        """Minutes of the longest way, by mode of travel; modes without a way are left out."""
        return {mode: max(matrix.values()) for mode, matrix in self.travel.items() if matrix}

    def kind_of(self, fact: Fact) -> str:
        """Return the kind of a fact: that of the shift which it equals, or its own."""
        return fact.kind if fact.shift is None else self.shift_by_id[fact.shift].kind

    def travel_min(self, mode: str, start: str | None, end: str | None) -> int:
        """Return minutes from place to place; none within a place or where one is unknown."""
        if start is None or end is None or start == end:
            return 0
        return self.travel.get(mode, {}).get((start, end), 0)
