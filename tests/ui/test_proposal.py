"""Stories: a proposal looked at, and taken over whole, in part or not at all."""

import pytest
from PySide6.QtCore import Qt

from planner import words
from planner.domain import edits
from planner.domain.weeks import IsoWeek
from planner.services.roster.generating import Proposal, outcome
from planner.services.solving import Trouble
from planner.services.week.working_week import WorkingWeek
from tests.planner import small
from tests.planner.small import CONTACTS, FRIDAY, MONDAY, OFFICERS, TUESDAY
from tests.ui.keyboard import accessible_name, keyboard_turns
from ui import theme
from ui.proposal import ProposalDialog
from ui.week.generate import GenerateDialog

PLAN = small.make_plan()
BASE = small.make_roster(PLAN)


@pytest.fixture(autouse=True)
def english():
    words.set_language("en")


def without(roster, staff, day):
    return edits.remove_shifts(
        roster, {s.id for s in roster.shifts if (s.staff, s.day) == (staff, day)}
    )


@pytest.fixture
def proposed():
    """The uncovered window is covered, and an officers' crew is free on Monday."""
    working = WorkingWeek(PLAN, BASE)
    window = next(d for d in working.duties if d.id == f"{small.SCHOOL_B}/{FRIDAY}/after-1")
    roster = edits.assign(BASE, window, CONTACTS[1])
    for officer in OFFICERS[:2]:
        roster = without(roster, officer, MONDAY)
    return roster


@pytest.fixture
def show(qtbot, proposed):
    """Open the dialog over a roster as it is now."""

    def shown(current=BASE, roster=proposed, **options):
        working = WorkingWeek(PLAN, current)
        proposal = Proposal(roster=roster, n_gaps=2, base=BASE, **options)
        dialog = ProposalDialog(
            PLAN,
            proposal,
            current,
            working.duties,
            None,
            weigh=lambda made: outcome(working.judged(made)),
        )
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return shown


def row(dialog, staff):
    """Return somebody's row."""
    name = PLAN.staff_by_id[staff].display_name
    rows = (dialog.people.topLevelItem(n) for n in range(dialog.people.topLevelItemCount()))
    return next(item for item in rows if item.text(0) == name)


def leave_out(dialog, staff):
    row(dialog, staff).setCheckState(0, Qt.CheckState.Unchecked)


def test_everybody_for_whom_something_changes_is_ticked(show):
    dialog = show()
    assert dialog.people.chosen() == {CONTACTS[1], *OFFICERS[:2]}
    assert dialog.chosen() is None
    assert dialog.take.text() == "Take over for 3 people"
    assert dialog.said.text()


def test_headline_says_what_becomes_better_and_worse_for_those_who_are_ticked(show):
    dialog = show()
    working = WorkingWeek(PLAN, BASE)
    before = outcome(working.judgement).n_missing
    whole = dialog.headline.text()
    assert whole.startswith(f"People missing: {before} → ")
    for officer in OFFICERS[:2]:
        leave_out(dialog, officer)
    assert dialog.headline.text().startswith(f"People missing: {before} → {before - 1} ")
    assert dialog.chosen() == {CONTACTS[1]}
    assert dialog.take.text() == "Take over for 1 person"


def test_headline_without_figures_of_before_says_what_the_proposal_leaves(qtbot, proposed):
    proposal = Proposal(roster=proposed, n_gaps=2, base=BASE)
    dialog = ProposalDialog(PLAN, proposal, BASE, WorkingWeek(PLAN, BASE).duties, None)
    qtbot.addWidget(dialog)
    assert dialog.headline.text() == "With it 2 people are missing."


def test_nobody_can_be_ticked_and_then_nothing_is_taken_over(show, qtbot):
    dialog = show()
    qtbot.mouseClick(dialog.nobody, Qt.MouseButton.LeftButton)
    assert dialog.chosen() == frozenset()
    assert not dialog.take.isEnabled()
    qtbot.mouseClick(dialog.everybody, Qt.MouseButton.LeftButton)
    assert dialog.chosen() is None
    assert dialog.take.isEnabled()


