"""The records that the reader fills and everything else reads.

All are frozen. Constructors check what they are given and never parse it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

__all__ = [
    "Basis",
    "DateWindow",
    "Evidence",
    "Issue",
    "Itinerary",
    "Kind",
    "Leg",
    "Mention",
    "Place",
    "Precedence",
    "Purpose",
    "Reading",
    "Relation",
    "Role",
    "Span",
    "Stop",
]


class Kind(StrEnum):
    """How large a place is."""

    CITY = "city"
    COUNTRY = "country"
    REGION = "region"
    SITE = "site"


class Reading(StrEnum):
    """What a text says of a place at one mention."""

    VISIT = "visit"
    PAST = "past"
    CANCELLED = "cancelled"
    HYPOTHETICAL = "hypothetical"
    OTHER_TRAVELLER = "other traveller"
    ATTRIBUTIVE = "attributive"
    BACKGROUND = "background"


_NOTHING_SAID = (Reading.ATTRIBUTIVE, Reading.BACKGROUND)


class Role(StrEnum):
    """What a stop is to the trip."""

    ORIGIN = "origin"
    STOP = "stop"
    TRANSIT = "transit"
    RETURN = "return"


class Purpose(StrEnum):
    """What a stop is for."""

    BILATERAL = "bilateral"
    MULTILATERAL = "multilateral"
    CEREMONY = "ceremony"
    SPEECH = "speech"
    LEISURE = "leisure"
    BUSINESS = "business"
    PERFORMANCE = "performance"
    SPORT = "sport"
    PILGRIMAGE = "pilgrimage"
    PERSONAL = "personal"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """What a trip is to the one that a text is mainly about."""

    MAIN = "main"
    OTHER_TRAVELLER = "other traveller"
    EARLIER = "earlier"


class Basis(StrEnum):
    """Where the bounds of a window come from."""

    STATED = "stated"
    RELATIVE = "relative"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the original text: code points, half-open."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the words of `text` at this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the text that prove something.

    Parameters
    ----------
    span : Span
        Where the words stand.
    quote : str
        The text at the span, to the letter.
    rule : str
        What was made of them, in plain words.
    about : str
        What they prove: ``place``, ``arrive``, ``depart``, ``role``, ``purpose``,
        ``title``, ``people`` or ``order``.
    """

    span: Span
    quote: str
    rule: str
    about: str = "place"

    def __post_init__(self) -> None:
        if len(self.quote) != self.span.end - self.span.start:
            raise ValueError(f"the quote {self.quote!r} is not as long as its span")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the world.

    Parameters
    ----------
    name : str
        The usual English name, or the name in the text if no gazetteer knows it.
    country : str or None
        ISO 3166-1 alpha-2; None for the high seas and for regions across countries.
    latitude, longitude : float or None
        Degrees, WGS 84; None if unknown.
    kind : Kind
        City, country, region or site.
    source_id : str or None
        Identifier in the source, such as ``geonames:1526273``.
    """

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    kind: Kind
    source_id: str | None = None

    def __post_init__(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude go together")
        if self.latitude is None or self.longitude is None:
            return
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"not on the globe: {self.latitude}, {self.longitude}")


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a place in the text, and what is said of it there."""

    toponym: str
    span: Span
    place: Place | None
    reading: Reading
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DateWindow:
    """One unknown day between two known ones, both inclusive; either may be open.

    A window bounds a day; it is no stay. "Next week" says when a visit falls,
    not that it lasts a week.
    """

    earliest: date | None
    latest: date | None
    basis: Basis = Basis.STATED

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"window reversed: {self.earliest} to {self.latest}")

    @property
    def is_day(self) -> bool:
        """True if the window holds exactly one day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def edtf(self) -> str:
        """Write the window in Extended Date/Time Format (ISO 8601-2).

        >>> DateWindow(date(2023, 2, 27), date(2023, 3, 5)).edtf
        '[2023-02-27..2023-03-05]'
        """
        low = self.earliest.isoformat() if self.earliest else ""
        high = self.latest.isoformat() if self.latest else ""
        if not (low or high):
            return ""
        return low if low == high else f"[{low}..{high}]"


@dataclass(frozen=True, slots=True)
class Precedence:
    """One place comes earlier in the trip than another: indices of mentions."""

    before: int
    after: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Stop:
    """One stay of the traveller at one place.

    Parameters
    ----------
    place : Place
    arrive, depart : DateWindow or None
        The first and the last day there; None if the text gives no day.
    arrive_day, depart_day : int or None
        Day numbers (1 is the first day) where the text only numbers its days.
    dwell : int or None
        Length of the stay in nights, if the text states it.
    role, purpose : Role, Purpose
    title : str
        What happens there, in a few words of the text.
    people : tuple of str
        Whom the traveller meets there.
    evidence : tuple of Evidence
        The words that prove the above; `Evidence.about` tells which is proved.
    confidence : float
        0 to 1: how sure the reader is that this is a stop, in its place of the order.
    dates_confidence : float or None
        0 to 1: if it is a stop, how sure the reader is that the bounds of its days are right to a day;
        None without days.
    mentions : tuple of int
        Indices into `Itinerary.mentions` of the mentions that name this stop.
    """

    place: Place
    arrive: DateWindow | None = None
    depart: DateWindow | None = None
    arrive_day: int | None = None
    depart_day: int | None = None
    dwell: int | None = None
    role: Role = Role.STOP
    purpose: Purpose = Purpose.UNKNOWN
    title: str = ""
    people: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0
    dates_confidence: float | None = None
    mentions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one stop to the next."""

    start: Stop
    end: Stop

    @property
    def kilometres(self) -> float | None:
        """Great-circle distance in km; None if a point is unknown."""
        from geopy.distance import great_circle  # slow to import, and few need it

        a, b = self.start.place, self.end.place
        if a.latitude is None or b.latitude is None:
            return None
        return float(great_circle((a.latitude, a.longitude), (b.latitude, b.longitude)).km)


