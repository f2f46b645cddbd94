"""Positions: what a party wants, offers, refuses, accepts or makes depend on something, in its own clause's words."""

from __future__ import annotations

import functools
from dataclasses import replace

from parley.document import Marks, Token
from parley.facts import Claim, Evidence, Facts, Position, Stance
from parley.find.aims import Aim, aims, listed
from parley.find.facing import Pair, other, the_pair
from parley.find.parties import captor, party
from parley.find.relevance import elsewhere
from parley.find.stances import Rule, another_s, conditioned, fitting, only_asserted, stances
from parley.find.when import when
from parley.lang import table
from parley.mark.clause import negated, objects, prepositional, subject
from parley.mark.pronouns import expletive
from parley.values import Span

SHARED = ("truce", "hostages", "prisoners", "talks", "withdrawal", "disarmament")  # what two sides settle


def positions(marks: Marks, facts: Facts) -> Facts:
    """Every position, in text order, ids p1, p2 …; a stance whose party is unknown is left out."""
    if elsewhere(marks):
        return facts
    found: list[Position] = []
    told = {c.cue.start for c in facts.claims if c.cue and claimed(c, marks)}
    for token in marks.tokens:
        if (token.tag[:2] not in ("VB", "MD") and token.tag != "JJ") or token.start in told:
            continue
        for rule in fitting(token):
            add(found, stated(token, rule, marks, facts))
            break
    for aim in aims(marks, facts):
        add(found, aimed(aim, marks, facts))
    for claim in facts.claims:
        add(found, claimed(claim, marks))
    pair = the_pair(marks)
    ordered = sorted((towards(p, pair, marks) for p in found), key=lambda p: p.span)
    return replace(facts, positions=tuple(replace(p, id=f"p{n}") for n, p in enumerate(ordered, 1)))


def towards(position: Position, pair: Pair, marks: Marks) -> Position:
    """Of the two between whom the talks or the war is, a stance on its issues is meant for the other."""
    if position.toward or position.issue not in SHARED or position.stance == "supports":
        return position
    faced = other(position.party, pair, marks) if pair else ()
    return replace(position, toward=faced[0]) if len(faced) == 1 else position


def add(found: list[Position], position: Position | None) -> None:
    if position is not None and not any(p.span.overlaps(position.span) for p in found):
        found.append(position)


# ── stances in a clause ──────────────────────────────────────────────────────────────────────────


def stated(token: Token, rule: Rule, marks: Marks, facts: Facts) -> Position | None:
    verb = token.head if token.tag == "JJ" else token
    claim = facts.claim_over(token.span)
    span = complement(verb, rule) if claim is None else clause_span(verb, claim)
    doer = subject(verb)
    if rule["name"] == "positions.must" and party(marks, doer) is None:
        return None
    holder = (
        speaker(claim) if rule["name"] == "positions.must" else party(marks, doer) or own_voice(doer, claim)
    )
    if holder is None or not takes_stands(holder, marks):
        return None
    if rule["name"] == "positions.will" and party_kind(holder, marks) == "people":
        return None
    issue = issue_of(span, marks) or around(span, marks)
    if issue is None or any(o.lower == "thing" for o in objects(verb)):
        return None
    stance: Stance = "opposes" if another_s(verb) else rule["stance"]
    if rule["name"] == "positions.must" and party(marks, doer) in offices(holder, marks):
        stance = "supports"  # "Kenya must wait for the envoys", says its own minister
    position = build(span, holder, stance, rule["name"], issue, verb, claim, marks)
    return position if position.toward else replace(position, toward=held_by(position, marks, facts))


def aimed(aim: Aim, marks: Marks, facts: Facts) -> Position | None:
    """The position behind a noun or an aim; nothing where it is about none of the issues."""
    issue = "government" if aim.word.lemma in listed("topple") else issue_of(aim.span, marks)
    if issue is None or not takes_stands(aim.holder, marks):
        return None
    return build(
        aim.span, aim.holder, aim.stance, aim.rule, issue, aim.word, facts.claim_over(aim.word.span), marks
    )


def held_by(position: Position, marks: Marks, facts: Facts) -> str | None:
    """A word about captives is meant for the one who holds them."""
    found = captor(marks.inside(position.span), facts)
    return found if found != position.party else None


def speaker(claim: Claim | None) -> str | None:
    return (claim.source.entity or claim.source.affiliation) if claim else None


