"""Messages as mail: what goes to a server, and the drafts that a mail program opens."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from planner.domain.distribution import Letter
from planner.errors import InputError

_UNSENT = "X-Unsent"
"""Tells Outlook to open a file as a draft that can be sent."""

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""What separates lines, or has no shape: it could end a header and begin another."""

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@[\w-]+(\.[\w-]+)+", re.ASCII)


def message(letter: Letter, at: datetime) -> EmailMessage:
    """Return a letter as a message of nothing but ASCII, its lines folded.

    Parameters
    ----------
    at
        When it is sent, in the zone that its reader lives in.

    Raises
    ------
    InputError
        ``mail-address-wrong``: an address that no server takes.
    """
    sender, receiver = address(letter.sender), address(letter.address)
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(addr_spec=sender)
    made["To"] = Address(_in_one_line(letter.name), addr_spec=receiver)
    made["Subject"] = _in_one_line(letter.subject)
    made["Date"] = at
    made["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    made.set_content(letter.body, cte="quoted-printable")
    for one in letter.attachments:
        maintype, _, subtype = one.media_type.partition("/")
        made.add_attachment(
            one.data, maintype, subtype, filename=_in_one_line(one.name), params=_params(maintype)
        )
    return made


def message_bytes(letter: Letter, at: datetime) -> bytes:
    """Return a letter as it is handed to a server.

    Raises
    ------
    InputError
        ``mail-address-wrong``: see :func:`message`.
    """
    return message(letter, at).as_bytes()


def draft_bytes(letter: Letter, at: datetime) -> bytes:
    """Return a letter as a file that mail programs open, Outlook as a draft.

    Raises
    ------
    InputError
        ``mail-address-wrong``: see :func:`message`.
    """
    made = message(letter, at)
    made[_UNSENT] = "1"
    return made.as_bytes()


def address(text: str) -> str:
    """Return an address as servers take it; the domain may have been written with any letters.

    Raises
    ------
    InputError
        ``mail-address-wrong``
    """
    local, _, domain = text.rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise InputError("mail-address-wrong", address=text) from error
    if not _ADDRESS.fullmatch(plain):
        raise InputError("mail-address-wrong", address=text)
    return plain


def _in_one_line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _params(maintype: str) -> dict[str, str]:
    return {"charset": "utf-8"} if maintype == "text" else {}
