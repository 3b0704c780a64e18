"""Lists who is to get what of a published week, shows each message, and sends or saves them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.distribution import RecipientKind
from planner.domain.weeks import IsoWeek
from planner.errors import PlannerError
from planner.messages import sentence
from planner.services.plans import OpenPlan
from planner.services.send import mail_password, sending
from planner.services.send.send_list import Recipient, SendList
from planner.services.send.sending import Outcome
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.sending import words
from ui.sending.asking import Account, SendQuestion
from ui.sending.log_page import LogPage
from ui.sending.recipients_page import RecipientsPage
from ui.widgets import MessageBar, divider, label, primary_button, text_button

_SIZE = QSize(1280, 800)
_PASSWORD_WRONG = "mail-password-wrong"  # noqa: S105 - the code of an error


class SendDialog(QDialog):
    """Nothing leaves before it was shown and somebody said so."""

    failed = Signal(object)
    """The exception that a service raised."""
    data_asked = Signal(str, str)
    """Name of the record set to go to, and the id of a record without an address."""
    ended = Signal()
    """Sending, or saving drafts, has ended and what became of it is shown."""

    def __init__(
        self, open_plan: OpenPlan, week: IsoWeek, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = _("Send {week}", week=week)
        self.setWindowTitle(title)
        self._open_plan, self._week, self._runner = open_plan, week, runner
        self._job: Job | None = None
        self._is_draft = False
        self.told = MessageBar()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Recipients and log"))
        self.tabs.setDocumentMode(True)
        self.pages = {kind: RecipientsPage(open_plan, week, kind, runner) for kind in RecipientKind}
        for page in self.pages.values():
            page.failed.connect(self.failed)
            page.data_asked.connect(self._ask_data)
            page.listed.connect(self._enable)
            page.marks_changed.connect(self._enable)
            self.tabs.addTab(page, _(words.TITLES[page.kind]))
        self.log = LogPage(open_plan, week, runner)
        self.log.failed.connect(self.failed)
        self.tabs.addTab(self.log, _("Log"))
        self.tabs.currentChanged.connect(self._enable)
        heading = label(title, "heading")
        heading.setContentsMargins(16, 14, 16, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heading)
        layout.addWidget(self.told)
        layout.addWidget(self.tabs, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(self._make_foot())
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self._enable()

    @property
    def page(self) -> RecipientsPage | None:
        """The recipients that are shown; nothing while the log is."""
        found = self.tabs.currentWidget()
        return found if isinstance(found, RecipientsPage) else None

    @property
    def is_busy(self) -> bool:
        """Tell whether messages are leaving, or being saved."""
        return self._job is not None

    @override
    def done(self, result: int) -> None:
        self.stop()
        super().done(result)

    @Slot()
    def stop(self) -> None:
        """Ask for an end after the message that is under way."""
        if self._job is not None:
            self._job.stop()
            self.cancel_button.setEnabled(False)

    def send(self, password: str = "") -> None:
        """Send their messages to those who are marked."""
        open_plan = self._open_plan
        self._start(
            lambda wanted, chosen, job: sending.send(
                open_plan,
                wanted,
                chosen,
                password=password,
                on_progress=lambda done, n: job.report((done, n)),
                should_stop=job.should_stop,
            ),
            is_draft=False,
        )

    def save_to(self, folder: Path) -> None:
        """Save the messages to those who are marked as drafts."""
        open_plan = self._open_plan
        self._start(
            lambda wanted, chosen, job: sending.save_drafts(
                open_plan,
                wanted,
                chosen,
                folder,
                on_progress=lambda done, n: job.report((done, n)),
                should_stop=job.should_stop,
            ),
            is_draft=True,
        )

    def _make_foot(self) -> QHBoxLayout:
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("How many messages are done"))
        self.progress.setTextVisible(False)
        self.n_done = label("", "muted")
        self.cancel_button = text_button(_("Cancel"))
        self.cancel_button.clicked.connect(self.stop)
        self.hint = label("", "muted", wraps=True)
        self.close_button = text_button(_("Close"))
        self.close_button.clicked.connect(self.reject)
        self.save_button = text_button(_("Save drafts to a folder …"), "save")
        self.save_button.setToolTip(_("Files that your mail program opens and sends"))
        self.save_button.clicked.connect(self._ask_folder)
        self.send_button = primary_button("", "send")
        self.send_button.clicked.connect(self._ask_account)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.send_button.click)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(8)
        row.addWidget(self.hint, stretch=1)
        row.addWidget(self.progress, stretch=1)
        row.addWidget(self.n_done)
        buttons = (self.cancel_button, self.close_button, self.save_button, self.send_button)
        for button in buttons:
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    @Slot()
    def _enable(self) -> None:
        page, is_busy = self.page, self.is_busy
        n = len(page.list.model.marked()) if page is not None and page.wanted is not None else 0
        settings = self._open_plan.plan.settings
        has_sender, has_host = bool(settings.mail_sender), bool(settings.mail_host)
        self.send_button.setText(" " + _("Send to {n} …", n=n) if n else " " + _("Send …"))
        self.send_button.setEnabled(bool(n and has_sender and has_host) and not is_busy)
        self.send_button.setToolTip("Ctrl+Enter")
        self.save_button.setEnabled(bool(n and has_sender) and not is_busy)
        for part in (self.progress, self.n_done, self.cancel_button):
            part.setVisible(is_busy)
        self.hint.setVisible(not is_busy)
        self.tabs.setEnabled(not is_busy)
        if page is None or page.wanted is None:
            self.hint.setText("")
        elif not has_sender:
            self.hint.setText(
                _("The plan has no sender. Write it in the data, under Settings, to send.")
            )
        elif not has_host:
            self.hint.setText(
                _("The plan names no mail server, so drafts are saved for your mail program.")
            )
        else:
            self.hint.setText(
                ngettext(
                    "{n} is marked. Look at the message before it leaves.",
                    "{n} are marked. Look at the messages before they leave.",
                    n,
                )
            )

    @Slot(str, str)
    def _ask_data(self, set_name: str, id_: str) -> None:
        self.data_asked.emit(set_name, id_)
        self.reject()

    @Slot()
    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Save drafts to a folder"))
        if folder:
            self.save_to(Path(folder))

    @Slot()
    def _ask_account(self) -> None:
        settings = self._open_plan.plan.settings

        def look(_job: Job) -> Account:
            wants = bool(settings.mail_user)
            return Account(
                settings=settings,
                password=mail_password.stored_password(settings) if wants else None,
                has_key_store=wants and mail_password.has_key_store(),
            )

        job = Job(look)
        job.done.connect(self._ask)
        job.failed.connect(self.failed)
        self._runner.start(job)

    @Slot(object)
    def _ask(self, account: Account, problem: str = "") -> None:
        page = self.page
        if page is None or self.is_busy:
            return
        chosen = page.list.model.marked()
        n_again = sum(not one.is_due for one in chosen)
        question = SendQuestion(account, len(chosen), n_again, problem, self)
        is_accepted = question.exec() == QDialog.DialogCode.Accepted
        password, is_kept = question.password.text(), question.keep.isChecked()
        question.deleteLater()
        if not is_accepted:
            return
        if account.is_asked and account.has_key_store and is_kept:
            settings = account.settings
            self._runner.start(Job(lambda _job: mail_password.keep_password(settings, password)))
        self.send(password if account.is_asked else account.password or "")

    def _start(
        self,
        work: Callable[[SendList, list[Recipient], Job], Outcome],
        *,
        is_draft: bool,
    ) -> None:
        page = self.page
        if page is None or page.wanted is None or self.is_busy:
            return
        wanted, chosen = page.wanted, page.list.model.marked()
        self._is_draft = is_draft
        self.told.hide()
        job = Job(lambda job: work(wanted, chosen, job))
        job.progressed.connect(self._take_progress)
        job.done.connect(self._take_outcome)
        job.failed.connect(self._take_failure)
        self._job = job
        self._take_progress((0, len(chosen)))
        self.cancel_button.setEnabled(True)
        self._enable()
        self.cancel_button.setFocus()
        self._runner.start(job)

    @Slot(object)
    def _take_progress(self, progress: tuple[int, int]) -> None:
        done, n = progress
        self.progress.setRange(0, n)
        self.progress.setValue(done)
        self.n_done.setText(_("{n_done} of {n_all}", n_done=done, n_all=n))

    @Slot(object)
    def _take_outcome(self, outcome: Outcome) -> None:
        text, tone = words.outcome_text(outcome, is_draft=self._is_draft)
        self._end(text, tone)

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        if not isinstance(error, PlannerError):
            self._end("", "")
            self.failed.emit(error)
            return
        self._end(sentence(error), "danger")
        if error.code == _PASSWORD_WRONG:
            account = Account(
                settings=self._open_plan.plan.settings,
                password=None,
                has_key_store=mail_password.has_key_store(),
            )
            self._ask(account, sentence(error))

    def _end(self, text: str, tone: str) -> None:
        self._job = None
        if text:
            self.told.say(text, tone)
        self._enable()
        for page in self.pages.values():
            page.read_again()
        self.ended.emit()
