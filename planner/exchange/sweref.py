"""From the Swedish grid SWEREF 99 TM to WGS 84 degrees.

Gauss conformal projection by Krüger's formulas, as Lantmäteriet publishes them ("Gauss Conformal
Projection (Transverse Mercator)", with the parameters of SWEREF 99 TM and the ellipsoid GRS 80).
Within Sweden the error is less than a millimetre; SWEREF 99 and WGS 84 differ by less than a metre.
"""

from math import asin, atan, cos, cosh, degrees, radians, sin, sinh

_AXIS_M = 6378137.0
_FLATTENING = 1 / 298.257222101
_CENTRAL_MERIDIAN = radians(15.0)
_SCALE = 0.9996
_FALSE_EASTING_M = 500000.0

_E2 = _FLATTENING * (2 - _FLATTENING)
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS_M = _AXIS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_DELTAS = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)
_TO_GEODETIC = (
    _E2 + _E2**2 + _E2**3 + _E2**4,
    -(7 * _E2**2 + 17 * _E2**3 + 30 * _E2**4) / 6,
    (224 * _E2**3 + 889 * _E2**4) / 120,
    -(4279 * _E2**4) / 1260,
)


def to_wgs84(north_m: float, east_m: float) -> tuple[float, float]:
    """Return latitude and longitude, in degrees, of a point of SWEREF 99 TM."""
    xi = north_m / (_SCALE * _RADIUS_M)
    eta = (east_m - _FALSE_EASTING_M) / (_SCALE * _RADIUS_M)
    terms = [(2 * number, delta) for number, delta in enumerate(_DELTAS, start=1)]
    xi_sphere = xi - sum(delta * sin(k * xi) * cosh(k * eta) for k, delta in terms)
    eta_sphere = eta - sum(delta * cos(k * xi) * sinh(k * eta) for k, delta in terms)
    conformal = asin(sin(xi_sphere) / cosh(eta_sphere))
    longitude = _CENTRAL_MERIDIAN + atan(sinh(eta_sphere) / cos(xi_sphere))
    series = sum(
        factor * sin(conformal) ** (2 * power) for power, factor in enumerate(_TO_GEODETIC)
    )
    return degrees(conformal + sin(conformal) * cos(conformal) * series), degrees(longitude)
