"""What the program is, and under which terms it and its parts may be used."""

from importlib.metadata import version

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

import resources
from planner.words import _
from ui.widgets import label

_PARTS = (
    ("Qt, PySide6", "LGPL-3.0"),
    ("OR-Tools", "Apache-2.0"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("ReportLab", "BSD-3-Clause"),
    ("pypdfium2", "Apache-2.0, BSD-3-Clause"),
    ("openpyxl, holidays, Typer, Rich, platformdirs", "MIT"),
    ("Babel", "BSD-3-Clause"),
    ("Inter", "OFL-1.1"),
    ("Lucide", "ISC"),
)


class AboutDialog(QDialog):
    """Names the version and the licences of every part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Närvaro"))
        text = QPlainTextEdit(_licences())
        text.setReadOnly(True)
        text.setAccessibleName(_("Licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(10)
        layout.addWidget(label(_("Närvaro {version}", version=version("narvaro")), "heading"))
        hint = _("Plan presence, keep the promise, and show that it was kept.")
        layout.addWidget(label(hint, "muted", wraps=True))
        layout.addWidget(label(_("Free software under the MIT licence. Its parts:"), wraps=True))
        layout.addWidget(text, stretch=1)
        layout.addWidget(buttons)
        self.resize(560, 460)


def _licences() -> str:
    parts = "\n".join(f"{name}: {licence}" for name, licence in _PARTS)
    texts = (
        resources.path("icons", "LICENSE").read_text(encoding="utf-8"),
        resources.path("fonts", "OFL.txt").read_text(encoding="utf-8"),
    )
    return "\n\n".join((parts, *texts))
