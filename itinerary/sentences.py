"""Cut a text into words, lines and sentences without tripping over "U.N." or "Feb. 28".

A line of a list is a unit of its own; the lines of wrapped prose are not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from itinerary.model import Span

__all__ = ["Block", "Document", "Form", "Sentence", "asides", "parse"]

_ABBREVIATIONS = (
    "St|Ste|Mt|Mts|Ft|Pt|Sen|Sens|Rep|Reps|Gen|Gov|Govs|Dr|Mr|Mrs|Ms|Messrs|Jr|Sr|Prof|Rev|Hon|Amb|Lt|Col|Cols|Capt|Cmdr|"
    "Sgt|Maj|Adm|Brig|Pres|Sec|Dep|Asst|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|"
    "No|Nos|vs|etc|approx|dept|Calif|Fla|Mass|Conn|Minn|Mich|Wis|Wash|Ore|Ariz|Colo|Tex|Tenn|Ky|Va|Md|Pa|Ill|Ind|Ga|Ala|Miss|Mo|"
    "Kan|Neb|Nev|Okla|Ark|La|Del|Vt|Ont|Que|Co|Corp|Inc|Ltd|Univ|Bldg|Ave|Blvd|Rd|W\\.Va|"
    "Lincs|Yorks|Lancs|Notts|Hants|Wilts|Glos|Cambs|Herts|Northants|Leics|Staffs|Worcs|Oxon|Berks|a\\.m|p\\.m|i\\.e|e\\.g|c|ca|cf|"
    "Thos|Wm|Jas|Chas|Geo|Robt|Saml|Benj|Richd|Edwd|Alexr|Danl|Coll|Revd|Esqr"
)
_TOKEN = re.compile(
    r"[a-z]++(?![\w.'’‐‑+-])"  # most words, at once
    r"|(?:[A-Za-z]\.){2,}"  # U.N., p.m.
    r"|(?<![\w.])(?=[A-Za-z]++\.)"  # few words are followed by a full stop
    rf"(?:{_ABBREVIATIONS}|{_ABBREVIATIONS.upper()})\."  # Feb., Sen., SEN.
    r"|(?<!\w)[A-HJ-Z]\.(?=\s[A-Z])"  # an initial
    r"|['’](?:s|ll|ve|re|m|d)(?!\w)"  # the possessive stands alone, and the verb of "we’ll"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?"  # 3rd, 12/05/2023, 7:30
    r"|[^\W\d_]+(?:[-‐‑](?:Ste?\.(?=\s?[A-Z])|[^\W_]+))*"
    r"(?:['’](?!(?:s|ll|ve|re|m|d)(?!\w))[^\W_]+)*[^\W_]*(?:\+\d+)?"  # O’Hare, C5+1
    r"|\S"
)
_NEVER_LAST = re.compile(
    r"(?:[A-Z]\.|St\.|Ste\.|Mt\.|Sens?\.|Reps?\.|Gen\.|Govs?\.|Dr\.|Mrs?\.|Ms\.|Messrs\.|Prof\.|Rev\.|Hon\.|Amb\.|Lt\.|Cols?\.|Capt\.|"
    r"Thos\.|Wm\.|Jas\.|Chas\.|Geo\.|Robt\.|Saml\.|Benj\.|Richd\.|Edwd\.|Alexr\.|Danl\.|Coll\.|Revd\.|"
    r"Cmdr\.|Sgt\.|Maj\.|Adm\.|Brig\.|Pres\.|Sec\.|Dep\.|Asst\.|Nos?\.|vs\.|Ft\.|Pt\.|c\.|ca\.|cf\.|e\.g\.|i\.e\.)",
    re.IGNORECASE,
)
_CLOSERS = frozenset("\"'”’)]»")
_OPENERS = frozenset("\"'“‘([«-–—*")
_ITEM = re.compile(
    r"\s*(?:[-*•·▪◦‣–—>|]|\(?\d{1,3}[.):]|[A-Za-z][.)]\s|#{1,6}\s|\d{1,2}[./]\d{1,2}\b|\*{0,2}(?:days?|weeks?|stop|leg)\s\d"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s(?:\d|[a-z]{3,9}\s\d)|\d{1,2}(?:st|nd|rd|th)?(?:\s?[-–—]\s?\d{1,2})?\s(?:jan|feb|mar|apr|may|"
    r"jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}\b|\d{1,2}\s*[–—|:]\s)",
    re.IGNORECASE,
)


class Form(StrEnum):
    """What kind of unit a sentence stands in."""

    PROSE = "prose"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of words that belong together.

    Parameters
    ----------
    first, last : int
        Half-open range of token indices.
    span : Span
        Code points of the text.
    form : Form
        Running prose, a heading, or one item (line) of a list or table.
    block : int
        Index of the paragraph or list that holds it.
    """

    first: int
    last: int
    span: Span
    form: Form
    block: int


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between two blank lines: half-open range of sentence indices."""

    first: int
    last: int
    is_list: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its words and sentences.

    `words`, `lower`, `starts` and `ends` run in parallel: one entry per token. In `lower` a verb that is
    written short behind a pronoun stands in full.
    """

    text: str
    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    _firsts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_firsts", tuple([s.first for s in self.sentences]))

    def sentence_at(self, token: int) -> int:
        """Return the index of the sentence that holds a token."""
        return max(0, bisect_right(self._firsts, token) - 1)

    def token_at(self, offset: int) -> int:
        """Return the first token that ends behind a code point."""
        return bisect_right(self.ends, offset)

    def span(self, first: int, last: int) -> Span:
        """Return the span of tokens `first` to `last` (half-open)."""
        return Span(self.starts[first], self.ends[last - 1])

    def quote(self, first: int, last: int) -> str:
        """Return the text of tokens `first` to `last` (half-open)."""
        return self.text[self.starts[first] : self.ends[last - 1]]


