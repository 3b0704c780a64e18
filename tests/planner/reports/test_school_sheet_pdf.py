"""What a principal reads on the sheet, as another library reads it."""

import re
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

import resources
from planner import words
from planner.domain.calendar import SchoolDayKind
from planner.domain.duties import Moment
from planner.reports.school_sheet import Callee, Presence, SheetDay, for_notice_board
from planner.reports.school_sheet_pdf import render_school_sheets
from planner.reports.sheet_news import with_news
from tests.planner.reports.samples import (
    DAYS,
    LONG_NAME,
    grouped_sheet,
    office_sheet,
    pages,
    school_day,
    text,
    window,
)

A4 = (595, 842)
MARGIN = 45


def printed(*sheets):
    return text(render_school_sheets(sheets or (office_sheet(),)))


def test_ordinary_week_is_one_a4_page_with_all_that_matters():
    pdf = render_school_sheets([office_sheet()])
    (page,) = PdfReader(BytesIO(pdf)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    said = text(pdf)
    for part in (
        "Persboskolan", "Vecka 48", "23–27 november 2026", "Kontorsexemplar", "Version 3",
        "ersätter version 2", "FÖRE SKOLAN", "EFTER SKOLAN", "Mån 23/11", "Fre 27/11",
        "07:15–08:15", "13:40–15:50", "Norra entrén", "Anna B", "Ersättare: Ali Karlsson",
        "021-39 00 12", "Samordnare: Maria Berg", "021-39 00 00", "021-39 12 34", "Akut fara 112",
        "114 14", "Gäller till och med fredag 27 november", "publicerad 19 november 2026 kl. 14:05",
        "sida 1 av 1",
    ):  # fmt: skip
        assert part in said


def test_english_sheet_has_no_swedish_words_of_ours():
    with words.speaking("en"):
        said = printed()
    for part in ("Week 48", "23–27 November 2026", "Office copy", "page 1 of 1", "Mon 23/11"):
        assert part in said
    for part in ("Vecka", "Ersättare", "sida", "Mån"):
        assert part not in said


def test_first_version_replaces_nothing():
    assert "ersätter" not in printed(office_sheet(version=1, replaces=None))


def test_times_are_those_of_the_schools_clock_after_the_clock_change():
    summer = office_sheet(school_day(DAYS[0].replace(month=6, day=1)))
    assert "07:15–08:15" in printed(summer)


def test_notice_board_copy_has_roles_and_numbers_but_no_names():
    said = printed(for_notice_board(office_sheet()))
    for part in ("För anslagstavlan", "Kontaktperson", "Ersättare", "021-39 00 12", "021-39 12 34"):
        assert part in said
    for name in ("Anna", "Ali", "Karlsson", "Maria", "Berg"):
        assert name not in said


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Presence.OWN_STAFF, "Skolans personal"),
        (Presence.CANCELLED, "Ingen kontaktperson – inställt, rektor är informerad"),
        (Presence.CONTACT_PERSON, "Kontaktperson"),
    ],
)
def test_window_without_a_name_says_who_in_words(who, expected):
    sheet = office_sheet(school_day(DAYS[0], who))
    assert printed(sheet).count(expected) == 2
    assert printed(for_notice_board(sheet)).count(expected) == 2


def test_window_that_is_not_the_usual_one_is_marked():
    assert "INTE SOM VANLIGT" not in printed()
    assert "INTE SOM VANLIGT" in printed(office_sheet(school_day(DAYS[0], is_changed=True)))


def test_what_is_new_is_marked_on_both_copies_in_words_and_without_names():
    days = (
        replace(
            school_day(DAYS[0]),
            windows=(
                window(DAYS[0], Moment.BEFORE, ("07:30", "08:15"), meeting_place="Södra entrén"),
                window(DAYS[0], Moment.AFTER, ("13:40", "15:50"), "Ali K"),
            ),
        ),
        SheetDay(day=DAYS[1], kind=SchoolDayKind.STUDY_DAY),
        replace(school_day(DAYS[2]), windows=school_day(DAYS[2]).windows[1:]),
        school_day(DAYS[3]),
        replace(
            school_day(DAYS[4]),
            windows=(
                *school_day(DAYS[4], Presence.CANCELLED).windows[:1],
                *school_day(DAYS[4]).windows[1:],
                window(DAYS[4], Moment.AFTER, ("16:00", "16:30")),
            ),
        ),
    )
    new = replace(
        with_news(office_sheet(*days, school_phone="021-1"), office_sheet()), replaces=3, version=4
    )
    for sheet in (new, for_notice_board(new)):
        said = printed(sheet)
        for part in (
            "ersätter version 3", "det nya är märkt", "NYTT: NUMREN", "NYTT: TIDEN, PLATSEN",
            "NYTT: PERSONEN", "Utgår: 07:15–08:15, Norra entrén", "Utgår: 13:40–15:50",
            "NYTT: INSTÄLLT", "TILLKOMMER",
        ):  # fmt: skip
            assert part in said, part
        assert said.count("Utgår") == 3
    assert "Anna" not in printed(for_notice_board(new))
    with words.speaking("en"):
        assert "NEW: THE TIME, THE PLACE" in printed(new)
    for part in ("NYTT", "Utgår", "märkt"):
        assert part not in printed()


