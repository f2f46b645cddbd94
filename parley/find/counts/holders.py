"""By whom: the entity that killed, took, holds or frees those who are counted, where the words say so."""

from __future__ import annotations

from collections.abc import Sequence

from parley.document import Marks, Token
from parley.facts import Claim, Count
from parley.find.counts.beside import State
from parley.find.counts.clauses import passive
from parley.find.counts.company import in_return
from parley.find.counts.counted import Counted
from parley.find.counts.rules import listed, rule_of
from parley.find.counts.setting import moments
from parley.find.parties import behind, of_state, party
from parley.mark.clause import agent, subject
from parley.mark.gazetteer import demonyms
from parley.values import Span

Found = tuple[str, tuple[Span, ...]]
DONE = ("dead", "wounded", "kidnapped", "held", "released", "rescued", "detained", "displaced")
WE = ("we", "us", "our", "i")


def doer(counted: Counted, state: State, marks: Marks, claim: Claim | None) -> Found | None:
    """The agent of the verb or act, unless the counted people do it themselves."""
    jailer = of_jails(counted, state, marks)
    if in_return(counted.token):
        return jailer  # the others' captor does not free these
    word = doer_word(counted, state)
    if word is None:
        return jailer or assailant(counted, state, marks)
    if word.lower in WE:
        return of_speaker(claim)
    found = entity_of(word, marks)
    return (found, (word.span,)) if found else assailant(counted, state, marks)


def doer_word(counted: Counted, state: State) -> Token | None:
    """Who died or remains captive did nothing by that; who fled may have been made to."""
    own = state.rule.cue in ("subject", "noun") and state.word.lemma != "flee"
    if state.rule.status not in DONE or own:
        return liberator(counted, state)
    return agent_word(state, counted) or liberator(counted, state)


def assailant(counted: Counted, state: State, marks: Marks) -> Found | None:
    """ "killed in a Kenyan raid", "died when Kenyan troops stormed the camp"; the fallen may be the raiders' own."""
    if state.rule.status not in ("dead", "wounded") or state.word.tag[:2] != "VB":
        return None
    acts = [p for c in state.word.all("prep") if c.lower in ("in", "during") for p in c.all("pobj")]
    doers = [t for t in acts if t.lemma in listed("one_sided")]
    doers += [
        s
        for c in moments(state.word, "when", "as")
        if c.lemma in listed("assailing") and (s := c.child("nsubj")) is not None and s.tag[:1] == "N"
    ]
    found = next(((e, (t.span,)) for t in doers if (e := entity_of(t, marks))), None)
    return found if found and not of_same_side(counted, found[0], marks) else None


def of_same_side(counted: Counted, entity: str, marks: Marks) -> bool:
    noun = counted.noun
    if noun is None:
        return False
    other = party(marks, noun) or behind(marks, noun) or of_state(marks, noun)
    side = next(e for e in marks.entities if e.id == entity)
    words = set(side.name.lower().split())
    of_a_state = side.kind == "state" or bool(words & (listed("units") | demonyms().keys()))
    return other == entity or noun.lower in (listed("units") if of_a_state else listed("rebels"))


def agent_word(state: State, counted: Counted) -> Token | None:
    """ "X killed", "killed by X", "X …, killing", "the killing by X", "left dead by X"."""
    word = state.word
    if word.tag[:2] == "VB" and (state.rule.cue != "word" or agent(word) is not None):
        return of_verb(word, counted)
    if state.rule.cue == "of":
        by = next((p for c in word.all("prep", "agent") if c.lower == "by" for p in c.all("pobj")), None)
        return by or word.child("poss")
    verb = next((a for a in (*counted.token.ancestors(),) if a.tag[:2] == "VB"), None)
    if verb is None or (word.i > verb.i and verb.lemma not in listed("striking")):
        return None
    return of_verb(verb, counted)


def liberator(counted: Counted, state: State) -> Token | None:
    """ "wants Kenya to free 400 prisoners": they are with the one who is to free them."""
    verb = counted.token.head
    asked = counted.token.dep == "dobj" and verb is not state.word and rule_of("object", verb.lemma, ())
    return subject(verb) if asked and asked.status == "released" else None


def of_verb(verb: Token, counted: Counted) -> Token | None:
    if verb.lemma in ("die", "perish", "be", "remain", "lose"):
        return None
    if passive(verb) or (verb.tag == "VBN" and not any(c.lemma == "have" for c in verb.all("aux"))):
        return agent(verb)
    found = forced_by(verb) or subject(verb)
    own = range(counted.first, counted.last + 1)
    if found is None or found.i in own or found is counted.token:
        return None
    return None if found.lower in ("number", "total", "toll") else found


def forced_by(verb: Token) -> Token | None:
    """ "The attack forced 2,000 villagers to flee": who forced them."""
    if verb.dep in ("xcomp", "ccomp") and verb.head.lemma in listed("forcing"):
        return None if passive(verb.head) else subject(verb.head)
    return None