def test_search_narrows_and_all_or_nobody_is_of_those_who_are_shown(show, qtbot):
    dialog = show()
    dialog.search.setText(PLAN.staff_by_id[CONTACTS[1]].display_name)
    qtbot.mouseClick(dialog.nobody, Qt.MouseButton.LeftButton)
    dialog.search.clear()
    assert dialog.chosen() == {*OFFICERS[:2]}
    dialog.search.setText("nobody of that name")
    assert dialog.pages.currentWidget() is dialog.nothing


def test_places_are_shown_too_and_have_no_boxes(show):
    dialog = show()
    dialog.tabs.setCurrentIndex(1)
    assert dialog.pages.currentWidget() is dialog.places
    assert not dialog.everybody.isEnabled()


def test_what_was_edited_meanwhile_is_said_to_stay_and_has_no_box(show):
    current = edits.lock(
        BASE,
        [s.id for s in BASE.shifts if (s.staff, s.day) == (CONTACTS[1], FRIDAY)],
        (),
        is_locked=True,
    )
    dialog = show(current)
    assert dialog.kept.isVisible()
    assert PLAN.staff_by_id[CONTACTS[1]].display_name in dialog.kept.text()
    assert dialog.people.chosen() == {*OFFICERS[:2]}


def test_nothing_is_said_to_stay_when_nothing_was_edited(show):
    assert not show().kept.isVisible()


def test_proposal_that_changes_nothing_is_empty(show):
    dialog = show(roster=BASE)
    assert dialog.is_empty
    assert dialog.pages.currentWidget() is dialog.nothing
    assert not dialog.take.isEnabled()


def test_search_that_ended_early_says_so(show):
    assert not show().trouble.isVisible()
    assert show(trouble=Trouble(code="solver-died", file=None)).trouble.isVisible()


def test_edit_of_another_day_leaves_the_rest_of_the_person(show):
    current = without(BASE, CONTACTS[1], TUESDAY)
    dialog = show(current)
    assert CONTACTS[1] in dialog.people.chosen()
    assert not dialog.kept.isVisible()


def test_everything_is_reached_and_done_by_keyboard(show, qtbot):
    dialog = show()
    names = {accessible_name(widget) for widget in keyboard_turns(dialog)}
    assert {"By person", "Search person or place", "All", "Nobody", "Discard"} <= names
    assert all(accessible_name(widget) for widget in keyboard_turns(dialog))
    first = dialog.people.currentItem()
    assert first is not None
    qtbot.keyClick(dialog.people, Qt.Key.Key_Space)
    assert first.checkState(0) is Qt.CheckState.Unchecked
    qtbot.keyClick(dialog.people, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.accepted):
        dialog.take.click()


def test_discarding_takes_nothing_over(show, qtbot):
    dialog = show()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.mouseClick(dialog.discard, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("mode", [theme.Mode.LIGHT, theme.Mode.DARK])
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_it_is_drawn_in_each_theme_and_language(show, qapp, mode, language):
    words.set_language(language)
    theme.install(qapp, mode)
    assert not show().grab().isNull()


def test_it_can_be_made_narrow_enough_for_twice_the_size(show):
    assert show().minimumSizeHint().width() <= 700


@pytest.mark.parametrize(("n_selected", "is_offered"), [(0, False), (1, False), (2, True)])
def test_selected_days_are_offered_when_there_are_several(qtbot, n_selected, is_offered):
    dialog = GenerateDialog(IsoWeek(2026, 48), None, has_shifts=True, n_selected=n_selected)
    qtbot.addWidget(dialog)
    assert dialog.selection.isEnabled() is is_offered
    dialog.selection.setChecked(is_offered)
    assert dialog.choices().selection_only is is_offered
    assert not dialog.choices().duties_only


def test_week_without_shifts_has_no_selection_to_generate(qtbot):
    dialog = GenerateDialog(IsoWeek(2026, 48), None, has_shifts=False, n_selected=5)
    qtbot.addWidget(dialog)
    assert not dialog.selection.isEnabled()
