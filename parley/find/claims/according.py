"""Contents that "according to X" opens or closes."""

from __future__ import annotations

from collections.abc import Iterator

from parley.document import Marks, Token
from parley.find.claims.content import STRIP, Frame, settle
from parley.mark.clause import under
from parley.values import Span


def according(token: Token, marks: Marks) -> Iterator[Frame]:
    """ "…, according to X": the clause it closes, or the one it opens."""
    to = token.child("prep") or next(
        (t for t in token.sentence.tokens if t.i == token.i + 1 and t.lower == "to"), None
    )
    speaker = to.child("pobj") if to else None
    if (
        to is None
        or speaker is None
        or speaker.lower in ("rank", "law", "plan", "schedule", "need", "size", "rules")
    ):
        return
    cue, sentence = Span(token.start, to.end), token.sentence
    phrase_end = speaker_end(speaker)
    if token.i - sentence.tokens[0].i < 2:
        comma = next((t for t in sentence.tokens if t.i > speaker.i and t.text == ","), None)
        phrase_end = comma.end if comma else phrase_end
    rest = marks.text[phrase_end : sentence.span.end].strip(STRIP)
    first = token.i - sentence.tokens[0].i < 2
    if first and rest:
        content = Span(phrase_end, sentence.span.end)
    else:
        content = Span(closing_clause(token, marks), token.start)
    yield Frame(settle(content, marks), cue, None, speaker, "say", "claims.according_to")


def speaker_end(speaker: Token) -> int:
    return max(
        t.end
        for t in speaker.subtree()
        if t.dep != "punct" and not under(t, speaker, "relcl", "acl", "advcl", "ccomp")
    )


def closing_clause(token: Token, marks: Marks) -> int:
    """Where the content of a closing "according to" begins: at ", with" behind a full clause, else at its start."""
    tokens = [t for t in token.sentence.tokens if t.i < token.i]
    for at in range(len(tokens) - 1, 1, -1):
        figures = any(t.tag == "CD" for t in tokens[at:])
        if tokens[at].lower == "with" and tokens[at - 1].text == "," and figures:
            return tokens[at].end
    return token.sentence.span.start
