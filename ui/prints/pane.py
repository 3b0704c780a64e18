"""Right in the prints window: a document, that one is made, or why there is none."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget

from ui.prints.waiting import Waiting
from ui.widgets import EmptyState, text_button
from ui.widgets.page_preview import Preview


class Pane(QStackedWidget):
    """Shows one of the three.

    Attributes
    ----------
    said
        Title of the message that is shown; empty for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.preview = Preview()
        self.waiting = Waiting()
        self.said = ""
        self.message: EmptyState | None = None
        for page in (self.waiting, self.preview):
            self.addWidget(page)

    def wait(self) -> None:
        """Show that a document is made."""
        self.said = ""
        self.setCurrentWidget(self.waiting)

    def is_waiting(self) -> bool:
        """Tell whether that is what is shown."""
        return self.currentWidget() is self.waiting

    def show_document(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show a document, whose pages have these widths and heights in points."""
        self.said = ""
        self.setCurrentWidget(self.preview)
        self.preview.show_document(sizes)

    def say(
        self, icon: str, title: str, hint: str, ways: Sequence[tuple[str, Callable[[], None]]] = ()
    ) -> None:
        """Show a message in place of a document, with buttons that do something about it."""
        if self.message is not None:
            self.removeWidget(self.message)
            self.message.deleteLater()
        buttons = []
        for text, act in ways:
            button = text_button(text)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            buttons.append(button)
        self.said = title
        self.message = EmptyState(icon, title, hint, *buttons)
        self.addWidget(self.message)
        self.setCurrentWidget(self.message)
