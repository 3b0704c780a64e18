import json
import signal
import sqlite3
from contextlib import closing

import jsonschema
import pytest

import resources
from planner import words
from planner.cli import main
from planner.domain.roster import LevelResult
from planner.exchange.reading import SHEETS
from planner.planning.engine import SolverDiedError
from planner.services.plans import open_plan
from planner.services.publish.publishing import latest
from planner.services.roster import generating
from planner.services.roster.generating import Proposal
from planner.services.roster.views import GenerateProgress
from tests.planner.small import WEEK

W = str(WEEK)


@pytest.fixture
def quick_solver(monkeypatch, small_roster):
    """Let generating be over at once, with the hand-made roster."""
    calls = []

    def generate(_plan, week, **options):
        calls.append((week, options))
        options["on_progress"](
            GenerateProgress(
                week=week,
                phase="improve",
                n_gaps=1,
                level="promised-1",
                value=4,
                bound=4,
                seconds=2.0,
            )
        )
        level = LevelResult(level="promised-1", value=4, bound=4)
        roster = type(small_roster)(week=week, levels=(level,))
        return Proposal(roster=roster if week != WEEK else small_roster, n_gaps=1)

    monkeypatch.setattr(generating, "generate", generate)
    return calls


# Words and codes


def test_help_lists_every_command_in_the_language(run):
    code, out, _ = run("--help", lang="sv")
    assert code == 0
    assert "Skapa en planfil." in out
    assert "demo" in out


def test_without_arguments_the_help_is_shown(capsys):
    assert main([]) == 0
    assert "generate" in capsys.readouterr().out


def test_version_is_said(run):
    code, out, _ = run("--version")
    assert (code, out.split()[0]) == (0, "narvaro")


def test_language_goes_before_the_plans(run, drafted_file):
    _, swedish, _ = run("check", drafted_file, "--week", W, lang=None)
    _, english, _ = run("check", drafted_file, "--week", W)
    assert "Ingen regel är bruten." in swedish
    assert "No rule is broken." in english


def test_language_of_the_program_is_as_before(run, drafted_file):
    before = words.language()
    run("check", drafted_file, "--week", W)
    assert words.language() == before


# Commands


def test_new_makes_a_plan_that_opens(run, tmp_path):
    code, out, _ = run("new", tmp_path / "mine.narvaro")
    assert (code, "mine.narvaro" in out) == (0, True)
    with open_plan(tmp_path / "mine.narvaro") as plan:
        assert plan.plan.staff == ()


def test_templates_are_written_and_import_as_nothing(run, tmp_path, small_file):
    assert run("templates", tmp_path / "csv")[0] == 0
    code, out, _ = run("import", small_file, tmp_path / "csv", "--dry-run")
    assert code == 0
    assert "schools.csv: 0 new, 0 changed" in out
    assert "dry run" in out


def test_import_changes_the_plan_and_dry_run_does_not(run, tmp_path, small_file):
    (tmp_path / "skills.csv").write_text("id;name\nbike;Bicycle\n", encoding="utf-8")
    for options, n_found in ((("--dry-run",), 0), ((), 1)):
        assert run("import", small_file, tmp_path / "skills.csv", *options)[0] in {0, 2}
        assert run("import", small_file, tmp_path, *options)[0] == 0
        with open_plan(small_file) as plan:
            assert sum(skill.id == "bike" for skill in plan.plan.skills) == n_found


def test_generate_stores_the_draft_and_shows_progress(run, quick_solver, small_file):
    code, out, err = run(
        "generate", small_file, "--week", W, "--weeks", 2, "--seed", 3, "--seconds", 5
    )
    assert code == 0
    assert [str(week) for week, _ in quick_solver] == ["2026-W48", "2026-W49"]
    assert quick_solver[0][1]["seed"] == 3
    assert "2026-W48: 1 person missing" in out
    assert "Promised presence, priority 1: 4 (at least 4)" in out
    assert "2026-W48 · Improving · 1 person missing" in err
    with open_plan(small_file) as plan:
        assert plan.store.draft_revision(WEEK) > 0


