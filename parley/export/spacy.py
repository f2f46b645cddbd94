"""Records → spaCy Docs, as one DocBin: for tools that take their texts and spans from there.

A Doc has the dispatch's text and words. Each layer is a span group (`doc.spans["counts"]`): a span has its label (status,
act, type …) and the item's id; `attrs["items"]` has the item of each span with all its fields, as the record has it.
Words are spaCy's: where a span of the record ends inside one, the group's has the whole word, and the item the characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

LABELS = {
    "claims": "act", "counts": "status", "events": "type", "positions": "stance", "agreements": "kind", "times": "type",
}  # fmt: skip
TOLD = ("published", "agency", "source_id")


def docbin(records: Iterable[dict[str, Any]]) -> bytes:
    """The bytes of a .spacy file of records, each a dictionary in the shape of record.schema.json."""
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    found = DocBin(attrs=[], store_user_data=True)
    for record in records:
        found.add(doc_of(record, nlp))
    data: bytes = found.to_bytes()
    return data


def doc_of(record: dict[str, Any], nlp: Any) -> Any:
    """A Doc of the record, its words by the tokenizer of `nlp`."""
    doc = nlp.make_doc(record["text"])
    told = {name: record["dispatch"].get(name) for name in TOLD}
    doc.user_data.update({k: v for k, v in told.items() if v} | {"made_by": record.get("made_by", "")})
    if told["source_id"]:
        doc.user_data["id"] = told["source_id"]
    for layer, label in LABELS.items():
        put(doc, layer, [(item, item[label], item.get("id", ""), item) for item in record[layer]])
    put(doc, "entities", list(mentions(record)))
    return doc


Item = tuple[dict[str, Any], str, str, dict[str, Any]]  # where it stands, its label, its id, all of it


def mentions(record: dict[str, Any]) -> Iterator[Item]:
    for entity in record["entities"]:
        whole = {k: v for k, v in entity.items() if k != "mentions"}
        yield from ((mention, entity["kind"], entity["id"], whole) for mention in entity["mentions"])


def put(doc: Any, layer: str, items: list[Item]) -> None:
    from spacy.tokens import SpanGroup

    spans, kept = [], []
    for where, label, name, item in items:
        span = doc.char_span(where["start"], where["end"], label, span_id=name, alignment_mode="expand")
        if span is not None:
            spans.append(span)
            kept.append(item)
    doc.spans[layer] = SpanGroup(doc, name=layer, attrs={"items": kept}, spans=spans)
