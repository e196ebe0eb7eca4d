"""Find the people and organisations that a text names.

Names hide places ("Jordan Lee", "Bank of England") and so must be known before places are looked for.
A name taken wrongly hides a stop, so a place gives way only to clear signs: a title, a given name, a head
or a tail.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import compress
from pathlib import Path

from itinerary.sentences import Document

__all__ = ["Name", "Words", "find_names", "word_lists"]

_FILE = Path(__file__).parent / "data" / "people.toml"
_OPENING, _CLOSING = frozenset('“"«‘'), frozenset('”"»’')
_SAINTLY = frozenset(
    {
        "st",
        "st.",
        "saint",
        "san",
        "santa",
        "são",
        "sao",
        "port",
        "fort",
        "ft.",
        "mount",
        "mt.",
        "lake",
        "cape",
    }
)
_OCCUPATIONS = ("or", "er", "ist", "ian", "man", "woman", "naut")
_NO_OCCUPATIONS = frozenset(
    "either neither whether rather another together however whenever wherever further former latter later "
    "earlier number member summer winter dinner corner border center harbor harbour matter remember "
    "consider russian italian".split()
)
_ADDRESSES = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_LONGEST_NAME = 5
_LONGEST_TITLE = 10


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organisation, event or work that the text names.

    Parameters
    ----------
    first, last : int
        Half-open range of token indices.
    kind : str
        ``person``, ``organisation`` (also ships and bands), ``event`` or ``title`` (of a work).
    text : str
        The words of the text.
    surname : str
        What the person is called later; empty for all else.
    """

    first: int
    last: int
    kind: str
    text: str
    surname: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists, in the form in which they are looked up."""

    titles: dict[str, tuple[tuple[str, ...], ...]]
    title_words: frozenset[str]
    courtesies: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    holders: frozenset[str]
    given: frozenset[str]
    tails: frozenset[str]
    heads: frozenset[str]
    fronts: frozenset[str]
    whole: dict[str, tuple[tuple[str, ...], ...]]
    houses: dict[str, tuple[tuple[str, ...], ...]]
    ships: frozenset[str]
    event_tails: frozenset[str]
    event_heads: frozenset[str]
    common: frozenset[str]
    terrain: frozenset[str]
    locative: frozenset[str]
    people: frozenset[str]
    verbs: frozenset[str]
    moves: frozenset[str]
    stays: frozenset[str]
    nouns: frozenset[str]
    tellers: frozenset[str]
    roles: dict[str, tuple[tuple[str, ...], ...]]
    groups: frozenset[str]
    players: frozenset[str]
    crowds: frozenset[str]
    vehicles: frozenset[str]
    hosting: frozenset[str]


def _entries(text: str) -> list[str]:
    """Split a list at bars and line ends."""
    return [e.strip() for line in text.splitlines() for e in line.split("|") if e.strip()]


def _phrases(text: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Order phrases by their first word, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for entry in _entries(text):
        words = tuple(entry.split())
        table.setdefault(words[0], []).append(words)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in table.items()}


def _inflected(verbs: Iterable[str]) -> frozenset[str]:
    """Add the other forms of regular verbs; a form that no one uses does no harm."""
    forms = set()
    for verb in verbs:
        stem = verb.removesuffix("e")
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
        forms |= {verb, third, stem + "ed", stem + "ing", stem + verb[-1] + "ed", stem + verb[-1] + "ing"}
        if verb.endswith("y") and verb[-2] not in "aeiou":
            forms |= {verb[:-1] + "ies", verb[:-1] + "ied"}
    return frozenset(forms)


@cache
def word_lists() -> Words:
    """Read the word lists, once."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    persons, organisations, events, words, who = (
        raw[k] for k in ("persons", "organisations", "events", "words", "traveller")
    )

    def entries(text: str) -> frozenset[str]:
        return frozenset(_entries(text))

    titles = _phrases(persons["titles"])
    return Words(
        titles=titles,
        title_words=frozenset(w for group in titles.values() for t in group for w in t),
        courtesies=entries(persons["courtesies"]),
        particles=entries(persons["particles"]),
        suffixes=entries(persons["suffixes"]),
        holders=entries(persons["holders"]),
        given=frozenset(persons["given"].split()),
        tails=entries(organisations["tails"]),
        heads=entries(organisations["heads"]),
        fronts=entries(organisations["clubs"]) | entries(organisations["carriers"]),
        whole=_phrases(organisations["whole"]),
        houses=_phrases(organisations["houses"]),
        ships=entries(organisations["ships"]),
        event_tails=entries(events["tails"]),
        event_heads=entries(events["heads"]),
        common=frozenset(words["common"].split()),
        terrain=frozenset(words["terrain"].split()),
        locative=frozenset(words["locative"].split()),
        people=frozenset(words["people"].split()),
        verbs=_inflected(_entries(who["moves"]) + _entries(who["acts"]) + _entries(who["stays"]))
        | entries(who["moved"])
        | entries(who["acted"]),
        moves=_inflected(_entries(who["moves"])) | entries(who["moved"]),
        stays=_inflected(_entries(who["stays"])),
        nouns=entries(who["nouns"]),
        tellers=entries(who["tellers"]),
        roles=_phrases(who["roles"]),
        groups=entries(who["groups"]),
        players=entries(who["players"]),
        crowds=entries(who["crowds"]),
        vehicles=entries(who["vehicles"]),
        hosting=_inflected(_entries(who["hosting"])),
    )


