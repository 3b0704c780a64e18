"""Files of print-outs: one for each reader, and one with what all of them get."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.reports.listening import listening
from planner.services.prints.guard import PrintGuard
from planner.services.prints.print_outs import PrintOut
from planner.services.prints.printable import PrintableWeek
from planner.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintFile:
    """A file of a kind of print-out.

    Parameters
    ----------
    name
        Of the file, without its folder.
    parts
        What the file is made of, by key.
    make
        Makes the file of parts; raises what :meth:`PrintGuard.check` does.
    """

    name: str
    parts: Mapping[Any, Any]
    make: Callable[[Mapping[Any, Any]], bytes]

    def whole(self) -> bytes:
        """Return the file with all its parts.

        Raises
        ------
        ConflictError
            ``print-refused…``: see :meth:`PrintGuard.check`.
        """
        return self.make(self.parts)


def files_of(
    published: PrintableWeek, print_out: PrintOut[Any], guard: PrintGuard
) -> Iterator[PrintFile]:
    """Yield the files of a kind: those of each part, then the one of all parts."""
    parts, week, label = print_out.parts(published), published.week, _(print_out.label)
    for key, part in parts.items():
        name = _name(week, key, label)
        own = partial(_own_file, print_out, name, guard)
        yield PrintFile(name=f"{name}.pdf", parts={key: part}, make=partial(own, _pdf))
        if print_out.render_html is not None:
            yield PrintFile(name=f"{name}.html", parts={key: part}, make=partial(own, _html))
    if print_out.all_label and parts:
        name = _name(week, _(print_out.all_label), label)
        yield PrintFile(name=f"{name}.pdf", parts=parts, make=partial(_pdf, print_out, guard))


def made_files(
    files: Iterable[PrintFile], on_refused: Callable[[ConflictError], None] | None
) -> Iterator[tuple[str, bytes | None]]:
    """Yield the name of each file of a kind and what is in it; nothing when it is refused.

    Parameters
    ----------
    on_refused
        Told why a part is refused, once; it is in no file then, and the others are made. When
        missing, the first refusal is raised.

    Raises
    ------
    ConflictError
        ``print-refused…``: see :meth:`PrintGuard.check`.
    """
    refused: set[Any] = set()
    for file in files:
        parts = {key: part for key, part in file.parts.items() if key not in refused}
        try:
            data = file.make(parts) if parts else None
        except ConflictError as error:
            if on_refused is None:
                raise
            refused.update(parts)
            on_refused(error)
            data = None
        yield file.name, data


def rendered(print_out: PrintOut[Any], parts: Mapping[Any, Any], guard: PrintGuard) -> bytes:
    """Return a PDF of parts, if its readers may see all that is in it.

    Raises
    ------
    ConflictError
        ``print-refused…``: see :meth:`PrintGuard.check`.
    """
    return _checked(print_out, parts, guard, lambda: print_out.render(list(parts.values())))


def rendered_html(print_out: PrintOut[Any], key: Any, part: Any, guard: PrintGuard) -> bytes:
    """Return the web page of a part, if its reader may see all that is in it.

    Raises
    ------
    ConflictError
        ``print-refused…``: see :meth:`PrintGuard.check`.
    ValueError
        The kind has no web pages.
    """
    render = print_out.render_html
    if render is None:
        raise ValueError(f"{print_out.label} has no web pages")
    return _checked(print_out, {key: part}, guard, lambda: render(part).encode())


def _checked(
    print_out: PrintOut[Any],
    parts: Mapping[Any, Any],
    guard: PrintGuard,
    make: Callable[[], bytes],
) -> bytes:
    """Return what is made of parts: the one way out, which nothing passes that is not for it."""
    audience = print_out.audience
    with listening() as heard:
        document = make()
    names = {key: print_out.part_name(part) for key, part in parts.items()}
    if len(heard.sections) == len(parts):
        for (key, name), texts in zip(names.items(), heard.sections, strict=True):
            guard.check(audience, [key], texts, name=name)
        guard.check(audience, names, heard.about, name=", ".join(names.values()))
    else:
        guard.check(audience, names, heard.texts, name=", ".join(names.values()))
    return document


def _own_file(
    print_out: PrintOut[Any],
    name: str,
    guard: PrintGuard,
    make: Callable[[PrintOut[Any], PrintGuard, Mapping[Any, Any]], bytes],
    parts: Mapping[Any, Any],
) -> bytes:
    """Return a file of one part, if its reader may see its name and what is in it."""
    for key, part in parts.items():
        guard.check(print_out.audience, [key], [name], name=print_out.part_name(part))
    return make(print_out, guard, parts)


def _pdf(print_out: PrintOut[Any], guard: PrintGuard, parts: Mapping[Any, Any]) -> bytes:
    return rendered(print_out, parts, guard)


def _html(print_out: PrintOut[Any], guard: PrintGuard, parts: Mapping[Any, Any]) -> bytes:
    ((key, part),) = parts.items()
    return rendered_html(print_out, key, part, guard)


def _name(week: IsoWeek, *parts: str) -> str:
    """Return the stem of a file name that every system takes: letters, digits and few signs."""
    return "-".join([str(week), *(re.sub(r"[^\w.-]+", "_", part) for part in parts if part)])
