"""A Record → the rows that keep it: one dispatch, one reading, its facts with their four clocks."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from parley.codec import LAYERS
from parley.document import Document, Entity
from parley.facts import Claim, Source
from parley.read.wire import wire
from parley.record import Record
from parley.store.keys import block_of, digest, party_key, population
from parley.values import Span, days

Row = dict[str, Any]
Rows = dict[str, list[Row]]
ROLES = {
    "claims": (),
    "counts": ("by", "place"),
    "events": ("actors", "recipients", "place"),
    "positions": ("party", "toward"),
    "agreements": ("parties", "mediators"),
}
ROLE_NAMES = {"actors": "actor", "recipients": "recipient", "parties": "party", "mediators": "mediator"}


def dispatch_id(document: Document) -> str:
    """A dispatch is its words, its agency and its day: the same text under another flag is another dispatch."""
    return digest(document.text, document.published, document.agency)


def reading_id(dispatch: str, made_by: str) -> str:
    return digest(dispatch, made_by)


def utc(stamp: str | None) -> str | None:
    """A date as it is; a date-time in UTC, to the second, without an offset, so that text sorts as time does."""
    if stamp is None or "T" not in stamp:
        return stamp
    try:
        given = datetime.fromisoformat(stamp)
        moved = given.astimezone(UTC) if given.tzinfo else given
    except (ValueError, OverflowError):
        return stamp[:10]
    return moved.replace(tzinfo=None).isoformat(timespec="seconds")


def rows(record: Record, read_at: str) -> Rows:
    """The rows by table. They depend on the record alone, but for `read_at`."""
    return Rowing(record, dispatch_id(record.document), read_at).all()


@dataclass(slots=True)
class Voice:
    """Who answers for a fact: the key, the words to show, and the kind of source."""

    key: str
    name: str
    kind: str
    affiliation: str | None = None


class Rowing:
    """What the rows of one record have in common."""

    def __init__(self, record: Record, dispatch: str, read_at: str) -> None:
        self.record, self.dispatch, self.read_at = record, dispatch, read_at
        self.text = record.text
        self.wire = wire(record.text, record.document.envelope)
        self.published = max(filter(None, (utc(record.document.published), self.wire.embargo)), default=None)
        self.reading = reading_id(dispatch, record.made_by)
        self.entities: dict[str, Entity] = {e.id: e for e in record.entities}
        self.keys = {e.id: party_key(e.name, e.kind, dispatch) for e in record.entities}
        self.claims = {c.id: c for c in record.claims}
        self.plain = record.to_dict()
        self.ids = {
            plain["id"]: self.fact_id(layer, plain) for layer in LAYERS for plain in self.plain[layer]
        }

    def all(self) -> Rows:
        found: Rows = {layer: [self.fact(layer, f) for f in getattr(self.record, layer)] for layer in LAYERS}
        found["dispatches"] = [self.of_dispatch()]
        found["sightings"] = self.sighting()
        found["readings"] = [self.of_reading()]
        found["entities"] = [self.entity(e) for e in self.record.entities]
        found["names"] = self.names()
        found["parts"] = [part for layer, item in self.facts() for part in self.parts(layer, item)]
        return found

    def facts(self) -> Iterator[tuple[str, Any]]:
        return ((layer, item) for layer in LAYERS for item in getattr(self.record, layer))

    # ── the dispatch and its reading ─────────────────────────────────────────────────────────────

    def of_dispatch(self) -> Row:
        document = self.record.document
        return {
            "id": self.dispatch, "text": document.text, "published": self.published, "agency": document.agency,
            "place": place_of(document), "slug": self.wire.slug,
            "version": self.wire.version, "wire": self.wire.kind, "kills": self.wire.kills,
            "embargo": self.wire.embargo, "read_at": self.read_at,
        }  # fmt: skip

    def sighting(self) -> list[Row]:
        name = self.record.document.source_id
        return [{"dispatch": self.dispatch, "source_id": name, "read_at": self.read_at}] if name else []

    def of_reading(self) -> Row:
        plain = {field: value for field, value in self.plain.items() if field != "text"}
        packed = zlib.compress(
            json.dumps(plain, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        )
        return {
            "id": self.reading, "dispatch": self.dispatch, "made_by": self.record.made_by,
            "read_at": self.read_at, "record": packed,
        }  # fmt: skip

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def entity(self, entity: Entity) -> Row:
        first = min(entity.mentions)
        roles = [
            {"title": r.title, "of": r.of, "former": r.former, "start": r.span.start, "end": r.span.end}
            for r in entity.roles
        ]
        return {
            "reading": self.reading, "dispatch": self.dispatch, "local": entity.id, "party": self.keys[entity.id],
            "name": entity.name, "kind": entity.kind, "country": entity.country, "start": first.start,
            "end": first.end, "roles": json.dumps(roles, ensure_ascii=False), "published": self.published,
        }  # fmt: skip

    def names(self) -> list[Row]:
        known = {(key, self.entities[i].name, self.entities[i].kind) for i, key in self.keys.items()}
        return [
            {"party": key, "name": name, "kind": kind, "block": block_of(key)}
            for key, name, kind in sorted(known)
            if not key.startswith("group:")
        ]

    def parts(self, layer: str, fact: Any) -> Iterator[Row]:
        for field in ROLES[layer]:
            value = getattr(fact, field)
            for local in value if isinstance(value, tuple) else (value,) if value else ():
                yield self.part(
                    layer, fact, ROLE_NAMES.get(field, field), self.keys.get(str(local), str(local))
                )
        if layer == "claims":
            voice = self.voice(fact)
            yield self.part(layer, fact, "source", voice.key)
            if voice.affiliation:
                yield self.part(layer, fact, "of", voice.affiliation)

    def part(self, layer: str, fact: Any, role: str, party: str) -> Row:
        return {
            "reading": self.reading, "fact": self.ids[fact.id], "layer": layer, "role": role,
            "party": party, "published": self.published,
        }  # fmt: skip

    # ── facts ────────────────────────────────────────────────────────────────────────────────────

    def fact_id(self, layer: str, plain: Row) -> str:
        """A hash of what the fact says: ids of the record become names, rule and evidence stay out."""
        told = {field: value for field, value in plain.items() if field not in ("id", "rule", "evidence")}
        return digest(self.dispatch, layer, self.by_content(told))

    def by_content(self, value: Any, field: str = "") -> Any:
        if isinstance(value, dict):
            return {k: self.by_content(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [self.by_content(v, field) for v in value]
        if field in ("claim", "within") and value in self.claims:
            return list(spanned(self.claims[value].span))
        if field in ("part_of", "count"):
            return next((list(spanned(c.span)) for c in self.record.counts if c.id == value), value)
        return self.keys.get(value, value) if isinstance(value, str) and field != "text" else value

    def fact(self, layer: str, fact: Any) -> Row:
        own: Row = getattr(self, f"of_{layer}")(fact)
        answering = fact if isinstance(fact, Claim) else self.claims.get(fact.claim or "")
        voice = self.voice(answering)
        time = getattr(fact, "time", None) or getattr(fact, "begins", None)
        first, last = days(time)
        return {
            "reading": self.reading, "id": self.ids[fact.id], "dispatch": self.dispatch, "local": fact.id,
            "start": fact.span.start, "end": fact.span.end, "words": fact.span.of(self.text), "rule": fact.rule,
            "claim": self.ids.get(getattr(fact, "claim", None) or ""), "authority": voice.key,
            "authority_name": voice.name, "authority_kind": voice.kind, "time": time, "first": first, "last": last,
            "said": days(answering.time)[0] if answering else None, "published": self.published,
            "read_at": self.read_at, **own,
        }  # fmt: skip

    def voice(self, claim: Claim | None) -> Voice:
        """The source of the claim; without one, the agency: it states the fact on its own word."""
        if claim is None:
            agency = self.record.document.agency
            return Voice(f"agency:{(agency or '').casefold()}", agency or "the dispatch", "agency")
        source = claim.source
        affiliation = self.keys.get(source.affiliation or "")
        if source.entity in self.keys:
            return Voice(
                self.keys[source.entity], self.entities[source.entity].name, source.kind, affiliation
            )
        words = " ".join(source.span.of(self.text).split()) if source.span else source.kind
        return Voice(self.unnamed(source, words, affiliation), words, source.kind, affiliation)

    def unnamed(self, source: Source, words: str, affiliation: str | None) -> str:
        """Unnamed voices of one body are one authority only as far as their words are: "a Front official"."""
        return f"{source.kind}:{affiliation or ''}:{population(words)}"

    def of_claims(self, claim: Claim) -> Row:
        hidden = claim.source.anonymity
        return {
            "act": claim.act, "mode": claim.mode, "told": claim.told, "via": claim.via,
            "within": self.ids.get(claim.within or ""), "affiliation": self.keys.get(claim.source.affiliation or ""),
            "anonymity": hidden.of(self.text) if hidden else None,
        }  # fmt: skip

    def of_counts(self, count: Any) -> Row:
        return {
            "status": count.status, "who": count.who, "population": population(count.who), "low": count.low,
            "high": count.high, "approximate": count.approximate, "believed": count.believed,
            "by": self.keys.get(count.by or ""), "place": self.keys.get(count.place or ""),
            "part_of": self.ids.get(count.part_of or ""),
        }  # fmt: skip

    def of_events(self, event: Any) -> Row:
        return {
            "type": event.type,
            "mode": event.mode,
            "state": event.status,
            "place": self.keys.get(event.place or ""),
        }

    def of_positions(self, position: Any) -> Row:
        return {
            "party": self.keys.get(position.party, position.party), "stance": position.stance, "issue": position.issue,
            "condition": position.condition.of(self.text) if position.condition else None,
            "toward": self.keys.get(position.toward or ""),
        }  # fmt: skip

    def of_agreements(self, agreement: Any) -> Row:
        counts = {c.id: c for c in self.record.counts}
        terms = [
            {
                "gives": self.keys.get(t.gives or ""), "what": t.what, "for": t.for_,
                "low": counts[t.count].low if t.count in counts else None,
                "high": counts[t.count].high if t.count in counts else None,
            }
            for t in agreement.terms
        ]  # fmt: skip
        return {
            "kind": agreement.kind, "state": agreement.status, "begins": agreement.begins, "ends": agreement.ends,
            "duration": agreement.duration, "terms": json.dumps(terms, ensure_ascii=False),
        }  # fmt: skip


def place_of(document: Document) -> str | None:
    """Where it was written: by its dateline, else by its envelope."""
    told = document.dateline.place if document.dateline else None
    return told or (document.envelope.place if document.envelope else None)


def spanned(span: Span) -> tuple[int, int]:
    return span.start, span.end
