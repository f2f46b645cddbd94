"""Who does an act and to whom: actors and recipients, from the clause, the counts beside it and who holds whom."""

from __future__ import annotations

from parley.document import Marks, Token
from parley.facts import Facts
from parley.find.acts import Rule
from parley.find.parties import captor, of_state, parties, party
from parley.find.triggers import Found
from parley.mark.clause import agent, objects, passive, prepositional, subject
from parley.mark.gazetteer import demonyms, word_set


def sides(item: Found, marks: Marks, facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(actors, recipients) as entity ids; empty where the words name nobody."""
    token, places = item.token, item.rule.get("recipient", ())
    if token.tag[:2] != "VB":
        return noun_sides(token, places, marks)
    undergone = passive(token) or shared_passive(token)
    doer = by_whom(token) if undergone else subject(token)
    actors = parties(marks, doer) or author_of(token, marks)
    actors = tuple(dict.fromkeys((*actors, *backers(doer, marks)))) if actors else ()
    recipients = parties(marks, subject(token)) if undergone and "object" in places else ()
    recipients = recipients or second(token, places, marks)
    if item.rule["type"] == "ASSAULT":
        recipients = recipients or aimed_at(token, marks)
    moved = item.rule["type"] == "MOBILIZE" or item.rule.get("mode") == "withdraw"
    if moved and undergone and not actors:
        return parties(marks, subject(token)), ()  # "troops were deployed": they are the ones who stand there
    if (
        item.rule["name"] in ("events.include", "events.contact_noun", "events.break_off")
        and doer is not None
    ):
        actors = noun_sides(doer, ["with"], marks)[0]  # "the meeting with X": its own sides
    if item.rule["type"] == "CONSULT":
        return consulting(item.rule, actors, recipients, marks)
    if item.rule["type"] in ("REQUEST", "REJECT", "AGREE"):
        recipients = recipients or addressed(token, marks) or to_deal_with(token, marks)
        holder = None if recipients else captor(token.subtree(), facts)
        recipients = recipients or ((holder,) if holder else ())
    if item.rule["type"] in ("ACCUSE", "SUPPORT", "REJECT"):
        recipients = recipients or tuple(p for o in objects(token) if (p := whose_act(o, marks)))
    if not actors and (both := [p for n in prepositional(token, "between") for p in parties(marks, n)]):
        return tuple(dict.fromkeys(both)), ()
    if not actors and doer is None:
        actors = counted_by(token, facts)
    return actors, tuple(r for r in recipients if r not in actors)


def only_counted(verb: Token, marks: Marks) -> bool:
    """ "Four miners were arrested", and no more of them: a figure, nobody in the story."""
    sufferer = subject(verb) if passive(verb) and by_whom(verb) is None else None
    if sufferer is None or not any(c.tag == "CD" and c.lower != "one" for c in sufferer.all("nummod")):
        return False
    entity = marks.entity(sufferer)
    return entity is not None and len(entity.mentions) == 1


def backers(doer: Token | None, marks: Marks) -> tuple[str, ...]:
    """ "X troops backed by Y soldiers seized …": Y too."""
    beside = doer.all("acl") if doer is not None else []
    return tuple(
        p
        for c in beside
        if c.lemma in ("back", "join", "accompany", "help")
        for p in parties(marks, agent(c))
    )


def shared_passive(verb: Token) -> bool:
    """ "was kidnapped and killed": the second verb has no helper of its own."""
    bare = verb.tag == "VBN" and verb.dep == "conj" and not verb.all("aux", "nsubj", "nsubjpass")
    return bare and (passive(verb.head) or shared_passive(verb.head))


def by_whom(verb: Token) -> Token | None:
    """The agent of a passive, or of the one joined to it: "was kidnapped and killed by rebels"."""
    joined = [c for c in verb.all("conj") if shared_passive(c) and c.i - verb.i < 4] + (
        [verb.head] if shared_passive(verb) else []
    )
    return agent(verb) or next((a for v in joined if (a := agent(v))), None)


def author_of(verb: Token, marks: Marks) -> tuple[str, ...]:
    """ "X issued a report accusing …": what the report does, X does."""
    paper = verb.head if verb.dep == "acl" and verb.tag == "VBG" else None
    written = paper is not None and paper.dep == "dobj" and paper.lower in word_set("papers")
    return parties(marks, subject(paper.head)) if paper is not None and written else ()


def whose_act(noun: Token, marks: Marks) -> str | None:
    """ "condemned Kenyan raids", "welcomed X's offer", "refused a request from X": those whose act or word it is."""
    own = of_state(marks, noun) or party(marks, noun.child("poss"))
    if own:
        return own
    behind = {p for n in prepositional(noun, "from", "of") if (p := party(marks, n))}
    return behind.pop() if len(behind) == 1 else None


def addressed(verb: Token, marks: Marks) -> tuple[str, ...]:
    """Who is to act: "wants the government to free …", "will not negotiate until X withdraws"."""
    clauses = [c for c in verb.all("ccomp", "xcomp") if c.tag == "VB"] + verb.all("advcl")
    found = [p for c in clauses for n in c.all("nsubj") for p in parties(marks, n)]
    if not found and verb.dep == "conj" and verb.lemma == verb.head.lemma:
        return addressed(verb.head, marks)  # "wants X to free them, and wants better food"
    return tuple(dict.fromkeys(found)) if len(set(found)) == 1 else ()


def to_deal_with(verb: Token, marks: Marks) -> tuple[str, ...]:
    """ "offered to meet X", "refused to talk to X": the party that the infinitive names."""
    dealing = [c for c in verb.all("xcomp") if c.lemma in word_set("dealing_with")]
    nouns = [n for c in dealing for n in (*objects(c), *prepositional(c, "with", "to"))]
    folk = {e.id for e in marks.entities if e.kind in ("people", "place")}
    found = dict.fromkeys(p for n in nouns for p in parties(marks, n) if p not in folk)
    return tuple(found) if len(found) == 1 else ()


def counted_by(verb: Token, facts: Facts) -> tuple[str, ...]:
    """Those whom the counts in a passive's clause name as its doers: "105 captives were freed"."""
    below = verb.subtree() + [t for t in (verb.head,) if verb.dep in ("relcl", "acl")]
    starts = {t.start for t in below} | {t.start for t in verb.head.subtree() if verb.dep in ("relcl", "acl")}
    before = [c for c in facts.counts if c.by and c.span.start < verb.start]
    inside = [c for c in before if any(c.span.start <= s < c.span.end for s in starts)]
    found = {
        c.by for c in inside if c.by and any(s.start == verb.start for s in c.evidence.get("status", ()))
    }
    return (found.pop(),) if len(found) == 1 else ()


def consulting(
    rule: Rule, actors: tuple[str, ...], recipients: tuple[str, ...], marks: Marks
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Visitors are actors and their host state the recipient; in a plain meeting all are actors."""
    if rule.get("mode") == "visit":
        hosts = tuple(h for r in recipients if (h := host(r, marks)) and h not in actors)
        return actors, hosts[:1]
    if rule.get("mode") == "third-party" or rule["name"] == "events.bring_to":
        return actors, recipients
    return tuple(dict.fromkeys((*actors, *recipients))), ()


def host(place: str, marks: Marks) -> str | None:
    """The state where a visit goes, if the dispatch speaks of it as a state."""
    entity = next((e for e in marks.entities if e.id == place), None)
    if entity is None or entity.kind in ("state", "people", "person"):
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
            hung = [n for c in verb.all("prt") for n in c.all("pobj")]
            between = [*objects(verb), *prepositional(verb, "in"), *hung]  # "in touch with"
            nouns = prepositional(verb, place) + [n for o in between for n in prepositional(o, place)]
            found = [p for n in nouns for p in parties(marks, n)]
            found = found or [p for n in nouns if (p := whose_act(n, marks))]  # "at the house of X"
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def aimed_at(verb: Token, marks: Marks) -> tuple[str, ...]:
    """Whom an attack is meant for: "to topple X", "fighting for independence from X", "attacked an X army post"."""
    toppled = [o for c in verb.all("advcl", "xcomp") if c.lemma in word_set("topple") for o in objects(c)]
    toppled += [
        o
        for n in objects(verb)
        for c in n.all("acl", "relcl")
        if c.lemma in word_set("topple")
        for o in objects(c)
    ]
    freed = [f for n in prepositional(verb, "for") for f in prepositional(n, "from")]
    found = [p for n in (*toppled, *freed) for p in parties(marks, n)]
    found = found or [p for o in objects(verb) if (p := holder_of(o, verb, marks))]
    return tuple(dict.fromkeys(found))


def holder_of(noun: Token, verb: Token, marks: Marks) -> str | None:
    """Whose post, base or patrol it is: the force's before the noun, else the state's in whose province it stands."""
    if noun.lower not in word_set("posts"):
        return None
    own = next((p for c in noun.all("compound", "amod", "poss") if (p := party(marks, c))), None)
    if own or of_state(marks, noun):
        return own or of_state(marks, noun)
    near = [n for t in (noun, verb) for n in prepositional(t, "in", "near", "at")]
    found = {p for n in near if (p := of_state(marks, n))}
    return found.pop() if len(found) == 1 else None


def launched_by(noun: Token, marks: Marks) -> tuple[str, ...]:
    """ "X stepped up its raids": the subject of a verb that says of an act that one does it."""
    own = noun.dep == "dobj" and noun.head.lemma in word_set("doing")
    return parties(marks, subject(noun.head)) if own else ()


def led_by(noun: Token, marks: Marks) -> tuple[str, ...]:
    """ "Front-led violence": the Front, by the name that it has elsewhere."""
    leading = [
        c for w in noun.all("amod") if w.lower in ("led", "backed") for c in w.all("npadvmod", "compound")
    ]
    names = {c.lower for c in leading}
    return tuple(
        e.id
        for e in marks.entities
        if names & {e.name.lower(), *(m.of(marks.text).lower() for m in e.mentions)}
    )


def noun_sides(noun: Token, places: list[str], marks: Marks) -> tuple[tuple[str, ...], tuple[str, ...]]:
    both = tuple(p for n in prepositional(noun, "between") for p in parties(marks, n))
    if both:
        return both, ()
    if victims := suffered_by(noun, marks):
        return tuple(p for n in prepositional(noun, "by") for p in parties(marks, n)), victims
    actors = doers_of(noun, marks)
    targets = tuple(
        p
        for w in places
        if w not in ("object", "between")
        for n in prepositional(noun, w)
        for p in parties(marks, n)
    )
    both_ways = noun.lower in word_set("mutual") and not prepositional(noun, "on", "against")
    if noun.lower in ("talks", "meeting", "negotiations", "summit") or both_ways:
        actors = actors or (who_came(noun, marks) if targets else ())
        return tuple(dict.fromkeys((*actors, *targets))), ()
    return actors, tuple(t for t in targets if t not in actors)


def suffered_by(noun: Token, marks: Marks) -> tuple[str, ...]:
    """ "Solon's murder", "his arrest": the one whom it befell; but "Kenya's arrest of …" is Kenya's act."""
    owner = noun.child("poss")
    if noun.lower not in word_set("befalling") or owner is None or prepositional(noun, "of"):
        return ()
    people = {e.id for e in marks.entities if e.kind in ("person", "people")}
    return tuple(p for p in parties(marks, owner) if p in people)


def who_came(noun: Token, marks: Marks) -> tuple[str, ...]:
    """ "X said after talks with Y": X was there too."""
    if noun.dep != "pobj" or noun.head.lower not in ("after", "before", "during", "following", "at", "in"):
        return ()
    verb = next((a for a in noun.head.ancestors() if a.tag[:2] == "VB"), None)
    return parties(marks, subject(verb)) if verb is not None else ()


def doers_of(noun: Token, marks: Marks) -> tuple[str, ...]:
    """Whose act a noun is: behind "by", before it by name or demonym, or the subject of "launch"."""
    by = ("by", "of") if noun.lower in ("visit", "trip", "tour", "arrival") else ("by",)
    actors = tuple(p for n in prepositional(noun, *by) for p in parties(marks, n))
    actors = actors or tuple(
        p for c in noun.all("poss", "compound", "nmod", "amod") if (p := party(marks, c))
    )
    actors = actors or launched_by(noun, marks) or led_by(noun, marks)
    return actors or tuple(
        e.id
        for c in noun.children
        if c.lower in demonyms()
        for e in marks.entities
        if e.kind == "state" and e.country == demonyms()[c.lower]
    )
