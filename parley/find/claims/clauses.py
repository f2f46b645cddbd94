"""The clause that is claimed: behind its cue, before it, or around it."""

from __future__ import annotations

from parley.document import Marks, Token
from parley.find.claims.content import STRIP, acts, cluster, framed, left_edge, settle
from parley.values import Span

CHANNELS = ("in", "during", "at", "on", "after", "following", "before")  # "said during a visit that …"


def by_clause(verb: Token, speaker: Token, marks: Marks) -> Span | None:
    if verb.lemma in framed("no_clause"):
        return None
    clauses = [c for c in verb.children if c.dep in ("ccomp", "parataxis") and c is not speaker]
    if verb.lemma in framed("object") and verb.all("dobj"):  # "defended a deal that will cut the fleet"
        clauses = [c for c in clauses if not any(s.tag == "WDT" and s.lower == "that" for s in c.children)]
    clause = next((c for c in clauses if right_behind(verb, c)), clauses[0] if clauses else None)
    clause = clause or behind_channel(verb) or behind_circumstance(verb)
    if clause is None or (
        verb.lemma in framed("reporting_only") and clause.i < verb.i and verb.lemma not in ("note", "write")
    ):
        return None
    ahead = verb.i < clause.i < speaker.i  # "after saying the port was shut, X left"
    core = verb.span if ahead else cluster(verb, speaker)
    inside = [t for t in clause.subtree() if t.dep != "punct" or t.start > clause.sentence.span.start]
    if clause.dep == "advcl":
        inside = [t for t in inside if t.i >= left_edge(clause.all("nsubj", "nsubjpass")[0]).i]
    before = [t for t in inside if t.end <= core.start]
    after = [t for t in inside if t.start >= core.end]
    if clause.i < verb.i and before:
        tail = after if after and clause_continues(core, after, marks) else []
        return settle(Span(before[0].start, (tail or before)[-1].end), marks)
    if clause.i > verb.i and after:
        return told_behind(verb, after, marks)
    return None


def told_behind(verb: Token, after: list[Token], marks: Marks) -> Span:
    """The content behind its cue; a quotation that holds the cue too is somebody else's, and stays out of it."""
    span = settle(Span(after[0].start, until_next_cue(verb, after)), marks)
    if span.start > verb.start:
        return span
    inner = Span(after[0].start, span.end).of(marks.text)
    return Span(after[0].start, after[0].start + len(inner.rstrip(STRIP + "\"”’'")))


def right_behind(verb: Token, clause: Token) -> bool:
    """ "… , X said he was ready": the clause that begins where the cue ends is the content, whatever stands before."""
    start = left_edge(clause).i
    return clause.i > verb.i and start - verb.i < 3 and clause.child("nsubj", "nsubjpass") is not None


def behind_channel(verb: Token) -> Token | None:
    """ "said in a statement that …": the clause that the parser hangs on the statement."""
    if verb.lemma not in framed("voiced"):
        return None
    nouns = [n for c in verb.all("prep") if c.lower in CHANNELS for n in c.all("pobj")]
    nouns += [n for above in nouns for c in above.all("prep") for n in c.all("pobj")]
    clauses = [c for n in nouns for c in n.all("acl", "relcl", "ccomp")]
    return next((c for c in clauses if any(m.lower == "that" and m.dep == "mark" for m in c.children)), None)


def behind_circumstance(verb: Token) -> Token | None:
    """ "said after the talks he would …": a clause without a conjunction, though the parser takes it for adverbial."""
    if verb.lemma not in framed("voiced") or verb.all("dobj"):
        return None
    for clause in verb.all("advcl"):
        bound = clause.all("mark") or any(c.tag in ("WRB", "WP", "WDT") for c in clause.children)
        finite = clause.tag in ("VBD", "VBZ", "VBP") or any(
            c.tag in ("VBD", "VBZ", "VBP", "MD") for c in clause.all("aux", "auxpass")
        )
        led = any(c.i == verb.i + 1 for c in clause.all("prep"))
        if clause.i > verb.i and finite and led and not bound and clause.all("nsubj", "nsubjpass"):
            return clause
    return None


def clause_continues(core: Span, after: list[Token], marks: Marks) -> bool:
    return marks.text[core.end : core.end + 1] == "," and after[0].start - core.end < 4


