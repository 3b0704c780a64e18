"""A problem that is saved for whoever mends the program names nobody."""

from pathlib import Path

import pytest

from planner.domain.plan import Plan
from planner.planning.problem import compile_week
from planner.services import plans
from planner.services.examples import making
from planner.services.roster.generating import week_input
from solver.formats.json_format import problem_from_text
from solver.formats.saved import save_problem


def words_of(plan: Plan) -> set[str]:
    """Return every name, number and title in the plan that could tell who or where it is."""
    records = (*plan.staff, *plan.schools, *plan.sites, *plan.hotspots, *plan.squads)
    found = {record.name for record in records} | {one.title for one in plan.bound_times}
    for member in plan.staff:
        found |= {member.display_name, member.service_phone, *member.name.split()}
    return {word for word in found if len(word) > 2}


@pytest.mark.slow
def test_no_name_of_the_example_is_in_its_saved_problem(tmp_path: Path) -> None:
    making.create_example(tmp_path / "example.narvaro")
    with plans.open_plan(tmp_path / "example.narvaro") as plan:
        problem = compile_week(week_input(plan, making.EXAMPLE_WEEK), seed=0).problem
        names = words_of(plan.plan)
    file = save_problem(tmp_path / "faults", problem)
    assert file is not None
    text = file.read_text(encoding="utf-8")
    assert problem_from_text(text.encode()) == problem
    assert len(names) > 200
    assert not [name for name in names if name in text]
