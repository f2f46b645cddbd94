"""Names of places as agencies spell them, and where each must lead."""

from __future__ import annotations

import doctest
import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from parley.errors import WrongQuestion
from parley.ledger import Ledger
from parley.show.atlas import places
from parley.show.atlas.outlines import map_svg, outlines
from parley.show.atlas.places import PRECISIONS, Places, country_table, key, known_table, towns
from parley.show.charts import look, marks
from parley.show.map import Place

from .made import STORY

PLACES = Places()

TOLD = [
    ("Jenin", None, "PSE", "town", 32.46), ("Beit Lahia", None, "PSE", "town", 31.55), ("Deir al-Balah", None, "PSE", "town", 31.42),
    ("Deir el-Balah", None, "PSE", "town", 31.42), ("Khan Younis", None, "PSE", "town", 31.34), ("Rafah", None, "PSE", "town", 31.30),
    ("Rafah", "EGY", "EGY", "town", 31.28), ("Gaza City", None, "PSE", "town", 31.50), ("Nuseirat", None, "PSE", "site", 31.45),
    ("Doha", None, "QAT", "town", 25.29), ("Sana'a", None, "YEM", "town", 15.35), ("Sanaa", None, "YEM", "town", 15.35),
    ("Hodeidah", None, "YEM", "town", 14.80), ("Marib", None, "YEM", "town", 15.46), ("Kiev", None, "UKR", "town", 50.45),
    ("Kharkov", None, "UKR", "town", 49.98), ("Deir al-Zour", None, "SYR", "town", 35.34), ("Raqqa", None, "SYR", "town", 35.95),
    ("Kobani", None, "SYR", "town", 36.89), ("Tulkarm", None, "PSE", "town", 32.31), ("El-Arish", None, "EGY", "town", 31.13),
    ("Tripoli", None, "LBY", "town", 32.89), ("Tripoli", "LBN", "LBN", "town", 34.43), ("Kandahar", None, "AFG", "town", 31.61),
    ("Kerem Shalom", None, "ISR", "site", 31.23), ("Rafah crossing", None, "PSE", "site", 31.25), ("Camp David", None, "USA", "site", 39.65),
    ("Nahal Oz", None, "ISR", "site", 31.47), ("the Gaza Strip", None, "PSE", "area", 31.40), ("West Bank", None, "PSE", "area", 32.00),
    ("Egypt", None, "EGY", "country", None), ("the United States", None, "USA", "country", None), ("Jordan", None, "JOR", "country", None),
    ("El Salvador", None, "SLV", "country", None), ("Salvador", None, "BRA", "town", -12.98), ("southern Lebanon", None, "LBN", "country", None),
    ("northern Gaza", None, "PSE", "town", 31.50), ("South Sudan", None, "SSD", "country", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "near", "country", "precision", "latitude"), TOLD)
def test_a_name_leads_to_its_place(
    name: str, near: str | None, country: str, precision: str, latitude: float | None
) -> None:
    found = PLACES.find(name, near)
    assert found and (found.country, found.precision, found.latitude) == (country, precision, latitude)


@pytest.mark.parametrize("name", ["Springfield", "Bethlehem", "Port Selin", "", "Nowhere At All"])
def test_two_equal_places_or_none_are_no_answer(name: str) -> None:
    assert PLACES.find(name) is None


def test_context_decides_and_the_rivals_are_kept() -> None:
    found = PLACES.find("Bethlehem", {"PSE", "EGY"})
    assert found and (found.country, found.rank) == ("PSE", "in context")
    assert any("ZAF" in rival for rival in found.rivals)
    largest, only = PLACES.find("Tripoli"), PLACES.find("Doha")
    assert largest and largest.rank == "largest" and any("LBN" in r for r in largest.rivals)
    assert only and (only.rank, only.rivals) == ("only", ())


def test_a_country_has_no_point() -> None:
    assert all(
        f.latitude is None and f.longitude is None for found in country_table().values() for f in found
    )


