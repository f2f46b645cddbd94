"""What the sentence says about before and after: "past", "future" or "" for the words at an offset."""

from __future__ import annotations

import bisect
import functools
from dataclasses import dataclass

from parley.document import Marks, Token
from parley.lang import table

FIRST = ("first", "last", "latest", "second", "third", "only")


@dataclass(frozen=True, slots=True)
class Tenses:
    """ "past", "future" or "" at an offset, by the verb that the word there hangs from and what stands between."""

    starts: list[int]
    tokens: tuple[Token, ...]

    def __call__(self, at: int) -> str:
        index = bisect.bisect_right(self.starts, at) - 1
        if index < 0:
            return ""
        word = self.tokens[index]
        way = way_up(word)
        verb = way.pop() if way[-1].tag[:2] in ("VB", "MD") else None
        said = noun_tense(way) or verb_tense(verb, way)
        return "future" if self.deadline(index, verb, said) else said

    def deadline(self, index: int, verb: Token | None, said: str) -> bool:
        """ "by May", "as soon as Tuesday", "given until Friday": what is not told as past lies ahead."""
        words = table("times")["future"]
        before = [t.lower for t in self.tokens[max(0, index - 3) : index]]
        if " ".join(before[-2:]) in words["as_soon"]:
            return True
        if before[-1:] in (["on"], ["in"]) and before[-2:-1] and before[-2] in words["effective"]:
            return True
        if before and before[-1] in words["effective"]:
            return True
        if before[-1:] == ["from"] and weekday(self.tokens[index]) and said == "":
            return True
        if before[-1:] == ["for"] and weekday(self.tokens[index]):
            return said != "past" or (verb is not None and verb.lemma in words["for"])
        if verb and before and before[-1] == "until" and verb.lemma in words["until"]:
            return True
        return bool(before) and before[-1] in words["by"] and said == ""


def tenses(marks: Marks) -> Tenses:
    return Tenses([t.start for t in marks.tokens], marks.tokens)


def weekday(token: Token) -> bool:
    return token.lower in table("times")["weekdays"]


def way_up(word: Token) -> list[Token]:
    """The word and those above it, up to the first verb."""
    way = [word]
    while way[-1].tag[:2] not in ("VB", "MD") and way[-1].head is not way[-1]:
        way.append(way[-1].head)
    return way


# ── nouns on the way ─────────────────────────────────────────────────────────────────────────────


def noun_tense(way: list[Token]) -> str:
    """ "ahead of Sunday's vote", "data due Thursday", "December delivery"; and "Monday's attack"."""
    future, past = table("times")["future"], table("times")["past"]
    for token in way[1:]:
        if token.lower in future["adjectives"] or (token.lower == "ahead" and token.child("prep")):
            return "future"
        if any(c.lower in future["adjectives"] for c in token.all("amod")):
            return "future"
        if token.lower in future["nouns"]:
            return "future"
        if token.lower in past["nouns"]:
            return "past"
        if token.lower == "for" and token.head.lemma in future["preparing"]:
            return "future"
    return ""


def verb_tense(verb: Token | None, way: list[Token]) -> str:
    """What a verb does lies where it says; what its subject is named after does not: "a fall in March may …"."""
    if verb is None:
        return ""
    if any(t.dep in ("nsubj", "nsubjpass") and t.tag[:1] == "N" for t in way[1:]):
        return "past" if tense(verb) == "past" else ""
    return tense(verb) or ("future" if scheduled(verb, way) else "")


def scheduled(verb: Token, way: list[Token]) -> bool:
    """ "The pilgrimage ends on Monday": present of what is to come."""
    direct = all(t.tag in ("IN", "CD") or t.dep in ("compound", "amod") for t in way[1:])
    finite = verb.tag in ("VBZ", "VBP") and verb.dep not in ("pobj", "dobj", "compound", "nmod")
    return direct and finite and verb.lemma not in table("times")["future"]["lasting"]


# ── the verb ─────────────────────────────────────────────────────────────────────────────────────


def tense(verb: Token) -> str:
    """A modal, or a word of planning above an infinitive, looks ahead; past forms look back."""
    if told_ahead(verb):
        return "future"
    helpers = [c for c in verb.children if c.dep in ("aux", "auxpass")]
    perfect = any(h.lower == "have" for h in helpers)
    if any(h.tag == "MD" and h.lemma in ahead() for h in helpers) or verb.lemma in ahead():
        return "future"
    if any(h.tag == "MD" and h.lower in table("times")["future"]["modals"] for h in helpers):
        return "past" if perfect else "future"
    if verb.tag in ("VBD", "VBN") or any(h.tag == "VBD" for h in helpers):
        return "past"
    if verb.tag == "VB" and any(h.lower == "to" for h in helpers):
        return infinitive(verb, helpers)
    if verb.head is not verb and verb.dep in ("xcomp", "ccomp", "advcl", "relcl", "acl", "conj"):
        return tense(over(verb)) if over(verb) is not verb else ""
    return ""


def over(verb: Token) -> Token:
    """The verb above; over a participle at a noun, that of the noun: "the road, opening on Friday, will …"."""
    at_noun = verb.dep == "acl" and verb.tag == "VBG"
    return next((t for t in verb.ancestors() if t.tag[:2] == "VB"), verb) if at_noun else spoken(verb)


def spoken(verb: Token) -> Token:
    return verb.head if verb.head.tag[:2] == "VB" else verb


def told_ahead(verb: Token) -> bool:
    """ "a summit slated for Friday", "the minister is due in Kelbarra on Friday"."""
    words = table("times")["future"]["adjectives"]
    due = verb.lemma == "be" and verb.tag != "VBN" and any(c.lower in words for c in verb.all("acomp"))
    return due or (verb.tag == "VBN" and verb.lower in words)


def infinitive(verb: Token, helpers: list[Token]) -> str:
    """ "agreed to leave", "is to leave", "likely to leave"; "Envoy to leave" is a headline."""
    above = verb.head
    planned = above.lemma in agreed() or above.lemma == "be" or any(h.lower == "be" for h in helpers)
    ranked = above.lower in FIRST or any(c.lower in FIRST for c in above.children)
    headline = verb.dep in ("acl", "relcl") and above.head is above and above.tag[:1] == "N" and not ranked
    if planned or headline or above.tag in ("VBZ", "VBP"):
        return "future"
    over = above.head if above.tag[:2] in ("JJ", "NN") else above
    return "future" if over.tag[:2] == "VB" and over is not verb and tense(over) == "future" else ""


@functools.cache
def ahead() -> frozenset[str]:
    return frozenset(table("times")["future"]["words"])


@functools.cache
def agreed() -> frozenset[str]:
    """Words whose infinitive lies ahead of them: "an agreement to leave in May", "given until May"."""
    return ahead() | frozenset(table("times")["future"]["agreed"])
