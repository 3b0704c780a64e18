"""Each recipient gets the own documents of a published week, once, and the log says so."""

import re
from dataclasses import replace
from io import BytesIO

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from pypdf import PdfReader

from planner.domain.distribution import Channel, DispatchState, RecipientKind
from planner.errors import ConflictError, InputError, StorageError
from planner.reports.letter_words import LetterText
from planner.services.plans import open_plan
from planner.services.publish.publishing import publish
from planner.services.send import letters, mail_password
from planner.services.send.distribution_log import log, tick_answered, tick_sent
from planner.services.send.letters import LetterWriter
from planner.services.send.send_list import RecipientState, send_list
from planner.services.send.sending import save_drafts, send
from tests.mail_server import PASSWORD
from tests.planner.small import CONTACTS, OFFICERS, SCHOOL_A, SCHOOL_B, WEEK, save_draft
from tests.planner.writing import put

SCHOOL, STAFF = RecipientKind.SCHOOL, RecipientKind.STAFF
C1, C2 = PAIR = CONTACTS[:2]
NEW, CHANGED, SENT = RecipientState.NEW, RecipientState.CHANGED, RecipientState.SENT
REFUSED, UNCERTAIN = RecipientState.REFUSED, RecipientState.UNCERTAIN


@pytest.fixture
def plan(sendable_file):
    with open_plan(sendable_file) as opened:
        yield opened


@pytest.fixture
def postbox(mail_server):
    """The postbox of the server that the plan names."""
    return mail_server


def listed(plan, kind, only=None):
    """Return who is to get what; of people mostly a pair, since what they get is soon made."""
    whole = send_list(plan, WEEK, kind)
    few = PAIR if only is None and kind is STAFF else only
    chosen = tuple(one for one in whole.recipients if few is None or one.id in few)
    return replace(whole, recipients=chosen)


def states(plan, kind):
    return {one.id: one.state for one in listed(plan, kind).recipients}


def send_due(plan, kind, only=None, **options):
    wanted = listed(plan, kind, only)
    return send(plan, wanted, wanted.due(), password=PASSWORD, **options)


def republish_handed_over(plan):
    """Let ``c3`` stand at school B on the first morning, and publish that."""
    roster = plan.store.load_roster(WEEK)
    done = next(one for one in roster.assignments if one.duty.startswith(SCHOOL_B))
    others = tuple(one for one in roster.assignments if one is not done)
    handed = replace(roster, assignments=(replace(done, staff=CONTACTS[2]), *others))
    save_draft(plan, handed)
    publish(plan, WEEK, {})


