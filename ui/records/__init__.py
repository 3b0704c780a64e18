"""The plan's data: every record listed, searched and edited in forms made of one table."""

from ui.records.page import RecordsPage

__all__ = ["RecordsPage"]
