"""Tables of what left the program, and of how foreign files are read."""

from sqlalchemy import Column, Integer, String, Table, Text

from planner.domain.distribution import Channel, DispatchState, RecipientKind
from planner.store.tables.base import UtcDateTime, Week, choice, metadata, own_id, text

dispatches = Table(
    "dispatches",
    metadata,
    own_id(),
    Column("week", Week, nullable=False, index=True),
    Column("publication", Integer, nullable=False),
    Column("kind", choice(RecipientKind), nullable=False),
    # No reference: what was sent outlives whoever got it.
    Column("recipient", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    text("address"),
    Column("channel", choice(Channel), nullable=False),
    Column("state", choice(DispatchState), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
    text("reason"),
    Column("answered_at", UtcDateTime),
)

grid_mappings = Table(
    "grid_mappings",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("document", Text, nullable=False),
)
