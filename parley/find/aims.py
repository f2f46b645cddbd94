"""Stances told by a noun ("our hope is that …", "voiced support for …") or by an aim ("fighting for …", "to topple …")."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from parley.document import Marks, Token
from parley.facts import Claim, Facts, Stance
from parley.find.parties import party
from parley.lang import table
from parley.mark.clause import objects, prepositional, subject
from parley.values import Span


@dataclass(frozen=True, slots=True)
class Aim:
    """Who stands for what, by which word."""

    word: Token
    holder: str
    stance: Stance
    span: Span
    rule: str


def aims(marks: Marks, facts: Facts) -> Iterator[Aim]:
    for token in marks.tokens:
        if token.lemma in nouns() and token.tag[:1] == "N":
            found = hoped(token, marks, facts) or voiced(token, marks)
        elif token.tag[:2] == "VB":
            found = purpose(token, marks) or fought_for(token, marks) or pursued(token, marks)
        else:
            found = None
        if found is not None:
            yield found


@functools.cache
def nouns() -> dict[str, Stance]:
    return {word: stance for stance, words in table("positions")["noun"].items() for word in words}


@functools.cache
def listed(name: str) -> frozenset[str]:
    return frozenset(table("positions")["aim"][name])


# ── by a noun ────────────────────────────────────────────────────────────────────────────────────


def hoped(noun: Token, marks: Marks, facts: Facts) -> Aim | None:
    """ "Our hope is that …", "our goal of ending the war": the possessor's, with the whole of what he hopes."""
    owner = noun.child("poss")
    if owner is None or nouns()[noun.lemma] != "seeks":
        return None
    claim = facts.claim_over(noun.span)
    holder = party(marks, owner) or (spoken_for(claim) if owner.lower in ("our", "my") else None)
    top = (
        noun.head
        if noun.dep == "nsubj" and noun.head.lemma == "be" and noun.head.all("ccomp", "xcomp")
        else noun
    )
    told = (
        top is not noun
        or any(c.lower == "of" and c.child("pcomp") for c in noun.all("prep"))
        or noun.all("acl")
    )
    if holder is None or not told:
        return None
    span = claim.span if claim is not None and top is not noun else extent(top)
    return Aim(noun, holder, "seeks", span, "positions.hoped")


def spoken_for(claim: Claim | None) -> str | None:
    return (claim.source.entity or claim.source.affiliation) if claim else None


def voiced(noun: Token, marks: Marks) -> Aim | None:
    """ "X expressed support for …", "reiterated its demand that …": what stands behind the noun."""
    verb = noun.head
    if noun.dep != "dobj" or verb.lemma not in listed("voicing"):
        return None
    behind = [n for n in prepositional(noun, "for", "to", "of")] + noun.all("acl", "ccomp")
    holder = party(marks, subject(verb))
    if holder is None or len(behind) != 1:
        return None
    return Aim(noun, holder, nouns()[noun.lemma], extent(behind[0]), "positions.voiced")


# ── by an aim ────────────────────────────────────────────────────────────────────────────────────


def purpose(verb: Token, marks: Marks) -> Aim | None:
    """ "launched an offensive to topple X": who fights wants it."""
    if verb.tag != "VB" or verb.lemma not in listed("topple") or not objects(verb):
        return None
    if not any(c.lower == "to" for c in verb.all("aux")) or verb.dep not in ("advcl", "acl", "xcomp"):
        return None
    above = next((a for a in verb.ancestors() if a.tag[:2] == "VB"), None)
    holder = party(marks, subject(above)) if above is not None and above.lemma in listed("fighting") else None
    return Aim(verb, holder, "seeks", extent(verb), "positions.aim") if holder else None


def fought_for(verb: Token, marks: Marks) -> Aim | None:
    """ "are fighting for the island's independence"."""
    wanted = prepositional(verb, "for") if verb.lemma in listed("fighting") else []
    wanted = [n for n in wanted if n.lemma in listed("causes")]
    holder = party(marks, subject(verb)) if wanted else None
    return Aim(verb, holder, "seeks", extent(wanted[0]), "positions.aim") if holder else None


def pursued(verb: Token, marks: Marks) -> Aim | None:
    """ "trying to win a truce", "would continue its efforts to revive the talks"."""
    if verb.lemma in ("try", "seek", "attempt") and verb.tag == "VBG":
        gained = [c for c in verb.all("xcomp") if c.lemma in listed("gaining") and objects(c)]
        words = objects(gained[0]) if gained else []
        also = gained[0].all("advcl") if gained else []
    elif verb.lemma in listed("pursuing"):
        words = [c for o in objects(verb) if o.lemma in ("effort", "attempt") for c in o.all("acl")]
        also = []
    else:
        return None
    holder = party(marks, subject(verb)) if words else None
    if holder is None:
        return None
    span = extent(words[0])
    return Aim(verb, holder, "seeks", span.to(extent(also[-1])) if also else span, "positions.pursued")


def extent(top: Token) -> Span:
    """All the words of a phrase, without the relative clause that only comments on it."""
    apart = {t.i for c in top.subtree() if c.dep == "relcl" for t in c.subtree()}
    inside = [t for t in top.subtree() if t.dep != "punct" and t.i not in apart]
    return Span(inside[0].start, inside[-1].end)
