"""Who is to get what of a published week, by what the log says that they have."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from planner.domain.distribution import Dispatch, DispatchState, RecipientKind
from planner.domain.plain import plain
from planner.domain.plan import Plan
from planner.domain.weeks import IsoWeek
from planner.reports.person_week import PersonWeek
from planner.reports.school_sheet import OfficeSheet
from planner.reports.sheet_json import sheet_content_hash
from planner.services.plans import OpenPlan
from planner.services.prints.printable import PrintableWeek, published_week
from planner.services.publish.publishing import Published, read

_ID_LETTERS = 32


class RecipientState(StrEnum):
    """What a recipient has, and needs."""

    NEW = "new"
    """Nothing of the week was sent yet."""
    CHANGED = "changed"
    """What was sent last says something else."""
    SENT = "sent"
    """What was sent last holds."""
    REFUSED = "refused"
    """What holds was sent, and refused."""
    UNCERTAIN = "uncertain"
    """What holds was handed over, and nobody knows whether it arrived: a person decides."""


_DUE = frozenset({RecipientState.NEW, RecipientState.CHANGED, RecipientState.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A school or person, and the message that holds for them.

    Parameters
    ----------
    letter
        Id of that message.
    version, published_at
        Of the sheet or own week that holds.
    got
        What was sent last.
    last
        What the state tells of: what was sent last, or was refused or is uncertain since.
    kept
        What the log says of ``letter`` itself; nothing before it was handed over.
    """

    kind: RecipientKind
    week: IsoWeek
    id: str
    name: str
    address: str
    letter: str
    publication: int
    version: int
    published_at: datetime
    state: RecipientState
    got: Dispatch | None = None
    last: Dispatch | None = None
    kept: Dispatch | None = None

    @property
    def is_due(self) -> bool:
        """Tell whether a message is to be sent."""
        return self.state in _DUE

    @property
    def is_unanswered(self) -> bool:
        """Tell whether what holds was sent, and nobody has ticked off an answer."""
        is_sent = self.state is RecipientState.SENT
        return is_sent and self.got is not None and self.got.answered_at is None

    @property
    def is_answered(self) -> bool:
        """Tell whether an answer to what holds was ticked off."""
        return self.state is RecipientState.SENT and not self.is_unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class SendList:
    """Everybody who has something to get of a published week, by name and in no order."""

    week: IsoWeek
    kind: RecipientKind
    publication: int
    recipients: tuple[Recipient, ...]

    def due(self) -> tuple[Recipient, ...]:
        """Return those who are to get a message, and can."""
        return tuple(one for one in self.recipients if one.is_due and one.address)

    def unreachable(self) -> tuple[Recipient, ...]:
        """Return those who are to get a message, but have no address."""
        return tuple(one for one in self.recipients if one.is_due and not one.address)

    def uncertain(self) -> tuple[Recipient, ...]:
        """Return those of whom nobody knows whether they have it."""
        return tuple(one for one in self.recipients if one.state is RecipientState.UNCERTAIN)

    def unanswered(self) -> tuple[Recipient, ...]:
        """Return those who were sent what holds, and have not answered."""
        return tuple(one for one in self.recipients if one.is_unanswered)


def send_list(open_plan: OpenPlan, week: IsoWeek, kind: RecipientKind) -> SendList:
    """Return who is to get what of the publication of ``week`` that holds.

    Raises
    ------
    ConflictError
        ``week-not-published``
    StorageError
        ``publication-broken``
    """
    return list_of(open_plan, published_week(open_plan, week), kind)


def list_of(open_plan: OpenPlan, published: PrintableWeek, kind: RecipientKind) -> SendList:
    """Return who is to get what of a publication that was read already."""
    number = published.number
    if number is None:
        raise ValueError("a draft is sent to nobody")
    log: dict[str, list[Dispatch]] = {}
    # Within one second the publication says what came later.
    for one in sorted(
        open_plan.store.dispatches(published.week), key=lambda one: (one.at, one.publication)
    ):
        if one.kind is kind:
            log.setdefault(one.recipient, []).append(one)
    contents = _Contents(open_plan, published, kind)
    return SendList(
        week=published.week,
        kind=kind,
        publication=number,
        recipients=tuple(
            _recipient(who, contents, log.get(who.id, [])) for who in contents.recipients(number)
        ),
    )


