"""Shift types by the codes that are written into a base roster."""

from collections.abc import Iterable

from planner.domain.ids import EmployerId, ShiftTypeId
from planner.domain.plan import Plan
from planner.domain.shifts import ShiftType
from planner.errors import InputError


class ShiftCodes:
    """Reads and writes codes; one that several employers use is said with the employer.

    Parameters
    ----------
    employers
        Whose shift types are meant by a code that is not unique.
    """

    def __init__(self, plan: Plan, employers: Iterable[EmployerId] = ()) -> None:
        self._kinds = plan.shift_types
        self._near = frozenset(employers)

    def text(self, kinds: Iterable[ShiftTypeId]) -> str:
        """Return the codes of some shift types."""
        by_id = {kind.id: kind for kind in self._kinds}
        return " ".join(self.code(by_id[one]) if one in by_id else str(one) for one in kinds)

    def code(self, kind: ShiftType) -> str:
        """Return a code that means this shift type only."""
        if self._meant(kind.code) == (kind,):
            return kind.code
        return f"{kind.code}/{kind.employer}"

    def read(self, text: str) -> tuple[ShiftTypeId, ...]:
        """Return the shift types that codes mean.

        Raises
        ------
        InputError
            ``code-unknown`` or ``code-unclear``.
        """
        return tuple(self._one(code) for code in text.replace(",", " ").split())

    def _one(self, code: str) -> ShiftTypeId:
        meant = self._meant(code)
        if not meant:
            raise InputError("code-unknown", value=code)
        if len(meant) > 1:
            choices = ", ".join(f"{kind.code}/{kind.employer}" for kind in meant)
            raise InputError("code-unclear", value=code, choices=choices)
        return meant[0].id

    def _meant(self, text: str) -> tuple[ShiftType, ...]:
        code, _slash, employer = text.casefold().partition("/")
        found = [
            kind
            for kind in self._kinds
            if kind.code.casefold() == code and employer in {"", kind.employer.casefold()}
        ]
        near = [kind for kind in found if kind.employer in self._near]
        return tuple(near if near and not employer else found)
