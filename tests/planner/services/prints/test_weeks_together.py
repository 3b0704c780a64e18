"""Several weeks in one document."""

from dataclasses import replace

import pytest

from planner.domain.roster import Roster
from planner.errors import ConflictError
from planner.services.plans import open_plan
from planner.services.prints.print_outs import PrintKind, PrintSet
from planner.services.prints.weeks_together import KINDS, print_weeks_pdf, write_weeks
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from tests.planner.reports.samples import pages
from tests.planner.small import WEEK, save_draft, save_plan

NEXT = WEEK.shifted(1)


@pytest.fixture
def both(drafted):
    save_draft(drafted, Roster(week=NEXT))
    for week in (WEEK, NEXT):
        windows = uncovered_windows(drafted, week)
        publish(drafted, week, {one.duty: Decision.CANCELLED for one in windows})
    return drafted


def test_what_is_of_a_whole_week_is_printed_of_several():
    assert set(KINDS) == {PrintKind.ROSTER, PrintKind.COVERAGE}


def test_weeks_are_compared_and_each_told(both):
    first = pages(print_weeks_pdf(both, (WEEK, NEXT), PrintKind.COVERAGE))[0]
    assert "Vecka 48–49" in first
    assert "17/18" in first
    rosters = pages(print_weeks_pdf(both, (WEEK, NEXT), PrintKind.ROSTER, language="en"))
    titles = [page.split("ROSTER ")[1][:7] for page in rosters]
    assert list(dict.fromkeys(titles)) == ["Week 48", "Week 49"]


def test_files_are_named_after_the_first_and_the_last_week(both, tmp_path):
    paths = write_weeks(both, (WEEK, NEXT), tmp_path / "out", PrintSet.MANAGER)
    assert [path.name for path in paths] == ["2026-W48-2026-W49-täckning.pdf"]
    assert write_weeks(both, (WEEK, NEXT), tmp_path / "out", PrintSet.SCHOOLS) == ()


def test_week_that_is_not_published_is_refused(drafted, tmp_path):
    with pytest.raises(ConflictError, match="week-not-published"):
        write_weeks(drafted, (WEEK, NEXT), tmp_path / "out", PrintSet.MANAGER)
    assert not (tmp_path / "out").exists()


def test_what_managers_may_not_see_is_refused(small_plan, tmp_path):
    phone = small_plan.staff[0].service_phone
    schools = tuple(replace(one, name=f"Skolan {phone}") for one in small_plan.schools)
    save_plan(tmp_path / "p.narvaro", replace(small_plan, schools=schools))
    with open_plan(tmp_path / "p.narvaro") as plan:
        for week in (WEEK, NEXT):
            save_draft(plan, Roster(week=week))
        with pytest.raises(ConflictError, match="print-refused"):
            print_weeks_pdf(plan, (WEEK, NEXT), PrintKind.COVERAGE, is_draft=True)
