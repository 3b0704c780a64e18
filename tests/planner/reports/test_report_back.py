"""The report-back on paper and as a web page: the same numbers, and no more than they can carry."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, time
from io import BytesIO
from typing import get_args, get_type_hints

import pytest
from pypdf import PdfReader

from planner import words
from planner.domain.follow_up import EveryPlace
from planner.domain.outcome import outcome_series
from planner.domain.promises import MeasureKind, NotDoneReason, OutcomeCount
from planner.domain.spans import Span
from planner.domain.tallies import Tally, Verdict
from planner.reports.report_back import ReportBack
from planner.reports.report_back_document import report_of
from planner.reports.report_back_html import render_report_back_page
from planner.reports.report_back_pdf import render_report_back
from planner.reports.report_blocks import Table
from planner.reports.report_figures import figures_of
from planner.reports.traced import plain
from tests.planner.reports import report_back_samples as samples
from tests.planner.reports.pages import faults, text_of
from tests.planner.reports.report_back_samples import FIRST, LAST, SCHOOLS, report_back
from tests.planner.reports.samples import pages, text

SAMPLES = {
    "full": report_back,
    "interim": samples.interim_report_back,
    "empty": samples.empty_report_back,
}


def said(report: ReportBack) -> str:
    return text(render_report_back(report))


def with_first(**more) -> ReportBack:
    """Return a report-back whose first measure differs, and which has no other."""
    report = report_back()
    return replace(report, measures=(replace(report.measures[0], **more),))


def counts(n: int) -> tuple[OutcomeCount, ...]:
    """Return the sample's counts, but ``n`` in each month of the promise."""
    return tuple(
        replace(one, n=n) if FIRST <= one.month <= LAST else one
        for one in samples.outcome_counts()
    )  # fmt: skip


def test_summary_answers_both_questions_on_one_page():
    summary = pages(render_report_back(report_back()))[1]
    for part in (
        "Gjorde vi det vi lovade?", "Delvis: 2 av 4 åtaganden nådde sitt mål.",
        "542", "90,3 %", "minst 95 %", "Nej",
        "Blev de anmälda brotten färre?", "Det går inte att säga av de siffror som finns.",
        "31 anmälningar i december 2026 – mars 2027, mot 45 i samma månader ett år tidigare",
        "Siffrorna kan varken visa vad en förändring beror på",
        "Vad vet vi inte?", "För 29 av 1080 utlovade tider och besök har ingen rapporterat",
        "Siffra för personrån saknas för juli 2026.",
    ):  # fmt: skip
        assert part in summary, part


def test_measure_is_told_with_reasons_and_what_was_not_reported():
    whole = said(report_back())
    for part in (
        "En kontaktperson vid skolan före och efter skoltid i alla grundskolor",
        "Målet nåddes inte. Rapporterat som genomfört: 542 av 600; krävdes: 570.",
        "varav planerat när veckan fastställdes första gången 584", "väder 9",
        "platsen var stängd den dagen 8", "Ej rapporterat 19",
        "Vandring Bäckby", "12 januari 2027: hölls", "hölls inte (väder)",
        "Trasig belysning vid gångtunnel 1", "1 av 3 är åtgärdade",
        "Björkskolan ändrade sina ringtider", "900 888",
        "Inget schema fastställdes för vecka 53",
    ):  # fmt: skip
        assert part in whole, part


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_paper_and_web_page_show_the_same_numbers(name, language):
    with words.speaking(language):
        report = SAMPLES[name]()
        paper, page = said(report), text_of(render_report_back_page(report))
        texts = figures_of(report_of(report))
    assert texts or name == "empty"
    on_page = re.findall(r"\d+(?:[.,]\d+)?", page)
    on_paper = re.findall(r"\d+(?:[.,]\d+)?", paper)
    assert set(on_page) <= set(on_paper)


@pytest.mark.parametrize("name", SAMPLES)
def test_web_page_is_sound_and_every_link_leads_somewhere(name):
    html = render_report_back_page(SAMPLES[name]())
    assert faults(html) == []
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_number_of_a_measure_leads_to_the_weeks_that_it_is_counted_from():
    html = render_report_back_page(report_back())
    assert re.search(r'<a href="#a1" data-figure="contact_persons.done">542</a>', html)
    school = re.search(r'<a href="#(b1-\d+)" data-figure="contact_persons.place.id-0.done">', html)
    assert school
    assert f'id="{school[1]}">{SCHOOLS[0]}<' in html


