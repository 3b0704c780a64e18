"""Stories: the solver is killed while it makes a roster."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from planner.domain.plan import Plan
from planner.planning.engine import Engine
from planner.services.plans import open_plan
from planner.services.roster import generating
from solver.data.problem import Problem
from solver.data.solution import Progress, Solution
from tests.planner import small
from tests.ui.conftest import show_plan
from ui import proposal as proposal_feature
from ui.proposal import ProposalDialog
from ui.window import MainWindow


class Mortal:
    """An engine with a real process, which is killed while it works.

    Attributes
    ----------
    has_roster
        Whether it dies only when it has sent a roster, or at the first sign of life.
    """

    def __init__(self, faults: Path) -> None:
        self.engine = Engine(faults)
        self.has_roster = False

    def solve(
        self, problem: Problem, *, on_progress: Callable[[Progress], None], **options: Any
    ) -> Solution:
        has_died = False

        def die(progress: Progress) -> None:
            nonlocal has_died
            on_progress(progress)
            if not has_died and (progress.n_gaps is not None or not self.has_roster):
                has_died = True
                assert self.engine.process_id is not None
                os.kill(self.engine.process_id, signal.SIGKILL)

        return self.engine.solve(problem, on_progress=die, **options)


@pytest.fixture
def mortal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mortal]:
    made = Mortal(tmp_path / "faults")
    monkeypatch.setattr(generating, "engine", lambda: made)
    yield made
    made.engine.close()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What proposals were asked about; each is discarded."""
    said: list[str] = []

    class Discarded(ProposalDialog):
        def exec(self) -> int:
            said.append(self.trouble.text())
            return QDialog.DialogCode.Rejected

    monkeypatch.setattr(proposal_feature, "ProposalDialog", Discarded)
    return said


def assert_nameless(file: Path, plan: Plan) -> None:
    text = file.read_text(encoding="utf-8")
    records = (*plan.staff, *plan.schools, *plan.sites, *plan.hotspots, *plan.squads)
    names = {record.name for record in records}
    names |= {part for member in plan.staff for part in member.name.split() if len(part) > 2}
    names |= {member.display_name for member in plan.staff}
    names |= {member.service_phone for member in plan.staff}
    names |= {bound.title for bound in plan.bound_times}
    assert not [name for name in names if name and name in text]


def saved_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


@pytest.mark.parametrize("has_roster", [False, True])
@pytest.mark.parametrize("which", ["drafted_file", "empty_file"])
def test_killed_solver_leaves_the_week_as_it_was_and_offers_its_problem_without_names(
    window: MainWindow,
    mortal: Mortal,
    asked: list[str],
    qtbot: QtBot,
    request: pytest.FixtureRequest,
    which: str,
    has_roster: bool,
) -> None:
    path: Path = request.getfixturevalue(which)
    mortal.has_roster = has_roster
    show_plan(window, path, qtbot)
    before, view = window.editor.roster, window.week_page.view()
    with qtbot.waitSignal(window.presenter.generating_ended, timeout=60_000):
        window.presenter.generate(seconds=60, duties_only=False)
    qtbot.waitUntil(lambda: bool(asked) if has_roster else window.bar.isVisible())
    said = asked[0] if has_roster else window.bar.text()
    file = saved_file(mortal.engine._folder)
    assert str(file) in said
    assert said.startswith("Lösaren avslutades")
    assert window.editor.roster == before
    assert window.week_page.view() == view
    with open_plan(path) as plan:
        assert plan.store.load_roster(small.WEEK).assignments == before.assignments
        assert bool(plan.store.draft_revision(small.WEEK)) is (which == "drafted_file")
        assert_nameless(file, plan.plan)


def test_proposal_of_a_killed_solver_is_taken_over_when_the_planner_says_so(
    window: MainWindow,
    mortal: Mortal,
    empty_file: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mortal.has_roster = True
    monkeypatch.setattr(ProposalDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)
    show_plan(window, empty_file, qtbot)
    with qtbot.waitSignal(window.editor.view_changed, timeout=60_000):
        window.presenter.generate(seconds=60, duties_only=False)
    assert str(saved_file(mortal.engine._folder)) in window.bar.text()
    assert window.editor.roster.assignments
