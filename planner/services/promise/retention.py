"""What tells who did what goes once the retention time is over; what was promised counts on.

*Goes by itself*, at most once a day when a plan is opened: who reported deliveries, what old
commands changed (they cannot be undone then), whose the journal's old entries are, and to whom
messages were sent.

*Goes when the user says so*, after a look at how much it is: who was to be where in old weeks
(shifts, duties, notes, overrides, calls, swaps), the publications of those weeks, which hold names,
and absences, bound times, stand-bys and wishes that are over. Such a week cannot be printed or
compared any more.

*Stays*: what was promised, planned and delivered, duty by duty, with reasons; revisions; the
versions of sheets; decisions on open windows; reported crimes; the journal without its actors; and
people with their contracts, who are kept or removed among the data. Copies of the plan file, and
what was printed or sent, are out of the program's reach.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from planner import clock
from planner.domain.spans import day_span
from planner.domain.weeks import IsoWeek
from planner.errors import StorageError
from planner.services.history import FORGET_DAILY
from planner.services.plans import OpenPlan
from planner.services.promise.earlier_planned import keep_earlier
from planner.store.forgetting import Before
from planner.store.store import Store

FORGET = "forget"
"""Command of the journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgettable:
    """How much is older than the retention time.

    Parameters
    ----------
    before
        Weeks that end before this day are old, and what happened before it.
    n_reporters
        Deliveries that say who reported them.
    n_changes
        Records kept as old commands found them.
    n_actors
        Entries of the journal that say whose they are.
    n_messages
        Lines of the distribution log.
    n_weeks
        Weeks with shifts, duties, notes, calls or swaps of people.
    n_publications
        Publications with the names that were in them.
    n_times
        Absences, bound times, stand-bys and wishes that are over.
    """

    before: date
    n_reporters: int
    n_changes: int
    n_actors: int
    n_messages: int
    n_weeks: int
    n_publications: int
    n_times: int

    @property
    def n_by_itself(self) -> int:
        """What goes without being asked for."""
        return self.n_reporters + self.n_changes + self.n_actors + self.n_messages

    @property
    def n_all(self) -> int:
        """All that there is to forget."""
        return self.n_by_itself + self.n_weeks + self.n_publications + self.n_times


def forgettable(open_plan: OpenPlan) -> Forgettable:
    """Return how much is older than the retention time of the plan's settings."""
    store, old = open_plan.store, _old(open_plan)
    return Forgettable(
        before=old.week.monday,
        n_reporters=store.count_reporters(old),
        n_changes=store.count_changes(old),
        n_actors=store.count_actors(old),
        n_messages=store.count_dispatches(old),
        n_weeks=store.count_rosters(old),
        n_publications=store.count_publications(old),
        n_times=store.count_times(old),
    )


def forget(open_plan: OpenPlan) -> Forgettable:
    """Drop all of it in one transaction, for good; return how much it was.

    What old weeks were first planned as is kept before their publications go.

    Raises
    ------
    StorageError
        ``publication-broken``, or what disk and database refuse; then nothing is dropped.
    """
    keep_earlier(open_plan)
    return _forget(open_plan, FORGET, _drop_by_itself, _drop_rosters)


def forget_daily(open_plan: OpenPlan) -> Forgettable | None:
    """Drop what goes by itself, if there is any and it was not looked for today.

    A plan that cannot be written now is left as it is.

    Returns
    -------
    Forgettable
        How much there was; nothing when nothing was dropped.
    """
    zone = open_plan.plan.zone
    today = clock.today(zone)
    last = open_plan.store.last_entry(FORGET_DAILY)
    if last is not None and last.at.astimezone(zone).date() >= today:
        return None
    try:
        if not forgettable(open_plan).n_by_itself:
            return None
        return _forget(open_plan, FORGET_DAILY, _drop_by_itself)
    except StorageError:  # read-only, or somebody else is writing: tomorrow is another day
        return None


def _forget(
    open_plan: OpenPlan, command: str, *drops: Callable[[Store, Before], None]
) -> Forgettable:
    found, old = forgettable(open_plan), _old(open_plan)
    with open_plan.changing(command, before=found.before.isoformat()) as store:
        store.shred()
        for drop in drops:
            drop(store, old)
    return found


def _old(open_plan: OpenPlan) -> Before:
    """Return what is older than the retention time: whole weeks, so that none is halved."""
    plan = open_plan.plan
    day = clock.today(plan.zone) - timedelta(days=plan.settings.retention_days)
    week = IsoWeek.of(day)
    return Before(week=week, at=day_span(week.monday, plan.zone).start)


def _drop_by_itself(store: Store, old: Before) -> None:
    store.forget_reporters(old.week)
    store.forget_changes(old.at)
    store.forget_actors(old)
    store.forget_dispatches(old)


def _drop_rosters(store: Store, old: Before) -> None:
    store.forget_rosters(old)
    store.forget_publications(old)
    store.forget_times(old)
