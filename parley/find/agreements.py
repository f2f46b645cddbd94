"""Agreements: truces, exchanges and accords whose terms, parties, dates or state the text tells."""

from __future__ import annotations

import functools
from dataclasses import replace

from parley.document import Marks, Time, Token
from parley.facts import Agreement, AgreementKind, AgreementStatus, Count, Facts, Term
from parley.find.facing import Pair, the_pair
from parley.find.parties import parties, party
from parley.find.relevance import elsewhere
from parley.find.when import when
from parley.lang import table
from parley.mark.clause import agent, main_verb, objects, prepositional, subject
from parley.values import Span

CAPTIVES = ("prisoners", "hostages", "captives")
EXISTING = ("in_force", "completed", "collapsed")
BROKERED = ("broker", "mediate")


def agreements(marks: Marks, facts: Facts) -> Facts:
    """Every agreement, one at its fullest mention, in text order, ids a1, a2 …"""
    if elsewhere(marks):
        return facts
    found: list[Agreement] = []
    pair = the_pair(marks)
    for token in marks.tokens:
        if token.tag[:2] == "VB" and (swap := swapped(token, marks, facts)) is not None:
            keep(found, swap)
        kind = kind_of(token)
        if kind is None or token.dep in ("compound", "amod", "nmod"):
            continue
        agreement = as_agreement(token, of_sentence(kind, token), marks, facts)
        if agreement is not None:
            keep(found, agreement)
    ordered = [
        replace(a, parties=facing(a.parties, a.kind, pair)) for a in sorted(found, key=lambda a: a.span)
    ]
    return replace(facts, agreements=tuple(replace(a, id=f"a{n}") for n, a in enumerate(ordered, 1)))


def keep(found: list[Agreement], new: Agreement) -> None:
    """One per agreement, at its fullest mention: of two that may be one, the one that tells more."""
    told = next((a for a in found if a.span.overlaps(new.span) or same(a, new) or same(new, a)), None)
    if told is None:
        found.append(new)
    elif fullness(new) > fullness(told):
        found[found.index(told)] = new


def fullness(a: Agreement) -> int:
    return 2 * len(a.terms) + len(a.parties) + 2 * bool(a.begins) + 2 * bool(a.duration)


def same(a: Agreement, b: Agreement) -> bool:
    """Told again: the same kind and state, with nothing new of terms or dates, nor another party."""
    mine, yours = set(a.parties), set(b.parties)
    parties = mine <= yours or yours <= mine
    dates = b.begins in (None, a.begins) and b.duration in (None, a.duration)
    alike = a.kind == b.kind or {a.kind, b.kind} <= {"truce", "ceasefire"}
    return alike and parties and dates and not b.terms and not apart(a, b)


def apart(a: Agreement, b: Agreement) -> bool:
    """One is kept, or was; the other is still sought: two, whatever their kind."""
    return {True, False} == {x.status in EXISTING for x in (a, b) if x.status != "agreed"}


@functools.cache
def kinds() -> dict[str, AgreementKind]:
    return {word: kind for kind, words in table("agreements")["kind"].items() for word in words}


def kind_of(token: Token) -> AgreementKind | None:
    if token.lower == "fire" and any(c.lower == "cease" for c in token.children):
        return "ceasefire"
    if token.tag[:1] != "N" or token.lower not in kinds():
        return None
    if kinds()[token.lower] == "exchange" and not of_captives(token):
        return None
    before = [c.lower for c in token.children if c.dep in ("compound", "amod", "nmod")]
    named = [kinds()[w] for w in before if w in kinds()]
    if set(before) & set(table("agreements")["peace"]["words"]):
        return "peace"
    return named[0] if named else kinds()[token.lower]


def of_sentence(kind: AgreementKind, token: Token) -> AgreementKind:
    """ "began the ceasefire, following an agreement between X and Y": of the one kind that its sentence names."""
    if kind != "other":
        return kind
    if ending(token):
        return "peace"
    others = {k for t in token.sentence.tokens if t is not token and (k := kind_of(t)) and k != "other"}
    return others.pop() if len(others) == 1 else kind


def ending(token: Token) -> bool:
    """ "a deal to end the war": what it is for, wherever the parser hangs it."""
    purposes = [c for t in (token, main_verb(token)) for c in t.all("acl", "relcl", "advcl") if c.i > token.i]
    ended = [n.lower for c in purposes if c.lemma == "end" for n in objects(c)]
    return bool(set(ended) & set(table("agreements")["peace"]["ended"]))


