"""What must not reach a reader, planted all over a plan and looked for in every print-out.

A marker says what it stands for, so that the table of audiences tells where it may be found. The
texts are read by another library than the one that wrote them.
"""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from planner.domain.demand import make_duties
from planner.domain.ids import HotspotId, SiteId, StaffId, WalkId
from planner.domain.places import InformationSession, SafetyWalk
from planner.domain.roster import Gap, GapReason, Note, Override
from planner.domain.spans import Span
from planner.errors import ConflictError
from planner.exchange.week_json import (
    WeekContents,
    duties_from_json,
    plan_from_json,
    week_to_json,
)
from planner.reports.audiences import MAY_SEE, OFFICER_MAY_SEE, SCHOOL_AUDIENCES, Audience, Matter
from planner.reports.typeface import printable
from planner.services.prints.files import files_of, rendered
from planner.services.prints.guard import PrintGuard
from planner.services.prints.print_outs import PRINT_OUTS
from planner.services.prints.printable import PrintableWeek
from planner.services.publish.person_weeks import PersonWeekMaker
from planner.services.publish.sheets import SheetMaker, uncovered
from planner.services.roster.views import Decision
from planner.words import speaking
from tests.planner import small

MARK = "zqx"
AT = small.at(small.MONDAY, "12:00")
OWN_SCHOOL = small.SCHOOL_A
LETTERS = st.sampled_from(
    ["", "<b>", "</b>", "&amp;", "%s", "{}", "{week}", "\\n", "😀", "李", "\u202e", "\u200b",
     "\x07", "Åsa", "é", "'; --", "W" * 40]
)  # fmt: skip
AFFIXES = st.lists(st.tuples(LETTERS, LETTERS, st.booleans()), min_size=5, max_size=12)
"""What stands around what is written; the plan around it is the same."""


def mark(matter):
    """Return the marker of a matter, a word of its own."""
    return MARK + matter.value.replace("-", "")


class Planter:
    """Writes markers among whatever people may type."""

    def __init__(self, affixes):
        self._affixes = affixes
        self._n = 0

    def __call__(self, matter, *, is_long=False):
        before, after, has_more = self._affixes[self._n % len(self._affixes)]
        self._n += 1
        words = [before, mark(matter), str(self._n), after]
        if is_long and has_more:
            words += [f"ord{self._n}x{n}" for n in range(60)]
        return " ".join(words)

    def own(self, text):
        """Return a text that the reader may see."""
        before, after, _has_more = self._affixes[self._n % len(self._affixes)]
        self._n += 1
        return f"{before} {text} {after}"


def planted(plan, plant):
    """Return the small plan with a marker in all that is not for everybody."""
    spot = HotspotId(plant(Matter.PLACES))
    return replace(
        plan,
        settings=replace(plan.settings, notice=plant.own("Påhittat")),
        staff=tuple(planted_member(member, plant) for member in plan.staff),
        squads=tuple(replace(one, name=plant(Matter.PATROLS)) for one in plan.squads),
        absences=tuple(replace(one, id=plant(Matter.ABSENCE)) for one in plan.absences),
        bound_times=tuple(
            replace(one, title=plant(Matter.BOUND_TIME, is_long=True)) for one in plan.bound_times
        ),
        sites=tuple(
            site
            if site.id == "site-a"
            else replace(
                site,
                name=plant(Matter.OTHER_SCHOOLS if site.id == "site-b" else Matter.PLACES),
                address=plant(Matter.PLACES),
            )
            for site in plan.sites
        ),
        schools=tuple(planted_school(school, plant) for school in plan.schools),
        hotspots=tuple(replace(one, name=plant(Matter.PLACES), id=spot) for one in plan.hotspots),
        presence_windows=tuple(replace(one, hotspot=spot) for one in plan.presence_windows),
        safety_walks=(
            SafetyWalk(id=WalkId("w"), name=plant(Matter.PLACES), site=SiteId("site-square")),
        ),
        information_sessions=(
            InformationSession(
                id="s",
                name=plant(Matter.PLACES),
                site=SiteId("site-b"),
                day=small.MONDAY,
                earliest_start=AT.time(),
                latest_start=AT.time(),
                duration_min=30,
                skill=small.PATROL,
            ),
        ),
    )


