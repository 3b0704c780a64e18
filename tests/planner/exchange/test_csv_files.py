import csv
import io

from planner.domain.demand import make_duties
from planner.domain.plan import PlanSettings
from planner.domain.roster import Gap, GapReason, Roster
from planner.domain.spans import Span
from planner.exchange.csv_files import to_csv, week_files
from planner.exchange.problems import Problems
from planner.exchange.reading import read_content
from tests.planner.small import MONDAY, WEEK, at


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