def swapped(verb: Token, marks: Marks, facts: Facts) -> Agreement | None:
    """ "to swap a soldier for prisoners", "exchanged 12 captives for 40 prisoners": what each gives for the other's."""
    given, taken = objects(verb), prepositional(verb, "for")
    if verb.lemma not in ("swap", "exchange", "trade") or len(given) != 1 or len(taken) != 1:
        return None
    if not any(t.lower in CAPTIVES for n in (*given, *taken) for t in n.subtree()):
        return None
    giver = party(marks, subject(verb))
    mine, back = (phrase(n) for n in (given[0], taken[0]))
    sides = ((giver, mine, back), (keeper(taken[0], marks), back, mine))
    terms = tuple(
        Term(who, what.of(marks.text), counted_in(what, facts), other.of(marks.text))
        for who, what, other in sides
    )
    status = status_of(verb, verb.head if verb.dep == "xcomp" else verb, None, terms=False)
    claim = facts.claim_over(verb.span)
    return Agreement(
        id="", span=phrase(verb), kind="exchange", status=status, parties=givers(terms), terms=terms,
        claim=claim.id if claim else None, rule="agreements.swapped",
    )  # fmt: skip


def keeper(captives: Token, marks: Marks) -> str | None:
    """ "prisoners held in X", "by X": who has them to give."""
    held = [c for n in captives.subtree() for c in n.all("acl") if c.lemma in ("hold", "jail", "detain")]
    found = {p for c in held for n in prepositional(c, "in", "by") if (p := party(marks, n))}
    return found.pop() if len(found) == 1 else None


def counted_in(span: Span, facts: Facts) -> str | None:
    inside = [c.id for c in facts.counts if span.covers(c.span)]
    return inside[0] if len(inside) == 1 else None


def phrase(top: Token) -> Span:
    inside = [t for t in top.subtree() if t.dep != "punct"]
    return Span(inside[0].start, inside[-1].end)


def of_captives(exchange: Token) -> bool:
    """ "an exchange of prisoners", "the exchange freed 12 captives": not one of fire, or of views."""
    verb = exchange.head
    freeing = exchange.dep == "nsubj" and verb.lemma in ("free", "release")
    return any(t.lower in CAPTIVES for t in (verb if freeing else exchange).subtree())


def as_agreement(token: Token, kind: AgreementKind, marks: Marks, facts: Facts) -> Agreement | None:
    verb = main_verb(token)
    lasting = (t for t in marks.times if t.type == "DURATION" and inside_phrase(t.span, token))
    duration = next(
        (t.value for t in lasting if not marks.text.startswith(("-old", " old"), t.span.end)), None
    )
    begins = beginning(token, marks)
    counted = [
        c
        for c in facts.counts
        if c.status == "released" and token.sentence.span.covers(c.span) and c.part_of is None
    ]
    terms = terms_of(counted, token) or held_terms(token, marks)
    sides = parties_of(token, verb, marks) or givers(terms)
    named = described(token, kind) or (kind != "other" and newly(token, sides))
    if not (duration or terms or (sides and begins) or len(sides) > 1 or named):
        return None
    span = extent(token, verb, bool(terms or duration))
    status = status_of(token, verb, begins.value if begins else None, bool(terms))
    day = begins.value if begins and begins.value and begins.value[0].isdigit() else None
    over = status == "collapsed"  # then the date is that of its end
    claim = facts.claim_over(Span(token.start, token.end))
    rule = "agreements.terms" if terms or duration else "agreements.parties"
    return Agreement(
        id="",
        span=span,
        kind=kind,
        status=status,
        parties=sides,
        mediators=mediators_of(token, status, sides, marks),
        begins=None if over else day,
        ends=day if over else None,
        duration=duration,
        terms=terms,
        claim=claim.id if claim else None,
        rule=rule,
        evidence={"ends" if over else "begins": (begins.span,)} if begins else {},
    )


def beginning(token: Token, marks: Marks) -> Time | None:
    """ "a truce that began on June 1", else the date of its clause, else that inside its own phrase."""
    starts = [c for c in token.all("relcl", "acl") if c.lemma in table("agreements")["status"]["in_force"]]
    if starts:
        return when(marks, starts[0])
    return when(marks, token) if token.dep in ("nsubj", "nsubjpass", "dobj", "ROOT") else dated(token, marks)


def dated(token: Token, marks: Marks) -> Time | None:
    """A date inside the noun's own phrase: "a truce on Nov. 24"."""
    below = {t.start for t in token.subtree()}
    near = [t for t in marks.times if t.type in ("DATE", "TIME") and t.span.start in below]
    return near[0] if len(near) == 1 else None


def mediators_of(
    token: Token, status: AgreementStatus, sides: tuple[str, ...], marks: Marks
) -> tuple[str, ...]:
    """Who brokered it; of one still sought, whom the dispatch calls the mediator."""
    brokers = [c for c in (*token.all("acl"), *token.all("relcl")) if c.lemma in BROKERED]
    found = [p for c in brokers for p in parties(marks, agent(c))]
    if not found and status == "under_negotiation":
        found = [e.id for e in marks.entities if any("mediator" in r.title.lower().split() for r in e.roles)]
    return tuple(dict.fromkeys(p for p in found if p not in sides))


