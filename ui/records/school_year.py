"""A new school year: two days, a proposal made of the last year, edited and then saved."""

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner import messages
from planner.domain.changes import Change
from planner.domain.schools import PeriodKind
from planner.errors import InputError, PlannerError
from planner.services.plans import OpenPlan
from planner.services.records.bundles import Bundle
from planner.services.records.saving import RefusedRecordsError, read_field, save_records
from planner.services.records.school_years import SchoolYearProposal, new_school_year
from planner.words import N_, _, date_range, ngettext
from ui.jobs import Job, Runner
from ui.records.inner_table import InnerTable
from ui.records.line_edit import DateEdit
from ui.records.places import SCHOOL_YEAR
from ui.records.sentences import fault_text
from ui.records.specs import FieldSpec, InnerSpec
from ui.widgets import MessageBar, label, primary_button, text_button

_SET = "school_periods"
_WEEKS = 52
_PERIODS = InnerSpec(
    set_name=_SET,
    title=N_("Terms and breaks"),
    fields=(
        FieldSpec(name="name", label=N_("Name"), is_wide=True),
        *(SCHOOL_YEAR.field(name) for name in ("first_day", "last_day")),
    ),
)


class SchoolYearDialog(QDialog):
    """Proposes the terms and breaks of a school year; saves what is left of them."""

    saved = Signal()
    failed = Signal(object)
    """The exception of a fault of the program."""

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New school year"))
        self._open_plan, self._runner = open_plan, runner
        self._judged: tuple[Any, ...] = ()
        self.bar = MessageBar()
        self.first = DateEdit(_("First day of the year"), "2027-08-18")
        self.last = DateEdit(_("Last day of the year"), "2028-06-09")
        days = self._make_days()
        self._explained = label("", "muted", wraps=True)
        self.table = InnerTable(_PERIODS)
        held = QWidget()
        top = QVBoxLayout(held)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.table)
        top.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(held)
        self.save_button = primary_button(_("Save"), "check")
        self.save_button.clicked.connect(self.save)
        close = text_button(_("Cancel"))
        close.clicked.connect(self.reject)
        below = QHBoxLayout()
        below.addStretch()
        for button in (close, self.save_button):
            button.setAutoDefault(False)
            below.addWidget(button)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 16, 24, 16)
        inside.setSpacing(12)
        inside.addWidget(
            label(
                _(
                    "The terms and breaks of the last school year are moved to the new one. "
                    "Look at each day before you save."
                ),
                "muted",
                wraps=True,
            )
        )
        inside.addLayout(days)
        inside.addWidget(self._explained)
        inside.addWidget(area, stretch=1)
        inside.addLayout(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addLayout(inside)
        self.resize(640, 620)
        self.save_button.setEnabled(False)

    def _make_days(self) -> QGridLayout:
        for edit, day in zip((self.first, self.last), self._next_year(), strict=True):
            edit.edit.setText(day.isoformat() if day is not None else "")
        self.make_button = text_button(_("Propose"), "play")
        self.make_button.setAutoDefault(False)
        self.make_button.clicked.connect(self.propose)
        days = QGridLayout()
        days.setHorizontalSpacing(12)
        for column, (text, widget) in enumerate(
            (
                (_("First day of the year"), self.first),
                (_("Last day of the year"), self.last),
                ("", self.make_button),
            )
        ):
            days.addWidget(label(text, "small"), 0, column)
            days.addWidget(widget, 1, column)
        return days

    @Slot()
    def propose(self) -> None:
        """Show what the year could be, and why."""
        plan = self._open_plan.plan
        self.bar.hide()
        try:
            first, last = (
                read_field(_SET, "first_day", edit.edit.text(), plan.zone)
                for edit in (self.first, self.last)
            )
            if first is None or last is None:
                raise InputError("value-missing")
            proposal = new_school_year(plan, first, last)
        except PlannerError as error:
            self.bar.say(fault_text(error.code, error.values), "danger")
            return
        self._explained.setText(explanation(proposal))
        self.table.show_plan(plan)
        self.table.show_bundle(Bundle(set_name="", record=None, inside={_SET: proposal.periods}))
        self.save_button.setEnabled(bool(proposal.periods))

    @Slot()
    def save(self) -> None:
        """Save the terms and breaks that are left."""
        records = self.table.read()
        if not records:
            return
        open_plan, self._judged = self._open_plan, records
        changes = [Change(set_name=_SET, before=None, after=record) for record in records]
        self.save_button.setEnabled(False)
        job = Job(lambda _job: save_records(open_plan, changes))
        job.done.connect(self._take_saved)
        job.failed.connect(self._take_refusal)
        self._runner.line_up(job)

    @Slot()
    def _take_saved(self) -> None:
        self.saved.emit()
        self.accept()

    @Slot(object)
    def _take_refusal(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, RefusedRecordsError):
            for fault in error.faults:
                if fault.record in self._judged:
                    text = fault_text(fault.code, fault.values)
                    self.table.show_problem(self._judged.index(fault.record), fault.field, text)
        if isinstance(error, PlannerError):
            self.bar.say(messages.sentence(error), "danger")
        else:
            self.failed.emit(error)

    def _next_year(self) -> tuple[date | None, date | None]:
        """Return the days a year after the last year's, to begin with."""
        terms = [
            period
            for period in self._open_plan.plan.school_periods
            if period.kind is PeriodKind.TERM
        ]
        if not terms:
            return None, None
        last = max(terms, key=lambda term: term.last_day).last_day
        starts = [term.first_day for term in terms if (last - term.first_day).days < 7 * _WEEKS]
        return _year_later(min(starts)), _year_later(last)


def explanation(proposal: SchoolYearProposal) -> str:
    """Return in words how a proposal was made."""
    days = date_range(proposal.source_first, proposal.source_last)
    told = [
        ngettext(
            "Copied from {days} and moved by {n} week, so that every day keeps its weekday.",
            "Copied from {days} and moved by {n} weeks, so that every day keeps its weekday.",
            proposal.n_weeks,
            days=days,
        ),
        _("The first term begins and the last ends on the days above."),
        _("Check breaks that follow Easter, and public holidays."),
        _("Bells and contact persons have no year and go on; changed days are not copied."),
    ]
    if proposal.n_left_out:
        told.insert(
            2,
            ngettext(
                "{n} break outside the new year is left out.",
                "{n} breaks outside the new year are left out.",
                proposal.n_left_out,
            ),
        )
    return " ".join(told)


def _year_later(day: date) -> date:
    return day + timedelta(weeks=_WEEKS)
