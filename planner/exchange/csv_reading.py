"""CSV files as spreadsheets and other programs write them."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planner.errors import InputError, Place
from planner.exchange.formulas import unguarded
from planner.exchange.problems import Problems
from planner.exchange.sheets import OnRow, Row, Sheet, bytes_of, filled_sheet

_DELIMITERS = ",;\t"
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""A first line that tells spreadsheets the delimiter, and is no row."""
_SWEDISH = frozenset("åäöÅÄÖéèêëáàâóòôíìîïúùûüçñæøÉÈÊËÁÀÂÓÒÔÍÌÎÏÚÙÛÜÇÑÆØ")
_UNMISTAKABLE = _SWEDISH | set("–—…’€§°½«»·\xa0")
"""What Windows text may hold beyond ASCII; the letters of other old codes come out as others."""


def read_csv(path: Path, name: str, problems: Problems, on_row: OnRow) -> Sheet:
    """Return a CSV file as the sheet ``name``; delimiter and code are told by what is in it.

    Raises
    ------
    InputError
        ``file-is-folder``, ``encoding-wrong``, ``csv-broken``, ``file-empty``, ``file-too-large``
        or ``rows-too-many``.
    """
    place = Place(file=path.name)
    if not path.is_file():
        raise InputError("file-is-folder", place=place)
    text = _text(bytes_of(path), place, problems)
    n_before, delimiter = 0, ""
    if declared := _DECLARED.match(text):
        text, n_before, delimiter = text[declared.end() :], 1, declared[1]
    heading = text.lstrip("\r\n").partition("\n")[0]
    delimiter = delimiter or max(_DELIMITERS, key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return filled_sheet(name, path.name, _rows(reader, path.name, n_before), on_row)


def _text(data: bytes, place: Place, problems: Problems) -> str:
    """Return the text of a file: UTF-8, or what Swedish Excel writes where that is beyond doubt."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _windows_text(data, place)
        problems.warn("file-windows-text", file=place.file)
    if "\0" in text:
        raise InputError("encoding-wrong", place=place)
    return text


def _windows_text(data: bytes, place: Place) -> str:
    """Return what Windows code 1252 makes of a file, unless it might be in another code."""
    text = data.decode("cp1252", "replace")
    beyond = {letter for letter in text if not letter.isascii()}
    if not (beyond <= _UNMISTAKABLE and beyond & _SWEDISH):
        raise InputError("encoding-wrong", place=place)
    return text


def _rows(reader: Any, file: str, n_before: int) -> Iterator[Row]:
    line = n_before + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InputError("csv-broken", place=Place(file=file, row=line)) from None
        texts = map(str.strip, cells)
        whole = tuple([unguarded(text) if text[:1] == "'" else text for text in texts])
        yield Row(number=line, cells=whole)
        line = n_before + reader.line_num + 1  # a quoted cell may go over several lines