def test_long_meeting_place_is_read_at_arms_length():
    place = "Vid cykelställen mellan matsalen och idrottshallen, på gaveln mot Skolgatan"
    days = (school_day(day, meeting_place=place) for day in DAYS[:5])
    pdf = render_school_sheets([office_sheet(*days)])
    (page,) = PdfReader(BytesIO(pdf)).pages
    said = []
    page.extract_text(visitor_text=lambda text, _m, _n, _font, size: said.append((text, size)))
    sizes = [size for text, size in said if "cykelställen" in text]
    assert len(sizes) == 5
    assert min(sizes) >= 9


@pytest.mark.parametrize(
    ("kind", "occasion", "expected"),
    [
        (SchoolDayKind.STUDY_DAY, "", "Studiedag – ingen närvaro vid skolan"),
        (SchoolDayKind.CLOSED, "", "Skolan är stängd – ingen närvaro"),
        (SchoolDayKind.HOLIDAY, "Annandag påsk", "Annandag påsk – ingen närvaro vid skolan"),
        (SchoolDayKind.BREAK, "Höstlov", "Höstlov – ingen närvaro vid skolan"),
        (SchoolDayKind.BREAK, "", "Lov – ingen närvaro vid skolan"),
        (SchoolDayKind.OUTING, "", "Friluftsdag – ingen närvaro vid skolan"),
        (SchoolDayKind.SCHOOL_DAY, "", "Ingen närvaro vid skolan den här dagen"),
    ],
)
def test_day_without_windows_says_why_in_words(kind, occasion, expected):
    assert expected in printed(office_sheet(SheetDay(day=DAYS[0], kind=kind, occasion=occasion)))


def test_week_of_holidays_has_a_line_a_day_and_no_empty_columns():
    days = [SheetDay(day=day, kind=SchoolDayKind.BREAK, occasion="Höstlov") for day in DAYS]
    said = printed(office_sheet(*days))
    assert said.count("Höstlov") == 5
    assert "Lör" not in said
    assert "FÖRE" not in said


def test_half_day_is_named_and_a_missing_side_is_said():
    after = window(DAYS[2], Moment.AFTER, ("11:30", "12:30"), is_changed=True)
    day = SheetDay(day=DAYS[2], kind=SchoolDayKind.HALF_DAY, windows=(after,))
    said = printed(office_sheet(day))
    assert "Halvdag" in said
    assert "Ingen närvaro" in said
    assert "11:30–12:30" in said


@pytest.mark.parametrize("n_groups", [2, 3])
def test_several_groups_on_two_sites_stand_on_one_page(n_groups):
    sheet = grouped_sheet(n_groups, n_sites=2)
    (page,) = pages(render_school_sheets([sheet]))
    for n in range(n_groups):
        assert page.count(f"Grupp {n} · Hus {n % 2} · Port {n}") == 10
    assert page.count(LONG_NAME) == 10 * n_groups


def test_three_groups_after_school_stand_on_one_page_with_times_to_be_read_from_afar():
    windows = [("F–3, 4–6, 7–9", Moment.BEFORE, "07:30", "08:15")]
    windows += [
        (group, Moment.AFTER, start, end)
        for group, start, end in (
            ("F–3", "13:20", "13:55"), ("4–6", "14:20", "14:55"), ("7–9", "15:30", "16:05"),
        )
    ]  # fmt: skip
    days = (
        SheetDay(
            day=day,
            kind=SchoolDayKind.SCHOOL_DAY,
            windows=tuple(
                window(day, moment, times, "Nadja Petrova", grade_group=group)
                for group, moment, *times in windows
            ),
        )
        for day in DAYS[:5]
    )
    pdf = render_school_sheets([office_sheet(*days)])
    (page,) = pages(pdf)
    assert page.count("Nadja Petrova") == 20
    assert page.count("15:30–16:05") == 5
    (only,) = PdfReader(BytesIO(pdf)).pages
    sizes = []
    only.extract_text(
        visitor_text=lambda said, _cm, _tm, _font, size: (
            sizes.append(size) if "13:20–13:55" in said else None
        )
    )
    assert min(sizes) >= 17


