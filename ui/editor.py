"""Edits of the week that is shown: at once in memory, and one after the other in the plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from planner import clock
from planner.domain import edits
from planner.domain.changes import Change, changed_roster
from planner.domain.duties import day_of
from planner.domain.ids import ShiftId, StaffId
from planner.domain.merging import merged
from planner.domain.plan import Plan
from planner.domain.roster import Finding, Roster, Severity, Shift
from planner.services import history
from planner.services.candidates.of_week import WeekCandidates
from planner.services.candidates.values import Answer, Candidate, Wanted
from planner.services.gaps import fixes
from planner.services.gaps.fix_values import Fix
from planner.services.history import FinalStepError, History, Step
from planner.services.plans import OpenPlan
from planner.services.records.saving import changed_plan
from planner.services.roster.generating import Proposal
from planner.services.roster.views import WeekState
from planner.services.week import editing
from planner.services.week.editing import Effect
from planner.services.week.working_week import WorkingWeek
from ui.jobs import Job, Runner

Make = Callable[[Roster], Roster]
"""An edit: the roster before, the roster after."""

_OF_ROSTER = frozenset({"shifts", "assignments", "overrides", "notes"})
"""Record sets whose changes can be made in the roster that is shown."""

GIVEN_CHANGED = "given-changed"
"""Code under which a changed given shift is listed with its reason."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A roster that is in the plan now, and what can be undone and redone."""

    roster: Roster
    history: History


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step and what can be undone and redone after it."""

    step: Step
    history: History


class Editor(QObject):
    """Holds the week that is shown, and does what the user does to it.

    Parameters
    ----------
    ask_reason
        Asks why a given shift is changed; nothing when the edit is called off.
    """

    view_changed = Signal(object)
    """The ``WeekView`` after an edit."""
    history_changed = Signal(object)
    """The ``History``: what can be undone and redone."""
    undone = Signal(object)
    """The ``JournalEntry`` that was taken back."""
    held = Signal(object)
    """The ``FinalStepError``: what was done last cannot be undone, nothing was taken back yet."""
    redone = Signal(object)
    """The ``JournalEntry`` that was done again."""
    not_taken_over = Signal(object)
    """The ``Proposal`` that could not be kept, and is still to be had."""
    outdated = Signal()
    """What is shown is not what is stored: fetch the week again."""
    failed = Signal(object)
    """The exception that keeping an edit raised."""

    def __init__(
        self, runner: Runner, ask_reason: Callable[[], str | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._ask_reason = ask_reason
        self._open_plan: OpenPlan | None = None
        self._working: WorkingWeek | None = None
        self._candidates: WeekCandidates | None = None
        self._n_waiting = 0
        self._stored: Roster | None = None
        self._had_draft = False
        self._taken_over: Proposal | None = None
        self._seen: frozenset[int] = frozenset()
        self._past: int | None = None
        self._is_outdated = False

    @property
    def working(self) -> WorkingWeek | None:
        """The week that is shown."""
        return self._working

    @property
    def roster(self) -> Roster | None:
        """The roster that is shown."""
        return self._working.roster if self._working else None

    @property
    def plan(self) -> Plan | None:
        """The plan's records."""
        return self._working.plan if self._working else None

    @property
    def is_saving(self) -> bool:
        """Tell whether an edit is still being kept."""
        return self._n_waiting > 0

    def show(self, open_plan: OpenPlan, working: WorkingWeek) -> None:
        """Edit another week, or another state of it."""
        is_other_plan = open_plan is not self._open_plan
        self._open_plan, self._working = open_plan, working
        self._candidates = WeekCandidates(working)
        self._stored, self._is_outdated = working.roster, False
        self._had_draft = working.view.state is not WeekState.EMPTY
        if is_other_plan:
            self._past = None
            self.ask_history()

    def clear(self) -> None:
        """Edit nothing any more."""
        self._open_plan = self._working = None

    def edit(
        self, command: str, make: Make, records: Sequence[Change] = (), **touched: object
    ) -> bool:
        """Do an edit; return whether it changed anything.

        One that changes a given shift asks for a reason first, which is kept with it.

        Parameters
        ----------
        records
            What it changes of the plan's data, in the same step.
        """
        working, open_plan = self._working, self._open_plan
        if working is None or open_plan is None:
            return False
        before = working.roster
        after = make(before)
        if after == before:
            return False
        given = editing.given_touched(before, after)
        if given:
            reason = self._ask_reason()
            if reason is None:
                return False
            for shift in given:
                finding = Finding(
                    code=GIVEN_CHANGED,
                    severity=Severity.OVERRIDDEN,
                    staff=shift.staff,
                    span=shift.span,
                )
                after = self._overridden(after, finding, reason)
        self._keep(open_plan, before, after, command, records=records, **touched)
        if records:
            view = working.take_records(changed_plan(working.plan, records), after)
            self._candidates = WeekCandidates(working)
        else:
            view = working.take(after)
        self.view_changed.emit(view)
        return True

    def override(self, finding: Finding, reason: str) -> None:
        """Let a broken rule stand, with a reason."""
        self.edit(
            "override",
            lambda roster: self._overridden(roster, finding, reason),
            rule=finding.code,
            staff=finding.staff,
        )

    def write_note(self, day: date, shift: ShiftId | None, text: str) -> None:
        """Write a note on a day or a shift; an empty one takes it away."""
        author = self._open_plan.store.actor if self._open_plan else ""
        at = clock.now()
        self.edit(
            "note",
            lambda roster: edits.write_note(roster, day, shift, text=text, author=author, at=at),
        )

    def candidates(self, wanted: Wanted) -> Answer:
        """Return who could take a gap, a duty or a shift, as a week is shown.

        Raises
        ------
        RuntimeError
            When none is.
        """
        if self._candidates is None:
            raise RuntimeError("no week is shown")
        return self._candidates.find(wanted)

    def assign(self, candidate: Candidate, reason: str) -> None:
        """Let somebody take what was looked for; rules that it breaks stand for a reason."""

        def assign(roster: Roster) -> Roster:
            roster = candidate.make(roster)
            for finding in candidate.costs.broken:
                roster = self._overridden(roster, finding, reason)
            return roster

        self.edit("assign", assign)

    def close_gap(self, fix: Fix, reason: str) -> bool:
        """Do what closes a gap; return whether anything of it could still be done.

        Parameters
        ----------
        reason
            Why the rules that it breaks may be broken; not needed where there are none.
        """
        open_plan, plan = self._open_plan, self.plan
        if open_plan is None or plan is None:
            return False
        author, at = open_plan.store.actor, clock.now()

        def close(roster: Roster) -> Roster:
            return fixes.applied(plan, fix, roster, reason=reason, author=author, at=at)

        touched = {"duty": fix.gap.duty, "need": fix.gap.need}
        return self.edit("close-gap", close, fix.records, **touched)

    def take_over(self, proposal: Proposal, people: frozenset[StaffId] | None) -> None:
        """Make a proposal, or some people's part of it, the week's roster; edits since win."""
        working = self._working
        if working is None:
            return
        self._taken_over = proposal
        heads = {duty.id: duty.heads for duty in working.duties}
        base = proposal.base or working.roster
        self.edit(
            "generate",
            lambda roster: merged(base, roster, proposal.roster, heads=heads, people=people),
        )

    def effect(self, make: Make) -> Effect | None:
        """Return what an edit would do; nothing when it would do nothing."""
        working = self._working
        if working is None:
            return None
        after = make(working.roster)
        if after == working.roster:
            return None
        return editing.effect(working.judgement, working.judged(after))

    def undo(self) -> None:
        """Take the last command back; past one that cannot be, only after saying so."""
        self._step(partial(history.undo, past=self._past), self._take_undone)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(history.redo, self._take_redone)

    def _overridden(self, roster: Roster, finding: Finding, reason: str) -> Roster:
        author = self._open_plan.store.actor if self._open_plan else ""
        return edits.override(roster, finding, reason=reason, author=author, at=clock.now())

    def _keep(
        self,
        open_plan: OpenPlan,
        before: Roster,
        after: Roster,
        command: str,
        *,
        records: Sequence[Change],
        **touched: object,
    ) -> None:
        def keep(_job: Job) -> _Kept:
            editing.keep(open_plan, before, after, command, records=records, **touched)
            return _Kept(after, history.history(open_plan))

        self._line_up(keep, self._take_kept)

    def _step(
        self,
        step: Callable[..., Step],
        receive: Callable[..., None],
    ) -> None:
        open_plan, seen = self._open_plan, self._seen
        if open_plan is None:
            return

        def take(_job: Job) -> _Taken:
            return _Taken(step(open_plan, seen=seen), history.history(open_plan))

        self._line_up(take, receive)

    def ask_history(self) -> None:
        """Find out what can be undone, as others than the editor changed records."""
        open_plan = self._open_plan
        if open_plan is not None:
            self._line_up(lambda _job: history.history(open_plan), self._take_history)

    def _line_up(self, work: Callable[[Job], Any], receive: Callable[..., None]) -> None:
        job = Job(work)
        job.done.connect(receive)
        job.failed.connect(self._take_failure)
        self._n_waiting += 1
        self._runner.line_up(job)

    @Slot(object)
    def _take_history(self, found: History) -> None:
        self._n_waiting -= 1
        self._tell(found)

    def _tell(self, found: History) -> None:
        self._seen = frozenset(entry.number for entry in (*found.undoable, *found.redoable))
        if found.final is not None and found.final.number == self._past:
            found = replace(found, final=None)
        self.history_changed.emit(found)

    @Slot(object)
    def _take_kept(self, kept: _Kept) -> None:
        self._taken_over = None
        if self._stored and self._stored.week == kept.roster.week and not self._is_outdated:
            self._stored, self._had_draft = kept.roster, True
        self._take_history(kept.history)

    @Slot(object)
    def _take_undone(self, taken: _Taken) -> None:
        self._take_step(taken)
        self.undone.emit(taken.step.entry)

    @Slot(object)
    def _take_redone(self, taken: _Taken) -> None:
        self._take_step(taken)
        self.redone.emit(taken.step.entry)

    def _take_step(self, taken: _Taken) -> None:
        self._n_waiting -= 1
        self._tell(taken.history)
        working = self._working
        if working is None:
            return
        is_of_week = all(change.set_name in _OF_ROSTER for change in taken.step.changes)
        if not is_of_week or self._n_waiting:
            self.outdated.emit()
            return
        mine = [change for change in taken.step.changes if _is_of(working.roster, change)]
        if mine:
            self.view_changed.emit(working.take(changed_roster(working.roster, mine)))
            self._stored = working.roster

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        """Show what was stored before, even if the plan cannot be read now; then what is stored."""
        self._n_waiting -= 1
        if isinstance(error, FinalStepError):
            self._past = error.entry.number
            self.held.emit(error)
            self.ask_history()
            return
        self._is_outdated = True  # what is kept after this is not all that is shown
        self.failed.emit(error)
        if self._taken_over is not None:
            self.not_taken_over.emit(self._taken_over)
            self._taken_over = None
        working, stored = self._working, self._stored
        if working and stored and stored.week == working.week and not self._n_waiting:
            self.view_changed.emit(working.take(stored, has_draft=self._had_draft))
        self.outdated.emit()


def _is_of(roster: Roster, change: Change) -> bool:
    """Tell whether a change of a week's records is one of this week."""
    record = change.after if change.before is None else change.before
    week = getattr(record, "week", None)
    if week is not None:
        return bool(week == roster.week)
    day = record.day if isinstance(record, Shift) else day_of(record.duty)  # type: ignore[union-attr]
    return day in roster.week.days
