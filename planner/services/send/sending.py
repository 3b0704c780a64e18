"""Send the documents of a published week, or save them as drafts; nothing goes out twice.

That a message is about to be handed over is kept before it is, and that it was taken is kept after.
If the program ends in between, nobody knows whether it went out: then a person decides.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner import clock
from planner.domain.distribution import Channel, Dispatch, DispatchState, Letter
from planner.errors import ConflictError, InputError, PlannerError, StorageError
from planner.exchange.mail import address, draft_bytes, message_bytes
from planner.exchange.smtp import LostLetterError, MailServer, Outbox, RefusedLetterError
from planner.services.files import make_folder, write_files
from planner.services.plans import OpenPlan
from planner.services.send.letters import LetterWriter
from planner.services.send.send_list import Recipient, SendList
from planner.store.store import Store

OnProgress = Callable[[int, int], None]
"""Told how many messages of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the messages to those who were chosen.

    Parameters
    ----------
    sent
        Taken by the server, or saved as drafts.
    refused
        With the server's words.
    stopped
        Never handed over, and why: something in the message is not for the recipient, or somebody
        else was sending it.
    uncertain
        Handed over, and the connection broke before the answer.
    left
        Not tried, as somebody cancelled or as ``trouble`` came in between.
    trouble
        What ended it early.
    files
        The drafts.
    """

    sent: tuple[Recipient, ...] = ()
    refused: tuple[tuple[Recipient, str], ...] = ()
    stopped: tuple[tuple[Recipient, PlannerError], ...] = ()
    uncertain: tuple[Recipient, ...] = ()
    left: tuple[Recipient, ...] = ()
    trouble: PlannerError | None = None
    files: tuple[Path, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether everybody who was chosen has got the message."""
        return not (self.refused or self.stopped or self.uncertain or self.left or self.trouble)


@dataclass
class _Tally:
    sent: list[Recipient] = field(default_factory=list)
    refused: list[tuple[Recipient, str]] = field(default_factory=list)
    stopped: list[tuple[Recipient, PlannerError]] = field(default_factory=list)
    uncertain: list[Recipient] = field(default_factory=list)
    trouble: PlannerError | None = None

    def outcome(self, chosen: tuple[Recipient, ...], files: tuple[Path, ...] = ()) -> Outcome:
        tried = {
            one.id
            for one in (
                *self.sent,
                *self.uncertain,
                *(one for one, _words in self.refused),
                *(one for one, _error in self.stopped),
            )
        }
        return Outcome(
            sent=tuple(self.sent),
            refused=tuple(self.refused),
            stopped=tuple(self.stopped),
            uncertain=tuple(self.uncertain),
            left=tuple(one for one in chosen if one.id not in tried),
            trouble=self.trouble,
            files=files,
        )


def needs_password(open_plan: OpenPlan) -> bool:
    """Tell whether the mail server wants a login."""
    return bool(open_plan.plan.settings.mail_user)