_SHORTEST = 40  # code points of a line of wrapped prose


def parse(text: str) -> Document:
    """Cut a text into tokens, sentences and blocks.

    Runs in time linear in the length of the text.
    """
    paragraphs = _paragraphs(text)
    # From one to the next nothing is read: a text may be blank but for a few of its lines.
    found = [m.span() for lines in paragraphs for m in _TOKEN.finditer(text, lines[0][0], lines[-1][1])]
    words = tuple([text[a:b] for a, b in found])
    starts, ends = zip(*found, strict=True) if found else ((), ())
    sentences: list[Sentence] = []
    blocks: list[Block] = []
    token = 0
    for lines in paragraphs:
        first = len(sentences)
        units = _units(text, lines)
        listing = len(units) > 1
        for start, end in units:
            begin, token = token, bisect_left(starts, end, token)
            if begin == token:
                continue
            pieces = list(_sentences(words, starts, ends, begin, token))
            form = _form(text[start:end], words[begin:token], len(pieces), listing)
            sentences += [Sentence(a, b, Span(starts[a], ends[b - 1]), form, len(blocks)) for a, b in pieces]
        if len(sentences) > first:
            blocks.append(Block(first, len(sentences), listing))
    return Document(text, words, _lowered(words), starts, ends, tuple(sentences), tuple(blocks))


# Verbs as they are written behind a pronoun; "’d" and "’s" may each be two.
_SHORT = {
    a + short: full
    for short, full in {"ll": "will", "ve": "have", "re": "are", "m": "am"}.items()
    for a in "’'"
}


def _lowered(words: Sequence[str]) -> tuple[str, ...]:
    """Return words in lower case, and shortened verbs in full: "’ll" as "will"."""
    low = tuple(map(str.lower, words))
    if _SHORT.keys().isdisjoint(low):
        return low
    return tuple([_SHORT.get(w, w) for w in low])


def _paragraphs(text: str) -> list[list[tuple[int, int]]]:
    """Group the spans of non-blank lines between blank lines."""
    groups: list[list[tuple[int, int]]] = [[]]
    offset = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip()
        if body.strip():
            groups[-1].append((offset, offset + len(body)))
        elif groups[-1]:
            groups.append([])
        offset += len(line)
    return [g for g in groups if g]


