"""Files of places in the preview, and brought into a plan."""

from pathlib import Path

import pytest

from planner import messages
from planner.services.exports.exporting import ExportFormat, export_plan
from planner.services.grids.importing import import_source
from planner.services.history import undo
from planner.services.imports import previews
from planner.services.imports.importing import import_
from planner.services.imports.rows import RowKind

UNITS = Path(__file__).parents[2] / "exchange/files/school_units.json"


def rows(shown, set_name, kind):
    (file,) = [file for file in shown.files if file.set_name == set_name]
    return [row.name for row in file.rows if row.kind is kind]


def test_preview_of_the_registry_tells_what_comes_changes_and_is_left_out(small_open):
    shown = previews.preview(small_open, UNITS)
    assert rows(shown, "schools", RowKind.ADDED) == [
        "Lindskolan 7-9 (10000002)",
        "Lindskolan F-6 (10000003)",
        "Ekskolan (10000004)",
    ]
    assert rows(shown, "schools", RowKind.CHANGED) == ["Askskolan (a)"]
    assert rows(shown, "schools", RowKind.DISAPPEARED) == []
    assert len(rows(shown, "schools", RowKind.LEFT_OUT)) == 5
    assert shown.problems == ()


def test_registry_changes_what_it_tells_and_one_step_takes_it_back(small_open):
    before = small_open.plan
    report = import_(small_open, UNITS)
    reasons = [messages.sentence(reason) for _name, reason in report.left_out]
    assert "school_units.json [schools]" in reasons[0]
    plan = small_open.refresh()
    ask = next(school for school in plan.schools if school.id == "a")
    old = next(school for school in before.schools if school.id == "a")
    assert (ask.site, ask.meeting_place, ask.before_min) == (
        old.site,
        old.meeting_place,
        old.before_min,
    )
    assert (ask.email, ask.grades) == ("10000001@skola.example", "F–6")
    assert plan.site_by_id["site-a"].latitude == pytest.approx(59.612345)
    assert "b" in {school.id for school in plan.schools}
    undo(small_open)
    assert small_open.refresh() == before


def test_no_school_or_site_is_removed_for_not_being_in_the_file(small_open):
    import_(small_open, UNITS, remove={"schools", "sites"})
    plan = small_open.refresh()
    assert {"a", "b"} <= {school.id for school in plan.schools}
    assert "site-square" in plan.site_by_id


def test_second_import_of_the_same_units_changes_nothing(small_open):
    import_(small_open, UNITS)
    small_open.refresh()
    assert previews.preview(small_open, UNITS).changes == ()


def test_exported_places_change_nothing_when_they_are_imported(small_open, tmp_path):
    for path in export_plan(small_open, ExportFormat.GEOJSON, tmp_path):
        report = import_source(small_open, path, is_dry=True)
        (file,) = report.files
        assert (file.n_added, file.n_changed) == (0, 0)
        assert file.n_unchanged > 0
