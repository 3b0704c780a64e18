"""Tables of rosters, publications, the journal and the settings."""

from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from planner.domain.calls import CallState, SwapDecision
from planner.domain.staff import ShiftSource
from planner.domain.weeks import IsoWeek
from planner.store.tables.base import (
    Document,
    UtcDateTime,
    Week,
    choice,
    metadata,
    names,
    own_id,
    text,
)


class SpanKind(StrEnum):
    """What a stretch of a shift is."""

    PART = "part"
    BREAK = "break"


def _week() -> Column[IsoWeek]:
    return Column("week", Week, nullable=False, index=True)


settings = Table(
    "settings",
    metadata,
    Column("key", String(40), primary_key=True),
    text("value"),
)

shifts = Table(
    "shifts",
    metadata,
    own_id(),
    names("staff", "staff"),
    Column("day", Date, nullable=False, index=True),
    names("shift_type", "shift_types", nullable=True),
    Column("source", choice(ShiftSource), nullable=False),
    Column("is_locked", Boolean, nullable=False),
    Column("crew", String(200)),
)

shift_spans = Table(
    "shift_spans",
    metadata,
    names("shift", "shifts", primary_key=True),
    Column("kind", choice(SpanKind), primary_key=True),
    Column("start", UtcDateTime, primary_key=True),
    Column("end", UtcDateTime, nullable=False),
    CheckConstraint('"end" > start', "span"),
)
Index("ix_shift_spans_time", shift_spans.c.start, shift_spans.c.end)

drafts = Table(
    "drafts",
    metadata,
    Column("week", Week, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("generated_at", UtcDateTime),
    Column("levels", Text, nullable=False),
    Column("gaps", Text, nullable=False),
    CheckConstraint("revision >= 1", "revision"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("duty", String(200), primary_key=True),
    names("staff", "staff", primary_key=True),
    Column("start", UtcDateTime, primary_key=True),
    Column("end", UtcDateTime, nullable=False),
    Column("is_locked", Boolean, nullable=False),
    _week(),
    CheckConstraint('"end" > start', "span"),
)

publications = Table(
    "publications",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _week(),
    Column("published_at", UtcDateTime, nullable=False),
    text("published_by"),
    Column("snapshot", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("replaces", Integer),
    CheckConstraint("number >= 1", "number"),
)

sheet_versions = Table(
    "sheet_versions",
    metadata,
    Column("publication", Integer, primary_key=True, autoincrement=False),
    # No reference: what was published outlives the school.
    Column("school", String(200), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("replaces", Integer),
    Column("sha256", String(64), nullable=False),
    CheckConstraint("version >= 1", "version"),
)

window_decisions = Table(
    "window_decisions",
    metadata,
    Column("duty", String(200), primary_key=True),
    _week(),
    Column("decision", String(20), nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    CheckConstraint("decision IN ('own-staff', 'cancelled')", "decision"),
)

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    text("actor"),
    text("command"),
    Column("touched", Document, nullable=False),
    Column("undoes", Integer),
    sqlite_autoincrement=True,  # a number is never given twice
)

changes = Table(
    "changes",
    metadata,
    Column("entry", Integer, ForeignKey("journal.number"), primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    text("set_name"),
    Column("before", Text),
    Column("after", Text),
)

overrides = Table(
    "overrides",
    metadata,
    own_id(),
    _week(),
    text("rule"),
    names("staff", "staff", nullable=True),
    Column("start", UtcDateTime),
    text("values"),
    text("reason"),
    text("author"),
    Column("at", UtcDateTime, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    own_id(),
    _week(),
    Column("day", Date, nullable=False),
    # No reference: a shift that is moved is another one for a moment.
    Column("shift", String(200)),
    text("text"),
    text("author"),
    Column("at", UtcDateTime, nullable=False),
)

call_entries = Table(
    "call_entries",
    metadata,
    own_id(),
    _week(),
    Column("position", Integer, nullable=False),
    # No reference: that somebody was asked outlives the person.
    Column("staff", String(200), nullable=False),
    Column("changes", Text, nullable=False),
    Column("state", choice(CallState), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    text("by"),
    CheckConstraint("position >= 1", "position"),
)

swap_requests = Table(
    "swap_requests",
    metadata,
    own_id(),
    _week(),
    # No references: what was swapped is no more what it was.
    Column("one", String(200), nullable=False),
    Column("other", String(200), nullable=False),
    Column("shift", String(200)),
    Column("other_shift", String(200)),
    Column("duty", String(200)),
    Column("other_duty", String(200)),
    Column("asked_by", String(200), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("one_agreed_at", UtcDateTime),
    Column("other_agreed_at", UtcDateTime),
    Column("decision", choice(SwapDecision)),
    text("decided_by"),
    Column("decided_at", UtcDateTime),
    text("reason"),
)