@dataclass(slots=True)
class _Finder:
    """One pass over a document. Only lives while `find_names` runs."""

    doc: Document
    is_place: Callable[[str], bool]
    words: Words
    capital: list[bool]
    breaks: frozenset[int]
    shouted: frozenset[int]
    known: dict[str, bool] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)
    tailed: frozenset[int] = frozenset()

    def place(self, first: int, last: int) -> bool:
        """Tell whether tokens are the name of a place; each phrase is looked up once."""
        phrase = self.doc.quote(first, last)
        held = self.known.get(phrase)
        if held is None:
            held = self.known[phrase] = bool(self.is_place(phrase))
        return held

    def place_length(self, i: int) -> int:
        """Return how many tokens from `i` on make the longest place name, 0 if none."""
        held = self.lengths.get(i)
        if held is None:
            held = self.lengths[i] = self._measure(i)
        return held

    def _measure(self, i: int) -> int:
        if not (i < len(self.capital) and self.capital[i]):
            return 0
        last, top = i + 1, min(len(self.capital), i + 4)
        while (
            last < top
            and last not in self.breaks
            and self.doc.words[last][0].isalpha()
        ):
            last += 1
        for end in range(last, i, -1):
            if self.capital[end - 1] and self.place(i, end):
                return end - i
        return 0

    def follows(self, i: int) -> bool:
        """Tell whether token `i` stands in the same sentence as the one before it."""
        return 0 < i < len(self.doc.words) and i not in self.breaks

    def name(self, first: int, last: int, kind: str, surname: str = "") -> Name:
        return Name(first, last, kind, self.doc.quote(first, last), surname)


def find_names(doc: Document, is_place: Callable[[str], bool]) -> tuple[Name, ...]:
    """Find the people, organisations, events and works that a text names.

    Runs in time linear in the number of words.

    Parameters
    ----------
    doc : Document
    is_place : callable
        Tells whether a word or phrase is the name of a known place.

    Returns
    -------
    tuple of Name
        In text order; none overlap.

    Examples
    --------
    >>> from itinerary.sentences import parse
    >>> doc = parse("Ms. Jordan Lee flew to Jordan.")
    >>> [n.text for n in find_names(doc, {"Jordan"}.__contains__)]
    ['Ms. Jordan Lee']
    """
    breaks = frozenset(s.first for s in doc.sentences)
    shouted = frozenset(
        i
        for s in doc.sentences
        if s.last - s.first > 2 and doc.text[s.span.start : s.span.end].isupper()
        for i in range(s.first, s.last)
    )
    finder = _Finder(doc, is_place, word_lists(), [w[0].isupper() for w in doc.words], breaks, shouted)
    tails = finder.words.tails | finder.words.event_tails
    finder.tailed = frozenset(i for i, w in enumerate(doc.lower) if w in tails and finder.capital[i])
    found: list[Name] = []
    done = 0
    for i in compress(range(len(doc.words)), map(_may_begin, doc.words)):
        name = _name_at(finder, i) if i >= done else None
        if name is not None:
            found.append(name)
            done = name.last
    taken = {i for name in found for i in range(name.first, name.last)}
    found += _later_surnames(finder, found, taken)
    return tuple(sorted(found, key=lambda name: name.first))


@lru_cache(maxsize=16_384)
def _may_begin(word: str) -> bool:
    """Tell whether a name may begin with a word: most words without a capital begin none."""
    lists, low = word_lists(), word.lower()
    if word[0].isupper() or word in _OPENING or word in "#@":
        return True
    return low.rstrip(".") in lists.titles or low in lists.ships


