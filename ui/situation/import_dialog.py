"""Incidents from a CSV file: chosen, looked at, and only then written."""

from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner import messages
from planner.errors import PlannerError
from planner.services.plans import OpenPlan
from planner.services.situation.incidents import (
    N_SHOWN,
    IncidentPreview,
    IncidentTerms,
    import_incidents,
    preview_incidents,
)
from planner.words import _, full_date, ngettext
from ui.jobs import Job, Runner
from ui.situation import words
from ui.widgets import MessageBar, label, primary_button, text_button

_ZONES = ("Europe/Stockholm", "Europe/Helsinki", "Europe/London", "UTC", "America/Los_Angeles")
_MOST_SAID = 100


class ImportDialog(QDialog):
    """Reads a file anew whenever it is told otherwise how its times are meant."""

    imported = Signal(int)
    """How many incidents are new or changed."""
    failed = Signal(object)
    """The exception of a fault of the program."""

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import incidents"))
        self.resize(980, 640)
        self._open_plan, self._runner = open_plan, runner
        self._path: Path | None = None
        self._shown: IncidentPreview | None = None
        self._job: Job | None = None
        self.bar = MessageBar()
        self.file_button = primary_button(_("Choose file …"), "folder-open")
        self.file_button.clicked.connect(self._ask_file)
        self.file = label(
            _("A CSV file with time, place or coordinates, and kind. Nothing of people is read."),
            "muted",
            wraps=True,
        )
        self._make_terms()
        self.said = label("", wraps=True)
        self.table = QTableWidget(0, 3)
        self._dress_table()
        self.import_button = primary_button(_("Import"), "download")
        self.import_button.clicked.connect(self._write)
        self.close_button = text_button(_("Cancel"))
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self._show()

    def read(self, path: Path) -> None:
        """Read a file and show what its import would bring."""
        self._path = path
        self._read()

    def preview(self) -> IncidentPreview | None:
        """Return what is shown; nothing before a file is read."""
        return self._shown

    def _make_terms(self) -> None:
        zone = self._open_plan.plan.settings.zone
        self.zone = QComboBox()
        self.zone.setEditable(True)
        self.zone.addItems(list(dict.fromkeys((zone, *_ZONES))))
        self.zone.setAccessibleName(_("Zone of the times"))
        self.zone.activated.connect(self._read)
        field = self.zone.lineEdit()
        if field is not None:
            field.editingFinished.connect(self._read_other)
        self.ignores = QCheckBox(_("Ignore the offset in the file: its times are local"))
        self.ignores.toggled.connect(self._read)

    def _dress_table(self) -> None:
        self.table.setAccessibleName(_("What the file holds"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        across = self.table.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.file_button)
        top.addWidget(self.file, stretch=1)
        terms = QHBoxLayout()
        terms.setSpacing(10)
        terms.addWidget(label(_("Times without an offset are meant in"), "muted"))
        terms.addWidget(self.zone)
        terms.addWidget(self.ignores)
        terms.addStretch()
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self.close_button)
        below.addWidget(self.import_button)
        inside = QVBoxLayout()
        inside.setContentsMargins(20, 14, 20, 16)
        inside.setSpacing(10)
        inside.addLayout(top)
        inside.addLayout(terms)
        inside.addWidget(self.said)
        inside.addWidget(self.table, stretch=1)
        inside.addLayout(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(inside, stretch=1)

    @Slot()
    def _ask_file(self) -> None:
        kinds = _("CSV files (*.csv *.txt)")
        path, _filter = QFileDialog.getOpenFileName(self, _("Choose a file"), "", kinds)
        if path:
            self.read(Path(path))

    @Slot()
    def _read_other(self) -> None:
        if self._shown is not None and self.zone.currentText() != self._shown.terms.zone:
            self._read()

    @Slot()
    def _read(self) -> None:
        path, open_plan = self._path, self._open_plan
        if path is None:
            return
        terms = IncidentTerms(
            zone=self.zone.currentText().strip(), ignores_offset=self.ignores.isChecked()
        )
        self.bar.hide()
        self.said.setText(_("Reading"))
        self.import_button.setEnabled(False)
        self._job = Job(lambda _job: preview_incidents(open_plan, path, terms))
        self._job.done.connect(self._take)
        self._job.failed.connect(self._fail)
        self._runner.start(self._job)

    @Slot(object)
    def _take(self, shown: IncidentPreview) -> None:
        if self.sender() is self._job:
            self._shown = shown
            self._show()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if self.sender() is not self._job:
            return
        self._shown = None
        self._show()
        if isinstance(error, PlannerError):
            self.bar.say(messages.sentence(error), "danger")
        else:
            self.failed.emit(error)

    def _show(self) -> None:
        shown = self._shown
        self.import_button.setEnabled(False)
        if shown is None:
            self.said.setText("")
            self.table.setRowCount(0)
            return
        self.file.setText(shown.file)
        n_written = shown.n_added + shown.n_changed
        self.said.setText(_summary(shown))
        self.import_button.setEnabled(not shown.problems and n_written > 0)
        if shown.problems:
            self._fill((_("Where"), "", _("What is wrong")), _problem_rows(shown))
        else:
            zone = self._open_plan.plan.zone
            rows = [*_note_rows(shown), *_incident_rows(shown, zone)]
            self._fill((_("Row"), _("Time ({zone})", zone=zone.key), _("Kind and place")), rows)

    def _fill(self, heads: tuple[str, str, str], rows: list[tuple[str, str, str]]) -> None:
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                self.table.setItem(number, column, QTableWidgetItem(text))

    @Slot()
    def _write(self) -> None:
        shown, open_plan = self._shown, self._open_plan
        if shown is None:
            return
        self.import_button.setEnabled(False)
        self._job = Job(lambda _job: import_incidents(open_plan, shown))
        self._job.done.connect(self._end)
        self._job.failed.connect(self._fail)
        self._runner.line_up(self._job)

    @Slot(object)
    def _end(self, n_written: int) -> None:
        self.imported.emit(n_written)
        self.accept()


def _summary(shown: IncidentPreview) -> str:
    if shown.problems:
        n = ngettext("{n} thing is wrong", "{n} things are wrong", len(shown.problems))
        return _("{n}; nothing can be imported until the file is mended.", n=n)
    days = (
        _(" from {first} to {last}", first=full_date(first), last=full_date(last))
        if (first := shown.first_day) and (last := shown.last_day)
        else ""
    )
    n = ngettext("{n} incident", "{n} incidents", len(shown.incidents))
    return _(
        "{n}{days}: {n_added} new, {n_changed} changed, {n_unchanged} as they are.",
        n=n,
        days=days,
        n_added=shown.n_added,
        n_changed=shown.n_changed,
        n_unchanged=shown.n_unchanged,
    )


def _problem_rows(shown: IncidentPreview) -> list[tuple[str, str, str]]:
    rows = []
    for problem in shown.problems[:_MOST_SAID]:
        row = problem.place.row if problem.place else None
        column = problem.place.column if problem.place else None
        where = _("row {row}", row=row) if row is not None else shown.file
        rows.append((where, column or "", words.without_place(problem)))
    n_more = len(shown.problems) - _MOST_SAID
    if n_more > 0:
        rows.append(("", "", ngettext("and {n} more", "and {n} more", n_more)))
    return rows


def _note_rows(shown: IncidentPreview) -> list[tuple[str, str, str]]:
    notes = [(_("Note"), "", messages.sentence(note)) for note in shown.notes]
    left_out = [(_("Column"), one.name, words.without_place(one.reason)) for one in shown.left_out]
    return [*notes, *left_out]


def _incident_rows(shown: IncidentPreview, zone: ZoneInfo) -> list[tuple[str, str, str]]:
    rows = []
    for row, one in shown.incidents[:N_SHOWN]:
        local = one.at.astimezone(zone)
        position = "" if one.latitude is None else f"{one.latitude:.4f}, {one.longitude:.4f}"
        what = " · ".join(part for part in (words.kind_name(one.kind), one.place, position) if part)
        rows.append((str(row), f"{local:%Y-%m-%d %H:%M}", what))
    n_more = len(shown.incidents) - N_SHOWN
    if n_more > 0:
        rows.append(("", "", ngettext("and {n} more", "and {n} more", n_more)))
    return rows
