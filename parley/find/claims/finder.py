"""Claims from frames: sources, mode, channel, time; quotations that run on; claims within claims."""

from __future__ import annotations

import functools
from dataclasses import replace

from parley.document import Marks, Token
from parley.facts import Act, Claim, Evidence, Facts, Mode, Source
from parley.find.claims.content import Frame
from parley.find.claims.frames import frames
from parley.find.claims.sources import source_of
from parley.find.claims.turns import turns
from parley.lang import table
from parley.mark.clause import prepositional
from parley.values import Span

NEAR = 24  # claims on either side within which one can hold, repeat or share with another
ADDRESSEE = 60  # characters: "told the leaders of the rebels in Kelbarra on Friday he was ready"
NOBODY_S = ("claims.impersonal", "claims.reportedly")
SHORT = 3  # words: a quoted word or two in the agency's own sentence is no claim


def claims(marks: Marks, facts: Facts) -> Facts:
    """Every claim, in text order, ids c1, c2 …"""
    found: list[Claim] = []
    for sentence in marks.sentences:
        if marks.document.parts[sentence.part].kind == "prose":
            for frame in frames(sentence, marks):
                add(found, as_claim(frame, marks, found))
    found = running_on(found, marks)
    for frame in turns(marks):
        add(found, as_claim(frame, marks, []))
    found = [with_mates(c, found[max(0, i - NEAR) : i + NEAR], marks) for i, c in enumerate(found)]
    found = [replace(c, source=named_later(c, found[i + 1 : i + 2], marks)) for i, c in enumerate(found)]
    return replace(facts, claims=tuple(nested(numbered(found))))


def add(found: list[Claim], claim: Claim) -> None:
    """One content under one cue is one claim: a second reading of the same words is dropped."""
    if any(same(c, claim) for c in found[-NEAR:]):
        return
    found.append(claim)


def same(a: Claim, b: Claim) -> bool:
    if not a.span.overlaps(b.span):
        return False
    if a.span == b.span:
        return True
    return a.cue is not None and b.cue is not None and (a.span.covers(b.cue) and b.span.covers(a.cue))


def as_claim(frame: Frame, marks: Marks, before: list[Claim]) -> Claim:
    frame = without_time(frame, marks)
    last = before[-1].source if before else None
    goes_on = last if last and frame.rule not in NOBODY_S else Source("unnamed")
    source = source_of(frame.speaker, marks, last) if frame.speaker else goes_on
    source = still_it(frame, source, before)
    time, time_span = said_when(frame, marks)
    via, via_span = channel(frame, marks)
    evidence: Evidence = {"time": (time_span,)} if time_span else {}
    if via_span:
        evidence["via"] = (via_span,)
    if source.span:
        evidence["source"] = (source.span,)
    act: Act = frame.act  # type: ignore[assignment]
    return Claim(
        id="",
        span=frame.content,
        source=source,
        mode=mode(frame.content, marks),
        act=accusing(act, frame.content, marks),
        cue=frame.cue,
        told=addressee(frame, marks),
        via=via,
        time=time,
        rule=frame.rule,
        evidence=evidence,
    )


def still_it(frame: Frame, source: Source, before: list[Claim]) -> Source:
    """ "…, it said" goes on with the body that spoke last, whatever it spoke of in between."""
    speaker = frame.speaker
    if speaker is None or speaker.lower != "it":
        return source
    if before and before[-1].source.span == source.span:
        return before[-1].source  # "it said, adding …"
    if frame.content.end > speaker.start:
        return source
    last = next((c.source for c in reversed(before) if c.span.end <= frame.content.start), None)
    if last is None or last.kind == "unnamed":
        return source
    kind = "body" if last.kind == "person" else last.kind
    return replace(source, kind=kind, entity=last.entity, affiliation=last.affiliation)


def without_time(frame: Frame, marks: Marks) -> Frame:
    """ "said on Tuesday it was ready": the day right behind the cue is that of the saying."""
    start = frame.content.start
    if frame.cue is None or not 0 <= start - frame.cue.end <= ADDRESSEE:
        return frame
    if set(marks.text[frame.cue.end : start]) & set(',.;:“”"'):
        return frame
    time = next((t for t in marks.times if t.span.start >= start), None)
    if time is None or time.type not in ("DATE", "TIME"):
        return frame
    between = marks.text[start : time.span.start].strip().lower()
    rest = marks.text[time.span.end : frame.content.end]
    cut = len(rest) - len(rest.lstrip(" ,"))
    if between not in ("", "on", "late", "early", "late on", "early on") or not cut or len(rest) == cut:
        return frame
    return replace(frame, content=Span(time.span.end + cut, frame.content.end))


