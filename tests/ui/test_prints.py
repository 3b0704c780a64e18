"""The prints window: choose, look, save and print."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QRadioButton

from planner import words
from planner.domain.roster import Roster
from planner.errors import ConflictError
from planner.reports.document import Document, Style, set_text
from planner.services.plans import open_plan
from planner.services.prints import printing
from planner.services.prints.pages import page_sizes
from planner.services.prints.print_outs import PRINT_OUTS, PrintKind, PrintSet
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner import small
from ui.jobs import Runner
from ui.preferences import Preferences
from ui.prints import PrintsDialog
from ui.prints.documents import Document as Preview
from ui.prints.kinds import NAMES, READERS, kinds_of
from ui.prints.paper import print_pages

WAIT_MS = 20_000


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """The path of a plan whose week has a draft and no publication."""
    path = tmp_path_factory.mktemp("prints") / "small.narvaro"
    small.save_plan(path, small.make_plan())
    with open_plan(path) as opened:
        small.save_draft(opened, small.make_roster(opened.plan))
    return path


@pytest.fixture(scope="module")
def plan(drafted):
    """The plan with a draft; no test writes into it."""
    with open_plan(drafted) as opened:
        yield opened


@pytest.fixture(scope="module")
def published(drafted):
    """The same plan, published; no test writes into it."""
    path = drafted.with_stem("published")
    path.write_bytes(drafted.read_bytes())
    with open_plan(path) as opened:
        windows = uncovered_windows(opened, small.WEEK)
        publish(opened, small.WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
        yield opened


@pytest.fixture(scope="module")
def runner():
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def window(runner, preferences, qtbot):
    """Open the prints of a plan's week, and wait for the first document or message."""

    def open_window(plan, kind=PrintKind.OFFICE):
        preferences.print_kind = kind.value
        dialog = PrintsDialog(plan, small.WEEK, runner, preferences=preferences)
        dialog.faults = []
        dialog.failed.connect(dialog.faults.append)
        qtbot.addWidget(dialog)
        dialog.show()
        settle(qtbot, dialog)
        return dialog

    return open_window


def settle(qtbot, dialog):
    """Wait for a document or a message; a fault that closes the window is told at once."""
    qtbot.waitUntil(lambda: bool(dialog.faults) or not dialog.pane.is_waiting(), timeout=WAIT_MS)
    for fault in dialog.faults:
        raise fault
    if dialog._document is not None:
        qtbot.waitUntil(dialog.pane.preview.has_page, timeout=WAIT_MS)


def choose(qtbot, dialog, kind):
    dialog.choices.kinds.choose(kind.value)
    settle(qtbot, dialog)


