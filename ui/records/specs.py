"""What a form, a list and a table inside a form are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from planner.domain.plan import Plan


class Kind(Enum):
    """How a field is edited."""

    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    TIME = auto()
    INSTANT = auto()
    CHOICE = auto()
    REFERENCE = auto()
    """A record of another set, searched by its name."""
    WEEKDAY = auto()
    WEEKDAYS = auto()
    FLAG = auto()
    NOTE = auto()
    """Not edited: what ``note`` says of the other fields, such as the unit of a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """A field of a form; its texts are English and translated where they are shown.

    Parameters
    ----------
    name
        Of the record's field.
    unit
        Said after a number.
    group
        Heading of the form's part that begins with this field; empty goes on with the last.
    choices
        What a choice offers, by value.
    is_wide
        Takes the form's whole width.
    sets
        Whose records a reference may name where they are of several sets; empty text names none.
    note
        Makes the text of a :attr:`Kind.NOTE` of the record as it is being edited.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    help: str = ""
    unit: str = ""
    group: str = ""
    choices: Mapping[Any, str] = field(default_factory=dict)
    is_wide: bool = False
    sets: tuple[str, ...] = ()
    note: Callable[[Any], str] | None = None


class Layout(Enum):
    """How records inside a form are laid out."""

    ROWS = auto()
    """A line each, under common headings."""
    CARDS = auto()
    """A small form each."""
    BELLS = auto()
    """Weekdays across, grade groups down."""
    ROTA = auto()
    """Weekdays across, weeks down, with a preview of the roll-out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InnerSpec:
    """A set that is edited inside another's form.

    Parameters
    ----------
    add
        What the button that adds one says; empty where none can be added.
    fixed
        Field and values of those that are always there to be filled in.
    """

    set_name: str
    title: str
    fields: tuple[FieldSpec, ...] = ()
    layout: Layout = Layout.ROWS
    add: str = ""
    help: str = ""
    fixed: tuple[str, tuple[Any, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list that no single field holds."""

    label: str
    text: Callable[[Plan, Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSpec:
    """A record set as people see it.

    Parameters
    ----------
    title, one
        Name of the set, and of what a new record of it is.
    hint
        What an empty list says.
    columns
        Fields, or columns of their own, that the list shows; the first names the record.
    """

    set_name: str
    title: str
    one: str
    icon: str
    hint: str
    fields: tuple[FieldSpec, ...]
    columns: tuple[str | Column, ...]
    inner: tuple[InnerSpec, ...] = ()

    def field(self, name: str) -> FieldSpec:
        """Return the field of that name."""
        return next(one for one in self.fields if one.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSpec:
    """Sets under one heading of the navigation."""

    title: str
    sets: tuple[SetSpec, ...]
