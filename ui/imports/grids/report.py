"""What the checks say of a roster that stays where it is."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner import messages
from planner.domain.duties import DutyKind
from planner.domain.weeks import IsoWeek
from planner.errors import PlannerError
from planner.services.shadow.values import Shadow, WindowCoverage
from planner.words import _, date_range, ngettext
from ui.imports.grids.report_details import ReportDetails
from ui.imports.grids.report_lists import (
    TARGET_ROLE,
    ReportList,
    Tab,
    coverage_list,
    gaps_list,
    hours_list,
    rules_list,
)
from ui.jobs import Job, Runner
from ui.theme import pixmap, tokens
from ui.widgets import EmptyState, MessageBar, divider, label, text_button


class ShadowReport(QDialog):
    """Shows rules broken, hours, coverage and gaps of a roster that is not in the plan.

    Parameters
    ----------
    search
        Judges the same roster with the duties placed by the engine.
    """

    failed = Signal(object)
    """The exception of a fault of the program."""
    searched = Signal()
    """The engine has placed the duties."""

    def __init__(
        self,
        found: Shadow,
        search: Callable[[Job], Shadow],
        runner: Runner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Judged without importing"))
        self.found = found
        self._search, self._runner = search, runner
        self._job: Job | None = None
        self.bar = MessageBar()
        self._figures = QHBoxLayout()
        self._figures.setSpacing(12)
        self._how = label("", "muted", wraps=True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.currentChanged.connect(self._show_current)
        self.details = ReportDetails()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.tabs)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([720, 460])
        frame = QFrame()
        frame.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(splitter)
        body = QVBoxLayout()
        body.setContentsMargins(24, 16, 24, 12)
        body.setSpacing(10)
        body.addLayout(self._figures)
        body.addWidget(self._how)
        body.addWidget(frame, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(body, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(self._make_footer())
        self.resize(1180, 720)
        self._show(found)

    def _make_footer(self) -> QHBoxLayout:
        self.search_button = text_button(_("Let the solver place the duties"), "play")
        self.search_button.setToolTip(
            _("Looks for a better placing inside these shifts, up to 15 seconds a week")
        )
        self.search_button.clicked.connect(self._start)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(140)
        self._progress.setAccessibleName(_("Progress"))
        self._progress.hide()
        self._doing = label("", "muted")
        close = text_button(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 14)
        row.setSpacing(8)
        for part in (self.search_button, self._progress, self._doing):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(close)
        for button in (self.search_button, close):
            button.setAutoDefault(False)
        return row

    def _show(self, found: Shadow) -> None:
        self.found = found
        tab = self.tabs.currentIndex()
        if tab < 0:
            tab = Tab.RULES if found.n_broken else Tab.COVERAGE
        self._show_figures(found)
        how = (
            _("The solver placed the duties inside these shifts.")
            if found.is_searched
            else _(
                "A roster of shifts does not say who stands where: the duties were placed one "
                "after the other among those at work, known faces first."
            )
        )
        unread = (
            ngettext(
                "{n} cell without a meaning was left out.",
                "{n} cells without a meaning were left out.",
                found.n_unread,
            )
            if found.n_unread
            else ""
        )
        outside = (
            ngettext(
                "{n} window asks for people whom nobody knows in its week, and is not judged.",
                "{n} windows ask for people whom nobody knows in their week, and are not judged.",
                found.n_outside,
            )
            if found.n_outside
            else ""
        )
        promise = _("The roster is not changed and nothing was written.")
        self._how.setText(" ".join(part for part in (how, unread, outside, promise) if part))
        while (page := self.tabs.widget(0)) is not None:
            self.tabs.removeTab(0)
            page.deleteLater()
        self._add(_("Broken rules"), found.n_broken, rules_list(found), _("No rule is broken"))
        self._add(_("Hours"), 0, hours_list(found), _("Nobody is in the roster"))
        self._add(_("Coverage"), 0, coverage_list(found), _("Nothing is to be covered then"))
        self._add(_("Gaps"), len(found.gaps), gaps_list(found), _("Nothing is missing"))
        self.tabs.setCurrentIndex(tab)
        self._show_current()

    def _add(self, text: str, n: int, rows: ReportList, well: str) -> None:
        title = f"{text} ({n})" if n else text
        if not rows.topLevelItemCount():
            rows.deleteLater()
            self.tabs.addTab(EmptyState("circle-check", well, ""), title)
            return
        rows.targeted.connect(self._show_target)
        self.tabs.addTab(rows, title)

    def _show_figures(self, found: Shadow) -> None:
        while (item := self._figures.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.deleteLater()
        for number, text, is_well in figures(found):
            self._figures.addWidget(_figure(number, text, is_well=is_well), stretch=1)

    @Slot()
    def _show_current(self) -> None:
        rows = self.tabs.currentWidget()
        if not isinstance(rows, ReportList):
            self._show_target(None)
        else:
            item = rows.currentItem() or rows.topLevelItem(0)
            if item is not None:
                rows.setCurrentItem(item)
                self._show_target(item.data(0, TARGET_ROLE))

    @Slot(object)
    def _show_target(self, target: object) -> None:
        self.details.show_target(self.found, target)

    @Slot()
    def _start(self) -> None:
        if self._job is not None:
            return
        self._job = Job(self._search)
        self._job.progressed.connect(self._take_week)
        self._job.done.connect(self._take_found)
        self._job.failed.connect(self._take_failure)
        self.search_button.setEnabled(False)
        self._progress.setRange(0, len(self.found.weeks))
        self._progress.setValue(0)
        self._progress.show()
        self._runner.start(self._job)

    @Slot(object)
    def _take_week(self, week: IsoWeek) -> None:
        if self.sender() is self._job:
            self._progress.setValue(self.found.weeks.index(week))
            self._doing.setText(_("Placing week {week}", week=week.week))

    @Slot(object)
    def _take_found(self, found: Shadow) -> None:
        if self.sender() is not self._job:
            return
        before = len(self.found.gaps)
        self._rest()
        self._show(found)
        n_better = before - len(found.gaps)
        if n_better > 0:
            text = ngettext(
                "The solver covers {n} duty more.", "The solver covers {n} duties more.", n_better
            )
        else:
            text = _("The solver found no better placing inside these shifts.")
        self.bar.say(text, "success" if n_better > 0 else "info")
        self.search_button.setEnabled(False)
        self.searched.emit()

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        if self.sender() is not self._job:
            return
        self._rest()
        if isinstance(error, PlannerError):
            self.bar.say(messages.sentence(error), "danger")
        else:
            self.failed.emit(error)

    def _rest(self) -> None:
        self._job = None
        self._progress.hide()
        self._doing.setText("")
        self.search_button.setEnabled(True)

    @override
    def reject(self) -> None:
        """Close; the engine is stopped."""
        if self._job is not None:
            self._job.stop()
            self._job = None
        super().reject()


def figures(found: Shadow) -> tuple[tuple[str, str, bool | None], ...]:
    """Return the four figures of a report: number, what it counts, and whether all is well.

    Nothing is said of a figure that is neither well nor bad.
    """
    n_people = len({f.staff for rule in found.rules for f in rule.findings})
    n_over = sum(one.over_min > 0 for one in found.hours)
    n_under = sum(one.over_min < 0 for one in found.hours)
    schools = [one for one in found.windows if one.kind is DutyKind.SCHOOL]
    others = [one for one in found.windows if one.kind is not DutyKind.SCHOOL]
    weeks = found.whole_weeks
    period = date_range(weeks[0].days[0], weeks[-1].days[-1]) if weeks else ""
    return (
        (
            str(found.n_broken),
            ngettext("broken rule", "broken rules", found.n_broken)
            + (" · " + ngettext("{n} person", "{n} people", n_people) if n_people else ""),
            found.n_broken == 0,
        ),
        (
            f"{n_over} / {n_under}" if weeks else "–",
            _("above / below contract {period}", period=period)
            if weeks
            else _("no whole week to compare hours in"),
            None,
        ),
        (
            _n_of(sum(one.n_covered for one in schools), sum(one.n_wanted for one in schools)),
            _("school windows can be covered"),
            _is_well(schools),
        ),
        (
            _n_of(sum(one.n_covered for one in others), sum(one.n_wanted for one in others)),
            _("visits and presence can be covered"),
            _is_well(others),
        ),
    )


def _is_well(windows: list[WindowCoverage]) -> bool | None:
    return all(one.n_covered == one.n_wanted for one in windows) if windows else None


def _n_of(n: int, n_all: int) -> str:
    return f"{n} / {n_all}" if n_all else "–"


def _figure(number: str, text: str, *, is_well: bool | None) -> QFrame:
    frame = QFrame()
    frame.setProperty("card", True)  # noqa: FBT003 - Qt's signature
    value = label(number, "title")
    symbol = QLabel()
    name, tone = ("circle-check", "success") if is_well else ("triangle-alert", "warning")
    symbol.setPixmap(pixmap(name, tokens().as_map()[tone], 20))
    symbol.setVisible(is_well is not None)
    row = QHBoxLayout()
    row.addWidget(value)
    row.addStretch()
    row.addWidget(symbol)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(16, 10, 16, 10)
    layout.setSpacing(2)
    layout.addLayout(row)
    layout.addWidget(label(text, "muted", wraps=True))
    return frame
