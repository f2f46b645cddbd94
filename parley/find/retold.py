"""One act told several times is one event, at its fullest mention; clearly separate acts are separate."""

from __future__ import annotations

from parley.document import Token
from parley.facts import Event
from parley.mark.clause import objects

Told = tuple[Event, Token]  # an event and its trigger
ASKING = ("REQUEST", "REJECT")  # two of them are one only where the same is asked


def add(event: Event, token: Token, found: list[Told]) -> None:
    """Puts an event with those found so far, unless they tell of it; the fuller of two reports stays."""
    for at, (told, word) in enumerate(found):
        if told.type == event.type and same_act(event, token, told, word):
            alike = word.lemma == token.lemma and (event.mode, event.status) == (told.mode, told.status)
            if alike and fullness(event, token) > fullness(told, word):
                found[at] = (event, token)
            return
    found.append((event, token))


def fullness(event: Event, token: Token) -> int:
    """How much a report tells: its sides, its day, and of a meeting where and when."""
    sides = len(event.actors) + len(event.recipients)
    about = (
        len([c for c in token.all("prep") if c.lower in ("at", "in", "on")]) if event.type == "CONSULT" else 0
    )
    return 10 * sides + len(event.time or "") + about


def same_act(event: Event, token: Token, told: Event, word: Token) -> bool:
    """Whether an act is one told before, by its verb, its sides, or as "the attack", "one of the rockets", "we"."""
    if told.span.overlaps(event.span):
        return True
    if word.lemma == token.lemma and same_verb(event, token, told, word):
        return True
    definite = any(c.lower in ("the", "this", "that", "these") for c in token.children)
    if token.tag[:1] == "N" and definite and may_be(event, told):
        return True
    return same_sides(event, told) or faceless(event, told)


def same_verb(event: Event, token: Token, told: Event, word: Token) -> bool:
    """The same verb with the same doers, and nothing that says another victim, day, place or state of things."""
    if event.type in ASKING and asked(token) and asked(word) and not asked(token) & asked(word):
        return False
    pairs = ((event.recipients, told.recipients), (event.place, told.place))
    if event.status != told.status or not one_time(event, told) or any(a and b and a != b for a, b in pairs):
        return False
    if again(token):
        return True
    return bool(event.actors) and (event.actors == told.actors or joined(event, told))


def joined(event: Event, told: Event) -> bool:
    """Talks told twice, once with more of those who took part."""
    a, b = set(event.actors), set(told.actors)
    return event.type == "CONSULT" and bool(b) and (a <= b or b <= a)


def asked(verb: Token) -> set[str]:
    """What is asked or refused, by the head words of its object or clause."""
    return {t.lemma for t in (*objects(verb), *verb.all("xcomp", "ccomp"))}


def again(verb: Token) -> bool:
    """ "One of the rockets hit …", "we demonstrated": a part of what was told, or the same in a doer's own words."""
    doer = verb.child("nsubj")
    return doer is not None and (
        doer.lower == "we" or (doer.lower in ("one", "another") and bool(doer.all("prep")))
    )


def one_time(event: Event, told: Event) -> bool:
    if not event.time or not told.time:
        return True
    return event.time.startswith(told.time) or told.time.startswith(event.time)


def may_be(event: Event, told: Event) -> bool:
    """A definite noun is the act told before, unless its mode, its doer or its day says otherwise."""
    if event.actors and told.actors and not set(event.actors) & set(told.actors):
        return False
    return one_time(event, told) and (event.mode == told.mode or (event.mode is None and not event.actors))


def same_sides(event: Event, told: Event) -> bool:
    both = event.actors == told.actors and event.recipients == told.recipients
    alike = event.mode == told.mode and event.time == told.time and event.status == told.status
    return both and alike and bool(event.actors and event.recipients)


def faceless(event: Event, told: Event) -> bool:
    """ "Gunmen kidnapped seven …. The seven were taken hostage": the same kind of act, and no side of its own."""
    bare = not (event.recipients or event.time or event.place) and event.actors in ((), told.actors)
    return bare and event.mode is not None and event.mode == told.mode == "abduct"