def entity_of(token: Token, marks: Marks) -> str | None:
    """A party; for an act of force, the party named in it: "the rebel attack", "a raid by X"."""
    if token.lower in listed("acts") or singular_act(token):
        found = behind(marks, token) or of_state(marks, token) or by_whom(token, marks)
        return found if acting(found, marks) else None
    if token.lower in listed("instruments"):
        return of_instrument(token, marks)
    found = party(marks, token) or of_group(token, marks)
    return found if acting(found, marks) else None


def of_instrument(token: Token, marks: Marks) -> str | None:
    """ "Kenyan gunfire", "fire from Kenyan tanks", "a bomb planted by the Front"."""
    makers = [a for c in token.all("acl") if (a := agent(c))]
    makers += [p for c in token.all("prep") if c.lower in ("from", "of", "by") for p in c.all("pobj")]
    makers += [c for c in token.all("poss")]
    found = next((f for t in makers if (f := entity_of(t, marks))), None)
    found = found or behind(marks, token) or of_state(marks, token)
    return found if acting(found, marks) else None


def acting(found: str | None, marks: Marks) -> bool:
    return any(e.id == found and e.kind != "place" for e in marks.entities)


def of_group(token: Token, marks: Marks) -> str | None:
    """ "an X unit", "X guerrillas"; "Kenyan guards" act for Kenya."""
    if token.lower in listed("units") or token.lower in listed("movers"):
        found = behind(marks, token)
        state = any(e.id == found and e.kind == "state" for e in marks.entities)
        if found and not (state and token.lower in listed("rebels")):
            return found
        return of_state(marks, token) if token.lower in listed("units") else None
    return None


def singular_act(token: Token) -> bool:
    return token.lemma in listed("acts")


def by_whom(token: Token, marks: Marks) -> str | None:
    inside = [p for c in token.all("prep") if c.lower == "by" for p in c.all("pobj")]
    return party(marks, inside[0]) if inside else None


def of_speaker(claim: Claim | None) -> Found | None:
    """ "We shot dead two militants": those for whom the speaker speaks."""
    if claim is None or claim.source.affiliation is None:
        return None
    return claim.source.affiliation, ((claim.source.span,) if claim.source.span else (claim.span,))


def of_jails(counted: Counted, state: State, marks: Marks) -> Found | None:
    """ "prisoners held in Kenya", "in Kenyan jails": the state whose jails they are."""
    if state.rule.status not in ("held", "detained"):
        return None
    words = [t for t in counted.token.sentence.tokens if counted.last < t.i <= counted.last + 8]
    for token in words:
        if token.tag in ("VBD", "VBZ", "VBP") and token is not state.word:
            return None
        jail = token.lower in demonyms() and any(c.lower in listed("jails") for c in (token.head,))
        entity = marks.entity(token)
        if jail:
            iso = demonyms()[token.lower]
            state_of = next((e for e in marks.entities if e.kind == "state" and e.country == iso), None)
            return (state_of.id, (token.span,)) if state_of else None
        if entity is not None and entity.kind == "state" and token.head.lower == "in" and prisoners(counted):
            return entity.id, (token.span,)
    return None


def prisoners(counted: Counted) -> bool:
    return counted.noun is not None and counted.noun.lower in (
        "prisoner",
        "prisoners",
        "detainees",
        "inmates",
    )


# ── the captor of the whole dispatch ─────────────────────────────────────────────────────────────


def captor(marks: Marks, found: Sequence[Count]) -> Found | None:
    """The only party that the dispatch says took or holds captives; with two, none."""
    held = {
        c.by: c.evidence["by"]
        for c in found
        if c.by and c.status in ("kidnapped", "held") and "by" in c.evidence
    }
    for token in marks.tokens:
        if not captive_word(token):
            continue
        for word in captor_words(token):
            if (name := entity_of(word, marks)) is not None:
                held.setdefault(name, (word.span,))
    return next(iter(held.items())) if len(held) == 1 else None


def captive_word(token: Token) -> bool:
    return token.lower in ("hostages", "hostage", "captives", "captive")


def captor_words(token: Token) -> list[Token]:
    """ "hostages held by X", "captives of X", "X took … hostage", "X's hostages"."""
    words = [
        a
        for c in token.all("acl", "relcl")
        if c.lemma in ("hold", "take", "seize", "keep") and (a := agent(c))
    ]
    words += [p for c in token.all("prep") if c.lower in ("of", "by") for p in c.all("pobj")]
    verb = token.head
    if token.dep in ("dobj", "oprd", "advcl", "xcomp", "acomp", "advmod") and verb.lemma in (
        "take",
        "hold",
        "seize",
        "keep",
    ):
        doer_word = agent(verb) if passive(verb) else subject(verb)
        words += [doer_word] if doer_word is not None else []
    return words


def opponent(marks: Marks, found: Sequence[Count], holder: Found) -> Found | None:
    """ "in exchange for 240 prisoners": those whom the captor's victims' own state frees."""
    states = {e.id for e in marks.entities if e.kind == "state"}
    hit = {
        c.place: c.evidence["place"]
        for c in found
        if c.by == holder[0] and c.place in states and "place" in c.evidence
    }
    return next(iter(hit.items())) if len(hit) == 1 else None
