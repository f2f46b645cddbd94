"""Cue and content: the constructions in which agency copy reports what somebody says."""

from __future__ import annotations

from collections.abc import Iterator

from parley.document import Marks, Sentence, Token
from parley.find.claims.according import according, reportedly
from parley.find.claims.clauses import (
    by_as,
    by_clause,
    by_comma,
    by_parenthesis,
    by_rest,
    coordinated_cue,
    turned,
)
from parley.find.claims.content import Frame, acts, edges, framed, settle
from parley.find.claims.nouns import acts_of_nouns, of_noun
from parley.find.claims.objects import by_blame, by_for, by_gerund, by_infinitive, by_naming, by_object, by_of
from parley.find.claims.quoted import by_colon, by_inversion, by_quote
from parley.mark.clause import subject
from parley.values import Span


def frames(sentence: Sentence, marks: Marks) -> Iterator[Frame]:
    """The reported contents of a sentence, in the order of their cues."""
    found = list(cued(sentence, marks))
    for other in (by_colon(sentence, marks), by_inversion(sentence, marks)):
        if other is not None and not any(f.content.overlaps(other.content) for f in found):
            found.append(other)
    yield from found


def cued(sentence: Sentence, marks: Marks) -> Iterator[Frame]:
    for token in sentence.tokens:
        if token.lower == "according":
            yield from according(token, marks)
        elif token.lower == "reportedly":
            yield from reportedly(token, marks)
        elif token.tag[:2] == "NN" and token.lemma in acts_of_nouns():
            named = of_noun(token, marks)
            if named is not None and len(named.content) > 1 and not anybody_s(named, marks):
                yield named
        elif token.tag[:2] == "VB" and token.lemma in acts():
            frame = of_verb(token, marks)
            if frame is not None and len(frame.content) > 1:
                yield frame


def of_verb(verb: Token, marks: Marks) -> Frame | None:
    if content := nobody_s(verb, marks):
        return Frame(content, verb.span, verb, None, acts()[verb.lemma], "claims.impersonal")
    if any(same_voice(c, verb) and of_verb(c, marks) is not None for c in verb.children):
        return None  # "said they hoped that …": one claim, by its inner cue
    speaker = speaker_of(verb.head if same_voice(verb, verb.head) else verb)
    speaker = undated(outside_quote(speaker, verb, marks), verb, marks)
    if speaker is None or impersonal(verb, speaker) or quoted_inside(verb, speaker, marks):
        return None
    for rule, content in contents(verb, speaker, marks):
        if content is not None:
            participle = verb.tag == "VBG" and verb.dep in ("advcl", "conj", "acl") and not verb.all("aux")
            name = "claims.participle" if participle and rule in ("claims.clause", "claims.quote") else rule
            act = "say" if rule == "claims.naming" else acts()[verb.lemma]  # "called it a crime" asks nobody
            return Frame(content, cue_span(verb), verb, speaker, act, name)
    return None


def contents(verb: Token, speaker: Token, marks: Marks) -> Iterator[tuple[str, Span | None]]:
    """What each construction, in this order, makes of the words around the cue."""
    for rule, around in AROUND:
        yield rule, around(verb, speaker, marks)
    for rule, behind in BEHIND:
        yield rule, behind(verb, marks)


AROUND = (
    ("claims.quote", by_quote),
    ("claims.parenthesis", by_parenthesis),
    ("claims.clause", by_clause),
    ("claims.clause", by_as),
    ("claims.clause", by_comma),
    ("claims.clause", by_rest),
)
BEHIND = (
    ("claims.of", by_of),
    ("claims.infinitive", by_infinitive),
    ("claims.gerund", by_gerund),
    ("claims.call_for", by_for),
    ("claims.blame", by_blame),
    ("claims.naming", by_naming),
    ("claims.object", by_object),
)


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


def undated(speaker: Token | None, verb: Token, marks: Marks) -> Token | None:
    """ "The group on Saturday condemned": the day that the parser took for a second subject is none."""
    if speaker is None or not any(t.span.overlaps(speaker.span) for t in marks.times):
        return speaker
    others = [c for c in verb.all("nsubj") if c is not speaker]
    return others[-1] if others else speaker


def anybody_s(frame: Frame, marks: Marks) -> bool:
    """ "our hope that …" within a quotation is no claim of its own."""
    speaker = frame.speaker
    inside = speaker is not None and any(q.span.covers(speaker.span) for q in marks.quotes)
    return inside and (speaker is None or speaker.tag in ("PRP", "PRP$") or marks.entity(speaker) is None)


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
    if verb.tag == "VBD" and verb.dep == "advcl" and not verb.child("nsubj", "mark"):
        return None  # "Asked who would sail, X smiled": somebody else asked
    outer = next((a for a in verb.ancestors() if a.lemma in acts() and goes_on(verb, a)), None)
    return subject(outer or verb) or (above(verb) if verb.tag == "VBG" and verb.dep == "pcomp" else None)


def above(verb: Token) -> Token | None:
    """ "apart from saying he was ill, Solon gave no reason": the subject of the sentence's own verb."""
    main = next((a for a in verb.ancestors() if a.tag in ("VBD", "VBZ", "VBP")), None)
    return subject(main) if main else None


def goes_on(verb: Token, above: Token) -> bool:
    """ "X said the pier had paid off, claiming that …", "said X must wait and pledged …": still the first cue's speaker."""
    return coordinated_cue(verb, above) or (
        turned(verb) and above.tag in ("VBD", "VBZ", "VBP") and told(above)
    )


def told(verb: Token) -> bool:
    return verb.child("ccomp") is not None and verb.lemma in framed("quoting")


def impersonal(verb: Token, speaker: Token) -> bool:
    """ "it is feared", a question's "who said", orders without a speaker, "asked if"."""
    if speaker.lower in ("it", "which", "what", "this", "there", "that", "you") and speaker.lower != "it":
        return True
    either = verb.dep == "conj" and any(c.lower == "or" for c in verb.head.all("cc"))
    if either and verb.head.child("neg"):
        return True  # "has never confirmed or denied"
    modal = [c for c in verb.children if (c.dep == "aux" and c.tag == "MD") or c.dep == "neg"]
    return (bool(modal) and not any(c.lower in ("would", "will") for c in modal)) or verb.dep == "amod"


STANCES = ("demand", "offer", "reject", "threaten")  # "Kenya used to demand …", though another tells it


def quoted_inside(verb: Token, speaker: Token, marks: Marks) -> bool:
    """ "they think", "people say" within somebody's quoted words is no claim of its own; "Kenya said", so quoted, is one."""
    if not any(q.span.start < verb.start < q.span.end for q in marks.quotes):
        return False
    named = marks.entity(speaker) is not None and speaker.tag not in ("PRP", "WP")
    act = acts()[verb.lemma]
    return not named or act == "believe" or (verb.tag not in ("VBD", "VBZ") and act not in STANCES)
