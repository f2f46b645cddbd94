"""The states that a verb says of its subject or object, in the clause of the counted people or the one above."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parley.document import Token
from parley.find.counts.beside import State, said
from parley.find.counts.counted import Counted
from parley.find.counts.reality import reality
from parley.find.counts.rules import listed, rule_of
from parley.mark.clause import subject

NEAR = 8  # words from a verb to the words that a rule wants beside it


def own_clause(counted: Counted, token: Token) -> Iterator[State | None]:
    """ "people rebels kidnapped", "hostages held by rebels", "12 men who died"."""
    tops = [token] if counted.noun is None or counted.noun is token else [token, counted.noun]
    for top in tops:
        for clause in top.all("relcl", "acl"):
            yield from through(clause, role_in(clause), counted)


def role_in(clause: Token) -> str:
    if clause.dep == "acl":
        return "object" if clause.tag == "VBN" else "subject"
    own = clause.child("nsubj", "nsubjpass")
    if own is None or own.tag in ("WDT", "WP"):
        return "object" if passive(clause) else "subject"
    if passive(clause):
        return "none"  # "about 100, some of whom were freed"
    taken = [c for c in clause.all("dobj") if c.tag not in ("WDT", "WP")]
    return "none" if taken else "object"


def passive(verb: Token) -> bool:
    return verb.child("auxpass", "nsubjpass") is not None


def governed(counted: Counted, token: Token) -> Iterator[State | None]:
    """The verb whose subject or object the counted people are."""
    if token.dep in ("dobj", "obj", "dative", "oprd") or second_object(token):
        yield from through(token.head, "object", counted)
        if token.head.dep == "conj" and counted.noun in (None, token) and bare(token.head.head):
            yield from through(token.head.head, "object", counted)  # "killing and torturing 300"
        if token.head.lemma in listed("listing"):
            yield among(token.head)
    elif token.dep in ("nsubj", "nsubjpass") and not outdone(token, counted):
        verb = token.head
        yield from through(
            verb, "object" if token.dep == "nsubjpass" or passive(verb) else "subject", counted
        )
        yield from of_pronoun(verb, counted)
        if token.dep == "nsubj" and reduced(verb):
            yield from through(verb, "object", counted)
        if token.i > verb.i and verb.lemma == "be":
            yield among(verb)
    elif token.dep in ("attr", "nmod") and token.head.lemma == "be":
        yield among(token.head)


def bare(verb: Token) -> bool:
    """A verb whose object can only be that of the next one."""
    return verb.child("dobj", "nsubjpass") is None


def outdone(token: Token, counted: Counted) -> bool:
    """ "According to six nurses held in the port, two guards were shot": the nearer of two subjects is the one."""
    words = token.sentence.tokens
    led = counted.first > words[0].i and words[counted.first - 1 - words[0].i].tag in ("IN", "TO")
    return led and any(token.i < c.i < token.head.i for c in token.head.all("nsubj", "nsubjpass"))


def of_pronoun(verb: Token, counted: Counted) -> Iterator[State | None]:
    """ "The two were asleep when they were captured"."""
    for clause in verb.all("advcl"):
        subjects = clause.all("nsubj", "nsubjpass")
        told = any(c.lower in ("when", "as", "after") for c in clause.children)
        if told and counted.definite and [c.lower for c in subjects] == ["they"]:
            yield from through(clause, "object" if passive(clause) else "subject", counted)


def second_object(token: Token) -> bool:
    """ "wounding a general and four of his men": what the parser joins to the verb is its object too."""
    joined = token.dep == "conj" and token.head.tag[:2] == "VB" and token.tag[:1] in ("N", "C")
    return joined and token.head.child("dobj") is not None


def reduced(verb: Token) -> bool:
    """ "Five killed in clash": a participle that the parser takes for a past tense."""
    return verb.tag in ("VBD", "VBN") and verb.child("dobj", "aux") is None


def among(verb: Token) -> State | None:
    """ "Among the dead were two children", "Wounded were two nurses", "The dead included a guard"."""
    before = [t for t in (*verb.subtree(), verb.head) if t.i < verb.i]
    found = next((s for t in before if t.tag[:1] in ("J", "N", "V") and (s := said(t, "word"))), None)
    return replace(found, reality=reality(verb)) if found else None


def through(verb: Token, role: str, counted: Counted) -> Iterator[State | None]:
    """The states of a verb, its complements and the verbs joined to it: the last one that fits holds."""
    chain = list(verbs(verb, role))
    for word, part in reversed(chain):
        yield by_verb(word, part, counted)
    for word, part in reversed(chain):
        yield complement(word, part, counted)


def verbs(verb: Token, role: str) -> Iterator[tuple[Token, str]]:
    """A verb with what it makes its subject or object do: "forced 40 to flee", "were shot and killed"."""
    queue = [(verb, role)]
    while queue:
        word, part = queue.pop(0)
        yield word, part
        for below in word.children:
            if below.tag[:2] != "VB" or part == "none" or below.child("nsubj", "nsubjpass") is not None:
                continue
            if below.dep in ("xcomp", "ccomp", "oprd") and controls(word, part):
                queue.append((below, role_below(below)))
            elif below.dep == "conj" and below.i > word.i and not others(below):
                queue.append((below, shared_role(below, part)))


def others(verb: Token) -> bool:
    """ "six were killed and several injured": the second verb counts people of its own."""
    before = [c for c in verb.children if c.i < verb.i]
    return any(c.tag == "CD" or c.lower in listed("own_people") for c in before)


def controls(verb: Token, part: str) -> bool:
    """What a verb with an object says in its complement, it says of the object: "left 50 missing"."""
    return part == "object" or verb.child("dobj") is None


def role_below(below: Token) -> str:
    return "object" if passive(below) or (below.tag == "VBN" and not perfect(below)) else "subject"


def perfect(verb: Token) -> bool:
    return any(c.lemma == "have" for c in verb.all("aux"))


def shared_role(below: Token, part: str) -> str:
    if part == "object" and below.child("dobj") is not None:
        return "none"
    if part == "object" and below.tag == "VBN":
        return "object"
    if part == "subject":
        return "object" if passive(below) else "subject"
    return "none" if below.child("dobj") is not None else part


def by_verb(verb: Token, role: str, counted: Counted) -> State | None:
    rule = rule_of(role, verb.lemma, near(verb, counted))
    if rule is None and role == "subject" and verb.tag == "VBG":
        rule = rule_of("word", verb.lower, ())  # "forty are missing"
    return State(rule, verb, reality(verb)) if rule else None


def near(verb: Token, counted: Counted) -> set[str]:
    """The words of the verb's clause that stand close to it, and just behind the counted people; its subject."""
    words = verb.sentence.tokens
    base = words[0].i
    start, end = verb.i - base, verb.i - base + NEAR
    behind = counted.last - base + 1
    close = [*words[start:end], *words[behind : behind + 4]]
    doer = subject(verb)
    words_near = {t.lower for t in close if t.i not in range(counted.first, counted.last)}
    return words_near | {counted_word(counted), doer.lower if doer is not None else ""}


