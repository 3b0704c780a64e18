"""Messages as mail: read back by the standard library, and nothing in them that could do harm."""

from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.distribution import Attachment, Letter
from planner.errors import InputError
from planner.exchange.mail import address, draft_bytes, message_bytes

AT = datetime(2026, 11, 20, 14, 5, tzinfo=ZoneInfo("Europe/Stockholm"))
LETTER = Letter(
    id="2026-W48.school.0123456789abcdef",
    sender="narvaro@stad.example",
    name="Älvsjö gymnasium, Östra ”huset”",
    address="alvsjo@skola.example",
    subject="Kontaktpersoner på skolan vecka 48, version 2",
    body="Hej!\n\nHär är bladet för Älvsjö.\n.\nFrom här\n",
    attachments=(
        Attachment(name="2026-W48-ål-kontor.pdf", media_type="application/pdf", data=b"%PDF"),
        Attachment(name="2026-W48-ål-kontor.html", media_type="text/html", data="<p>å".encode()),
    ),
)
BREAKING = st.text(
    st.sampled_from("aå \r\n\0\x0b\x0c\x1c\x85\u2028\u2029,;:<>\"'@()[]\\=?\u202e😀"), max_size=40
)


def changed(**fields):
    names = ("id", "sender", "name", "address", "subject", "body", "attachments")
    return Letter(**{name: getattr(LETTER, name) for name in names} | fields)


def read(data):
    return message_from_bytes(data, policy=default)


def test_message_is_read_back_as_it_was_meant():
    message = read(message_bytes(LETTER, AT))
    assert message["From"] == "narvaro@stad.example"
    assert message["To"].addresses[0].display_name == LETTER.name
    assert message["To"].addresses[0].addr_spec == LETTER.address
    assert message["Subject"] == LETTER.subject
    assert message["Date"].datetime == AT
    assert message["Message-ID"] == "<2026-W48.school.0123456789abcdef@stad.example>"
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.body
    files = list(message.iter_attachments())
    assert [one.get_filename() for one in files] == [one.name for one in LETTER.attachments]
    assert [one.get_content_type() for one in files] == ["application/pdf", "text/html"]
    assert files[0].get_content() == b"%PDF"
    assert files[1].get_content() == "<p>å"
    assert all(one.get_content_disposition() == "attachment" for one in files)


def test_message_has_no_headers_of_our_own_and_a_draft_says_that_it_is_one():
    message, draft = read(message_bytes(LETTER, AT)), read(draft_bytes(LETTER, AT))
    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"
    }  # fmt: skip
    assert set(draft.keys()) - set(message.keys()) == {"X-Unsent"}
    assert draft["X-Unsent"] == "1"


def test_lines_are_short_and_plain_however_long_the_texts_are():
    long = changed(
        name="Ö" * 300,
        subject="Skolblad " * 60,
        body="ord " * 500,
        attachments=(Attachment(name="å" * 200 + ".pdf", media_type="application/pdf", data=b"x"),),
    )
    data = message_bytes(long, AT)
    assert data.isascii()
    assert all(len(line) <= 78 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    # The newer reader of 3.11 puts blanks between the parts of an encoded name; the older does not.
    assert str(make_header(decode_header(message_from_bytes(data)["To"]))).startswith(long.name)
    assert read(data)["Subject"] == long.subject.strip()


@given(name=BREAKING, subject=BREAKING, file=BREAKING)
def test_no_text_begins_a_header_of_its_own(name, subject, file):
    evil = "\r\nBcc: andra@skola.example\r\n\r\nHej"
    attachments = (Attachment(name=file + evil, media_type="application/pdf", data=b"x"),)
    letter = changed(name=name + evil, subject=evil + subject, attachments=attachments)
    message = read(message_bytes(letter, AT))
    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == [LETTER.address]
    assert len(list(message.iter_attachments())) == 1
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.body


@given(st.text(max_size=30) | BREAKING)
def test_only_one_plain_address_is_an_address(text):
    try:
        found = address(text)
    except InputError:
        return
    assert found.isascii()
    assert found.isprintable()
    assert not set(found) & set(" ,;<>")


def test_domain_may_have_any_letters():
    assert address("rektor@skola-väst.se") == "rektor@xn--skola-vst-12a.se"


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@", "@b.se", "a b@c.se", "åsa@b.se", "a@b.se\nBcc: c@d.se", "a@b.se, c@d.se"],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(InputError):
        message_bytes(changed(address=text), AT)
