"""Addresses, what was sent to whom, and how foreign grids are read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    for table in ("staff", "schools"):
        op.add_column(table, sa.Column("email", sa.String(), server_default="", nullable=False))
    op.create_table(
        "dispatches",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("recipientkind", "school", "staff"), nullable=False),
        sa.Column("recipient", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("channel", _choice("channel", "file", "smtp"), nullable=False),
        sa.Column("state", _choice("dispatchstate", "sending", "sent", "refused"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatches")),
    )
    op.create_index(op.f("ix_dispatches_week"), "dispatches", ["week"])
    op.create_table(
        "grid_mappings",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_grid_mappings")),
    )