def texts_of(message):
    """Return all that a message tells, its documents included."""
    told = [str(message["Subject"]), message.get_body(("plain",)).get_content()]
    for file in message.iter_attachments():
        told.append(file.get_filename())
        content = file.get_content()
        if isinstance(content, bytes):
            told += [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
        else:
            told.append(content)
    return " ".join("\n".join(told).split())


def test_each_school_gets_its_own_sheets_and_nothing_of_another(plan, postbox):
    outcome = send_due(plan, SCHOOL)
    assert outcome.is_whole
    assert postbox.recipients == ["a@skola.example", "b@skola.example"]
    first, second = postbox.taken
    for message, own, other in ((first, "Askskolan", "Björk"), (second, "Björkskolan", "Ask")):
        told = texts_of(message)
        assert own in told
        assert other not in told
        assert "Polis Nr" not in told
        assert "Torget" not in told
        assert message["To"].addresses[0].display_name == own
        assert not re.search("skolan|Kontakt Nr", message["Subject"].replace("på skolan", ""))
        assert [one.get_content_type() for one in message.iter_attachments()] == [
            "application/pdf",
            "text/html",
        ] * 2
    assert "Kontakt Nr1" in texts_of(first)
    assert "Kontakt Nr2" not in texts_of(first)


def test_notice_board_copies_name_nobody(plan, postbox):
    send_due(plan, SCHOOL)
    for message in postbox.taken:
        boards = [one for one in message.iter_attachments() if "anslag" in one.get_filename()]
        assert len(boards) == 2
        content = boards[0].get_content()
        told = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        assert "Kontakt Nr" not in told


def test_each_person_gets_the_own_week(plan, postbox):
    send_due(plan, STAFF, {CONTACTS[0], OFFICERS[0]})
    assert postbox.recipients == ["c1@stad.example", "p1@stad.example"]
    contact, officer = (texts_of(message) for message in postbox.taken)
    assert "Kontakt Nr1" in contact
    assert "Polis Nr" not in contact
    assert "Torget" not in contact
    assert "Polis Nr1" in officer
    assert "Kontakt Nr" not in officer


def test_message_is_what_the_preview_showed(plan, postbox):
    wanted = listed(plan, SCHOOL)
    shown = [LetterWriter(plan, WEEK).letter(one) for one in wanted.due()]
    send_due(plan, SCHOOL)
    for letter, message in zip(shown, postbox.taken, strict=True):
        assert message["Subject"] == letter.subject
        assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == letter.body
        assert message["Message-ID"] == f"<{letter.id}@stad.example>"
        files = [(one.get_filename(), one.get_content_type()) for one in message.iter_attachments()]
        assert files == [(one.name, one.media_type) for one in letter.attachments]


def test_identity_is_the_same_each_time_and_another_for_each_version(plan):
    first = listed(plan, SCHOOL).recipients
    assert [one.letter for one in listed(plan, SCHOOL).recipients] == [one.letter for one in first]
    republish_handed_over(plan)
    second = listed(plan, SCHOOL).recipients
    assert second[0].letter == first[0].letter
    assert second[1].letter != first[1].letter
    every = [one.letter for kind in RecipientKind for one in send_list(plan, WEEK, kind).recipients]
    assert len(set(every)) == len(every)


def test_new_version_goes_only_to_those_whose_documents_changed(plan, postbox, tmp_path):
    send_due(plan, SCHOOL)
    people = listed(plan, STAFF)
    save_drafts(plan, people, people.due(), tmp_path)
    assert set(states(plan, SCHOOL).values()) | set(states(plan, STAFF).values()) == {SENT}
    first = plan.store.load_roster(WEEK)
    republish_handed_over(plan)
    assert states(plan, SCHOOL) == {SCHOOL_A: SENT, SCHOOL_B: CHANGED}
    people = listed(plan, STAFF)
    assert [(one.id, one.got.version) for one in people.due()] == [(CONTACTS[1], 1)]
    body = LetterWriter(plan, WEEK).letter(people.due()[0]).body
    assert "version 2" in body
    assert "version 1" in body
    postbox.taken.clear()
    send_due(plan, SCHOOL)
    (message,) = postbox.taken
    told = texts_of(message)
    assert "version 2" in told
    assert "version 1" in told
    assert not listed(plan, SCHOOL).due()
    save_draft(plan, first)
    publish(plan, WEEK, {})  # as it was at first: who never heard of the second needs nothing
    assert set(states(plan, STAFF).values()) == {SENT}
    assert states(plan, SCHOOL) == {SCHOOL_A: SENT, SCHOOL_B: CHANGED}


def test_refused_address_is_kept_with_the_words_of_the_server_and_the_others_get_theirs(
    plan, postbox
):
    postbox.refused["c1@stad.example"] = "550 5.1.1 No such mailbox"
    outcome = send_due(plan, STAFF)
    assert [(one.id, words) for one, words in outcome.refused] == [
        (C1, "550 5.1.1 No such mailbox")
    ]
    assert [one.id for one in outcome.sent] == [C2]
    refused = listed(plan, STAFF).recipients[0]
    assert (refused.state, refused.last.reason) == (REFUSED, "550 5.1.1 No such mailbox")
    postbox.refused.clear()
    assert send_due(plan, STAFF).is_whole
    assert postbox.recipients == ["c2@stad.example", "c1@stad.example"]


def test_somebody_without_an_address_is_listed_and_the_others_get_theirs(plan, postbox):
    with plan.changing("test") as store:
        put(store, "staff", [replace(plan.plan.staff[0], email="")])
    wanted = listed(plan, STAFF)
    assert [one.id for one in wanted.unreachable()] == [C1]
    assert send(plan, wanted, wanted.recipients, password=PASSWORD).is_whole
    assert postbox.recipients == ["c2@stad.example"]


@pytest.mark.usefixtures("postbox")
def test_address_that_no_server_takes_stops_only_its_own_message(plan):
    with plan.changing("test") as store:
        put(store, "staff", [replace(plan.plan.staff[0], email="åsc1@stad.example")])
    outcome = send_due(plan, STAFF)
    assert [(one.id, error.code) for one, error in outcome.stopped] == [(C1, "mail-address-wrong")]
    assert [one.id for one in outcome.sent] == [C2]


@pytest.mark.usefixtures("postbox")
def test_what_is_not_for_the_reader_stops_only_its_own_message(plan):
    with plan.changing("test") as store:
        put(
            store,
            "schools",
            [replace(plan.plan.schools[0], meeting_place="Torget, fråga Polis Nr1")],
        )
    publish(plan, WEEK, {})
    outcome = send_due(plan, SCHOOL)
    assert [(one.id, error.code) for one, error in outcome.stopped] == [(SCHOOL_A, "print-refused")]
    assert states(plan, SCHOOL) == {SCHOOL_A: NEW, SCHOOL_B: SENT}


def test_guard_reads_the_message_too(plan, monkeypatch):
    told = LetterText("Vecka 48", "Hej!\n\nVi ses på Torget.\n")
    monkeypatch.setattr(letters, "sheet_letter", lambda _sheet: told)
    wanted = listed(plan, SCHOOL)
    with pytest.raises(ConflictError) as caught:
        LetterWriter(plan, WEEK).letter(wanted.recipients[0])
    assert caught.value.code.startswith("print-refused")
    assert caught.value.values["found"] == "Torget"


def test_cancelled_between_messages_the_rest_is_left(plan, postbox):
    done = []
    outcome = send_due(
        plan, STAFF, on_progress=lambda n, _all: done.append(n), should_stop=lambda: bool(done)
    )
    assert (len(outcome.sent), len(outcome.left)) == (1, 1)
    assert postbox.recipients == ["c1@stad.example"]
    assert [one.id for one in listed(plan, STAFF).due()] == [C2]


def test_server_that_dies_in_the_middle_leaves_one_in_doubt_and_the_rest_unsent(plan, postbox):
    def die(number):
        if number == 2:
            postbox.refused_sender = "421 4.3.2 Shutting down"

    postbox.on_data = die
    postbox.hangs_up_after = 2
    outcome = send_due(plan, STAFF, CONTACTS)
    assert outcome.trouble is not None
    assert outcome.trouble.code == "mail-silent"
    assert (len(outcome.sent), len(outcome.uncertain), len(outcome.left)) == (1, 1, 2)
    found = [one.state for one in listed(plan, STAFF, CONTACTS).recipients]
    assert found == [SENT, UNCERTAIN, NEW, NEW]
    postbox.refused_sender, postbox.hangs_up_after = "", 0
    assert len(send_due(plan, STAFF, CONTACTS).sent) == 2
    assert len(postbox.recipients) == len(set(postbox.recipients)) == 4


def test_what_is_in_doubt_is_sent_again_only_when_somebody_says_so(plan, postbox):
    postbox.hangs_up_after = 1
    send_due(plan, STAFF)
    wanted = listed(plan, STAFF)
    (doubtful,) = wanted.uncertain()
    assert doubtful not in wanted.due()
    send(plan, wanted, [doubtful], password=PASSWORD)
    assert postbox.recipients.count("c1@stad.example") == 2
    assert set(states(plan, STAFF).values()) == {SENT}


def test_what_is_in_doubt_can_be_ticked_as_sent(plan, postbox):
    postbox.hangs_up_after = 1
    send_due(plan, STAFF)
    tick_sent(plan, [one.last for one in listed(plan, STAFF).uncertain()])
    assert set(states(plan, STAFF).values()) == {SENT}
    assert len(postbox.taken) == 2


def test_two_who_send_at_once_send_each_message_once(plan, postbox):
    seen_by_both = listed(plan, STAFF)
    assert send(plan, seen_by_both, seen_by_both.due(), password=PASSWORD).is_whole
    outcome = send(plan, seen_by_both, seen_by_both.due(), password=PASSWORD)
    assert [error.code for _one, error in outcome.stopped] == ["dispatch-changed"] * 2
    assert len(postbox.taken) == 2


def test_version_published_meanwhile_has_to_be_looked_at_first(plan, postbox):
    wanted = listed(plan, STAFF)
    republish_handed_over(plan)
    with pytest.raises(ConflictError) as caught:
        send(plan, wanted, wanted.due(), password=PASSWORD)
    assert caught.value.code == "sending-outdated"
    assert postbox.taken == []


def test_refused_sender_ends_the_sending_and_nothing_is_kept_as_sent(plan, postbox):
    postbox.refused_sender = "553 Not yours"
    outcome = send_due(plan, STAFF)
    assert isinstance(outcome.trouble, InputError)
    assert outcome.trouble.code == "mail-sender-refused"
    assert len(outcome.left) == 2
    assert plan.store.dispatches() == ()


@pytest.mark.usefixtures("postbox")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mail_sender": ""}, "mail-sender-missing"),
        ({"mail_host": ""}, "mail-host-missing"),
        ({"mail_host": "finns.invalid"}, "mail-host-unknown"),
        ({"mail_user": "annan"}, "mail-password-wrong"),
    ],
)
def test_what_is_wrong_with_the_account_is_said_before_anything_is_sent(plan, changes, code):
    with plan.changing("test") as store:
        put(store, "settings", [replace(plan.plan.settings, **changes)])
    with pytest.raises(InputError) as caught:
        send_due(plan, STAFF)
    assert caught.value.code == code
    assert plan.store.dispatches() == ()