def counted_word(counted: Counted) -> str:
    return counted.noun.lower if counted.noun is not None else ""


def complement(verb: Token, role: str, counted: Counted) -> State | None:
    """ "are still missing", "was left homeless", "were among the wounded"."""
    if not links(verb, role):
        return None
    for word in verb.subtree():
        close = word.i > counted.last and word.i - max(verb.i, counted.last) <= 6
        if close and word.tag[:1] in ("J", "V", "N", "R") and below_only(word, verb):
            if state := said(word, "word"):
                return replace(state, reality=reality(word if word.tag[:1] == "V" else verb))
    return None


def links(verb: Token, role: str) -> bool:
    """ "remain" says it of its subject, "leave" of its object, "report" in the passive."""
    if role == "subject":
        return verb.lemma in listed("linking")
    if role == "object":
        return verb.lemma in listed("leaving") or (passive(verb) and verb.lemma in listed("reporting"))
    return False


def below_only(word: Token, verb: Token) -> bool:
    """In the verb's own clause, not in a clause below it."""
    while word.head is not word:
        if word.head is verb:
            return word.dep in (
                "acomp",
                "attr",
                "oprd",
                "xcomp",
                "ccomp",
                "prep",
                "advmod",
                "dobj",
                "conj",
                "advcl",
            )
        if word.dep in ("relcl", "appos") or (word.tag in ("VBD", "VBZ", "VBP") and word.dep != "ccomp"):
            return False
        word = word.head
    return False
