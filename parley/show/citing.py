"""A record as a citation, in words and as BibTeX: the words, where they stand, and the day as of which it was known."""

from __future__ import annotations

import re

from parley.show.sentences import quoted
from parley.show.told import Told


def citation(told: Told, as_of: str | None) -> str:
    """One sentence that leads back to the characters."""
    known = f", as known on {as_of}" if as_of else ""
    return f"{head(told)}: {quoted(said(told))} ({place(told)}{known})."


def bibtex(told: Told, as_of: str | None, address: str) -> str:
    """An entry for a bibliography; what TeX would run is written as words."""
    day = (told.cite.published or "")[:10]
    fields = {
        "author": f"{{{escaped(told.cite.agency or 'agency not told')}}}",
        "title": escaped(said(told)),
        "year": day[:4],
        "date": day,
        "note": escaped(place(told) + (f", as known on {as_of}" if as_of else "")),
        "url": verbatim(address),
    }
    lines = (f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{parley-{told.id[:12]},\n" + ",\n".join(lines) + "\n}"


def said(told: Told) -> str:
    """The sentence, since a figure's own words may be a number alone."""
    return " ".join((told.cite.sentence or told.words).split())


def head(told: Told) -> str:
    return f"{told.cite.agency or 'Agency not told'}, {(told.cite.published or 'undated')[:10]}"


def place(told: Told) -> str:
    return f"dispatch {told.cite.dispatch}, characters {told.start}-{told.end}; record {told.id}"


SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
}  # fmt: skip
SIGNS = re.compile("|".join(map(re.escape, SPECIAL)))


def escaped(words: str) -> str:
    """
    >>> print(escaped(r"50% of \\input{x}"))
    50\\% of \\textbackslash{}input\\{x\\}
    """
    return SIGNS.sub(lambda m: SPECIAL[m[0]], words)


def verbatim(address: str) -> str:
    """An address as a field of its own kind takes it: as it is, but for braces."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
