"""Whether an act took place: occurred, ongoing, planned, hypothetical, denied; or is only named in a wish."""

from __future__ import annotations

import functools

from parley.document import Token
from parley.facts import EventStatus
from parley.lang import table
from parley.mark.clause import main_verb, modal, negated


@functools.cache
def words(kind: str) -> frozenset[str]:
    return frozenset(table("cues")[kind]["words"])


def status_of(token: Token) -> EventStatus:
    """Planned is never turned into done: what stands under a word of planning is planned."""
    verb = main_verb(token)
    if token.tag[:2] == "VB" and (negated(token) or (token.dep == "xcomp" and token.head.lemma == "fail")):
        return "denied"
    if verb.dep in ("ccomp", "xcomp") and verb.head.lemma == "deny":
        return "denied"  # "denied that they had attacked", "denied attacking"
    above = [verb, *[a for a in verb.ancestors() if verb.dep in ("xcomp", "advcl", "acl") and a is verb.head]]
    if any(
        a.lemma in words("plan")
        or any(c.lower in words("plan") for c in a.children if c.dep in ("acomp", "amod"))
        for a in above[1:]
    ):
        return "planned"
    if token.tag[:2] != "VB" and (verb.lemma in words("plan") or coming(token)):
        return "planned"
    if token.dep == "xcomp" and token.head.lemma == "be" and any(c.lower == "to" for c in token.all("aux")):
        return "planned"  # "are to meet on Monday"
    helper = modal(verb)
    if (
        helper == "would"
        and verb.dep == "ccomp"
        and verb.head.tag == "VBD"
        and not any(c.dep == "advcl" for c in verb.children)
    ):
        helper = "will"  # "said the two would meet": what was to come
    if helper in ("will", "shall", "wo", "'ll"):
        return "planned" if not negated(verb) else "denied"
    if helper in ("may", "might", "could", "would", "can", "should", "must"):
        return "hypothetical"
    progressive = token.tag == "VBG" and any(
        c.tag in ("VBZ", "VBP") and c.lemma == "be" for c in token.children
    )
    if (token.tag[:2] == "VB" and progressive) or (
        token.tag[:1] == "N" and verb.lemma in ("continue", "persist")
    ):
        return "ongoing"
    return "occurred"


def coming(noun: Token) -> bool:
    """ "the planned talks", "the upcoming summit"."""
    return any(c.lower in words("plan") | {"upcoming", "forthcoming", "proposed"} for c in noun.all("amod"))


def arranged(token: Token) -> bool:
    """ "agreed to meet again", "decided to hold talks": the meeting is planned."""
    verb = main_verb(token)
    above = verb.head if verb.dep == "xcomp" else verb
    return above is not token and above.lemma in ("agree", "decide", "plan", "arrange")


def purpose(token: Token) -> bool:
    """ "came to free the captives": the aim of another act; but what something allowed did happen."""
    if (
        token.tag != "VB"
        or token.dep not in ("advcl", "acl", "relcl")
        or not any(c.lower == "to" for c in token.children)
    ):
        return False
    above = [a.lemma for a in list(token.ancestors())[:4]]
    return "allow" not in above and not any(a in words("plan") for a in above)


def named_only(token: Token) -> bool:
    """An act in a condition, or wished, demanded, offered, refused or failed at, is not reported."""
    if purpose(token) or recommended(token) or forbidden(token):
        return True
    for above in (token, *list(token.ancestors())[:4]):
        if above is token and failed(above):
            return False
        if above.head.lemma == "allow" and above.head.tag == "VBD" and above is token:
            return False
        if above.dep in ("advcl", "ccomp") and any(
            c.lower in ("if", "until", "unless", "whether") for c in above.children if c.dep == "mark"
        ):
            return True
        if (
            (
                above.tag in ("VB", "VBG")
                or (above.tag == "VBN" and any(c.lower == "to" for c in above.children))
            )
            and above.dep in ("xcomp", "ccomp", "advcl", "acl", "pcomp")
            and not finite(above)
        ) and (above.head.lemma in words("wish") or above.head.lower in words("wish")):
            return True
        if above.dep == "pcomp" and (above.head.head.lemma in words("wish") or none(above.head.head)):
            return True  # "hinted at cancelling", "talked of resigning", "no mandate for disarming"
        if (
            above.dep == "pobj"
            and above.head.head.lemma in words("wish")
            and above.head.lower in ("for", "to", "on", "of", "from", "against")
        ):
            return True
        if above.dep == "dobj" and above.head.lemma in words("wish") - {"discuss", "reject"}:
            return True
        if (
            above.dep == "dobj"
            and above.head.lemma in ("accept", "tolerate", "allow")
            and negated(above.head)
        ):
            return True  # "would not accept attacks": none is told of
        if (
            above.dep in ("xcomp", "ccomp")
            and above.tag == "VB"
            and above.head.lemma in ("tell", "say")
            and not finite(above)
        ):
            return True
    return False


def forbidden(verb: Token) -> bool:
    """ "Don't shoot!": asked not to be done."""
    imperative = (
        verb.tag == "VB" and not verb.all("nsubj", "nsubjpass") and verb.dep in ("ROOT", "ccomp", "dobj")
    )
    return imperative and negated(verb) and any(c.lemma == "do" for c in verb.all("aux"))


def recommended(verb: Token) -> bool:
    """ "ASEAN should demand", "urged that aid must be let in"."""
    if verb.tag == "VBP":  # "demanded that they refuse"
        return verb.dep == "ccomp" and verb.head.lemma in ("demand", "urge", "insist", "propose", "request")
    if verb.tag not in ("VB", "VBN"):
        return False
    return modal(verb) in ("should", "ought") or (modal(verb) == "must" and verb.head.lemma in words("wish"))


def none(noun: Token) -> bool:
    return noun.tag[:1] == "N" and any(c.lower == "no" for c in noun.all("det"))


def habit(verb: Token) -> bool:
    """ "soldiers often beat up captives", "gunmen who kidnap traders": told as what they do, not as one act."""
    often = any(c.lower in words("habit") for c in verb.all("advmod"))
    return often or (verb.tag in ("VBZ", "VBP") and not verb.all("aux", "auxpass"))


def failed(verb: Token) -> bool:
    """ "failed to agree", "after failing to agree": told as what did not come about."""
    return verb.dep == "xcomp" and verb.head.lemma == "fail" and verb.head.tag in ("VBD", "VBN", "VBG")


def finite(verb: Token) -> bool:
    return any(c.tag in ("VBZ", "VBP", "VBD", "MD") for c in verb.children if c.dep in ("aux", "auxpass"))