def test_links_on_paper_lead_to_pages_of_the_document():
    reader = PdfReader(BytesIO(render_report_back(report_back())))
    there = {page.indirect_reference.idnum for page in reader.pages}
    goals = [
        link.get_object()["/Dest"][0].idnum
        for page in reader.pages
        for link in page.get("/Annots", ())
    ]
    assert len(goals) > 100
    assert set(goals) <= there


def test_paper_has_contents_bookmarks_metadata_and_its_own_fonts():
    pdf = render_report_back(report_back())
    reader = PdfReader(BytesIO(pdf))
    titles = [mark["/Title"] for mark in reader.outline]
    assert titles[:3] == ["Återrapport", "Sammanfattning", "1. Kontaktpersoner vid skolorna"]
    cover = pages(pdf)[0]
    assert all(title in cover for title in titles[1:])
    assert reader.metadata.title == "Återrapport: Medborgarlöfte Västerås 2026–2027"
    n = len(reader.pages)
    assert all(f"sida {k} av {n}" in page for k, page in enumerate(pages(pdf), start=1))
    fonts = {
        font.get_object()["/BaseFont"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all("+Inter" in font for font in fonts)


def test_contents_name_the_page_of_each_chapter():
    pdf = render_report_back(samples.overfull_report_back(8))
    of_page = pages(pdf)
    for title, number in re.findall(r"(Underskrifter|5\. Anmälda brott) (\d+)", of_page[0]):
        assert title in of_page[int(number) - 1]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_every_table_is_on_paper_as_it_is_counted(name):
    report = SAMPLES[name]()
    whole = said(report)
    for chapter in report_of(report).chapters:
        for block in chapter.blocks:
            for line in block.lines if isinstance(block, Table) else ():
                row = " ".join(plain(" ".join(line.cells)).split())
                assert row in whole


def test_same_report_gives_the_same_bytes():
    assert render_report_back(report_back()) == render_report_back(report_back())
    assert render_report_back_page(report_back()) == render_report_back_page(report_back())


@pytest.mark.parametrize("name", SAMPLES)
def test_simulated_data_say_so_on_every_page(name):
    report = replace(SAMPLES[name](), notice="Allt är simulerat.")
    assert all("Allt är simulerat." in page for page in pages(render_report_back(report)))


def test_every_school_is_claimed_only_if_every_school_was():
    claim = "Varje skola fick allt som utlovats"
    every = EveryPlace(n_places=3, n_complete=3, lacking=(), left_out=())
    assert claim in said(with_first(every_place=every))
    one = replace(every, n_complete=2, lacking=("Askskolan",))
    assert claim not in said(with_first(every_place=one))
    assert "det fick 2 av 3" in said(with_first(every_place=one))
    left = replace(every, left_out=("Glömda skolan",))
    assert claim not in said(with_first(every_place=left))
    assert "1 skola i planen har inte utlovats något: Glömda skolan" in said(
        with_first(every_place=left)
    )
    interim = replace(with_first(every_place=every), is_over=False)
    assert claim not in said(interim)


def test_what_nobody_reported_is_never_taken_for_done_nor_for_missed():
    total = Tally(promised=100, planned=100, done=90, not_reported=10)
    open_ = with_first(total=total, aim=95, verdict=Verdict.NOT_KEPT)
    assert "Går inte att visa" in said(open_)
    assert "Det går inte att visa: 0 av 1 åtaganden nådde sitt mål." in said(open_)
    lost = replace(total, not_reported=0, not_done={NotDoneReason.WEATHER: 10})
    missed = with_first(total=lost, aim=95, verdict=Verdict.NOT_KEPT)
    assert "Nej: 0 av 1 åtaganden nådde sitt mål." in said(missed)
    assert "Går inte att visa" not in said(missed)


@pytest.mark.parametrize(
    ("n", "answer"),
    [
        (1, "Färre anmäldes. Varför säger siffrorna inte."),
        (8, "Det går inte att säga av de siffror som finns."),
        (40, "Nej, fler anmäldes. Varför säger siffrorna inte."),
    ],
)
def test_outcome_claims_no_more_than_its_numbers_carry(n, answer):
    whole = said(report_back(outcomes=outcome_series(counts(n), FIRST, LAST)))
    assert answer in whole
    assert "Siffrorna kan varken visa vad en förändring beror på" in whole


def test_two_kinds_of_crime_that_differ_are_not_made_one():
    other = tuple(replace(one, kind="butiksrån") for one in counts(40))
    whole = said(report_back(outcomes=outcome_series((*counts(1), *other), FIRST, LAST)))
    assert "Det skiljer sig mellan brottstyperna." in whole
    assert "Butiksrån i Västerås: 160 anmälningar" in whole


def test_interim_report_says_that_it_is_one_and_what_is_to_come():
    whole = said(samples.interim_report_back())
    for part in (
        "DELRAPPORT", "Löftet gäller till och med 31 mars 2027",
        "varken som genomfört eller som uteblivet", "Återstår 300", "Inte ännu",
        "Om varje skola fick allt redovisas när perioden är slut",
        "Det finns inga siffror om anmälda brott i planen", "Vi har läst denna delrapport",
    ):  # fmt: skip
        assert part in whole, part


def test_empty_report_says_what_is_missing():
    whole = said(samples.empty_report_back())
    assert "Löftet har inga åtaganden" in whole
    assert "Det finns inga siffror om anmälda brott" in whole
    assert whole.count("Namn och befattning:") == 2


def test_both_parties_sign():
    (page,) = [p for p in pages(render_report_back(report_back())) if "Ort och datum" in p]
    assert "För Västerås stad" in page
    assert "Stina Stad, kommunstyrelsens ordförande" in page
    assert "För Lokalpolisområde Västerås" in page
    assert "Per Polis, chef för lokalpolisområdet" in page


def test_report_of_a_whole_city_loses_no_school():
    report = samples.overfull_report_back()
    of_page = pages(render_report_back(report))
    appendix = " ".join(of_page[10:])
    for place in report.measures[0].places:
        assert place.title in appendix
    goes_on = [page for page in of_page if "Plats för plats, forts." in page]
    assert goes_on
    assert all("Utlovat" in page for page in goes_on)


def test_two_measures_of_a_kind_go_by_what_they_promise():
    first = report_back().measures[0]
    other = replace(first, id="other", name="Kontaktperson vid friskolorna")
    whole = said(report_back(measures=(first, other)))
    assert "2. Kontaktperson vid friskolorna" in whole
    assert "1. En kontaktperson vid skolan" in whole


def test_measure_of_nothing_is_said_to_be_so():
    empty = samples.share_measure(MeasureKind.PRESENCE, (), 0, 90)
    whole = said(report_back(measures=(empty,)))
    assert "så inget är utlovat" in whole
    assert empty.verdict is Verdict.NOTHING_PROMISED


def test_typed_texts_are_no_markup_and_no_numbers_of_ours():
    evil = "<b>&amp;\ue000x\ue001y\ue002</b>"
    html = render_report_back_page(replace(with_first(name=evil), city=evil))
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;amp;xy&lt;/b&gt;" in html
    assert faults(html) == []


def _held_by(model: object) -> set[object]:
    """Return the types that a model can hold, of its fields and theirs."""
    found: set[object] = set()
    todo = [model]
    while todo:
        one = todo.pop()
        if one in found:
            continue
        found.add(one)
        todo += get_args(one)
        if isinstance(one, type) and is_dataclass(one):
            todo += get_type_hints(one).values()
    return found


def test_it_can_hold_no_hour_and_no_name_but_of_those_who_sign():
    held = _held_by(ReportBack)
    assert not held & {datetime, time, Span}
    names = {
        field.name
        for one in held
        if isinstance(one, type) and is_dataclass(one)
        for field in fields(one)
    }
    assert not names & {"staff", "crew", "by", "author", "display_name", "duties", "span", "at"}
    assert {name for name in names if "signatory" in name} == {"city_signatory", "police_signatory"}


def test_contents_of_many_measures_stay_on_the_cover():
    measures = tuple(
        replace(samples.sessions_measure(), id=f"m{n}", name=f"Information nummer {n}.")
        for n in range(40)
    )
    pdf = render_report_back(report_back(measures=measures))
    cover, *others = pages(pdf)
    for n in range(40):
        assert cover.count(f"Information nummer {n}.") == 1
        assert f"Information nummer {n}." in " ".join(others)
