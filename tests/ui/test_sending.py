"""Stories: what was published is looked at, sent or saved as drafts, and ticked off."""

from dataclasses import replace

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from planner import words
from planner.domain.distribution import RecipientKind
from planner.domain.plan import PlanSettings
from planner.services.plans import open_plan
from tests.mail_server import PASSWORD
from tests.planner.small import WEEK
from tests.planner.writing import put
from tests.ui.conftest import show_plan
from tests.ui.keyboard import accessible_name, keyboard_turns
from ui.jobs import Runner
from ui.sending import SendDialog
from ui.sending import dialog as dialog_module
from ui.sending.asking import Account, SendQuestion
from ui.sending.model import Column, Show

SCHOOL, STAFF = RecipientKind.SCHOOL, RecipientKind.STAFF
WAIT_MS = 20_000
TICK = Qt.ItemDataRole.CheckStateRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture(autouse=True)
def english():
    words.set_language("en")


@pytest.fixture(autouse=True)
def no_key_store():
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def file(sendable_file):
    return sendable_file


@pytest.fixture
def plan(file):
    with open_plan(file, actor="planner") as found:
        yield found


@pytest.fixture
def postbox(mail_server):
    """The postbox of the server that the plan names."""
    return mail_server


@pytest.fixture
def runner():
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def show(plan, runner, qtbot):
    """Open the dialog and wait until the list of schools is there."""

    def shown(week=WEEK):
        dialog = SendDialog(plan, week, runner)
        qtbot.addWidget(dialog)
        dialog.show()
        until_read(dialog.page, qtbot)
        return dialog

    return shown


def until_read(page, qtbot):
    """Wait until a list is there."""
    qtbot.waitUntil(lambda: page.states.currentWidget() is not page.waiting, timeout=WAIT_MS)


def previewed(page, qtbot):
    """Wait until the message of whoever is chosen is shown."""
    preview = page.preview
    qtbot.waitUntil(
        lambda: bool(preview.said) or page.list.chosen().name in preview.to.text(), timeout=WAIT_MS
    )
    return preview


def after(dialog, qtbot, act):
    """Do something, and wait until it has ended and the list is shown anew."""
    page = dialog.page
    with qtbot.waitSignal(page.listed, timeout=WAIT_MS):
        act()


def column(page, which):
    model = page.list.model
    return [model.index(row, which).data() or "" for row in range(model.rowCount())]


def test_those_who_are_to_get_something_are_marked_and_the_message_is_shown(show, qtbot):
    dialog = show()
    page = dialog.page
    assert page.kind is SCHOOL
    assert column(page, Column.NAME) == ["Askskolan", "Björkskolan"]
    assert column(page, Column.STATE) == ["Not sent yet"] * 2
    assert [one.id for one in page.list.model.marked()] == ["a", "b"]
    preview = previewed(page, qtbot)
    assert preview.subject.text() == "Kontaktpersoner på skolan vecka 48, version 1"
    assert preview.body.toPlainText().startswith("Hej!")
    parts = [preview.parts.item(row).text() for row in range(preview.parts.count())]
    assert [part.split(" · ")[0] for part in parts[1:]] == [
        "2026-W48-a-kontor.pdf",
        "2026-W48-a-kontor.html",
        "2026-W48-a-anslagstavla.pdf",
        "2026-W48-a-anslagstavla.html",
    ]
    with qtbot.waitSignal(preview.drawn, timeout=WAIT_MS):
        preview.parts.setCurrentRow(1)
    assert not preview.paper._labels[0].pixmap().isNull()
    preview.parts.setCurrentRow(2)
    assert preview._contents.currentWidget() is preview.page


def test_unpublished_week_says_what_to_do(show):
    dialog = show(WEEK.shifted(2))
    assert dialog.page.states.currentWidget() is dialog.page.unpublished
    assert not dialog.send_button.isEnabled()
    assert not dialog.save_button.isEnabled()


def test_without_addresses_it_leads_to_the_data(show, plan, qtbot):
    with plan.changing("test") as store:
        put(store, "schools", [replace(one, email="") for one in plan.plan.schools])
    dialog = show()
    page = dialog.page
    assert page.states.currentWidget() is page.no_addresses
    with qtbot.waitSignal(dialog.data_asked) as caught:
        page.data_button.click()
    assert caught.args == ["schools", "a"]
    assert not dialog.isVisible()


