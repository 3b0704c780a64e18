"""Tables of promises, of what was planned and delivered of them, and of what was reported since."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
)

from planner.domain.duties import DutyKind, Moment
from planner.domain.promises import CoveredBy, DeliveryState, MeasureKind, NotDoneReason, Party
from planner.store.tables.base import UtcDateTime, Week, choice, metadata, names, own_id, text

promises = Table(
    "promises",
    metadata,
    own_id(),
    text("name"),
    text("city"),
    text("city_signatory"),
    text("police"),
    text("police_signatory"),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("signed_on", Date),
    Column("report_by", Date),
    CheckConstraint("last_day >= first_day", "days"),
)

measures = Table(
    "measures",
    metadata,
    own_id(),
    names("promise", "promises"),
    Column("kind", choice(MeasureKind), nullable=False),
    text("name"),
    Column("party", choice(Party), nullable=False),
    # No reference: it is a school's or a hotspot's, by the measure's kind.
    Column("place", String(200), nullable=False),
    Column("target", Integer, nullable=False),
    CheckConstraint("target >= 1", "target"),
)

walk_actions = Table(
    "walk_actions",
    metadata,
    own_id(),
    names("walk", "safety_walks"),
    text("text"),
    text("responsible"),
    Column("due_day", Date),
    Column("done_day", Date),
)

outcome_counts = Table(
    "outcome_counts",
    metadata,
    Column("month", Date, primary_key=True),
    Column("kind", String(200), primary_key=True),
    Column("area", String(200), primary_key=True),
    Column("n", Integer, nullable=False),
    text("source"),
    CheckConstraint("n >= 0", "n"),
)

promised_duties = Table(
    "promised_duties",
    metadata,
    # No references: what was promised outlives measure, place and window.
    Column("measure", String(200), primary_key=True),
    Column("duty", String(200), primary_key=True),
    Column("week", Week, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("place", String(200), nullable=False),
    text("title"),
)

promise_revisions = Table(
    "promise_revisions",
    metadata,
    own_id(),
    Column("promise", String(200), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
    Column("first_day", Date, nullable=False),
    text("reason"),
    Column("n_before", Integer, nullable=False),
    Column("n_after", Integer, nullable=False),
)

planned_duties = Table(
    "planned_duties",
    metadata,
    Column("duty", String(200), primary_key=True),
    Column("publication", Integer, nullable=False),
    Column("is_first", Boolean, nullable=False),
    Column("week", Week, nullable=False, index=True),
    Column("day", Date, nullable=False),
    Column("kind", choice(DutyKind), nullable=False),
    Column("place", String(200), nullable=False),
    text("title"),
    Column("moment", choice(Moment)),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    Column("n_heads", Integer, nullable=False),
    Column("n_planned", Integer, nullable=False),
    Column("covered_by", choice(CoveredBy), nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("duty", String(200), primary_key=True),
    Column("week", Week, nullable=False, index=True),
    Column("state", choice(DeliveryState), nullable=False),
    Column("reason", choice(NotDoneReason)),
    Column("at", UtcDateTime, nullable=False),
    text("by"),
)

incidents = Table(
    "incidents",
    metadata,
    own_id(),
    Column("at", UtcDateTime, nullable=False),
    text("kind"),
    Column("latitude", Float),
    Column("longitude", Float),
    text("place"),
    text("source"),
)
Index("ix_incidents_at", incidents.c.at)

declined_windows = Table(
    "declined_windows",
    metadata,
    own_id(),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
    Column("declined_at", UtcDateTime, nullable=False),
    text("reason"),
)

scenarios = Table(
    "scenarios",
    metadata,
    own_id(),
    text("name"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("document", Text, nullable=False),
)
