"""What a promise is followed up with goes out with a whole plan and comes in again as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.changes import Change
from planner.domain.duties import DutyKind, Moment
from planner.domain.ids import DutyId, MeasureId
from planner.domain.incidents import DeclinedWindow, Incident
from planner.domain.plan import Plan
from planner.domain.promises import (
    CoveredBy,
    Delivery,
    DeliveryState,
    NotDoneReason,
    PlannedDuty,
    PromisedDuty,
    PromiseRevision,
)
from planner.domain.records import KEPT_SETS
from planner.domain.scenario_documents import document_of
from planner.domain.scenarios import Scenario
from planner.domain.weeks import IsoWeek
from planner.errors import RefusedImportError
from planner.exchange.csv_files import table_to_csv
from planner.exchange.plan_tables import plan_tables
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content
from planner.exchange.workbook_writing import WorkbookLook, to_xlsx
from planner.services import history
from planner.services.examples import making
from planner.services.exports.exporting import ExportFormat, export_plan
from planner.services.imports import previews
from planner.services.imports.importing import import_
from planner.services.imports.rows import RowKind
from planner.services.imports.set_words import set_words
from planner.services.plans import create_plan, open_plan
from planner.services.promise.follow_up import follow_up_of, is_signed
from planner.words import LANGUAGES, speaking
from tests.planner import everything, small
from tests.planner.domain.test_supposing import suppositions
from tests.planner.kept import AFTER, BEFORE, ENTERED, make_kept, put_kept

KINDS = [ExportFormat.CSV, ExportFormat.XLSX]
NOW = datetime(2027, 2, 1, tzinfo=UTC)
TEXTS = st.text(st.sampled_from("aÅ1 =-'+;\"€"), min_size=1, max_size=9).map(str.strip)
LINES = st.text(st.sampled_from("aÅ \n\t=-'"), max_size=30).map(str.strip)
MOMENTS = st.integers(0, 86_400 * 365).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n)
)
MINUTES = MOMENTS.map(lambda at: at.replace(second=0))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
DEGREES = st.floats(-90, 90, allow_nan=False).map(lambda degrees: round(degrees, 9))
NUMBERS = st.integers(0, 9999)


@pytest.fixture
def full(tmp_path):
    """The plan that has everything, and something in each set beside it, open."""
    path = tmp_path / "full.narvaro"
    small.save_plan(path, everything.make_plan())
    with open_plan(path) as plan:
        with plan.changing("test") as store:
            put_kept(store, make_kept())
        yield plan


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "empty.narvaro"
    create_plan(path)
    with open_plan(path) as plan:
        yield plan


def kept_of(plan):
    return {name: plan.store.kept(name) for name in KEPT_SETS}


def exported(plan, kind, folder, **options):
    out = folder / ("out" if kind is ExportFormat.CSV else "out.xlsx")
    export_plan(plan, kind, out, **options)
    return out


def written(folder, kept, names=tuple(KEPT_SETS)):
    """Write what a whole export of the plan that has everything would, of some sets."""
    plan = everything.make_plan()
    folder.mkdir()
    for table in plan_tables(plan, (), kept, has_identities=True):
        if table.name in names:
            (folder / f"{table.name}.csv").write_bytes(table_to_csv(table, plan.zone))
    return folder


def refused(plan, source):
    with pytest.raises(RefusedImportError) as caught:
        import_(plan, source)
    return [
        (one.code, one.place.file, one.place.row, one.place.column) for one in caught.value.problems
    ]


def test_there_is_something_in_each_set(full):
    assert [name for name, records in kept_of(full).items() if not records] == []


@pytest.mark.parametrize("kind", KINDS)
def test_all_of_it_comes_back_as_it_was(full, empty, tmp_path, kind):
    import_(empty, exported(full, kind, tmp_path, has_identities=True))
    assert kept_of(empty) == kept_of(full)
    assert empty.plan == full.plan
    assert empty.store.scenarios() == full.store.scenarios()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("has_identities", [True, False])
def test_a_second_import_leaves_all_of_it(full, tmp_path, kind, has_identities):
    before = kept_of(full)
    source = exported(full, kind, tmp_path, has_identities=has_identities)
    report = import_(full, source)
    assert {(one.n_added, one.n_changed) for one in report.files} == {(0, 0)}
    assert kept_of(full) == before


def test_the_example_comes_back_with_what_became_of_its_promise(empty, tmp_path):
    path = tmp_path / "example.narvaro"
    making.create_example(path)
    with open_plan(path) as example:
        import_(empty, exported(example, ExportFormat.CSV, tmp_path, has_identities=True))
        assert kept_of(empty) == kept_of(example)
        weeks = {one.week for one in empty.store.kept("planned_duties")}
        assert len(weeks) == 17
        assert any(is_signed(empty, promise) for promise in example.plan.promises)
        for promise in example.plan.promises:
            assert is_signed(empty, promise) is is_signed(example, promise)
            before = follow_up_of(example, promise.id, now=NOW)
            assert follow_up_of(empty, promise.id, now=NOW) == before


def test_who_reported_and_revised_stays_behind_unless_it_is_asked_for(full, empty, tmp_path):
    source = exported(full, ExportFormat.CSV, tmp_path)
    assert "anna.b" not in "".join(
        path.read_text(encoding="utf-8-sig") for path in source.iterdir()
    )
    import_(empty, source)
    assert {one.by for one in empty.store.kept("deliveries")} == {""}
    assert {one.by for one in empty.store.kept("promise_revisions")} == {""}
    nameless = [replace(one, by="") for one in full.store.kept("deliveries")]
    assert list(empty.store.kept("deliveries")) == nameless


def test_who_reported_does_not_come_back_once_it_is_forgotten(full, tmp_path):
    source = exported(full, ExportFormat.CSV, tmp_path, has_identities=True)
    with full.changing("test") as store:
        store.forget_reporters(IsoWeek(2027, 1))
    import_(full, source)
    assert {one.by for one in full.store.kept("deliveries")} == {""}


def test_an_import_is_one_step_to_undo(full, empty, tmp_path):
    import_(empty, exported(full, ExportFormat.CSV, tmp_path, has_identities=True))
    history.undo(empty)
    assert not any(kept_of(empty).values())
    history.redo(empty)
    assert kept_of(empty) == kept_of(full)


def test_new_rows_are_added_and_known_ones_stay(full, tmp_path):
    kept = make_kept()
    later = DutyId(f"{small.SCHOOL_A}/b/{small.WEDNESDAY}/0")
    planned = replace(kept["planned_duties"][0], duty=later, day=small.WEDNESDAY)
    delivery = replace(kept["deliveries"][0], duty=later)
    incident = replace(kept["incidents"][1], kind="personrån")
    new = {
        "planned_duties": (*kept["planned_duties"], planned),
        "deliveries": (*kept["deliveries"], delivery),
        "incidents": (incident,),
    }
    report = import_(full, written(tmp_path / "new", new))
    counts = {one.file: (one.n_added, one.n_changed, one.n_unchanged) for one in report.files}
    assert counts == {
        "planned_duties.csv": (1, 0, 2),
        "deliveries.csv": (1, 0, 2),
        "incidents.csv": (0, 1, 0),
    }
    assert {planned} < set(full.store.kept("planned_duties"))
    assert set(full.store.kept("incidents")) == {kept["incidents"][0], incident}


def test_what_was_planned_and_reported_is_never_overwritten(full, tmp_path):
    kept, before = make_kept(), kept_of(full)
    first, second = kept["planned_duties"]
    done, not_done = kept["deliveries"]
    new = {
        "planned_duties": (first, replace(second, n_heads=2)),
        "deliveries": (
            replace(done, state=DeliveryState.NOT_DONE, reason=NotDoneReason.OTHER),
            replace(not_done, at=ENTERED),
        ),
    }
    assert refused(full, written(tmp_path / "new", new)) == [
        ("planned-kept", "planned_duties.csv", 3, "n_heads"),
        ("delivery-kept", "deliveries.csv", 2, "state"),
        ("delivery-kept", "deliveries.csv", 3, "at"),
    ]
    assert kept_of(full) == before


def test_what_a_signature_fixed_is_never_changed(full, tmp_path):
    kept = make_kept()
    first, second = kept["promised_duties"]
    (revision,) = kept["promise_revisions"]
    later = DutyId(f"{small.SCHOOL_A}/b/{small.WEDNESDAY}/0")
    new = {
        "promised_duties": (
            first,
            replace(second, title="Annan"),
            replace(first, duty=later, day=small.WEDNESDAY),
        ),
        "promise_revisions": (replace(revision, n_after=9), replace(revision, id="1")),
    }
    assert refused(full, written(tmp_path / "new", new)) == [
        ("promised-fixed", "promised_duties.csv", 3, None),
        ("promised-fixed", "promised_duties.csv", 4, None),
        ("promised-fixed", "promise_revisions.csv", 2, None),
        ("promised-fixed", "promise_revisions.csv", 6, None),
    ]


def test_what_is_fixed_comes_to_a_signed_promise_that_has_nothing_fixed(full, tmp_path):
    with full.changing("test") as store:
        store.apply(
            [
                Change(set_name=name, before=one, after=None)
                for name in ("promised_duties", "promise_revisions")
                for one in store.kept(name)
            ]
        )
    kept = make_kept()
    import_(full, written(tmp_path / "new", kept))
    assert full.store.kept("promised_duties") == tuple(
        sorted(kept["promised_duties"], key=lambda one: one.duty)
    )


def test_nothing_is_fixed_of_what_nobody_signed(tmp_path):
    path = tmp_path / "unsigned.narvaro"
    plan = everything.make_plan()
    unsigned = tuple(replace(one, signed_on=None) for one in plan.promises)
    small.save_plan(path, replace(plan, promises=unsigned))
    kept = {"promised_duties": make_kept()["promised_duties"]}
    with open_plan(path) as found:
        assert refused(found, written(tmp_path / "new", kept)) == [
            ("fixed-unsigned", "promised_duties.csv", 2, "measure"),
            ("fixed-unsigned", "promised_duties.csv", 3, "measure"),
        ]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "problem"),
    [
        ("deliveries", "2026-W48", "2026-W47", ("duty-of-other-day", 2, "week")),
        ("deliveries", "2026-W48", "nu", ("week-unreadable", 2, "week")),
        ("deliveries", str(BEFORE), "askan", ("duty-id-unknown", 2, "duty")),
        ("deliveries", str(AFTER), str(BEFORE), ("id-twice", 3, None)),
        (
            "planned_duties",
            "2026-11-23;school",
            "2026-11-24;school",
            ("duty-of-other-day", 2, "day"),
        ),
        ("promised_duties", "m-contact_persons", "m-annat", ("unknown-id", 2, "measure")),
        ("incidents", "59,61", "", ("position-incomplete", 2, "latitude")),
        ("scenarios", "kind", "sort", ("scenario-unreadable", 2, "document")),
    ],
)
def test_a_wrong_row_is_refused_where_it_stands(full, empty, tmp_path, file, right, wrong, problem):
    folder = exported(full, ExportFormat.CSV, tmp_path)
    path = folder / f"{file}.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8-sig")
    code, row, column = problem
    assert refused(empty, folder)[0] == (code, f"{file}.csv", row, column)
    assert not any(kept_of(empty).values())


def test_a_preview_calls_things_by_their_names(full, empty, tmp_path):
    folder = exported(full, ExportFormat.CSV, tmp_path)
    shown = previews.preview(empty, folder)
    named = {
        file.set_name: [row.name for row in file.rows if row.kind is RowKind.ADDED]
        for file in shown.files
    }
    assert named["deliveries"] == [
        f"Askskolan, 2026-11-23 ({BEFORE})",
        f"Askskolan, 2026-11-24 ({AFTER})",
    ]
    assert named["scenarios"] == ["Åtta färre (s1)"]
    assert named["promise_revisions"] == ["Medborgarlöfte, 2026-11-23 09:15 (0f3a)"]
    assert named["incidents"][1] == "skadegörelse, Parken, 2026-11-23 22:00 (k2)"


def test_every_set_is_called_something_that_people_know():
    for language in LANGUAGES:
        with speaking(language):
            assert all(set_words(name) for name in KEPT_SETS)


@st.composite
def kept(draw):
    """Return some records of each set; whether they make sense together is no matter."""
    ids = draw(st.lists(TEXTS.filter(str.isalnum), min_size=1, max_size=3, unique=True))
    days = {DutyId(f"{one}/vid/{day}/1"): day for one in ids for day in [draw(DAYS)]}
    by = draw(st.just("") | TEXTS.filter(bool))
    return {
        "promised_duties": tuple(
            PromisedDuty(
                measure=MeasureId("m-presence"),
                duty=duty,
                week=IsoWeek.of(day),
                day=day,
                place=draw(TEXTS.filter(bool)),
                title=draw(TEXTS.filter(bool)),
            )
            for duty, day in days.items()
        ),
        "promise_revisions": (
            PromiseRevision(
                id="r",
                promise=everything.PROMISE,
                at=draw(MOMENTS),
                by=by,
                first_day=draw(DAYS),
                reason=draw(LINES.filter(bool)),
                n_before=draw(NUMBERS),
                n_after=draw(NUMBERS),
            ),
        ),
        "planned_duties": tuple(
            PlannedDuty(
                duty=duty,
                publication=draw(NUMBERS),
                is_first=draw(st.booleans()),
                week=IsoWeek.of(day),
                day=day,
                kind=draw(st.sampled_from(DutyKind)),
                place=draw(TEXTS.filter(bool)),
                title=draw(TEXTS.filter(bool)),
                moment=draw(st.none() | st.sampled_from(Moment)),
                start=draw(MINUTES),
                end=draw(MINUTES),
                n_heads=draw(NUMBERS),
                n_planned=draw(NUMBERS),
                covered_by=draw(st.sampled_from(CoveredBy)),
            )
            for duty, day in days.items()
        ),
        "deliveries": tuple(
            Delivery(
                duty=duty,
                week=IsoWeek.of(day),
                state=draw(st.sampled_from(DeliveryState)),
                reason=draw(st.none() | st.sampled_from(NotDoneReason)),
                at=draw(MOMENTS),
                by=by,
            )
            for duty, day in days.items()
        ),
        "incidents": tuple(
            Incident(
                id=f"{one}/#(1)",
                at=draw(MINUTES),
                kind=draw(TEXTS.filter(bool)),
                latitude=draw(st.none() | DEGREES),
                longitude=draw(st.none() | DEGREES),
                place=draw(TEXTS),
                source=draw(TEXTS),
            )
            for one in ids
        ),
        "declined_windows": (
            DeclinedWindow(
                id="250:1",
                latitude=draw(DEGREES),
                longitude=draw(DEGREES),
                weekday=1,
                start=time(20),
                end=time(1, 30),
                declined_at=draw(MOMENTS),
                reason=draw(LINES),
            ),
        ),
        "scenarios": (
            document_of(
                Scenario(
                    id="s",
                    name=draw(TEXTS.filter(bool)),
                    created_at=draw(MOMENTS),
                    suppositions=tuple(draw(st.lists(suppositions(), max_size=3))),
                )
            ),
        ),
    }


def tables_of(records):
    found = plan_tables(everything.make_plan(), (), records, has_identities=True)
    return [table for table in found if table.name in KEPT_SETS]


def brought_back(source):
    problems = Problems()
    content = read_content(source, Plan().settings, problems)
    problems.refuse()
    return content.kept


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=kept())
def test_anything_kept_comes_back_from_csv_files(records, tmp_path):
    for table in tables_of(records):
        (tmp_path / f"{table.name}.csv").write_bytes(table_to_csv(table, Plan().zone))
    assert brought_back(tmp_path) == records


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=kept())
def test_anything_kept_comes_back_from_a_workbook(records, tmp_path):
    path = tmp_path / "plan.xlsx"
    look = WorkbookLook(title="", language="sv", n_fixed={})
    path.write_bytes(to_xlsx(tables_of(records), Plan().zone, look))
    assert brought_back(path) == records
