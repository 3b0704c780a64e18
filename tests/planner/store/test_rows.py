from dataclasses import fields
from datetime import UTC, date, datetime, time
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from planner.domain.plan import record_fields
from planner.domain.records import KEPT_SETS, field_types, record_type, references
from planner.domain.weeks import IsoWeek
from planner.store.rows import fetch, insert_all, select_all
from planner.store.tables import metadata
from planner.store.tables.base import UtcDateTime

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)
VALUES = {
    str: TEXTS,
    int: st.integers(-(2**31), 2**31 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    date: st.dates(),
    time: st.times(),
    IsoWeek: st.dates(date(1970, 1, 1), date(2100, 12, 1)).map(IsoWeek.of),
    datetime: st.datetimes(timezones=st.just(UTC)),
}


def values(kind):
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return st.sampled_from(list(kind))
    return VALUES.get(kind, TEXTS)


def records(kind):
    types = field_types(kind)
    drawn = {
        field.name: values(types[field.name])
        | (st.none() if field.default is None else st.nothing())
        for field in fields(kind)
    }
    return st.builds(kind, **drawn)


@pytest.mark.parametrize("set_name", [*record_fields(), *KEPT_SETS])
@given(data=st.data())
@settings(max_examples=10)
def test_every_value_of_a_record_comes_back_from_its_table(set_name, data):
    table, kind = metadata.tables[set_name], record_type(set_name)
    record = data.draw(records(kind))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        table.create(connection)
        insert_all(connection, table, [record])
        assert fetch(connection, select_all(table, kind), kind) == (record,)
    engine.dispose()


@pytest.mark.parametrize("set_name", record_fields())
def test_a_table_has_its_records_fields_and_keeps_their_references(set_name):
    table, kind = metadata.tables[set_name], record_type(set_name)
    assert {column.name for column in table.columns} - {"row_id"} == {
        field.name for field in fields(kind)
    }
    kept = {key.parent.name: key.column.table.name for key in table.foreign_keys}
    assert kept == references(kind)


@pytest.mark.parametrize("set_name", record_fields())
def test_only_what_may_be_missing_in_a_record_may_be_missing_in_its_table(set_name):
    table, kind = metadata.tables[set_name], record_type(set_name)
    assert {column.name for column in table.columns if column.nullable} == {
        field.name for field in fields(kind) if field.default is None
    }


def test_an_instant_without_zone_is_refused():
    at = datetime(2026, 11, 23)  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a zone"):
        UtcDateTime().process_bind_param(at, None)


def test_an_instant_of_another_zone_is_the_same_instant_in_utc():
    at = datetime.fromisoformat("2026-11-23T07:00+01:00")
    kept = UtcDateTime().process_bind_param(at, None)
    assert kept == at
    assert kept.tzinfo is UTC
