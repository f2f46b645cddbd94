"""Who is meant: mentions gathered into entities. Two candidates are no answer: such a mention stays nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parley.document import Entity, EntityKind, Marks, Name, Role, Token
from parley.lang import table
from parley.mark.gazetteer import countries, country_name, demonyms, known, word_set
from parley.mark.pronouns import pronouns
from parley.mark.roles import role_of
from parley.values import Span

ACTING = {"nsubj"}


@dataclass(slots=True)
class Draft:
    """An entity while its mentions are still being gathered."""

    name: str
    kind: EntityKind
    country: str | None = None
    mentions: dict[Span, int] = field(default_factory=dict)  # span → head token
    roles: list[Role] = field(default_factory=list)
    id: str = ""


def reference(marks: Marks) -> Marks:
    """Fills `entities` and `holders`: the head token of each mention leads to its entity's id."""
    drafts: list[Draft] = []
    for name in marks.names:
        place_mention(name, marks, drafts)
    drafts = [d for d in drafts if d.mentions]
    number(drafts)
    for draft in drafts:
        draft.roles = roles_of(draft, marks, drafts)
    holders = {head: d.id for d in drafts for head in d.mentions.values()}
    for token, owner in descriptions(marks, drafts, holders):
        add(owner, token, holders, whole(token))
    kinds = {d.id: d.kind for d in drafts}
    by_id = {d.id: d for d in drafts}
    for token, entity in pronouns(marks, holders, kinds):
        add(by_id[entity], token, holders, token.span)
    return replace(marks, entities=tuple(finished(d) for d in ordered(drafts)), holders=holders)


def add(draft: Draft, token: Token, holders: dict[int, str], span: Span) -> None:
    draft.mentions[span] = token.i
    holders[token.i] = draft.id


