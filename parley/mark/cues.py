"""Words of negation, hedge, plan and condition, with the stretch that each governs."""

from __future__ import annotations

import functools
from dataclasses import replace

from parley.document import Cue, CueKind, Marks, Token
from parley.lang import table
from parley.values import Span

KINDS: tuple[CueKind, ...] = ("negation", "hedge", "plan", "condition")


def cues(marks: Marks) -> Marks:
    """One cue a word; its scope is the clause of the verb that it hangs from."""
    index = kinds()
    found = [cue(t, index[t.lower]) for t in marks.tokens if t.lower in index]
    return replace(marks, cues=tuple(found))


@functools.cache
def kinds() -> dict[str, CueKind]:
    listed = table("cues")
    return {word: kind for kind in reversed(KINDS) for word in listed[kind]["words"]}


def cue(token: Token, kind: CueKind) -> Cue:
    top = token.head if token.dep in ("neg", "aux", "mark", "acomp", "advmod", "det") else token
    inside = top.subtree()
    return Cue(kind, token.span, Span(inside[0].start, inside[-1].end), f"cues.{kind}")
