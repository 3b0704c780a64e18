"""The smallest set of facts that together keep everybody from a gap, each shown to matter."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from solver.data.problem import Demand, Task
from solver.data.spans import Span
from solver.explain.gaps import Reason
from solver.explain.grounds import (
    ABSENT,
    BLOCKED,
    BOUND,
    FREE_DAY,
    GIVEN,
    GIVES_WAY,
    LEAD,
    NO_BREAK,
    NO_SHIFT,
    OTHER_WORK,
    SKILL,
    TRAVEL,
    Ground,
    Grounds,
    GroundsFinder,
    Option,
)
from solver.explain.hitting import smallest_hitting
from solver.explain.otherwise import Trial
from solver.explain.roster import Roster

_MOST_SINGLE = 3
"""Workers absent or bound who are facts each by themselves; more are one fact together."""

_MOST_TRIED = 6
"""Options that are tried to show that a fact matters, those that take the least first."""

_MOST_EXAMPLES = 12
"""Workers whose numbers are told for a rule."""

_RANK = (BLOCKED, BOUND, GIVEN, FREE_DAY, SKILL, NO_SHIFT, OTHER_WORK, TRAVEL, LEAD)
"""Which facts are preferred in one of several equally small sets; rules come last but travel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """By how much a worker would break a rule.

    Parameters
    ----------
    values
        What is measured and what is allowed, by name, as the check says it.
    """

    worker: str
    span: Span | None
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One fact of a set that together keep everybody from a gap.

    Parameters
    ----------
    code, of
        As of :class:`solver.explain.grounds.Ground`; ``of`` is empty for several workers together.
    workers
        Whom it keeps away, in the way that would take the least.
    opens
        Who could cover the gap if it were otherwise, and so everything outside the set.
    also
        What outside the set would have to be otherwise too, codes with what they are of; empty when
        this fact alone would do.
    is_verified
        Whether a roster without it was made and the checks found nothing wrong with it.
    examples
        Of a rule, by how much it would be broken.
    """

    code: str
    of: str
    workers: tuple[str, ...]
    opens: tuple[str, ...] = ()
    also: tuple[Ground, ...] = ()
    is_verified: bool = False
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """Why nobody covers a gap.

    Parameters
    ----------
    causes
        Together enough to cause it, and none of them can be left out; empty when nothing keeps
        ``free`` away.
    n_skilled
        Workers who have the skills and do not do it.
    n_there
        Of those, whom nothing but rules and other work keeps away.
    is_smallest
        Whether it is proved that fewer facts are not enough.
    """

    causes: tuple[Cause, ...]
    reason: Reason
    n_skilled: int
    n_there: int
    free: tuple[str, ...] = ()
    is_smallest: bool = True


class CausesFinder:
    """Finds causes in one roster."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.problem = roster.problem
        self._finder = GroundsFinder(roster)

    def of_task(self, task: Task) -> Causes:
        """Return why a task lacks a head, or a crew."""
        return self._causes(list(self._finder.of_task(task)), task)

    def of_quarter(self, demand: Demand, quarter: Span) -> Causes:
        """Return why one more is not at work throughout a quarter of a demand."""
        return self._causes(list(self._finder.of_quarter(demand, quarter)), None)

    def _causes(self, options: list[Option], task: Task | None) -> Causes:
        able = list(filter(_is_able, options))
        best = _best(filter(_is_able, options))
        free = sorted({w.id for o in options if not o.grounds for w in o.workers})
        facts = Causes(
            causes=(),
            reason=_reason(able),
            n_skilled=len({w.id for option in able for w in option.workers}),
            n_there=len({n for n, o in best.items() if not any(g.code in ABSENT for g in o)}),
            free=tuple(free),
        )
        if free or not options:
            return facts
        chosen, is_smallest = _smallest(options)
        many = {code for code, n in Counter(g.code for g in chosen).items() if n > _MOST_SINGLE}
        if many & {BLOCKED, BOUND}:
            options = _merged(options, many)
            best = _best(filter(_is_able, options))
            chosen, is_smallest = _smallest(options)
        causes = tuple(
            self._cause(ground, chosen, options, best, task) for ground in sorted(chosen, key=_rank)
        )
        return replace(facts, causes=causes, is_smallest=is_smallest)

    def _cause(
        self,
        ground: Ground,
        chosen: Grounds,
        options: Sequence[Option],
        best: dict[str, Grounds],
        task: Task | None,
    ) -> Cause:
        opening = sorted(
            (option for option in options if option.grounds & chosen == {ground}),
            key=lambda option: (len(option.grounds), [w.id for w in option.workers]),
        )
        shown = next((o for o in opening[:_MOST_TRIED] if self._opens(o, task)), None)
        told = shown or opening[0]
        kept = tuple(sorted(name for name, grounds in best.items() if ground in grounds))
        return Cause(
            code=ground.code,
            of=ground.of,
            workers=kept,
            opens=tuple(worker.id for worker in told.workers),
            also=tuple(sorted(told.grounds - {ground})),
            is_verified=shown is not None,
            examples=tuple(self._examples(ground, options, kept, task)),
        )

    def _opens(self, option: Option, task: Task | None) -> bool:
        """Tell whether a roster in which an option's grounds are otherwise passes the checks."""
        if not option.is_possible:
            return False
        trial = Trial(self.roster, option, task, drops=True)
        return trial.covers and not trial.broken()

    def _examples(
        self, ground: Ground, options: Sequence[Option], kept: Iterable[str], task: Task | None
    ) -> Iterator[Example]:
        """Yield by how much workers would break a rule, beside all that is planned."""
        code = "continuous-work" if ground.code == NO_BREAK else ground.code
        for name in list(kept)[:_MOST_EXAMPLES]:
            mine = [o for o in options if ground in o.grounds and name in [w.id for w in o.workers]]
            least = min(mine, key=lambda o: (not o.keeps, len(o.grounds)), default=None)
            if least is None or not least.is_possible or ground.code in ABSENT | GIVES_WAY | {LEAD}:
                continue
            for each in Trial(self.roster, least, task, drops=False).broken():
                if each.rule == code and each.workers == (name,):
                    yield Example(worker=name, span=each.span, values=each.values)
                    break


