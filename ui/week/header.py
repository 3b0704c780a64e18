"""Top of the week page: which week, its state, the rule books and the three main buttons."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton

from planner.services.roster.views import WeekView
from planner.words import _, clock, long_date
from ui.week import words
from ui.widgets import Chip, WeekPicker, YieldingRow, primary_button, text_button


class WeekHeader(YieldingRow):
    """Shows which week it is and how far it has come."""

    def __init__(self, generate: QAction, publish: QAction, print_out: QAction) -> None:
        super().__init__()
        self.setProperty("header", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.picker = WeekPicker()
        self.this_week = text_button(_("This week"))
        self.state = Chip()
        self.rules = Chip()
        layout = self.row
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.picker)
        layout.addWidget(self.picker.dates)
        layout.addWidget(self.this_week)
        layout.addWidget(self.state)
        layout.addWidget(self.rules)
        layout.addStretch()
        layout.addWidget(_button(text_button(_("Print"), "printer"), print_out))
        self.publish_button = _button(text_button(_("Publish"), "send"), publish)
        self.generate_button = _button(primary_button(_("Generate"), "play"), generate)
        layout.addWidget(self.publish_button)
        layout.addWidget(self.generate_button)
        self.yield_in_order(self.rules, self.this_week, self.picker.dates, self.state)
        for chip in (self.state, self.rules):
            self.want(chip, is_wanted=False)  # nothing is known before the first week has come

    def show_view(self, view: WeekView) -> None:
        """Show a week's state."""
        self.picker.show_week(view.week)
        text, tone = words.STATES[view.state]
        since = ""
        if view.published_at is not None:
            zone = ZoneInfo(view.zone)
            day = long_date(view.published_at.astimezone(zone).date())
            since = _("Published {day} at {time}", day=day, time=clock(view.published_at, zone))
        self.state.show_state(_(text, version=view.version), tone, since)
        self.want(self.state, is_wanted=True)
        books = [
            _("{book} (confirmed by {who})", book=book, who=who)
            if who
            else _("{book} (unconfirmed)", book=book)
            for book, who in view.rule_books
        ]
        is_confirmed = all(who for _book, who in view.rule_books)
        self.rules.show_state(
            _("Rule books confirmed") if is_confirmed else _("Rule books unconfirmed"),
            "neutral",
            _("The roster follows rule book:") + "\n" + "\n".join(books),
        )
        self.want(self.rules, is_wanted=bool(books))


def _button(button: QAbstractButton, action: QAction) -> QAbstractButton:
    """Let a button trigger an action and be enabled with it."""
    button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    keys = action.shortcut().toString()
    button.setToolTip(f"{action.toolTip()} ({keys})" if keys else action.toolTip())
    return button
