"""The states that words right beside the counted people say: "1,200 dead", "two wounded soldiers", "14 deaths"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.document import Token
from parley.find.counts.counted import Counted
from parley.find.counts.reality import Reality, reality
from parley.find.counts.rules import Rule, listed, rule_of, rules
from parley.lang import table


@dataclass(frozen=True, slots=True)
class State:
    """A rule, the word that fits it, and whether the words say that it is so.

    `shared` tells that the words are said of another part of the same coordination.
    """

    rule: Rule
    word: Token
    reality: Reality = "done"
    shared: bool = False


def beside(counted: Counted, token: Token) -> Iterator[State | None]:
    """ "1,200 dead", "two wounded soldiers", "40 people missing", "14 deaths"."""
    words = token.sentence.tokens
    base = words[0].i
    inside = [t for t in words if counted.span.end <= t.start and t.i < counted.last]
    if any(t.lower == "of" and t.i == token.i + 1 for t in inside):
        inside = []  # "two of the three kidnapped men": the two may be free
    for word in inside:
        if word.tag[:1] in ("J", "V", "N"):
            yield said(word, "word")
    if counted.noun is not None and counted.noun.tag[:1] == "N":
        yield own(counted.noun)
    behind = words[counted.last + 1 - base :]
    while behind and adverb(behind[0]):
        behind = behind[1:]
    if behind and complete(behind):
        yield said(behind[0], "word") if not led(behind[0]) else None
    if len(behind) > 2 and behind[0].lower in ("either", "both"):
        yield said(behind[1], "word")


def adverb(word: Token) -> bool:
    known = word.lower in ("more", "others", "also", "still", "reported", "later") or word.tag == "RB"
    return known and word.lower not in rules("word")


def complete(behind: list[Token]) -> bool:
    """ "12 dead and", "12 dead Monday", not "12 dead bodies" or "12 wounded the guard"."""
    following = behind[1] if len(behind) > 1 else None
    if following is not None and following.lower in table("times")["weekdays"]:
        return True
    return following is None or following.tag not in (
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "DT",
        "PRP",
        "PRP$",
        "CD",
        "HYPH",
    )


def led(word: Token) -> bool:
    """A finite verb with words of its own is read with its clause."""
    return word.tag in ("VBD", "VBZ", "VBP") and word.child("dobj") is not None


def said(word: Token, cue: str) -> State | None:
    rule = rule_of(cue, word.lower, ())
    return State(rule, word, beside_reality(word)) if rule else None


def own(noun: Token) -> State | None:
    """The noun itself: "14 deaths"; "hostages", "refugees" only where nothing else is said of them."""
    if noun.lower in listed("captives") or noun.lower in listed("fled"):
        return None
    rule = rule_of("noun", noun.lower, (t.lower for t in noun.sentence.tokens))
    return State(rule, noun, reality(noun)) if rule else None


def beside_reality(word: Token) -> Reality:
    if word.tag[:1] == "V" and word.child("aux", "auxpass", "neg") is not None:
        return reality(word)
    hedged = any(c.lower in listed("hedges") for c in word.children)
    return "hedged" if hedged else "done"
