"""Weeks kept in memory as long as nothing in the plan has changed since they were read."""

from planner import clock, words
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.week.day_views import FourWeeksView
from planner.services.week.editing import news_since
from planner.services.week.four_weeks import four_weeks_from, make_four_weeks_view
from planner.services.week.working_week import WorkingWeek, load_working_week

N_KEPT = 8
"""Weeks: the four of the overview, and those around them."""


class KeptWeeks:
    """The weeks of an open plan that were read last.

    Any command that the journal tells of, whoever gave it, lets all of them go; so does a new day
    or another language, for they say which day is today and name holidays. One thread at a time
    may ask.
    """

    def __init__(self, open_plan: OpenPlan) -> None:
        self._open_plan = open_plan
        self._weeks: dict[IsoWeek, WorkingWeek] = {}
        self._last_entry = 0
        self._plan = open_plan.plan
        self._read_on: tuple[object, str] | None = None

    def week(self, week: IsoWeek, *, anew: bool = False) -> WorkingWeek:
        """Return a week as it is in the plan now: the same object while nothing has changed.

        Parameters
        ----------
        anew
            Read it, and later the others, whatever the journal says: what is in memory may hold an
            edit that could not be kept.
        """
        self._let_go_if_changed(anew=anew)
        working = self._weeks.pop(week, None) or load_working_week(self._open_plan, week)
        self._weeks[week] = working  # the last one used is the last one let go
        if len(self._weeks) > N_KEPT:
            del self._weeks[next(iter(self._weeks))]
        return working

    def four_weeks(self, first_week: IsoWeek) -> FourWeeksView:
        """Return the four weeks from ``first_week`` on."""
        return make_four_weeks_view([self.week(week).view for week in four_weeks_from(first_week)])

    def _let_go_if_changed(self, *, anew: bool = False) -> None:
        plan = self._open_plan.plan
        last_entry = news_since(self._open_plan, self._last_entry).last
        read_on = clock.today(plan.zone), words.language()
        has_changed = plan is not self._plan or last_entry != self._last_entry
        if anew or has_changed or read_on != self._read_on:
            self._weeks.clear()
        self._plan, self._last_entry, self._read_on = plan, last_entry, read_on
