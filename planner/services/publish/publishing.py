"""Publish a week: a numbered snapshot that never changes and needs nothing else to be read."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from planner import clock
from planner.domain.demand import make_duties
from planner.domain.duties import Duty, Moment
from planner.domain.ids import DutyId, SchoolId, StaffId
from planner.domain.plain import plain, record
from planner.domain.plan import Plan
from planner.domain.publication import Publication, SheetVersion, WindowDecision
from planner.domain.roster import Gap, Override, Roster
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, InputError, StorageError
from planner.reports.person_week import PersonWeek
from planner.reports.school_sheet import OfficeSheet
from planner.reports.sheet_json import sheet_content_hash, sheet_from_json, sheet_to_json
from planner.services.plans import OpenPlan
from planner.services.publish.editions import changed_sheets, decisions_made, edition
from planner.services.publish.person_weeks import PersonWeekMaker
from planner.services.publish.planned import keep_planned
from planner.services.publish.sheets import SheetMaker, uncovered
from planner.services.roster.document import week_document
from planner.services.roster.views import Decision, UncoveredWindow
from planner.store.store import Store

FORMAT: Final = "narvaro-publication/1"
"""Name and version of the snapshot: the week's document, decisions, sheets and own weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationInfo:
    """What publishing did.

    Parameters
    ----------
    number
        Of the publication, counted through the plan.
    n_changed_sheets
        Schools whose sheet says something else than before and has to be exchanged.
    """

    number: int
    week: IsoWeek
    published_at: datetime
    sha256: str
    n_changed_sheets: int


@dataclass(frozen=True, kw_only=True)
class Published:
    """A publication, read.

    Parameters
    ----------
    gaps
        What the engine said of what it left uncovered, when the roster was generated.
    """

    number: int
    published_at: datetime
    week: Mapping[str, Any]
    overrides: tuple[Override, ...]
    gaps: tuple[Gap, ...]
    decisions: Mapping[DutyId, Decision]
    sheets: Mapping[SchoolId, OfficeSheet]
    people: Mapping[StaffId, PersonWeek]


def uncovered_windows(open_plan: OpenPlan, week: IsoWeek) -> tuple[UncoveredWindow, ...]:
    """Return the school windows without anybody, which publishing asks a decision for.

    Raises
    ------
    ConflictError
        ``week-not-generated``
    """
    return windows_of(make_duties(open_plan.plan, week), draft_roster(open_plan, week))


def windows_of(duties: Iterable[Duty], roster: Roster) -> tuple[UncoveredWindow, ...]:
    """Return the school windows among ``duties`` that nobody in the roster covers."""
    return tuple(
        UncoveredWindow(
            duty=duty.id, school=duty.title, span=duty.span, moment=duty.moment or Moment.BEFORE
        )
        for duty in uncovered(duties, roster)
    )


def publish(
    open_plan: OpenPlan, week: IsoWeek, decisions: Mapping[DutyId, Decision]
) -> PublicationInfo:
    """Make the draft of ``week`` known, in one transaction.

    Parameters
    ----------
    decisions
        For each window of :func:`uncovered_windows`; one that was made for an earlier publication
        of the week need not be made again.

    Raises
    ------
    ConflictError
        ``week-not-generated``, or ``windows-undecided``; then nothing is published.
    InputError
        ``decision-unknown``: the window is covered, or none.
    """
    plan, store = open_plan.plan, open_plan.store
    at = clock.now()
    with store.transaction("publish", week=str(week)) as touched:
        roster = draft_roster(open_plan, week)
        duties = make_duties(plan, week)
        decided = _decided(open_plan, week, uncovered(duties, roster), decisions)
        before = latest(open_plan, week)
        old = before.sheets if before else {}
        maker = SheetMaker(
            plan=plan, roster=roster, duties=duties, decisions=decided, published_at=at
        )
        sheets = {
            school.id: edition(maker.sheet(school), old.get(school.id)) for school in plan.schools
        }
        changed = changed_sheets(old, sheets)
        people = PersonWeekMaker(plan=plan, roster=roster, duties=duties).weeks()
        document = {
            "format": FORMAT,
            "published_at": plain(at, plan.zone),
            "week": week_document(open_plan, roster),
            "overrides": plain(roster.overrides, plan.zone),
            "gaps": plain(roster.gaps, plan.zone),
            "decisions": decided,
            "sheets": {school: sheet_to_json(sheet) for school, sheet in sheets.items()},
            "people": {staff: plain(own, plan.zone) for staff, own in people},
        }
        publication = _kept(store, week, at, document)
        store.add_sheet_versions(
            _version(publication.number, school, sheets[school]) for school in changed
        )
        _keep_decisions(store, week, at, decided)
        keep_planned(store, plan, publication, roster=roster, duties=duties, decided=decided)
        touched.update(number=publication.number, n_changed_sheets=len(changed))
    return PublicationInfo(
        number=publication.number,
        week=week,
        published_at=at,
        sha256=publication.sha256,
        n_changed_sheets=len(changed),
    )


