"""Geocoders of the geopy kind: one offline, which is the rule, and one online, which the caller must ask for.

Everything else in the library asks the gazetteer directly; these two are for code that already speaks geopy.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from geopy.distance import great_circle
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from itinerary.gazetteer import Entry, Gazetteer, load
from itinerary.model import Place

__all__ = ["OfflineGeocoder", "OnlineGeocoder", "distance_km", "online_geocoder"]

_PARENTHESES = re.compile(r"\s*\(([^)]*)\)\s*$")
_ENGLISH_FIRST = ("US", "CA", "AU", "GB")  # countries whose abbreviations stand behind a comma


class OfflineGeocoder(Geocoder):  # type: ignore[misc]
    """Geocode by the gazetteer that comes with the library: no network, no key, microseconds.

    Parameters
    ----------
    gazetteer : Gazetteer, optional
        The one of this installation by default.

    Examples
    --------
    >>> location = OfflineGeocoder().geocode("Paris, Texas")
    >>> location.address, round(location.latitude, 1)
    ('Paris, Texas, United States', 33.7)
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__(user_agent="offline")
        self.gazetteer = gazetteer or load()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002 - geopy passes it on
        country_codes: str | Sequence[str] | None = None,
    ) -> Location | list[Location] | None:
        """Return where a place is.

        Parameters
        ----------
        query : str
            A name, if need be with larger areas behind commas: "Springfield, IL".
        exactly_one : bool
            False for a list of all namesakes, most prominent first.
        timeout : float, optional
            Accepted because geopy passes it on; nothing here takes long.
        country_codes : str or sequence of str, optional
            Only places in these countries: ISO 3166-1 alpha-2 in any case.

        Returns
        -------
        geopy.Location, list of geopy.Location or None
            None if no place fits. `Location.raw` holds identifier, country, division, kind and population.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is empty or no text.
        """
        entries = self._entries(query)
        if country_codes is not None:
            codes = country_codes.split(",") if isinstance(country_codes, str) else country_codes
            wanted = {code.strip().upper() for code in codes}
            entries = [e for e in entries if e.place.country in wanted]
        return self._answer(entries, exactly_one)

    def reverse(
        self,
        query: Point | str | Sequence[float],
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002 - geopy passes it on
    ) -> Location | list[Location] | None:
        """Return the city nearest to a point, or the five nearest.

        Parameters
        ----------
        query : geopy.Point, str or pair of float
            Latitude and longitude in degrees.
        exactly_one : bool
            False for a list of five.
        timeout : float, optional
            Accepted because geopy passes it on.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is no point.
        """
        try:
            if query is None:
                raise ValueError("geopy takes nothing for the point 0, 0")
            latitude, longitude = map(float, self._coerce_point_to_string(query).split(","))
        except (ValueError, TypeError) as error:
            raise GeocoderQueryError(
                f"This is no point: {query!r}. Give latitude and longitude in degrees."
            ) from error
        return self._answer(self.gazetteer.nearest(latitude, longitude, 1 if exactly_one else 5), exactly_one)

    def _entries(self, query: str) -> list[Entry]:
        if not isinstance(query, str) or not query.strip():
            raise GeocoderQueryError("The query is empty. Give the name of a place, such as “Paris, Texas”.")
        query = _PARENTHESES.sub(r", \1", query.strip())
        whole = self.gazetteer.candidates(query, limit=None)
        name, *areas = [part.strip() for part in query.split(",") if part.strip()] or [""]
        if not areas or (whole and "," in query):
            return list(whole)
        found = list(self.gazetteer.candidates(name, limit=None))
        for area in areas:
            found = self._inside(found, area)
        return found

    def _inside(self, entries: list[Entry], area: str) -> list[Entry]:
        """Keep the places that lie in an area named behind a comma."""
        gazetteer = self.gazetteer
        divisions = {gazetteer.admin1_by_abbreviation(c, area) for c in _ENGLISH_FIRST} - {None}
        outer = [
            e.place
            for e in gazetteer.candidates(area)
            if e.feature not in ("city", "capital", "airport", "site")
        ]
        if len(area) == 2 and area.isupper() and not outer and area in gazetteer.countries():
            divisions |= {area}
        return [
            e
            for e in entries
            if e.admin1 in divisions
            or e.place.country in divisions
            or any(gazetteer.contains(o, e) for o in outer)
        ]

    def _answer(self, entries: Sequence[Entry], exactly_one: bool) -> Location | list[Location] | None:
        if not entries:
            return None
        if exactly_one:
            return self._location(entries[0])
        return [self._location(e) for e in entries]

    def _location(self, entry: Entry) -> Location:
        place = entry.place
        parts = [
            place.name,
            self.gazetteer.admin1(entry.admin1) or "",
            self.gazetteer.country_name(place.country) or "",
        ]
        address = ", ".join(dict.fromkeys(part for part in parts if part))
        raw = {
            "source_id": place.source_id,
            "name": place.name,
            "country": place.country,
            "admin1": entry.admin1,
            "kind": str(place.kind),
            "feature": entry.feature,
            "population": entry.population,
        }
        return Location(address, Point(place.latitude, place.longitude), raw)