def test_unpublished_week_is_sent_to_nobody(drafted):
    with pytest.raises(ConflictError) as caught:
        send_list(drafted, WEEK, SCHOOL)
    assert caught.value.code == "week-not-published"


def test_drafts_are_files_for_each_school_and_count_as_sent(plan, tmp_path):
    wanted = listed(plan, SCHOOL)
    outcome = save_drafts(plan, wanted, wanted.due(), tmp_path / "utkast")
    assert [path.name for path in outcome.files] == [
        "2026-W48-a-skolblad.eml",
        "2026-W48-b-skolblad.eml",
    ]
    assert b"\r\nX-Unsent: 1\r\n" in outcome.files[0].read_bytes()
    assert set(states(plan, SCHOOL).values()) == {SENT}
    kept = plan.store.dispatches(WEEK)
    assert {(one.channel, one.state) for one in kept} == {(Channel.FILE, DispatchState.SENT)}


def test_drafts_that_cannot_be_written_are_not_kept_as_sent(plan, tmp_path):
    wanted = listed(plan, STAFF)
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        save_drafts(plan, wanted, wanted.due(), tmp_path / "file")
    assert plan.store.dispatches() == ()


def test_cancelled_drafts_leave_nothing(plan, tmp_path):
    wanted = listed(plan, STAFF)
    outcome = save_drafts(plan, wanted, wanted.due(), tmp_path, should_stop=lambda: True)
    assert len(outcome.left) == 2
    assert list(tmp_path.glob("*.eml")) == []


