"""One gap: its reason in words, the facts, and the fixes with what each changes."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner import messages
from planner.domain.plan import Plan
from planner.domain.roster import Gap
from planner.services.gaps import wording
from planner.services.gaps.fix_values import Fix, FixesFound
from planner.services.gaps.values import ExplainedGap
from planner.words import _
from ui.differences import DifferencesTree
from ui.reasons import words
from ui.widgets import label, primary_button, text_button
from ui.widgets.notes import NoteList

_WITH_FACTS_PX, _WITHOUT_FACTS_PX = [350, 310], [150, 510]
"""Above and below the line between the reason and the fixes."""


class GapPage(QWidget):
    """Shows why a gap is there and, as they come, what would close it."""

    taken = Signal(object)
    """The ``Fix`` that is to be applied."""
    stop_asked = Signal()

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._fixes: list[Fix] = []
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = label("", "heading", wraps=True)
        self.when = label("", "muted", wraps=True)
        self.reason = label("", wraps=True)
        self.facts_title = label(_("Together these cause it"), "section")
        self.facts = NoteList(_("Facts that together cause the gap"))
        self.facts.setSelectionMode(NoteList.SelectionMode.NoSelection)
        self.fixes_title = label(_("What would close it, the cheapest first"), "section")
        self.fixes = NoteList(_("Fixes"))
        self.fixes.currentRowChanged.connect(self._choose)
        self.fixes.itemActivated.connect(self._take)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(_("Progress"))
        self.state = label("", "muted", wraps=True)
        self.stop_button = text_button(_("Stop"), "square")
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.stop_asked)
        self.changes = DifferencesTree(_("What the fix changes"), _("Person"))
        self.changes.name_versions(_("Now"), _("Afterwards"))
        self.nothing = label("", "muted", wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(14, 12, 14, 12)
        self.details = QStackedWidget()
        self.details.addWidget(self.nothing)
        self.details.addWidget(self.changes)
        self.button = primary_button(_("Apply"), "check")
        self.button.setAutoDefault(False)
        self.button.setToolTip(_("Put it into the draft; it can be undone"))
        self.button.clicked.connect(self._take)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(16, 12, 16, 8)
        above.setSpacing(4)
        for part in (self.heading, self.when, self.reason):
            above.addWidget(part)
        above.addSpacing(6)
        above.addWidget(self.facts_title)
        above.addWidget(self.facts, stretch=100)
        above.addStretch(1)  # where there are no facts
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(16, 8, 16, 12)
        below.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.fixes_title, stretch=1)
        head.addWidget(self.bar)
        head.addWidget(self.stop_button)
        below.addLayout(head)
        below.addWidget(self.state)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.fixes)
        halves.addWidget(self.details)
        halves.setSizes([240, 600])
        halves.setChildrenCollapsible(False)
        below.addWidget(halves, stretch=100)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.button)
        below.addLayout(foot)
        self._whole = whole = QSplitter(Qt.Orientation.Vertical)
        whole.addWidget(upper)
        whole.addWidget(lower)
        whole.setSizes(_WITH_FACTS_PX)
        whole.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(whole)

    def clear(self) -> None:
        """Show no gap."""
        for text in (self.heading, self.when, self.reason, self.state):
            text.setText("")
        self.facts.fill(())
        self.facts_title.hide()
        self._fixes = []
        self.fixes.fill(())
        self._show_progress(is_busy=False)
        self._choose(-1)

    def show_gap(self, gap: Gap, explained: ExplainedGap | None) -> None:
        """Show a gap, and why it is there as soon as that is known."""
        self.heading.setText(messages.gap_title(self._plan, gap))
        self.when.setText(words.when(self._plan, gap))
        if explained is None:
            self.reason.setText(_("Looking for the reason …"))
            self.facts.fill(())
            self.facts_title.hide()
            return
        self.reason.setText("\n".join(wording.planners_lines(self._plan, explained)))
        self.facts.fill(words.fact_note(self._plan, fact) for fact in explained.facts)
        self.facts_title.setVisible(bool(explained.facts))
        self.facts.setVisible(bool(explained.facts))
        self._whole.setSizes(_WITH_FACTS_PX if explained.facts else _WITHOUT_FACTS_PX)
        text = _("Together these cause it; without any one of them it could be covered")
        if not explained.is_smallest:
            text += " · " + _("perhaps fewer would do, the search was cut short")
        self.facts_title.setText(text)

    def begin_fixes(self) -> None:
        """Show that fixes are being looked for."""
        self._fixes = []
        self.fixes.fill(())
        self._say(_("Looking for fixes; each is checked before it is shown"))
        self.bar.setRange(0, 0)
        self._show_progress(is_busy=True)
        self._choose(-1)

    def show_step(self, n_done: int, n_all: int) -> None:
        """Show how many kinds of fixes have been looked for."""
        self.bar.setRange(0, n_all)
        self.bar.setValue(n_done)

    def show_stopping(self) -> None:
        """Show that the search was asked to stop."""
        self.stop_button.setEnabled(False)
        self._say(_("Stopping; the fixes so far are kept"))

    def add_fix(self, fix: Fix) -> None:
        """Show one fix more, at its place among the others; the chosen one stays chosen.

        Unless it is the first one: then the cheapest stays chosen.
        """
        row = self.fixes.currentRow()
        chosen = self.fixes.note(row).value if row > 0 else None
        self._fixes = sorted([*self._fixes, fix], key=lambda one: one.rank)
        self.fixes.fill(words.fix_note(self._plan, one) for one in self._fixes)
        self.fixes.setCurrentRow(self._fixes.index(chosen) if isinstance(chosen, Fix) else 0)

    def end_fixes(self, found: FixesFound) -> None:
        """Show that the search has ended, and what was not tried in time."""
        self._show_progress(is_busy=False)
        if found.not_tried:
            kinds = ", ".join(_(wording.KINDS[kind]).lower() for kind in found.not_tried)
            self._say(_("Not tried in time: {kinds}", kinds=kinds))
        else:
            self._say("" if found.fixes else _("Nothing was found that closes it"))

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _show_progress(self, *, is_busy: bool) -> None:
        self.bar.setVisible(is_busy)
        self.stop_button.setVisible(is_busy)
        self.stop_button.setEnabled(True)

    @Slot(int)
    def _choose(self, row: int) -> None:
        fix = self._fixes[row] if 0 <= row < len(self._fixes) else None
        self.button.setEnabled(fix is not None and fix.hire is None)
        if fix is None:
            self.nothing.setText(_("Choose a fix to see what it changes."))
        elif fix.hire is not None:
            self.nothing.setText(
                _(
                    "It takes people who are not in the plan. Enter them under Data, or agree with "
                    "another employer, and generate again."
                )
            )
        elif fix.differences is not None:
            text = _("Apply with a reason …") if fix.needs_reason else _("Apply")
            self.button.setText(f" {text}")  # apart from its symbol
            self.changes.show_people(fix.differences, self._plan.zone)
            self.changes.narrow("", only_changed=True)
        is_shown = fix is not None and fix.differences is not None
        page: QLabel | DifferencesTree = self.changes if is_shown else self.nothing
        self.details.setCurrentWidget(page)

    @Slot()
    def _take(self) -> None:
        row = self.fixes.currentRow()
        if 0 <= row < len(self._fixes) and self._fixes[row].hire is None:
            self.taken.emit(self._fixes[row])
