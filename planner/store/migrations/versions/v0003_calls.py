"""Who is asked before being planned otherwise, and swaps that people ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "call_entries",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column(
            "state",
            _choice("callstate", "to-call", "asked", "accepted", "declined"),
            nullable=False,
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_call_entries_position")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_entries")),
    )
    op.create_index(op.f("ix_call_entries_week"), "call_entries", ["week"])
    op.create_table(
        "swap_requests",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("one", sa.String(length=200), nullable=False),
        sa.Column("other", sa.String(length=200), nullable=False),
        sa.Column("shift", sa.String(length=200), nullable=True),
        sa.Column("other_shift", sa.String(length=200), nullable=True),
        sa.Column("duty", sa.String(length=200), nullable=True),
        sa.Column("other_duty", sa.String(length=200), nullable=True),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("one_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("other_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", _choice("swapdecision", "approved", "rejected"), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_requests")),
    )
    op.create_index(op.f("ix_swap_requests_week"), "swap_requests", ["week"])
