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
# What is told of saints, and not of the towns that are called after them.
_TOLD_OF_SAINTS = frozenset(
    "appeared baptised baptized born died founded lived preached prayed wrote who whose himself".split()
)
_LANDS = frozenset("chad china cuba georgia india israel jordan kenya malta".split())
_ENDING_NAME = frozenset({"and", "&", ",", ".", "!", "?", ";", ")", "’s", "'s", "who"})
_DONE_WITH = frozenset(
    "begin begins began start starts started starting end ends ended ending finish finished love done"
    " compare replaced ties links relations border deal along together contrast comparison".split()
)
_TOGETHER = frozenset(
    "stayed staying travelled traveled travelling traveling lived living walked walking talked talking hiked"
    " hiking camped camping chatted chatting visited visiting dined dining shared sharing evening morning"
    " wedding".split()
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
_MOST_LISTED = 120  # tokens
_LISTING = frozenset({",", "and", "&"})


@dataclass(frozen=True, slots=True)
class Name:
    """A person, organisation, event or work that the text names.

    Parameters
    ----------
    first, last : int
        Half-open range of token indices.
    kind : str
        ``person``, ``somebody`` (a saint, or one called by a given name alone that is a place as well:
        nobody whose trip is told), ``organisation`` (also ships and bands), ``inn``, ``event`` or ``title``
        (of a work).
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
    plural_titles: frozenset[str]
    title_words: frozenset[str]
    courtesies: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    holders: frozenset[str]
    given: frozenset[str]
    kin: frozenset[str]
    holy: frozenset[str]
    belongings: frozenset[str]
    tails: frozenset[str]
    heads: frozenset[str]
    inns: frozenset[str]
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
        plural_titles=entries(persons["plural_titles"]),
        title_words=frozenset(w for group in titles.values() for t in group for w in t),
        courtesies=entries(persons["courtesies"]),
        particles=entries(persons["particles"]),
        suffixes=entries(persons["suffixes"]),
        holders=entries(persons["holders"]),
        given=frozenset(persons["given"].split()),
        kin=frozenset(persons["kin"].split()),
        holy=frozenset(persons["holy"].split()),
        belongings=frozenset(persons["belongings"].split()),
        tails=entries(organisations["tails"]),
        heads=entries(organisations["heads"]),
        inns=entries(organisations["inns"]),
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
        while last < top and last not in self.breaks and self.doc.words[last][0].isalpha():
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
    for name in tuple(found):
        for other in _listed_with(finder, name, taken):
            found.append(other)
            taken.update(range(other.first, other.last))
    found += _later_surnames(finder, found, taken)
    return tuple(sorted(found, key=lambda name: name.first))


@lru_cache(maxsize=16_384)
def _may_begin(word: str) -> bool:
    """Tell whether a name may begin with a word: most words without a capital begin none."""
    lists, low = word_lists(), word.lower()
    if word[0].isupper() or word in _OPENING or word in "#@":
        return True
    return low.rstrip(".") in lists.titles or low in lists.ships


@lru_cache(maxsize=16_384)
def _kinds(low: str) -> frozenset[str]:
    """Tell of what kinds the names may be that begin with a word."""
    lists, bare = word_lists(), low.rstrip(".")
    organised = bare in lists.whole or bare in lists.houses or low in lists.ships or low in lists.fronts
    organised = organised or low in lists.heads or low in lists.event_heads or low in lists.inns
    kinds = {"organisation": organised, "title": bare in lists.titles, "given": low in lists.given}
    return frozenset(kind for kind, may in kinds.items() if may)


def _name_at(f: _Finder, i: int) -> Name | None:
    """Return the name that begins with token `i`, if any."""
    word = f.doc.words[i]
    if word in _OPENING:
        return _quoted_title(f, i)
    if word in "#@":
        return _handle(f, i)
    # Of most words one look-up tells that they begin nothing of the kind.
    low, kinds = f.doc.lower[i], _kinds(f.doc.lower[i])
    found = _saint(f, i)
    if "organisation" in kinds:
        found = found or _organisation(f, i)
    elif f.capital[i]:
        found = found or _aboard(f, i) or _tailed(f, i)
    if "title" in kinds:
        found = found or _titled(f, i)
    if "given" in kinds or "-" in low or f.doc.words[i] in _WRITTEN_SHORT:
        found = found or _given(f, i)
    return found or _plain(f, i) or _first_name(f, i)


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
    lower = f.doc.lower
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
    if lower[i] in f.words.inns and i not in f.shouted:
        return _inn(f, i)
    if (ship := _aboard(f, i)) is not None:
        return ship
    if lower[i] in f.words.heads or lower[i] in f.words.event_heads:
        name = _of_place(f, i)
        if name:
            return name
    if lower[i] in f.words.fronts and f.follows(i + 1) and f.capital[i + 1]:
        length = f.place_length(i + 1)
        if length and (lower[i] != "as" or f.doc.words[i].isupper()):
            return f.name(i, i + 1 + length, "organisation")
    return _tailed(f, i)


def _aboard(f: _Finder, i: int) -> Name | None:
    """Read a ship that is called like a place, by the words before it: "aboard Ventura"."""
    lower = f.doc.lower
    k = i - 2 if lower[i - 1] == "the" and i > 1 else i - 1
    boarded = lower[k] == "aboard" or lower[max(0, k - 1) : k + 1] == ("on", "board")
    if not boarded or not f.follows(i) or i in f.shouted:
        return None
    last = _run(f, i, 4)
    return f.name(i, last, "inn") if f.place(i, last) else None


def _inn(f: _Finder, i: int) -> Name | None:
    """Read "Riad Fez", "Hotel Nueva Granada": a house for guests that is called after a place."""
    last = _run(f, i + 1, 3)
    if last == i + 1 or not any(f.place_length(j) for j in range(i, last)):
        return None
    return None if f.place(i, last) else f.name(i, last, "inn")


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
    if i + 1 >= n or not f.tailed or f.tailed.isdisjoint(range(i + 1, i + 8)):
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


def _listed_with(f: _Finder, name: Name, taken: set[int]) -> list[Name]:
    """Read the names behind one whose title is plural: "Senators Ames, Flores, Leahy and Martinez".

    Two names prove nothing, since a place may follow the first; of three or more all are people.
    """
    doc, last = f.doc, name.last
    if name.kind != "person" or doc.lower[name.first].rstrip(".") not in f.words.plural_titles:
        return []
    found: list[Name] = []
    ends = False
    top = min(len(doc.words), last + _MOST_LISTED)
    while not ends and last + 1 < top and doc.lower[last] in _LISTING:
        ends = not {"and", "&"}.isdisjoint(doc.lower[last : last + 2])
        i = last + 1 + (doc.lower[last + 1] in {"and", "&"})
        end = i
        while end < len(doc.words) and end < i + 3 and f.follows(end) and f.capital[end]:
            end += 1
        if end == i or doc.lower[i] in f.words.common or i in taken:
            break
        found.append(f.name(i, end, "person", doc.words[end - 1]))
        last = end
    return found if len(found) > 1 else []


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
    if j < n and f.follows(j) and not f.capital[j] and lower[j] in f.words.particles:
        last = _behind_particles(f, j)  # "President von Dallas"
        return f.name(i, last, "person", _surname(f, j, last)) if last else None
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
    if not length or (f.capital[j - 1] and f.doc.lower[j - 1].rstrip(".") in f.words.plural_titles):
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


# Given names written short, as in old letters.
_WRITTEN_SHORT = frozenset("Thos. Wm. Jas. Chas. Geo. Robt. Saml. Benj. Richd. Edwd. Alexr. Danl.".split())


def _initial(word: str) -> bool:
    return (len(word) == 2 and word[1] == "." and word[0].isupper()) or word in _WRITTEN_SHORT


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
    short = f.doc.words[i] in _WRITTEN_SHORT
    if not short and word not in f.words.given and not ("-" in word and word.split("-")[0] in f.words.given):
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
    if f.follows(last) and lower[last] == "airport":
        return None  # "the John Smith airport"
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


def _saint(f: _Finder, i: int) -> Name | None:
    """Read a saint who is no town: "the tomb of St. James", "St. Anne of Beaupré", "St. Mark was born"."""
    lower, j = f.doc.lower, i + 1
    if lower[i].rstrip(".") not in {"st", "saint"} or not (f.follows(j) and f.capital[j]) or i in f.shouted:
        return None
    last = j + 1
    if f.follows(last + 1) and lower[last] == "of" and (f.capital[last + 1] or lower[last + 1] == "the"):
        last += 1 + (lower[last + 1] == "the")
        length = f.place_length(last) or int(last < len(lower) and f.capital[last])
        return f.name(i, last + length, "somebody") if length else None
    before = lower[max(0, i - 3) : i]
    told = f.follows(last) and lower[last] in _TOLD_OF_SAINTS
    if before and before[-1] in {"of", "to", "where", "by"} and not f.words.holy.isdisjoint(before[:-1]):
        told = True
    return f.name(i, last, "somebody") if told else None


def _first_name(f: _Finder, i: int) -> Name | None:
    """Read a given name alone that is a place as well: "our friend Mary", "with Florence and the boys"."""
    lower, word = f.doc.lower, f.doc.lower[i]
    if (word not in f.words.given and not _owns_with_another(f, i)) or word in _LANDS or i in f.shouted:
        return None
    if f.place_length(i) != 1 or (f.follows(i + 1) and f.capital[i + 1] and lower[i + 1] != "i"):
        return None
    before = lower[i - 1] if f.follows(i) else ""
    if _owns_with_another(f, i):
        return f.name(i, i + 1, "somebody", f.doc.words[i])
    behind = lower[i + 1 : i + 3] if f.follows(i + 1) else ()
    ended = not behind or behind[0] in _ENDING_NAME
    beside_me = behind[:1] in (("and",), ("&",)) and behind[1:] == ("i",)
    with_us = before == "with" and ended and _is_company(lower[max(0, i - 2)])
    at_home = behind[:1] in (("’s",), ("'s",)) and behind[1:] and behind[1] in f.words.belongings
    if before in f.words.kin or beside_me or with_us or at_home or _stands_by_a_friend(f, i):
        return f.name(i, i + 1, "somebody")
    return None


def _is_company(word: str) -> bool:
    """Tell whether a word before "with" lets a person follow: "stayed with", not "combined with"."""
    if word in _DONE_WITH:
        return False
    return not word.endswith(("ed", "ing")) or word in _TOGETHER


def _owns_with_another(f: _Finder, i: int) -> bool:
    """Tell whether a name is one of two whose house is spoken of: "Mai & Joe’s place"."""
    low = f.doc.lower[i : i + 5]
    if len(low) < 5 or low[1] not in {"and", "&"} or low[3] not in {"’s", "'s"} or not f.capital[i + 2]:
        return False
    return low[4] in f.words.belongings and not f.doc.words[i].isupper()


def _stands_by_a_friend(f: _Finder, i: int) -> bool:
    """Tell whether a given name is joined with another that is no place: "Carol and Mary", "Mary and Dan"."""
    if _is_friend(f, i + 2) and f.follows(i + 1) and f.doc.lower[i + 1] in {"and", "&"}:
        return f.doc.lower[max(0, i - 1)] not in f.words.locative or i in f.breaks
    k = i - 2
    if k < 0 or i in f.breaks or f.doc.lower[i - 1] not in {"and", "&"} or not _is_friend(f, k):
        return False
    alone = not k or k in f.breaks or not (f.capital[k - 1] or f.doc.lower[k - 1] in _SAINTLY)
    return alone and (k in f.breaks or f.doc.lower[k - 1] not in f.words.locative)


def _is_friend(f: _Finder, k: int) -> bool:
    """Tell whether a word is a given name, and neither a place nor followed by a surname."""
    if k >= len(f.doc.words) or not f.capital[k] or f.doc.lower[k] not in f.words.given or f.place_length(k):
        return False
    return not (f.follows(k + 1) and f.capital[k + 1])


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
