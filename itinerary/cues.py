"""Say what the text says of each place: the words around it, as named features and fired rules.

Nothing is decided here. `visits` weighs the features, `route` uses the rules about order.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from itinerary.errors import LexiconError
from itinerary.lexicon import Rule, load_rules
from itinerary.model import Evidence, Kind, Span
from itinerary.sentences import Document, Form, Sentence
from itinerary.timex import Timex, TimexKind
from itinerary.toponyms import Toponym
from itinerary.vocabulary import Tag, load_vocabulary

__all__ = ["Context", "Cue", "Head", "load_cue_rules", "owner_features", "read_cues"]

FILE = Path(__file__).with_name("data") / "cues.toml"
PLACE = r"⟦\d+⟧"
PLACES = rf"{PLACE}(?:(?:,? and|,? or|,? &|,|;| to) (?:then |the |on to |in |to |at )?{PLACE}){{0,24}}+"
_BRACKETS = str.maketrans("⟦⟧", "[]")  # those of a text are no masks
# The full stop of an abbreviation ends no sentence; an underscore keeps the length and the word.
_ABBREVIATED = re.compile(
    r"\b(?:mr|mrs|ms|dr|prof|sen|rep|gov|gen|lt|col|capt|adm|st|ft|mt|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|a\.m|p\.m|u\.s|u\.n|[a-z])\.(?= )"
)
_ID = re.compile(r"⟦(\d+)⟧")
# People who are not the travellers, if they are "from" a place.
_COMPANY = frozenset(
    "family families couple couples friend friends man men woman women guy guys girl girls boy boys lady"
    " ladies people kids children pilgrim pilgrims tourist tourists visitor visitors student students"
    " backpacker backpackers brothers sisters cousin cousins group groups fellow somebody someone teacher"
    " crew crowd band player rookie musicians".split()
)
_CLAUSE_ENDS = frozenset(';:—()"“”?!') | {"--"}
_BOUNDARY = frozenset("where who which while but because whereas whose whom".split())


_SUBORDINATE = frozenset(["after", "before", "following", "since", "until", "as", "when"])


@cache
def _words_of_clauses() -> frozenset[str]:
    """Return the words that count when a place's verb is sought; most words are none of these."""
    vocabulary = load_vocabulary()
    return _CLAUSE_ENDS | _BOUNDARY | _SUBORDINATE | vocabulary.verbs.keys() | vocabulary.nouns.keys()


@cache
def _words_before_names() -> frozenset[str]:
    """Return the words that may stand between a place and the one that it hangs on."""
    words = load_vocabulary().words
    return words["determiner"] | words["describing"]


def _undotted(found: re.Match[str]) -> str:
    return found[0].replace(".", "_")


@cache
def load_cue_rules() -> tuple[Rule, ...]:
    """Read the rules of ``cues.toml``.

    Raises
    ------
    LexiconError
        If the file is faulty, or an example holds none of the pieces of words that its rule needs.
    """
    # They are matched with words in lower case: patterns that mind the case are faster.
    rules = load_rules(FILE, parts={"place": PLACE, "places": PLACES}, match_case=True).rules
    for rule in rules:
        needs = rule.extra.get("needs") or ()
        if not needs or not all(any(w in str(e).lower() for w in needs) for e in rule.examples):
            raise LexiconError(
                FILE.name, rule.id, "needs a list of pieces of words, one of them in every example"
            )
    return rules


@cache
def _rules_by_part() -> dict[str, set[int]]:
    """Map the longest word of each piece that a rule needs to the numbers of such rules."""
    out: dict[str, set[int]] = defaultdict(set)
    for n, rule in enumerate(load_cue_rules()):
        for piece in rule.extra["needs"]:
            out[max(piece.split(), key=len)].add(n)
    return dict(out)


@lru_cache(maxsize=16_384)
def _rules_of(word: str) -> frozenset[int]:
    """Return the numbers of the rules that may match a sentence with a word."""
    return frozenset().union(*[rules for part, rules in _rules_by_part().items() if part in word])


