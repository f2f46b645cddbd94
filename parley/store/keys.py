"""Names → the keys under which they meet across dispatches: "Dr. Ali al-Hakim" → "person:ali hakim"."""

from __future__ import annotations

import functools
import hashlib
import json
import re
import unicodedata
from typing import Any

from parley.lang import table

NOT_WORD = re.compile(r"[^\w]+")
INITIALS = re.compile(r"\b(\w)\.")


def digest(*parts: Any) -> str:
    """24 hexadecimal characters of SHA-256 over the parts as JSON: an id made of content."""
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@functools.lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """Lower case, without accents, hyphens, apostrophes, titles and articles.

    >>> folded("Gen. Ömer al-Sa'id"), folded("The Northern Front")
    ('omer said', 'northern front')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = INITIALS.sub(r"\1", plain.replace("'", "").replace("’", "").replace("‘", ""))
    words = NOT_WORD.sub(" ", plain.casefold()).split()
    kept = [w for w in words if w not in left_out()]
    return " ".join(kept or words)


@functools.cache
def left_out() -> frozenset[str]:
    known = table("ledger")
    return frozenset((*known["articles"], *known["titles"]))


def party_key(name: str, kind: str, dispatch: str) -> str:
    """The key of somebody. Who has no name of his own stays with his dispatch: gunmen here are not the gunmen
    there, and "the army" is nobody's until its state is named."""
    words = folded(name)
    if kind not in ("place", "state") and not any(w[:1].isupper() for w in name.split() if folded(w)):
        return f"group:{words}@{dispatch[:12]}"
    return f"{CLASSES.get(kind, 'body')}:{words}"


CLASSES = {"person": "person", "place": "place"}


def block_of(key: str) -> str:
    """Where two spellings of one name meet: the skeleton of the last word of a person's name, or the initials of
    a body's.

    >>> block_of("person:dario venn"), block_of("body:northern liberation front"), block_of("body:nlf")
    ('person:vn', 'body:nlf', 'body:nlf')
    """
    kind, _, name = key.partition(":")
    words = name.split()
    if kind == "person":
        return f"person:{skeleton(words[-1])}" if words else "person:"
    if kind == "body" and len(words) > 1:
        return "body:" + "".join(w[0] for w in words if w not in ("of", "for", "and"))
    return f"{kind}:{name}"


# What transliterations differ in: vowels, doubled letters, and these.
SOUNDS = (
    ("ph", "f"),
    ("kh", "h"),
    ("gh", "g"),
    ("dj", "j"),
    ("zh", "j"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("q", "k"),
    ("ck", "k"),
    ("w", "v"),
    ("z", "s"),
)


def skeleton(word: str) -> str:
    """The consonants of a word as one hears them: "Mohammed", "Muhamad" → "mhmd"."""
    for seen, heard in SOUNDS:
        word = word.replace(seen, heard)
    kept = (
        word[:1] + re.sub(r"[aeiouyh]", "", word[1:])
        if word[:1] not in "aeiou"
        else "a" + re.sub(r"[aeiouyh]", "", word)
    )
    return re.sub(r"(.)\1+", r"\1", kept)


@functools.lru_cache(maxsize=100_000)
def population(who: str) -> str:
    """The people counted, as one series knows them: "the remaining hostages" → "hostage"."""
    known = table("ledger")
    words = [singular(w) for w in NOT_WORD.sub(" ", who.casefold()).split()]
    kept = [w for w in words if w not in known["articles"] and w not in known["not_of_population"]]
    kept = kept or words
    return (
        known["populations"].get(" ".join(kept), known["populations"].get(kept[-1], " ".join(kept)))
        if kept
        else ""
    )


def singular(word: str) -> str:
    irregular: dict[str, str] = table("ledger")["singulars"]
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word
