"""Contents that are no clause: what is demanded, called for, praised, or whom an accusation names and of what."""

from __future__ import annotations

from parley.document import Marks, Token
from parley.find.claims.content import edges, framed, left_edge, settle
from parley.find.claims.nouns import of_noun
from parley.values import Span


def by_of(verb: Token, marks: Marks) -> Span | None:
    if verb.lemma not in framed("of"):
        return None
    of = next((c for c in verb.all("prep") if c.lower in ("of", "against")), None)
    of = of or next((c for o in verb.all("dobj") for c in o.all("prep") if c.lower == "of"), None)
    later = [t for t in verb.sentence.tokens if t.i > verb.i and t.lower == "of" and t.child("pcomp")]
    content = (
        of.child("pcomp", "pobj")
        if of
        else later[0].child("pcomp")
        if later and verb.lemma == "accuse"
        else None
    )
    return settle(edges(content.subtree()), marks) if content else None


def by_infinitive(verb: Token, marks: Marks) -> Span | None:
    if verb.lemma not in framed("infinitive"):
        return None
    infinitive = next(
        (
            c
            for c in verb.all("xcomp", "ccomp", "advcl")
            if c.i > verb.i and any(x.lower == "to" for x in c.children)
        ),
        None,
    )
    if infinitive is None or verb.lemma == "agree" or verb.dep == "relcl":
        return None
    start = next(x for x in infinitive.children if x.lower == "to")
    inside = [t for t in infinitive.subtree() if t.i >= start.i]
    return settle(edges(inside), marks)


def by_for(verb: Token, marks: Marks) -> Span | None:
    if verb.lemma not in framed("for"):
        return None
    preposition = next((c for c in verb.all("prep") if c.lower in ("for", "on")), None)
    wanted = preposition.child("pobj") if preposition and preposition.lower == "for" else None
    return settle(edges(wanted.subtree()), marks) if wanted else None


def by_blame(verb: Token, marks: Marks) -> Span | None:
    """ "blamed X for Y": X and Y are what is claimed."""
    target = verb.child("dobj") if verb.lemma == "blame" else None
    if target is None:
        return None
    inside = target.subtree() + [t for c in verb.all("prep") if c.lower in ("for", "on") for t in c.subtree()]
    return settle(edges(sorted(inside, key=lambda t: t.i)), marks)


def by_naming(verb: Token, marks: Marks) -> Span | None:
    """ "called the raid 'a crime'": what is named and its name."""
    if verb.lemma not in framed("naming") or any(c.lower in ("on", "for") for c in verb.all("prep")):
        return None
    behind = [c for c in verb.all("dobj", "oprd", "ccomp", "xcomp", "attr", "acomp") if c.i > verb.i]
    small = [c for c in behind if c.dep == "ccomp" and not c.all("aux", "mark")]
    if len(behind) < 2 and not small:
        return None
    inside = sorted((t for c in behind for t in c.subtree()), key=lambda t: t.i)
    return settle(edges(inside), marks)


def mere_name(target: Token) -> bool:
    """ "criticized X": whom, and nothing of what was said."""
    return target.tag in ("NNP", "NNPS") and not target.child("prep", "relcl", "acl", "poss")


def by_object(verb: Token, marks: Marks) -> Span | None:
    if verb.lemma not in framed("object") or verb.all("ccomp") or verb.dep == "relcl":
        return None
    target = verb.child("dobj")
    if target is None or target.tag in ("PRP", "WP", "WDT"):
        return None
    if mere_name(target):
        reasons = [c for c in verb.all("prep") if c.lower == "for" and c.i > target.i]
        return (
            settle(Span(left_edge(target).start, edges(reasons[0].subtree()).end), marks) if reasons else None
        )
    if target.lower in ("that", "this") or of_noun(target, marks) is not None:
        return None
    if verb.lemma == "claim" and target.lemma not in ("responsibility", "credit", "victory"):
        return None
    span = settle(edges(target.subtree()), marks)
    behalf = span.of(marks.text).find(" on behalf of ")
    return Span(span.start, span.start + behalf) if behalf > 0 else span
