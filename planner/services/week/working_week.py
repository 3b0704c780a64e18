"""A week in memory, fast enough to answer each edit at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from planner import clock
from planner.domain.calendar import holiday_name, is_free_day, school_note
from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.roster import Roster, Shift
from planner.domain.weeks import IsoWeek
from planner.exchange.week_json import roster_from_json
from planner.planning.judging import Judgement, WeekJudge
from planner.services.plans import OpenPlan
from planner.services.publish.publishing import Published, latest
from planner.services.roster.generating import given_shifts, shifts_around
from planner.services.roster.need_points import NeedPoints
from planner.services.roster.people_rows import PeopleRows
from planner.services.roster.place_rows import PlaceRows
from planner.services.roster.views import DayHeader, WeekState, WeekView
from planner.services.week.gap_order import most_harmful_first

_UNJUDGED = Judgement(findings=(), gaps=(), levels=())


class WorkingWeek:
    """A week with its roster as it is edited, and what the week page shows of it.

    Nothing of it is stored: who edits stores the edit too. Rows of the view that say the same
    before and after an edit are the same objects. One thread at a time may ask.

    Parameters
    ----------
    around
        The shifts before and after the week.
    published
        The publication of the week that holds, if any.
    decisions
        What was decided of uncovered school windows.
    has_draft
        Whether the week has a draft; without one neither gaps nor findings are shown.
    """

    def __init__(
        self,
        plan: Plan,
        roster: Roster,
        *,
        around: tuple[Shift, ...] = (),
        published: Published | None = None,
        decisions: Mapping[DutyId, str] | None = None,
        has_draft: bool = True,
    ) -> None:
        self.week, self.around = roster.week, around
        self._published, self._decisions = published, decisions or {}
        self._as_published = contents(roster_from_json(published.week)) if published else None
        self._read(plan)
        self.roster = roster
        self._judgement: Judgement | None = None
        self.view = self.take(roster, has_draft=has_draft)

    def _read(self, plan: Plan) -> None:
        """Make what follows from the plan's records."""
        week = self.week
        self.plan = plan
        self._judge = WeekJudge(plan, week, self.around)
        self._people = PeopleRows(plan, week, self._judge.duties)
        self._places = PlaceRows(plan, week, self._judge.duties, self._decisions)
        self._need = NeedPoints(plan)
        self._days = tuple(_header(plan, day) for day in week.days)

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What the week asks for."""
        return self._judge.duties

    @property
    def travel(self) -> Mapping[str, Mapping[tuple[str, str], int]]:
        """Minutes between the sites of the duties, by means of travel."""
        return self._judge.travel

    @property
    def judgement(self) -> Judgement:
        """What the checks say of the roster as it is, shown or not."""
        if self._judgement is None:
            self._judgement = self.judged(self.roster)
        return self._judgement

    def judged(self, roster: Roster) -> Judgement:
        """Return what the checks would say of another roster of the week; nothing changes."""
        return self._judge.judge(roster)

    def take(self, roster: Roster, *, has_draft: bool = True) -> WeekView:
        """Make another roster the week's, and return the new view."""
        self.roster, self._judgement = roster, None
        self.view = self._view(has_draft=has_draft)
        return self.view

    def take_records(self, plan: Plan, roster: Roster) -> WeekView:
        """Make a plan with other records the week's, with a roster made for it; return the view."""
        self._read(plan)
        return self.take(roster)

    def _view(self, *, has_draft: bool) -> WeekView:
        plan, week, roster, published = self.plan, self.week, self.roster, self._published
        judgement = self.judgement if has_draft else _UNJUDGED
        return WeekView(
            week=week,
            state=state(self._as_published, roster, has_draft=has_draft),
            version=published.number if published else None,
            published_at=published.published_at if published else None,
            zone=plan.settings.zone,
            notice=plan.settings.notice,
            days=tuple(self._header(header, roster) for header in self._days),
            people=tuple(self._people.rows(roster, judgement.findings)),
            places=tuple(self._places.rows(roster)),
            need=tuple(self._need.points(self._judge.staffing(roster))),
            gaps=most_harmful_first(plan, judgement.gaps, self._judge.duties),
            findings=judgement.findings,
            levels=judgement.levels,
            employers=tuple((employer.id, employer.name) for employer in plan.employers),
            squads=tuple((squad.id, squad.name, squad.employer) for squad in plan.squads),
            rule_books=tuple((book.name, book.confirmed_by) for book in plan.rule_books),
        )

    @staticmethod
    def _header(header: DayHeader, roster: Roster) -> DayHeader:
        note = next((n.text for n in roster.notes if n.day == header.day and n.shift is None), "")
        return replace(header, note=note) if note else header


def load_working_week(open_plan: OpenPlan, week: IsoWeek) -> WorkingWeek:
    """Read a week from the store.

    A week without a draft has the shifts that are given.
    """
    plan, store = open_plan.plan, open_plan.store
    has_draft = store.draft_revision(week) > 0
    roster = store.load_roster(week)
    if not has_draft:
        roster = Roster(week=week, shifts=given_shifts(plan, week, roster.shifts))
    return WorkingWeek(
        plan,
        roster,
        around=shifts_around(open_plan, week),
        published=latest(open_plan, week),
        decisions={decision.duty: decision.decision for decision in store.decisions(week)},
        has_draft=has_draft,
    )


Contents = frozenset[object]
"""Shifts and assignments of a roster."""


def contents(roster: Roster) -> Contents:
    """Return what publishing makes known of a roster."""
    return frozenset((*roster.shifts, *roster.assignments))


def state(published: Contents | None, roster: Roster, *, has_draft: bool) -> WeekState:
    """Return how far a week has come; ``published`` is what was made known of it."""
    if published is None:
        return WeekState.DRAFT if has_draft else WeekState.EMPTY
    is_changed = has_draft and contents(roster) != published
    return WeekState.CHANGED if is_changed else WeekState.PUBLISHED


def _header(plan: Plan, day: date) -> DayHeader:
    return DayHeader(
        day=day,
        holiday=holiday_name(plan, day),
        is_free=is_free_day(plan, day),
        school_note=school_note(plan, day),
        is_today=day == clock.today(plan.zone),
    )
