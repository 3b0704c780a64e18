"""What an edit would do, in a few words beside the pointer."""

from planner.domain.plan import Plan
from planner.messages import finding_text, gap_title
from planner.services.week.editing import Effect
from planner.words import _
from ui.week.day_drag import Hint
from ui.week.words import sentence_case


def hint_of(effect: Effect | None, plan: Plan) -> Hint:
    """Return what an edit breaks, else what it opens, else what it closes."""
    if effect is None:
        return Hint(tone="fine", text=_("Changes nothing"))
    if effect.broken:
        texts = [finding_text(plan, finding) for finding in effect.broken]
        return Hint(tone="danger", text=_("Breaks: {rule}", rule=_first_of(texts)))
    if effect.opened:
        texts = [gap_title(plan, gap) for gap in effect.opened]
        return Hint(tone="warning", text=_("Uncovers: {place}", place=_first_of(texts)))
    if effect.closed:
        texts = [gap_title(plan, gap) for gap in effect.closed]
        return Hint(tone="fine", text=_("Closes: {place}", place=_first_of(texts)))
    if effect.mended:
        texts = [finding_text(plan, finding) for finding in effect.mended]
        return Hint(tone="fine", text=_("Mends: {rule}", rule=_first_of(texts)))
    return Hint(tone="fine", text=_("Fine"))


def _first_of(texts: list[str]) -> str:
    """Return the first of some texts and how many more there are."""
    first = sentence_case(texts[0])
    return _("{first} and {n} more", first=first, n=len(texts) - 1) if len(texts) > 1 else first
