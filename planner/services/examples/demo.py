"""The main job for a newcomer: an example becomes a generated, published, printed week."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.domain.weeks import IsoWeek
from planner.services.examples.making import create_example, example_week
from planner.services.plans import open_plan
from planner.services.prints.print_outs import PrintSet
from planner.services.prints.printing import print_week
from planner.services.publish.publishing import latest, publish, uncovered_windows
from planner.services.roster.generating import accept, generate
from planner.services.roster.views import Decision, GenerateProgress, WeekState
from planner.services.week.checking import check
from planner.services.week.weeks import week_state, week_to_plan

EXAMPLE = "vasteras"
DEMO_PLAN = Path(f"{EXAMPLE}.narvaro")
"""The plan's file, in the current folder."""


@dataclass(frozen=True, kw_only=True)
class DemoResult:
    """What was done, and what was there already.

    Parameters
    ----------
    n_own_staff
        Uncovered school windows that were given to the schools' own staff.
    number
        Of the publication that was printed.
    n_missing
        Heads that lack in the week.
    """

    plan: Path
    week: IsoWeek
    was_created: bool
    was_generated: bool
    was_published: bool
    n_own_staff: int
    n_missing: int
    n_violations: int
    number: int
    school_files: tuple[Path, ...]
    staff_files: tuple[Path, ...]


def run_demo(
    path: Path,
    out: Path,
    *,
    seconds: float = 60.0,
    on_progress: Callable[[GenerateProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    on_print: Callable[[int, int], None] = lambda _done, _all: None,
) -> DemoResult:
    """Make, generate, publish and print the example, each only where it is not done yet.

    Parameters
    ----------
    path
        The plan; used as it is when it exists.
    out
        Folder for the prints, in ``schools`` and ``staff``.
    seconds
        For generating.

    Raises
    ------
    PlannerError
        Whatever the steps raise.
    """
    was_created = not path.exists()
    if was_created:
        create_example(path, EXAMPLE, week=example_week(EXAMPLE))
    with open_plan(path) as plan:
        week = week_to_plan(plan)
        was_generated = not plan.store.draft_revision(week)
        if was_generated:
            proposal = generate(
                plan, week, seconds=seconds, on_progress=on_progress, should_stop=should_stop
            )
            accept(plan, proposal)
        n_own_staff = 0
        was_published = week_state(plan, week) is not WeekState.PUBLISHED
        if was_published:
            windows = uncovered_windows(plan, week)
            publish(plan, week, {window.duty: Decision.OWN_STAFF for window in windows})
            n_own_staff = len(windows)
        checked = check(plan, week)
        published = latest(plan, week)
        return DemoResult(
            plan=path,
            week=week,
            was_created=was_created,
            was_generated=was_generated,
            was_published=was_published,
            n_own_staff=n_own_staff,
            n_missing=sum(gap.missing for gap in checked.judgement.gaps),
            n_violations=checked.n_violations,
            number=published.number if published else 0,
            school_files=print_week(
                plan, week, out / "schools", PrintSet.SCHOOLS, on_progress=on_print
            ),
            staff_files=print_week(plan, week, out / "staff", PrintSet.STAFF, on_progress=on_print),
        )
