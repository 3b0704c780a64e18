import pytest

from planner.exchange.sweref import to_wgs84


@pytest.mark.parametrize(
    ("north", "east", "latitude", "longitude"),
    [
        # As PROJ 9 has them (EPSG:3006 to EPSG:4326): the meridian, Västerås, and Sweden's corners.
        (6540052.017, 500000.0, 59.0, 15.0),
        (6608981.731, 587172.593, 59.6099, 16.5448),
        (6146226.298, 253078.455, 55.4, 11.1),
        (7327768.609, 915084.451, 65.8, 24.1),
        (7541249.954, 722293.677, 67.9, 20.3),
    ],
)
def test_points_of_the_grid_are_where_others_put_them(north, east, latitude, longitude):
    assert to_wgs84(north, east) == pytest.approx((latitude, longitude), abs=2e-8)
