import csv
import io
from datetime import UTC, datetime, time

from planner.domain.demand import make_duties
from planner.domain.duties import DutyKind
from planner.domain.plan import PlanSettings
from planner.domain.roster import Gap, GapReason, Roster
from planner.domain.spans import Span
from planner.exchange.csv_files import table_to_csv, to_csv
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content
from planner.exchange.tables import Table
from planner.exchange.values import parse
from planner.exchange.week_tables import week_tables
from tests.planner.small import MONDAY, WEEK, at


def week_files(plan, roster, duties):
    tables = week_tables(plan, roster, duties)
    return {f"{table.name}.csv": table_to_csv(table, plan.zone) for table in tables}


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_files_open_in_a_swedish_spreadsheet():
    assert to_csv(("id", "name"), [("1", "Åsa; chef"), ("2", None)]) == (
        '\ufeffid;name\r\n1;"Åsa; chef"\r\n2;\r\n'.encode()
    )


def test_no_cell_becomes_a_formula():
    cells = ["=1+1", "+SUM(A1)", "-cmd", "@x", "\t=1"]
    table = to_csv(("a",), [(cell,) for cell in cells])
    assert [row["a"] for row in rows(table)] == ["'" + cell for cell in cells]


def test_numbers_stay_numbers():
    assert to_csv(("a", "b"), [("-12,5", -3)]).endswith(b"\r\n-12,5;-3\r\n")


def test_values_are_written_as_a_swedish_spreadsheet_reads_them(small_plan):
    moment = at(MONDAY, "07:15")
    values = (59.5, 1e-7, MONDAY, time(7, 5), moment, True, None, DutyKind.WALK, 5)
    table = Table(name="t", columns=("a",), rows=(values,))
    lines = table_to_csv(table, small_plan.zone).decode("utf-8-sig").split("\r\n")
    assert lines[1] == "59,5;0,0000001;2026-11-23;07:05;2026-11-23 07:15;ja;;walk;5"


def test_the_hour_that_comes_twice_in_autumn_is_told_apart(small_plan):
    hours = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    table = Table(name="t", columns=("at",), rows=tuple((hour,) for hour in hours))
    lines = table_to_csv(table, small_plan.zone).decode("utf-8-sig").split("\r\n")
    assert lines[1:-1] == ["2026-10-25 02:30", "2026-10-25 02:30+01:00"]
    assert [parse(line, datetime, small_plan.zone) for line in lines[1:-1]] == hours


def test_exported_shifts_can_be_imported_again(tmp_path, small_plan, small_roster):
    files = week_files(small_plan, small_roster, {})
    (tmp_path / "shifts.csv").write_bytes(files["shifts.csv"])
    problems = Problems()
    content = read_content(tmp_path, PlanSettings(), problems)
    problems.refuse()
    timeline = {(shift.id, shift.staff, shift.parts, shift.breaks) for shift in content.shifts}
    assert timeline == {
        (shift.id, shift.staff, shift.parts, shift.breaks) for shift in small_roster.shifts
    }


def test_assignments_have_names_and_local_times(small_plan, small_roster):
    duties = {duty.id: duty for duty in make_duties(small_plan, WEEK)}
    written = rows(week_files(small_plan, small_roster, duties)["assignments.csv"])
    assert len(written) == len(small_roster.assignments)
    first = small_roster.assignments[0]
    assert written[0]["title"] == duties[first.duty].title
    assert written[0]["name"] == small_plan.staff_by_id[first.staff].display_name
    assert written[0]["start"] == first.start.astimezone(small_plan.zone).strftime("%Y-%m-%d %H:%M")


def test_gaps_say_why_and_what_is_proved(small_plan):
    gap = Gap(
        duty=None,
        need="n1",
        title="Patrull",
        span=Span(at(MONDAY, "07:00"), at(MONDAY, "08:00")),
        missing=2,
        reason=GapReason.SUPPLY,
        is_proved=True,
        proof="nobody",
    )
    (row,) = rows(week_files(small_plan, Roster(week=WEEK, gaps=(gap,)), {})["gaps.csv"])
    assert row == {
        "title": "Patrull",
        "start": "2026-11-23 07:00",
        "end": "2026-11-23 08:00",
        "missing": "2",
        "reason": "supply",
        "proved": "ja",
        "duty": "",
        "need": "n1",
    }
