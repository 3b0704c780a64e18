"""What the promise page shows: the promises, one of them followed up, and a week to report."""

from dataclasses import dataclass
from datetime import date

from planner import clock
from planner.domain.follow_up import PromiseFollowUp
from planner.domain.ids import PromiseId
from planner.domain.promises import Promise
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.promise.follow_up import follow_up_of
from planner.services.promise.promises import can_withdraw
from planner.services.promise.report_lines import ReportLine, report_lines


@dataclass(frozen=True, kw_only=True)
class WeekLines:
    """The duties of a week as they are reported."""

    week: IsoWeek
    lines: tuple[ReportLine, ...]


@dataclass(frozen=True, kw_only=True)
class PromiseView:
    """The promises, and one of them.

    Parameters
    ----------
    promises
        By their first day, the latest first.
    found
        Nothing when there is no promise.
    can_withdraw
        Whether its signature was entered today.
    """

    promises: tuple[Promise, ...]
    found: PromiseFollowUp | None
    can_withdraw: bool = False


def week_lines(open_plan: OpenPlan, week: IsoWeek) -> WeekLines:
    """Return the duties of a week.

    Raises
    ------
    StorageError
        ``publication-broken``
    """
    return WeekLines(week=week, lines=report_lines(open_plan, week))


def promise_view(open_plan: OpenPlan, wanted: PromiseId | None = None) -> PromiseView:
    """Return the promises, and what became of one.

    Parameters
    ----------
    wanted
        Which; when missing or gone, the signed one that is in force today, else the one that was
        signed last, else the latest.

    Raises
    ------
    StorageError
        ``publication-broken``
    """
    promises = tuple(
        sorted(open_plan.plan.promises, key=lambda one: (one.first_day, one.id), reverse=True)
    )
    if not promises:
        return PromiseView(promises=(), found=None)
    chosen = next((one for one in promises if one.id == wanted), None) or _first_asked(
        promises, clock.today(open_plan.plan.zone)
    )
    return PromiseView(
        promises=promises,
        found=follow_up_of(open_plan, chosen.id),
        can_withdraw=can_withdraw(open_plan, chosen),
    )


def _first_asked(promises: tuple[Promise, ...], today: date) -> Promise:
    signed = [(one.signed_on, one) for one in promises if one.signed_on is not None]
    for _, one in signed:
        if one.first_day <= today <= one.last_day:
            return one
    # Of those signed on the same day, the latest, as the promises come in that order.
    return max(signed, key=lambda each: each[0])[1] if signed else promises[0]
