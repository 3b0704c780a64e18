"""When the program itself fails: say so, keep a report, go on."""

import platform
import sys
import traceback
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from planner import clock
from planner.words import _


def install_hook() -> None:
    """Let an exception that nobody expected open the dialog instead of ending the program."""
    sys.excepthook = _hook


def report(error: BaseException) -> str:
    """Return what a developer needs to know of a failure; it holds no record of the plan."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        f"Närvaro {version('narvaro')}, Python {platform.python_version()}, Qt {qVersion()}",
        f"{platform.platform()}, {clock.now().isoformat()}",
        "",
        *(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames),
        type(error).__qualname__,
    ]
    return "\n".join(lines)


def show_crash(error: BaseException, parent: QWidget | None = None) -> None:
    """Tell the user that the program failed, and offer to save a report."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle(_("Something went wrong"))
    box.setText(_("The program failed at this. Your plan is as it was before."))
    box.setInformativeText(_("Save a report and send it to whoever looks after the program."))
    box.setDetailedText(report(error))
    save = box.addButton(_("Save report …"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Close)
    box.exec()
    if box.clickedButton() is save:
        path, _filter = QFileDialog.getSaveFileName(parent, _("Save report"), "narvaro-report.txt")
        if path:
            Path(path).write_text(report(error), encoding="utf-8")


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    sys.__excepthook__(kind, error, trace)
    if not issubclass(kind, KeyboardInterrupt):
        show_crash(error)