def inside_phrase(span: Span, token: Token) -> bool:
    return any(span.start <= t.start < span.end for t in token.subtree() if t.i < token.i)


def described(token: Token, kind: AgreementKind) -> bool:
    """ "a truce that would allow for …", "a shaky ceasefire", "a deal brokered by …": the text tells something of it."""
    if any(c.dep == "relcl" and len(c.subtree()) > 5 for c in token.children):
        return True
    new = any(c.lower in ("a", "an") for c in token.children)
    if new and kind == "peace" and ending(token):
        return True
    telling = token.all("acl", "amod", "nmod") + [
        c for c in token.all("prep") if c.lower in ("with", "between")
    ]
    return new and bool(telling) and (kind != "other" or bool(token.all("acl")))


def facing(sides: tuple[str, ...], kind: AgreementKind, pair: Pair) -> tuple[str, ...]:
    """Of one party, or none, those between whom the dispatch's talks or war is."""
    meant = len(sides) < 2 and set(sides) <= set(pair) and (sides or kind in ("truce", "ceasefire"))
    return pair if meant else sides


def newly(token: Token, sides: tuple[str, ...]) -> bool:
    """ "a truce with X": brought in, with a party."""
    return bool(sides) and any(c.lower in ("a", "an") for c in token.children)


def givers(terms: tuple[Term, ...]) -> tuple[str, ...]:
    """Who gives what the terms say is a party."""
    return tuple(dict.fromkeys(t.gives for t in terms if t.gives))


def held_terms(token: Token, marks: Marks) -> tuple[Term, ...]:
    """ "the exchange of hostages held by X and prisoners": what X is to give, and what for."""
    inside = [
        t
        for t in token.subtree()
        if t.lower in table("agreements")["captives"]["words"] and t.dep in ("pobj", "conj", "dobj")
    ]
    found = []
    for noun in inside:
        holders = {p for c in noun.all("acl") if c.lemma == "hold" if (p := party(marks, agent(c)))}
        others = [Span(whole(t), t.end).of(marks.text) for t in inside if t is not noun]
        if len(holders) == 1:
            found.append(Term(holders.pop(), noun.text, None, others[0] if len(others) == 1 else None))
    return tuple(found)


def whole(noun: Token) -> int:
    return min(
        (c.start for c in noun.children if c.i < noun.i and c.dep in ("amod", "compound")), default=noun.start
    )


def parties_of(token: Token, verb: Token, marks: Marks) -> tuple[str, ...]:
    """Those between whom it is, or who sign and begin it."""
    between = [p for n in prepositional(token, "between", "with", "by") for p in parties(marks, n)]
    if token.dep == "dobj" and not between:  # "forging a truce with X": hung from the verb
        between = [p for n in prepositional(verb, "with", "between") for p in parties(marks, n)]
    reached = [
        p
        for c in token.all("acl")
        if c.lemma not in BROKERED
        for n in prepositional(c, "between", "with", "by")
        for p in parties(marks, n)
    ]
    acting = parties(marks, subject(verb)) if concluded(token, verb) else ()
    beside = [p for n in prepositional(verb, "with", "between") for p in parties(marks, n)] if acting else []
    return tuple(dict.fromkeys([*between, *reached, *acting, *beside]))


def concluded(token: Token, verb: Token) -> bool:
    """ "signed a truce", "agreed on a truce", "agreed to extend the truce"."""
    if token.dep == "pobj":
        return verb.lemma == "agree" and token.head.lower in ("on", "to", "upon") and token.head.head is verb
    return token.dep == "dobj" and verb.lemma in table("agreements")["concluding"]["words"]


def extent(token: Token, verb: Token, whole: bool) -> Span:
    """The clause where it tells the terms, else the noun with all that hangs from it."""
    return phrase(verb if whole and token.dep in ("nsubj", "nsubjpass", "dobj") else token)


def terms_of(counted: list[Count], token: Token) -> tuple[Term, ...]:
    """Each side's counted give, in return for the other's."""
    whos = [c.who for c in counted]
    return tuple(
        Term(c.by, c.who, c.id, whos[1 - i] if len(counted) == 2 else None) for i, c in enumerate(counted)
    )


def status_of(token: Token, verb: Token, begins: str | None, terms: bool) -> AgreementStatus:
    near = {
        verb.lemma,
        verb.head.lemma,
        *(c.lower for c in token.children),
        *("reach" if c.lemma in BROKERED else c.lemma for c in token.all("acl")),  # "a deal brokered by X"
    }
    order: tuple[AgreementStatus, ...] = (
        "rejected",
        "collapsed",
        "under_negotiation",
        "agreed",
        "proposed",
        "in_force",
    )
    for status in order:
        if near & set(table("agreements")["status"][status]):
            return status
    kept = token.dep == "pobj" and token.head.lower in ("despite", "under", "during", "amid", "since")
    return "completed" if terms and begins else "in_force" if begins or kept else "under_negotiation"
