"""The states of acts "of" which people are the victims, and of what they are joined to: "X and two others"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parley.document import Token
from parley.find.counts.beside import State, complete, said
from parley.find.counts.clauses import governed, own_clause
from parley.find.counts.counted import Counted
from parley.find.counts.reality import Reality, reality
from parley.find.counts.rules import Rule, is_people, listed, rule_of, rules
from parley.mark.clause import conjuncts, subject

JOINING = ("including", "among", "of", "with", "plus")


def done_to(counted: Counted, token: Token) -> Iterator[State | None]:
    """ "the killing of six priests", "six priests' murder", "in exchange for 240 prisoners"."""
    act = act_above(token)
    if act is None:
        return
    for word in conjuncts(act):
        if rule := rule_of("of", word.lower, near_act(act)):
            yield State(rule, word, told(act, rule))
    if in_return(token):
        yield exchanged(act, counted)
    yield from below_for(token)


def act_above(token: Token) -> Token | None:
    if token.dep == "pobj" and token.head.lower in ("of", "for", "to", "in"):
        return token.head.head if token.head.head is not token.head else None
    if token.dep in ("poss", "compound") and token.head.tag[:1] == "N":
        return token.head
    return None


def told(act: Token, rule: Rule) -> Reality:
    return "done" if presupposed(act, rule) else reality(act)


def presupposed(act: Token, rule: Rule) -> bool:
    """ "opened a file on the murder of": the dead are dead, whatever becomes of the inquiry."""
    if act.lower in listed("killers"):
        return True
    definite = {"the", "this", "that", "these", "those"} & {c.lower for c in act.children}
    if rule.status != "dead" or not (definite or act.child("poss")):
        return False
    over = list(act.ancestors())[:4]
    return bool({w for t in over for w in (t.lemma, t.lower)} & listed("presupposing"))


def near_act(act: Token) -> set[str]:
    over = act.head.head if act.dep == "pobj" else act.head
    return {t.lower for t in act.subtree()} | {over.lower, over.lemma}


def in_return(token: Token) -> bool:
    """ "in exchange for 60 prisoners", "freed 12 captives for 60 prisoners": what is given for the others."""
    act = act_above(token)
    if act is None or token.head.lower != "for":
        return False
    if act.lower in ("exchange", "return", "swap"):
        return True
    verb = act.head if act.dep == "dobj" else act
    rule = rule_of("object", verb.lemma, ()) if verb.tag[:2] == "VB" else None
    freed = verb.child("dobj")
    return rule is not None and rule.status == "released" and freed is not None and is_people(freed)


def exchanged(act: Token, counted: Counted) -> State | None:
    """ "freed in exchange for 240 prisoners": those too are freed, if the others are."""
    if counted.noun is None or not is_people(counted.noun):
        return None
    for verb in [a for a in (act, *act.ancestors()) if a.tag[:2] == "VB"][:2]:
        rule = rule_of("object", verb.lemma, ())
        if rule is not None and rule.status == "released":
            return State(rule, verb, reality(verb))
    return None


def below_for(token: Token) -> Iterator[State | None]:
    """ "allowed for 105 hostages to be freed", the clause of purpose behind "for"."""
    if token.dep != "pobj" or token.head.lower != "for":
        return
    for verb in (
        t for t in token.sentence.tokens if t.i > token.i and t.tag == "VBN" and t.lemma in rules("object")
    ):
        helpers = {c.lower for c in verb.children if c.dep in ("aux", "auxpass")}
        if {"to", "be"} <= helpers and (rule := rule_of("object", verb.lemma, ())):
            above = token.head.head
            yield State(rule, verb, reality(above))
            return


def joined(counted: Counted, token: Token) -> Iterator[State | None]:
    """ "Nine rebels and a soldier were killed", "including two children", "four men and two boys injured"."""
    tops = list(climbed(token))
    for top in tops:
        other = replace(counted, token=top, noun=counted.noun)
        for look in (own_clause, governed, done_to):
            yield from (replace(s, shared=True) for s in look(other, top) if s is not None)
        yield beside_of(top)
        if rule := rule_of("of", top.lower, near_act(top)):
            yield State(rule, top, told(top, rule), shared=True)
    for item in (token, *tops):
        if item.dep == "pobj" and item.head.lower == "with" and (fellow := along_with(item.head)):
            looked = governed(replace(counted, token=fellow), fellow)
            yield from (replace(s, shared=True) for s in looked if s and s.word.i < item.head.i)
    for below in [*conjuncts(token)[1:], *(c for a in token.all("appos") for c in conjuncts(a))]:
        yield beside_of(below)


def climbed(token: Token) -> Iterator[Token]:
    """What a noun is joined to, the nearest first: by coordination, apposition, "including", "with"."""
    for _ in range(4):
        over = token.head
        if token.dep in ("conj", "appos") and over.tag[:1] in ("N", "C", "J", "D", "P") and over is not token:
            token = over
        elif token.dep == "pobj" and over.lower in JOINING and over.head is not token:
            token = over.head
        else:
            return
        if token.tag[:2] == "VB":
            return
        yield token


def along_with(preposition: Token) -> Token | None:
    """ "was killed along with two guards": the one of whom it is said."""
    words = preposition.sentence.tokens
    before = words[preposition.i - words[0].i - 1].lower if preposition.i > words[0].i else ""
    if before not in ("along", "together"):
        return None
    verb = next((a for a in preposition.ancestors() if a.tag[:2] == "VB"), None)
    return subject(verb) if verb else None


def beside_of(noun: Token) -> State | None:
    """What stands right beside another noun of the coordination."""
    words = noun.sentence.tokens
    behind = words[noun.i - words[0].i + 1 :]
    if behind and complete(behind) and (state := said(behind[0], "word")):
        return replace(state, shared=True)
    modifiers = [s for c in noun.all("amod", "acl") if (s := said(c, "word"))]
    return replace(modifiers[0], shared=True) if modifiers else None
