"""Counting what became of a promise: every promised thing once, with what was reported of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planner.domain.promises import NotDoneReason


class PlanState(StrEnum):
    """How something promised stood when its week was first published."""

    PLANNED = "planned"
    NOT_PLANNED = "not_planned"
    """Nobody, cancelled, added or covered only later, or its week passed unpublished."""
    NOT_YET = "not_yet"
    """Its week is not published and not over."""


class Reported(StrEnum):
    """What is known of something promised; nothing counts as done but what was reported so."""

    DONE = "done"
    NOT_DONE = "not_done"
    NOT_REPORTED = "not_reported"
    """Its day is over and nobody said what became of it."""
    UNDER_WAY = "under_way"
    """A walk of which a meeting was held and another is still to come."""
    TO_COME = "to_come"


class Verdict(StrEnum):
    """Whether a measure is kept, by what was reported until now."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    """The period is over and less was reported as done than promised."""
    NOT_YET = "not_yet"
    OUT_OF_REACH = "out_of_reach"
    """Too much was reported as not done, whatever becomes of the rest."""
    NOTHING_PROMISED = "nothing_promised"
    """No school day or window lies in the period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Numbers of promised things; ``+`` adds two.

    Each promised thing is in exactly one of ``planned``, ``not_planned`` and ``not_yet_planned``,
    and in exactly one of ``done``, ``not_done``, ``not_reported``, ``under_way`` and ``to_come``.

    Parameters
    ----------
    promised
        Windows, stays and visits that the promise asks for; of walks and sessions those that were
        set up in its period, as it asks for a number of them only.
    planned
        Of these, how many somebody was to do when their week was first published.
    not_done
        How many were reported as not done, by reason; reasons without any are left out.
    extra_planned, extra_done
        Beyond the promise; they make up for nothing that is promised.
    """

    promised: int = 0
    planned: int = 0
    not_planned: int = 0
    not_yet_planned: int = 0
    done: int = 0
    not_done: Mapping[NotDoneReason, int] = field(default_factory=dict)
    not_reported: int = 0
    under_way: int = 0
    to_come: int = 0
    extra_planned: int = 0
    extra_done: int = 0

    @property
    def n_not_done(self) -> int:
        """Reported as not done, for whatever reason."""
        return sum(self.not_done.values())

    @property
    def n_due(self) -> int:
        """Promised things whose day is over, or of which something was reported."""
        return self.done + self.n_not_done + self.not_reported

    def could_reach(self, aim: int) -> bool:
        """Tell whether ``aim`` things are done if all that nobody reported was."""
        return self.done + self.not_reported >= aim

    def __add__(self, other: "Tally") -> "Tally":
        reasons = {one: self.not_done.get(one, 0) + other.not_done.get(one, 0) for one in _REASONS}
        return Tally(
            not_done={reason: n for reason, n in reasons.items() if n},
            **{name: getattr(self, name) + getattr(other, name) for name in _NUMBERS},
        )


_REASONS = tuple(NotDoneReason)
_NUMBERS = (
    "promised",
    "planned",
    "not_planned",
    "not_yet_planned",
    "done",
    "not_reported",
    "under_way",
    "to_come",
    "extra_planned",
    "extra_done",
)


@dataclass(slots=True)
class TallySheet:
    """A tally while it is counted."""

    plans: Counter[PlanState] = field(default_factory=Counter)
    reports: Counter[Reported] = field(default_factory=Counter)
    reasons: Counter[NotDoneReason] = field(default_factory=Counter)
    extra_planned: int = 0
    extra_done: int = 0

    def count(self, plan: PlanState, report: Reported, reason: NotDoneReason | None) -> None:
        """Count one promised thing."""
        self.plans[plan] += 1
        self.reports[report] += 1
        if report is Reported.NOT_DONE:
            self.reasons[reason or NotDoneReason.OTHER] += 1

    def count_extra(self, plan: PlanState, report: Reported) -> None:
        """Count one thing beyond the promise."""
        self.extra_planned += plan is PlanState.PLANNED
        self.extra_done += report is Reported.DONE

    @property
    def tally(self) -> Tally:
        """What was counted."""
        return Tally(
            promised=self.plans.total(),
            planned=self.plans[PlanState.PLANNED],
            not_planned=self.plans[PlanState.NOT_PLANNED],
            not_yet_planned=self.plans[PlanState.NOT_YET],
            done=self.reports[Reported.DONE],
            not_done={one: self.reasons[one] for one in _REASONS if self.reasons[one]},
            not_reported=self.reports[Reported.NOT_REPORTED],
            under_way=self.reports[Reported.UNDER_WAY],
            to_come=self.reports[Reported.TO_COME],
            extra_planned=self.extra_planned,
            extra_done=self.extra_done,
        )


def verdict(tally: Tally, aim: int, *, is_share: bool, is_over: bool) -> Verdict:
    """Return whether ``aim`` things are done.

    What was not reported may still be, until the period is over; more walks and sessions may be
    set up until then.
    """
    if is_share and not tally.promised:
        return Verdict.NOTHING_PROMISED
    if tally.done >= aim:
        return Verdict.KEPT
    if is_over:
        return Verdict.NOT_KEPT
    if is_share and tally.promised - tally.n_not_done < aim:
        return Verdict.OUT_OF_REACH
    return Verdict.NOT_YET
