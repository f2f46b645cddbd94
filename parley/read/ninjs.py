"""ninjs 1 to 3 → Documents: an item, an array of them, or one in a line of JSON Lines.

1.x has headline, byline, body_text, body_html; 2.x headlines, by, bodies; 3.x writes names in camelCase.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.document import Document, Envelope, WireKind
from parley.errors import UnreadableInput
from parley.read import markup
from parley.read.columns import HALF, dispatch
from parley.read.composed import composed, or_notes
from parley.read.encoding import decode
from parley.read.envelopes import envelope, stamp
from parley.read.found import Asked, Found, each_of, whole
from parley.read.header import agency_name
from parley.read.plain import plain

NAMES = (".ninjs", ".json")
SHAPED = re.compile(
    rb'"(?:body_?(?:text|html|xhtml)|bodies|headlines?|versionCreated|pubStatus|slugline)"\s*:', re.IGNORECASE
)
BODIES = (
    "bodyxhtml",
    "bodyhtml",
    "bodytext",
)  # of 1.x; marked up before plain, which may have lost its paragraphs
KEYS = {"bodies", "headlines", "headline", "versioncreated", "pubstatus", "slugline", *BODIES}

Item = dict[str, Any]  # by names in lower case, without the underscores of 1.x


def knows(head: bytes, name: str) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith((b"{", b"[")):
        return False
    return name.lower().endswith(NAMES) or (bool(SHAPED.search(head)) and b'"uri"' in head)


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """A Document for each item. Raises UnreadableInput for what is no whole JSON."""
    text, _ = decode(whole(file))
    try:
        given = json.loads(text)
    except json.JSONDecodeError as trouble:
        raise UnreadableInput(f"not JSON, at line {trouble.lineno}: {trouble.msg}") from trouble
    except RecursionError as trouble:
        raise UnreadableInput("brackets within brackets without end") from trouble
    items = given if isinstance(given, list) else [given]
    yield from each_of(items, of_object, asked, "item")


def of_object(given: object, asked: Asked) -> Document:
    """A ninjs item, or an object as JSON Lines have it. Raises UnreadableInput where it has no words."""
    item = lowered(given)
    if str(item.get("schema")).startswith("parley/record/"):
        raise UnreadableInput("a record, which was read already; `parley add` keeps records, one a line")
    if not shaped(item):
        return dispatch(given if isinstance(given, dict) else {}, asked, "jsonl")
    if item.get("type", "text") not in ("text", "composite"):
        raise UnreadableInput(f"an item of type {item['type']!r:.40}; only text is read")
    if str(item.get("pubstatus")).lower() == "withheld":
        raise UnreadableInput("withheld from publication by its provider, until further notice")
    told = envelope_of(item)
    text = or_notes(text_of(item, told), told)
    if not text:
        raise UnreadableInput("ninjs without a word in its body")
    if HALF.search(text):
        raise UnreadableInput("half a character in its body: it was cut in two on its way")
    made = next(
        (s for n in ("versioncreated", "contentcreated", "firstcreated") if (s := stamp(item.get(n)))), None
    )
    return plain(text, made or asked.published, told.guid or asked.source_id, envelope=told)


def lowered(given: object) -> Item:
    return {str(k).lower().replace("_", ""): v for k, v in given.items()} if isinstance(given, dict) else {}


def shaped(item: Item) -> bool:
    return "text" not in item and bool(KEYS & item.keys())


def text_of(item: Item, told: Envelope) -> str:
    for body in bodies(item):
        text = composed(
            markup.paragraphs(body),
            headline=told.headline,
            byline=told.byline,
            agency=agency_name(told.provider),
        )
        if text:
            return text
    return ""


def bodies(item: Item) -> list[str]:
    """The body's forms, marked up before plain."""
    listed = [lowered(b) for b in many(item.get("bodies"))]
    found = [str(b["value"]) for b in listed if isinstance(b.get("value"), str)]
    found.sort(key=lambda body: not markup.MARKED.search(body))
    return found + [item[name] for name in BODIES if isinstance(item.get(name), str)]


def many(given: object) -> list[Any]:
    return given if isinstance(given, list) else []


def envelope_of(item: Item) -> Envelope:
    return envelope(
        "ninjs",
        headline=headline_of(item),
        byline=item.get("byline") or item.get("by"),
        slug=item.get("slugline") or item.get("slug"),
        version=item.get("version"),
        kind=kind_of(item),
        embargo=item.get("embargoed"),
        urgency=item.get("urgency"),
        subjects=[
            s.get("code") or s.get("uri") or s.get("name") for s in listed(item, "subject", "subjects")
        ],
        language=item.get("language"),
        place=item.get("located") or first_name(item, "place", "places"),
        provider=item.get("copyrightholder") or first_name(item, "infosource", "infosources"),
        notes=[item.get("ednote"), item.get("usageterms")],
        guid=item.get("uri"),
    )


def headline_of(item: Item) -> object:
    """The main headline of several; their first where none says that it is."""
    several = listed(item, "headlines")
    main = [h for h in several if str(h.get("role", "main")).lower() == "main"] or several
    return item.get("headline") or (main[0].get("value") if main else None) or item.get("title")


def listed(item: Item, *names: str) -> list[Item]:
    return [lowered(each) for name in names for each in many(item.get(name)) if isinstance(each, dict)]


def first_name(item: Item, *names: str) -> object:
    return next((n for each in listed(item, *names) if (n := each.get("name"))), None)


def kind_of(item: Item) -> WireKind | None:
    return "kill" if str(item.get("pubstatus", "")).lower() in ("canceled", "cancelled") else None
