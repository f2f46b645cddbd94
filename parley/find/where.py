"""The place of an act: the place or state behind "in", "at", "near" in its clause."""

from __future__ import annotations

from parley.document import Entity, Marks, Token
from parley.find.parties import of_state
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
        if entity is None and item.dep == "pobj" and item.lower in ("soil", "territory") and placed(item):
            entity = of_demonym(marks, item)
        if entity is not None and entity.kind in ("place", "state") and placed(item):
            return entity
        if item.tag[:2] != "VB":
            queue.extend(item.children)
    return None


def of_demonym(marks: Marks, token: Token) -> Entity | None:
    """ "on Kenyan soil": the state itself, if the dispatch speaks of it."""
    found = of_state(marks, token)
    return next((e for e in marks.entities if e.id == found), None)


def placed(token: Token) -> bool:
    return token.head.lower in PLACED or (
        token.dep == "dobj" and token.head.lemma in ("reach", "visit", "enter", "leave", "hit")
    )
