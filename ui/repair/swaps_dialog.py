"""Swaps of a week: who wants what, who has agreed, what it would break, and the decision."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner import messages
from planner.domain.calls import SwapDecision, SwapRequest
from planner.domain.roster import Roster
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, NotFoundError
from planner.services.plans import OpenPlan
from planner.services.repair import swaps
from planner.services.repair.swaps import Given, SwapCheck
from planner.words import _
from ui.jobs import Job, Runner
from ui.repair import swap_words
from ui.repair.swap_form import SwapForm
from ui.widgets import EmptyState, ask_text, divider, label, primary_button, text_button
from ui.widgets.notes import NoteList

_SIZE = QSize(940, 620)


class SwapsDialog(QDialog):
    """Asks for swaps, keeps who agrees, and decides them."""

    changed = Signal()
    """A swap was decided, so that the draft may be another one."""
    failed = Signal(object)
    """The exception that a service raised."""
    listed = Signal()
    """The swaps are shown anew."""
    checked = Signal()
    """What the chosen swap would break is shown."""

    def __init__(
        self, open_plan: OpenPlan, week: IsoWeek, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = _("Swaps in {week}", week=week)
        self.setWindowTitle(title)
        self._open_plan, self._week, self._runner = open_plan, week, runner
        self._swaps: tuple[SwapRequest, ...] = ()
        self._check: SwapCheck | None = None
        self._checking: Job | None = None
        left = self._make_list()
        self.none = EmptyState(
            "users",
            _("Nobody has asked for a swap"),
            _("Both have to agree, the rules are looked at, and a manager decides."),
        )
        self.form = SwapForm(open_plan.plan)
        self.form.asked.connect(self._ask)
        self.pages = QStackedWidget()
        for page in (self.none, self.form, self._make_detail()):
            self.pages.addWidget(page)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(left)
        halves.addWidget(self.pages)
        halves.setStretchFactor(1, 1)
        halves.setChildrenCollapsible(False)
        close = text_button(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addStretch()
        foot.addWidget(close)
        heading = label(title, "heading")
        heading.setContentsMargins(16, 14, 16, 12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading)
        layout.addWidget(divider())
        layout.addWidget(halves, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(foot)
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self._read()

    def chosen(self) -> SwapRequest | None:
        """Return the swap that is chosen."""
        row = self.requests.currentRow()
        return self._swaps[row] if 0 <= row < len(self._swaps) else None

    @Slot()
    def show_form(self) -> None:
        """Show what a new swap is asked by."""
        self.requests.setCurrentRow(-1)
        self.pages.setCurrentWidget(self.form)
        self.form.one.setFocus()

    def approve(self, reason: str = "") -> None:
        """Approve the chosen swap; ``reason`` is needed where a rule is broken by it."""
        self._decide(SwapDecision.APPROVED, reason)

    def _make_list(self) -> QWidget:
        self.requests = NoteList(_("Swaps"))
        self.requests.setMinimumWidth(220)
        self.requests.currentRowChanged.connect(self._show_chosen)
        self.new_button = text_button(_("Ask for a swap"), "plus")
        self.new_button.setAutoDefault(False)
        self.new_button.clicked.connect(self.show_form)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.new_button)
        column.addWidget(self.requests, stretch=1)
        return left

    def _make_detail(self) -> QWidget:
        page = QWidget()
        page.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.told = NoteList(_("What the swap does"))
        self.agree_buttons: list[QPushButton] = []
        row = QHBoxLayout()
        row.setSpacing(8)
        for number in range(2):
            button = text_button("", "check")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, number=number: self._agree(number))
            self.agree_buttons.append(button)
            row.addWidget(button)
        row.addStretch()
        self.reject_button = text_button(_("Reject …"), "x")
        self.reject_button.clicked.connect(self._reject)
        self.approve_button = primary_button(_("Approve"), "check")
        self.approve_button.clicked.connect(self._approve)
        decide = QHBoxLayout()
        decide.setSpacing(8)
        decide.addStretch()
        for button in (self.reject_button, self.approve_button):
            button.setAutoDefault(False)
            decide.addWidget(button)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addWidget(self.told, stretch=1)
        layout.addLayout(row)
        layout.addLayout(decide)
        self._detail = page
        return page

    def _run(self, work: Callable[[], object], receive: Callable[..., None]) -> Job:
        job = Job(lambda _job: work())
        job.done.connect(receive)
        job.failed.connect(self._fail)
        self._runner.line_up(job)
        return job

    @Slot()
    def _read(self) -> None:
        open_plan, week = self._open_plan, self._week
        self._run(
            lambda: (swaps.swaps(open_plan, week), open_plan.store.load_roster(week)),
            self._show_swaps,
        )

    @Slot(object)
    def _show_swaps(self, found: tuple[tuple[SwapRequest, ...], Roster]) -> None:
        row = self.requests.currentRow()
        self._swaps, roster = found
        self.form.offer(roster, self._week)
        plan = self._open_plan.plan
        self.requests.fill(swap_words.request_note(plan, one) for one in self._swaps)
        if self._swaps:
            self.requests.setCurrentRow(row if 0 <= row < len(self._swaps) else 0)
        else:
            self.pages.setCurrentWidget(self.none)
        self.listed.emit()

    @Slot()
    def _show_chosen(self) -> None:
        request = self.chosen()
        if request is None:
            return
        self._check = None
        self.pages.setCurrentWidget(self._detail)
        self._tell(request)
        if request.decision is None:
            open_plan = self._open_plan
            self._checking = self._run(lambda: _checked(open_plan, request), self._take_check)

    @Slot(object)
    def _take_check(self, found: SwapCheck | None) -> None:
        request = self.chosen()
        if self.sender() is self._checking and request is not None:
            self._check = found
            self._tell(request)
            self.checked.emit()

    def _tell(self, request: SwapRequest) -> None:
        plan, check = self._open_plan.plan, self._check
        self.told.fill(swap_words.detail_notes(plan, request, check))
        people = (
            (request.one, request.one_agreed_at),
            (request.other, request.other_agreed_at),
        )
        is_open = request.decision is None
        for button, (staff, agreed_at) in zip(self.agree_buttons, people, strict=True):
            name = swap_words.name_of(plan, staff)
            button.setText(" " + _("{name} agrees", name=name))
            button.setVisible(is_open)
            button.setEnabled(agreed_at is None)
        for button in (self.reject_button, self.approve_button):
            button.setVisible(is_open)
        self.approve_button.setEnabled(check is not None and request.is_agreed)
        has_broken = check is not None and bool(check.broken)
        self.approve_button.setText(
            " " + (_("Approve with a reason …") if has_broken else _("Approve"))
        )

    @Slot(object, object)
    def _ask(self, one: Given, other: Given) -> None:
        open_plan, week = self._open_plan, self._week
        self._run(
            lambda: swaps.request_swap(open_plan, week, one, other, asked_by=one.staff),
            self._asked,
        )

    @Slot()
    def _asked(self) -> None:
        self.requests.setCurrentRow(len(self._swaps))
        self._read()

    def _agree(self, number: int) -> None:
        request = self.chosen()
        if request is not None:
            staff = (request.one, request.other)[number]
            self._run(lambda: swaps.agree(self._open_plan, request, staff), self._read)

    @Slot()
    def _approve(self) -> None:
        check, reason = self._check, ""
        if check is not None and check.broken:
            plan = self._open_plan.plan
            hint = "\n".join(messages.finding_text(plan, finding) for finding in check.broken)
            title = _("Why may it be done all the same?")
            reason = ask_text(title, hint, _("Approve"), self) or ""
            if not reason:
                return
        self.approve(reason)

    @Slot()
    def _reject(self) -> None:
        hint = _("Both are told the reason; it is kept with the swap.")
        reason = ask_text(_("Reject the swap"), hint, _("Reject"), self)
        if reason is not None:
            self._decide(SwapDecision.REJECTED, reason)

    def _decide(self, decision: SwapDecision, reason: str) -> None:
        request = self.chosen()
        if request is not None:
            self._run(
                lambda: swaps.decide_swap(self._open_plan, request, decision, reason=reason),
                self._decided,
            )

    @Slot()
    def _decided(self) -> None:
        self.changed.emit()
        self._read()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)
        self._read()


def _checked(open_plan: OpenPlan, request: SwapRequest) -> SwapCheck | None:
    """Return what a swap would do; nothing when it cannot be done any more."""
    try:
        return swaps.check_swap(open_plan, request)
    except (ConflictError, NotFoundError):
        return None
