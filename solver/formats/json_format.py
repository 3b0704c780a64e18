"""Problems and solutions as JSON, field for field; what is read is checked against the types.

The dataclasses of ``solver.data`` are the format: a problem is an object with the fields of
``Problem`` and a ``format`` key. Spans are pairs, rules carry a ``type``, travel times are lists of
``[from, to, minutes]`` by mode.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from solver.data.errors import InvalidProblemError
from solver.data.problem import Problem
from solver.data.rules import Rule
from solver.data.solution import Solution
from solver.data.spans import Span

PROBLEM_FORMAT = "narvaro-problem/1"
"""Value of ``format`` in a problem."""

_RULES = {kind.__name__: kind for kind in get_args(Rule)}


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as values that ``json.dumps`` takes."""
    return {"format": PROBLEM_FORMAT, **_to_json(problem)}


def problem_from_json(document: object) -> Problem:
    """Return the problem that a document says.

    Raises
    ------
    InvalidProblemError
        When a field is missing, unknown or of another type, or the problem contradicts itself; the
        message names the field.
    """
    if not isinstance(document, dict) or document.get("format") != PROBLEM_FORMAT:
        raise InvalidProblemError(f"format is not {PROBLEM_FORMAT!r}.")
    rest = {key: value for key, value in document.items() if key != "format"}
    problem: Problem = _from_json(Problem, rest, "Problem")
    return problem


def solution_to_json(solution: Solution) -> dict[str, Any]:
    """Return a solution as values that ``json.dumps`` takes."""
    document: dict[str, Any] = _to_json(solution)
    return document


def solution_from_json(document: object) -> Solution:
    """Return the solution that a document says; raises as :func:`problem_from_json`."""
    solution: Solution = _from_json(Solution, document, "Solution")
    return solution


def _to_json(value: Any) -> Any:  # noqa: PLR0911 - one return a kind of value
    if isinstance(value, Span):
        return [value.start, value.end]
    if is_dataclass(value) and not isinstance(value, type):
        document = {field.name: _to_json(getattr(value, field.name)) for field in fields(value)}
        if type(value) in _RULES.values():
            document["type"] = type(value).__name__
        return document
    if isinstance(value, Mapping):
        if any(isinstance(key, tuple) for key in value):
            return [[*key, _to_json(item)] for key, item in value.items()]
        return {str(key): _to_json(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_to_json(item) for item in value]
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _from_json(hint: Any, value: object, where: str) -> Any:  # noqa: PLR0911 - as above
    if hint is Span:
        return _span(value, where)
    if is_dataclass(hint):
        return _dataclass(hint, value, where)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _union(arguments, value, where)
    if origin is Literal:
        return _expect(value in arguments, value, where)
    if origin in {tuple, frozenset}:
        return _sequence(origin, arguments, value, where)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(arguments, value, where)
    if hint is float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return _expect(is_number, value, where)
    return _expect(type(value) is hint, value, where)


def _expect(is_right: bool, value: object, where: str) -> Any:  # noqa: FBT001 - one plain question
    if not is_right:
        raise InvalidProblemError(f"{where} is {value!r:.60}, which is not of its type.")
    return value


def _span(value: object, where: str) -> Span:
    pair = _expect(isinstance(value, list) and len(value) == 2, value, where)
    start, end = (_from_json(int, item, where) for item in pair)
    return Span(start, end)


def _dataclass(kind: Any, value: object, where: str) -> Any:
    document = dict(_expect(isinstance(value, dict), value, where))
    if kind in _RULES.values():
        document.pop("type", None)
    known = {field.name: field for field in fields(kind)}
    for name in document:
        if name not in known:
            raise InvalidProblemError(f"{where} has an unknown field {name!r:.60}.")
    for name, field in known.items():
        if name not in document and field.default is MISSING and field.default_factory is MISSING:
            raise InvalidProblemError(f"{where}.{name} is missing.")
    hints = _hints(kind)
    return kind(
        **{
            name: _from_json(hints[name], item, f"{where}.{name}")
            for name, item in document.items()
        }
    )


def _union(arguments: tuple[Any, ...], value: object, where: str) -> Any:
    if type(None) in arguments:
        if value is None:
            return None
        arguments = tuple(kind for kind in arguments if kind is not type(None))
    if len(arguments) == 1:
        return _from_json(arguments[0], value, where)
    # The only union of several types is that of the rules.
    name = value.get("type") if isinstance(value, dict) else None
    kind = _RULES.get(name) if isinstance(name, str) else None
    if kind is None:
        raise InvalidProblemError(f"{where}.type is {name!r:.60}, which is no rule.")
    return _from_json(kind, value, f"{where}({name})")


def _sequence(origin: Any, arguments: tuple[Any, ...], value: object, where: str) -> Any:
    items = _expect(isinstance(value, list), value, where)
    if origin is tuple and arguments[-1] is not Ellipsis:
        _expect(len(items) == len(arguments), value, where)
        kinds = arguments
    else:
        kinds = (arguments[0],) * len(items)
    return origin(
        _from_json(kind, item, f"{where}[{number}]")
        for number, (kind, item) in enumerate(zip(kinds, items, strict=True))
    )


def _mapping(arguments: tuple[Any, ...], value: object, where: str) -> dict[Any, Any]:
    key_hint, item_hint = arguments
    if get_origin(key_hint) is tuple:
        rows = [
            _expect(isinstance(row, list) and len(row) == 3, row, where)
            for row in _expect(isinstance(value, list), value, where)
        ]
        return {
            _from_json(key_hint, row[:-1], where): _from_json(item_hint, row[-1], where)
            for row in rows
        }
    items = _expect(isinstance(value, dict), value, where)
    return {key: _from_json(item_hint, item, f"{where}[{key}]") for key, item in items.items()}
