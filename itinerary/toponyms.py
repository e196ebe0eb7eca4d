"""Find place names, and descriptions that stand for one ("the Indian capital").

A name is taken when it is written like one and the words around it allow a place;
small or ambiguous names need a word that speaks of place ("in", "reached", a list).
What turns out to be part of a person's or an organisation's name is kept and marked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path

from itinerary.gazetteer import Entry, Gazetteer, fold
from itinerary.model import Span
from itinerary.people import Name, word_lists
from itinerary.sentences import Document, Form, asides
from itinerary.shows import Line, Town, areas_written_short, find_towns, houses
from itinerary.vocabulary import load_vocabulary

__all__ = ["Toponym", "find_toponyms", "link_containers"]

FILE = Path(__file__).with_name("data") / "places.toml"


@dataclass(frozen=True, slots=True)
class Toponym:
    """A stretch of words that may name a place.

    Parameters
    ----------
    first, last : int
        Half-open range of tokens.
    name : str
        The written name.
    entries : tuple of Entry
        What the gazetteer offers, most prominent first; empty if it knows nothing.
    form : str
        ``name``, ``description`` ("the Kazakh capital"), ``people`` ("Uzbek officials"),
        ``site`` (a known name with a word such as "Airport") or ``unknown``.
    part_of : Name or None
        The person's or organisation's name that it is part of.
    container : int or None
        Index of the toponym that names the area around this one ("Astana, Kazakhstan").
    contains : int or None
        Index of the toponym that this one is the container of.
    base : int or None
        For a site: how many of its tokens are the known name.
    """

    first: int
    last: int
    name: str
    entries: tuple[Entry, ...]
    form: str = "name"
    part_of: Name | None = None
    container: int | None = None
    contains: int | None = None


def _place_words() -> dict[str, frozenset[str]]:
    """Read the words that only the names of places need."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data.items()}


_WORDS = load_vocabulary().words
_LOCATIVE, _STRONG, _UNKNOWN_AFTER = _WORDS["locative"], _WORDS["strong"], _WORDS["unknown_after"]
_SITE_HEADS, _PREFIXES = _WORDS["site_heads"], _WORDS["prefixes"]
_RIVERS = frozenset(["rio", "río"])
_PARTICLES = frozenset(["es", "de", "del", "la", "las", "los", "di", "da", "do", "du", "des", "el", "al"])
_MAY_BEGIN = _WORDS["may_begin"]
_PLACE_WORDS = _place_words()
_HEADS = _SITE_HEADS | _PLACE_WORDS["heads"]
_NOT_NAMES, _COMMON = _WORDS["not_names"], _WORDS["common"]
_BEGINNINGS = _PREFIXES | _PLACE_WORDS["beginnings"]
_NEED_A_CUE = _COMMON | _PLACE_WORDS["surnames"]
_ORDINARY = _PLACE_WORDS["ordinary"]
_NEVER_PLACES = _PLACE_WORDS["never_places"] | _ORDINARY | _HEADS
_SORTS, _LARGE_CITIES = _PLACE_WORDS["sorts"], _PLACE_WORDS["large_cities"]
# Countries whose divisions are written short behind a name.
_ABBREVIATING = ("US", "CA", "AU")
_MANY = 400  # names that are looked back over; only texts as long as books have more
_HUGE, _LARGE, _TOWN, _SOME = 1_000_000, 100_000, 15_000, 5_000  # people
_NAMESAKE = 50_000  # people; a larger town is named more often than a person without a surname
_BYLINES = frozenset(["source", "editor", "editing", "author", "byline", "photo", "photos", "credit"])
# Codes of countries on vehicles, and on letters to them, where they differ from those of ISO 3166.
_ON_LETTERS = {
    "A": "AT",
    "B": "BE",
    "CRO": "HR",
    "D": "DE",
    "E": "ES",
    "EST": "EE",
    "F": "FR",
    "FIN": "FI",
    "FL": "LI",
    "H": "HU",
    "I": "IT",
    "IRL": "IE",
    "L": "LU",
    "N": "NO",
    "P": "PT",
    "S": "SE",
    "SLO": "SI",
    "UK": "GB",
}
_LONGEST_CODE = 3
_LONGEST_RUN = 6  # words of a name that nothing knows
_WITH_ARTICLE = frozenset(["country", "site", "region", "island"])
# Words that may stand straight before a name with a word such as "Caverns" or "Sierra" in it.
_NAMED_AFTER = _PLACE_WORDS["before_named"] | frozenset(",/&;:")
# Words before an unknown name that an area behind it makes a place: "of Rogart in Scotland".
_BEFORE_AREA = _STRONG | _PLACE_WORDS["before_area"] | frozenset(",(:-–—")
# Nouns and verbs before "to" that go to a person or to what one honours, not to a place.
_GIVEN_TO = _PLACE_WORDS["given_to"]
_STREETS, _NO_PLACE_ENDS = _PLACE_WORDS["streets"], _PLACE_WORDS["no_place_ends"]
# Houses of two branches: "Museum of Science and Industry".
_OF_TWO = frozenset(["museum", "center", "centre", "institute", "academy", "gallery"])
_NO_END = _WORDS["preposition"] | frozenset(["and", "is", "or"])
# How names of peoples and followers end, and of what one does or undergoes: no village is called so.
_PEOPLES = ("ians", "eans", "ists", "ites")
_DOINGS = ("isation", "ization", "tations", "tation", "ration", "ation", "ements", "ement", "ness")
_ACRONYM = (3, 5)  # letters
_SHORTER = 3.0  # so many times larger is the place whose name is shortened than its namesake
_SORTS_OF_TOWN = frozenset(["town", "city", "village", "borough", "parish", "hamlet"])
_CAPITALS = frozenset(["capital", "capitals"])
_CAMEL = re.compile(r"[A-Z][a-z]+|[A-Z]+(?![a-z])")
_WORDY = re.compile(r"[^\W\d_][\w.’'‐‑-]*$")


def find_toponyms(
    doc: Document, gazetteer: Gazetteer, names: Sequence[Name], dates: Sequence[Span] = ()
) -> tuple[Toponym, ...]:
    """Find all names and descriptions of places, in text order, none overlapping.

    Parameters
    ----------
    doc : Document
    gazetteer : Gazetteer
    names : sequence of Name
        Persons, organisations and events found in the text; their token ranges are in order.
    dates : sequence of Span
        Date expressions, in order: words of a date before a name do not hide that it opens its line.

    Returns
    -------
    tuple of Toponym
    """
    finder = _Finder(doc, gazetteer, names, dates)
    return finder.run()


