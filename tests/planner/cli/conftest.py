import pytest

from planner.cli import main
from planner.domain.ids import DutyId
from planner.services.publish.publishing import publish
from planner.services.roster.views import Decision
from tests.planner.small import FRIDAY, WEEK


@pytest.fixture
def run(capsys):
    """Run a command in English; return exit code, standard output and standard error."""

    def call(*arguments, lang="en"):
        language = ["--lang", lang] if lang else []
        code = main([*language, *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def published_file(drafted, drafted_file):
    publish(drafted, WEEK, {DutyId(f"b/{FRIDAY}/after-1"): Decision.OWN_STAFF})
    return drafted_file
