"""Count every number of a report-back again, from the tables that come with it.

    python tests/recompute_report.py FOLDER

It shares no code with the program, not even the meaning of a word: what is promised, planned, done
and reported is written down here once more, from the manual. It reads the CSV tables of the folder
and compares what it counts with each number on the web page and in the JSON document; exit 0 when
all are the same, else 1 and a line for each that is not.
"""

import csv
import json
import math
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

PARTS = ("promised", "planned", "done", "not_done", "not_reported")
MEETINGS = ("pre_meeting", "walk", "follow_up")
KINDS = {"contact_persons": {"school"}, "presence": {"presence", "visit"}}


class Page(HTMLParser):
    """The numbers of a web page by their names, as they are read there."""

    def __init__(self, html):
        super().__init__()
        self.found, self._name = defaultdict(set), ""
        self.feed(html)

    def handle_starttag(self, _tag, attrs):
        self._name = dict(attrs).get("data-figure", "")

    def handle_data(self, data):
        if self._name and data.strip():
            self.found[self._name].add(data.strip())

    def handle_endtag(self, _tag):
        self._name = ""


class Report:
    """What the folder holds."""

    def __init__(self, folder):
        (self.json_path,) = Path(folder).glob("*.json")
        self.document = json.loads(self.json_path.read_text(encoding="utf-8"))
        self.html = self.json_path.with_suffix(".html").read_text(encoding="utf-8")
        head = self.document["report"]
        self.first, self.last = day(head["first_day"]), day(head["last_day"])
        self.today = day(head["as_of"])
        self.is_over = self.last < self.today
        self.planned = {row["duty"]: row for row in self.table("planned")}
        self.published = {monday(row["day"]) for row in self.planned.values()}
        self.reports = {row["duty"]: row for row in self.table("deliveries")}

    def table(self, name):
        path = self.json_path.with_name(f"{self.json_path.stem}-{name}.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    def was_planned(self, duty):
        """Tell whether a duty had somebody when its week was first published."""
        row = self.planned.get(duty)
        is_first = row is not None and row["is_first"].lower() in {"ja", "yes", "true", "1"}
        return is_first and row["covered_by"] in {"roster", "own-staff"}

    def plan_of(self, duty, of_day):
        if self.was_planned(duty):
            return "planned"
        week = monday(of_day)
        is_past = week in self.published or week + timedelta(days=6) < self.today
        return "not_planned" if is_past else "not_yet_planned"

    def fate_of(self, duty, of_day):
        """Return what became of a duty, and why."""
        report = self.reports.get(duty)
        if report is None:
            return ("not_reported" if day(of_day) < self.today else "to_come"), ""
        return report["state"], report["reason"]


def day(text):
    return date.fromisoformat(text)


def monday(text):
    of_day = day(text)
    return of_day - timedelta(days=of_day.weekday())


def name(*parts):
    return ".".join(quote(str(part), safe="") for part in parts)


def share(n, n_all):
    """Per cent with one decimal, rounded down; nothing of nothing."""
    return None if n_all == 0 else math.floor(Fraction(1000 * n, n_all)) / 10


def count_share(report, measure, rows):
    """Yield the numbers of a measure of windows or visits."""
    id_, promised = measure["measure"], [row for row in rows if row["is_promised"] == "ja"]
    everything, cells = Counter(), defaultdict(Counter)
    for row in promised:
        plan = report.plan_of(row["duty"], row["day"])
        fate, why = report.fate_of(row["duty"], row["day"])
        names = ["promised", plan, fate] + ([f"not_done.{why or 'other'}"] if why else [])
        week = "{}-W{:02}".format(*day(row["day"]).isocalendar()[:2])
        for key in ((), ("week", week), ("place", row["place"]),
                    ("place", row["place"], "week", week)):  # fmt: skip
            cells[key].update(names)
        everything.update(names)
    n = everything["promised"]
    yield name(id_, "target"), int(measure["target"])
    yield name(id_, "aim"), -(-n * int(measure["target"]) // 100)
    shown = {*PARTS, "not_planned", *(one for one in everything if one.startswith("not_done"))}
    shown |= {"to_come"} if not report.is_over or everything["to_come"] else set()
    shown |= {"not_yet_planned"} if everything["not_yet_planned"] else set()
    for one in shown:
        yield f"{name(id_)}.{one}", everything[one]
        yield f"{name(id_)}.{one}.share", share(everything[one], n)
    week = monday(report.first.isoformat())
    while week <= report.last:
        cells["week", "{}-W{:02}".format(*week.isocalendar()[:2])] += Counter()
        week += timedelta(days=7)
    in_table = PARTS if report.is_over else (*PARTS, "to_come")
    for key, counted in cells.items():
        for one in in_table:
            yield name(id_, *key, one), counted[one]
        if counted["promised"] or not key:
            yield name(id_, *key, "share"), share(counted["done"], counted["promised"])
    yield from extras(report, measure, rows, id_)
    if measure["kind"] == "contact_persons" and not measure["place"] and report.is_over and n:
        places = {row["place"] for row in promised}
        whole = [
            one for one in places if cells["place", one]["done"] == cells["place", one]["promised"]
        ]
        yield name(id_, "every", "n_places"), len(places)
        yield name(id_, "every", "n_complete"), len(whole)


def extras(report, measure, rows, id_):
    known = {row["duty"] for row in rows if row["is_promised"] == "ja"}
    more = {row["duty"] for row in rows} - known
    for duty, row in report.planned.items():
        is_mine = row["kind"] in KINDS[measure["kind"]] and measure["place"] in {"", row["place"]}
        if is_mine and report.first <= day(row["day"]) <= report.last:
            more |= {duty} - known
    n = sum(report.reports.get(duty, {}).get("state") == "done" for duty in more)
    if n:
        yield name(id_, "extra_done"), n


def meeting_of(report, walk, kind, rows):
    """Return what became of a meeting, whether it was planned, and whether it is in the period."""
    mine = defaultdict(list)
    for row in rows:
        if row["meeting"] == kind:
            mine[row["day"]].append(row["duty"])
    if not mine:
        days = [row["day"] for row in report.table("meetings")
                if (row["walk"], row["meeting"]) == (walk, kind)]  # fmt: skip
        is_outside = bool(days) and not report.first <= day(days[0]) <= report.last
        plan = "not_planned" if report.is_over else "not_yet_planned"
        return "outside" if is_outside else "missing", plan
    fates = {
        of_day: {report.fate_of(duty, of_day)[0] for duty in duties}
        for of_day, duties in mine.items()
    }
    held = [of_day for of_day, found in fates.items() if found == {"done"}]
    last = min(held) if held else max(mine)
    plans = {report.plan_of(duty, last) for duty in mine[last]}
    plan = next(p for p in ("not_planned", "not_yet_planned", "planned") if p in plans)
    if any(all(report.was_planned(duty) for duty in duties) for duties in mine.values()):
        plan = "planned"
    if held:
        return "done", plan
    if "not_done" in fates[last]:
        return "not_done", plan
    return ("not_reported" if day(last) < report.today else "to_come"), plan


def count_walks(report, rows):
    """Return what became of the walks that count."""
    counted = Counter()
    for walk in {row["place"] for row in rows}:
        mine = [row for row in rows if row["place"] == walk]
        found = [meeting_of(report, walk, kind, mine) for kind in MEETINGS]
        states, plans = {state for state, _plan in found}, {plan for _state, plan in found}
        if "outside" in states:
            continue
        plan = next(p for p in ("not_planned", "not_yet_planned", "planned") if p in plans)
        fate = "not_reported"
        if states == {"done"}:
            fate = "done"
        elif "not_done" in states:
            fate = "not_done"
        elif "not_reported" not in states and ("to_come" in states or "not_yet_planned" in plans):
            fate = "under_way" if "done" in states else "to_come"
        counted.update(["set_up", plan, fate])
    return counted


def count_sessions(report, rows):
    """Return what became of the sessions, each of them once."""
    counted = Counter()
    for session in {row["place"] for row in rows}:
        mine = sorted((row["day"], row["duty"]) for row in rows if row["place"] == session)
        done = [one for one in mine if report.fate_of(one[1], one[0])[0] == "done"]
        of_day, duty = done[0] if done else mine[-1]
        plan = report.plan_of(duty, of_day)
        plan = "planned" if any(report.was_planned(other) for _day, other in mine) else plan
        counted.update(["set_up", plan, report.fate_of(duty, of_day)[0]])
    return counted


def count_number(report, measure, rows):
    """Yield the numbers of a measure of walks or sessions, of which a number is promised."""
    id_ = measure["measure"]
    is_walks = measure["kind"] == "walks"
    counted = count_walks(report, rows) if is_walks else count_sessions(report, rows)
    yield name(id_, "promised"), int(measure["target"])
    yield name(id_, "aim"), int(measure["target"])
    shown = ["set_up", "planned", "done", "not_done", "not_reported"]
    for one in shown if report.is_over else [*shown, "under_way", "to_come"]:
        yield name(id_, one), counted[one]
    walks = {row["place"] for row in rows}
    actions = [row for row in report.table("actions") if row["walk"] in walks] if is_walks else []
    if actions:
        yield name(id_, "actions"), len(actions)
        yield name(id_, "actions_done"), sum(bool(row["done_day"]) for row in actions)


def count_summary(report, measures, found):
    def kept(measure):
        return found[name(measure["measure"], "done")] >= found[name(measure["measure"], "aim")]

    def is_empty(measure):
        return measure["kind"] in KINDS and not found[name(measure["measure"], "promised")]

    def could_be(measure):
        id_ = name(measure["measure"])
        return found[f"{id_}.done"] + found[f"{id_}.not_reported"] >= found[f"{id_}.aim"]

    counting = [one for one in measures if not is_empty(one)]
    yield "summary.n_kept", sum(map(kept, counting))
    yield "summary.n_measures", len(measures)
    n_open = sum(could_be(one) and not kept(one) for one in counting)
    if report.is_over and n_open:
        yield "summary.n_cannot_be_shown", n_open
    shares = [name(one["measure"]) for one in measures if one["kind"] in KINDS]
    if shares:
        yield "summary.promised", sum(found[f"{id_}.promised"] for id_ in shares)
    n_missing = sum(found[f"{id_}.not_reported"] for id_ in shares)
    if n_missing:
        yield "summary.not_reported", n_missing


def count_crimes(report):
    """Yield the numbers of reported crimes with their intervals, and the comparisons."""
    kinds = defaultdict(dict)
    for row in report.table("reported_crimes"):
        kinds[row["kind"], row["area"]][day(row["month"])] = int(row["n"])
    for number, key in enumerate(sorted(kinds), start=1):
        months = kinds[key]
        begin, end = report.first.replace(day=1), report.last.replace(day=1)
        n_months = max(12, 12 * (end.year - begin.year) + end.month - begin.month + 1)
        for month, n in months.items():
            before = 12 * (begin.year - month.year) + begin.month - month.month
            after = 12 * (month.year - end.year) + month.month - end.month
            if before > n_months or after > 12:
                continue
            low, high = poisson(n)
            parts = ("outcome", number, f"{month:%Y-%m}")
            yield name(*parts, "n"), n
            yield name(*parts, "low"), low
            yield name(*parts, "high"), high
        for basis, ours, others in periods(report, months):
            parts = ("outcome", number, basis)
            a, b = (sum(months[month] for month in of) for of in (ours, others))
            days, other_days = (sum(map(length, of)) for of in (ours, others))
            yield name(*parts, "during"), a
            yield name(*parts, "other"), b
            yield name(*parts, "during", "days"), days
            yield name(*parts, "other", "days"), other_days
            low, high = ratio(a, b, Fraction(other_days, days))
            yield name(*parts, "low"), low
            if high is not None:
                yield name(*parts, "high"), high


def periods(report, months):
    inside = sorted(
        m for m in months if report.first <= m and m.replace(day=length(m)) <= report.last
    )
    pairs = [(m, m.replace(year=m.year - 1)) for m in inside]
    pairs = [(m, e) for m, e in pairs if e in months and e.replace(day=length(e)) < report.first]
    if pairs:
        yield "year_earlier", [m for m, _e in pairs], [e for _m, e in pairs]
    before, month = [], report.first.replace(day=1)
    for _ in inside:
        month = (month - timedelta(days=1)).replace(day=1)
        before.append(month)
    if inside and all(month in months for month in before):
        yield "just_before", inside, before


def length(month):
    return ((month + timedelta(days=31)).replace(day=1) - month).days


def poisson(n):
    """Return the means of which ``n`` or more, and ``n`` or fewer, have 2.5 % chance."""

    def at_most(k, mean):
        term = total = 1.0
        for i in range(1, k + 1):
            term *= mean / i
            total += term
        return total * math.exp(-mean)

    low = 0.0 if n == 0 else search(lambda x: at_most(n - 1, x) < 0.975, 0, 50 + 3 * n)
    return tenth(low), tenth(search(lambda x: at_most(n, x) < 0.025, 0, 50 + 3 * n))


def ratio(a, b, days):
    """Return the ends of the interval of Clopper and Pearson as a ratio of two rates."""
    n = a + b
    chances = [math.comb(n, i) for i in range(n + 1)]

    def between(first, last, p):
        return math.fsum(chances[i] * p**i * (1 - p) ** (n - i) for i in range(first, last + 1))

    low = 0.0 if a == 0 else search(lambda p: between(a, n, p) > 0.025, 0, 1)
    high = 1.0 if b == 0 else search(lambda p: between(0, a, p) < 0.025, 0, 1)
    return tenth(float(days) * low / (1 - low)), None if b == 0 else tenth(
        float(days) * high / (1 - high)
    )


def search(is_beyond, low, high):
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (low, middle) if is_beyond(middle) else (middle, high)
    return low


def tenth(value):
    return round(value, 1)


def recount(report):
    """Return every number by its name."""
    measures, duties = report.table("measures"), report.table("duties")
    found = {}
    for measure in measures:
        rows = [row for row in duties if row["measure"] == measure["measure"]]
        count = count_share if measure["kind"] in KINDS else count_number
        found.update(count(report, measure, rows))
    if measures:
        found.update(count_summary(report, measures, found))
    for number, row in enumerate(report.table("revisions"), start=1):
        found[f"revision.{number}.before"] = int(row["n_before"])
        found[f"revision.{number}.after"] = int(row["n_after"])
    found.update(count_crimes(report))
    return found


def value(text):
    return None if text == "–" else float(text.replace(",", "."))


def differences(folder):
    """Return a line for each number that is not what the tables give."""
    report = Report(folder)
    counted = recount(report)
    shown = {
        "json": {key: {n} for key, n in report.document["figures"].items()},
        "page": {key: set(map(value, texts)) for key, texts in Page(report.html).found.items()},
    }
    lines = []
    for where, figures in shown.items():
        for key in sorted(counted.keys() | figures.keys()):
            if figures.get(key) != {counted.get(key)} or key not in counted:
                wanted = counted.get(key, "nothing of that name")
                lines.append(f"{where}: {key} is {figures.get(key)}, counted {wanted}")
    return lines, len(counted)


if __name__ == "__main__":
    differing, n_all = differences(sys.argv[1])
    lines = [*differing, f"{n_all} numbers counted, {len(differing)} differ"]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.exit(bool(differing))
