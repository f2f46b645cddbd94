"""One described first and named a sentence later: "A doctor who saw them said … Anna Solon told …"."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from parley.document import Marks, Token
from parley.lang import table
from parley.mark.drafts import Draft
from parley.mark.gazetteer import word_set
from parley.mark.groups import says
from parley.values import Span

WHO = ("er", "or", "ist", "ian", "man", "woman", "ant", "eon", "ee", "chief", "judge", "nurse", "priest")
REACH = 3  # sentences in which the name must follow


def introduced(
    marks: Marks, drafts: list[Draft], holders: dict[int, str]
) -> Iterator[tuple[Token, Span, Draft]]:
    """(head, words, who it is): an indefinite speaker whose name the next speaker's first mention brings."""
    persons = {h: d for d in drafts if d.kind == "person" for h in d.mentions.values()}
    voices = [t for t in marks.tokens if says(t) and t.lower not in ("i", "we")]
    for token, after in itertools.pairwise(voices):
        owner = persons.get(after.i)
        if owner is None or token.i in holders or not described(token) or after.tag == "PRP":
            continue
        first = min(owner.mentions)
        near = 0 < after.sentence.i - token.sentence.i <= REACH
        if near and after.sentence.span.covers(first):
            yield token, whole(token), owner


def described(token: Token) -> bool:
    """ "a doctor", "an army spokesman"; no source that stays without a name."""
    indefinite = any(c.lower in ("a", "an") for c in token.all("det"))
    kept = token.lower in table("claims")["sources"]["stay_unnamed"] or token.lower in word_set("bodies")
    somebody = token.lower in word_set("titles") or token.lower.endswith(WHO)
    return token.tag == "NN" and indefinite and somebody and not kept


def whole(token: Token) -> Span:
    """The description with its "of": "a leader of the front", without clauses."""
    parts = [
        c for c in token.children if c.dep in ("det", "amod", "compound", "nmod", "poss") or c.lower == "of"
    ]
    inside = [t for c in parts for t in c.subtree() if t.dep not in ("punct",)]
    return Span(
        min((t.start for t in inside), default=token.start), max([token.end, *(t.end for t in inside)])
    )
