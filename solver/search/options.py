"""What some workers may be given day by day, as arrays: limits, points and minutes of each option.

Axes are named in this order: ``k`` chains of accounts, ``t`` fair shares, ``w`` workers, ``o``
options of a day, nothing first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from solver.data.problem import HoursTarget, Preference, Problem, Shift, Worker
from solver.data.rules import CountOfShifts, ShiftsPerDay, WorkingTime
from solver.data.spans import Span
from solver.search.legality import WorkerRules, bound_minutes, n_counted, work_of_fact
from solver.search.own import change_points, is_given, is_meant, least_of
from solver.search.succession import Option

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NO_CAP = 10**7
_MOST_AT_ONCE = 3


@dataclass(slots=True)
class Account:
    """Counted minutes, or shifts, of one worker in one period: a limit, targets, or more.

    Parameters
    ----------
    already_min
        Counted of facts and bound time.
    days
        Numbers of the days whose shifts may count in it.
    counted
        What counts, when that is shifts and not minutes.
    extra_times
        Numbers of the worker's extra times that what it counts is entered in.
    """

    period: Span
    already_min: int
    days: frozenset[int]
    counted: CountOfShifts | None = None
    cap_min: int = NO_CAP
    targets: list[HoursTarget] = field(default_factory=list)
    extra_times: list[int] = field(default_factory=list)


@dataclass(slots=True)
class DayOptions:
    """What may begin on one day, for each worker.

    Parameters
    ----------
    shifts
        For each option the numbers of its shifts in the group's list.
    allowed
        (w, o) Whether the worker may have the option at all.
    points
        (w, o) by level: what the option costs whatever else is worked.
    minutes
        (k, w, o) Counted minutes in the account of each chain.
    caps, closes, accounts
        (k, w) Most minutes in the account, whether the day is its last, and its number.
    tagged
        (t, w, o) Shifts with the tag of each fair share.
    matches
        (w, o) Bits of the worker's preferences over several days that the option matches.
    ends
        (w) Bits of those preferences whose last day it is.
    """

    day: int
    options: tuple[Option, ...]
    shifts: tuple[tuple[int, ...], ...]
    allowed: Bools
    points: dict[str, Ints]
    minutes: Ints
    caps: Ints
    closes: Bools
    accounts: Ints
    tagged: Ints
    matches: Ints
    ends: Ints


class GroupOptions:
    """The options of workers who share their rules of order and may be given something.

    Attributes
    ----------
    shifts
        Every shift that one of them may be given, in order of time.
    days
        Those on which one of them begins, in order.
    accounts
        For each worker the accounts of its minutes; `DayOptions.accounts` are indices in it.
    given_extra
        For each worker and extra time: its periods, and the minutes of each that are given.
    preferences
        For each worker those over several days, by bit.
    """

    def __init__(self, problem: Problem, workers: Sequence[Worker]) -> None:
        self.problem = problem
        self.workers = tuple(workers)
        self.rules = [WorkerRules(problem, worker) for worker in workers]
        mine = [candidates(rules) for rules in self.rules]
        self._offered = {rules.worker.id: m for rules, m in zip(self.rules, mine, strict=True)}
        self.shifts = tuple(
            sorted(
                {shift.id: shift for shifts in mine for shift in shifts}.values(),
                key=lambda shift: (shift.day, shift.span, shift.id),
            )
        )
        self.number_of = {shift.id: n for n, shift in enumerate(self.shifts)}
        offered = [{self.number_of[shift.id] for shift in shifts} for shifts in mine]
        days = sorted({shift.day for shift in self.shifts})
        self._day_number = {day: n for n, day in enumerate(days)}
        self._most_shifts = most = self._most_a_day()
        choices = [self._choices(day, most) for day in days]
        self.given_extra: list[list[list[tuple[Span, int]]]] = []
        self.accounts = [self._accounts(worker) for worker in workers]
        chains = [_chained(accounts) for accounts in self.accounts]
        self.n_chains = max([1, *(len(each) for each in chains)])
        self.n_shares = max((len(worker.fair_shares) for worker in workers), default=0)
        self.preferences = [self._long_preferences(worker) for worker in workers]
        self.days = [
            self._day(number, day, choices[number], offered, chains)
            for number, day in enumerate(days)
        ]
        self.counted_before = self._counted_before()

    def _most_a_day(self) -> int:
        rules = self.rules[0].rules
        most = [rule.most for rule in rules if isinstance(rule, ShiftsPerDay)]
        return min([*most, _MOST_AT_ONCE])

    def _choices(self, day: int, most: int) -> list[tuple[int, ...]]:
        mine = [n for n, shift in enumerate(self.shifts) if shift.day == day]
        found: list[tuple[int, ...]] = [()]
        for size in range(1, most + 1):
            found += [
                chosen
                for chosen in combinations(mine, size)
                if all(
                    self.shifts[one].span.end <= self.shifts[two].span.start
                    for one, two in pairwise(chosen)
                )
            ]
        return sorted(found, key=lambda chosen: (chosen[:1], chosen))

    # Accounts ------------------------------------------------------------------------------------

    def _accounts(self, worker: Worker) -> list[Account]:
        found: dict[Span, Account] = {}
        for target in worker.hours:
            self._account(worker, target.period, found).targets.append(target)
        counts: list[Account] = []
        for rule in self.problem.rule_book_by_id[worker.rule_book].rules:
            if isinstance(rule, WorkingTime):
                self._limit(worker, rule, found)
            elif isinstance(rule, CountOfShifts):
                counts += [self._count(rule, period, worker) for period in rule.periods]
        self.given_extra.append(self._enter(worker, found))
        every = [*found.values(), *counts]
        for account in every:
            if account.cap_min < NO_CAP and self._most_in(account, worker) <= account.cap_min:
                account.cap_min = NO_CAP
        return [a for a in every if a.days and (a.targets or a.extra_times or a.cap_min < NO_CAP)]

    def _limit(self, worker: Worker, rule: WorkingTime, found: dict[Span, Account]) -> None:
        """Make accounts keep a rule for working time."""
        for period in rule.periods:
            account = self._account(worker, period, found)
            left = rule.most_min - account.already_min
            if left >= 0:
                account.cap_min = min(account.cap_min, left)
        for target in least_of(rule):
            self._account(worker, target.period, found).targets.append(target)

    def _enter(self, worker: Worker, found: dict[Span, Account]) -> list[list[tuple[Span, int]]]:
        """Make accounts enter what they count in extra times; return what is given of each."""
        given = []
        for number, extra in enumerate(worker.extra_times):
            mine = [self._account(worker, period, found) for period in extra.periods]
            for account in mine:
                account.extra_times.append(number)
            given.append([(account.period, account.already_min) for account in mine])
        return given

    def _account(self, worker: Worker, period: Span, found: dict[Span, Account]) -> Account:
        if period not in found:
            counted = [(fact.span.start, fact.counted_min) for fact in worker.facts]
            counted += bound_minutes(worker)
            found[period] = Account(
                period,
                sum(n for at, n in counted if period.start <= at < period.end),
                self._days_in(period),
            )
        return found[period]

    def _days_in(self, period: Span) -> frozenset[int]:
        return frozenset(
            self._day_number[shift.day]
            for shift in self.shifts
            if period.start <= shift.span.start < period.end
        )

    def _count(self, rule: CountOfShifts, period: Span, worker: Worker) -> Account:
        """Return what counts the shifts of a rule, limited or with points for what misses it."""
        facts = [work_of_fact(self.problem, fact) for fact in worker.facts]
        account = Account(
            period, n_counted(rule, period, facts), self._days_in(period), replace(rule, periods=())
        )
        if rule.level is None:
            if rule.most is not None and account.already_min <= rule.most:
                account.cap_min = rule.most - account.already_min
            return account
        if rule.least:
            account.targets.append(_target(rule, rule.level, period, rule.least, over=0))
        if rule.most is not None:
            account.targets.append(_target(rule, rule.level, period, rule.most, over=rule.points))
        return account

    def _most_in(self, account: Account, worker: Worker) -> int:
        """Return how much the shifts offered to a worker count in an account at most."""
        most: dict[int, list[int]] = {}
        for shift in self._offered[worker.id]:
            if account.period.start <= shift.span.start < account.period.end:
                most.setdefault(shift.day, []).append(_counted(account, shift, worker.rule_book))
        n = self._most_shifts
        return sum(sum(sorted(each)[-n:]) for each in most.values())

    # Preferences ---------------------------------------------------------------------------------

    def _open_preferences(self, worker: Worker) -> Iterable[tuple[Preference, tuple[int, ...]]]:
        """Yield the preferences that the shifts decide, with the numbers of their days."""
        for wish in worker.preferences:
            days = tuple(sorted(self._day_number[d] for d in wish.days if d in self._day_number))
            if wish.points and days and not is_given(self.problem, worker, wish):
                yield wish, days

    def _long_preferences(self, worker: Worker) -> list[tuple[Preference, tuple[int, ...]]]:
        return [(w, days) for w, days in self._open_preferences(worker) if len(days) > 1]

    # Days ----------------------------------------------------------------------------------------

    def _day(
        self,
        number: int,
        day: int,
        choices: Sequence[tuple[int, ...]],
        offered: Sequence[set[int]],
        chains: Sequence[Sequence[Sequence[int]]],
    ) -> DayOptions:
        n_workers, n_options = len(self.workers), len(choices)
        mine = DayOptions(
            day=day,
            options=tuple(tuple(self.shifts[n] for n in choice) for choice in choices),
            shifts=tuple(choices),
            allowed=self._allowed(day, choices, offered),
            points={},
            minutes=np.zeros((self.n_chains, n_workers, n_options), np.int64),
            caps=np.full((self.n_chains, n_workers), NO_CAP, np.int64),
            closes=np.zeros((self.n_chains, n_workers), bool),
            accounts=np.full((self.n_chains, n_workers), -1, np.int64),
            tagged=np.zeros((self.n_shares, n_workers, n_options), np.int64),
            matches=np.zeros((n_workers, n_options), np.int64),
            ends=np.zeros(n_workers, np.int64),
        )
        self._fill_accounts(mine, number, chains)
        self._fill_tags(mine)
        for at, worker in enumerate(self.workers):
            self._fill_preferences(mine, number, at, worker)
            self._fill_changes(mine, at, worker)
        return mine

    def _allowed(
        self, day: int, choices: Sequence[tuple[int, ...]], offered: Sequence[set[int]]
    ) -> Bools:
        rules = self.rules[0].rules
        most = min([rule.most for rule in rules if isinstance(rule, ShiftsPerDay)] or [99])
        allowed = np.zeros((len(self.workers), len(choices)), bool)
        for at, worker in enumerate(self.workers):
            n_fixed = sum(fact.day == day for fact in worker.facts)
            room = most - n_fixed if n_fixed <= most else 99
            allowed[at] = [
                len(choice) <= room and offered[at].issuperset(choice) for choice in choices
            ]
        return allowed

    def _fill_accounts(
        self, mine: DayOptions, number: int, chains: Sequence[Sequence[Sequence[int]]]
    ) -> None:
        minutes: dict[tuple[Span, CountOfShifts | None, str], list[int]] = {}
        for at, chained in enumerate(chains):
            book = self.workers[at].rule_book
            for k, chain in enumerate(chained):
                for index in chain:
                    account = self.accounts[at][index]
                    if number not in account.days:
                        continue
                    period = account.period
                    key = (period, account.counted, book)
                    if key not in minutes:
                        minutes[key] = [
                            sum(
                                _counted(account, shift, book)
                                for shift in option
                                if period.start <= shift.span.start < period.end
                            )
                            for option in mine.options
                        ]
                    mine.minutes[k, at] = minutes[key]
                    mine.caps[k, at] = account.cap_min
                    mine.accounts[k, at] = index
                    mine.closes[k, at] = number == max(account.days)

    def _fill_tags(self, mine: DayOptions) -> None:
        known: dict[str, list[int]] = {}
        for at, worker in enumerate(self.workers):
            for t, fair in enumerate(worker.fair_shares):
                if fair.tag not in known:
                    known[fair.tag] = [
                        sum(fair.tag in shift.tags for shift in option) for option in mine.options
                    ]
                mine.tagged[t, at] = known[fair.tag]

    def _fill_preferences(self, mine: DayOptions, number: int, at: int, worker: Worker) -> None:
        bit = 0
        for wish, days in self._open_preferences(worker):
            is_long = len(days) > 1
            if number in days:
                matched = np.array(
                    [
                        any(is_meant(wish, shift.day, shift.kind) for shift in option)
                        for option in mine.options
                    ]
                )
                if is_long:
                    mine.matches[at] |= matched.astype(np.int64) << bit
                    mine.ends[at] |= (number == days[-1]) << bit
                else:
                    self._pay(mine, wish.level, at, (matched != wish.when_absent) * wish.points)
            bit += is_long

    def _fill_changes(self, mine: DayOptions, at: int, worker: Worker) -> None:
        reference = self.problem.reference
        if reference is None:
            return
        wanted = self.problem.wanted_shifts.get(worker.id, {}).get(mine.day, frozenset())
        points = [
            change_points(self.problem, {shift.id for shift in option}, wanted)
            for option in mine.options
        ]
        if any(points):
            self._pay(mine, reference.level, at, np.array(points))

    def _pay(self, mine: DayOptions, level: str, at: int, points: Ints) -> None:
        if level not in mine.points:
            mine.points[level] = np.zeros(mine.allowed.shape, np.int64)
        mine.points[level][at] += points

    def _counted_before(self) -> Ints:
        """Return (t, w) how many facts in the horizon count for each fair share."""
        horizon = self.problem.horizon
        counts = np.zeros((self.n_shares, len(self.workers)), np.int64)
        for at, worker in enumerate(self.workers):
            facts = [f for f in worker.facts if horizon.start <= f.span.start < horizon.end]
            for t, fair in enumerate(worker.fair_shares):
                counts[t, at] = sum(fair.tag in fact.tags for fact in facts)
        return counts


def candidates(rules: WorkerRules) -> list[Shift]:
    """Return the shifts offered to a worker that nothing keeps out, whatever else is planned."""
    full = list(_full(rules))
    shifts = (rules.problem.shift_by_id[name] for name in dict.fromkeys(rules.worker.shifts))
    return [
        shift
        for shift in shifts
        if not rules.clashes(shift)
        and not any(
            rule.counts(shift.kind, shift.tags) and period.start <= shift.span.start < period.end
            for rule, period in full
        )
    ]


def _full(rules: WorkerRules) -> Iterator[tuple[CountOfShifts, Span]]:
    """Yield rules with the periods in which they allow no shift beside the facts."""
    facts = [work_of_fact(rules.problem, fact) for fact in rules.worker.facts]
    for rule in rules.rules:
        if isinstance(rule, CountOfShifts) and rule.level is None:
            for period in rule.periods:
                if n_counted(rule, period, facts) == rule.most:
                    yield rule, period


def _counted(account: Account, shift: Shift, book: str) -> int:
    """Return how much a shift in its period counts in an account."""
    if account.counted is None:
        return shift.counted_min.get(book, 0)
    return int(account.counted.counts(shift.kind, shift.tags))


def _target(
    rule: CountOfShifts, level: str, period: Span, wanted: int, *, over: int
) -> HoursTarget:
    """Return what a soft rule pays for each shift above a number wanted, or below it."""
    return HoursTarget(
        level=level,
        period=period,
        target_min=wanted,
        over_points=over,
        under_points=0 if over else rule.points,
        step_min=1,
    )


def _chained(accounts: Sequence[Account]) -> list[list[int]]:
    """Return chains of accounts no two of which have a day in common.

    Minutes come first, and those with targets.
    """

    def place(number: int) -> tuple[bool, bool, Span]:
        account = accounts[number]
        return (account.counted is not None, not account.targets, account.period)

    order = sorted(range(len(accounts)), key=place)
    chains: list[list[int]] = []
    for index in order:
        for chain in chains:
            if all(_is_apart(accounts[index], accounts[other]) for other in chain):
                chain.append(index)
                break
        else:
            chains.append([index])
    return chains


def _is_apart(one: Account, other: Account) -> bool:
    first, second = sorted((one, other), key=lambda account: min(account.days))
    return max(first.days) < min(second.days)
