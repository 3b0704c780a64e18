"""The report-back out of a plan: every number of it counted again by somebody else."""

import csv
import json
import random
from dataclasses import replace
from datetime import date, timedelta

import jsonschema
import pytest

import resources
from planner.domain.changes import Change, difference
from planner.domain.ids import PromiseId
from planner.domain.promises import (
    CoveredBy,
    DeliveryState,
    NotDoneReason,
    OutcomeCount,
    WalkAction,
)
from planner.errors import ConflictError, NotFoundError, PlannerError
from planner.services.promise.promises import revise_promise, sign_promise
from planner.services.promise.report_back import promise_to_report, report_back_of
from planner.services.promise.report_back_files import report_back_pdf, write_report_back
from tests.planner import small
from tests.planner.domain.followed import (
    AFTER,
    PROMISE,
    WALK,
    delivery,
    period_duties,
    planned,
)
from tests.planner.promised import SIGNED_AT, at, promised
from tests.planner.reports.samples import text
from tests.planner.writing import put
from tests.recompute_report import differences

DURING = small.at(date(2026, 12, 1), "12:00")


@pytest.fixture
def unsigned(tmp_path):
    """The plan with its promise under negotiation."""
    with promised(tmp_path / "promised.narvaro") as opened:
        yield opened


@pytest.fixture
def signed(unsigned):
    """The plan with its promise signed, and nothing published or reported."""
    with at(SIGNED_AT):
        sign_promise(unsigned, PROMISE.id)
    return unsigned


@pytest.fixture
def reported(signed):
    """The plan with weeks published and reported, some of them not, and crimes counted."""
    happen(signed, random.Random(1))
    return signed


def happen(plan, rng):
    """Let every duty be published and reported or not, as drawn."""
    duties = [duty for duty in period_duties(plan.plan) if rng.random() < 0.95]
    published = [
        planned(duty, rng.choices(list(CoveredBy), (85, 5, 5, 5))[0], is_first=rng.random() < 0.97)
        for duty in duties
    ]
    fates = [
        rng.choices(["done", "", *NotDoneReason], (80, 8, 2, 2, 2, 2, 2, 2))[0] for _ in duties
    ]
    reports = [
        delivery(duty, None if fate == "done" else NotDoneReason(fate))
        for duty, fate in zip(duties, fates, strict=True)
        if fate
    ]
    months = [(date(2025, 10, 1) + timedelta(days=31 * n)).replace(day=1) for n in range(15)]
    with plan.changing("test") as store:
        store.add_planned_duties(published)
        store.apply(difference("deliveries", (), reports))
        put(store, "outcome_counts", [
            OutcomeCount(month=month, kind="personrån", area="Staden", n=rng.randrange(20),
                         source="Brå, https://bra.se")
            for month in months
            if rng.random() < 0.9
        ])  # fmt: skip
        put(store, "walk_actions", [
            WalkAction(id="a1", walk=WALK, text="Trasig lampa", responsible="Tekniska kontoret",
                       done_day=date(2026, 12, 11)),
            WalkAction(id="a2", walk=WALK, text="Skymd sikt"),
        ])  # fmt: skip


def refusal(call, *args, **options):
    with pytest.raises(PlannerError) as refused:
        call(*args, **options)
    return refused.value.code


def change(plan, set_name, before, after):
    with plan.changing("test") as store:
        store.apply([Change(set_name=set_name, before=before, after=after)])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("now", [AFTER, DURING], ids=["over", "interim"])
@pytest.mark.parametrize("seed", range(3))
def test_every_number_is_the_one_that_others_count(signed, tmp_path, seed, now, language):
    rng = random.Random(seed)
    happen(signed, rng)
    if seed == 1:
        with at(DURING - timedelta(days=5)):
            school = signed.plan.school_by_id["b"]
            bells = [bell for bell in signed.plan.bell_times if bell.school == school.id]
            with signed.changing("test") as store:
                store.apply(difference("bell_times", bells, bells[1:]))
            revise_promise(signed, PROMISE.id, date(2026, 12, 1), "Nya ringtider")
    write_report_back(signed, PROMISE.id, tmp_path / "out", now=now, language=language)
    differing, n_counted = differences(tmp_path / "out")
    assert differing == []
    assert n_counted > 200


def test_a_number_that_is_not_what_the_tables_give_is_found(reported, tmp_path):
    paths = write_report_back(reported, PROMISE.id, tmp_path, now=AFTER)
    (path,) = [path for path in paths if path.name.endswith("-deliveries.csv")]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (duties,) = [path for path in paths if path.name.endswith("-duties.csv")]
    with duties.open(encoding="utf-8-sig", newline="") as file:
        of_schools = {
            row["duty"]
            for row in csv.DictReader(file, delimiter=";")
            if (row["measure"], row["is_promised"]) == ("contacts", "ja")
        }
    done = next(
        n for n, line in enumerate(lines) if line.split(";")[0] in of_schools and ";done;" in line
    )
    path.write_text("".join(lines[:done] + lines[done + 1 :]), encoding="utf-8")
    differing, _n_counted = differences(tmp_path)
    assert any("page: contacts.done is" in line for line in differing)
    assert any("json: contacts.done is" in line for line in differing)


