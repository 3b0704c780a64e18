"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _reference(table: str, column: str, named: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{named}.id"],
        name=op.f(f"fk_{table}_{column}"),
        initially="DEFERRED",
        deferrable=True,
    )


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "base_rosters",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("n_weeks", sa.Integer(), nullable=False),
        sa.Column("first_monday", sa.Date(), nullable=False),
        sa.CheckConstraint("n_weeks >= 1", name=op.f("ck_base_rosters_n_weeks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_rosters")),
    )
    op.create_table(
        "drafts",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("generated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("gaps", sa.Text(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_drafts_revision")),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_drafts")),
    )
    op.create_table(
        "employers",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("service_phone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employers")),
    )
    op.create_table(
        "journal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("touched", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "publications",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_publications_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_week"), "publications", ["week"])
    op.create_table(
        "rule_books",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("confirmed_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_books")),
    )
    op.create_table(
        "school_periods",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("kind", _choice("periodkind", "term", "break"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_school_periods_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_periods")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "sheet_versions",
        sa.Column("publication", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("school", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_sheet_versions_version")),
        sa.PrimaryKeyConstraint("publication", "school", name=op.f("pk_sheet_versions")),
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.CheckConstraint("latitude BETWEEN -90 AND 90", name=op.f("ck_sites_latitude")),
        sa.CheckConstraint("longitude BETWEEN -180 AND 180", name=op.f("ck_sites_longitude")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
    )
    op.create_table(
        "skills",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skills")),
    )
    op.create_table(
        "window_decisions",
        sa.Column("duty", sa.String(length=200), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "decision IN ('own-staff', 'cancelled')", name=op.f("ck_window_decisions_decision")
        ),
        sa.PrimaryKeyConstraint("duty", name=op.f("pk_window_decisions")),
    )
    op.create_index(op.f("ix_window_decisions_week"), "window_decisions", ["week"])
    op.create_table(
        "credited_hours",
        sa.Column("rule_book", sa.String(length=200), nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("credited_min", sa.Integer(), nullable=False),
        sa.CheckConstraint("credited_min >= 0", name=op.f("ck_credited_hours_credited_min")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_credited_hours_weekday")),
        _reference("credited_hours", "rule_book", "rule_books"),
        sa.PrimaryKeyConstraint("rule_book", "weekday", "start", name=op.f("pk_credited_hours")),
    )
    op.create_table(
        "hotspots",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_hotspots_days")),
        sa.CheckConstraint("priority BETWEEN 1 AND 3", name=op.f("ck_hotspots_priority")),
        _reference("hotspots", "site", "sites"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotspots")),
    )
    op.create_index(op.f("ix_hotspots_site"), "hotspots", ["site"])
    op.create_table(
        "rules",
        sa.Column("rule_book", sa.String(length=200), nullable=False),
        sa.Column(
            "key",
            _choice(
                "rulekey",
                "full_time_week_min",
                "max_week_min",
                "shifts_per_day",
                "daily_rest_min",
                "day_anchor_min",
                "weekly_rest_min",
                "rest_between_min",
                "short_rest_min",
                "consecutive_days",
                "continuous_work_min",
                "notice_days",
            ),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_rules_value")),
        _reference("rules", "rule_book", "rule_books"),
        sa.PrimaryKeyConstraint("rule_book", "key", "first_day", name=op.f("pk_rules")),
    )
    op.create_table(
        "schools",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("grades", sa.String(), nullable=False),
        sa.Column("staffing", _choice("staffing", "pool", "own"), nullable=False),
        sa.Column("windows_per", _choice("windowsper", "school", "grade_group"), nullable=False),
        sa.Column("before_min", sa.Integer(), nullable=False),
        sa.Column("after_min", sa.Integer(), nullable=False),
        sa.Column("n_contacts", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=200), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("meeting_place", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("certainty", sa.String(length=1), nullable=False),
        sa.CheckConstraint("before_min >= 0 AND after_min >= 0", name=op.f("ck_schools_minutes")),
        sa.CheckConstraint("n_contacts >= 1", name=op.f("ck_schools_n_contacts")),
        sa.CheckConstraint("priority BETWEEN 1 AND 3", name=op.f("ck_schools_priority")),
        _reference("schools", "site", "sites"),
        _reference("schools", "skill", "skills"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
    )
    op.create_index(op.f("ix_schools_site"), "schools", ["site"])
    op.create_index(op.f("ix_schools_skill"), "schools", ["skill"])
    op.create_table(
        "shift_types",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column("break_min", sa.Integer(), nullable=False),
        sa.Column("muster_min", sa.Integer(), nullable=False),
        sa.Column("report_min", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "break_min >= 0 AND muster_min >= 0 AND report_min >= 0",
            name=op.f("ck_shift_types_minutes"),
        ),
        _reference("shift_types", "employer", "employers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_types")),
    )
    op.create_index(op.f("ix_shift_types_employer"), "shift_types", ["employer"])
    op.create_table(
        "squads",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=False),
        _reference("squads", "employer", "employers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_squads")),
    )
    op.create_index(op.f("ix_squads_employer"), "squads", ["employer"])
    op.create_table(
        "staffing_needs",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("skill", sa.String(length=200), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minimum >= 0 AND needed >= minimum", name=op.f("ck_staffing_needs_heads")
        ),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_staffing_needs_weekday")),
        _reference("staffing_needs", "skill", "skills"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staffing_needs")),
    )
    op.create_index(op.f("ix_staffing_needs_skill"), "staffing_needs", ["skill"])
    op.create_table(
        "travel_times",
        sa.Column("from_site", sa.String(length=200), nullable=False),
        sa.Column("to_site", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_travel_times_minutes")),
        _reference("travel_times", "from_site", "sites"),
        _reference("travel_times", "to_site", "sites"),
        sa.PrimaryKeyConstraint("from_site", "to_site", "mode", name=op.f("pk_travel_times")),
    )
    op.create_table(
        "base_roster_shifts",
        sa.Column("base_roster", sa.String(length=200), nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("shift_type", sa.String(length=200), nullable=False),
        sa.CheckConstraint("week >= 1", name=op.f("ck_base_roster_shifts_week")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_base_roster_shifts_weekday")),
        _reference("base_roster_shifts", "base_roster", "base_rosters"),
        _reference("base_roster_shifts", "shift_type", "shift_types"),
        sa.PrimaryKeyConstraint(
            "base_roster", "week", "weekday", "shift_type", name=op.f("pk_base_roster_shifts")
        ),
    )
    op.create_table(
        "bell_times",
        sa.Column("school", sa.String(length=200), nullable=False),
        sa.Column("weekday", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("grade_group", sa.String(), nullable=False),
        sa.Column("first_bell", sa.Time(), nullable=False),
        sa.Column("last_bell", sa.Time(), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=True),
        sa.Column("meeting_place", sa.String(), nullable=False),
        sa.CheckConstraint("last_bell > first_bell", name=op.f("ck_bell_times_bells")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_bell_times_weekday")),
        _reference("bell_times", "school", "schools"),
        _reference("bell_times", "site", "sites"),
        sa.PrimaryKeyConstraint("school", "weekday", "grade_group", name=op.f("pk_bell_times")),
    )
    op.create_index(op.f("ix_bell_times_site"), "bell_times", ["site"])
    op.create_table(
        "changed_days",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind", _choice("daykind", "study_day", "half_day", "outing", "closed"), nullable=False
        ),
        sa.Column("school", sa.String(length=200), nullable=True),
        sa.Column("last_bell", sa.Time(), nullable=True),
        sa.Column("meeting_place", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'half_day' OR last_bell IS NOT NULL", name=op.f("ck_changed_days_half_day")
        ),
        _reference("changed_days", "school", "schools"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changed_days")),
    )
    op.create_index(op.f("ix_changed_days_school"), "changed_days", ["school"])
    op.create_table(
        "information_sessions",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("earliest_start", sa.Time(), nullable=False),
        sa.Column("latest_start", sa.Time(), nullable=False),
        sa.Column("duration_min", sa.Integer(), nullable=False),
        sa.Column("skill", sa.String(length=200), nullable=False),
        sa.Column("is_crew", sa.Boolean(), nullable=False),
        sa.Column("school", sa.String(length=200), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.CheckConstraint("duration_min >= 1", name=op.f("ck_information_sessions_duration_min")),
        sa.CheckConstraint(
            "latest_start >= earliest_start", name=op.f("ck_information_sessions_starts")
        ),
        sa.CheckConstraint(
            "priority BETWEEN 1 AND 3", name=op.f("ck_information_sessions_priority")
        ),
        _reference("information_sessions", "school", "schools"),
        _reference("information_sessions", "site", "sites"),
        _reference("information_sessions", "skill", "skills"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_sessions")),
    )
    op.create_index(
        op.f("ix_information_sessions_school"), "information_sessions", ["school"], unique=False
    )
    op.create_index(
        op.f("ix_information_sessions_site"), "information_sessions", ["site"], unique=False
    )
    op.create_index(
        op.f("ix_information_sessions_skill"), "information_sessions", ["skill"], unique=False
    )
    op.create_table(
        "presence_windows",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("hotspot", sa.String(length=200), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("kind", _choice("presencekind", "continuous", "dosage"), nullable=False),
        sa.Column("n_visits", sa.Integer(), nullable=False),
        sa.Column("visit_min_min", sa.Integer(), nullable=False),
        sa.Column("visit_max_min", sa.Integer(), nullable=False),
        sa.Column("stay_min", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'dosage' OR n_visits >= 1", name=op.f("ck_presence_windows_n_visits")
        ),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_presence_windows_days")),
        sa.CheckConstraint(
            "visit_min_min >= 1 AND visit_max_min >= visit_min_min",
            name=op.f("ck_presence_windows_visit"),
        ),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_presence_windows_weekday")),
        _reference("presence_windows", "hotspot", "hotspots"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence_windows")),
    )
    op.create_index(
        op.f("ix_presence_windows_hotspot"), "presence_windows", ["hotspot"], unique=False
    )
    op.create_table(
        "safety_walks",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("school", sa.String(length=200), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.CheckConstraint("priority BETWEEN 1 AND 3", name=op.f("ck_safety_walks_priority")),
        _reference("safety_walks", "school", "schools"),
        _reference("safety_walks", "site", "sites"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_walks")),
    )
    op.create_index(op.f("ix_safety_walks_school"), "safety_walks", ["school"])
    op.create_index(op.f("ix_safety_walks_site"), "safety_walks", ["site"])
    op.create_table(
        "shift_parts",
        sa.Column("shift_type", sa.String(length=200), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        _reference("shift_parts", "shift_type", "shift_types"),
        sa.PrimaryKeyConstraint("shift_type", "ordinal", name=op.f("pk_shift_parts")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("squad", sa.String(length=200), nullable=True),
        sa.Column("service_phone", sa.String(), nullable=False),
        sa.Column("travel_mode", _choice("travelmode", "car", "bike", "walk"), nullable=False),
        _reference("staff", "employer", "employers"),
        _reference("staff", "squad", "squads"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_index(op.f("ix_staff_employer"), "staff", ["employer"])
    op.create_index(op.f("ix_staff_squad"), "staff", ["squad"])
    op.create_table(
        "absences",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_absences_span")),
        _reference("absences", "staff", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_staff"), "absences", ["staff"])
    op.create_table(
        "assignments",
        sa.Column("duty", sa.String(length=200), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_assignments_span")),
        _reference("assignments", "staff", "staff"),
        sa.PrimaryKeyConstraint("duty", "staff", "start", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_week"), "assignments", ["week"])
    op.create_table(
        "base_roster_members",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("base_roster", sa.String(length=200), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("offset_weeks", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_base_roster_members_days")),
        _reference("base_roster_members", "base_roster", "base_rosters"),
        _reference("base_roster_members", "staff", "staff"),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_base_roster_members")),
        sa.UniqueConstraint(
            "base_roster", "staff", "first_day", name=op.f("uq_base_roster_members_base_roster")
        ),
    )
    op.create_index(
        op.f("ix_base_roster_members_base_roster"),
        "base_roster_members",
        ["base_roster"],
        unique=False,
    )
    op.create_index(
        op.f("ix_base_roster_members_staff"), "base_roster_members", ["staff"], unique=False
    )
    op.create_table(
        "bound_times",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_bound_times_span")),
        _reference("bound_times", "staff", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bound_times")),
    )
    op.create_index(op.f("ix_bound_times_staff"), "bound_times", ["staff"])
    op.create_table(
        "contracts",
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("rule_book", sa.String(length=200), nullable=False),
        sa.Column("rate_percent", sa.Integer(), nullable=False),
        sa.Column("shift_source", _choice("shiftsource", "given", "planned"), nullable=False),
        sa.Column("free_weekdays", sa.String(length=7), nullable=False),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_contracts_days")),
        sa.CheckConstraint(
            "rate_percent BETWEEN 1 AND 100", name=op.f("ck_contracts_rate_percent")
        ),
        _reference("contracts", "rule_book", "rule_books"),
        _reference("contracts", "staff", "staff"),
        sa.PrimaryKeyConstraint("staff", "first_day", name=op.f("pk_contracts")),
    )
    op.create_index(op.f("ix_contracts_rule_book"), "contracts", ["rule_book"])
    op.create_table(
        "opening_balances",
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("balance_min", sa.Integer(), nullable=False),
        sa.Column("n_evenings", sa.Integer(), nullable=False),
        sa.Column("n_nights", sa.Integer(), nullable=False),
        sa.Column("n_weekends", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "n_evenings >= 0 AND n_nights >= 0 AND n_weekends >= 0",
            name=op.f("ck_opening_balances_counts"),
        ),
        _reference("opening_balances", "staff", "staff"),
        sa.PrimaryKeyConstraint("staff", "day", name=op.f("pk_opening_balances")),
    )
    op.create_table(
        "school_contacts",
        sa.Column("school", sa.String(length=200), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("role", _choice("contactrole", "named", "substitute"), nullable=False),
        _reference("school_contacts", "school", "schools"),
        _reference("school_contacts", "staff", "staff"),
        sa.PrimaryKeyConstraint("school", "staff", name=op.f("pk_school_contacts")),
    )
    op.create_table(
        "shifts",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift_type", sa.String(length=200), nullable=True),
        sa.Column("source", _choice("shiftsource", "given", "planned"), nullable=False),
        sa.Column("is_locked", sa.Boolean(), nullable=False),
        sa.Column("crew", sa.String(length=200), nullable=True),
        _reference("shifts", "shift_type", "shift_types"),
        _reference("shifts", "staff", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_day"), "shifts", ["day"])
    op.create_index(op.f("ix_shifts_shift_type"), "shifts", ["shift_type"])
    op.create_index(op.f("ix_shifts_staff"), "shifts", ["staff"])
    op.create_table(
        "staff_skills",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("skill", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_staff_skills_days")),
        _reference("staff_skills", "skill", "skills"),
        _reference("staff_skills", "staff", "staff"),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_staff_skills")),
        sa.UniqueConstraint("staff", "skill", "first_day", name=op.f("uq_staff_skills_staff")),
    )
    op.create_index(op.f("ix_staff_skills_skill"), "staff_skills", ["skill"])
    op.create_index(op.f("ix_staff_skills_staff"), "staff_skills", ["staff"])
    op.create_table(
        "standbys",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_standbys_span")),
        _reference("standbys", "staff", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standbys")),
    )
    op.create_index(op.f("ix_standbys_staff"), "standbys", ["staff"])
    op.create_table(
        "unavailabilities",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("end", sa.Time(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_unavailabilities_days")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_unavailabilities_weekday")),
        _reference("unavailabilities", "staff", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unavailabilities")),
    )
    op.create_index(op.f("ix_unavailabilities_staff"), "unavailabilities", ["staff"])
    op.create_table(
        "walk_meetings",
        sa.Column("walk", sa.String(length=200), nullable=False),
        sa.Column(
            "kind", _choice("meetingkind", "pre_meeting", "walk", "follow_up"), nullable=False
        ),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.Column("n_crews", sa.Integer(), nullable=False),
        sa.Column("n_contacts", sa.Integer(), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_walk_meetings_span")),
        sa.CheckConstraint("n_crews >= 0 AND n_contacts >= 0", name=op.f("ck_walk_meetings_heads")),
        _reference("walk_meetings", "walk", "safety_walks"),
        sa.PrimaryKeyConstraint("walk", "kind", name=op.f("pk_walk_meetings")),
    )
    op.create_table(
        "wishes",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("staff", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", _choice("wishkind", "free", "shift"), nullable=False),
        sa.Column("shift_type", sa.String(length=200), nullable=True),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("is_veto", sa.Boolean(), nullable=False),
        sa.CheckConstraint("strength BETWEEN 1 AND 3", name=op.f("ck_wishes_strength")),
        _reference("wishes", "shift_type", "shift_types"),
        _reference("wishes", "staff", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishes")),
    )
    op.create_index(op.f("ix_wishes_shift_type"), "wishes", ["shift_type"])
    op.create_index(op.f("ix_wishes_staff"), "wishes", ["staff"])
    op.create_table(
        "shift_spans",
        sa.Column("shift", sa.String(length=200), nullable=False),
        sa.Column("kind", _choice("spankind", "part", "break"), nullable=False),
        sa.Column("start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"end" > start', name=op.f("ck_shift_spans_span")),
        _reference("shift_spans", "shift", "shifts"),
        sa.PrimaryKeyConstraint("shift", "kind", "start", name=op.f("pk_shift_spans")),
    )
    op.create_index("ix_shift_spans_time", "shift_spans", ["start", "end"])
