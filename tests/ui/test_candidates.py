"""The list of who can take something: chosen, narrowed and assigned by keyboard and mouse."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from planner import words
from planner.domain.ids import DutyId
from planner.domain.roster import Finding, Gap, GapReason, Severity
from planner.domain.spans import Span
from planner.services.candidates.of_week import WeekCandidates, wanted_by
from planner.services.candidates.values import (
    Answer,
    Candidate,
    Costs,
    Familiarity,
    Handed,
    HeadWanted,
    Hindrance,
    Person,
    Refusal,
    Way,
    WayKind,
)
from planner.services.week.working_week import WorkingWeek
from tests.planner.small import (
    CONTACTS,
    FRIDAY,
    SCHOOL_SHIFT,
    at,
    make_plan,
    make_roster,
)
from ui import theme
from ui.week import candidate_words
from ui.week.candidates import CandidatePanel

PLAN, ROSTER = make_plan(), make_roster(make_plan())
WANTED = HeadWanted(duty=DutyId("b/2026-11-27/after-1"))
SPAN = Span(at(FRIDAY, "14:00"), at(FRIDAY, "14:45"))


def person(number: int, name: str) -> Person:
    return Person(staff=CONTACTS[number], name=name, service_phone=f"021-39 01 0{number + 1}")


def candidate(number, name, kind=WayKind.FREE, **costs):
    return Candidate(
        people=(person(number, name),),
        way=Way(kind=kind, span=SPAN, shift_type=SCHOOL_SHIFT),
        costs=Costs(**costs),
        make=lambda roster: roster,
    )


FREE = candidate(0, "Åsa Berg", familiarity=Familiarity.NAMED)
EXTRA = candidate(1, "Bo Ek", WayKind.EXTRA, added_min=300, balance_after_min=300)
AGAINST = candidate(
    2,
    "Cia Ask",
    WayKind.EXTRA,
    broken=(
        Finding(
            code="daily-rest",
            severity=Severity.VIOLATION,
            staff=CONTACTS[2],
            span=SPAN,
            values=(("rest_min", 480), ("least_min", 660)),
        ),
    ),
)
REFUSALS = (
    Refusal(person=person(2, "Cia Ask"), hindrance=Hindrance.RULE, against_rules=AGAINST),
    Refusal(person=person(3, "Dag Lund"), hindrance=Hindrance.ABSENT),
)
ANSWER = Answer(
    wanted=WANTED, title="Björkskolan", span=SPAN, candidates=(FREE, EXTRA), refusals=REFUSALS
)


@pytest.fixture
def given() -> list[Candidate]:
    """To whom something was given."""
    return []


@pytest.fixture
def make_panel(qtbot, given):
    def make(answer):
        panel = CandidatePanel(lambda _wanted: answer, given.append)
        qtbot.addWidget(panel)
        panel.resize(330, 700)
        panel.show()
        panel.ask(PLAN, WANTED)
        qtbot.waitUntil(lambda: not panel.busy.isVisible())
        return panel

    return make


@pytest.fixture
def panel(make_panel):
    return make_panel(ANSWER)


def shown(rows):
    return [rows.item(n).text() for n in range(rows.count()) if not rows.item(n).isHidden()]


def test_panel_says_that_it_looks_until_it_has_found(qtbot, given):
    panel = CandidatePanel(lambda _wanted: ANSWER, given.append)
    qtbot.addWidget(panel)
    panel.show()
    panel.ask(PLAN, WANTED)
    assert panel.busy.isVisible()
    assert panel.nothing.text() == "Söker personer …"
    qtbot.waitUntil(lambda: not panel.busy.isVisible())
    assert panel.heading.text() == "Vem kan ta Björkskolan?"
    assert panel.when.text() == "fre 27/11 14:00–14:45"


def test_enter_gives_it_to_the_best(panel, qtbot, given):
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert given == [FREE]


def test_arrow_keys_lead_from_the_line_to_the_list(panel, qtbot, given):
    qtbot.keyClick(panel.search, Qt.Key.Key_Down)
    qtbot.keyClick(panel.found, Qt.Key.Key_Down)
    qtbot.keyClick(panel.found, Qt.Key.Key_Return)
    assert given == [EXTRA]


def test_typing_narrows_to_names_without_minding_accents(panel, qtbot, given):
    qtbot.keyClicks(panel.search, "asa")
    assert shown(panel.found) == ["Åsa Berg"]
    panel.search.clear()
    qtbot.keyClicks(panel.search, "ek")
    assert shown(panel.found) == ["Bo Ek"]
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert given == [EXTRA]


def test_typing_finds_who_cannot_when_nobody_who_can_is_called_so(panel, qtbot, given):
    assert not panel.refused.isVisible()
    qtbot.keyClicks(panel.search, "dag")
    assert panel.refused.isVisible()
    assert shown(panel.refused) == ["Dag Lund"]
    assert not panel.button.isEnabled()
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert given == []


def test_who_cannot_is_told_on_demand_with_the_reason(panel, qtbot):
    assert panel.others.text() == "2 personer kan inte"
    qtbot.mouseClick(panel.others, Qt.MouseButton.LeftButton)
    assert shown(panel.refused) == ["Cia Ask", "Dag Lund"]
    panel.refused.setCurrentRow(1)
    assert panel.chosen is None
    spoken = panel.refused.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Dag Lund, Frånvarande, 021-39 01 04"
    qtbot.mouseClick(panel.others, Qt.MouseButton.LeftButton)
    assert not panel.refused.isVisible()
    assert panel.chosen is FREE


def test_rule_can_be_broken_knowingly(panel, qtbot, given):
    panel.others.setChecked(True)
    panel.refused.setCurrentRow(0)
    assert panel.button.text() == "Tilldela trots regeln"
    assert panel.found.currentRow() == -1
    spoken = panel.refused.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "8:00" in spoken
    assert "11:00" in spoken
    qtbot.keyClick(panel.refused, Qt.Key.Key_Return)
    assert given == [AGAINST]
    panel.found.setCurrentRow(0)
    assert panel.button.text() == "Tilldela"


def test_with_nobody_able_the_reasons_are_open(make_panel):
    panel = make_panel(replace(ANSWER, candidates=()))
    assert "Ingen" in panel.nothing.text()
    assert not panel.found.isVisible()
    assert panel.refused.isVisible()


def test_what_is_not_wanted_any_more_says_so(make_panel):
    panel = make_panel(Answer(wanted=WANTED))
    assert panel.nothing.text() == ("Detta behövs inte längre; schemat har ändrats under tiden.")
    assert not panel.button.isVisible()


def test_escape_leaves_it(panel, qtbot, given):
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel.search, Qt.Key.Key_Escape)
    assert given == []


def test_cleared_panel_looks_for_nobody(qtbot, given):
    asked = []
    panel = CandidatePanel(lambda wanted: asked.append(wanted) or ANSWER, given.append)
    qtbot.addWidget(panel)
    panel.show()
    panel.ask(PLAN, WANTED)
    panel.clear()
    panel.ask(PLAN, WANTED)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [WANTED]
    panel.clear()
    assert panel.found.count() == 0


def test_others_who_were_not_judged_are_counted(make_panel):
    panel = make_panel(replace(ANSWER, n_more=3))
    assert panel.more.text() == "3 andra kan kanske, till en högre kostnad."


def test_screen_reader_hears_way_costs_and_number(panel):
    spoken = panel.found.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Åsa Berg, I tjänst och ledig för uppgiften, Utsedd kontaktperson, 021-39 01 01"
    )
    for widget in (panel.found, panel.refused, panel.search, panel.close_button, panel.busy):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)


@pytest.mark.parametrize("mode", [theme.Mode.LIGHT, theme.Mode.DARK])
def test_rows_grow_with_their_chips(make_panel, qapp, mode):
    theme.install(qapp, mode)
    panel = make_panel(ANSWER)
    heights = [panel.found.visualItemRect(panel.found.item(n)).height() for n in (0, 1)]
    panel.resize(900, 700)
    panel.grab()
    wide = [panel.found.visualItemRect(panel.found.item(n)).height() for n in (0, 1)]
    assert heights[1] >= heights[0] > 40
    assert sum(wide) <= sum(heights)


@pytest.mark.parametrize("code", ["sv", "en"])
def test_every_way_and_cost_has_words(code):
    words.set_language(code)
    gap = Gap(
        duty=WANTED.duty,
        need=None,
        title="Askskolan",
        span=SPAN,
        missing=1,
        reason=GapReason.PREFERENCE,
        is_proved=False,
        proof=None,
    )
    handed = Handed(duty=WANTED.duty, title="Askskolan", span=SPAN, taker=CONTACTS[0])
    for kind in WayKind:
        for one in (handed, replace(handed, taker=None)):
            way = Way(kind=kind, span=SPAN, shift_type=SCHOOL_SHIFT, handed=(one,))
            assert candidate_words.way(PLAN, replace(FREE, way=way))
    for familiarity in Familiarity:
        for wish in ("veto", "free", "shift"):
            costs = Costs(
                broken=AGAINST.costs.broken,
                opened=(gap,),
                left_min=30,
                n_disturbed=2,
                added_min=-60,
                balance_before_min=-60,
                balance_after_min=-120,
                familiarity=familiarity,
                wish=wish,
                travel_min=5,
                short_rest_min=500,
                notice_days=1,
                least_notice_days=14,
                given=True,
            )
            chips = candidate_words.chips(PLAN, replace(FREE, costs=costs))
            assert len(chips) == 12
            assert all(chip.text and "{" not in chip.text for chip in chips)
    for hindrance in Hindrance:
        refusal = Refusal(person=person(0, "Åsa"), hindrance=hindrance)
        assert candidate_words.reason(PLAN, refusal)


def test_real_week_is_asked_and_the_gap_closed(qtbot):
    working = WorkingWeek(PLAN, ROSTER)
    gap = next(gap for gap in working.view.gaps if gap.duty)
    rosters = []
    panel = CandidatePanel(
        WeekCandidates(working).find, lambda chosen: rosters.append(chosen.make(working.roster))
    )
    qtbot.addWidget(panel)
    panel.show()
    panel.ask(PLAN, wanted_by(gap))
    qtbot.waitUntil(lambda: panel.found.count() > 0)
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert gap.duty not in {one.duty for one in working.judged(rosters[0]).gaps}
