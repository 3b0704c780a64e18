"""The manual is whole: every page in both languages, every link and picture there."""

import re

import pytest

import resources
from planner.words import LANGUAGES
from ui.help.manual import page_names, page_of_link, read_manual

FOLDER = resources.path("help")
PAGES = [(name, code) for name in page_names() for code in LANGUAGES]
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)]*)\)")


def text_of(name, code):
    return (FOLDER / f"{name}.{code}.md").read_text(encoding="utf-8")


def test_every_page_is_in_the_contents_in_both_languages():
    there = {path.name for path in FOLDER.glob("*.md")}
    assert there == {f"{name}.{code}.md" for name, code in PAGES}
    assert len(page_names()) == len(set(page_names()))


@pytest.mark.parametrize(("name", "code"), PAGES)
def test_links_and_pictures_resolve(name, code):
    for mark, text, link in LINK.findall(text_of(name, code)):
        assert text, f"{link} says nothing to whoever cannot see"
        assert (FOLDER / link).is_file(), link
        if not mark:
            assert page_of_link(link) in page_names()
            assert link.endswith(f".{code}.md"), f"{link} leaves the language"


@pytest.mark.parametrize(("name", "code"), PAGES)
def test_page_begins_with_its_title(name, code):
    lines = text_of(name, code).splitlines()
    assert re.fullmatch(r"# \S.*", lines[0])
    assert sum(line.startswith("# ") for line in lines) == 1


@pytest.mark.parametrize("name", page_names())
def test_languages_say_as_much(name):
    shapes = [
        [re.match(r"[#|\-\d ]*", line).group()[:3] for line in text_of(name, code).splitlines()
         if re.match(r"#|\||- |\d+\. ", line)]
        for code in LANGUAGES
    ]  # fmt: skip
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_titles_are_unique(code):
    titles = [page.title for page in read_manual(code)]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(("name", "code"), PAGES)
def test_every_letter_is_one_that_search_can_mark(name, code):
    assert all(ord(char) < 0x10000 for char in text_of(name, code))
