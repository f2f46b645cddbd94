"""The rules of lang/en/events.toml by the words that may trigger them."""

from __future__ import annotations

import functools
from typing import Any

from parley.lang import table

Rule = dict[str, Any]


@functools.cache
def by_lemma() -> dict[tuple[str, str], list[Rule]]:
    """("verb" or "noun", lemma or word) → the rules that it may trigger, in the order of the table."""
    index: dict[tuple[str, str], list[Rule]] = {}
    for rule in table("events")["rule"]:
        for kind in ("verb", "noun"):
            for word in rule.get(kind + "s", ()):
                index.setdefault((kind, word), []).append(rule)
    return index


def names_act(word: str) -> bool:
    """Whether a noun, or its plural, may name an act."""
    return ("noun", word) in by_lemma() or ("noun", f"{word}s") in by_lemma()
