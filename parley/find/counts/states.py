"""In which state the counted people are: the rule that says so and its word, read off the parse.

The nearest words come first: those beside the noun, its own clause, the verb above, the act "of" which it
is the victim, and at last what it is joined to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from parley.document import Token
from parley.find.counts.counted import Counted
from parley.find.counts.reality import Reality, reality
from parley.find.counts.rules import Rule, is_people, listed, rule_of, rules, thing

NEAR = 8  # words from a verb to the words that a rule wants beside it


@dataclass(frozen=True, slots=True)
class State:
    """A rule, the word that fits it, and whether the words say that it is so.

    `shared` tells that the words are said of another part of the same coordination.
    """

    rule: Rule
    word: Token
    reality: Reality = "done"
    shared: bool = False


def state_of(counted: Counted) -> State | None:
    """The first state that fits and is said to be so; captives of whom nothing happened are held."""
    unreal = False
    for state in states(counted):
        if state.reality == "not":
            unreal = True
        elif fits(state, counted):
            return state
    return kept(counted) if unreal or counted.noun is not None else None


def states(counted: Counted) -> Iterator[State]:
    for look in (beside, own_clause, governed, done_to, joined):
        yield from (s for s in look(counted, counted.token) if s is not None)


def fits(state: State, counted: Counted) -> bool:
    rule = state.rule
    if rule.people and not (counted.people or elliptical(counted)):
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
    return counted.noun.lower in listed("movers") or state.rule.cue == "noun"


def elliptical(counted: Counted) -> bool:
    return (
        counted.noun is None
        or counted.noun.tag in ("PRP", "WP", "WDT", "DT")
        or counted.noun.lower in ("others", "other", "more")
    )


def kept(counted: Counted) -> State | None:
    """Hostages and prisoners whose release is only asked for are still held."""
    if counted.single or counted.noun is None or counted.noun.lower not in listed("captives"):
        return None
    word = counted.noun.lower
    rule = rule_of("noun", word, ()) or rule_of("noun", "detainee", ())
    return State(rule, counted.noun) if rule else None


# ── beside the noun ──────────────────────────────────────────────────────────────────────────────


def beside(counted: Counted, token: Token) -> Iterator[State | None]:
    """ "1,200 dead", "two wounded soldiers", "40 people missing", "14 deaths"."""
    words = token.sentence.tokens
    base = words[0].i
    inside = [t for t in words if counted.span.end <= t.start and t.i < counted.last]
    for word in inside:
        if word.tag[:1] in ("J", "V", "N"):
            yield said(word, "word")
    if counted.noun is not None and counted.noun.tag[:1] == "N":
        yield own(counted.noun)
    behind = words[counted.last + 1 - base :]
    while behind and adverb(behind[0]):
        behind = behind[1:]
    if behind and complete(behind):
        yield said(behind[0], "word") if not led(behind[0]) else None
    if len(behind) > 2 and behind[0].lower in ("either", "both"):
        yield said(behind[1], "word")


def adverb(word: Token) -> bool:
    known = word.lower in ("more", "others", "also", "still", "reported", "later") or word.tag == "RB"
    return known and word.lower not in rules("word")


def complete(behind: list[Token]) -> bool:
    """ "12 dead and", not "12 dead bodies" or "12 wounded the guard"."""
    following = behind[1] if len(behind) > 1 else None
    return following is None or following.tag not in (
        "NN",
        "NNS",
        "NNP",
        "NNPS",
        "DT",
        "PRP",
        "PRP$",
        "CD",
        "HYPH",
    )


def led(word: Token) -> bool:
    """A finite verb with words of its own is read with its clause."""
    return word.tag in ("VBD", "VBZ", "VBP") and word.child("dobj") is not None


def said(word: Token, cue: str) -> State | None:
    rule = rule_of(cue, word.lower, ())
    return State(rule, word, beside_reality(word)) if rule else None


def own(noun: Token) -> State | None:
    """The noun itself: "14 deaths"; "hostages" only where nothing else is said of them."""
    if noun.lower in listed("captives"):
        return None
    rule = rule_of("noun", noun.lower, ())
    return State(rule, noun, reality(noun)) if rule else None


def beside_reality(word: Token) -> Reality:
    if word.tag[:1] == "V" and word.child("aux", "auxpass", "neg") is not None:
        return reality(word)
    hedged = any(c.lower in listed("hedges") for c in word.children)
    return "hedged" if hedged else "done"


# ── its clause ───────────────────────────────────────────────────────────────────────────────────


def own_clause(counted: Counted, token: Token) -> Iterator[State | None]:
    """ "people Hamas kidnapped", "hostages held by rebels", "12 men who died"."""
    tops = [token] if counted.noun is None or counted.noun is token else [token, counted.noun]
    for top in tops:
        for clause in top.all("relcl", "acl"):
            yield from through(clause, role_in(clause), counted)


def role_in(clause: Token) -> str:
    if clause.dep == "acl":
        return "object" if clause.tag == "VBN" else "subject"
    subject = clause.child("nsubj", "nsubjpass")
    if subject is None or subject.tag in ("WDT", "WP"):
        return "object" if passive(clause) else "subject"
    return "object" if clause.child("dobj") is None or clause.child("dobj").tag in ("WDT", "WP") else "none"  # type: ignore[union-attr]


def passive(verb: Token) -> bool:
    return verb.child("auxpass", "nsubjpass") is not None


def governed(counted: Counted, token: Token) -> Iterator[State | None]:
    """The verb whose subject or object the counted people are."""
    if token.dep in ("dobj", "obj", "dative", "oprd"):
        yield from through(token.head, "object", counted)
    elif token.dep in ("nsubj", "nsubjpass"):
        verb = token.head
        yield from through(
            verb, "object" if token.dep == "nsubjpass" or passive(verb) else "subject", counted
        )
        if token.dep == "nsubj" and reduced(verb):
            yield from through(verb, "object", counted)
    elif token.dep in ("attr", "nmod") and token.head.lemma == "be":
        yield among(token.head)


def reduced(verb: Token) -> bool:
    """ "Five killed in clash": a participle that the parser takes for a past tense."""
    return verb.tag in ("VBD", "VBN") and verb.child("dobj", "aux") is None


def among(verb: Token) -> State | None:
    """ "Among the dead were two children"."""
    before = [t for t in verb.subtree() if t.i < verb.i]
    return next((s for t in before if t.tag[:1] in ("J", "N", "V") and (s := said(t, "word"))), None)


def through(verb: Token, role: str, counted: Counted) -> Iterator[State | None]:
    """The states of a verb, its complements and the verbs joined to it: the last one that fits holds."""
    chain = list(verbs(verb, role))
    for word, part in reversed(chain):
        yield by_verb(word, part, counted)
    for word, _ in reversed(chain):
        yield complement(word, counted)


def verbs(verb: Token, role: str) -> Iterator[tuple[Token, str]]:
    """A verb with what it makes its subject or object do: "forced 40 to flee", "were shot and killed"."""
    queue = [(verb, role)]
    while queue:
        word, part = queue.pop(0)
        yield word, part
        for below in word.children:
            if below.tag[:2] != "VB" or (
                below.child("nsubj", "nsubjpass") is not None and below.dep != "ccomp"
            ):
                continue
            if below.dep in ("xcomp", "ccomp", "oprd") and not has_own_subject(below, word):
                queue.append(
                    (
                        below,
                        "object"
                        if passive(below) or (below.tag == "VBN" and not perfect(below))
                        else "subject",
                    )
                )
            elif below.dep == "conj" and below.i > word.i:
                queue.append((below, shared_role(below, part)))


def has_own_subject(below: Token, verb: Token) -> bool:
    subject = below.child("nsubj", "nsubjpass")
    return subject is not None and (subject.i < verb.i or below.child("mark") is not None)


def perfect(verb: Token) -> bool:
    return any(c.lemma == "have" for c in verb.all("aux"))


def shared_role(below: Token, part: str) -> str:
    if part == "object" and below.tag == "VBN":
        return "object"
    if part == "subject":
        return "object" if passive(below) else "subject"
    return "none" if below.child("dobj") is not None else part


def by_verb(verb: Token, role: str, counted: Counted) -> State | None:
    rule = rule_of(role, verb.lemma, near(verb, counted))
    if rule is None and role == "subject" and verb.tag == "VBG":
        rule = rule_of("word", verb.lower, ())  # "forty are missing"
    return State(rule, verb, reality(verb)) if rule else None


def near(verb: Token, counted: Counted) -> set[str]:
    """The words of the verb's clause that stand close to it, and just behind the counted people."""
    words = verb.sentence.tokens
    base = words[0].i
    start, end = verb.i - base, verb.i - base + NEAR
    behind = counted.last - base + 1
    close = [*words[start:end], *words[behind : behind + 4]]
    return {t.lower for t in close if t.i not in range(counted.first, counted.last)} | {counted_word(counted)}


