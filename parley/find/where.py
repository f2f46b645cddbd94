"""The place of an act: the place or state behind "in", "at", "near" in its clause."""

from __future__ import annotations

from parley.document import Entity, Marks, Token
from parley.mark.clause import main_verb

PLACED = ("in", "at", "near", "outside", "on", "inside", "across", "around", "to", "into", "through")


def where(marks: Marks, token: Token) -> str | None:
    """The entity id of the place nearest below the token, else below its verb."""
    for top in (token, main_verb(token)):
        found = below(marks, top)
        if found is not None:
            return found.id
    return None


def below(marks: Marks, top: Token) -> Entity | None:
    queue = list(top.children)
    while queue:
        item = queue.pop(0)
        entity = marks.entity(item) if item.dep in ("pobj", "dobj") else None
        if entity is not None and entity.kind in ("place", "state") and placed(item):
            return entity
        if item.tag[:2] != "VB":
            queue.extend(item.children)
    return None


def placed(token: Token) -> bool:
    return token.head.lower in PLACED or (
        token.dep == "dobj" and token.head.lemma in ("reach", "visit", "enter", "leave", "hit")
    )
