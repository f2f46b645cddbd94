"""What a dispatch reports, as frozen facts; the page that defines them is docs/record.md."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

from parley.document import Entity
from parley.values import Span

SourceKind = Literal["person", "body", "unnamed", "media", "document", "author"]
Mode = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "say", "announce", "warn", "threaten", "demand", "offer", "promise", "deny",
    "accuse", "confirm", "believe", "ask", "agree", "reject",
]  # fmt: skip
CountStatus = Literal[
    "dead", "wounded", "kidnapped", "held", "released", "rescued",
    "missing", "detained", "displaced", "surrendered", "other",
]  # fmt: skip
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
EventStatus = Literal["occurred", "ongoing", "planned", "hypothetical", "denied"]
Stance = Literal[
    "demands", "offers", "accepts", "refuses", "seeks", "ready",
    "open", "conditions", "blames", "opposes", "supports",
]  # fmt: skip
AgreementKind = Literal["truce", "ceasefire", "exchange", "aid", "withdrawal", "peace", "other"]
AgreementStatus = Literal[
    "proposed", "under_negotiation", "agreed", "in_force", "completed", "collapsed", "rejected"
]

Evidence = dict[str, tuple[Span, ...]]  # per field, the words that say it


@dataclass(frozen=True, slots=True)
class Source:
    """Who answers for a claim. `entity` and `affiliation` are entity ids."""

    kind: SourceKind
    span: Span | None = None
    entity: str | None = None
    affiliation: str | None = None
    anonymity: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Content that the dispatch hands to a source. `span` is what is claimed, without the cue."""

    id: str
    span: Span
    source: Source
    mode: Mode
    act: Act
    cue: Span | None = None
    told: str | None = None
    via: str | None = None
    time: str | None = None
    within: str | None = None
    rule: str = ""
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people in some state, on the authority of `claim` (None: the dispatch itself)."""

    id: str
    span: Span
    low: int | None
    high: int | None
    status: CountStatus
    who: str
    approximate: bool = False
    by: str | None = None
    place: str | None = None
    time: str | None = None
    believed: bool = False
    part_of: str | None = None
    claim: str | None = None
    rule: str = ""
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """What parties do to each other, in PLOVER; `span` is the trigger, parties are entity ids."""

    id: str
    span: Span
    type: EventType
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: EventStatus = "occurred"
    mode: str | None = None
    place: str | None = None
    time: str | None = None
    claim: str | None = None
    rule: str = ""
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Position:
    """What a party wants, offers, refuses, accepts or makes depend on something."""

    id: str
    span: Span
    party: str
    stance: Stance
    issue: str
    condition: Span | None = None
    toward: str | None = None
    time: str | None = None
    claim: str | None = None
    rule: str = ""
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """Who gives what for what; `count` is the id of the count that says how many."""

    gives: str | None
    what: str
    count: str | None = None
    for_: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A truce, exchange or accord at its fullest mention, with what the text says of its terms."""

    id: str
    span: Span
    kind: AgreementKind
    status: AgreementStatus
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    begins: str | None = None
    ends: str | None = None
    duration: str | None = None
    terms: tuple[Term, ...] = ()
    claim: str | None = None
    rule: str = ""
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was found so far. Each finder takes Facts and gives Facts with its layer."""

    claims: tuple[Claim, ...] = ()
    counts: tuple[Count, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    strangers: tuple[Entity, ...] = ()  # entities that only an act makes somebody: "a driver was shot"

    def claim_over(self, span: Span) -> Claim | None:
        """The innermost claim whose content covers the span: it answers for what stands there."""
        at = bisect_right(self.claims, span.start, key=lambda c: c.span.start)
        over = [c for c in self.claims[max(0, at - 40) : at] if c.span.covers(span)]
        return min(over, key=lambda c: len(c.span), default=None)
