"""Find the people and organisations that a text names, and whose trip it tells.

Names hide places ("Jordan Lee", "Bank of England") and so must be known before places are looked for.
A name taken wrongly hides a stop, so a place gives way only to clear signs: a title, a given name, a head
or a tail.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from itinerary.sentences import Document, Form

__all__ = ["Name", "find_names", "subject_kind", "traveller"]

_FILE = Path(__file__).parent / "data" / "people.toml"
_OPENING, _CLOSING = frozenset('“"«‘'), frozenset('”"»’')
_FIRST_PERSON = frozenset(
    {"i", "we", "my", "our", "me", "us"}
    | {p + a + e for p in ("i", "we") for a in "’'" for e in ("m", "re", "ve", "ll", "d")}
)
_BEING = frozenset({"will", "is", "was", "are", "were", "has", "had", "would", "said", "says"})
_IRREGULAR = frozenset(
    [
        "left",
        "went",
        "flew",
        "gone",
        "met",
        "began",
        "begun",
        "set",
        "drove",
        "driven",
        "rode",
        "spent",
        "spoke",
        "made",
        "led",
        "took",
        "held",
        "swung",
        "found",
        "came",
        "got",
        "told",
        "sat",
        "saw",
        "seen",
        "ran",
        "sang",
        "gave",
    ]
)
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
_PERFORMERS = frozenset(
    "sinfonia orchestra philharmonic symphony choir chorus singers band ballet ensemble quartet".split()
)
_GROUPS = frozenset(
    [
        "delegation",
        "choir",
        "orchestra",
        "band",
        "team",
        "squad",
        "group",
        "crew",
        "company",
        "party",
        "members",
        "officials",
        "ship",
        "ensemble",
        "society",
        "club",
        "class",
        "mission",
        "singers",
        "couple",
    ]
)
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
class _Words:
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
    roles: tuple[tuple[str, ...], ...]


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
def _words() -> _Words:
    """Read the word lists, once."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    persons, organisations, events, words, who = (
        raw[k] for k in ("persons", "organisations", "events", "words", "traveller")
    )

    def entries(text: str) -> frozenset[str]:
        return frozenset(_entries(text))

    titles = _phrases(persons["titles"])
    return _Words(
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
        | _IRREGULAR,
        moves=_inflected(_entries(who["moves"])) | _IRREGULAR,
        stays=_inflected(_entries(who["stays"])),
        nouns=entries(who["nouns"]),
        tellers=entries(who["tellers"]),
        roles=tuple(sorted((tuple(e.split()) for e in _entries(who["roles"])), key=len, reverse=True)),
    )


