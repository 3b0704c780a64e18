"""What was done is what was reported, per place and duty; nobody is named."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.domain.changes import Change
from planner.domain.duties import DutyKind
from planner.domain.ids import DutyId
from planner.domain.promises import CoveredBy, DeliveryState, NotDoneReason
from planner.errors import ConflictError, InputError, NotFoundError, RefusedImportError
from planner.services.history import undo
from planner.services.promise.deliveries import report, report_as_planned, take_back
from planner.services.promise.delivery_import import (
    import_deliveries,
    preview_deliveries,
    write_deliveries,
)
from planner.services.promise.follow_up import follow_up_of
from planner.services.promise.promises import sign_promise
from planner.services.promise.report_lines import report_lines
from tests.planner import small
from tests.planner.domain.followed import PROMISE
from tests.planner.promised import SIGNED_AT, at, promised, publish_week
from tests.planner.small import FRIDAY, MONDAY, WEEK
from tests.planner.writing import take_away

DONE, NOT_DONE = DeliveryState.DONE, DeliveryState.NOT_DONE
THURSDAY_NOON = small.at(WEEK.days[3], "12:00")
AFTER = small.at(WEEK.days[6], "12:00")


@pytest.fixture
def plan(tmp_path):
    """The signed promise with its one published week, on the Sunday of that week."""
    with promised(tmp_path / "promised.narvaro") as opened:
        with at(SIGNED_AT):
            sign_promise(opened, PROMISE.id)
            publish_week(opened)
        with at(AFTER):
            yield opened


def lines(plan):
    return {line.duty: line for line in report_lines(plan, WEEK)}


def said(plan):
    return {one.duty: (one.state, one.reason) for one in plan.store.deliveries(WEEK, WEEK)}


def refusal(call, *args):
    with pytest.raises((ConflictError, InputError, NotFoundError)) as refused:
        call(*args)
    return refused.value.code


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rapport.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_week_lists_what_was_published_and_promised(plan):
    found = lines(plan)
    covered = Counter(line.covered_by for line in found.values())
    assert covered[CoveredBy.CANCELLED] == 1
    assert covered[CoveredBy.OWN_STAFF] == 4, "two days of the school with its own staff"
    assert covered[None] == 0
    assert all(line.is_over for line in found.values())
    assert {line.kind for line in found.values()} == set(DutyKind) - {DutyKind.VISIT}


def test_what_was_promised_is_listed_when_its_school_has_no_bells_any_more(plan):
    with plan.changing("test") as store:
        take_away(store, "bell_times", plan.plan.bell_times)
    later = {line.duty: line for line in report_lines(plan, WEEK.shifted(1))}
    assert later[DutyId("a/2026-11-30/before-1")].is_promised
    assert not later[DutyId("a/2026-11-30/before-1")].is_timed


def test_done_and_not_done_are_kept_and_replaced(plan):
    before, after = DutyId(f"a/{MONDAY}/before-1"), DutyId(f"a/{MONDAY}/after-1")
    assert report(plan, [before, after], DONE).n_reported == 2
    assert report(plan, [before, after], DONE).n_left == 2
    report(plan, [after], NOT_DONE, NotDoneReason.EMERGENCY)
    assert said(plan) == {before: (DONE, None), after: (NOT_DONE, NotDoneReason.EMERGENCY)}


def test_reports_of_a_selection_are_one_step_to_undo(plan):
    mine = [line.duty for line in lines(plan).values() if line.place == "a"]
    report(plan, mine, DONE)
    assert len(said(plan)) == len(mine)
    undo(plan)
    assert said(plan) == {}


def test_as_planned_reports_only_what_was_planned_is_over_and_has_no_report(plan):
    found = lines(plan)
    missed = DutyId(f"a/{MONDAY}/before-1")
    report(plan, [missed], NOT_DONE, NotDoneReason.WEATHER)
    with at(THURSDAY_NOON):
        done = report_as_planned(plan, list(found))
    kept = said(plan)
    assert kept.pop(missed) == (NOT_DONE, NotDoneReason.WEATHER)
    assert done.n_reported == len(kept)
    for duty in kept:
        assert found[duty].span.end <= THURSDAY_NOON
        assert found[duty].covered_by in {CoveredBy.ROSTER, CoveredBy.OWN_STAFF}
    assert done.n_left == len(found) - len(kept)


def test_what_nobody_was_to_do_is_never_done_as_planned(plan):
    cancelled = DutyId(f"b/{FRIDAY}/after-1")
    assert report_as_planned(plan, [cancelled]).n_reported == 0
    report(plan, [cancelled], NOT_DONE, NotDoneReason.NOBODY)
    contacts = follow_up_of(plan, PROMISE.id).measures[0].total
    assert contacts.not_done == {NotDoneReason.NOBODY: 1}


def test_a_report_is_taken_back_and_is_not_reported_again(plan):
    duty = DutyId(f"a/{MONDAY}/before-1")
    report(plan, [duty], DONE)
    assert take_back(plan, [duty]).n_reported == 1
    assert take_back(plan, [duty]).n_reported == 0
    assert said(plan) == {}


def test_what_cannot_be_reported_is_refused_and_nothing_is_kept(plan):
    monday, friday = DutyId(f"a/{MONDAY}/before-1"), DutyId(f"a/{FRIDAY}/before-1")
    assert refusal(report, plan, [monday, DutyId("x/2026-11-23/1")], DONE) == "duty-unknown"
    assert refusal(report, plan, [monday, DutyId("x")], DONE) == "duty-id-unknown"
    assert refusal(report, plan, [monday], NOT_DONE) == "reason-missing"
    with at(THURSDAY_NOON):
        assert refusal(report, plan, [monday, friday], DONE) == "duty-to-come"
    assert said(plan) == {}


def test_a_report_that_somebody_changed_meanwhile_is_not_overwritten(plan, monkeypatch):
    duty = DutyId(f"a/{MONDAY}/before-1")
    report(plan, [duty], DONE)
    kept = plan.store.deliveries(WEEK, WEEK)
    monkeypatch.setattr(plan.store, "deliveries", lambda *_: kept)
    other = replace(kept[0], state=NOT_DONE, reason=NotDoneReason.CLOSED)
    with plan.store.transaction("test"):
        plan.store.apply([Change(set_name="deliveries", before=kept[0], after=other)])
    assert refusal(report, plan, [duty], NOT_DONE, NotDoneReason.OTHER) == "record-changed"


def test_the_written_list_is_filled_in_and_read_again(plan, tmp_path):
    path = tmp_path / "lista.csv"
    n_lines = write_deliveries(plan, WEEK.days[0], WEEK.days[6], path)
    assert n_lines == len(lines(plan))
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    for row in rows[1:]:
        row[-2:] = ["ej genomfört", "väder"] if row[2] == str(MONDAY) else ["genomfört", ""]
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    shown = preview_deliveries(plan, path)
    assert (shown.problems, shown.n_unchanged, shown.n_silent) == ((), 0, 0)
    assert said(plan) == {}, "a preview keeps nothing"
    kept = import_deliveries(plan, shown)
    assert kept.n_reported == n_lines == shown.n_done + shown.n_not_done
    assert Counter(reason for _, reason in said(plan).values())[NotDoneReason.WEATHER] == sum(
        line.day == MONDAY for line in lines(plan).values()
    )
    again = preview_deliveries(plan, path)
    assert again.n_unchanged == n_lines
    undo(plan)
    assert said(plan) == {}


def test_a_duty_is_named_by_place_day_and_time(plan, tmp_path):
    path = written(
        tmp_path,
        "Skola;Datum;Pass;Tid;Utfall;Orsak;Namn på den som stod där\n"
        f"askskolan;{MONDAY};före;;ja;;Kim\n"
        f"Askskolan;{MONDAY};;14:00;nej;Frånvaro;Kim\n"
        f"Askskolan;{FRIDAY};efter;;;;\n",
    )
    shown = preview_deliveries(plan, path)
    assert shown.problems == ()
    assert shown.n_silent == 1
    assert [one.name for one in shown.left_out] == ["Namn på den som stod där"]
    import_deliveries(plan, shown)
    assert said(plan) == {
        DutyId(f"a/{MONDAY}/before-1"): (DONE, None),
        DutyId(f"a/{MONDAY}/after-1"): (NOT_DONE, NotDoneReason.ABSENCE),
    }


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("a/2026-11-23/before-9;;;;done;", "duty-unknown", None),
        ("nonsense;;;;done;", "duty-id-unknown", None),
        (";Okända skolan;2026-11-23;;done;", "duty-unknown", None),
        (";Askskolan;2026-11-23;;done;", "duty-unclear", None),
        (";Askskolan;2026-11-23;25:00;done;", "time-wrong", "time"),
        (";Askskolan;igår;;done;", "date-wrong", "date"),
        (";;2026-11-23;;done;", "value-missing", "place"),
        ("a/2026-11-23/before-1;;;;kanske;", "choice-wrong", "state"),
        ("a/2026-11-23/before-1;;;;not_done;", "reason-missing", "reason"),
        ("a/2026-11-23/before-1;;;;done;weather", "reason-of-done", "reason"),
        ("a/2026-12-11/before-1;;;;done;", "duty-to-come", None),
    ],
)
def test_each_wrong_row_is_told_with_its_place_and_nothing_is_kept(
    plan, tmp_path, row, code, column
):
    good = f"a/{MONDAY}/after-1;;;;done;"
    path = written(tmp_path, f"duty;place;date;time;state;reason\n{good}\n{row}\n")
    shown = preview_deliveries(plan, path)
    assert [(one.code, one.place.row, one.place.column) for one in shown.problems] == [
        (code, 3, column)
    ]
    with pytest.raises(RefusedImportError):
        import_deliveries(plan, shown)
    assert said(plan) == {}


def test_all_wrong_rows_are_told_at_once_whatever_is_wrong_with_them(plan, tmp_path):
    rows = (f"{place}/{MONDAY}/after-1;{state}" for place, state in (("zzz", "done"), ("a", "?")))
    text = "\n".join(("duty;state", *rows, "nowhere;done", ""))
    shown = preview_deliveries(plan, written(tmp_path, text))
    assert [one.place.row for one in shown.problems] == [2, 3, 4]


def test_what_can_be_said_is_offered_in_the_words_of_both_languages(plan, tmp_path):
    row = f"a/{MONDAY}/after-1;kanske;"
    shown = preview_deliveries(plan, written(tmp_path, f"duty;state;reason\n{row}\n"))
    offered = shown.problems[0].values["choices"]
    assert offered == ("done", "genomfört", "not_done", "ej genomfört")
    for one in offered:
        reason = "väder" if one in {"not_done", "ej genomfört"} else ""
        text = f"duty;state;reason\na/{MONDAY}/after-1;{one};{reason}\n"
        assert not preview_deliveries(plan, written(tmp_path, text)).problems


def test_a_duty_reported_twice_in_a_file_is_refused(plan, tmp_path):
    row = f"a/{MONDAY}/after-1;done"
    shown = preview_deliveries(plan, written(tmp_path, f"duty;state\n{row}\n{row}\n"))
    assert [(one.code, one.values["row"]) for one in shown.problems] == [("delivery-twice", 2)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("duty;reason\nx;y\n", "column-missing"),
        ("state\ndone\n", "column-missing"),
        ("duty;uppgift;state\nx;x;done\n", "column-twice"),
        (f"duty;state\na/{MONDAY}/after-1;\n", "delivery-nothing"),
    ],
)
def test_a_file_that_says_nothing_that_can_be_read_is_refused(plan, tmp_path, text, code):
    shown = preview_deliveries(plan, written(tmp_path, text))
    assert shown.problems[0].code == code


def test_a_preview_is_outdated_once_something_else_was_reported(plan, tmp_path):
    shown = preview_deliveries(plan, written(tmp_path, f"duty;state\na/{MONDAY}/after-1;done\n"))
    report(plan, [DutyId(f"a/{MONDAY}/before-1")], DONE)
    assert refusal(import_deliveries, plan, shown) == "import-outdated"


def test_a_duty_can_be_reported_from_the_minute_in_which_it_ends(plan):
    walk = next(line for line in lines(plan).values() if line.kind is DutyKind.WALK)
    with at(walk.span.end - timedelta(minutes=1)):
        assert refusal(report, plan, [walk.duty], DONE) == "duty-to-come"
    with at(walk.span.end):
        assert report(plan, [walk.duty], DONE).n_reported == 1


def test_days_outside_the_period_can_be_reported_and_count_for_nothing(plan):
    early = date(2026, 11, 16)
    before = follow_up_of(plan, PROMISE.id)
    report(plan, [DutyId(f"a/{early}/before-1")], DONE)
    after = follow_up_of(plan, PROMISE.id)
    assert [one.total for one in after.measures] == [one.total for one in before.measures]
