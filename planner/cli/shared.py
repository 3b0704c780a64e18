"""What the commands have in common: opening a plan, reading arguments, writing to the terminal."""

import json
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from planner import words
from planner.domain.weeks import IsoWeek
from planner.errors import InputError
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.services.plans import OpenPlan

PlanArgument = Annotated[
    str,
    typer.Argument(metavar="PLAN", help=N_("A plan file, or the address of a database.")),
]
WeekOption = Annotated[
    IsoWeek,
    typer.Option("--week", metavar="WEEK", parser=IsoWeek.parse, help=N_("Such as 2026-W48.")),
]
OptionalWeekOption = Annotated[
    IsoWeek | None,
    typer.Option("--week", metavar="WEEK", parser=IsoWeek.parse, help=N_("Such as 2026-W48.")),
]

_language: ContextVar[str | None] = ContextVar("chosen_language", default=None)


@contextmanager
def chosen_language(code: str | None) -> Iterator[None]:
    """Speak what was asked for inside the block; else the plan's language once it is known."""
    token = _language.set(code)
    words.set_language(code or words.LANGUAGES[0])
    try:
        yield
    finally:
        _language.reset(token)


def language_asked_for() -> str | None:
    """Return the language that was asked for, if one was."""
    return _language.get()


@contextmanager
def opened(target: str) -> Iterator["OpenPlan"]:
    """Open a plan for the block and speak its language, unless another was asked for."""
    from planner.services.plans import open_plan

    with open_plan(target) as plan:
        if _language.get() is None:
            words.set_language(plan.plan.settings.language)
        yield plan


def choice(value: str, choices: Iterable[str]) -> str:
    """Return ``value`` if it is one of ``choices``.

    Raises
    ------
    InputError
        ``choice-wrong``
    """
    choices = tuple(choices)
    if value not in choices:
        raise InputError("choice-wrong", value=value, choices=", ".join(choices))
    return value


def complain(*lines: str) -> None:
    """Write lines to standard error."""
    for line in lines:
        print(line, file=sys.stderr)


def print_json(document: object) -> None:
    """Write one JSON document to standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


@contextmanager
def interruptible(
    said: str = N_("Stopping; the best so far is kept. Ctrl-C once more ends at once."),
) -> Iterator[Callable[[], bool]]:
    """Give a question whether Ctrl-C was pressed in the block; a second one ends the program.

    Parameters
    ----------
    said
        What is answered to Ctrl-C, in English; it says what becomes of what is done.
    """
    is_stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_stopping
        is_stopping = True
        complain(_(said))
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: is_stopping
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def live_line() -> Iterator[Callable[[str, object], None]]:
    """Give a way to say how far long work is.

    On a terminal the line is written over; elsewhere a new one comes only when ``step``, which goes
    with the text, is another than before.
    """
    if sys.stderr.isatty():
        from rich.console import Console

        with Console(stderr=True).status("") as status:
            yield lambda text, _step: status.update(text)
        return
    last: list[object] = [None]

    def write(text: str, step: object) -> None:
        if step != last[0]:
            last[0] = step
            complain(text)

    yield write
