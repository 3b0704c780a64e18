"""Faults and uses as sentences of the window, which knows fields and no files."""

from collections.abc import Iterable, Mapping

from planner import messages
from planner.errors import PlannerError
from planner.services.records.uses import ROSTERS, Use
from planner.words import N_, _
from ui.records.catalogue import TITLES

_IN_FORMS: Mapping[str, str] = {
    "value-missing": N_("Fill this in."),
    "unknown-id": N_("“{value}” is not there any more; choose another."),
    "id-twice": N_("There is another of these already; change one of them."),
    "shift-type-without-parts": N_("A shift type needs at least one part; add its times."),
    "outside-employment": N_("The person is not employed then; check the day, or the contracts."),
    "contracts-overlap": N_("Another contract from {day} holds at the same time; end it before."),
    "end-before-start": N_("The end is not after the start."),
    "out-of-range": N_("{value} is not between {first} and {last}."),
}
"""Sentences that a form says in another way than an import."""


def fault_text(code: str, values: Mapping[str, object]) -> str:
    """Return what is wrong, and what to do, beside a field."""
    if code in _IN_FORMS:
        return _(_IN_FORMS[code], **values)
    return messages.sentence(PlannerError(code, **values))


def use_text(use: Use) -> str:
    """Return such as ``Staff: 40 (Anna, Bo, Cilla …)``."""
    if use.set_name == ROSTERS:
        return _("Rosters of the weeks")
    shown = ", ".join(use.examples)
    more = " …" if use.n > len(use.examples) else ""
    return f"{_(TITLES[use.set_name])}: {use.n} ({shown}{more})"


def refusal_text(name: str, uses: Iterable[Use]) -> str:
    """Return why a record cannot be removed."""
    listed = "; ".join(use_text(use) for use in uses if not use.goes_along)
    return _("“{name}” cannot be removed, as it is used by {uses}.", name=name, uses=listed)


def removal_text(names: tuple[str, ...], uses: Iterable[Use]) -> str:
    """Return the question before records are removed, naming what goes along."""
    along = [f"•  {use_text(use)}" for use in uses if use.goes_along]
    shown = "“" + "”, “".join(names[:3]) + "”" + (" …" if len(names) > 3 else "")
    question = _("Remove {names}?", names=shown)
    if not along:
        return question
    return "\n".join((question, "", _("This goes along:"), *along))