def _name_at(f: _Finder, i: int) -> Name | None:
    """Return the name that begins with token `i`, if any."""
    word = f.doc.words[i]
    if word in _OPENING:
        return _quoted_title(f, i)
    if word in "#@":
        return _handle(f, i)
    return _organisation(f, i) or _titled(f, i) or _given(f, i) or _plain(f, i)


def _handle(f: _Finder, i: int) -> Name | None:
    """Read "#SecClinton" and "@JohnKerry": a title or a given name, and a surname, without a gap."""
    j = i + 1
    if j >= len(f.doc.words) or f.doc.starts[j] != f.doc.ends[i]:
        return None
    word = f.doc.words[j]
    humps = [k for k in range(1, len(word)) if word[k].isupper() and word[k - 1].islower()]
    if not humps:
        return None
    front, back = word[: humps[0]].lower(), word[humps[-1] :]
    if (front in f.words.titles or front in f.words.given) and len(back) > 2:
        return Name(j, j + 1, "person", word, back)
    return None


def _quoted_title(f: _Finder, i: int) -> Name | None:
    """Read the title of a work: three to ten capitalised words in quotation marks, no sentence."""
    words, n = f.doc.words, len(f.doc.words)
    last = min(n, i + _LONGEST_TITLE + 2)
    end = next((j for j in range(i + 1, last) if words[j] in _CLOSING), 0)
    inner = [j for j in range(i + 1, end) if words[j][0].isalpha()]
    if len(inner) < 3 or (words[end - 1] in {".", "!", "?", ","} and words[end - 1] != "?"):
        return None
    if sum(f.capital[j] or len(words[j]) < 4 for j in inner) < len(inner) or not f.capital[inner[0]]:
        return None
    if any(w in ",;|/" for w in words[i + 1 : end]):
        return None
    return f.name(i + 1, end, "title")


