"""What a proposal comes to, in words."""

from collections.abc import Iterable, Iterator

from planner import messages
from planner.domain.merging import Cell
from planner.domain.plan import Plan
from planner.services.roster.generating import Outcome, Proposal
from planner.words import _, ngettext, short_date
from ui.widgets import sorted_by_name


def headline(proposal: Proposal) -> str:
    """Return how many people the whole proposal leaves missing."""
    if proposal.n_gaps:
        return ngettext(
            "With it {n} person is missing.", "With it {n} people are missing.", proposal.n_gaps
        )
    return _("With it nothing is missing.")


def comparison(before: Outcome, after: Outcome) -> str:
    """Return what becomes of missing people, broken rules, and the first level that differs."""
    return " · ".join(_compared(before, after))


def _compared(before: Outcome, after: Outcome) -> Iterator[str]:
    yield _("People missing: {before} → {after}", before=before.n_missing, after=after.n_missing)
    yield _("Broken rules: {before} → {after}", before=before.n_broken, after=after.n_broken)
    values = {level.level: level.value for level in before.levels}
    for level in after.levels:
        old = values.get(level.level, level.value)
        if old != level.value:
            name = _(messages.LEVELS[level.level])
            yield _("{level}: {before} → {after}", level=name, before=old, after=level.value)
            return


def kept(plan: Plan, cells: Iterable[Cell]) -> str:
    """Return whose days stay as they were edited meanwhile; empty when none does."""
    days: dict[str, list[str]] = {}
    for staff, day in sorted(cells, key=lambda cell: cell[1]):
        member = plan.staff_by_id.get(staff)
        name = member.display_name if member else staff
        days.setdefault(name, []).append(short_date(day))
    if not days:
        return ""
    people = "; ".join(
        f"{name}: {', '.join(days[name])}" for name in sorted_by_name(days, lambda name: name)
    )
    return _("Stays as you edited it meanwhile: {people}.", people=people)
