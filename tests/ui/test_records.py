"""The data page, driven as a planner drives it: list, form, save, and what is asked before."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from planner import words
from planner.domain.changes import Change
from planner.domain.ids import BaseRosterId
from planner.domain.places import SafetyWalk
from planner.domain.plan import Plan
from planner.domain.shifts import BaseRoster, BaseRosterMember, BaseRosterShift
from planner.services.history import undo
from planner.services.plans import OpenPlan, create_plan, open_plan
from planner.services.records.saving import save_records
from tests.planner import small
from tests.planner.writing import put
from ui.jobs import Runner
from ui.records import RecordsPage, asking
from ui.records.asking import Unsaved
from ui.records.bells_grid import BellsGrid
from ui.records.catalogue import GROUPS, SPECS
from ui.records.inner_table import InnerTable
from ui.records.rota_grid import RotaGrid
from ui.records.school_year import SchoolYearDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def plan(empty_file: Path) -> Iterator[OpenPlan]:
    """The small plan, open."""
    with open_plan(empty_file) as opened:
        yield opened


@pytest.fixture
def page(plan: OpenPlan, qtbot: QtBot) -> Iterator[RecordsPage]:
    """The data page on the small plan, in English."""
    words.set_language("en")
    runner = Runner()
    made = RecordsPage(plan, runner)
    qtbot.addWidget(made)
    made.resize(1400, 900)
    made.show()
    made.failed.connect(_fail)
    yield made
    runner.close()


def _fail(error: Exception) -> None:
    raise error


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What is answered to questions, and what was asked; an unexpected question fails."""
    given: dict[str, object] = {"asked": []}

    def unsaved(name: str, _parent: QWidget) -> Unsaved:
        given["asked"].append(name)  # type: ignore[attr-defined]
        return given["unsaved"]  # type: ignore[return-value]

    def removal(text: str, _parent: QWidget) -> bool:
        given["asked"].append(text)  # type: ignore[attr-defined]
        return bool(given["removal"])

    monkeypatch.setattr(asking, "ask_unsaved", unsaved)
    monkeypatch.setattr(asking, "ask_removal", removal)
    return given


def editor(page: RecordsPage, field: str):
    return page.view.panel.form.fields.editors[field]


def problem(page: RecordsPage, field: str) -> str:
    return page.view.panel.form.fields.problems[field].text()


def inner(page: RecordsPage, set_name: str):
    return page.view.panel.form.inner[set_name]


def write(widget, text: str) -> None:
    (getattr(widget, "edit", None) or widget.box).setFocus()
    if hasattr(widget, "edit"):
        widget.edit.setText(text)
    else:
        widget.box.setEditText(text)


def choose(widget, text: str) -> None:
    widget.box.setCurrentIndex(widget.box.findText(text))


def save_refused(page: RecordsPage, qtbot: QtBot) -> None:
    page.save()
    qtbot.waitUntil(page.view.panel.bar.isVisible)


def names(page: RecordsPage) -> list[str]:
    return [line.cells[0] for line in page.view.records.model.shown]


def mark_row(page: RecordsPage, row: int) -> None:
    # Not selectRow(), which looks at the keys that the last simulated key press left held.
    flag = QItemSelectionModel.SelectionFlag
    selection = page.view.records.table.selectionModel()
    selection.select(page.view.records.model.index(row, 0), flag.ClearAndSelect | flag.Rows)


def go(page: RecordsPage, set_name: str, row: int | None = None) -> None:
    page.navigation.setCurrentItem(page.navigation._items[set_name])
    if row is not None:
        mark_row(page, row)


def test_every_set_of_the_plan_has_a_list_and_a_form(page: RecordsPage) -> None:
    for group in GROUPS:
        for spec in group.sets:
            go(page, spec.set_name)
            assert page.view.spec is spec
            if page.view.records.model.shown:
                mark_row(page, 0)
                assert page.view.shows_form()
            assert not page.is_unsaved()


