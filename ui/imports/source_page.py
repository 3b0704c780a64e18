"""Where records come from: dropped on the window, chosen, or where they came from last time."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from planner.words import N_, _
from ui.theme import pixmap, theme, tokens
from ui.widgets import label, primary_button, text_button

_FORMATS = (
    N_("A folder with one CSV file for each kind of data: staff.csv, schools.csv, absences.csv …"),
    N_("Single CSV files with those names. What there is no file for stays as it is."),
    N_("An Excel workbook (XLSX) with a sheet for each kind of data, named in the same way."),
    N_("School units saved from the registry (Skolenhetsregistret, JSON), or points as GeoJSON."),
    N_("Nothing is written before you have seen what changes and said so."),
)


class DropZone(QFrame):
    """Takes files and folders that are dropped on it.

    Parameters
    ----------
    text
        What can be dropped.
    """

    dropped = Signal(object)
    """Tuple of ``Path``."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._is_over = False
        self._symbol = QLabel()
        self._symbol.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = label(text, "heading")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 30, 24, 30)
        layout.setSpacing(12)
        layout.addStretch()
        layout.addWidget(self._symbol)
        layout.addWidget(title)
        layout.addLayout(self.buttons)
        layout.addStretch()
        theme().changed.connect(self._draw)
        self._draw()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._paths(event):
            self._is_over = True
            self.update()
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._is_over = False
        self.update()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._is_over = False
        self.update()
        event.acceptProposedAction()
        self.dropped.emit(self._paths(event))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.SolidLine if self._is_over else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(colors.accent if self._is_over else colors.outline), 1.5, style))
        painter.setBrush(QColor(colors.selection if self._is_over else colors.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)

    @staticmethod
    def _paths(event: QDropEvent) -> tuple[Path, ...]:
        urls = event.mimeData().urls()
        return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())

    def _draw(self) -> None:
        self._symbol.setPixmap(pixmap("upload", tokens().accent, 36))


class SourcePage(QWidget):
    """Step 1: choose what to read.

    Parameters
    ----------
    recent
        What was read last; empty when nothing was.
    """

    chosen = Signal(object)
    """A ``Path``, or a tuple of several."""
    templates_asked = Signal(object)
    """The folder that empty files shall be written to, a ``Path``."""

    def __init__(self, recent: str) -> None:
        super().__init__()
        self._recent = recent
        zone = DropZone(_("Drop a folder or files here"))
        zone.dropped.connect(self.choose)
        self.folder_button = primary_button(_("Choose folder …"), "folder-open")
        self.folder_button.clicked.connect(self._ask_folder)
        self.files_button = text_button(_("Choose files …"), "list")
        self.files_button.clicked.connect(self._ask_files)
        zone.buttons.addStretch()
        for button in (self.folder_button, self.files_button):
            zone.buttons.addWidget(button)
        zone.buttons.addStretch()
        self.recent_button = text_button("", "clock")
        self.recent_button.clicked.connect(self._choose_recent)
        self.recent_button.setVisible(bool(recent))
        self.recent_button.setText(" " + _("Same as last time: {name}", name=Path(recent).name))
        self.recent_button.setToolTip(recent)
        self.templates_button = text_button(_("Write empty templates …"), "download")
        self.templates_button.setToolTip(
            _("A file for each kind of data, and one that describes their columns")
        )
        self.templates_button.clicked.connect(self._ask_templates)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.recent_button)
        below.addStretch()
        below.addWidget(self.templates_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(zone, stretch=1)
        layout.addLayout(below)
        layout.addSpacing(4)
        layout.addWidget(label(_("What can be read"), "section"))
        for text in _FORMATS:
            layout.addLayout(point(_(text)))

    @Slot(object)
    def choose(self, paths: tuple[Path, ...]) -> None:
        """Take one folder or file, or several files."""
        if paths:
            self.chosen.emit(paths[0] if len(paths) == 1 else paths)

    @Slot()
    def _choose_recent(self) -> None:
        self.choose((Path(self._recent),))

    @Slot()
    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("Choose folder"), self._recent)
        if path:
            self.choose((Path(path),))

    @Slot()
    def _ask_files(self) -> None:
        kinds = _("Files with data (*.csv *.xlsx *.xlsm *.json *.geojson)")
        paths, _filter = QFileDialog.getOpenFileNames(self, _("Choose files"), self._recent, kinds)
        self.choose(tuple(Path(path) for path in paths))

    @Slot()
    def _ask_templates(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("Choose an empty folder"), "")
        if path:
            self.templates_asked.emit(Path(path))


def point(text: str) -> QHBoxLayout:
    """Return a text as one of a list."""
    row = QHBoxLayout()
    row.setSpacing(8)
    mark = label("•", "muted")
    mark.setAlignment(Qt.AlignmentFlag.AlignTop)
    row.addWidget(mark)
    row.addWidget(label(text, "muted", wraps=True), stretch=1)
    return row
