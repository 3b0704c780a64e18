"""All gaps of a week explained, one of them with its fixes."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.roster import Gap
from planner.services.gaps import fixes, reasons
from planner.services.gaps.fix_values import Fix, FixesFound
from planner.services.gaps.reasons import GapWeek, gap_week, reinforcements
from planner.services.gaps.values import ExplainedGap
from planner.services.week.gap_order import most_harmful_first
from planner.services.week.working_week import WorkingWeek
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.reasons import words
from ui.reasons.gap_page import GapPage
from ui.widgets import EmptyState, ask_text, divider, label, text_button
from ui.widgets.notes import NoteList

Apply = Callable[[Fix, str], bool]
"""Puts a fix into the draft, with a reason if it needs one; says whether anything changed."""

_SIZE = QSize(1180, 760)


@dataclass(frozen=True, slots=True)
class _Step:
    """How far the search for fixes is."""

    n_done: int
    n_all: int


class GapsDialog(QDialog):
    """Explains a week's gaps; the chosen one's fixes can be applied to the draft.

    Parameters
    ----------
    working
        The week as it is shown; asked for its roster whenever gaps are explained anew.
    apply
        See :data:`Apply`.
    gap
        Whose fixes are looked for first; the most important one unless given.
    """

    failed = Signal(object)
    """The exception that a service raised."""
    explained = Signal()
    """Every gap is explained."""
    fixed = Signal()
    """The search for fixes of a gap has ended."""

    def __init__(
        self,
        working: WorkingWeek,
        runner: Runner,
        apply: Apply,
        parent: QWidget | None = None,
        *,
        gap: Gap | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Why is this uncovered?"))
        self._working, self._runner, self._apply = working, runner, apply
        self._week: GapWeek = gap_week(working)
        self._gaps: tuple[Gap, ...] = ()
        self._found: dict[int, ExplainedGap] = {}
        self._searching: Job | None = None
        self._explaining: Job | None = None
        self.gaps = NoteList(_("Gaps of the week"))
        self.gaps.setMinimumWidth(260)
        self.gaps.currentRowChanged.connect(self._show_gap)
        self.counted = label("", "muted", wraps=True)
        self.wanted = label("", "small", wraps=True)
        self.page = GapPage(working.plan)
        self.page.taken.connect(self._take)
        self.page.stop_asked.connect(self.stop)
        self.none = EmptyState(
            "circle-check",
            _("Nothing is missing"),
            _("Every duty and every hour of the week has the people it asks for."),
        )
        self.pages = QStackedWidget()
        self.message = label("", "muted", wraps=True)
        self._lay_out()
        self._begin(gap)

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is looked for any more."""
        return self._searching is None and self._explaining is None

    def _lay_out(self) -> None:
        heading = label(_("Gaps of {week}, explained", week=self._working.week), "heading")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 10, 0, 10)
        column.addWidget(self.counted)
        column.addWidget(self.gaps, stretch=1)
        column.addWidget(self.wanted)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(left)
        halves.addWidget(self.page)
        halves.setSizes([300, 880])
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        self.pages.addWidget(halves)
        self.pages.addWidget(self.none)
        self._halves = halves
        close = text_button(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addWidget(self.message, stretch=1)
        foot.addWidget(close)
        heading.setContentsMargins(16, 14, 16, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading)
        layout.addWidget(divider())
        layout.addWidget(self.pages, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(foot)
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))

    def _begin(self, gap: Gap | None) -> None:
        """Look into the draft as it is now, beginning with a gap."""
        self._leave()
        self._week = gap_week(self._working)
        working = self._working
        gaps = most_harmful_first(working.plan, working.judgement.gaps, working.duties)
        self._gaps, self._found = gaps, {}
        self.page.clear()
        notes = [words.gap_note(self._working.plan, one, None) for one in self._gaps]
        self.gaps.fill(notes)
        self.pages.setCurrentWidget(self._halves if self._gaps else self.none)
        self._say()
        if not self._gaps:
            self.explained.emit()
            return
        row = next((n for n, one in enumerate(self._gaps) if _is_same(one, gap)), 0)
        self.gaps.setCurrentRow(row)
        self.gaps.setFocus()

    def _explain(self) -> None:
        """Explain what is not yet explained, the chosen gap first."""
        week, first = self._week, self.gaps.currentRow()
        left = [n for n in (first, *range(len(self._gaps))) if n not in self._found]
        rows, gaps = tuple(dict.fromkeys(left)), self._gaps

        def work(job: Job) -> GapWeek:
            for row in rows:
                if job.should_stop():
                    break
                job.report((row, reasons.explain(week, gaps[row])))
            return week

        job = Job(work)
        job.progressed.connect(self._take_explained)
        job.done.connect(self._end_explaining)
        job.failed.connect(self._fail)
        self._explaining = job
        self._runner.start(job)

    @Slot(object)
    def _take_explained(self, told: tuple[int, ExplainedGap]) -> None:
        row, explained = told
        if row >= len(self._gaps) or explained.gap != self._gaps[row]:
            return  # of a draft that is no more
        self._found[row] = explained
        self.gaps.change(row, words.gap_note(self._working.plan, explained.gap, explained))
        self._say()
        if row == self.gaps.currentRow():
            self.page.show_gap(explained.gap, explained)

    @Slot(object)
    def _end_explaining(self, week: GapWeek) -> None:
        if week is not self._week:
            return
        self._explaining = None
        if len(self._found) == len(self._gaps):
            self.explained.emit()

    @Slot(int)
    def _show_gap(self, row: int) -> None:
        if not 0 <= row < len(self._gaps):
            return
        self._leave()
        self.page.clear()
        self.page.show_gap(self._gaps[row], self._found.get(row))
        if self._explaining is None and len(self._found) < len(self._gaps):
            self._explain()
        self._search(self._gaps[row])

    def _search(self, gap: Gap) -> None:
        """Look for fixes of a gap."""
        week = gap_week(self._working)  # of its own, as the gaps are explained meanwhile
        self.page.begin_fixes()

        def work(job: Job) -> FixesFound:
            return fixes.find_fixes(
                week,
                gap,
                on_fix=job.report,
                on_step=lambda n_done, n_all: job.report(_Step(n_done, n_all)),
                should_stop=job.should_stop,
            )

        job = Job(work)
        job.progressed.connect(self._take_progress)
        job.done.connect(self._end_search)
        job.failed.connect(self._fail)
        self._searching = job
        self._runner.start(job)

    @Slot(object)
    def _take_progress(self, told: _Step | Fix) -> None:
        if self.sender() is not self._searching:
            return
        if isinstance(told, Fix):
            self.page.add_fix(told)
        else:
            self.page.show_step(told.n_done, told.n_all)

    @Slot(object)
    def _end_search(self, found: FixesFound) -> None:
        if self.sender() is not self._searching:
            return
        self._searching = None
        self.page.end_fixes(found)
        self.fixed.emit()

    @Slot()
    def stop(self) -> None:
        """End the search for fixes; what it has found is kept."""
        if self._searching is not None:
            self._searching.stop()
            self.page.show_stopping()

    def _leave(self) -> None:
        """Listen no more to the search for fixes of another gap."""
        if self._searching is not None:
            self._searching.stop()
            self._searching = None

    def _say(self) -> None:
        n_left = len(self._gaps) - len(self._found)
        said = list(words.summary(tuple(self._found.values())))
        if n_left:
            said.append(ngettext("{n} still to explain", "{n} still to explain", n_left))
        self.counted.setText(" · ".join(said))
        wanted = () if n_left else reinforcements(self._week, self._found.values())
        self.wanted.setText("\n".join(words.wanted_lines(self._working.plan, wanted)))
        self.wanted.setVisible(bool(wanted))

    @Slot(object)
    def _take(self, fix: Fix) -> None:
        reason = ""
        if fix.broken:
            answer = self._ask_reason()
            if answer is None:
                return
            reason = answer
        if self._apply(fix, reason):
            self.message.setText(_("Applied to the draft; undo takes it back."))
        else:
            self.message.setText(_("The draft is another one by now; the gaps are explained anew."))
        self._begin(fix.gap)

    def _ask_reason(self) -> str | None:
        return ask_text(
            _("A rule is broken by it"),
            _(
                "Write who has agreed and why. The reason is kept with your name and the time, "
                "and is listed before the week is published."
            ),
            _("Apply"),
            self,
        )

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._searching = self._explaining = None
        self.page.clear()
        self.failed.emit(error)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._end_all()
        super().closeEvent(event)

    @override
    def reject(self) -> None:
        self._end_all()
        super().reject()

    def _end_all(self) -> None:
        for job in (self._searching, self._explaining):
            if job is not None:
                job.stop()


def _is_same(gap: Gap, wanted: Gap | None) -> bool:
    if wanted is None or (gap.duty, gap.need) != (wanted.duty, wanted.need):
        return False
    return gap.duty is not None or gap.span.overlaps(wanted.span)
