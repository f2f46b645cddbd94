"""The words that name an act: which rule of events.toml each verb or noun fits, by what stands beside it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parley.document import Marks, Token
from parley.find.acts import Rule, by_lemma
from parley.find.beside import TALKS, has_object
from parley.find.counts import people
from parley.find.status import arranged
from parley.find.when import when
from parley.find.where import where
from parley.lang import table
from parley.mark.clause import agent, negated, objects, prepositional, subject
from parley.mark.gazetteer import demonyms, word_set
from parley.values import Span

Fits = dict[int, list[Rule]]  # token index → the rules that fit a verb


@dataclass(frozen=True, slots=True)
class Found:
    rule: Rule
    token: Token
    span: Span


def candidates(marks: Marks, known: Fits) -> Iterator[Found]:
    """The first rule that fits each trigger word; stricter rules win over looser ones.

    `known` remembers the verbs' rules for whoever asks for the candidates again.
    """
    index = by_lemma()
    for token in marks.tokens:
        fits: Sequence[Rule]
        if token.tag == "VB" and demanded(token):
            fits = index[("verb", "*must")]
        elif token.tag[:2] == "VB" and not misread(token):
            if token.i not in known:
                known[token.i] = fitting(token)
            fits = [r for r in known[token.i] if not takes_place(r, token, marks)]
        elif token.tag in ("NN", "NNS") or misread(token):
            fits = [r for r in index.get(("noun", token.lower), ()) if fits_noun(r, token, marks)]
        else:
            continue
        if fits:
            yield Found(max(fits, key=strict), token, trigger(token))


def strict(rule: Rule) -> bool:
    return any(rule.get(k) for k in ("objects", "preps", "before", "negated"))


def takes_place(rule: Rule, verb: Token, marks: Marks) -> bool:
    """ "captured Kelbarra": a town is taken, not abducted, though a name."""
    if rule["name"] != "events.take_captive":
        return False
    named = [o for o in (*objects(verb), *verb.all("nsubjpass")) if o.tag == "NNP"]
    return any((e := marks.entity(o)) is None or e.kind in ("place", "state") for o in named)


def demanded(verb: Token) -> bool:
    """ "said Kenya must leave": what a named or described one must do, on another's word, is asked of him."""
    told = verb.dep == "ccomp" and verb.head.lemma in word_set("speech")
    if not told or not any(c.tag == "MD" and c.lower == "must" for c in verb.children):
        return False
    doer = verb.child("nsubj", "nsubjpass")
    return doer is not None and (doer.tag[:3] == "NNP" or doer.lower in somebody())


@functools.cache
def somebody() -> frozenset[str]:
    return people() | word_set("people") | word_set("titles") | word_set("bodies") | word_set("doers")


def misread(token: Token) -> bool:
    """ "Ceasefire talks between the two have stalled": tagged a verb, but hung like a noun."""
    return token.tag == "VBZ" and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj")


def fitting(verb: Token) -> list[Rule]:
    """The rules that fit a verb, in the order of the table."""
    rules = by_lemma().get(("verb", verb.lemma))
    if not rules or verb.dep in ("amod", "aux", "auxpass") or no_act(verb):
        return []
    no = refused(verb)
    return [r for r in rules if bool(r.get("negated")) == no and fits_verb(r, verb)]


def no_act(verb: Token) -> bool:
    """Words that name no act of parties, whatever the rule."""
    if verb.lemma == "disarm" and objects(verb) and subject(verb) is not None:
        return True  # "peacekeepers disarmed the rebels": no retreat of theirs
    if verb.lower == "visiting" and verb.dep == "pcomp":
        named = (n for n in objects(verb) if n.tag == "NNP" and n.i - verb.i < 5)
        if any(named):
            return True  # "support from visiting Prime Minister X": it is he who visits
    if verb.lemma == "ask" and asks(verb):
        return True
    if verb.lemma == "fight" and struggles(verb):
        return True
    press = (o for o in objects(verb) if o.lower == "conference")
    return any(c.lower in ("news", "press") for o in press for c in o.children)  # the press is no party


def asks(verb: Token) -> bool:
    """ "asked whether they would come": a question, no request."""
    words = ("if", "whether", "how", "what", "why", "when", "who")
    return any(c.lower in words for q in verb.all("ccomp", "advcl", "dobj") for c in q.children)


def fits_verb(rule: Rule, verb: Token) -> bool:
    """What the rule asks for stands beside the verb, and nothing that makes another act of it."""
    if rule.get("with") and not any(c.lower in rule["with"] for c in verb.all("prt", "advmod", "prep")):
        return False
    preps = rule.get("preps")
    if preps and not any(c.lower in preps and not dated(c) for c in verb.all("prep", "dative")):
        return False
    if another_kind(rule, verb) or any(o.lemma in rule.get("never", ()) for o in objects(verb)):
        return False
    wanted = rule.get("objects")
    return not wanted or has_object(verb, set(wanted))


