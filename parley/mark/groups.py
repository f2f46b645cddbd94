"""Unnamed groups and bodies: which mentions are one group, and which stand for a state or a named body."""

from __future__ import annotations

import functools

from parley.document import Marks, Name, Token
from parley.lang import table
from parley.mark.gazetteer import demonyms, known, word_set
from parley.values import Span

DETERMINERS = {"the", "a", "an", "these", "those", "his", "their", "its", "her", "our", "my", "this", "that"}
QUANTITIES = {"some", "several", "many", "few", "other", "all", "two", "both", "dozens", "of", "more", "most"}
ACTED = ("nsubj", "nsubjpass", "dobj", "agent", "conj", "appos", "ROOT", "poss")
BEFORE = ("det", "amod", "compound", "nmod", "poss", "nummod")
ACTED_BEHIND = ("by", "against", "between", "with", "on", "from", "to", "at", "for")


def kind_words(name: Name, marks: Marks) -> tuple[str, frozenset[str]]:
    """(head noun, the words that tell this group from others): "two Kenyan rebels" → ("rebels", {"kenyan"})."""
    head = marks.tokens[name.head]
    words = {t.lower for t in marks.inside(name.span) if t.tag != "CD" and t.pos != "PUNCT" and t is not head}
    plain = words - DETERMINERS - QUANTITIES - word_set("quantities") - {"'s", "’s"}
    noun = sent_by(head) or ("gunmen" if head.lower == "men" and "armed" in plain else None)
    plain = plain - {"armed"} if noun == "gunmen" else plain
    return noun or head.lower, frozenset(w for w in plain if w not in word_set("bounds") and f"{w}s" != noun)


def sent_by(noun: Token) -> str | None:
    """ "rebel representatives", "the guerrilla panel": those whose people they are, "rebels"."""
    if noun.lower not in word_set("representatives"):
        return None
    before = (f"{c.lower}s" for c in noun.children if c.dep in ("amod", "compound", "nmod") and c.i < noun.i)
    return next((w for w in before if w in word_set("irregulars")), None)


def quantity(token: Token) -> bool:
    """ "a group of gunmen", "a number of rebels": the noun behind "of" is meant."""
    return token.lower in word_set("quantities") and any(
        p.lower in word_set("people") or p.tag == "NNPS"
        for c in token.all("prep")
        if c.lower == "of"
        for p in c.all("pobj")
    )


def takes_part(token: Token) -> bool:
    """A group is somebody in the story where it acts, speaks or is acted upon; not where it is only counted."""
    if token.dep in ("nsubjpass", "dobj", "conj", "pobj") and any(c.tag == "CD" for c in token.children):
        return token.dep in ("nsubjpass", "dobj") and token.head.lemma in word_set("captures")
    if token.dep == "conj":
        return takes_part(token.head)
    return token.dep in ACTED or (token.dep == "pobj" and token.head.lower in ACTED_BEHIND)


def belongs_to_name(token: Token) -> bool:
    """ "Front fighters", "members of the Front": the named body itself, by its own name's mention."""
    if token.lower not in word_set("representatives"):
        return False
    near = [c for c in token.children if c.dep in ("compound", "nmod")]
    near += [p for c in token.all("prep") if c.lower in ("of", "from") for p in c.all("pobj")]
    bodies = [c for c in near if c.lower in word_set("bodies")]
    return bool(bodies) or any(proper(c) for c in near)


def proper(token: Token) -> bool:
    """A name of its own, no demonym or creed."""
    return (
        token.tag in ("NNP", "NNPS")
        and token.lower not in demonyms()
        and token.lower not in word_set("creeds")
    )


def government_of(head: Token, name: Name) -> str | None:
    """ "the Kenyan government", "Kenyan authorities": the state, as ISO 3166-1 alpha-3."""
    if head.lower not in word_set("government") or name.rule not in (
        "names.body",
        "names.organization",
        "names.people",
    ):
        return None
    states = [known().get(p.lower) for c in head.children if c.lower == "of" for p in c.children]
    if len(states) == 1 and states[0] is not None and states[0].kind == "state":
        return states[0].country
    of = [c.lower for c in head.children if c.lower in demonyms()]
    return demonyms()[of[0]] if len(of) == 1 else None


