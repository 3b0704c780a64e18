"""Stories: what a planner sees and decides before a week is published."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from planner import clock, words
from planner.domain.ids import ShiftId
from planner.domain.roster import Override, Severity
from planner.services.plans import open_plan
from planner.services.publish.publishing import latest, publish
from planner.services.roster.views import Decision
from planner.services.week.checking import check
from planner.services.week.publish_check import before_publishing
from tests.planner import small
from tests.planner.small import FRIDAY, MONDAY, WEEK, save_draft
from tests.planner.writing import put
from tests.ui.keyboard import accessible_name, keyboard_turns
from ui.publish.review import PublishDialog
from ui.widgets import EmptyState
from ui.widgets.notes import NoteList

WINDOWS, GAPS, BROKEN, OVERRIDES, NOTICE, REFUSED, SHEETS = range(7)


@pytest.fixture
def plan(drafted_file):
    with open_plan(drafted_file, actor="planner") as found:
        yield found


@pytest.fixture(autouse=True)
def english():
    words.set_language("en")


@pytest.fixture
def eve(monkeypatch):
    """It is the day before the week."""
    monkeypatch.setattr(clock, "today", lambda _zone: MONDAY - timedelta(days=1))


@pytest.fixture
def months_before(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda _zone: MONDAY - timedelta(days=90))


@pytest.fixture
def ask(plan, qtbot):
    """Open the dialog on the plan's week as it is now."""

    def opened():
        dialog = PublishDialog(before_publishing(plan, WEEK), plan.plan)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


def break_a_rule(plan):
    """Let one person have two shifts on Monday."""
    roster = small.make_roster(plan.plan)
    twice = replace(roster.shifts[0], id=ShiftId("twice"))
    save_draft(plan, replace(roster, shifts=(*roster.shifts, twice)))


def let_all_stand(plan):
    """Give a reason for each broken rule of the draft."""
    breaches = [
        finding.breach
        for finding in check(plan, WEEK).findings
        if finding.severity is Severity.VIOLATION
    ]
    overrides = tuple(
        Override(
            id=f"o{number}",
            week=WEEK,
            rule=rule,
            staff=staff,
            start=start,
            values=values,
            reason="Agreed by phone",
            author="planner",
            at=clock.now(),
        )
        for number, (rule, staff, start, values) in enumerate(breaches)
    )
    save_draft(plan, replace(plan.store.load_roster(WEEK), overrides=overrides))


def said(dialog, section):
    """Return what a section says: its count, then the first lines of what it lists."""
    page = dialog.pages.widget(section)
    lists = [page] if isinstance(page, NoteList) else page.findChildren(NoteList)
    notes = [found.note(row) for found in lists for row in range(found.count())]
    return dialog.sections.note(section).lines[1], notes


@pytest.mark.usefixtures("months_before")
def test_first_publication_names_what_it_does(ask):
    dialog = ask()
    assert dialog.publish_button.text().strip() == "Publish"
    assert said(dialog, SHEETS)[0] == "2 schools · 4 people"
    assert said(dialog, BROKEN)[0] == "All is well"
    assert isinstance(dialog.pages.widget(NOTICE), EmptyState)


def test_publishing_waits_for_the_last_decision(ask):
    dialog = ask()
    assert dialog.sections.currentRow() == WINDOWS
    assert not dialog.publish_button.isEnabled()
    (box,) = dialog.windows.choices.values()
    box.setCurrentIndex(2)
    assert dialog.publish_button.isEnabled()
    assert said(dialog, WINDOWS)[0] == "All decided"
    assert set(dialog.decisions().values()) == {Decision.CANCELLED}
    assert "New sheets go to 2 schools and 4 people." in dialog._left.text()


def test_one_button_decides_for_all(ask, plan):
    kept = tuple(
        done
        for done in small.make_roster(plan.plan).assignments
        if done.duty != f"b/{FRIDAY}/before-1"
    )
    save_draft(plan, replace(small.make_roster(plan.plan), assignments=kept))
    dialog = ask()
    assert dialog.windows.n_left == 2
    dialog.windows.decide_all(Decision.OWN_STAFF)
    assert set(dialog.decisions().values()) == {Decision.OWN_STAFF}


