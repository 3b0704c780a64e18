"""Questions before something is lost."""

from enum import Enum, auto

from PySide6.QtWidgets import QMessageBox, QWidget

from planner.words import _


class Unsaved(Enum):
    """What becomes of what is written and not saved."""

    SAVE = auto()
    DROP = auto()
    STAY = auto()


def ask_unsaved(name: str, parent: QWidget) -> Unsaved:
    """Ask whether what was written of a record is saved."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_("Unsaved changes"))
    box.setText(_("Save the changes of “{name}”?", name=name))
    save = box.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
    drop = box.addButton(_("Do not save"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(_("Go on editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    return Unsaved.SAVE if pressed is save else Unsaved.DROP if pressed is drop else Unsaved.STAY


def ask_removal(text: str, parent: QWidget) -> bool:
    """Ask whether records are removed; ``text`` names them and what goes along."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_("Remove"))
    box.setText(text)
    box.setInformativeText(_("Undo (Ctrl+Z) brings it all back."))
    remove = box.addButton(_("Remove"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    return pressed is remove
