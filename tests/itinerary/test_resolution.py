"""Which of several namesakes a name means."""

from __future__ import annotations

import pytest

from itinerary.gazetteer import load
from itinerary.model import Kind, Place
from itinerary.people import find_names
from itinerary.resolution import resolve
from itinerary.sentences import parse
from itinerary.toponyms import Toponym, find_toponyms


def resolved(text: str) -> list[tuple[Toponym, Place | None]]:
    doc, gazetteer = parse(text), load()
    toponyms = find_toponyms(doc, gazetteer, find_names(doc, lambda name: bool(gazetteer.candidates(name))))
    return list(zip(toponyms, resolve(toponyms, gazetteer), strict=True))


def place(text: str, name: str) -> Place:
    """Return the place of the first mention of a name."""
    found = next(p for t, p in resolved(text) if t.name == name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("She flew to Córdoba, Argentina.", "Córdoba", "AR"),
        ("She flew to Cordoba, Spain.", "Cordoba", "ES"),
        ("From Seville and Granada she took the train to Cordoba.", "Cordoba", "ES"),
        ("From Buenos Aires and Rosario she took the bus to Cordoba.", "Cordoba", "AR"),
        ("She flew to Lagos.", "Lagos", "NG"),
        ("From Faro and Lisbon in Portugal they drove to Lagos for the beach.", "Lagos", "PT"),
        ("She flew to Paris.", "Paris", "FR"),
        ("She flew to Paris, Texas.", "Paris", "US"),
        ("She flew to London, Ontario.", "London", "CA"),
        ("They stopped in Dallas, in Houston and in Paris, Texas.", "Paris", "US"),
        ("The minister flew to Tbilisi in Georgia and Yerevan in Armenia.", "Georgia", "GE"),
        ("The senator spoke in Atlanta, Georgia.", "Georgia", "US"),
        ("She drove from Savannah through Georgia to Atlanta.", "Georgia", "US"),
        ("The senator spoke in Atlanta, Georgia.", "Atlanta", "US"),
        ("She went to Santiago, Chile.", "Santiago", "CL"),
        ("The walk ends in Santiago de Compostela, Spain.", "Santiago de Compostela", "ES"),
        ("He flew to Birmingham, Alabama.", "Birmingham", "US"),
        ("He took the train from Manchester to Birmingham.", "Birmingham", "GB"),
        ("He will visit San José, Costa Rica.", "San José", "CR"),
        ("They flew to San Jose, California.", "San Jose", "US"),
        ("They drove through all of Georgia. In Rome they had lunch, in Atlanta dinner.", "Rome", "US"),
        ("He sails from Glasgow to Boston. Albany, Utica and Buffalo follow.", "Glasgow", "GB"),
        ("The envoy knew Rhodesia well: he had lived in Bulawayo and in Salisbury.", "Salisbury", "ZW"),
        ("He took the train from London to Salisbury.", "Salisbury", "GB"),
        ("From Managua and León in Nicaragua they drove to Corinto.", "Corinto", "NI"),
    ],
)
def test_neighbours_choose_between_namesakes(text: str, name: str, country: str) -> None:
    assert place(text, name).country == country


def test_the_area_of_one_place_tells_nothing_of_the_next() -> None:
    text = "Her talks: 22 May in Columbus, Ohio, 24 May in Madison, 26 May in Minneapolis."
    chosen = next(p for t, p in resolved(text) if t.name == "Madison")
    assert chosen is not None
    assert chosen.latitude == pytest.approx(43.07, abs=0.1)


def test_a_name_over_the_end_of_a_line_is_shown_on_one() -> None:
    unknown = Toponym(0, 2, "Querlo\nMarvel", (), form="unknown")
    assert [p and p.name for p in resolve([unknown], load())] == ["Querlo Marvel"]


def test_one_name_means_one_place_throughout() -> None:
    text = "She flew to Cordoba, Argentina. It rained in Cordoba. Later she was in Madrid."
    assert [p and p.country for t, p in resolved(text) if t.name == "Cordoba"] == ["AR", "AR"]


def test_two_namesakes_with_their_areas_stay_two_places() -> None:
    text = "She flew from Cordoba, Spain, to Cordoba, Argentina."
    first, second = (p for t, p in resolved(text) if t.name == "Cordoba")
    assert first is not None
    assert second is not None
    assert (first.country, second.country) == ("ES", "AR")
    assert first.source_id != second.source_id


