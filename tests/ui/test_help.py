"""The manual is read, searched and walked through, in both languages and themes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QKeySequence, QTextDocument, QTextFormat
from PySide6.QtWidgets import QWidget

from planner import words
from ui.actions import make_actions
from ui.folding import folded
from ui.help import HelpWindow
from ui.help.contents import EXCERPT_ROLE, NAME_ROLE
from ui.help.manual import Page, page_names, page_of_link, plain_text, read_manual, search
from ui.languages import speak
from ui.parts import part_actions
from ui.theme import Mode, theme, tokens


@pytest.fixture
def host(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def manual(host):
    made = HelpWindow(host)
    made.show_page("week")
    return made


def listed(manual):
    return [manual.contents.item(at).data(NAME_ROLE) for at in range(manual.contents.count())]


def test_window_opens_at_the_page_asked_for(manual):
    assert manual.isVisible()
    assert not manual.isModal()
    assert manual.page() == "week"
    assert manual.windowTitle().startswith("Veckovyn")
    assert "behovslinjen" in manual.browser.toPlainText().lower()


def test_unknown_page_is_the_first(manual):
    manual.show_page("no-such-page")
    assert manual.page() == page_names()[0]


def test_contents_lists_every_page_in_order_and_points_at_the_shown(manual):
    assert listed(manual) == list(page_names())
    assert manual.contents.currentItem().data(NAME_ROLE) == "week"


def test_choosing_in_the_contents_shows_that_page(manual):
    manual.contents.setCurrentRow(listed(manual).index("privacy"))
    assert manual.page() == "privacy"


def test_link_leads_to_its_page_and_back_and_forward_return(manual, qtbot):
    manual.browser.anchorClicked.emit(QUrl("keyboard.sv.md"))
    assert manual.page() == "keyboard"
    qtbot.mouseClick(manual.back, Qt.MouseButton.LeftButton)
    assert manual.page() == "week"
    assert not manual.back.isEnabled()
    qtbot.mouseClick(manual.forward, Qt.MouseButton.LeftButton)
    assert manual.page() == "keyboard"
    assert not manual.forward.isEnabled()


def test_new_page_after_going_back_forgets_what_was_ahead(manual):
    manual.show_page("keyboard")
    manual.back.click()
    manual.show_page("faults")
    assert not manual.forward.isEnabled()
    manual.back.click()
    assert manual.page() == "week"


def test_link_outside_is_opened_outside(manual, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    manual.browser.anchorClicked.emit(QUrl("https://example.org"))
    manual.browser.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == [QUrl("https://example.org")]
    assert manual.page() == "week"


def test_search_lists_pages_with_the_words_and_enter_opens_the_first(manual, qtbot):
    qtbot.keyClicks(manual.search, "SAKERHETSKOPIA")
    assert listed(manual)[0] == "faults"
    assert "säkerhetskopia" in manual.contents.item(0).data(EXCERPT_ROLE).lower()
    qtbot.keyClick(manual.search, Qt.Key.Key_Return)
    assert manual.page() == "faults"
    marked = {one.cursor.selectedText() for one in manual.browser.extraSelections()}
    assert "säkerhetskopia" in {text.lower() for text in marked}
    manual.search.clear()
    assert listed(manual) == list(page_names())


def test_search_without_a_hit_says_so(manual, qtbot):
    qtbot.keyClicks(manual.search, "zebra")
    assert not manual.contents.isVisible()
    assert "”zebra”" in manual._nothing.text()
    qtbot.keyClick(manual.search, Qt.Key.Key_Return)
    assert manual.page() == "week"


def test_manual_speaks_the_language_in_force(host):
    words.set_language("en")
    manual = HelpWindow(host)
    manual.show_page("week")
    assert manual.windowTitle().startswith("The week view")


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_text_and_links_have_the_colours_of_the_theme(manual, mode):
    theme().choose(mode)
    manual.show_page("first-steps")
    colors = {
        fragment.charFormat().isAnchor(): fragment.charFormat().foreground().color().name()
        for fragment in fragments(manual.browser.document())
    }
    assert colors == {False: tokens().text, True: tokens().accent}


def test_headings_are_larger_than_text_and_the_title_largest(manual):
    sizes = {}
    for fragment in fragments(manual.browser.document()):
        level = fragment.charFormat().property(QTextFormat.Property.FontPixelSize)
        sizes.setdefault(level, fragment.text())
    assert sizes[max(size for size in sizes if size)] == "Veckovyn"


def test_pictures_are_no_wider_than_the_column(manual):
    manual.resize(700, 500)
    picture = manual.browser.document().resource(
        QTextDocument.ResourceType.ImageResource.value,
        QUrl("pictures/week-people-sv-light.png"),
    )
    assert 0 < picture.deviceIndependentSize().width() <= manual.browser.viewport().width()


def test_escape_closes(manual, qtbot):
    manual.activateWindow()
    qtbot.waitUntil(manual.isActiveWindow)
    qtbot.keyClick(manual.search, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_everything_that_takes_the_keyboard_has_a_name(manual):
    for widget in (
        manual.back, manual.forward, manual.search, manual.contents, manual.browser
    ):  # fmt: skip
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_contents_and_pages_are_painted_in_the_dark_too(host, code):
    words.set_language(code)
    theme().choose(Mode.DARK)
    manual = HelpWindow(host)
    for name in page_names():
        manual.show_page(name)
    manual.search.setText("a")
    assert not manual.grab().isNull()


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("week.sv.md", "week"),
        ("first-steps.en.md", "first-steps"),
        ("../README.md", ""),
        ("README.md", ""),
        ("https://example.org/week.sv.md", ""),
        ("pictures/a.png", ""),
    ],
)
def test_only_pages_of_the_manual_are_pages(link, page):
    assert page_of_link(link) == page


@given(typed=st.text("adåes ", max_size=5))
def test_search_finds_exactly_the_pages_with_every_word(typed):
    pages = read_manual("sv")
    wanted = folded(typed).letters.split()
    expected = {
        page.name
        for page in pages
        if all(
            word in folded(f"{page.title} {plain_text(page.markdown)}").letters for word in wanted
        )
    }
    assert {hit.page.name for hit in search(pages, typed)} == expected


def test_page_with_the_word_in_its_title_comes_first():
    pages = (
        Page(name="a", title="Other", markdown="# Other\n\ngaps and gaps"),
        Page(name="b", title="Gaps", markdown="# Gaps\n\nnothing"),
    )
    assert [hit.page.name for hit in search(pages, "gaps")] == ["b", "a"]


def test_plain_text_has_no_marks():
    markdown = "# T\n\n**Bold** `code` [link](a.sv.md)\n\n- one\n2. two\n\n| a | b |\n|---|---|\n"
    assert plain_text(markdown) == "Bold code link one two a b"


@pytest.mark.parametrize("code", words.LANGUAGES)
def test_page_of_shortcuts_has_those_of_every_command_as_the_menus_show_them(host, qapp, code):
    speak(qapp, code)
    pages = {page.name: page for page in read_manual(code)}
    listed = set(re.split(r"[|,\s]+", pages["keyboard"].markdown))
    native = QKeySequence.SequenceFormat.NativeText
    actions = (*make_actions(host).values(), *part_actions(host).values())
    shown = {action.shortcut().toString(native) for action in actions}
    speak(qapp, "sv")
    assert shown - {""} - listed == set()


def fragments(document):
    found = []
    block = document.begin()
    while block.isValid():
        walk = block.begin()
        while not walk.atEnd():
            found.append(walk.fragment())
            walk += 1
        block = block.next()
    return [one for one in found if not one.charFormat().isImageFormat()]
