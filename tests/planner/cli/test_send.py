"""``narvaro send``: what would leave, drafts, and a real server."""

import json
import signal

import jsonschema
import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

import resources
from planner.cli import send_command
from planner.services.send import sending
from tests.mail_server import PASSWORD, USER
from tests.planner.small import WEEK

W = ["--week", str(WEEK)]


def read(out):
    """Return a document that keeps to its schema."""
    document = json.loads(out)
    schema = json.loads(resources.path("schemas", "sending-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    return document


@pytest.fixture
def file(sendable_file):
    return sendable_file


@pytest.fixture
def served(sendable_file, mail_server):
    """The plan's file, and the postbox of the server it names; no key store is there."""
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield sendable_file, mail_server
    keyring.set_keyring(before)


@pytest.fixture
def typing(monkeypatch):
    """Somebody sits at a terminal and types these passwords."""

    def types(*passwords):
        answers = iter(passwords)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(send_command.getpass, "getpass", lambda _prompt: next(answers))

    return types


def test_dry_run_shows_the_messages_and_nothing_leaves(run, file):
    before = file.read_bytes()
    code, out, err = run("send", file, *W, "--to", "schools", "--dry-run")
    assert (code, err) == (0, "")
    assert "Askskolan <a@skola.example>" in out
    assert "2026-W48-b-anslagstavla.pdf" in out
    assert file.read_bytes() == before


def test_dry_run_as_json_holds_the_whole_messages(run, file):
    code, out, _ = run("send", file, *W, "--to", "staff", "--dry-run", "--json")
    document = read(out)
    assert code == 0
    assert (document["to"], document["publication"], len(document["messages"])) == ("staff", 1, 8)
    first = document["messages"][0]
    assert first["address"] == "c1@stad.example"
    assert first["state"] == "new"
    assert [one["type"] for one in first["attachments"]] == ["application/pdf"]


def test_drafts_are_written_once(run, file, tmp_path):
    options = ["send", file, *W, "--to", "schools", "--drafts", tmp_path / "drafts"]
    code, out, _ = run(*options)
    assert (code, out) == (0, f"2 drafts are written to {tmp_path / 'drafts'}.\n")
    assert len(list((tmp_path / "drafts").glob("*.eml"))) == 2
    assert run(*options)[1].startswith("0 drafts")


def test_messages_leave_with_a_password_that_is_typed(run, served, typing):
    file, postbox = served
    postbox.refused["b@skola.example"] = "550 Nobody here"
    typing(PASSWORD)
    code, out, err = run("send", file, *W, "--to", "schools", "--json")
    document = read(out)
    assert code == 1
    assert [(one["id"], one["result"]) for one in document["messages"]] == [
        ("a", "sent"),
        ("b", "refused"),
    ]
    assert document["messages"][1]["reason"] == "550 Nobody here"
    assert "no key store" in err
    assert PASSWORD not in out + err


def test_wrong_password_is_one_sentence(run, served, typing):
    file, postbox = served
    typing("fel")
    code, out, err = run("send", file, *W, "--to", "schools")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith(f"The mail server does not take account “{USER}”")
    assert postbox.taken == []


def test_without_terminal_and_key_store_it_says_what_to_do(run, served):
    file, _postbox = served
    code, _out, err = run("send", file, *W, "--to", "schools")
    assert code == 2
    assert err.startswith(f"The password of “{USER}” is needed")


def test_unpublished_week_is_one_sentence(run, file):
    code, _out, err = run("send", file, "--week", "2026-W50", "--to", "schools")
    assert code == 2
    assert err == "Week 2026-W50 is not published yet; publish it first.\n"


def test_password_is_no_argument(run):
    _code, out, _err = run("send", "--help")
    assert "assword" not in out


def test_ctrl_c_says_what_becomes_of_the_messages(run, file, tmp_path, monkeypatch):
    def stopped(_plan, _wanted, due, _folder, *, should_stop, **_more):
        signal.raise_signal(signal.SIGINT)
        assert should_stop()
        return sending.Outcome(left=tuple(due))

    monkeypatch.setattr(sending, "save_drafts", stopped)
    code, _, err = run("send", file, *W, "--to", "schools", "--drafts", tmp_path / "d")
    assert code == 1
    assert "what has gone out is noted" in err
    assert "2 messages were not sent" in err
