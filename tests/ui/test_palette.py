"""A few typed letters find and do what is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow

from planner import words
from ui.folding import folded
from ui.palette import CommandPalette, Target
from ui.palette.matching import Choice, Fit, match, ranked
from ui.palette.rows import CHOICE_ROLE
from ui.theme import Mode, theme

NAMES = st.text("abc åäö", max_size=12)
TYPED = st.text("abcåäö", min_size=1, max_size=3)


def is_in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


@given(text=NAMES, data=st.data())
def test_typed_beginnings_of_words_always_match(text, data):
    parts = [part for part in text.split() if part]
    chosen = data.draw(st.lists(st.sampled_from(parts), max_size=3)) if parts else []
    typed = " ".join(part[: data.draw(st.integers(1, len(part)))] for part in chosen)
    found = match(typed, text)
    assert found is not None
    assert found.fit is not Fit.LETTERS


@given(typed=st.lists(TYPED, max_size=3), text=NAMES)
def test_text_matches_when_it_has_the_letters_of_each_word_in_order(typed, text):
    letters = folded(text).letters
    expected = all(is_in_order(folded(word).letters, letters) for word in typed)
    assert (match(" ".join(typed), text) is not None) == expected


@given(typed=TYPED, text=NAMES)
def test_case_and_accents_change_no_match(typed, text):
    assert match(typed.upper(), text) == match(folded(typed).letters, text)


@given(typed=TYPED, text=NAMES)
def test_marked_letters_are_the_typed_ones(typed, text):
    found = match(typed, text)
    if found is not None:
        assert folded("".join(text[at] for at in found.marked)).letters == folded(typed).letters
        assert found.n_between == found.marked[-1] - found.marked[0] + 1 - len(found.marked)


@given(
    typed=st.text("abå ", max_size=3),
    texts=st.lists(st.tuples(NAMES, st.booleans()), max_size=8),
    recent=st.lists(st.integers(0, 7).map(str), unique=True, max_size=3),
)
def test_order_is_possible_then_recent_then_beginning_word_letters(typed, texts, recent):
    choices = [
        Choice(value=at, text=text, name=str(at), is_possible=possible)
        for at, (text, possible) in enumerate(texts)
    ]
    found = ranked(typed, choices, recent)
    assert {one.value for one, _ in found} == {
        one.value for one in choices if match(typed, one.text) is not None
    }
    assert [not one.is_possible for one, _ in found] == sorted(
        not one.is_possible for one, _ in found
    )
    for possible in (True, False):
        tiers = [
            -1 if one.name in recent and fitting.fit is not Fit.LETTERS else fitting.fit
            for one, fitting in found
            if one.is_possible is possible
        ]
        assert tiers == sorted(tiers)


def test_nothing_typed_keeps_the_order_after_what_was_used_lately():
    choices = [Choice(value=name, text=name, name=name) for name in "abcd"]
    assert [one.value for one, _ in ranked("", choices, ["c", "b"])] == ["c", "b", "a", "d"]


def test_tight_letters_come_before_scattered_ones():
    texts = ["a x x b", "a xb"]
    found = ranked("ab", [Choice(value=text, text=text) for text in texts])
    assert [one.value for one, _ in found] == ["a xb", "a x x b"]


def test_words_of_the_hint_are_found_from_their_beginnings_only():
    assert match("turlag", "Anna Berg", "Person · Turlag 1") is not None
    assert match("berg 1", "Anna Berg", "Person · Turlag 1") is not None
    assert match("urlag", "Anna Berg", "Person · Turlag 1") is None


@pytest.fixture
def host(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    return window


@pytest.fixture
def done():
    return []


@pytest.fixture
def actions(host, done):
    made = []
    for name, text, tip, keys in (
        ("new", "&Ny plan …", "Skapa en tom plan", "Ctrl+N"),
        ("open", "Ö&ppna …", "Öppna en planfil", "Ctrl+O"),
        ("generate", "&Generera …", "Gör veckans schema", "Ctrl+G"),
        ("stop", "&Stoppa", "Stoppa och behåll det bästa schemat hittills", "Ctrl+."),
    ):
        action = QAction(text, host)
        action.setObjectName(name)
        action.setToolTip(tip)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False, name=name: done.append(name))
        made.append(action)
    made[3].setEnabled(False)
    separator = QAction(host)
    separator.setSeparator(True)
    return [*made, separator]


@pytest.fixture
def palette(host, actions, done, preferences):
    people = [
        Target(text=name, hint="Person", icon="users", go=lambda name=name: done.append(name))
        for name in ("Åsa Öberg", "Nora Ek", "Nils Åker")
    ]
    made = CommandPalette(host, lambda: actions, lambda _typed: people, preferences)
    made.open()
    return made


def texts(palette):
    return [palette.found.item(at).text() for at in range(palette.found.count())]


def test_palette_opens_over_its_window_with_commands_only(palette, host):
    assert palette.isVisible()
    assert texts(palette) == ["Ny plan …", "Öppna …", "Generera …", "Stoppa"]
    assert palette.found.currentRow() == 0
    assert palette.geometry() == host.rect()
    assert palette.rect().contains(palette.card.geometry())


def test_palette_follows_its_window(palette, host):
    host.resize(500, 700)
    assert palette.rect().contains(palette.card.geometry())


def test_typing_without_accents_finds_people_and_enter_goes_there(palette, done, qtbot):
    qtbot.keyClicks(palette.search, "asa ob")
    assert texts(palette) == ["Åsa Öberg"]
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert done == ["Åsa Öberg"]
    assert not palette.isVisible()


def test_arrows_choose_and_enter_gives_the_command(palette, done, qtbot):
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    qtbot.keyClick(palette.search, Qt.Key.Key_Enter)
    assert done == ["open"]


def test_page_keys_go_to_the_ends(palette, qtbot):
    qtbot.keyClick(palette.search, Qt.Key.Key_PageDown)
    assert palette.found.currentRow() == 3
    qtbot.keyClick(palette.search, Qt.Key.Key_PageUp)
    assert palette.found.currentRow() == 0


def test_escape_closes_and_does_nothing(palette, done, qtbot):
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert done == []


def test_command_that_cannot_be_given_is_last_and_stays(palette, done, qtbot):
    qtbot.keyClicks(palette.search, "s")
    assert texts(palette)[-1] == "Stoppa"
    palette.found.setCurrentRow(palette.found.count() - 1)
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert done == []


def test_command_used_lately_comes_first_next_time(palette, preferences, qtbot):
    qtbot.keyClicks(palette.search, "gen")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    palette.open()
    assert texts(palette)[0] == "Generera …"
    assert palette.search.text() == ""
    assert preferences.recent_commands == ("generate",)


def test_click_gives_the_command(palette, done, qtbot):
    box = palette.found.visualItemRect(palette.found.item(0))
    qtbot.mouseClick(palette.found.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert done == ["new"]


def test_click_beside_the_card_closes(palette, done, qtbot):
    qtbot.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not palette.isVisible()
    assert done == []


def test_keyboard_goes_back_to_where_it_was(host, actions, preferences, qtbot):
    edit = QLineEdit()
    host.setCentralWidget(edit)
    host.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    seen = []
    actions[0].triggered.connect(lambda: seen.append(edit.hasFocus()))
    palette = CommandPalette(host, lambda: actions, lambda _typed: (), preferences)
    palette.open()
    qtbot.keyClick(palette.search, Qt.Key.Key_Tab)
    assert palette.search.hasFocus()
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert seen == [True]


def test_shortcuts_of_the_window_wait_and_the_own_one_closes(palette, done, qtbot):
    qtbot.keyClick(palette.search, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert done == []
    assert palette.isVisible()
    qtbot.keyClick(palette.search, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not palette.isVisible()


def test_nothing_found_is_said(palette, qtbot):
    qtbot.keyClicks(palette.search, "zzz")
    assert not palette.found.isVisible()
    assert palette.nothing.isVisible()
    assert "”zzz”" in palette.nothing.text()
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_row_says_everything_to_a_screen_reader(palette):
    spoken = [palette.found.item(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in (2, 3)]
    assert spoken[0] == "Generera …, Gör veckans schema, Ctrl+G"
    assert spoken[1].endswith("inte nu")
    for widget in (palette, palette.search, palette.found):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)


def test_chosen_row_is_read_aloud_while_the_keyboard_stays_in_the_line(palette, monkeypatch, qtbot):
    heard = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(event.message())
    )
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert heard == ["Öppna …, Öppna en planfil, Ctrl+O"]


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("code", words.LANGUAGES)
def test_palette_is_painted_in_each_theme_and_language(host, actions, preferences, mode, code):
    words.set_language(code)
    theme().choose(mode)
    palette = CommandPalette(host, lambda: actions, lambda _typed: (), preferences)
    palette.open()
    palette.search.setText("pl")
    assert not palette.grab().isNull()
    assert palette.found.item(0).data(CHOICE_ROLE).name == "new"


def test_only_the_latest_commands_are_remembered(preferences):
    for number in range(9):
        preferences.remember_command(str(number))
    assert preferences.recent_commands == ("8", "7", "6", "5", "4", "3")
