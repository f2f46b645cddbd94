"""Pronouns → entities: the subject that governs the clause, else the nearest that fits in number and kind.

Inside a quotation "I" is the one who speaks it, and "we" the one body that he speaks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parley.document import EntityKind, Marks, Sentence, Token
from parley.mark.clause import subject
from parley.mark.gazetteer import word_set

SINGULAR = {"he", "she", "him", "her", "his"}
PLURAL = {"they", "them", "their"}
THING = {"it", "its"}
SPEAKER = {"i", "me", "my"}
SPEAKERS = {"we", "us", "our"}
KINDS: dict[str, tuple[EntityKind, ...]] = {
    **dict.fromkeys(SINGULAR | SPEAKER | SPEAKERS, ("person",)),
    **dict.fromkeys(PLURAL, ("people", "organization")),
    **dict.fromkeys(THING, ("organization", "state")),
}
Owners = dict[str, str]  # a person's entity id → that of the one body or state whose office he holds


@dataclass(frozen=True, slots=True)
class Known:
    """Who is meant by which token so far, what kind each entity is, and for whom a person speaks."""

    holders: dict[int, str]
    kinds: dict[str, EntityKind]
    owners: Owners

    def kind(self, token: Token) -> EntityKind | None:
        return self.kinds.get(self.holders.get(token.i, ""))


def pronouns(
    marks: Marks, holders: dict[int, str], kinds: dict[str, EntityKind], owners: Owners
) -> Iterator[tuple[Token, str]]:
    """(pronoun, entity id); pronouns resolved earlier help later ones. Expletive "it" is nobody."""
    known = Known(dict(holders), kinds, owners)
    for token in (t for s in marks.sentences for t in s.tokens):
        if token.tag not in ("PRP", "PRP$") or token.lower not in KINDS or expletive(token):
            continue
        found = meant(token, marks, known)
        if found:
            known.holders[token.i] = found
            yield token, found


def meant(token: Token, marks: Marks, known: Known) -> str | None:
    if token.lower in SPEAKER | SPEAKERS:
        voice = speaker(token, marks, known)
        return known.owners.get(voice or "") if token.lower in SPEAKERS else voice
    return governing(token, known) or antecedent(token, token.sentence, marks, known)


def expletive(token: Token) -> bool:
    """ "it was not clear whether", "it rained", "it was a heavy battle": no party; but "it was ready" is one."""
    verb = token.head
    if token.lower != "it" or token.dep not in ("nsubj", "nsubjpass"):
        return False
    if token.dep == "nsubjpass":
        return True
    if verb.lemma != "be":
        return False
    said_of = [c for c in verb.children if c.dep in ("acomp", "ccomp", "xcomp", "attr")]
    return any(c.lower in word_set("impersonal") or (c.dep == "attr" and c.pos == "NOUN") for c in said_of)


def speaker(token: Token, marks: Marks, known: Known) -> str | None:
    """The only person in the paragraph who is said to speak, outside the quotation that holds the pronoun."""
    if not any(q.span.covers(token.span) for q in marks.quotes):
        return None
    voices = {
        known.holders[t.i]
        for s in marks.sentences
        if s.part == token.sentence.part
        for t in s.tokens
        if known.kind(t) == "person" and speaks(t)
        if not any(q.span.covers(t.span) for q in marks.quotes)
    }
    return voices.pop() if len(voices) == 1 else None


def speaks(token: Token) -> bool:
    """ "X said", "X was quoted as saying"."""
    if token.dep == "nsubjpass":
        return token.head.lemma in ("quote", "cite")
    return token.dep == "nsubj" and token.head.lemma in word_set("speech")


def governing(token: Token, known: Known) -> str | None:
    """ "X ends its siege", "X said it was ready": the nearest subject above, if it fits; an object is never it."""
    verb = next((a for a in token.ancestors() if a.tag[:2] == "VB"), None)
    skip = token.tag == "PRP"  # "X met him": not X itself
    while verb is not None:
        found = subject(verb) if not skip else None
        if found is not None and found.i < token.i and known.kind(found) in KINDS[token.lower]:
            return known.holders[found.i]
        skip = False
        if verb.dep not in ("ccomp", "xcomp", "advcl", "conj", "acl") or (
            verb.dep in ("advcl",) and token.lower not in THING
        ):
            return None
        verb = next((a for a in verb.ancestors() if a.tag[:2] == "VB"), None)
    return None


def antecedent(token: Token, sentence: Sentence, marks: Marks, known: Known) -> str | None:
    wanted = KINDS[token.lower]
    outside = not quoted(token, marks)  # "“Solon has failed,” he said": he is not the Solon of his own words
    here = [t for t in sentence.tokens if t.i < token.i and known.kind(t) in wanted]
    here = [t for t in here if not (outside and quoted(t, marks))]
    if found := best(here, known.holders):
        return found
    for back in (1, 2):
        if sentence.i - back < 0:
            return None
        earlier = marks.sentences[sentence.i - back]
        candidates = [t for t in earlier.tokens if known.kind(t) in wanted]
        if candidates:
            return best(candidates, known.holders)
    return None


def quoted(token: Token, marks: Marks) -> bool:
    return any(q.span.covers(token.span) for q in marks.quotes)


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