def accusing(act: Act, content: Span, marks: Marks) -> Act:
    """ "that all responsibility lies with X" accuses, whatever the verb."""
    words = content.of(marks.text).lower()
    blames = (
        "responsibility lies with",
        "is responsible for",
        "was responsible for",
        "was also responsible for",
        "is to blame",
        "are to blame",
        "was to blame",
        "are responsible for",
        "were responsible for",
    )
    return "accuse" if act == "say" and any(b in words for b in blames) else act


def mode(content: Span, marks: Marks) -> Mode:
    quoted = [q.span for q in marks.quotes if q.span.overlaps(content)]
    inside = sum(min(q.end, content.end) - max(q.start, content.start) for q in quoted)
    if not inside:
        return "indirect"
    return "direct" if inside >= len(content) - 2 * max(1, len(quoted)) else "mixed"


def addressee(frame: Frame, marks: Marks) -> str | None:
    verb = frame.verb
    if verb is None or verb.lemma not in (
        "tell",
        "inform",
        "order",
        "urge",
        "ask",
        "brief",
        "assure",
        "warn",
    ):
        return None
    whom = verb.child("dobj", "dative")
    if whom is None or frame.content.covers(whom.span) or whom.tag == "CD":
        return None
    before = [t for c in whom.children if c.i < whom.i for t in c.subtree()]
    start = min([whom.start, *(t.start for t in before if t.dep != "det")])
    return marks.text[start : whom.end]


@functools.cache
def channels() -> frozenset[str]:
    return frozenset(table("claims")["via"]["nouns"])


def channel(frame: Frame, marks: Marks) -> tuple[str | None, Span | None]:
    """ "in a statement", "by telephone", "the statement said": the noun, and its words."""
    if frame.speaker is not None and frame.speaker.lower in ("statement", "communique"):
        return "statement", frame.speaker.span
    if frame.verb is None:
        return None, None
    top = frame.verb.head if frame.verb.dep in ("conj", "advcl") else frame.verb
    for noun in [*prepositional(frame.verb, *VIA), *prepositional(top, *VIA)]:
        if noun.lower in channels() and not frame.content.covers(noun.span):
            kind = [c.text for c in noun.children if c.lower in ("press", "news", "telephone")]
            return " ".join([*kind, noun.text]), noun.span
    return None, None


VIA = ("in", "at", "by", "on", "during", "via", "through", "over")


def said_when(frame: Frame, marks: Marks) -> tuple[str | None, Span | None]:
    """An expression of time in the sentence, outside every content, beside the cue."""
    if frame.cue is None or frame.verb is None:
        return None, None
    sentence = frame.verb.sentence.span
    near = [t for t in marks.times if sentence.covers(t.span) and not frame.content.overlaps(t.span)]
    near = [
        t for t in near if t.type in ("DATE", "TIME") and hangs_on(t.span, frame.verb, frame.speaker, marks)
    ]
    values = {t.value for t in near if t.value and t.value[0].isdigit()}
    return (values.pop(), near[0].span) if len(values) == 1 else (None, None)


def hangs_on(time: Span, verb: Token, speaker: Token | None, marks: Marks) -> bool:
    """The time belongs to the saying if it stands within a few words of source and cue."""
    from_here = [t for t in verb.sentence.tokens if time.start <= t.start < time.end]
    if not from_here:
        return False
    above = {a.i for t in from_here for a in t.ancestors()}
    if verb.i in above and not any(c.i in above for c in verb.all("ccomp", "xcomp", "advcl", "relcl")):
        return True
    return abs(time.start - verb.end) <= 4 or abs(verb.start - time.end) <= 4


def named_later(claim: Claim, after: list[Claim], marks: Marks) -> Source:
    """ "A commander said …. Omar Solon told …": one described first and named a sentence later is that person."""
    source = claim.source
    if source.kind != "unnamed" or source.span is None or not after or source.anonymity:
        return source
    words = marks.inside(source.span)
    if words[0].lower not in ("a", "an") or {w.lower for w in words} & table_words("stay_unnamed"):
        return source
    person = next((e for e in marks.entities if e.id == after[0].source.entity and e.kind == "person"), None)
    if person is None or person.mentions[0].start < claim.span.end or person.mentions[0] < source.span:
        return source
    sentences = {t.sentence.i for m in (source.span, person.mentions[0]) for t in marks.inside(m)[:1]}
    near = max(sentences) - min(sentences) <= 2
    return replace(source, kind="person", entity=person.id, affiliation=None) if near else source


@functools.cache
def table_words(name: str) -> frozenset[str]:
    return frozenset(table("claims")["sources"][name])


