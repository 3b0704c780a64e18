"""Report what became of duties: done, not done and why, as planned, or nothing after all.

It is reported per duty and place, never per person. What nobody reports stays "not reported".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner import clock
from planner.domain.changes import Change
from planner.domain.duties import day_of
from planner.domain.ids import DutyId
from planner.domain.promises import Delivery, DeliveryState, NotDoneReason
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, InputError, NotFoundError
from planner.services.imports.previews import check_unchanged
from planner.services.plans import OpenPlan
from planner.services.promise.earlier_planned import keep_earlier
from planner.services.promise.report_lines import ReportLine, lines_by_duty

REPORT, TAKE_BACK = "report-deliveries", "take-back-deliveries"
"""Commands of the journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What reporting came to.

    Parameters
    ----------
    n_reported
        Duties whose report is new or another now.
    n_left
        Those of the selection that stay as they were.
    """

    n_reported: int
    n_left: int


def report(
    open_plan: OpenPlan,
    duties: Sequence[DutyId],
    state: DeliveryState,
    reason: NotDoneReason | None = None,
) -> Reported:
    """Keep that duties were done, or not and why; an earlier report of them is replaced.

    All in one transaction and as one step to undo, or nothing.

    Raises
    ------
    NotFoundError
        ``duty-unknown``, ``duty-id-unknown``
    ConflictError
        ``duty-to-come``: one of them has not ended yet.
    InputError
        ``reason-missing`` for what was not done.
    """
    if state is DeliveryState.NOT_DONE and reason is None:
        raise InputError("reason-missing")
    kept_reason = reason if state is DeliveryState.NOT_DONE else None
    return _change(open_plan, REPORT, duties, lambda _line: (state, kept_reason))


def report_as_planned(open_plan: OpenPlan, duties: Sequence[DutyId]) -> Reported:
    """Keep as done what of a selection was planned, has ended and is not reported.

    The rest stays as it is: what nobody was to do is never done "as planned", and neither is what
    somebody reported already.

    Raises
    ------
    NotFoundError
        ``duty-unknown``, ``duty-id-unknown``
    """

    def as_planned(line: ReportLine) -> tuple[DeliveryState, NotDoneReason | None] | None:
        return (DeliveryState.DONE, None) if line.can_be_as_planned else _said(line.delivery)

    return _change(open_plan, REPORT, duties, as_planned, must_be_over=False)


def take_back(open_plan: OpenPlan, duties: Sequence[DutyId]) -> Reported:
    """Make duties not reported again.

    Raises
    ------
    NotFoundError
        ``duty-unknown``, ``duty-id-unknown``
    """
    return _change(open_plan, TAKE_BACK, duties, lambda _line: None, must_be_over=False)


def report_each(
    open_plan: OpenPlan,
    said: Mapping[DutyId, tuple[DeliveryState, NotDoneReason | None]],
    *,
    last_entry: int,
) -> Reported:
    """Keep a report of its own for each duty; see :func:`report` for what is refused.

    Parameters
    ----------
    last_entry
        Number of the journal's last entry when the duties were looked at.

    Raises
    ------
    ConflictError
        ``import-outdated`` when something was written since.
    """

    def check() -> None:
        check_unchanged(open_plan.store, last_entry)

    return _change(open_plan, REPORT, tuple(said), lambda line: said[line.duty], check=check)


def week_of_duty(duty: DutyId) -> IsoWeek:
    """Return the week of a duty, which its id holds.

    Raises
    ------
    NotFoundError
        ``duty-id-unknown``
    """
    try:
        return IsoWeek.of(day_of(duty))
    except (ValueError, IndexError):
        raise NotFoundError("duty-id-unknown", duty=duty) from None


_Said = tuple[DeliveryState, NotDoneReason | None] | None


def _change(
    open_plan: OpenPlan,
    command: str,
    duties: Sequence[DutyId],
    say: Callable[[ReportLine], _Said],
    *,
    must_be_over: bool = True,
    check: Callable[[], None] = lambda: None,
) -> Reported:
    """Make each duty's report what ``say`` returns of it; nothing takes a report away.

    Parameters
    ----------
    check
        Refuses what is to be written, within its transaction.
    """
    weeks = {duty: week_of_duty(duty) for duty in duties}
    keep_earlier(open_plan)
    lines = lines_by_duty(open_plan, weeks.values())
    for duty, week in weeks.items():
        if duty not in lines:
            raise NotFoundError("duty-unknown", duty=duty, week=str(week))
        if must_be_over and not lines[duty].is_over:
            raise ConflictError("duty-to-come", duty=lines[duty].title)
    changes = tuple(_changes(open_plan, (lines[duty] for duty in weeks), say))
    if changes:
        with open_plan.store.transaction(command, n=len(changes)):
            check()
            open_plan.store.apply(changes)
    return Reported(n_reported=len(changes), n_left=len(weeks) - len(changes))


def _changes(
    open_plan: OpenPlan, lines: Iterable[ReportLine], say: Callable[[ReportLine], _Said]
) -> Iterable[Change]:
    at, by = clock.now(), open_plan.store.actor
    for line in lines:
        said = say(line)
        if said == _said(line.delivery):
            continue
        new = None
        if said is not None:
            new = Delivery(
                duty=line.duty, week=line.week, state=said[0], reason=said[1], at=at, by=by
            )
        yield Change(set_name="deliveries", before=line.delivery, after=new)


def _said(delivery: Delivery | None) -> _Said:
    return None if delivery is None else (delivery.state, delivery.reason)
