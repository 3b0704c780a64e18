"""Roster grids as planners really keep them, each messy in its own way; everybody is made up."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

NUMBERS = ("19790412-2387", "850916-1180", "199203302391", "800101-TF12", "8811245567")
"""Personal identity numbers, from the series that the tax agency keeps for tests, and a reserve."""
CAUSES = ("sjuk", "VAB", "sem", "Semester", "föräldraledig", "sjukskriven", "tjänstledig")

YELLOW, RED, GREY = "FFFF00", "FF7C80", "D9D9D9"
Squads = Sequence[tuple[str, Sequence[str]]]
OFFICERS: Squads = (
    ("Turlag 1", ("Ekström, Sara", "Pa Lindqvist Johan", "Öberg, Åsa")),
    ("Turlag 2 (yttre)", ("Nyström, Per", "Wallin, Eva-Lena")),
)
CYCLE = ("D", "D", "K", "K", "N", "", "", "M", "FP", "FP")


def police(
    path: Path,
    squads: Squads = OFFICERS,
    *,
    year_said: bool = True,
    weeks_said: bool = True,
    transposed: bool = False,
) -> Path:
    """Names × dates: month in a merged title, days as numbers, codes and colours, squads, sums."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Nov"
    title = "November 2026" if year_said else "November"
    sheet.cell(1, 1, "Tjänstgöringslista LPO Västerås")
    sheet.cell(2, 3, title).font = Font(bold=True)
    sheet.merge_cells(start_row=2, start_column=3, end_row=2, end_column=32)
    sheet.cell(5, 1, "Namn")
    sheet.cell(5, 2, "Tjnr")
    _days(sheet, weeks_said=weeks_said)
    sheet.cell(5, 33, "Summa tim")
    sheet.cell(5, 34, "Anm")
    row = _people(sheet, squads)
    _oddities(sheet)
    for label in ("Antal dag", "Antal kväll", "Summa"):
        sheet.cell(row, 1, label)
        for n in range(30):
            sheet.cell(row, 3 + n, n % 4)
        row += 1
    if transposed:
        _transpose(book)
    book.save(path)
    return path


def _days(sheet: Worksheet, *, weeks_said: bool) -> None:
    for n in range(30):
        day = date(2026, 11, 1) + timedelta(days=n)
        column = 3 + n
        if weeks_said and (day.isoweekday() == 1 or n == 0):
            sheet.cell(3, column, f"v{day.isocalendar().week}")
        if weeks_said:
            sheet.cell(4, column, "MTOTFLS"[day.weekday()])
        sheet.cell(5, column, day.day)


def _people(sheet: Worksheet, squads: Squads) -> int:
    """Write the squads and return the row below them."""
    row, at = 6, 0
    for squad, names in squads:
        sheet.cell(row, 1, squad).alignment = Alignment(horizontal="center")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=34)
        row += 1
        for name in names:
            sheet.cell(row, 1, name)
            sheet.cell(row, 2, NUMBERS[at % len(NUMBERS)])
            for n in range(30):
                day = date(2026, 11, 1) + timedelta(days=n)
                cell = sheet.cell(row, 3 + n, CYCLE[(n + 3 * at) % len(CYCLE)] or None)
                if day.isoweekday() >= 6:
                    cell.fill = PatternFill("solid", fgColor=GREY)
            sheet.cell(row, 33, "=COUNTA(C7:AF7)*8")
            at += 1
            row += 1
    return row


def _oddities(sheet: Worksheet) -> None:
    sheet.cell(7, 5).fill = PatternFill("solid", fgColor=YELLOW)
    sheet.cell(8, 12, "sjuk")
    sheet.cell(8, 13, "Sjuk 50%")
    sheet.cell(8, 14, None).fill = PatternFill("solid", fgColor=RED)
    sheet.cell(9, 20, "Sem")
    sheet.cell(9, 21, "sem")
    sheet.cell(7, 10, "Utb")
    sheet.cell(7, 34, "föräldraledig från jan, ring inte")


def _transpose(book: Workbook) -> None:
    old = book.active
    ranges = list(old.merged_cells.ranges)
    for one in ranges:
        old.unmerge_cells(str(one))
    new = book.create_sheet("Schema")
    for row in old.iter_rows():
        for cell in row:
            if cell.value is not None:
                new.cell(cell.column, cell.row, cell.value)
            if cell.fill.fill_type == "solid":
                new.cell(cell.column, cell.row).fill = PatternFill(
                    "solid", fgColor=cell.fill.fgColor.rgb
                )
    for one in ranges:
        new.merge_cells(
            start_row=one.min_col,
            end_row=one.max_col,
            start_column=one.min_row,
            end_column=one.max_row,
        )
    book.remove(old)


