"""When it happens: hours of the week, and week by week."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from planner.domain.situation_picture import Period
from planner.services.situation.picture import Situation
from planner.words import _
from ui.situation.hour_map import HourMap
from ui.situation.trend_chart import TrendChart
from ui.widgets import label


class WhenPanel(QWidget):
    """The heat map above, the trend below."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Situation | None = None
        self.hours = HourMap()
        self.chart = TrendChart()
        self.said = label("", "muted", wraps=True)
        self.chart.pointed.connect(self._say)
        self.weeks, self.months = QRadioButton(_("Weeks")), QRadioButton(_("Months"))
        group = QButtonGroup(self)
        for button in (self.weeks, self.months):
            group.addButton(button)
            button.toggled.connect(self._show_counts)
        self.months.setChecked(True)
        row = QHBoxLayout()
        row.addWidget(label(_("Over time"), "heading"))
        row.addSpacing(16)
        row.addWidget(self.weeks)
        row.addWidget(self.months)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(label(_("By weekday and hour"), "heading"))
        layout.addWidget(self.hours)
        layout.addSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.said)
        layout.addWidget(self.chart, stretch=1)
        self._say("")

    def show_situation(self, shown: Situation) -> None:
        """Show another picture."""
        self._shown = shown
        self.hours.show_table(shown.hours)
        self._show_counts()

    @Slot()
    def _show_counts(self) -> None:
        if self._shown is None:
            return
        is_weekly = self.weeks.isChecked()
        period = Period.WEEK if is_weekly else Period.MONTH
        self.chart.show_counts(self._shown.weeks if is_weekly else self._shown.months, period)

    @Slot(str)
    def _say(self, text: str) -> None:
        self.said.setText(
            text
            or _(
                "The thin lines are exact 95 % intervals: how far chance alone moves such a count. "
                "Where they overlap much, nothing need have changed."
            )
        )