@dataclass(slots=True)
class _Finder:
    """One pass over a document. Only lives while `find_names` runs."""

    doc: Document
    is_place: Callable[[str], bool]
    words: _Words
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
        last = i + 1
        while (
            last < min(len(self.capital), i + 4)
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
    finder = _Finder(doc, is_place, _words(), [w[0].isupper() for w in doc.words], breaks, shouted)
    tails = finder.words.tails | finder.words.event_tails
    finder.tailed = frozenset(i for i, w in enumerate(doc.lower) if w in tails and finder.capital[i])
    found: list[Name] = []
    i, n = 0, len(doc.words)
    while i < n:
        name = _name_at(finder, i)
        if name is None:
            i += 1
            continue
        found.append(name)
        i = name.last
    taken = {i for name in found for i in range(name.first, name.last)}
    found += _later_surnames(finder, found, taken)
    return tuple(sorted(found, key=lambda name: name.first))


def _name_at(f: _Finder, i: int) -> Name | None:
    """Return the name that begins with token `i`, if any."""
    word = f.doc.words[i]
    if word in _OPENING:
        return _quoted_title(f, i)
    if not (f.capital[i] or f.doc.lower[i].rstrip(".") in f.words.titles or f.doc.lower[i] in f.words.ships):
        return _handle(f, i) if word in "#@" else None
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
    length = _phrase_at(f, i, f.words.whole) or (0 if _goes_to(f, i) else _phrase_at(f, i, f.words.houses))
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
    return f.name(i, last, "person", _surname(f, j, last))


def _opens_name(f: _Finder, j: int, courtesy: bool) -> bool:
    """Tell whether the word behind a title is a name and not the place of a post ("Ambassador Tokyo")."""
    length = f.place_length(j)
    if not length:
        return True
    if length > 1:
        return False
    lower, after = f.doc.lower, j + 1
    if courtesy and (after >= len(lower) or lower[after] != ","):
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
    return lower[i + 2] in {"will", "said", "says", "told", "’s"} or lower[i + 2] in f.words.moves


def _plain(f: _Finder, i: int) -> Name | None:
    """Read two or three capitalised words that are neither places nor common words as a person's name.

    The given name is in no list; something else must speak for a person: what stands before or behind.
    """
    lower, words, n = f.doc.lower, f.doc.words, len(f.doc.words)
    if i in f.shouted or lower[i] in _SAINTLY or (not words[i][1:].islower() and "-" not in words[i]):
        return None
    j = i
    while j < n and j < i + 4 and (j == i or f.follows(j)):
        particle = lower[j] in f.words.particles and j > i and j + 1 < n and f.capital[j + 1]
        if not particle and (
            not f.capital[j] or lower[j] in f.words.common or lower[j] in f.words.title_words
        ):
            break
        if lower[j] in f.words.terrain or lower[j] in f.words.tails or lower[j] in f.words.event_tails:
            return None
        if j > i and lower[j] in f.words.given:
            return None
        if f.place_length(j):
            return None
        j += 1
    if j - i < 2 or j - i > 4:
        return None
    before = lower[i - 1] if i else ""
    after = lower[j] if j < n else ""
    speaks = before in {"with", "by", "named"} or before.rstrip(".") in f.words.title_words
    speaks = speaks or after in {"said", "says", "told", "will", "has", "who", "’s", "'s", "met", "was", "is"}
    speaks = speaks or after in f.words.verbs
    if after in f.words.terrain or not speaks:
        return None
    return f.name(i, j, "person", _surname(f, i, j))


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
    modal = {"will", "is", "was", "has", "had", "said", "says", "told", "also", "then", "would", "who"}
    return after in modal or after in f.words.verbs or before in {"said", "says", "with", "by"}


@dataclass(slots=True)
class _Candidate:
    """Somebody who may be the traveller."""

    kind: str
    first: int
    score: float = 0.0
    forms: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)


def traveller(
    doc: Document, names: Sequence[Name], visits: Sequence[int] = ()
) -> tuple[str | None, frozenset[str]]:
    """Tell whose trip the text describes.

    Parameters
    ----------
    doc : Document
    names : sequence of Name
        As found by `find_names`.
    visits : sequence of int
        Tokens of places that are believed to be visited: whoever acts before one of them is likelier.

    Returns
    -------
    name : str or None
        Name or title in the words of the text; None for "I" and "we" and if nobody is named.
    referents : frozenset of str
        Lower-case words by which the text refers to the traveller.
    """
    found: dict[str, _Candidate] = {}
    visited = sorted(visits)
    for key, kind, first, last in _mentions_of_people(doc, names, _holders(names)):
        held = found.setdefault(key, _Candidate(kind, first))
        held.score += _points(doc, first, last, visited, kind)
        held.forms.append(doc.quote(first, last))
        held.words.update(doc.lower[first:last])
    _merge(found)
    addressed = _addressed(doc, names)
    if addressed is not None and addressed.surname.lower() in found:
        found[addressed.surname.lower()].score += 50
    best = max(found.items(), key=lambda item: item[1].score, default=None)
    if best is None or best[1].score <= 0 or not _outweighs(doc, best[1]):
        band = _headline_act(doc)
        if band:
            return band, frozenset(band.lower().split()) | {"they", "we", "it", "band", "tour"}
        return None, _FIRST_PERSON
    return _best_form(best[1].forms), _referents(best[0], best[1])


def _holders(names: Sequence[Name]) -> dict[str, str]:
    """Map roles ("vice president") to the surname of the first person who bears them as a title."""
    holders: dict[str, str] = {}
    for name in names:
        if name.kind != "person" or not name.surname:
            continue
        text = f" {name.text.lower()} "
        role = next((r for r in _words().roles if f" {' '.join(r)} " in text), None)
        if role:
            holders.setdefault(" ".join(role), name.surname.lower())
    return holders


