"""Facts about the geocoders. Nothing here reaches the network."""

from __future__ import annotations

import json
import urllib.parse
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd
import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

from itinerary.geocode import OfflineGeocoder, distance_km, online_geocoder
from itinerary.model import Kind, Place

OFFLINE = OfflineGeocoder()


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("Paris", "Paris, Île-de-France, France"),
        ("Paris, Texas", "Paris, Texas, United States"),
        ("Springfield, IL", "Springfield, Illinois, United States"),
        ("Springfield, Vermont", "Springfield, Vermont, United States"),
        ("Cambridge, Mass.", "Cambridge, Massachusetts, United States"),
        ("Victoria, B.C.", "Victoria, British Columbia, Canada"),
        ("Athens, Georgia", "Athens, Georgia, United States"),
        ("Athens, Georgia, USA", "Athens, Georgia, United States"),
        ("London, Ontario", "London, Ontario, Canada"),
        ("Washington, D.C.", "Washington, District of Columbia, United States"),
        ("St. Petersburg, Fla.", "St. Petersburg, Florida, United States"),
        ("Kazakhstan", "Kazakhstan"),
    ],
)
def test_offline_addresses(query: str, address: str) -> None:
    location = OFFLINE.geocode(query)
    assert isinstance(location, Location)
    assert location.address == address


@pytest.mark.parametrize(
    ("query", "country"),
    [
        ("Cordoba, Argentina", "AR"),
        ("Lagos, Portugal", "PT"),
        ("Astana (Kazakhstan)", "KZ"),
        ("Naxos, Greece", "GR"),
    ],
)
def test_an_area_behind_a_comma_decides(query: str, country: str) -> None:
    location = OFFLINE.geocode(query)
    assert isinstance(location, Location)
    assert location.raw["country"] == country


@pytest.mark.parametrize("query", ["Nowhereville", "Paris, Kazakhstan", "Astana, Texas", ", ,"])
def test_nothing_found_is_none(query: str) -> None:
    assert OFFLINE.geocode(query) is None
    assert OFFLINE.geocode(query, exactly_one=False) is None


@pytest.mark.parametrize("query", ["", "   ", None, 7])
def test_an_empty_query_is_an_error(query: Any) -> None:
    with pytest.raises(GeocoderQueryError, match="empty"):
        OFFLINE.geocode(query)


def test_all_namesakes_and_country_codes() -> None:
    found = OFFLINE.geocode("Paris", exactly_one=False)
    assert isinstance(found, list)
    assert found[0].raw["country"] == "FR"
    assert {"US", "CA"} <= {location.raw["country"] for location in found}
    american = OFFLINE.geocode("Paris", country_codes="us")
    assert isinstance(american, Location)
    assert american.raw["admin1"] == "US.TX"
    assert OFFLINE.geocode("Paris", country_codes=["KZ"]) is None


@pytest.mark.parametrize("point", ["51.18, 71.45", (51.18, 71.45), Point(51.18, 71.45)])
def test_reverse(point: Any) -> None:
    location = OFFLINE.reverse(point)
    assert isinstance(location, Location)
    assert location.raw["name"] == "Astana"
    several = OFFLINE.reverse(point, exactly_one=False)
    assert isinstance(several, list)
    assert len(several) == 5


@pytest.mark.parametrize("point", ["here", "", "91 N, 300 X", None])
def test_reverse_of_no_point(point: Any) -> None:
    with pytest.raises(GeocoderQueryError):
        OFFLINE.reverse(point)


def test_works_where_geopy_geocoders_work() -> None:
    limited = RateLimiter(OFFLINE.geocode, min_delay_seconds=0)
    places = pd.Series(["Astana", "Tashkent", "New Delhi"]).apply(limited)
    assert [round(p.latitude) for p in places] == [51, 41, 29]


def test_distance() -> None:
    astana = Place("Astana", "KZ", 51.18, 71.446, Kind.CITY)
    tashkent = Place("Tashkent", "UZ", 41.265, 69.216, Kind.CITY)
    unknown = Place("Somewhere", None, None, None, Kind.SITE)
    assert distance_km(astana, tashkent) == pytest.approx(1115.7, abs=5)
    assert distance_km(astana, unknown) is None


class Canned(BaseSyncAdapter):  # type: ignore[misc]
    """Answer from a table and count the questions."""

    asked: ClassVar[list[str]] = []

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["q"][0]
        self.asked.append(query)
        if query == "Broken":
            raise GeocoderServiceError("the service is down")
        known = {"Vanimo": {"lat": "-2.68", "lon": "141.30", "display_name": "Vanimo, Papua New Guinea"}}
        return [known[query]] if query in known else []

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        return json.dumps(self.get_json(url, timeout=timeout, headers=headers))


def online(path: Path) -> Any:
    Canned.asked = []
    return online_geocoder("a test", path, adapter_factory=Canned, min_delay_seconds=0.0)


def test_online_answers_are_remembered_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "answers" / "cache.sqlite"
    geocoder = online(path)
    for query in ("Vanimo", " vanimo "):
        location = geocoder.geocode(query)
        assert (location.address, location.latitude) == ("Vanimo, Papua New Guinea", -2.68)
    assert geocoder.geocode("Nowhereville") is None
    assert geocoder.geocode("Nowhereville") is None
    assert Canned.asked == ["Vanimo", "Nowhereville"]
    assert online(path).geocode("Vanimo").longitude == 141.30
    assert Canned.asked == []


def test_online_failures_are_raised_and_not_remembered(tmp_path: Path) -> None:
    geocoder = online(tmp_path / "cache.sqlite")
    geocoder._ask.error_wait_seconds = 0
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode("Broken")
    tries = len(Canned.asked)
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode("Broken")
    assert len(Canned.asked) == 2 * tries
    with pytest.raises(GeocoderQueryError):
        geocoder.geocode(" ")


def test_online_manners(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="who asks"):
        online_geocoder(" ", tmp_path / "cache.sqlite")
    with pytest.raises(ValueError, match="one question a second"):
        online_geocoder("a test", tmp_path / "cache.sqlite", min_delay_seconds=0.2)
    assert list(tmp_path.iterdir()) == []
