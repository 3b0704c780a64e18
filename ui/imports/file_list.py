"""The files of a preview, each with what it brings."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from typing_extensions import override

from planner.services.imports.previews import FilePreview
from planner.services.imports.rows import RowKind
from planner.services.imports.set_words import set_words
from planner.words import _, ngettext
from ui.theme import icon

_FILE_ROLE = Qt.ItemDataRole.UserRole
_COUNTED = (
    RowKind.REFUSED,
    RowKind.ADDED,
    RowKind.CHANGED,
    RowKind.DISAPPEARED,
    RowKind.LEFT_OUT,
)


class FileList(QListWidget):
    """All files together first, then each; the one chosen stays when they are read again."""

    file_chosen = Signal(str)
    """Name of a file; empty for all."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Files"))
        self.setMinimumWidth(200)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(self._tell)

    def show_files(self, files: tuple[FilePreview, ...]) -> None:
        """List files with their counts."""
        chosen = self.file()
        self.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.clear()
        if len(files) != 1:
            self._add(_("All files"), "", files)
        for file in sorted(files, key=_rank):
            self._add(file.file, file.file, (file,), set_words(file.set_name))
        rows = [row for row in range(self.count()) if self.item(row).data(_FILE_ROLE) == chosen]
        self.setCurrentRow(rows[0] if rows else 0)
        self.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def file(self) -> str:
        """Return the file chosen; empty for all."""
        return str(self.currentItem().data(_FILE_ROLE)) if self.currentRow() >= 0 else ""

    @override
    def sizeHint(self) -> QSize:
        return QSize(250, super().sizeHint().height())

    def _add(self, title: str, file: str, files: tuple[FilePreview, ...], called: str = "") -> None:
        counts = " · ".join(part for part in (called, counts_text(files)) if part)
        item = QListWidgetItem(f"{title}\n{counts}")
        item.setData(_FILE_ROLE, file)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}: {counts}")
        item.setToolTip(f"{title}: {counts}")
        item.setSizeHint(QSize(0, 48))
        if any(each.count(RowKind.REFUSED) for each in files):
            item.setIcon(icon("circle-alert", "danger"))
        self.addItem(item)

    @Slot()
    def _tell(self) -> None:
        self.file_chosen.emit(self.file())


def _rank(file: FilePreview) -> tuple[bool, bool]:
    """Put files with wrong rows first, and those that change nothing last."""
    return not file.count(RowKind.REFUSED), not file.rows


def counts_text(files: tuple[FilePreview, ...]) -> str:
    """Return such as ``2 new · 1 changed · 40 unchanged``."""
    n_wrong, n_new, n_changed, n_gone, n_left_out = (
        sum(file.count(kind) for file in files) for kind in _COUNTED
    )
    n_unchanged = sum(file.n_unchanged for file in files)
    parts = (
        ngettext("{n} wrong", "{n} wrong", n_wrong) if n_wrong else "",
        ngettext("{n} new", "{n} new", n_new) if n_new else "",
        ngettext("{n} changed", "{n} changed", n_changed) if n_changed else "",
        ngettext("{n} missing", "{n} missing", n_gone) if n_gone else "",
        ngettext("{n} unchanged", "{n} unchanged", n_unchanged) if n_unchanged else "",
        ngettext("{n} left out", "{n} left out", n_left_out) if n_left_out else "",
    )
    return " · ".join(part for part in parts if part) or _("nothing new")