def _mentions_of_people(
    doc: Document, names: Sequence[Name], holders: dict[str, str]
) -> Iterator[tuple[str, str, int, int]]:
    """Yield key, kind and token range of each mention of a person, ship or group by name or by role."""
    words = _words()
    inside: set[int] = set()
    for name in names:
        inside.update(range(name.first, name.last))
        text = name.text.lower()
        if name.kind == "person" and name.surname:
            yield name.surname.lower(), "person", name.first, name.last
        elif (
            name.kind == "organisation"
            and text.split()[0] not in words.whole
            and text.split()[0] not in words.houses
        ):
            yield text, "organisation", name.first, name.last
    starts = {role[0] for role in words.roles}
    for i, word in enumerate(doc.lower):
        if word not in starts or i in inside or not i:
            continue
        opens = doc.words[i][0].isupper() and doc.words[i - 1] in {".", ":", "—", "–"}
        if doc.lower[i - 1] not in {"the", "our", "a"} and not opens:
            continue
        role = next(
            (r for r in words.roles if doc.lower[i : i + len(r)] == r and i + len(r) - 1 not in inside), None
        )
        if role:
            text = " ".join(role)
            kind = "group" if role[-1] in _GROUPS else "role"
            first = i - 1 if doc.lower[i - 1] == "the" else i
            yield (
                holders.get(text, "the " + text),
                "person" if text in holders else kind,
                first,
                i + len(role),
            )
            inside.update(range(i, i + len(role)))


def _points(doc: Document, first: int, last: int, visited: Sequence[int], kind: str) -> float:
    """Weigh one mention by what it does and where it stands."""
    words, lower, n = _words(), doc.lower, len(doc.words)
    index = doc.sentence_at(first)
    sentence = doc.sentences[index]
    weight = 3.0 if index == 0 else 2.0 if index < 4 else 1.0
    before = lower[max(sentence.first, first - 4) : first]
    owned = before[-1:] in (("by",), ("of",), ("for",)) and any(w in words.nouns for w in before)
    if owned:
        return 1.5 * weight
    told = doc.quote(max(sentence.first, first - 4), last).lower()
    if (
        any(w in words.tellers for w in (*before[-3:], lower[first]))
        or "spokes" in told
        or "press sec" in told
    ):
        return 0.5 if "from president" in told or "by president" in told else -weight
    if last < n and lower[last] in {"’s", "'s"}:
        owns = any(w in words.nouns for w in lower[last + 1 : min(last + 6, sentence.last)])
        return 1.5 * weight if owns else 0.3
    met = before[-1:] in (("with",), ("to",), ("for",), ("by",), ("from",), ("against",))
    head = (0.1 if met else 0.3) + (0.7 * weight if first - sentence.first < 4 and index == 0 else 0.0)
    if kind == "organisation" and index < 2:
        head += 4.0 if lower[first] in words.ships else 1.5 if lower[last - 1] in _PERFORMERS else 0.0
    verb = _verb_after(doc, last, sentence.last)
    if verb is None or (met and index):
        return head
    alone = 0.5 if before[-1:] == ("and",) else 1.0
    return alone * (head + weight * _strength(doc, verb, sentence.last, visited))


def _strength(doc: Document, verb: int, end: int, visited: Sequence[int]) -> float:
    """Weigh the verb of which a candidate is the subject."""
    words, lower = _words(), doc.lower
    if lower[verb] in words.stays:
        return 0.0
    reaches = 0.5 if any(verb < v < end for v in visited) else 0.0
    leads = 1.5 if lower[verb] in {"lead", "leads", "led", "leading"} else 0.0
    strong = lower[verb] in words.moves or lower[verb] in _BEING
    return (1.5 if strong else 0.5) + reaches + leads


def _verb_after(doc: Document, start: int, end: int) -> int | None:
    """Return the verb whose subject ends before token `start`; None if another word rules."""
    words, lower = _words(), doc.lower
    i, limit = start, min(end, start + 11)
    if start < end and lower[start] in {",", "(", "–", "—"}:
        close = next(
            (k for k in range(start + 1, min(end, start + 22)) if lower[k] in {",", ")", "–", "—"}), None
        )
        if close is None:
            return None
        i, limit = close + 1, min(end, close + 16)
    while i < limit:
        word = lower[i]
        if word in words.verbs:
            return i
        if (
            word in {"be", "is", "was", "are", "were"}
            and i + 1 < end
            and lower[i + 1] in {"in", "at", "back", "on"}
        ):
            return i + 1
        if word in {".", ";", ":", "said", "says", "told"}:
            return None
        i += 1
    return None


def _merge(found: dict[str, _Candidate]) -> None:
    """Give what groups and roles without a holder earn to the person or body that they stand for."""
    named = [c for c in found.values() if c.kind in {"person", "organisation"} and c.score > 0]
    for candidate in list(found.values()):
        if candidate.kind not in {"group", "role"} or candidate.score <= 0:
            continue
        fitting = [c for c in named if candidate.kind == "group" or (c.kind == "person" and _untitled(c))]
        if not fitting:
            continue
        heir = max(fitting, key=lambda c: c.score)
        if heir.score > 0.5:
            heir.score += 0.5 * candidate.score
            heir.words |= candidate.words
            candidate.score *= 0.5 if candidate.score > 8 * heir.score else 0.1


