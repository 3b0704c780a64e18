"""What managers read of a week, and of several."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from planner import words
from planner.domain.coverage_counts import Coverage
from planner.domain.promises import MeasureKind
from planner.domain.roster import Blocker, GapReason
from planner.reports.coverage_sheet_pdf import render_coverage_sheets
from planner.reports.coverage_weeks import share_percent
from planner.reports.week_edition import WeekDay
from tests.planner.reports.coverage_samples import coverage_sheet, overfull_coverage_sheet
from tests.planner.reports.samples import DAYS, WEEK, pages, text

EMPTY = coverage_sheet(
    measures=(), schools=(), hours=(), hotspots=(), staffing=(), gaps=(), decisions=(),
    overrides=(), n_own_schools=0,
)  # fmt: skip


def of_week(n, n_planned, **more):
    measures = ((MeasureKind.CONTACT_PERSONS, Coverage(n_promised=300, n_planned=n_planned)),)
    return coverage_sheet(week=WEEK.shifted(n), measures=measures, gaps=(), **more)


def test_promise_stands_first_then_gaps_with_reasons_and_what_was_decided():
    said = text(render_coverage_sheets([coverage_sheet()]))
    for part in (
        "TÄCKNING", "Vecka 48", "Version 3", "ersätter version 2",
        "25 av 29 utlovade insatser är planerade.",
        "1 saknar personal · 2 tas av skolornas egen personal · 1 är inställd",
        "1 timme av 4 ligger under minimibemanningen; 1 når minimum",
        "2 skolor har egen personal hela tiden",
        "Persboskolan, efter skolan", "tis 24/11, 14:00–15:00", "1 person saknas",
        "En regel hindrar alla som skulle kunna (bevisat",
        "frånvarande eller ej tillgänglig: 3",
        "Orsaken är inte undersökt", "Skolans egen personal", "Enligt överenskommelse",
        "planerare, ons 18/11, 10:00", "Fastställd 19 november 2026 kl. 14:05 av planerare",
        "sida 1 av",
    ):  # fmt: skip
        assert part in said, part
    assert said.index("utlovade insatser") < said.index("Luckor, den viktigaste först")


def test_all_that_was_promised_is_said_only_when_it_is_planned():
    full = of_week(0, 300)
    assert "Allt som utlovats är planerat: 300 av 300" in text(render_coverage_sheets([full]))
    almost = text(render_coverage_sheets([of_week(0, 299)]))
    assert "299 av 300 utlovade" in almost
    assert "Allt" not in almost


def test_gap_is_told_with_what_stops_most_people():
    gap = coverage_sheet().gaps[0]
    blockers = tuple(
        Blocker(code=code, n_staff=n)
        for n, code in enumerate(("travel", "bound", "daily-rest", "off"), start=1)
    )
    said = text(render_coverage_sheets([coverage_sheet(gaps=(replace(gap, blockers=blockers),))]))
    assert "ledig enligt givet schema: 4, dygnsvila: 3, bunden tid: 2." in said
    assert "för långt bort" not in said


def test_reason_of_a_gap_is_a_fact_only_where_it_is_proved():
    gap = replace(coverage_sheet().gaps[0], reason=GapReason.PREFERENCE)
    proved, unproved = (
        text(render_coverage_sheets([coverage_sheet(gaps=(replace(gap, proof=proof),))]))
        for proof in ("bound", None)
    )
    claim = "Att täcka den skulle kosta något lika viktigt"
    assert claim in proved
    assert claim not in unproved
    assert "att täcka den är inte bevisat" in unproved


def test_empty_week_is_said_in_words():
    said = text(render_coverage_sheets([EMPTY]))
    for part in ("Inget är utlovat för den här veckan.", "inget bemanningsbehov", "inga luckor"):
        assert part in said
    with words.speaking("en"):
        said = text(render_coverage_sheets([EMPTY]))
    assert "Nothing was promised for this week." in said


def test_holiday_stands_over_its_day():
    days = (WeekDay(day=DAYS[0], occasion="Annandag jul", is_free=True),)
    days += tuple(WeekDay(day=day) for day in DAYS[1:])
    assert "Annandag jul" in text(render_coverage_sheets([coverage_sheet(days=days)]))


def test_draft_says_so_on_every_page():
    draft = replace(overfull_coverage_sheet(), version=None, replaces=None, published_at=None)
    of_draft = pages(render_coverage_sheets([draft]))
    assert len(of_draft) > 1
    assert all("UTKAST" in page and "Utkast, inte fastställt" in page for page in of_draft)


def test_overfull_week_loses_nothing_and_repeats_its_heads():
    sheet = overfull_coverage_sheet()
    schools = tuple(replace(one, school=f"Skola {n}.") for n, one in enumerate(sheet.schools * 10))
    gaps = tuple(replace(sheet.gaps[0], title=f"Lucka {n}.") for n in range(60))
    of_sheet = pages(render_coverage_sheets([replace(sheet, schools=schools, gaps=gaps)]))
    whole = " ".join(of_sheet)
    assert all(whole.count(f"Skola {n}.") == 1 for n in range(60))
    assert all(whole.count(f"Lucka {n}.") == 1 for n in range(60))
    goes_on = [page for page in of_sheet if "Skolorna dag för dag, forts." in page]
    assert goes_on
    assert all("mån 23/11" in page for page in goes_on)


def test_several_weeks_begin_with_a_row_each_and_how_it_goes():
    sheets = [of_week(-1, 297, version=1), of_week(0, 300, version=4)]
    pdf = render_coverage_sheets(sheets)
    first = pages(pdf)[0]
    for part in ("Vecka 47–48", "ökar från 99 procent i vecka 47 till 100 i vecka 48", "297/300",
                 "+1 procentenhet", "16/11–22/11"):  # fmt: skip
        assert part in first
    outline = PdfReader(BytesIO(pdf)).outline
    assert [mark["/Title"] for mark in outline][1:] == [
        "Vecka 47, 16–22 november 2026",
        "Vecka 48, 23–29 november 2026",
    ]


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((300, 290), "minskar från 100 procent i vecka 47 till 96"),
        ((290, 290), "96 procent av löftet planerat, liksom i vecka 47"),
    ],
)
def test_trend_is_told_as_it_is(shares, said):
    sheets = [of_week(n - 1, planned) for n, planned in enumerate(shares)]
    assert said in pages(render_coverage_sheets(sheets))[0]


def test_weeks_without_a_promise_have_no_share():
    empty = replace(EMPTY, week=WEEK.shifted(-1))
    assert "inget utlovat" in pages(render_coverage_sheets([empty, of_week(0, 300)]))[0]
    both = pages(render_coverage_sheets([empty, EMPTY]))[0]
    assert "Inget är utlovat för de här veckorna." in both


def test_only_the_whole_promise_is_a_hundred_percent():
    assert share_percent(of_week(0, 299)) == 99
    assert share_percent(of_week(0, 300)) == 100


def test_same_sheet_gives_the_same_bytes():
    assert render_coverage_sheets([coverage_sheet()]) == render_coverage_sheets([coverage_sheet()])


def test_nothing_to_print_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="no week"):
        render_coverage_sheets([])
