"""Where and when: the place and the day of the clause that counts, or of the act that it refers back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.document import Entity, Marks, Sentence, Time, Token
from parley.facts import Count
from parley.find.counts.beside import State
from parley.find.counts.counted import Counted
from parley.find.counts.rules import listed, rule_of
from parley.mark.gazetteer import demonyms, word_set
from parley.values import Span

Found = tuple[str, tuple[Span, ...]]
LASTING = ("dead", "wounded", "held", "missing", "detained", "displaced")
BACK = 6  # sentences


# ── when ─────────────────────────────────────────────────────────────────────────────────────────


def time_of(counted: Counted, state: State, marks: Marks, found: Sequence[Count]) -> Found | None:
    sentence = counted.token.sentence
    usable = [
        t
        for t in marks.times
        if sentence.span.covers(t.span)
        and points(t)
        and not of_speech(t, sentence, marks)
        and not again(t, marks)
    ]
    for scope in scopes(state.word, counted):
        near = [t for t in usable if hangs(t, scope, sentence)]
        if near:
            return agreed(near)
    return (
        at_the_moment(state, counted, usable)
        or shared_day(state.word, usable)
        or told_before(counted, state, marks, found, "time")
        or as_of(state, marks)
    )


def agreed(near: Sequence[Time]) -> Found | None:
    """What the expressions have in common: "at 9:05 on Tuesday" is one time, "on Monday … on Friday" is none."""
    closest = max(near, key=lambda t: len(str(t.value)))
    one = all(t.value in (closest.value, str(closest.value)[:10]) for t in near)
    return (str(closest.value), (closest.span,)) if one else None


def at_the_moment(state: State, counted: Counted, usable: Sequence[Time]) -> Found | None:
    """ "were killed when a bomb went off on Tuesday": the clause of the moment gives its day."""
    for scope in scopes(state.word, counted):
        for clause in moments(scope):
            near = [t for t in usable if hangs(t, clause, clause.sentence)]
            if near:
                return agreed(near)
    return None


def shared_day(verb: Token, usable: Sequence[Time]) -> Found | None:
    """ "One was killed and two were hurt in a crash on Friday": the day of the verb joined to this one."""
    for other in verb.all("conj") if verb.tag[:2] == "VB" else ():
        below = [t for t in usable if hangs(t, other, other.sentence)]
        below += [t for m in moments(other) for t in usable if hangs(t, m, m.sentence)]
        if below and harms(other):
            return agreed(below)
    return None


def harms(verb: Token) -> bool:
    return rule_of("object", verb.lemma, ()) is not None or rule_of("word", verb.lower, ()) is not None


def moments(verb: Token, *words: str) -> list[Token]:
    """The clauses of when it was."""
    led_by = words or ("when",)
    return [c for c in verb.all("advcl") if any(w.lower in led_by for w in c.children)]


def points(time: Time) -> bool:
    return time.type in ("DATE", "TIME") and bool(time.value) and not str(time.value).endswith("_REF")


def again(time: Time, marks: Marks) -> bool:
    """ "at 7:10 a.m. (0410 GMT)": the same moment by another clock."""
    return marks.text[max(0, time.span.start - 1) : time.span.start] == "("


def of_speech(time: Time, sentence: Sentence, marks: Marks) -> bool:
    """ "… , officials said Monday" dates the saying; "since 1989" dates nothing."""
    words = [t for t in sentence.tokens if t.end <= time.span.start]
    while words and words[-1].lower in listed("between_saying"):
        words.pop()
    inside = [t for t in sentence.tokens if time.span.overlaps(t.span)]
    before = next((t for t in reversed(sentence.tokens) if t.end <= time.span.start), None)
    if before is not None and before.lower in listed("open_ended"):
        return True
    if words and words[-1].lemma in listed("saying"):
        return True
    return any(holder(t).lemma in listed("saying") for t in inside[:1])


def holder(token: Token) -> Token:
    """What an expression of time hangs from, through its own words and prepositions."""
    above = token.head
    while above.head is not above and (above.tag in ("IN", "CD") or above.text[:1].isdigit()):
        above = above.head
    return above


def anchor(token: Token) -> Token:
    """The verb that a word hangs from."""
    return next((a for a in token.ancestors() if a.tag[:2] in ("VB", "MD")), token.sentence.root)


def scopes(word: Token, counted: Counted) -> Iterator[Token]:
    """The cue, then the clauses that it is part of, up to what is said by somebody or of a noun."""
    seen: list[Token] = []
    for start in (word, counted.token):
        for above in (start, *start.ancestors()):
            said = above.lemma in listed("saying") and above is not word
            if above not in seen and not said and wide(above, word):
                seen.append(above)
                yield above
            if above.dep == "relcl" and not any(c.lower == "to" for c in above.all("aux")):
                yield above.head
                return
            if above.dep == "ccomp" and above.head.lemma in listed("saying"):
                return


def wide(token: Token, word: Token) -> bool:
    return token is word or token.tag[:2] == "VB" or token.tag[:1] == "N" or token.head is token


def hangs(time: Time, scope: Token, sentence: Sentence) -> bool:
    """The expression stands below the word: no other finite clause between, and no "after the attack in"."""
    first = next((t for t in sentence.tokens if t.start >= time.span.start), None)
    if first is None:
        return False
    for above in (first, *first.ancestors()):
        if above is scope:
            return True
        if above.dep in ("relcl", "ccomp", "advcl") and above is not first and above.tag != "VBG":
            return False
        if above.tag == "IN" and above.dep != "agent" and above.lower in listed("open_ended"):
            return False
    return False


def as_of(state: State, marks: Marks) -> Found | None:
    """What is, is so on the day of the dispatch: "129 hostages remain", "with 300 dead"."""
    published = marks.document.published
    verb = state.word if state.word.tag[:2] == "VB" else anchor(state.word)
    lasting = state.rule.status in LASTING and (present(verb) or standing(state))
    if published is None or not lasting:
        return None
    dated = marks.document.dates[:1] or ((marks.document.dateline.span,) if marks.document.dateline else ())
    return published[:10], tuple(dated)


def present(verb: Token) -> bool:
    helpers = [c for c in verb.children if c.dep in ("aux", "auxpass")]
    if helpers and helpers[0].lower == "to":
        return verb.dep == "xcomp" and present(verb.head)
    if helpers:
        return helpers[0].tag in ("VBZ", "VBP") and helpers[0].lemma == "be"
    return (
        verb.tag in ("VBZ", "VBP")
        and verb.child("attr") is None
        and verb.lemma in ("remain", "be", "hold", "stay", "languish", "keep")
    )


def standing(state: State) -> bool:
    """ "…, with more than 300 dead": a toll without a verb, as it stands."""
    words = state.word.sentence.tokens
    before = [t.lower for t in words if state.word.i - 12 <= t.i < state.word.i]
    return (
        state.rule.cue == "word"
        and "with" in before
        and state.word.tag in ("JJ", "VBN")
        and state.word.child("aux", "auxpass") is None
    )


# ── where ────────────────────────────────────────────────────────────────────────────────────────


def place_of(counted: Counted, state: State, marks: Marks, found: Sequence[Count]) -> Found | None:
    """In the clause that counts; else "here", the act referred to, the only place of the sentence."""
    sentence = counted.token.sentence
    for scope in scopes(state.word, counted):
        entity = place_in(scope, marks) if scope.tag[:1] == "N" and scope.child("relcl") else None
        if entity or (entity := below(scope, counted, marks)):
            return entity
        if inside := next((p for m in moments(scope) if (p := below(m, counted, marks))), None):
            return inside
        if scope.tag[:2] == "VB" and scope.dep == "ccomp" and scope.head.lemma in listed("saying"):
            break
    return (
        here(sentence, marks)
        or told_before(counted, state, marks, found, "place")
        or only(sentence, state, marks, found)
    )


def only(sentence: Sentence, state: State, marks: Marks, found: Sequence[Count]) -> Found | None:
    """The one place of the sentence; where it names none, that of the count before in it."""
    aside = any(a.dep == "relcl" for a in (state.word, *state.word.ancestors()))
    named = (
        []
        if aside
        else [
            p
            for t in sentence.tokens
            if t.dep == "pobj"
            and at_place(t)
            and anchor(t).lemma not in listed("saying")
            and (p := place_in(t, marks))
        ]
    )
    if named:
        return named[0] if len({p[0] for p in named}) == 1 else None
    before = [c for c in found if sentence.span.covers(c.span) and c.place]
    return (before[-1].place or "", before[-1].evidence["place"]) if before else None


def at_place(token: Token) -> bool:
    return token.head.lower in listed("placing") and token.head.lower not in (
        "from",
        "against",
        "into",
        "over",
    )


def below(scope: Token, counted: Counted, marks: Marks) -> Found | None:
    """The nearest place behind a preposition of place, below the word but in no clause of its own."""
    queue = list(scope.children)
    while queue:
        item = queue.pop(0)
        if item.dep == "pobj" and item.head.lower in listed("placing") and (found := place_in(item, marks)):
            return found
        if item.dep in ("dobj", "pobj") and item.lower in listed("acts") and (found := place_in(item, marks)):
            return found
        told = item.dep != "pobj" or item.head.lower in ("in", "during", "by", "from")
        if told and item.lower in word_set("place_acts") and (found := attacked(item, marks)):
            return found
        if item.tag not in ("VBD", "VBZ", "VBP") and item.dep not in ("relcl", "ccomp", "appos"):
            queue.extend(item.children)
    return None


def attacked(act: Token, marks: Marks) -> Found | None:
    """ "the shelling of Kelbarra"."""
    inside = [p for c in act.all("prep") if c.lower == "of" for p in c.all("pobj")]
    return next((found for p in inside if (found := place_in(p, marks))), None)


def place_in(token: Token, marks: Marks) -> Found | None:
    """ "in Kelbarra", "in the province of Kelbarra", "on Kenyan soil"."""
    entity = placed_entity(token, marks)
    if entity is not None:
        return entity.id, (token.span,)
    if token.lower in word_set("place_heads") or token.lower in listed("place_parts"):
        inside = [p for c in token.all("prep") if c.lower in ("of", "in") for p in c.all("pobj")]
        for word in (*inside, *token.all("appos", "compound", "nmod")):
            if (entity := placed_entity(word, marks)) is not None:
                return entity.id, (word.span,)
    if token.lower in listed("soil"):
        return of_demonym(token, marks)
    return None


def placed_entity(token: Token, marks: Marks) -> Entity | None:
    entity = marks.entity(token)
    return entity if entity is not None and entity.kind in ("place", "state") else None


def of_demonym(token: Token, marks: Marks) -> Found | None:
    for word in token.children:
        iso = demonyms().get(word.lower)
        state = next((e for e in marks.entities if iso and e.kind == "state" and e.country == iso), None)
        if state is not None:
            return state.id, (word.span,)
    return None


def here(sentence: Sentence, marks: Marks) -> Found | None:
    """ "here" is where the dispatch comes from."""
    word = next((t for t in sentence.tokens if t.lower == "here" and t.tag == "RB"), None)
    line = marks.document.dateline
    if word is None or line is None or line.place is None:
        return None
    names = [
        e for e in marks.entities if e.kind in ("place", "state") and e.name.lower() == line.place.lower()
    ]
    return (names[0].id, (word.span,)) if names else None


# ── the act referred to ──────────────────────────────────────────────────────────────────────────


def told_before(
    counted: Counted, state: State, marks: Marks, found: Sequence[Count], field: str
) -> Found | None:
    """ "died in the assault", "the attack forced …": as when and where that act was told."""
    act = definite_act(state, counted)
    if act is None:
        return None
    sentence = counted.token.sentence
    earlier = marks.sentences[max(0, sentence.i - BACK) : sentence.i]
    same = [s for s in earlier if act.lemma in {t.lemma for t in s.tokens}]
    for other in (*reversed(same), *earlier[-1:]):
        counts = [c for c in found if other.span.covers(c.span) and c.part_of is None]
        told = [c for c in counts if of_act(c, act, other)] or counts
        values = {v: c for c in told if (v := getattr(c, field))}
        if len(values) == 1:
            value, count = values.popitem()
            return value, (act.span, *count.evidence.get(field, ()))
    return by_the_act(act, counted, marks, field)


def by_the_act(act: Token, counted: Counted, marks: Marks, field: str) -> Found | None:
    """ "the assault" where it was first told of: "an assault on the port on Tuesday"."""
    if field == "by":
        return None
    found: dict[str, Found] = {}
    for token in marks.tokens[: counted.token.sentence.tokens[0].i]:
        if token.lemma == act.lemma and token.tag[:1] == "N":
            told = below(token, counted, marks) if field == "place" else day_of(token, marks)
            if told is not None:
                found.setdefault(told[0], told)
    return next(iter(found.values())) if len(found) == 1 else None


def day_of(act: Token, marks: Marks) -> Found | None:
    sentence = act.sentence
    near = [t for t in marks.times if sentence.span.covers(t.span) and points(t) and hangs(t, act, sentence)]
    return agreed(near) if near else None


def attacker(counted: Counted, state: State, marks: Marks, found: Sequence[Count]) -> Found | None:
    """ "The attack forced 2,000 villagers to flee": who had attacked. The fallen fighters may be the attacker's own."""
    act = definite_act(state, counted)
    one_sided = act is not None and act.lemma in listed("one_sided")
    civil = counted.people and counted.noun is not None and counted.noun.lower not in listed("movers")
    harmed = state.rule.status in ("dead", "wounded", "displaced", "kidnapped")
    return told_before(counted, state, marks, found, "by") if one_sided and civil and harmed else None


def of_act(count: Count, act: Token, sentence: Sentence) -> bool:
    """The count's own clause names the act: "kidnapped … during its attack"."""
    named = [t for t in sentence.tokens if t.lemma == act.lemma]
    status = count.evidence["status"]
    return any(a.span in status for t in named for a in (t, *t.ancestors()))


def definite_act(state: State, counted: Counted) -> Token | None:
    """The act of force with "the" in the clause that counts: its subject, or behind "in", "during", "after"."""
    for scope in scopes(state.word, counted):
        near = [scope, *(c for c in scope.children if c.dep in ("nsubj", "nsubjpass"))]
        near += [p for c in scope.all("prep", "agent") if c.i > scope.i for p in c.all("pobj")]
        for token in near:
            if token.lemma in listed("episodes") and definite(token):
                return token
        if scope.tag[:2] == "VB" and scope.dep not in ("xcomp", "advcl", "conj", "relcl", "acl"):
            return None
    return None


def definite(token: Token) -> bool:
    return any(c.lower in ("the", "that", "this", "its", "their") for c in token.children)