def test_one_without_an_address_is_told_of_and_not_marked(show, plan):
    with plan.changing("test") as store:
        put(store, "schools", [replace(plan.plan.schools[0], email="")])
    dialog = show()
    page = dialog.page
    assert column(page, Column.STATE) == ["No address", "Not sent yet"]
    assert page.banner.text() == "1 has no address and gets nothing."
    assert [one.id for one in page.list.model.marked()] == ["b"]
    assert not page.list.model.flags(page.list.model.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable


def test_messages_are_sent_and_kept_and_answers_ticked_off(show, postbox, qtbot):
    dialog = show()
    page = dialog.page
    assert dialog.send_button.text() == " Send to 2 …"
    after(dialog, qtbot, lambda: dialog.send(PASSWORD))
    assert postbox.recipients == ["a@skola.example", "b@skola.example"]
    assert dialog.told.text() == "2 messages sent."
    assert page.banner.text() == "Everybody has been sent the version that holds."
    assert not dialog.send_button.isEnabled()
    dialog.tabs.setCurrentWidget(dialog.log)
    qtbot.waitUntil(lambda: dialog.log.table.rowCount() == 2, timeout=WAIT_MS)
    assert {dialog.log.table.item(row, 5).text() for row in range(2)} == {"Sent"}
    dialog.tabs.setCurrentWidget(page)
    assert page.list.shown.itemText(Show.UNANSWERED) == "Not answered (2)"
    page.list.choose(Show.UNANSWERED)
    first = page.list.model.index(0, Column.ANSWERED)
    assert first.data(TICK) is UNCHECKED
    after(dialog, qtbot, lambda: page.list.model.setData(first, CHECKED.value, TICK))
    assert column(page, Column.NAME) == ["Björkskolan"]
    page.list.select("b")
    after(dialog, qtbot, page.list.answered_button.click)
    assert page.list._rows.currentWidget() is page.list.nobody
    page.list.choose(Show.ALL)
    assert all(column(page, Column.ANSWERED))
    first = page.list.model.index(0, Column.ANSWERED)
    after(dialog, qtbot, lambda: page.list.model.setData(first, UNCHECKED.value, TICK))
    assert page.list.shown.itemText(Show.UNANSWERED) == "Not answered (1)"


def test_several_answers_are_ticked_off_together(show, plan, tmp_path, qtbot):
    dialog = show()
    after(dialog, qtbot, lambda: dialog.save_to(tmp_path / "drafts"))
    page = dialog.page
    page.list.choose(Show.UNANSWERED)
    page.list.select("a", "b")
    after(dialog, qtbot, page.list.answered_button.click)
    assert all(one.answered_at for one in plan.store.dispatches(WEEK))


def test_refusal_stands_in_the_list_in_the_words_of_the_server(show, postbox, qtbot):
    postbox.refused["a@skola.example"] = "550 5.1.1 No such mailbox"
    dialog = show()
    after(dialog, qtbot, lambda: dialog.send(PASSWORD))
    assert dialog.told.text() == "1 message sent. 1 was refused; the list says why."
    page = dialog.page
    page.list.choose(Show.TO_DO)
    assert column(page, Column.STATE) == ["Refused: 550 5.1.1 No such mailbox"]
    qtbot.waitUntil(lambda: "No such mailbox" in page.preview.state.text(), timeout=WAIT_MS)


def test_what_may_have_been_sent_waits_for_a_person(show, postbox, qtbot):
    postbox.hangs_up_after = 1
    dialog = show()
    page = dialog.page
    assert not page.list.sent_button.isVisible()
    after(dialog, qtbot, lambda: dialog.send(PASSWORD))
    assert page.banner.text().startswith("1 message may have been sent")
    assert page.list.model.marked() == []
    page.list.select("a")
    assert page.list.sent_button.isEnabled()
    after(dialog, qtbot, page.list.sent_button.click)
    assert not page.list.sent_button.isVisible()
    assert page.banner.text() == "Everybody has been sent the version that holds."
    assert len(postbox.taken) == 2


def test_cancel_leaves_the_rest(show, postbox, qtbot):
    dialog = show()
    dialog.tabs.setCurrentWidget(dialog.pages[STAFF])
    until_read(dialog.page, qtbot)
    postbox.on_data = lambda number: dialog._job.stop() if number == 2 else None
    after(dialog, qtbot, lambda: dialog.send(PASSWORD))
    assert dialog.told.text() == "2 messages sent. 6 were left."
    assert len(postbox.taken) == 2
    assert len(dialog.page.list.model.marked()) == 6


def test_only_the_marked_get_a_message(show, postbox, qtbot):
    dialog = show()
    model = dialog.page.list.model
    model.setData(model.index(0, Column.NAME), UNCHECKED.value, TICK)
    assert dialog.send_button.text() == " Send to 1 …"
    after(dialog, qtbot, dialog.page.read)
    assert [one.id for one in model.marked()] == ["b"]
    after(dialog, qtbot, lambda: dialog.send(PASSWORD))
    assert postbox.recipients == ["b@skola.example"]


def test_drafts_are_saved_where_no_server_is_named(show, plan, tmp_path, qtbot):
    with plan.changing("test") as store:
        put(store, "settings", [replace(plan.plan.settings, mail_host="")])
    dialog = show()
    assert not dialog.send_button.isEnabled()
    assert "drafts are saved" in dialog.hint.text()
    after(dialog, qtbot, lambda: dialog.save_to(tmp_path / "drafts"))
    assert dialog.told.text() == "2 drafts saved."
    assert len(list((tmp_path / "drafts").glob("*.eml"))) == 2
    dialog.page.list.choose(Show.ALL)
    assert all(text.startswith("Draft ") for text in column(dialog.page, Column.STATE))


def test_wrong_password_is_asked_for_again(show, postbox, qtbot, monkeypatch):
    asked = []

    class Asked(SendQuestion):
        def exec(self):
            asked.append(self)
            self.password.setText(PASSWORD)
            return QDialog.DialogCode.Accepted

    monkeypatch.setattr(dialog_module, "SendQuestion", Asked)
    dialog = show()
    with qtbot.waitSignal(dialog.ended, timeout=WAIT_MS):
        dialog.send("fel")
    qtbot.waitUntil(lambda: len(postbox.taken) == 2 and not dialog.is_busy, timeout=WAIT_MS)
    assert len(asked) == 1


def test_nothing_leaves_before_somebody_says_so(show, postbox, qtbot, monkeypatch):
    asked = []

    class Declined(SendQuestion):
        def exec(self):
            asked.append((self.windowTitle(), self.password.isHidden()))
            return QDialog.DialogCode.Rejected

    monkeypatch.setattr(dialog_module, "SendQuestion", Declined)
    dialog = show()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(asked), timeout=WAIT_MS)
    assert asked == [("Send 2 messages?", False)]
    assert postbox.taken == []
    assert not dialog.is_busy


