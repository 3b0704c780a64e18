"""The line below the pages: how much there is in the week, and what its roster is worth."""

from PySide6.QtWidgets import QLabel, QStatusBar

from planner.services.roster.views import WeekState, WeekView
from planner.words import ngettext


class StatusLine:
    """Writes into the window's status bar; of an empty week it counts nothing.

    Parameters
    ----------
    bar
        Not seen before there is a week.
    """

    def __init__(self, bar: QStatusBar) -> None:
        self._bar = bar
        self._counts, self._worth = QLabel(), QLabel()
        bar.addWidget(self._counts)
        bar.addPermanentWidget(self._worth)
        bar.hide()

    def show_view(self, view: WeekView, worth: str, worth_of_levels: str) -> None:
        """Show what there is in a week, and its worth in short and level by level."""
        n_duties = sum(len(day.duties) for place in view.places for day in place.days)
        n_missing = sum(gap.missing for gap in view.gaps)
        counts = (
            ngettext("{n} person", "{n} people", len(view.people)),
            ngettext("{n} place", "{n} places", len(view.places)),
            ngettext("{n} duty", "{n} duties", n_duties),
            ngettext("{n} person missing", "{n} people missing", n_missing),
        )
        self._counts.setText(" · ".join(counts) if view.state is not WeekState.EMPTY else "")
        self._worth.setText(worth)
        self._worth.setToolTip(worth_of_levels)
        self._bar.show()

    def clear(self) -> None:
        """Take what is written away."""
        for part in (self._counts, self._worth):
            self._bar.removeWidget(part)
            part.deleteLater()
