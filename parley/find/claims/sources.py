"""Who answers for a claim: person, body, unnamed, media or document; with affiliation and stated reason."""

from __future__ import annotations

import functools
import re

from parley.document import Entity, Marks, Token
from parley.facts import Source, SourceKind
from parley.find.parties import behind, of_state
from parley.lang import table
from parley.mark.clause import conjuncts, full_phrase
from parley.mark.gazetteer import demonyms, known
from parley.values import Span

NAMED = {"person": "person", "organization": "body", "state": "body", "place": "body", "people": "body"}


def source_of(speaker: Token, marks: Marks, before: Source | None) -> Source:
    """The source behind a phrase's head; `before` is the source of the claim before it."""
    span = phrase_span(speaker)
    entity = marks.entity(speaker) or apposed(speaker, marks)
    if nearer_unnamed(speaker, entity, before, marks):
        entity = None
    kind = kind_of(speaker, entity, before)
    if speaker.lower in words("statement") and before is not None and before.kind != "person":
        known_as: SourceKind = "document" if before.kind == "document" else "body"
        return Source(known_as, span, before.entity, before.affiliation)
    if kind == "unnamed":
        again = definite(speaker) and before is not None and before.kind == "unnamed"
        affiliation = (before.affiliation if again and before else None) or affiliated(speaker, marks)
        return Source(kind, span, None, affiliation, anonymity(speaker, marks))
    if entity is None and speaker.tag == "PRP" and before is not None:
        return Source(before.kind, span, before.entity, before.affiliation)
    return Source(kind, span, entity.id if entity else None, None, anonymity(speaker, marks))


def nearer_unnamed(speaker: Token, entity: Entity | None, before: Source | None, marks: Marks) -> bool:
    """ "he said" goes on with the unnamed man who spoke last, if no name stands between."""
    if entity is None or before is None or before.kind != "unnamed" or before.span is None:
        return False
    named = [m for m in entity.mentions if m.end < speaker.start and m.of(marks.text)[:1].isupper()]
    return speaker.lower in ("he", "she") and (not named or named[-1].end < before.span.start)


def phrase_span(speaker: Token) -> Span:
    """The source's words: determiner, titles and name, without relative clauses and asides."""
    inside = [
        t
        for t in full_phrase(
            speaker, without=("relcl", "appos", "punct", "acl", "prep", "cc", "conj", "advcl")
        )
        if t.i <= speaker.i + 1
    ]
    start = min((t.start for t in inside), default=speaker.start)
    return Span(start, max(speaker.end, *(t.end for t in inside)) if inside else speaker.end)


def apposed(speaker: Token, marks: Marks) -> Entity | None:
    """ "the army's spokesman, X, said": the name beside the title."""
    return next((e for c in speaker.all("appos") if (e := marks.entity(c)) and e.kind == "person"), None)


def kind_of(speaker: Token, entity: Entity | None, before: Source | None) -> SourceKind:
    word = speaker.lower
    if speaker.tag == "PRP":
        return pronoun_kind(word, entity, before)
    if entity is not None and entity.kind == "person":
        return "person"
    if word in words("media") or is_media(entity):
        return "media"
    if word in words("document"):
        return "document"
    if word in words("body") and word not in ("authorities",):
        return "body"
    own = entity is not None and entity.kind in ("organization", "state")
    if not own and any(c.tag in ("NNP", "NNPS") for c in speaker.all("appos")):
        return "person"
    if word in words("unnamed"):
        return "unnamed"
    if entity is not None:
        return NAMED[entity.kind]  # type: ignore[return-value]
    if word in demonyms() or word.removesuffix("s") in demonyms():
        return "body"
    return "unnamed" if speaker.tag in ("NN", "NNS", "CD", "DT", "JJ") else "person"


def pronoun_kind(word: str, entity: Entity | None, before: Source | None) -> SourceKind:
    if entity is not None:
        return NAMED[entity.kind]  # type: ignore[return-value]
    if before is not None:
        return before.kind
    return "person" if word in ("he", "she", "i") else "body"


def is_media(entity: Entity | None) -> bool:
    if entity is None or entity.kind != "organization":
        return False
    entry = known().get(entity.name.lower())
    return bool(entry and entry.media) or entity.name.lower().split()[-1] in words("media") | words(
        "mastheads"
    )


@functools.cache
def words(kind: str) -> frozenset[str]:
    return frozenset(table("claims")["sources"][kind])


def definite(speaker: Token) -> bool:
    return any(c.lower == "the" and c.dep == "det" for c in speaker.children)


def affiliated(speaker: Token, marks: Marks) -> str | None:
    """Whom an unnamed source belongs to: "Kenyan officials", "a source in the ministry"."""
    found = of_state(marks, speaker) or behind(marks, speaker)
    if found is None:
        near = [
            p for c in speaker.all("prep") if c.lower in ("in", "at", "for", "with") for p in c.all("pobj")
        ]
        ids = {marks.holders[t.i] for t in near if t.i in marks.holders and marks.entity(t).kind != "place"}  # type: ignore[union-attr]
        found = ids.pop() if len(ids) == 1 else None
    return found if len(conjuncts(speaker)) == 1 else None


@functools.cache
def nameless() -> re.Pattern[str]:
    return re.compile(table("claims")["anonymity"]["pattern"].replace(" ", r"\s"), re.IGNORECASE)


def anonymity(speaker: Token, marks: Marks) -> Span | None:
    """The words of the same sentence that say that, or why, the source would not be named."""
    sentence = speaker.sentence.span
    found = nameless().search(marks.text, sentence.start, sentence.end)
    return Span(found.start(), found.start() + len(found[0].rstrip(" ,"))) if found else None
