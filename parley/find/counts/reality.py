"""Whether the words say that it happened: done, hedged ("may have died"), or only wished, planned, denied."""

from __future__ import annotations

from typing import Literal

from parley.document import Token
from parley.find.counts.rules import listed
from parley.lang import table
from parley.mark.clause import negated

Reality = Literal["done", "hedged", "not"]


def reality(token: Token) -> Reality:
    """What the clause of a verb or act, and those above it, make of it."""
    found: Reality = "done"
    here = token
    for _ in range(8):
        step = of_word(here)
        if step == "not":
            return "not"
        found = "hedged" if step == "hedged" else found
        if here.head.lemma in listed("denying") and here.dep in ("ccomp", "xcomp", "dobj", "pcomp"):
            return "not"
        if here.head.lemma in listed("subjunctive") and here.dep == "ccomp" and here.tag in ("VB", "VBP"):
            return "not"
        if here.head is here or asserted(here) or resulting(here):
            return found
        here = here.head
    return found


def of_word(token: Token) -> Reality:
    if token.tag[:2] not in ("VB", "MD", "JJ"):
        return of_noun(token)
    if negated(token) or any(c.lower in ("if", "unless", "until", "lest") for c in token.all("mark")):
        return "not"
    helpers = [c.lower for c in token.children if c.dep in ("aux", "auxpass")]
    if {"will", "'ll", "shall", "would", "should", "must", "can", "wo", "ca"} & set(helpers):
        return "not"
    if {"may", "might", "could"} & set(helpers):
        return "hedged" if "have" in helpers or token.lemma in ("be", "have") else "not"
    if "to" in helpers and "have" not in helpers:
        return of_infinitive(token)
    return hedge(token)


def of_infinitive(token: Token) -> Reality:
    """ "forced to flee" fled; "plans to release" has released nobody; "believed to be dead" is hedged."""
    above = token.head
    if above is token:
        return "not"
    if above.lemma in listed_verbs():
        return "hedged"
    if above.tag[:2] in ("VB", "MD") and token.dep in ("xcomp", "ccomp"):
        return "done" if above.lemma in listed("factual") else "not"
    allowed = [a for a in (above, *list(above.ancestors())[:3]) if a.lemma in ("allow", "lead", "enable")]
    if allowed:
        return "done"
    return "done" if token.dep in ("relcl", "acl") and above.lower in ("first", "last", "latest") else "not"


def listed_verbs() -> tuple[str, ...]:
    verbs: list[str] = table("counts")["hedges"]["verbs"]
    return tuple(verbs)


def hedge(token: Token) -> Reality:
    if token.lemma in listed_verbs() and token.child("auxpass", "nsubjpass") is not None:
        return "hedged"
    return (
        "hedged" if any(c.lower in listed("hedges") and c.dep != "nsubj" for c in token.children) else "done"
    )


def of_noun(token: Token) -> Reality:
    """ "called for the release of 40 prisoners", "a plan to …": an act that is only named."""
    wish = table("cues")["wish"]["words"]
    above = token.head
    if token.dep == "dobj" and above.lemma in wish and above.lemma not in ("fail", "help", "allow"):
        return "not"
    if token.dep == "pobj" and above.lower in ("for", "to", "on", "of", "about", "over", "against"):
        over = above.head
        if over.lemma in wish or over.lower in listed("wishes"):
            return "not"
    return "not" if any(c.lower in ("no", "without") for c in token.children) else "done"


def resulting(token: Token) -> bool:
    """ "after releasing six hostages"; "used a bomb to breach the wall, killing 40": done before or by what was done."""
    if token.dep == "pcomp":
        return token.head.lower in ("after", "since", "despite", "following")
    above = token.head
    purpose = above.tag == "VB" and above.dep in ("advcl", "xcomp", "acl") and above.child("aux") is not None
    if token.tag != "VBG" or token.dep not in ("advcl", "conj") or not purpose or not set_off(token):
        return False
    wished = above.dep != "advcl" and above.head.lemma in table("cues")["wish"]["words"]
    return above.head.tag in ("VBD", "VBN") and not wished and reality(above.head) == "done"


def set_off(token: Token) -> bool:
    words = token.sentence.tokens
    return token.i > words[0].i and words[token.i - words[0].i - 1].text == ","


def asserted(token: Token) -> bool:
    """A finite clause under a verb of saying stands for itself, unless it is denied."""
    if token.dep not in ("ccomp", "relcl", "acl", "conj", "advcl", "parataxis"):
        return False
    if token.dep == "conj":
        return any(c.dep in ("nsubj", "nsubjpass", "aux", "auxpass") for c in token.children)
    finite = token.tag in ("VBD", "VBZ", "VBP") or any(
        c.tag in ("VBD", "VBZ", "VBP", "MD") for c in token.children if c.dep in ("aux", "auxpass")
    )
    return finite or (token.dep == "acl" and token.tag == "VBN")
