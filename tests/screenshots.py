"""Pictures of every page in both languages and themes: ``python -m tests.screenshots DIR``.

``--manual`` puts those that the manual shows into it, too: whatever it has a picture of, by name.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from planner import clock, words
from planner.domain.distribution import RecipientKind
from planner.domain.edits import move_shift
from planner.domain.scenarios import FewerPeople
from planner.domain.weeks import IsoWeek
from planner.services.examples.demo import EXAMPLE
from planner.services.examples.making import create_example, example_week
from planner.services.plans import OpenPlan, open_plan
from planner.services.prints.print_outs import PrintKind
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.generating import accept, generate
from planner.services.roster.views import Decision, GenerateProgress
from planner.services.send.send_list import send_list
from planner.services.send.sending import save_drafts
from planner.services.week.editing import keep
from planner.services.week.publish_check import before_publishing
from planner.services.week.weeks import week_to_plan
from planner.services.what_if.kept_scenarios import keep_scenario
from tests.planner.exchange.grids import messy
from ui import theme
from ui.about import AboutDialog
from ui.coverage import CoveragePage
from ui.coverage.page import EVENING_TAB, FAIRNESS_TAB, OVERVIEW_TAB, TREND_TAB
from ui.exports import ExportDialog
from ui.help import HelpWindow
from ui.imports import ImportAssistant
from ui.imports.grids import GridAssistant
from ui.jobs import Runner
from ui.languages import speak
from ui.parts import Part
from ui.preferences import Preferences
from ui.prints import PrintsDialog
from ui.promise import PromisePage
from ui.promise.page import MEASURES_TAB, REPORT_TAB
from ui.publish import PublishDialog
from ui.reasons import GapsDialog
from ui.repair import CALLS_TAB, AbsenceDialog, RepairDialog, SwapsDialog
from ui.report_back import ReportBackDialog
from ui.scenarios import ScenariosPage
from ui.scenarios.page import FRAGILITY_TAB
from ui.scenarios.words import supposition_text
from ui.sending import SendDialog
from ui.sending.model import Show
from ui.situation import SituationPage
from ui.situation.page import PATTERN_TAB, PROPOSALS_TAB, WHEN_TAB, WHERE_TAB
from ui.theme import Mode
from ui.versions import VersionsDialog
from ui.week import GenerateDialog
from ui.week.page import PEOPLE_TAB, PLACES_TAB, WEEKS_TAB
from ui.window import MainWindow

_SECONDS, _COMPARE_SECONDS = 60, 10
_PATIENCE_S, _STEP_MS = 120.0, 50
_SIZE = (1440, 900)
_MANUAL = Path(__file__).parents[1] / "resources" / "help" / "pictures"
_MANUAL_SIZE, _N_COLORS = (1200, 1200), 256


def main(out: Path, plan_file: Path | None = None) -> None:
    """Write the pictures into ``out``.

    Parameters
    ----------
    plan_file
        A plan with an unpublished draft, to save generating one.
    """
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.install(app)
    with tempfile.TemporaryDirectory() as folder:
        path = plan_file or _drafted(Path(folder) / "Västerås.narvaro")
        for code in words.LANGUAGES:
            speak(app, code)
            for mode in (Mode.LIGHT, Mode.DARK):
                theme.install(app, mode)
                preferences = Preferences(Path(folder) / f"{code}-{mode}.ini")
                copy = Path(folder) / f"{code}-{mode}" / "Västerås.narvaro"
                copy.parent.mkdir()
                copy.write_bytes(path.read_bytes())
                for name, page in _pages(preferences, copy):
                    picture = out / f"{name}-{code}-{mode}.png"
                    page.grab().save(str(picture))
                    print(picture)


def show_in_manual(pictures: Path) -> None:
    """Make small copies of those pictures that the manual has one of by the same name."""
    for shown in sorted(_MANUAL.glob("*.png")):
        with Image.open(pictures / shown.name) as picture:
            small = picture.convert("RGB")
            small.thumbnail(_MANUAL_SIZE)
            # Median cut would turn the little red that there is into brown, and maximum coverage
            # alone the grey of weekends into green.
            few = small.quantize(_N_COLORS, method=Image.Quantize.MAXCOVERAGE, kmeans=2)
            few.save(shown, optimize=True)


def _drafted(path: Path) -> Path:
    create_example(path, EXAMPLE, week=example_week(EXAMPLE))
    with open_plan(path) as plan:
        week = week_to_plan(plan)
        accept(plan, generate(plan, week, seconds=_SECONDS))
    return path


def _pages(preferences: Preferences, path: Path) -> Iterator[tuple[str, QWidget]]:
    window = MainWindow(preferences)
    window.resize(*_SIZE)
    window.show()
    _settle()
    yield "welcome", window
    window.open(str(path))
    _wait(lambda: window.week_page.view() is not None)
    window.offer.hide()
    plan = window.presenter.open_plan
    assert plan is not None
    yield from _week(window, week_to_plan(plan))
    yield from _gaps(window)
    yield from _coverage(window)
    yield from _promise(window, plan, week_to_plan(plan))
    yield from _situation(window)
    yield from _what_if(window, plan)
    yield from _data(window)
    yield from _dialogs(window, plan)
    yield from _empty(window, week_to_plan(plan))
    window.close()


def _week(window: MainWindow, week: IsoWeek) -> Iterator[tuple[str, QWidget]]:
    page, people = window.week_page, window.week_page.people
    people.setCurrentIndex(people.people.index(3, 1))
    _settle()
    yield "week-people", window
    page.editing.type_code("d")
    _settle()
    yield "edit-code", window
    page.editing.field.hide()
    page.tabs.setCurrentIndex(PLACES_TAB)
    page.side.gaps.setCurrentRow(page.side.gaps.count() - 1)  # a school's: staffing stands first
    _settle()
    yield "week-places", window
    for row in range(page.side.gaps.count()):
        page.right.show_side()
        page.side.gaps.setCurrentRow(row)
        page.side.button.click()
        _wait(page.right.candidates.busy.isHidden)
        if page.right.candidates.chosen is not None:
            break  # there are gaps that nobody can take
    yield "candidates", window
    page.right.show_side()
    page.show_day(week.days[2])
    _settle()
    yield "week-day", window
    page.tabs.setCurrentIndex(WEEKS_TAB)
    _wait(lambda: page.four_weeks.grid.table.rowCount() > 0)
    yield "week-four-weeks", window
    page.tabs.setCurrentIndex(PEOPLE_TAB)
    yield from _overlays(window)
    page.side.tabs.setCurrentIndex(1)
    page.progress.begin(_SECONDS)
    page.progress.show_progress(
        GenerateProgress(
            week=week,
            phase="improve",
            n_gaps=4,
            level="promised-1",
            value=40,
            bound=38,
            seconds=23.0,
        )
    )
    _settle()
    yield "generating", window
    page.progress.hide()
    page.side.tabs.setCurrentIndex(0)


def _overlays(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    window.finder.open()
    window.finder.search.setText("la")
    _settle()
    yield "palette", window
    window.finder.hide()
    window.tour.start()
    _settle()
    yield "tour", window
    window.tour.end()
    window.week_page.right.show_side()


def _coverage(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    window.sections.choose(Part.COVERAGE)
    page = window.sections.page(Part.COVERAGE)
    assert isinstance(page, CoveragePage)
    _wait(lambda: page.view() is not None)
    for tab, name in (
        (OVERVIEW_TAB, "coverage"),
        (EVENING_TAB, "coverage-evenings"),
        (FAIRNESS_TAB, "coverage-fairness"),
        (TREND_TAB, "coverage-weeks"),
    ):
        page.tabs.setCurrentIndex(tab)
        _wait(lambda: tab != TREND_TAB or page.trend.table.rowCount() > 0)  # noqa: B023
        _settle()
        yield name, window
    window.sections.choose(Part.WEEK)


def _promise(window: MainWindow, plan: OpenPlan, week: IsoWeek) -> Iterator[tuple[str, QWidget]]:
    """Yield the promise, its last week reported, and the report-back."""
    window.presenter.show_week(week.shifted(-1))
    window.sections.choose(Part.PROMISE)
    page = window.sections.page(Part.PROMISE)
    assert isinstance(page, PromisePage)
    _wait(lambda: page.view() is not None and (lines := page.lines()) is not None and lines.lines)
    for tab, name in ((MEASURES_TAB, "promise"), (REPORT_TAB, "promise-report")):
        page.tabs.setCurrentIndex(tab)
        _settle()
        yield name, window
    report = ReportBackDialog(plan, window._runner, window)
    report.show()
    _wait(lambda: not report.is_busy and report.preview.has_page())
    yield "report-back", report
    report.close()
    window.presenter.show_week(week)
    _wait(lambda: (view := window.week_page.view()) is not None and view.week == week)
    window.sections.choose(Part.WEEK)


def _what_if(window: MainWindow, plan: OpenPlan) -> Iterator[tuple[str, QWidget]]:
    """Yield a scenario beside the plan, and how fragile the week is."""
    patrol = plan.plan.settings.patrol_skill
    officer = next(one.staff for one in plan.plan.staff_skills if one.skill == patrol)
    fewer = FewerPeople(employer=plan.plan.staff_by_id[officer].employer, skill=patrol, n=4)
    kept = keep_scenario(plan, supposition_text(plan.plan, fewer), (fewer,))
    window.sections.choose(Part.SCENARIOS)
    page = window.sections.page(Part.SCENARIOS)
    assert isinstance(page, ScenariosPage)
    _wait(lambda: bool(page.compare.scenarios.scenarios))
    page.compare.seconds.setValue(_COMPARE_SECONDS)
    page.compare.scenarios.tick(kept.id, is_ticked=True)
    page.compare.compare_button.click()
    _wait(lambda: not page.compare.running.is_running)
    yield "what-if", window
    page.tabs.setCurrentIndex(FRAGILITY_TAB)
    _wait(page.fragility.button.isEnabled)
    page.fragility.button.click()
    _wait(lambda: not page.fragility.running.is_running)
    yield "what-if-fragility", window
    window.sections.choose(Part.WEEK)


def _situation(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    window.sections.choose(Part.SITUATION)
    page = window.sections.page(Part.SITUATION)
    assert isinstance(page, SituationPage)
    _wait(lambda: page.situation() is not None)
    page.proposals.try_button.click()
    _wait(lambda: page.proposing.found() is not None)
    for tab, name in (
        (WHEN_TAB, "situation"),
        (WHERE_TAB, "situation-map"),
        (PROPOSALS_TAB, "situation-proposals"),
        (PATTERN_TAB, "situation-patterns"),
    ):
        page.tabs.setCurrentIndex(tab)
        _wait(page.pattern.stop_button.isHidden)
        _settle()
        yield name, window
    window.sections.choose(Part.WEEK)


def _data(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    window.sections.choose(Part.DATA)
    assert window.sections.records is not None
    for name in ("staff", "schools", "base_rosters", "rule_books"):
        window.sections.records.navigation.set_chosen.emit(name)
        _settle()
        window.sections.records.view.records.table.selectRow(0)
        _settle()
        yield f"data-{name.replace('_', '-')}", window
    window.sections.choose(Part.WEEK)


def _gaps(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    working = window.editor.working
    assert working is not None
    runner = Runner(window)
    dialog = GapsDialog(working, runner, lambda _fix, _reason: False, window)
    dialog.resize(1180, 760)
    dialog.show()
    _wait(lambda: dialog.is_idle)
    yield "gaps", dialog
    dialog.close()
    runner.close()


def _dialogs(window: MainWindow, plan: OpenPlan) -> Iterator[tuple[str, QWidget]]:
    week, runner, now = week_to_plan(plan), window._runner, clock.now()
    manual = HelpWindow(window)
    manual.show_page("week")
    assistant = ImportAssistant(plan, runner, "", window)
    shown: list[tuple[str, QWidget]] = [
        ("generate", GenerateDialog(week, window, has_shifts=True)),
        ("publish", PublishDialog(before_publishing(plan, week), plan.plan, window)),
        ("import", assistant),
        ("absence", AbsenceDialog(plan.plan, plan.store.load_roster(week).shifts, now, window)),
        ("calls", RepairDialog(plan, week, now, runner, window, tab=CALLS_TAB)),
        ("swaps", SwapsDialog(plan, week, runner, window)),
        ("export", ExportDialog(plan, week, runner, window)),
        ("manual", manual),
        ("about", AboutDialog(window)),
    ]
    for name, dialog in shown:
        dialog.show()
        _settle()
        yield name, dialog
        dialog.close()
    yield from _prints(window, plan, week, (PrintKind.OFFICE,), "unpublished")
    yield from _own_roster(window, plan)
    windows = uncovered_windows(plan, week)
    publish(plan, week, {each.duty: Decision.OWN_STAFF for each in windows})
    yield from _prints(window, plan, week, PrintKind, "published")
    yield from _sending(window, plan, week)
    yield from _versions(window, plan, week)


def _prints(
    window: MainWindow, plan: OpenPlan, week: IsoWeek, kinds: Iterable[PrintKind], state: str
) -> Iterator[tuple[str, QWidget]]:
    """Yield the prints window with each kind, one part of it chosen where it has several."""
    prints = PrintsDialog(plan, week, window._runner, window)
    prints.show()
    for kind in kinds:
        prints.choices.kinds.choose(kind.value)
        _wait(lambda: prints._document is not None or bool(prints.pane.said))
        prints.choices.names.setCurrentRow(1)
        _wait(lambda: bool(prints.pane.said) or (prints._document is not None))
        _wait(lambda: bool(prints.pane.said) or prints.pane.preview.has_page())
        _settle()
        yield f"print-{kind}-{state}", prints
    prints.close()


def _own_roster(window: MainWindow, plan: OpenPlan) -> Iterator[tuple[str, QWidget]]:
    records = plan.plan
    squads = [
        (squad.name, [one.name for one in records.staff if one.squad == squad.id])
        for squad in records.squads
    ]
    with tempfile.TemporaryDirectory() as folder:
        assistant = GridAssistant(plan, window._runner, "", window)
        assistant.show()
        _settle()
        yield "own-roster-file", assistant
        assistant.read(messy.police(Path(folder) / "Schema november 2026.xlsx", squads))
        _wait(assistant.footer.next_button.isEnabled)
        assistant.meaning_page.tabs.setCurrentIndex(0)
        _settle()
        yield "own-roster", assistant
        assistant.footer.next_button.click()
        _wait(assistant.footer.import_button.isEnabled)
        yield "own-roster-preview", assistant
        assistant.footer.judge_button.click()
        _wait(lambda: assistant.report is not None)
        assert assistant.report is not None
        yield "own-roster-judged", assistant.report
        assistant.report.reject()
        assistant.close()


def _sending(window: MainWindow, plan: OpenPlan, week: IsoWeek) -> Iterator[tuple[str, QWidget]]:
    """Yield the sending window: what is to be sent, a document, and the log of drafts."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = send_list(plan, week, RecipientKind.SCHOOL)
        save_drafts(plan, wanted, wanted.due()[::2], Path(folder))
    dialog = SendDialog(plan, week, window._runner, window)
    dialog.resize(1280, 800)
    dialog.show()
    page = dialog.pages[RecipientKind.SCHOOL]
    _wait(lambda: page.wanted is not None)
    page.list.choose(Show.ALL)
    _wait(lambda: bool(page.preview.subject.text()))
    yield "sending", dialog
    page.preview.parts.setCurrentRow(1)
    _wait(lambda: page.preview._contents.currentWidget() is page.preview.paper)
    yield "sending-document", dialog
    dialog.tabs.setCurrentWidget(dialog.log)
    _settle()
    yield "sending-log", dialog
    dialog.close()


