"""Whose act it was, where another sentence tells: who claimed responsibility, and who else did the same to the same people."""

from __future__ import annotations

from dataclasses import replace

from parley.document import Marks, Token
from parley.facts import Event
from parley.find.parties import parties
from parley.mark.clause import objects, passive, prepositional, subject

Told = tuple[Event, Token]  # an event and its trigger


def owned(found: list[Told], marks: Marks) -> list[Event]:
    """The events, those without an actor given the one that the story tells; of two, none."""
    claimed = responsibility(marks)
    return [by_story(event, token, claimed, found, marks) for event, token in found]


def by_story(
    event: Event, token: Token, claimed: list[tuple[str, ...]], found: list[Told], marks: Marks
) -> Event:
    if event.mode == "third-party" and not event.recipients:
        return replace(event, recipients=met(event, token, found))
    if event.actors or event.type != "ASSAULT" or event.status != "occurred":
        return event
    doers = {e.actors for e, _ in found if attacker_of(event, e, marks)} if passive(token) else set()
    open_acts = [e for e, _ in found if e.type == "ASSAULT" and not e.actors and e.status == "occurred"]
    if not doers and len(open_acts) == 1 and len(claimed) == 1:
        doers = {claimed[0]}
    return replace(event, actors=doers.pop()) if len(doers) == 1 else event


def met(event: Event, token: Token, found: list[Told]) -> tuple[str, ...]:
    """ "X will meet Y in talks brokered by Z": those who meet in the same sentence."""
    beside = {
        e.actors for e, t in found if e.type == "CONSULT" and t.sentence is token.sentence and e is not event
    }
    pairs = {p for p in beside if len(p) == 2 and not set(p) & set(event.actors)}
    return pairs.pop() if len(pairs) == 1 else ()


def attacker_of(event: Event, other: Event, marks: Marks) -> bool:
    """Another assault whose doer is told, on the same people: the same entity, or one of the same noun."""
    if other.type != "ASSAULT" or not other.actors or set(other.actors) & set(event.recipients):
        return False
    return bool(nouns(event, marks) & nouns(other, marks))


def nouns(event: Event, marks: Marks) -> set[str]:
    """Those who suffer it, by id and by their noun: "a young rebel" and "the rebels" are of one kind."""
    folk = [e for e in marks.entities if e.kind in ("people", "person")]
    victims = [e for e in folk if e.id in event.recipients]
    words = {e.name.split()[-1].lower().removesuffix("s") for e in victims}
    return {e.id for e in victims} | words


def responsibility(marks: Marks) -> list[tuple[str, ...]]:
    """Who claimed responsibility for an attack."""
    verbs = [t for t in marks.tokens if t.tag[:2] == "VB" and t.lemma in ("claim", "accept", "admit")]
    told = [
        v
        for v in verbs
        for o in objects(v)
        if o.lower == "responsibility" and prepositional(o, "for") + prepositional(v, "for")
    ]
    return [who for v in told if (who := parties(marks, subject(v)))]
