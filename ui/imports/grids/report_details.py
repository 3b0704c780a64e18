"""What a row of the report is about: somebody's days, or who is at work then."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from planner import messages
from planner.domain.ids import StaffId
from planner.domain.roster import Finding, Shift
from planner.domain.spans import day_span
from planner.services.shadow.values import PersonHours, Shadow, ShadowGap, WindowCoverage
from planner.words import _, clock_span, hours, long_date, ngettext, short_date
from ui.imports.grids.report_lists import ROWS, gap_line, why, window_text
from ui.theme import icon
from ui.widgets import label

_DAY = timedelta(days=1)


class ReportDetails(QWidget):
    """Shows a person's days with what is broken on them, or the people of a day."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Shadow | None = None
        self.heading = label("", "heading", wraps=True)
        self.told = label("", "muted", wraps=True)
        self.days = QTreeWidget()
        self.days.setRootIsDecorated(False)
        self.days.setStyleSheet(ROWS)
        self.days.setWordWrap(True)
        self.days.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(6)
        for part in (self.heading, self.told):
            layout.addWidget(part)
        layout.addWidget(self.days, stretch=1)

    def show_target(self, found: Shadow, target: object) -> None:
        """Show what a row is about."""
        self._found = found
        self.days.clear()
        self.days.show()
        match target:
            case Finding() if target.staff is not None:
                self._show_person(target.staff, target)
            case PersonHours():
                self._show_person(target.staff, None)
            case WindowCoverage():
                self._show_window(target)
            case ShadowGap():
                self._show_gap(target)
            case _:
                self.days.hide()
                self.heading.setText("")
                self.told.setText(_("Choose a row to see the days that it is about."))

    def _columns(self, name: str, *headings: str) -> None:
        self.days.setAccessibleName(name)
        self.days.setColumnCount(len(headings))
        self.days.setHeaderLabels(list(headings))

    def _fit(self) -> None:
        for column in range(self.days.columnCount() - 1):
            self.days.resizeColumnToContents(column)
        self.days.header().setStretchLastSection(True)

    def _show_person(self, staff: StaffId, chosen: Finding | None) -> None:
        found = self._found
        if found is None:
            return
        zone = found.plan.zone
        member = found.plan.staff_by_id[staff]
        own = next((one for one in found.hours if one.staff == staff), None)
        self.heading.setText(member.display_name)
        self.told.setText(
            _(
                "Counted {counted}, contract {target} in the whole weeks",
                counted=hours(own.counted_min),
                target=hours(own.target_min),
            )
            if own
            else ""
        )
        self._columns(_("Days"), _("Day"), _("Shift"), _("Broken rules"))
        shifts: dict[object, list[Shift]] = {}
        for shift in found.shifts_of(staff):
            shifts.setdefault(shift.day, []).append(shift)
        said: dict[object, list[str]] = {}
        for finding in found.findings_of(staff):
            if finding.span is not None:
                day = finding.span.start.astimezone(zone).date()
                said.setdefault(day, []).append(_what(found, finding))
        day, last = found.first_day, found.last_day
        wanted = chosen.span.start.astimezone(zone).date() if chosen and chosen.span else None
        while day <= last:
            texts = [_shift_text(found, shift) for shift in shifts.get(day, ())]
            away = _("absent") if self._is_absent(staff, day) else ""
            row = [short_date(day), ", ".join(texts) or away, " · ".join(said.get(day, ()))]
            item = QTreeWidgetItem(row)
            item.setToolTip(2, row[2])
            if said.get(day):
                item.setIcon(2, icon("triangle-alert", "warning"))
            self.days.addTopLevelItem(item)
            if day == wanted:
                self.days.setCurrentItem(item)
            day += _DAY
        self._fit()

    def _is_absent(self, staff: StaffId, day: object) -> bool:
        found = self._found
        return found is not None and any(
            absence.staff == staff and absence.span.overlaps(day_span(day, found.plan.zone))  # type: ignore[arg-type]
            for absence in found.plan.absences
        )

    def _show_window(self, window: WindowCoverage) -> None:
        found = self._found
        if found is None:
            return
        self.heading.setText(f"{window.title} · {window_text(window)}")
        missing = [
            gap
            for gap in found.gaps
            if gap.gap.title == window.title
            and gap.kind is window.kind
            and window_of(gap) == (window.moment.value if window.moment else "")
        ]
        self.told.setText(
            _("Everything can be covered.")
            if not missing
            else ngettext("Not covered {n} time", "Not covered {n} times", len(missing))
        )
        self._columns(_("Gaps"), _("When"), _("Why"))
        for gap in missing:
            day = gap.gap.span.start.astimezone(found.plan.zone).date()
            times = clock_span(gap.gap.span.start, gap.gap.span.end, found.plan.zone)
            item = QTreeWidgetItem([f"{short_date(day)} {times}", why(gap)])
            item.setToolTip(1, why(gap))
            self.days.addTopLevelItem(item)
        self._fit()

    def _show_gap(self, gap: ShadowGap) -> None:
        found = self._found
        if found is None:
            return
        span = gap.gap.span
        day = span.start.astimezone(found.plan.zone).date()
        self.heading.setText(gap_line(found, gap))
        self.told.setText(why(gap))
        self._columns(_("At work"), _("At work {day}", day=long_date(day)), _("Shift"))
        for shift in sorted(found.shifts, key=lambda shift: shift.span):
            if shift.day == day:
                name = found.plan.staff_by_id[shift.staff].display_name
                item = QTreeWidgetItem([name, _shift_text(found, shift)])
                if any(part.overlaps(span) for part in shift.parts):
                    item.setIcon(0, icon("check", "success"))
                self.days.addTopLevelItem(item)
        self._fit()


def window_of(gap: ShadowGap) -> str:
    """Return which side of the school day a gap is on; empty for other gaps."""
    ordinal = str(gap.gap.duty).rsplit("/", 1)[-1]
    side = ordinal.partition("-")[0]
    return side if side in {"before", "after"} else ""


def _shift_text(found: Shadow, shift: Shift) -> str:
    kind = found.plan.shift_type_by_id.get(shift.shift_type) if shift.shift_type else None
    times = ", ".join(clock_span(part.start, part.end, found.plan.zone) for part in shift.parts)
    return f"{kind.code} {times}" if kind else times


def _what(found: Shadow, finding: Finding) -> str:
    text = messages.finding_text(found.plan, finding)
    return text.partition(": ")[2] or text
