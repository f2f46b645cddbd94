"""The content that is quoted: right before source and cue, right behind them, or in halves around them."""

from __future__ import annotations

from parley.document import Marks, Quote, Sentence, Token
from parley.find.claims.content import STRIP, acts, cluster, framed
from parley.values import Span


def by_quote(verb: Token, speaker: Token, marks: Marks) -> Span | None:
    """A quotation that ends right before the source and cue, or begins right behind them."""
    if verb.lemma not in framed("quoting"):
        return None
    core, part = cluster(verb, speaker), marks.document.parts[verb.sentence.part].span
    quotes = [q for q in marks.quotes if part.covers(q.span)]
    before = [q for q in quotes if q.span.end <= core.start and beside(marks.text[q.span.end : core.start])]
    if any(
        c.dep == "ccomp" and c.i > verb.i for c in verb.children
    ):  # "… “closed.” He said the office was open."
        before = [q for q in before if q.span.end > verb.sentence.span.start and verb.tag != "VBG"]
    behind = [q for q in quotes if q.span.start >= core.end and beside_after(verb, q, marks)]
    if before and whole_sentence(before[-1], verb.sentence, marks):
        return run_on(before[-1].span, behind, verb, marks)
    if (
        behind
        and not before
        and marks.text[core.end : behind[0].span.start].strip(" \n\t")
        in (",", ":", "", "that", "that,", ", that")
    ):
        nxt = behind[0]
        if len(nxt.span) > 25 or nxt.span.end >= verb.sentence.span.end - 2:
            end = verb.sentence.span.end
            rest = marks.text[nxt.span.end : end].strip(STRIP)
            if not rest:
                return nxt.span
    return None


def beside(gap: str) -> bool:
    return len(gap.strip(" ,\n")) == 0


def beside_after(verb: Token, quote: Quote, marks: Marks) -> bool:
    return quote.span.start < verb.sentence.span.end + 3


def whole_sentence(quote: Quote, sentence: Sentence, marks: Marks) -> bool:
    """Nothing of the sentence stands before the quotation: it is all quoted."""
    lead = (
        marks.text[sentence.span.start : quote.span.start].strip(STRIP)
        if quote.span.start > sentence.span.start
        else ""
    )
    return not lead or lead.lower() in ("but", "and", "however", "so")


def run_on(first: Span, behind: list[Quote], verb: Token, marks: Marks) -> Span:
    """The second half of a quotation that "X said" splits belongs to the claim."""
    for quote in behind:
        gap = marks.text[verb.end : quote.span.start]
        cued = any(t.lemma in acts() for t in verb.sentence.tokens if verb.end <= t.start < quote.span.start)
        if quote.span.start < verb.sentence.span.end and "." not in gap and not cued:
            return first.to(quote.span)
    return first
