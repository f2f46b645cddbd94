"""Counts: numbers of people in some state, with the bounds, the holder and the authority that the words give."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from parley.document import Marks, Number, Token
from parley.facts import Count, CountStatus, Evidence, Facts
from parley.find.parties import party
from parley.find.when import when
from parley.find.where import where
from parley.lang import table
from parley.mark.clause import agent, antecedent, subject
from parley.mark.gazetteer import demonyms
from parley.values import Bounds, Span

STATES: tuple[CountStatus, ...] = (
    "dead", "wounded", "kidnapped", "released", "rescued", "missing", "detained", "displaced", "surrendered", "held", "other",
)  # fmt: skip
ONE = Bounds(1, 1)
HARMED = ("dead", "wounded", "kidnapped", "detained", "released", "rescued")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with the noun it counts (None: "killing five") and the token that stands for both."""

    span: Span
    bounds: Bounds
    noun: Token | None
    token: Token


def counts(marks: Marks, facts: Facts) -> Facts:
    """Every count, in text order, ids n1, n2 …"""
    found: list[Count] = []
    for counted in sorted(candidates(marks), key=lambda c: c.span):
        if any(c.span.overlaps(counted.span) for c in found) or not personal(counted):
            continue
        state = status_of(counted) or inherited(counted, found, marks)
        if state is not None:
            found.append(as_count(counted, *state, marks, facts))
    numbered = [replace(c, id=f"n{n}") for n, c in enumerate(found, 1)]
    return replace(facts, counts=tuple(replace(c, part_of=whole_of(c, numbered, marks)) for c in numbered))


# ── what is counted ──────────────────────────────────────────────────────────────────────────────


def candidates(marks: Marks) -> Iterator[Counted]:
    for number in marks.numbers:
        head = marks.tokens[number.last]
        noun = noun_of(number, head, marks)
        relative = any(p.tag == "WP" for c in head.all("prep") for p in c.all("pobj"))
        yield Counted(number.span, number.bounds, noun, head if relative else noun or head)
    for token in marks.tokens:
        if single_person(token):
            article = token.child("det")
            assert article is not None
            yield Counted(Span(article.start, token.end), ONE, token, token)
        elif token.lower == "another" and token.dep in ("dobj", "nsubjpass", "conj"):
            yield Counted(token.span, ONE, None, token)


def noun_of(number: Number, head: Token, marks: Marks) -> Token | None:
    """ "240 people", "dozens of people", "24 of them": the noun; None where the number stands alone."""
    inside = [t for t in marks.tokens[number.first : number.last + 1]]
    top = next((t for t in inside if not number.first <= t.head.i <= number.last), head)
    if top.dep in ("nummod", "det", "amod", "quantmod", "compound", "predet") and top.head.tag[:1] == "N":
        return top.head
    of = next((c for c in top.children if c.lower == "of" and c.i > top.i), None)
    noun = of.child("pobj") if of else None
    if noun is not None:
        return antecedent(noun) if noun.tag in ("WP", "WDT") else noun
    following = marks.tokens[number.last + 1] if number.last + 1 < len(marks.tokens) else None
    if following is not None and following.sentence is head.sentence and following.lower in people():
        return following
    return None


def single_person(token: Token) -> bool:
    """ "a soldier" among casualties: an indefinite person that a verb of harm or freeing takes."""
    article = token.child("det")
    return (
        token.tag == "NN"
        and article is not None
        and article.lower in ("a", "an")
        and token.lower in people()
        and token.dep in ("nsubjpass", "dobj", "conj", "nsubj")
    )


def personal(counted: Counted) -> bool:
    noun = counted.noun
    if marks_nobody(counted):
        return False
    if noun is None:
        return counted.token.dep in ("dobj", "nsubjpass", "nsubj", "conj", "pobj", "ROOT", "appos")
    return noun.lower in people() or noun.lower.removesuffix("s") in demonyms() or noun.tag in ("PRP", "WP")


def marks_nobody(counted: Counted) -> bool:
    """ "no one", "the one who": a pronoun, no number."""
    word = counted.token
    return word.lower == "one" and (
        word.tag != "CD"
        or any(c.lower in ("no", "the", "every", "any") for c in word.children)
        or word.dep == "nsubj"
    )


@functools.cache
def people() -> frozenset[str]:
    return frozenset(table("counts")["people"]["words"])


@functools.cache
def words(state: str, kind: str) -> frozenset[str]:
    return frozenset(table("counts")[state][kind])


# ── in which state ───────────────────────────────────────────────────────────────────────────────


