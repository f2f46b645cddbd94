"""Events: what parties do to each other, in PLOVER; what is only planned, feared or denied says so in its status."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from parley.document import Marks, Token
from parley.facts import Event, EventStatus, Evidence, Facts
from parley.find.counts import people
from parley.find.parties import parties, party
from parley.find.status import arranged, named_only, status_of
from parley.find.when import when
from parley.find.where import where
from parley.lang import table
from parley.mark.clause import agent, negated, objects, prepositional, subject
from parley.mark.gazetteer import demonyms, word_set
from parley.values import Span

Rule = dict[str, Any]
SPOKEN = ("AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT")  # done by saying so, when it is said


@dataclass(frozen=True, slots=True)
class Found:
    rule: Rule
    token: Token
    span: Span


def events(marks: Marks, facts: Facts) -> Facts:
    """Every event, in text order, ids e1, e2 …; one act told twice is one event."""
    found: list[Event] = []
    for item in candidates(marks):
        event = as_event(item, marks, facts)
        if event is not None and not told_before(event, item.token, found):
            found.append(event)
    ordered = sorted(found, key=lambda e: e.span)
    return replace(facts, events=tuple(replace(e, id=f"e{n}") for n, e in enumerate(ordered, 1)))


@functools.cache
def by_lemma() -> dict[tuple[str, str], list[Rule]]:
    """("verb" or "noun", lemma or word) → the rules that it may trigger, in the order of the table."""
    index: dict[tuple[str, str], list[Rule]] = {}
    for rule in table("events")["rule"]:
        for kind in ("verb", "noun"):
            for word in rule.get(kind + "s", ()):
                index.setdefault((kind, word), []).append(rule)
    return index


def candidates(marks: Marks) -> Iterator[Found]:
    """The first rule that fits each trigger word; stricter rules win over looser ones."""
    index = by_lemma()
    for token in marks.tokens:
        if token.tag[:2] == "VB":
            rules = index.get(("verb", token.lemma), [])
            fits = [r for r in rules if fits_verb(r, token)]
        elif token.tag in ("NN", "NNS"):
            fits = [r for r in index.get(("noun", token.lower), []) if fits_noun(r, token, marks)]
        else:
            continue
        if fits:
            best = max(
                fits,
                key=lambda r: (
                    len(r.get("objects", ())) > 0 or len(r.get("preps", ())) > 0 or r.get("negated", False)
                ),
            )
            yield Found(best, token, trigger(token))


def fits_verb(rule: Rule, verb: Token) -> bool:
    if bool(rule.get("negated")) != refused(verb):
        return False
    if rule["name"] == "events.agree" and (
        arranged(verb) or (verb.all("xcomp") and verb.all("xcomp")[0].lemma in ("meet", "talk", "resume"))
    ):
        return False
    if rule["name"] == "events.contact_noun" and verb.dep == "amod":
        return False
    if verb.dep in ("amod", "aux", "auxpass") or (verb.tag == "VBN" and verb.dep == "amod"):
        return False
    if rule["type"] == "ASSAULT" and merely_counted(verb):
        return False
    if (
        rule["type"] == "SUPPORT"
        and verb.tag in ("VB", "VBN", "VBG")
        and verb.dep not in ("ROOT", "conj", "ccomp")
    ):
        return False
    wanted = rule.get("objects")
    if wanted and not has_object(verb, set(wanted)):
        return False
    preps = rule.get("preps")
    return not preps or any(c.lower in preps for c in verb.all("prep", "dative"))


def merely_counted(verb: Token) -> bool:
    """ "Nine people were killed", "killing five": figures; the act is told by its own word or agent."""
    if verb.lemma not in ("kill", "wound", "injure", "execute", "beat"):
        return False
    if verb.tag == "VBG" and verb.dep in ("advcl", "acl"):
        return True
    passive = verb.tag == "VBN" and (verb.child("auxpass") is not None or verb.dep != "conj")
    return (passive and agent(verb) is None and not verb.all("aux")) or verb.child("nummod") is not None


def refused(verb: Token) -> bool:
    """ "would not", "does not want", "is not ready", "will release no one": a refusal; "did not" is a denial."""
    if verb.lemma not in by_refusal():
        return False
    future = any(
        c.tag == "MD" and c.lemma in ("would", "will", "can", "could", "wo", "ca") for c in verb.children
    )
    if future and any(c.lower == "no" for o in objects(verb) for c in o.children):
        return True
    unready = [c for c in verb.children if c.lower in ("ready", "willing", "prepared")]
    if verb.lemma == "be":
        return bool(unready) and (negated(verb) or negated(unready[0]))
    return negated(verb) and (future or verb.lemma == "want")


@functools.cache
def by_refusal() -> frozenset[str]:
    return frozenset(w for r in table("events")["rule"] if r.get("negated") for w in r["verbs"])


def has_object(verb: Token, wanted: set[str]) -> bool:
    if "*responsibility" in wanted:
        found = subject(verb)
        return found is not None and found.lower in ("responsibility", "blame")
    if "*rocket" in wanted:
        found = subject(verb)
        return found is not None and any(
            t.lower in ("rocket", "rockets", "missile", "missiles", "shell", "shells", "mortar", "mortars")
            for t in found.subtree()[:6]
        )
    if "*talks" in wanted:
        found = subject(verb)
        return found is not None and found.lower in ("talks", "negotiations", "dialogue", "negotiation")
    nouns = [*objects(verb), *verb.all("nsubjpass", "acomp", "attr", "oprd")]
    if verb.dep == "acl" and verb.tag == "VBN":
        nouns.append(verb.head)
    if verb.lemma in ("be", "keep", "stay", "remain"):
        nouns += prepositional(verb, "in")
    if "*any" in wanted:
        return any(o.tag[:1] == "N" for o in objects(verb)) or bool(verb.all("xcomp", "ccomp"))
    if "*people" in wanted:
        return any(n.lower in people() or n.tag in ("NNP", "PRP", "CD") for n in nouns)
    near = nouns + [p for n in nouns for c in n.all("prep") if c.lower == "of" for p in c.all("pobj")]
    return any(
        n.lemma in wanted or n.lower in wanted or ("ceasefire" in wanted and fire_ceased(n)) for n in near
    )


def fire_ceased(noun: Token) -> bool:
    """ "cease-fire" is three words to the tokenizer."""
    return noun.lower == "fire" and any(c.lower == "cease" for c in noun.children)


def fits_noun(rule: Rule, noun: Token, marks: Marks) -> bool:
    if noun.dep in ("compound", "amod", "npadvmod", "nmod"):
        return False
    if noun.dep == "dobj" and any(
        has_object(noun.head, set(r.get("objects", ())))
        for r in by_lemma().get(("verb", noun.head.lemma), ())
    ):
        return False  # "held talks", "launched a raid": the verb tells it
    before = {c.lower for c in noun.children if c.i < noun.i}
    preps = rule.get("preps", ())
    if "*air" in preps:
        return bool(before & {"air", "aerial"})
    if "*suicide" in preps:
        return "suicide" in before
    if "*time" in preps:
        return any(t.type == "DURATION" and noun.start - 15 < t.span.end <= noun.start for t in marks.times)
    if (
        noun.lower in ("fighting", "violence", "attack", "attacks", "meeting", "conference")
        and "news" in before
    ):
        return False
    return bool(rule.get("objects")) or anchored(noun, marks)


def anchored(noun: Token, marks: Marks) -> bool:
    """A noun names an act of its own only with a party, place or date beside it."""
    if party_beside(noun, marks):
        return True
    return noun.dep in ("nsubj", "nsubjpass", "dobj", "pobj") and (
        when(marks, noun) is not None or where(marks, noun) is not None
    )


def party_beside(noun: Token, marks: Marks) -> bool:
    return any(c.i in marks.holders or c.lower in demonyms() for c in noun.children) or bool(
        prepositional(noun, "by", "between", "against", "on", "with")
    )


def trigger(token: Token) -> Span:
    """The shortest words that name the act: the verb with its helpers, the noun with its kind."""
    start = token
    for child in token.children:
        if child.i == start.i - 1 and child.dep in ("aux", "auxpass", "neg", "compound"):
            start = child
    helpers = [
        c
        for c in token.children
        if c.i < token.i and c.dep in ("aux", "auxpass", "neg", "compound") and token.i - c.i < 4
    ]
    first = min([start, *helpers], key=lambda t: t.i)
    return Span(first.start, token.end)


# ── who, to whom, when, where ────────────────────────────────────────────────────────────────────


def as_event(item: Found, marks: Marks, facts: Facts) -> Event | None:
    token, rule = item.token, item.rule
    if named_only(token) and not (rule["type"] == "CONSULT" and arranged(token)):
        return None
    status: EventStatus = "occurred" if rule.get("negated") else status_of(token)
    if rule["type"] == "CONSULT" and arranged(token):
        status = "planned"
    actors, recipients = sides(item, marks)
    if token.tag[:2] == "VB" and not acceptable(rule, token, actors, recipients, marks):
        return None
    time, place = when(marks, token), where(marks, token)
    claim = facts.claim_over(item.span)
    if rule["name"] == "events.responsible" and claim is not None and claim.source.entity:
        actors = (claim.source.entity,)  # whoever says so is the one that accuses
    said = claim.time if claim is not None and rule["type"] in SPOKEN else None
    evidence: Evidence = {"time": (time.span,)} if time else {}
    return Event(
        id="",
        span=item.span,
        type=rule["type"],
        actors=actors,
        recipients=recipients,
        status=status,
        mode=rule.get("mode"),
        place=place,
        time=time.value if time else said,
        claim=claim.id if claim else None,
        rule=rule["name"],
        evidence=evidence,
    )


def acceptable(
    rule: Rule, verb: Token, actors: tuple[str, ...], recipients: tuple[str, ...], marks: Marks
) -> bool:
    """Somebody must do it or suffer it: "prices agreed with the trend" is no act of a party."""
    doer = agent(verb) if verb.child("nsubjpass", "auxpass") else subject(verb)
    known = bool(actors) or (doer is not None and someone(doer))
    if rule["name"] in ("events.arrive", "events.be_in"):
        return known and where(marks, verb) is not None and travels(verb)
    if rule["name"] in ("events.rockets", "events.contact_noun"):
        return True
    if rule["type"] in ("ASSAULT", "COERCE", "RETREAT", "PROTEST") and has_people(verb):
        return True
    return known or bool(recipients)


def someone(token: Token) -> bool:
    """A person or body by its noun, though the dispatch gives no name: "the envoy", "mediators"."""
    if token.tag in ("NNP", "NNPS", "PRP"):
        return token.lower != "it"
    return token.lower in people() | word_set("people") | word_set("titles") | word_set(
        "bodies"
    ) or token.lower in ("sides", "parties")


def travels(verb: Token) -> bool:
    if verb.lemma != "be":
        return True
    return any(c.dep in ("advcl", "xcomp", "relcl", "acl") and c.child("aux") for c in verb.subtree())


def has_people(verb: Token) -> bool:
    near = [*objects(verb), *verb.all("nsubjpass", "nsubj")]
    return any(n.lower in people() or n.tag == "CD" for n in near)


def sides(item: Found, marks: Marks) -> tuple[tuple[str, ...], tuple[str, ...]]:
    token, places = item.token, item.rule.get("recipient", ())
    if token.tag[:2] != "VB":
        return noun_sides(token, places, marks)
    passive = token.child("nsubjpass", "auxpass") is not None or (token.dep == "acl" and token.tag == "VBN")
    doer = agent(token) if passive else subject(token)
    actors = parties(marks, doer)
    recipients = parties(marks, subject(token)) if passive and "object" in places else ()
    if not passive or not recipients:
        recipients = recipients or second(token, places, marks)
    if item.rule["type"] == "CONSULT":
        return consulting(item.rule, actors, recipients, marks)
    return actors, tuple(r for r in recipients if r not in actors)


def consulting(
    rule: Rule, actors: tuple[str, ...], recipients: tuple[str, ...], marks: Marks
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Visitors are actors and their host state the recipient; in a plain meeting all are actors."""
    if rule.get("mode") == "visit":
        hosts = tuple(h for r in recipients if (h := host(r, marks)) and h not in actors)
        return actors, hosts[:1]
    if rule.get("mode"):
        return actors, recipients
    return tuple(dict.fromkeys((*actors, *recipients))), ()


