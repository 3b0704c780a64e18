"""A small form for each kind of supposition."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any, TypeVar

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)
from typing_extensions import override

from planner.domain.ids import EmployerId, HotspotId, RuleBookId, SchoolId, SiteId, SkillId
from planner.domain.plan import Plan
from planner.domain.rules import RuleKey
from planner.domain.scenarios import (
    FewerPeople,
    MorePeople,
    MorePresence,
    OneSchoolMore,
    OtherBells,
    OtherRule,
    Supposition,
    WithoutHotspot,
    WithoutSchool,
)
from planner.words import _
from ui.scenarios import words
from ui.widgets import airy, sorted_by_name

_WidgetT = TypeVar("_WidgetT", bound=QWidget)

_MOST_PEOPLE = 99
_MOST_MIN = 180


class SuppositionForm(QWidget):
    """Asks for what one supposition says."""

    changed = Signal()
    """Something was written or chosen."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)

    @abstractmethod
    def supposition(self) -> Supposition | None:
        """Return what the form says; nothing as long as something is missing."""

    def _add_choice(self, text: str, records: Iterable[Any], *, first: str = "") -> QComboBox:
        """Add a list of records by name; ``first`` stands for none of them."""
        box = QComboBox()
        if first:
            box.addItem(first, "")
        for one in sorted_by_name(records, lambda record: record.name):
            box.addItem(one.name, one.id)
        box.currentIndexChanged.connect(self.changed)
        return self._add(text, box)

    def _add_number(
        self, text: str, limits: tuple[int, int], value: int, suffix: str = ""
    ) -> QSpinBox:
        box = airy(QSpinBox())
        box.setRange(*limits)
        box.setValue(value)
        box.setSuffix(suffix)
        box.valueChanged.connect(self.changed)
        return self._add(text, box)

    def _add_text(self, text: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(hint)
        field.textChanged.connect(self.changed)
        return self._add(text, field)

    def _add(self, text: str, widget: _WidgetT) -> _WidgetT:
        widget.setAccessibleName(text)
        self._form.addRow(text, widget)
        return widget


class _People(SuppositionForm):
    """Asks for a group of people and how many of them."""

    def __init__(self, plan: Plan, *, needs_skill: bool) -> None:
        super().__init__(plan)
        self.employer = self._add_choice(_("Employer"), plan.employers)
        any_skill = "" if needs_skill else _("Any")
        self.skill = self._add_choice(_("Skill"), plan.skills, first=any_skill)
        self.n = self._add_number(_("How many"), (1, _MOST_PEOPLE), 1)


class FewerPeopleForm(_People):
    """Asks how many of a group are not there; not who."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan, needs_skill=False)

    @override
    def supposition(self) -> Supposition | None:
        employer, skill = self.employer.currentData(), self.skill.currentData()
        if not employer:
            return None
        return FewerPeople(
            employer=EmployerId(employer),
            skill=SkillId(skill) if skill else None,
            n=self.n.value(),
        )


class MorePeopleForm(_People):
    """Asks how many people there are besides, and what they can do."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan, needs_skill=True)

    @override
    def supposition(self) -> Supposition | None:
        employer, skill = self.employer.currentData(), self.skill.currentData()
        if not employer or not skill:
            return None
        return MorePeople(employer=EmployerId(employer), skill=SkillId(skill), n=self.n.value())


class OneSchoolMoreForm(SuppositionForm):
    """Asks for a new school's name, which school it is like, and where it is."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.name = self._add_text(_("Name"), _("The new school"))
        self.like = self._add_choice(_("Bells and windows like"), plan.schools)
        self.site = self._add_choice(_("Where"), plan.sites, first=_("At that school"))

    @override
    def supposition(self) -> Supposition | None:
        name, like, site = (
            self.name.text().strip(),
            self.like.currentData(),
            self.site.currentData(),
        )
        if not name or not like:
            return None
        return OneSchoolMore(name=name, like=SchoolId(like), site=SiteId(site) if site else None)


class WithoutSchoolForm(SuppositionForm):
    """Asks which school wants nobody."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.school = self._add_choice(_("School"), plan.schools)

    @override
    def supposition(self) -> Supposition | None:
        school = self.school.currentData()
        return WithoutSchool(school=SchoolId(school)) if school else None


class OtherBellsForm(SuppositionForm):
    """Asks by how much bells move."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.school = self._add_choice(_("School"), plan.schools, first=_("All schools"))
        minutes = _(" min later")
        self.first = self._add_number(_("First bell"), (-_MOST_MIN, _MOST_MIN), 0, minutes)
        self.last = self._add_number(_("Last bell"), (-_MOST_MIN, _MOST_MIN), 0, minutes)

    @override
    def supposition(self) -> Supposition | None:
        school = self.school.currentData()
        first_min, last_min = self.first.value(), self.last.value()
        if not first_min and not last_min:
            return None
        return OtherBells(
            school=SchoolId(school) if school else None, first_min=first_min, last_min=last_min
        )


class MorePresenceForm(SuppositionForm):
    """Asks where and when presence is wanted besides."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.hotspot = self._add_choice(_("Place"), plan.hotspots, first=_("A new place"))
        self.name = self._add_text(_("Name"), _("The new place"))
        self.site = self._add_choice(_("Where"), plan.sites)
        self.days = self._add(_("Weekdays"), self._weekdays())
        self.start = self._add_time(_("From"), QTime(16, 0))
        self.end = self._add_time(_("To"), QTime(22, 0))
        self.n_visits = self._add_number(_("Visits a day"), (0, 20), 3)
        self.n_visits.setSpecialValueText(_("A crew throughout"))
        self.priority = self._add_number(_("Priority"), (1, 3), 2)
        self.hotspot.currentIndexChanged.connect(self._show_new)
        self._show_new()

    def _weekdays(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        self.weekdays: list[QCheckBox] = []
        for number in range(1, 8):
            box = QCheckBox(words.weekdays_text(str(number)))
            box.setChecked(number in {4, 5, 6})
            box.toggled.connect(self.changed)
            layout.addWidget(box)
            self.weekdays.append(box)
        layout.addStretch()
        return row

    def _add_time(self, text: str, value: QTime) -> QTimeEdit:
        field = airy(QTimeEdit(value))
        field.setDisplayFormat("HH:mm")
        field.timeChanged.connect(self.changed)
        return self._add(text, field)

    def _show_new(self) -> None:
        is_new = not self.hotspot.currentData()
        for field in (self.name, self.site, self.priority):
            self._form.setRowVisible(field, is_new)

    @override
    def supposition(self) -> Supposition | None:
        hotspot, site = self.hotspot.currentData(), self.site.currentData()
        name = self.name.text().strip()
        days = "".join(str(n) for n, box in enumerate(self.weekdays, start=1) if box.isChecked())
        if not days or not (hotspot or (name and site)):
            return None
        return MorePresence(
            hotspot=HotspotId(hotspot) if hotspot else None,
            name="" if hotspot else name,
            site=None if hotspot else SiteId(site),
            priority=self.priority.value(),
            weekdays=days,
            start=_time(self.start),
            end=_time(self.end),
            n_visits=self.n_visits.value(),
        )


def _time(field: QTimeEdit) -> time:
    return time(field.time().hour(), field.time().minute())


class WithoutHotspotForm(SuppositionForm):
    """Asks which place wants nobody."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.hotspot = self._add_choice(_("Place"), plan.hotspots)

    @override
    def supposition(self) -> Supposition | None:
        hotspot = self.hotspot.currentData()
        return WithoutHotspot(hotspot=HotspotId(hotspot)) if hotspot else None


class OtherRuleForm(SuppositionForm):
    """Asks which number of a rule book is another one."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.book = self._add_choice(_("Rule book"), plan.rule_books)
        self.key = self._add(_("Number"), QComboBox())
        for key, text in words.RULES.items():
            self.key.addItem(_(text), key)
        self.value = self._add_number(_("Is"), (0, 10_080), 0)
        self.key.currentIndexChanged.connect(self._show_now)
        self.book.currentIndexChanged.connect(self._show_now)
        self._show_now()

    def _show_now(self) -> None:
        """Begin with the number that holds now."""
        book, key = self.book.currentData(), RuleKey(self.key.currentData())
        rules = [one for one in self._plan.rules if (one.rule_book, one.key) == (book, key)]
        latest = max(rules, key=lambda rule: rule.first_day, default=None)
        self.value.setSuffix(_(" min") if words.is_in_minutes(key) else "")
        self.value.setValue(latest.value if latest else 0)
        self.changed.emit()

    @override
    def supposition(self) -> Supposition | None:
        book, key = self.book.currentData(), RuleKey(self.key.currentData())
        if not book:
            return None
        return OtherRule(rule_book=RuleBookId(book), key=key, value=self.value.value())


FORMS: Mapping[str, type[Any]] = {
    "fewer-people": FewerPeopleForm,
    "more-people": MorePeopleForm,
    "one-school-more": OneSchoolMoreForm,
    "without-school": WithoutSchoolForm,
    "other-bells": OtherBellsForm,
    "more-presence": MorePresenceForm,
    "without-hotspot": WithoutHotspotForm,
    "other-rule": OtherRuleForm,
}
"""The form of each kind of supposition, by its code."""