def _phrase_at(f: _Finder, i: int, table: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    """Return how many tokens from `i` on are a phrase of the table, 0 if none."""
    lower = f.doc.lower
    for phrase in table.get(lower[i].rstrip("."), ()):
        last = i + len(phrase)
        if last > len(lower) or any(j in f.breaks for j in range(i + 1, last)):
            continue
        if all(lower[i + k].rstrip(".") == w.rstrip(".") for k, w in enumerate(phrase)):
            return len(phrase)
    return 0


def _organisation(f: _Finder, i: int) -> Name | None:
    """Read an organisation, ship or event that begins with token `i`."""
    lower, n = f.doc.lower, len(f.doc.words)
    length = _phrase_at(f, i, f.words.whole)
    if not length and (house := _phrase_at(f, i, f.words.houses)) and not _goes_to(f, i):
        length = house
    if length and f.capital[i]:
        return f.name(i, i + length, "organisation")
    if lower[i] in f.words.ships and (f.capital[i] or lower[i] in {"yacht", "steamer", "schooner", "ferry"}):
        last = _run(f, i + 1, 3)
        return f.name(i, last, "organisation") if last > i + 1 else None
    if not f.capital[i]:
        return None
    if lower[i] in f.words.heads or lower[i] in f.words.event_heads:
        name = _of_place(f, i)
        if name:
            return name
    if lower[i] in f.words.fronts and f.follows(i + 1) and f.capital[i + 1]:
        length = f.place_length(i + 1)
        if length and (lower[i] != "as" or f.doc.words[i].isupper()):
            return f.name(i, i + 1 + length, "organisation")
    return _tailed(f, i) if i + 1 < n else None


def _goes_to(f: _Finder, i: int) -> bool:
    """Tell whether a preposition of place stands before token `i`."""
    before = [w for w in f.doc.lower[max(0, i - 2) : i] if w != "the"]
    return bool(before) and before[-1] in f.words.locative


def _run(f: _Finder, i: int, limit: int) -> int:
    """Return the end of the run of capitalised words that begins at `i`."""
    j = i
    while j < i + limit and (f.follows(j) and f.capital[j]) and f.doc.lower[j] not in f.words.verbs:
        j += 1
    return j


def _of_place(f: _Finder, i: int) -> Name | None:
    """Read "Bank of England", "Treaty of Utrecht": a head, "of" and the name of a place."""
    lower, n = f.doc.lower, len(f.doc.words)
    if i + 2 >= n or lower[i + 1] != "of" or not f.follows(i + 1):
        return None
    j = i + 3 if lower[i + 2] == "the" and i + 3 < n else i + 2
    if not (f.follows(j) and f.capital[j]):
        return None
    length = f.place_length(j)
    if not length:
        return None
    return f.name(i, j + length, "event" if lower[i] in f.words.event_heads else "organisation")


def _tailed(f: _Finder, i: int) -> Name | None:
    """Read "Boston Symphony Orchestra": capitalised words of which one is a place and the last is a tail."""
    lower, n = f.doc.lower, len(f.doc.words)
    if f.tailed.isdisjoint(range(i + 1, i + 8)):
        return None
    length = f.place_length(i)
    if i in f.shouted or (not length and (lower[i] in f.words.common or lower[i] in f.words.title_words)):
        return None
    j, last, kind = i + max(length, 1), 0, ""
    while j < min(n, i + length + 4) and f.follows(j):
        word = lower[j]
        if word in {"'s", "’s"} or not (
            f.capital[j] or word == "&" or (word in {"and", "of"} and not length)
        ):
            break
        if length and f.place_length(j) and word not in f.words.tails and word not in f.words.event_tails:
            break
        if word == "united" and j + 1 < n and lower[j + 1] in {"arab", "kingdom", "states", "nations"}:
            break
        if f.capital[j] and word in f.words.tails:
            last, kind = j + 1, "organisation"
        elif length and f.capital[j] and word in f.words.event_tails:
            last, kind = j + 1, "event"
        j += 1
    if not last or f.place(i, last):
        return None
    return f.name(i, last, kind)


def _title_length(f: _Finder, i: int) -> int:
    """Return how many tokens from `i` on are titles: "Dr", "Deputy Secretary of State", "Rev. Dr."."""
    last = i
    while last < len(f.doc.words) and last < i + 6 and (last == i or f.follows(last)):
        length = _phrase_at(f, last, f.words.titles)
        if not length:
            break
        last += length
    return last - i


def _titled(f: _Finder, i: int) -> Name | None:
    """Read a title and the name behind it."""
    length = _title_length(f, i)
    if not length:
        return None
    lower, n = f.doc.lower, len(f.doc.words)
    j = i + length
    if lower[j - 1] in f.words.holders and j + 1 < n and lower[j] == "of" and f.capital[j + 1]:
        place = f.place_length(j + 1)
        return f.name(i, j + 1 + place, "person") if place else None
    if not (j < n and f.follows(j) and f.capital[j]):
        return None
    courtesy = lower[j - 1].rstrip(".") in f.words.courtesies
    if lower[j] in f.words.common and not (courtesy and f.doc.words[j].istitle() and i not in f.shouted):
        return None
    if not _opens_name(f, j, courtesy):
        return None
    last = _name_end(f, j)
    if last == j + 1 and _is_namesake(f, last):
        last += 1
    return f.name(i, last, "person", _surname(f, j, last))


def _is_namesake(f: _Finder, k: int) -> bool:
    """Tell whether a place's name behind a title and a name is the surname: "Minister Ilmo Lima said"."""
    lower = f.doc.lower
    if k + 1 >= len(lower) or not f.follows(k) or f.place_length(k) != 1:
        return False
    if f.doc.words[k].isupper() or f.doc.words[k - 1].isupper() or lower[k] in f.words.common:
        return False
    moves = lower[k + 1] in f.words.moves and lower[k + 1] not in f.words.nouns
    return f.follows(k + 1) and (lower[k + 1] in _ACTING or moves)


_ACTING = frozenset("will would is was has had said says told".split())


def _opens_name(f: _Finder, j: int, courtesy: bool) -> bool:
    """Tell whether the word behind a title is a name and not the place of a post ("Ambassador Tokyo")."""
    length = f.place_length(j)
    if not length:
        return True
    if length > 1:
        return False
    lower, after = f.doc.lower, j + 1
    if courtesy and (after >= len(lower) or lower[after] != "," or lower[j - 1].rstrip(".") in _ADDRESSES):
        return True
    if (
        f.follows(after)
        and f.capital[after]
        and lower[after] not in f.words.common
        and not f.place_length(after)
    ):
        return True
    if f.follows(after) and (
        lower[after] in f.words.verbs or lower[after] in {"’s", "'s", "will", "is", "was", "has"}
    ):
        return True
    if f.follows(after) and _is_namesake(f, after):
        return True  # "Envoy Princeton Lima will"
    return (
        lower[j] in f.words.given
        and f.follows(after)
        and f.capital[after]
        and lower[after] not in f.words.common
    )


def _name_end(f: _Finder, j: int) -> int:
    """Return the end of the name that begins at token `j`."""
    lower, words, n = f.doc.lower, f.doc.words, len(f.doc.words)
    k = j + 1
    given = lower[j] in f.words.given or _initial(words[j])
    shouted = j in f.shouted
    while k < n and k < j + _LONGEST_NAME and f.follows(k):
        word = lower[k]
        if _initial(words[k]) or (word.rstrip(".") in f.words.suffixes and f.capital[k]):
            k += 1
            continue
        if word == "," and k + 1 < n and lower[k + 1] in {"jr", "jr.", "sr", "sr."}:
            k += 2
            break
        if word in f.words.particles and not f.capital[k]:
            behind = _behind_particles(f, k)
            if not behind:
                break
            k = behind
            continue
        if not f.capital[k] or word in f.words.common or word in f.words.title_words:
            break
        if shouted and (word in f.words.verbs or not given):
            break
        places = f.place_length(k)
        if places:
            if given and k - j <= 2 and places == 1 and not _is_surname_done(f, j, k):
                k += 1
            break
        if word in f.words.verbs and not (given and k == j + 1):
            break
        k += 1
    return k


def _behind_particles(f: _Finder, k: int) -> int:
    """Return the token behind "von der Leyen", 0 if no surname follows the particles.

    Some particles are prepositions or articles too: before a place they belong to the place.
    """
    last = k + 1
    while last < len(f.capital) and not f.capital[last] and f.doc.lower[last] in f.words.particles:
        last += 1
    if last >= len(f.capital) or not f.capital[last] or not f.follows(last):
        return 0
    if f.doc.lower[k] in {"al", "el", "la", "y", "e", "as", "do", "le"} and f.place_length(last):
        return 0
    return last + 1


def _is_surname_done(f: _Finder, j: int, k: int) -> bool:
    """Tell whether the words from `j` to `k` already hold a surname."""
    plain = [m for m in range(j, k) if not _initial(f.doc.words[m])]
    return len(plain) > 1 and f.doc.lower[plain[-1]] not in f.words.given


def _initial(word: str) -> bool:
    return len(word) == 2 and word[1] == "." and word[0].isupper()


def _surname(f: _Finder, first: int, last: int) -> str:
    """Return the word by which a later sentence calls the person."""
    for k in range(last - 1, first - 1, -1):
        word = f.doc.lower[k]
        if word.rstrip(".") not in f.words.suffixes and word != "," and not _initial(f.doc.words[k]):
            return f.doc.words[k]
    return f.doc.words[last - 1]


def _given(f: _Finder, i: int) -> Name | None:
    """Read a given name and a surname."""
    lower, j = f.doc.lower, i + 1
    word = lower[i]
    if word not in f.words.given and not ("-" in word and word.split("-")[0] in f.words.given):
        return None
    if j >= len(lower) or not f.follows(j) or not _is_followed_by_name(f, i):
        return None
    if f.follows(i) and (lower[i - 1] in _SAINTLY or (f.capital[i - 1] and f.place(i - 1, i + 1))):
        return None
    if f.place_length(i) > 1 or (lower[j] in f.words.terrain and f.place(i, j + 1)):
        return None
    if (f.place_length(i) == 1 or word in f.words.common) and not _is_surely_person(f, i):
        return None
    last = _name_end(f, i)
    if last == i + 1 or (last == i + 2 and _initial(f.doc.words[j])):
        return None
    return f.name(i, last, "person", _surname(f, i, last))


def _is_followed_by_name(f: _Finder, i: int) -> bool:
    """Tell whether the word behind a given name may be a surname, an initial or a particle."""
    lower, j = f.doc.lower, i + 1
    follower = lower[j]
    if not f.capital[j]:
        return follower in f.words.particles and _behind_particles(f, j) > 0
    if _initial(f.doc.words[j]):
        return True
    if follower in f.words.common or follower in f.words.tails:
        return False
    if i in f.shouted and follower in f.words.verbs:
        return False
    return follower not in f.words.title_words or follower in f.words.given


def _is_surely_person(f: _Finder, i: int) -> bool:
    """Tell whether a given name that is also a place or a common word begins a person's name."""
    j = i + 1
    follower = f.doc.lower[j]
    if not f.capital[j] or follower in f.words.terrain or follower in f.words.verbs:
        return False
    return not f.place_length(j) or _two_places_act(f, i)


def _two_places_act(f: _Finder, i: int) -> bool:
    """Tell whether two names of places ("Marco Rubio") are a person: only one who travels or speaks."""
    lower = f.doc.lower
    if (
        f.place_length(i + 1) != 1
        or i + 2 >= len(lower)
        or (f.follows(i) and lower[i - 1] in f.words.locative)
    ):
        return False
    return lower[i + 2] in _ACTING | {"’s", "'s"} or lower[i + 2] in f.words.moves


def _plain(f: _Finder, i: int) -> Name | None:
    """Read two or three capitalised words that are neither places nor common words as a person's name.

    The given name is in no list; something else must speak for a person: what stands before or behind.
    """
    lower, words, n = f.doc.lower, f.doc.words, len(f.doc.words)
    if i in f.shouted or lower[i] in _SAINTLY or (not words[i][1:].islower() and "-" not in words[i]):
        return None
    if lower[i].rstrip(".") in f.words.common or lower[i] in f.words.title_words:
        return None
    apposed = i > 1 and lower[i - 1] == "," and lower[i - 2] in f.words.title_words | f.words.people
    j, occupied = i, apposed or _is_occupation(f, i - 1)
    while j < n and j < i + 4 and (j == i or f.follows(j)):
        particle = lower[j] in f.words.particles and j > i and j + 1 < n and f.capital[j + 1]
        if not particle and (
            not f.capital[j] or lower[j].rstrip(".") in f.words.common or lower[j] in f.words.title_words
        ):
            break
        if lower[j] in f.words.terrain or lower[j] in f.words.tails or lower[j] in f.words.event_tails:
            return None
        if j > i and lower[j] in f.words.given:
            return None
        if f.place_length(j) and not (occupied and (j > i or (apposed and f.place_length(i) == 1))):
            return None
        j += 1
    if j - i < 2 or j - i > 4:
        return None
    before = lower[i - 1] if i else ""
    after = lower[j] if j < n else ""
    if f.follows(j) and f.capital[j]:
        return None  # the name of an institution or event goes on
    if apposed and after != ",":
        return None
    speaks = occupied or before in {"with", "by", "named"} or before.rstrip(".") in f.words.title_words
    speaks = speaks or after in {"said", "says", "told", "will", "has", "who", "’s", "'s", "met", "was", "is"}
    speaks = speaks or after in f.words.verbs
    if after in f.words.terrain or not speaks:
        return None
    return f.name(i, j, "person", _surname(f, i, j))


def _is_occupation(f: _Finder, i: int) -> bool:
    """Tell whether a word says what somebody does: "the inventor Ilmo Varga"."""
    if i < 0 or f.capital[i] or f.doc.lower[i] in _NO_OCCUPATIONS:
        return False
    return len(f.doc.lower[i]) > 5 and f.doc.lower[i].endswith(_OCCUPATIONS)


def _later_surnames(f: _Finder, found: Sequence[Name], taken: set[int]) -> Iterator[Name]:
    """Yield bare surnames of people whose full names the text gives."""
    surnames = {n.surname.lower(): n.surname for n in found if n.kind == "person" and len(n.surname) > 1}
    lower = f.doc.lower
    for i, word in enumerate(lower):
        if word not in surnames or i in taken or not f.capital[i]:
            continue
        if not f.place_length(i):
            if word not in f.words.common:
                yield f.name(i, i + 1, "person", surnames[word])
            continue
        if _acts(f, i):
            yield f.name(i, i + 1, "person", surnames[word])


def _acts(f: _Finder, i: int) -> bool:
    """Tell whether a word that is both surname and place is the person: not located, and acting."""
    lower, n = f.doc.lower, len(f.doc.words)
    before = lower[i - 1] if i else ""
    after = lower[i + 1] if i + 1 < n else ""
    if f.follows(i) and (before in f.words.locative or (f.capital[i - 1] and f.place_length(i - 1))):
        return False
    if after in {"’s", "'s", "and"} and before not in {",", "and"}:
        return True
    if after == "," and i + 2 < n and f.capital[i + 2] and f.place_length(i + 2):
        return False
    if after == "," and i + 2 < n and lower[i + 2] in {"a", "an", "the", "who", "whose", "his", "her", "now"}:
        return True
    modal = {"will", "is", "was", "has", "had", "said", "says", "told", "also", "then", "would", "who"}
    return after in modal or after in f.words.verbs or before in {"said", "says", "with", "by"}
