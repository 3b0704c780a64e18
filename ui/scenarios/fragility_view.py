"""How fragile is it? Rates of absence, and what they do to the week."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.what_if.fragility import FragilityProgress, fragility
from planner.services.what_if.fragility_rates import estimated_rates
from planner.services.what_if.fragility_results import AbsenceRate, Fragility
from planner.services.what_if.fragility_trial import Trial
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.scenarios import words
from ui.scenarios.fragility_tables import FragilityTables
from ui.scenarios.trial_view import TrialView, side_of
from ui.widgets import EmptyState, airy, label, primary_button

_SIDE_PX = 340
_FIELD_PX = 120


class FragilityView(TrialView):
    """Asks for rates of absence by group, and shows what is known as it comes."""

    spot_asked = Signal(str, object)
    """Id of a place and the ``date`` to look at."""
    tried = Signal(object)
    """The ``Fragility``, when the trial has ended."""

    def __init__(self, open_plan: OpenPlan, runner: Runner) -> None:
        super().__init__(open_plan, runner)
        self._week: IsoWeek | None = None
        self._rates: tuple[AbsenceRate, ...] = ()
        self._reading: Job | None = None
        self._found: Fragility | None = None
        self.fields: list[tuple[QDoubleSpinBox, QDoubleSpinBox]] = []
        self._groups = QWidget()
        self._form = QVBoxLayout(self._groups)
        self._form.setContentsMargins(0, 0, 0, 0)
        self.n_draws = airy(QSpinBox())
        self.n_draws.setRange(250, 50_000)
        self.n_draws.setSingleStep(250)
        self.n_draws.setValue(Trial().n_draws)
        self.n_draws.setAccessibleName(_("Weeks that are drawn"))
        self.seed = airy(QSpinBox())
        self.seed.setRange(0, 999_999)
        self.seed.setAccessibleName(_("Seed"))
        self.seed.setToolTip(_("The same seed gives the same answer"))
        self.call_ins = QCheckBox(_("People who are off may be called in"))
        self.call_ins.setChecked(True)
        self.call_ins.setToolTip(_("As the rules of their agreement let them"))
        self.button = primary_button(_("Try it"), "play")
        self.button.clicked.connect(self.try_it)
        self.outdated.accepted.connect(self.try_it)
        self.tables = FragilityTables()
        self.tables.spot_asked.connect(self.spot_asked)
        self._lay_out()
        self._judge()

    @property
    def found(self) -> Fragility | None:
        """What is shown."""
        return self._found

    def show_plan(self, open_plan: OpenPlan) -> None:
        """Belong to another plan; nothing of the last one is shown any more."""
        self._open_plan, self._week, self._rates = open_plan, None, ()
        self.running.forget()
        self._forget()

    def show_week(self, week: IsoWeek) -> None:
        """Belong to a week; what was found of another one is not shown any more."""
        if week == self._week:
            return
        self._week = week
        self.running.forget()
        self._forget()
        open_plan = self._open_plan
        self._reading = Job(lambda _job: estimated_rates(open_plan.plan, week))
        self._reading.done.connect(self._take_rates)
        self._reading.failed.connect(self._fail)
        self._runner.line_up(self._reading)

    def tell_revision(self, revision: int) -> None:
        """Say so when the draft is another one than the one that was tried."""
        if self._found is not None and self._found.draft_revision != revision:
            self.outdated.say(
                _("The week was changed since it was tried."), "warning", offer=_("Try again")
            )

    def rates(self) -> tuple[AbsenceRate, ...]:
        """Return the rates as they are written."""
        return tuple(
            AbsenceRate(
                employer=rate.employer,
                skill=rate.skill,
                n_people=rate.n_people,
                percent=percent.value(),
                mean_days=days.value(),
                n_days_seen=rate.n_days_seen,
            )
            for rate, (percent, days) in zip(self._rates, self.fields, strict=True)
        )

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(_("How often people are away"), "section"))
        column.addWidget(
            label(
                _("Rates are of groups, never of a person. Put in what you know."),
                "muted",
                wraps=True,
            )
        )
        column.addWidget(self._groups)
        column.addWidget(self.call_ins)
        form = QFormLayout()
        form.addRow(_("Weeks drawn at most"), self.n_draws)
        form.addRow(_("Seed"), self.seed)
        column.addLayout(form)
        column.addStretch()
        self.none = EmptyState(
            "users",
            _("How fragile is it?"),
            _(
                "Thousands of weeks are drawn in which people are away, and what they were on is "
                "given to others as far as it can be. So you see what coverage to expect, what it "
                "hangs on, and what reserve shifts would be worth."
            ),
        )
        self.states.addWidget(self.none)
        self.states.addWidget(self.tables)
        self._stand(side_of(inside, self.button, _SIDE_PX))

    @Slot(object)
    def _take_rates(self, rates: tuple[AbsenceRate, ...]) -> None:
        if self.sender() is self._reading:
            self._rates = rates
            self._show_rates()
            self._judge()

    def _show_rates(self) -> None:
        while (item := self._form.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = []
        for rate in self._rates:
            self._form.addWidget(self._group(rate))

    def _group(self, rate: AbsenceRate) -> QWidget:
        name = self._name(rate)
        percent, days = airy(QDoubleSpinBox()), airy(QDoubleSpinBox())
        percent.setRange(0.0, 90.0)
        percent.setDecimals(1)
        percent.setSuffix(_(" % of days"))
        percent.setValue(rate.percent)
        percent.setAccessibleName(_("{group}: share of days away", group=name))
        days.setRange(1.0, 60.0)
        days.setDecimals(1)
        days.setSuffix(_(" days each"))
        days.setValue(rate.mean_days)
        days.setAccessibleName(_("{group}: length of an absence", group=name))
        self.fields.append((percent, days))
        made = QWidget()
        layout = QGridLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        for field in (percent, days):
            field.setMinimumWidth(_FIELD_PX)
        layout.addWidget(label(name, wraps=True), 0, 0, 1, 2)
        layout.addWidget(percent, 1, 0)
        layout.addWidget(days, 1, 1)
        layout.addWidget(label(_source(rate), "small", wraps=True), 2, 0, 1, 2)
        return made

    def _name(self, rate: AbsenceRate) -> str:
        plan = self._open_plan.plan
        names = [words.name_of(plan.employers, rate.employer)]
        if rate.skill is not None:
            names.append(words.name_of(plan.skills, rate.skill))
        people = ngettext("{n} person", "{n} people", rate.n_people)
        return f"{', '.join(names)} · {people}"

    @Slot()
    def try_it(self) -> None:
        """Try the week with the rates that are written."""
        open_plan, week, rates = self._open_plan, self._week, self.rates()
        if week is None:
            return
        trial = Trial(
            n_draws=self.n_draws.value(),
            seed=self.seed.value(),
            has_call_ins=self.call_ins.isChecked(),
        )
        self._found = None
        self.outdated.hide()
        self.running.start(
            lambda job: fragility(
                open_plan,
                week,
                rates,
                trial=trial,
                on_result=job.report,
                on_progress=job.report,
                should_stop=job.should_stop,
            ),
            _("Reading the week"),
        )
        self._judge()

    @override
    @Slot(object)
    def _take_progress(self, told: FragilityProgress | Fragility) -> None:
        if isinstance(told, Fragility):
            self._show(told)
        elif told.phase == "drawing":
            text = _("{n} weeks of at most {all} drawn", n=told.n_done, all=told.n_all)
            self.running.tell(0.7 * told.n_done / told.n_all, text)
        elif told.phase == "reserves":
            text = _("Looking for reserve shift {n} of {all}", n=told.n_done + 1, all=told.n_all)
            self.running.tell(0.7 + 0.3 * told.n_done / told.n_all, text)

    @override
    @Slot(object)
    def _end(self, found: Fragility) -> None:
        self._show(found)
        self._judge()
        self.tried.emit(found)

    def _show(self, found: Fragility) -> None:
        self._found = found
        self.tables.show_result(self._open_plan.plan, found)
        self.states.setCurrentWidget(self.tables)

    def _forget(self) -> None:
        self._found = None
        self.outdated.hide()
        self.states.setCurrentWidget(self.none)
        self._judge()

    @override
    @Slot()
    def _judge(self) -> None:
        self.button.setEnabled(bool(self._rates) and not self.running.is_running)


def _source(rate: AbsenceRate) -> str:
    """Return where a rate comes from."""
    if rate.n_days_seen:
        return ngettext(
            "from {n} day of absence in the plan’s last eight weeks",
            "from {n} days of absence in the plan’s last eight weeks",
            rate.n_days_seen,
        )
    return _("an assumption: the plan knows of no absence in its last eight weeks")
