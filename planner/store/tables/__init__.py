"""The tables of a plan; a record set's table has the set's name."""

from planner.store.tables import handed_out, people, places, promises, rosters
from planner.store.tables.base import metadata

__all__ = ["handed_out", "metadata", "people", "places", "promises", "rosters"]
