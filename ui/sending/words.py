"""What the sending window says of recipients and messages."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from planner import words
from planner.domain.distribution import Channel, Dispatch, DispatchState, RecipientKind
from planner.messages import sentence
from planner.services.send.send_list import Recipient, RecipientState, SendList
from planner.services.send.sending import Outcome
from planner.words import N_, _, ngettext

TITLES: Mapping[RecipientKind, str] = {
    RecipientKind.SCHOOL: N_("Schools"),
    RecipientKind.STAFF: N_("Staff"),
}

SET_NAMES: Mapping[RecipientKind, str] = {
    RecipientKind.SCHOOL: "schools",
    RecipientKind.STAFF: "staff",
}
"""Where their addresses are written."""

LOOKS: Mapping[RecipientState, tuple[str, str]] = {
    RecipientState.NEW: ("send", "accent"),
    RecipientState.CHANGED: ("send", "accent"),
    RecipientState.SENT: ("circle-check", "success"),
    RecipientState.REFUSED: ("circle-alert", "danger"),
    RecipientState.UNCERTAIN: ("triangle-alert", "warning"),
}
"""Symbol of each state, and the token of its colour."""

NO_ADDRESS_LOOK = ("circle-alert", "danger")

_CHANNELS: Mapping[Channel, str] = {
    Channel.SMTP: N_("Sent"),
    Channel.FILE: N_("Draft"),
}


def state_text(one: Recipient, zone: ZoneInfo) -> str:
    """Return what a recipient has or needs, such as ``Changed since version 2``."""
    last = one.last
    if one.is_due and not one.address:
        return _("No address")
    if one.state is RecipientState.REFUSED and last is not None:
        return _("Refused: {words}", words=last.reason)
    if one.state is RecipientState.CHANGED and one.got is not None:
        return _("Changed since version {n}", n=one.got.version)
    if one.state is RecipientState.UNCERTAIN and last is not None:
        return _("May have been sent {when}", when=when_text(last.at, zone))
    if last is None:
        return _("Not sent yet")
    return f"{_(_CHANNELS[last.channel])} {when_text(last.at, zone)}"


def way_text(dispatch: Dispatch) -> str:
    """Return what became of a message, for the log."""
    if dispatch.state is DispatchState.REFUSED:
        return _("Refused: {words}", words=dispatch.reason)
    if dispatch.state is DispatchState.SENDING:
        return _("May have been sent")
    return _(_CHANNELS[dispatch.channel])


def when_text(at: datetime, zone: ZoneInfo) -> str:
    """Return such as ``tis 24/11 14:05``."""
    return f"{words.short_date(at.astimezone(zone).date())} {words.clock(at, zone)}"


def held_version(one: Recipient) -> int:
    """Return the version that the recipient has if it holds, else the one to be sent."""
    is_held = one.state is RecipientState.SENT and one.got is not None
    return one.got.version if is_held and one.got is not None else one.version


def overview(wanted: SendList) -> tuple[str, str]:
    """Return what is to be known of a list before it is sent, and its tone."""
    n_uncertain, n_unreachable = len(wanted.uncertain()), len(wanted.unreachable())
    if n_uncertain:
        return (
            ngettext(
                "{n} message may have been sent when the program or the connection ended. Ask, "
                "and tick it as sent, or mark it to send it again.",
                "{n} messages may have been sent when the program or the connection ended. Ask, "
                "and tick them as sent, or mark them to send them again.",
                n_uncertain,
            ),
            "warning",
        )
    if n_unreachable:
        return (
            ngettext(
                "{n} has no address and gets nothing.",
                "{n} have no address and get nothing.",
                n_unreachable,
            ),
            "warning",
        )
    if not wanted.due():
        return _("Everybody has been sent the version that holds."), "success"
    return "", ""


def outcome_text(outcome: Outcome, *, is_draft: bool) -> tuple[str, str]:
    """Return what became of the messages, and its tone."""
    n = len(outcome.sent)
    done = (
        ngettext("{n} draft saved.", "{n} drafts saved.", n)
        if is_draft
        else ngettext("{n} message sent.", "{n} messages sent.", n)
    )
    told = [done]
    if outcome.refused:
        told.append(
            ngettext(
                "{n} was refused; the list says why.",
                "{n} were refused; the list says why.",
                len(outcome.refused),
            )
        )
    if outcome.uncertain:
        told.append(
            ngettext("{n} may have been sent.", "{n} may have been sent.", len(outcome.uncertain))
        )
    told += [f"{one.name}: {sentence(error)}" for one, error in outcome.stopped[:1]]
    if len(outcome.stopped) > 1:
        n_more = len(outcome.stopped) - 1
        told.append(ngettext("{n} more was stopped.", "{n} more were stopped.", n_more))
    if outcome.trouble is not None:
        told.append(sentence(outcome.trouble))
    if outcome.left:
        n_left = len(outcome.left)
        told.append(ngettext("{n} was left.", "{n} were left.", n_left))
    tone = "success" if outcome.is_whole else "danger" if outcome.trouble else "warning"
    return " ".join(told), tone
