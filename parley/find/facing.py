"""Who faces whom: the other side, or both, where only the talks or the war as a whole make it plain.

"Talks between X and Y broke off", and further on "X wants a truce": from Y. Of two such pairs, none.
"""

from __future__ import annotations

import functools
from dataclasses import replace

from parley.document import Marks, Token
from parley.facts import Event
from parley.find.parties import parties
from parley.lang import table
from parley.mark.clause import conjuncts, prepositional

Pair = tuple[str, ...]  # two entity ids, or none
ASKING = ("REQUEST", "REJECT")


def the_pair(marks: Marks) -> Pair:
    """The one pair between whom the dispatch's talks, war or truce is."""
    found: set[frozenset[str]] = set()
    for token in marks.tokens:
        if token.lower in between():
            named = [t for n in prepositional(token, "between") for t in conjuncts(n)]
            both = {p for n in prepositional(token, "between") for p in parties(marks, n)}
            both = both if len(named) < 3 else set()
            found |= {frozenset(both)} if len(both) == 2 else set()
    return tuple(sorted(found.pop())) if len(found) == 1 else ()


@functools.cache
def between() -> frozenset[str]:
    return frozenset(table("events")["between"]["words"])


def faced(event: Event, token: Token, pair: Pair, marks: Marks) -> Event:
    """The event with the sides that the pair makes plain; unchanged where its own words tell them."""
    if not pair:
        return event
    if event.mode == "third-party":
        ready = event.actors and not event.recipients and not set(event.actors) & set(pair)
        return replace(event, recipients=pair) if ready else event
    if event.recipients:
        return event
    if mutual(event, token) and (
        not event.actors or (event.status == "denied" and set(event.actors) < set(pair))
    ):
        return replace(event, actors=pair)
    if event.type in ASKING and len(event.actors) == 1 and about_it(event, token):
        return replace(event, recipients=other(event.actors[0], pair, marks))
    return event


def about_it(event: Event, token: Token) -> bool:
    """Asked or refused is what the talks or the war are about: a truce, captives, talks, a withdrawal."""
    words = between() | set(table("events")["between"]["about"])
    return event.mode in ("meet", "yield") or any({t.lower, t.lemma} & words for t in token.subtree())


def mutual(event: Event, token: Token) -> bool:
    """What takes two: talks, an agreement, the end of either."""
    about_talks = event.rule == "events.talks" and token.lower in ("talks", "negotiations")
    return (
        about_talks
        or event.rule in ("events.contact_noun", "events.break_off")
        or event.rule in ("events.agree", "events.reach")
    )


def other(actor: str, pair: Pair, marks: Marks) -> tuple[str, ...]:
    """The one of the pair that an actor, or the body whose office he holds, faces."""
    roles = {r.of for e in marks.entities if e.id == actor for r in e.roles if r.of and not r.former}
    own = {actor, *(roles if len(roles) == 1 else ())} & set(pair)
    return tuple(p for p in pair if p not in own) if len(own) == 1 else ()
