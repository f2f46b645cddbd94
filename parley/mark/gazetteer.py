"""General knowledge of names: countries, capitals, demonyms, cities, well-known bodies; by lower-case words."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from parley.document import EntityKind
from parley.lang import table


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name is known to be. `name` is the usual one; `capital` marks seats of government."""

    name: str
    kind: EntityKind
    country: str | None = None
    capital: bool = False
    media: bool = False


@functools.cache
def known() -> dict[str, Entry]:
    """Entries by lower-case name; later ones outrank earlier: cities, capitals, bodies, states."""
    found: dict[str, Entry] = {}
    for name, iso in table("gazetteer/cities")["city"].items():
        found[name.lower()] = Entry(name, "place", iso)
    for iso, country in countries().items():
        if country["capital"]:
            found[country["capital"].lower()] = Entry(country["capital"], "place", iso, capital=True)
    bodies = table("gazetteer/bodies")
    for name, iso in bodies["place"].items():
        found[name.lower()] = Entry(name, "place", iso or None)
    for name in bodies["organization"]["names"]:
        found[name.lower()] = Entry(name, "organization")
    for name in (*bodies["media"]["names"], *table("gazetteer/agencies")["agency"]):
        found[name.lower()] = Entry(name, "organization", media=True)
    for iso, country in countries().items():
        found[country["name"].lower()] = Entry(country["name"], "state", iso)
    for name, iso in bodies["state"].items():
        found[name.lower()] = Entry(countries()[iso]["name"], "state", iso)
    for name, iso in bodies["seat"].items():
        found[name.lower()] = Entry(name, "place", iso, capital=True)
    return found


def countries() -> dict[str, dict[str, str]]:
    listed: dict[str, dict[str, str]] = table("gazetteer/countries")["country"]
    return listed


@functools.cache
def demonyms() -> dict[str, str]:
    """Lower-case demonym → ISO 3166-1 alpha-3."""
    found = {c["demonym"].lower(): iso for iso, c in countries().items() if c["demonym"]}
    return found | {d.lower(): iso for d, iso in table("gazetteer/bodies")["demonym"].items()}


def country_name(iso: str) -> str:
    return countries()[iso]["name"]


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """A list of lang/en/names.toml as a set."""
    return frozenset(table("names")[name])
