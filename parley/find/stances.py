"""Which words are a stance: the predicates of lang/en/positions.toml, in the forms in which they are one."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from parley.document import Token
from parley.lang import table
from parley.mark.clause import modal, negated, objects
from parley.mark.gazetteer import word_set
from parley.values import Span

CONDITIONS = ("until", "unless", "if", "provided")
UNREADY = ("ready", "willing", "prepared")  # "not ready to compromise"
Rule = dict[str, Any]


def fitting(token: Token) -> Iterator[Rule]:
    """The rules whose predicate this word is, the strictest first."""
    if token.dep in ("amod", "aux", "auxpass"):
        return
    if token.tag[:2] == "VB":
        yield from (r for r in rules_of(token.lemma, modal(token)) if by_verb(token, r))
    elif token.lower in adjectives():
        yield from (r for r in rules() if by_adjective(token, r))


@functools.lru_cache(4096)
def rules_of(lemma: str, modal: str | None) -> list[Rule]:
    """The rules that may fit a verb: those that list it or its modal, and those of conditions, which list none."""
    lists = (("verbs", lemma), ("negated", lemma), ("promised", lemma), ("modals", modal))
    return [r for r in rules() if r.get("condition") or any(listed(r, key, word) for key, word in lists)]


@functools.cache
def adjectives() -> frozenset[str]:
    return frozenset({w for r in rules() for w in r.get("adjectives", ())} | set(UNREADY))


@functools.cache
def rules() -> list[Rule]:
    listed: list[Rule] = table("positions")["rule"]
    return listed


@functools.cache
def stances() -> frozenset[str]:
    """The verbs that are a stance by themselves."""
    named = {v for r in rules() for v in r.get("verbs", ())}
    return frozenset(named | set(table("positions")["cue"]))


def listed(rule: Rule, key: str, word: str | None) -> bool:
    return bool(word in rule.get(key, ()))


def by_verb(verb: Token, rule: Rule) -> bool:
    denied = negated(verb) or none_at_all(verb)
    if rule.get("condition"):
        return conditioned(verb) is not None and (refusing(verb) or offering(verb) or first(verb))
    if denied:
        return listed(rule, "negated", verb.lemma) and refusing(verb)
    if listed(rule, "verbs", verb.lemma) and ranks(verb):
        return True
    if listed(rule, "promised", verb.lemma) and offering(verb):
        return True
    return listed(rule, "modals", modal(verb))


def by_adjective(word: Token, rule: Rule) -> bool:
    """ "is ready", "is not ready"; not "to stand ready"."""
    if unready(word):
        return bool(rule["name"] == "positions.refuses")
    told = word.head.tag != "VB" or modal(word.head) is not None
    ready = word.tag == "JJ" and word.dep == "acomp" and told
    return ready and listed(rule, "adjectives", word.lower)


def ranks(verb: Token) -> bool:
    """A stance of its own, not one under another verb's infinitive, nor a question or condition."""
    if verb.dep == "relcl" and any(c.tag not in ("WDT", "WP") for c in verb.all("nsubj")):
        return False  # "funds that the government pledged": told of the funds
    perfect = verb.tag == "VBN" and any(c.lemma == "have" for c in verb.all("aux"))
    if only_asserted(verb) or supposed(verb):
        return False
    return (perfect or verb.tag in ("VBZ", "VBP", "VBD", "VBG")) and verb.dep in (
        "ROOT",
        "ccomp",
        "conj",
        "parataxis",
        "advcl",
        "relcl",
    )


def only_asserted(verb: Token) -> bool:
    """ "insists that its work is peaceful", "wishes to underline": said, not asked for; but "insists that X leave" is."""
    if verb.lemma == "wish":
        return any(c.lemma in word_set("speech") for c in verb.all("xcomp"))
    claimed = [c for c in verb.all("ccomp") if c.tag in ("VBZ", "VBP", "VBD") or c.all("aux")]
    return verb.lemma == "insist" and any(modal(c) not in ("must", "should") for c in claimed)


def supposed(verb: Token) -> bool:
    """ "If we hope to escape": in a condition."""
    return verb.dep == "advcl" and any(c.lower in ("if", "whether") for c in verb.all("mark"))


def unready(token: Token) -> bool:
    """ "not ready to compromise": a refusal."""
    return token.lower in UNREADY and (negated(token) or negated(token.head))


def none_at_all(verb: Token) -> bool:
    """ "will release no prisoners"."""
    return modal(verb) in ("will", "would") and any(
        c.lower == "no" for o in objects(verb) for c in o.children
    )


def refusing(verb: Token) -> bool:
    if none_at_all(verb):
        return True
    if not negated(verb):
        return False
    if verb.lemma == "agree" and modal(verb) in ("could", "can"):
        return False  # "could not agree": they failed to
    return any(c.tag == "MD" for c in verb.children) or verb.lemma == "want"


def offering(verb: Token) -> bool:
    return modal(verb) in ("will", "would", "can") and not negated(verb)


def first(verb: Token) -> bool:
    """ "Before any truce, X first wants …"."""
    return verb.lemma in ("want", "demand", "insist", "seek") and ranks(verb)


def conditioned(verb: Token) -> Span | None:
    """ "until …", "unless …", "if …": the words of the condition."""
    for clause in (c for c in verb.all("advcl") if c.tag[:2] == "VB"):  # not "if necessary"
        mark = next(
            (c for c in clause.children if c.dep in ("mark", "advmod") and c.lower in CONDITIONS), None
        )
        if mark is not None:
            inside = [t for t in clause.subtree() if t.i >= mark.i and t.dep != "punct"]
            return Span(mark.start, inside[-1].end)
    earlier = [p for p in verb.all("prep") if p.lower == "before" and any(foreseen(n) for n in p.all("pobj"))]
    return Span(earlier[0].start, earlier[0].subtree()[-1].end) if earlier else None


def foreseen(noun: Token) -> bool:
    """ "before any truce": no day, but what the talks are about."""
    return any(noun.lemma in words or noun.lower in words for words in table("positions")["issue"].values())


def another_s(verb: Token) -> bool:
    """ "does not want the province to be divided": what others do is opposed, not refused."""
    return (
        verb.lemma == "want"
        and negated(verb)
        and any(c.child("nsubj", "nsubjpass") for c in verb.all("ccomp", "xcomp"))
    )
