"""The small plan as it is before anything is sent: published, with addresses and a sender."""

from dataclasses import replace
from pathlib import Path

from planner.domain.ids import DutyId
from planner.services.plans import OpenPlan, open_plan
from planner.services.publish.publishing import publish
from planner.services.roster.views import Decision
from tests.planner import small
from tests.planner.writing import put


def save_published(path: Path, *, port: int = 587, user: str = "") -> None:
    """Make the file of such a plan; it names a mail server on this computer."""
    records = small.make_plan()
    small.save_plan(
        path,
        replace(
            records,
            settings=replace(
                records.settings,
                mail_sender="narvaro@stad.example",
                mail_host="localhost",
                mail_port=port,
                mail_user=user,
            ),
            schools=tuple(replace(one, email=f"{one.id}@skola.example") for one in records.schools),
            staff=tuple(replace(one, email=f"{one.id}@stad.example") for one in records.staff),
        ),
    )
    with open_plan(path) as plan:
        small.save_draft(plan, small.make_roster(plan.plan))
        publish(plan, small.WEEK, {DutyId(f"b/{small.FRIDAY}/after-1"): Decision.OWN_STAFF})


def set_server(plan: OpenPlan, port: int, user: str) -> None:
    """Name a mail server on this computer in the plan."""
    changes = {"mail_host": "localhost", "mail_port": port, "mail_user": user}
    with plan.changing("test") as store:
        put(store, "settings", [replace(plan.plan.settings, **changes)])
