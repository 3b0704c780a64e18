"""What the published weeks show to whoever watches."""

from dataclasses import replace
from datetime import time

import pytest

from planner import clock
from planner.domain.demand import make_duties
from planner.domain.duties import DutyKind
from planner.domain.places import PresenceKind, PresenceWindow
from planner.domain.roster import Assignment, Roster
from planner.domain.schools import Staffing
from planner.domain.spans import MINUTE, instant
from planner.domain.weeks import IsoWeek
from planner.services.plans import create_plan, open_plan
from planner.services.publish.publishing import publish
from planner.services.situation.predictability import Learnable, PatternReader
from tests.planner import small
from tests.planner.writing import put_plan

N_WEEKS = 6


@pytest.fixture
def published(tmp_path, monkeypatch):
    """Six published weeks with a visit each Friday evening, at a time that a test chooses."""
    path = tmp_path / "visits.narvaro"
    window = PresenceWindow(
        id="friday",
        hotspot=small.SQUARE,
        weekday=5,
        start=time(17),
        end=time(21, 30),
        kind=PresenceKind.DOSAGE,
        n_visits=1,
    )
    records = small.make_plan()
    schools = tuple(replace(one, staffing=Staffing.OWN) for one in records.schools)
    records = replace(records, schools=schools, presence_windows=(window,))
    create_plan(path)
    now = instant(small.FRIDAY, time(12), small.ZONE)
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda _zone: small.FRIDAY)
    with open_plan(path) as plan:
        with plan.changing("test") as store:
            put_plan(store, records)

        def publish_weeks(hour_of):
            for n in range(N_WEEKS):
                week = small.WEEK.shifted(n - N_WEEKS + 1)
                _publish(plan, week, hour_of(n))
            return PatternReader(plan)

        yield publish_weeks


def _publish(plan, week: IsoWeek, at: time) -> None:
    (visit,) = [one for one in make_duties(plan.plan, week) if one.kind is DutyKind.VISIT]
    start = instant(visit.day, at, small.ZONE)
    end = start + visit.duration_min * MINUTE
    done = tuple(
        Assignment(duty=visit.id, staff=staff, start=start, end=end) for staff in small.OFFICERS[:2]
    )
    with plan.store.transaction("test"):
        plan.store.save_roster(Roster(week=week, assignments=done))
    publish(plan, week, {})


def test_visit_at_the_same_time_each_friday_is_warned_of(published):
    found = published(lambda _n: time(20)).predictability()
    assert len(found.weeks) == N_WEEKS
    assert found.weeks[-1] == small.WEEK
    (row,) = found.rows
    assert (row.name, row.pattern.weekday, row.pattern.n_days) == ("Torget", 5, N_WEEKS)
    assert row.pattern.top_min == 20 * 60
    assert row.pattern.learnable is Learnable.LEARNABLE
    assert (found.n_learnable, found.share) == (1, 0)


def test_visit_at_another_time_each_friday_is_not(published):
    found = published(lambda n: time(17 + n % 5, 10 * (n % 3))).predictability()
    assert found.rows[0].pattern.learnable is Learnable.NO_PATTERN
    assert found.n_learnable == 0
    assert found.share > 0.9


def test_reading_can_be_stopped_and_is_told_of(published):
    reader = published(lambda _n: time(20))
    seen = []
    found = reader.predictability(on_progress=seen.append, should_stop=lambda: len(seen) >= 2)
    assert [one.n_done for one in seen] == [1, 2]
    assert found.rows[0].pattern.learnable is Learnable.TOO_FEW
    assert found.share is None


def test_plan_without_published_weeks_shows_nothing(small_open):
    found = PatternReader(small_open).predictability()
    assert (found.weeks, found.rows, found.share) == ((), (), None)
