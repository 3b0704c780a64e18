"""The door: arguments in, an exit code out, and no traceback in between."""

import io
import sys
from collections.abc import Sequence
from typing import Any, TextIO

import typer
from typer.core import TyperGroup
from typing_extensions import override

from planner import words
from planner.cli import (
    demo_command,
    output_commands,
    plan_commands,
    promise_commands,
    report_command,
    send_command,
    week_commands,
)
from planner.cli.shared import chosen_language, complain
from planner.errors import InputError, PlannerError
from planner.messages import sentences
from planner.words import N_, _

PROGRAM = "narvaro"

DONE, NOT_CLEAN, WRONG_INPUT, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

_COMMANDS = (
    ("new", plan_commands.new, N_("Make a plan file.")),
    ("import", plan_commands.import_, N_("Import a folder of CSV files or an XLSX workbook.")),
    ("templates", plan_commands.templates, N_("Write empty CSV files to fill in.")),
    ("generate", week_commands.generate, N_("Generate the roster of a week as its draft.")),
    ("check", week_commands.check, N_("Judge a week by every rule.")),
    ("gaps", week_commands.gaps, N_("List what a week leaves uncovered, and why.")),
    ("publish", output_commands.publish, N_("Publish a week: numbered and never changed.")),
    ("print", output_commands.print_, N_("Write the print-outs of a published week as PDF.")),
    ("send", send_command.send, N_("Send what was published to schools or staff.")),
    ("promise", promise_commands.promise, N_("Say what became of a promise, measure by measure.")),
    ("deliver", promise_commands.deliver, N_("Take in what was delivered, from a CSV file.")),
    (
        "retention",
        promise_commands.retention,
        N_("Count or forget who did what before the retention time."),
    ),
    (
        "report-back",
        report_command.report_back,
        N_("Write the report-back on a promise as PDF, web page and tables."),
    ),
    ("export", output_commands.export, N_("Write a week, or the whole plan, for other programs.")),
    ("demo", demo_command.demo, N_("Make, generate, publish and print the example.")),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code.

    Parameters
    ----------
    argv
        What stands after the program's name; ``sys.argv`` when missing.
    """
    arguments = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    _prepare_outputs()
    before = words.language()
    try:
        arguments, language = _split_language(arguments)
        with chosen_language(language):
            return _run(arguments)
    except PlannerError as error:
        complain(*sentences(error))
        return WRONG_INPUT
    finally:
        words.set_language(before)


def _run(arguments: list[str]) -> int:
    try:
        code = _program().main(arguments, prog_name=PROGRAM, standalone_mode=False)
    except PlannerError as error:
        complain(*sentences(error))
        return WRONG_INPUT
    except typer.TyperException as error:
        complain(*sentences(_usage_error(error)))
        return WRONG_INPUT
    except Exception as error:  # noqa: BLE001 - a door: a fault of ours becomes a report
        return _report(error)
    if code == INTERRUPTED:  # what a KeyboardInterrupt becomes in there
        complain(_("Stopped; what was not finished is as it was before."))
    return code or DONE


class _Commands(TyperGroup):
    """The commands by name, with a sentence of ours for a name that there is not."""

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        found = super().get_command(ctx, cmd_name)
        if found is None:
            raise InputError("usage-command", name=cmd_name, command=PROGRAM)
        return found


def _program() -> Any:
    """Return the commands with their help in the language in force."""
    app = typer.Typer(cls=_Commands, add_completion=False, rich_markup_mode=None)
    app.callback(
        help=N_("Plan presence at schools and selected places, and show that it was kept.")
    )(_options)
    for name, command, text in _COMMANDS:
        app.command(name, help=text)(command)
    group: Any = typer.main.get_command(app)
    for command in (group, *group.commands.values()):
        command.help = _(command.help)
        for parameter in command.params:
            parameter.help = _(parameter.help) if parameter.help else None
    return group


def _show_version(is_asked: bool) -> None:
    if is_asked:
        from planner.services.fault_reports import program_version

        print(f"{PROGRAM} {program_version()}")
        raise typer.Exit


def _options(
    version: bool = typer.Option(
        False,
        "--version",
        help=N_("Show the version and exit."),
        is_eager=True,
        callback=_show_version,
    ),
    lang: str = typer.Option(
        "", "--lang", metavar="sv|en", help=N_("Language, before the plan's own.")
    ),
) -> None:
    """Say which options stand before the command; both are served before this is called."""
    del version, lang


def _split_language(arguments: list[str]) -> tuple[list[str], str | None]:
    """Take ``--lang`` out of the arguments, wherever it stands."""
    rest: list[str] = []
    language = None
    given = iter(arguments)
    for argument in given:
        name, _equals, value = argument.partition("=")
        if name != "--lang":
            rest.append(argument)
            continue
        language = value or next(given, "")
        if language not in words.LANGUAGES:
            choices = ", ".join(words.LANGUAGES)
            raise InputError("choice-wrong", value=language, choices=choices)
    return rest, language


def _usage_error(error: typer.TyperException) -> InputError:
    """Return what the parser of arguments found, as an error of ours."""
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context else PROGRAM
    parameter: Any = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            option = getattr(error, "option_name", "")
            return InputError("usage-option", option=option, command=command)
        case "MissingParameter" if parameter is not None:
            name = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.metavar
            return InputError("usage-missing", name=name or parameter.name, command=command)
        case "BadParameter" if parameter is not None and parameter.opts[0].startswith("-"):
            return InputError("usage-value", option=parameter.opts[0], command=command)
        case _:
            detail = error.format_message().rstrip(".")
            return InputError("usage", detail=detail, command=command)


def _report(error: Exception) -> int:
    from planner.services.fault_reports import report_fault

    path = report_fault(error)
    if path is None:
        complain(
            _(
                "The program has a fault ({name}); tell who looks after it.",
                name=type(error).__name__,
            )
        )
    else:
        complain(_("The program has a fault; a report of it is in {path}.", path=path))
    return FAULT


class _Output(io.FileIO):
    """An output whose reader may leave, as ``head`` does: what nobody reads any more is dropped.

    The work goes on, and the exit code says how it went.
    """

    @override
    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            return len(data)


def _prepare_outputs() -> None:
    """Let a file or a pipe hold every letter, whatever the system's locale, and be left early."""
    sys.stdout, sys.stderr = _prepared(sys.stdout), _prepared(sys.stderr)


def _prepared(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper) or stream.isatty():
        return stream
    try:
        number = stream.fileno()
    except OSError:  # something in memory
        return stream
    stream.flush()
    output = io.BufferedWriter(_Output(number, "wb", closefd=False))
    return io.TextIOWrapper(output, encoding="utf-8", line_buffering=stream.line_buffering)
