"""Promises, what was planned and delivered of them, incidents and scenarios."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _id(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.String(length=200), nullable=False)


def _week() -> sa.Column[str]:
    return sa.Column("week", sa.String(length=8), nullable=False)


def _reference(table: str, column: str, named: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{named}.id"],
        name=op.f(f"fk_{table}_{column}"),
        deferrable=True,
        initially="DEFERRED",
    )


def upgrade() -> None:
    _promises()
    _follow_up()
    _incidents()
    op.create_table(
        "scenarios",
        _id(),
        _text("name"),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenarios")),
    )


def _promises() -> None:
    kinds = ("contact_persons", "presence", "walks", "sessions")
    op.create_table(
        "promises",
        _id(),
        *map(_text, ("name", "city", "city_signatory", "police", "police_signatory")),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("report_by", sa.Date(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_promises_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_table(
        "measures",
        _id(),
        _id("promise"),
        sa.Column("kind", _choice("measurekind", *kinds), nullable=False),
        _text("name"),
        sa.Column("party", _choice("party", "city", "police", "both"), nullable=False),
        _id("place"),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.CheckConstraint("target >= 1", name=op.f("ck_measures_target")),
        _reference("measures", "promise", "promises"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
    )
    op.create_index(op.f("ix_measures_promise"), "measures", ["promise"])
    op.create_table(
        "walk_actions",
        _id(),
        _id("walk"),
        _text("text"),
        _text("responsible"),
        sa.Column("due_day", sa.Date(), nullable=True),
        sa.Column("done_day", sa.Date(), nullable=True),
        _reference("walk_actions", "walk", "safety_walks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_actions")),
    )
    op.create_index(op.f("ix_walk_actions_walk"), "walk_actions", ["walk"])
    op.create_table(
        "outcome_counts",
        sa.Column("month", sa.Date(), nullable=False),
        _id("kind"),
        _id("area"),
        sa.Column("n", sa.Integer(), nullable=False),
        _text("source"),
        sa.CheckConstraint("n >= 0", name=op.f("ck_outcome_counts_n")),
        sa.PrimaryKeyConstraint("month", "kind", "area", name=op.f("pk_outcome_counts")),
    )


def _follow_up() -> None:
    op.create_table(
        "promised_duties",
        _id("measure"),
        _id("duty"),
        _week(),
        sa.Column("day", sa.Date(), nullable=False),
        _id("place"),
        _text("title"),
        sa.PrimaryKeyConstraint("measure", "duty", name=op.f("pk_promised_duties")),
    )
    op.create_table(
        "promise_revisions",
        _id(),
        _id("promise"),
        sa.Column("at", _AT, nullable=False),
        _text("by"),
        sa.Column("first_day", sa.Date(), nullable=False),
        _text("reason"),
        sa.Column("n_before", sa.Integer(), nullable=False),
        sa.Column("n_after", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_revisions")),
    )
    duties = ("school", "presence", "visit", "walk", "session")
    covered = ("roster", "own-staff", "cancelled", "nobody")
    op.create_table(
        "planned_duties",
        _id("duty"),
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        _week(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", _choice("dutykind", *duties), nullable=False),
        _id("place"),
        _text("title"),
        sa.Column("moment", _choice("moment", "before", "after"), nullable=True),
        sa.Column("start", _AT, nullable=False),
        sa.Column("end", _AT, nullable=False),
        sa.Column("n_heads", sa.Integer(), nullable=False),
        sa.Column("n_planned", sa.Integer(), nullable=False),
        sa.Column("covered_by", _choice("coveredby", *covered), nullable=False),
        sa.PrimaryKeyConstraint("duty", name=op.f("pk_planned_duties")),
    )
    reasons = ("emergency", "absence", "weather", "closed", "nobody", "other")
    op.create_table(
        "deliveries",
        _id("duty"),
        _week(),
        sa.Column("state", _choice("deliverystate", "done", "not_done"), nullable=False),
        sa.Column("reason", _choice("notdonereason", *reasons), nullable=True),
        sa.Column("at", _AT, nullable=False),
        _text("by"),
        sa.PrimaryKeyConstraint("duty", name=op.f("pk_deliveries")),
    )
    for table in ("promised_duties", "planned_duties", "deliveries"):
        op.create_index(op.f(f"ix_{table}_week"), table, ["week"])


def _incidents() -> None:
    op.create_table(
        "incidents",
        _id(),
        sa.Column("at", _AT, nullable=False),
        _text("kind"),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        _text("place"),
        _text("source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(op.f("ix_incidents_at"), "incidents", ["at"])
    op.create_table(
        "declined_windows",
        _id(),
        sa.Column("latitude", sa.Float(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("declined_at", _AT, nullable=False),
        _text("reason"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declined_windows")),
    )
