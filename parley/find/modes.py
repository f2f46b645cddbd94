"""The mode of a request or refusal, by what it is about: to meet, to yield, to help, to change something."""

from __future__ import annotations

import functools

from parley.document import Token
from parley.lang import table

MOVING = ("REQUEST", "REJECT")


def mode_of(event_type: str, own: str | None, token: Token) -> str | None:
    """The rule's own mode, else that of the first telling word behind the verb; None where no word tells."""
    if own is not None or event_type not in MOVING:
        return own
    clauses = {t.i for c in token.all("advcl") for t in c.subtree()}
    behind = [t for t in token.subtree() if t.i >= token.i and t.i not in clauses]
    words = mode_words()
    return next((words[w] for t in behind for w in (t.lower, t.lemma) if w in words), None)


@functools.cache
def mode_words() -> dict[str, str]:
    """Word → mode of PLOVER: lang/en/events.toml, [modes]."""
    return {word: mode for mode, words in table("events")["modes"].items() for word in words}
