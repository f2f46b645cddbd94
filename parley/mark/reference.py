"""Who is meant: mentions gathered into entities. Two candidates are no answer: such a mention stays nobody's."""

from __future__ import annotations

from dataclasses import replace

from parley.document import Entity, Marks, Name, Role, Token
from parley.lang import table
from parley.mark.descriptions import descriptions, leading, party_like
from parley.mark.drafts import Draft, entity_id, into, new, same
from parley.mark.gazetteer import country_name, demonyms, known, word_set
from parley.mark.groups import (
    governing,
    government_of,
    home,
    in_brackets,
    kind_words,
    officers,
    stately,
    takes_part,
    whole_start,
    widened,
)
from parley.mark.introduced import introduced
from parley.mark.merging import merged
from parley.mark.pronouns import pronouns
from parley.mark.roles import party_role, role_of, second_role
from parley.values import Span


def reference(marks: Marks) -> Marks:
    """Fills `entities` and `holders`: the head token of each mention leads to its entity's id."""
    drafts: list[Draft] = []
    before: Name | None = None
    for name in marks.names:
        alias = in_brackets(name, before, marks.text)
        if not (alias and before and add_alias(name, before, marks, drafts)):
            place_mention(name, marks, drafts)
        before = name
    for name in (n for n in marks.names if n.rule == "names.short"):
        known_by_now(name, marks, drafts)
    drafts = merged([d for d in drafts if d.mentions and somebody(d, marks)], marks)
    number(drafts)
    give_roles(drafts, marks)
    holders = {head: d.id for d in drafts for head in d.mentions.values()}
    for token, owner in leading(marks, drafts):
        owner.mentions[token.span] = token.i
    for token, owner in descriptions(marks, drafts, holders):
        add(owner, token, holders, whole(token))
    for token, span, owner in introduced(marks, drafts, holders):
        add(owner, token, holders, span)
    kinds = {d.id: d.kind for d in drafts if not of_press(d)}  # the press is told, "they" are others
    by_id = {d.id: d for d in drafts}
    give_roles(drafts, marks)  # again, now that it is known who "the front" is in "the chief of the front"
    owners = {d.id: of.pop() for d in drafts if len(of := {r.of for r in d.roles if r.of}) == 1}
    for token, entity in pronouns(marks, holders, kinds, owners):
        add(by_id[entity], token, holders, token.span)
    return replace(marks, entities=tuple(finished(d) for d in ordered(drafts)), holders=holders)


def known_by_now(name: Name, marks: Marks, drafts: list[Draft]) -> None:
    """ "the stronghold of Kelbarra … in Kelbarra": a place or person whose fuller name comes only later."""
    owner = same(" ".join(name.span.of(marks.text).split()), name, drafts)
    if owner is not None and owner.kind in ("person", "place"):
        owner.mentions[name.span] = name.head


def somebody(draft: Draft, marks: Marks) -> bool:
    """A named one, or a group that takes part in what is told."""
    return draft.kind != "people" or any(takes_part(marks.tokens[h]) for h in draft.mentions.values())


def of_press(draft: Draft) -> bool:
    entry = known().get(draft.name.lower())
    return bool(entry and entry.media) or draft.name.lower().split()[-1] in word_set("media_heads")


def add_alias(name: Name, before: Name, marks: Marks, drafts: list[Draft]) -> bool:
    """ "the Red Front (RF)": RF is the Front from here on."""
    owner = next((d for d in drafts for m in d.mentions if m.end == before.span.end), None)
    if owner is None:
        return False
    owner.mentions[name.span] = name.head
    owner.aliases.add(name.span.of(marks.text).lower())
    return True


def add(draft: Draft, token: Token, holders: dict[int, str], span: Span) -> None:
    draft.mentions[span] = token.i
    holders[token.i] = draft.id