def group_speaking(claim: Claim, marks: Marks) -> str | None:
    """Unnamed, but a side or go-between as a whole: "mediators said they hoped"."""
    inside = marks.inside(claim.source.span) if claim.source.span else ()
    groups = set(table("positions")["groups"]["words"])
    found = {e.id for t in inside if (e := marks.entity(t)) and e.name.split()[-1] in groups}
    return found.pop() if len(found) == 1 else None


def own_voice(doer: Token | None, claim: Claim | None) -> str | None:
    """ "We", "I" and "it" inside a claim are the one who makes it."""
    if doer is None or expletive(doer):
        return None
    return speaker(claim) if doer.lower in ("we", "i", "it", "he", "she", "they") else None


def takes_stands(entity: str, marks: Marks) -> bool:
    """No place, and no bystanders: residents, refugees and relatives are no party to the talks."""
    found = next((e for e in marks.entities if e.id == entity), None)
    if found is None or found.kind == "people":
        return (
            found is None or found.name.split()[-1].lower() not in table("positions")["bystanders"]["words"]
        )
    return found.kind != "place"


def party_kind(entity: str, marks: Marks) -> str | None:
    return next((e.kind for e in marks.entities if e.id == entity), None)


def clause_span(verb: Token, claim: Claim | None) -> Span:
    """The verb's whole clause, cut to the claim that holds it."""
    apart = {t.i for c in verb.children if another_thought(c, verb) for t in c.subtree()}
    inside = [t for t in verb.subtree() if t.dep != "punct" and t.i not in apart]
    inside = inside[:-1] if inside and inside[-1].dep == "cc" else inside
    while inside and inside[0].dep in ("cc", "mark") and inside[0].i < verb.i:
        inside = inside[1:]
    span = Span(inside[0].start, inside[-1].end) if inside else verb.span
    if claim is not None and claim.span.overlaps(span) and verb.dep != "relcl":
        share = len(span) / max(1, len(claim.span))
        cut = Span(max(span.start, claim.span.start), min(span.end, claim.span.end))
        return claim.span if share > 0.7 else cut
    return span


def complement(verb: Token, rule: Rule) -> Span:
    """In the narration, what is wanted, refused or offered: the object or infinitive, without the party."""
    wanted = [
        c for c in verb.children if c.dep in ("dobj", "xcomp", "ccomp", "prep", "dative") and c.i > verb.i
    ]
    wanted += [
        c
        for c in verb.all("advcl")
        if c.tag in ("VBN", "VBD") and c.i > verb.i and not c.all("mark", "nsubj")
    ]
    core = [c for c in wanted if c.dep in ("dobj", "xcomp", "ccomp")]
    if (
        rule["stance"] not in ("seeks", "refuses", "demands", "offers", "supports", "opposes")
        or not core
        or negated(verb)
    ):
        return clause_span(verb, None)
    inside = sorted((t for c in wanted for t in c.subtree() if t.dep != "punct"), key=lambda t: t.i)
    return Span(inside[0].start, inside[-1].end)


def another_thought(child: Token, verb: Token) -> bool:
    """A coordinated clause, or one with "although": it may hold a stance of its own."""
    if child.i < verb.i:
        return False
    joined = (
        child.dep == "conj"
        and child.tag[:2] in ("VB", "MD")
        and (child.child("nsubj") is not None or child.lemma in stances())
    )
    return joined or (
        child.dep == "advcl"
        and any(c.lower in ("although", "though", "while", "whereas") for c in child.children)
    )


def build(
    span: Span,
    holder: str,
    stance: Stance,
    rule: str,
    issue: str,
    verb: Token | None,
    claim: Claim | None,
    marks: Marks,
) -> Position:
    condition = conditioned(verb) if verb is not None else None
    time = when(marks, verb) if verb is not None and claim is None else None
    toward = facing(verb, holder, marks) if verb is not None else None
    evidence: Evidence = {"condition": (condition,)} if condition else {}
    value = claim.time if claim else time.value if time else None
    return Position(
        "", span, holder, stance, issue, condition, toward, value, claim.id if claim else None, rule, evidence
    )


def facing(verb: Token, holder: str, marks: Marks) -> str | None:
    """The other party, where the clause names just one: "Kenya's approval", "with Sudan"."""
    near = [
        *objects(verb),
        *[c for o in objects(verb) for c in o.all("poss")],
        *prepositional(verb, "with", "to", "on", "against"),
    ]
    clause = [t for c in verb.all("advcl", "ccomp", "xcomp") for t in c.all("nsubj")]
    found = {
        p
        for t in [*near, *clause]
        if (p := party(marks, t))
        and p != holder
        and party_kind(p, marks) in ("state", "organization", "person", "people")
    }
    return found.pop() if len(found) == 1 else None


