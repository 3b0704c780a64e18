"""The tour's bubble: what is shown, how far the tour is, and its three buttons."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.words import _
from ui.tour.steps import Step
from ui.widgets import label, primary_button, text_button

_WIDTH_PX = 340
_SIDE_PX = 18


class Bubble(QFrame):
    """Says one step."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)  # noqa: FBT003 - Qt's signature
        self.setFixedWidth(_WIDTH_PX)
        self._title = label("", "heading", wraps=True)
        self._text = label("", wraps=True)
        self._position = label("", "small")
        self.end = text_button(_("End the tour"))
        self.end.setProperty("flat", True)  # noqa: FBT003 - Qt's signature
        self.back = text_button(_("Back"))
        self.following = primary_button(_("Next"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.end)
        buttons.addStretch()
        buttons.addWidget(self.back)
        buttons.addWidget(self.following)
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(_SIDE_PX, 14, _SIDE_PX, 14)
        layout.setSpacing(6)
        layout.addWidget(self._position)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addSpacing(8)
        layout.addLayout(buttons)

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons in the order that the Tab key goes."""
        return (self.following, self.back, self.end)

    def say(self, step: Step, number: int, n_steps: int) -> None:
        """Show a step; ``number`` counts from 1."""
        self._position.setText(_("{number} of {n}", number=number, n=n_steps))
        self._title.setText(step.title)
        self._text.setText(step.text)
        self.back.setEnabled(number > 1)
        self.end.setVisible(number < n_steps)
        self.following.setText(_("Next") if number < n_steps else _("Done"))
        self.setAccessibleName(step.title)
        self.following.setAccessibleDescription(self.spoken())
        inside = _WIDTH_PX - 2 * _SIDE_PX
        for part in (self._title, self._text):
            part.setFixedHeight(part.heightForWidth(inside))
        self.setFixedHeight(self._rows.totalSizeHint().height())

    def spoken(self) -> str:
        """Return what a screen reader says of the step."""
        return f"{self._position.text()}. {self._title.text()}. {self._text.text()}"
