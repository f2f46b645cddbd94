"""Cue and content: the constructions in which agency copy reports what somebody says."""

from __future__ import annotations

from collections.abc import Iterator

from parley.document import Marks, Sentence, Token
from parley.find.claims.according import according
from parley.find.claims.content import Frame, acts, cluster, edges, framed, left_edge, settle
from parley.find.claims.nouns import acts_of_nouns, of_noun
from parley.find.claims.quoted import by_quote
from parley.mark.clause import subject
from parley.values import Span

CHANNELS = ("in", "during", "at", "on", "after", "following", "before")  # "said during a visit that …"


def frames(sentence: Sentence, marks: Marks) -> Iterator[Frame]:
    """The reported contents of a sentence, in the order of their cues."""
    for token in sentence.tokens:
        if token.lower in ("according", "accordance"):
            yield from according(token, marks)
        elif token.tag[:2] == "NN" and token.lemma in acts_of_nouns():
            named = of_noun(token, marks)
            if named is not None and len(named.content) > 1:
                yield named
        elif token.tag[:2] == "VB" and token.lemma in acts():
            frame = of_verb(token, marks)
            if frame is not None and len(frame.content) > 1:
                yield frame


def of_verb(verb: Token, marks: Marks) -> Frame | None:
    if content := nobody_s(verb, marks):
        return Frame(content, verb.span, verb, None, acts()[verb.lemma], "claims.impersonal")
    if any(same_voice(c, verb) for c in verb.children):
        return None  # "said they hoped that …": one claim, by its inner cue
    speaker = outside_quote(speaker_of(verb.head if same_voice(verb, verb.head) else verb), verb, marks)
    if speaker is None or impersonal(verb, speaker) or quoted_inside(verb, speaker, marks):
        return None
    for rule, content in (
        ("claims.quote", by_quote(verb, speaker, marks)),
        ("claims.clause", by_clause(verb, speaker, marks)),
        ("claims.parenthesis", by_parenthesis(verb, speaker, marks)),
        ("claims.clause", by_comma(verb, speaker, marks)),
        ("claims.of", by_of(verb, marks)),
        ("claims.infinitive", by_infinitive(verb, marks)),
        ("claims.call_for", by_for(verb, marks)),
        ("claims.blame", by_blame(verb, marks)),
        ("claims.naming", by_naming(verb, marks)),
        ("claims.object", by_object(verb, marks)),
    ):
        if content is not None:
            participle = verb.tag == "VBG" and verb.dep in ("advcl", "conj", "acl") and not verb.all("aux")
            name = "claims.participle" if participle and rule in ("claims.clause", "claims.quote") else rule
            return Frame(content, cue_span(verb), verb, speaker, acts()[verb.lemma], name)
    return None


def nobody_s(verb: Token, marks: Marks) -> Span | None:
    """The content of "it was reported that …", which no source answers for."""
    subject_ = verb.child("nsubjpass")
    clause = verb.child("ccomp")
    if subject_ is None or subject_.lower != "it" or clause is None or verb.lemma not in framed("impersonal"):
        return None
    return settle(edges(clause.subtree()), marks)


def outside_quote(speaker: Token | None, verb: Token, marks: Marks) -> Token | None:
    """The subject behind the cue where the parser also took one out of the quotation: '"… mode," said X'."""
    if speaker is None or not any(q.span.covers(speaker.span) for q in marks.quotes):
        return speaker
    if any(q.span.covers(verb.span) for q in marks.quotes):
        return speaker
    return next((c for c in verb.all("nsubj") if c.i > verb.i), speaker)


def same_voice(verb: Token, above: Token) -> bool:
    """ "said they hoped": the belief is the speaker's own, told by himself."""
    own = verb.child("nsubj")
    return (
        verb.dep == "ccomp"
        and verb.head is above
        and verb.i > above.i
        and acts().get(verb.lemma) == "believe"
        and above.lemma in framed("voiced")
        and own is not None
        and own.lower in ("he", "she", "it", "they")
        and not verb.all("neg")
    )


def cue_span(verb: Token) -> Span:
    """ "was quoted as saying" is one cue."""
    if verb.dep == "pcomp" and verb.head.head.lemma in ("quote", "cite"):
        top = verb.head.head
        start = min((c.start for c in top.all("auxpass", "aux")), default=top.start)
        return Span(start, verb.end)
    return verb.span