# ── claims that are stances by their act ─────────────────────────────────────────────────────────


def claimed(claim: Claim, marks: Marks) -> Position | None:
    cue = cue_token(claim, marks)
    if cue is not None and (only_asserted(cue) or cue.lemma == "rule" or only_named(cue)):
        return None  # a court's ruling is no party's stance
    if any(t.span.covers(claim.span) for t in marks.times):
        return None  # "called a strike for Monday"
    stance = table("positions")["cue"].get(cue.lemma if cue else "") or table("positions")["act"].get(
        claim.act
    )
    holder = own_body(claim, marks) or speaker(claim) or group_speaking(claim, marks)
    if (
        stance is None
        or holder is None
        or not takes_stands(holder, marks)
        or (claim.within is not None and claim.source.entity is None)
    ):
        return None
    issue = (
        "responsibility" if stance == "blames" else issue_of(claim.span, marks) or around(claim.span, marks)
    )
    if issue is None:
        return None
    name = f"positions.{stance}"
    target = accused(claim, marks)
    position = build(whole_object(claim, cue, stance), holder, stance, name, issue, None, claim, marks)
    return replace(position, toward=target if target != holder else None)


def only_named(cue: Token) -> bool:
    """ "called the raid a crime": nothing is called for."""
    return cue.lemma == "call" and not any(c.lower in ("for", "on", "upon") for c in cue.all("prep"))


def whole_object(claim: Claim, cue: Token | None, stance: str) -> Span:
    """ "hailed the talks announced on Monday as progress": with what is said of it, wherever the parser hangs it."""
    wide = complement(cue, {"stance": stance}) if cue is not None and stance == "supports" else claim.span
    return wide if wide.start == claim.span.start and wide.covers(claim.span) else claim.span


def offices(person: str | None, marks: Marks) -> set[str]:
    """The bodies and states whose office a person holds."""
    return {r.of for e in marks.entities if e.id == person for r in e.roles if r.of}


def own_body(claim: Claim, marks: Marks) -> str | None:
    """ "Solon pledged that Kenya will not miss the chance": Kenya's stance, told by its own minister."""
    own = offices(claim.source.entity, marks)
    inside = marks.inside(claim.span)
    doers = {
        party(marks, subject(t)) for t in inside if t.dep in ("ccomp", "ROOT") and t.tag[:2] == "VB"
    } & own
    return doers.pop() if len(doers) == 1 else None


def cue_token(claim: Claim, marks: Marks) -> Token | None:
    return next((t for t in (marks.inside(claim.cue) if claim.cue else ()) if t.span == claim.cue), None)


def accused(claim: Claim, marks: Marks) -> str | None:
    """Whom a claim is directed at: the object of its cue, or the party behind "lies with"."""
    cue = cue_token(claim, marks)
    found = {p for o in (objects(cue) if cue else []) if (p := party(marks, o))}
    if not found:
        inside = [t for t in marks.inside(claim.span) if t.dep == "pobj" and t.head.lower == "with"]
        found = {p for t in inside if (p := party(marks, t))}
    return found.pop() if len(found) == 1 else None


def around(span: Span, marks: Marks) -> str | None:
    """ "other" in a dispatch that is about talks or conflict throughout; nothing in any other."""
    words = issue_words()
    telling = sum(t.lower in words for t in marks.tokens)
    return "other" if telling * 50 > len(marks.tokens) and telling > 4 else None


# ── what it is about ─────────────────────────────────────────────────────────────────────────────


@functools.cache
def issue_words() -> dict[str, str]:
    listed = table("positions")["issue"]
    return {word: issue for issue, words in listed.items() for word in words}


def issue_of(span: Span, marks: Marks) -> str | None:
    """The subject that the first telling word names; None where the clause is about none of them."""
    inside = marks.inside(span)
    found = [issue_words()[w] for t in inside for w in (t.lower, t.lemma) if w in issue_words()]
    if "responsibility" in found:
        return "responsibility"
    telling = [i for i in found if i not in ("government", "security", "talks")]
    telling = telling or [i for i in found if i == "talks"] or found
    freed = {t.lemma for t in inside} & set(table("positions")["freeing"]["words"])
    return telling[0] if telling else "hostages" if freed else None
