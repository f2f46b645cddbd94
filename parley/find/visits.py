"""What a visit tells of the meetings around it: where they are, on which day, and who else is there.

"Solon arrived in Nairobi. He was due to meet Omar Tarik": there. "The meeting with Tarik was to include …": Solon too.
"""

from __future__ import annotations

from dataclasses import replace

from parley.document import Marks, Token
from parley.facts import Event

Told = tuple[Event, Token]  # an event and its trigger
NEAR = 2  # sentences after an arrival in which a meeting is still there


def visited(found: list[Told], marks: Marks) -> list[Told]:
    """The events in text order, meetings and visits completed by those told before them."""
    done: list[Told] = []
    for event, token in sorted(found, key=lambda t: t[0].span):
        if event.type == "CONSULT":
            event = placed(dated(met_before(event, done), done, marks), token, done)
        done.append((event, token))
    return done


def met_before(event: Event, done: list[Told]) -> Event:
    """ "The meeting with X was to include Y": with those who were to meet X as well."""
    if event.rule != "events.include":
        return event
    same = [
        e for e, _ in done if e.type == "CONSULT" and e.mode is None and set(e.actors) & set(event.actors)
    ]
    if len(same) != 1:
        return event
    return replace(
        event,
        actors=tuple(dict.fromkeys((*same[0].actors, *event.actors))),
        place=event.place or same[0].place,
    )


def dated(event: Event, done: list[Told], marks: Marks) -> Event:
    """A visit to the same host by the visitor's own delegation, told with its day, is the same visit."""
    if event.mode != "visit" or event.time or not event.recipients:
        return event
    own = {r.of for e in marks.entities if e.id in event.actors for r in e.roles if r.of and not r.former}
    told = {
        e.time
        for e, _ in done
        if e.mode == "visit" and e.recipients == event.recipients and set(e.actors) <= own
    }
    return replace(event, time=told.pop()) if len(told) == 1 else event


def placed(event: Event, token: Token, done: list[Told]) -> Event:
    """A meeting without a place, of one whose arrival was told just before: there."""
    if event.place or event.mode is not None:
        return event
    near = [e for e, t in done if e.mode == "visit" and token.sentence.i - t.sentence.i <= NEAR and e.place]
    where = {e.place for e in near if set(e.actors) & set(event.actors)}
    return replace(event, place=where.pop()) if len(where) == 1 else event
