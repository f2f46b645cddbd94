"""Names of places → where they are: a town, a site, an area, or a country as a whole. Two equal candidates are no answer.

Three tables are asked in turn: the user's own (`PARLEY_PLACES`), Parley's own of what gazetteers lack (crossings, camps,
venues of talks), and GeoNames (CC BY 4.0, geonames.org). Countries come before towns.
"""

from __future__ import annotations

import csv
import functools
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from parley.errors import WrongQuestion
from parley.lang import table

CREDIT = "Places: GeoNames, CC BY 4.0"
PRECISIONS = ("site", "town", "area", "country")
CLEAR = 2  # how many times as large as the next one a town must be, if nothing else speaks for it
ARTICLE = re.compile(r"\b(?:a[lnrstdz]|el|ash|the)[\s‐-―-]+(?=\w)", re.IGNORECASE)
DIRECTION = re.compile(
    r"^(?:the\s+)?(?:(?:north|south|east|west)(?:ern)?|(?:north|south)(?:east|west)(?:ern)?|central|upper|lower)[\s-]+",
    re.IGNORECASE,
)
THE = re.compile(r"^the\s+", re.IGNORECASE)
MARKS = ("Mn", "Lm", "Sk")  # accents, and the letters that stand for an ʿayn or a hamza
NOT_WORD = re.compile(r"\W+|_")
COLUMNS = ("name", "latitude", "longitude", "precision", "country", "source")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a name leads. A country has no point of its own: it is an area, by its ISO 3166-1 alpha-3 code. `rank` is
    "own" (the user's table), "known" (Parley's), "country", "in context" (its country is spoken of), "only" or "largest";
    `rivals` are the other places of that name."""

    name: str
    latitude: float | None
    longitude: float | None
    precision: str
    country: str | None
    population: int = 0
    rank: str = ""
    rivals: tuple[str, ...] = ()
    source: str = ""


class Places:
    """A gazetteer; `own` is a user's table: a file of tab-separated name, latitude, longitude, precision and, if
    wanted, country."""

    def __init__(self, own: str | Path | None = None) -> None:
        own = own or os.environ.get("PARLEY_PLACES")
        self.tables = (
            ("own", own_table(Path(own)) if own else {}),
            ("known", known_table()),
            ("country", country_table()),
        )

    def find(self, name: str, country: str | Collection[str] | None = None) -> Found | None:
        """Where a name leads, with the countries that the dispatch speaks of as context; None where it is unknown,
        or two places have an equal right to it."""
        context = {country} if isinstance(country, str) else set(country or ())
        for told in dict.fromkeys(
            (name, DIRECTION.sub("", name))
        ):  # "northern Gaza" is looked for as it stands first
            for rank, places in self.tables:
                if found := places.get(key(told, whole=rank == "country")):
                    return only(found, context, rank)
            if found := towns().get(key(told)):
                return ranked(found, context)
        return None


def only(found: list[Found], context: set[str], rank: str) -> Found | None:
    """Of a table made by hand: the one of that name, or the one in context."""
    near = [f for f in found if f.country in context] or found
    others = tuple(told(f) for f in found if f is not near[0])
    return replace(near[0], rank=rank, rivals=others) if len(near) == 1 else None


def ranked(found: list[Found], context: set[str]) -> Found | None:
    """Of a gazetteer: the country in context, then the population, which must be clearly larger."""
    order = sorted(found, key=lambda f: (f.country not in context, -f.population))
    if not order:
        return None
    first, *others = order
    equals = [
        f
        for f in others
        if (f.country in context) == (first.country in context) and f.population * CLEAR > first.population
    ]
    if equals:
        return None
    rank = "only" if not others else "in context" if first.country in context else "largest"
    return replace(first, rank=rank, rivals=tuple(told(f) for f in others))


def told(found: Found) -> str:
    return ", ".join(
        filter(None, (found.name, found.country, f"{found.population:,}" if found.population else ""))
    )


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────


def key(name: str, *, whole: bool = False) -> str:
    """A name as it is looked up: without accents, hyphens, apostrophes and articles; `whole` keeps those of a country.

    >>> key("Deir al-Balah"), key("Sana'a"), key("Dar‘ā"), key("An Nuṣayrāt")
    ('deirbalah', 'sanaa', 'dara', 'nusayrat')
    >>> key("El Salvador"), key("El Salvador", whole=True), key("the United States", whole=True)
    ('salvador', 'elsalvador', 'unitedstates')
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if unicodedata.category(c) not in MARKS)
    return NOT_WORD.sub("", (THE if whole else ARTICLE).sub("", name)).casefold()


@functools.cache
def towns() -> dict[str, list[Found]]:
    """Every town by each of its spellings."""
    found: dict[str, list[Found]] = defaultdict(list)
    for line in lines("places.tsv"):
        name, country, latitude, longitude, population, others = line.split("\t")
        town = Found(
            name, float(latitude), float(longitude), "town", country, int(population), source="GeoNames"
        )
        for spelling in {key(name), *(key(n) for n in others.split("|") if n)}:
            found[spelling].append(town)
    return found


def lines(name: str) -> Iterator[str]:
    text = files("parley.show.atlas").joinpath("gazetteer", name).read_text("utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@functools.cache
def known_table() -> dict[str, list[Found]]:
    return by_key(rows_of(list(lines("places_own.tsv")), "places_own.tsv"))


@functools.cache
def country_table() -> dict[str, list[Found]]:
    """Every name of a state that the reader of dispatches knows, and nothing that is the name of a town too."""
    states = table("gazetteer/countries")["country"]
    names = {c["name"].strip(): iso for iso, c in states.items()} | dict(table("gazetteer/bodies")["state"])
    found: dict[str, list[Found]] = {}
    for name, iso in names.items():
        usual = states[iso]["name"].strip() if iso in states else name
        found[key(name, whole=True)] = [Found(usual, None, None, "country", iso, source="countries")]
    return found


def own_table(path: Path) -> dict[str, list[Found]]:
    """The user's places; raises WrongQuestion with the line that is none."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as why:
        raise WrongQuestion(f"{path}: places cannot be read: {why}") from None
    return by_key(rows_of(text.splitlines(), str(path)))


def rows_of(told: Iterable[str], source: str) -> Iterator[Found]:
    for n, cells in enumerate(csv.reader(told, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        if not cells or cells[0].startswith("#") or cells[:4] == list(COLUMNS[:4]):
            continue
        row = dict(zip(COLUMNS, (c.strip() for c in cells), strict=False))
        try:
            yield place(row, source)
        except (ValueError, KeyError):
            raise WrongQuestion(
                f"{source}, line {n}: a place is name, latitude, longitude and precision ({', '.join(PRECISIONS)}), parted by tabs"
            ) from None


def place(row: dict[str, str], source: str) -> Found:
    latitude, longitude, precision = float(row["latitude"]), float(row["longitude"]), row["precision"]
    if not (row["name"] and abs(latitude) <= 90 and abs(longitude) <= 180 and precision in PRECISIONS):
        raise ValueError
    country = row.get("country") or None
    return Found(
        row["name"],
        latitude,
        longitude,
        precision,
        country,
        source=row.get("source") or source,
    )


def by_key(found: Iterable[Found]) -> dict[str, list[Found]]:
    """`A | B` is one place of two names."""
    named: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        usual, *others = (n.strip() for n in one.name.split("|"))
        for name in (usual, *others):
            named[key(name)].append(replace(one, name=usual))
    return named
