"""Schools or staff: who has what, who is to get what, and the message of whoever is chosen."""

from collections.abc import Callable
from operator import attrgetter

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.distribution import Dispatch, Letter, RecipientKind
from planner.domain.weeks import IsoWeek
from planner.errors import PlannerError
from planner.services.plans import OpenPlan
from planner.services.send import distribution_log
from planner.services.send.letters import LetterWriter
from planner.services.send.send_list import Recipient, RecipientState, SendList
from planner.words import _
from ui.jobs import Job, Runner
from ui.sending import words
from ui.sending.preview import LetterPreview
from ui.sending.recipient_list import RecipientList
from ui.widgets import EmptyState, MessageBar, sorted_by_name, text_button


class RecipientsPage(QWidget):
    """The list of one kind of recipients, and a preview."""

    failed = Signal(object)
    """The exception that a service raised."""
    listed = Signal()
    """The list is shown anew, or that there is none."""
    marks_changed = Signal()
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
        self.list = RecipientList(_(words.TITLES[kind]), open_plan.plan.zone)
        self.list.chosen_changed.connect(self._show_chosen)
        self.list.marks_changed.connect(self.marks_changed)
        self.list.answered_asked.connect(self.tick_answered)
        self.list.sent_asked.connect(self.tick_sent)
        self.list.model.answered.connect(self._tick_one)
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
        self.whole = self._lay_out()
        for state in (self.waiting, self.unpublished, self.no_addresses, self.whole):
            self.states.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.states)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._reading is None:
            self.read()

    def read_again(self) -> None:
        """Read who has what, if that was ever shown."""
        if self._reading is not None:
            self.read()

    def read(self) -> None:
        """Read who has what."""
        open_plan, week, kind = self._open_plan, self._week, self.kind

        def look() -> tuple[LetterWriter, SendList]:
            writer = LetterWriter(open_plan, week)
            return writer, writer.send_list(kind)

        self._reading = self._run(look, self._take_list)

    def tick_answered(self) -> None:
        """Tick off that the selected have answered."""
        self._tick(distribution_log.tick_answered, [one.got for one in self.list.selected()])

    def tick_sent(self) -> None:
        """Tick off that what may have been sent to the selected was."""
        uncertain = [one for one in self.list.selected() if one.state is RecipientState.UNCERTAIN]
        self._tick(distribution_log.tick_sent, [one.last for one in uncertain])

    def _lay_out(self) -> QWidget:
        self.banner = MessageBar(is_closable=False)
        self.banner.accepted.connect(self._ask_data)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.list)
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
        is_first, self.wanted = self.wanted is None, wanted
        in_order = sorted_by_name(wanted.recipients, attrgetter("name"))
        self.list.show_recipients(in_order, is_first=is_first)
        has_addresses = any(one.address or one.got for one in wanted.recipients)
        self.states.setCurrentWidget(self.whole if has_addresses else self.no_addresses)
        text, tone = words.overview(wanted)
        offer = _("Go to the data") if wanted.unreachable() and not wanted.uncertain() else ""
        if text:
            self.banner.say(text, tone, offer=offer)
        else:
            self.banner.hide()
        self.listed.emit()

    @Slot()
    def _show_chosen(self) -> None:
        one, writer = self.list.chosen(), self._writer
        if one is None or writer is None:
            self.preview.show_nothing()
            return
        self._writing = Job(lambda _job: writer.letter(one))
        self._writing.done.connect(self._take_letter)
        self._writing.failed.connect(self._take_refusal)
        self._runner.start(self._writing)

    @Slot(object)
    def _take_letter(self, letter: Letter) -> None:
        one = self.list.chosen()
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
        self.read()

    @Slot()
    def _ask_data(self) -> None:
        wanted = self.wanted
        lacking = wanted.unreachable() if wanted is not None else ()
        self.data_asked.emit(words.SET_NAMES[self.kind], lacking[0].id if lacking else "")
