"""A whole plan goes out, and comes in again as it was: as CSV files and as a workbook."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from planner.domain.ids import EmployerId, ShiftId, SiteId, StaffId
from planner.domain.plan import Plan, record_fields
from planner.domain.roster import Shift
from planner.domain.schools import Site
from planner.domain.spans import Span
from planner.domain.staff import (
    Absence,
    BoundTime,
    Contract,
    Employer,
    ShiftSource,
    Skill,
    StaffMember,
    TravelMode,
    Unavailability,
)
from planner.errors import InputError
from planner.exchange.csv_files import table_to_csv
from planner.exchange.plan_tables import plan_tables
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content
from planner.exchange.workbook_writing import WorkbookLook, to_xlsx
from planner.services.examples import making
from planner.services.exports.exporting import ExportFormat, export_plan
from planner.services.imports.importing import import_
from planner.services.plans import create_plan, open_plan
from tests.planner import everything, small
from tests.planner.writing import put

KINDS = [ExportFormat.CSV, ExportFormat.XLSX]
NASTY = [
    *("=1+1", "'=1+1", "''-x", "'-5", "-5", "+46 21 39 00 00", "+4621390000", "@SUM(A1)", "'"),
    *("a;b,c\td".replace("\t", " "), 'say "hej"', '"', "😀 Åsa–Märta", "Å" * 40, "007", "1.0"),
    *("12345678901234567890", "1e5", "TRUE", "2026-11-23", "07.15", "½", "_x0041_", "a_x000D_b"),
    *("&amp;<b>", "—", "−5", "\uff1d1+1", "#1", "nej", "0", "\u00ad", "ﬁ", "א"),
]


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """The plan that has everything, open."""
    path = tmp_path_factory.mktemp("full") / "full.narvaro"
    small.save_plan(path, everything.make_plan())
    with open_plan(path) as plan:
        with plan.changing("test") as store:
            put(store, "shifts", everything.make_shifts())
        yield plan


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "empty.narvaro"
    create_plan(path)
    with open_plan(path) as plan:
        yield plan


def exported(plan, kind, folder, **options):
    out = folder / "out"
    export_plan(
        plan, kind, out if kind is ExportFormat.CSV else out.with_suffix(".xlsx"), **options
    )
    return out if kind is ExportFormat.CSV else out.with_suffix(".xlsx")


def test_the_plan_that_has_everything_has_something_in_each_set(full):
    assert [name for name in record_fields() if not getattr(full.plan, name)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_plan_comes_back_as_it_was(full, empty, tmp_path, kind):
    report = import_(empty, exported(full, kind, tmp_path, has_identities=True))
    assert empty.plan == full.store.load_plan()
    assert empty.store.shifts() == full.store.shifts()
    assert [one.code for one in report.findings if one.code.startswith(("file", "sheet"))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_import_changes_nothing(full, tmp_path, kind):
    before = full.store.load_plan()
    report = import_(full, exported(full, kind, tmp_path))
    assert {(one.n_added, one.n_changed, one.n_disappeared) for one in report.files} == {(0, 0, 0)}
    assert full.store.load_plan() == before


def test_the_example_comes_back_as_it_was(empty, tmp_path):
    path = tmp_path / "example.narvaro"
    making.create_example(path)
    with open_plan(path) as example:
        import_(empty, exported(example, ExportFormat.CSV, tmp_path, has_identities=True))
        assert empty.plan == example.plan
        assert empty.store.shifts() == example.store.shifts()


@pytest.mark.parametrize("kind", KINDS)
def test_real_names_stay_behind_unless_they_are_asked_for(full, empty, tmp_path, kind):
    source = exported(full, kind, tmp_path)
    import_(empty, source)
    shown = {one.id: one.display_name for one in full.plan.staff}
    assert {one.id: one.name for one in empty.plan.staff} == shown
    assert {one.email for one in empty.plan.staff} == {""}


def test_files_without_real_names_leave_those_of_the_plan(full, tmp_path):
    folder = exported(full, ExportFormat.CSV, tmp_path)
    staff = folder / "staff.csv"
    text = staff.read_text(encoding="utf-8-sig").replace("Polis Nr1", "Polis A")
    staff.write_text(text, encoding="utf-8-sig")
    before = full.plan.staff_by_id[small.OFFICERS[0]]
    import_(full, folder)
    assert full.plan.staff_by_id[small.OFFICERS[0]] == replace(before, display_name="Polis A")


def test_a_whole_plan_is_no_json(full, tmp_path):
    with pytest.raises(InputError, match="export-not-whole"):
        export_plan(full, ExportFormat.JSON, tmp_path / "plan.json")


def test_a_workbook_has_typed_cells_that_stay_and_filter(full, tmp_path):
    book = load_workbook(exported(full, ExportFormat.XLSX, tmp_path))
    staff, needs = book["staff"], book["staffing_needs"]
    assert staff.freeze_panes == "A2"
    assert staff.auto_filter.ref == f"A1:{staff.dimensions.split(':')[1]}"
    assert staff.column_dimensions["A"].width >= len("Polis Nr1") - 1
    row = {needs.cell(1, n).value: needs.cell(2, n).value for n in range(1, needs.max_column + 1)}
    assert (row["start"], row["needed"], row["skill"]) == (time(15), 3, "patrol")
    assert book["contracts"]["B2"].value == datetime(2026, 1, 1)  # noqa: DTZ001
    assert book["absences"]["C2"].value == datetime(2026, 11, 23, 6)  # noqa: DTZ001
    assert book.properties.title == "Small plan"
    assert book.properties.creator == "Närvaro"


TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1, max_size=40),
).map(str.strip)
IDS = st.text(st.sampled_from("aÅé09-_.:+@ "), min_size=1, max_size=12).map(str.strip)
INSTANTS = st.integers(0, 60 * 24 * 365).map(
    lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
CLOCKS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
POSITIONS = st.floats(-90, 90, allow_nan=False).map(lambda degrees: round(degrees, 7))


def texts(*, is_needed=True):
    """Return texts that an import takes: not empty where they are needed, no error of Excel's."""
    found = TEXTS.filter(lambda text: not text.startswith("#"))
    return found.filter(bool) if is_needed else found


