"""Record: what one dispatch says, as frozen values, and its JSON (record.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from parley.document import Document, Entity, Time
from parley.facts import Agreement, Claim, Count, Event, Facts, Position, Source
from parley.values import Span

SCHEMA = "parley/record/1"


@dataclass(frozen=True, slots=True)
class Record:
    document: Document
    entities: tuple[Entity, ...]
    times: tuple[Time, ...]
    facts: Facts

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.facts.claims

    @property
    def counts(self) -> tuple[Count, ...]:
        return self.facts.counts

    @property
    def events(self) -> tuple[Event, ...]:
        return self.facts.events

    @property
    def positions(self) -> tuple[Position, ...]:
        return self.facts.positions

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        return self.facts.agreements

    def to_dict(self) -> dict[str, Any]:
        return Encoder(self.text).record(self)

    def to_json(self, indent: int | None = None) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)


@dataclass(frozen=True, slots=True)
class Encoder:
    text: str

    def record(self, record: Record) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "text": record.text,
            "dispatch": self.dispatch(record.document),
            "entities": [self.entity(e) for e in record.entities],
            "times": [self.time(t) for t in record.times],
            "claims": [self.claim(c) for c in record.claims],
            "counts": [self.count(c) for c in record.counts],
            "events": [self.event(e) for e in record.events],
            "positions": [self.position(p) for p in record.positions],
            "agreements": [self.agreement(a) for a in record.agreements],
        }

    def span(self, span: Span) -> dict[str, Any]:
        return {"start": span.start, "end": span.end, "text": span.of(self.text)}

    def maybe(self, span: Span | None) -> dict[str, Any] | None:
        return None if span is None else self.span(span)

    def evidence(self, evidence: dict[str, tuple[Span, ...]]) -> dict[str, Any]:
        return {field: [self.span(s) for s in spans] for field, spans in evidence.items()}

    def dispatch(self, document: Document) -> dict[str, Any]:
        line = document.dateline
        return {
            "id": document.id,
            "source_id": document.source_id,
            "published": document.published,
            "agency": document.agency,
            "dateline": line and {**self.span(line.span), "place": line.place, "date": line.date},
            "captions": [{**self.span(c.span), "credit": c.credit} for c in document.captions],
            "credits": list(document.credits),
            "problems": [{"what": p.what, "span": self.maybe(p.span)} for p in document.problems],
        }

    def entity(self, entity: Entity) -> dict[str, Any]:
        return {
            "id": entity.id,
            "name": entity.name,
            "kind": entity.kind,
            "country": entity.country,
            "roles": [
                {**self.span(r.span), "title": r.title, "of": r.of, "former": r.former}
                for r in entity.roles
            ],
            "mentions": [self.span(m) for m in entity.mentions],
        }

    def time(self, time: Time) -> dict[str, Any]:
        return {**self.span(time.span), "type": time.type, "value": time.value, "rule": time.rule}

    def source(self, source: Source) -> dict[str, Any]:
        return {
            "kind": source.kind,
            "span": self.maybe(source.span),
            "entity": source.entity,
            "affiliation": source.affiliation,
            "anonymity": self.maybe(source.anonymity),
        }

    def claim(self, claim: Claim) -> dict[str, Any]:
        return {
            "id": claim.id,
            **self.span(claim.span),
            "source": self.source(claim.source),
            "cue": self.maybe(claim.cue),
            **plain(claim, ("mode", "act", "told", "via", "time", "within", "rule")),
            "evidence": self.evidence(claim.evidence),
        }

    def count(self, count: Count) -> dict[str, Any]:
        fields = ("low", "high", "approximate", "status", "who", "by", "place", "time", "believed", "part_of", "claim", "rule")  # fmt: skip
        return self.item(count, fields)

    def event(self, event: Event) -> dict[str, Any]:
        fields = ("type", "mode", "actors", "recipients", "place", "time", "status", "claim", "rule")  # fmt: skip
        return self.item(event, fields)

    def position(self, position: Position) -> dict[str, Any]:
        item = self.item(position, ("party", "stance", "issue", "toward", "time", "claim", "rule"))
        return {**item, "condition": self.maybe(position.condition)}

    def agreement(self, agreement: Agreement) -> dict[str, Any]:
        fields = ("kind", "status", "parties", "mediators", "begins", "ends", "duration", "claim", "rule")  # fmt: skip
        terms = [
            {"gives": t.gives, "what": t.what, "count": t.count, "for": t.in_return}
            for t in agreement.terms
        ]
        return {**self.item(agreement, fields), "terms": terms}

    def item(self, fact: Any, fields: Iterable[str]) -> dict[str, Any]:
        return {
            "id": fact.id,
            **self.span(fact.span),
            **plain(fact, fields),
            "evidence": self.evidence(fact.evidence),
        }


def plain(fact: Any, fields: Iterable[str]) -> dict[str, Any]:
    values = {field: getattr(fact, field) for field in fields}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