def send(
    open_plan: OpenPlan,
    wanted: SendList,
    chosen: Iterable[Recipient],
    *,
    password: str = "",
    on_progress: OnProgress = lambda _done, _all: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Send their messages to those who were chosen, one after the other.

    Parameters
    ----------
    wanted
        What was looked at: a message of which the log says something else by now is not sent.
    chosen
        Of ``wanted``. Whoever is not due is sent the message once more.
    password
        Of the account at the mail server; kept nowhere.
    should_stop
        Asked before each message.

    Raises
    ------
    ConflictError
        ``sending-outdated``: another version was published meanwhile.
    InputError
        ``mail-sender-missing``, ``mail-host-missing``, ``mail-host-unknown``, ``mail-no-tls``,
        ``mail-certificate``, ``mail-login-missing`` or ``mail-password-wrong``: nothing was sent.
    StorageError
        ``mail-silent``, or what the plan's file or database refuses before anything is sent.
    """
    chosen = _reachable(chosen)
    if not chosen:
        return Outcome()
    settings = open_plan.plan.settings
    if not settings.mail_sender:
        raise InputError("mail-sender-missing")
    if not settings.mail_host:
        raise InputError("mail-host-missing")
    writer = LetterWriter(open_plan, wanted.week, number=wanted.publication)
    open_plan.store.check_writable()
    server = MailServer(
        host=settings.mail_host,
        port=settings.mail_port,
        user=settings.mail_user,
        password=password,
    )
    tally = _Tally()
    with Outbox(server) as outbox:
        for number, to in enumerate(chosen, start=1):
            if should_stop():
                break
            try:
                _send_one(open_plan, outbox, writer, to, tally)
            except (InputError, StorageError) as error:
                tally.trouble = error
                break
            on_progress(number, len(chosen))
    return tally.outcome(chosen)


def save_drafts(
    open_plan: OpenPlan,
    wanted: SendList,
    chosen: Iterable[Recipient],
    folder: Path,
    *,
    on_progress: OnProgress = lambda _done, _all: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Save the messages to those who were chosen as files for a mail program; all or none.

    They count as sent: whoever saves drafts sends them. A draft of an earlier version, or of the
    same, is replaced.

    Parameters
    ----------
    folder
        Made when it does not exist.
    should_stop
        Asked before each message; once it says yes, nothing is written.

    Raises
    ------
    ConflictError
        ``sending-outdated``: another version was published meanwhile.
    InputError
        ``mail-sender-missing``
    StorageError
        ``output-…``: what folder or disk refuse.
    """
    chosen = _reachable(chosen)
    writer = LetterWriter(open_plan, wanted.week, number=wanted.publication)
    names, at = writer.draft_names(chosen), clock.now()
    tally = _Tally()
    files: dict[Path, bytes] = {}
    for number, (to, letter) in enumerate(_letters(writer, chosen, tally), start=1):
        if should_stop():
            return _Tally().outcome(chosen)
        files[folder / names[to.id]] = draft_bytes(letter, at.astimezone(open_plan.plan.zone))
        tally.sent.append(to)
        on_progress(number, len(chosen))
    if not files:
        return tally.outcome(chosen)
    make_folder(folder)
    written = write_files(files)
    with open_plan.store.transaction(
        "save-drafts", week=str(wanted.week), kind=wanted.kind.value, n=len(written)
    ):
        open_plan.store.put_dispatches(
            _dispatch(open_plan, to, Channel.FILE, DispatchState.SENT) for to in tally.sent
        )
    return tally.outcome(chosen, written)


def _reachable(chosen: Iterable[Recipient]) -> tuple[Recipient, ...]:
    return tuple(one for one in chosen if one.address)


def _letters(
    writer: LetterWriter, chosen: Iterable[Recipient], tally: _Tally
) -> Iterator[tuple[Recipient, Letter]]:
    """Yield the message to each; what may not be sent to one does not stop the others."""
    for to in chosen:
        try:
            letter = writer.letter(to)
            address(to.address)
        except PlannerError as error:
            if error.code == "mail-sender-missing":
                raise
            tally.stopped.append((to, error))
        else:
            yield to, letter


def _send_one(
    open_plan: OpenPlan, outbox: Outbox, writer: LetterWriter, to: Recipient, tally: _Tally
) -> None:
    for _to, letter in _letters(writer, [to], tally):
        handed = _dispatch(open_plan, to, Channel.SMTP, DispatchState.SENDING)
        content = message_bytes(letter, handed.at.astimezone(open_plan.plan.zone))
        try:
            with _logging(open_plan, "send", to) as store:
                store.claim_dispatch(handed, to.kept)
        except ConflictError as error:
            tally.stopped.append((to, error))
            return
        try:
            outbox.send(address(letter.sender), address(letter.address), content)
        except LostLetterError:
            tally.uncertain.append(to)
        except RefusedLetterError as error:
            _keep(open_plan, to, replace(handed, state=DispatchState.REFUSED, reason=error.words))
            tally.refused.append((to, error.words))
        except PlannerError:
            _take_back(open_plan, to)
            raise
        else:
            _keep_sent(open_plan, to, handed, tally)


def _keep_sent(open_plan: OpenPlan, to: Recipient, handed: Dispatch, tally: _Tally) -> None:
    try:
        _keep(open_plan, to, replace(handed, state=DispatchState.SENT))
    except StorageError:
        tally.uncertain.append(to)  # it is sent, and the log cannot say so
        raise
    tally.sent.append(to)


def _keep(open_plan: OpenPlan, to: Recipient, dispatch: Dispatch) -> None:
    with _logging(open_plan, "sent", to) as store:
        store.put_dispatches([dispatch])


def _take_back(open_plan: OpenPlan, to: Recipient) -> None:
    """Make the log say of a message what it said before it was claimed."""
    with _logging(open_plan, "not-sent", to) as store:
        if to.kept is None:
            store.remove_dispatch(to.letter)
        else:
            store.put_dispatches([to.kept])


@contextmanager
def _logging(open_plan: OpenPlan, command: str, to: Recipient) -> Iterator[Store]:
    with open_plan.store.transaction(
        command, week=str(to.week), kind=to.kind.value, recipient=to.id
    ):
        yield open_plan.store


def _dispatch(
    open_plan: OpenPlan, to: Recipient, channel: Channel, state: DispatchState
) -> Dispatch:
    return Dispatch(
        id=to.letter,
        week=to.week,
        publication=to.publication,
        kind=to.kind,
        recipient=to.id,
        version=to.version,
        address=to.address,
        channel=channel,
        state=state,
        at=clock.now(),
        by=open_plan.store.actor,
    )
