"""A message as its recipient will get it: to whom, what it says, and each document."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.distribution import Letter
from planner.errors import PlannerError
from planner.messages import sentence
from planner.services.prints.pages import PageImage, page_sizes, render_page
from planner.words import _
from ui.jobs import Job, Runner
from ui.widgets import EmptyState, label

_SCALE = 2.0
"""Pixels for each point of a page; it is drawn smaller than that."""

_PDF = "application/pdf"


class Paper(QScrollArea):
    """The pages of a document, one below the other, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._inside)
        self._pages: list[QPixmap] = []
        self._labels: list[QLabel] = []

    def show_pages(self, images: list[PageImage], name: str) -> None:
        """Show pages; ``name`` is the document's."""
        for old in self._labels:
            self._column.removeWidget(old)
            old.deleteLater()
        self.setAccessibleName(name)
        self._pages = [
            QPixmap.fromImage(
                QImage(
                    one.rgba, one.width, one.height, 4 * one.width, QImage.Format.Format_RGBA8888
                )
            )
            for one in images
        ]
        self._labels = [QLabel() for _page in self._pages]
        for page in self._labels:
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            self._column.addWidget(page)
        self._draw()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        ratio = self.devicePixelRatio()
        width = int(self.viewport().width() * ratio)
        for page, place in zip(self._pages, self._labels, strict=True):
            smooth = Qt.TransformationMode.SmoothTransformation
            drawn = page.scaledToWidth(min(width, page.width()), smooth)
            drawn.setDevicePixelRatio(ratio)
            place.setPixmap(drawn)


class LetterPreview(QWidget):
    """Shows one message and what goes with it."""

    failed = Signal(object)
    """The exception that drawing a document raised."""
    drawn = Signal()
    """What was chosen of the message is shown."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._runner = runner
        self._letter: Letter | None = None
        self._drawing: Job | None = None
        self.from_, self.to, self.subject, self.state = (_value() for _field in range(4))
        self.parts = QListWidget()
        self.parts.setAccessibleName(_("The message and its attachments"))
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts.ensurePolished()
        self.parts.currentRowChanged.connect(self._show_part)
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setAccessibleName(_("Text of the message"))
        self.body.setTabChangesFocus(True)
        self.body.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.paper = Paper()
        self.page = EmptyState(
            "monitor",
            _("The same as a web page"),
            _("For screen readers and telephones. It says what the PDF says."),
        )
        self._contents = QStackedWidget()
        for content in (self.body, self.paper, self.page):
            self._contents.addWidget(content)
        self.none = EmptyState("send", _("No message chosen"), _("Choose somebody in the list."))
        self.refusal: QWidget | None = None
        self.said = ""
        """Why there is no message to show; empty when there is one."""
        self._states = QStackedWidget()
        self._whole = self._lay_out()
        for state in (self.none, self._whole):
            self._states.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._states)

    def show_letter(self, letter: Letter, state: str) -> None:
        """Show a message, and what became of it."""
        self.state.setText(state)
        self._letter, self.said = letter, ""
        self.from_.setText(letter.sender)
        self.to.setText(f"{letter.name} <{letter.address}>" if letter.address else "–")
        self.subject.setText(letter.subject)
        self.body.setPlainText(letter.body)
        before = self.parts.currentRow()
        self.parts.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.parts.clear()
        self.parts.addItem(_("Text of the message"))
        for one in letter.attachments:
            self.parts.addItem(f"{one.name} · {_size(len(one.data))}")
        self.parts.setCurrentRow(before if 0 < before < self.parts.count() else 0)
        self.parts.blockSignals(False)  # noqa: FBT003 - Qt's signature
        height = sum(self.parts.sizeHintForRow(n) for n in range(self.parts.count()))
        self.parts.setFixedHeight(height + 2 * self.parts.frameWidth() + 2)
        self._states.setCurrentWidget(self._whole)
        self._show_part()

    def show_nothing(self) -> None:
        """Say that no message is chosen."""
        self._letter, self.said = None, ""
        self._states.setCurrentWidget(self.none)

    def show_refusal(self, error: PlannerError) -> None:
        """Say why there is no message."""
        self._letter, self.said = None, sentence(error)
        if self.refusal is not None:
            self._states.removeWidget(self.refusal)
            self.refusal.deleteLater()
        self.refusal = EmptyState("shield", _("This message cannot leave"), self.said)
        self._states.addWidget(self.refusal)
        self._states.setCurrentWidget(self.refusal)

    @override
    def sizeHint(self) -> QSize:
        return QSize(580, 560)

    def _lay_out(self) -> QWidget:
        whole = QWidget()
        fields = QGridLayout()
        fields.setHorizontalSpacing(10)
        fields.setVerticalSpacing(4)
        fields.setColumnStretch(1, 1)
        named = (
            (_("From"), self.from_),
            (_("To"), self.to),
            (_("Subject"), self.subject),
            (_("State"), self.state),
        )
        for row, (name, value) in enumerate(named):
            fields.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            fields.addWidget(value, row, 1)
            value.setAccessibleName(name)
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(10)
        layout.addLayout(fields)
        layout.addWidget(self.parts)
        layout.addWidget(self._contents, stretch=1)
        return whole

    @Slot()
    def _show_part(self) -> None:
        letter, row = self._letter, self.parts.currentRow()
        if letter is None or row < 0:
            return
        attachment = letter.attachments[row - 1] if row else None
        if attachment is None:
            self._contents.setCurrentWidget(self.body)
            self.drawn.emit()
        elif attachment.media_type == _PDF:
            data = attachment.data
            self._drawing = Job(lambda _job: _pages(data))
            self._drawing.done.connect(self._take_pages)
            self._drawing.failed.connect(self.failed)
            self._runner.start(self._drawing)
        else:
            self._contents.setCurrentWidget(self.page)
            self.drawn.emit()

    @Slot(object)
    def _take_pages(self, images: list[PageImage]) -> None:
        if self.sender() is self._drawing:
            self.paper.show_pages(images, self.parts.currentItem().text())
            self._contents.setCurrentWidget(self.paper)
            self.drawn.emit()


def _pages(pdf: bytes) -> list[PageImage]:
    return [render_page(pdf, n, _SCALE) for n in range(len(page_sizes(pdf)))]


def _value() -> QLabel:
    made = label("", wraps=True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _size(n_bytes: int) -> str:
    return f"{max(round(n_bytes / 1024), 1)} kB"
