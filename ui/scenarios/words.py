"""Sentences and short texts of scenarios, of promises under test and of simulated absences."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from babel.numbers import format_decimal

from planner.domain.duties import DutyKind, Moment
from planner.domain.plan import Plan
from planner.domain.rules import RuleKey
from planner.domain.scenarios import (
    FewerPeople,
    MorePeople,
    MorePresence,
    OneSchoolMore,
    OtherBells,
    OtherRule,
    Scenario,
    Supposition,
    WithoutHotspot,
    WithoutSchool,
)
from planner.domain.weeks import IsoWeek
from planner.promise_words import KINDS
from planner.services.what_if.fragility_results import WeakDuty
from planner.services.what_if.keepable_results import Kept
from planner.services.what_if.scenario_results import PromiseLine
from planner.words import N_, _, language, ngettext, short_date, weekday_name

SUPPOSITIONS: Mapping[str, str] = {
    "fewer-people": N_("Fewer people"),
    "more-people": N_("More people"),
    "one-school-more": N_("One school more"),
    "without-school": N_("A school less"),
    "other-bells": N_("Other bells"),
    "more-presence": N_("More presence, or a new place"),
    "without-hotspot": N_("A place less"),
    "other-rule": N_("Another number of a rule book"),
}
"""Kinds of suppositions by their codes."""

RULES: Mapping[RuleKey, str] = {
    RuleKey.FULL_TIME_WEEK: N_("Full-time week"),
    RuleKey.MAX_WEEK: N_("Most in a week"),
    RuleKey.SHIFTS_PER_DAY: N_("Most shifts on a day"),
    RuleKey.DAILY_REST: N_("Daily rest"),
    RuleKey.WEEKLY_REST: N_("Weekly rest"),
    RuleKey.REST_BETWEEN: N_("Rest between shifts"),
    RuleKey.SHORT_REST: N_("Short rest is below"),
    RuleKey.CONSECUTIVE_DAYS: N_("Most days in a row"),
    RuleKey.CONTINUOUS_WORK: N_("Longest work without break"),
}
"""Numbers of a rule book that can be supposed to be others."""

KEPT: Mapping[Kept, tuple[str, str, str]] = {
    Kept.KEPT: (N_("Kept"), "success", "circle-check"),
    Kept.NOT_KEPT: (N_("Not kept"), "danger", "circle-alert"),
    Kept.OPEN: (N_("Not settled in time"), "warning", "triangle-alert"),
    Kept.NOT_TRIED: (N_("Not tried"), "muted", "clock"),
    Kept.NOT_PLANNED: (N_("Not in the plan yet"), "warning", "info"),
    Kept.NOTHING: (N_("Nothing asked for"), "muted", "minus"),
}
"""Text, tone and symbol of each answer."""

MOMENTS: Mapping[Moment, str] = {
    Moment.BEFORE: N_("before school"),
    Moment.AFTER: N_("after school"),
}

_DUTIES: Mapping[DutyKind, str] = {
    DutyKind.SCHOOL: N_("school"),
    DutyKind.PRESENCE: N_("presence"),
    DutyKind.VISIT: N_("visit"),
    DutyKind.WALK: N_("safety walk"),
    DutyKind.SESSION: N_("information"),
}


def supposition_text(plan: Plan, one: Supposition) -> str:
    """Return a supposition as a short sentence; what is gone by now goes by its id."""
    tell: Mapping[type, Callable[[Plan, Any], str]] = {
        FewerPeople: _fewer,
        MorePeople: _more,
        OneSchoolMore: lambda p, s: _(
            "One school more, “{name}”, like {like}", name=s.name, like=name_of(p.schools, s.like)
        ),
        WithoutSchool: lambda p, s: _("Without {name}", name=name_of(p.schools, s.school)),
        OtherBells: _bells,
        MorePresence: _presence,
        WithoutHotspot: lambda p, s: _("Without {name}", name=name_of(p.hotspots, s.hotspot)),
        OtherRule: lambda p, s: _(
            "{rule} is {value} in “{book}”",
            rule=_(RULES.get(s.key, s.key)),
            value=rule_value(s.key, s.value),
            book=name_of(p.rule_books, s.rule_book),
        ),
    }
    return tell[type(one)](plan, one)


def scenario_text(plan: Plan, scenario: Scenario) -> str:
    """Return what a scenario supposes."""
    if not scenario.is_readable:
        return _("Made by a newer program; it cannot be tried here")
    texts = [supposition_text(plan, one) for one in scenario.suppositions]
    return "; ".join(texts) or _("Nothing is supposed")


def rule_value(key: RuleKey, value: int) -> str:
    """Return a number of a rule book with its unit."""
    if is_in_minutes(key):
        return _("{hours} h {minutes} min", hours=value // 60, minutes=value % 60)
    return str(value)


def is_in_minutes(key: RuleKey) -> bool:
    """Tell whether a rule's number is minutes."""
    return key.value.endswith("_min")


