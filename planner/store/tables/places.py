"""Tables of sites, schools, hotspots and events."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    Integer,
    String,
    Table,
    Time,
)

from planner.domain.places import MeetingKind, PresenceKind
from planner.domain.schools import ContactRole, DayKind, PeriodKind, Staffing, WindowsPer
from planner.store.tables.base import UtcDateTime, choice, metadata, names, own_id, text

sites = Table(
    "sites",
    metadata,
    own_id(),
    text("name"),
    text("address"),
    Column("latitude", Float),
    Column("longitude", Float),
    CheckConstraint("latitude BETWEEN -90 AND 90", "latitude"),
    CheckConstraint("longitude BETWEEN -180 AND 180", "longitude"),
)

travel_times = Table(
    "travel_times",
    metadata,
    names("from_site", "sites", primary_key=True),
    names("to_site", "sites", primary_key=True),
    Column("mode", String(20), primary_key=True),
    Column("minutes", Integer, nullable=False),
    CheckConstraint("minutes >= 0", "minutes"),
)

schools = Table(
    "schools",
    metadata,
    own_id(),
    text("name"),
    names("site", "sites"),
    text("grades"),
    Column("staffing", choice(Staffing), nullable=False),
    Column("windows_per", choice(WindowsPer), nullable=False),
    Column("before_min", Integer, nullable=False),
    Column("after_min", Integer, nullable=False),
    Column("n_contacts", Integer, nullable=False),
    names("skill", "skills", nullable=True),
    Column("priority", Integer, nullable=False),
    text("meeting_place"),
    text("phone"),
    text("email", server_default=""),
    Column("certainty", String(1), nullable=False),
    CheckConstraint("before_min >= 0 AND after_min >= 0", "minutes"),
    CheckConstraint("n_contacts >= 1", "n_contacts"),
    CheckConstraint("priority BETWEEN 1 AND 3", "priority"),
)

bell_times = Table(
    "bell_times",
    metadata,
    names("school", "schools", primary_key=True),
    Column("weekday", Integer, primary_key=True, autoincrement=False),
    Column("grade_group", String, primary_key=True),
    Column("first_bell", Time, nullable=False),
    Column("last_bell", Time, nullable=False),
    names("site", "sites", nullable=True),
    text("meeting_place"),
    CheckConstraint("weekday BETWEEN 1 AND 7", "weekday"),
    CheckConstraint("last_bell > first_bell", "bells"),
)

school_periods = Table(
    "school_periods",
    metadata,
    own_id(),
    Column("kind", choice(PeriodKind), nullable=False),
    text("name"),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    CheckConstraint("last_day >= first_day", "days"),
)

changed_days = Table(
    "changed_days",
    metadata,
    own_id(),
    Column("day", Date, nullable=False),
    Column("kind", choice(DayKind), nullable=False),
    names("school", "schools", nullable=True),
    Column("last_bell", Time),
    text("meeting_place"),
    text("note"),
    CheckConstraint("kind <> 'half_day' OR last_bell IS NOT NULL", "half_day"),
)

school_contacts = Table(
    "school_contacts",
    metadata,
    names("school", "schools", primary_key=True),
    names("staff", "staff", primary_key=True),
    Column("role", choice(ContactRole), nullable=False),
)

hotspots = Table(
    "hotspots",
    metadata,
    own_id(),
    text("name"),
    names("site", "sites"),
    Column("priority", Integer, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    CheckConstraint("priority BETWEEN 1 AND 3", "priority"),
    CheckConstraint("last_day >= first_day", "days"),
)

presence_windows = Table(
    "presence_windows",
    metadata,
    own_id(),
    names("hotspot", "hotspots"),
    Column("weekday", Integer, nullable=False),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
    Column("kind", choice(PresenceKind), nullable=False),
    Column("n_visits", Integer, nullable=False),
    Column("visit_min_min", Integer, nullable=False),
    Column("visit_max_min", Integer, nullable=False),
    Column("stay_min", Integer, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    CheckConstraint("weekday BETWEEN 1 AND 7", "weekday"),
    CheckConstraint("kind <> 'dosage' OR n_visits >= 1", "n_visits"),
    CheckConstraint("visit_min_min >= 1 AND visit_max_min >= visit_min_min", "visit"),
    CheckConstraint("last_day >= first_day", "days"),
)

safety_walks = Table(
    "safety_walks",
    metadata,
    own_id(),
    text("name"),
    names("site", "sites"),
    names("school", "schools", nullable=True),
    Column("priority", Integer, nullable=False),
    CheckConstraint("priority BETWEEN 1 AND 3", "priority"),
)

walk_meetings = Table(
    "walk_meetings",
    metadata,
    names("walk", "safety_walks", primary_key=True),
    Column("kind", choice(MeetingKind), primary_key=True),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    Column("n_crews", Integer, nullable=False),
    Column("n_contacts", Integer, nullable=False),
    CheckConstraint('"end" > start', "span"),
    CheckConstraint("n_crews >= 0 AND n_contacts >= 0", "heads"),
)

information_sessions = Table(
    "information_sessions",
    metadata,
    own_id(),
    text("name"),
    names("site", "sites"),
    Column("day", Date, nullable=False),
    Column("earliest_start", Time, nullable=False),
    Column("latest_start", Time, nullable=False),
    Column("duration_min", Integer, nullable=False),
    names("skill", "skills"),
    Column("is_crew", Boolean, nullable=False),
    names("school", "schools", nullable=True),
    Column("priority", Integer, nullable=False),
    CheckConstraint("latest_start >= earliest_start", "starts"),
    CheckConstraint("duration_min >= 1", "duration_min"),
    CheckConstraint("priority BETWEEN 1 AND 3", "priority"),
)