def until_next_cue(verb: Token, after: list[Token]) -> int:
    """Where the content ends: at ", adding that …", "but said …", or with all that the parser hangs on the verb beside it."""
    tokens = verb.sentence.tokens
    start, last = after[0].i, reach(verb, after[-1])
    for token in tokens[start - tokens[0].i : last.i - tokens[0].i + 1]:
        if token.i > start and (turned(token) or coordinated_cue(token, verb) or another_voice(token, verb)):
            return opening(token).start
    return last.end


def reach(verb: Token, last: Token) -> Token:
    """ "said crews paid by the port dock late", "… because …": a clause that the parser cut in two, taken whole."""
    for token in verb.children:
        whole = left_edge(token).i == last.i + 1 and (token.dep == "ccomp" or reason(token))
        if token.i > last.i and (whole or more_said(token, last)):
            last = token.subtree()[-1]
    return last


def more_said(token: Token, last: Token) -> bool:
    """ ", and there was no hope", hung on the cue itself: a second clause of what was said, with a subject of its own."""
    own = token.child("nsubj", "nsubjpass", "expl")
    if own is None or token.dep != "conj" or token.lemma in acts() or not finite(token):
        return False
    between = [t.lower for t in token.sentence.tokens if last.i < t.i < left_edge(own).i]
    return between in (["and"], [",", "and"])


def reason(clause: Token) -> bool:
    return clause.dep == "advcl" and any(m.lower in ("because", "if", "unless") for m in clause.all("mark"))


def turned(token: Token) -> bool:
    """ ", claiming that …", ", referring to …", ", according to …": no part of what the speaker says."""
    if token.lower == "according":
        return cut_off(token)
    telling = (token.lemma in acts() and not weak(token)) or token.lemma in framed("aside")
    return telling and token.tag == "VBG" and token.dep in ("advcl", "acl", "prep", "conj") and cut_off(token)


def cut_off(token: Token) -> bool:
    return previous(token).text in (",", "”", '"', "—", "–", "--", "-")


def opening(token: Token) -> Token:
    """The first word of what a second cue opens: its "and", its comma, its subject."""
    first = left_edge(token)
    while previous(first).dep in ("cc", "punct") and previous(first).i < first.i:
        first = previous(first)
        if first.dep == "cc":
            break
    return first


def another_voice(token: Token, verb: Token) -> bool:
    """ ", and two crews said that …": somebody else's word, told beside the first."""
    if token.dep != "conj" or token.tag != verb.tag or token.lemma not in framed("voiced"):
        return False
    own = token.child("nsubj")
    return own is not None and token.child("ccomp") is not None and own.lower not in ("who", "which")


def by_rest(verb: Token, speaker: Token, marks: Marks) -> Span | None:
    """ "said mooring boats abreast blocks the pier": what follows the cue, where the parser found no clause in it."""
    if verb.lemma not in framed("quoting") or verb.dep in ("relcl", "acl") or speaker.i > verb.i:
        return None
    behind = [t for t in verb.sentence.tokens if t.i > verb.i]
    that = next((t for t in behind if t.lower == "that" and t.dep == "mark"), None)
    plain = verb.lemma in framed("voiced") or not verb.all("dobj", "xcomp")
    if that is not None and plain and not any(finite(t) for t in behind if t.i < that.i):
        after = [t for t in behind if t.i > that.i]
    elif verb.lemma in framed("voiced") and not verb.all("dobj", "dative", "ccomp", "xcomp"):
        told = told_until(verb, cluster(verb, speaker))
        after = [t for t in behind if t.start >= told]
    else:
        return None
    if (
        len(after) < 4
        or after[0].dep in ("punct", "mark", "advmod", "prep")
        or not any(finite(t) for t in after)
    ):
        return None
    return told_behind(verb, after, marks)


def by_as(verb: Token, speaker: Token, marks: Marks) -> Span | None:
    """ "As X noted on Friday, the road is closed", "The road is closed, as X noted": the clause that it opens or closes."""
    as_ = next((c for c in verb.children if c.lower == "as" and c.i < verb.i), None)
    if (
        as_ is None
        or verb.dep != "advcl"
        or verb.lemma not in framed("as")
        or verb.all("ccomp", "dobj", "xcomp")
    ):
        return None
    sentence, words = verb.sentence.span, verb.subtree()
    before = marks.text[sentence.start : as_.start]
    if len(before.split()) < 2:
        comma = next((t for t in verb.sentence.tokens if t.i > verb.i and t.text == ","), None)
        return settle(Span(comma.end, sentence.end), marks) if comma else None
    closes = not marks.text[words[-1].end : sentence.end].strip('.\n"”’ ')
    return (
        settle(Span(sentence.start, as_.start), marks) if closes and before.rstrip().endswith(",") else None
    )


