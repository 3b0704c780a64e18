"""Stories: the versions of a week, and what differs between two of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication

from planner import clock, words
from planner.domain.spans import Span
from planner.services.plans import open_plan
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner import small
from tests.planner.small import CONTACTS, MONDAY, WEEK, save_draft
from tests.ui.keyboard import accessible_name, keyboard_turns
from ui import theme
from ui.jobs import Runner
from ui.versions import VersionsDialog

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def english():
    words.set_language("en")


@pytest.fixture(autouse=True)
def ticking(monkeypatch):
    """Let every look at the clock be a minute later, so that no two publications coincide."""
    start, looks = clock.now(), iter(range(1000))
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=next(looks)))


@pytest.fixture
def plan(drafted_file):
    with open_plan(drafted_file, actor="planner") as found:
        yield found


@pytest.fixture
def runner():
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def show(plan, runner, qtbot):
    """Open the dialog and wait until it shows what it has."""

    def shown(page=lambda dialog: dialog.comparison):
        dialog = VersionsDialog(plan, WEEK, runner)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.pages.currentWidget() is page(dialog), timeout=20_000)
        return dialog

    return shown


@pytest.fixture
def twice(plan):
    """Two publications, and a draft that differs from both.

    The second hands the first duty over; the draft also has a shift that is an hour longer.
    """
    publish(plan, WEEK, {one.duty: Decision.OWN_STAFF for one in uncovered_windows(plan, WEEK)})
    roster = small.make_roster(plan.plan)
    done, *others = roster.assignments
    handed = replace(roster, assignments=(replace(done, staff=CONTACTS[2]), *others))
    save_draft(plan, handed)
    publish(plan, WEEK, {})
    shift, *rest = roster.shifts
    part = shift.parts[-1]
    longer = replace(shift, parts=(*shift.parts[:-1], Span(part.start, part.end + HOUR)))
    save_draft(plan, replace(handed, shifts=(longer, *rest)))


def compared(dialog, qtbot):
    """Wait until the comparison of what is chosen is shown."""
    comparison = dialog.comparison
    qtbot.waitUntil(
        lambda: comparison.pages.currentWidget() is not comparison.waiting, timeout=20_000
    )
    return comparison


def rows(tree):
    """Return what is shown: each person or place, and its changes."""
    tops = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return {
        item.text(0): [
            tuple(item.child(at).text(column) for column in range(3))
            for at in range(item.childCount())
        ]
        for item in tops
        if not item.isHidden()
    }


def test_week_without_a_version_says_what_to_do(plan, runner, qtbot):
    dialog = VersionsDialog(plan, WEEK.shifted(4), runner)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.pages.currentWidget() is dialog.none, timeout=20_000)
    assert not dialog.key_in.isEnabled()


def test_single_version_has_nothing_to_compare_with(show):
    dialog = show(lambda dialog: dialog.single)
    assert dialog.versions.note(0).lines == ("Draft · not published", "4 people · 2 sheets")


@pytest.mark.usefixtures("twice")
def test_versions_are_listed_the_latest_first(show):
    dialog = show()
    notes = [dialog.versions.note(row).lines for row in range(dialog.versions.count())]
    assert [lines[0] for lines in notes] == [
        "Draft · not published",
        "Version 2 · holds now",
        "Version 1 · replaced",
    ]
    assert notes[1][2] == "2 people changed · 1 new sheet"
    assert notes[2][1].startswith("planner, ")


@pytest.mark.usefixtures("twice")
def test_draft_is_compared_with_what_holds(show, qtbot):
    dialog = show()
    comparison = compared(dialog, qtbot)
    assert comparison.said.text() == "1 person, 0 places: 1 shift moved"
    assert rows(comparison.people) == {
        "Kontakt Nr1": [
            (
                "Mon 23/11\nOther times",
                "S 07:00–09:00\n13:00–16:00",
                "S 07:00–09:00\n13:00–17:00",
            )
        ]
    }
    top = comparison.people.topLevelItem(0)
    assert (top.text(1), top.text(2)) == ("25:00", "26:00")
    header = comparison.people.headerItem()
    assert [header.text(column) for column in range(3)] == ["Person", "Version 2", "Draft"]


@pytest.mark.usefixtures("twice")
def test_any_two_versions_are_compared_the_earlier_at_the_left(show, qtbot):
    dialog = show()
    compared(dialog, qtbot)
    dialog.versions.setCurrentRow(2)
    dialog.comparison.other.setCurrentIndex(1)
    comparison = compared(dialog, qtbot)
    assert dialog.chosen() == (1, 2)
    assert rows(comparison.places) == {
        "Askskolan": [
            ("Mon 23/11\nHanded over", "07:25–08:10\nKontakt Nr1", "07:25–08:10\nKontakt Nr3")
        ]
    }
    assert rows(comparison.people) == {
        "Kontakt Nr1": [
            ("Mon 23/11\nAskskolan\nHanded over", "07:25–08:10", "07:25–08:10\nKontakt Nr3")
        ],
        "Kontakt Nr3": [
            ("Mon 23/11\nAskskolan\nHanded over", "07:25–08:10\nKontakt Nr1", "07:25–08:10")
        ],
    }
    assert not dialog.key_in.isEnabled(), "no shift differs"


@pytest.mark.usefixtures("twice")
def test_filter_and_search_narrow_both_views(show, qtbot):
    dialog = show()
    comparison = compared(dialog, qtbot)
    comparison.only_changed.setChecked(False)
    assert len(rows(comparison.people)) == 5
    assert set(rows(comparison.places)) == {"Askskolan", "Björkskolan", "Torget"}
    comparison.search.setText("polis")
    assert set(rows(comparison.people)) == {"Polis Nr1", "Polis Nr2"}
    comparison.tabs.setCurrentIndex(1)
    assert comparison.pages.currentWidget() is comparison.same
    comparison.search.setText("bjork")
    assert set(rows(comparison.places)) == {"Björkskolan"}
    assert comparison.pages.currentWidget() is comparison.places


@pytest.mark.usefixtures("twice")
def test_changes_to_key_in_are_copied_with_shown_names(show, qtbot):
    dialog = show()
    compared(dialog, qtbot)
    dialog.copy_action.trigger()
    qtbot.waitUntil(lambda: dialog.message.text() == "1 change copied.", timeout=20_000)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Kontakt Nr1\n  Mon 23/11: S 07:00–09:00, 13:00–16:00 → S ")


@pytest.mark.usefixtures("twice")
def test_changes_to_key_in_are_saved_with_real_names(show, qtbot, tmp_path):
    dialog = show()
    compared(dialog, qtbot)
    dialog.save_to(tmp_path / "changes.csv")
    qtbot.waitUntil(lambda: dialog.message.text() == "1 change saved.", timeout=20_000)
    text = (tmp_path / "changes.csv").read_text(encoding="utf-8-sig")
    assert f"c1;Kontakt Nr1 Äldreson;{MONDAY};" in text
    with qtbot.waitSignal(dialog.failed) as failed:
        dialog.save_to(tmp_path / "missing" / "changes.csv")
    assert failed.args[0].code.startswith("output-")


@pytest.mark.usefixtures("twice")
def test_failure_of_a_service_is_told(show, qtbot, monkeypatch):
    dialog = show()
    compared(dialog, qtbot)

    def fail(*_args):
        raise RuntimeError("no")

    monkeypatch.setattr("ui.versions.dialog.changes_to_key_in", fail)
    with qtbot.waitSignal(dialog.failed):
        dialog.copy_action.trigger()


@pytest.mark.usefixtures("twice")
def test_theme_and_small_screen_change_nothing_of_what_is_said(show, qtbot, qapp):
    dialog = show()
    comparison = compared(dialog, qtbot)
    before = rows(comparison.people)
    theme.install(qapp, theme.Mode.DARK)
    dialog.resize(683, 384)
    assert rows(comparison.people) == before
    assert (dialog.width(), dialog.height()) == (683, 384)


@pytest.mark.usefixtures("twice")
@pytest.mark.parametrize("code", words.LANGUAGES)
def test_every_widget_that_takes_the_keyboard_has_a_name_and_its_turn(show, qtbot, code):
    words.set_language(code)
    dialog = show()
    comparison = compared(dialog, qtbot)
    turns = keyboard_turns(dialog)
    assert all(accessible_name(widget) for widget in turns)
    assert turns[:6] == [
        dialog.versions,
        comparison.other,
        comparison.search,
        comparison.only_changed,
        comparison.tabs,
        comparison.people,
    ]
    assert turns[6] is dialog.key_in
