"""Events: what parties do to each other, in PLOVER; what is only planned, feared or denied says so in its status."""

from __future__ import annotations

from dataclasses import replace

from parley.document import Entity, Marks, Token
from parley.facts import Claim, Event, EventStatus, Evidence, Facts
from parley.find.acts import Rule
from parley.find.beside import quantity_of
from parley.find.counts import people
from parley.find.facing import faced, the_pair
from parley.find.modes import mode_of
from parley.find.owned import owned
from parley.find.parties import party
from parley.find.relevance import elsewhere
from parley.find.retold import add
from parley.find.sides import only_counted, sides
from parley.find.status import arranged, habit, named_only, status_of
from parley.find.strangers import with_strangers
from parley.find.triggers import Fits, Found, candidates
from parley.find.visits import visited
from parley.find.when import when
from parley.find.where import where
from parley.mark.clause import agent, objects, subject
from parley.mark.gazetteer import word_set
from parley.values import Span

SPOKEN = ("AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT")  # done by saying so, when it is said
YIELDING = ("RETREAT", "CONCEDE", "AID")
MATERIAL = ("ASSAULT", "COERCE", "AID", "COOPERATE", "MOBILIZE")
HOSTILE = ("SANCTION", "COERCE", "ASSAULT")


def events(marks: Marks, facts: Facts) -> Facts:
    """Every event, in text order, ids e1, e2 …; one act told twice is one event."""
    if elsewhere(marks):
        return facts
    known: Fits = {}
    marks, strangers = with_strangers(marks, known)
    found: list[tuple[Event, Token]] = []
    pair = the_pair(marks)
    for item in candidates(marks, known):
        told = as_event(item, marks, facts)
        event = faced(told, item.token, pair, marks) if told is not None else None
        if event is not None:
            add(event, item.token, found)
    ordered = sorted(owned(visited(found, marks), marks), key=lambda e: e.span)
    events = tuple(replace(e, id=f"e{n}") for n, e in enumerate(ordered, 1))
    seen = {i for e in events for i in (*e.actors, *e.recipients)}
    return replace(facts, events=events, strangers=tuple(s for s in strangers if s.id in seen))


# ── who, to whom, when, where ────────────────────────────────────────────────────────────────────


def as_event(item: Found, marks: Marks, facts: Facts) -> Event | None:
    token, rule = item.token, item.rule
    if any(c.source.anonymity and c.source.anonymity.covers(token.span) for c in facts.claims):
        return None  # "who asked not to be named" asks nothing of the parties
    if named_only(token) and not (rule["type"] == "CONSULT" and arranged(token)):
        return None
    status: EventStatus = rule.get("status") or ("occurred" if rule.get("negated") else status_of(token))
    claim = facts.claim_over(item.span)
    if rule["type"] == "CONSULT" and arranged(token):
        status = "planned"
    places = {
        e.id for e in marks.entities if e.kind == "place"
    }  # they do nothing: their governments are states
    actors, recipients = (tuple(i for i in side if i not in places) for side in sides(item, marks, facts))
    actors = of_itself(token, claim, marks) or actors
    if rule["name"] in ("events.must", "events.answerable"):
        speaker = speaker_of(claim, marks) if claim is not None else None
        actors, recipients = ((speaker.id,) if speaker else ()), actors
        status = "occurred"
        if speaker and of_own(speaker, recipients):
            return None  # "Kenya must wait for the envoys", says its own minister
    if token.tag[:2] == "VB" and not acceptable(rule, token, actors, recipients, marks):
        return None
    if token.tag[:2] == "VB" and only_counted(token, marks):
        recipients = ()
    time, place = when(marks, token), where(marks, token)
    if rule["type"] in SPOKEN and (teller := told_by(token, facts)):
        actors = (teller,)
    if status == "occurred" and rule["type"] in MATERIAL and token.tag[:2] == "VB" and habit(token):
        status = "ongoing"
    if status == "ongoing" and rule["type"] in SPOKEN:
        status = "occurred"  # "is seeking": asked by saying so
    if rule["name"] == "events.responsible" and claim is not None and claim.source.entity:
        actors = (claim.source.entity,)  # whoever says so is the one that accuses
    said = said_on(claim, facts) if claim is not None and rule["type"] in SPOKEN else None
    evidence: Evidence = {"time": (time.span,)} if time else {}
    evidence |= {
        k: v
        for k, ids in (("actors", actors), ("recipients", recipients))
        if (v := words_for(ids, token, marks))
    }
    event = Event(
        id="",
        span=item.span,
        type=rule["type"],
        actors=actors,
        recipients=recipients,
        status=status,
        mode=mode_of(rule["type"], rule.get("mode"), token),
        place=place,
        time=time.value if time else said,
        claim=claim.id if claim else None,
        rule=rule["name"],
        evidence=evidence,
    )
    return promised(event, claim, marks) if claim is not None else event


