"""What must stand beside a verb for it to be an act: the objects that a rule of events.toml asks for.

A starred word asks for more than a lemma: "*people" somebody, "*truce" a truce as the subject, "*oneself" "themselves up".
"""

from __future__ import annotations

from collections.abc import Callable

from parley.document import Token
from parley.find.acts import names_act
from parley.find.counts import people
from parley.find.counts.rules import thing
from parley.mark.clause import modal, negated, objects, prepositional, subject
from parley.mark.gazetteer import word_set


def has_object(verb: Token, wanted: set[str]) -> bool:
    asked = next((w for w in OF_SUBJECT if w in wanted), None)
    if asked is not None:
        found = subject(verb)
        return found is not None and OF_SUBJECT[asked](found, verb)
    if special := next((w for w in OF_VERB if w in wanted), None):
        return OF_VERB[special](verb)
    nouns = [quantity_of(n) for n in (*objects(verb), *verb.all("nsubjpass", "acomp", "attr", "oprd"))]
    if verb.dep == "relcl" and verb.tag == "VBN" and not verb.child("nsubj", "nsubjpass"):
        nouns.append(verb.head)  # "captives to be freed"
    if verb.dep == "acl" and verb.tag == "VBN":
        nouns.append(verb.head)
    if verb.lemma in ("go", "remain", "place", "put", "stay"):
        nouns += prepositional(verb, "on")
    if verb.lemma in ("take", "use", "hold"):
        nouns += prepositional(verb, "as")
    if verb.lemma in ("be", "keep", "stay", "remain"):
        nouns += prepositional(verb, "in") + [n for c in verb.all("prt") for n in c.all("pobj")]
    if "*any" in wanted:
        return any(o.tag[:1] == "N" and o.lemma != "thing" for o in objects(verb)) or bool(
            verb.all("xcomp", "ccomp")
        )
    if "*people" in wanted and any(
        n.lower in people() or n.tag in ("NNP", "NNPS", "PRP", "CD") or numbered(n) for n in nouns
    ):
        return True
    if "*named" in wanted and not verb.all("oprd") and any(titled(n) for n in objects(verb)):
        return True
    if "*legal" in wanted:
        return any(c.lower == "legal" for n in nouns for c in n.children)
    near = nouns + [p for n in nouns for c in n.all("prep") if c.lower == "of" for p in c.all("pobj")]
    near += [c for n in nouns if n.lower in ("groups", "members", "forces") for c in n.all("compound")]
    return any(
        n.lemma in wanted or n.lower in wanted or ("ceasefire" in wanted and fire_ceased(n)) for n in near
    )


def begins(verb: Token) -> bool:
    """ "took effect", "entered into force", "came into effect", or the verb alone: "began", "is holding"."""
    reported = verb.dep == "ccomp" and verb.head.lemma in ("say", "announce", "report", "confirm", "declare")
    if verb.dep not in ("ROOT", "conj") and not reported:
        return False
    if verb.lemma in ("start", "begin", "hold"):
        return not objects(verb)
    return any(
        n.lower in ("effect", "force", "hold") for n in (*objects(verb), *prepositional(verb, "into", "in"))
    )


def numbered(noun: Token) -> bool:
    """ "two home guards": counted, and no things."""
    return noun.tag == "NNS" and any(c.tag == "CD" for c in noun.children) and not thing(noun)


TALKS = ("talks", "negotiations", "dialogue", "negotiation", "meeting", "summit")
ROCKETS = ("rocket", "rockets", "missile", "missiles", "shell", "shells", "mortar", "mortars")

