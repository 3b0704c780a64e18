from datetime import timedelta
from time import perf_counter

import pytest

from planner.domain.weeks import IsoWeek
from planner.errors import NotFoundError, StorageError
from planner.services.examples.making import EXAMPLE_WEEK, create_example
from planner.services.imports.importing import preview
from planner.services.plans import create_plan, open_plan
from resources import path as resource
from tests.planner.writing import take_away


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("example") / "vasteras.narvaro"
    create_example(path)
    return path


def test_a_new_plan_is_empty_and_can_be_opened_again(tmp_path):
    path = tmp_path / "plan.narvaro"
    create_plan(path)
    with open_plan(path) as plan:
        assert plan.plan.staff == ()
        assert plan.name == str(path)
    with pytest.raises(StorageError, match="plan-exists"):
        create_plan(path)


def test_the_example_holds_all_that_its_files_have(example):
    with open_plan(example) as plan:
        report = preview(plan, resource("example", "vasteras"))
        assert all(counts.n_added == counts.n_changed == 0 for counts in report.files)
        assert plan.plan.schools
        assert plan.store.load_roster(EXAMPLE_WEEK.shifted(-1)).shifts


def test_the_example_is_read_in_no_time(example):
    with open_plan(example) as plan:
        start = perf_counter()
        plan.refresh()
        assert perf_counter() - start < 0.3


def test_the_example_can_be_moved_to_another_week(example, tmp_path):
    path = tmp_path / "moved.narvaro"
    create_example(path, week=IsoWeek(2027, 10))
    by = IsoWeek(2027, 10).monday - EXAMPLE_WEEK.monday
    with open_plan(example) as plan, open_plan(path) as moved:
        assert moved.plan.contracts == plan.plan.contracts
        assert moved.plan.school_periods == plan.plan.school_periods
        assert [wish.day for wish in moved.plan.wishes] == [
            wish.day + by for wish in plan.plan.wishes
        ]
        zone = plan.plan.zone
        # The same time of day on the same weekday, whatever the clocks do in between.
        assert [one.start.astimezone(zone).replace(tzinfo=None) for one in moved.plan.absences] == [
            one.start.astimezone(zone).replace(tzinfo=None) + by for one in plan.plan.absences
        ]
        assert by % timedelta(weeks=1) == timedelta()
        before = plan.store.load_roster(EXAMPLE_WEEK.shifted(-1)).shifts
        after = moved.store.load_roster(IsoWeek(2027, 9)).shifts
        assert [shift.day + by for shift in before] == [shift.day for shift in after]


@pytest.mark.parametrize("name", ["atlantis", "../example", ""])
def test_an_unknown_example_is_said_and_leaves_no_file(tmp_path, name):
    with pytest.raises(NotFoundError, match="example-missing"):
        create_example(tmp_path / "plan.narvaro", name)
    assert list(tmp_path.iterdir()) == []


def test_an_example_that_fails_midway_leaves_no_file(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("planner.services.examples.making.import_", fail)
    with pytest.raises(RuntimeError):
        create_example(tmp_path / "plan.narvaro")
    assert list(tmp_path.iterdir()) == []


def test_what_another_wrote_is_seen_after_a_refresh(example, tmp_path):
    path = tmp_path / "plan.narvaro"
    path.write_bytes(example.read_bytes())
    with open_plan(path) as plan, open_plan(path) as other:
        with other.changing("test") as store:
            take_away(store, "wishes", other.plan.wishes[:1])
        assert len(plan.plan.wishes) == len(other.plan.wishes) + 1
        assert plan.refresh().wishes == other.plan.wishes