def planted_member(member, plant):
    """Return a person with markers; who is known at the own school has a name of its own."""
    is_officer = member.id in small.OFFICERS
    number = member.id[-1]
    if is_officer:
        shown, phone = plant(Matter.OFFICER_NAMES), f"019-77 66 5{number}"
    elif member.id in {small.CONTACTS[0], small.CONTACTS[2]}:
        shown, phone = plant.own(f"Egenperson {number}"), member.service_phone
    else:
        shown, phone = plant(Matter.CONTACT_NAMES), f"019-88 77 6{number}"
    return replace(
        member,
        name=plant(Matter.REAL_NAMES),
        display_name=shown,
        service_phone=phone,
        email=f"{mark(Matter.ADDRESSES)}.{number}@example.org",
    )


def planted_school(school, plant):
    if school.id == OWN_SCHOOL:
        return replace(school, name=plant.own("Askskolan"), meeting_place=plant.own("Entrén"))
    return replace(
        school,
        name=plant(Matter.OTHER_SCHOOLS),
        meeting_place=plant(Matter.OTHER_SCHOOLS, is_long=True),
        phone="019-99 88 77",
        grades=plant(Matter.OTHER_SCHOOLS),
    )


def roster_of(plan, plant):
    """Return a roster: at the own school a window is open, and an officer stands in another."""
    base = small.make_roster(small.make_plan())
    own = [done for done in base.assignments if done.duty.startswith(f"{OWN_SCHOOL}/")]
    known = {duty.id for duty in make_duties(plan, small.WEEK)}
    done = [one for one in base.assignments if one not in own[:2] and one.duty in known]
    gap = Gap(
        duty=own[0].duty,
        need=None,
        title=plant(Matter.GAPS),
        span=own[0].span,
        missing=1,
        reason=GapReason.SUPPLY,
        is_proved=False,
        proof=None,
    )
    override = Override(
        id="o",
        week=small.WEEK,
        rule="daily-rest",
        staff=StaffId(small.OFFICERS[0]),
        start=AT,
        values="",
        reason=plant(Matter.OVERRIDES, is_long=True),
        author="x",
        at=AT,
    )
    return replace(
        base,
        assignments=(*done, replace(own[1], staff=StaffId(small.OFFICERS[2]))),
        gaps=(gap,),
        overrides=(override,),
    )


def made_with(affixes):
    """Return a week as its print-outs are made from, with the guard of it."""
    plant = Planter(affixes)
    plan = planted(small.make_plan(), plant)
    roster = roster_of(plan, plant)
    note = Note(
        id="n",
        week=small.WEEK,
        day=small.MONDAY,
        text=plant(Matter.NOTES, is_long=True),
        author="x",
        at=AT,
    )
    week = week_of(plan, roster)
    return week, PrintGuard(week, plan, [note])


def week_of(plan, roster):
    """Return what a publication of a roster would hold, read again."""
    duties = make_duties(plan, small.WEEK)
    decisions = {duty.id: Decision.OWN_STAFF for duty in uncovered(duties, roster)}
    sheets = SheetMaker(
        plan=plan, roster=roster, duties=duties, decisions=decisions, published_at=AT
    )
    people = PersonWeekMaker(plan=plan, roster=roster, duties=duties)
    contents = WeekContents(
        plan=plan,
        roster=roster,
        duties=duties,
        reach=Span(small.at(small.MONDAY, "00:00"), small.at(small.FRIDAY, "23:00")),
        before=(),
        after=(),
        travel_min={},
    )
    data = json.loads(json.dumps(week_to_json(contents)))
    return PrintableWeek(
        plan=plan_from_json(data),
        roster=roster,
        duties=duties_from_json(data),
        number=1,
        published_at=AT,
        published_by="x",
        decisions=decisions,
        sheets={school.id: sheets.sheet(school) for school in plan.schools},
        people=dict(people.weeks()),
    )


def told_by(pdf):
    """Return all that a file tells, in small letters and without white space."""
    reader = PdfReader(BytesIO(pdf))
    told = [
        *(page.extract_text() for page in reader.pages),
        str(reader.metadata),
        str(reader.xmp_metadata),
        str(reader.outline),
    ]
    return squashed("\n".join(told))


def squashed(text):
    return "".join(text.split()).casefold()


