"""Record ⇄ plain dictionaries in the shape of record.schema.json, with every span checked on the way in."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from importlib.resources import files
from typing import Any

from parley.document import Caption, Dateline, Document, Entity, Envelope, Part, Role, Time
from parley.errors import Problem, WrongRecord
from parley.facts import Agreement, Claim, Count, Event, Facts, Position, Source, Term
from parley.values import Span

SCHEMA = "parley/record/1"
LAYERS = ("claims", "counts", "events", "positions", "agreements")
KINDS: dict[str, Any] = {
    "claims": Claim,
    "counts": Count,
    "events": Event,
    "positions": Position,
    "agreements": Agreement,
}
SPANS = ("cue", "condition", "anonymity")  # fields of facts that are spans themselves


# ── out ──────────────────────────────────────────────────────────────────────────────────────────


def encode(
    document: Document,
    entities: Iterable[Entity],
    times: Iterable[Time],
    facts: Facts,
    made_by: str,
) -> dict[str, Any]:
    text = document.text
    layers = {name: [encode_fact(f, text) for f in getattr(facts, name)] for name in LAYERS}
    return {
        "schema": SCHEMA,
        "made_by": made_by,
        "text": text,
        "dispatch": encode_dispatch(document),
        "entities": [encode_entity(e, text) for e in entities],
        "times": [
            {**encode_span(t.span, text), "type": t.type, "value": t.value, "rule": t.rule} for t in times
        ],
        **layers,
    }


def encode_span(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def encode_dispatch(document: Document) -> dict[str, Any]:
    text, line = document.text, document.dateline
    return {
        "id": document.id,
        "source_id": document.source_id,
        "published": document.published,
        "agency": document.agency,
        "dateline": line and {**encode_span(line.span, text), "place": line.place, "date": line.date},
        "captions": [{**encode_span(c.span, text), "credit": c.credit} for c in document.captions],
        "credits": list(document.credits),
        "parts": [{**encode_span(p.span, text), "kind": p.kind} for p in document.parts],
        "problems": [
            {"what": p.what, "span": p.span and encode_span(p.span, text)} for p in document.problems
        ],
        **({"envelope": encode_envelope(document.envelope)} if document.envelope else {}),
    }


def encode_envelope(envelope: Envelope) -> dict[str, Any]:
    """Only what the format says: a record of bare text has no envelope, and an envelope no empty fields."""
    given = {name: getattr(envelope, name) for name in field_names(Envelope)}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in given.items() if v not in (None, ())}


def encode_entity(entity: Entity, text: str) -> dict[str, Any]:
    roles = [
        {**encode_span(r.span, text), "title": r.title, "of": r.of, "former": r.former} for r in entity.roles
    ]
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "roles": roles,
        "mentions": [encode_span(m, text) for m in entity.mentions],
    }


def encode_fact(fact: Any, text: str) -> dict[str, Any]:
    item: dict[str, Any] = {"id": fact.id, **encode_span(fact.span, text)}
    for name in field_names(fact.__class__):
        if name not in ("id", "span"):
            item[name] = encode_value(getattr(fact, name), text)
    return item


@functools.cache
def field_names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


PLAIN = (str, int, bool, type(None))


def encode_value(value: Any, text: str) -> Any:
    if value.__class__ in PLAIN:
        return value
    if isinstance(value, Span):
        return encode_span(value, text)
    if isinstance(value, Source):
        return {name: encode_value(getattr(value, name), text) for name in field_names(Source)}
    if isinstance(value, Term):
        return {"gives": value.gives, "what": value.what, "count": value.count, "for": value.for_}
    if isinstance(value, tuple):
        return [encode_value(v, text) for v in value]
    if isinstance(value, dict):
        return {k: encode_value(v, text) for k, v in sorted(value.items())}
    return value


# ── in ───────────────────────────────────────────────────────────────────────────────────────────


def decode(data: Any) -> tuple[Document, tuple[Entity, ...], tuple[Time, ...], Facts, str]:
    """The parts of a record; raises WrongRecord with the first thing that does not hold."""
    for trouble in troubles(data):
        raise WrongRecord(trouble)
    layers = {n: tuple(decode_fact(KINDS[n], item) for item in data[n]) for n in LAYERS}
    return (
        decode_dispatch(data),
        tuple(decode_entity(e) for e in data["entities"]),
        tuple(Time(to_span(t), t["type"], t["value"], t.get("rule", "")) for t in data["times"]),
        Facts(**layers),
        data.get("made_by", ""),
    )


def to_span(item: Any) -> Span:
    return Span(item["start"], item["end"])


def decode_dispatch(data: dict[str, Any]) -> Document:
    given, line = data["dispatch"], data["dispatch"].get("dateline")
    return Document(
        text=data["text"],
        parts=tuple(Part(to_span(p), p["kind"]) for p in given.get("parts", ())),
        published=given["published"],
        agency=given["agency"],
        dateline=Dateline(to_span(line), line.get("place"), line.get("date")) if line else None,
        captions=tuple(Caption(to_span(c), c.get("credit")) for c in given.get("captions", ())),
        credits=tuple(given.get("credits", ())),
        source_id=given.get("source_id"),
        problems=tuple(
            Problem(p["what"], to_span(p["span"]) if p["span"] else None) for p in given.get("problems", ())
        ),
        envelope=decode_envelope(given["envelope"]) if given.get("envelope") else None,
    )


def decode_envelope(given: dict[str, Any]) -> Envelope:
    known: dict[str, Any] = {name: given[name] for name in field_names(Envelope) if name in given}
    lists: dict[str, Any] = {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
    return Envelope(**known | lists)


def decode_entity(item: dict[str, Any]) -> Entity:
    roles = tuple(
        Role(to_span(r), r.get("title", ""), r.get("of"), bool(r.get("former")))
        for r in item.get("roles", ())
    )
    mentions = tuple(to_span(m) for m in item["mentions"])
    return Entity(item["id"], item["name"], item["kind"], mentions, item.get("country"), roles)


def decode_fact(kind: Any, item: dict[str, Any]) -> Any:
    known = {f.name for f in fields(kind)}
    given = {k: decode_field(k, v) for k, v in item.items() if k in known and k != "span"}
    return kind(span=to_span(item), **given)


def decode_field(name: str, value: Any) -> Any:
    if name in SPANS and value:
        return to_span(value)
    if name == "source":
        return Source(**{k: decode_field(k, v) for k, v in value.items() if k != "span"}
                      | {"span": to_span(value["span"]) if value.get("span") else None})  # fmt: skip
    if name == "evidence":
        return {k: tuple(map(to_span, v if isinstance(v, list) else [v])) for k, v in value.items()}
    if name == "terms":
        return tuple(Term(t.get("gives"), t.get("what", ""), t.get("count"), t.get("for")) for t in value)
    return tuple(value) if isinstance(value, list) else value


# ── what does not hold ───────────────────────────────────────────────────────────────────────────


def troubles(data: Any) -> Iterator[str]:
    """Everything about the record that does not hold: its shape, its spans, its references."""
    if not isinstance(data, dict):
        yield "a record is a JSON object; this is none"
        return
    shape = [] if well_shaped(data) else list(misshapen(data))
    yield from shape
    if not shape:
        yield from wrong_spans(data, data["text"], "")
        yield from wrong_references(data)
        yield from wrong_id(data)


def well_shaped(data: dict[str, Any]) -> bool:
    """Whether a record has the shape of the schema: told in a hundredth of the time that it takes to say why not."""
    import jsonschema_rs

    try:
        return bool(quick_validator().is_valid(data))
    except (ValueError, TypeError, jsonschema_rs.ValidationError):
        return False  # what it cannot take at all; the slower one says what that is


def misshapen(data: dict[str, Any]) -> Iterator[str]:
    import jsonschema

    for error in jsonschema.Draft202012Validator(schema()).iter_errors(data):
        yield f"{'/'.join(map(str, error.absolute_path)) or 'record'}: {error.message[:200]}"


@functools.cache
def quick_validator() -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(schema())


@functools.cache
def schema() -> Any:
    return json.loads(files("parley").joinpath("record.schema.json").read_text("utf-8"))


def wrong_spans(item: Any, text: str, path: str) -> Iterator[str]:
    """Each span anywhere below `item` whose words are not those of the text."""
    if isinstance(item, dict):
        if isinstance(item.get("start"), int) and isinstance(item.get("end"), int):
            yield from wrong_span(item, text, path)
        for key, value in item.items():
            yield from wrong_spans(value, text, f"{path}/{key}")
    elif isinstance(item, list):
        for index, value in enumerate(item):
            yield from wrong_spans(value, text, f"{path}/{index}")


def wrong_span(item: dict[str, Any], text: str, path: str) -> Iterator[str]:
    start, end = item["start"], item["end"]
    if not 0 <= start <= end <= len(text):
        yield f"{path}: characters {start} to {end} lie outside the text of {len(text)}"
    elif "text" in item and text[start:end] != item["text"]:
        yield f"{path}: characters {start} to {end} are {text[start:end]!r}, not {item['text']!r}"


def wrong_references(data: dict[str, Any]) -> Iterator[str]:
    entities = {e["id"] for e in data["entities"]}
    claims = {c["id"] for c in data["claims"]}
    counts = {c["id"] for c in data["counts"]}
    for layer in LAYERS:
        for item in data[layer]:
            for field, known in (("claim", claims), ("within", claims), ("part_of", counts),
                                 ("by", entities), ("place", entities), ("party", entities),
                                 ("toward", entities), ("actors", entities), ("recipients", entities),
                                 ("parties", entities), ("mediators", entities)):  # fmt: skip
                value = item.get(field)
                for name in value if isinstance(value, list) else [value] if value else []:
                    if name not in known:
                        yield f"{layer}/{item['id']}/{field}: there is no {name!r} in the record"


def wrong_id(data: dict[str, Any]) -> Iterator[str]:
    given = data["dispatch"]["id"]
    if given.startswith("sha256:"):
        digest = hashlib.sha256(data["text"].encode("utf-8", "surrogatepass")).hexdigest()
        if given != "sha256:" + digest:
            yield "dispatch/id: is not the hash of the text; the text was changed"