def another_kind(rule: Rule, verb: Token) -> bool:
    kind, name = rule["type"], rule["name"]
    if kind == "ASSAULT":
        return merely_counted(verb)
    if kind == "SUPPORT":
        return verb.tag in ("VB", "VBN", "VBG") and verb.dep not in ("ROOT", "conj", "ccomp")
    if kind == "REJECT":  # "refused to comment": of the press, not of a party
        return any(c.lemma in word_set("silences") for c in verb.all("xcomp"))
    if name == "events.agree":
        return arranged(verb) or any(c.lemma in ("meet", "talk", "resume") for c in verb.all("xcomp")[:1])
    if name == "events.contact_noun":  # "talks between X and Y resumed": the noun tells it
        return (doer := subject(verb)) is not None and bool(prepositional(doer, "between", "with"))
    if name == "events.seek":  # "I want to thank him": a person's wish
        return any(c.lower == "i" for c in verb.all("nsubj"))
    return name == "events.arrive" and bool(objects(verb))  # "flew the wounded to the capital": no visit


def struggles(verb: Token) -> bool:
    """ "fought to save his job"; but "fighting to topple X" is one."""
    aims = [c for c in verb.all("xcomp", "advcl") if c.tag == "VB" and c.lemma not in word_set("topple")]
    return not objects(verb) and bool(aims)


def dated(preposition: Token) -> bool:
    """ "called on Friday": a day is no second party."""
    days = table("times")["weekdays"]
    return any(n.lower in days for n in preposition.all("pobj"))


def merely_counted(verb: Token) -> bool:
    """ "Nine people were killed", "killing five": figures; the act is told by its own word or agent."""
    if verb.lemma not in ("kill", "wound", "injure", "execute", "beat"):
        return False
    if verb.lemma != "execute" and (by := subject(verb)) is not None and by.lemma in word_set("nature"):
        return True
    doer = verb.child("nsubj")
    if doer is not None and doer.lower in word_set("unrest"):
        return True  # "the violence has killed 40"
    if verb.dep == "conj" and verb.head.tag[:2] == "VB" and not verb.child("nsubj", "nsubjpass"):
        return merely_counted(verb.head)
    if verb.tag == "VBG" and verb.dep in ("advcl", "acl"):
        return True
    if verb.tag == "VBN" and any(c.tag == "CD" for c in verb.all("nsubj")):
        return True  # "… and more than 3,000 wounded"
    perfect = any(c.lemma == "have" for c in verb.all("aux")) and verb.child("nsubj") is not None
    undergone = verb.tag == "VBN" and (
        verb.child("auxpass") is not None or (verb.dep != "conj" and not perfect)
    )
    sufferer = verb.child("nsubjpass")
    named = sufferer is not None and sufferer.tag in ("NNP", "NNPS", "PRP")
    return (undergone and agent(verb) is None and not named) or verb.child("nummod") is not None


def refused(verb: Token) -> bool:
    """ "would not", "does not want", "is not ready", "will release no one": a refusal; "did not" is a denial."""
    if verb.lemma not in by_refusal():
        return False
    mutual = verb.lemma == "agree"  # "could not agree": they failed to
    future = any(
        c.tag == "MD"
        and not (mutual and c.lower in ("could", "can"))
        and c.lemma in ("would", "will", "can", "could", "wo", "ca")
        for c in verb.children
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


def fits_noun(rule: Rule, noun: Token, marks: Marks) -> bool:
    if noun.dep in ("compound", "amod", "npadvmod", "nmod"):
        return False
    if noun.dep == "dobj" and any(
        has_object(noun.head, set(r.get("objects", ())))
        for r in by_lemma().get(("verb", noun.head.lemma), ())
    ):
        return False  # "held talks", "launched a raid": the verb tells it
    if (
        told_by_verb(noun)
        or circumstance(rule, noun)
        or (noun.lower == "bomber" and noun.dep == "nsubj" and noun.head.tag[:2] == "VB")
    ):
        return False
    before = {c.lower for c in noun.children if c.i < noun.i}
    behind = {n.lower for n in prepositional(noun, "of")}
    if (before | behind) & set(rule.get("never", ())):
        return False
    preps = rule.get("preps", ())
    if wanted := rule.get("before"):
        return bool(before & set(wanted))
    if "*time" in preps:
        return any(t.type == "DURATION" and noun.start - 15 < t.span.end <= noun.start for t in marks.times)
    if noun.lower in ("fighting", "violence", "attack", "attacks", "meeting", "conference") and before & {
        "news",
        "press",
    }:
        return False
    suffered = "of" in rule.get("recipient", ()) and any(
        n.i in marks.holders for n in prepositional(noun, "of")
    )
    return bool(rule.get("objects")) or suffered or anchored(noun, marks)


def told_by_verb(noun: Token) -> bool:
    """ "Talks resumed", "brought the two to talks": of talks without parties of their own, the verb tells it."""
    if noun.lower not in TALKS or prepositional(noun, "between", "with"):
        return False
    verb, asked = (noun.head.head, "*to_talks") if noun.dep == "pobj" else (noun.head, "*talks")
    return noun.dep in ("pobj", "nsubj") and any(asked in r.get("objects", ()) for r in fitting(verb))


def circumstance(rule: Rule, noun: Token) -> bool:
    """ "captured in a raid", "met for talks": the verb tells the act, the noun only how."""
    if noun.dep != "pobj" or noun.head.lower not in ("in", "during", "for", "at"):
        return False
    verb = noun.head.head
    if rule["type"] == "ASSAULT" and merely_counted(verb):
        return False  # "nine were killed in a clash": the noun tells it
    return any(r["type"] == rule["type"] for r in by_lemma().get(("verb", verb.lemma), ()))


def anchored(noun: Token, marks: Marks) -> bool:
    """A noun names an act of its own only with a party, place or date beside it."""
    if party_beside(noun, marks) or (noun.dep == "dobj" and noun.head.lemma == "announce"):
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
