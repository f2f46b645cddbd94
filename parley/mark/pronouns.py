"""Pronouns → entities: the nearest subject that fits in number and kind, in this sentence or the one before."""

from __future__ import annotations

from collections.abc import Iterator

from parley.document import EntityKind, Marks, Sentence, Token

SINGULAR = {"he", "she", "him", "her", "his"}
PLURAL = {"they", "them", "their"}
THING = {"it", "its"}
KINDS: dict[str, tuple[EntityKind, ...]] = {
    **dict.fromkeys(SINGULAR, ("person",)),
    **dict.fromkeys(PLURAL, ("people", "organization")),
    **dict.fromkeys(THING, ("organization", "state")),
}


def pronouns(
    marks: Marks, holders: dict[int, str], kinds: dict[str, EntityKind]
) -> Iterator[tuple[Token, str]]:
    """(pronoun, entity id); pronouns resolved earlier help later ones. Expletive "it" is nobody."""
    known = dict(holders)
    for sentence in marks.sentences:
        for token in sentence.tokens:
            if token.tag not in ("PRP", "PRP$") or token.lower not in KINDS or expletive(token):
                continue
            found = antecedent(token, sentence, marks, known, kinds)
            if found:
                known[token.i] = found
                yield token, found


def expletive(token: Token) -> bool:
    """ "it was not clear whether", "it rained": no party."""
    verb = token.head
    return token.lower == "it" and token.dep in ("nsubj", "nsubjpass") and (
        (verb.lemma == "be" and any(c.dep in ("acomp", "ccomp", "xcomp") and c.tag == "JJ" for c in verb.children))
        or token.dep == "nsubjpass"
    )  # fmt: skip


def antecedent(
    token: Token, sentence: Sentence, marks: Marks, known: dict[int, str], kinds: dict[str, EntityKind]
) -> str | None:
    wanted = KINDS[token.lower]
    here = [t for t in sentence.tokens if t.i < token.i and kinds.get(known.get(t.i, "")) in wanted]
    if found := best(here, known):
        return found
    for back in (1, 2):
        if sentence.i - back < 0:
            return None
        earlier = marks.sentences[sentence.i - back]
        candidates = [t for t in earlier.tokens if kinds.get(known.get(t.i, "")) in wanted]
        if candidates:
            return best(candidates, known)
    return None


def best(candidates: list[Token], known: dict[int, str]) -> str | None:
    """Subjects first; among several different ones the sentence's main subject, else nobody."""
    subjects = [t for t in candidates if t.dep in ("nsubj", "nsubjpass")]
    for group in (subjects, candidates):
        who = {known[t.i] for t in group}
        if len(who) == 1:
            return who.pop()
        main = {known[t.i] for t in group if t.head.dep == "ROOT"}
        if len(main) == 1:
            return main.pop()
    return None
