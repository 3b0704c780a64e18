"""The small plan, in memory and in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.services.plans import OpenPlan, open_plan
from tests.planner import small


@pytest.fixture
def small_plan() -> Plan:
    """Two schools, eight people, one hotspot: see :mod:`tests.planner.small`."""
    return small.make_plan()


@pytest.fixture
def small_roster(small_plan: Plan) -> Roster:
    """A hand-made roster of the small plan's week; one school window is uncovered."""
    return small.make_roster(small_plan)


@pytest.fixture(scope="session")
def small_file_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan in a file that is only ever copied."""
    path = tmp_path_factory.mktemp("plans") / "small.narvaro"
    small.save_plan(path, small.make_plan())
    return path


@pytest.fixture
def small_file(small_file_template: Path, tmp_path: Path) -> Path:
    """The small plan in a file of its own, without a draft."""
    path = tmp_path / "small.narvaro"
    path.write_bytes(small_file_template.read_bytes())
    return path


@pytest.fixture
def small_open(small_file: Path) -> Iterator[OpenPlan]:
    """The small plan, open, without a draft."""
    with open_plan(small_file) as plan:
        yield plan


@pytest.fixture
def drafted(small_open: OpenPlan, small_roster: Roster) -> OpenPlan:
    """The small plan, open, with its hand-made draft."""
    small.save_draft(small_open, small_roster)
    return small_open


@pytest.fixture
def drafted_file(drafted: OpenPlan, small_file: Path) -> Path:
    """The file of the small plan with its hand-made draft."""
    assert drafted.store.draft_revision(small.WEEK)
    return small_file