def test_a_known_place_has_coordinates_and_a_source() -> None:
    astana = place("She flew to Astana.", "Astana")
    assert astana.kind is Kind.CITY
    assert (astana.latitude, astana.longitude) == (
        pytest.approx(51.17, abs=0.1),
        pytest.approx(71.43, abs=0.1),
    )
    assert astana.source_id


def test_an_unknown_place_is_kept_without_coordinates() -> None:
    unknown = place("They arrived in Qwxyzburg yesterday.", "Qwxyzburg")
    assert (unknown.country, unknown.latitude, unknown.longitude, unknown.source_id) == (None,) * 4


def test_an_unknown_place_takes_the_country_behind_it() -> None:
    assert place("They arrived in Qwxyzburg, Norway.", "Qwxyzburg").country == "NO"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("She flew to Norway.", "Norway", Kind.COUNTRY),
        ("She flew to Tuscany.", "Tuscany", Kind.REGION),
        ("They landed at Narita Airport.", "Narita Airport", Kind.SITE),
        ("She flew to Singapore.", "Singapore", Kind.CITY),
        ("She flew to Bali.", "Bali", Kind.REGION),
    ],
)
def test_kinds(text: str, name: str, kind: Kind) -> None:
    assert place(text, name).kind is kind


def test_shouting_is_not_taken_over() -> None:
    assert place("ASTANA, Feb. 28 — The minister has arrived in the city.", "ASTANA").name == "Astana"


def test_the_result_runs_in_parallel_to_the_names() -> None:
    assert resolve((), load()) == ()
    pairs = resolved("Uzbek officials met Jordan Lee in the Indian capital and in Qwxyzburg.")
    assert len(pairs) >= 3


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Thursday BOSTON (Lincs.), Friday LINCOLN (Lincs.)", "BOSTON", "GB"),
        ("She sang in Newport, Gwent.", "Newport", "GB"),
        ("He spoke in Bedford in Taylor County.", "Bedford", "US"),
        ("The ship called at Peking, at Canton and at Amoy.", "Canton", "CN"),
        ("From Leghorn we sailed to Smyrna.", "Leghorn", "IT"),
        ("From Leghorn we sailed to Smyrna.", "Smyrna", "TR"),
        ("She flew to Bali and then to Lombok.", "Bali", "ID"),
    ],
)
def test_counties_and_older_names(text: str, name: str, country: str) -> None:
    assert place(text, name).country == country


def test_an_unknown_place_lies_in_the_country_of_its_neighbours() -> None:
    text = "From Valparaíso we rode to Santiago. We slept at Quelbo and came to Rancagua."
    known = place(text, "Quelbo")
    assert (known.country, known.latitude) == ("CL", None)


def test_between_two_countries_an_unknown_place_lies_in_the_one_named_before() -> None:
    assert place("From Oslo they rode to Quelbo and came to Lima.", "Quelbo").country == "NO"


def test_a_namesake_in_every_country_is_not_the_one_in_chile() -> None:
    chosen = place(
        "They took buses from Talca to San Fernando, then to Temuco, Osorno and Valdivia.",
        "San Fernando",
    )
    assert (chosen.country, chosen.latitude) == ("CL", None)


def test_people_tell_the_country_where_no_place_is_known() -> None:
    text = "The Angolan officers kept our passports. We reached Quelbo after dark."
    assert place(text, "Quelbo").country == "AO"
    both = "The Angolan officers waved, the Zambian ones did not. We reached Quelbo after dark."
    assert place(both, "Quelbo").country is None


def test_among_many_countries_nobody_guesses() -> None:
    text = "From Lima, Oslo and Accra they came to Quelbo, then to Tokyo, Hanoi and Cairo."
    assert place(text, "Quelbo").country is None


@pytest.mark.parametrize(
    ("text", "name", "known"),
    [
        ("We left St. Louis by the road and came late to Coldwater Creek.", "Coldwater Creek", False),
        ("From Oslo she went to Bergen Airport.", "Bergen Airport", True),
    ],
)
def test_a_site_is_where_its_namesake_is_only_if_that_is_near(text: str, name: str, known: bool) -> None:
    assert (place(text, name).latitude is not None) == known