def ordered(drafts: list[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda d: min(d.mentions))


def finished(draft: Draft) -> Entity:
    mentions = tuple(sorted(draft.mentions))
    return Entity(draft.id, draft.name, draft.kind, mentions, draft.country, tuple(draft.roles))


def number(drafts: list[Draft]) -> None:
    taken: set[str] = set()
    for draft in ordered(drafts):
        draft.id = entity_id(draft.name, draft.kind, taken)


# ── names ────────────────────────────────────────────────────────────────────────────────────────


def place_mention(name: Name, marks: Marks, drafts: list[Draft]) -> None:
    head = marks.tokens[name.head]
    words = " ".join(name.span.of(marks.text).split())
    if owner := state_meant(name, words, head, marks, drafts):
        owner.mentions[name.span] = head.i
    elif government := governing(head, name):
        entry = into(drafts, country_name(name.country or ""), "state", name.country)
        entry.governs = True
        entry.mentions[Span(whole_start(government), name.span.end)] = government.i
    elif name.rule in ("names.people", "names.body"):
        group(name, marks, drafts)
    else:
        named(name, words, head, drafts)


def state_meant(name: Name, words: str, head: Token, marks: Marks, drafts: list[Draft]) -> Draft | None:
    """The state for which a capital or a government stands."""
    if name.kind == "place" and (iso := acts_for(words, head)):
        return into(drafts, country_name(iso), "state", iso)
    if iso := government_of(head, name):
        owner = into(drafts, country_name(iso), "state", iso)
        owner.governs = True
        return owner
    return the_government(marks, head, drafts)


def named(name: Name, words: str, head: Token, drafts: list[Draft]) -> None:
    entry = known().get(words.lower())
    usual = entry.name if entry else words
    draft = same(usual, name, drafts)
    if draft is None and name.rule == "names.short":
        return  # one capitalised word that no fuller name explains
    draft = draft or new(drafts, usual, name)
    span = widened(name, head)
    draft.mentions[span] = head.i
    if span.end > name.span.end and draft.kind == "place":
        draft.noun = head.head.lower
    if len(usual) > len(draft.name) and draft.kind == "person":
        draft.name = usual


def acts_for(words: str, head: Token) -> str | None:
    """A capital that wants, says or does something is its government."""
    entry = known().get(words.lower())
    if entry is not None and entry.capital and words.lower() in table("gazetteer/bodies")["palace"]["names"]:
        return entry.country
    return entry.country if entry is not None and entry.capital and stately(head) else None


def group(name: Name, marks: Marks, drafts: list[Draft]) -> None:
    """An unnamed group: one entity a noun, unless its describing words tell two apart."""
    noun, words = kind_words(name, marks)
    definite = any(t.lower in ("the", "these", "those") for t in marks.inside(name.span)[:1])
    told = noun in word_set("description_heads") and noun not in word_set("irregulars")
    if definite and told and any(party_like(d) for d in drafts):
        return
    if noun == "people" and not words:
        return
    sentence = marks.tokens[name.head].sentence.span
    if definite and (bearer := bearing(noun, words, drafts, sentence)):
        bearer.mentions[name.span] = name.head
        return
    alike = [d for d in drafts if d.noun == noun and d.kind == name.kind]
    if not definite and (flag := words & demonyms().keys()):
        alike = [d for d in alike if flag <= d.words]  # "militants …", then "Kenyan militants": others
    fits = [d for d in alike if d.words == words] or [
        d for d in alike if d.words <= words or words <= d.words
    ]
    if len(fits) > 1 or (alike and not fits and definite):
        fits = fits[:0]
    fits = fits or comrades(noun, words, drafts, definite=definite)
    if not fits:
        plain = " ".join([*(t.text for t in marks.inside(name.span) if t.lower in words), noun])
        fits = [Draft(plain, name.kind or "people", noun=noun, words=words)]
        drafts.append(fits[0])
    fits[0].mentions[name.span] = name.head


def bearing(noun: str, words: frozenset[str], drafts: list[Draft], sentence: Span) -> Draft | None:
    """ "the election commission": the one body whose name holds all these words; of two, the one named in its sentence."""
    if noun not in word_set("organization_heads"):
        return None
    named = [d for d in drafts if d.kind == "organization" and not d.noun]
    found = [d for d in named if {noun, *words} <= set(d.name.lower().split())]
    found = [d for d in found if any(sentence.covers(m) for m in d.mentions)] or found
    return found[0] if len(found) == 1 else None


def comrades(noun: str, words: frozenset[str], drafts: list[Draft], *, definite: bool) -> list[Draft]:
    """ "Kenyan mountain troops", "the Kenyan forces", "the soldiers": the men of one state, or of the only one told of."""
    if noun not in word_set("men_at_arms"):
        return []
    of = words & demonyms().keys()
    others = [d for d in drafts if d.noun in word_set("men_at_arms")]
    same_flag = [d for d in others if of and d.words & demonyms().keys() == of]
    found = same_flag or (others if definite and not of else [])
    return found if len(found) == 1 else []


def the_government(marks: Marks, head: Token, drafts: list[Draft]) -> Draft | None:
    """ "the government": the one state whose government was named before, else that of the dateline's country."""
    beside = [c for c in head.children if c.dep in ("amod", "poss", "prep", "nmod")]
    if head.lower != "government" or any(not ruler(c) for c in beside):
        return None
    named = [d for d in drafts if d.governs]
    if not named and (iso := home(marks) or officers(marks)):
        return into(drafts, country_name(iso), "state", iso)
    return named[0] if len(named) == 1 else None


def ruler(token: Token) -> bool:
    """ "President Solon's government"."""
    titled = any(c.lower in word_set("rulers") for c in token.children)
    return token.dep == "poss" and token.tag == "NNP" and titled


# ── roles and descriptions ───────────────────────────────────────────────────────────────────────


def give_roles(drafts: list[Draft], marks: Marks) -> None:
    owners = {head: d.id for d in drafts for head in d.mentions.values()}
    states = {d.country: d.id for d in drafts if d.kind == "state"}
    for draft in drafts:
        draft.roles = roles_of(draft, marks, owners, states)


def roles_of(draft: Draft, marks: Marks, owners: dict[int, str], states: dict[str | None, str]) -> list[Role]:
    found: list[Role | None] = []
    for span, head in sorted(draft.mentions.items()):
        token = marks.tokens[head]
        if draft.kind == "person":
            found += [second_role(span, token, owners, states), role_of(span, token, owners, states)]
        elif draft.kind in ("state", "organization"):
            found.append(party_role(span, token, owners, states))
    return [r for r in found if r]


def whole(token: Token) -> Span:
    before = [c for c in token.children if c.i < token.i and c.dep in ("det", "amod", "compound", "nmod")]
    return Span(min((c.start for c in before), default=token.start), token.end)
