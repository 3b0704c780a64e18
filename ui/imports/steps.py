"""The steps of an import, and the line that shows where the planner is."""

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.words import N_, _
from ui.widgets import label, set_property


class Step(IntEnum):
    """Where the planner is."""

    SOURCE = 0
    PREVIEW = 1
    RESULT = 2


_TEXTS: Mapping[int, str] = {
    Step.SOURCE: N_("1 Choose"),
    Step.PREVIEW: N_("2 Look"),
    Step.RESULT: N_("3 Done"),
}


class StepLine(QWidget):
    """Names the steps, the present one in bold, and what is being imported.

    Parameters
    ----------
    texts
        By step, from 0; a text names its step.
    sourced
        The steps at which the source is shown.
    """

    def __init__(
        self,
        texts: Mapping[int, str] = _TEXTS,
        sourced: frozenset[int] = frozenset({Step.PREVIEW}),
    ) -> None:
        super().__init__()
        self._sourced = sourced
        self._steps = {step: label(_(text), "muted") for step, text in texts.items()}
        self._source = label("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 8)
        row.setSpacing(10)
        for step, part in self._steps.items():
            if step:
                row.addWidget(label("→", "muted"))
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self._source)

    def show_step(self, step: int) -> None:
        """Show where the planner is."""
        for each, part in self._steps.items():
            set_property(part, "role", "section" if each == step else "muted")
            part.setAccessibleDescription(_("You are here") if each == step else "")
        self._source.setVisible(step in self._sourced)

    def show_source(self, name: str, path: str) -> None:
        """Show what is being imported."""
        self._source.setText(name)
        self._source.setToolTip(path)
