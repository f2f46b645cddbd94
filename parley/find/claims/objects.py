"""Contents that are no clause: what is demanded, called for, praised, or whom an accusation names and of what."""

from __future__ import annotations

import functools

from parley.document import Marks, Token
from parley.find.claims.clauses import finite, until_next_cue
from parley.find.claims.content import edges, framed, left_edge, settle
from parley.find.claims.nouns import of_noun
from parley.lang import table
from parley.values import Span


def by_of(verb: Token, marks: Marks) -> Span | None:
    """ "accused X of breaking the truce": the breaking."""
    if verb.lemma not in framed("of"):
        return None
    of = next((c for c in verb.all("prep") if c.lower in ("of", "against", "about")), None)
    of = of or next((c for o in verb.all("dobj") for c in o.all("prep") if c.lower == "of"), None)
    later = [t for t in verb.sentence.tokens if t.i > verb.i and t.lower == "of" and t.child("pcomp")]
    content = (
        of.child("pcomp", "pobj")
        if of
        else later[0].child("pcomp")
        if later and verb.lemma == "accuse"
        else None
    )
    return stretch(verb, left_edge(content), content, marks) if content else None


def stretch(verb: Token, first: Token, top: Token, marks: Marks) -> Span:
    """From a first word to where the phrase ends, or the speaker goes on to say something else."""
    inside = [first, *(t for t in top.subtree() if t.i > first.i)]
    return settle(Span(first.start, until_next_cue(verb, inside)), marks)


def by_infinitive(verb: Token, marks: Marks) -> Span | None:
    """ "urged X to leave", "warned them not to leave"; "called on X to leave" with the X that is called on."""
    if verb.lemma not in framed("infinitive") or verb.lemma == "agree" or verb.dep == "relcl":
        return None
    nouns = [n for c in verb.all("prep") if c.lower in ("in", "at", "during") for n in c.all("pobj")]
    behind = [c for c in verb.all("xcomp", "ccomp", "advcl") if c.i > verb.i and to(c)]
    behind = behind or [c for n in nouns for c in n.all("acl") if to(c)]  # "promised in a letter to go"
    if not behind:
        return None
    first = (called_on(verb, behind[0]) if verb.lemma == "call" else None) or to(behind[0])
    return stretch(verb, first, behind[0], marks) if first else None


def called_on(verb: Token, wanted: Token) -> Token | None:
    """ "called on the sides to meet", "called for them to meet": the first word of those who are to do it."""
    on = next((c for c in verb.all("prep") if c.lower in ("on", "upon", "for")), None)
    whom = (on.child("pobj") if on else None) or wanted.child("nsubj")
    return left_edge(whom) if whom and whom.i < wanted.i else None


def to(clause: Token) -> Token | None:
    """The first word of an infinitive: "to", or its "not"."""
    found = next((c for c in clause.children if c.lower == "to" and c.dep == "aux"), None)
    neg = next((c for c in clause.all("neg") if found and c.i == found.i - 1), None)
    return neg or found


def by_gerund(verb: Token, marks: Marks) -> Span | None:
    """ "proposed closing the road", "denied having closed it"."""
    if verb.lemma not in framed("gerund") or verb.dep == "relcl":
        return None
    behind = [c for c in verb.all("xcomp", "ccomp", "dobj", "pcomp") if c.i > verb.i]
    done = next((c for c in behind if "VBG" in (c.tag, *(a.tag for a in c.all("aux")))), None)
    if done is None or left_edge(done).i - verb.i > 2 or done.child("nsubj"):
        return None
    return stretch(verb, left_edge(done), done, marks)


def by_for(verb: Token, marks: Marks) -> Span | None:
    if verb.lemma not in framed("for"):
        return None
    preposition = next((c for c in verb.all("prep") if c.lower in ("for", "on")), None)
    wanted = preposition.child("pobj", "pcomp") if preposition and preposition.lower == "for" else None
    return stretch(verb, left_edge(wanted), wanted, marks) if wanted else None


def by_blame(verb: Token, marks: Marks) -> Span | None:
    """ "blamed X for Y": X and Y are what is claimed."""
    target = verb.child("dobj") if verb.lemma == "blame" else None
    if target is None:
        return None
    inside = target.subtree() + [t for c in verb.all("prep") if c.lower in ("for", "on") for t in c.subtree()]
    return settle(edges(sorted(inside, key=lambda t: t.i)), marks)


