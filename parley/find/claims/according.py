"""Contents that "according to X" opens, closes or stands in, and those that are "reportedly" so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parley.document import Marks, Token
from parley.find.claims.content import STRIP, Frame, acts, left_edge, settle
from parley.mark.clause import under
from parley.values import Span

NOBODY = ("rank", "law", "plan", "schedule", "need", "size", "rules")  # "paid according to rank"
LEADS = re.compile(r"(?:.*[:;] *)?(?:\W*(?:but|and|yet|so|also|meanwhile|still|however)\W*)?\W*", re.I | re.S)


def according(token: Token, marks: Marks) -> Iterator[Frame]:
    """ "…, according to X": the clause it closes, the one it opens, or the one it stands in."""
    to = token.child("prep") or next(
        (t for t in token.sentence.tokens if t.i == token.i + 1 and t.lower == "to"), None
    )
    speaker = to.child("pobj") if to else None
    if to is None or speaker is None or speaker.lower in NOBODY:
        return
    content = settle(said(token, speaker, marks), marks)
    yield Frame(content, Span(token.start, to.end), None, speaker, "say", "claims.according_to")


def reportedly(token: Token, marks: Marks) -> Iterator[Frame]:
    """ "The road is reportedly mined": its clause, on nobody's word; beside a cue of speech it only hedges that."""
    verb = token.head
    if verb.tag[:2] != "VB" or verb.lemma in acts() or verb.dep == "relcl":
        return
    who = verb.child("nsubj", "nsubjpass")
    first = left_edge(who) if who is not None and who.i < token.i else token
    rest = [t for t in verb.subtree() if t.i > verb.i and not under(t, verb, "conj", "cc", "ccomp", "advcl")]
    last = max([verb, *(t for t in rest if t.dep != "punct")], key=lambda t: t.i)
    yield Frame(
        settle(Span(first.start, last.end), marks), token.span, verb, None, "say", "claims.reportedly"
    )


def said(token: Token, speaker: Token, marks: Marks) -> Span:
    sentence = token.sentence.span
    before = marks.text[sentence.start : token.start]
    if LEADS.fullmatch(before) or joined(token):
        behind = Span(phrase_end(speaker), sentence.end)
        return behind if behind.of(marks.text).strip(STRIP) else Span(sentence.start, token.start)
    if goes_on(token, speaker):
        return sentence
    return Span(closing_clause(token, marks), token.start)


def joined(token: Token) -> bool:
    """ "He left because, according to X, …": what follows is another's word, what stands before is not."""
    before = [t for t in token.sentence.tokens if t.i < token.i and t.dep != "punct"]
    return before[-1].dep in ("mark", "cc") or before[-1].lower in ("that", "because")


def phrase_end(speaker: Token) -> int:
    """Behind the comma that ends the source's words, or behind the words where none does."""
    tokens = [t for t in speaker.sentence.tokens if t.i > speaker.i]
    comma = next((t for t in tokens if t.text == ","), None)
    return comma.end if comma else speaker_end(speaker)


def speaker_end(speaker: Token) -> int:
    return max(
        t.end
        for t in speaker.subtree()
        if t.dep != "punct" and not under(t, speaker, "relcl", "acl", "advcl", "ccomp")
    )


def goes_on(token: Token, speaker: Token) -> bool:
    """ "The road, according to X, is mined": the clause has its verb, or a second one, behind the source."""
    behind = [t for t in token.sentence.tokens if t.start >= speaker_end(speaker)]
    first = next((t for t in behind if t.dep != "punct"), None)
    if first is None or behind[0].text not in (",", "-", "–", "—"):
        return False
    return token.sentence.root.i > speaker.i or first.dep == "cc"


def closing_clause(token: Token, marks: Marks) -> int:
    """Where the content of a closing "according to" begins: at ", with" behind a full clause, else at its start."""
    tokens = [t for t in token.sentence.tokens if t.i < token.i]
    for at in range(len(tokens) - 1, 1, -1):
        figures = any(t.tag == "CD" for t in tokens[at : at + 5])
        if tokens[at].lower == "with" and tokens[at - 1].text == "," and figures:
            return tokens[at].end
    return token.sentence.span.start