@dataclass(frozen=True, slots=True)
class Cue:
    """A rule that fired on a sentence.

    Parameters
    ----------
    rule : Rule
    about : tuple of int
        Indices of the toponyms that the sense is about; for order rules those that come first.
    then : tuple of int
        For order rules the toponyms that come later.
    evidence : Evidence
        The words that fired it.
    """

    rule: Rule
    about: tuple[int, ...]
    then: tuple[int, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Head:
    """The word that governs a place: a verb ("visit"), a noun ("trip to") or nothing.

    Parameters
    ----------
    tag : Tag or None
    token : int
        Its position, or that of the place if there is none.
    preposition : str
        The preposition straight before the place, or "".
    tense : str
        ``future``, ``past``, ``present``, ``perfect``, ``ing``, ``infinitive`` or "".
    negated, modal, conditional : bool
    subordinate : str
        ``after``, ``before`` ... if the clause hangs on such a word.
    """

    tag: Tag | None = None
    token: int = -1
    preposition: str = ""
    tense: str = ""
    negated: bool = False
    modal: bool = False
    conditional: bool = False
    subordinate: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """All that is known of the words around one toponym."""

    features: tuple[str, ...]
    head: Head
    verb: Head
    sentence: int
    row: int  # index of the list of places it stands in, or -1
    dates: tuple[int, ...]  # timexes of the same clause, nearest first
    beside: tuple[str, ...] = ()  # plain words close before and after it, as features
    around: tuple[str, ...] = ()  # plain words of its sentence, as features; one tuple for all its places

    @property
    def everything(self) -> tuple[str, ...]:
        """All features: the named ones and those of plain words."""
        return (*self.features, *self.beside, *self.around)


class Marker:
    """Reads one document; holds what the steps share."""

    def __init__(
        self,
        doc: Document,
        toponyms: Sequence[Toponym],
        timexes: Sequence[Timex],
        subject: Mapping[int, str] | None = None,
        published: date | None = None,
    ) -> None:
        self.doc, self.toponyms, self.timexes = doc, toponyms, timexes
        self.subject = subject or {}
        self.published = published
        self.prose = next((s.first for s in doc.sentences if s.form is Form.PROSE), len(doc.words))
        days = sorted(
            x.earliest.toordinal() for x in timexes if x.earliest is not None and x.earliest == x.latest
        )
        self.now = _day_of_telling(published, days)
        vocabulary = load_vocabulary()
        self.verbs, self.nouns, self.words = vocabulary.verbs, vocabulary.nouns, vocabulary.words
        self.describing = _words_before_names()
        self.timex_tokens = [(doc.token_at(t.span.start), doc.token_at(t.span.end - 1) + 1) for t in timexes]
        self.in_timex = {k: n for n, (a, b) in enumerate(self.timex_tokens) for k in range(a, b)}
        self.in_place = {k: n for n, t in enumerate(toponyms) for k in range(t.first, t.last)}
        self.sentence_of = self._sentences()
        self.members: dict[int, list[int]] = defaultdict(list)
        for k, number in enumerate(self.sentence_of):
            self.members[number].append(k)
        self.rows = self._rows()
        self.row_sizes = Counter(self.rows)
        self.keys = [_key(t) for t in toponyms]
        self.names = Counter(self.keys)
        # "’ll" as "will"
        self.spelled = [low if w[0] in "’'" else w for w, low in zip(doc.words, doc.lower, strict=True)]
        self.told: tuple[int, list[str]] = (-1, [])
        self.around: tuple[int, tuple[str, ...]] = (-1, ())
        self.plain = self._plain_words()
        self.timex_starts = [a for a, _ in self.timex_tokens]
        self.quoted = self._quoted()
        self.called_off = self._called_off()

    # -- layout --------------------------------------------------------------------------

    def _sentences(self) -> list[int]:
        out, s = [], 0
        for t in self.toponyms:
            while s + 1 < len(self.doc.sentences) and self.doc.sentences[s].last <= t.first:
                s += 1
            out.append(s)
        return out

    def _rows(self) -> list[int]:
        """Give each list of places ("Astana, Tashkent and New Delhi") a number, and a place alone -1."""
        rows = [-1] * len(self.toponyms)
        number, previous = 0, None
        for k, t in enumerate(self.toponyms):
            if t.contains is not None or t.form == "people":
                continue
            if previous is not None and self.sentence_of[k] == self.sentence_of[previous]:
                p = self.toponyms[previous]
                end = self.toponyms[p.container].last if p.container is not None else p.last
                gap = self.doc.lower[end : t.first]
                if (
                    0 < len(gap) <= 5
                    and all(w in _LIST_WORDS or k2 in self.in_timex for k2, w in enumerate(gap, end))
                    and any(w in (",", ";", "and", "&", "or", "/", "|", "→", "–", "-") for w in gap)
                ):
                    if rows[previous] < 0:
                        rows[previous] = number
                        number += 1
                    rows[k] = rows[previous]
            previous = k
        return rows

    def _quoted(self) -> list[bool]:
        """Tell for each toponym whether it stands within quotation marks of its paragraph."""
        out, block, at, curly, straight = [], -1, 0, 0, 0
        for t, s in zip(self.toponyms, self.sentence_of, strict=True):
            if self.doc.sentences[s].block != block:
                block = self.doc.sentences[s].block
                at, curly, straight = self.doc.sentences[self.doc.blocks[block].first].first, 0, 0
            between = self.doc.words[at : t.first]
            curly += between.count("“") - between.count("”")
            straight += between.count('"')
            at = t.first
            out.append(curly > 0 or straight % 2 == 1)
        return out

    def _called_off(self) -> bool:
        """Tell whether the head of the text says that the trip as such does not take place."""
        for s in self.doc.sentences[:3]:
            words = self.doc.lower[s.first : s.last]
            for i, word in enumerate(words):
                tag = self.verbs.get(word)
                if (tag is not None and tag.lemma in ("cancel", "postpone", "scrap", "delay")) or (
                    word
                    in (
                        "canceled",
                        "cancellation",
                    )
                    and {"trip", "visit", "tour", "travel", "journey"} & set(words[max(0, i - 6) : i + 8])
                ):
                    return True
        return False

    # -- grammar ---------------------------------------------------------------------------

    def tag(self, i: int, begin: int) -> Tag | None:
        """Return what the word at token `i` is, by itself and the word before it."""
        word = self.doc.lower[i]
        verb, noun = self.verbs.get(word), self.nouns.get(word)
        if i in self.in_place or (i in self.in_timex and not verb):
            return None
        if verb is None or noun is None:
            if (
                verb
                and verb.form == "base"
                and i > begin
                and self.doc.lower[i - 1] in self.words["determiner"]
            ):
                return None
            return verb or noun
        before = self.doc.lower[i - 1] if i > begin else ""
        if (
            before
            in (
                "to",
                "will",
                "shall",
                "would",
                "can",
                "could",
                "may",
                "might",
                "must",
                "should",
                "and",
                "not",
                "’ll",
                "'ll",
            )
            or (
                before in self.words["third_person"] | self.words["first_person"]
                and before not in ("his", "her", "their", "our", "my", "its")
            )
            or verb.form in ("past", "participle")
        ):
            return verb
        if verb.form == "s" and i > begin and self.doc.words[i - 1][:1].isupper():
            return verb
        return noun

    def head(self, k: int) -> tuple[Head, Head]:
        """Find the word that governs toponym `k`, and the verb of its clause."""
        doc, t, lower = self.doc, self.toponyms[k], self.doc.lower
        begin = doc.sentences[self.sentence_of[k]].first
        i = t.first - 1
        while i >= begin and (
            lower[i] in self.describing
            or (self.toponyms[k].first - i < 4 and doc.words[i] == "#")
            or (
                i in self.in_place
                and self.toponyms[self.in_place[i]].form == "people"
                and doc.lower[i - 1] in ("the", "in", "to")
            )
        ):
            i -= 1
        preposition, i = self._preposition(i, begin)
        near: Head | None = None
        subordinate = ""
        telling = _words_of_clauses()
        for i in range(i, max(begin, i - 13) - 1, -1):  # noqa: B020
            word = lower[i]
            if word not in telling:
                continue
            if word in _CLAUSE_ENDS or word in _BOUNDARY:
                break
            if word in _SUBORDINATE:
                subordinate = subordinate or word
                if near is None and preposition in ("", word):
                    preposition = preposition or word
            tag = self.tag(i, begin)
            if tag is not None:
                if (
                    tag.part == "verb"
                    and tag.group != "be"
                    and not (tag.form in ("past", "participle") and doc.lower[i - 1] in ("the", "a"))
                ):
                    verb = self._verb(i, begin, tag, preposition, subordinate)
                    return near or verb, verb
                if near is None:
                    near = Head(tag, i, preposition)
        if near is not None and near.tag is not None and near.tag.group == "be":
            verb = self._verb(near.token, begin, near.tag, preposition, subordinate)
            return verb, verb
        nothing = Head(None, t.first, preposition, subordinate=subordinate)
        return near or nothing, nothing

    def _preposition(self, i: int, begin: int) -> tuple[str, int]:
        """Read the preposition that ends with token `i`, and return the token before it."""
        lower = self.doc.lower
        if i < begin or lower[i] not in self.words["preposition"]:
            return "", i
        if i > begin and lower[i] in ("to", "with") and lower[i - 1] in _RELATING:
            return "regarding", i - 2
        return lower[i], i - 1

    def _verb(self, i: int, begin: int, tag: Tag, preposition: str, subordinate: str) -> Head:
        """Describe the verb at token `i` by the words before it."""
        around = ["" if n in self.in_timex else self.doc.lower[n] for n in range(max(begin, i - 5), i)]
        tense = {"past": "past", "participle": "past", "s": "present", "ing": "ing", "base": "present"}[
            tag.form
        ]
        last = around[-1:] or [""]
        if last[0] == "to":
            tense = "infinitive"
        close = around[-3:]
        if not _WILL.isdisjoint(close) or (tense == "infinitive" and not _PLANNING.isdisjoint(close)):
            tense = "future"
        elif not _HAVE.isdisjoint(close):
            tense = "perfect"
        elif "had" in close:
            tense = "pluperfect"
        clause = self.doc.lower[max(begin, i - _FAR) : i]
        return Head(
            tag,
            i,
            preposition,
            tense,
            negated=not self.words["negative"].isdisjoint(around),
            modal=not _MODAL.isdisjoint(close),
            conditional=not _IF.isdisjoint(clause),
            subordinate=subordinate,
        )

    # -- rules -------------------------------------------------------------------------------

    def cues(self) -> tuple[Cue, ...]:
        """Match the sentence rules on every sentence with places."""
        rules = load_cue_rules()
        out: list[Cue] = []
        for s, inside in self.members.items():
            sentence = self.doc.sentences[s]
            likely = set().union(*map(_rules_of, self.doc.lower[sentence.first : sentence.last]))
            if not likely:
                continue
            cuts = self._cuts(sentence, inside)
            masked, offsets = self._mask(sentence, cuts), None
            for rule in [rules[n] for n in sorted(likely)]:
                if (rule.sense == "order" and len(inside) < 2) or not any(
                    map(masked.__contains__, rule.extra["needs"])
                ):
                    continue
                for match in rule.pattern.finditer(masked):
                    offsets = offsets or _offsets(sentence, cuts)
                    out.append(self._cue(rule, match, offsets))
        return tuple(out)

    def _cue(self, rule: Rule, match: re.Match[str], offsets: Sequence[tuple[int, int, bool]]) -> Cue:
        """Read a match on a masked sentence."""
        groups, masked = match.groupdict(), match.string
        about = groups.get("x") or groups.get("first") or ""
        then = groups.get("then") or ""
        span = Span(_offset(offsets, match.start()), _offset(offsets, match.end() - 1) + 1)
        last = masked.rfind("⟦", 0, match.end())
        ended = _ID.match(masked, last) if last >= 0 else None
        if ended and ended.end() == match.end():
            span = Span(span.start, self.doc.ends[self.toponyms[int(ended[1])].last - 1])
        return Cue(
            rule,
            tuple(map(int, _ID.findall(about))),
            tuple(map(int, _ID.findall(then))),
            Evidence(span, span.of(self.doc.text), rule.id, "order" if then else "place"),
        )

    def _cuts(self, sentence: Sentence, inside: Sequence[int]) -> list[tuple[int, int, str]]:
        """Return where a sentence has its places, and what masks each."""
        cuts: list[tuple[int, int, str]] = []
        for k in inside:
            t = self.toponyms[k]
            if t.form == "people" or t.contains is not None:
                continue
            last = self.toponyms[t.container].last if t.container is not None else t.last
            cuts.append((self.doc.starts[t.first], self.doc.ends[last - 1], f"⟦{k}⟧"))
        at, out = sentence.span.start, []
        for cut in sorted(cuts):
            if cut[0] >= at:
                out.append(cut)
                at = cut[1]
        return out

    def _mask(self, sentence: Sentence, cuts: Sequence[tuple[int, int, str]]) -> str:
        """Write a sentence in lower case with its places replaced."""
        text, at = self.doc.text, sentence.span.start
        parts: list[str] = []
        for a, b, mark in cuts:
            parts += [_lowered(text[at:a]), mark]
            at = b
        parts.append(_lowered(text[at : sentence.span.end]))
        masked = "".join(parts).replace("\n", " ")
        return _ABBREVIATED.sub(_undotted, masked) if ". " in masked else masked

    # -- features --------------------------------------------------------------------------------

    def contexts(self, cues: Sequence[Cue]) -> tuple[Context, ...]:
        """Describe every toponym by named features."""
        fired: dict[int, set[str]] = defaultdict(set)
        for cue in cues:
            if cue.rule.sense == "order":
                for k in (*cue.about, *cue.then):
                    fired[k].add("rule:order")
            else:
                for k in cue.about:
                    fired[k].add(f"rule:{cue.rule.sense}")
                    fired[k].add(f"rule id:{cue.rule.id}")
        heads = [self.head(k) for k in range(len(self.toponyms))]
        unmoved = [] if self._is_travel(heads) else ["nobody travels"]
        if unmoved and self.words["first_person"].isdisjoint(self.doc.lower):
            unmoved.append("nobody tells of himself")
        self._spread(heads)
        count = self.names
        seen: set[str] = set()
        out = []
        for k, t in enumerate(self.toponyms):
            key = self.keys[k]
            if t.form == "people":  # it names people; nothing is asked of its place
                seen.add(key)
                out.append(Context(("form:people",), *heads[k], self.sentence_of[k], self.rows[k], ()))
                continue
            dates = self._dates(k)
            features = [
                *self._about_name(t),
                *self._about_words(k, *heads[k]),
                *self._about_layout(k),
                *self._about_dates(k, dates),
                *sorted(fired[k]),
            ]
            features += unmoved
            if len(self.toponyms) >= _TALKATIVE:  # in a short text everything is named once
                features.append("first mention" if key not in seen else "named before")
                features.append(f"named {min(count[key], 4)} times")
            seen.add(key)
            out.append(
                Context(
                    tuple(features),
                    *heads[k],
                    self.sentence_of[k],
                    self.rows[k],
                    dates,
                    self._beside(k),
                    self._around(self.sentence_of[k]),
                )
            )
        return tuple(out)

    # -- plain words -------------------------------------------------------------------------

    def _beside(self, k: int) -> tuple[str, ...]:
        """Name the words close before and after a place, in any order."""
        t, s, plain = self.toponyms[k], self.doc.sentences[self.sentence_of[k]], self.plain
        before = sorted(set(plain[max(s.first, t.first - _BEFORE) : t.first]))
        after = sorted(set(plain[t.last : min(s.last, t.last + _AFTER)]))
        return (*map(_before_it, before), *map(_after_it, after))

    def _plain_words(self) -> list[str]:
        """Return all words; what they name is left out, so that no name is learned."""
        plain = list(map(_plain, self.spelled))
        for i in self.in_place:
            plain[i] = "(place)"
        return plain

    def _around(self, number: int) -> tuple[str, ...]:
        """Name the plain words of a sentence; those of the last one asked for are remembered."""
        if self.around[0] != number:
            s = self.doc.sentences[number]
            self.around = (number, tuple(sorted({*map(_with_it, self.spelled[s.first : s.last])} - {""})))
        return self.around[1]

    def _is_travel(self, heads: Sequence[tuple[Head, Head]]) -> bool:
        """Tell whether a place hangs on a word of travel, or words or dated lines speak of a trip."""
        for head, verb in heads:
            for tag in (head.tag, verb.tag):
                if tag is not None and (tag.group in _TRAVEL if tag.part == "verb" else tag.group == "trip"):
                    return True
        if not _OF_TRAVEL.isdisjoint(self.doc.lower):
            return True
        lines = [s for s in self.doc.sentences if s.form is not Form.PROSE]
        return (
            sum(any(i in self.in_timex for i in range(s.first, min(s.last, s.first + 6))) for s in lines) >= 2
        )

    def _spread(self, heads: list[tuple[Head, Head]]) -> None:
        """Give every member of a list of places the head of the first."""
        first: dict[int, int] = {}
        for k, row in enumerate(self.rows):
            if row >= 0:
                lead = first.setdefault(row, k)
                if heads[k][0].preposition == "" or heads[k][0].token <= heads[lead][0].token:
                    heads[k] = heads[lead]

    def _about_name(self, t: Toponym) -> tuple[str, ...]:
        part = t.part_of.kind if t.part_of else ""
        around, within = t.container is not None, t.contains is not None
        if not t.entries:
            return _name_features(t.form, part, around, within, "", "", True)
        entry, feature, size = t.entries[0], _feature(t), ""
        if feature == "city":
            people = entry.population
            size = (
                "large"
                if people > 1_000_000
                else "middle"
                if people > 100_000
                else "small"
                if people > 10_000
                else "tiny"
            )
        return _name_features(t.form, part, around, within, feature, size, entry.primary)

    def _about_words(self, k: int, head: Head, verb: Head) -> list[str]:
        """Name the words that govern a place, those beside it and the telling ones of its sentence."""
        governed = (
            head.tag is not None
            and head.tag.part == "noun"
            and head.preposition != ""
            and head.tag.group in ("topic", "person")
        )
        out = [*self._about_head(self.toponyms[k], head)]
        if governed:
            out.append("governed by a noun")
        out += self._about_verb(k, head, verb, governed=governed)
        out += self._about_neighbours(k)
        out += self._telling(self.sentence_of[k])
        return out

    def _about_head(self, t: Toponym, head: Head) -> tuple[str, ...]:
        """Name the word that a place hangs on, and the preposition between."""
        link, tag = head.preposition or "none", head.tag
        there = ("somebody from there",) if link == "from" and self._is_from_there(t) else ()
        if not tag:
            return (*_head_features(link, self._kind(t), "", "", "", ""), *there)
        gap = t.first - head.token
        near = "head near" if gap <= 3 else "head far" if gap > 7 else "head middling"
        return (*_head_features(link, self._kind(t), tag.part, tag.group, tag.lemma, near), *there)

    def _is_from_there(self, t: Toponym) -> bool:
        """Tell whether the words before "from" are somebody who comes from a place: "a couple from Oslo".

        "The ferry from Oslo to Kiel" is a way.
        """
        doc, first = self.doc, t.first
        if doc.lower[t.last : t.last + 1] == ("to",):
            return False
        i = next((i for i in range(first - 1, max(0, first - 4), -1) if doc.lower[i] == "from"), 0) - 1
        if i < 1 or doc.lower[i] in _COMPANY:
            return i >= 1
        named = doc.words[i][0].isupper() and i not in self.in_place and i not in self.in_timex
        return named and doc.words[i].isalpha() and i > doc.sentences[doc.sentence_at(i)].first

    def _about_verb(self, k: int, head: Head, verb: Head, *, governed: bool) -> list[str]:
        """Name the verb of a place's clause, how it is meant and who acts; less where a noun governs."""
        out: list[str] = []
        group = verb.tag.group if verb.tag else "none"
        if verb.tag and verb is not head:
            out.append(_feature_of("verb {} over {}", group, head.tag.group if head.tag else "nothing"))
        if verb.tag and not governed:
            out += _verb_features(group, verb.tense, head.preposition or "none")
        if verb.negated:
            out.append("negated")
        if verb.modal:
            out.append("modal")
        if verb.conditional:
            out.append("conditional")
        if verb.subordinate:
            out.append(_feature_of("after the word {}", verb.subordinate))
        subject = self.subject.get(k)
        if subject:
            out.append(_feature_of("subject:{}", subject))
            if not governed:
                out.append(_feature_of("subject:{}+{}", subject, group))
        return out

    def _about_neighbours(self, k: int) -> list[str]:
        """Name the words straight before and after a place, and what it owns."""
        doc, t = self.doc, self.toponyms[k]
        s = doc.sentences[self.sentence_of[k]]
        end = self.toponyms[t.container].last if t.container is not None else t.last
        following = doc.lower[end] if end < s.last else "END"
        before = doc.lower[t.first - 1] if t.first > s.first else "START"
        known = before in _NEXT or before in self.words["preposition"]
        out = [
            _feature_of("next:{}", following if following in _NEXT else self._shape(end, s.last)),
            _feature_of("before:{}", before if known else self._shape(t.first - 1, s.last)),
        ]
        if following in ("’s", "'s", "’"):
            noun = self.nouns.get(doc.lower[end + 1]) if end + 1 < s.last else None
            out.append(f"owner of {noun.group if noun else 'something'}")
        elif end < s.last and (noun := self.nouns.get(following)) and following not in self.verbs:
            out.append(f"before noun {noun.group}")
        return out

    def _telling(self, number: int) -> list[str]:
        """Name the telling words of a sentence; those of the last one asked for are remembered."""
        if self.told[0] != number:
            s = self.doc.sentences[number]
            words = sorted(_TELLING.intersection(self.doc.lower[s.first : s.last]))
            self.told = (number, [_feature_of("in sentence:{}", w) for w in words])
        return self.told[1]

    @staticmethod
    def _kind(t: Toponym) -> str:
        """Return country, area or town: prepositions mean different things before them."""
        feature = _feature(t) if t.entries else "unknown"
        return (
            feature
            if feature in ("country", "unknown")
            else "area"
            if feature in ("region", "continent", "admin1", "island")
            else "town"
        )

    def _shape(self, i: int, end: int) -> str:
        if i < 0 or i >= end:
            return "END"
        word = self.doc.words[i]
        if i in self.in_timex:
            return "date"
        tag = self.tag(i, i)
        if tag:
            return f"{tag.part} {tag.group}"
        return (
            "digit"
            if word[0].isdigit()
            else "Capital"
            if word[0].isupper()
            else "lower"
            if word[0].isalpha()
            else word[:1]
        )

    def _about_layout(self, k: int) -> list[str]:
        """Name where a place stands: in the text, in its line, in a dateline, a quotation or a list."""
        number = self.sentence_of[k]
        siblings = self.members[number]
        out = self._about_sentence(number)
        out += self._about_line(k, siblings[0])
        if self._is_dateline(k):
            out += self._about_dateline(k)
        if self.called_off:
            out.append("the trip is called off")
        if self.quoted[k]:
            out.append("within quotation marks")
        if self.rows[k] >= 0:
            size = self.row_sizes[self.rows[k]]
            out.append("in a list" if size < 4 else "in a long list")
        if len(siblings) > 4:
            out.append("many places in the sentence")
        return out

    def _about_sentence(self, number: int) -> list[str]:
        """Name the form of a sentence and its part of the text."""
        sentences = self.doc.sentences
        form = sentences[number].form
        out = [f"line:{form}"]
        if number == 0:
            out.append("headline" if form is Form.HEADING else "first sentence")
        elif number <= 2:
            out.append("early")
        elif number >= len(sentences) - 2 and len(sentences) > 6:
            out.append("at the end")
        return out

    def _about_line(self, k: int, first: int) -> list[str]:
        """Name a place's position in its line, where toponym `first` is the first."""
        doc, t = self.doc, self.toponyms[k]
        s = doc.sentences[self.sentence_of[k]]
        out = []
        if s.form is not Form.PROSE:
            out.append("first of its line" if first == k else "later in its line")
            ahead = doc.words[t.first - 1]
            if first != k and ahead in ("-", "–", "—", "|", "@", ",") and self._dates(first):
                dash = "comma" if ahead == "," else "dash"
                small = not t.entries or not t.entries[0].primary
                small = small or (_feature(t) == "city" and t.entries[0].population < _VENUE)
                out.append(f"behind a {dash} in a dated line" + (", small" if small else ""))
        if t.first - s.first <= (1 if s.form is Form.PROSE else 4) or (
            t.first - s.first < _FAR
            and all(
                i in self.in_timex or doc.words[i] in "*-•|:–—.#[]()" or doc.words[i].isdigit()
                for i in range(s.first, t.first)
            )
        ):
            out.append(f"opens the {s.form}")
        return out

    def _about_dateline(self, k: int) -> list[str]:
        """Tell the dateline of a traveller from that of a writer."""
        doc, t = self.doc, self.toponyms[k]
        again = self.names[self.keys[k]] > 1
        end = doc.sentences[min(len(doc.sentences), self.sentence_of[k] + 3) - 1].last
        here = not _HERE.isdisjoint(doc.lower[t.first : end])
        out = [
            "dateline",
            "dateline and named again" if again else "dateline only",
            "told from there" if here else "told from elsewhere",
        ]
        if doc.sentences[self.sentence_of[k]].form is not Form.PROSE:
            out.append("letterhead")
        elif not (again or here or doc.words[t.first - 1 : t.first] == ("(",)):
            out.append("dateline of the writer")
        return out

    def _is_dateline(self, k: int) -> bool:
        """Tell whether a place stands where a text says where it was written: see `_is_marked` and others."""
        s = self.doc.sentences[self.sentence_of[k]]
        if self.sentence_of[k] > _HEAD:
            return False
        if s.form is not Form.PROSE and self._is_letterhead(k):
            return True
        return self._is_signed(k) or (s.form is Form.PROSE and self._is_marked(k))

    def _is_marked(self, k: int) -> bool:
        """Tell the place of "ASTANA, Feb. 28 —", "WASHINGTON (March 1, 2023) --", "LAHORE: "."""
        doc, t = self.doc, self.toponyms[k]
        s = doc.sentences[self.sentence_of[k]]
        if t.first - s.first > 1:
            return False
        shouted = doc.words[t.first].isupper()
        ahead = doc.words[t.last : min(s.last, t.last + 14)]
        dash = next((n for n, w in enumerate(ahead) if w in _DASHES or (shouted and w == ":")), None)
        if dash is None or ahead[:dash].count("(") != ahead[:dash].count(")"):
            return False
        dated = any(i in self.in_timex for i in range(t.last, t.last + dash))
        if not (shouted or dated or (t.first == self.prose and s.last - t.last - dash > _TELLS)):
            return False
        return self._says_where(t.last, t.last + dash)

    def _is_signed(self, k: int) -> bool:
        """Tell the place of "Oslo, Feb 10 (Agency) The minister" and of "June 8 (KHARTOUM) - The envoy"."""
        doc, t = self.doc, self.toponyms[k]
        s = doc.sentences[self.sentence_of[k]]
        close = next((i for i in range(t.last, min(s.last, t.last + 12)) if doc.words[i] == ")"), s.last)
        if close + 1 >= s.last or not (doc.words[close + 1][0].isupper() or doc.words[close + 1] in _DASHES):
            return False
        bracket = next((i for i in range(close - 1, s.first - 1, -1) if doc.words[i] == "("), close)
        if bracket == close or close - bracket > 4:
            return False
        dated = any(i in self.in_timex for i in range(s.first, bracket))
        return dated and self._says_where(s.first, bracket) and (bracket < t.first or t.first - s.first <= 1)

    def _is_letterhead(self, k: int) -> bool:
        """Tell the place of a line that holds but it and the day of the text, above all that is told."""
        doc, number = self.doc, self.sentence_of[k]
        s = doc.sentences[number]
        if not s.first <= self.prose < len(doc.words) or not self._says_where(s.first, s.last):
            return False  # a bare list has no head
        if not _OF_LETTERS.isdisjoint(doc.lower[self.prose : self.prose + 60]):
            return False
        behind = doc.sentences[number + 1] if number + 1 < len(doc.sentences) else s
        last = behind.last if self._says_where(behind.first, behind.last) else s.last
        days = {self.timexes[self.in_timex[i]] for i in range(s.first, last) if i in self.in_timex}
        return len(days) == 1 and all(
            x.earliest is not None and x.earliest == x.latest and self.published in (None, x.earliest)
            for x in days
        )

    def _says_where(self, first: int, last: int) -> bool:
        """Tell whether all words are those of places, days and agencies: "(Newswire)" in brackets."""
        words, bracket = self.doc.words, False
        for i in range(first, last):
            bracket = (bracket or words[i] == "(") and words[i] != ")"
            if not (
                i in self.in_timex
                or i in self.in_place
                or words[i] in ",().:-"
                or words[i].isupper()
                or words[i][0].isdigit()
                or (bracket and words[i][0].isupper())
            ):
                return False
        return True

    def _dates(self, k: int) -> tuple[int, ...]:
        """Return the timexes of the sentence of toponym `k`, nearest first."""
        t, s = self.toponyms[k], self.doc.sentences[self.sentence_of[k]]
        found = []
        for n in range(bisect_left(self.timex_starts, max(s.first, t.first - _FAR)), len(self.timex_starts)):
            a, b = self.timex_tokens[n]
            if a >= min(s.last, t.last + _FAR):
                break
            gap = range(b, t.first) if b <= t.first else range(t.last, a)
            between = [self.in_place[i] for i in gap if i in self.in_place]
            others = sum([j != k and self.toponyms[j].contains != k for j in between])
            found.append((len(gap) + 4 * others + (2 if b <= t.first else 0), n))
        return tuple(n for _, n in sorted(found))

    def _about_dates(self, k: int, dates: tuple[int, ...]) -> list[str]:
        if not dates:
            return ["no date in the sentence"]
        t = self.toponyms[k]
        x = self.timexes[dates[0]]
        a, b = self.timex_tokens[dates[0]]
        gap = t.first - b if b <= t.first else a - t.last
        when = self._when(x)
        out = [f"date {'before' if b <= t.first else 'after'}", f"date:{x.kind}, {when or 'no telling when'}"]
        out.append("date at hand" if gap <= 2 else "date near" if gap <= 7 else "date far")
        if x.kind is TimexKind.DURATION and gap <= 4:
            out.append("stay of a length")
        return [*out, when] if when else out

    def _when(self, x: Timex) -> str:
        """Tell how a date lies to the day of the text; empty if one of the two is unknown."""
        if self.now is None or x.earliest is None or x.latest is None:
            return ""
        before, behind = self.now - x.latest.toordinal(), x.earliest.toordinal() - self.now
        if before > _PAST:
            return "day long ago"
        if before > 0:
            return "day just gone"
        return "day far ahead" if behind > _AHEAD else "day to come"


# The same features come again and again: made once, they are found faster among the weights, too.
@lru_cache(maxsize=16_384)
def _feature_of(template: str, *words: str) -> str:
    return template.format(*words)


@lru_cache(maxsize=16_384)
def _name_features(
    form: str, part: str, around: bool, within: bool, feature: str, size: str, primary: bool
) -> tuple[str, ...]:
    """Name what a place is called, and what of; `feature` is empty for a place that no list has."""
    out = [f"form:{form}"]
    if part:
        out.append(f"part of {part}")
    if around:
        out.append("area named after it")
    if within:
        out.append("area of a place")
    if not feature:
        return (*out, "unknown place")
    out.append(f"kind:{feature}")
    if size:
        out.append(f"size:{size}")
    if not primary:
        out.append("other name")
    return tuple(out)


@lru_cache(maxsize=16_384)
def _head_features(link: str, kind: str, part: str, group: str, lemma: str, near: str) -> tuple[str, ...]:
    """Name the word that a place hangs on; `part` is empty if there is none."""
    out = (f"prep:{link}", f"prep:{link}+{kind}")
    if not part:
        return (*out, "head:none")
    return (*out, f"head:{part} {group}", f"word:{lemma}", f"head:{group}+{link}", near)


@lru_cache(maxsize=16_384)
def _verb_features(group: str, tense: str, link: str) -> tuple[str, ...]:
    return f"verb:{group}", f"verb:{group}+{tense}", f"tense:{tense}", f"verb:{group}+{link}"


@lru_cache(maxsize=16_384)
def _plain(word: str) -> str:
    """Return an ordinary word in lower case, and what kind of thing another is."""
    if word[0].isdigit():
        return "(number)"
    return word.lower() if not word[0].isupper() or _is_plain(word.lower()) else "(name)"


def _is_plain(low: str) -> bool:
    """Tell whether a capitalised word is an ordinary one, such as the first of a sentence."""
    vocabulary = load_vocabulary()
    words = vocabulary.words
    return low in words["not_names"] or low in vocabulary.verbs or low in words["preposition"]


@lru_cache(maxsize=16_384)
def _before_it(plain: str) -> str:
    return f"before it:{plain}"


@lru_cache(maxsize=16_384)
def _after_it(plain: str) -> str:
    return f"after it:{plain}"


@lru_cache(maxsize=16_384)
def _with_it(word: str) -> str:
    """Return the feature of a plain word in the sentence of a place; empty for names and numbers."""
    known = word.isalpha() and (word[0].islower() or _is_plain(word.lower()))
    return f"with it:{word.lower()}" if known else ""


def _lowered(text: str) -> str:
    """Return words in lower case, as long as they are; brackets of a text are no masks."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join([c if len(c.lower()) > 1 else c.lower() for c in text])
    return low.translate(_BRACKETS) if "⟦" in low else low


def _offsets(sentence: Sentence, cuts: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, bool]]:
    """List the pieces of a masked sentence: where each begins, there and in the text; True for a mask."""
    out: list[tuple[int, int, bool]] = []
    at, size = sentence.span.start, 0
    for a, b, mark in cuts:
        out += [(size, at, False), (size + a - at, a, True)]
        at, size = b, size + a - at + len(mark)
    return [*out, (size, at, False)]


def _offset(pieces: Sequence[tuple[int, int, bool]], at: int) -> int:
    """Return the offset in the text of a character of a masked sentence: all of a mask stand at its start."""
    begin, start, mask = pieces[bisect_right(pieces, at, key=_begin) - 1]
    return start if mask else start + at - begin


def _begin(piece: tuple[int, int, bool]) -> int:
    return piece[0]


_PAST, _AHEAD = 40, 120  # days; what is further away is another trip


_OF_TRAVEL = frozenset(
    ["trip", "travel", "travels", "tour", "journey", "itinerary", "visit", "visits", "voyage", "holiday"]
)
_VENUE = 300_000  # people; a smaller town behind the dash of a tour line is more often the name of a hall
_TALKATIVE = 8  # places named in a text from which on it tells something how often each is
_FAR = 120  # tokens from a place to a date of its sentence
_BEFORE, _AFTER = 8, 6  # plain words that are looked at
_HEAD = 8  # sentences; a dateline stands at the head of a text
_TELLS = 8  # words; what stands behind the dash of a dateline is a sentence
_DASHES = frozenset(["—", "–", "--", "-"])
_OF_LETTERS = frozenset(["i", "my", "dear", "dearest", "hello", "hi", "hey"])
_HERE = frozenset(["here", "arrived", "arrives", "landed", "lands", "visited", "toured", "today", "met"])
_TRAVEL = frozenset(["go", "arrive", "visit", "depart", "return", "stay", "perform"])
_LIST_WORDS = frozenset(
    ", ; and & or / | → – - then the to in as well plus finally also on # by way of".split()
)
_WILL = frozenset(["will", "shall", "’ll", "'ll", "ll"])
_HAVE = frozenset(["has", "have", "having", "’ve", "'ve"])
_MODAL = frozenset(["would", "could", "might", "may", "should", "can"])
_IF = frozenset(["if", "unless", "whether"])
_RELATING = frozenset("relating related pertaining referring linked opposed connected".split())
_PLANNING = frozenset(
    "plans planned plan scheduled expected due set slated intends intended going is are "
    "prepares prepared preparing ready about".split()
)
_NEXT = frozenset(
    ", . ; : ( ) ’s 's and or to for on in at from with where which who – — - | / & is was has "
    "will END START".split()
) | {"“", '"'}
_TELLING = frozenset(
    "trip visit tour travel travels traveling travelling itinerary stop stops leg legs will "
    "today tomorrow yesterday last earlier previous previously ago postponed cancelled canceled "
    "if might could would former born members including said told war crisis while accompanied "
    "joined joins host hosted ambassador also then first next finally before after return home "
    "arrived arrive arrives left we i day days nights".split()
)


def _day_of_telling(published: date | None, days: Sequence[int]) -> int | None:
    """Return the day from which a text looks at its dates (`days`, sorted ordinals).

    That is the publication day; but a report of a trip long over is told from the midst of its days.
    """
    if published is None:
        return days[len(days) // 2] if days else None
    now = published.toordinal()
    if len(days) > 1 and not any(now - _PAST <= d <= now + _AHEAD for d in days):
        return days[len(days) // 2]
    return now


@cache
def owner_features() -> frozenset[str]:
    """Return all features which say that a place owns something: "Israel’s security"."""
    groups = {tag.group for tag in load_vocabulary().nouns.values()}
    return frozenset(f"owner of {group}" for group in groups | {"something"})


def _feature(t: Toponym) -> str:
    """Return what kind of place a toponym means first; a city-state is a capital."""
    entry = t.entries[0]
    return "capital" if entry.feature == "country" and entry.place.kind is Kind.CITY else entry.feature


def _key(t: Toponym) -> str:
    """Return what makes two toponyms the same place, as far as names tell."""
    return (t.entries[0].place.source_id or t.name.lower()) if t.entries else t.name.lower()


def read_cues(
    doc: Document,
    toponyms: Sequence[Toponym],
    timexes: Sequence[Timex],
    subject: Mapping[int, str] | None = None,
    published: date | None = None,
) -> tuple[tuple[Context, ...], tuple[Cue, ...]]:
    """Describe every toponym of a text and match the sentence rules.

    Parameters
    ----------
    doc : Document
    toponyms : sequence of Toponym
    timexes : sequence of Timex
    subject : mapping of int to str, optional
        For a toponym's index: who acts in its clause (``traveller``, ``other``, ``none``).
    published : date, optional
        Days long before it are background.

    Returns
    -------
    tuple of Context
        One for each toponym.
    tuple of Cue
        The rules that fired.
    """
    marker = Marker(doc, toponyms, timexes, subject, published)
    cues = marker.cues()
    return marker.contexts(cues), cues