def counted_word(counted: Counted) -> str:
    return counted.noun.lower if counted.noun is not None else ""


def complement(verb: Token, counted: Counted) -> State | None:
    """ "are still missing", "was left homeless", "were among the wounded"."""
    if verb.lemma not in ("be", "remain", "leave", "go", "become", "lie", "report", "confirm", "list", "find", "feel", "presume", "believe", "fear", "declare", "include", "render", "make", "say", "turn"):  # fmt: skip
        return None
    for word in verb.subtree():
        close = word.i > counted.last and word.i - max(verb.i, counted.last) <= 6
        if close and word.tag[:1] in ("J", "V", "N", "R") and below_only(word, verb):
            if state := said(word, "word"):
                return replace(state, reality=reality(verb))
    return None


def below_only(word: Token, verb: Token) -> bool:
    """In the verb's own clause, not in a clause below it."""
    while word.head is not word:
        if word.head is verb:
            return word.dep in (
                "acomp",
                "attr",
                "oprd",
                "xcomp",
                "ccomp",
                "prep",
                "advmod",
                "dobj",
                "conj",
                "advcl",
            )
        if word.dep in ("relcl", "appos") or (word.tag in ("VBD", "VBZ", "VBP") and word.dep != "ccomp"):
            return False
        word = word.head
    return False


