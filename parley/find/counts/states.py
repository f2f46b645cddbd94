"""In which state the counted people are: the rule that says so and its word, read off the parse.

The nearest words come first: those beside the noun, its own clause, the verb above, the act "of" which it
is the victim, and at last what it is joined to.
"""

from __future__ import annotations

from collections.abc import Iterator

from parley.document import Token
from parley.find.counts.beside import State, beside
from parley.find.counts.clauses import governed, own_clause
from parley.find.counts.company import done_to, joined
from parley.find.counts.counted import Counted
from parley.find.counts.rules import listed, rule_of, thing


def state_of(counted: Counted) -> State | None:
    """The first state that fits and is said to be so; captives of whom nothing happened are held.

    Any other thing that happened comes last: "14 miners trapped by the flood were rescued".
    """
    unreal, other = False, None
    for state in states(counted):
        if state.reality == "not":
            unreal = True
        elif fits(state, counted) and state.rule.status != "other":
            return state
        elif fits(state, counted):
            other = other or state
    if other is not None:
        return other
    fled = counted.noun is not None and counted.noun.lower in listed("fled")
    return None if fled and unreal else kept(counted)


def states(counted: Counted) -> Iterator[State]:
    looks = (beside, own_clause, governed, done_to, joined)
    if partitive(counted):
        looks = (governed, beside, own_clause, done_to, joined)
    for look in (beside, own_clause) if counted.inner else looks:
        yield from (s for s in look(counted, counted.token) if s is not None)


def partitive(counted: Counted) -> bool:
    """ "ten of the 30 men seized were freed": what is told of the whole by its own clause comes second."""
    words = [
        t.lower for t in counted.token.sentence.tokens if counted.span.end <= t.start and t.i <= counted.last
    ]
    return (
        words[:1] == ["of"]
        and words[1:2] != []
        and words[1] in ("the", "its", "their", "his", "those", "these")
    )


def fits(state: State, counted: Counted) -> bool:
    rule = state.rule
    if rule.people and not (counted.people or elliptical(counted)):
        return False
    if rule.status == "held" and counted.noun is not None and once(counted.noun):
        return False
    if counted.noun is not None and not counted.people and (thing(counted.noun) or rule.status == "other"):
        return rule.cue == "noun"
    if rule.status == "other":
        return moves(counted, state)
    return not (counted.single and rule.status in ("other", "displaced"))


def moves(counted: Counted, state: State) -> bool:
    """Of those who come, go and fight, troops and captives are counted, not any two men who returned."""
    if counted.single or counted.noun is None:
        return False
    return counted.noun.lower in listed("movers") or state.rule.cue == "noun" or state.rule.anyone


def elliptical(counted: Counted) -> bool:
    return (
        counted.noun is None
        or counted.noun.tag in ("PRP", "WP", "WDT", "DT")
        or counted.noun.lower in ("others", "other", "more")
    )


def kept(counted: Counted) -> State | None:
    """Hostages and prisoners whose release is only asked for are still held."""
    if counted.bounds.high == 1 or counted.noun is None:
        return None
    if counted.noun.lower not in listed("captives") and counted.noun.lower not in listed("fled"):
        return None
    if once(counted.noun):
        return None
    word = counted.noun.lower
    rule = rule_of("noun", word, ()) or rule_of("noun", "detainee", ())
    return State(rule, counted.noun) if rule else None


def once(noun: Token) -> bool:
    """ "ex-hostages", "freed prisoners", "a former captive"."""
    words = noun.sentence.tokens
    before = [t.lower for t in words if noun.i - 3 <= t.i < noun.i]
    return bool({"ex", "former", "freed", "released", "ex-"} & set(before))