def of_itself(token: Token, claim: Claim | None, marks: Marks) -> tuple[str, ...]:
    """ "X said they had opened …": a pronoun that nothing else explains is the one who speaks."""
    doer = subject(token) if token.tag[:2] == "VB" else None
    if claim is None or claim.source.span is None or doer is None or doer.i in marks.holders:
        return ()
    if not token.sentence.span.covers(claim.source.span) or doer.lower not in ("it", "they", "he", "she"):
        return ()
    speaker = speaker_of(claim, marks)
    fits = speaker is not None and (doer.lower in ("he", "she")) == (speaker.kind == "person")
    return (speaker.id,) if speaker is not None and fits else ()


def of_own(speaker: Entity, recipients: tuple[str, ...]) -> bool:
    return bool({speaker.id, *(r.of for r in speaker.roles)} & set(recipients))


def speaker_of(claim: Claim, marks: Marks) -> Entity | None:
    """The source's entity; of a source without a name, the stranger that acts."""
    ids = {claim.source.entity} if claim.source.entity else set()
    if not ids and claim.source.span is not None:
        ids = {p for t in marks.inside(claim.source.span)[-1:] if (p := party(marks, t))}
    return next((e for e in marks.entities if e.id in ids), None)


def promised(event: Event, claim: Claim, marks: Marks) -> Event:
    """ "X said it would release …" is a promise, "X said it would boycott …" a threat: what one says of oneself to come."""
    speaker = speaker_of(claim, marks)
    own = speaker is not None and speaker.id in event.actors
    if event.status != "planned" or not own:
        return event
    if event.type in YIELDING:
        return replace(
            event, type="AGREE", status="occurred", mode=None, time=claim.time, rule="events.promised"
        )
    if event.type in HOSTILE:
        return replace(
            event, type="THREATEN", status="occurred", mode=None, time=claim.time, rule="events.threatened"
        )
    return event


def told_by(token: Token, facts: Facts) -> str | None:
    """Whose word the trigger is, where it is itself the cue of a claim: "…, and pledged that …"."""
    found = [c.source.entity for c in facts.claims if c.cue == token.span]
    return found[0] if len(found) == 1 else None


def said_on(claim: Claim, facts: Facts) -> str | None:
    """When it was said: the claim's time, or that of an earlier claim in the same telling ("the source said")."""
    if claim.time is not None or claim.within is not None:
        return claim.time
    source = claim.source
    for other in reversed([c for c in facts.claims if c.span < claim.span]):
        same = other.source.kind == source.kind and other.source.affiliation == source.affiliation
        if same and other.source.entity == source.entity:
            if other.time is not None:
                return other.time
        else:
            return None
    return None


def words_for(ids: tuple[str, ...], token: Token, marks: Marks) -> tuple[Span, ...]:
    """The mentions in the act's sentence, nearest to it, that name these parties."""
    found = []
    for entity in (e for e in marks.entities if e.id in ids):
        near = [m for m in entity.mentions if token.sentence.span.covers(m)]
        if near:
            found.append(min(near, key=lambda m: abs(m.start - token.start)))
    return tuple(sorted(found))


def acceptable(
    rule: Rule, verb: Token, actors: tuple[str, ...], recipients: tuple[str, ...], marks: Marks
) -> bool:
    """Somebody must do it or suffer it: "prices agreed with the trend" is no act of a party."""
    doer = agent(verb) if verb.child("nsubjpass", "auxpass") else subject(verb)
    doer = quantity_of(doer) if doer is not None else None
    known = bool(actors) or (doer is not None and someone(doer))
    if rule["name"] in ("events.arrive", "events.be_in"):
        return known and where(marks, verb) is not None and travels(verb)
    if rule["name"] in ("events.rockets", "events.contact_noun", "events.break_off", "events.truce_holds"):
        return True
    if rule["name"] in ("events.bomb", "events.throw") and explosive(verb):
        return True
    if rule["type"] in ("ASSAULT", "COERCE", "RETREAT", "PROTEST") and has_people(verb):
        return True
    return known or bool(recipients)


def someone(token: Token) -> bool:
    """A person or body by its noun, though the dispatch gives no name: "the envoy", "mediators"."""
    if token.tag in ("NNP", "NNPS", "PRP"):
        return token.lower != "it"
    return token.lower in people() | word_set("people") | word_set("titles") | word_set("bodies") | word_set(
        "doers"
    ) or token.lower in ("sides", "parties")


def travels(verb: Token) -> bool:
    if verb.lemma != "be":
        return True
    return any(c.dep in ("advcl", "xcomp", "relcl", "acl") and c.child("aux") for c in verb.subtree())


def has_people(verb: Token) -> bool:
    near = [*objects(verb), *verb.all("nsubjpass", "nsubj")]
    if verb.tag == "VBN" and verb.dep in ("relcl", "acl") and not verb.all("nsubjpass", "nsubj"):
        near.append(verb.head)
    return any(n.lower in people() or n.tag == "CD" or sufferer(n) for n in near)


def explosive(verb: Token) -> bool:
    """ "A car bomb exploded", "mines were planted": an attack, whosever."""
    near = [*objects(verb), *verb.all("nsubj", "nsubjpass")]
    return any(n.lemma in word_set("explosives") for n in near)


def sufferer(noun: Token) -> bool:
    return noun.tag == "PRP" and noun.dep == "nsubjpass" and noun.lower != "it"
