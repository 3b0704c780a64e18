"""What the checks say of ways to take something, many at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from planner.domain.ids import DutyId, StaffId
from planner.domain.roster import Assignment, Finding, Gap, Roster, Severity, Shift
from planner.planning.judging import Judgement
from planner.services.candidates.board import Board
from planner.services.candidates.values import Make, Way

_SHARED = {"too-many-heads", "twice", "not-together", "crew", "lead"}
"""Rules that several people break together: in a trial of many at a time they say nothing."""
_BROKEN = {Severity.VIOLATION, Severity.FACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A way in which somebody, or a crew, could take something.

    Parameters
    ----------
    people
        Who would take it.
    others
        Who else's week it changes.
    is_shared
        Whether what others do at the time decides if it is legal, or what it uncovers.
    """

    people: tuple[StaffId, ...]
    way: Way
    edit: Make
    others: tuple[StaffId, ...] = ()
    is_shared: bool = False

    @property
    def touched(self) -> tuple[StaffId, ...]:
        """Everybody whose week it changes."""
        return (*self.people, *self.others)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """An option and what those whom it touches would work and do."""

    option: Option
    shifts: tuple[Shift, ...]
    assignments: tuple[Assignment, ...]


class Trials:
    """Tries options on one roster.

    Parameters
    ----------
    judged
        What the checks say of a roster of the week.
    before
        The roster as it is.
    board
        The roster without what is to be taken over.
    duty
        The duty that is wanted, if it is one.
    giver
        Whoever has what is to be taken over.
    """

    def __init__(
        self,
        judged: Callable[[Roster], Judgement],
        before: Roster,
        board: Board,
        *,
        duty: DutyId | None = None,
        giver: StaffId | None = None,
    ) -> None:
        self._judged = judged
        self._board = board
        self._duty, self._giver = duty, giver
        self._now = judged(before)
        self._known = Counter(f.breach for f in self._now.findings if f.severity in _BROKEN)

    def tried(self, option: Option) -> Trial:
        """Return what an option makes of those whom it touches."""
        # An edit looks at no more than that: so it is told nothing of the rest, for speed.
        after = option.edit(self._board.part(option.touched, self._duty))
        return Trial(
            option=option,
            shifts=after.shifts,
            assignments=tuple(done for done in after.assignments if done.staff in option.touched),
        )

    def own_findings(self, trials: Sequence[Trial]) -> list[tuple[Finding, ...]]:
        """Return the rules that those whom each trial touches would break by themselves."""
        found: list[tuple[Finding, ...]] = [() for _ in trials]
        for wave in self._waves(trials):
            owner = {
                staff: n for n in wave for staff in trials[n].option.touched if staff != self._giver
            }
            judgement = self._judged(self._with([trials[n] for n in wave]))
            for broken in self._new(judgement):
                if broken.staff in owner and broken.code not in _SHARED:
                    number = owner[broken.staff]
                    found[number] = (*found[number], broken)
        return found

    def whole(self, trial: Trial) -> tuple[tuple[Finding, ...], tuple[Gap, ...]]:
        """Return all rules that a trial would break, and the staffing that it would uncover."""
        judgement = self._judged(self._with([trial]))
        needs = [gap for gap in self._now.gaps if gap.need]
        opened = tuple(
            gap
            for gap in judgement.gaps
            if gap.need and not any(_covers(known, gap) for known in needs)
        )
        return tuple(self._new(judgement)), opened

    def _with(self, trials: Iterable[Trial]) -> Roster:
        """Return the roster with what trials make of people; of the giver, what the first does."""
        roster, tried = self._board.roster, list(trials)
        owner = {staff: trial for trial in reversed(tried) for staff in trial.option.touched}
        return replace(
            roster,
            shifts=(
                *(shift for shift in roster.shifts if shift.staff not in owner),
                *(
                    shift
                    for trial in tried
                    for shift in trial.shifts
                    if owner[shift.staff] is trial
                ),
            ),
            assignments=(
                *(done for done in roster.assignments if done.staff not in owner),
                *(
                    done
                    for trial in tried
                    for done in trial.assignments
                    if owner[done.staff] is trial
                ),
            ),
        )

    def _waves(self, trials: Sequence[Trial]) -> list[list[int]]:
        """Return the trials' numbers in groups in which nobody but the giver is touched twice."""
        waves: list[tuple[set[StaffId], list[int]]] = []
        for number, trial in enumerate(trials):
            people = set(trial.option.touched) - {self._giver}
            for taken, numbers in waves:
                if taken.isdisjoint(people):
                    taken.update(people)
                    numbers.append(number)
                    break
            else:
                waves.append((people, [number]))
        return [numbers for _, numbers in waves]

    def _new(self, judgement: Judgement) -> Iterator[Finding]:
        """Yield the broken rules that are not broken now."""
        known = self._known.copy()
        for each in judgement.findings:
            if each.severity in _BROKEN:
                if known[each.breach]:
                    known[each.breach] -= 1
                else:
                    yield each


def _covers(known: Gap, gap: Gap) -> bool:
    return known.need == gap.need and known.span.contains(gap.span) and known.missing >= gap.missing