@pytest.mark.usefixtures("eve")
def test_override_and_short_notice_are_seen_and_published(ask, plan):
    publish(plan, WEEK, {window.duty: Decision.OWN_STAFF for window in windows(plan)})
    break_a_rule(plan)
    broken = ask()
    n_broken = len(said(broken, BROKEN)[1])
    assert n_broken
    assert said(broken, NOTICE)[0] == "1 shift"
    let_all_stand(plan)
    dialog = ask()
    assert said(dialog, BROKEN) == ("All is well", [])
    count, notes = said(dialog, OVERRIDES)
    assert count == f"{n_broken} with a reason"
    assert notes[0].lines[1] == "Reason: Agreed by phone"
    assert notes[0].lines[2].startswith("planner, ")
    (late,) = said(dialog, NOTICE)[1]
    assert late.lines[0] == "Kontakt Nr1, Mon 23/11"
    assert late.lines[2] == "1 day ahead; the rule book asks for 14 days"
    assert said(dialog, SHEETS)[0] == "1 person"
    assert dialog.publish_button.text().strip() == "Publish and replace version 1"
    assert dialog.publish_button.isEnabled(), "what was decided before need not be decided again"
    dialog.publish_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    publish(plan, WEEK, dialog.decisions())
    assert len(latest(plan, WEEK).overrides) == n_broken


def test_override_that_nothing_needs_any_more_says_so(ask, plan):
    break_a_rule(plan)
    let_all_stand(plan)
    overrides = plan.store.load_roster(WEEK).overrides
    save_draft(plan, replace(small.make_roster(plan.plan), overrides=overrides))
    (first, *_rest) = said(ask(), OVERRIDES)[1]
    assert first.lines[0] == "Kontakt Nr1 Mon 23/11: what was let stand is not broken any more"
    assert first.tone == "muted"


def test_gap_says_where_when_and_why(ask, plan):
    roster = small.make_roster(plan.plan)
    save_draft(plan, replace(roster, assignments=roster.assignments[:-1]))
    count, (gap,) = said(ask(), GAPS)
    assert count == "1 person missing"
    assert gap.lines[:2] == ("Torget", "Fri 27/11 16:00–17:00 · 1 person missing")


def test_keyboard_walks_the_sections_and_publishes(ask, qtbot):
    dialog = ask()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.windows.decide_all(Decision.OWN_STAFF)
    dialog.sections.setFocus()
    for section in range(1, 6):
        qtbot.keyClick(dialog.sections, Qt.Key.Key_Down)
        assert dialog.pages.currentIndex() == section
    qtbot.keyClick(dialog.sections, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter in the list publishes nothing"
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.sections, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_nothing_is_cut_off_on_a_small_screen(ask, code):
    words.set_language(code)
    dialog = ask()
    dialog.resize(683, 384)
    assert dialog.width() <= 683
    assert dialog.height() <= 384


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_every_widget_that_takes_the_keyboard_has_a_name_and_its_turn(ask, code):
    words.set_language(code)
    dialog = ask()
    dialog.windows.decide_all(Decision.OWN_STAFF)
    turns = keyboard_turns(dialog)
    assert all(accessible_name(widget) for widget in turns)
    (box,) = dialog.windows.choices.values()
    assert turns[0] is dialog.sections
    assert turns[1] is box
    assert turns[-1] is dialog.publish_button


def windows(plan):
    return before_publishing(plan, WEEK).windows


def test_a_sheet_that_shows_too_much_is_not_published(ask, plan):
    school, officer = plan.plan.schools[0], plan.plan.staff_by_id[small.OFFICERS[0]]
    with plan.changing("test") as store:
        put(store, "schools", [replace(school, phone=officer.display_name)])
    dialog = ask()
    for box in dialog.windows.choices.values():
        box.setCurrentIndex(2)
    assert not dialog.publish_button.isEnabled()
    count, (note,) = said(dialog, REFUSED)
    assert count == "1 sheet"
    assert school.name in note.lines[0]
