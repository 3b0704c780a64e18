"""What stands in the place of a week's views while there is nothing to see in them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from planner.domain.plan import Plan
from planner.services.roster.views import WeekState, WeekView
from planner.words import _
from ui.actions import Command
from ui.widgets import EmptyState, primary_button, text_button


class WeekStates(QStackedWidget):
    """Shows the views, or says why they are empty and what to do.

    Attributes
    ----------
    views
        What is shown of a week in which there is something.
    """

    data_asked = Signal()
    """There is nothing in the plan, and something is to be written."""
    all_asked = Signal()
    """The search and the choices that leave everything out shall go."""

    def __init__(self, views: QWidget, actions: Mapping[Command, QAction]) -> None:
        super().__init__()
        self.views = views
        generate = primary_button(_("Generate"), "play")
        generate.clicked.connect(actions[Command.GENERATE].trigger)
        own_roster = actions[Command.OWN_ROSTER]
        self.empty = EmptyState(
            "calendar-days",
            _("There is no roster for this week yet"),
            _("Generate one: everybody's shifts and who stands where. Stop it when you like."),
            generate,
            _roster_button(own_roster),
        )
        self.free = EmptyState(
            "school",
            _("Nothing to plan this week"),
            _("There is no school and no other duty in this week. Go to another one above."),
            _roster_button(own_roster),
        )
        to_import = primary_button(_("Import …"), "upload")
        to_import.clicked.connect(actions[Command.IMPORT].trigger)
        to_data = text_button(_("Data"))
        to_data.clicked.connect(self.data_asked)
        self.bare = EmptyState(
            "school",
            _("There is nothing in the plan yet"),
            _("Import staff, schools and places from files, or write them one by one under Data."),
            to_import,
            to_data,
            _roster_button(own_roster),
        )
        self.loading = EmptyState("clock", _("Fetching the week"), "")
        show_all = text_button(_("Show all"), "x")
        show_all.clicked.connect(self.all_asked)
        self.unfound = EmptyState("search", _("Nothing fits"), "", show_all)
        for state in (views, self.empty, self.free, self.bare, self.loading, self.unfound):
            self.addWidget(state)
        self.show_loading()

    def show_loading(self) -> None:
        """Say that the week is being fetched."""
        self.setCurrentWidget(self.loading)

    def show_view(self, view: WeekView, plan: Plan) -> None:
        """Show the views, or say what a week without shifts lacks."""
        has_duties = any(day.duties for place in view.places for day in place.days)
        has_shifts = any(day.shifts for person in view.people for day in person.days)
        if view.state is not WeekState.EMPTY or has_shifts:
            self.setCurrentWidget(self.views)
        elif has_duties or view.need:
            self.setCurrentWidget(self.empty)
        else:
            is_bare = not (plan.staff or plan.sites or plan.shift_types)
            self.setCurrentWidget(self.bare if is_bare else self.free)

    def tell_sought(self, sought: str, *, is_found: bool) -> None:
        """Say so instead of a view in which search and choices leave nothing.

        Parameters
        ----------
        sought
            Search and choices in words; empty when everything is shown.
        """
        if self.currentWidget() not in {self.views, self.unfound}:
            return
        self.unfound.say(
            _(
                "Nothing in this view fits {sought}. “Show all” takes the search and the choices "
                "away.",
                sought=sought,
            )
        )
        self.setCurrentWidget(self.unfound if sought and not is_found else self.views)


def _roster_button(own_roster: QAction) -> QPushButton:
    button = text_button(_("Own roster …"), "calendar")
    button.clicked.connect(own_roster.trigger)
    return button