def by_naming(verb: Token, marks: Marks) -> Span | None:
    """ "called the raid 'a crime'": what is named and its name."""
    if verb.lemma == "refer":
        return referred(verb, marks)
    if verb.lemma not in framed("naming") or any(c.lower in ("on", "for") for c in verb.all("prep")):
        return None
    if any(c.lower == "what" for c in verb.children):
        return None  # "in what he called a 'new era'": a word of his in the agency's own sentence
    behind = [c for c in verb.all("dobj", "oprd", "ccomp", "xcomp", "attr", "acomp") if c.i > verb.i]
    small = [c for c in behind if c.dep == "ccomp" and not c.all("aux", "mark")]
    if len(behind) < 2 and not small:
        return quoted_name(verb, marks)
    inside = sorted((t for c in behind for t in c.subtree()), key=lambda t: t.i)
    return settle(Span(inside[0].start, until_next_cue(verb, inside)), marks)


def referred(verb: Token, marks: Marks) -> Span | None:
    """ "referred to the raid as a crime": as with "called"."""
    whom = next((p for c in verb.all("prep") if c.lower == "to" for p in c.all("pobj")), None)
    near = [*verb.all("prep"), *(whom.all("prep") if whom else [])]
    name = next((c for c in near if c.lower == "as"), None)
    if whom is None or name is None or name.i < whom.i:
        return None
    return settle(Span(left_edge(whom).start, name.subtree()[-1].end), marks)


def quoted_name(verb: Token, marks: Marks) -> Span | None:
    """ "called X's answer to them “absurd”": the name in quotation marks closes the content, whatever the parse."""
    behind = [t for t in verb.sentence.tokens if t.i > verb.i]
    quote = next((q.span for q in marks.quotes if behind and q.span.start >= behind[0].start), None)
    between = [t for t in behind if quote and t.end <= quote.start]
    if quote is None or not between or len(between) > NAMED or not verb.sentence.span.covers(quote):
        return None
    if any(finite(t) or t.text in (",", ":", ";", "—", "–") for t in between):
        return None
    return settle(Span(behind[0].start, quote.end), marks)


NAMED = 12  # words between the cue and the name given


def mere_name(target: Token) -> bool:
    """ "criticized X": whom, and nothing of what was said."""
    return target.tag in ("NNP", "NNPS") and not target.child("prep", "relcl", "acl", "poss")


REASONS = ("as", "for")  # "hailed it as a step", "criticized X for the raid"


def by_object(verb: Token, marks: Marks) -> Span | None:
    """ "condemned the raid", "described the raid as a crime", "criticized X for the raid"."""
    if verb.lemma not in framed("object") or verb.all("ccomp"):
        return None
    target = verb.child("dobj")
    if target is None or target.tag in ("WP", "WDT") or target.lower in ("that", "this"):
        return None
    more = [c for c in verb.all("prep", "xcomp", "advcl") if c.i > target.i and more_of_it(c, marks)]
    told = next((c for c in more if c.lower in REASONS), None)
    if told is None and (mere_name(target) or target.tag == "PRP" or of_noun(target, marks) is not None):
        return None
    if verb.lemma == "cite" and (target.lower in sources() or marks.entity(target) is not None):
        return None  # "citing officials", "citing documents": on whose word, not what
    if verb.lemma == "urge" and any(t.tag == "TO" for t in verb.subtree()):
        return None  # "urged those at home to vote": who is to do it
    if verb.lemma == "claim" and target.lemma not in ("responsibility", "credit", "victory"):
        return None
    span = settle(Span(left_edge(target).start, until_next_cue(verb, joined(target, more))), marks)
    behalf = span.of(marks.text).find(" on behalf of ")
    return Span(span.start, span.start + behalf) if behalf > 0 else span


@functools.cache
def sources() -> frozenset[str]:
    listed = table("claims")["sources"]
    nouns = [w for kind in ("unnamed", "document", "media", "statement") for w in listed[kind]]
    return frozenset([*nouns, *(f"{w}s" for w in nouns)])


def joined(target: Token, more: list[Token]) -> list[Token]:
    """The object's words with the phrases right behind it, which a parser hangs on either."""
    words = target.subtree()
    for phrase in more:
        if left_edge(phrase).i == words[-1].i + 1:
            words = words + phrase.subtree()
    return words


def more_of_it(phrase: Token, marks: Marks) -> bool:
    """ "condemned the raid as cowardly", "announced steps to end it"; not when, nor in which statement."""
    if phrase.lower in REASONS or (
        phrase.tag in ("VBN", "VBD")
        and phrase.dep == "advcl"
        and len(phrase.children) > 0
        and not phrase.child("nsubj", "mark", "advmod")
    ):
        return True  # "praised the timetable printed on Monday": hung on the cue
    if phrase.dep != "prep":
        return to(phrase) is not None and phrase.dep == "xcomp"
    inside = phrase.subtree()
    dated = any(t.span.overlaps(edges(inside)) for t in marks.times)
    return phrase.lower not in framed("circumstance") and not dated
