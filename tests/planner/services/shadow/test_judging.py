"""A roster that is judged beside the plan, and leaves it as it was."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.domain.duties import DutyKind, Moment
from planner.domain.grids import CodeChoice, Meaning
from planner.domain.plan import Plan
from planner.services.grids.importing import read_file
from planner.services.plans import open_plan
from planner.services.shadow.judging import judge_grid, search_grid
from planner.services.shadow.values import Shadow
from tests.planner import small

NIGHT = CodeChoice(meaning=Meaning.SHIFT, times=((time(22), time(7)),))
DAY = CodeChoice(meaning=Meaning.SHIFT, times=((time(7), time(16)),))
HEADS = ("Namn", *(f"{d}/11 2026" for d in range(23, 30)))


def grid_of(path: Path, *rows) -> Path:
    book = Workbook()
    for row in (HEADS, *rows):
        book.active.append(row)
    book.save(path)
    return path


def judged(plan, path, **codes) -> Shadow:
    file = read_file(plan, path)
    decisions = replace(file.decisions, codes={**file.decisions.codes, **codes})
    return judge_grid(plan, file.grid, decisions)


def rule(found, code):
    return next((one for one in found.rules if one.code == code), None)


def window(found, source, moment=None):
    return next(one for one in found.windows if (one.source, one.moment) == (source, moment))


@pytest.fixture
def officers(small_open, tmp_path):
    """Two officers on the evenings, of whom one has a night before a day."""
    path = grid_of(
        tmp_path / "police.xlsx",
        ("Polis Nr1", "E", "E", "N", "D", "E", "", ""),
        ("Polis Nr2", "E", "E", "", "sjuk", "E", "", ""),
        ("Polis Nr3", "D", "D", "D", "D", "D", "D", "D"),
    )
    return judged(small_open, path, D=DAY, N=NIGHT)


def test_the_plan_stays_as_it_is(small_open, small_file, tmp_path):
    before, held = small_open.store.load_plan(), small_file.read_bytes()
    judged(small_open, grid_of(tmp_path / "x.xlsx", ("Polis Nr1", "E", "Vem", *[""] * 5)))
    assert small_open.plan == before
    assert small_file.read_bytes() == held


def test_broken_rules_are_counted_and_the_worst_come_first(officers):
    rest = rule(officers, "daily-rest")
    assert {finding.staff for finding in rest.findings} == {"p1", "p3"}
    rests = [dict(finding.values)["rest_min"] for finding in rest.findings]
    assert rests == sorted(rests)
    days = rule(officers, "consecutive-days")
    assert [finding.staff for finding in days.findings] == ["p3"]
    assert officers.n_broken == sum(len(one.findings) for one in officers.rules)


def test_breaches_as_bad_as_each_other_come_by_time_and_name(small_open, tmp_path):
    book = Workbook()
    book.active.append(("Namn", *(f"2026-11-{d:02}" for d in range(2, 30))))
    for name in ("Polis Nr2", "Polis Nr1"):
        book.active.append((name, *(("N", "D", *[""] * 5) * 4)))
    book.save(tmp_path / "weeks.xlsx")
    found = judged(small_open, tmp_path / "weeks.xlsx", D=DAY, N=NIGHT)
    told = [
        (one.span.start.astimezone(small.ZONE).day, one.staff)
        for one in rule(found, "daily-rest").findings
    ]
    assert told == sorted(told)
    assert len({day for day, _staff in told}) == 4


def test_rules_that_shifts_alone_cannot_break_are_left_out(officers):
    assert not {one.code for one in officers.rules} & {"crew", "crew-task", "task-outside-shift"}


def test_hours_are_compared_with_the_contract_over_whole_weeks(officers):
    assert officers.whole_weeks == (small.WEEK,)
    hours = {one.staff: one for one in officers.hours}
    assert set(hours) == {"p1", "p2", "p3"}
    assert hours["p1"].counted_min == 3 * 450 + 540 - 30 + 540 - 30
    assert hours["p2"].target_min == 4 * 480  # absence is neutral
    assert hours["p2"].over_min == 3 * 450 - 4 * 480


def test_presence_is_covered_where_two_can_ride_together(officers):
    square = window(officers, small.SQUARE)
    assert (square.n_wanted, square.n_covered) == (5, 3)
    missing = [one for one in officers.gaps if one.kind is DutyKind.PRESENCE]
    assert [one.gap.missing for one in missing] == [2, 2]
    reasons = {each.code for one in missing for each in one.blockers}
    assert reasons == {"off", "blocked"}


def test_windows_of_people_whom_nobody_knows_are_not_judged(officers):
    assert {one.kind for one in officers.windows} == {DutyKind.PRESENCE}
    assert officers.n_outside == 18  # two schools, one of them with a study day


def test_school_windows_are_covered_by_known_faces_first(small_open, tmp_path):
    rows = [
        (name, *["07-09/13-16"] * 5, "", "")
        for name in ("Kontakt Nr1", "Kontakt Nr2", "Kontakt Nr3")
    ]
    rows[1] = ("Kontakt Nr2", *["07:30-09/13-16"] * 5, "", "")
    found = judged(small_open, grid_of(tmp_path / "city.xlsx", *rows))
    assert window(found, small.SCHOOL_A, Moment.BEFORE).n_covered == 5
    assert window(found, small.SCHOOL_B, Moment.BEFORE).n_covered == 4
    named = {done.staff for done in found.assignments if done.duty.startswith(f"{small.SCHOOL_A}/")}
    assert named == {"c1"}


def test_who_is_close_to_a_gap_is_told(small_open, tmp_path):
    rows = (("Kontakt Nr1", "07:30-09/13-16", *[""] * 6),)
    found = judged(small_open, grid_of(tmp_path / "city.xlsx", *rows))
    gap = next(
        one for one in found.gaps if one.gap.duty == f"{small.SCHOOL_A}/{small.MONDAY}/before-1"
    )
    assert (gap.nearest.staff, gap.nearest.short_min) == ("c1", 5)


def test_codes_without_a_meaning_are_counted_and_left_out(small_open, tmp_path):
    found = judged(
        small_open, grid_of(tmp_path / "q.xlsx", ("Polis Nr1", "E", "Q", "Q", *[""] * 4))
    )
    assert found.n_unread == 2
    assert len(found.shifts) == 1


def test_a_plan_without_staff_gets_them_from_the_grid_in_memory(tmp_path):
    whole = small.make_plan()
    bare = Plan(
        settings=whole.settings,
        sites=whole.sites,
        schools=whole.schools,
        bell_times=whole.bell_times,
        school_periods=whole.school_periods,
        hotspots=whole.hotspots,
        presence_windows=whole.presence_windows,
    )
    small.save_plan(tmp_path / "bare.narvaro", bare)
    with open_plan(tmp_path / "bare.narvaro") as plan:
        path = grid_of(
            tmp_path / "police.xlsx",
            ("Turlag 1",),
            ("Ekström, Sara", "D", "D", "N", "D", "", "", ""),
            ("Berg, Anna", "D", "D", "", "D", "D", "", ""),
        )
        late = CodeChoice(meaning=Meaning.SHIFT, times=((time(14), time(23)),))
        found = judged(plan, path, D=late, N=NIGHT)
        assert window(found, small.SQUARE).n_covered == 3
        assert [one.name for one in found.plan.rule_books] == ["Arbetstidslagen"]
        assert {one.name for one in found.hours} == {"Sara Ekström", "Anna Berg"}
        (finding,) = rule(found, "rest-between").findings
        assert dict(finding.values)["rest_min"] == 7 * 60
        assert plan.plan.staff == ()


def test_a_grid_of_several_weeks_is_judged_with_its_own_neighbours(small_open, tmp_path):
    book = Workbook()
    book.active.append(("Namn", *(f"2026-11-{d}" for d in range(23, 31)), "2026-12-01"))
    book.active.append(("Polis Nr1", *[""] * 6, "N", "D", ""))
    book.save(tmp_path / "weeks.xlsx")
    found = judged(small_open, tmp_path / "weeks.xlsx", D=DAY, N=NIGHT)
    assert found.weeks == (small.WEEK, small.WEEK.shifted(1))
    assert found.whole_weeks == (small.WEEK,)
    assert rule(found, "daily-rest") is not None  # the night ends when the day begins


def test_weekly_rest_is_judged_only_in_weeks_that_the_roster_knows(small_open, tmp_path):
    days = [f"2026-11-{d}" for d in range(23, 30)] + [f"2026-12-0{d}" for d in range(1, 5)]
    book = Workbook()
    book.active.append(("Namn", *days))
    book.active.append(("Polis Nr1", *"DDDDDDD", *"DDDD"))
    book.save(tmp_path / "weeks.xlsx")
    found = judged(small_open, tmp_path / "weeks.xlsx", D=DAY)
    (finding,) = rule(found, "weekly-rest").findings
    assert finding.span.start == small.WEEK.span(small.ZONE).start


def test_the_engine_covers_no_less_inside_the_same_shifts(small_open, tmp_path):
    path = grid_of(tmp_path / "police.xlsx", ("Polis Nr1", *"EEEEE"), ("Polis Nr2", *"EEEEE"))
    file = read_file(small_open, path)
    quick = judge_grid(small_open, file.grid, file.decisions)
    weeks = []
    found = search_grid(small_open, file.grid, file.decisions, seconds=1, on_week=weeks.append)
    assert found.is_searched
    assert weeks == [small.WEEK]
    assert [one.parts for one in found.shifts] == [one.parts for one in quick.shifts]
    assert sum(one.n_covered for one in found.windows) >= sum(
        one.n_covered for one in quick.windows
    )
