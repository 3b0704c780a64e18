from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner.domain.ids import SchoolId, StaffId
from planner.errors import ConflictError, NotFoundError, StorageError
from planner.services.prints.pages import page_links, page_sizes, render_page
from planner.services.prints.print_outs import PrintKind, PrintSet
from planner.services.prints.printing import print_pdf, print_week
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner.small import OFFICERS, SCHOOL_A, WEEK, save_draft

_SUFFIXES = (".pdf", ".html")


@pytest.fixture
def published(drafted):
    windows = uncovered_windows(drafted, WEEK)
    publish(drafted, WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
    return drafted


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("audience", PrintSet)
def test_nothing_is_printed_before_publishing(drafted, tmp_path, audience):
    with pytest.raises(ConflictError, match="week-not-published"):
        print_week(drafted, WEEK, tmp_path / "out", audience)
    assert not (tmp_path / "out").exists()


def test_draft_after_publishing_is_not_printed(published, small_roster):
    before = print_pdf(published, WEEK, PrintKind.OFFICE, SCHOOL_A)
    emptied = type(small_roster)(week=WEEK)
    save_draft(published, emptied)
    assert text_of(print_pdf(published, WEEK, PrintKind.OFFICE, SCHOOL_A)) == text_of(before)


def test_each_school_gets_two_copies_and_the_planner_all(published, tmp_path):
    paths = print_week(published, WEEK, tmp_path, PrintSet.SCHOOLS)
    assert sorted(path.name for path in paths) == [
        "2026-W48-a-anslagstavla.html",
        "2026-W48-a-anslagstavla.pdf",
        "2026-W48-a-kontor.html",
        "2026-W48-a-kontor.pdf",
        "2026-W48-alla-skolor-anslagstavla.pdf",
        "2026-W48-alla-skolor-kontor.pdf",
        "2026-W48-b-anslagstavla.html",
        "2026-W48-b-anslagstavla.pdf",
        "2026-W48-b-kontor.html",
        "2026-W48-b-kontor.pdf",
    ]
    assert sorted(path.name for path in tmp_path.glob("2026-*")) == sorted(
        one.name for one in paths
    )


def test_office_copy_names_and_notice_board_does_not(published):
    office = text_of(print_pdf(published, WEEK, PrintKind.OFFICE, SCHOOL_A))
    board = text_of(print_pdf(published, WEEK, PrintKind.NOTICE_BOARD, SCHOOL_A))
    assert "Kontakt Nr1" in office
    assert "Kontakt Nr" not in board
    assert "Askskolan" in board


def test_web_page_says_the_version_that_its_pdf_says(published, tmp_path):
    for path in print_week(published, WEEK, tmp_path, PrintSet.SCHOOLS, language="en"):
        if path.suffix == ".html":
            page = path.read_text(encoding="utf-8")
            assert '<html lang="en">' in page
            assert "Version 1" in page
            assert "Version 1" in text_of(path.with_suffix(".pdf").read_bytes())


def test_managers_get_the_coverage_as_a_web_page_too(published, tmp_path):
    paths = print_week(published, WEEK, tmp_path, PrintSet.MANAGER)
    page = next(path for path in paths if path.suffix == ".html")
    assert page.with_suffix(".pdf") in paths
    assert "Askskolan" in page.read_text(encoding="utf-8")


def test_everybody_gets_the_own_week(published, tmp_path):
    told = []
    paths = print_week(
        published,
        WEEK,
        tmp_path,
        PrintSet.STAFF,
        on_progress=lambda done, n: told.append((done, n)),
    )
    assert len(paths) == 9 + 8 + 1 + 9  # own weeks, duties of each day, the roster, hours
    assert told == [(number, len(paths)) for number in range(1, len(paths) + 1)]
    own = text_of((tmp_path / f"2026-W48-{OFFICERS[0]}-egen-vecka.pdf").read_bytes())
    assert "Polis Nr1" in own
    assert "Torget" in own


def test_ids_that_look_alike_to_the_system_do_not_overwrite(published, tmp_path, monkeypatch):
    from planner.services.prints import printing

    week = printing.published_week(published, WEEK)
    nobodys = replace(week.sheets[SCHOOL_A], school="Skolan", days=(), substitutes=())
    sheets = {SchoolId(one): nobodys for one in ("x y", "x_y", "X_Y")}
    monkeypatch.setattr(printing, "published_week", lambda *_: replace(week, sheets=sheets))
    paths = print_week(published, WEEK, tmp_path, PrintSet.SCHOOLS)
    assert len({path.name.casefold() for path in paths}) == len(paths) == 14
    stems = {suffix: {one.stem for one in paths if one.suffix == suffix} for suffix in _SUFFIXES}
    assert stems[".html"] < stems[".pdf"]


def test_language_can_be_another_than_the_plans(published, tmp_path):
    english = text_of(print_pdf(published, WEEK, PrintKind.OFFICE, SCHOOL_A, language="en"))
    swedish = text_of(print_pdf(published, WEEK, PrintKind.OFFICE, SCHOOL_A))
    assert "PRESENCE AT THE SCHOOL" in english
    assert "NÄRVARO VID SKOLAN" in swedish
    paths = print_week(published, WEEK, tmp_path, PrintSet.SCHOOLS, language="en")
    assert paths[0].name == "2026-W48-a-office.pdf"


def test_unknown_school_or_person_is_refused(published):
    with pytest.raises(NotFoundError, match="print-part-unknown"):
        print_pdf(published, WEEK, PrintKind.OFFICE, SchoolId("nowhere"))
    with pytest.raises(NotFoundError, match="print-part-unknown"):
        print_pdf(published, WEEK, PrintKind.OWN_WEEK, StaffId("nobody"))


def test_folder_that_is_a_file_is_refused(published, tmp_path):
    file = tmp_path / "taken"
    file.write_text("")
    with pytest.raises(StorageError, match="output-not-folder"):
        print_week(published, WEEK, file, PrintSet.STAFF)


def test_page_becomes_a_picture(published):
    pdf = print_pdf(published, WEEK, PrintKind.OFFICE)
    assert [round(width) for width, _height in page_sizes(pdf)] == [595, 595]
    picture = render_page(pdf, 1, 0.5)
    assert abs(picture.width - 297.6) < 1
    assert len(picture.rgba) == 4 * picture.width * picture.height
    assert picture.rgba[:4] == b"\xff\xff\xff\xff"


def test_pages_are_read_by_several_threads_at_once(published):
    pdf = print_pdf(published, WEEK, PrintKind.OFFICE)
    alone = render_page(pdf, 1, 0.5)
    with ThreadPoolExecutor(4) as threads:
        pictures = [threads.submit(render_page, pdf, 1, 0.5) for _ in range(60)]
        links = [threads.submit(page_links, pdf) for _ in range(60)]
    assert {picture.result() for picture in pictures} == {alone}
    assert {found.result() for found in links} == {page_links(pdf)}