def test_the_rules_of_a_book_are_named_in_full(page: RecordsPage) -> None:
    go(page, "rule_books", 0)
    page.grab()
    rules = inner(page, "rules")
    rules.add_button.click()
    page.grab()
    box = rules.rows[-1].editors["key"].box
    assert box.width() >= box.sizeHint().width()
    widest = max(box.fontMetrics().horizontalAdvance(box.itemText(n)) for n in range(box.count()))
    assert box.width() >= widest + 40  # beside it are its edges and its arrow


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_every_form_fits_beside_its_list_in_a_small_window(
    plan: OpenPlan, qtbot: QtBot, code: str
) -> None:
    words.set_language(code)
    runner = Runner()
    page = RecordsPage(plan, runner)
    qtbot.addWidget(page)
    page.show()
    for width in (1440, 1180, 1024, 1180):
        page.resize(width, 660)
        for name in ("staff", "hotspots", "safety_walks", "promises", "base_rosters", "rule_books"):
            go(page, name)
            page.view.show_new()
            for table in (inner(page, one.set_name) for one in SPECS[name].inner):
                if isinstance(table, InnerTable) and table.spec.add:
                    table.add_button.click()
            page.grab()
            form = page.view.panel.form
            assert form.horizontalScrollBar().maximum() == 0, name
            for one in form.inner.values():
                assert not one.grab().isNull()
                for cell in filter(QLineEdit.isVisible, one.findChildren(QLineEdit)):
                    right = cell.mapTo(form, QPoint(cell.width(), 0)).x()
                    assert right <= form.viewport().width()
            page.revert()
    runner.close()


def test_fields_of_a_line_are_told_apart_and_kept_when_it_is_folded(
    page: RecordsPage, qtbot: QtBot
) -> None:
    go(page, "rule_books", 0)
    rules = inner(page, "rules")
    fields = rules.rows[0].editors
    page.resize(1600, 900)
    page.grab()
    write(fields["source"], "Avtal 12")
    key, source = fields["key"].box, fields["source"].edit

    def is_in_one_line() -> bool:
        tops = [one.mapTo(rules, QPoint(0, 0)).y() for one in (key, source)]
        return abs(tops[0] - tops[1]) < key.height()

    qtbot.waitUntil(is_in_one_line)
    page.resize(1024, 660)
    qtbot.waitUntil(lambda: not is_in_one_line())
    assert source.hasFocus()
    assert source.text() == "Avtal 12"
    headings = [one.text() for one in rules.findChildren(QLabel) if one.isVisible()]
    assert headings.count("Source") == 1
    page.resize(1600, 900)
    qtbot.waitUntil(is_in_one_line)
    page.revert()


def test_the_list_shows_display_names_and_never_the_real_one(page: RecordsPage) -> None:
    assert "Kontakt Nr1" in names(page)
    page.view.records.search.setText("Äldreson")
    assert names(page) == []
    assert page.view.records.states.currentIndex() == 2
    page.view.records.clear_filters()
    page.show_record("staff", (small.CONTACTS[0],))
    assert editor(page, "name").value() == "Kontakt Nr1 Äldreson"
    assert editor(page, "display_name").value() == "Kontakt Nr1"


def test_search_employer_squad_and_day_narrow_the_list(page: RecordsPage) -> None:
    records = page.view.records
    records.search.setText("NR1")
    assert names(page) == ["Kontakt Nr1", "Polis Nr1"]
    records.employer.setCurrentIndex(records.employer.findText("Polisen"))
    assert names(page) == ["Polis Nr1"]
    records.clear_filters()
    records.squad.setCurrentIndex(records.squad.findText("Squad 1"))
    assert len(names(page)) == 4
    records.day.edit.setText("2025-01-01")
    assert names(page) == []
    records.day.edit.setText("2026-11-23")
    assert len(names(page)) == 4


def test_an_empty_list_offers_nothing_to_narrow_it(plan: OpenPlan, qtbot: QtBot) -> None:
    runner = Runner()
    page = RecordsPage(plan, runner)
    qtbot.addWidget(page)
    page.show()
    records = page.view.records
    filters = (records.search, records.employer, records.squad, records.day)
    assert all(part.isVisible() for part in filters)
    whole = plan.plan
    page.view.show_plan(replace(whole, squads=()))
    assert [part.isVisible() for part in filters] == [True, True, False, True]
    page.view.show_plan(Plan())
    assert not any(part.isVisible() for part in filters)
    page.view.show_plan(whole)
    assert all(part.isVisible() for part in filters)
    runner.close()


def test_a_click_on_a_heading_sorts(page: RecordsPage) -> None:
    first = names(page)[0]
    page.view.records.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert names(page)[-1] == first


