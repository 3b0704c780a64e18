import json

import pytest

from planner.errors import InputError
from planner.exchange.geojson_lines import lines_of


@pytest.fixture
def saved(tmp_path):
    def save(*geometries, **more):
        path = tmp_path / "background.geojson"
        features = [{"type": "Feature", "properties": {}, "geometry": one} for one in geometries]
        document = {"type": "FeatureCollection", "features": features, **more}
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return save


LINE = {"type": "LineString", "coordinates": [[16.5, 59.6], [16.6, 59.7, 12.0]]}


def test_lines_and_outlines_come_as_latitude_and_longitude(saved):
    ring = [[16.5, 59.6], [16.6, 59.6], [16.5, 59.6]]
    path = saved(
        LINE,
        {"type": "Polygon", "coordinates": [ring, ring]},
        {"type": "MultiPolygon", "coordinates": [[ring]]},
        {"type": "Point", "coordinates": [16.5, 59.6]},
        None,
    )
    found = lines_of(path)
    assert found[0] == ((59.6, 16.5), (59.7, 16.6))
    assert [len(line) for line in found] == [2, 3, 3, 3]


@pytest.mark.parametrize(
    ("geometries", "more", "code"),
    [
        (({"type": "Point", "coordinates": [16.5, 59.6]},), {}, "geojson-without-lines"),
        (({"type": "LineString", "coordinates": [["x"], 3]},), {}, "geojson-without-lines"),
        ((LINE,), {"crs": {"properties": {"name": "EPSG:3006"}}}, "geojson-grid"),
        ((LINE,), {"type": "Topology"}, "json-unknown"),
    ],
)
def test_file_that_cannot_be_drawn_is_told(saved, geometries, more, code):
    with pytest.raises(InputError) as refused:
        lines_of(saved(*geometries, **more))
    assert refused.value.code == code