def _units(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put the lines of wrapped prose together, also below a line that heads it: "Jun 3 (Tue):"."""
    if _is_wrapped(text, lines):
        return [(lines[0][0], lines[-1][1])]
    head, rest = lines[0], lines[1:]
    if len(rest) > 1 and head[1] - head[0] < _SHORTEST:
        low = sum(text[a].islower() for a, _ in rest[1:])
        if low >= 0.3 * (len(rest) - 1) and _is_wrapped(text, rest):
            return [head, (rest[0][0], rest[-1][1])]
    return lines


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell a paragraph that was broken at a fixed width from a list."""
    if len(lines) == 1:
        return True
    lengths = [b - a for a, b in lines]
    if max(lengths) > 110 or min(lengths[:-1]) < _SHORTEST or text.count("|", lines[0][0], lines[-1][1]) > 1:
        return False
    items = sum(bool(_ITEM.match(text, a, b)) for a, b in lines)
    continued = sum(text[b - 1] not in ".!?:;" for _, b in lines[:-1])
    return items < 0.4 * len(lines) and continued >= 0.4 * (len(lines) - 1)


def _sentences(
    words: tuple[str, ...], starts: tuple[int, ...], ends: tuple[int, ...], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """Yield half-open token ranges of the sentences within one unit."""
    begin = first
    for i in [i for i in range(first, last) if words[i][-1] in ".!?…"]:
        if i >= begin and _ends_sentence(words, starts, ends, i, last):
            j = i + 1
            while j < last and words[j] in _CLOSERS and starts[j] == ends[j - 1]:
                j += 1
            yield begin, j
            begin = j
    if begin < last:
        yield begin, last


def _ends_sentence(
    words: tuple[str, ...], starts: tuple[int, ...], ends: tuple[int, ...], i: int, last: int
) -> bool:
    """Tell whether the sentence ends with token `i`."""
    word = words[i]
    if _NEVER_LAST.fullmatch(word):
        return False
    j = i + 1
    while j < last and words[j] in _CLOSERS and starts[j] == ends[j - 1]:
        j += 1
    if j >= last:
        return True
    if starts[j] == ends[j - 1]:
        return False
    follows = words[j]
    if follows in _OPENERS and j + 1 < last:
        follows = words[j + 1]
    if len(word) > 1 and word[-1] == ".":  # an abbreviation: a date or name often follows
        starts_one = word.lower() in _MAY_CLOSE and follows.lower() in _STARTERS
        return follows[0].isupper() and starts_one and not (word in _LANDS and follows.lower() in _OF_LAND)
    return not follows[0].islower()


_FIELD = re.compile(
    r"[ \t>*]*(?P<field>from|to|cc|bcc|date|sent|subject|re|reply-to|von|an|betreff|datum|de|para|objet)"
    r"[ \t]?:",
    re.IGNORECASE,
)
_OF_MAIL = frozenset(["subject", "sent", "cc", "bcc", "betreff", "objet", "reply-to"])
_CONTACT = re.compile(
    r"[ \t>*|-]*(?:(?:issued|ticketed|booked|published)\s(?:by|from)\b|(?:(?:(?:press|media|for)\s)?"
    r"(?:contacts?|enquiries|inquiries)|attendees|participants|cc|rsvp|tel|phone|fax|mob(?:ile)?|address|agency|"
    r"agent|booking agency)\b[^\n.]{0,24}?:)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:\b(?:tel|phone|fax|mob|cell|call)\b|[☎📞]|\+\d{1,3}[ (])[^\n]{0,12}\d{2,}[ ./()-]\d{2,}",
    re.IGNORECASE,
)
_FAREWELL = re.compile(  # at the end of a line, whatever stands before it
    r"(?:regards|wishes|best|yours(?: \w+)?|sincerely|cheers|thanks|thank you|love|mit freundlichen grüßen)"
    r"[ \t]*[,.!]?[ \t]*$",
    re.IGNORECASE,
)
_FAREWELL_WORDS = tuple("regards|wishes|best|sincerely|cheers|thanks|thank you|love|grüßen".split("|"))
_SIGNATURE = 12  # lines behind a farewell that may be a signature


def asides(doc: Document) -> frozenset[int]:
    r"""Return the sentences that tell nothing of a trip: heads of letters, contacts, signatures.

    >>> letter = parse("From: petra@acme.example\nSubject: Bari\n\nI leave now.\n\nCheers,\nPetra, Oslo")
    >>> [letter.sentences[k].span.of(letter.text) for k in sorted(asides(letter))]
    ['From: petra@acme.example', 'Petra, Oslo']
    """
    text = doc.text
    farewells = list(_farewells(text))
    if ":" not in text and not farewells:
        return frozenset()
    found = set(_heads(doc))
    for k, s in enumerate(doc.sentences):
        if s.form is Form.PROSE and s.last - s.first > 15:
            continue
        if _CONTACT.match(text, s.span.start, s.span.end) or _PHONE.search(text, s.span.start, s.span.end):
            found.add(k)
    for end in farewells:
        found.update(_signature(doc, end))
    return frozenset(found)


def _farewells(text: str) -> Iterator[int]:
    """Yield the ends of the lines that end with a farewell."""
    end = -1
    for line in text.split("\n"):
        end += len(line) + 1
        low = line.lower()
        said = low.rstrip(" \t,.!").endswith(_FAREWELL_WORDS) or "yours" in low
        if said and _FAREWELL.search(line):
            yield end


def _heads(doc: Document) -> Iterator[int]:
    """Yield the lines at the head of a letter that name who writes to whom and when."""
    run: list[tuple[int, str]] = []
    for k, s in enumerate([*doc.sentences, None]):
        field = _FIELD.match(doc.text, s.span.start, s.span.end) if s else None
        if field and s:
            run.append((k, field["field"].lower()))
            continue
        mail = any(f in _OF_MAIL or "@" in doc.sentences[i].span.of(doc.text) for i, f in run)
        if mail and len(run) > 1:
            yield from (i for i, f in run if f not in ("subject", "re", "betreff", "objet"))
        run = []


def _signature(doc: Document, offset: int) -> Iterator[int]:
    """Yield the short lines behind a farewell, up to the next prose."""
    first = doc.sentence_at(doc.token_at(offset)) if doc.sentences else 0
    for k in range(first, min(len(doc.sentences), first + _SIGNATURE)):
        s = doc.sentences[k]
        if s.span.start < offset:
            continue
        words = doc.lower[s.first : s.last]
        if words[0] in ("p", "ps", "p.s", "p.s.") or (s.form is Form.PROSE and len(words) > 7):
            return
        yield k


_MAY_CLOSE = frozenset(
    ["a.m.", "p.m.", "etc.", "d.c.", "u.s.", "u.k.", "u.n.", "jr.", "sr.", "inc.", "ltd.", "co.", "corp."]
)
_LANDS = frozenset(["U.S.", "U.K.", "U.N."])
_OF_LAND = frozenset(["president", "secretary", "senator", "officials"])  # "U.S. Senator"
_STARTERS = frozenset(
    [
        "the",
        "a",
        "an",
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "in",
        "on",
        "at",
        "after",
        "before",
        "from",
        "then",
        "there",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "their",
        "its",
        "but",
        "and",
        "as",
        "by",
        "during",
        "while",
        "when",
        "following",
        "next",
        "later",
        "earlier",
        "mr.",
        "mrs.",
        "ms.",
        "dr.",
        "president",
        "secretary",
        "senator",
        "officials",
        "for",
    ]
)


def _form(line: str, words: tuple[str, ...], pieces: int, listing: bool) -> Form:
    """Name the form of one unit (a line, or a wrapped paragraph)."""
    if _ITEM.match(line) and (listing or len(words) < 40):
        return Form.HEADING if line.lstrip().startswith("#") else Form.ITEM
    closed = line.rstrip()[-1] in '.!?…"”’)'
    if pieces == 1 and len(words) <= 30 and not closed:
        letters = [w for w in words if w[0].isalpha()]
        capital = sum(w[0].isupper() for w in letters)
        if not listing or (letters and line.isupper()) or line.rstrip().endswith(":"):
            return Form.HEADING
        return Form.HEADING if len(letters) > 6 and capital > 0.7 * len(letters) else Form.ITEM
    if closed and len(words) > 7 and words[0][0].isupper():
        return Form.PROSE
    return Form.ITEM if listing and len(words) < 45 else Form.PROSE
