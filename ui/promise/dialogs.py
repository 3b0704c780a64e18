"""Questions before both parties are bound: what a signature fixes, and what a revision changes."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Slot
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from planner import messages
from planner.domain.promises import Promise
from planner.domain.years import FIRST_YEAR
from planner.services.promise.promises import Signing
from planner.words import _, date_range, ngettext
from ui.promise import words
from ui.widgets import label

_MOST = 500


class SignDialog(QDialog):
    """Shows what is fixed, and asks for the day on which both signed."""

    def __init__(self, signing: Signing, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        promise = signing.promise
        self.setWindowTitle(_("Sign the promise"))
        self.setMinimumWidth(520)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(label(promise.name, "heading", wraps=True))
        days = date_range(promise.first_day, promise.last_day)
        weeks = ngettext("{n} week", "{n} weeks", signing.n_weeks)
        layout.addWidget(label(f"{days} ({weeks})", "muted"))
        layout.addWidget(label(_("This is fixed by the signature:")))
        for line in words.signing_lines(signing):
            layout.addWidget(label(f"•  {line}", wraps=True))
        layout.addWidget(
            label(
                _(
                    "From then on days and measures stay as they are. What is deleted later is "
                    "still promised; days to come can be revised when both parties agree. The "
                    "signature can be withdrawn today only."
                ),
                "muted",
                wraps=True,
            )
        )
        self.day = _day_field(promise.signed_on or today, last=today)
        self.day.setAccessibleName(_("Signed on"))
        form = QFormLayout()
        form.addRow(_("Signed on"), self.day)
        layout.addLayout(form)
        self.problem = label("", wraps=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = buttons.addButton(_("Sign"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        if signing.obstacle is not None:
            self.problem.setText("\n".join(messages.sentences(signing.obstacle)))
            self.button.setEnabled(False)
        self.problem.setVisible(signing.obstacle is not None)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def signed_on(self) -> date:
        """Return the chosen day."""
        return _as_date(self.day.date())


class ReviseDialog(QDialog):
    """Asks from when what is promised is made anew, and why both parties agreed."""

    def __init__(self, promise: Promise, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Revise the promise"))
        self.setMinimumWidth(520)
        first = min(max(today, promise.first_day), promise.last_day)
        self.day = _day_field(first, first=first, last=promise.last_day)
        self.day.setAccessibleName(_("From"))
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setTabChangesFocus(True)
        self.reason.setMinimumHeight(90)
        self.reason.textChanged.connect(self._judge)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = buttons.addButton(_("Revise"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(_("From"), self.day)
        form.addRow(_("Reason"), self.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(
            label(
                _(
                    "From that day on what is promised is made anew from bells, windows and "
                    "places as they are now. What was promised before it stays. The revision and "
                    "its reason are shown in the report-back."
                ),
                "muted",
                wraps=True,
            )
        )
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._judge()

    def first_day(self) -> date:
        """Return the chosen day."""
        return _as_date(self.day.date())

    def text(self) -> str:
        """Return the reason."""
        return self.reason.toPlainText().strip()

    @Slot()
    def _judge(self) -> None:
        self.button.setEnabled(0 < len(self.text()) <= _MOST)


def _day_field(day: date, *, first: date | None = None, last: date | None = None) -> QDateEdit:
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setMinimumDate(QDate(FIRST_YEAR, 1, 1))
    made.setCalendarPopup(True)
    made.setDisplayFormat("yyyy-MM-dd")
    made.setAlignment(Qt.AlignmentFlag.AlignLeft)
    if first is not None:
        made.setMinimumDate(QDate(first.year, first.month, first.day))
    if last is not None:
        made.setMaximumDate(QDate(last.year, last.month, last.day))
    return made


def _as_date(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
