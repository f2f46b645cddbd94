"""The content that is quoted: right before source and cue, right behind them, or in halves around them."""

from __future__ import annotations

from parley.document import Marks, Quote, Sentence, Token
from parley.find.claims.clauses import told_until
from parley.find.claims.content import STRIP, Frame, acts, cluster, framed
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
    if behind and not before:
        return opened(behind[0].span, core, verb, marks)
    return None


def opened(quote: Span, core: Span, verb: Token, marks: Marks) -> Span | None:
    """The quotation right behind cue and addressee, where it is the rest of the sentence, or a whole one of its own."""
    start = told_until(verb, core)
    leads = (
        (",", ":") if start > core.end and verb.lemma != "tell" else (",", ":", "", "that", "that,", ", that")
    )
    if marks.text[start : quote.start].strip() not in leads:
        return None
    end = verb.sentence.span.end
    rest = marks.text[quote.end : end].strip(STRIP)
    more = any(quote.end <= q.span.start < end for q in marks.quotes)
    closed = marks.text[quote.end - 2 : quote.end - 1] in (",", "!", "?") and not more
    if len(quote) <= SHORT and quote.end < end - 2:
        return None
    return quote if not rest or closed else None


def by_colon(sentence: Sentence, marks: Marks) -> Frame | None:
    """ "He leaned in: “Go home.”", "She went on:" and a paragraph in quotation marks: somebody, a colon, a quotation."""
    quote = behind_colon(sentence, marks)
    verb = told_before(sentence, quote) if quote and len(quote) > SHORT else None
    speaker = verb.child("nsubj") if verb and verb.lemma != "be" else None
    if quote is None or verb is None or speaker is None or speaker.start > quote.start:
        return None
    if marks.entity(speaker) is None and speaker.lower not in ("he", "she", "they"):
        return None
    return Frame(quote, verb.span, verb, speaker, acts().get(verb.lemma, "say"), "claims.colon")


def by_inversion(sentence: Sentence, marks: Marks) -> Frame | None:
    """ "“Blood money,” thundered the Herald": whatever the verb, right behind a quotation and with its subject behind it."""
    for verb in sentence.tokens:
        new = verb.tag in ("VBD", "VBZ") and verb.lemma not in acts()
        speaker = (
            (verb.child("nsubj") or verb.child("dobj")) if new else None
        )  # parsers are not used to "raged X"
        if speaker is None or not 0 < speaker.i - verb.i <= NAME:
            continue
        for quote in marks.quotes:
            if quote.span.end <= verb.start and not marks.text[quote.span.end : verb.start].strip():
                if marks.text[quote.span.end - 2] in ",!?" and len(quote.span.of(marks.text).split()) > 2:
                    return Frame(quote.span, verb.span, verb, speaker, "say", "claims.inversion")
    return None


NAME = 6  # words from a verb to its subject behind it: "the right-wing daily Herald"


def told_before(sentence: Sentence, quote: Span) -> Token | None:
    """The main verb of what stands before the colon, though the parser may hang it on the quotation."""
    before = [t for t in sentence.tokens if t.start < quote.start]
    return next(
        (t for t in before if t.tag in ("VBD", "VBZ", "VBP") and (t.head is t or t.head not in before)), None
    )


def behind_colon(sentence: Sentence, marks: Marks) -> Span | None:
    if ":" not in sentence.span.of(marks.text):
        return None
    part = marks.document.parts[sentence.part].span
    last = sentence.span.end >= part.end - 1
    for quote in marks.quotes:
        inside = sentence.span.start < quote.span.start < sentence.span.end
        opens = last and quote.span.start >= part.end and not marks.text[part.end : quote.span.start].strip()
        if (inside or opens) and marks.text[sentence.span.start : quote.span.start].rstrip().endswith(":"):
            return quote.span
    return None


SHORT = 25  # characters: a word or two


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
        between = [t for t in verb.sentence.tokens if verb.end <= t.start < quote.span.start]
        cued = acts().keys() - framed("aside")
        other = any(t.lemma in cued or (t.dep == "nsubj" and t.head is not verb) for t in between)
        gap = marks.text[verb.end : quote.span.start].rstrip()
        inside = quote.span.start < verb.sentence.span.end
        if inside and not other and "." not in gap and gap.endswith((",", ":", " and", " but", " that")):
            return first.to(quote.span)
    return first