def link_containers(doc: Document, gazetteer: Gazetteer, found: Sequence[Toponym]) -> tuple[Toponym, ...]:
    """Link names with the areas around them, as `find_toponyms` does for those it finds itself."""
    finder = _Finder(doc, gazetteer, ())
    finder.found = list(found)
    finder.link_areas()
    return tuple(finder.found)


class _Finder:
    """One pass over the tokens; holds what the steps share."""

    def __init__(
        self, doc: Document, gazetteer: Gazetteer, names: Sequence[Name], dates: Sequence[Span] = ()
    ) -> None:
        self.dates = {t for s in dates for t in range(doc.token_at(s.start), doc.token_at(s.end - 1) + 1)}
        self.doc, self.gaz, self.names = doc, gazetteer, names
        self.owner: dict[int, Name] = {}
        for name in names:
            if name.kind != "title":
                for t in range(name.first, name.last):
                    self.owner[t] = name
        self.found: list[Toponym] = []
        self.lowercase = self._is_lowercase()

    def run(self) -> tuple[Toponym, ...]:
        shows = find_towns(self.doc, self.gaz)
        names: dict[str, list[tuple[str, ...]]] = {}
        for house in houses(self.doc, shows.values()):
            names.setdefault(house[0], []).append(house)
        skipped, plain = asides(self.doc), self._plain()
        i = 0
        for k, sentence in enumerate(self.doc.sentences):
            if k in skipped:
                continue
            shouting = self._is_shouting(sentence.first, sentence.last)
            i = max(i, sentence.first)
            while i < sentence.last:
                if i in shows:
                    i = self._show(*shows[i])
                    continue
                if names and self.doc.lower[i] in names and (size := self._house(i, names)):
                    i += size
                    continue
                if plain[i]:
                    i += 1
                    continue
                held = len(self.found)
                step = self._at(i, sentence.first, sentence.last, sentence.form, shouting)
                i += max(step, 1)
                if len(self.found) > held and self.found[-1].last == i:
                    i += self._abbreviation(sentence.last)
        self._read_short_forms()
        self.link_areas()
        return tuple(self.found)

    def _show(self, line: Line, town: Town) -> int:
        """Take the town of a line that announces a show, and the area named with it; return where it ends."""
        number = len(self.found)
        name = self.doc.quote(town.first, town.last)
        found = [Toponym(town.first, town.last, name, town.entries, "name" if town.entries else "unknown")]
        area, entry = (town.area, town.around) if town.area else self._area_behind(town)
        if area is not None and entry is not None:
            first, last = area
            ahead = first < town.first  # "IT – Rome"
            around = Toponym(first, last, self.doc.quote(first, last), (entry,), contains=number + ahead)
            held = self.gaz.candidates(name, limit=None)
            inside = tuple(e for e in held if e.feature != "admin1" and self.gaz.contains(entry.place, e))
            found[0] = replace(found[0], entries=(*inside, *town.entries))
            inner = replace(found[0], container=number + (not ahead))
            found = [around, inner] if ahead else [inner, around]
        self.found += found
        return line.last

    def _area_behind(self, town: Town) -> tuple[tuple[int, int] | None, Entry | None]:
        """Find a part of a country named behind the town of a show that lies in it: "Boston (Lincs.)"."""
        doc, i = self.doc, town.last + 1
        if i >= len(doc.words) or doc.words[town.last] not in (",", "("):
            return None, None
        size, areas = self.gaz.longest(doc.words[i : i + 5], 0)
        held = self.gaz.candidates(doc.quote(town.first, town.last), limit=None) if size else ()
        for area in areas[:3]:
            if area.feature in ("region", "admin1") and any(self.gaz.contains(area.place, e) for e in held):
                return (i, i + size), area
        return None, None

    def _house(self, i: int, names: Mapping[str, Sequence[tuple[str, ...]]]) -> int:
        """Return how many tokens from one on are the name of a house in which a show is given."""
        return next((len(n) for n in names[self.doc.lower[i]] if self.doc.lower[i : i + len(n)] == n), 0)

    # -- one position ------------------------------------------------------------------

    def _plain(self) -> list[bool]:
        """Tell the words without a capital that begin no description of a place; most words are such."""
        if self.lowercase:
            return [False] * len(self.doc.words)
        pairs = zip(self.doc.words, self.doc.lower, strict=True)
        return [not word[0].isupper() and low not in _CAPITALS for word, low in pairs]

    def _at(self, i: int, begin: int, end: int, form: Form, shouting: bool) -> int:
        """Try to find a toponym at token `i`; return how many tokens were used."""
        head = self.doc.words[i][0]
        if not (head.isupper() or (self.lowercase and head.isalpha())):
            return self._description(i, end)
        low = self.doc.lower[i]
        used = self._with_article(i, end)
        if used:
            return used
        if low in _NOT_NAMES and low not in _MAY_BEGIN:
            return self._begun_by_a_word(i, end) or self._description(i, end)
        size, entries = self.gaz.longest(self.doc.words[i : min(end, i + 8)], 0)
        size = min(size, end - i)
        while size > 1 and self.doc.words[i + size - 1] in _NO_END:  # "in Panama by noon"
            size, entries = self.gaz.longest(self.doc.words[i : i + size - 1], 0)
        if size == 1 and low in _NOT_NAMES:
            size, entries = 0, ()
        near = self.doc.lower[i + 1 : min(end, i + 4)]
        if "’s" in near or "'s" in near:
            size, entries = self._with_possessive(i, end, size, entries)
        if size:
            used = self._known(i, size, entries, begin, end, form, shouting) or self._people(i)
        else:
            used = (
                self._hashtag(i, begin)
                or self._people(i)
                or self._hyphenated(i)
                or self._word_in_area(i, begin, end)
            )
        return used or self._unknown(i, begin, end, form, shouting)

    def _with_article(self, i: int, end: int) -> int:
        """Take a name that begins with its article: "The Hague"."""
        doc = self.doc
        if doc.lower[i] != "the" or i + 1 >= end or not doc.words[i + 1][0].isupper():
            return 0
        size, entries = self.gaz.longest(doc.words[i : min(end, i + 3)], 0)
        if size < 2 or not entries or not entries[0].place.name.startswith(("The ", "the ")):
            return 0
        self.found.append(Toponym(i, i + size, doc.quote(i, i + size), entries))
        return size

    def _begun_by_a_word(self, i: int, end: int) -> int:
        """Take a name of a town that begins like any sentence: "A Coruña", "Can Tho", "In Salah"."""
        doc = self.doc
        if i + 1 >= end or not doc.words[i + 1][0].isupper() or self.lowercase or i in self.owner:
            return 0
        size, entries = self.gaz.longest(doc.words[i : min(end, i + 4)], 0)
        if size < 2 or max(e.population for e in entries) < _TOWN:
            return 0
        inner, _ = self.gaz.longest(doc.words[i + 1 : min(end, i + 5)], 0)
        if inner >= size:  # "In Santa Cruz" is no town called In Santa
            return 0
        self.found.append(Toponym(i, i + size, doc.quote(i, i + size), entries))
        return size

    def _hashtag(self, i: int, begin: int) -> int:
        """Take a name whose words are written as one behind a #: "#NewYork"."""
        if i <= begin or self.doc.words[i - 1] != "#":
            return 0
        parts = _CAMEL.findall(self.doc.words[i])
        entries = self.gaz.candidates(" ".join(parts)) if len(parts) > 1 else ()
        if not entries:
            return 0
        self.found.append(Toponym(i, i + 1, " ".join(parts), entries))
        return 1

    def _with_possessive(
        self, i: int, end: int, size: int, entries: tuple[Entry, ...]
    ) -> tuple[int, tuple[Entry, ...]]:
        """Prefer a name that holds a possessive: "St. John’s", "King’s Lynn"."""
        mark = next(j for j in range(i + 1, min(end, i + 4)) if self.doc.lower[j] in ("’s", "'s"))
        for last in (mark + 4, mark + 3, mark + 2, mark + 1):
            if (
                last <= end
                and last - i > size
                and (last == mark + 1 or self.doc.words[last - 1][0].isupper())
            ):
                found = self.gaz.candidates(self.doc.quote(i, last))
                if found and (last > mark + 1 or mark - i > 1):
                    return last - i, found
        return size, entries

    def _known(
        self, i: int, size: int, entries: tuple[Entry, ...], begin: int, end: int, form: Form, shouting: bool
    ) -> int:
        """Take a name that the gazetteer knows, if it is written and placed like one."""
        doc = self.doc
        last = i + size
        name = doc.quote(i, last)
        owner = self._hidden_by(i, last, entries)
        if owner is not None:
            self.found.append(Toponym(i, last, name, entries, part_of=owner))
            return size
        if self._goes_on_otherwise(i, last, end) or self._begins_with_a_joint(i, last, end, entries):
            return 0
        if last < end and doc.lower[last] in _STREETS and doc.words[last][0].isupper():
            return size + 1  # "Dallas Avenue"
        if self._means_no_town(i, last, begin, end, entries):
            if (person := self.surnames.get(doc.lower[i])) is not None:
                self.found.append(Toponym(i, last, name, entries, part_of=person))
            return size
        if self._is_a_word(i, last, begin, end, entries):
            goes_on = last < end and (doc.words[last][0].isupper() or doc.lower[last] in _PARTICLES)
            return 0 if goes_on else size
        if self._owns_a_name(last, end, entries) or (
            size == 1 and not shouting and self._goes_on(i, end, entries)
        ):
            return 0
        people = size == 1 and self.gaz.adjective(name) and entries[0].feature != "country"
        if people or not self._plausible(i, last, entries, begin, end, form, shouting):
            return 0
        if entries[0].feature == "country" and self._is_somebodys(i, last, begin):
            self.found.append(Toponym(i, last, name, entries[:1], form="people"))
            return size
        return self._take(i, last, entries, begin, end, shouting=shouting)

    def _take(
        self, i: int, last: int, entries: tuple[Entry, ...], begin: int, end: int, *, shouting: bool
    ) -> int:
        """Add a known name with what it may mean here; a site takes the words that go on its name."""
        doc, name = self.doc, self.doc.quote(i, last)
        if (entries[0].place.source_id or "").startswith("county:"):
            entries = self.gaz.candidates(name, limit=None)  # each state may have one
        top = self._site_end(last, end)
        if top > last and not shouting and doc.lower[top - 1] not in ("city", "town", "village"):
            kept = tuple(e for e in self.gaz.candidates(doc.quote(i, top)) if e.feature != "city") or entries
            self.found.append(
                Toponym(i, top, doc.quote(i, top), kept, form="name" if kept is not entries else "site")
            )
            return top - i
        if doc.lower[i - 1] == "the" and i > begin and last - i == 1:
            # "The Alamo" and "the Bronx" are no towns; "the Paris office" stays.
            entries = tuple(e for e in entries if e.feature in _WITH_ARTICLE) or entries
        elif doc.lower[i - 1] == "at" and i > begin and entries[0].feature == "admin1":
            # One is "at" a town and in a state: "we touched at Victoria".
            entries = tuple(e for e in entries if e.feature in ("city", "capital")) or entries
        self.found.append(Toponym(i, last, name, entries))
        return last - i

    def _hidden_by(self, i: int, last: int, entries: tuple[Entry, ...]) -> Name | None:
        """Return the name of a person or an organisation that a name is part of; None if it is a place's."""
        owner = self.owner.get(i)
        if owner is None or owner is not self.owner.get(last - 1):
            return None
        # What is an organisation as a whole may be a building ("the Kremlin"), but is no town ("UPI").
        whole = owner.kind == "organisation" and not all(e.feature == "city" for e in entries)
        part = owner.first < i or owner.last > last
        if not part and (owner.kind == "event" or whole):
            return None
        return None if self._site_name(owner) else owner

    def _goes_on_otherwise(self, i: int, last: int, end: int) -> bool:
        """Tell one word that only begins a longer name: "the Valley of the Gods", "the Rio Clara"."""
        low = self.doc.lower
        if last - i > 1:
            return False
        if low[i] in _HEADS and low[last : last + 1] == ("of",):
            return True
        return low[i] in _RIVERS and last < end and self.doc.words[last][0].isupper()

    def _begins_with_a_joint(self, i: int, last: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """Tell whether a known name only begins a longer one: "Alto del Perdón"."""
        if last + 1 >= end or i in self.owner or self.doc.lower[last] not in _PARTICLES:
            return False
        small = all(e.feature == "city" and e.population < _LARGE for e in entries)
        return small and self._joint(last, end) > 0

    def _owns_a_name(self, last: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """Tell a person who is called like a small town and gave a name to something: "Rust's Aviation"."""
        doc = self.doc
        if last + 1 >= end or doc.lower[last] not in ("’s", "'s") or not doc.words[last + 1][0].isupper():
            return False
        return all(e.feature == "city" for e in entries) and max(e.population for e in entries) < _TOWN

    def _goes_on(self, i: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """Tell the first word of a longer name, "Tres Montes", from a small town that is called so.

        What a head ends ("Green Lake"), what names people and what is known itself goes on in no such way.
        """
        doc, last = self.doc, i + 1
        people = max(e.population for e in entries)
        begins = people < _HUGE and (doc.lower[i] in _BEGINNINGS or doc.lower[i] in _HEADS)
        if begins and last < end and doc.lower[last] in _PARTICLES:
            last += 1  # "Baie de Tahauku"
        if last >= end or i in self.owner or last in self.owner or last in self.dates:
            return False
        word, low = doc.words[last], doc.lower[last]
        if not (word[0].isupper() and word[1:].islower()) or low in _NOT_NAMES or low in _HEADS:
            return False
        if begins:
            return True
        if people >= _LARGE or any(e.feature != "city" for e in entries):
            return False
        size, others = self.gaz.longest(doc.words[last : min(end, last + 4)], 0)
        return not size or (max(e.population for e in others) < _LARGE and others[0].feature == "city")

    def _is_a_word(self, i: int, last: int, begin: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """Tell a word of the language from a town that is called so: "the Mill", "Camp 1", "Castle, a bath".

        What the area around it marks as a town is one: "Castle, Oklahoma".
        """
        doc, low = self.doc, self.doc.lower[i]
        if last - i > 1 or any(e.feature not in ("city", "airport") for e in entries):
            return False
        people = max(e.population for e in entries)
        if people >= _LARGE or self.lowercase:
            return False
        with_article = (
            i > begin
            and doc.lower[i - 1] == "the"
            # "the Pirbright laboratory" is one at the place
            and (last >= end or not doc.words[last].islower() or doc.lower[last] in _NOT_NAMES)
        )
        wordy = low in _ORDINARY or (low in _HEADS and (people < _TOWN or not self._located(i, begin)))
        if not (wordy or with_article or (people < _TOWN and low in self._written_small)):
            return False
        return not self._has_container(last, end, entries)

    def _means_no_town(self, i: int, last: int, begin: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """Tell a small town from letters that are said one by one, and from somebody named in full elsewhere.

        "The ARCO board" in a text that is not in capitals; "Rubio spoke" where Marco Rubio is named.
        A word of place before it, or the area around it, makes it the town.
        """
        doc, word = self.doc, self.doc.words[i]
        if last - i > 1 or any(
            e.feature not in ("city", "airport") or e.population >= _LARGE for e in entries
        ):
            return False
        letters = word.isupper() and _ACRONYM[0] <= len(word) <= _ACRONYM[1] and begin < i
        if letters:
            around = [doc.words[j] for j in (i - 1, i + 1) if begin <= j < end and doc.words[j].isalpha()]
            letters = bool(around) and not any(w.isupper() and len(w) > 1 for w in around)
        if not letters and doc.lower[i] not in self.surnames:
            return False
        return not self._located(i, begin) and not self._has_container(last, end, entries)

    @cached_property
    def surnames(self) -> dict[str, Name]:
        """Return who is named in full in the text, by surname."""
        return {
            n.surname.lower(): n
            for n in self.names
            if n.kind == "person" and n.surname and n.last - n.first > 1
        }

    @cached_property
    def _written_small(self) -> frozenset[str]:
        """Return the words that the text writes without a capital."""
        return frozenset(w for w in self.doc.words if w[0].islower())

    def _site_end(self, last: int, end: int) -> int:
        """Return where a site's name ends that begins with a known name: "Ardennes American Cemetery"."""
        doc = self.doc
        top = last
        for i in range(last, min(end, last + 4)):
            word = doc.words[i]
            if doc.lower[i] in _HEADS and (word[0].isupper() or doc.lower[i] == "airport"):
                top = i + 1
            elif (
                not word[0].isupper()
                or doc.lower[i] in _NOT_NAMES
                or self.owner.get(i) is not self.owner.get(last - 1)
            ):
                break
        return top

    def _site_name(self, owner: Name) -> bool:
        """Tell whether an organisation's name is that of a place where one can be."""
        return owner.kind == "organisation" and self.doc.lower[owner.last - 1] in (
            "airport",
            "base",
            "hospital",
            "castle",
            "palace",
            "courthouse",
        )

    def _is_somebodys(self, i: int, last: int, begin: int) -> bool:
        """Tell whether a country's name stands before who holds an office there: "US Secretary Ana Ruiz"."""
        holder = self.owner.get(last)
        if holder is None or holder.kind != "person" or holder.first != last:
            return False
        if self.doc.lower[last].rstrip(".") not in word_lists().title_words:
            return False
        before = self.doc.lower[i - 1] if i > begin else ""
        return self.doc.words[i].replace(".", "").isupper() or before not in _STRONG

    def _plausible(
        self, i: int, last: int, entries: tuple[Entry, ...], begin: int, end: int, form: Form, shouting: bool
    ) -> bool:
        """Judge by size of the place, writing and neighbours whether a name is meant as a place."""
        doc = self.doc
        best = entries[0]
        if i - 2 >= begin and doc.lower[i - 1] == ":" and doc.lower[i - 2] in _BYLINES:
            return self._has_container(last, end, entries)  # "Source: Xinhua"
        if (
            best.feature
            in ("country", "region", "admin1", "continent", "island", "capital", "site", "airport")
            and not self.lowercase
        ):
            plain = (
                last - i == 1
                and doc.lower[i] in _NEED_A_CUE
                and best.feature in ("region", "site", "airport")
            )
            return len(doc.words[i]) > 1 and (not plain or self._located(i, begin))
        weight = max(e.population for e in entries)
        before = doc.lower[i - 1] if i > begin else ""
        located = self._located(i, begin)
        listed = (
            before in (",", "and", "&", "/", "|", "→", "-", "–", "—", "•", "*", ":", ";", "#", ">", "(")
            or before.isdigit()
        )
        contained = self._has_container(last, end, entries)
        if self.lowercase:
            return self._plausible_without_capitals(i, before, weight, located)
        common = last - i == 1 and doc.lower[i] in _COMMON
        if last - i == 1 and weight < _NAMESAKE and not contained and self._is_given_name(i, begin, form):
            return False
        # "Teresa enjoyed it": a given name is a small town only behind a word of place.
        common |= last - i == 1 and weight < _LARGE and doc.lower[i] in word_lists().given
        if contained or (last - i > 1 and before == "(" and doc.words[last : last + 1] == (")",)):
            return True  # "their farm (Sioux Center)"
        opens = (
            form is Form.ITEM
            and i - begin < 20
            and all(not w[0].isalpha() or j in self.dates for j, w in enumerate(doc.words[begin:i], begin))
        )
        ends = last >= end or not doc.words[last][0].isalnum()
        if common and weight >= _LARGE and doc.lower[i] in _LARGE_CITIES and i > begin and not shouting:
            return before in _LOCATIVE or listed or before == "of" or i - 1 in self.dates
        if common:
            return (located and not shouting) or (opens and ends and weight >= 5000)
        if shouting or form is Form.HEADING:
            return (
                weight >= 50000
                or located
                or (i == begin and weight >= 1000)
                or (listed and weight >= 5000)
                or self._after_day(i, begin)
            )
        if weight >= 100000:
            return True
        verb = load_vocabulary().verbs.get(before)
        visited = verb is not None and verb.group in ("visit", "arrive", "go", "depart", "return", "pass")
        if weight >= 15000:
            plain = (
                before.isalpha()
                and doc.words[i - 1].islower()
                and (last >= end or not doc.words[last][0].isupper())
            )
            return located or listed or i == begin or last - i > 1 or form is Form.ITEM or visited or plain
        if not weight and form is not Form.ITEM:
            return located or visited
        return (
            located
            or visited
            or (opens and ends)
            or (listed and form is Form.ITEM)
            or (i == begin and form is Form.ITEM)
            or (listed and self._in_place_list(i))
            or (before.isalpha() and self._before_place(last, end))
        )

    def _plausible_without_capitals(self, i: int, before: str, people: int, located: bool) -> bool:
        """Judge a name in a text that is typed without capitals."""
        doc, low = self.doc, self.doc.lower[i]
        if not low.isascii() and people >= _SOME:
            return True  # only a foreign name has accents there: "mérida by noon"
        if low in _COMMON:
            return low in _LARGE_CITIES and doc.lower[max(0, i - 2) : i] == ("back", "in")
        near = located or before in ("landed", "so", "its", "then", "reached", "heading")
        return people >= (_TOWN if near else _LARGE)

    def _is_given_name(self, i: int, begin: int, form: Form) -> bool:
        """Tell whether a town is namesake to people, and nothing beside its name speaks of a place."""
        if form is Form.ITEM or self.doc.lower[i] not in word_lists().given:
            return False
        verb = load_vocabulary().verbs.get(self.doc.lower[i - 1]) if i > begin else None
        return not (verb or self._located(i, begin) or self._in_place_list(i))

    def _located(self, i: int, begin: int) -> bool:
        """Tell whether the words just before speak of a place: "in", "to the", "the village of"."""
        low = self.doc.lower
        before = low[i - 1] if i > begin else ""
        if before == "the" and i - 1 > begin:
            before = low[i - 2]
        return before in _STRONG or before == "#" or self._sorted(i, begin)

    def _sorted(self, i: int, begin: int) -> bool:
        """Tell whether a noun says of what sort the place is: "the village of", "by the name of"."""
        low = self.doc.lower
        return i - 2 >= begin and low[i - 1] == "of" and (low[i - 2] in _SORTS or low[i - 2] == "name")

    def _before_place(self, last: int, end: int) -> bool:
        """Tell whether "and" and a large known place follow: "Banff and Calgary"."""
        doc = self.doc
        if (
            last + 1 >= end
            or doc.lower[last] not in ("and", "&", "/")
            or not doc.words[last + 1][0].isupper()
        ):
            return False
        size, entries = self.gaz.longest(doc.words[last + 1 : min(end, last + 6)], 0)
        return bool(size) and (entries[0].population >= _TOWN or entries[0].feature in ("site", "region"))

    def _in_place_list(self, i: int) -> bool:
        """Tell whether the toponym found just before stands in one list with token `i`.

        Days may stand between: "Bergen on 8 May, and Narvik".
        """
        if not self.found:
            return False
        owner = self.found[-1].part_of
        if owner is not None and owner.kind == "person":
            return False
        last = self.found[-1].last
        dated = [j for j in range(last, min(i, last + 12)) if j in self.dates]
        if dated and self.doc.lower[last] in ("on", "from", ",", "("):
            last = dated[-1] + 1
        gap = self.doc.lower[last:i]
        return len(gap) <= 3 and all(
            w in (",", "and", "&", "then", "to", "–", "-", "—", "or", ")") for w in gap
        )

    def _has_container(self, last: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """Tell whether the next words name the area around the place: "Roseau, MN"."""
        doc = self.doc
        codes = {e.admin1 for e in entries}
        if last < end and doc.words[last].isupper() and codes & self._divisions_short(last):
            return True  # "Ketchikan AK"
        if last + 1 >= end or doc.words[last] not in (",", "("):
            return False
        size, around = self.gaz.longest(doc.words[last + 1 : min(end, last + 6)], 0)
        if size and any(
            self.gaz.contains(a.place, e) for a in around[:3] for e in entries if a.feature != "city"
        ):
            return True
        return bool(codes & self._divisions_short(last + 1))

    def _divisions_short(self, i: int) -> set[str]:
        """Return the codes of the divisions whose abbreviation token `i` may be: "MN", "Minn.", "B.C."."""
        word = self.doc.words[i]
        if not (word.isupper() or word.endswith(".")) or len(word) > 6:
            return set()
        codes = {self.gaz.admin1_by_abbreviation(c, word) for c in _ABBREVIATING}
        return {c for c in codes if c}

    def _abbreviation(self, end: int) -> int:
        """Take the abbreviated division behind the name found last, such as the MN of "Roseau, MN".

        Returns how many tokens were used. A known name that has no namesake in that division is none of them:
        it loses its entries.
        """
        doc, t = self.doc, self.found[-1]
        i = t.last + 1
        if i >= end or doc.words[t.last] not in (",", "(") or t.part_of is not None:
            return 0
        codes = self._divisions_short(i)
        inside = codes & {e.admin1 for e in t.entries}
        if not inside:
            # "OK" is a word as well: behind a name that lies elsewhere only capitals before a pause count.
            plain = not (doc.words[i].isupper() and (i + 1 >= end or not doc.words[i + 1][0].isalnum()))
            if plain or t.form == "people":
                return 0
            if self._country_code(i):
                return i + 1 - t.last
            if len(codes) != 1:
                return 0
            if any(e.feature in ("country", "admin1", "continent") for e in t.entries[:1]):
                return 0
            self.found[-1] = replace(t, entries=(), form="unknown")
        entry = self.gaz.division(min(inside or codes))
        if entry is None:
            return 0
        self.found.append(Toponym(i, i + 1, doc.words[i], (entry,)))
        return i + 1 - t.last

    def _country_code(self, i: int) -> bool:
        """Take the code of the country that the name found last lies in: the NL of "Eindhoven, NL"."""
        t, word = self.found[-1], self.doc.words[i]
        if len(word) != 2:
            return False
        for area in areas_written_short(self.gaz, word):
            inside = [e for e in t.entries if area.feature == "country" and self.gaz.contains(area.place, e)]
            if any(e.population >= _TOWN for e in inside if e.feature in ("city", "capital")):
                self.found.append(Toponym(i, i + 1, word, (area,)))
                return True
        return False

    # -- other forms -----------------------------------------------------------------------

    def _description(self, i: int, end: int) -> int:
        """Take "the Indian capital", "Kazakhstan's capital", "the capital of Kazakhstan"."""
        doc = self.doc
        if doc.lower[i] not in _CAPITALS or doc.lower[i + 1 : i + 2] == ("city",):
            return 0
        last = i + 1
        code, first = self._country_before(i)
        if code is None:
            code, last = self._country_behind(i, end)
        if code is None:
            code, first = self._country_in_mind(i), i - 1
            if self._names_its_city(i, end):
                return 0
        if code is None or self._names_its_city(i, end, code):
            return 0
        entry = self.gaz.capital(code)
        if entry is None:
            return 0
        if self.found and self.found[-1].form == "people" and self.found[-1].first >= first:
            self.found.pop()
        if self.found:
            first = max(first, self.found[-1].last)
        if first >= last:
            return 0
        self.found.append(Toponym(first, last, doc.quote(first, last), (entry,), form="description"))
        return last - i

    def _country_before(self, i: int) -> tuple[str | None, int]:
        """Find the country named before "capital": its code, and where the description begins."""
        doc, back = self.doc, i - 1
        while back >= 0 and doc.lower[back] in ("national", "state", "then", "new", "old"):
            back -= 1
        if back >= 0 and doc.words[back][0].isupper():
            first = back - 1 if back and doc.lower[back - 1] == "the" else back
            return self.gaz.adjective(doc.words[back]), first
        if back >= 1 and doc.lower[back] in ("’s", "'s") and self.found and self.found[-1].last == back:
            return self._country_of(self.found[-1]), i
        return None, i

    def _country_behind(self, i: int, end: int) -> tuple[str | None, int]:
        """Find the country of "capital of Kazakhstan": its code, and where the description ends."""
        doc = self.doc
        if doc.lower[i + 1 : i + 2] == ("of",):
            start = i + 3 if doc.lower[i + 2 : i + 3] == ("the",) else i + 2
            size, entries = self.gaz.longest(doc.words[start : min(end, start + 6)], 0)
            if size and entries[0].feature == "country":
                return entries[0].place.country, start + size
        return None, i + 1

    def _country_in_mind(self, i: int) -> str | None:
        """Find the country that "the capital" means by itself: the one named last."""
        doc = self.doc
        if not i or doc.lower[i - 1] != "the" or doc.lower[i + 1 : i + 2] == ("of",):
            return None
        return next(
            (
                code
                for t in islice(reversed(self.found), _MANY)
                if (code := self._country_of(t)) and t.entries[0].feature == "country"
            ),
            None,
        )

    def _names_its_city(self, i: int, end: int, code: str | None = None) -> bool:
        """Tell whether the city follows: "the Kazakh capital of Astana", "the Kazakh capital, Astana"."""
        doc = self.doc
        if doc.lower[i + 1 : i + 2] not in (("of",), (",",), ("city",)):
            return False
        size, entries = self.gaz.longest(doc.words[i + 2 : min(end, i + 8)], 0)
        return bool(size) and any(e.feature == "capital" and code in (None, e.place.country) for e in entries)

    def _country_of(self, toponym: Toponym) -> str | None:
        return toponym.entries[0].place.country if toponym.entries else None

    def _word_in_area(self, i: int, begin: int, end: int) -> int:
        """Take a town that is called by a word if the area around it follows: "Normal, Illinois"."""
        doc = self.doc
        if i in self.owner or i + 1 >= end or doc.words[i + 1] not in (",", "("):
            return 0
        if i > begin and doc.words[i - 1][0].isupper() and doc.words[i - 1][0].isalpha():
            return 0  # "Ms Hammond, Indiana"
        entries = self.gaz.called_by_a_word(doc.words[i])
        if not entries or not self._has_container(i + 1, end, entries):
            return 0
        self.found.append(Toponym(i, i + 1, doc.words[i], entries))
        return 1

    def _people(self, i: int) -> int:
        """Take an adjective of a country: "Uzbek officials"."""
        code = self.gaz.adjective(self.doc.words[i])
        if code is None:
            return 0
        if "capital" in self.doc.lower[i + 1 : i + 3]:
            return 1
        country = self.gaz.country(code)
        entries = tuple(
            e for e in self.gaz.candidates(country.name) if e.feature == "country" and e.place.country == code
        )[:1]
        if entries and self.owner.get(i) is None:
            self.found.append(Toponym(i, i + 1, self.doc.words[i], entries, form="people"))
            return 1
        return 0

    def _hyphenated(self, i: int) -> int:
        """Take the known parts of "Paris-London" only if all parts are known."""
        if "-" not in self.doc.words[i]:
            return 0
        parts = re.split(r"[-‐‑]", self.doc.words[i])
        if (code := parts[0]).isupper() and len(code) <= _LONGEST_CODE:
            return self._behind_code(i, code)
        known = [self.gaz.candidates(p) for p in parts]
        if (
            len(parts) == 2
            and all(p[:1].isupper() for p in parts)
            and all(k and (k[0].population > 100000) for k in known)
        ):
            self.found.append(Toponym(i, i + 1, self.doc.words[i], known[1]))
            return 1
        return 0

    def _behind_code(self, i: int, code: str) -> int:
        """Take a town behind the code of its country, as on a letter: "CH-Basel", "D-Nürnberg"."""
        doc = self.doc
        country = _ON_LETTERS.get(code, code)
        rest = doc.words[i][len(code) + 1 :]
        if country not in self.gaz.countries() or not rest[:1].isupper():
            return 0
        size, entries = self.gaz.longest((rest, *doc.words[i + 1 : i + 4]), 0)
        inside = tuple(e for e in entries if e.place.country == country and e.feature in ("city", "capital"))
        if not inside:
            return 0
        name = doc.quote(i, i + size)[len(code) + 1 :]
        self.found.append(Toponym(i, i + size, name, inside))
        return size

    def _unknown(self, i: int, begin: int, end: int, form: Form, shouting: bool) -> int:
        """Take a capitalised name that nothing knows, where the words around it speak of a place."""
        doc = self.doc
        dated = self._after_day(i, begin) or (shouting and self._goes_on_from_day(i, begin))
        if self.lowercase or i in self.owner:
            return 0
        last = self._run_of_capitals(i, end)
        dated |= i == begin and doc.lower[last : last + 1] == ("to",) and doc.lower[last - 1] in _HEADS
        if (shouting and not dated) or last == i:
            return 0
        if self._is_no_name(i, last) or self._is_somebody_or_something(i, last, begin, end):
            return 0
        if not self._speaks_of_a_place(i, last, begin, end, form, headed=dated and shouting):
            return 0
        name = doc.quote(i, last)
        # A name may be known and yet too small or too ordinary to be taken without such words.
        words = [e for e in self.gaz.called_by_a_word(name) if e.place.name.lower() == name.lower()]
        entries = self.gaz.candidates(name) or tuple(words)
        self.found.append(Toponym(i, last, name, entries, form="name" if entries else "unknown"))
        return last - i

    def _is_no_name(self, i: int, last: int) -> bool:
        """Tell words that by themselves name no place: an acronym, initials, a plain word, a people."""
        words, low = self.doc.words[i:last], self.doc.lower[i:last]
        if not any(len(w) > 2 for w in words):
            return True  # "To H. L. K."
        if len(words) > 1:
            # "The Clean Rivers Act"; "the Town of Forres" is called Forres.
            return low[-1] in _NO_PLACE_ENDS or (low[0] in _SORTS_OF_TOWN and low[1] == "of")
        return (
            (words[0].isupper() and len(words[0]) < 6)
            or low[0] in _NEVER_PLACES
            or low[0] in self._written_small
            # "To the Lydians", "3 Registration. Lunch."
            or low[0].endswith(_PEOPLES if self.doc.lower[i - 1] == "the" else _DOINGS)
            or (low[0] in _SORTS_OF_TOWN and self.doc.lower[last : last + 1] == ("of",))
        )

    def _is_somebody_or_something(self, i: int, last: int, begin: int, end: int) -> bool:
        """Tell from the words around a name that it is a person's, a body's or a broken-off word."""
        doc, low = self.doc, self.doc.lower
        before = low[i - 1] if i > begin else ""
        behind = low[last] if last < len(low) else ""
        single = last - i == 1
        if before == "to" and (
            low[i] in _PLACE_WORDS["never_places"] or (i - 2 >= begin and low[i - 2] in _GIVEN_TO)
        ):
            return True  # "to Drink Tea", "a letter to Grell"
        if before == "for" and i - 2 > begin and self._names_a_body(i - 2):
            return True  # "the Society for Fair Play"
        if last < end and behind == "-" and doc.starts[last] == doc.ends[last - 1]:
            return True  # "to Los Ang- to Los Angeles"
        if not single:
            return False
        if behind in ("’s", "'s") or (low[i].endswith("ly") and behind == ","):
            return True  # "from Mauro's hut": who owns is a person; "* Finally, he left"
        return low[i] in word_lists().given and not self._in_area(last, end)  # "we arrived at Jenny’s"

    def _speaks_of_a_place(
        self, i: int, last: int, begin: int, end: int, form: Form, *, headed: bool
    ) -> bool:
        """Tell whether the words around an unknown name, or its own words, speak of a place."""
        doc = self.doc
        before = doc.lower[i - 1] if i > begin else ""
        direct = before
        if before == "the" and i - 1 > begin:
            before = doc.lower[i - 2]
        named_as_place = doc.lower[last - 1] in _SITE_HEADS or doc.lower[i] in _PREFIXES
        named_as_place |= any(doc.lower[j] in _HEADS and doc.lower[j + 1] == "of" for j in range(i, last - 1))
        named_as_place |= last - i > 1 and (doc.lower[last - 1] in _HEADS or doc.lower[i] in _BEGINNINGS)
        named_as_place |= last < end and doc.lower[last] in _SORTS  # "the Charakusa valley"
        opens = (
            form is Form.ITEM
            and begin < i < begin + 20
            and all(not w[0].isalpha() or j in self.dates for j, w in enumerate(doc.words[begin:i], begin))
            and len(doc.words[i]) > 3
        )
        # "[Hatch, 3 May]" is who writes.
        wordy = last - i == 1 and bool(self.gaz.called_by_a_word(doc.words[i]))
        opens = opens and not (wordy and doc.words[i - 1] == "[")
        return (
            before in _UNKNOWN_AFTER
            or headed
            or (
                named_as_place
                and (before in _LOCATIVE or not _NAMED_AFTER.isdisjoint((before, direct)) or opens)
            )
            or (before in (",", "and", "&", "/", "or") and self._in_place_list(i))
            or self._sorted(i, begin)
            or (i == begin and last + 1 in self.dates and doc.words[last] == "," and not wordy)
            or (direct in _BEFORE_AREA and self._in_area(last, end))
            or (
                opens
                and doc.lower[last : last + 1] in ((",",), (".",), ("–",), ("—",), (":",), ("(",), ("again",))
            )
        )

    def _names_a_body(self, i: int) -> bool:
        """Tell a capitalised noun, neither a place nor a person, that "for" joins to what it works for."""
        word = self.doc.words[i]
        place = bool(self.found) and self.found[-1].last > i
        return word.istitle() and not place and i not in self.owner and self.doc.lower[i] not in _NOT_NAMES

    def _after_day(self, i: int, begin: int) -> bool:
        """Tell whether a date or a day's number stands before: "Day 11: National Museum"."""
        words = self.doc.words
        led = i - 1 if words[i - 1] in (":", "-", "–", "—") else i
        if led < i and led - 1 > begin and led - 1 in self.dates:
            return True
        return (
            begin < i < begin + 8
            and (led < i or i - 1 in self.dates)
            and all(not w[0].isalpha() or j in self.dates for j, w in enumerate(words[begin:i], begin))
        )

    def _goes_on_from_day(self, i: int, begin: int) -> bool:
        """Tell whether a place that a day leads is straight before: "Day 3: Ulm to Bad Neu"."""
        found = self.found[-1] if self.found else None
        return found is not None and self._after_day(found.first, begin) and self._in_place_list(i)

    def _in_area(self, last: int, end: int) -> bool:
        """Tell whether an area follows that the place lies in: "Rogart in Scotland", "Haradhere, Somalia"."""
        doc = self.doc
        start = last + 1
        if start >= end or doc.lower[last] not in (",", "(", "in"):
            return False
        if doc.lower[start] == "the" and doc.lower[last] == "in":
            start += 1
        if start >= end or not doc.words[start][0].isupper():
            return False
        if doc.lower[last] != "in" and self._divisions_short(start):
            return True
        size, entries = self.gaz.longest(doc.words[start : min(end, start + 5)], 0)
        return bool(size) and entries[0].feature in ("country", "admin1", "region", "island")

    def _run_of_capitals(self, i: int, end: int) -> int:
        """Return where a run of capitalised words ends: "Colonia del Sacramiento"."""
        doc, last = self.doc, i
        while last < end and last - i < _LONGEST_RUN and last not in self.owner:
            low = doc.lower[last]
            if not _WORDY.match(doc.words[last]) and low not in ("’s", "'s"):
                break
            if doc.words[last][0].isupper() and (low not in _NOT_NAMES or (last == i and low in _PREFIXES)):
                last += 1
            elif last > i and (size := self._joint(last, end)):
                last += size
                if (person := self.owner.get(last - 1)) is not None:
                    last = person.last  # "Sierra del Pablo Gordo"
            else:
                break
        return min(last, end)

    def _joint(self, last: int, end: int) -> int:
        """Return how many tokens go on a name behind its first words: "de las Vivoras", "of the Gods"."""
        low, words = self.doc.lower, self.doc.words
        size = 0
        if low[last] in ("’s", "'s"):  # "Hall's Gulch"
            return 2 if last + 1 < end and words[last + 1][0].isupper() and low[last + 1] in _HEADS else 0
        if low[last] in _PARTICLES:
            size = 2 if last + 1 < end and low[last + 1] in _PARTICLES else 1
        elif low[last] == "of" and low[last - 1] in _HEADS:
            size = 2 if last + 1 < end and low[last + 1] == "the" else 1
        elif low[last] in ("&", "and") and last > 2 and low[last - 2] == "of" and low[last - 3] in _OF_TWO:
            size = 1
        top = last + size
        if not size or top >= end or not words[top][0].isupper() or low[top] in _NOT_NAMES:
            return 0
        return size + 1

    # -- afterwards ---------------------------------------------------------------------------

    def _read_short_forms(self) -> None:
        """Let the first word of a town's long name mean that town: "Dar" behind "Dar es Salaam".

        A place that is itself as large, such as Boulder beside Boulder City, stays what it is.
        Behind a name that nothing knows only another name gives way: "Colonia" is Cologne, but
        not behind "Colonia del Sol".
        """
        long: dict[str, Toponym] = {}
        for k, t in enumerate(self.found):
            if t.part_of is None and t.form in ("name", "unknown"):
                words = fold(t.name).split()
                if len(words) == 1 and words[0] in long:
                    self.found[k] = self._lengthened(t, long[words[0]])
                elif len(words) > 1 and (not t.entries or t.entries[0].feature in ("city", "capital")):
                    long[words[0]] = t

    def _lengthened(self, t: Toponym, whole: Toponym) -> Toponym:
        """Return a name as the short form of a longer one if it can hardly mean anything else."""
        joined = self.doc.words[whole.first + 1] in _PARTICLES
        if not whole.entries:
            other = joined and bool(t.entries) and not t.entries[0].primary
            return replace(t, name=whole.name, entries=(), form="unknown") if other else t
        people = max((e.population for e in t.entries if e.primary or not joined), default=0)
        larger = (1.0 if joined else _SHORTER) * people < whole.entries[0].population
        if larger and all(e.feature == "city" for e in t.entries):
            return replace(t, entries=whole.entries, form="name")
        return t

    def link_areas(self) -> None:
        """Link "Astana, Kazakhstan", "Roseau, MN", "Tuscany's Siena" and the like."""
        doc, found = self.doc, self.found
        for k, (a, b) in enumerate(pairwise(found)):
            if (
                a.form == "people"
                or a.part_of
                or b.part_of
                or not b.entries
                or b.entries[0].feature == "city"
            ):
                continue
            gap = doc.lower[a.last : b.first]
            if gap not in (
                (",",),
                ("(",),
                (",", "in"),
                ("in",),
                (",", "the"),
                ("in", "the"),
                ("of",),
                (",", "in", "the"),
                (",", "on", "the"),
                ("on", "the", "island", "of"),
                ("in", "northern"),
                ("in", "southern"),
                ("in", "eastern"),
                ("in", "western"),
                ("in", "central"),
                (",", "#"),
                ("#",),
            ):
                continue
            if b.form == "people":
                continue
            inside = self._inside(a.entries, b)
            if not inside and a.entries and a.form == "name":
                # A namesake too small to be offered by itself: "Bedford, Iowa".
                inside = self._inside(self.gaz.candidates(a.name, limit=None), b)
                a = replace(a, entries=(*inside, *a.entries))  # noqa: PLW2901
            if not inside and self._in_country(a, b):
                a = replace(a, entries=(), form="unknown")  # noqa: PLW2901
            if not inside and a.entries and a.form != "site":
                continue
            if not a.entries and gap not in ((",",), ("(",), (",", "#"), ("#",), ("in",), ("in", "the")):
                continue
            found[k] = replace(a, container=k + 1)
            found[k + 1] = replace(found[k + 1], contains=k)

    def _in_country(self, a: Toponym, b: Toponym) -> bool:
        """Tell a town that no list has from its namesakes: "12 May – Georgetown, Bahamas" ends its line."""
        doc = self.doc
        s = doc.sentences[doc.sentence_at(a.first)]
        ahead = doc.words[a.first - 1]
        return (
            s.form is not Form.PROSE
            and b.last == s.last
            and b.entries[0].feature == "country"
            and bool(a.entries)
            and a.entries[0].feature in ("city", "capital")
            and a.form == "name"
            and doc.words[a.last] == ","
            and (a.first == s.first or a.first - 1 in self.dates or ahead in (":", "-", "–", "—"))
        )

    def _inside(self, entries: Sequence[Entry], area: Toponym) -> list[Entry]:
        """Return the candidates that lie in an area.

        Two countries in a row are two countries, "China, Japan", unless the first is a division
        of the second as well: "Georgia, USA".
        """
        row = bool(entries) and entries[0].feature == area.entries[0].feature == "country"
        return [
            e
            for e in entries
            if (e.feature == "admin1" if row else e.feature not in ("country", "continent"))
            and any(self.gaz.contains(o.place, e) for o in area.entries if o.feature != "city")
        ]

    def _is_lowercase(self) -> bool:
        """Tell a text typed without capitals."""
        letters = [c for c in [w[0] for w in self.doc.words] if c.isalpha()]
        return len(letters) > 20 and sum(map(str.isupper, letters)) < 0.04 * len(letters)

    def _is_shouting(self, first: int, last: int) -> bool:
        """Tell a line in capitals, or a headline in title case, from prose; days are written so in both."""
        words = [w for n, w in enumerate(self.doc.words[first:last], first) if n not in self.dates]
        letters = [w[0] for w in words if len(w) > 3 and w[0].isalpha()]
        return len(letters) >= 3 and sum(map(str.isupper, letters)) >= 0.85 * len(letters)
