"""One group under two nouns: the named movement and "the guerrillas", the gunmen and "the kidnappers".

What the dispatch itself says of a name decides: "the MLF, a guerrilla group", "MLF rebels". Two that fit are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parley.document import Marks, Token
from parley.mark.clause import agent, passive, subject
from parley.mark.descriptions import party_like
from parley.mark.drafts import Draft
from parley.mark.gazetteer import word_set
from parley.values import Span

Told = tuple[Draft, set[str]]  # a named body and the words that say what it is
REACH = 12  # words after a name in which its apposition says what it is


def merged(drafts: list[Draft], marks: Marks) -> list[Draft]:
    """The drafts, each unnamed group that is somebody else told of put together with him."""
    left = list(drafts)
    for draft in drafts:
        owner = doer_meant(draft, left, marks) or movement_meant(draft, left, marks)
        if owner is not None:
            owner.mentions |= draft.mentions
            left.remove(draft)
    return left


def doer_meant(draft: Draft, drafts: list[Draft], marks: Marks) -> Draft | None:
    """ "The captors": the only one who is told to have kidnapped, captured, seized or to hold anybody before."""
    if draft.noun not in word_set("captors") or not definite(draft, marks):
        return None
    heads = {h: d for d in drafts if d is not draft and d.kind != "place" for h in d.mentions.values()}
    first = min(draft.mentions).start
    found = {id(d): d for t in takers(marks) if t.start < first and (d := heads.get(doing(t)))}
    return found.popitem()[1] if len(found) == 1 else None


def takers(marks: Marks) -> Iterable[Token]:
    return (t for t in marks.tokens if t.tag[:2] == "VB" and t.lemma in word_set("seizures"))


def doing(verb: Token) -> int:
    """The index of the noun that does it, -1 for none; of "a group of gunmen", the gunmen."""
    noun = agent(verb) if passive(verb) else subject(verb)
    if noun is not None and noun.lower in word_set("quantities"):
        noun = next((p for c in noun.all("prep") if c.lower == "of" for p in c.all("pobj")), noun)
    return noun.i if noun is not None else -1


def movement_meant(draft: Draft, drafts: list[Draft], marks: Marks) -> Draft | None:
    """ "The guerrillas": the one movement that is called so, or a rebel or guerrilla group by another word."""
    if draft.noun not in word_set("irregulars"):
        return None
    named = [
        (d, described(d, marks)) for d in drafts if d.kind == "organization" and not d.noun and party_like(d)
    ]
    the = definite(draft, marks)
    fits = next((found for found in ranked(named, definite=the) if found), [])
    if len(fits) != 1 or not draft.words <= fits[0][1]:
        return None
    same_word = {draft.noun, draft.noun.removesuffix("s")} & fits[0][1]
    return fits[0][0] if same_word or the else None


def ranked(named: list[Told], *, definite: bool) -> Iterator[list[Told]]:
    """Those called a rebel group, else those named as one ("Liberation Front"), else, of "the rebels", any movement."""
    told = word_set("irregulars") | word_set("irregular")
    yield [(d, words) for d, words in named if words & told]
    yield [(d, words) for d, words in named if set(d.name.lower().split()) & word_set("rebellious")]
    yield [(d, words) for d, words in named if definite and fighting(d)]


def fighting(draft: Draft) -> bool:
    """A front or army, or a name without a head noun of its own; no party, league or commission."""
    last = draft.name.lower().split()[-1]
    return last in word_set("fronts") or last not in word_set("organization_heads")


def described(draft: Draft, marks: Marks) -> set[str]:
    """The words that the dispatch puts beside a name to say what it is, lower case."""
    found: set[str] = set()
    for span, head in draft.mentions.items():
        token = marks.tokens[head]
        found |= {c.lower for c in token.children if c.dep in ("amod", "compound", "nmod")}
        if token.dep in ("compound", "nmod", "amod"):
            found.add(token.head.lower)
        found |= {t.lower for t in apposed(span, token)}
    return found


def apposed(span: Span, head: Token) -> list[Token]:
    """The apposition behind a name and its abbreviation: ", the last big guerrilla group"."""
    after = [t for t in head.sentence.tokens if t.start >= span.end]
    if len(after) > 3 and after[0].text == "(" and after[2].text == ")":
        after = after[3:]
    if len(after) < 2 or after[0].text != "," or after[1].tag not in ("DT", "PRP$"):
        return []
    inside = after[1 : REACH + 1]
    ends = next((i for i, t in enumerate(inside) if t.text == "," or t.tag in ("VBD", "VBZ", "WP", "WDT")), 0)
    return inside[:ends]


def definite(draft: Draft, marks: Marks) -> bool:
    return any(t.lower in ("the", "these", "those") for m in draft.mentions for t in marks.inside(m)[:1])