def test_files_are_for_readers_for_screens_and_for_counting(reported, tmp_path):
    told = []
    paths = write_report_back(
        reported, PROMISE.id, tmp_path / "new", now=AFTER, on_progress=lambda *n: told.append(n)
    )
    assert {path.suffix for path in paths} == {".pdf", ".html", ".json", ".csv"}
    assert told[-1] == (len(paths), len(paths))
    (document,) = [path for path in paths if path.suffix == ".json"]
    schema = json.loads(resources.path("schemas", "report-back-1.json").read_text("utf-8"))
    jsonschema.validate(json.loads(document.read_text("utf-8")), schema)
    assert text(paths[0].read_bytes()) == text(report_back_pdf(reported, PROMISE.id, now=AFTER))


def test_who_reported_and_when_somebody_was_anywhere_is_in_no_table(reported, tmp_path):
    paths = write_report_back(reported, PROMISE.id, tmp_path, now=AFTER)
    for path in paths:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                heads = next(csv.reader(file, delimiter=";"))
            assert not {"by", "at", "start", "end", "staff", "crew"} & set(heads)
        if path.suffix != ".pdf":
            written = path.read_text(encoding="utf-8-sig")
            assert "kim" not in written.casefold().split()
            assert "/2026-" not in written  # as ids of duties have


def test_stopping_writes_nothing(reported, tmp_path):
    out = tmp_path / "none"
    assert write_report_back(reported, PROMISE.id, out, now=AFTER, should_stop=lambda: True) == ()
    assert not out.exists()


def test_unsigned_promise_has_nothing_to_report_back(unsigned):
    assert refusal(report_back_of, unsigned, PROMISE.id, now=AFTER) == "promise-unsigned"


def test_promise_that_has_not_begun_has_nothing_to_report_back(signed):
    before = small.at(PROMISE.first_day - timedelta(days=1), "12:00")
    assert refusal(report_back_of, signed, PROMISE.id, now=before) == "report-not-begun"


def test_period_without_data_is_refused_in_words(signed):
    assert refusal(report_back_of, signed, PROMISE.id, now=AFTER) == "report-no-data"


def test_report_on_the_last_day_is_an_interim_one_and_on_the_next_the_last(reported):
    last = small.at(PROMISE.last_day, "23:59")
    assert not report_back_of(reported, PROMISE.id, now=last).is_over
    after = small.at(PROMISE.last_day + timedelta(days=1), "00:00")
    assert report_back_of(reported, PROMISE.id, now=after).is_over


def test_week_that_nobody_published_is_named(signed):
    duties = [duty for duty in period_duties(signed.plan) if duty.day.isocalendar().week != 49]
    with signed.changing("test") as store:
        store.add_planned_duties([planned(duty) for duty in duties])
    report = report_back_of(signed, PROMISE.id, now=AFTER)
    assert [str(week) for week in report.unpublished] == ["2026-W49"]


def test_names_of_people_stop_the_report_but_of_those_who_sign(reported):
    officer = reported.plan.staff_by_id[small.OFFICERS[0]].display_name
    promise = reported.plan.promises[0]
    signs = replace(promise, police_signatory=f"{officer}, chef")
    change(reported, "promises", promise, signs)
    assert officer in text(report_back_pdf(reported, PROMISE.id, now=AFTER))
    action = next(one for one in reported.plan.walk_actions if one.id == "a2")
    other = reported.plan.staff_by_id[small.OFFICERS[1]].display_name
    change(reported, "walk_actions", action, replace(action, responsible=other))
    assert refusal(report_back_pdf, reported, PROMISE.id, now=AFTER) == "print-refused"
    assert refusal(write_report_back, reported, PROMISE.id, None, now=AFTER) == "print-refused"


def test_undone_report_counts_as_not_reported(reported):
    before = report_back_of(reported, PROMISE.id, now=AFTER).measures[0].total
    weeks = [duty.week for duty in reported.store.promised_duties(["contacts"])]
    done = next(
        one
        for one in reported.store.deliveries(min(weeks), max(weeks))
        if one.state is DeliveryState.DONE and one.duty.startswith("a/2026-11-24")
    )
    change(reported, "deliveries", done, None)
    after = report_back_of(reported, PROMISE.id, now=AFTER).measures[0].total
    assert (after.done, after.not_reported) == (before.done - 1, before.not_reported + 1)


def test_promise_is_found_by_id_or_name_or_as_the_only_signed_one(signed):
    plan = signed.plan
    assert promise_to_report(plan, "p").id == PROMISE.id
    assert promise_to_report(plan, "Löftet").id == PROMISE.id
    other = replace(PROMISE, id=PromiseId("q"), name="Nästa", signed_on=None)
    both = replace(plan, promises=(*plan.promises, other))
    assert promise_to_report(both).id == PROMISE.id
    with pytest.raises(NotFoundError, match="report-promise-unknown"):
        promise_to_report(plan, "annat")
    with pytest.raises(NotFoundError, match="report-no-promise"):
        promise_to_report(replace(plan, promises=()))
    two = replace(plan, promises=(*plan.promises, replace(other, signed_on=PROMISE.signed_on)))
    with pytest.raises(ConflictError, match="report-promise-unclear"):
        promise_to_report(two)