def test_a_file_of_ones_own_comes_before_all(tmp_path: Path) -> None:
    mine = tmp_path / "places.tsv"
    mine.write_text(
        "# mine\nname\tlatitude\tlongitude\tprecision\nDoha | Ad Dawhah\t1.5\t2.5\tsite\n\nEgypt\t26\t30\tarea\n",
        "utf-8",
    )
    own = Places(mine)
    for name in ("Doha", "ad-Dawhah"):
        found = own.find(name)
        assert found and (found.latitude, found.precision, found.rank, found.name) == (
            1.5,
            "site",
            "own",
            "Doha",
        )
    egypt, cairo = own.find("Egypt"), own.find("Cairo")
    assert egypt and egypt.precision == "area" and cairo and cairo.country == "EGY"


def test_the_file_may_be_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_PLACES", str(STORY / "places.tsv"))
    found = Places().find("Lisse")
    assert found and (found.latitude, found.rank) == (-36.8, "own")


@pytest.mark.parametrize(
    "line",
    [
        "Doha",
        "Doha\tx\t1\ttown",
        "Doha\t91\t1\ttown",
        "Doha\t1\t181\ttown",
        "Doha\t1\t1\tpin",
        "\t1\t1\ttown",
    ],
)
def test_a_line_that_is_no_place_is_named(tmp_path: Path, line: str) -> None:
    mine = tmp_path / "places.tsv"
    mine.write_text(f"Cairo\t30\t31\ttown\n{line}\n", "utf-8")
    with pytest.raises(WrongQuestion, match="line 2: a place is"):
        Places(mine)
    with pytest.raises(WrongQuestion, match="cannot be read"):
        Places(tmp_path / "none.tsv")


def test_the_examples_of_the_docstrings_hold() -> None:
    for module in (places, look, marks):
        done = doctest.testmod(module)
        assert done.attempted and not done.failed


def test_the_tables_are_small_and_name_their_source() -> None:
    table = files("parley.show.atlas").joinpath("gazetteer", "places.tsv").read_bytes()
    assert len(table) < 2_000_000 and table.startswith(b"# GeoNames") and b"CC BY 4.0" in table[:200]
    assert len(towns()) > 60_000
    for found in known_table().values():
        for place in found:
            assert place.source == "own, rounded" and place.precision in PRECISIONS
            assert round(place.latitude or 0, 2) == place.latitude and abs(place.longitude or 0) <= 180


@pytest.mark.parametrize(
    "a, b",
    [
        ("Al-Qāmishlī", "Qamishli"),
        ("Ta‘izz", "Taizz"),
        ("Be'er Sheva", "Beer Sheva"),
        ("DEIR EL BALAH", "Deir al-Balah"),
    ],
)
def test_spellings_meet_in_one_key(a: str, b: str) -> None:
    assert key(a) == key(b)


# ── the question ─────────────────────────────────────────────────────────────────────────────────────


def named(ledger: Ledger, **asked: str) -> dict[str, Place]:
    return {p.name: p for p in ledger.places(gazetteer=STORY / "places.tsv", **asked)}


def test_places_count_independent_dispatches_events_and_figures(ledger: Ledger) -> None:
    found = named(ledger)
    vale = found["Orsk Vale"]
    assert next(iter(found)) == "Port Selin" and vale.precision == "area" and vale.rank == "own"
    assert (vale.dispatches, vale.counts, vale.first) == (5, 3, "2024-09-01")
    assert all(p.cites for p in found.values())


@pytest.mark.parametrize(
    ("asked", "names"),
    [({"kind": "meeting"}, {"Lisse", "Port Selin"}), ({"kind": "figure"}, {"Orsk Vale", "Tamrin", "Lorn"}),
     ({"kind": "dateline"}, {"Lisse", "Port Selin", "Tamrin", "Orsk Vale"}), ({"until": "2024-09-02"}, {"Orsk Vale", "Port Selin", "Lisse"}),
     ({"as_of": "2024-09-01"}, set()), ({"kind": "meeting", "party": "Dario Venn"}, {"Lisse"})],
)  # fmt: skip
def test_places_are_asked_by_kind_day_and_party(
    ledger: Ledger, asked: dict[str, str], names: set[str]
) -> None:
    assert set(named(ledger, **asked)) == names


