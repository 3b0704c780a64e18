"""What a statement of hours says in words."""

from itertools import compress

from planner import words
from planner.reports.hours_statement import Burdens, HoursStatement, HoursWeek
from planner.words import _, ngettext


def balance_text(minutes: int | None) -> str:
    """Return hours with their sign, such as ``+1:30``; a dash when they are not known."""
    if minutes is None:
        return "–"
    sign = "+" if minutes > 0 else ""
    return f"{sign}{words.hours(minutes)}"


def opening_text(statement: HoursStatement) -> str:
    """Return what the balance begins with, and whether weeks lie between that and those shown."""
    opening = statement.opening
    if opening is None:
        first = statement.weeks[0].week.week
        return _(
            "No opening balance is written down; the balance begins with week {week}.", week=first
        )
    said = _(
        "Opening balance {day}: {balance}",
        day=words.full_date(opening.day),
        balance=balance_text(opening.balance_min),
    )
    if not statement.n_earlier_weeks:
        return said
    earlier = ngettext(
        "{n} week after that: {balance}",
        "{n} weeks after that: {balance}",
        statement.n_earlier_weeks,
        balance=balance_text(statement.earlier_min),
    )
    return f"{said} · {earlier}"


def unknown_text(statement: HoursStatement) -> str:
    """Return which weeks the balance says nothing of; empty when there are none."""
    unknown = statement.unknown_weeks
    if not unknown:
        return ""
    return ngettext(
        "The balance does not count week {weeks}, which nothing was published of.",
        "The balance does not count weeks {weeks}, which nothing was published of.",
        len(unknown),
        weeks=", ".join(str(week.week) for week in unknown),
    )


def absent_text(week: HoursWeek) -> str:
    """Return on which days the person is away, and that nothing is asked of them."""
    days = ", ".join(words.short_date(day) for day in week.absent_days)
    return _("Absent {days}; the contract asks for nothing then.", days=days)


def burdens_text(statement: HoursStatement) -> str:
    """Return how many shifts count as evenings, nights and weekends, and since when."""
    counts = ", ".join(counts_of(statement.burdens))
    if statement.opening is None:
        return _("{counts} in the weeks shown.", counts=counts)
    return _(
        "{counts} with those brought along {day}.",
        counts=counts,
        day=words.full_date(statement.opening.day),
    )


def week_burdens_text(week: HoursWeek) -> str:
    """Return which of a week's shifts count as evenings, nights and weekends; empty for none."""
    found = week.burdens
    numbers = (found.n_evenings, found.n_nights, found.n_weekends)
    return ", ".join(compress(counts_of(found), numbers))


def counts_of(burdens: Burdens) -> tuple[str, str, str]:
    """Return each count in words."""
    return (
        ngettext("{n} evening", "{n} evenings", burdens.n_evenings),
        ngettext("{n} night", "{n} nights", burdens.n_nights),
        ngettext("{n} weekend shift", "{n} weekend shifts", burdens.n_weekends),
    )


def rule_book_text(statement: HoursStatement) -> str:
    """Return by which rule book the hours are counted, and who confirmed it."""
    name, who = statement.rule_book, statement.confirmed_by
    if not who:
        return _("Follows rule book {name} (unconfirmed)", name=name)
    if statement.confirmed_day is None:
        return _("Follows rule book {name} (confirmed by {who})", name=name, who=who)
    return _(
        "Follows rule book {name} (confirmed by {who} {day})",
        name=name,
        who=who,
        day=words.full_date(statement.confirmed_day),
    )
