"""Entities while their mentions are still being gathered, and when two names are one: "Omar Solon", "Solon"."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass, field

from parley.document import EntityKind, Name, Role
from parley.mark.gazetteer import word_set
from parley.values import Span


@dataclass(slots=True)
class Draft:
    """An entity while its mentions are still being gathered."""

    name: str
    kind: EntityKind
    country: str | None = None
    mentions: dict[Span, int] = field(default_factory=dict)  # span → head token
    roles: list[Role] = field(default_factory=list)
    id: str = ""
    noun: str = ""  # of an unnamed group: its head noun, and the words that describe it
    words: frozenset[str] = frozenset()
    governs: bool = False  # its government was spoken of
    aliases: set[str] = field(default_factory=set)  # other names, lower case: those in brackets


def entity_id(name: str, kind: EntityKind, taken: set[str]) -> str:
    """The name's words; where they are taken, with the next free number. Takes what it gives."""
    slug = re.sub(r"\W+", "-", name.lower()).strip("-") or kind
    free = (
        slug
        if slug not in taken
        else next(f"{slug}-{n}" for n in itertools.count(2) if f"{slug}-{n}" not in taken)
    )
    taken.add(free)
    return free


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
    plain = usual.lower()
    exact = next((d for d in drafts if d.name.lower() == plain or plain in d.aliases), None)
    if exact is not None:
        return exact
    words = words_of(usual)
    near = [d for d in drafts if shortens(words, words_of(d.name), d.kind) and kin(d, name)]
    if not near and len(words) == 1:  # "Park", of Park Hyun Solon: the family name comes first
        near = [d for d in drafts if d.kind == "person" and words_of(d.name)[0] == words[0]]
    return near[0] if len(near) == 1 else None


@functools.lru_cache(1024)
def words_of(name: str) -> list[str]:
    return name.lower().split()


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
    if kind == "organization" and len(words) == 1 and len(full) > 1 and words[0] == full[-1]:
        return words[0] in word_set("organization_heads")  # "the Front", of the Red Front
    if kind == "organization" and len(words) < len(full) and full[: len(words)] == words:
        return True
    return len(words) == 1 and words[0] == initials(full)


def initials(words: list[str]) -> str:
    return "".join(w[0] for w in words if w not in ("of", "the", "for", "and"))
