"""In which state, by the order of the words alone: where the parser has lost its way in a long sentence."""

from __future__ import annotations

from itertools import pairwise

from parley.document import Token
from parley.find.counts.beside import State
from parley.find.counts.counted import Counted
from parley.find.counts.reality import reality
from parley.find.counts.rules import Rule, listed, rule_of, rules
from parley.find.counts.states import elliptical, fits

HELPERS = ("was", "were", "been", "being", "be", "is", "are", "has", "have", "had", "got")
SKIPPED = 14  # words between the counted people and the verb
TOLL = 20
NUMBER_OF = 14
APPENDED = 25


def state_nearby(counted: Counted) -> State | None:
    """A verb just before the number, a passive behind the noun, or a toll before it."""
    if counted.inner:
        return None
    for look in (toll, number_of, verb_before, passive_behind, appended):
        state = look(counted)
        if state is not None and state.reality != "not" and fits(state, counted) and somebody(counted):
            return state
    return None


def somebody(counted: Counted) -> bool:
    """The order of words alone says nothing of what may be a thing: "16 million rupees … was executed by"."""
    return (
        counted.people
        or elliptical(counted)
        or (counted.noun is not None and counted.noun.lower in rules("noun"))
    )


def verb_before(counted: Counted) -> State | None:
    """ "killing five", "shot dead two", "wounded at least 12"."""
    before = [t for t in counted.token.sentence.tokens if t.i < counted.first]
    while before and (
        before[-1].tag in ("RB", "DT", "PRP$", "PDT") or before[-1].lower in ("only", "another", "all")
    ):
        before.pop()
    if not before:
        return None
    if before[-1].lower in ("dead", "hostage") and len(before) > 1 and before[-2].tag[:2] == "VB":
        rule = rule_of("object", before[-2].lemma, {before[-1].lower})
        return State(rule, before[-2], reality(before[-2])) if rule else None
    verb = before[-1]
    if verb.tag[:2] != "VB" or any(c.lower in HELPERS for c in verb.all("auxpass")):
        return None
    rule = rule_of("object", verb.lemma, ())
    return State(rule, verb, reality(verb)) if rule else None


def passive_behind(counted: Counted) -> State | None:
    """ "Two officers of the guard and a nurse … were killed", over what stands between."""
    words = [t for t in counted.token.sentence.tokens if t.i > counted.last][: SKIPPED + 4]
    for n, word in enumerate(words[:SKIPPED]):
        if word.lower in HELPERS:
            return helped(words[n:])
        if word.tag in ("VBD", "VBZ", "VBP", "MD", "WP", "WDT") or word.lower in (
            ";",
            ":",
            "--",
            "that",
            "while",
        ):
            rule = rule_of("subject", word.lemma, {w.lower for w in words[n : n + 5]})
            intransitive = rule is not None and word.tag in ("VBD", "VBP") and n < 4
            return State(rule, word, reality(word)) if rule and intransitive else None
    return None


def helped(words: list[Token]) -> State | None:
    at = 0
    while at < len(words) and (words[at].lower in HELPERS or words[at].tag == "RB"):
        if words[at].lower in ("not", "n't", "never"):
            return None
        at += 1
    if at >= len(words) or words[at].tag not in ("VBN", "VBD", "JJ"):
        return None
    word, after = words[at], {w.lower for w in words[at : at + 5]}
    passive = any(w.lower in ("was", "were", "been", "being", "are", "is", "be") for w in words[:at])
    rule = rule_of("object" if passive else "subject", word.lemma, after) or rule_of("word", word.lower, ())
    return State(rule, word, reality(word)) if rule else None


def toll(counted: Counted) -> State | None:
    """ "The death toll rose to 52", "put the toll at 40"."""
    if counted.noun is not None and not counted.people and counted.noun.lower not in rules("noun"):
        return None
    words = counted.token.sentence.tokens
    before = [t for t in words if counted.first - TOLL <= t.i < counted.first]
    if not before or before[-1].lower not in listed("toll_links"):
        return None
    word = next((t for t in reversed(before) if t.lower in rules("toll")), None)
    if word is None or any(t.tag == "CD" and t.i > word.i and before[-1].lower != "to" for t in before):
        return None
    dead = any(t.lower in ("death", "casualty", "dead") or t.lemma in ("kill", "die") for t in words)
    rule = rule_of("toll", word.lower, ())
    return State(rule, word, reality(word)) if rule and dead else None


def number_of(counted: Counted) -> State | None:
    """ "The number of dead rose to 45", "put the number of people held at 60"."""
    if counted.noun is not None and not counted.people:
        return None
    before = [t for t in counted.token.sentence.tokens if counted.first - NUMBER_OF <= t.i < counted.first]
    if not before or before[-1].lower not in listed("toll_links"):
        return None
    pairs = pairwise(before)
    start = next((a for a, b in pairs if a.lower in ("number", "total") and b.lower == "of"), None)
    if start is None:
        return None
    if any(t.lower == "or" for t in before):
        return None  # "dead or injured": neither
    rules_told = ((rule_told(t), t) for t in before if t.i > start.i)
    return next((State(rule, t, reality(start)) for rule, t in rules_told if rule is not None), None)


def rule_told(word: Token) -> Rule | None:
    """What a word says of those around it: "the dead", "people killed", "who died"."""
    finite = rule_of("subject", word.lemma, ()) if word.tag in ("VBD", "VBP") else None
    return rule_of("word", word.lower, ()) or rule_of("noun", word.lower, ()) or finite


def appended(counted: Counted) -> State | None:
    """ "killed Doma, a member of parliament, and three others": the others share what was done to the one named."""
    words = [t for t in counted.token.sentence.tokens if t.i < counted.first]
    inside = {t.lower for t in counted.token.sentence.tokens if counted.first <= t.i <= counted.last}
    if not {"other", "others"} & inside or [t.lower for t in words[-1:]] not in (["and"], ["with"]):
        return None
    for verb in reversed(words[-APPENDED:]):
        rule = rule_of("object", verb.lemma, ()) if verb.tag[:2] == "VB" else None
        if rule is not None and rule.status != "other" and verb.child("dobj", "nsubjpass") is not None:
            return State(rule, verb, reality(verb), shared=True)
    return None
