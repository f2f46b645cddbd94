"""Strangers: people and bodies without a name of their own that do or suffer an act, as entities.

"A driver was shot", "Kenya's president refused", "labour officials praised": whoever the words mean, it is somebody.
They come after the claims: a source without a name stays unnamed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parley.document import Entity, EntityKind, Marks, Token
from parley.find.beside import quantity_of
from parley.find.counts import people
from parley.find.parties import both, party
from parley.find.triggers import Fits, Found, candidates
from parley.mark.clause import agent, members, objects, prepositional, subject
from parley.mark.drafts import entity_id
from parley.mark.gazetteer import country_name, word_set
from parley.mark.groups import flags, phrase_end, phrase_start
from parley.values import Span

NEAR = 400  # characters before a sentence in which "the man" was brought in
INDEFINITE = ("a", "an", "another", "one", "some", "other")


@dataclass(slots=True)
class Stranger:
    """One while its mentions are gathered: span → head token."""

    noun: str
    name: str
    kind: EntityKind
    country: str | None = None
    words: frozenset[str] = frozenset()
    mentions: dict[Span, int] = field(default_factory=dict)


def with_strangers(marks: Marks, known: Fits) -> tuple[Marks, tuple[Entity, ...]]:
    """The marks with the strangers as entities too, and those alone."""
    found: list[Stranger] = []
    for item in candidates(marks, known):
        for token in sides_of(item):
            if kind := kind_of(token, marks):
                meet(token, kind, found, marks)
    for token in marks.tokens:
        again(token, found, marks)
    taken = {e.id for e in marks.entities}
    new = tuple(as_entity(s, taken) for s in found)
    holders = {head: e.id for s, e in zip(found, new, strict=True) for head in s.mentions.values()}
    return replace(marks, entities=(*marks.entities, *new), holders={**holders, **marks.holders}), new


def sides_of(item: Found) -> Iterator[Token]:
    """The heads of those who may do or suffer it: subject, objects, by-phrase, and where the rule seeks its second party."""
    token = item.token
    near = [subject(token), agent(token)] if token.tag[:2] == "VB" else []
    if (
        token.dep == "ccomp"
        and near
        and near[0] is not None
        and (near[0].tag == "PRP" or item.rule["name"] == "events.must")
    ):
        near.append(subject(token.head))  # "members said they would": they
    places = item.rule.get("recipient", ())
    if "object" in places:
        near += [*objects(token), token.child("nsubjpass")]
        near += [token.head] if token.tag == "VBN" and token.dep in ("acl", "relcl") else []
    near += prepositional(token, "by", "between", *(p for p in places if p not in ("object", "*poss")))
    for noun in near:
        if noun is not None:
            yield from (quantity_of(t) for t in members(noun))


def kind_of(token: Token, marks: Marks) -> EntityKind | None:
    """What a noun is that names a doer; None where it names nobody, or somebody known."""
    if token.i in marks.holders or both(token) or party(marks, token) or token.dep == "compound":
        return None
    if token.tag in ("NNP", "NNPS") or (token.text.isupper() and token.tag[:2] == "NN"):
        return proper_kind(token, marks)
    own = token.child("poss")
    if own and own.tag == "PRP$" and token.lower in word_set("men") | word_set("men_at_arms"):
        return None  # "our men": those of the one who speaks
    if token.tag not in ("NN", "NNS") or token.lower in word_set("nobody") or (own and own.tag == "WP$"):
        return None
    if any(c.lower == "no" for c in token.children):
        return None
    if token.lower in word_set("forces") | word_set("government") and state_before(token):
        return "state"
    titles = word_set("titles") - word_set("half_titles")
    if {token.lower, token.lemma} & (people() | titles | word_set("people")):
        return "people" if token.tag == "NNS" else "person"
    if token.lower in word_set("doers") and token.tag == "NNS":
        return "people"
    return "organization" if {token.lower, token.lemma} & (word_set("bodies") | word_set("actors")) else None


def proper_kind(token: Token, marks: Marks) -> EntityKind | None:
    """A single capitalised word that nothing explains, where it acts: an abbreviation is a body, else a person."""
    if any(t.span.overlaps(token.span) for t in marks.times) or len(token.text) < 3:
        return None
    if token.tag == "NNPS":
        return "people"
    if token.dep not in ("nsubj", "nsubjpass") or token.child("compound", "nmod", "amod"):
        return None
    return "organization" if token.text.isupper() else "person"


def state_before(token: Token) -> str | None:
    isos = flags(token)
    return isos.pop() if len(isos) == 1 else None


def meet(token: Token, kind: EntityKind, found: list[Stranger], marks: Marks) -> None:
    """An indefinite noun brings a new one in; any other is the only one of its words, or new."""
    span, words = phrase(token), describing(token)
    iso = state_before(token) if kind == "state" else None
    if iso and any(e.kind == "state" and e.country == iso for e in marks.entities):
        return
    if any(token.i in s.mentions.values() for s in found):
        return
    alike = [s for s in found if s.noun == token.lemma and (s.words == words or not words or not s.words)]
    if not indefinite(token) and len(alike) == 1:
        alike[0].mentions[span] = token.i
    elif indefinite(token) or not alike:
        name = country_name(iso) if iso else plain_name(span, marks)
        found.append(Stranger(token.lemma, name, kind, iso, words, {span: token.i}))


def plain_name(span: Span, marks: Marks) -> str:
    """The words of a phrase without number and age: "a 47-year-old Muslim farmer" → "Muslim farmer"."""
    words = [t for t in marks.inside(span) if not counts(t)]
    age = (
        {t.i for t in words if t.lower in ("year", "years", "old")}
        if any(t.lower == "old" for t in words)
        else set()
    )
    words = [t for t in words if t.i not in age]
    while words and words[0].text in ("-", "–"):
        words = words[1:]
    return marks.text[words[0].start : words[-1].end] if words else span.of(marks.text)


def again(token: Token, found: list[Stranger], marks: Marks) -> None:
    """ "the driver", further on: the only one met so far."""
    if token.i in marks.holders or token.tag != "NN" or not any(c.lower == "the" for c in token.children):
        return
    fits = [s for s in found if s.noun == token.lemma and min(s.mentions).start < token.start]
    if not fits and token.lower in ("man", "woman", "suspect"):
        told = (
            token.sentence.span.start - NEAR
        )  # "the man": the only person without a name told of just before
        fits = [
            s for s in found if s.kind == "person" and any(told < m.start < token.start for m in s.mentions)
        ]
    if len(fits) == 1 and fits[0].kind == "person" and not describing(token):
        fits[0].mentions[phrase(token)] = token.i


def counts(word: Token) -> bool:
    """What only says how many: no part of the name."""
    return (
        word.dep in ("det", "nummod")
        or word.tag == "CD"
        or word.lower in word_set("bounds") | word_set("many")
    )


def indefinite(token: Token) -> bool:
    before = [c for c in token.children if c.i < token.i]
    return any(c.lower in INDEFINITE or c.tag == "CD" for c in before)


def describing(token: Token) -> frozenset[str]:
    return frozenset(
        c.lower for c in token.children if c.i < token.i and c.dep in ("amod", "compound", "nmod")
    )


def phrase(token: Token) -> Span:
    """The noun with what stands before it: "Kenya's president", "dozens of drivers"."""
    start = phrase_start(token)
    above = token.head.head if token.dep == "pobj" and token.head.lower == "of" else None
    if above is not None and quantity_of(above) is token:
        start = min(t.start for t in above.subtree())
    return Span(start, phrase_end(token))


def as_entity(stranger: Stranger, taken: set[str]) -> Entity:
    known_as = entity_id(stranger.name, stranger.kind, taken)
    return Entity(
        known_as, stranger.name, stranger.kind, tuple(sorted(stranger.mentions)), stranger.country, ()
    )
