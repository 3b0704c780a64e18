"""Presence windows proposed from incidents, and what a planner makes of them."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from planner.domain.changes import Change
from planner.domain.incidents import Incident
from planner.domain.places import PresenceKind
from planner.domain.situation_trial import Method
from planner.services.history import undo
from planner.services.plans import open_plan
from planner.services.records.saving import RefusedRecordsError, save_records
from planner.services.situation import picture, proposals
from planner.services.situation.picture import PlaceKind, SituationFilter
from planner.services.situation.proposals import ProposalState, Verdict, WindowTerms
from planner.words import speaking

TERMS = WindowTerms(n_windows=6, hours=4, place_m=500)
EVERYTHING = SituationFilter()
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def incident(number: int, at: datetime, north: float, east: float) -> Incident:
    return Incident(
        id=str(number),
        at=at,
        kind="rån" if number % 5 else "stöld",
        latitude=59.60 + north,
        longitude=16.40 + east,
        place="Gallerian" if north < 0.02 else "",
        source="brott.csv",
    )


def made_up():
    """Return thirty weeks with a mall on Friday and Saturday evenings, and as many anywhere."""
    draw = random.Random(5)
    found = []
    for week in range(30):
        for _ in range(6):
            day = draw.choice([4, 5])
            minute = round(draw.gauss(20 * 60, 50))
            at = MONDAY + timedelta(weeks=week, days=day, minutes=minute)
            found.append(
                incident(len(found), at, draw.gauss(0.01, 0.0004), draw.gauss(0.01, 0.0008))
            )
        for _ in range(6):
            at = MONDAY + timedelta(weeks=week, minutes=draw.randrange(7 * 24 * 60))
            found.append(incident(len(found), at, draw.uniform(0.02, 0.1), draw.uniform(0, 0.2)))
    return found


@pytest.fixture(scope="module")
def patterned_file(small_file_template, tmp_path_factory):
    path = tmp_path_factory.mktemp("situation") / "patterned.narvaro"
    path.write_bytes(small_file_template.read_bytes())
    with open_plan(path) as plan, plan.store.transaction("import-incidents"):
        plan.store.add_incidents(made_up())
    return path


@pytest.fixture(scope="module")
def proposed(patterned_file):
    with open_plan(patterned_file) as plan:
        return proposals.propose(plan, EVERYTHING, TERMS)


@pytest.fixture
def patterned(patterned_file, tmp_path):
    path = tmp_path / "patterned.narvaro"
    path.write_bytes(patterned_file.read_bytes())
    with open_plan(path) as plan:
        yield plan


def test_where_and_when_it_happens_most_is_proposed_first(proposed):
    first = proposed.proposals[0]
    assert (first.name, first.hotspot) == ("Gallerian", None)
    assert {one.weekday for one in proposed.proposals[:2]} == {5, 6}
    assert time(19) <= first.start <= time(21)
    assert first.n_visits == 2  # one every two hours
    assert [one.rank for one in proposed.proposals] == list(range(1, 7))
    shares = [one.expected for one in proposed.proposals]
    assert shares == sorted(shares, reverse=True)


def test_trial_says_when_last_month_would_have_told_the_same(proposed):
    trial = proposed.trial
    assert len(trial.weeks) == 30 - 13 - 1  # the last week is not over in the file
    assert trial.lead[Method.CHANCE].low > 0.2
    assert trial.lead[Method.LAST_MONTH].low <= 0 < trial.lead[Method.LAST_MONTH].high
    assert trial.verdict is Verdict.NOT_SHOWN
    assert proposed.proposals[0].measured > 0.05


def test_stopped_trial_says_that_it_was_too_little(patterned):
    seen = []
    found = proposals.propose(
        patterned, EVERYTHING, TERMS, on_progress=seen.append, should_stop=lambda: len(seen) >= 3
    )
    assert [one.n_done for one in seen] == [1, 2, 3]
    assert found.trial.verdict is Verdict.TOO_LITTLE
    assert found.proposals[0].measured is None


def test_without_incidents_nothing_is_proposed(small_open):
    found = proposals.propose(small_open, EVERYTHING, TERMS)
    assert (found.proposals, found.n_incidents) == ((), 0)
    assert found.trial.verdict is Verdict.TOO_LITTLE


def test_accepted_windows_are_one_step_and_one_place(patterned, proposed):
    wanted = proposed.proposals[:2]
    proposals.accept(patterned, wanted, first_day=date(2026, 11, 30))
    plan = patterned.plan
    hotspot = next(one for one in plan.hotspots if one.name == "Gallerian")
    windows = [one for one in plan.presence_windows if one.hotspot == hotspot.id]
    assert {(one.weekday, one.start, one.end) for one in windows} == {
        (one.weekday, one.start, one.end) for one in wanted
    }
    assert {(one.kind, one.n_visits) for one in windows} == {(PresenceKind.DOSAGE, 2)}
    site = plan.site_by_id[hotspot.site]
    assert site.latitude == pytest.approx(wanted[0].latitude, abs=1e-6)
    undo(patterned)
    assert not [one for one in patterned.plan.hotspots if one.name == "Gallerian"]


def test_what_was_accepted_is_shown_as_planned_the_next_time(patterned, proposed):
    proposals.accept(patterned, proposed.proposals[:1], first_day=date(2026, 11, 30))
    again = proposals.propose(patterned, EVERYTHING, TERMS).proposals
    assert again[0].state is ProposalState.PLANNED
    assert again[0].hotspot is not None
    assert again[1].state is ProposalState.OPEN
    proposals.accept(patterned, again[1:2], first_day=date(2026, 11, 30))
    assert len([one for one in patterned.plan.hotspots if one.name == "Gallerian"]) == 1


def test_edited_proposal_is_kept_as_it_was_edited(patterned, proposed):
    edited = replace(proposed.proposals[0], name="Gallerians entré", start=time(18, 30), n_visits=3)
    proposals.accept(patterned, [edited], first_day=date(2026, 11, 30))
    window = next(one for one in patterned.plan.presence_windows if one.start == time(18, 30))
    assert window.n_visits == 3
    assert any(one.name == "Gallerians entré" for one in patterned.plan.hotspots)


def test_edit_that_cannot_be_kept_is_refused_whole(patterned, proposed):
    wrong = replace(proposed.proposals[1], n_visits=0)
    before = patterned.plan
    with pytest.raises(RefusedRecordsError):
        proposals.accept(patterned, [proposed.proposals[0], wrong], first_day=date(2026, 11, 30))
    assert patterned.refresh() == before


def test_declined_proposal_is_remembered_and_can_come_back(patterned, proposed):
    proposals.decline(patterned, proposed.proposals[0], "Väktare finns där")
    again = proposals.propose(patterned, EVERYTHING, TERMS).proposals[0]
    assert again.state is ProposalState.DECLINED
    assert patterned.store.declined_windows()[0].reason == "Väktare finns där"
    proposals.take_back(patterned, again)
    assert not patterned.store.declined_windows()


def test_picture_counts_what_is_looked_at(patterned):
    whole = picture.situation(patterned, EVERYTHING)
    assert (whole.n_all, len(whole.incidents), whole.n_located) == (360, 360, 360)
    assert dict(whole.kinds) == {"rån": 288, "stöld": 72}
    assert sum(map(sum, whole.hours)) == 360
    assert whole.clusters[0].name == "Gallerian"
    some = picture.situation(
        patterned, SituationFilter(kinds=frozenset({"stöld"}), last_day=date(2026, 3, 1))
    )
    assert some.n_all == 360
    assert {one.kind for one in some.incidents} == {"stöld"}
    assert sum(one.count for one in some.months) == len(some.incidents) < 72


def test_places_of_the_plan_are_on_the_map(patterned):
    places = picture.situation(patterned, EVERYTHING).places
    plan = patterned.plan
    located = {one.id for one in plan.sites if one.latitude is not None}
    assert {one.id for one in places if one.kind is PlaceKind.SCHOOL} == {
        one.id for one in plan.schools if one.site in located
    }


def test_two_terms_give_the_same_place_different_ids(patterned, proposed):
    other = proposals.propose(patterned, EVERYTHING, replace(TERMS, hours=3)).proposals
    assert not {one.id for one in other} & {one.id for one in proposed.proposals}


def test_declining_twice_keeps_the_last_reason(patterned, proposed):
    for reason in ("för dyrt", "redan bevakat"):
        proposals.decline(patterned, proposed.proposals[0], reason)
    assert [one.reason for one in patterned.store.declined_windows()] == ["redan bevakat"]


def test_window_that_has_ended_is_no_longer_planned(patterned, proposed):
    proposals.accept(patterned, proposed.proposals[:1], first_day=date(2020, 1, 6))
    ended = next(
        one for one in patterned.plan.presence_windows if one.first_day == date(2020, 1, 6)
    )
    change = Change(
        set_name="presence_windows", before=ended, after=replace(ended, last_day=date(2020, 2, 1))
    )
    save_records(patterned, (change,))
    assert proposals.marked_anew(patterned, proposed).proposals[0].state is ProposalState.OPEN


def test_of_two_places_at_one_hotspot_the_nearest_has_its_name(patterned, proposed):
    here = proposed.proposals[0]
    proposals.accept(patterned, [here], first_day=date(2026, 11, 30))
    there = replace(here, name="Norr om Gallerian", latitude=here.latitude + 0.0015)
    found = replace(proposed, proposals=(there, here))
    marked = proposals.marked_anew(patterned, found).proposals
    assert [one.name for one in marked] == ["Norr om Gallerian", "Gallerian"]
    assert len({one.hotspot for one in marked} - {None}) == 1


@pytest.mark.parametrize(
    ("north", "east", "said"),
    [
        (0.0, 0.0, "Torget"),
        (0.002, 0.0, "Norr om Torget"),
        (0.002, 0.004, "Nordost om Torget"),
        (0.0, -0.005, "Väster om Torget"),
        (-0.002, 0.0, "Söder om Torget"),
        (0.02, 0.0, ""),
    ],
)
def test_position_is_told_by_the_nearest_place(small_plan, north, east, said):
    with speaking("sv"):
        assert picture.place_name(small_plan, 59.60 + north, 16.56 + east) == said


def test_no_two_places_have_one_name(proposed):
    places = {(one.name, one.latitude, one.longitude) for one in proposed.proposals}
    names = [name for name, *_position in places]
    assert len(names) == len(set(names))