def status_of(counted: Counted) -> tuple[CountStatus, Token] | None:
    """The state and the word that says it: beside the noun first, then the verb above."""
    token = counted.token
    if counted.span == Span(token.start, token.end) and token.child("det") is None and token.tag == "NN":
        return None
    found = by_words(token) or by_clause(token) or by_verb(token) or by_conjunct(token)
    if found and counted.bounds == ONE and counted.span.end == token.end and found[0] not in HARMED:
        return None
    if (
        found is None
        and token.lower in words("captives", "words")
        and token.dep in ("nsubj", "dobj", "pobj", "attr")
    ):
        held = "held" if main(token).lemma in ("be", "remain", "have", "keep") else None
        return (("held", token)) if held else None
    return found


def inherited(counted: Counted, found: list[Count], marks: Marks) -> tuple[CountStatus, Token] | None:
    """ "105 hostages, 24 of them foreigners": a part without a state of its own is in that of the whole."""
    behind = marks.text[counted.span.end : counted.span.end + 9].lower()
    near = [c for c in found if 0 < counted.span.start - c.span.end < 60]
    if near and behind.startswith((" of them", " of whom")):
        return near[-1].status, counted.token
    return None


def by_words(token: Token) -> tuple[CountStatus, Token] | None:
    """ "1,200 dead", "two wounded soldiers", "40 people missing"."""
    near = [token, *[c for c in token.children if c.dep in ("amod", "acomp", "acl", "nmod", "compound")]]
    following = next((t for t in token.sentence.tokens if t.i == token.i + 1), None)
    if (
        following is not None
        and following.tag in ("JJ", "VBN", "NN", "NNS")
        and (token.tag == "CD" or following.head is token)
    ):
        near.append(following)
    for word in near:
        for state in STATES:
            if word.lower in words(state, "words") and not (word.tag == "VBN" and word.dep == "ROOT"):
                return state, word
    return None


def by_clause(token: Token) -> tuple[CountStatus, Token] | None:
    """ "the 240 people they kidnapped", "9 hostages held by rebels", "were left dead"."""
    for clause in token.all("relcl", "acl"):
        for state in STATES:
            if clause.lemma in words(state, "object") and (
                clause.tag == "VBN" or clause.child("nsubj") is not None
            ):
                return state, clause
            if clause.lemma in words(state, "subject"):
                return state, clause
    return None


def main(token: Token) -> Token:
    return next((a for a in token.ancestors() if a.tag[:2] in ("VB", "MD")), token.head)


def by_verb(token: Token) -> tuple[CountStatus, Token] | None:
    verb, role = governed(token)
    if verb is None:
        return by_purpose(token)
    if token.lower == "lives" and verb.lemma in ("claim", "cost", "take"):
        return "dead", verb
    if verb.lemma == "take" and any(c.lower in ("hostage", "captive", "prisoner") for c in verb.children):
        taken = next(c for c in verb.children if c.lower in ("hostage", "captive", "prisoner"))
        return ("detained" if taken.lower == "prisoner" else "kidnapped"), verb
    if verb.lemma in ("leave", "find", "go", "remain", "shoot", "believe", "presume", "report", "be", "feel"):
        return by_result(token, verb)
    for state in STATES:
        if role == "object" and verb.lemma in words(state, "object"):
            return state, verb
        if role == "subject" and (
            verb.lemma in words(state, "subject")
            or (verb.tag == "VBG" and verb.lower in words(state, "words"))
        ):
            return state, verb
    below = next(iter(verb.all("xcomp", "oprd", "ccomp")), None)
    if below is not None:
        for state in STATES:
            if below.lemma in words(state, "subject") or (
                below.lemma in words(state, "object") and below.child("auxpass")
            ):
                return state, below
    return None


def governed(token: Token) -> tuple[Token | None, str]:
    """(verb, "object" or "subject") of the clause in which the token takes part."""
    top = token
    while (
        top.dep in ("pobj", "prep")
        and top.head.lower in ("of", "including", "among", "them")
        and top.head is not top
    ):
        top = top.head
    if top.dep in ("dobj", "nsubjpass"):
        return top.head, "object"
    if top.dep == "nsubj":
        return top.head, "object" if top.head.child("auxpass") else "subject"
    if top.dep == "pobj" and top.head.dep == "agent":
        return None, ""
    return None, ""


