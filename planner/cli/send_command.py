"""The command that sends what was published."""

import getpass
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planner.cli.shared import (
    PlanArgument,
    WeekOption,
    choice,
    complain,
    interruptible,
    live_line,
    opened,
    print_json,
)
from planner.domain.distribution import Letter, RecipientKind
from planner.errors import InputError, PlannerError
from planner.messages import sentence
from planner.words import N_, _, ngettext

if TYPE_CHECKING:
    from planner.services.plans import OpenPlan
    from planner.services.send.send_list import Recipient, SendList
    from planner.services.send.sending import Outcome

FORMAT = "narvaro-sending/1"
"""Name and version of ``send --json``; its schema is ``resources/schemas/sending-1.json``."""

_STOPPING = N_("Stopping; what has gone out is noted. Ctrl-C once more ends at once.")
_KINDS = {"schools": RecipientKind.SCHOOL, "staff": RecipientKind.STAFF}


def send(  # noqa: PLR0917 - the options of the command
    plan: PlanArgument,
    week: WeekOption,
    to: Annotated[str, typer.Option("--to", metavar="schools|staff", help=N_("Who gets theirs."))],
    drafts: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=N_("Save drafts there for a mail program instead.")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Show the messages; nothing leaves."))
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=N_("Print one JSON document and nothing else."))
    ] = False,
) -> int:
    """Send what holds to those who do not have it; 1 when somebody does not get it."""
    from planner.services.send.send_list import send_list

    kind = _KINDS[choice(to, _KINDS)]
    with opened(plan) as found:
        wanted = send_list(found, week, kind)
        if dry_run:
            return _show(found, wanted, as_json=as_json)
        outcome = _sent(found, wanted, drafts)
        if as_json:
            print_json(_document(wanted, outcome))
        else:
            _tell(wanted, outcome, drafts)
    is_whole = outcome.is_whole and not wanted.unreachable() and not wanted.uncertain()
    return 0 if is_whole else 1


def _sent(found: "OpenPlan", wanted: "SendList", drafts: Path | None) -> "Outcome":
    from planner.services.send import sending

    due = wanted.due()
    with interruptible(_STOPPING) as should_stop, live_line() as say:

        def progress(n_done: int, n_all: int) -> None:
            say(_("Message {n_done} of {n_all}", n_done=n_done, n_all=n_all), n_done == n_all)

        if drafts is not None:
            return sending.save_drafts(
                found, wanted, due, drafts, on_progress=progress, should_stop=should_stop
            )
        refusal = InputError("mail-password-missing", user=found.plan.settings.mail_user)
        for password in _passwords(found) if due else ("",):
            try:
                return sending.send(
                    found,
                    wanted,
                    due,
                    password=password,
                    on_progress=progress,
                    should_stop=should_stop,
                )
            except InputError as error:  # nothing was sent
                if error.code != "mail-password-wrong":
                    raise
                refusal = error
        raise refusal


def _passwords(found: "OpenPlan") -> "Iterator[str]":
    """Yield the password in the key store, then what somebody types."""
    from planner.services.send import mail_password

    settings = found.plan.settings
    if not settings.mail_user or not settings.mail_host:
        yield ""
        return
    stored = mail_password.stored_password(settings)
    if stored is not None:
        yield stored
    if not sys.stdin.isatty():
        return
    if not mail_password.has_key_store():
        complain(_("This system has no key store, so the password is asked for each time."))
    yield getpass.getpass(_("Password of {user}: ", user=settings.mail_user))


def _show(found: "OpenPlan", wanted: "SendList", *, as_json: bool) -> int:
    """Show each message that would leave; 1 when one may not."""
    from planner.services.send.letters import LetterWriter

    writer = LetterWriter(found, wanted.week, number=wanted.publication)
    shown: list[dict[str, Any]] = []
    is_whole = True
    for one in wanted.due():
        try:
            letter = writer.letter(one)
        except PlannerError as error:
            if error.code == "mail-sender-missing":
                raise
            is_whole = False
            shown.append(_line(one) | {"result": "stopped", "reason": sentence(error)})
            complain(sentence(error))
            continue
        shown.append(_line(one) | _parts(letter))
        if not as_json:
            print("\n".join(_text(one, letter)))
    if as_json:
        print_json(_envelope(wanted) | {"messages": shown})
    else:
        _tell_left_out(wanted)
    return 0 if is_whole and not wanted.unreachable() and not wanted.uncertain() else 1


def _text(one: "Recipient", letter: Letter) -> list[str]:
    return [
        f"{one.name} <{letter.address}>",
        letter.subject,
        "",
        *letter.body.splitlines(),
        *(f"  {attachment.name} ({len(attachment.data)} B)" for attachment in letter.attachments),
        "",
    ]


def _parts(letter: Letter) -> dict[str, Any]:
    return {
        "sender": letter.sender,
        "subject": letter.subject,
        "body": letter.body,
        "attachments": [
            {"name": one.name, "type": one.media_type, "bytes": len(one.data)}
            for one in letter.attachments
        ],
    }


def _envelope(wanted: "SendList") -> dict[str, Any]:
    return {
        "format": FORMAT,
        "week": str(wanted.week),
        "publication": wanted.publication,
        "to": next(name for name, kind in _KINDS.items() if kind is wanted.kind),
        "without_address": [_line(one) for one in wanted.unreachable()],
        "uncertain": [_line(one) for one in wanted.uncertain()],
    }


def _line(one: "Recipient") -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "address": one.address,
        "version": one.version,
        "state": one.state.value,
    }


def _document(wanted: "SendList", outcome: "Outcome") -> dict[str, Any]:
    results: list[dict[str, Any]] = [
        *(_line(one) | {"result": "sent"} for one in outcome.sent),
        *(_line(one) | {"result": "refused", "reason": words} for one, words in outcome.refused),
        *(
            _line(one) | {"result": "stopped", "reason": sentence(error)}
            for one, error in outcome.stopped
        ),
        *(_line(one) | {"result": "uncertain"} for one in outcome.uncertain),
        *(_line(one) | {"result": "left"} for one in outcome.left),
    ]
    return _envelope(wanted) | {
        "messages": results,
        "trouble": sentence(outcome.trouble) if outcome.trouble else None,
        "files": [str(path) for path in outcome.files],
    }


def _tell(wanted: "SendList", outcome: "Outcome", drafts: Path | None) -> None:
    for one, words in outcome.refused:
        complain(_("{name} was refused: {words}", name=one.name, words=words))
    for _one, error in outcome.stopped:
        complain(sentence(error))
    if outcome.trouble is not None:
        complain(sentence(outcome.trouble))
    if outcome.left:
        n = len(outcome.left)
        complain(ngettext("{n} message was not sent.", "{n} messages were not sent.", n))
    _tell_left_out(wanted, outcome.uncertain)
    n = len(outcome.sent)
    if drafts is not None:
        print(
            ngettext(
                "{n} draft is written to {folder}.",
                "{n} drafts are written to {folder}.",
                n,
                folder=drafts,
            )
        )
    else:
        print(ngettext("{n} message is sent.", "{n} messages are sent.", n))


def _tell_left_out(wanted: "SendList", uncertain: "Iterable[Recipient]" = ()) -> None:
    for one in wanted.unreachable():
        complain(_("{name} has no address; write it in the data.", name=one.name))
    for one in (*wanted.uncertain(), *uncertain):
        complain(
            _(
                "{name} may have got the message; ask, and tick it off or send it again in the "
                "window.",
                name=one.name,
            )
        )