def said(dialog):
    pages = PdfReader(BytesIO(dialog._document.pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def names(dialog):
    shown = dialog.choices.names
    return [shown.item(n).text() for n in range(shown.count()) if not shown.item(n).isHidden()]


def test_every_kind_is_offered_under_its_reader():
    assert set(NAMES) == set(PRINT_OUTS) == set(PrintKind)
    assert set(READERS) == set(PrintSet)
    assert [kind for reader in READERS for kind in kinds_of(reader)] == [
        kind
        for reader in PrintSet
        for kind in PRINT_OUTS
        if PRINT_OUTS[kind].printed_with is reader
    ]


def test_school_of_an_unpublished_week_has_nothing_and_no_draft(plan, window):
    dialog = window(plan)
    assert dialog.pane.said == "Veckan är inte fastställd än"
    assert not dialog.print_button.isEnabled()
    assert not dialog.save_button.isEnabled()
    assert not dialog.choices.draft.isVisible()
    assert "bara fastställda veckor" in dialog.choices.about_edition.text()


def test_draft_of_an_unpublished_week_is_shown_when_asked_for(plan, window, qtbot):
    dialog = window(plan, PrintKind.BRIEFING)
    assert dialog.pane.said == "Veckan är inte fastställd än"
    button = dialog.pane.message.findChild(type(dialog.save_button))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, dialog)
    assert dialog.choices.draft.isChecked()
    assert "UTKAST" in dialog.choices.about_edition.text()
    assert said(dialog).count("UTKAST") == dialog._document.n_pages


def test_published_and_draft_are_told_apart(published, window, qtbot):
    dialog = window(published, PrintKind.OWN_WEEK)
    assert "Version 1" in said(dialog)
    dialog.choices.draft.setChecked(True)
    settle(qtbot, dialog)
    assert "UTKAST" in said(dialog)
    choose(qtbot, dialog, PrintKind.OFFICE)
    assert "UTKAST" not in said(dialog)
    assert not dialog.choices.choice().is_draft


def test_coverage_of_several_weeks_is_one_document(drafted, window, qtbot):
    both = drafted.with_stem("both")
    both.write_bytes(drafted.read_bytes())
    with open_plan(both) as opened:
        small.save_draft(opened, Roster(week=small.WEEK.shifted(1)))
        dialog = window(opened, PrintKind.COVERAGE)
        dialog.choices.draft.setChecked(True)
        settle(qtbot, dialog)
        dialog.choices.weeks.setValue(2)
        settle(qtbot, dialog)
        assert "Vecka 48–49" in said(dialog)
        choose(qtbot, dialog, PrintKind.BRIEFING)
        assert not dialog.choices.weeks.isVisible()
        assert dialog.choices.choice().n_weeks == 1
        dialog.close()


def test_a_week_that_is_missing_among_several_is_named(published, window, qtbot):
    dialog = window(published, PrintKind.COVERAGE)
    dialog.choices.weeks.setValue(2)
    settle(qtbot, dialog)
    assert dialog.pane.said == "Alla de här veckorna går inte att skriva ut"
    assert not dialog.save_button.isEnabled()
    dialog.choices.weeks.setValue(1)
    settle(qtbot, dialog)
    assert dialog._document is not None


def test_days_stand_in_their_order_and_one_can_be_chosen(published, window, qtbot):
    dialog = window(published, PrintKind.DUTY_LIST)
    assert names(dialog)[:3] == ["Alla (7)", "måndag 23 november", "tisdag 24 november"]
    dialog.choices.names.setCurrentRow(2)
    settle(qtbot, dialog)
    assert "Tisdag 24 november" in said(dialog)
    assert "Måndag 23 november" not in said(dialog)


def test_search_narrows_names(published, window):
    dialog = window(published, PrintKind.OWN_WEEK)
    dialog.choices._narrow()
    assert len(names(dialog)) == 9
    dialog.choices.offer({str(n): f"Person {n}" for n in range(20)})
    dialog.choices._search.setText("son 7")
    assert names(dialog) == ["Alla (20)", "Person 7"]


def test_print_speaks_the_language_chosen_and_the_list_that_of_the_window(published, window, qtbot):
    dialog = window(published, PrintKind.BRIEFING)
    assert "UTSÄTTNING" in said(dialog)
    dialog.choices.language.setCurrentIndex(words.LANGUAGES.index("en"))
    settle(qtbot, dialog)
    assert "BRIEFING" in said(dialog)
    assert names(dialog)[1] == "måndag 23 november"


def test_kind_is_remembered_and_an_unknown_one_is_none(published, window, qtbot, preferences):
    dialog = window(published)
    choose(qtbot, dialog, PrintKind.BRIEFING)
    again = Preferences(preferences._file.fileName())
    assert again.print_kind == "briefing"
    dialog.choices.kinds.choose("something of a later program")
    settle(qtbot, dialog)
    assert dialog.choices.choice().kind is PrintKind.OFFICE


def test_keys_go_from_kind_to_kind_past_the_readers(published, window, qtbot):
    dialog = window(published)
    met = [dialog.choices.choice().kind]
    for _key in range(4):
        qtbot.keyClick(dialog.choices.kinds, Qt.Key.Key_Down)
        settle(qtbot, dialog)
        met.append(dialog.choices.choice().kind)
    assert met == [kind for reader in READERS for kind in kinds_of(reader)][:5]


def test_pages_are_turned_and_enlarged(published, window, qtbot):
    dialog = window(published)
    assert dialog.pane.preview.position.text() == "Sida 1 av 2"
    before = dialog.pane.preview._sheet.pixmap().width()
    dialog.pane.preview.forward.click()
    dialog.pane.preview.larger.click()
    assert dialog.pane.preview.position.text() == "Sida 2 av 2"
    qtbot.waitUntil(lambda: dialog.pane.preview._sheet.pixmap().width() > before, timeout=WAIT_MS)


def test_document_is_saved_and_printed(published, window, qtbot, tmp_path):
    dialog = window(published)
    dialog.choices.names.setCurrentRow(1)
    settle(qtbot, dialog)
    dialog.save_to(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes() == dialog._document.pdf
    with qtbot.waitSignal(dialog.failed) as failed:
        dialog.save_to(tmp_path / "missing" / "sheet.pdf")
    assert failed.args[0].code == "output-failed"
    printer = printer_to(tmp_path / "printed.pdf")
    dialog.print_on(printer)
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1


def test_lying_and_standing_pages_are_printed_as_they_are(tmp_path):
    pdf = mixed_pages()
    print_pages(pdf, printer_to(tmp_path / "printed.pdf"))
    shapes = [
        page.mediabox.width > page.mediabox.height
        for page in PdfReader(tmp_path / "printed.pdf").pages
    ]
    assert shapes == [True, False, True]


def test_printing_can_be_stopped(tmp_path):
    asked = []

    def go_on(done, n):
        asked.append((done, n))
        return done < 1

    print_pages(mixed_pages(), printer_to(tmp_path / "printed.pdf"), go_on)
    assert asked == [(0, 3), (1, 3)]


def test_refused_print_says_why_and_another_may_be_chosen(published, window, qtbot, monkeypatch):
    real = printing.print_pdf

    def refuse(plan, week, kind, part=None, **more):
        if kind is PrintKind.OFFICE:
            raise ConflictError("print-part-unknown", part="x", week="y")
        return real(plan, week, kind, part, **more)

    monkeypatch.setattr(printing, "print_pdf", refuse)
    monkeypatch.setattr("ui.prints.dialog._REFUSALS", {"print-part-unknown"})
    dialog = window(published)
    assert dialog.pane.said == "Utskriften stoppas"
    assert not dialog.save_button.isEnabled()
    choose(qtbot, dialog, PrintKind.BRIEFING)
    assert dialog._document is not None


def test_waiting_can_be_cancelled_and_taken_up_again(published, window, qtbot):
    dialog = window(published)
    dialog._make_document()
    dialog.pane.waiting.cancel_button.click()
    assert dialog.pane.said == "Ingenting visas"
    dialog._ask_parts()
    settle(qtbot, dialog)
    assert dialog._document is not None


def test_all_prints_of_readers_are_saved_to_a_folder(published, window, qtbot, tmp_path):
    dialog = window(published)
    dialog.choices.language.setCurrentIndex(words.LANGUAGES.index("en"))
    settle(qtbot, dialog)
    dialog.saving.save_to(tmp_path / "out", (PrintSet.SCHOOLS, PrintSet.HOTSPOTS))
    assert not dialog.saving.button.isVisible()
    qtbot.waitUntil(lambda: not dialog.saving.is_saving(), timeout=WAIT_MS)
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert "2026-W48-a-office.pdf" in written
    assert "2026-W48-2026-11-23-briefing.pdf" in written
    assert "2026-W48-p1-own-week.pdf" not in written
    assert str(tmp_path / "out") in dialog.saving.said.text()


def test_saving_all_can_be_cancelled(published, window, qtbot, tmp_path):
    dialog = window(published)
    dialog.saving.save_to(tmp_path / "out", tuple(READERS))
    dialog.saving.cancel_button.click()
    qtbot.waitUntil(lambda: not dialog.saving.is_saving(), timeout=WAIT_MS)
    assert dialog.saving.said.text().startswith("Stoppat.")
    last = PRINT_OUTS[kinds_of(list(READERS)[-1])[-1]].label
    assert not list(tmp_path.glob(f"out/*{words._(last)}*"))


def test_what_is_stopped_of_all_that_is_saved_is_listed(
    published, window, qtbot, tmp_path, monkeypatch
):
    refusal = ConflictError(
        "print-refused-somewhere", copy="Arket", name="Askskolan", matter="namn", found="Polis Nr3"
    )

    def refuse_one(*_which, on_refused, **_more):
        on_refused(refusal)
        return (tmp_path / "other.pdf",)

    monkeypatch.setattr(printing, "print_week", refuse_one)
    dialog = window(published)
    settle(qtbot, dialog)
    dialog.saving.save_to(tmp_path / "out", (PrintSet.SCHOOLS,))
    qtbot.waitUntil(lambda: not dialog.saving.is_saving(), timeout=WAIT_MS)
    assert dialog.pane.said == "1 utskrift är stoppad"
    assert "1 fil " in dialog.saving.said.text()
    assert not dialog.save_button.isEnabled()
    monkeypatch.undo()
    dialog._ask_parts()
    settle(qtbot, dialog)
    assert dialog.save_button.isEnabled()


def test_saving_all_of_an_unpublished_week_says_why_not(plan, window, qtbot, tmp_path):
    dialog = window(plan)
    dialog.saving.save_to(tmp_path / "out", (PrintSet.STAFF,))
    qtbot.waitUntil(lambda: not dialog.saving.is_saving(), timeout=WAIT_MS)
    assert "2026-W48" in dialog.saving.said.text()


def test_parts_are_told_to_who_cannot_see_them(published, window):
    dialog = window(published)
    choices = dialog.choices
    for widget in (choices.kinds, choices.names, choices.language, choices._search):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    assert all(button.text() for button in dialog.findChildren(QRadioButton))
    kinds = choices.kinds
    told = [kinds.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(kinds.count())]
    assert "Polisen: Utsättning för yttre befäl" in told


def test_lying_page_is_previewed_whole(published, window, qtbot):
    dialog = window(published)
    pdf = mixed_pages()
    document = Preview(pdf, page_sizes(pdf))
    dialog._show_document(document)
    dialog.pane.preview.show_document(document.sizes)
    qtbot.waitUntil(
        lambda: (shown := dialog.pane.preview._sheet.pixmap()).width() > shown.height(),
        timeout=WAIT_MS,
    )
    assert dialog.pane.preview._scroller.horizontalScrollBar().maximum() == 0


def printer_to(path):
    printer = QPrinter()
    printer.setOutputFileName(str(path))
    return printer


def mixed_pages():
    """Return a PDF whose second page stands and whose others lie."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    for is_landscape in (True, False, True):
        doc = Document(title="T", subject="S", is_landscape=is_landscape)
        doc.text(set_text("One", Style(), 100), 40, 40)
        doc.end_page()
        writer.append(BytesIO(doc.to_bytes()))
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
