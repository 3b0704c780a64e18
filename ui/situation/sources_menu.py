"""Takes the incidents of a file away again, after asking."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QMessageBox, QToolButton, QWidget

from planner.services.situation.incidents import SourceCount
from planner.words import _, full_date, ngettext
from ui.theme import set_icon


class SourcesMenu(QToolButton):
    """Offers the files that incidents came from."""

    chosen = Signal(str)
    """The source whose incidents are to be taken away; it has been asked."""

    def __init__(self) -> None:
        super().__init__()
        self.setText(" " + _("Remove"))
        self.setToolTip(_("Take the incidents of a file away"))
        self.setAccessibleName(_("Take the incidents of a file away"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_icon(self, "x")
        self._menu = QMenu(self)
        self.setMenu(self._menu)

    def show_sources(self, sources: Sequence[SourceCount]) -> None:
        """Offer other sources."""
        self._menu.clear()
        for one in sources:
            text = _source_text(one)
            action = self._menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, one=one: self._ask(one))

    def _ask(self, one: SourceCount) -> None:
        if ask_removal(_source_text(one), self):
            self.chosen.emit(one.source)


def ask_removal(what: str, parent: QWidget) -> bool:
    """Ask whether incidents are taken away; ``what`` names them."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_("Remove"))
    box.setText(_("Take these incidents away: {what}?", what=what))
    box.setInformativeText(_("To get them back, import the file again."))
    remove = box.addButton(_("Remove"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    return pressed is remove


def _source_text(one: SourceCount) -> str:
    n = ngettext("{n} incident", "{n} incidents", one.n_incidents)
    name = one.source or _("source not said")
    return f"{name}: {n}, {full_date(one.first_day)} – {full_date(one.last_day)}"
