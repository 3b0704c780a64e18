"""Every text is there in Swedish, and says the same."""

import ast
import string
from collections import Counter
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.extract import extract_from_dir

from planner import messages, words
from planner.error_texts import ERRORS
from planner.errors import InputError, Place, RefusedImportError

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
RAISES = {
    "InputError",
    "NotFoundError",
    "ConflictError",
    "StorageError",
    "PlannerError",
    "RefusedImportError",
}


def extracted():
    """Return every text of the program: a string, or a pair of forms."""
    found = set()
    methods = [("**.py", "python"), ("**.html", "jinja2")]
    for room in ("planner", "ui", "resources/templates"):
        for _file, _line, message, _comments, _context in extract_from_dir(
            ROOT / room, method_map=methods, keywords=KEYWORDS
        ):
            found.add(tuple(message) if isinstance(message, list | tuple) else message)
    return found


def catalogues():
    """Return the Swedish entries, with their file."""
    for path in sorted((ROOT / "resources" / "translations" / "sv").glob("*.po")):
        with path.open(encoding="utf-8") as file:
            for entry in pofile.read_po(file, locale="sv", abort_invalid=True):
                if entry.id:
                    yield path.name, entry


def placeholders(text):
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def raised_codes():
    """Return the code of every error that a file of the program raises or collects."""
    for path in sorted([*(ROOT / "planner").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else None
            first = node.args[0]
            if name in RAISES and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, path.relative_to(ROOT)


@pytest.fixture(scope="module")
def texts():
    return extracted()


@pytest.fixture(scope="module")
def entries():
    return list(catalogues())


def test_every_text_is_translated(texts, entries):
    known = {entry.id for _, entry in entries}
    assert sorted(texts - known, key=str) == []


def test_no_text_stands_inside_an_f_string_where_translators_do_not_find_it():
    hidden = [
        (str(path.relative_to(ROOT)), call.lineno)
        for room in ("planner", "ui")
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
        and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_no_translation_is_unused(texts, entries):
    unused = [(file, entry.id) for file, entry in entries if entry.id not in texts]
    assert unused == []


def test_no_translation_is_missing_or_uncertain(entries):
    poor = [
        (file, entry.id)
        for file, entry in entries
        if entry.fuzzy or not all([entry.string] if isinstance(entry.string, str) else entry.string)
    ]
    assert poor == []


def test_a_text_has_one_translation(entries):
    meanings = {}
    for _, entry in entries:
        meanings.setdefault(entry.id, set()).add(entry.string)
    assert {id_: said for id_, said in meanings.items() if len(said) > 1} == {}


def test_translations_name_the_same_values(entries):
    wrong = []
    for file, entry in entries:
        sources = [entry.id] if isinstance(entry.id, str) else entry.id
        targets = [entry.string] if isinstance(entry.string, str) else entry.string
        for source, target in zip(sources, targets, strict=True):
            if placeholders(source) != placeholders(target):
                wrong.append((file, source, target))
    assert wrong == []


def test_every_code_that_is_raised_has_a_sentence():
    unknown = [(code, str(path)) for code, path in raised_codes() if code not in ERRORS]
    assert unknown == []


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_sentence_is_one_sentence_in_each_language(code):
    values = dict.fromkeys(placeholders(ERRORS[code]), "x")
    for language in words.LANGUAGES:
        with words.speaking(language):
            text = messages.sentence(InputError(code, **values))
        assert text.endswith((".", "?"))
        assert "{" not in text


def test_sentence_begins_with_file_row_and_column():
    error = InputError("time-wrong", place=Place(file="a.csv", row=3, column="first_bell"), value=9)
    with words.speaking("en"):
        assert messages.sentence(error).startswith("a.csv, row 3, column first_bell: “9” is not")


def test_refused_import_says_every_wrong_row():
    problems = tuple(
        InputError("value-missing", place=Place(file="a.csv", row=row, column="id"))
        for row in (2, 5)
    )
    with words.speaking("en"):
        first, second, last = messages.sentences(RefusedImportError(problems))
    assert (first[:12], second[:12]) == ("a.csv, row 2", "a.csv, row 5")
    assert last.startswith("Nothing was imported")
