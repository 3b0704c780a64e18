"""Which file the roster is in."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.words import N_, _
from ui.imports.source_page import DropZone, point
from ui.widgets import label, primary_button, text_button

_PROMISES = (
    N_("Names and dates either way, a row for each week, or a list with a row for each shift."),
    N_("Codes, times as text, colours, merged cells, sums and notes: leave the file as it is."),
    N_(
        "Personal identity numbers, causes of absence and notes are dropped while the file is "
        "read. They never reach the plan."
    ),
    N_("Nothing is written before you have seen what changes and said so."),
)


class GridSourcePage(QWidget):
    """Step 1: choose a workbook.

    Parameters
    ----------
    recent
        What was read last; empty when nothing was.
    """

    chosen = Signal(object)
    """A ``Path``."""

    def __init__(self, recent: str) -> None:
        super().__init__()
        self._recent = recent
        zone = DropZone(_("Drop your roster here, as the Excel file that it is"))
        zone.dropped.connect(self._take)
        self.file_button = primary_button(_("Choose file …"), "folder-open")
        self.file_button.clicked.connect(self._ask)
        self.recent_button = text_button("", "clock")
        self.recent_button.clicked.connect(self._choose_recent)
        self.recent_button.setVisible(bool(recent))
        self.recent_button.setText(" " + _("Same as last time: {name}", name=Path(recent).name))
        zone.buttons.addStretch()
        zone.buttons.addWidget(self.file_button)
        zone.buttons.addWidget(self.recent_button)
        zone.buttons.addStretch()
        below = QHBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(zone, stretch=1)
        layout.addLayout(below)
        layout.addWidget(label(_("What can be read"), "section"))
        for text in _PROMISES:
            layout.addLayout(point(_(text)))

    @Slot(object)
    def _take(self, paths: tuple[Path, ...]) -> None:
        if paths:
            self.chosen.emit(paths[0])

    @Slot()
    def _choose_recent(self) -> None:
        self.chosen.emit(Path(self._recent))

    @Slot()
    def _ask(self) -> None:
        kinds = _("Excel workbooks (*.xlsx *.xlsm)")
        path, _filter = QFileDialog.getOpenFileName(self, _("Choose file"), self._recent, kinds)
        if path:
            self.chosen.emit(Path(path))