CONTACTS = ("Anna Karlsson", "Britt-Marie Åkesson", "Cem Öztürk", "Anna Karlsson")
WEEK_ROWS: Sequence[Sequence[str]] = (
    ("07.15-11.30/13-16", "07:15–16:00", "ledig", "FP", "07.15-11.30, 13-15.30", "", ""),
    ("7-16", "sjuk", "sjuk", "VAB", "7.00 - 16.00", "", ""),
    ("06.45-09.00 och 13.30-17.00", "sem", "sem", "sem", "sem", "", ""),
    ("kl 7-9 + 13-16", "APT", "0700-1600", "0715–1130/1300–1600", "13-17", "", ""),
)


def municipal(path: Path) -> Path:
    """One row a person and week, times as text, identity numbers and notes beside them."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Schema HT"
    sheet["A1"] = "Kontaktpersoner hösten 2026"
    sheet.merge_cells("A1:J1")
    heads = ("Personnr", "Namn", "Vecka", "Mån", "Tis", "Ons", "Tors", "Fre", "Lör", "Sön", "Anm.")
    for column, head in enumerate(heads, start=1):
        sheet.cell(3, column, head)
    row = 4
    for week in (47, 48):
        for n, name in enumerate(CONTACTS):
            sheet.cell(row, 1, NUMBERS[n])
            sheet.cell(row, 2, name)
            sheet.cell(row, 3, week if n else f"v.{week}")
            for column, text in enumerate(WEEK_ROWS[n], start=4):
                sheet.cell(row, column, text or None)
            sheet.cell(row, 11, "sjukskriven t.o.m. v 50, 0703-123 456" if n == 1 else None)
            row += 1
    sheet.cell(row + 1, 2, "Summa")
    book.save(path)
    return path


def export(path: Path) -> Path:
    """One row a shift, header in row 5, hidden columns, dates as text, absences on their own."""
    book = Workbook()
    info = book.active
    info.title = "Om"
    info["A1"] = "Rapport uttagen 2026-11-20 av system"
    sheet = book.create_sheet("Pass")
    sheet["A1"] = "Utdata pass 2026-11-23 – 2026-11-29"
    sheet["A2"] = "Enhet: Kontaktpersoner"
    heads = (
        "Personnummer",
        "Anst.nr",
        "Namn",
        "Passdatum",
        "Från",
        "Till",
        "Rast",
        "Passkod",
        "Frånvaroorsak",
        "Kostnadsställe",
    )
    for column, head in enumerate(heads, start=1):
        sheet.cell(5, column, head)
    rows = (
        (NUMBERS[0], 1, "Karlsson, Anna", "2026-11-23", "07:15", "16:00", 30, "S1", None),
        (NUMBERS[0], 1, "Karlsson, Anna", "2026-11-24", "07:15", "16:00", 30, "S1", "Sjuk"),
        (NUMBERS[1], 2, "Åkesson, Britt-Marie", "23.11.2026", "13:00", "17:00", 0, "S2", ""),
        (NUMBERS[1], 2, "Åkesson, Britt-Marie", "24/11 2026", "22.00", "06.00", 0, "NATT", None),
        (int(NUMBERS[2]), 3, "Öztürk, Cem", "2026-11-25 00:00", "7", "9", None, "", None),
    )
    for n, values in enumerate(rows, start=6):
        for column, value in enumerate(values, start=1):
            sheet.cell(n, column, value)
    sheet.column_dimensions[get_column_letter(1)].hidden = True
    sheet.column_dimensions[get_column_letter(10)].hidden = True
    away = book.create_sheet("Frånvaro")
    for column, head in enumerate(
        ("Personnr", "Förnamn", "Efternamn", "Datum fr.o.m.", "Datum t.o.m.", "Orsak"), start=1
    ):
        away.cell(5, column, head)
    for column, value in enumerate(
        (NUMBERS[1], "Britt-Marie", "Åkesson", "2026-11-26", "2026-11-28", "Semester"), start=1
    ):
        away.cell(6, column, value)
    book.save(path)
    return path