# What a rule may ask of the verb's subject, by the word that stands for it among its objects.
OF_SUBJECT: dict[str, Callable[[Token, Token], bool]] = {
    "*responsibility": lambda noun, verb: noun.lower in ("responsibility", "blame"),
    "*rocket": lambda noun, verb: any(t.lower in ROCKETS for t in noun.subtree()[:6]),
    "*talks": lambda noun, verb: noun.lower in TALKS,
    "*forces": lambda noun, verb: quantity_of(noun).lower in word_set("forces") | word_set("bodies"),
    "*troops": lambda noun, verb: quantity_of(noun).lower in word_set("leavers") and bool(objects(verb)),
    "*crowd": lambda noun, verb: (
        quantity_of(noun).lower in word_set("crowds")
        and any(
            o.lower in ("road", "roads", "street", "streets", "highway", "bridge", "traffic", "square")
            for o in objects(verb)
        )
    ),
    "*truce": lambda noun, verb: (
        (noun.lower in ("truce", "ceasefire", "cease-fire") or fire_ceased(noun)) and begins(verb)
    ),
}


def titled(noun: Token) -> bool:
    """ "King Hassan", "his counterpart, Omar Solon": somebody by name and office."""
    office = any(c.lower in word_set("titles") for c in noun.children) or noun.lower in word_set("titles")
    return office and (noun.tag == "NNP" or noun.child("appos") is not None)


def granted(verb: Token) -> bool:
    told = verb.tag in ("VBD", "VBZ", "VBP", "VBN") or any(c.tag == "MD" for c in verb.children)
    none = any(c.lower == "no" for o in objects(verb) for c in o.children)
    return told and not none and bool(objects(verb) or verb.all("xcomp", "ccomp"))


def oneself(verb: Token) -> bool:
    """ "gave themselves up", "turned himself in"."""
    own = any(o.lower in ("themselves", "himself", "herself") for o in objects(verb))
    return own and any(c.lower in ("up", "over", "in") for c in verb.all("prt", "advmod", "prep"))


def held_responsible(verb: Token) -> bool:
    """ "was responsible for the attack, X said": an accusation, on another's word."""
    said = verb.dep == "ccomp" and verb.head.lemma in word_set("speech")
    blamed = [c for c in verb.all("acomp") if c.lower == "responsible"]
    acts = [n for c in blamed for n in prepositional(c, "for")]
    if not said or not blamed:
        return False
    return not acts or any(names_act(t.lower) for n in acts for t in n.subtree())


def threatens(verb: Token) -> bool:
    """ "warned of retaliation", "warned that it would strike": of what oneself will do."""
    if any(n.lower in word_set("reprisals") for n in prepositional(verb, "of", "with")):
        return True
    own = [c for c in verb.all("ccomp") if modal(c) in ("will", "would") and not negated(c)]
    return any(n.lower in ("it", "they", "we", "he", "she") for c in own for n in c.all("nsubj"))


# What a rule may ask of the verb itself, by the word that stands for it among its objects.
OF_VERB: dict[str, Callable[[Token], bool]] = {
    "*granted": granted,
    "*oneself": oneself,
    "*responsible": held_responsible,
    "*hunger": lambda verb: any(c.lower == "hunger" for o in objects(verb) for c in o.children),
    "*threat": lambda verb: threatens(verb),
    "*to_owner": lambda verb: (
        bool(prepositional(verb, "to")) and bool(objects(verb) or verb.all("nsubjpass"))
    ),
    "*to_talks": lambda verb: any(n.lower in TALKS for n in prepositional(verb, "to")),
    "*peacekeeping": lambda verb: any(
        c.lower == "peacekeeping" for n in (*objects(verb), *verb.all("prep")) for c in n.subtree()[:8]
    ),
}


def quantity_of(noun: Token) -> Token:
    """ "dozens of prisoners", "a group of rebels": those behind "of"."""
    if noun.lower not in word_set("quantities"):
        return noun
    return next((n for n in prepositional(noun, "of")), noun)


def fire_ceased(noun: Token) -> bool:
    """ "cease-fire" is three words to the tokenizer."""
    return noun.lower == "fire" and any(c.lower == "cease" for c in noun.children)