def name_of(records: Iterable[Any], id_: str) -> str:
    """Return the name of a record, or its id when it is gone."""
    return next((str(one.name) for one in records if one.id == id_), id_)


def week_text(week: IsoWeek) -> str:
    """Return such as ``v. 49``."""
    return _("w. {week}", week=week.week)


def place_text(line: PromiseLine) -> str:
    """Return where and when a line of the promise breaks, and how many lack."""
    return _(
        "{place}, {day} ({week}), {lack}",
        place=line.title,
        day=short_date(line.day),
        week=week_text(line.week),
        lack=ngettext("{n} missing", "{n} missing", line.missing),
    )


def line_text(line: PromiseLine) -> str:
    """Return a line of the promise that breaks: place, when, how many lack, and the measure."""
    measure = line.measure.name if line.measure else _(KINDS[line.kind])
    return f"{place_text(line)} – {measure}"


def duty_text(duty: WeakDuty) -> str:
    """Return a duty: what, where and when."""
    what = _(MOMENTS[duty.moment]) if duty.moment else _(_DUTIES[duty.kind])
    return f"{duty.title}, {what}"


def percent(value: float) -> str:
    """Return such as ``99.4 %``, rounded down so that only all of it is 100."""
    tenths = math.floor(value * 10 + 1e-6) / 10
    return _("{number} %", number=format_decimal(tenths, "0.0", locale=language()))


def number(value: float) -> str:
    """Return a number with two decimals as the language writes it."""
    return str(format_decimal(value, "0.00", locale=language()))


def weekdays_text(digits: str) -> str:
    """Return weekdays that are given as digits, Monday 1."""
    names = [weekday_name(date(2026, 1, 4 + int(one))) for one in digits]  # 5 January: a Monday
    return ", ".join(names)


def _group(plan: Plan, one: FewerPeople | MorePeople) -> str:
    employer = name_of(plan.employers, one.employer)
    return f"{employer}, {name_of(plan.skills, one.skill)}" if one.skill else employer


def _fewer(plan: Plan, one: FewerPeople) -> str:
    return ngettext(
        "{n} person less ({group})", "{n} people fewer ({group})", one.n, group=_group(plan, one)
    )


def _more(plan: Plan, one: MorePeople) -> str:
    return ngettext(
        "{n} person more ({group})", "{n} people more ({group})", one.n, group=_group(plan, one)
    )


def _bells(plan: Plan, one: OtherBells) -> str:
    where = name_of(plan.schools, one.school) if one.school else _("all schools")
    return _(
        "Bells at {where}: first {first}, last {last}",
        where=where,
        first=_moved(one.first_min),
        last=_moved(one.last_min),
    )


def _moved(minutes: int) -> str:
    if minutes == 0:
        return _("as now")
    if minutes > 0:
        return _("{n} min later", n=minutes)
    return _("{n} min earlier", n=-minutes)


def _presence(plan: Plan, one: MorePresence) -> str:
    where = (
        name_of(plan.hotspots, one.hotspot) if one.hotspot else _("“{name}” (new)", name=one.name)
    )
    what = (
        ngettext("{n} visit a day", "{n} visits a day", one.n_visits)
        if one.n_visits
        else _("a crew throughout")
    )
    return _(
        "More presence at {where}: {days} {start}–{end}, {what}",
        where=where,
        days=weekdays_text(one.weekdays),
        start=f"{one.start:%H:%M}",
        end=f"{one.end:%H:%M}",
        what=what,
    )