def _is_able(option: Option) -> bool:
    return not any(ground.code == SKILL for ground in option.grounds)


def _best(options: Iterable[Option]) -> dict[str, Grounds]:
    """Return for each worker the grounds of the option that would take the least."""
    found: dict[str, Grounds] = {}
    for option in options:
        for worker in option.workers:
            known = found.get(worker.id)
            if known is None or _size(option.grounds) < _size(known):
                found[worker.id] = option.grounds
    return found


def _size(grounds: Grounds) -> tuple[bool, int, list[Ground]]:
    return any(ground.code in ABSENT for ground in grounds), len(grounds), sorted(grounds)


def _smallest(options: Sequence[Option]) -> tuple[Grounds, bool]:
    order = sorted({ground for option in options for ground in option.grounds}, key=_rank)
    return smallest_hitting({option.grounds for option in options}, order)


def _merged(options: Sequence[Option], codes: Collection[str]) -> list[Option]:
    """Return the options with all absent, or all bound, workers as one fact."""
    many = {BLOCKED, BOUND}.intersection(codes)
    return [
        replace(
            option,
            grounds=frozenset(Ground(g.code) if g.code in many else g for g in option.grounds),
        )
        for option in options
    ]


def _rank(ground: Ground) -> tuple[int, Ground]:
    return (_RANK.index(ground.code) if ground.code in _RANK else len(_RANK), ground)


def _reason(options: Sequence[Option]) -> Reason:
    codes = [frozenset(ground.code for ground in option.grounds) for option in options]
    if all(each & ABSENT for each in codes):
        return "supply"
    if any(each <= GIVES_WAY for each in codes):
        return "preference"
    return "rule"
