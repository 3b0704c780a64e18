"""Tables on their way out: the same ones become CSV files and sheets of a workbook."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of values under headings.

    Parameters
    ----------
    name
        Of the file, without ending, or of the sheet.
    rows
        Values as records hold them: texts, numbers, dates, local times of day, instants, lengths
        of time, yes and no; nothing for an empty cell.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