def test_every_place_leads_to_its_words(ledger: Ledger) -> None:
    for place in ledger.places():
        for cite in place.cites:
            record = ledger.record(cite.dispatch)
            assert record and record.text[cite.start : cite.end] == cite.words


def test_a_place_that_is_not_found_stays_in_the_list(ledger: Ledger) -> None:
    answer = ledger.places()
    (tamrin,) = [p for p in answer if p.name == "Tamrin"]
    assert (tamrin.latitude, tamrin.precision, tamrin.dispatches) == (None, None, 9)
    assert any("without a point" in n for n in answer.notes) and any("CC BY 4.0" in n for n in answer.notes)
    with pytest.raises(WrongQuestion, match="there are meeting, event, figure, dateline"):
        ledger.places(kind="war")


# ── outlines and the map ─────────────────────────────────────────────────────────────────────────────


def test_borders_meet_and_no_country_is_lost() -> None:
    features = outlines()["features"]
    codes = {f["id"] for f in features}
    assert len(features) == 240 and {"PSE", "ISR", "LBN", "VAT", "MDV", "XKX"} <= codes
    edges: dict[frozenset[tuple[float, float]], int] = {}
    for f in features:
        for ring in (r for piece in f["geometry"]["coordinates"] for r in piece):
            assert ring[0] == ring[-1] and len({tuple(p) for p in ring}) >= 4, f["properties"]
            for a, b in pairwise(ring):
                side = frozenset((tuple(a), tuple(b)))
                edges[side] = edges.get(side, 0) + 1
    assert sum(n == 2 for n in edges.values()) > 5_000 and max(edges.values()) == 2


def test_gaza_and_the_west_bank_are_both_there() -> None:
    (found,) = [f for f in outlines()["features"] if f["id"] == "PSE"]
    assert len(found["geometry"]["coordinates"]) == 2


def test_the_outlines_name_their_source_and_are_small() -> None:
    import gzip

    raw = files("parley.show.atlas").joinpath("outlines.json").read_bytes()
    assert "Natural Earth" in json.loads(raw)["note"] and len(gzip.compress(raw, 9)) <= 110_000


def placed(
    name: str,
    precision: str = "town",
    country: str = "PSE",
    at: tuple[float, float] | None = (31.5, 34.5),
    n: int = 3,
) -> Place:
    latitude, longitude = at or (None, None)
    return Place(name, name, latitude, longitude, precision, country, n, 1, 0, "", "", "", (), ())


def test_a_country_is_shaded_and_never_pinned() -> None:
    drawn = map_svg([placed("Lebanon", "country", "LBN", None), placed("Gaza")])
    assert drawn.count("<circle") == 1 and "Lebanon (country): 3 dispatches" in drawn
    assert (
        "Boundaries: Natural Earth, shown for orientation, not a position of this project" in drawn
        and "GeoNames" in drawn
    )


def test_an_area_is_drawn_wide_and_dashed() -> None:
    assert "stroke-dasharray" in map_svg([placed("West Bank", "area")]) and "dasharray" not in map_svg(
        [placed("Jenin")]
    )


def test_a_map_holds_no_script_and_no_style_and_leads_to_rows() -> None:
    import xml.etree.ElementTree as tree

    drawn = map_svg([placed('<script>"&\u202e'), placed("Far", at=(10.0, 80.0))])
    assert tree.fromstring(drawn).tag.endswith("svg")
    assert (
        "<script" not in drawn and "style" not in drawn and "\u202e" not in drawn and 'href="/r/Far"' in drawn
    )
    assert "href" not in map_svg([placed("Gaza")], link="") and map_svg([]).count("<circle") == 0


def test_a_circle_grows_with_dispatches() -> None:
    import re

    few, lots = (float(re.findall(r' r="([\d.]+)"', map_svg([placed("X", n=n)]))[0]) for n in (1, 25))
    assert few < lots
