"""How long the messages of the example's week take to make, save and hand to a server.

Run by ``make bench``. What is asserted is the processor's time, so that whatever else the machine
does is left out; the server runs in the same process and counts too.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from planner.domain.distribution import RecipientKind
from planner.services import plans
from planner.services.examples import making
from planner.services.publish.publishing import publish, uncovered_windows
from planner.services.roster.views import Decision
from planner.services.send.letters import LetterWriter
from planner.services.send.send_list import SendList, send_list
from planner.services.send.sending import save_drafts, send
from tests.bench.test_edits import WEEK, make_roster
from tests.mail_server import PASSWORD, USER, ServerMaker
from tests.planner.sent import set_server
from tests.planner.small import save_draft

LIST_S, PREVIEW_S, DRAFTS_S, SENT_S = 1.0, (1.5, 0.25), 6.0, 10.0
"""Seconds for who gets what, a message (the first reads the typefaces), and all, either way."""

T = TypeVar("T")


@pytest.fixture
def open_plan(tmp_path: Path) -> Iterator[plans.OpenPlan]:
    target = tmp_path / "vasteras.narvaro"
    making.create_example(target, week=WEEK)
    with plans.open_plan(target) as opened:
        save_draft(opened, make_roster(opened.plan, WEEK))
        windows = uncovered_windows(opened, WEEK)
        publish(opened, WEEK, {window.duty: Decision.OWN_STAFF for window in windows})
        yield opened


@pytest.mark.parametrize("kind", RecipientKind)
def test_messages_are_made_and_leave_in_time(
    open_plan: plans.OpenPlan,
    kind: RecipientKind,
    start_mail_server: ServerMaker,
    tmp_path: Path,
) -> None:
    took, wanted = timed(lambda: send_list(open_plan, WEEK, kind))
    tell(f"{kind}: who gets what, {len(wanted.recipients)} recipients", took)
    assert took < LIST_S
    writer = LetterWriter(open_plan, WEEK)
    for which, limit in zip(("the first message", "the next one"), PREVIEW_S, strict=True):
        took, _letter = timed(lambda: writer.letter(wanted.recipients[0]))
        tell(f"{kind}: {which} to look at", took)
        assert took < limit
    took, outcome = timed(lambda: save_drafts(open_plan, wanted, wanted.due(), tmp_path / "out"))
    tell(f"{kind}: all as drafts", took)
    assert outcome.is_whole
    assert took < DRAFTS_S
    box = start_mail_server()
    set_server(open_plan, box.port, USER)
    again = send_list(open_plan, WEEK, kind)
    assert again.due() == ()
    took, outcome = timed(lambda: send_all(open_plan, again))
    tell(f"{kind}: all through a server", took)
    assert outcome == len(box.taken) == len(wanted.recipients)
    assert took < SENT_S


def send_all(open_plan: plans.OpenPlan, wanted: SendList) -> int:
    outcome = send(open_plan, wanted, wanted.recipients, password=PASSWORD)
    assert outcome.is_whole
    return len(outcome.sent)


def tell(what: str, seconds: float) -> None:
    print(f"\n{what:<44} {seconds:6.2f} s")


def timed(do: Callable[[], T]) -> tuple[float, T]:
    """Return the processor's seconds that something took, and what came of it."""
    began = time.process_time()
    made = do()
    return time.process_time() - began, made