def flags(noun: Token) -> set[str]:
    """The countries whose demonyms stand before a noun, as ISO 3166-1 alpha-3."""
    return {demonyms()[c.lower] for c in noun.children if c.lower in demonyms()}


def phrase_start(noun: Token) -> int:
    """Where a noun's phrase begins: at its determiner, possessor, numeral or first modifier."""
    before = [c for c in noun.children if c.i < noun.i and c.dep in BEFORE]
    inside = (
        t for c in before for t in c.subtree() if t.dep != "nsubj"
    )  # "repeated claims young guards fired"
    return min((t.start for t in inside), default=noun.start)


def governing(head: Token, name: Name) -> Token | None:
    """ "the government of Kenya", "the regime in Nairobi": the noun that the state's or the capital's name hangs from."""
    above = head.head.head if head.dep == "pobj" and head.head.lower in ("of", "in") else None
    if above is None or above.lower not in word_set("government") or name.country is None:
        return None
    entry = known().get(head.lower)
    seat = name.kind == "place" and entry is not None and entry.capital
    return above if seat or (name.kind == "state" and head.head.lower == "of") else None


def phrase_end(noun: Token) -> int:
    """Where a noun's phrase ends: with its "of", as in "a crew of a building project"; but "one of …" is not his."""
    behind = [c for c in noun.all("prep") if c.lower == "of" and c.i == noun.i + 1]
    inside = [t for c in behind for t in c.subtree()]
    clause = any(t.dep in ("relcl", "acl", "punct", "appos", "cc") for t in inside)
    return noun.end if clause or not inside else inside[-1].end


def whole_start(noun: Token) -> int:
    before = [c.start for c in noun.children if c.i < noun.i and c.dep in ("det", "amod", "compound")]
    return min(before, default=noun.start)


def home(marks: Marks) -> str | None:
    """The country that a dispatch is sent from: its "the government" is that of this country."""
    place = marks.document.dateline.place if marks.document.dateline else None
    entry = known().get((place or "").lower())
    return entry.country if entry else None


def officers(marks: Marks) -> str | None:
    """The one country whose president, premier or minister the dispatch names: "Kenyan President Omar Solon"."""
    words = marks.tokens
    before = ((t, words[t.i + 1 : t.i + 3]) for t in words if t.lower in demonyms())
    found = {demonyms()[t.lower] for t, after in before if any(w.lower in word_set("rulers") for w in after)}
    return found.pop() if len(found) == 1 else None


def stately(head: Token) -> bool:
    """A capital that does what only governments do: "Nairobi wants", "accused Nairobi", "talks between Nairobi and Cairo"."""
    while head.dep == "conj":
        head = head.head
    above = head.head
    if head.dep == "nsubj" and above.lemma in word_set("speech") | word_set("stately"):
        return True
    told = [n for c in head.all("relcl") if c.lemma in word_set("speech") for n in c.all("nsubj")]
    if any(n.tag == "WDT" for n in told):
        return True  # "Nairobi, which said …"
    if head.dep == "dobj":
        return above.lemma in word_set("addressing")
    return (
        head.dep == "pobj" and above.lower in ("between", "with") and above.head.lower in word_set("dealings")
    )


def says(token: Token) -> bool:
    """The subject of a verb that tells what somebody said."""
    return token.dep == "nsubj" and token.tag[:1] != "W" and token.head.lemma in quoting()


@functools.cache
def quoting() -> frozenset[str]:
    return frozenset(table("claims")["frames"]["quoting"])


def in_brackets(name: Name, before: Name | None, text: str) -> bool:
    """ "the Red Front (RF)": another name of what stands before the bracket."""
    if before is None or text[before.span.end : name.span.start] != " (":
        return False
    return text[name.span.end : name.span.end + 1] == ")" and before.kind in ("organization", "person")


def widened(name: Name, head: Token) -> Span:
    """ "the Gaza Strip", "the Kelbarra region", "Ofer prison": article and common noun belong to the mention."""
    end = name.span.end
    noun = head.head if head.dep in ("compound", "nmod") and name.kind == "place" else None
    if noun is not None and noun.lower in word_set("place_heads") and noun.start == end + 1:
        end, head = noun.end, noun
    article = next((c for c in head.children if c.dep == "det" and c.end + 1 == name.span.start), None)
    return Span(article.start if article else name.span.start, end)
