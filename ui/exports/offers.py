"""What can be exported: what each is for, and who may see it."""

from dataclasses import dataclass

from planner.domain.weeks import IsoWeek
from planner.services.exports.exporting import IN_FOLDERS, ExportFormat
from planner.words import N_, _

_INTERNAL = N_("Planners and managers: it shows everybody’s hours, gaps and selected places.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something to export; its texts are translated where they are shown.

    Parameters
    ----------
    is_whole
        The whole plan, and not one week.
    result
        What is written.
    stem
        What its file, without ending, or folder is called unless another name is chosen.
    """

    kind: ExportFormat
    is_whole: bool = False
    title: str
    purpose: str
    readers: str
    result: str
    stem: str
    symbol: str

    @property
    def is_folder(self) -> bool:
        """Tell whether it is several files."""
        return self.kind in IN_FOLDERS

    @property
    def can_have_identities(self) -> bool:
        """Tell whether real names may be added to it."""
        return self.is_whole and self.kind is not ExportFormat.GEOJSON

    def proposed(self, week: IsoWeek) -> str:
        """Return what its file or folder is called."""
        stem = _(self.stem, week=week)
        return stem if self.is_folder else f"{stem}.{self.kind}"


OFFERS = (
    Offer(
        kind=ExportFormat.XLSX,
        title=N_("Workbook (Excel)"),
        purpose=N_("To look at the week in a spreadsheet, filter it and count in it."),
        readers=_INTERNAL,
        result=N_("One XLSX file: the week as a grid, and its shifts, duties, gaps and hours."),
        stem="{week}",
        symbol="grid-3x3",
    ),
    Offer(
        kind=ExportFormat.ICS,
        title=N_("Calendars"),
        purpose=N_(
            "For each person and each school, to be subscribed to from a shared folder. Calendars "
            "show a change hours late: tell those concerned of a change on the same day."
        ),
        readers=N_(
            "Each file is for its owner alone. A school’s has its own times and no officers’ names."
        ),
        result=N_("A file for each in the folders “staff” and “schools”; published weeks only."),
        stem=N_("calendars"),
        symbol="calendar",
    ),
    Offer(
        kind=ExportFormat.CSV,
        title=N_("Tables (CSV)"),
        purpose=N_("For payroll, statistics and other programs that read tables."),
        readers=_INTERNAL,
        result=N_("A CSV file for each table of the week, in a folder."),
        stem=N_("tables {week}"),
        symbol="list",
    ),
    Offer(
        kind=ExportFormat.JSON,
        title=N_("Data for programs (JSON)"),
        purpose=N_("For those who build something on the week; the format has a schema."),
        readers=_INTERNAL,
        result=N_("One JSON file with shifts, duties, assignments and gaps."),
        stem="{week}",
        symbol="download",
    ),
    Offer(
        kind=ExportFormat.GEOJSON,
        is_whole=True,
        title=N_("Places on a map (GeoJSON)"),
        purpose=N_("To show schools and selected places in a map program such as QGIS."),
        readers=N_(
            "The file of schools may go to the schools; the file of selected places must not: it "
            "is for planners and police only."
        ),
        result=N_("Two files in a folder: schools.geojson and hotspots.geojson."),
        stem=N_("places"),
        symbol="map-pin",
    ),
    Offer(
        kind=ExportFormat.XLSX,
        is_whole=True,
        title=N_("Everything as a workbook"),
        purpose=N_("To change many records at once in a spreadsheet and import them again."),
        readers=N_("As few as the plan itself: all that an import can bring is in it."),
        result=N_(
            "One XLSX file with a sheet for each kind of data, all shifts, and what was promised, "
            "planned and reported. Not in it: who does which duty, notes, and what is published."
        ),
        stem=N_("plan"),
        symbol="save",
    ),
    Offer(
        kind=ExportFormat.CSV,
        is_whole=True,
        title=N_("Everything as tables (CSV)"),
        purpose=N_("To move the records to another plan or another program."),
        readers=N_("As few as the plan itself: all that an import can bring is in it."),
        result=N_(
            "A CSV file for each kind of data, in a folder, with what was promised, planned and "
            "reported. Not in them: who does which duty, notes, and what is published."
        ),
        stem=N_("plan"),
        symbol="list",
    ),
)
"""In the order of how often they are asked for."""
