"""A promise's follow-up as values of JSON, for other programs."""

from typing import Any, Final

from planner.domain.follow_up import MeasureFollowUp, PromiseFollowUp
from planner.domain.followed_events import FollowedWalk
from planner.domain.plain import plain
from planner.domain.tallies import Tally
from planner.services.plans import OpenPlan

FORMAT: Final = "narvaro-promise/1"
"""Name and version of ``promise --json``; its schema is ``resources/schemas/promise-1.json``."""


def promise_json(open_plan: OpenPlan, found: PromiseFollowUp) -> dict[str, Any]:
    """Return what became of a promise, as codes and numbers; nobody is named in it."""
    promise, zone = found.promise, open_plan.plan.zone
    return {
        "format": FORMAT,
        "promise": promise.id,
        "name": promise.name,
        "first_day": promise.first_day.isoformat(),
        "last_day": promise.last_day.isoformat(),
        "signed_on": promise.signed_on.isoformat() if promise.signed_on else None,
        "is_signed": found.is_signed,
        "is_over": found.is_over,
        "as_of": plain(found.now, zone),
        "measures": [_measure(one) for one in found.measures],
        "revisions": [
            {
                "first_day": one.first_day.isoformat(),
                "reason": one.reason,
                "n_before": one.n_before,
                "n_after": one.n_after,
            }
            for one in found.revisions
        ],
    }


def _measure(one: MeasureFollowUp) -> dict[str, Any]:
    every = one.every_place
    return {
        "measure": one.measure.id,
        "kind": one.measure.kind.value,
        "name": one.measure.name,
        "target": one.measure.target,
        "aim": one.aim,
        "verdict": one.verdict.value,
        "total": _tally(one.total),
        "weeks": [{"week": str(part.week), **_tally(part.tally)} for part in one.weeks],
        "places": [
            {"place": part.place, "name": part.title, **_tally(part.tally)} for part in one.places
        ],
        "walks": [_walk(walk) for walk in one.walks],
        "every_school": None
        if every is None
        else {
            "is_true": every.is_true,
            "n_schools": every.n_places,
            "n_complete": every.n_complete,
            "lacking": list(every.lacking),
            "left_out": list(every.left_out),
        },
    }


def _walk(walk: FollowedWalk) -> dict[str, Any]:
    return {
        "walk": walk.walk,
        "name": walk.name,
        "state": walk.reported.value,
        "counts": walk.counts,
        "meetings": [
            {
                "kind": one.kind.value,
                "day": one.day.isoformat() if one.day else None,
                "state": one.state.value,
            }
            for one in walk.meetings
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "promised": tally.promised,
        "planned": tally.planned,
        "not_planned": tally.not_planned,
        "not_yet_planned": tally.not_yet_planned,
        "done": tally.done,
        "not_done": {reason.value: n for reason, n in tally.not_done.items()},
        "not_reported": tally.not_reported,
        "under_way": tally.under_way,
        "to_come": tally.to_come,
        "extra_planned": tally.extra_planned,
        "extra_done": tally.extra_done,
    }
