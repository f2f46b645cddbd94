"""Which entity a noun stands for as a party: its own, or that of the state or body it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from parley.document import Marks, Token
from parley.facts import Facts
from parley.mark.clause import conjuncts, members, prepositional
from parley.mark.gazetteer import demonyms, word_set
from parley.mark.groups import flags


def party(marks: Marks, token: Token | None) -> str | None:
    """The entity id behind a noun phrase's head: "a delegation from X" is X, "Kenyan troops" Kenya."""
    if token is None:
        return None
    if token.i in marks.holders:
        return marks.holders[token.i]
    if apposed := next((c for c in token.all("appos") if c.i in marks.holders and c.tag[:3] == "NNP"), None):
        return marks.holders[apposed.i]
    if token.lower in word_set("titles") and (name := named_behind(marks, token)):
        return name
    if token.lower in word_set("titles") and (person := office_holder(marks, token)):
        return person
    if token.lower in word_set("quantities"):  # "dozens of Front personnel"
        return next((f for n in prepositional(token, "of") if (f := party(marks, n))), None)
    if token.lower in word_set("representatives") | word_set("forces") | word_set("government") | word_set(
        "men"
    ):
        return of_state(marks, token) or behind(marks, token)
    return next((marks.holders[c.i] for c in token.all("appos") if c.i in marks.holders), None)


def named_behind(marks: Marks, token: Token) -> str | None:
    """ "the envoy, General X": the person whose name the comma brings, wherever the parser hangs it."""
    words = token.sentence.tokens
    at = token.i - words[0].i + 1
    if at >= len(words) or words[at].text != ",":
        return None
    for word in words[at + 1 : at + 7]:
        if word.tag[:3] != "NNP" and word.lower not in word_set("titles"):
            return None
        owner = marks.entity(word)
        if owner is not None and owner.kind == "person":
            return owner.id
    return None


def parties(marks: Marks, token: Token | None) -> tuple[str, ...]:
    """Those of a coordination: "X and Y met"."""
    if token is None:
        return ()
    if both(token):
        return two_sides(marks, token)
    if states := of_states(marks, token):
        return states
    return tuple(dict.fromkeys(p for t in members(token) if (p := party(marks, t))))


def of_states(marks: Marks, token: Token) -> tuple[str, ...]:
    """ "the Kenyan and Sudanese delegations": both states or peoples, where the dispatch speaks of both."""
    near = [t for c in token.children if c.dep == "amod" for t in conjuncts(c) if t.lower in demonyms()]
    found = [p for t in near if (p := people_of(marks, t.lower))]
    return tuple(found) if len(near) == 2 == len(set(found)) else ()


def people_of(marks: Marks, demonym: str) -> str | None:
    """The state of a demonym, else the people of that name: "Kenyan" → Kenya, else "the Kenyans"."""
    iso = demonyms()[demonym]
    states = [e.id for e in marks.entities if e.kind == "state" and e.country == iso]
    peoples = [e.id for e in marks.entities if e.kind == "people" and e.name.lower() == f"{demonym}s"]
    return next(iter(states or peoples), None)


def captor(words: Iterable[Token], facts: Facts) -> str | None:
    """Who holds the captives that the words speak of, as the dispatch's own counts tell it; of two, nobody."""
    spoken = {t.lower for t in words}
    held = [c for c in facts.counts if c.by and c.status in ("held", "kidnapped")]
    found = {
        c.by for c in held if c.by and c.who.lower().split()[-1:] and c.who.lower().split()[-1] in spoken
    }
    return found.pop() if len(found) == 1 else None


def both(token: Token) -> bool:
    """ "the two sides", "both parties", "the sides", "both countries"."""
    before = {c.lower for c in token.children}
    two = bool(before & {"two", "both"})
    sides = token.lower in ("sides", "parties", "delegations") and (two or "the" in before)
    return sides or (two and token.lower in word_set("counterparts"))


def two_sides(marks: Marks, token: Token) -> tuple[str, ...]:
    """Those between whom it last was, before the token: "talks between X and Y"; without two, nobody."""
    for word in reversed(marks.tokens[: token.i]):
        if word.lower == "between":
            found = [p for n in word.all("pobj") for t in conjuncts(n) if (p := party(marks, t))]
            return tuple(dict.fromkeys(found)) if len(set(found)) == 2 else ()
    return ()


def office_holder(marks: Marks, token: Token) -> str | None:
    """ "the head of the army, General X": X, by the words of his office."""
    found = {e.id for e in marks.entities for r in e.roles if r.span.covers(token.span)}
    return found.pop() if len(found) == 1 else None


def of_state(marks: Marks, token: Token) -> str | None:
    """The state of a demonym before the noun, if the dispatch speaks of that state at all."""
    isos = flags(token)
    found = {e.id for e in marks.entities if e.kind == "state" and e.country in isos}
    return found.pop() if len(found) == 1 else None


def behind(marks: Marks, token: Token) -> str | None:
    """The one named before the noun or behind "of", "from": "X fighters", "members of X"."""
    near = [c for c in token.children if c.dep in ("compound", "poss", "nmod", "amod")]
    near += [p for c in token.all("prep") if c.lower in ("of", "from") for p in c.all("pobj")]
    found = {commanding(marks.holders[t.i], marks) for t in near if t.i in marks.holders}
    return found.pop() if len(found) == 1 else None


def commanding(owner: str, marks: Marks) -> str:
    """ "his forces": those of the state or body that he leads, where his office tells it."""
    of = {r.of for e in marks.entities if e.id == owner and e.kind == "person" for r in e.roles if r.of}
    return of.pop() or owner if len(of) == 1 else owner