# ── acts and company ─────────────────────────────────────────────────────────────────────────────


def done_to(counted: Counted, token: Token) -> Iterator[State | None]:
    """ "the killing of six priests", "six priests' murder", "in exchange for 240 prisoners"."""
    act = act_above(token)
    if act is None:
        return
    rule = rule_of("of", act.lower, near_act(act))
    if rule is not None:
        yield State(rule, act, reality(act))
    if act.lower in ("exchange", "return", "swap"):
        yield exchanged(act, counted)
    yield from below_for(token)


def act_above(token: Token) -> Token | None:
    if token.dep == "pobj" and token.head.lower in ("of", "for", "to", "in"):
        return token.head.head if token.head.head is not token.head else None
    if token.dep in ("poss", "compound") and token.head.tag[:1] == "N":
        return token.head
    return None


def near_act(act: Token) -> set[str]:
    return {t.lower for t in act.subtree()}


def exchanged(act: Token, counted: Counted) -> State | None:
    """ "freed in exchange for 240 prisoners": those too are freed, if the others are."""
    if counted.noun is None or not is_people(counted.noun):
        return None
    for verb in [a for a in act.ancestors() if a.tag[:2] == "VB"][:2]:
        rule = rule_of("object", verb.lemma, ())
        if rule is not None and rule.status == "released":
            return State(rule, verb, reality(verb))
    return None


def below_for(token: Token) -> Iterator[State | None]:
    """ "allowed for 105 hostages to be freed", the clause of purpose behind "for"."""
    if token.dep != "pobj" or token.head.lower != "for":
        return
    for verb in (
        t for t in token.sentence.tokens if t.i > token.i and t.tag == "VBN" and t.lemma in rules("object")
    ):
        helpers = {c.lower for c in verb.children if c.dep in ("aux", "auxpass")}
        if {"to", "be"} <= helpers and (rule := rule_of("object", verb.lemma, ())):
            above = token.head.head
            yield State(rule, verb, reality(above))
            return


def joined(counted: Counted, token: Token) -> Iterator[State | None]:
    """ "Nine rebels and a soldier were killed", "including two children", "four men and two boys injured"."""
    top = token
    for _ in range(4):
        if (
            top.dep in ("conj", "appos")
            and top.head is not top
            and top.head.tag[:1] in ("N", "C", "J", "D", "P")
        ):
            top = top.head
        elif (
            top.dep == "pobj"
            and top.head.lower in ("including", "among", "of", "with", "plus")
            and top.head.head is not top
        ):
            top = top.head.head
        else:
            break
        if top.tag[:2] == "VB":
            break
        other = replace(counted, token=top, noun=counted.noun)
        for look in (own_clause, governed, done_to):
            yield from (replace(s, shared=True) for s in look(other, top) if s is not None)
        yield beside_of(top)
    for below in token.all("conj"):
        yield beside_of(below)


def beside_of(noun: Token) -> State | None:
    """What stands right beside another noun of the coordination."""
    words = noun.sentence.tokens
    behind = words[noun.i - words[0].i + 1 :]
    if behind and complete(behind) and (state := said(behind[0], "word")):
        return replace(state, shared=True)
    modifiers = [s for c in noun.all("amod", "acl") if (s := said(c, "word"))]
    return replace(modifiers[0], shared=True) if modifiers else None