def test_a_person_is_added_with_skill_and_contract(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.view.records.table, Qt.Key.Key_N, CONTROL)
    write(editor(page, "display_name"), "Nora Ny")
    write(editor(page, "employer"), "Kommunen")
    for set_name in ("staff_skills", "contracts"):
        table = inner(page, set_name)
        assert isinstance(table, InnerTable)
        qtbot.mouseClick(table.add_button, Qt.MouseButton.LeftButton)
    skill = inner(page, "staff_skills").rows[0].editors
    write(skill["skill"], "contact")
    contract = inner(page, "contracts").rows[0].editors
    write(contract["first_day"], "2026-11-01")
    write(contract["rule_book"], "City rules")
    write(contract["rate_percent"], "75")
    contract["free_weekdays"].buttons[2].click()
    with qtbot.waitSignal(page.changed):
        qtbot.keyClick(editor(page, "display_name").edit, Qt.Key.Key_S, CONTROL)
    person = next(one for one in plan.plan.staff if one.display_name == "Nora Ny")
    assert (person.id, person.name) == ("city-1", "Nora Ny")
    assert plan.plan.skills_of(person.id, small.MONDAY) == {small.CONTACT}
    kept = plan.plan.contract_of(person.id, small.MONDAY)
    assert kept is not None
    assert (kept.rate_percent, kept.free_weekdays) == (75, "3")
    assert page.view.records.selected() == (person,)
    assert page.view.panel.name() == "Nora Ny"
    undo(plan)
    assert person.id not in plan.plan.staff_by_id