def _versions(window: MainWindow, plan: OpenPlan, week: IsoWeek) -> Iterator[tuple[str, QWidget]]:
    before = plan.store.load_roster(week)
    first, second = before.shifts[0], before.shifts[5]
    after = move_shift(plan.plan, before, first, second.staff, first.day)
    keep(plan, before, after, "move-shift")
    versions = VersionsDialog(plan, week, window._runner, window)
    versions.show()
    _wait(lambda: versions.comparison.people.topLevelItemCount() > 0)
    _settle()
    yield "versions", versions
    versions.close()


def _empty(window: MainWindow, week: IsoWeek) -> Iterator[tuple[str, QWidget]]:
    window.presenter.show_week(week.shifted(2))
    _wait(lambda: (view := window.week_page.view()) is not None and view.week != week)
    yield "empty", window


def _settle() -> None:
    for _round in range(3):
        QApplication.processEvents()


def _wait(is_so: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < _PATIENCE_S, "nothing came of it"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _STEP_MS)
    _settle()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--plan", type=Path, help="with a draft, to save generating one")
    parser.add_argument("--manual", action="store_true", help="show them in the manual, too")
    wanted = parser.parse_args()
    main(wanted.out, wanted.plan)
    if wanted.manual:
        show_in_manual(wanted.out)
