"""Tell what each stay is to the trip: its origin, a stop, a change on the way, or the way home's end."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary.cues import Context, Cue
from itinerary.dating import Bounds
from itinerary.model import Evidence, Role
from itinerary.route import Stay
from itinerary.sentences import Document
from itinerary.toponyms import Toponym

__all__ = ["assign_roles"]


def assign_roles(
    stays: Sequence[Stay],
    doc: Document,
    toponyms: Sequence[Toponym],
    contexts: Sequence[Context],
    cues: Sequence[Cue],
    bounds: Sequence[Bounds],
) -> None:
    """Set the role of each stay, in place; `stays` are in travel order."""
    fired: dict[int, dict[str, Evidence]] = {}
    for cue in cues:
        for k in cue.about:
            fired.setdefault(k, {}).setdefault(cue.rule.sense, cue.evidence)
    for n, stay in enumerate(stays):
        senses: dict[str, Evidence] = {}
        for k in stay.mentions:
            for sense, evidence in fired.get(k, {}).items():
                senses.setdefault(sense, evidence)
        groups = {contexts[k].verb.tag.group for k in stay.mentions if contexts[k].verb.tag}
        role = Role.STOP
        if n == 0 and len(stays) > 1 and "origin" in senses and not groups & {"arrive", "stay", "visit", "meet", "perform"}:
            role = Role.ORIGIN
        elif n == len(stays) - 1 and n and ("return" in senses and (stay.again or stays[0].group == stay.group or "return" in groups)):
            role = Role.RETURN
        elif n == len(stays) - 1 and n > 1 and stays[0].group == stay.group and stays[0].role is Role.ORIGIN:
            role = Role.RETURN
        elif "transit" in senses and not groups & {"stay", "visit", "meet", "perform"} and bounds[n].nights is None:
            role = Role.TRANSIT
        stay.role = role
        if role is not Role.STOP:
            sense = {Role.ORIGIN: "origin", Role.RETURN: "return", Role.TRANSIT: "transit"}[role]
            if sense in senses:
                e = senses[sense]
                stay.evidence.append(Evidence(e.span, e.quote, e.rule, "role"))