def test_a_measure_may_be_about_one_school_or_selected_place(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    go(page, "promises")
    qtbot.keyClick(page.view.records.table, Qt.Key.Key_N, CONTROL)
    for field, text in (("name", "Löfte"), ("first_day", "2026-11-02"), ("last_day", "2026-12-20")):
        write(editor(page, field), text)
    for _n in range(2):
        qtbot.mouseClick(inner(page, "measures").add_button, Qt.MouseButton.LeftButton)
    for row, text in enumerate(("Askskolan", "")):
        fields = inner(page, "measures").rows[row].editors
        write(fields["name"], f"Åtgärd {row}")
        fields["kind"].box.setCurrentIndex(0)
        write(fields["target"], "90")
        write(fields["place"], text)
    with qtbot.waitSignal(page.changed):
        page.save()
    assert [one.place for one in plan.plan.measures] == [small.SCHOOL_A, ""]
    place = inner(page, "measures").rows[0].editors["place"].box
    offered = {place.itemText(n) for n in range(place.count())}
    named = {one.name for one in (*plan.plan.schools, *plan.plan.hotspots)}
    assert offered == {"", *named}


def test_a_wrong_value_says_so_beside_its_field_and_nothing_is_saved(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    page.show_record("schools", (small.SCHOOL_A,))
    write(editor(page, "before_min"), "soon")
    write(editor(page, "site"), "Nowhere")
    page.save()
    assert "not a number" in problem(page, "before_min")
    assert "no “Nowhere”" in problem(page, "site")
    assert editor(page, "site").box.hasFocus()
    write(editor(page, "before_min"), "5000")
    write(editor(page, "site"), "Torget")
    assert problem(page, "before_min") == ""
    save_refused(page, qtbot)
    assert problem(page, "before_min") == "5000 is not between 0 and 720."
    assert plan.refresh().school_by_id[small.SCHOOL_A].before_min == 45
    assert page.is_unsaved()


def test_a_school_is_reached_by_a_number_and_an_older_text_stays_until_it_is_changed(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    school = plan.plan.school_by_id[small.SCHOOL_A]
    with plan.store.transaction("import"):
        put(plan.store, "schools", [replace(school, phone="ring vakten")])
    plan.refresh()
    page.refresh()
    page.show_record("schools", (small.SCHOOL_A,))
    qtbot.waitUntil(lambda: editor(page, "phone").value() == "ring vakten")
    write(editor(page, "meeting_place"), "Porten")
    with qtbot.waitSignal(page.changed):
        page.save()
    assert plan.plan.school_by_id[small.SCHOOL_A].phone == "ring vakten"
    for wrong in ("Rektor 021-39 02 00", "12", "(+)"):
        write(editor(page, "phone"), wrong)
        save_refused(page, qtbot)
        said = problem(page, "phone")
        assert said.startswith(f"“{wrong}” is not a telephone number; write digits")
        page.view.panel.bar.hide()
    for right in ("+46 (0)21-39 02 00", ""):
        write(editor(page, "phone"), right)
        with qtbot.waitSignal(page.changed):
            page.save()
        assert plan.plan.school_by_id[small.SCHOOL_A].phone == right


def test_what_is_missing_is_told_beside_its_field(page: RecordsPage, qtbot: QtBot) -> None:
    page.make_new()
    write(editor(page, "service_phone"), "1")
    save_refused(page, qtbot)
    assert problem(page, "display_name") == "Fill this in."
    assert problem(page, "employer") == "Fill this in."


def test_what_cannot_be_printed_is_warned_of_beside_its_field_and_saved(
    page: RecordsPage, qtbot: QtBot
) -> None:
    page.show_record("schools", (small.SCHOOL_A,))
    assert problem(page, "meeting_place") == ""
    write(editor(page, "meeting_place"), "Porten 😀")
    shown = page.view.panel.form.fields.problems["meeting_place"]
    assert "😀" in problem(page, "meeting_place")
    assert shown.is_warning
    assert not shown.has_problem()
    write(editor(page, "n_contacts"), "0")
    save_refused(page, qtbot)
    assert page.view.panel.form.fields.problems["n_contacts"].has_problem()
    assert "😀" in problem(page, "meeting_place")
    write(editor(page, "n_contacts"), "1")
    with qtbot.waitSignal(page.changed):
        page.save()
    assert page.view.panel.record().meeting_place == "Porten 😀"
    page.show_record("staff", (small.CONTACTS[0],))
    write(editor(page, "name"), "Kontakt 李")
    assert problem(page, "name") == ""


def test_a_wrong_row_inside_a_form_is_told_there(page: RecordsPage, qtbot: QtBot) -> None:
    page.show_record("staff", (small.CONTACTS[0],))
    contracts = inner(page, "contracts")
    write(contracts.rows[0].editors["rate_percent"], "0")
    skills = inner(page, "staff_skills")
    write(skills.rows[0].editors["first_day"], "2026-02-01")
    write(skills.rows[0].editors["last_day"], "2026-01-01")
    save_refused(page, qtbot)
    assert contracts.rows[0].problems["rate_percent"].text() == "0 is not between 1 and 100."
    assert "end is not after" in skills.rows[0].problems["last_day"].text()


def test_what_is_in_use_is_not_removed_and_says_by_what(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    go(page, "employers", 0)
    qtbot.keyClick(page.view.records.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(page.bar.isVisible)
    assert "“Kommunen” cannot be removed" in page.bar.text()
    assert "Staff: 4 (Kontakt Nr1, Kontakt Nr2, Kontakt Nr3 …)" in page.bar.text()
    assert len(plan.refresh().employers) == 2


def test_the_question_names_what_goes_along_and_undo_brings_it_back(
    page: RecordsPage, plan: OpenPlan, answers: dict[str, object], qtbot: QtBot
) -> None:
    before = plan.plan
    answers["removal"] = True
    page.show_record("staff", (small.CONTACTS[3],))
    with qtbot.waitSignal(page.changed):
        qtbot.mouseClick(page.view.panel.remove_button, Qt.MouseButton.LeftButton)
    (asked,) = answers["asked"]  # type: ignore[misc]
    assert "Remove “Kontakt Nr4”?" in asked
    assert "Absences: 1" in asked
    assert "Contracts: 1" in asked
    assert "Kontakt Nr4" not in names(page)
    undo(plan)
    assert plan.plan == before
    page.refresh()
    qtbot.waitUntil(lambda: "Kontakt Nr4" in names(page))


def test_a_removal_that_is_not_wanted_changes_nothing(
    page: RecordsPage, plan: OpenPlan, answers: dict[str, object], qtbot: QtBot
) -> None:
    answers["removal"] = False
    go(page, "absences", 0)
    qtbot.keyClick(page.view.records.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: bool(answers["asked"]))
    assert len(plan.refresh().absences) == 1


def test_several_records_get_the_same_value(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    go(page, "schools")
    page.view.records.table.selectAll()
    together = page.view.together
    assert page.view.right.currentWidget() is together
    together.field.setCurrentIndex(together.field.findText("Before the first bell"))
    value = together.editors[together.field.currentIndex()]
    write(value, "x")
    qtbot.mouseClick(together.button, Qt.MouseButton.LeftButton)
    assert "not a number" in together.problem.text()
    write(value, "30")
    with qtbot.waitSignal(page.changed):
        qtbot.mouseClick(together.button, Qt.MouseButton.LeftButton)
    assert {school.before_min for school in plan.plan.schools} == {30}
    assert len(page.view.records.selected()) == 2


def test_a_copy_is_edited_before_it_is_saved(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    page.show_record("hotspots", (small.SQUARE,))
    qtbot.keyClick(editor(page, "name").edit, Qt.Key.Key_D, CONTROL)
    assert editor(page, "name").value() == "Torget (copy)"
    assert page.is_unsaved()
    write(editor(page, "name"), "Bron")
    with qtbot.waitSignal(page.changed):
        page.save()
    assert [one.id for one in plan.plan.hotspots] == ["bron", small.SQUARE]
    assert len(plan.plan.presence_windows) == 10


@pytest.mark.parametrize("answer", list(Unsaved))
def test_unsaved_changes_are_never_lost_silently(
    page: RecordsPage,
    plan: OpenPlan,
    answers: dict[str, object],
    qtbot: QtBot,
    answer: Unsaved,
) -> None:
    answers["unsaved"] = answer
    page.show_record("schools", (small.SCHOOL_A,))
    write(editor(page, "phone"), "112")
    mark_row(page, 1)
    assert answers["asked"] == ["Askskolan"]
    if answer is Unsaved.SAVE:
        qtbot.waitUntil(lambda: page.view.panel.name() == "Björkskolan")
        assert plan.plan.school_by_id[small.SCHOOL_A].phone == "112"
    elif answer is Unsaved.DROP:
        assert page.view.panel.name() == "Björkskolan"
        assert plan.plan.school_by_id[small.SCHOOL_A].phone != "112"
    else:
        assert page.view.panel.name() == "Askskolan"
        assert editor(page, "phone").value() == "112"
        assert [one.id for one in page.view.records.selected()] == [small.SCHOOL_A]


def test_saving_what_is_wrong_before_leaving_stays_there(
    page: RecordsPage, answers: dict[str, object], qtbot: QtBot
) -> None:
    answers["unsaved"] = Unsaved.SAVE
    page.show_record("schools", (small.SCHOOL_A,))
    write(editor(page, "n_contacts"), "0")
    go(page, "sites")
    qtbot.waitUntil(lambda: bool(problem(page, "n_contacts")))
    assert page.view.spec.set_name == "schools"
    assert page.navigation.currentItem() is page.navigation._items["schools"]


def test_escape_takes_back_what_is_written(page: RecordsPage, qtbot: QtBot) -> None:
    page.show_record("schools", (small.SCHOOL_A,))
    write(editor(page, "phone"), "1")
    assert page.view.panel.chip.text() == "Unsaved changes"
    qtbot.keyClick(editor(page, "phone").edit, Qt.Key.Key_Escape)
    assert not page.is_unsaved()
    assert editor(page, "phone").value() == "021-39 02 00"


def test_what_another_window_changed_is_told(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    page.show_record("schools", (small.SCHOOL_A,))
    write(editor(page, "phone"), "1")
    school = plan.plan.school_by_id[small.SCHOOL_A]
    with open_plan(plan.target, actor="somebody else") as other:
        theirs = replace(school, name="Alskolan")
        save_records(other, [Change(set_name="schools", before=school, after=theirs)])
    page.save()  # refused, or seen before it is tried
    qtbot.waitUntil(lambda: "somebody else" in page.view.panel.bar.text().lower())
    assert editor(page, "phone").value() == "1"
    qtbot.waitUntil(lambda: "Alskolan" in names(page))
    page.revert()
    assert editor(page, "name").value() == "Alskolan"


def test_a_refresh_keeps_what_is_unsaved_and_says_that_it_is_old(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    page.show_record("schools", (small.SCHOOL_A,))
    write(editor(page, "phone"), "1")
    school = plan.plan.school_by_id[small.SCHOOL_A]
    with open_plan(plan.target, actor="somebody else") as other:
        theirs = replace(school, priority=3)
        save_records(other, [Change(set_name="schools", before=school, after=theirs)])
    page.refresh()
    qtbot.waitUntil(page.view.panel.bar.isVisible)
    assert "Somebody else" in page.view.panel.bar.text()
    assert editor(page, "phone").value() == "1"


def test_bells_are_written_by_weekday_and_grade_group(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    page.show_record("schools", (small.SCHOOL_A,))
    grid = inner(page, "bell_times")
    assert isinstance(grid, BellsGrid)
    assert grid.groups[0].cells[1].text() == "08:10–14:00"
    grid.groups[0].cells[1].setText("8.15 - 13")
    grid.groups[0].cells[5].setText("")
    page.save()
    assert "Monday: “8.15 - 13” is not" in grid.groups[0].problem.text()
    grid.groups[0].cells[1].setText("8.15-13.30")
    with qtbot.waitSignal(page.changed):
        page.save()
    bells = {b.weekday: b for b in plan.plan.bell_times if b.school == small.SCHOOL_A}
    assert sorted(bells) == [1, 2, 3, 4]
    assert str(bells[1].last_bell) == "13:30:00"


def test_reversed_bells_are_told_under_their_group(page: RecordsPage, qtbot: QtBot) -> None:
    page.show_record("schools", (small.SCHOOL_A,))
    grid = inner(page, "bell_times")
    grid.groups[0].cells[2].setText("14:00–08:00")
    save_refused(page, qtbot)
    assert "Tuesday: The last bell is not after the first" in grid.groups[0].problem.text()


@pytest.fixture
def rota(plan: OpenPlan) -> BaseRoster:
    """A base roster of two weeks with one member."""
    roster = BaseRoster(id=BaseRosterId("rota"), name="Rota", n_weeks=2, first_monday=small.MONDAY)
    shift = BaseRosterShift(base_roster=roster.id, week=1, weekday=1, shift_type=small.EVENING)
    member = BaseRosterMember(base_roster=roster.id, staff=small.OFFICERS[0])
    save_records(
        plan,
        [
            Change(set_name=name, before=None, after=record)
            for name, record in (
                ("base_rosters", roster),
                ("base_roster_shifts", shift),
                ("base_roster_members", member),
            )
        ],
    )
    return roster


def test_a_base_roster_is_written_in_codes_and_previewed_for_a_member(
    rota: BaseRoster, page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    page.show_record("base_rosters", (rota.id,))
    grid = inner(page, "base_roster_shifts")
    assert isinstance(grid, RotaGrid)
    assert grid.cells[1, 1].text() == "E"
    table = grid.rolled_out.table
    assert grid.rolled_out.member.currentText() == "Polis Nr1"

    def evenings() -> int:
        cells = [table.item(row, day) for row in range(table.rowCount()) for day in range(7)]
        return sum(cell is not None and cell.text() == "E" for cell in cells)

    assert (table.rowCount(), evenings()) == (2, 1)
    grid.cells[2, 3].setText("e")
    assert evenings() == 2
    grid.cells[2, 4].setText("Q")
    assert not table.isVisible()
    page.save()
    assert "Week 2, Thursday: There is no shift type “Q”" in grid.problem.text()
    grid.cells[2, 4].setText("")
    write(editor(page, "n_weeks"), "3")
    grid.cells[3, 7].setText("E")
    with qtbot.waitSignal(page.changed):
        page.save()
    days = [(one.week, one.weekday) for one in plan.plan.base_roster_shifts]
    assert days == [(1, 1), (2, 3), (3, 7)]
    assert plan.plan.base_rosters[0].n_weeks == 3


def test_a_base_roster_begins_on_a_monday(
    rota: BaseRoster, page: RecordsPage, qtbot: QtBot
) -> None:
    page.show_record("base_rosters", (rota.id,))
    write(editor(page, "first_monday"), "2026-11-24")
    save_refused(page, qtbot)
    assert "not a Monday" in problem(page, "first_monday")


def test_a_walk_has_the_meetings_that_have_times(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    go(page, "safety_walks")
    page.make_new()
    write(editor(page, "name"), "Evening walk")
    write(editor(page, "site"), "Torget")
    rows = inner(page, "walk_meetings").rows
    assert len(rows) == 3
    write(rows[1].editors["start"], "2026-11-26 17:30")
    write(rows[1].editors["end"], "2026-11-26 19:00")
    with qtbot.waitSignal(page.changed):
        page.save()
    (meeting,) = plan.plan.walk_meetings
    assert meeting.start == small.at(small.THURSDAY, "17:30")
    assert isinstance(plan.plan.safety_walks[0], SafetyWalk)


def test_an_empty_list_says_what_to_do(page: RecordsPage, qtbot: QtBot) -> None:
    go(page, "safety_walks")
    assert page.view.records.states.currentIndex() == 1
    with qtbot.waitSignal(page.view.records.new_asked):
        page.view.records.new_asked.emit()
    assert page.view.shows_form()


def test_an_empty_plan_is_filled_from_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    words.set_language("en")
    create_plan(tmp_path / "empty.narvaro")
    runner = Runner()
    with open_plan(tmp_path / "empty.narvaro") as plan:
        page = RecordsPage(plan, runner)
        qtbot.addWidget(page)
        page.show()
        go(page, "employers")
        page.make_new()
        write(editor(page, "name"), "Polisen")
        with qtbot.waitSignal(page.changed):
            page.save()
        go(page, "shift_types")
        page.make_new()
        assert editor(page, "employer").value() == "polisen"  # the only one there is
        write(editor(page, "name"), "Day")
        write(editor(page, "code"), "D")
        page.save()
        qtbot.waitUntil(page.view.panel.bar.isVisible)
        assert "needs at least one part" in problem(page, "name")
        runner.close()


def test_settings_are_edited_without_a_list(
    page: RecordsPage, plan: OpenPlan, qtbot: QtBot
) -> None:
    page.show_record("settings", ())
    write(editor(page, "car_kmh"), "0")
    save_refused(page, qtbot)
    assert "between 1 and 200" in problem(page, "car_kmh")
    write(editor(page, "car_kmh"), "40")
    with qtbot.waitSignal(page.changed):
        page.save()
    assert plan.plan.settings.car_kmh == 40
    assert not page.is_unsaved()


def test_a_new_school_year_is_proposed_edited_and_saved(plan: OpenPlan, qtbot: QtBot) -> None:
    words.set_language("en")
    runner = Runner()
    dialog = SchoolYearDialog(plan, runner)
    qtbot.addWidget(dialog)
    dialog.first.edit.setText("2026-10-01")
    dialog.last.edit.setText("2027-06-11")
    dialog.propose()
    assert "already" in dialog.bar.text()
    dialog.first.edit.setText("2027-08-18")
    dialog.last.edit.setText("2027-12-21")
    dialog.propose()
    row = dialog.table.rows[0].editors
    assert row["name"].value() == "Autumn term"
    assert row["first_day"].edit.text() == "2027-08-18"
    write(row["name"], "Autumn 2027")
    write(row["last_day"], "2027-01-01")
    dialog.save()
    qtbot.waitUntil(lambda: bool(dialog.table.rows[0].problems["last_day"].text()))
    write(row["last_day"], "2027-12-20")
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert [one.name for one in plan.plan.school_periods] == ["Autumn term", "Autumn 2027"]
    runner.close()


def test_tab_goes_through_the_fields_as_they_are_read(page: RecordsPage, qtbot: QtBot) -> None:
    page.show_record("staff", (small.CONTACTS[0],))
    page.view.panel.form.focus_first()
    seen = []
    for _n in range(7):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    expected = [
        editor(page, name).field
        for name in (
            "display_name",
            "employer",
            "squad",
            "service_phone",
            "email",
            "travel_mode",
            "name",
        )
    ]
    assert [_owner(one, expected) for one in seen] == expected


def _owner(widget, known):
    return next(one for one in known if one is widget or one.isAncestorOf(widget))


def test_every_field_has_an_accessible_name(page: RecordsPage) -> None:
    for set_name in SPECS:
        go(page, set_name)
        if set_name != "settings" and page.view.records.model.shown:
            mark_row(page, 0)
        for one in page.view.panel.form.fields.editors.values():
            assert one.field.accessibleName()


def test_namesakes_are_told_apart_in_choices(page: RecordsPage, plan: OpenPlan) -> None:
    one, other = plan.plan.staff[:2]
    twin = replace(other, display_name=one.display_name)
    save_records(plan, [Change(set_name="staff", before=other, after=twin)])
    page.show_plan(plan)
    page.show_record("absences", ("away-1",))
    box = editor(page, "staff").box
    assert box.findText(f"{one.display_name} ({one.id})") >= 0
    write(editor(page, "staff"), f"{one.display_name} ({other.id})".upper())
    assert editor(page, "staff").value() == other.id


def test_marking_one_after_several_shows_its_form(page: RecordsPage) -> None:
    table: QTableView = page.view.records.table
    table.selectAll()
    assert not page.view.shows_form()
    mark_row(page, 2)
    assert page.view.panel.name() == names(page)[2]
