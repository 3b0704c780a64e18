"""Forgetting who did what: told first, then done for good."""

from datetime import timedelta

import pytest

from planner.services.promise.promises import sign_promise
from tests.planner import small
from tests.planner.domain.followed import PROMISE
from tests.planner.promised import SIGNED_AT, at, promised, publish_week
from tests.planner.small import WEEK
from ui.actions import Command
from ui.forgetting import ForgetDialog
from ui.jobs import Runner

MUCH_LATER = small.at(WEEK.days[6], "12:00") + timedelta(days=100)


@pytest.fixture
def runner(qapp):
    made = Runner(qapp)
    yield made
    made.close()


@pytest.fixture
def plan(tmp_path):
    with promised(tmp_path / "promised.narvaro") as opened:
        with at(SIGNED_AT):
            sign_promise(opened, PROMISE.id)
            publish_week(opened)
        yield opened


@pytest.fixture
def ask(plan, runner, qtbot, window):
    """Return what opens the dialog on the plan."""

    def opened():
        dialog = ForgetDialog(plan, runner, window)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: "räknar" not in dialog.said.text().casefold())
        return dialog

    return opened


def test_it_is_told_how_much_goes_and_gone_when_said_so(ask, plan, qtbot):
    with at(MUCH_LATER):
        dialog = ask()
        assert "veckor som säger vem som skulle vara var: 1" in dialog.counts.text()
        with qtbot.waitSignal(dialog.forgotten):
            dialog.button.click()
    assert plan.store.load_roster(WEEK).shifts == ()
    assert plan.store.planned_duties(WEEK, WEEK)


def test_cancelling_forgets_nothing(ask, plan):
    with at(MUCH_LATER):
        ask().reject()
    assert plan.store.load_roster(WEEK).shifts


def test_nothing_old_is_nothing_to_forget(ask):
    with at(SIGNED_AT):
        dialog = ask()
    assert dialog.said.text().startswith("Inget är äldre än")
    assert not dialog.button.isEnabled()


def test_the_menu_opens_it_once_a_plan_is_open(drafted_window, monkeypatch):
    shown = []
    monkeypatch.setattr(ForgetDialog, "open", shown.append)
    monkeypatch.setattr(ForgetDialog, "exec", lambda dialog: shown.append(dialog) or 0)
    action = drafted_window.actions_[Command.FORGET]
    assert action.isEnabled()
    action.trigger()
    assert len(shown) == 1
    shown[0].close()