def speaker_of(verb: Token) -> Token | None:
    """The head of the source phrase: subject, the agent of a passive, or whoever "was quoted as saying"."""
    if verb.dep == "pcomp" and verb.head.head.lemma in ("quote", "cite", "report"):
        return subject(verb.head.head)
    if verb.child("nsubjpass", "auxpass") is not None:
        by = verb.child("agent")
        return by.child("pobj") if by is not None else None
    if verb.tag == "VBN" and not verb.all("aux"):
        return None
    outer = next((a for a in verb.ancestors() if a.lemma in acts() and coordinated_cue(verb, a)), None)
    return subject(outer or verb)


def impersonal(verb: Token, speaker: Token) -> bool:
    """ "it is feared", a question's "who said", orders without a speaker, "asked if"."""
    if speaker.lower in ("it", "which", "what", "this", "there", "that", "you") and speaker.lower != "it":
        return True
    modal = [c for c in verb.children if c.tag == "MD" or c.dep == "neg"]
    return (bool(modal) and not any(c.lower in ("would", "will") for c in modal)) or verb.dep == "amod"


def quoted_inside(verb: Token, speaker: Token, marks: Marks) -> bool:
    """ "I think", "we hope" within somebody's quoted words are no claim of their own."""
    inside = any(q.span.start < verb.start < q.span.end for q in marks.quotes)
    return inside and speaker.tag == "PRP" and speaker.lower in ("i", "we", "you")


# ── where the content stands ─────────────────────────────────────────────────────────────────────


def by_clause(verb: Token, speaker: Token, marks: Marks) -> Span | None:
    clauses = [c for c in verb.children if c.dep in ("ccomp", "parataxis") and c is not speaker]
    clause = next((c for c in clauses if right_behind(verb, c)), clauses[0] if clauses else None)
    clause = clause or behind_channel(verb) or behind_circumstance(verb)
    if clause is None or (
        verb.lemma in framed("reporting_only") and clause.i < verb.i and verb.lemma not in ("note", "write")
    ):
        return None
    core = cluster(verb, speaker)
    inside = [t for t in clause.subtree() if t.dep != "punct" or t.start > clause.sentence.span.start]
    if clause.dep == "advcl":
        inside = [t for t in inside if t.i >= left_edge(clause.all("nsubj", "nsubjpass")[0]).i]
    before = [t for t in inside if t.end <= core.start]
    after = [t for t in inside if t.start >= core.end]
    if clause.i < verb.i and before:
        tail = after if after and clause_continues(core, after, marks) else []
        return settle(Span(before[0].start, (tail or before)[-1].end), marks)
    if clause.i > verb.i and after:
        return settle(Span(after[0].start, until_next_cue(verb, after)), marks)
    return None


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
    """Where ", adding that …" or ", but said …" begins, the content is over."""
    for token in after:
        if coordinated_cue(token, verb):
            return previous(token).start if previous(token).dep in ("cc", "punct") else token.start
        if token.lemma in acts() and token.tag == "VBG" and token.dep == "advcl" and previous_is_comma(token):
            if any(c.dep == "ccomp" for c in token.children):
                return previous(token).start if previous(token) else token.start
    return after[-1].end


def coordinated_cue(token: Token, verb: Token) -> bool:
    """ "said that X must wait and pledged that …": past beside a modal, so the speaker's own second cue."""
    if token.dep != "conj" or token.tag != "VBD" or verb.tag != "VBD" or token.lemma not in acts():
        return False
    if token.child("nsubj", "nsubjpass") or not token.child("ccomp", "xcomp"):
        return False
    return token.head.tag != "VBD" and (
        token.head.tag == "VBG" or token.head.child("aux") is not None or token.head.tag == "VBZ"
    )


def previous(token: Token) -> Token:
    tokens = token.sentence.tokens
    return tokens[max(0, token.i - tokens[0].i - 1)]


def previous_is_comma(token: Token) -> bool:
    return previous(token).text == ","


