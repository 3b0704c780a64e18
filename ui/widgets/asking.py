"""A question that is answered with a text."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from planner.words import _
from ui.widgets.basics import label

_MOST = 500


class TextDialog(QDialog):
    """Asks for a text of one or more lines.

    Parameters
    ----------
    hint
        Why it is asked for.
    accept
        What the button that ends it says.
    is_required
        Whether an empty text cannot be given.
    """

    def __init__(
        self,
        title: str,
        hint: str,
        accept: str,
        parent: QWidget,
        *,
        text: str = "",
        is_required: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._is_required = is_required
        self.field = QPlainTextEdit(text)
        self.field.setAccessibleName(title)
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(90)
        self.field.textChanged.connect(self._judge)
        self.problem = label("", wraps=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(label(hint, "muted", wraps=True))
        layout.addWidget(self.field)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.setMinimumWidth(440)
        self._judge()

    def text(self) -> str:
        """Return what was written, without blanks around it."""
        return self.field.toPlainText().strip()

    @Slot()
    def _judge(self) -> None:
        length = len(self.text())
        is_long = length > _MOST
        said = _("The text has {n} characters; at most {most} are kept.", n=length, most=_MOST)
        self.problem.setText(said if is_long else "")
        self.problem.setVisible(is_long)
        self.field.setAccessibleDescription(self.problem.text())
        self.button.setEnabled(not is_long and (length > 0 or not self._is_required))


def ask_text(
    title: str, hint: str, accept: str, parent: QWidget, *, text: str = "", is_required: bool = True
) -> str | None:
    """Return what somebody answers; nothing when it is cancelled."""
    dialog = TextDialog(title, hint, accept, parent, text=text, is_required=is_required)
    answer = dialog.text() if dialog.exec() == QDialog.DialogCode.Accepted else None
    dialog.deleteLater()
    return answer
