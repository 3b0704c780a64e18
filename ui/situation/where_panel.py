"""Where it happens: a map, and the same as a list."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from planner.services.situation.picture import PlaceKind, Situation
from planner.services.situation.proposals import Proposal, ProposalState
from planner.words import _, ngettext
from ui.situation import words
from ui.situation.map_marks import Legend, Mark, MarkKind
from ui.situation.map_view import SituationMap
from ui.widgets import icon_button, label, text_button

_ID = Qt.ItemDataRole.UserRole
_LIST_PX = 370


class WherePanel(QWidget):
    """The map on the left; clusters, proposed places and places of the plan on the right."""

    background_chosen = Signal(object)
    """The ``Path`` of a file whose lines are to be drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Situation | None = None
        self._proposals: tuple[Proposal, ...] = ()
        self.map = SituationMap()
        self.map.pointed.connect(self._reveal)
        self.list = QListWidget()
        self.list.setAccessibleName(_("What is on the map"))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._choose)
        self.said = label("", "muted", wraps=True)
        self.background_button = text_button(_("Background …"), "map-pin")
        self.background_button.setToolTip(
            _("Draw lines of a GeoJSON file of your own below; nothing is fetched from the network")
        )
        self.background_button.clicked.connect(self._ask_background)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(10, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("What is on the map"), "section"))
        column.addWidget(self.list, stretch=1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.map)
        splitter.addWidget(beside)
        splitter.setStretchFactor(0, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([2 * _LIST_PX, _LIST_PX])
        beside.setMinimumWidth(240)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(6)
        layout.addLayout(self._top_row())
        layout.addWidget(splitter, stretch=1)
        layout.addWidget(Legend())

    def show_situation(self, shown: Situation) -> None:
        """Show another picture."""
        self._shown = shown
        self._show()

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show where windows are proposed."""
        self._proposals = tuple(proposals)
        self._show()

    def _top_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.said, stretch=1)
        for icon, name, act in (
            ("zoom-in", _("Nearer (+)"), lambda: self.map.zoom(1.35)),
            ("zoom-out", _("Further (−)"), lambda: self.map.zoom(1 / 1.35)),
        ):
            button = icon_button(icon, name)
            button.clicked.connect(act)
            row.addWidget(button)
        whole = text_button(_("Show all"))
        whole.setToolTip(_("All incidents in sight (0)"))
        whole.clicked.connect(self.map.fit)
        row.addWidget(whole)
        row.addWidget(self.background_button)
        return row

    def _show(self) -> None:
        shown = self._shown
        if shown is None:
            return
        dots = [
            (one.latitude, one.longitude)
            for one in shown.incidents
            if one.latitude is not None and one.longitude is not None
        ]
        entries = [*_clusters(shown), *_proposed(self._proposals), *_places(shown)]
        self.map.show_marks(dots, [mark for mark, _text in entries])
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.list.clear()
        for mark, text in entries:
            item = QListWidgetItem(text)
            item.setData(_ID, mark.id)
            self.list.addItem(item)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's signature
        n = ngettext("{n} incident on the map", "{n} incidents on the map", len(dots))
        self.said.setText(n)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.map.choose(item.data(_ID))

    @Slot(str)
    def _reveal(self, id_: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(_ID) == id_:
                self.list.blockSignals(True)  # noqa: FBT003 - Qt's signature
                self.list.setCurrentItem(item)
                self.list.blockSignals(False)  # noqa: FBT003 - Qt's signature

    @Slot()
    def _ask_background(self) -> None:
        kinds = _("Maps (*.geojson *.json)")
        path, _filter = QFileDialog.getOpenFileName(self, _("Choose a file"), "", kinds)
        if path:
            self.background_chosen.emit(Path(path))


def _clusters(shown: Situation) -> list[tuple[Mark, str]]:
    named_already = {place.name for place in shown.places if place.kind is PlaceKind.HOTSPOT}
    return [
        (
            Mark(
                id=f"cluster/{number}",
                kind=MarkKind.CLUSTER,
                name="" if named.name in named_already else named.name,
                latitude=named.cluster.latitude,
                longitude=named.cluster.longitude,
                text=str(named.cluster.count),
                radius_m=named.cluster.radius_m,
            ),
            words.cluster_text(named),
        )
        for number, named in enumerate(shown.clusters)
    ]


def _proposed(proposals: Sequence[Proposal]) -> list[tuple[Mark, str]]:
    """Return the proposed places, each once with how many windows it has."""
    by_place: dict[tuple[str, float, float], list[Proposal]] = {}
    for one in proposals:
        if one.state is not ProposalState.DECLINED:
            by_place.setdefault((one.name, one.latitude, one.longitude), []).append(one)
    return [
        (
            Mark(
                id=f"proposal/{mine[0].id}",
                kind=MarkKind.PROPOSAL,
                name=name,
                latitude=latitude,
                longitude=longitude,
                radius_m=200,
            ),
            f"{name}: " + ngettext("{n} proposed window", "{n} proposed windows", len(mine)),
        )
        for (name, latitude, longitude), mine in by_place.items()
    ]


def _places(shown: Situation) -> list[tuple[Mark, str]]:
    kinds = {PlaceKind.SCHOOL: MarkKind.SCHOOL, PlaceKind.HOTSPOT: MarkKind.HOTSPOT}
    said = {PlaceKind.SCHOOL: _("school"), PlaceKind.HOTSPOT: _("selected place")}
    order = sorted(shown.places, key=lambda place: (place.kind is PlaceKind.SCHOOL, place.name))
    return [
        (
            Mark(
                id=f"{place.kind}/{place.id}",
                kind=kinds[place.kind],
                name=place.name,
                latitude=place.latitude,
                longitude=place.longitude,
            ),
            f"{place.name} ({said[place.kind]})",
        )
        for place in order
    ]
