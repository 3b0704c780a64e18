"""What an import would do: files at the left, the rows of the one chosen at the right."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner.services.imports.previews import FilePreview
from planner.services.imports.rows import RowKind
from planner.words import _, ngettext
from ui.imports.delegate import ChangeDelegate
from ui.imports.entries import KINDS, ShownImport, problem_lines
from ui.imports.file_list import FileList
from ui.imports.models import Column, RowsModel
from ui.widgets import EmptyState, MessageBar, label, text_button

_ROW_PX = 32
_WIDTHS = {Column.WHAT: 138, Column.FILE: 130, Column.ROW: 56, Column.RECORD: 210}
_TABS = (None, *KINDS)
"""What each tab shows; the first shows all."""
_RARE = frozenset({RowKind.DISAPPEARED, RowKind.LEFT_OUT})
"""Kinds whose tabs are hidden when they have no rows: no file has both."""


class PreviewPage(QWidget):
    """Step 2: shows what is new, changed, gone and wrong; decides nothing itself."""

    removal_chosen = Signal(str, bool)
    """A record set, and whether what its file lacks shall be removed."""
    save_asked = Signal()
    """The wrong rows shall be saved."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: ShownImport | None = None
        self.refusal = MessageBar(is_closable=False)
        self.warnings = MessageBar(is_closable=False)
        self.copy_button = text_button(_("Copy list"), "list")
        self.copy_button.clicked.connect(self._copy)
        self.save_button = text_button(_("Save list as CSV …"), "save")
        self.save_button.clicked.connect(self.save_asked)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addStretch()
        for button in (self.copy_button, self.save_button):
            below.addWidget(button)
        self.files = FileList()
        self.files.file_chosen.connect(self._narrow_to_file)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.files)
        splitter.addWidget(self._make_rows())
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        frame = QFrame()
        frame.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 4, 24, 12)
        layout.setSpacing(10)
        layout.addWidget(self.refusal)
        layout.addWidget(self.warnings)
        layout.addWidget(frame, stretch=1)
        layout.addLayout(below)

    def show_import(self, shown: ShownImport) -> None:
        """Show a preview: what is wrong if anything is, else what was chosen before."""
        self._shown = shown
        if shown.warnings:
            self.warnings.say(shown.warnings, "warning")
        else:
            self.warnings.hide()
        self.model.set_entries(shown.entries)
        self.files.show_files(shown.preview.files)
        n_wrong = len(shown.preview.problems)
        self.copy_button.setVisible(n_wrong > 0)
        self.save_button.setVisible(n_wrong > 0)
        if n_wrong:
            self.refusal.say(
                ngettext(
                    "{n} row is wrong, so nothing can be imported. Mend it and read again.",
                    "{n} rows are wrong, so nothing can be imported. Mend them and read again.",
                    n_wrong,
                ),
                "danger",
            )
        else:
            self.refusal.hide()
        if n_wrong:
            wrong = {file.file for file in shown.preview.files if file.count(RowKind.REFUSED)}
            if self.files.file() not in wrong:
                self.files.setCurrentRow(0)
            self.tabs.setCurrentIndex(_TABS.index(RowKind.REFUSED))
        elif _TABS[self.tabs.currentIndex()] is RowKind.REFUSED:
            self.tabs.setCurrentIndex(0)
        self._narrow_to_file()

    def _make_rows(self) -> QWidget:
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Kind of row"))
        self.tabs.setExpanding(False)
        self.tabs.addTab(_("All"))
        for text in KINDS.values():
            self.tabs.addTab(_(text))
        self.tabs.currentChanged.connect(self._narrow)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search rows"))
        self.search.setAccessibleName(_("Search rows"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(190)
        self.search.textChanged.connect(self._narrow)
        above = QHBoxLayout()
        above.addWidget(self.tabs, stretch=1)
        above.addWidget(self.search)
        self.nothing = EmptyState(
            "circle-check",
            _("No rows of this kind"),
            _("Choose another file or kind, or clear the search."),
        )
        self.states = QStackedWidget()
        self.states.addWidget(self._make_table())
        self.states.addWidget(self.nothing)
        self.details = label("", "muted", wraps=True)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setContentsMargins(10, 4, 10, 4)
        self.removal = QCheckBox()
        self.removal.toggled.connect(self._choose_removal)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(8, 0, 4, 2)
        layout.setSpacing(4)
        layout.addLayout(above)
        layout.addWidget(self.states, stretch=1)
        layout.addWidget(self.details)
        layout.addWidget(self.removal)
        return whole

    def _make_table(self) -> QTableView:
        self.model = RowsModel(self)
        self.table = QTableView()
        self.table.setAccessibleName(_("Rows of the import"))
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(Column.DETAILS, ChangeDelegate(self.model))
        self.table.setIconSize(QSize(15, 15))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        down = self.table.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW_PX)
        across = self.table.horizontalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setHighlightSections(False)
        across.setStretchLastSection(True)
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.table.selectionModel().currentRowChanged.connect(self._show_details)
        return self.table

    @Slot()
    def _narrow_to_file(self) -> None:
        """Show the rows of the file chosen, and how many there are of each kind."""
        if self._shown is None:
            return
        name = self.files.file()
        files = [file for file in self._shown.preview.files if name in {"", file.file}]
        everything = _("All")
        self.tabs.setTabText(0, f"{everything} ({sum(len(file.rows) for file in files)})")
        for tab, (kind, text) in enumerate(KINDS.items(), start=1):
            n_rows = sum(file.count(kind) for file in files)
            self.tabs.setTabText(tab, f"{_(text)} ({n_rows})")
            self.tabs.setTabVisible(tab, n_rows > 0 or kind not in _RARE)
        self.table.setColumnHidden(Column.FILE, bool(name))
        self._offer_removal(files[0] if len(files) == 1 else None)
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        kind = _TABS[self.tabs.currentIndex()]
        self.model.narrow(file=self.files.file(), kind=kind, text=self.search.text())
        has_rows = bool(self.model.shown)
        self.states.setCurrentWidget(self.table if has_rows else self.nothing)
        self.details.setVisible(has_rows)
        if has_rows:
            self.table.selectRow(0)

    @Slot(QModelIndex)
    def _show_details(self, index: QModelIndex) -> None:
        """Say the whole of the row that the keyboard is on; cells may be cut short."""
        if not index.isValid():
            return
        entry = self.model.shown[index.row()]
        parts = (entry.what, entry.row.name, entry.details)
        self.details.setText(" · ".join(part for part in parts if part))

    def _offer_removal(self, file: FilePreview | None) -> None:
        n_gone = file.count(RowKind.DISAPPEARED) if file else 0
        is_offered = file is not None and file.can_remove and (n_gone > 0 or file.is_removing)
        self.removal.setVisible(is_offered)
        if file is None or not is_offered:
            return
        self.removal.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.removal.setChecked(file.is_removing)
        self.removal.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.removal.setText(
            ngettext(
                "Remove the {n} record that is not in {file} from the plan",
                "Remove the {n} records that are not in {file} from the plan",
                n_gone,
                file=file.file,
            )
        )

    @Slot(bool)
    def _choose_removal(self, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signature
        name = self.files.file()
        for file in self._shown.preview.files if self._shown else ():
            if file.file == name:
                self.removal_chosen.emit(file.set_name, is_wanted)

    @Slot()
    def _copy(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(problem_lines(self._shown.preview))
