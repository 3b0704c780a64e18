"""Schools or staff: who has what, who is to get what, and the message of whoever is chosen."""

from collections.abc import Callable
from operator import attrgetter

from PySide6.QtCore import QItemSelectionModel, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.distribution import Dispatch, Letter, RecipientKind
from planner.domain.weeks import IsoWeek
from planner.errors import PlannerError
from planner.services import distribution_log
from planner.services.letters import LetterWriter
from planner.services.plans import OpenPlan
from planner.services.send_list import Recipient, RecipientState, SendList
from planner.words import _
from ui.jobs import Job, Runner
from ui.sending import words
from ui.sending.model import Column, RecipientModel, Show
from ui.sending.preview import LetterPreview
from ui.sending.table import dress, share_width
from ui.widgets import EmptyState, MessageBar, sorted_by_name, text_button

_SHARES = (29, 20, 12, 37, 20)


class RecipientsPage(QWidget):
    """The list of one kind of recipients, and a preview."""

    failed = Signal(object)
    """The exception that a service raised."""
    listed = Signal()
    """The list is shown anew, or that there is none."""
    marks_changed = Signal()
    changed = Signal()
    """Something was ticked off."""
    data_asked = Signal(str, str)
    """Name of the record set to go to, and the id of a record without an address."""

    def __init__(
        self, open_plan: OpenPlan, week: IsoWeek, kind: RecipientKind, runner: Runner
    ) -> None:
        super().__init__()
        self.kind = kind
        self.wanted: SendList | None = None
        self._open_plan, self._week, self._runner = open_plan, week, runner
        self._writer: LetterWriter | None = None
        self._reading: Job | None = None
        self._writing: Job | None = None
        self.model = RecipientModel(open_plan.plan.zone, self)
        self.model.marks_changed.connect(self.marks_changed)
        self.model.answered.connect(self._tick_one)
        self.preview = LetterPreview(runner)
        self.preview.failed.connect(self.failed)
        self.states = QStackedWidget()
        self.waiting = EmptyState("clock", _("Reading what was sent"), "")
        self.unpublished = EmptyState(
            "send",
            _("This week is not published yet"),
            _("Close this and choose Publish. Only published weeks are sent."),
        )
        self.data_button = text_button(_("Go to the data"), "list")
        self.data_button.setAutoDefault(False)
        self.data_button.clicked.connect(self._ask_data)
        self.no_addresses = EmptyState(
            "send",
            _("There are no addresses yet"),
            _("Write the e-mail addresses in the data, or import them in the column email."),
            self.data_button,
        )
        self._list = self._make_list()
        for state in (self.waiting, self.unpublished, self.no_addresses, self._list):
            self.states.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.states)
        self.read()

    def read(self) -> None:
        """Read who has what."""
        open_plan, week, kind = self._open_plan, self._week, self.kind

        def look() -> tuple[LetterWriter, SendList]:
            writer = LetterWriter(open_plan, week)
            return writer, writer.send_list(kind)

        self._reading = self._run(look, self._take_list)

    def chosen(self) -> Recipient | None:
        """Return whose message is shown."""
        row = self.table.currentIndex().row()
        return self.model.recipient(row) if row >= 0 else None

    def selected(self) -> list[Recipient]:
        """Return who is selected."""
        rows = self.table.selectionModel().selectedRows()
        return [self.model.recipient(index.row()) for index in sorted(rows, key=lambda i: i.row())]

    def choose(self, show: Show) -> None:
        """Show all, what is to be done or those who have not answered."""
        self.shown.setCurrentIndex(int(show))

    def select(self, *ids: str) -> None:
        """Select some; the first one's message is shown."""
        flags = QItemSelectionModel.SelectionFlag
        selection = self.table.selectionModel()
        selection.clearSelection()
        for id_ in ids:
            index = self.model.index(self.model.row_of(id_), Column.NAME)
            selection.select(index, flags.Select | flags.Rows)
        first = self.model.index(self.model.row_of(ids[0]), Column.NAME)
        selection.setCurrentIndex(first, flags.NoUpdate)

    def tick_answered(self) -> None:
        """Tick off that the selected have answered."""
        self._tick(distribution_log.tick_answered, [one.got for one in self.selected()])

    def tick_sent(self) -> None:
        """Tick off that what may have been sent to the selected was."""
        uncertain = [one for one in self.selected() if one.state is RecipientState.UNCERTAIN]
        self._tick(distribution_log.tick_sent, [one.last for one in uncertain])

    def _make_list(self) -> QWidget:
        self.banner = MessageBar(is_closable=False)
        self.banner.accepted.connect(self._ask_data)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addLayout(self._make_tools())
        column.addWidget(self._make_table(), stretch=1)
        column.addLayout(self._make_ticks())
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(left)
        halves.addWidget(self.preview)
        halves.setStretchFactor(0, 1)
        halves.setSizes([680, 580])
        halves.setChildrenCollapsible(False)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(halves, stretch=1)
        return whole

    def _make_tools(self) -> QHBoxLayout:
        self.shown = QComboBox()
        self.shown.setAccessibleName(_("Whom to show"))
        for show in Show:
            self.shown.addItem("", show)
        self.shown.currentIndexChanged.connect(self._narrow)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search name or address"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.shown)
        row.addWidget(self.search, stretch=1)
        return row

    def _make_ticks(self) -> QHBoxLayout:
        self.answered_button = text_button(_("Tick as answered"), "check")
        self.answered_button.setToolTip(_("Keep that the selected have answered"))
        self.answered_button.clicked.connect(self.tick_answered)
        self.sent_button = text_button(_("Tick as sent"), "check")
        self.sent_button.setToolTip(_("Keep that the selected have got it, as you have made sure"))
        self.sent_button.clicked.connect(self.tick_sent)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.answered_button, self.sent_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch()
        return row

    def _make_table(self) -> QWidget:
        self.table = _Table()
        self.table.setAccessibleName(_(words.TITLES[self.kind]))
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.nobody = EmptyState("circle-check", _("Nobody to show"), "")
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(self.nobody)
        return self._rows

    def _run(self, work: Callable[[], object], receive: Callable[..., None]) -> Job:
        job = Job(lambda _job: work())
        job.done.connect(receive)
        job.failed.connect(self._take_failure)
        self._runner.line_up(job)
        return job

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        if isinstance(error, PlannerError) and error.code == "week-not-published":
            self.wanted = None
            self.states.setCurrentWidget(self.unpublished)
            self.listed.emit()
        else:
            self.failed.emit(error)

    @Slot(object)
    def _take_list(self, found: tuple[LetterWriter, SendList]) -> None:
        if self.sender() is not self._reading:
            return
        self._writer, wanted = found
        is_first, before = self.wanted is None, self.chosen()
        self.wanted = wanted
        self.model.show_list(wanted, sorted_by_name(wanted.recipients, attrgetter("name")))
        self._count()
        if is_first and self.model.count(Show.TO_DO):
            with QSignalBlocker(self.shown):
                self.choose(Show.TO_DO)
        has_addresses = any(one.address or one.got for one in wanted.recipients)
        self.states.setCurrentWidget(self._list if has_addresses else self.no_addresses)
        text, tone = words.overview(wanted)
        offer = _("Go to the data") if wanted.unreachable() and not wanted.uncertain() else ""
        if text:
            self.banner.say(text, tone, offer=offer)
        else:
            self.banner.hide()
        self.sent_button.setVisible(bool(wanted.uncertain()))
        self._narrow()
        if before is not None and self.model.row_of(before.id) >= 0:
            self.select(before.id)
        self.listed.emit()

    def _count(self) -> None:
        """Say with each filter how many it lets through."""
        names = (_("Everybody ({n})"), _("To be done ({n})"), _("Not answered ({n})"))
        for show, name in zip(Show, names, strict=True):
            self.shown.setItemText(int(show), name.format(n=self.model.count(show)))

    @Slot()
    def _narrow(self) -> None:
        show = Show(self.shown.currentIndex())
        self.model.narrow(show, self.search.text())
        self._rows.setCurrentIndex(0 if self.model.rowCount() else 1)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, Column.NAME))
        else:
            self.preview.show_nothing()
        self._enable()

    @Slot()
    def _show_chosen(self) -> None:
        one, writer = self.chosen(), self._writer
        if one is None or writer is None:
            self.preview.show_nothing()
            return
        self._writing = Job(lambda _job: writer.letter(one))
        self._writing.done.connect(self._take_letter)
        self._writing.failed.connect(self._take_refusal)
        self._runner.start(self._writing)

    @Slot(object)
    def _take_letter(self, letter: Letter) -> None:
        one = self.chosen()
        if self.sender() is self._writing and one is not None:
            state = words.state_text(one, self._open_plan.plan.zone)
            self.preview.show_letter(letter, state)

    @Slot(object)
    def _take_refusal(self, error: Exception) -> None:
        if self.sender() is not self._writing:
            return
        if isinstance(error, PlannerError):
            self.preview.show_refusal(error)
        else:
            self.failed.emit(error)

    @Slot()
    def _enable(self) -> None:
        selected = self.selected()
        self.answered_button.setEnabled(any(one.is_unanswered for one in selected))
        self.sent_button.setEnabled(any(one.state is RecipientState.UNCERTAIN for one in selected))

    @Slot(object, bool)
    def _tick_one(self, one: Recipient, is_answered: bool) -> None:  # noqa: FBT001 - a signal's
        if one.got is not None:
            got, plan = one.got, self._open_plan
            self._run(
                lambda: distribution_log.tick_answered(plan, [got], is_answered=is_answered),
                self._take_tick,
            )

    def _tick(
        self, service: Callable[[OpenPlan, list[Dispatch]], None], found: list[Dispatch | None]
    ) -> None:
        dispatches, open_plan = [one for one in found if one is not None], self._open_plan
        self._run(lambda: service(open_plan, dispatches), self._take_tick)

    @Slot()
    def _take_tick(self) -> None:
        self.changed.emit()
        self.read()

    @Slot()
    def _ask_data(self) -> None:
        wanted = self.wanted
        lacking = wanted.unreachable() if wanted is not None else ()
        self.data_asked.emit(words.SET_NAMES[self.kind], lacking[0].id if lacking else "")


class _Table(QTableView):
    def __init__(self) -> None:
        super().__init__()
        dress(self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share_width(self, _SHARES)
