"""What an import did."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from planner.services.imports.importing import ImportReport
from planner.words import _, ngettext
from ui.theme import pixmap, theme, tokens
from ui.widgets import label


class ResultPage(QWidget):
    """Step 3: says what was written and how to take it back."""

    def __init__(self) -> None:
        super().__init__()
        self._symbol = QLabel()
        self.heading = label(_("The import is done"), "heading")
        self.counts = label("", wraps=True)
        self.hint = label(
            _("The whole import is one step: Undo (Ctrl+Z) takes all of it back."), "muted"
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addStretch(2)
        for part in (self._symbol, self.heading, self.counts, self.hint):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(part)
        layout.addStretch(3)
        theme().changed.connect(self._draw)
        self._draw()

    def show_report(self, report: ImportReport, n_removed: int) -> None:
        """Say what was written."""
        n_added = sum(file.n_added for file in report.files)
        n_changed = sum(file.n_changed for file in report.files)
        n_unchanged = sum(file.n_unchanged for file in report.files)
        lines = (
            ngettext("{n} new record", "{n} new records", n_added),
            ngettext("{n} changed record", "{n} changed records", n_changed),
            ngettext("{n} removed record", "{n} removed records", n_removed) if n_removed else "",
            ngettext("{n} record as before", "{n} records as before", n_unchanged),
        )
        self.counts.setText("\n".join(line for line in lines if line))

    def _draw(self) -> None:
        self._symbol.setPixmap(pixmap("circle-check", tokens().success, 44))
