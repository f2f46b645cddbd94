"""spaCy Docs, as `DocBin.to_disk` keeps them (.spacy) → a Document for each, with its own parse where it carries one.

A parse is read if it is of the kind that the rules know: Penn Treebank tags, ClearNLP labels, lemmas. Of any other Doc
the text is taken alone, and a Problem says so.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from parley.document import Document, Word
from parley.errors import Problem, UnreadableInput
from parley.read.columns import OWN, ROUND, dispatch
from parley.read.found import Asked, BadInput, Found, whole
from parley.values import Span

NAMES = (".spacy",)
LARGEST = 256 << 20  # bytes of a file; and four times that when it is inflated
LABELS = {
    "ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case",
    "cc", "ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj",
    "mark", "meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp",
    "pobj", "poss", "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp",
}  # fmt: skip
NEEDED = ("TAG", "POS", "DEP", "LEMMA")


def knows(head: bytes, name: str) -> bool:
    """By its name: its bytes are those of anything that zlib has packed."""
    return name.lower().endswith(NAMES) and head.startswith(b"x")


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """A Document for each Doc. What a Doc says of itself is in its `user_data`: "published", "id", "headline" …"""
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    data = whole(file, LARGEST)
    guard(data)
    docs = DocBin().from_bytes(data)
    docs.span_groups = [b""] * len(docs)  # nobody here asks for them
    for number, doc in enumerate(docs.get_docs(Vocab()), 1):
        yield item(doc, asked, asked.at(f"Doc {number}"))


def guard(data: bytes) -> None:
    """Raises UnreadableInput for bytes that are no Docs, or too many when inflated."""
    unpacking = zlib.decompressobj()
    try:
        held = len(unpacking.decompress(data, 4 * LARGEST))
    except zlib.error as trouble:
        raise UnreadableInput("no spaCy Docs; write them with DocBin.to_disk") from trouble
    if held == 4 * LARGEST or not unpacking.eof:
        raise UnreadableInput(
            f"cut off, or more than {4 * LARGEST >> 20} MB when inflated; give Docs in smaller files"
        )


def item(doc: Any, asked: Asked, where: str) -> Found:
    told = {k: v for k, v in doc.user_data.items() if k in (*OWN, *ROUND)} | {"text": doc.text}
    try:
        document = dispatch(told, replace(asked, columns={}), "spacy")
    except UnreadableInput as trouble:
        return BadInput(where, str(trouble))
    return with_parse(document, doc)


def with_parse(document: Document, doc: Any) -> Document:
    if not all(doc.has_annotation(attr) for attr in ("TAG", "DEP")):
        return document
    if strange := unlike(doc):
        told = Problem(f"its parse is not read, since {strange}; the text is parsed anew")
        return replace(document, problems=(*document.problems, told))
    return replace(document, words=tuple(words_of(doc)))


def unlike(doc: Any) -> str | None:
    """What about a parse the rules would not understand; None if they would."""
    if lacking := [attr for attr in NEEDED if not doc.has_annotation(attr)]:
        return f"it has no {', '.join(lacking)}"
    if strange := sorted({t.dep_ for t in doc if not t.is_space} - LABELS):
        return f"it has labels of another kind ({', '.join(strange[:5])})"
    if any(goes_round(token) for token in doc):
        return "its heads go round in circles"
    return None


def goes_round(token: Any) -> bool:
    """A slow walker and a fast one meet only on a circle."""
    slow = fast = token
    while fast.head.i != fast.i:
        slow, fast = slow.head, fast.head.head
        if slow.i == fast.i and fast.head.i != fast.i:
            return True
    return False


def words_of(doc: Any) -> Iterator[Word]:
    """Its words without blanks, which no rule looks at: what hangs from a blank hangs from nothing."""
    kept = [token for token in doc if not token.is_space]
    numbers = {token.i: n for n, token in enumerate(kept)}
    opening = {next((t.i for t in s if not t.is_space), -1) for s in doc.sents}
    for n, token in enumerate(kept):
        span = Span(token.idx, token.idx + len(token))
        head = numbers.get(token.head.i, n)
        yield Word(span, token.lemma_, token.tag_, token.pos_, token.dep_, head, token.i in opening)
