from dataclasses import replace

from planner.domain.demand import make_duties
from planner.exchange.week_json import duties_from_json, plan_from_json
from planner.services.roster.document import week_document
from tests.planner.small import WEEK


def test_what_a_document_says_of_the_plan_can_be_read_back(drafted):
    plan, roster = drafted.plan, drafted.store.load_roster(WEEK)
    read = plan_from_json(week_document(drafted, roster))
    assert read.settings == plan.settings
    assert read.staff == tuple(replace(one, name=one.display_name, email="") for one in plan.staff)
    for name in ("schools", "hotspots", "sites", "shift_types", "shift_parts", "contracts"):
        assert getattr(read, name) == getattr(plan, name)
    assert duties_from_json(week_document(drafted, roster)) == make_duties(plan, WEEK)
