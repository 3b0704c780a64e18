"""Tables of rule books, shift types and people."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Integer,
    String,
    Table,
    Time,
    UniqueConstraint,
)

from planner.domain.rules import RuleKey
from planner.domain.staff import ShiftSource, TravelMode, WishKind
from planner.store.tables.base import UtcDateTime, choice, metadata, names, own_id, text

employers = Table("employers", metadata, own_id(), text("name"), text("service_phone"))

skills = Table("skills", metadata, own_id(), text("name"))

rule_books = Table(
    "rule_books",
    metadata,
    own_id(),
    text("name"),
    text("confirmed_by"),
    Column("confirmed_day", Date),
)

rules = Table(
    "rules",
    metadata,
    names("rule_book", "rule_books", primary_key=True),
    Column("key", choice(RuleKey), primary_key=True),
    Column("first_day", Date, primary_key=True),
    Column("value", Integer, nullable=False),
    text("source"),
    CheckConstraint("value >= 0", "value"),
)

credited_hours = Table(
    "credited_hours",
    metadata,
    names("rule_book", "rule_books", primary_key=True),
    Column("weekday", Integer, primary_key=True, autoincrement=False),
    Column("start", Time, primary_key=True),
    Column("end", Time, nullable=False),
    Column("credited_min", Integer, nullable=False),
    CheckConstraint("weekday BETWEEN 1 AND 7", "weekday"),
    CheckConstraint("credited_min >= 0", "credited_min"),
)

shift_types = Table(
    "shift_types",
    metadata,
    own_id(),
    Column("code", String(4), nullable=False),
    text("name"),
    names("employer", "employers"),
    Column("weekdays", String(7), nullable=False),
    Column("break_min", Integer, nullable=False),
    Column("muster_min", Integer, nullable=False),
    Column("report_min", Integer, nullable=False),
    CheckConstraint("break_min >= 0 AND muster_min >= 0 AND report_min >= 0", "minutes"),
)

shift_parts = Table(
    "shift_parts",
    metadata,
    names("shift_type", "shift_types", primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
)

squads = Table("squads", metadata, own_id(), text("name"), names("employer", "employers"))

staff = Table(
    "staff",
    metadata,
    own_id(),
    text("name"),
    text("display_name"),
    names("employer", "employers"),
    names("squad", "squads", nullable=True),
    text("service_phone"),
    text("email", server_default=""),
    Column("travel_mode", choice(TravelMode), nullable=False),
)

staff_skills = Table(
    "staff_skills",
    metadata,
    Column("row_id", Integer, primary_key=True),
    names("staff", "staff"),
    names("skill", "skills"),
    Column("first_day", Date),
    Column("last_day", Date),
    UniqueConstraint("staff", "skill", "first_day"),
    CheckConstraint("last_day >= first_day", "days"),
)

contracts = Table(
    "contracts",
    metadata,
    names("staff", "staff", primary_key=True),
    Column("first_day", Date, primary_key=True),
    Column("last_day", Date),
    names("rule_book", "rule_books"),
    Column("rate_percent", Integer, nullable=False),
    Column("shift_source", choice(ShiftSource), nullable=False),
    Column("free_weekdays", String(7), nullable=False),
    CheckConstraint("last_day >= first_day", "days"),
    CheckConstraint("rate_percent BETWEEN 1 AND 100", "rate_percent"),
)

absences = Table(
    "absences",
    metadata,
    own_id(),
    names("staff", "staff"),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    CheckConstraint('"end" > start', "span"),
)

bound_times = Table(
    "bound_times",
    metadata,
    own_id(),
    names("staff", "staff"),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    text("title"),
    CheckConstraint('"end" > start', "span"),
)

standbys = Table(
    "standbys",
    metadata,
    own_id(),
    names("staff", "staff"),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    CheckConstraint('"end" > start', "span"),
)

unavailabilities = Table(
    "unavailabilities",
    metadata,
    own_id(),
    names("staff", "staff"),
    Column("weekday", Integer, nullable=False),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    CheckConstraint("weekday BETWEEN 1 AND 7", "weekday"),
    CheckConstraint("last_day >= first_day", "days"),
)

wishes = Table(
    "wishes",
    metadata,
    own_id(),
    names("staff", "staff"),
    Column("day", Date, nullable=False),
    Column("kind", choice(WishKind), nullable=False),
    names("shift_type", "shift_types", nullable=True),
    Column("strength", Integer, nullable=False),
    Column("is_veto", Boolean, nullable=False),
    CheckConstraint("strength BETWEEN 1 AND 3", "strength"),
)

opening_balances = Table(
    "opening_balances",
    metadata,
    names("staff", "staff", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("balance_min", Integer, nullable=False),
    Column("n_evenings", Integer, nullable=False),
    Column("n_nights", Integer, nullable=False),
    Column("n_weekends", Integer, nullable=False),
    CheckConstraint("n_evenings >= 0 AND n_nights >= 0 AND n_weekends >= 0", "counts"),
)

base_rosters = Table(
    "base_rosters",
    metadata,
    own_id(),
    text("name"),
    Column("n_weeks", Integer, nullable=False),
    Column("first_monday", Date, nullable=False),
    CheckConstraint("n_weeks >= 1", "n_weeks"),
)

base_roster_shifts = Table(
    "base_roster_shifts",
    metadata,
    names("base_roster", "base_rosters", primary_key=True),
    Column("week", Integer, primary_key=True, autoincrement=False),
    Column("weekday", Integer, primary_key=True, autoincrement=False),
    names("shift_type", "shift_types", primary_key=True),
    CheckConstraint("week >= 1", "week"),
    CheckConstraint("weekday BETWEEN 1 AND 7", "weekday"),
)

base_roster_members = Table(
    "base_roster_members",
    metadata,
    Column("row_id", Integer, primary_key=True),
    names("base_roster", "base_rosters"),
    names("staff", "staff"),
    Column("offset_weeks", Integer, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    UniqueConstraint("base_roster", "staff", "first_day"),
    CheckConstraint("last_day >= first_day", "days"),
)

staffing_needs = Table(
    "staffing_needs",
    metadata,
    own_id(),
    names("skill", "skills"),
    Column("weekday", Integer, nullable=False),
    Column("start", Time, nullable=False),
    Column("end", Time, nullable=False),
    Column("minimum", Integer, nullable=False),
    Column("needed", Integer, nullable=False),
    CheckConstraint("weekday BETWEEN 1 AND 7", "weekday"),
    CheckConstraint("minimum >= 0 AND needed >= minimum", "heads"),
)
