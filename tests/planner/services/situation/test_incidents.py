"""Incidents in a plan: looked at first, then all of a file or nothing of it."""

import pytest

from planner.errors import ConflictError, RefusedImportError
from planner.services.situation import incidents
from planner.services.situation.incidents import IncidentTerms

SWEDEN = IncidentTerms(zone="Europe/Stockholm")
ROWS = "id,date_time,latitude,longitude,kind\n"
GOOD = "1,2026-03-02 21:15,59.61,16.54,rån\n2,2026-03-03 22:10,59.62,16.55,rån\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "brott.csv"
    path.write_text(ROWS + GOOD, encoding="utf-8")
    return path


def test_what_is_shown_is_what_is_written(small_open, file):
    shown = incidents.preview_incidents(small_open, file, SWEDEN)
    assert (shown.n_added, shown.n_changed, shown.n_unchanged) == (2, 0, 0)
    assert shown.kinds == (("rån", 2),)
    assert not small_open.store.incidents()
    assert incidents.import_incidents(small_open, shown) == 2
    assert small_open.store.incidents() == tuple(one for _, one in shown.incidents)


def test_file_read_again_adds_nothing_and_changes_what_differs(small_open, file):
    incidents.import_incidents(small_open, incidents.preview_incidents(small_open, file, SWEDEN))
    file.write_text(ROWS + GOOD.replace("22:10", "22:40"), encoding="utf-8")
    shown = incidents.preview_incidents(small_open, file, SWEDEN)
    assert (shown.n_added, shown.n_changed, shown.n_unchanged) == (0, 1, 1)
    assert incidents.import_incidents(small_open, shown) == 1
    assert [one.at.minute for one in small_open.store.incidents()] == [15, 40]


def test_one_wrong_row_keeps_the_whole_file_out(small_open, file):
    file.write_text(ROWS + GOOD + "3,2026-03-03 22:10,0,0,rån\n", encoding="utf-8")
    shown = incidents.preview_incidents(small_open, file, SWEDEN)
    with pytest.raises(RefusedImportError) as refused:
        incidents.import_incidents(small_open, shown)
    assert [one.place.row for one in refused.value.problems] == [4]
    assert not small_open.store.incidents()


def test_plan_changed_after_the_preview_is_told(small_open, file):
    shown = incidents.preview_incidents(small_open, file, SWEDEN)
    with small_open.store.transaction("something"):
        pass
    with pytest.raises(ConflictError, match="import-outdated"):
        incidents.import_incidents(small_open, shown)


def test_file_without_a_row_is_refused(small_open, file):
    file.write_text(ROWS, encoding="utf-8")
    shown = incidents.preview_incidents(small_open, file, SWEDEN)
    assert [one.code for one in shown.problems] == ["incident-none"]


def test_source_is_counted_and_taken_away(small_open, file):
    incidents.import_incidents(small_open, incidents.preview_incidents(small_open, file, SWEDEN))
    (source,) = incidents.sources_of(small_open.store.incidents(), small_open.plan.zone)
    assert (source.source, source.n_incidents) == ("brott.csv", 2)
    assert incidents.remove_source(small_open, "brott.csv") == 2
    assert not small_open.store.incidents()


def test_other_file_with_the_same_ids_is_warned_of(small_open, file, tmp_path):
    incidents.import_incidents(small_open, incidents.preview_incidents(small_open, file, SWEDEN))
    other = tmp_path / "andra.csv"
    other.write_text(ROWS + GOOD.replace("2026-03-02", "2026-04-02"), encoding="utf-8")
    shown = incidents.preview_incidents(small_open, other, SWEDEN)
    assert (shown.n_added, shown.n_changed, shown.n_unchanged) == (0, 1, 1)
    (note,) = [one for one in shown.notes if one.code == "incident-other-file"]
    assert (note.values["n"], note.values["source"]) == (1, "brott.csv")


def test_same_file_under_another_name_changes_nothing(small_open, file, tmp_path):
    incidents.import_incidents(small_open, incidents.preview_incidents(small_open, file, SWEDEN))
    other = tmp_path / "kopia.csv"
    other.write_bytes(file.read_bytes())
    shown = incidents.preview_incidents(small_open, other, SWEDEN)
    assert (shown.n_added, shown.n_changed, shown.n_unchanged, shown.notes) == (0, 0, 2, ())