@dataclass(frozen=True, slots=True)
class Issue:
    """A doubt that the user should see; never raised.

    Parameters
    ----------
    code : str
        Short and stable, such as ``no-publication-day``.
    message : str
        What happened, where, what to do: one or two sentences.
    span : Span or None
        The words concerned.
    """

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Itinerary:
    """What was read from one text.

    Parameters
    ----------
    text : str
        The text, unchanged; every span counts its code points.
    published : date or None
        The day the text was published, as used.
    published_basis : str
        ``given`` by the caller, or found in the text: ``dateline``, ``header``,
        ``dated text``; ``unknown`` if nothing tells. If only the days between which it lies are known,
        these and the words that say so.
    traveller : str or None
        Whose trip it is; None for "I", "we" and if nobody is named.
    stops : tuple of Stop
        In travel order.
    mentions : tuple of Mention
        Every place named in the text, in text order, visited or not.
    issues : tuple of Issue
    others : tuple of Itinerary
        Other trips that the text tells of, in text order; each knows its `relation` to this one.
    relation : Relation
        What this trip is to the one that the text is mainly about.
    """

    text: str
    published: date | None = None
    published_basis: str = "unknown"
    traveller: str | None = None
    stops: tuple[Stop, ...] = ()
    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()
    precedences: tuple[Precedence, ...] = field(default=())
    others: tuple[Itinerary, ...] = ()
    relation: Relation = Relation.MAIN

    @property
    def trips(self) -> tuple[Itinerary, ...]:
        """All trips of the text: this one, then the others."""
        return (self, *self.others)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The ways between neighbouring stops."""
        return tuple(Leg(a, b) for a, b in zip(self.stops, self.stops[1:], strict=False))

    @property
    def set_aside(self) -> tuple[Mention, ...]:
        """One mention for each place that the text names and the trip leaves out.

        A place with several mentions is represented by the first with the most telling reading:
        anything comes before plain background. The country of a stop is no place left out,
        and a name that no list of places knows only if the text says more of it than that name.
        """
        visited = {i for stop in self.stops for i in stop.mentions}
        places = {(stop.place.name, stop.place.country) for stop in self.stops}
        countries = {stop.place.country for stop in self.stops}
        chosen: dict[tuple[str, str | None], Mention] = {}
        for i, mention in enumerate(self.mentions):
            place = mention.place
            key = (place.name, place.country) if place else (mention.toponym, None)
            if i in visited or key in places or mention.reading is Reading.VISIT:
                continue
            if place is not None and place.kind is Kind.COUNTRY and place.country in countries:
                continue
            if place is not None and place.latitude is None and mention.reading in _NOTHING_SAID:
                continue
            held = chosen.get(key)
            if held is None or (held.reading is Reading.BACKGROUND is not mention.reading):
                chosen[key] = mention
        return tuple(sorted(chosen.values(), key=lambda m: m.span))