def host(place: str, marks: Marks) -> str | None:
    """The state where a visit goes, if the dispatch speaks of it as a state."""
    entity = next((e for e in marks.entities if e.id == place), None)
    if entity is None or entity.kind == "state":
        return place if entity else None
    states = [e.id for e in marks.entities if e.kind == "state" and e.country and e.country == entity.country]
    return states[0] if states else None


def second(verb: Token, places: list[str], marks: Marks) -> tuple[str, ...]:
    for place in places:
        if place in ("object", "dative"):
            found = [p for o in objects(verb) for p in parties(marks, o)]
        elif place == "*poss":
            found = [p for o in objects(verb) if (p := party(marks, o.child("poss")))]
        else:
            nouns = prepositional(verb, place) + [n for o in objects(verb) for n in prepositional(o, place)]
            found = [p for n in nouns for p in parties(marks, n)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def noun_sides(noun: Token, places: list[str], marks: Marks) -> tuple[tuple[str, ...], tuple[str, ...]]:
    both = tuple(p for n in prepositional(noun, "between") for p in parties(marks, n))
    if both:
        return both, ()
    actors = tuple(p for n in prepositional(noun, "by") for p in parties(marks, n))
    actors = actors or tuple(p for c in noun.all("poss", "compound", "nmod") if (p := party(marks, c)))
    actors = actors or tuple(
        e.id
        for c in noun.children
        if c.lower in demonyms()
        for e in marks.entities
        if e.kind == "state" and e.country == demonyms()[c.lower]
    )
    targets = tuple(
        p
        for w in places
        if w not in ("object", "between")
        for n in prepositional(noun, w)
        for p in parties(marks, n)
    )
    if noun.lower in ("talks", "meeting", "negotiations", "summit"):
        return tuple(dict.fromkeys((*actors, *targets))), ()
    return actors, tuple(t for t in targets if t not in actors)


def told_before(event: Event, token: Token, found: list[Event]) -> bool:
    """Another report of an act: a definite noun for what was told, or the same parties and day."""
    alike = [e for e in found if e.type == event.type]
    if any(e.span.overlaps(event.span) for e in found if e.type == event.type):
        return True
    if (
        token.tag[:1] == "N"
        and alike
        and any(c.lower in ("the", "this", "that", "these") for c in token.children)
    ):
        return True
    return any(
        e.actors == event.actors and e.recipients == event.recipients and e.mode == event.mode and e.actors and e.recipients
        and e.time == event.time and e.status == event.status
        for e in alike
    )  # fmt: skip
