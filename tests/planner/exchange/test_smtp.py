"""Messages are handed to a real server: encrypted, logged in, each once."""

import socket

import pytest

from planner.errors import InputError, StorageError
from planner.exchange import smtp
from planner.exchange.smtp import LostLetterError, MailServer, Outbox, RefusedLetterError
from tests.mail_server import PASSWORD, USER

SENDER = "narvaro@stad.example"


def server_of(box, **changes):
    return MailServer(
        **{"host": "localhost", "port": box.port, "user": USER, "password": PASSWORD} | changes
    )


def content(text="Hej"):
    return f"Subject: {text}\r\n\r\n.punkt\r\n{text}\r\n".encode()


def send(outbox, to="a@skola.example", text="Hej"):
    outbox.send(SENDER, to, content(text))


def test_message_arrives_whole_after_encryption_and_login(mail_server):
    with Outbox(server_of(mail_server)) as outbox:
        send(outbox)
    assert mail_server.recipients == ["a@skola.example"]
    assert mail_server.taken[0].get_content().splitlines() == [".punkt", "Hej"]


def test_implicit_tls_on_its_port(start_mail_server, monkeypatch):
    box = start_mail_server(is_implicit=True)
    monkeypatch.setattr(smtp, "_IMPLICIT_TLS_PORT", box.port)
    with Outbox(server_of(box)) as outbox:
        send(outbox)
    assert len(box.taken) == 1


@pytest.mark.parametrize("password", ["fel", "också fel", ""])
def test_wrong_password_is_said_before_anything_is_sent(mail_server, password):
    with (
        pytest.raises(InputError) as caught,
        Outbox(server_of(mail_server, password=password)) as outbox,
    ):
        send(outbox)
    assert caught.value.code == "mail-password-wrong"
    assert caught.value.values["user"] == USER
    assert mail_server.taken == []


def test_password_is_in_no_text_about_the_server(mail_server):
    assert PASSWORD not in repr(server_of(mail_server))


def test_server_without_encryption_gets_neither_password_nor_message(start_mail_server):
    box = start_mail_server(has_tls=False)
    with pytest.raises(InputError) as caught, Outbox(server_of(box)) as outbox:
        send(outbox)
    assert caught.value.code == "mail-no-tls"
    assert box.taken == []


def test_certificate_of_another_server_is_not_trusted(start_mail_server):
    box = start_mail_server(name="mail.example.org")
    with pytest.raises(InputError) as caught, Outbox(server_of(box)):
        pass
    assert caught.value.code == "mail-certificate"


def test_certificate_of_an_unknown_authority_is_not_trusted(mail_server, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(InputError) as caught, Outbox(server_of(mail_server)):
        pass
    assert caught.value.code == "mail-certificate"


def test_unknown_host(mail_server):
    with pytest.raises(InputError) as caught, Outbox(server_of(mail_server, host="finns.invalid")):
        pass
    assert caught.value.code == "mail-host-unknown"


def test_nobody_listens_there():
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
        with (
            pytest.raises(StorageError) as caught,
            Outbox(MailServer(host="localhost", port=port)),
        ):
            pass
    assert caught.value.code == "mail-silent"


def test_refused_recipient_does_not_stop_the_next(mail_server):
    mail_server.refused["b@skola.example"] = "550 5.1.1 Okänd mottagare"
    with Outbox(server_of(mail_server)) as outbox:
        with pytest.raises(RefusedLetterError) as caught:
            send(outbox, "b@skola.example")
        send(outbox)
    assert caught.value.words == "550 5.1.1 Okänd mottagare"
    assert mail_server.recipients == ["a@skola.example"]


def test_refused_sender_is_said_in_the_words_of_the_server(mail_server):
    mail_server.refused_sender = "553 5.7.1 Not yours"
    with Outbox(server_of(mail_server)) as outbox, pytest.raises(InputError) as caught:
        send(outbox)
    assert caught.value.code == "mail-sender-refused"
    assert caught.value.values["words"] == "553 5.7.1 Not yours"


def test_connection_that_has_served_its_share_is_made_anew(mail_server):
    mail_server.most_for_each_connection = 2
    with Outbox(server_of(mail_server)) as outbox:
        for number in range(5):
            send(outbox, text=str(number))
    assert [one["Subject"] for one in mail_server.taken] == list("01234")


def test_connection_that_breaks_before_the_answer_leaves_a_doubt(mail_server):
    mail_server.hangs_up_after = 1
    with Outbox(server_of(mail_server)) as outbox:
        with pytest.raises(LostLetterError):
            send(outbox)
        send(outbox, text="nästa")
    assert len(mail_server.taken) == 2
