"""Killed when the server has a message and the log does not say so, it sends none twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from planner.domain.distribution import RecipientKind
from planner.services.plans import open_plan
from planner.services.send.distribution_log import tick_sent
from planner.services.send.send_list import RecipientState, send_list
from planner.services.send.sending import send
from tests.planner.sent import set_server
from tests.planner.small import WEEK

ROOT = Path(__file__).parents[4]


@pytest.mark.skipif(sys.platform == "win32", reason="programs are ended otherwise there")
def test_nothing_is_sent_twice_after_a_kill_between_hand_over_and_log(
    sendable_file, mail_authority_file, start_mail_server
):
    postbox = start_mail_server(wants_login=False)
    with open_plan(sendable_file) as plan:
        set_server(plan, postbox.port, user="")
    # The server kills the sender when it has the second message, before it answers.
    postbox.on_data = lambda number: os.kill(program.pid, signal.SIGKILL) if number == 2 else None
    program = subprocess.Popen(
        [sys.executable, "-c", "import sys; from planner.cli import main; sys.exit(main())",
         "send", str(sendable_file), "--week", str(WEEK), "--to", "staff"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"SSL_CERT_FILE": str(mail_authority_file)},
    )  # fmt: skip
    program.communicate()
    assert program.returncode == -signal.SIGKILL
    assert len(postbox.taken) == 2
    postbox.on_data = lambda _number: None
    with open_plan(sendable_file) as plan:
        wanted = send_list(plan, WEEK, RecipientKind.STAFF)
        assert [one.state for one in wanted.recipients[:3]] == [
            RecipientState.SENT,
            RecipientState.UNCERTAIN,
            RecipientState.NEW,
        ]
        assert send(plan, wanted, wanted.due()[:2]).is_whole
        assert len(postbox.recipients) == len(set(postbox.recipients)) == 4
        tick_sent(plan, [one.last for one in send_list(plan, WEEK, wanted.kind).uncertain()])
        after = send_list(plan, WEEK, wanted.kind).recipients[:4]
        assert {one.state for one in after} == {RecipientState.SENT}
