"""A mail server that a test starts: encrypted, with a login, and as contrary as the test wants.

Its certificate is made for the session; the program trusts it as it would an organisation's own, by
``SSL_CERT_FILE``.
"""
# ruff: noqa: ARG001, ARG002, N802 - names and arguments are the server's

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "narvaro", "hemligt lösenord"


@dataclass
class Postbox:
    """What the server has taken, and what it does not take."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """The answer to some recipients."""
    refused_sender: str = ""
    """The answer to every sender, if there is one."""
    on_data: Callable[[int], None] = lambda _number: None
    """Called when a message is there and not answered yet, with its number from 1."""
    hangs_up_after: int = 0
    """So many messages and it ends the connection before it answers; 0 is never."""
    most_for_each_connection: int = 0
    """So many messages, and it asks for a new connection; 0 is any number."""


class _Handler:
    def __init__(self, box: Postbox) -> None:
        self.box = box

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.box.refused_sender:
            return self.box.refused_sender
        n_before = getattr(session, "n_taken", 0)
        if 0 < self.box.most_for_each_connection <= n_before:
            return "421 4.7.0 Too many messages on this connection"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.box.refused:
            return self.box.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.box.taken.append(message)
        self.box.recipients += envelope.rcpt_tos
        session.n_taken = getattr(session, "n_taken", 0) + 1  # type: ignore[attr-defined]
        self.box.on_data(len(self.box.taken))
        if self.box.hangs_up_after == len(self.box.taken):
            server.transport.abort()
        return "250 OK"


def _judge(_server: Any, _session: Any, _envelope: Any, way: str, told: Any) -> AuthResult:
    assert isinstance(told, LoginPassword)
    is_right = told.login.decode() == USER and told.password.decode() == PASSWORD
    return AuthResult(success=is_right, handled=False)


@pytest.fixture(scope="session")
def mail_authority() -> trustme.CA:
    """Who signs the certificates of mail servers."""
    return trustme.CA()


@pytest.fixture(scope="session")
def mail_authority_file(
    mail_authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The certificate that programs have to trust."""
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    mail_authority.cert_pem.write_to_path(str(path))
    return path


ServerMaker = Callable[..., Postbox]


@pytest.fixture
def trusted(mail_authority_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this program trust the servers of the tests."""
    monkeypatch.setenv("SSL_CERT_FILE", str(mail_authority_file))


@pytest.fixture(scope="session")
def standing_mail_server(mail_authority: trustme.CA) -> Iterator[Controller]:
    """A server for the whole session, which wants encryption and a login."""
    controller = _started(mail_authority)
    yield controller
    controller.stop(no_assert=True)


@pytest.fixture
def mail_server(standing_mail_server: Controller, trusted: None) -> Postbox:
    """The postbox of a server that wants encryption and a login; empty."""
    box = Postbox(port=standing_mail_server.port)
    standing_mail_server.handler.box = box
    return box


@pytest.fixture
def start_mail_server(mail_authority: trustme.CA, trusted: None) -> Iterator[ServerMaker]:
    """Start a server of another kind and return its postbox; it ends with the test."""
    started: list[Controller] = []

    def start(**kind: Any) -> Postbox:
        controller = _started(mail_authority, **kind)
        started.append(controller)
        box = controller.handler.box
        assert isinstance(box, Postbox)
        return box

    yield start
    for controller in started:
        controller.stop(no_assert=True)


@pytest.fixture(scope="session")
def sendable_template(
    standing_mail_server: Controller, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The small plan, published, with addresses and the standing server; only ever copied."""
    from tests.planner.sent import save_published

    path = tmp_path_factory.mktemp("sendable") / "small.narvaro"
    save_published(path, port=standing_mail_server.port, user=USER)
    return path


@pytest.fixture
def sendable_file(sendable_template: Path, tmp_path: Path) -> Path:
    """The same in a file of its own."""
    path = tmp_path / "small.narvaro"
    path.write_bytes(sendable_template.read_bytes())
    return path


def _started(
    authority: trustme.CA,
    *,
    name: str = "localhost",
    has_tls: bool = True,
    is_implicit: bool = False,
    wants_login: bool = True,
) -> Controller:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    options: dict[str, Any] = {}
    if is_implicit:
        options["ssl_context"] = context
    elif has_tls:
        options |= {"tls_context": context, "require_starttls": True}
    controller = _Server(
        _Handler(Postbox()),
        hostname="localhost",
        port=0,
        authenticator=_judge,
        # The server does not know that it is encrypted from the start, and would warn.
        auth_required=has_tls and wants_login and not is_implicit,
        auth_require_tls=has_tls and not is_implicit,
        **options,
    )
    controller.start()
    controller.handler.box.port = controller.port
    return controller


class _Server(Controller):
    """On a port that the system gives."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