@pytest.mark.parametrize(
    ("password", "has_key_store", "is_asked", "is_kept"),
    [(None, True, True, True), (None, False, True, False), ("x", True, False, False)],
)
def test_password_is_asked_only_when_it_is_not_kept(
    qtbot, password, has_key_store, is_asked, is_kept
):
    settings = PlanSettings(mail_sender="n@x.se", mail_host="smtp.x.se", mail_user="n")
    account = Account(settings=settings, password=password, has_key_store=has_key_store)
    parent = QWidget()
    qtbot.addWidget(parent)
    question = SendQuestion(account, 3, 1, "", parent)
    question.show()
    assert question.password.isVisible() is is_asked
    assert question.keep.isVisible() is is_kept


def test_keyboard_reaches_everything_by_name(show, qtbot):
    dialog = show()
    previewed(dialog.page, qtbot)
    turns = keyboard_turns(dialog)
    assert dialog.page.list.table in turns
    assert dialog.send_button.isEnabled() or dialog.save_button in turns
    assert [widget for widget in turns if not accessible_name(widget)] == []
    model = dialog.page.list.model
    spoken = model.index(0, Column.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Askskolan, is to get the message"
    table = dialog.page.list.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert [one.id for one in model.marked()] == ["b"]
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert [one.id for one in model.marked()] == ["a", "b"]
    dialog.page.list.mark_button.click()
    assert model.marked() == []
    dialog.page.list.mark_button.click()
    assert [one.id for one in model.marked()] == ["a", "b"]


def test_window_offers_to_send_after_publishing_and_leads_to_the_data(
    window, file, qtbot, monkeypatch
):
    shown = []

    def take(dialog):
        shown.append(dialog)
        dialog.data_asked.emit("schools", "b")
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(SendDialog, "exec", take)
    with open_plan(file) as opened, opened.changing("test") as store:
        put(store, "schools", [replace(opened.plan.schools[0], meeting_place="Gaveln")])
    show_plan(window, file, qtbot)
    with qtbot.waitSignal(window.presenter.published, timeout=WAIT_MS):
        window.presenter.publish(WEEK, {})
    assert window.bar.text() == "Published as version 2. 1 school has a new sheet."
    offer = window.bar.offer_button
    assert offer is not None
    offer.click()
    assert len(shown) == 1
    records = window.sections.records
    assert records is not None
    assert window.sections.pages.currentWidget() is records