def _untitled(candidate: _Candidate) -> bool:
    """Tell whether a person bears no title that would clash with a role."""
    plain = {"mr", "mrs", "ms", "sister", "brother", "cousin", "aunt", "uncle", "father"}
    return not any(
        w.rstrip(".") in _words().title_words - plain and w.rstrip(".") not in _words().given
        for w in candidate.words
    )


def _addressed(doc: Document, names: Sequence[Name]) -> Name | None:
    """Return the person whom a letter about his or her own trip addresses."""
    yours = sum(w in {"you", "your"} for w in doc.lower)
    if yours <= sum(w in {"i", "we", "my", "our"} for w in doc.lower):
        return None
    people = (n for n in names if n.kind == "person" and n.surname and n.first)
    return next((n for n in people if doc.lower[n.first - 1] == "dear"), None)


def _outweighs(doc: Document, best: _Candidate) -> bool:
    """Tell whether a named traveller is likelier than "I" or "we"."""
    spoken = 0
    quoted = False
    for i, word in enumerate(doc.words):
        if word in {"“", "”", '"'}:
            quoted = word == "“" or (word == '"' and not quoted)
        elif not quoted and doc.lower[i] in _FIRST_PERSON and word != "US":
            spoken += 1
    titled = (
        best.kind == "role"
        or not best.words.isdisjoint(_PERFORMERS | _words().ships)
        or not _untitled(best)
        or any(w.rstrip(".") in {"mr", "mrs", "ms"} for w in best.words)
    )
    return best.score > (min(3.0, 0.5 * spoken) if titled else 1.5 * spoken)


def _best_form(forms: Sequence[str]) -> str:
    """Return the fullest form that is not shouted."""
    best = max(forms, key=lambda form: (not form.isupper(), len(form.split()), -forms.index(form)))
    return best.removesuffix("'S").removesuffix("’S")


def _referents(key: str, candidate: _Candidate) -> frozenset[str]:
    """Return the words that refer to the traveller."""
    own = {w for w in candidate.words if len(w) > 1 and w not in {"the", "of"}} | {key.split()[-1]}
    return frozenset(own | {"he", "she", "they", "we", "i", "delegation", "team", "party", "group"})


def _headline_act(doc: Document) -> str | None:
    """Return the band, ship or company that the headline of a list of dates names."""
    for sentence in doc.sentences[:2]:
        words = doc.words[sentence.first : sentence.last]
        if sentence.form is not Form.HEADING or not 1 < len(words) <= 5:
            continue
        if all(w[0].isupper() or w in {"of", "the", "and", "&"} for w in words) and _lists_dates(doc):
            return doc.quote(sentence.first, sentence.last)
    return None


def _lists_dates(doc: Document) -> bool:
    """Tell whether the text is mostly a list whose items begin with a number."""
    items = [s for s in doc.sentences if s.form is Form.ITEM]
    numbered = sum(any(c.isdigit() for c in doc.words[s.first]) for s in items)
    return len(items) >= 4 and numbered >= len(items) // 2


def subject_kind(doc: Document, names: Sequence[Name], referents: frozenset[str], token: int) -> str:
    """Tell who acts in the clause that holds a token.

    Returns
    -------
    str
        ``traveller``, ``other`` (another person, an organisation, people) or ``none``.
    """
    sentence = doc.sentences[doc.sentence_at(token)]
    people = [n for n in names if sentence.first <= n.first < token]
    ends = {i: n for n in people for i in range(n.first, n.last)}
    i = token - 1
    ruled = False
    while i >= sentence.first:
        word = doc.lower[i]
        if word in {";", ":"} or word in {"“", "”"}:
            break
        if word in _words().verbs or word in _BEING:
            ruled = True
        elif ruled:
            kind = _who(word, ends.get(i), referents)
            if kind:
                return kind
        i -= 1
    return "none"


def _who(word: str, name: Name | None, referents: frozenset[str]) -> str:
    """Judge one word to the left of the verb."""
    if name is not None and name.kind in {"person", "organisation"}:
        own = name.surname.lower() in referents or (
            name.surname == "" and name.text.lower().split()[-1] in referents
        )
        return "traveller" if own else "other"
    if word in referents:
        return "traveller"
    if word in {"he", "she", "they", "who"}:
        return "other" if word != "who" else ""
    return "other" if word in _words().people else ""