@st.composite
def plans(draw):
    """Return a plan of some people, and their shifts; whether it makes sense is no matter."""
    ids = draw(st.lists(IDS.filter(bool), min_size=2, max_size=5, unique=True))
    people = tuple(StaffId(one) for one in ids)
    employer = EmployerId(draw(st.sampled_from(ids)))
    plan = Plan(
        settings=replace(
            small.make_plan().settings, name=draw(texts(is_needed=False)), notice=draw(texts())
        ),
        employers=(Employer(id=employer, name=draw(texts()), service_phone=draw(texts())),),
        skills=tuple(Skill(id=one, name=draw(texts())) for one in ids),
        staff=tuple(
            StaffMember(
                id=one,
                name=draw(texts()),
                display_name=draw(texts()),
                employer=employer,
                service_phone=draw(texts(is_needed=False)),
                travel_mode=draw(st.sampled_from(TravelMode)),
            )
            for one in people
        ),
        contracts=tuple(
            Contract(
                staff=one,
                first_day=draw(DAYS),
                last_day=draw(st.none() | DAYS),
                rule_book=ids[0],
                rate_percent=draw(st.integers(-5, 200)),
                shift_source=draw(st.sampled_from(ShiftSource)),
                free_weekdays=draw(st.sampled_from(["", "35", "1"])),
            )
            for one in people
        ),
        absences=tuple(
            Absence(id=one, staff=one, start=draw(INSTANTS), end=draw(INSTANTS)) for one in people
        ),
        bound_times=(
            BoundTime(
                id="b",
                staff=people[0],
                start=draw(INSTANTS),
                end=draw(INSTANTS),
                title=draw(texts(is_needed=False)),
            ),
        ),
        unavailabilities=(
            Unavailability(
                id="u", staff=people[0], weekday=1, start=draw(CLOCKS), end=draw(CLOCKS)
            ),
        ),
        sites=(
            Site(
                id=SiteId("s"),
                name=draw(texts()),
                latitude=draw(POSITIONS),
                longitude=draw(st.none() | POSITIONS),
            ),
        ),
    )
    start = draw(INSTANTS)
    length, away = draw(st.integers(30, 600)), draw(st.integers(0, 20))
    pause = Span(start + timedelta(minutes=away), start + timedelta(minutes=away + 10))
    shift = Shift(
        id=ShiftId(f"{ids[0]}/1"),
        staff=people[0],
        day=start.astimezone(plan.zone).date(),
        shift_type=None,
        parts=(Span(start, start + timedelta(minutes=length)),),
        breaks=draw(st.sampled_from([(), (pause,)])),
        source=draw(st.sampled_from(ShiftSource)),
        is_locked=draw(st.booleans()),
    )
    return plan, (shift,)


def brought_back(source):
    problems = Problems()
    content = read_content(source, Plan().settings, problems)
    problems.refuse()
    return Plan(settings=content.settings, **content.records), content.shifts


def filled(plan):
    """Return the tables that hold anything; the others are the same every time."""
    return [table for table in plan_tables(*plan, has_identities=True) if table.rows]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans())
def test_any_plan_comes_back_from_csv_files(plan, tmp_path):
    for table in filled(plan):
        (tmp_path / f"{table.name}.csv").write_bytes(table_to_csv(table, plan[0].zone))
    assert brought_back(tmp_path) == plan


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans())
def test_any_plan_comes_back_from_a_workbook(plan, tmp_path):
    look = WorkbookLook(title="", language="sv", n_fixed={})
    path = tmp_path / "plan.xlsx"
    path.write_bytes(to_xlsx(filled(plan), plan[0].zone, look))
    assert brought_back(path) == plan


@pytest.mark.parametrize("text", NASTY)
def test_every_nasty_text_comes_back(text, tmp_path):
    plan = replace(Plan(), skills=(Skill(id="x", name=text),))
    (table,) = (one for one in filled((plan, ())) if one.name == "skills")
    (tmp_path / "skills.csv").write_bytes(table_to_csv(table, plan.zone))
    path = tmp_path / "plan.xlsx"
    look = WorkbookLook(title="", language="sv", n_fixed={})
    path.write_bytes(to_xlsx([table], plan.zone, look))
    assert brought_back(tmp_path)[0].skills == plan.skills
    assert brought_back(path)[0].skills == plan.skills
