"""Descriptions that stand for a name: "the group", "the president", "the country"; only where one alone fits."""

from __future__ import annotations

from collections.abc import Iterator

from parley.document import Marks, Token
from parley.mark.drafts import Draft
from parley.mark.gazetteer import countries, demonyms, known, word_set

SAME_BREATH = 120  # characters: names as near as this to each other are rivals for "the country"


def descriptions(marks: Marks, drafts: list[Draft], holders: dict[int, str]) -> Iterator[tuple[Token, Draft]]:
    """ "the Islamist group", "the president", "the Kenyan capital": the only one so far that fits."""
    for token in marks.tokens:
        if token.tag not in ("NN", "NNP", "NNS") or token.i in holders:
            continue
        if not any(c.lower == "the" and c.dep == "det" for c in token.children):
            continue
        fits = fitting(token, [d for d in drafts if min(d.mentions).start < token.start])
        if len(fits) == 1:
            yield token, fits[0]


def leading(marks: Marks, drafts: list[Draft]) -> Iterator[tuple[Token, Draft]]:
    """ "Front-led violence", "a Kelbarra-wide truce": a body or place that is told of elsewhere too."""
    named = [d for d in drafts if d.kind in ("organization", "place") and not d.noun]
    words = {m.of(marks.text).lower(): d for d in named for m in d.mentions}
    for token in marks.tokens[:-2]:
        dash, after = marks.tokens[token.i + 1 : token.i + 3]
        if (
            dash.text == "-"
            and dash.start == token.end
            and after.lower in ("led", "wide", "backed", "controlled")
        ):
            if owner := words.get(token.lower):
                yield token, owner


def fitting(token: Token, before: list[Draft]) -> list[Draft]:
    if token.lower == "capital":
        places = {
            countries()[demonyms()[c.lower]]["capital"] for c in token.children if c.lower in demonyms()
        }
        return [d for d in before if d.kind == "place" and d.name in places]
    if token.lower in word_set("areas"):
        isos = {demonyms()[c.lower] for c in token.children if c.lower in demonyms()}
        return [d for d in before if d.kind == "place" and d.country in isos and area(d.name)]
    if token.lower in ("country", "nation"):
        return nearest(token, [d for d in before if d.kind == "state"])
    if token.lower in ("region", "province", "city", "town", "village", "camp") and not token.child("prep"):
        return nearest(token, [d for d in before if d.kind == "place" and token.lower in common_nouns(d)])
    if token.lower in word_set("description_heads") and token.child("prep") is None:
        return [d for d in before if d.kind == "organization" and party_like(d)]
    if token.lower in ("soldier", "officer") and token.child("prep") is None:
        ranked = word_set("ranks")
        return [
            d
            for d in before
            if d.kind == "person" and any(set(r.title.lower().split()) & ranked for r in d.roles)
        ]
    if token.lower in word_set("titles") and token.child("appos", "prep") is None:
        return [
            d
            for d in before
            if d.kind == "person" and any(token.lower in r.title.lower().split() for r in d.roles)
        ]
    return []


def nearest(token: Token, drafts: list[Draft]) -> list[Draft]:
    """Those last mentioned before the token; two side by side in one sentence are two."""
    last = [(max((m for m in d.mentions if m.start < token.start), default=None), d) for d in drafts]
    near = [(m, d) for m, d in last if m is not None]
    here = [d for m, d in near if m.start >= token.sentence.span.start]
    if here or not near:
        return here
    newest = max(m for m, _ in near)
    return [d for m, d in near if newest.start - m.start < SAME_BREATH]


def common_nouns(draft: Draft) -> set[str]:
    return set(draft.name.lower().split()) | {draft.noun}


def area(name: str) -> bool:
    """A part of a country rather than a town: no capital, and no city of the gazetteer but by its area's name."""
    entry = known().get(name.lower())
    return name.lower().split()[-1] in word_set("place_heads") or (
        entry is not None and not entry.capital and len(name.split()) > 1
    )


def party_like(draft: Draft) -> bool:
    """A movement that a dispatch may call "the group": no ministry, agency, army or police."""
    entry = known().get(draft.name.lower())
    if entry is not None and entry.media:
        return False
    words = set(draft.name.lower().split())
    official = {
        "ministry",
        "army",
        "police",
        "department",
        "council",
        "nations",
        "un",
        "agency",
        "court",
        "service",
        "union",
        "government",
        "military",
        "parliament",
        "coalition",
        "forces",
    }
    return not words & official and draft.name[:1].isupper()
