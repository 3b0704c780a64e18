import pytest

from planner.store.files import create_tables
from planner.store.store import Store


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "plan.narvaro"
    create_tables(path)
    return path


@pytest.fixture
def store(path):
    with Store(path, actor="anna") as store:
        yield store
