"""How long the print-outs of planners and managers take for 150 people, and what pages cost."""

from dataclasses import replace

from planner.reports.coverage_sheet_pdf import render_coverage_sheets
from planner.reports.hours_statement_pdf import render_hours_statements
from planner.reports.week_roster import RosterDay, RosterDuty
from planner.reports.week_roster_pdf import render_week_rosters
from tests.bench.test_prints import peak, tell, timed
from tests.planner.reports.coverage_samples import coverage_sheet, overfull_coverage_sheet
from tests.planner.reports.samples import DAYS, LONG_NAME, WEEK
from tests.planner.reports.test_hours_statement_pdf import shift, statement, week
from tests.planner.reports.test_week_roster_pdf import SPLIT, group, person, roster

N_PEOPLE, N_SCHOOLS = 150, 60
ROSTER_S, COVERAGE_S, HOURS_S = 3.0, 2.0, 8.0
MOST_KB = 300.0
"""Of memory that ten people more cost in the roster's file, which is about a page."""


def test_roster_of_150_people_is_printed_in_time() -> None:
    whole = _roster(N_PEOPLE)
    took, pdf = timed(lambda: render_week_rosters([whole]))
    print(f"\nroster of {N_PEOPLE} people                  {took:6.2f} s   {len(pdf) / 1e6:.2f} MB")
    assert took < ROSTER_S


def test_coverage_of_60_schools_is_printed_in_time() -> None:
    few = overfull_coverage_sheet()
    sheet = replace(few, schools=few.schools * (N_SCHOOLS // len(few.schools)), gaps=few.gaps * 10)
    took, pdf = timed(lambda: render_coverage_sheets([sheet]))
    print(f"\ncoverage of {N_SCHOOLS} schools             {took:6.2f} s   {len(pdf) / 1e6:.2f} MB")
    assert took < COVERAGE_S
    weeks = [replace(coverage_sheet(), week=WEEK.shifted(n)) for n in range(18)]
    took, pdf = timed(lambda: render_coverage_sheets(weeks))
    print(f"coverage of {len(weeks)} weeks               {took:6.2f} s   {len(pdf) / 1e6:.2f} MB")


def test_hours_of_150_people_are_printed_in_time() -> None:
    weeks = tuple(week(*map(shift, DAYS[:5]), week=WEEK.shifted(n - 3)) for n in range(4))
    people = [statement(*weeks, display_name=f"Erik Lund {n}") for n in range(N_PEOPLE)]
    took, pdf = timed(lambda: render_hours_statements(people))
    print(f"\nhours of {N_PEOPLE} people, 4 weeks         {took:6.2f} s   {len(pdf) / 1e6:.2f} MB")
    assert took < HOURS_S


def test_memory_grows_by_little_for_each_page() -> None:
    render_week_rosters([_roster(1)])  # fonts and words are read once
    few, many = (peak(lambda n=n: render_week_rosters([_roster(n)])) for n in (50, 200))
    tell("a roster of 50 people, and of 200", few, many)
    each = (many - few) / 15 / 1e3
    print(f"ten people more                        {each:6.0f} kB")
    assert each < MOST_KB


def _roster(n_people: int):
    duties = tuple(RosterDuty(title=f"Skola nummer {n}", n=2) for n in range(3))
    days = tuple(RosterDay(day=day, shifts=(SPLIT,), duties=duties) for day in DAYS)
    people = [person(f"{LONG_NAME} {n}", days=days) for n in range(n_people)]
    return roster(
        *(group(*people[n : n + 25], squad=f"Turlag {n}") for n in range(0, n_people, 25))
    )