def test_twelve_windows_a_day_go_on_to_further_pages_with_the_heading():
    sheet = grouped_sheet(6)
    of_sheet = pages(render_school_sheets([sheet]))
    assert len(of_sheet) > 1
    for number, page in enumerate(of_sheet, start=1):
        for part in ("Persboskolan", "Vecka 48", "FÖRE SKOLAN", "112", "Ali Karlsson"):
            assert part in page
        assert f"sida {number} av {len(of_sheet)}" in page
    whole = " ".join(of_sheet)
    assert all(whole.count(f"Grupp {n} ") == 10 for n in range(6))


def test_group_is_left_out_where_there_is_only_one_window():
    assert "F–3, 4–6" not in printed(office_sheet(school_day(DAYS[0], grade_group="F–3, 4–6")))


@pytest.mark.parametrize("name", [LONG_NAME, "Ö" * 40, "W" * 40])
def test_long_names_stay_whole_and_on_the_paper(name):
    sheet = replace(grouped_sheet(1, name=name), school=f"Skolan {name}")
    pdf = render_school_sheets([sheet])
    (page,) = pages(pdf)
    assert page.replace(" ", "").count(name.replace(" ", "")) == 11
    left, bottom, right, top = extent(pdf)
    assert left >= MARGIN - 1
    assert right <= A4[0] - MARGIN + 1
    assert bottom >= MARGIN / 2
    assert top <= A4[1] - MARGIN + 1


def extent(pdf):
    """Return the box around every letter of the first page."""
    document = pypdfium2.PdfDocument(pdf)
    letters = document[0].get_textpage()
    boxes = [letters.get_charbox(n) for n in range(letters.count_chars())]
    boxes = [box for box in boxes if box[2] > box[0]]
    document.close()
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def test_day_with_more_windows_than_a_page_holds_is_split():
    sheet = grouped_sheet(6)
    day = sheet.days[0]
    sheet = replace(sheet, days=(replace(day, windows=day.windows * 5),))
    of_sheet = pages(render_school_sheets([sheet]))
    assert len(of_sheet) > 1
    assert all("Mån" in page for page in of_sheet)
    assert " ".join(of_sheet).count(LONG_NAME) == 60


def test_marker_in_every_name_of_the_office_copy_is_not_on_the_notice_board():
    office = office_sheet(
        school_day(DAYS[0], "Markörnamn"),
        substitutes=(Callee(display_name="Markörnamn", phone="021-1"),),
        coordinator=Callee(display_name="Markörnamn", phone="021-2"),
    )
    assert printed(office).count("Markörnamn") == 4
    assert "Markör" not in printed(for_notice_board(office))


def test_without_other_numbers_the_schools_own_is_called():
    said = printed(office_sheet(substitutes=(), coordinator=None))
    assert "Skolans expedition 021-39 12 34" in said


def test_made_up_data_says_so():
    assert "Påhittade uppgifter" in printed(office_sheet(notice="Påhittade uppgifter."))


def test_same_sheet_gives_the_same_bytes():
    sheets = [office_sheet(), for_notice_board(grouped_sheet(3))]
    assert render_school_sheets(sheets) == render_school_sheets(sheets)


def test_several_schools_have_bookmarks_and_page_numbers_of_their_own():
    sheets = [grouped_sheet(6), replace(office_sheet(), school="Önstaskolan")]
    reader = PdfReader(BytesIO(render_school_sheets(sheets)))
    assert [mark["/Title"] for mark in reader.outline] == ["Persboskolan", "Önstaskolan"]
    last = reader.get_destination_page_number(reader.outline[1])
    assert last == len(reader.pages) - 1
    assert "sida 1 av 1" in reader.pages[last].extract_text()


def test_every_font_is_embedded_with_the_letters_that_are_used():
    reader = PdfReader(BytesIO(render_school_sheets([grouped_sheet(3), office_sheet()])))
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            fonts[font["/BaseFont"]] = font["/FontDescriptor"]
    assert fonts
    assert all("Inter" in name for name in fonts)
    assert all("/FontFile2" in descriptor for descriptor in fonts.values())
    assert all(re.match(r"/[A-Z0-9]{6}\+", name) for name in fonts)  # of a subset
    whole = resources.path("fonts", "Inter-Regular.ttf").stat().st_size
    assert all(
        len(descriptor["/FontFile2"].get_data()) < whole / 4 for descriptor in fonts.values()
    )


def test_file_says_what_it_is_and_in_which_language():
    reader = PdfReader(BytesIO(render_school_sheets([office_sheet()])))
    assert reader.metadata.title == "Närvaro vid skolan: Persboskolan, Vecka 48, 2026"
    assert reader.metadata.subject == "Vecka 48, 2026"
    assert reader.metadata.author == "Närvaro"
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"


def test_nothing_to_print_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no sheet"):
        render_school_sheets([])
