"""The map: its rows, its picture, and the files that draw it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from .test_pages import pages, told  # noqa: F401 - fixtures

PLACES = Path(__file__).parents[2] / "examples/story/places.tsv"


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_PLACES", str(PLACES))


def test_places_stand_with_their_precision(pages: TestClient) -> None:  # noqa: F811
    rows = {r["name"]: r for r in pages.get("/map.json").json()["rows"]}
    assert rows["Lisse"]["precision"] == "town" and rows["Orsk Vale"]["precision"] == "area"
    assert "Natural Earth" in pages.get("/map").text and pages.get("/map.svg").text.startswith("<svg")


def test_a_map_has_another_ground_by_night(pages: TestClient) -> None:  # noqa: F811
    day, night = pages.get("/map.svg").text, pages.get("/map.svg?dark=on").text
    assert '"#eef3f7"' in day and '"#eef3f7"' not in night and '"white"' not in night
    assert (
        day.count("<text") == night.count("<text") and 'srcset="/map.svg?dark=on"' in pages.get("/map").text
    )


def test_no_address_names_a_file_to_read(pages: TestClient, tmp_path: Path) -> None:  # noqa: F811
    secret = tmp_path / "secret.tsv"
    secret.write_text("name\tlatitude\tlongitude\tprecision\nLisse\t1\t1\tsite\n", "utf-8")
    rows = pages.get(f"/map.json?gazetteer={secret}").json()["rows"]
    assert {r["precision"] for r in rows if r["name"] == "Lisse"} == {"town"}


@pytest.mark.parametrize("name", ["leaflet.js", "leaflet.css", "outlines.json"])
def test_what_draws_the_map_lies_here(pages: TestClient, name: str) -> None:  # noqa: F811
    assert pages.get(f"/assets/{name}").status_code == 200
    assert pages.get("/assets/..%2Fusers.json").status_code == 404
