"""The export window: what there is, who may see it, and what is written."""

import json
from threading import Event

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from planner import words
from planner.services.exports.exporting import WHOLE_FORMATS, ExportFormat
from planner.services.plans import open_plan
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner import small
from ui.exports import ExportDialog
from ui.exports.offers import OFFERS
from ui.jobs import Job, Runner

WAIT_MS = 20_000
N_THREADS = 3
"""Of a runner: so many jobs keep it from beginning another."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A plan whose week is published; no test writes into it."""
    path = tmp_path_factory.mktemp("exports") / "small.narvaro"
    small.save_plan(path, small.make_plan())
    with open_plan(path) as opened:
        small.save_draft(opened, small.make_roster(opened.plan))
        windows = uncovered_windows(opened, small.WEEK)
        publish(opened, small.WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
        yield opened


class Opener(QObject):
    """Takes what the desktop is asked to open."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot(QUrl)
    def take(self, url):
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opener():
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")
    yield opener
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture(scope="module")
def runner():
    runner = Runner()
    yield runner
    runner.close()


@pytest.fixture
def dialog(qtbot, plan, runner):
    dialog = ExportDialog(plan, small.WEEK, runner)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(dialog, kind, *, is_whole):
    """Choose an offer with the keyboard's list, and return it."""
    row = next(
        n for n, offer in enumerate(OFFERS) if (offer.kind, offer.is_whole) == (kind, is_whole)
    )
    dialog.offers.setCurrentRow(row)
    return OFFERS[row]


def export_to(qtbot, dialog, target):
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.target.setText(str(target))
    with qtbot.waitSignal(dialog.ended, timeout=WAIT_MS):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_every_format_is_offered():
    whole = {offer.kind for offer in OFFERS if offer.is_whole}
    assert whole == set(WHOLE_FORMATS)
    assert {offer.kind for offer in OFFERS} == set(ExportFormat)


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_each_says_what_it_is_for_and_who_may_see_it(qtbot, plan, runner, code):
    with words.speaking(code):
        dialog = ExportDialog(plan, small.WEEK, runner)
        qtbot.addWidget(dialog)
        seen = set()
        for row in range(len(OFFERS)):
            dialog.offers.setCurrentRow(row)
            texts = (dialog.title, dialog.purpose, dialog.readers, dialog.files)
            assert all(one.text() for one in texts)
            seen.add(dialog.title.text())
        assert len(seen) == len(OFFERS)


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: f"{offer.kind}-{offer.is_whole}")
def test_what_is_chosen_is_written(qtbot, dialog, tmp_path, offer):
    choose(dialog, offer.kind, is_whole=offer.is_whole)
    export_to(qtbot, dialog, tmp_path / offer.proposed(small.WEEK))
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert {path.suffix for path in written} == {f".{offer.kind}"}
    assert dialog.bar.offer_button is not None


def test_week_as_json_is_the_week(qtbot, dialog, tmp_path):
    choose(dialog, ExportFormat.JSON, is_whole=False)
    export_to(qtbot, dialog, tmp_path / "w.json")
    assert json.loads((tmp_path / "w.json").read_text())["week"] == str(small.WEEK)


def test_real_names_are_written_only_when_asked_for(qtbot, dialog, tmp_path):
    choose(dialog, ExportFormat.XLSX, is_whole=True)
    assert not dialog.identities.isChecked()
    export_to(qtbot, dialog, tmp_path / "plain.xlsx")
    dialog.identities.setChecked(True)
    export_to(qtbot, dialog, tmp_path / "named.xlsx")
    heads = {
        name: [cell.value for cell in load_workbook(tmp_path / name)["staff"][1]]
        for name in ("plain.xlsx", "named.xlsx")
    }
    assert "name" in heads["named.xlsx"]
    assert "name" not in heads["plain.xlsx"]
    choose(dialog, ExportFormat.GEOJSON, is_whole=True)
    assert dialog.identities.isHidden()
    choose(dialog, ExportFormat.XLSX, is_whole=True)
    assert not dialog.identities.isChecked()


def test_folder_of_what_was_written_can_be_opened(qtbot, dialog, opener, tmp_path):
    choose(dialog, ExportFormat.GEOJSON, is_whole=True)
    export_to(qtbot, dialog, tmp_path / "places")
    dialog.bar.offer_button.click()
    choose(dialog, ExportFormat.JSON, is_whole=False)
    export_to(qtbot, dialog, tmp_path / "w.json")
    dialog.bar.offer_button.click()
    assert opener.opened == [str(tmp_path / "places"), str(tmp_path)]


def test_a_name_alone_is_in_the_folder_that_was_offered(qtbot, dialog, tmp_path):
    dialog._folder = tmp_path
    choose(dialog, ExportFormat.JSON, is_whole=False)
    export_to(qtbot, dialog, "w.json")
    assert (tmp_path / "w.json").exists()
    assert str(tmp_path) in dialog.bar.text()


def test_a_file_that_is_there_is_replaced_only_when_told_to(qtbot, dialog, tmp_path):
    path = tmp_path / "w.json"
    path.write_text("mine")
    choose(dialog, ExportFormat.JSON, is_whole=False)
    dialog.target.setText(str(path))
    dialog.export_button.click()
    assert not dialog.is_busy
    assert "w.json" in dialog.bar.text()
    assert path.read_text() == "mine"
    with qtbot.waitSignal(dialog.ended, timeout=WAIT_MS):
        dialog.bar.offer_button.click()
    assert path.read_text() != "mine"


def test_what_the_disk_refuses_is_said_and_can_be_mended(qtbot, dialog, tmp_path):
    choose(dialog, ExportFormat.JSON, is_whole=False)
    export_to(qtbot, dialog, tmp_path / "missing" / "w.json")
    assert "missing" in dialog.bar.text()
    export_to(qtbot, dialog, tmp_path / "w.json")
    assert (tmp_path / "w.json").exists()


def test_week_without_roster_is_told_in_a_sentence(qtbot, plan, runner, tmp_path):
    dialog = ExportDialog(plan, small.WEEK.shifted(5), runner)
    qtbot.addWidget(dialog)
    dialog.show()
    export_to(qtbot, dialog, tmp_path / "w.xlsx")
    assert str(small.WEEK.shifted(5)) in dialog.bar.text()
    assert not list(tmp_path.iterdir())


def test_cancelled_export_writes_nothing(dialog, runner, tmp_path):
    may_end = Event()
    for _n in range(N_THREADS):
        runner.start(Job(lambda _job: may_end.wait()))
    choose(dialog, ExportFormat.CSV, is_whole=True)
    dialog.target.setText(str(tmp_path / "out"))
    dialog.export()
    assert dialog.cancel_button.isVisible()
    assert not dialog.offers.isEnabled()
    dialog.cancel_button.click()
    assert not dialog.is_busy
    may_end.set()
    runner.close()
    assert not (tmp_path / "out").exists()


def test_everything_is_reached_with_the_keyboard_and_has_a_name(dialog):
    assert dialog.offers.hasFocus()
    for widget in (dialog.offers, dialog.target, dialog.progress):
        assert widget.accessibleName()
    for widget in (dialog.target, dialog.choose_button, dialog.export_button):
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("kind", [ExportFormat.XLSX, ExportFormat.CSV])
def test_everything_says_what_of_the_plan_it_is_not(dialog, kind):
    choose(dialog, kind, is_whole=True)
    said, _, left_out = dialog.files.text().partition("Inte med")
    for there in ("utlovade", "planerade", "rapporterade"):
        assert there in said
    for missing in ("vem som gör", "anteckningar", "fastställda"):
        assert missing in left_out