def by_parenthesis(verb: Token, speaker: Token, marks: Marks) -> Span | None:
    """ "The museum, X said, celebrated …": the sentence around source and cue."""
    if (
        verb.dep not in ("parataxis", "ccomp", "advcl")
        or verb.lemma not in framed("quoting")
        or verb.all("ccomp")
    ):
        return None
    sentence, core = verb.sentence.span, cluster(verb, speaker)
    if verb.dep == "parataxis":  # "he told me on Friday", whole
        core = core.to(edges([t for t in verb.subtree() if t.dep != "punct"]))
    before, behind = marks.text[sentence.start : core.start].rstrip(), marks.text[core.end : sentence.end]
    if not before.endswith(",") or not behind.startswith(",") or len(behind.split()) < 2:
        return None
    return settle(sentence, marks)


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
    if verb.dep not in ("ROOT", "parataxis", "ccomp", "conj", "relcl", "advcl", "dep"):
        return None
    return settle(Span(sentence.span.start, sentence.span.start + len(lead)), marks)


def by_of(verb: Token, marks: Marks) -> Span | None:
    if verb.lemma not in framed("of"):
        return None
    of = next((c for c in verb.all("prep") if c.lower in ("of", "against")), None)
    of = of or next((c for o in verb.all("dobj") for c in o.all("prep") if c.lower == "of"), None)
    later = [t for t in verb.sentence.tokens if t.i > verb.i and t.lower == "of" and t.child("pcomp")]
    content = (
        of.child("pcomp", "pobj")
        if of
        else later[0].child("pcomp")
        if later and verb.lemma == "accuse"
        else None
    )
    return settle(edges(content.subtree()), marks) if content else None


def by_infinitive(verb: Token, marks: Marks) -> Span | None:
    if verb.lemma not in framed("infinitive"):
        return None
    infinitive = next(
        (
            c
            for c in verb.all("xcomp", "ccomp", "advcl")
            if c.i > verb.i and any(x.lower == "to" for x in c.children)
        ),
        None,
    )
    if infinitive is None or verb.lemma == "agree" or verb.dep == "relcl":
        return None
    start = next(x for x in infinitive.children if x.lower == "to")
    inside = [t for t in infinitive.subtree() if t.i >= start.i]
    return settle(edges(inside), marks)


def by_for(verb: Token, marks: Marks) -> Span | None:
    if verb.lemma not in framed("for"):
        return None
    preposition = next((c for c in verb.all("prep") if c.lower in ("for", "on")), None)
    wanted = preposition.child("pobj") if preposition and preposition.lower == "for" else None
    return settle(edges(wanted.subtree()), marks) if wanted else None


def by_blame(verb: Token, marks: Marks) -> Span | None:
    """ "blamed X for Y": X and Y are what is claimed."""
    target = verb.child("dobj") if verb.lemma == "blame" else None
    if target is None:
        return None
    inside = target.subtree() + [t for c in verb.all("prep") if c.lower in ("for", "on") for t in c.subtree()]
    return settle(edges(sorted(inside, key=lambda t: t.i)), marks)


def by_naming(verb: Token, marks: Marks) -> Span | None:
    """ "called the raid 'a crime'": what is named and its name."""
    if verb.lemma not in framed("naming") or any(c.lower in ("on", "for") for c in verb.all("prep")):
        return None
    behind = [c for c in verb.all("dobj", "oprd", "ccomp", "xcomp", "attr", "acomp") if c.i > verb.i]
    small = [c for c in behind if c.dep == "ccomp" and not c.all("aux", "mark")]
    if len(behind) < 2 and not small:
        return None
    inside = sorted((t for c in behind for t in c.subtree()), key=lambda t: t.i)
    return settle(edges(inside), marks)


def mere_name(target: Token) -> bool:
    """ "criticized X": whom, and nothing of what was said."""
    return target.tag in ("NNP", "NNPS") and not target.child("prep", "relcl", "acl", "poss")


def by_object(verb: Token, marks: Marks) -> Span | None:
    if verb.lemma not in framed("object") or verb.all("ccomp") or verb.dep == "relcl":
        return None
    target = verb.child("dobj")
    if target is None or target.tag in ("PRP", "WP", "WDT"):
        return None
    if mere_name(target):
        reasons = [c for c in verb.all("prep") if c.lower == "for" and c.i > target.i]
        return (
            settle(Span(left_edge(target).start, edges(reasons[0].subtree()).end), marks) if reasons else None
        )
    if target.lower in ("that", "this") or of_noun(target, marks) is not None:
        return None
    if verb.lemma == "claim" and target.lemma not in ("responsibility", "credit", "victory"):
        return None
    span = settle(edges(target.subtree()), marks)
    behalf = span.of(marks.text).find(" on behalf of ")
    return Span(span.start, span.start + behalf) if behalf > 0 else span
