"""What the comparison says of each scenario, aspect by aspect."""

from collections.abc import Iterator

from planner.services.what_if.scenario_results import ScenarioResult
from planner.words import N_, _, hours
from ui.scenarios import words
from ui.scenarios.table import Cell

ASPECTS = (
    N_("Promise covered"),
    N_("Priority 1"),
    N_("Priority 2"),
    N_("Priority 3"),
    N_("People missing"),
    N_("Further staffing short"),
    N_("Overtime"),
    N_("Below contracts"),
    N_("People with other work"),
    N_("Breaks first"),
)
"""What is compared, from the top."""
_SAME = 1e-9


def heading(result: ScenarioResult) -> str:
    """Return what a column is called."""
    return result.scenario.name if result.scenario else _("The plan as it is")


def cells(result: ScenarioResult, base: ScenarioResult) -> Iterator[Cell]:
    """Yield what a column says of a result; what is worse than the base stands out."""
    is_base = result is base
    share, before = _share(result), _share(base)
    # A school more, all of it covered, raises the share; nothing that lacked is covered by it.
    lacks_more = (result.n_wanted - result.n_covered) - (base.n_wanted - base.n_covered)
    yield _compared(words.percent(share), share - before, lacks_more, is_base=is_base)
    known = {one.priority: one for one in result.covered}
    for priority in (1, 2, 3):
        one = known.get(priority)
        if one is None:
            yield Cell(text="–", tone="muted")
            continue
        lack = one.n_wanted - one.n_covered
        yield Cell(
            text=_("{n} of {all}", n=one.n_covered, all=one.n_wanted),
            tone="danger" if lack else "",
            symbol="circle-alert" if lack else "",
        )
    more = result.n_missing - base.n_missing
    yield _compared(str(result.n_missing), more, more, is_base=is_base)
    for minutes, of_base in (
        (result.short_min, base.short_min),
        (result.overtime_min, base.overtime_min),
        (result.under_min, base.under_min),
    ):
        more = minutes - of_base
        yield _compared(hours(minutes), more, more, is_base=is_base)
    yield Cell(text="–" if is_base else str(result.n_disturbed))
    first = result.first_broken(None if is_base else base)
    if first is not None:
        yield Cell(text=words.line_text(first), tone="danger", symbol="circle-alert")
    else:
        yield Cell(text=_("nothing") if is_base else _("nothing that holds now"), tone="success")


def _share(result: ScenarioResult) -> float:
    """Return how much of the promise is covered, in percent."""
    return 100 * result.n_covered / result.n_wanted if result.n_wanted else 100.0


def _compared(text: str, more: float, worse: float, *, is_base: bool) -> Cell:
    """Return a number whose symbol says whether it is more, and its tone whether it is worse."""
    if is_base or not worse or abs(more) < _SAME:
        return Cell(text=text)
    return Cell(
        text=text,
        tone="danger" if worse > 0 else "success",
        symbol="chevron-up" if more > 0 else "chevron-down",
    )


def certainty(result: ScenarioResult) -> str:
    """Return how sure a result is, and what it comes from."""
    if result.trouble is not None:
        return _("The solver was ended before it was done; this is the best that it had.")
    if result.is_settled:
        return _("Proved: no roster covers more of the promise.")
    return _("That no roster covers more of the promise was not proved in time; give it longer.")
