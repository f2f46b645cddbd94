"""Cues that are nouns: "his claim that …", "expressed confidence that …", "repeated its demand to …"."""

from __future__ import annotations

import functools

from parley.document import Marks, Token
from parley.find.claims.clauses import coordinated_cue
from parley.find.claims.content import Frame, acts, edges, settle
from parley.lang import table
from parley.mark.clause import subject


@functools.cache
def acts_of_nouns() -> dict[str, str]:
    return {
        noun: act
        for act, nouns in table("claims")["noun"].items()
        if act not in ("verbs", "denying")
        for noun in nouns
    }


def of_noun(noun: Token, marks: Marks) -> Frame | None:
    """The frame of a noun that has its content behind it and its source beside it; without a source, none."""
    clause = next((c for c in noun.all("acl", "ccomp", "relcl") if c.i > noun.i and told(c)), None)
    speaker = source(noun) if clause is not None else None
    if clause is None or speaker is None:
        return None
    denying = table("claims")["noun"]["denying"].get(noun.head.lemma) if noun.child("poss") is None else None
    cue = noun.head if denying else noun  # "denied reports that …": what is denied, by whoever denies it
    act = denying or acts_of_nouns().get(noun.lemma)
    if act is None:
        return None  # "his wish that …": no noun of saying
    return Frame(settle(edges(clause.subtree()), marks), cue.span, cue, speaker, act, "claims.noun")


def told(clause: Token) -> bool:
    """ "that …" as a clause of its own, no relative "that": it has a subject besides."""
    return any(c.lower == "that" and c.dep == "mark" for c in clause.children)


def source(noun: Token) -> Token | None:
    """Whose word it is: the possessor, or the subject of "expressed", "repeated", "rejected"."""
    owner = noun.child("poss")
    if owner is not None:
        return owner
    verb = noun.head if noun.dep == "dobj" else None
    words = table("claims")["noun"]
    known = verb is not None and (verb.lemma in words["verbs"] or verb.lemma in words["denying"])
    if verb is None or not known:
        return None
    first = next((a for a in verb.ancestors() if a.lemma in acts() and coordinated_cue(verb, a)), verb)
    return subject(first)  # "admitted the leak but voiced hope that …": who said it
