"""Is a dispatch in English? What surely is in another language is set aside, not misread.

Words that any English prose is full of settle it for nearly all; only where they are few is a detector asked. Names,
headlines and mixed text stay.
"""

from __future__ import annotations

import functools
import re
from pathlib import PurePath
from typing import Any

from parley.document import Document
from parley.lang import table
from parley.read.found import SetAside

SEEN = 1_000  # characters that are looked at
ENGLISH = (
    0.15  # of the words; English prose has three times as many of them, other languages' chance words fewer
)
HARDLY = 0.05  # of the words; with fewer, what the format says of the language counts
SURE, LEAST = 0.6, 0.02  # the detector's word for the other language, and what it may leave to English
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
LATIN = re.compile("[A-Za-z]")
FEW = 8  # words; less is no text to judge, unless it has hardly a Latin letter


def set_aside(document: Document, name: str, number: int = 1) -> Document | SetAside:
    """The document, or that it is in another language than Parley reads: the `number`th of the file `name`."""
    text = document.text[:SEEN]
    own = document.source_id or (f"dispatch {number}" if number > 1 else None)
    where = name if own in (None, PurePath(name).name) else f"{name}, {own}"
    if found := other_language(text):
        code, sure = found
        return SetAside(where, f"in {called(code)} ({min(sure, 0.99):.2f}); Parley reads English", code)
    code = ((document.envelope.language if document.envelope else None) or "en").lower()[:2]
    if code != "en" and share(WORD.findall(text.lower())) < HARDLY:  # too short to tell, but for its envelope
        return SetAside(where, f"in {called(code)}, as its format says; Parley reads English", code)
    return document


def called(code: str) -> str:
    return str(table("english")["languages"].get(code, f"the language “{code}”"))


def other_language(text: str) -> tuple[str, float] | None:
    """ISO 639-1 of a language that is surely not English, and how surely (0 to 1); None for English and the unsure."""
    words = WORD.findall(text.lower())
    if share(words) >= ENGLISH or (len(words) < FEW and len(LATIN.findall(text)) * 2 > len("".join(words))):
        return None
    ranked = detector().rank(text)
    code, sure = str(ranked[0][0]), float(ranked[0][1])
    english = next(float(p) for known, p in ranked if known == "en")
    return (code, sure) if code not in ("en", "pcm") and sure >= SURE and english <= LEAST else None


def share(words: list[str]) -> float:
    known = function_words()
    return sum(word in known for word in words) / len(words) if words else 0.0


@functools.cache
def function_words() -> frozenset[str]:
    return frozenset(table("english")["words"])


@functools.cache
def detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