def ordered(drafts: list[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda d: min(d.mentions))


def finished(draft: Draft) -> Entity:
    mentions = tuple(sorted(draft.mentions))
    return Entity(draft.id, draft.name, draft.kind, mentions, draft.country, tuple(draft.roles))


def number(drafts: list[Draft]) -> None:
    """Ids are the name's words; a second entity of the same words gets a number."""
    seen: dict[str, int] = {}
    for draft in ordered(drafts):
        slug = re.sub(r"\W+", "-", draft.name.lower()).strip("-") or draft.kind
        seen[slug] = seen.get(slug, 0) + 1
        draft.id = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"


# ── names ────────────────────────────────────────────────────────────────────────────────────────


def place_mention(name: Name, marks: Marks, drafts: list[Draft]) -> None:
    head = marks.tokens[name.head]
    words = " ".join(name.span.of(marks.text).split())
    if name.kind == "place" and (iso := acts_for(words, head)):
        into(drafts, country_name(iso), "state", iso).mentions[name.span] = head.i
        return
    if iso := government_of(head, name):
        into(drafts, country_name(iso), "state", iso).mentions[name.span] = head.i
        return
    if name.rule in ("names.people", "names.body"):
        group(name, head, words, drafts)
        return
    entry = known().get(words.lower())
    usual = entry.name if entry else words
    draft = same(usual, name, drafts)
    if draft is None and name.rule == "names.short":
        return  # one capitalised word that no fuller name explains
    draft = draft or new(drafts, usual, name)
    draft.mentions[with_article(name, head)] = head.i
    if len(usual) > len(draft.name) and draft.kind == "person":
        draft.name = usual


def into(drafts: list[Draft], name: str, kind: EntityKind, country: str | None) -> Draft:
    found = next((d for d in drafts if d.kind == kind and d.name == name), None)
    if found is None:
        found = Draft(name, kind, country)
        drafts.append(found)
    return found


def new(drafts: list[Draft], usual: str, name: Name) -> Draft:
    draft = Draft(usual, name.kind or "organization", name.country)
    drafts.append(draft)
    return draft


def same(usual: str, name: Name, drafts: list[Draft]) -> Draft | None:
    """The entity of this name, or the only one whose name ends (a person) or abbreviates so."""
    exact = [d for d in drafts if d.name.lower() == usual.lower()]
    if exact:
        return exact[0]
    words = usual.lower().split()
    near = [d for d in drafts if shortens(words, d.name.lower().split(), d.kind) and kin(d, name)]
    return near[0] if len(near) == 1 else None


def kin(draft: Draft, name: Name) -> bool:
    return draft.kind == name.kind or draft.kind == "person" or name.rule != "names.gazetteer"


def shortens(words: list[str], full: list[str], kind: EntityKind) -> bool:
    if kind == "person":
        return (len(words) < len(full) and full[-len(words) :] == words) or (
            len(words) == 1 and words[0] in full[1:]
        )
    if kind == "place":  # "Kelbarra" is "Kelbarra province"
        rest = set(full[len(words) :])
        return full[: len(words)] == words and bool(rest) and rest <= word_set("place_heads")
    initials = "".join(w[0] for w in full if w not in ("of", "the", "for", "and"))
    return words == [initials] or (
        kind == "organization" and len(words) < len(full) and full[: len(words)] == words
    )


def with_article(name: Name, head: Token) -> Span:
    """ "the Gaza Strip": the article belongs to the mention."""
    article = next((c for c in head.children if c.dep == "det" and c.end + 1 == name.span.start), None)
    return Span(article.start, name.span.end) if article else name.span


def acts_for(words: str, head: Token) -> str | None:
    """A capital that wants, says or does something is its government."""
    entry = known().get(words.lower())
    if entry is not None and entry.capital and words.lower() in table("gazetteer/bodies")["palace"]["names"]:
        return entry.country
    if entry is None or not entry.capital or head.dep not in ACTING:
        return None
    return (
        entry.country
        if head.head.lemma in word_set("speech") or head.head.lemma in ("seek", "deny", "back")
        else None
    )


def government_of(head: Token, name: Name) -> str | None:
    """ "the Kenyan government", "Kenyan authorities": the state."""
    if head.lower not in word_set("government") or name.rule not in ("names.body", "names.organization"):
        return None
    states = [known().get(p.lower) for c in head.children if c.lower == "of" for p in c.children]
    if len(states) == 1 and states[0] is not None and states[0].kind == "state":
        return states[0].country
    of = [c.lower for c in head.children if c.lower in demonyms()]
    return demonyms()[of[0]] if len(of) == 1 else None


def group(name: Name, head: Token, words: str, drafts: list[Draft]) -> None:
    """An unnamed group: one entity a noun, unless its describing words tell two apart."""
    plain = re.sub(r"^(?:the|a|an|some|several|many|these|those|his|their|its)\s+", "", words.lower())
    definite = words.lower().startswith(("the ", "these ", "those "))
    if (
        definite
        and plain.split()[-1] in word_set("description_heads")
        and any(party_like(d) and d.kind == "organization" for d in drafts)
    ):
        return
    alike = [d for d in drafts if d.kind == name.kind and d.name.lower().split()[-1] == plain.split()[-1]]
    exact = [d for d in alike if d.name.lower() == plain]
    bare = definite and " " not in plain and len(alike) == 1
    draft = exact[0] if exact else alike[0] if bare else None
    if draft is None:
        draft = Draft(plain, name.kind or "people")
        drafts.append(draft)
    draft.mentions[name.span] = head.i


# ── roles and descriptions ───────────────────────────────────────────────────────────────────────


def roles_of(draft: Draft, marks: Marks, drafts: list[Draft]) -> list[Role]:
    owners = {head: d.id for d in drafts for head in d.mentions.values()}
    states = {d.country: d.id for d in drafts if d.kind == "state"}
    found = [
        role_of(span, marks.tokens[head], marks.text, owners, states)
        for span, head in sorted(draft.mentions.items())
        if draft.kind == "person"
    ]
    return [r for r in found if r]


def whole(token: Token) -> Span:
    before = [c for c in token.children if c.i < token.i and c.dep in ("det", "amod", "compound", "nmod")]
    return Span(min((c.start for c in before), default=token.start), token.end)


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


def fitting(token: Token, before: list[Draft]) -> list[Draft]:
    if token.lower == "capital":
        places = {
            countries()[demonyms()[c.lower]]["capital"] for c in token.children if c.lower in demonyms()
        }
        return [d for d in before if d.kind == "place" and d.name in places]
    if token.lower in word_set("areas"):
        isos = {demonyms()[c.lower] for c in token.children if c.lower in demonyms()}
        return [d for d in before if d.kind == "place" and d.country in isos and area(d.name)]
    if token.lower in word_set("description_heads") and token.child("prep") is None:
        return [d for d in before if d.kind == "organization" and party_like(d)]
    if token.lower in word_set("titles") and token.child("appos", "prep") is None:
        return [
            d
            for d in before
            if d.kind == "person" and any(token.lower in r.title.lower().split() for r in d.roles)
        ]
    return []


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