def test_ctrl_c_keeps_the_best_so_far(run, monkeypatch, small_roster, small_file):
    def generate(_plan, _week, *, should_stop, **_options):
        assert not should_stop()
        signal.raise_signal(signal.SIGINT)
        assert should_stop()
        return Proposal(roster=small_roster, n_gaps=1)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(generating, "generate", generate)
    code, out, err = run("generate", small_file, "--week", W, "--weeks", 3)
    assert code == 0
    assert out.count("person missing") == 1
    assert "the best so far is kept" in err
    assert signal.getsignal(signal.SIGINT) is before
    with open_plan(small_file) as plan:
        assert plan.store.draft_revision(WEEK) > 0


def test_second_ctrl_c_ends_and_changes_nothing(run, monkeypatch, small_file):
    def generate(*_arguments, **_options):
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(generating, "generate", generate)
    code, _, err = run("generate", small_file, "--week", W)
    assert code == 130
    assert "what was not finished is as it was before" in err
    with open_plan(small_file) as plan:
        assert plan.store.draft_revision(WEEK) == 0


def test_killed_solver_is_one_sentence(run, monkeypatch, small_file):
    def generate(*_arguments, **_options):
        raise SolverDiedError(None)

    monkeypatch.setattr(generating, "generate", generate)
    code, _, err = run("generate", small_file, "--week", W)
    assert (code, err) == (2, "The solver was ended from outside; generate once more.\n")


def test_check_of_a_clean_roster_is_0(run, drafted_file):
    code, out, _ = run("check", drafted_file, "--week", W)
    assert code == 0
    assert "Follows City rules (confirmed by Both parties)." in out
    assert "Follows Police rules (unconfirmed)." in out


def test_publish_lists_broken_rules_first(run, drafted_file):
    with closing(sqlite3.connect(drafted_file)) as connection, connection:
        connection.execute("DELETE FROM shift_spans WHERE kind = 'break'")
    code, _, err = run("publish", drafted_file, "--week", W, "--uncovered", "own-staff")
    *listed, count = err.splitlines()
    assert code == 0
    assert "broken rule" in count
    assert f"{len([line for line in listed if line.startswith('broken')])} " in count


def test_check_of_a_broken_rule_is_1(run, drafted_file):
    with closing(sqlite3.connect(drafted_file)) as connection, connection:
        connection.execute("DELETE FROM shift_spans WHERE kind = 'break'")
    code, out, _ = run("check", drafted_file, "--week", W, "--json")
    document = json.loads(out)
    assert code == 1
    assert document["n_violations"] > 0
    assert document["format"] == "narvaro-check/1"


def test_gaps_are_listed_and_explained(run, drafted_file):
    code, out, _ = run("gaps", drafted_file, "--week", W, "--explain")
    assert code == 0
    assert "Björkskolan, Fri 27/11 14:00–14:45: 1 person missing" in out


def test_gaps_are_explained_and_closed_in_words_and_data(run, drafted_file):
    code, out, _ = run("gaps", drafted_file, "--week", W, "--explain", "--fixes")
    assert code == 0
    assert "it could be covered, as the fixes show" in out
    assert "→ Kontakt Nr2, at work already, takes it" in out
    code, out, _ = run("gaps", drafted_file, "--week", W, "--explain", "--fixes", "--json")
    (gap,) = json.loads(out)["gaps"]
    assert gap["explained"]["n_free"] > 0
    assert gap["fixes"]["fixes"][0]["kind"] == "assign"
    schema = json.loads(resources.path("schemas", "gaps-2.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(out))


def test_gaps_fail_only_when_asked(run, drafted_file):
    assert run("gaps", drafted_file, "--week", W, "--fail")[0] == 1
    code, out, _ = run("gaps", drafted_file, "--week", W, "--json", lang="sv")
    assert code == 0
    assert json.loads(out)["gaps"][0]["text"]


def test_publish_without_decision_lists_windows_and_publishes_nothing(run, drafted, drafted_file):
    code, out, err = run("publish", drafted_file, "--week", W)
    assert (code, out) == (1, "")
    assert "Björkskolan, Fri 27/11 14:00–14:45" in err
    assert latest(drafted, WEEK) is None


@pytest.mark.parametrize("decision", ["own-staff", "cancelled"])
def test_publish_with_decision(run, drafted, drafted_file, decision):
    code, out, _ = run("publish", drafted_file, "--week", W, "--uncovered", decision)
    assert code == 0
    assert "published as number 1" in out
    assert set(latest(drafted, WEEK).decisions.values()) == {decision}


@pytest.mark.parametrize(
    ("audience", "n"), [("schools", 10), ("staff", 27), ("hotspots", 8), ("manager", 2)]
)
def test_print_writes_each_file(run, published_file, tmp_path, audience, n):
    out_folder = tmp_path / "out"
    code, out, _ = run("print", published_file, "--week", W, "--out", out_folder, "--for", audience)
    assert (code, len(list(out_folder.iterdir()))) == (0, n)
    assert f"{n} files are written" in out


def test_weeks_of_which_one_is_not_published_are_not_printed(run, published_file, tmp_path):
    out_folder = tmp_path / "out"
    code, _, error = run("print", published_file, "--week", W, "--weeks", 2, "--out", out_folder)
    assert code == 2
    assert "2026-W49" in error
    assert not out_folder.exists()


def test_export_writes_and_names_its_files(run, drafted_file, tmp_path):
    code, out, _ = run("export", drafted_file, "--week", W, "--out", tmp_path / "w.json")
    assert (code, out.strip()) == (0, str(tmp_path / "w.json"))
    assert json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))["week"] == W
    options = ("--format", "csv", "--out", tmp_path / "csv")
    assert run("export", drafted_file, "--week", W, *options)[0] == 0
    assert (tmp_path / "csv" / "shifts.csv").exists()
    code, out, _ = run("export", drafted_file, "--week", W, "--format", "xlsx", "--out", tmp_path)
    assert (code, out.strip()) == (0, str(tmp_path / f"{W}.xlsx"))