def finite(token: Token) -> bool:
    return token.tag in ("VBD", "VBZ", "VBP", "MD")


def coordinated_cue(token: Token, verb: Token) -> bool:
    """ "said that X must wait and pledged that …": the speaker's own second cue.

    So it is where the tense is that of the first cue and not that of the content, or where the content is about the
    speaker himself: "said he was sorry and called for calm".
    """
    if token.dep != "conj" or token.tag != verb.tag or token.lemma not in acts() or weak(token):
        return False
    if token.child("nsubj", "nsubjpass") or not token.child("ccomp", "xcomp", "dobj", "prep"):
        return False
    head = token.head
    himself = head.child("nsubj")
    return (
        head.tag != token.tag
        or head.lemma == "be"
        or head.child("aux", "auxpass") is not None
        or token.lemma == verb.lemma
        or (himself is not None and himself.lower in ("he", "she", "it", "they"))
    )


def weak(token: Token) -> bool:
    """ "said he saw and knew": what the content may well tell of the speaker."""
    if token.lemma in framed("object") or token.lemma == "call":
        return False
    return token.lemma in framed("reporting_only") or acts()[token.lemma] == "believe"


def previous(token: Token) -> Token:
    tokens = token.sentence.tokens
    return tokens[max(0, token.i - tokens[0].i - 1)]


def by_parenthesis(verb: Token, speaker: Token, marks: Marks) -> Span | None:
    """ "The museum, X said, celebrated …", "Many days, X said on Friday, she stayed": the sentence around source and cue."""
    if verb.lemma not in framed("quoting") or verb.dep in ("relcl", "acl"):
        return None
    sentence, core = verb.sentence.span, cluster(verb, speaker)
    if not marks.text[sentence.start : core.start].rstrip().endswith(","):
        return None
    told = told_until(verb, core)
    behind = [t for t in verb.sentence.tokens if t.start >= told]
    if len(behind) < 4 or behind[0].text != ",":
        return None
    return None if elsewhere(behind[1], speaker) else settle(sentence, marks)


def told_until(verb: Token, core: Span) -> int:
    """The end of source and cue with what tells when, where and to whom: "he told reporters on Friday"."""
    whom = ("dobj", "dative") if verb.lemma == "tell" else ()
    own = {t.i for c in verb.all("prep", "npadvmod", "advmod", *whom) for t in c.subtree()}
    end = core.end
    for token in (t for t in verb.sentence.tokens if t.start >= end):
        if token.i not in own or token.dep == "punct" or token.tag[:2] == "VB":
            break
        end = token.end
    return end


def elsewhere(first: Token, speaker: Token) -> bool:
    """ ", adding …", ", who …", ", the mayor of …": what follows the cue is the agency's own again."""
    if (
        (first.tag == "VBG" and first.lower != "including")
        or first.text in ('"', "“", "‘")
        or (first.tag == "CD" and first.dep != "nsubj")
    ):
        return True
    return any(a is speaker for a in (first, *first.ancestors())) or first.lower in framed("own")


def by_comma(verb: Token, speaker: Token, marks: Marks) -> Span | None:
    """ "…, sources said": all that stands before the comma, whatever the parser made of it."""
    sentence, core = verb.sentence, cluster(verb, speaker)
    if verb.lemma not in framed("quoting") or core.start <= sentence.span.start + 12:
        return None
    lead = marks.text[sentence.span.start : core.start].rstrip()
    if not any(t.tag[:2] in ("VB", "MD") for t in sentence.tokens if t.end <= core.start):
        return None  # "Earlier in the week, X called for": a circumstance, no content
    if not lead.endswith((",", ",”", ',"', ",''")) or (verb.all("dobj") and verb.lemma != "tell"):
        return None
    if verb.dep not in ("ROOT", "parataxis", "ccomp", "conj", "relcl", "advcl", "dep", "pcomp"):
        return None
    return settle(Span(sentence.span.start, sentence.span.start + len(lead)), marks)
