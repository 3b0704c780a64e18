"""Calendar files of people and schools, made from every publication there has been.

A publication is kept whole and for good. So nothing else need remember what an event said before,
how often it changed and what was cancelled: it follows from the publications of its week.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from planner.domain.distribution import RecipientKind
from planner.domain.feeds import Feed, FeedEntry, FeedEvent, followed
from planner.domain.roster import Assignment
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError
from planner.reports.audiences import Audience
from planner.reports.feed_entries import (
    about_calendar,
    person_calendar_name,
    person_entries,
    school_calendar_name,
    school_entries,
)
from planner.reports.school_sheet import for_notice_board
from planner.services.files import make_folder, write_files
from planner.services.plans import OpenPlan
from planner.services.prints.guard import PrintGuard, print_guard
from planner.services.prints.printable import PrintableWeek, read_printable
from planner.words import language, speaking

_FOLDERS = {RecipientKind.STAFF: "staff", RecipientKind.SCHOOL: "schools"}
"""The same in every language: who subscribes relies on the address of a file."""
_AUDIENCES = {
    RecipientKind.STAFF: Audience.PERSON,
    RecipientKind.SCHOOL: Audience.NOTICE_BOARD,
}


class Owner(NamedTuple):
    """Whose a calendar is."""

    kind: RecipientKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """What a calendar is called; ``owner`` is what the planner calls whose it is."""

    owner: str
    calendar: str
    about: tuple[str, ...]
    zone: str


def write_calendars(
    open_plan: OpenPlan,
    week: IsoWeek,
    out: Path,
    *,
    on_progress: Callable[[int, int], None] = lambda _done, _all: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Path, ...]:
    """Write the calendar of everybody who is, or was, in what was published of ``week``.

    It holds all published weeks of its owner, in the plan's language, and its file keeps its name.

    Parameters
    ----------
    out
        Folder for the folders ``staff`` and ``schools``; made when it does not exist.
    on_progress
        Told how many published weeks of how many are read.
    should_stop
        Asked before each of them; once it says yes, nothing is written.

    Raises
    ------
    ConflictError
        ``week-not-published``, or ``print-refused…``: something in a calendar is not for its
        reader; then no file is written.
    StorageError
        ``publication-broken``, ``output-…``: what folder or disk refuse.
    """
    from planner.exchange.ics import to_ics

    weeks = open_plan.store.published_weeks()
    if week not in weeks:
        raise ConflictError("week-not-published", week=str(week))
    shelf, wanted = _Shelf(open_plan), frozenset[Owner]()
    with speaking(open_plan.plan.settings.language):
        for number, one in enumerate(weeks, start=1):
            if should_stop():
                return ()
            owners = shelf.add(one)
            wanted = owners if one == week else wanted
            on_progress(number, len(weeks))
        names = _file_names(shelf.owners())
        files = {out / names[owner]: to_ics(shelf.feed(owner)) for owner in sorted(wanted)}
    for folder in {path.parent for path in files}:
        make_folder(folder)
    return write_files(files)


class _Shelf:
    """The calendars of everybody, filled week by week."""

    def __init__(self, open_plan: OpenPlan) -> None:
        self._open_plan = open_plan
        self._events: dict[Owner, list[FeedEvent]] = defaultdict(list)
        self._labels: dict[Owner, _Label] = {}

    def owners(self) -> Iterable[Owner]:
        """Return everybody who has a calendar."""
        return self._labels

    def feed(self, owner: Owner) -> Feed:
        """Return a calendar."""
        label = self._labels[owner]
        return Feed(
            owner=f"{owner.kind}/{owner.id}",
            name=label.calendar,
            about=label.about,
            zone=label.zone,
            language=language(),
            events=tuple(self._events[owner]),
        )

    def add(self, week: IsoWeek) -> frozenset[Owner]:
        """Take in what was published of a week; return everybody who is, or was, in it."""
        printables = [read_printable(one) for one in self._open_plan.store.publications(week)]
        for printable in printables:
            self._labels |= _labels(printable)
        editions = [(one.published_at, _entries(one)) for one in printables]
        owners = frozenset(owner for _at, entries in editions for owner in entries)
        guard = print_guard(self._open_plan, printables[-1])
        for owner in owners:
            told = ((at, entries.get(owner, {})) for at, entries in editions if at is not None)
            events = followed(told)
            self._check(guard, owner, week, events)
            self._events[owner] += events
        return owners

    def _check(
        self, guard: PrintGuard, owner: Owner, week: IsoWeek, events: Iterable[FeedEvent]
    ) -> None:
        """Refuse what is not for the reader; cancelled events say nothing, and pass."""
        label = self._labels[owner]
        texts = [label.calendar, *label.about]
        for event in events:
            if not event.is_cancelled:
                texts += (event.entry.title, event.entry.place, *event.entry.notes)
        name = f"{label.owner}, {week}"
        guard.check(_AUDIENCES[owner.kind], [owner.id], texts, name=name)


def _entries(printable: PrintableWeek) -> dict[Owner, dict[str, FeedEntry]]:
    done = defaultdict[str, list[Assignment]](list)
    for one in printable.roster.assignments:
        done[one.staff].append(one)
    people = {
        Owner(RecipientKind.STAFF, staff): person_entries(own, done[staff])
        for staff, own in printable.people.items()
    }
    schools = {
        Owner(RecipientKind.SCHOOL, school): school_entries(for_notice_board(sheet))
        for school, sheet in printable.sheets.items()
    }
    return people | schools


def _labels(printable: PrintableWeek) -> dict[Owner, _Label]:
    people = {
        Owner(RecipientKind.STAFF, staff): _Label(
            owner=own.display_name,
            calendar=person_calendar_name(),
            about=about_calendar(own.notice),
            zone=own.zone,
        )
        for staff, own in printable.people.items()
    }
    schools = {
        Owner(RecipientKind.SCHOOL, school): _Label(
            owner=sheet.school,
            calendar=school_calendar_name(sheet.school),
            about=about_calendar(sheet.notice),
            zone=sheet.zone,
        )
        for school, sheet in printable.sheets.items()
    }
    return people | schools


def _file_names(owners: Iterable[Owner]) -> dict[Owner, str]:
    """Return the path of each calendar in its folder, in letters that every system takes.

    Whose ids would give the same name has a mark of the own id in it, so that nobody is ever given
    somebody else's calendar.
    """
    stems = {owner: re.sub(r"[^\w.-]+", "_", owner.id) for owner in owners}
    n_alike = Counter((owner.kind, stem.casefold()) for owner, stem in stems.items())
    names = {}
    for owner, stem in stems.items():
        is_shared = n_alike[owner.kind, stem.casefold()] > 1
        mark = f"-{hashlib.sha256(owner.id.encode()).hexdigest()[:8]}" if is_shared else ""
        names[owner] = f"{_FOLDERS[owner.kind]}/narvaro-{stem}{mark}.ics"
    return names