@pytest.mark.usefixtures("postbox")
def test_answers_are_ticked_off_and_taken_back(plan):
    send_due(plan, STAFF)
    first, second = listed(plan, STAFF).unanswered()
    tick_answered(plan, [first.last])
    wanted = listed(plan, STAFF)
    assert wanted.unanswered() == (second,)
    tick_answered(plan, [one.last for one in wanted.recipients], is_answered=False)
    assert len(listed(plan, STAFF).unanswered()) == 2


@pytest.mark.usefixtures("postbox")
def test_log_tells_who_got_which_version_by_which_way(plan, tmp_path):
    send_due(plan, SCHOOL)
    republish_handed_over(plan)
    wanted = listed(plan, SCHOOL)
    save_drafts(plan, wanted, wanted.due(), tmp_path)
    lines = log(plan, WEEK)
    assert {(one.name, one.dispatch.version, one.dispatch.channel) for one in lines} == {
        ("Askskolan", 1, Channel.SMTP),
        ("Björkskolan", 1, Channel.SMTP),
        ("Björkskolan", 2, Channel.FILE),
    }
    assert log(plan, WEEK.shifted(1)) == ()


@pytest.mark.usefixtures("postbox")
def test_journal_names_nobody(plan):
    send_due(plan, STAFF, CONTACTS[:1])
    touched = str([entry.touched for entry in plan.store.journal()])
    assert "@" not in touched
    assert "Nr" not in touched


class MemoryKeyring(KeyringBackend):
    """A key store that forgets."""

    priority = 1

    def __init__(self):
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password


@pytest.fixture
def use_keyring():
    """Let another key store than the system's be used."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.mark.usefixtures("postbox")
def test_password_is_kept_in_the_key_store_and_nowhere_in_the_plan(
    plan, sendable_file, use_keyring
):
    use_keyring(MemoryKeyring())
    settings = plan.plan.settings
    assert mail_password.has_key_store()
    assert mail_password.stored_password(settings) is None
    assert mail_password.keep_password(settings, PASSWORD)
    assert mail_password.stored_password(settings) == PASSWORD
    other = replace(settings, mail_host="annan.example")
    assert mail_password.stored_password(other) is None
    send_due(plan, STAFF)
    assert PASSWORD.encode() not in sendable_file.read_bytes()


def test_without_a_key_store_nothing_is_kept(plan, use_keyring):
    use_keyring(NoKeyring())
    settings = plan.plan.settings
    assert not mail_password.has_key_store()
    assert mail_password.stored_password(settings) is None
    assert not mail_password.keep_password(settings, PASSWORD)