def _kept(store: Store, week: IsoWeek, at: datetime, document: dict[str, object]) -> Publication:
    """Store a publication's document for good; it comes back with its number."""
    snapshot = _text(document)
    return store.add_publication(
        Publication(
            number=0,  # the store gives the next one
            week=week,
            published_at=at,
            published_by=store.actor,
            snapshot=snapshot,
            sha256=_sha256(snapshot),
        )
    )


def _keep_decisions(
    store: Store, week: IsoWeek, at: datetime, decided: Mapping[DutyId, Decision]
) -> None:
    """Make what was decided now all that is kept of the week's open windows."""
    store.remove_decisions([one.duty for one in store.decisions(week)])
    store.save_decisions(
        WindowDecision(week=week, duty=duty, decision=decision.value, decided_at=at)
        for duty, decision in decided.items()
    )


def latest(open_plan: OpenPlan, week: IsoWeek) -> Published | None:
    """Return the publication of ``week`` that holds; nothing when it was never published.

    Raises
    ------
    StorageError
        ``publication-broken``: it is not what was published.
    """
    publication = open_plan.store.latest_publication(week)
    return read(publication) if publication else None


def read(publication: Publication) -> Published:
    """Return what a publication holds.

    Raises
    ------
    StorageError
        ``publication-broken``: it is not what was published.
    """
    data = snapshot_of(publication)
    return Published(
        number=publication.number,
        published_at=publication.published_at,
        week=data["week"],
        # Publications of earlier programs have none.
        overrides=tuple(record(Override, one) for one in data.get("overrides", ())),
        gaps=tuple(record(Gap, one) for one in data.get("gaps", ())),
        decisions={DutyId(duty): Decision(one) for duty, one in data["decisions"].items()},
        sheets={SchoolId(id_): sheet_from_json(sheet) for id_, sheet in data["sheets"].items()},
        people={
            StaffId(id_): replace(
                record(PersonWeek, own),
                version=publication.number,
                published_at=publication.published_at,
            )
            for id_, own in data["people"].items()
        },
    )


def snapshot_of(publication: Publication) -> Mapping[str, Any]:
    """Return the document of a publication as values of JSON.

    Raises
    ------
    StorageError
        ``publication-broken``: it is not what was published.
    """
    if _sha256(publication.snapshot) != publication.sha256:
        number, week = publication.number, str(publication.week)
        raise StorageError("publication-broken", number=number, week=week)
    data: Mapping[str, Any] = json.loads(publication.snapshot)
    return data


def differs(published: Published, plan: Plan, roster: Roster) -> bool:
    """Tell whether a draft says something else than what was published."""
    return any(
        published.week[name] != json.loads(_text(plain(getattr(roster, name), plan.zone)))
        for name in ("shifts", "assignments")
    )


def draft_roster(open_plan: OpenPlan, week: IsoWeek) -> Roster:
    """Return the draft of ``week``.

    Raises
    ------
    ConflictError
        ``week-not-generated``
    """
    if not open_plan.store.draft_revision(week):
        raise ConflictError("week-not-generated", week=str(week))
    return open_plan.store.load_roster(week)


def _decided(
    open_plan: OpenPlan,
    week: IsoWeek,
    open_windows: tuple[Duty, ...],
    decisions: Mapping[DutyId, Decision],
) -> dict[DutyId, Decision]:
    """Return a decision for each window; what is decided now beats what was decided before."""
    wanted = [duty.id for duty in open_windows]
    for duty in decisions:
        if duty not in wanted:
            raise InputError("decision-unknown", duty=duty, week=str(week))
    made = decisions_made(open_plan, week) | dict(decisions)
    n_open = sum(duty not in made for duty in wanted)
    if n_open:
        raise ConflictError("windows-undecided", n=n_open, week=str(week))
    return {duty: made[duty] for duty in wanted}


def _version(number: int, school: SchoolId, sheet: OfficeSheet) -> SheetVersion:
    return SheetVersion(
        publication=number,
        school=school,
        version=sheet.version,
        replaces=sheet.replaces,
        sha256=sheet_content_hash(sheet),
    )


def _text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