class _Contents:
    """What publications of a week tell recipients of one kind, apart from version and time."""

    def __init__(self, open_plan: OpenPlan, published: PrintableWeek, kind: RecipientKind) -> None:
        self._open_plan, self._published, self._kind = open_plan, published, kind
        self._earlier: Mapping[int, Published] | None = None

    def recipients(self, number: int) -> Iterator[Recipient]:
        """Yield everybody, as if nothing had been sent."""
        called = _CALLED[self._kind](self._open_plan.plan)
        for id_, sheet in self._all(self._published).items():
            name, address = called.get(id_, (_own_name(sheet), ""))
            version, at = sheet.version, sheet.published_at
            yield Recipient(
                kind=self._kind,
                week=self._week,
                id=id_,
                name=name,
                address=address,
                letter=self._letter_id(id_, version, at),
                publication=number,
                version=version,
                published_at=at,
                state=RecipientState.NEW,
            )

    def holds(self, dispatch: Dispatch) -> bool:
        """Tell whether what was sent says what the publication says that holds."""
        now = self._of(self._published, dispatch.recipient)
        return now == self._of(self._published_as(dispatch.publication), dispatch.recipient)

    def _published_as(self, number: int) -> PrintableWeek | Published | None:
        if number == self._published.number:
            return self._published
        if self._earlier is None:
            numbers = {one.publication for one in self._open_plan.store.dispatches(self._week)}
            kept = self._open_plan.store.publications(self._week)
            self._earlier = {one.number: read(one) for one in kept if one.number in numbers}
        return self._earlier.get(number)

    @property
    def _week(self) -> IsoWeek:
        return self._published.week

    def _letter_id(self, id_: str, version: int, at: datetime) -> str:
        """Return what is the same whenever this content is sent to this recipient."""
        what = [
            self._kind,
            id_,
            version,
            at.astimezone(UTC).isoformat(),
            self._of(self._published, id_),
        ]
        digest = hashlib.sha256(json.dumps(what).encode()).hexdigest()
        return f"{self._week}.{self._kind}.{digest[:_ID_LETTERS]}"

    def _all(self, week: PrintableWeek | Published) -> Mapping[Any, Any]:
        return week.sheets if self._kind is RecipientKind.SCHOOL else week.people

    def _of(self, week: PrintableWeek | Published | None, id_: str) -> str:
        sheet = self._all(week).get(id_) if week is not None else None
        match sheet:
            case OfficeSheet():
                return sheet_content_hash(sheet)
            case PersonWeek():
                own = replace(sheet, version=None, published_at=None)
                text = json.dumps(plain(own, own.tz), sort_keys=True)
                return hashlib.sha256(text.encode()).hexdigest()
            case _:
                return ""


def _recipient(new: Recipient, contents: _Contents, log: list[Dispatch]) -> Recipient:
    """Return a recipient with what the log, the earliest first, says of them."""
    sent = [number for number, one in enumerate(log) if one.state is DispatchState.SENT]
    got = log[sent[-1]] if sent else None
    kept = next((one for one in log if one.id == new.letter), None)
    if got is not None and contents.holds(got):
        return replace(new, state=RecipientState.SENT, got=got, last=got, kept=kept)
    since = log[sent[-1] + 1 :] if sent else log
    tried = next((one for one in reversed(since) if contents.holds(one)), None)
    return replace(new, state=_state(tried, got), got=got, last=tried or got, kept=kept)


def _state(tried: Dispatch | None, got: Dispatch | None) -> RecipientState:
    if tried is not None and tried.state is DispatchState.REFUSED:
        return RecipientState.REFUSED
    if tried is not None:
        return RecipientState.UNCERTAIN
    return RecipientState.NEW if got is None else RecipientState.CHANGED


def _schools(plan: Plan) -> dict[str, tuple[str, str]]:
    return {one.id: (one.name, one.email) for one in plan.schools}


def _staff(plan: Plan) -> dict[str, tuple[str, str]]:
    return {one.id: (one.display_name, one.email) for one in plan.staff}


_CALLED: Mapping[RecipientKind, Callable[[Plan], dict[str, tuple[str, str]]]] = {
    RecipientKind.SCHOOL: _schools,
    RecipientKind.STAFF: _staff,
}
"""Name and address of everybody in the plan as it is now, by id."""


def _own_name(sheet: OfficeSheet | PersonWeek) -> str:
    return sheet.school if isinstance(sheet, OfficeSheet) else sheet.display_name