def test_a_whole_plan_goes_out_and_into_another(run, drafted_file, tmp_path):
    code, out, err = run("export", drafted_file, "--whole", "--format", "csv", "--out", tmp_path)
    assert (code, len(out.splitlines()), err) == (0, len(SHEETS), "")
    assert run("new", tmp_path / "new.narvaro")[0] == 0
    assert run("import", tmp_path / "new.narvaro", tmp_path)[0] == 0
    again = tmp_path / "again"
    options = ("--whole", "--format", "csv", "--out", again)
    assert run("export", tmp_path / "new.narvaro", *options)[0] == 0
    assert [path.read_bytes() for path in sorted(again.iterdir())] == [
        path.read_bytes() for path in sorted(tmp_path.glob("*.csv"))
    ]


def test_real_names_leave_with_a_word_about_it(run, small_file, tmp_path):
    path = tmp_path / "plan.xlsx"
    options = ("--whole", "--format", "xlsx", "--out", path)
    assert run("export", small_file, *options)[2] == ""
    without = path.read_bytes()
    assert "Real names" in run("export", small_file, *options, "--with-real-names")[2]
    assert len(path.read_bytes()) > len(without)


# Bad input: one sentence, exit 2, nothing written


def refused(result):
    code, out, err = result
    assert code == 2
    assert out == ""
    assert "Traceback" not in err
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "There is no command “chek”"),
        (["check", "x.narvaro"], "“--week” is missing"),
        (["check", "--week", "2026-W48"], "“PLAN” is missing"),
        (["check", "x.narvaro", "--weak", "1"], "There is no option “--weak”"),
        (["check", "x.narvaro", "--week", "next"], "“next” is not a week"),
        (["check", "x.narvaro", "--week", "2026-W54"], "The year 2026 has no week"),
        (["check", "x.narvaro", "--week", "2026-W48"], "There is no plan “x.narvaro”"),
        (
            ["generate", "x.narvaro", "--week", "2026-W48", "--seconds", "soon"],
            "“--seconds” does not",
        ),
        (["print", "x", "--week", "2026-W48", "--out", "o", "--for", "all of them"], "schools"),
        (["export", "x", "--week", "2026-W48", "--out", "o", "--format", "doc"], "json, csv"),
        (["publish", "x", "--week", "2026-W48", "--uncovered", "maybe"], "own-staff, cancelled"),
        (["new", "x.narvaro", "--example", "atlantis"], "There is no example “atlantis”"),
        (["import", "x.narvaro", "nowhere"], "There is no plan “x.narvaro”"),
    ],
)
def test_wrong_arguments_are_one_sentence(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert said in refused(run(*arguments))
    assert list(tmp_path.iterdir()) == []


def test_unknown_language_is_refused(capsys):
    assert main(["--lang", "tlh", "check"]) == 2
    assert "sv, en" in capsys.readouterr().err


def test_broken_plan_is_one_sentence(run, tmp_path):
    path = tmp_path / "broken.narvaro"
    path.write_bytes(b"not a plan")
    assert "is not a plan or is damaged" in refused(run("check", path, "--week", W))


def test_plan_of_a_newer_program_is_one_sentence(run, small_file):
    with closing(sqlite3.connect(small_file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version of Närvaro" in refused(run("check", small_file, "--week", W))


def test_existing_plan_is_not_overwritten(run, small_file):
    before = small_file.read_bytes()
    assert "already something" in refused(run("new", small_file))
    assert small_file.read_bytes() == before


def test_week_without_roster_is_one_sentence(run, small_file, tmp_path):
    for command in (
        ["check"],
        ["gaps", "--json"],
        ["publish"],
        ["export", "--out", tmp_path / "w.json"],
    ):
        arguments = [command[0], small_file, "--week", W, *command[1:]]
        assert "has no roster yet" in refused(run(*arguments))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "either “--week”"),
        (["--week", W, "--whole"], "either “--week”"),
        (["--week", W, "--with-real-names"], "either “--week”"),
        (["--whole"], "cannot be written as json"),
    ],
)
def test_unclear_exports_are_one_sentence(run, small_file, tmp_path, options, said):
    assert said in refused(run("export", small_file, *options, "--out", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_printing_before_publishing_is_one_sentence(run, drafted_file, tmp_path):
    error = refused(run("print", drafted_file, "--week", W, "--out", tmp_path / "out"))
    assert "is not published yet" in error
    assert not (tmp_path / "out").exists()


WRONG_FILES = {
    "wrong column": (
        {"skills.csv": "id;nam\nx;X\n"},
        "skills.csv, row 1, column nam",
    ),
    "bells that end before they start": (
        {
            "bell_times.csv": (
                "school;weekday;grade_group;first_bell;last_bell;site;meeting_place\n"
                "a;1;F-3;14:00;08:10;;\n"
            )
        },
        "bell_times.csv, row 2, column last_bell",
    ),
    "unknown skill": (
        {"staff_skills.csv": "staff;skill;first_day;last_day\nc1;juggling;;\n"},
        "staff_skills.csv, row 2, column skill: “juggling”",
    ),
    "two people with one id": (
        {
            "staff.csv": (
                "id;name;display_name;employer;squad;service_phone;travel_mode\n"
                "c1;A;A;city;;;car\n"
                "c1;B;B;city;;;car\n"
            )
        },
        "staff.csv, row 3",
    ),
    "absence outside employment": (
        {"absences.csv": "id;staff;start;end\nx;c1;2020-01-01 08:00;2020-01-02 08:00\n"},
        "absences.csv, row 2",
    ),
    "coordinates off the earth": (
        {"sites.csv": "id;name;address;latitude;longitude\nsite-a;A;;95.5;16.5\n"},
        "sites.csv, row 2, column latitude",
    ),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_wrong_file_is_said_with_row_and_column_and_nothing_is_written(
    run, small_file, tmp_path, name
):
    files, said = WRONG_FILES[name]
    folder = tmp_path / "source"
    folder.mkdir()
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    before = small_file.read_bytes()
    code, out, err = run("import", small_file, folder)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert small_file.read_bytes() == before


def test_fault_of_the_program_becomes_a_report(run, monkeypatch, drafted_file, tmp_path):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("planner.services.week.checking.check", fail)
    monkeypatch.setattr("planner.settings.log_folder", lambda: tmp_path / "log")
    code, out, err = run("check", drafted_file, "--week", W)
    assert (code, out, err.count("\n")) == (3, "", 1)
    (report,) = (tmp_path / "log").iterdir()
    assert str(report) in err
    assert "ZeroDivisionError: a fault" in report.read_text(encoding="utf-8")


def test_fault_without_a_place_for_the_report_is_still_said(
    run, monkeypatch, drafted_file, tmp_path
):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError

    (tmp_path / "log").write_text("")
    monkeypatch.setattr("planner.services.week.checking.check", fail)
    monkeypatch.setattr("planner.settings.log_folder", lambda: tmp_path / "log")
    code, _, err = run("check", drafted_file, "--week", W)
    assert (code, "ZeroDivisionError" in err) == (3, True)