class OnlineGeocoder:
    """A slow and polite geocoder that remembers its answers on disk. Made by `online_geocoder`."""

    def __init__(self, ask: Callable[..., Any], path: Path) -> None:
        self._ask = ask
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS answers (query TEXT PRIMARY KEY, answer TEXT NOT NULL)"
            )

    def geocode(self, query: str, *, country_codes: str | Sequence[str] | None = None) -> Location | None:
        """Return where a place is, from the file if it was asked before.

        Parameters
        ----------
        query : str
        country_codes : str or sequence of str, optional
            Only places in these countries.

        Returns
        -------
        geopy.Location or None
            None if the service knows no such place; that is remembered too.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is empty.
        geopy.exc.GeopyError
            If the service cannot be reached or refuses; nothing is remembered then.
        """
        if not isinstance(query, str) or not query.strip():
            raise GeocoderQueryError("The query is empty. Give the name of a place, such as “Paris, Texas”.")
        codes = [country_codes] if isinstance(country_codes, str) else sorted(country_codes or ())
        key = json.dumps([" ".join(query.split()).casefold(), [code.casefold() for code in codes]])
        known = self._recall(key)
        if known is not None:
            return _thaw(known)
        location = self._ask(query, country_codes=codes or None)
        self._remember(key, _freeze(location))
        return location

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=10)

    def _recall(self, key: str) -> str | None:
        connection = self._open()
        try:
            row = connection.execute("SELECT answer FROM answers WHERE query = ?", (key,)).fetchone()
        finally:
            connection.close()
        return row[0] if row else None

    def _remember(self, key: str, answer: str) -> None:
        connection = self._open()
        try:
            with connection:
                connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, answer))
        finally:
            connection.close()


def online_geocoder(
    user_agent: str,
    cache_path: str | Path,
    *,
    adapter_factory: Callable[..., Any] | None = None,
    min_delay_seconds: float = 1.0,
    timeout: float = 10.0,
) -> OnlineGeocoder:
    """Make a geocoder that asks Nominatim, once a second at most, and remembers the answers.

    Nothing in the library calls this; whoever does sends place names to a public service and must keep to its
    terms of use.

    Parameters
    ----------
    user_agent : str
        Names the application, as the service demands.
    cache_path : str or Path
        File for the answers, made if missing.
    adapter_factory : callable, optional
        Passed to geopy: how to reach the service.
    min_delay_seconds, timeout : float
        Seconds between two questions, and to wait for an answer.

    Raises
    ------
    ValueError
        If the user agent is empty or the pause is shorter than the service allows.
    """
    if not user_agent.strip():
        raise ValueError("The service wants to know who asks. Give user_agent the name of your application.")
    if min_delay_seconds < 1.0 and adapter_factory is None:
        raise ValueError("The service allows one question a second. Give min_delay_seconds at least 1.")
    service = Nominatim(user_agent=user_agent, timeout=timeout, adapter_factory=adapter_factory)
    # geopy logs a traceback for each new try; the last failure is raised, which is enough.
    logging.getLogger("geopy").setLevel(logging.ERROR)
    ask = RateLimiter(
        service.geocode, min_delay_seconds=min_delay_seconds, max_retries=2, swallow_exceptions=False
    )
    return OnlineGeocoder(ask, Path(cache_path))


def distance_km(a: Place, b: Place) -> float | None:
    """Return the great-circle distance of two places in km; None if a point is unknown."""
    if a.latitude is None or b.latitude is None:
        return None
    return float(great_circle((a.latitude, a.longitude), (b.latitude, b.longitude)).km)


def _freeze(location: Location | None) -> str:
    if location is None:
        return "null"
    return json.dumps([location.address, location.latitude, location.longitude, location.raw])


def _thaw(answer: str) -> Location | None:
    known = json.loads(answer)
    if known is None:
        return None
    address, latitude, longitude, raw = known
    return Location(address, Point(latitude, longitude), raw)
