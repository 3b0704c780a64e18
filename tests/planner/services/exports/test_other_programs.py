"""What the program writes, opened by LibreOffice: the same cells, and nothing that computes."""

import csv
import subprocess
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from planner.domain.plan import Plan
from planner.domain.staff import Skill
from planner.exchange.csv_files import table_to_csv
from planner.exchange.formulas import guarded
from planner.exchange.plan_tables import plan_tables
from planner.exchange.values import number_text, to_cell
from planner.exchange.workbook_writing import WorkbookLook, to_xlsx
from tests.planner import everything

NASTY = [
    "=1+1",
    "'=1",
    "-5",
    "+46 21",
    "@x",
    'a;"b',
    "007",
    "1e5",
    "😀 Åsa",
    "2026-11-23",
    "_x0041_",
]
NUMBERS = ["-5", "007", "1e5", "2026-11-23"]
"""What a spreadsheet takes for a number or date in a CSV file; a workbook says it is text."""
NASTY = [*NUMBERS, "=1+1", "'=1", "+46 21", "@x", 'a;"b', "😀 Åsa", "_x0041_"]
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1"
AS_IT_IS = "CSV:59,34,76"


@pytest.fixture(scope="module")
def tables():
    """The plan that has everything, with texts that spreadsheets like to read otherwise."""
    nasty = tuple(Skill(id=f"x{n}", name=text) for n, text in enumerate(NASTY))
    plan = replace(everything.make_plan(), skills=nasty)
    return list(plan_tables(plan, everything.make_shifts(), has_identities=True))


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """Where LibreOffice keeps what it sets up when it first starts."""
    return f"-env:UserInstallation={tmp_path_factory.mktemp('profile').as_uri()}"


def convert(soffice, profile, folder, form, path, options=()):
    how = (profile, "--headless", *options, "--convert-to", form, "--outdir", folder)
    subprocess.run([soffice, *how, path], check=True, capture_output=True, timeout=110)


def text_of(value):
    """Return a cell as LibreOffice shows it."""
    return number_text(value) if isinstance(value, float) else to_cell(value, Plan().zone)


@pytest.mark.slow
def test_each_sheet_of_a_workbook_shows_what_the_plan_holds(soffice, profile, tables, tmp_path):
    look = WorkbookLook(title="Plan", language="sv", n_fixed={})
    path = tmp_path / "plan.xlsx"
    path.write_bytes(to_xlsx(tables, Plan().zone, look))
    convert(soffice, profile, tmp_path, EVERY_SHEET, path)
    for table in tables:
        with (tmp_path / f"plan-{table.name}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file, delimiter=";"))
        expected = [list(table.columns), *([text_of(one) for one in row] for row in table.rows)]
        assert found == expected, table.name


@pytest.mark.slow
def test_a_csv_file_opens_without_a_formula(soffice, profile, tables, tmp_path):
    (skills,) = (table for table in tables if table.name == "skills")
    path = tmp_path / "skills.csv"
    path.write_bytes(table_to_csv(skills, Plan().zone))
    convert(soffice, profile, tmp_path, "xlsx", path, options=(f"--infilter={AS_IT_IS}",))
    sheet = load_workbook(tmp_path / "skills.xlsx").active
    names = [sheet.cell(row, 2) for row in range(2, sheet.max_row + 1)]
    assert [cell.coordinate for cell in names if cell.data_type == "f"] == []
    texts = [text for text in NASTY if text not in NUMBERS]
    assert [cell.value for cell in names if cell.data_type == "s"] == list(map(guarded, texts))
