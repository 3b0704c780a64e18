"""The small plan with a promise, in a file, and a clock that tests turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from unittest import mock

from planner import clock
from planner.domain.plan import Plan
from planner.services.plans import OpenPlan, open_plan
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner import small
from tests.planner.domain import followed

_TEMPLATE: list[bytes] = []
"""The file, once it was made."""

SIGNED_AT = small.at(date(2026, 11, 10), "10:00")


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment``."""
    with (
        mock.patch.object(clock, "now", return_value=moment),
        mock.patch.object(clock, "today", lambda zone: moment.astimezone(zone).date()),
    ):
        yield


def unsigned_plan() -> Plan:
    """Return the plan with its promise under negotiation."""
    plan = followed.make_plan()
    return replace(plan, promises=(replace(followed.PROMISE, signed_on=None),))


@contextmanager
def promised(path: Path) -> Iterator[OpenPlan]:
    """Make and open the plan in a file at ``path``."""
    if not _TEMPLATE:
        with at(SIGNED_AT):
            small.save_plan(path, unsigned_plan())
        _TEMPLATE.append(path.read_bytes())
    path.write_bytes(_TEMPLATE[0])
    with open_plan(path) as plan:
        yield plan


def publish_week(plan: OpenPlan) -> None:
    """Publish the small plan's week; its open window is cancelled."""
    small.save_draft(plan, small.make_roster(plan.plan))
    windows = uncovered_windows(plan, small.WEEK)
    publish(plan, small.WEEK, {one.duty: Decision.CANCELLED for one in windows})
