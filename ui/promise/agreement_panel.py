"""What both parties agreed on: days, measures, signatures and every revision since."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.domain.follow_up import PromiseFollowUp
from planner.domain.promises import PromiseRevision
from planner.services.promise.page import PromiseView
from planner.words import _, full_date, short_date
from ui.promise import words
from ui.widgets import label, primary_button, text_button

_HEADINGS = 4


class AgreementPanel(QWidget):
    """Shows a promise as it was agreed on, and what may be done to it."""

    sign_asked = Signal()
    revise_asked = Signal()
    withdraw_asked = Signal()
    edit_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fixed = label("", "muted", wraps=True)
        self.sign_button = primary_button(_("Sign …"), "check")
        self.revise_button = text_button(_("Revise …"))
        self.withdraw_button = text_button(_("Withdraw the signature …"))
        self.edit_button = text_button(_("Edit the promise …"))
        for button, asked in (
            (self.sign_button, self.sign_asked),
            (self.revise_button, self.revise_asked),
            (self.withdraw_button, self.withdraw_asked),
            (self.edit_button, self.edit_asked),
        ):
            button.clicked.connect(asked)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self.revisions = QTableWidget()
        self.revisions.setAccessibleName(_("Revisions of the promise"))
        self.revisions.setColumnCount(_HEADINGS)
        self.revisions.setHorizontalHeaderLabels(
            [_("Entered"), _("From"), _("Promised from then on"), _("Reason")]
        )
        self.revisions.verticalHeader().hide()
        self.revisions.setShowGrid(False)
        self.revisions.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.revisions.horizontalHeader().setStretchLastSection(True)
        self.revisions.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for column, width in enumerate((150, 150, 220)):
            self.revisions.setColumnWidth(column, width)
        self.no_revisions = label(_("Nothing has been revised."), "muted")
        self._lay_out()

    def show_view(self, view: PromiseView) -> None:
        """Show the chosen promise."""
        found = view.found
        if found is None:
            return
        self._show_facts(found)
        self.fixed.setText(
            _(
                "What it asks for is fixed, duty by duty. A deleted window or a moved bell changes "
                "nothing of it; only a revision of days to come does."
            )
            if found.is_signed
            else _(
                "Nothing is fixed yet: what is shown as promised is what it would ask for, by "
                "bells and windows as they are now."
            )
        )
        self.sign_button.setVisible(not found.is_signed)
        self.revise_button.setVisible(found.is_signed and not found.is_over)
        self.withdraw_button.setVisible(view.can_withdraw)
        self._show_revisions(found.revisions)

    def _show_facts(self, found: PromiseFollowUp) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        promise = found.promise
        signed = full_date(promise.signed_on) if promise.signed_on else _("not signed")
        facts = (
            (_("Period"), words.period(found)),
            (_("City"), _party(promise.city, promise.city_signatory)),
            (_("Local police area"), _party(promise.police, promise.police_signatory)),
            (_("Signed"), signed),
            (_("Report-back by"), full_date(promise.report_by) if promise.report_by else "–"),
        )
        for row, (name, value) in enumerate(facts):
            self._facts.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(value, wraps=True), row, 1)

    def _show_revisions(self, revisions: tuple[PromiseRevision, ...]) -> None:
        self.no_revisions.setVisible(not revisions)
        self.revisions.setVisible(bool(revisions))
        self.revisions.setRowCount(len(revisions))
        for row, one in enumerate(revisions):
            counts = _("{n_after}, before {n_before}", n_after=one.n_after, n_before=one.n_before)
            cells = (short_date(one.at.date()), short_date(one.first_day), counts, one.reason)
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.revisions.setItem(row, column, item)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for button in (
            self.sign_button,
            self.revise_button,
            self.withdraw_button,
            self.edit_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addLayout(self._facts)
        layout.addWidget(self.fixed)
        layout.addLayout(buttons)
        layout.addSpacing(8)
        layout.addWidget(label(_("Revisions"), "section"))
        layout.addWidget(self.no_revisions)
        layout.addWidget(self.revisions, stretch=1)
        layout.addStretch()


def _party(name: str, signatory: str) -> str:
    return ", ".join(part for part in (name, signatory) if part) or "–"