def hidden_from(audience, owner):
    """Return the markers that a reader may not see."""
    may_see = MAY_SEE[audience]
    if audience is Audience.PERSON and owner in small.OFFICERS:
        may_see = OFFICER_MAY_SEE
    if audience in SCHOOL_AUDIENCES:  # the small plan's markers are of what is not the school's
        may_see = frozenset()
    hidden = [mark(matter) for matter in Matter if matter not in may_see]
    if Matter.OFFICER_PHONES not in may_see:
        hidden.append("019-7766")
    if audience in SCHOOL_AUDIENCES:
        hidden += ["019-8877", "019-9988"]
    return hidden


def owners_of(print_out, keys):
    """Return of whom print-outs are looked at: those whom something must be hidden from."""
    if print_out.audience in SCHOOL_AUDIENCES:
        return [OWN_SCHOOL]
    if print_out.audience is Audience.PERSON:
        return [small.CONTACTS[0], small.OFFICERS[0]]
    return keys[:1]


QUICK = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("kind", PRINT_OUTS)
@QUICK
@given(affixes=AFFIXES, language=st.sampled_from(["sv", "en"]))
def test_no_print_out_tells_its_reader_more_than_the_table_says(kind, affixes, language):
    week, guard = made_with(affixes)
    print_out = PRINT_OUTS[kind]
    with speaking(language):
        files = {file.name: file.whole for file in files_of(week, print_out, guard)}
        parts = print_out.parts(week)
        assert files
        for owner in owners_of(print_out, list(parts)):
            told = told_by(rendered(print_out, {owner: parts[owner]}, guard))
            hidden = hidden_from(print_out.audience, owner)
            assert [one for one in hidden if one in told] == []
        if print_out.audience in SCHOOL_AUDIENCES:
            mine = {name: make for name, make in files.items() if f"-{OWN_SCHOOL}-" in name}
            assert mine
            assert MARK not in squashed("".join(mine))
            pages = [squashed(mine[name]().decode()) for name in mine if name.endswith(".html")]
            assert [one for one in hidden for page in pages if one in page] == []


def test_drafts_are_printed_for_those_only_who_may_see_them():
    drafted = {one.audience for one in PRINT_OUTS.values() if one.has_drafts}
    assert [one for one in drafted if Matter.DRAFT not in MAY_SEE[one]] == []


@QUICK
@given(affixes=AFFIXES)
def test_what_a_school_may_see_is_printed_whatever_it_is_written_with(affixes):
    week, guard = made_with(affixes)
    for kind, print_out in PRINT_OUTS.items():
        if print_out.audience in SCHOOL_AUDIENCES:
            sheet = print_out.parts(week)[OWN_SCHOOL]
            told = told_by(rendered(print_out, {OWN_SCHOOL: sheet}, guard))
            assert squashed(printable(sheet.school)) in told, kind
            assert "entrén" in told
            assert "skolanspersonal" in told
            has_name = print_out.audience is Audience.SCHOOL_OFFICE
            assert ("egenperson1" in told) is has_name


@QUICK
@given(affixes=AFFIXES, data=st.data())
def test_whatever_is_typed_into_a_meeting_place_is_refused(affixes, data):
    """Prove also that the search above would find it: without the guard it is printed."""
    week, guard = made_with(affixes)
    plan = week.plan
    secret = data.draw(
        st.sampled_from(
            [
                *(plan.staff_by_id[one].display_name for one in small.OFFICERS),
                *(plan.staff_by_id[one].service_phone for one in small.OFFICERS),
                *(one.name for one in (*plan.hotspots, *plan.safety_walks)),
                *(one.name for one in plan.schools if one.id != OWN_SCHOOL),
            ]
        )
    )
    sheet = week.sheets[OWN_SCHOOL]
    days = tuple(
        replace(
            day,
            windows=tuple(
                replace(one, meeting_place=f"Vid {secret}, på gården") for one in day.windows
            ),
        )
        for day in sheet.days
    )
    typed = replace(week, sheets={OWN_SCHOOL: replace(sheet, days=days)})
    for print_out in PRINT_OUTS.values():
        if print_out.audience in SCHOOL_AUDIENCES:
            parts = print_out.parts(typed)
            assert squashed(printable(secret)) in told_by(print_out.render(list(parts.values())))
            with pytest.raises(ConflictError, match="print-refused"):
                rendered(print_out, parts, guard)
