"""A web page → its one Document: the article by trafilatura, what is said of it by JSON-LD and meta tags."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.document import Document, Envelope
from parley.errors import UnreadableInput
from parley.read.composed import composed
from parley.read.envelopes import envelope, stamp
from parley.read.found import Asked, Found, whole
from parley.read.parts import SENTENCE_END
from parley.read.plain import plain
from parley.read.xml import local, root_of, words

NAMES = (".html", ".htm", ".xhtml")
MOST = 16 << 20  # bytes of a page
ELEMENTS = 20_000  # of a page; the extraction takes the square of their number, and articles have hundreds
CHARSET = re.compile(rb"""(?:charset|encoding)=["']?([\w-]{3,20})""", re.IGNORECASE)
STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")
PARAGRAPHS = ("p", "head", "item", "quote")  # of the tree that trafilatura makes
DATES = ("article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
         "dc.date", "pubdate", "publishdate", "date")  # fmt: skip


def knows(head: bytes, name: str) -> bool:
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(STARTS) or root_of(head) == "html":
        return True
    if not start.startswith(b"<"):
        return name.lower().endswith(NAMES) and b"<" in head
    return name.lower().endswith(NAMES) or b"<body" in head.lower()


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """The article of a page. Raises UnreadableInput where there is none."""
    yield of_page(whole(file, MOST), asked)


def of_page(data: bytes, asked: Asked, link: str | None = None) -> Document:
    from trafilatura import load_html

    tree = load_html(decoded(data))
    if tree is None:
        raise UnreadableInput("a page without a single element; give the page as it was sent")
    if sum(1 for _ in tree.iter()) > ELEMENTS:
        raise UnreadableInput(f"a page of more than {ELEMENTS:,} elements; give the article alone")
    told, published = metadata(tree, link)
    title, paragraphs = article(tree)
    text = composed(paragraphs, headline=title or told.headline)
    if not any(map(SENTENCE_END.search, paragraphs)):
        raise UnreadableInput(
            "a page without an article; pages that only list or that a script fills have none"
        )
    return plain(text, published or asked.published, told.guid or told.link or asked.source_id, envelope=told)


def decoded(data: bytes) -> str | bytes:
    """The page as text, if it is UTF-8 or what it says that it is; else bytes, whose encoding is guessed."""
    said = CHARSET.search(data[:4096])
    for encoding in ("utf-8-sig", said[1].decode("ascii") if said else "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data


def article(tree: Any) -> tuple[str | None, list[str]]:
    """The headline that stands above the text, if one does, and the paragraphs."""
    from trafilatura import bare_extraction

    found = bare_extraction(tree, fast=True, include_comments=False, include_tables=False, config=settings())
    body: Any = getattr(found, "body", None)
    if body is None:
        return None, []
    blocks = [e for e in body.iter() if local(e) in PARAGRAPHS and not inner(e)]
    titles = [words(e) for e in blocks if e.get("rend") == "h1"]
    return next(iter(titles), None), [words(e) for e in blocks if e.get("rend") != "h1"]


@functools.cache
def settings() -> Any:
    from trafilatura.settings import use_config

    made = use_config()
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        made.set("DEFAULT", name, "1")  # a flash is a dispatch of one line
    return made


def inner(element: Any) -> bool:
    """Has it paragraphs of its own? Then those are read."""
    return any(local(e) in PARAGRAPHS for e in element.iterdescendants())


# ── what is said of it ───────────────────────────────────────────────────────────────────────────


def metadata(tree: Any, link: str | None) -> tuple[Envelope, str | None]:
    """The envelope, and when it was published; JSON-LD comes before meta tags."""
    ld, meta = linked(tree), metas(tree)
    told = envelope(
        "html",
        headline=ld.get("headline") or meta.get("og:title") or words(tree.find(".//h1")) or words(tree.find(".//title")),
        byline=named(ld.get("author")) or meta.get("author"),
        version=ld.get("version"),
        subjects=listed(ld.get("keywords")) or listed(meta.get("news_keywords") or meta.get("keywords")),
        language=named(ld.get("inLanguage")) or tree.get("lang") or meta.get("og:locale"),
        place=named(ld.get("dateline")) or named(ld.get("contentLocation")) or named(ld.get("locationCreated")),
        provider=named(ld.get("sourceOrganization")) or named(ld.get("publisher")) or meta.get("og:site_name"),
        notes=[named(ld.get("correction"))],
        link=canonical(tree) or meta.get("og:url") or link or named(ld.get("url")),
        guid=named(ld.get("identifier")),
    )  # fmt: skip
    days = (ld.get("datePublished"), *(meta.get(name) for name in DATES), time_of(tree))
    return told, next((found for day in days if (found := stamp(day))), None)


def linked(tree: Any) -> dict[str, Any]:
    """The article that JSON-LD describes; an empty one where it describes none, or cannot be read."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            given = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in graph(given):
            if any(str(kind).endswith("Article") for kind in listed(item.get("@type"))):
                return item
    return {}


def graph(given: Any) -> list[dict[str, Any]]:
    top = given if isinstance(given, list) else [given]
    more = [item.get("@graph") for item in top if isinstance(item, dict)]
    return [i for i in (*top, *(i for m in more if isinstance(m, list) for i in m)) if isinstance(i, dict)]


def listed(given: Any) -> list[Any]:
    """ "talks, truce" and ["talks", "truce"] are the same list."""
    return (
        given
        if isinstance(given, list)
        else [w.strip() for w in given.split(",")]
        if isinstance(given, str)
        else []
    )


def named(given: Any) -> str | None:
    """A name, or the name of a thing or of several."""
    if isinstance(given, list):
        return (
            ", ".join(n for each in given[:20] if not isinstance(each, list) and (n := named(each))) or None
        )
    found = given.get("name") or given.get("value") if isinstance(given, dict) else given
    return found if isinstance(found, str) else None


def metas(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name:
            found.setdefault(name.lower(), meta.get("content"))
    return found


def canonical(tree: Any) -> str | None:
    found = tree.find(".//link[@rel='canonical']")
    return None if found is None else found.get("href")


def time_of(tree: Any) -> str | None:
    found = tree.find(".//time[@datetime]")
    return None if found is None else found.get("datetime")
