"""Hand messages to a mail server, encrypted or not at all."""

import base64
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

from planner.errors import InputError, StorageError

_TIMEOUT_S = 60
_IMPLICIT_TLS_PORT = 465
_OUR_NAME = "[127.0.0.1]"
"""What the server is greeted with: nothing that tells which computer this is."""

_DONE = frozenset({250, 251})
_GOING_AWAY = 421
_LONGEST = 300


class RefusedLetterError(Exception):
    """The server does not take one message; others may go.

    Parameters
    ----------
    words
        The server's own.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class LostLetterError(Exception):
    """The server was gone before it said whether it has taken the message."""


class _GoneError(Exception):
    """The server was gone before it was given anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where messages are handed over.

    Parameters
    ----------
    port
        465 is encrypted from the start; any other changes over before anything is said.
    user
        Empty when the server wants no login.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


class Outbox:
    """A connection to a mail server, to be used as a context.

    Raises
    ------
    InputError
        ``mail-host-unknown``, ``mail-no-tls``, ``mail-certificate``, ``mail-password-wrong`` or
        ``mail-login-missing``, when it is entered.
    StorageError
        ``mail-silent``: nobody answers there.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._smtp = _connected(self._server)
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        """Hand one message over; when this returns, the server has taken it.

        Parameters
        ----------
        sender, recipient
            Plain addresses.
        content
            The whole message.

        Raises
        ------
        RefusedLetterError
            The server does not take it for this recipient.
        LostLetterError
            The connection broke before the answer: it may have been taken.
        InputError
            ``mail-sender-refused``, or as when entered; the message was not handed over.
        StorageError
            ``mail-silent``; the message was not handed over.
        """
        try:
            self._offer(sender, recipient)
        except _GoneError:  # a server may end a connection that was idle or has served its share
            self._leave()
            self._smtp = _connected(self._server)
            try:
                self._offer(sender, recipient)
            except _GoneError as error:
                raise self._silent() from error
        self._hand_over(content)

    def _offer(self, sender: str, recipient: str) -> None:
        with _going(_GoneError):
            code, words = self._connection.mail(sender)
            if code in _DONE:
                code, words = self._connection.rcpt(recipient)
                if code not in _DONE and code != _GOING_AWAY:
                    self._connection.rset()
                    raise RefusedLetterError(_said(code, words))
        if code == _GOING_AWAY:
            raise _GoneError
        if code not in _DONE:
            raise InputError("mail-sender-refused", sender=sender, words=_said(code, words))

    def _hand_over(self, content: bytes) -> None:
        with _going(LostLetterError):
            try:
                code, words = self._connection.data(content)
            except smtplib.SMTPDataError as error:
                code, words = error.smtp_code, _as_bytes(error.smtp_error)
        if code not in _DONE:
            with suppress(smtplib.SMTPException, OSError):
                self._connection.rset()
            raise RefusedLetterError(_said(code, words))

    @property
    def _connection(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise RuntimeError("sending outside of the context")
        return self._smtp

    def _leave(self) -> None:
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None

    def _silent(self) -> StorageError:
        return StorageError("mail-silent", host=self._server.host, port=self._server.port)


@contextmanager
def _going(kind: type[Exception]) -> Iterator[None]:
    """Raise ``kind`` when the server goes away inside the block."""
    try:
        yield
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        if isinstance(error, smtplib.SMTPException) and not isinstance(
            error, smtplib.SMTPServerDisconnected
        ):
            raise
        raise kind from error


def _connected(server: MailServer) -> smtplib.SMTP:
    """Return an encrypted connection, logged in."""
    with _refusals(server):
        smtp = _encrypted(server)
        try:
            # Else the end of each message waits for the server to acknowledge what came before.
            if smtp.sock is not None:
                smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                _log_in(smtp, server)
        except BaseException:
            smtp.close()
            raise
        return smtp


@contextmanager
def _refusals(server: MailServer) -> Iterator[None]:
    """Raise what a server or the way to it refuses as what a person can mend."""
    host, port = server.host, server.port
    try:
        yield
    except (socket.gaierror, UnicodeError) as error:
        raise InputError("mail-host-unknown", host=host) from error
    except ssl.SSLCertVerificationError as error:
        detail = error.verify_message
        raise InputError("mail-certificate", host=host, detail=detail) from error
    except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
        raise InputError("mail-no-tls", host=host, port=port) from error
    except smtplib.SMTPAuthenticationError as error:
        words = _said(error.smtp_code, _as_bytes(error.smtp_error))
        raise InputError("mail-password-wrong", user=server.user, words=words) from error
    except (smtplib.SMTPException, OSError) as error:
        raise StorageError("mail-silent", host=host, port=port) from error


def _encrypted(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.port == _IMPLICIT_TLS_PORT:
        return smtplib.SMTP_SSL(
            server.host, server.port, _OUR_NAME, timeout=_TIMEOUT_S, context=context
        )
    smtp = smtplib.SMTP(server.host, server.port, _OUR_NAME, timeout=_TIMEOUT_S)
    try:
        smtp.starttls(context=context)
    except smtplib.SMTPResponseException as error:  # the server offers it, and does not do it
        smtp.close()
        raise smtplib.SMTPNotSupportedError from error
    except BaseException:
        smtp.close()
        raise
    return smtp


def _log_in(smtp: smtplib.SMTP, server: MailServer) -> None:
    ways = smtp.esmtp_features.get("auth", "").split()
    if not {"CRAM-MD5", "LOGIN", "PLAIN"}.intersection(ways):
        raise InputError("mail-login-missing", host=server.host)
    if server.user.isascii() and server.password.isascii():
        smtp.login(server.user, server.password)
        return
    # The library's own ways take no letters beyond ASCII; the standard says UTF-8 (RFC 4616).
    told = base64.b64encode(f"\0{server.user}\0{server.password}".encode()).decode()
    code, words = smtp.docmd("AUTH", f"PLAIN {told}")
    if code not in {235, 503}:
        raise smtplib.SMTPAuthenticationError(code, words)


def _said(code: int, words: bytes) -> str:
    """Return a server's answer in one line."""
    text = " ".join(words.decode("utf-8", "replace").split())
    return f"{code} {text}"[:_LONGEST]


def _as_bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode()