def with_mates(claim: Claim, near: list[Claim], marks: Marks) -> Claim:
    """What the first cue of a sentence tells of time and channel holds for its later cues."""
    mates = same_breath(claim, near, marks)
    times, vias = {c.time for c in mates if c.time}, {c.via for c in mates if c.via}
    return replace(
        claim,
        time=claim.time or (times.pop() if len(times) == 1 else None),
        via=claim.via or (vias.pop() if len(vias) == 1 else None),
    )


def same_breath(claim: Claim, found: list[Claim], marks: Marks) -> list[Claim]:
    """The claims of the same source whose cue stands before this one's in the same sentence."""
    if claim.cue is None:
        return []
    words = marks.inside(claim.cue)
    sentence = words[0].sentence.span if words else None
    mates = [
        c for c in found if sentence and c.cue and sentence.covers(c.cue) and c.cue.start < claim.cue.start
    ]
    return [c for c in mates if c.source.entity == claim.source.entity]


# ── quotations that run on ───────────────────────────────────────────────────────────────────────


def running_on(found: list[Claim], marks: Marks) -> list[Claim]:
    """Quotations without a cue of their own: the claim before goes on, or starts a new paragraph."""
    found = sorted(found, key=lambda c: (c.span.start, -c.span.end))
    for quote in marks.quotes:
        if len(quote.span.of(marks.text).split()) <= SHORT or any(spoken_for(quote.span, c) for c in found):
            continue
        if not stands_alone(quote.span, marks):
            continue
        before = [c for c in found if c.span.end <= quote.span.start]
        if not before:
            continue
        last = before[-1]
        here = part_of(quote.span, marks) - part_of(last.span, marks)
        if here == 0 and last.mode != "indirect" and near(last, quote.span, marks):
            grown = replace(last, span=last.span.to(quote.span))
            found[found.index(last)] = replace(
                grown, mode=mode_of_grown(last, marks), rule="claims.running_on"
            )
        elif here == 0 or (here == 1 and last.mode != "indirect"):
            found.append(uncued(quote.span, last.source, same_part=here == 0))
            found.sort(key=lambda c: (c.span.start, -c.span.end))
    return found


def near(claim: Claim, quote: Span, marks: Marks) -> bool:
    """One content round "X said": not where the agency's own words between outweigh it, or make a sentence of their own."""
    between = Span(claim.span.end, quote.start)
    if len(between) > len(claim.span) + len(quote):
        return False
    own = [t.sentence.span for t in marks.inside(between) if t.dep == "ROOT"]
    return not any(between.covers(s) and not (claim.cue and s.covers(claim.cue)) for s in own)


def spoken_for(quote: Span, claim: Claim) -> bool:
    """A claim holds the quotation, or part of it; one told inside it does not."""
    return claim.span.overlaps(quote) and not (quote.covers(claim.span) and quote != claim.span)


def uncued(span: Span, source: Source, *, same_part: bool) -> Claim:
    """A quotation that goes on after what was attributed: the same source, no cue of its own."""
    known = source if same_part else replace(source, span=None, anonymity=None)
    return Claim("", span, known, "direct", "say", rule="claims.running_on")


def mode_of_grown(claim: Claim, marks: Marks) -> Mode:
    return "direct" if claim.mode == "direct" else "mixed"


def stands_alone(quote: Span, marks: Marks) -> bool:
    """The quotation is made of whole sentences, with nothing around it in them."""
    touched = [s.span for s in marks.sentences if s.span.overlaps(quote)]
    outside = "".join(
        marks.text[s.start : max(s.start, quote.start)] + marks.text[quote.end : s.end] for s in touched
    )
    return bool(touched) and not outside.strip(' .,\n"”“')


def part_of(span: Span, marks: Marks) -> int:
    return next((i for i, p in enumerate(marks.document.parts) if p.span.overlaps(span)), -1)


def numbered(found: list[Claim]) -> list[Claim]:
    ordered = sorted(found, key=lambda c: (c.span.start, -c.span.end))
    return [replace(c, id=f"c{n}") for n, c in enumerate(ordered, 1)]


def nested(found: list[Claim]) -> list[Claim]:
    """A claim inside another's content is made within it."""
    return [replace(c, within=outer(c, found[max(0, i - NEAR) : i])) for i, c in enumerate(found)]


def outer(claim: Claim, found: list[Claim]) -> str | None:
    around = [
        c
        for c in found
        if c is not claim and claim.cue and c.span.covers(claim.cue) and c.span.covers(claim.span)
    ]
    around = [c for c in around if c.source.entity is None or c.source.entity != claim.source.entity]
    return min(around, key=lambda c: len(c.span)).id if around else None