def by_purpose(token: Token) -> tuple[CountStatus, Token] | None:
    """ "allowed for 105 hostages to be freed", "freed in exchange for 240 prisoners"."""
    if token.dep not in ("pobj", "nsubjpass", "nsubj") or token.head.lower != "for":
        return None
    exchange = token.head.head
    above = [a for a in token.ancestors() if a.tag[:2] == "VB"][:2]
    near = [t for a in above[:1] for t in a.subtree() if t.tag[:2] == "VB"]
    for verb in near:
        if verb.lemma in words("released", "object") and (
            exchange.lower in ("exchange", "return") or verb.child("auxpass")
        ):
            return "released", verb
    return None


def by_result(token: Token, verb: Token) -> tuple[CountStatus, Token] | None:
    """ "left 12 dead", "shot dead", "20 of whom are believed to have died"."""
    for word in verb.subtree():
        if word is token or abs(word.i - token.i) > 14 or (word.i < token.i and word.head is not verb):
            continue
        for state in STATES:
            if word.lower in words(state, "words") or (
                word.tag[:2] == "VB" and word.lemma in words(state, "subject")
            ):
                return state, word
    return ("held", verb) if verb.lemma == "be" and token.lower in words("captives", "words") else None


def by_conjunct(token: Token) -> tuple[CountStatus, Token] | None:
    """ "Nine rebels and a soldier were killed": the state of the one it is joined to."""
    if token.dep in ("conj", "appos") and token.head is not token:
        return by_words(token.head) or by_clause(token.head) or by_verb(token.head) or by_conjunct(token.head)
    if (
        token.dep == "pobj"
        and token.head.lower in ("including", "of", "among")
        and token.head.head is not token
    ):
        above = token.head.head
        return by_clause(above) or by_verb(above) or by_conjunct(above)
    return None


# ── its cells ────────────────────────────────────────────────────────────────────────────────────


def as_count(counted: Counted, status: CountStatus, word: Token, marks: Marks, facts: Facts) -> Count:
    claim = facts.claim_over(counted.span)
    time = when(marks, word)
    doer = holder(word)
    evidence: Evidence = {"status": (word.span,)}
    if time:
        evidence["time"] = (time.span,)
    if doer:
        evidence["by"] = (doer.span,)
    return Count(
        id="",
        span=counted.span,
        low=counted.bounds.low,
        high=counted.bounds.high,
        approximate=counted.bounds.approximate,
        status=status,
        who=who(counted, marks),
        by=party(marks, doer),
        place=where(marks, word),
        time=time.value if time else None,
        believed=believed(word),
        claim=claim.id if claim else None,
        rule=f"counts.{status}",
        evidence=evidence,
    )


def who(counted: Counted, marks: Marks) -> str:
    noun = counted.noun
    if (
        noun is None
        or noun.tag in ("PRP", "WP")
        or noun.lower in ("dead", "wounded", "injured", "bodies", "deaths")
    ):
        return "people"
    before = [
        c
        for c in noun.children
        if c.dep in ("amod", "compound", "nmod") and c.i < noun.i and c.start >= counted.span.end
    ]
    start = min(
        (t.start for c in before for t in c.subtree() if t.start >= counted.span.end), default=noun.start
    )
    return " ".join(marks.text[start : noun.end].split())


def holder(word: Token) -> Token | None:
    """Who killed, took, holds or frees: the subject of the active verb, the agent of the passive."""
    if word.tag[:2] != "VB":
        return None
    if word.child("nsubjpass", "auxpass") or word.tag == "VBN":
        return agent(word)
    found = subject(word)
    return (
        found
        if found is not None and found.i != word.i and word.lemma not in ("die", "flee", "remain")
        else None
    )


def believed(word: Token) -> bool:
    """The fact itself is hedged: "are believed to have died", "feared dead", "reportedly"."""
    above = [word, *list(word.ancestors())[:2]]
    hedges = ("believe", "fear", "presume", "think", "feel")
    return any(t.lemma in hedges and t.child("auxpass", "nsubjpass") for t in above) or any(
        c.lower in ("reportedly", "apparently", "feared", "presumed", "allegedly") for c in word.children
    )


def whole_of(count: Count, found: list[Count], marks: Marks) -> str | None:
    """ "24 of them", "including two children", "20 of whom": part of the larger count just before."""
    before = [c for c in found if c.span.end <= count.span.start and count.span.start - c.span.end < 160]
    if not before:
        return None
    gap = marks.text[before[-1].span.end : count.span.start].lower()
    behind = marks.text[count.span.end : count.span.end + 12].lower()
    parts = (
        behind.startswith((" of them", " of whom", " of these", " of those"))
        or "including" in gap
        or "among them" in gap
    )
    larger = before[-1].low is None or count.low is None or (before[-1].low or 0) >= (count.low or 0)
    return before[-1].id if parts and larger else None
