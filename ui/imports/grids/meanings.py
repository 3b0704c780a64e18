"""What a code or a colour stands for, in words and in colours."""

from collections.abc import Iterator, Mapping
from datetime import time

from planner.domain.grids import CodeChoice, GridDecisions, GridEntry, Meaning, is_decided
from planner.domain.plan import Plan
from planner.services.grids.choices import times_text
from planner.words import N_, _

_TEXTS: Mapping[Meaning, str] = {
    Meaning.ABSENT: N_("Absent"),
    Meaning.FREE: N_("Free"),
    Meaning.BOUND: N_("Bound time (court, training, meeting)"),
    Meaning.IGNORE: N_("Nothing, leave it out"),
}


OWN_TIMES = CodeChoice(meaning=Meaning.SHIFT)
"""A shift whose times stand in its cell."""
NEW_TYPE = CodeChoice(meaning=Meaning.SHIFT, times=((time(), time()),))
"""A shift of a type that is made, as it stands in the list of choices."""


def choices(plan: Plan) -> Iterator[tuple[str, CodeChoice]]:
    """Yield what can be chosen with its text, the new shift type without times."""
    kinds = sorted(plan.shift_types, key=lambda kind: (kind.employer, kind.name.casefold()))
    for kind in kinds:
        choice = CodeChoice(meaning=Meaning.SHIFT, shift_type=kind.id)
        yield meaning_text(plan, choice), choice
    yield _("New shift type with the times …"), NEW_TYPE
    for meaning in _TEXTS:
        yield _(_TEXTS[meaning]), CodeChoice(meaning=meaning)


def needs_times(choice: CodeChoice) -> bool:
    """Tell whether a choice says nothing without times."""
    return bare(choice) in {NEW_TYPE, CodeChoice(meaning=Meaning.BOUND)}


def bare(choice: CodeChoice) -> CodeChoice:
    """Return a choice as it stands in the list of choices, whatever its times."""
    if choice.meaning is Meaning.SHIFT:
        return NEW_TYPE if choice.times else choice
    return CodeChoice(meaning=choice.meaning)


def meaning_text(plan: Plan, choice: CodeChoice | None) -> str:
    """Return what a choice says, with its times."""
    if choice is None:
        return _("Choose what it means")
    if choice.shift_type is not None:
        kind = plan.shift_type_by_id[choice.shift_type]
        parts = plan.parts_by_shift_type.get(kind.id, ())
        times = times_text(tuple((part.start, part.end) for part in parts))
        return f"{kind.code}  {kind.name}  {times}"
    if choice == OWN_TIMES:
        return _("Shift with the times of the sheet")
    times = times_text(choice.times)
    if choice.meaning is Meaning.SHIFT:
        return _("New shift type, {times}", times=times)
    text = _(_TEXTS[choice.meaning])
    return f"{text}, {times}" if times else text


def tone_of(decisions: GridDecisions, entry: GridEntry) -> str:
    """Return what a cell came to: a meaning, or ``open``; what says nothing is empty.

    Open is a code that nothing was decided about.
    """
    if entry.is_absent:
        return Meaning.ABSENT.value
    choice = decisions.colors.get(entry.color) if entry.color else None
    if choice is None and entry.code:
        if not is_decided(entry, decisions):
            return "open"
        choice = decisions.codes.get(entry.code)
    if choice is not None:
        return choice.meaning.value
    return Meaning.SHIFT.value if entry.times else ""
