"""Charts at addresses of their own."""

from __future__ import annotations

import hashlib

import pytest
from starlette.testclient import TestClient

from parley.web.assets import PINNED, asset

from .test_pages import pages, told  # noqa: F401 - fixtures

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["figures", "timeline", "books"])
def test_a_chart_is_a_spec_and_two_pictures(pages: TestClient, name: str) -> None:  # noqa: F811
    asked = "?status=held" if name == "figures" else "?by=Kelbarran+Front" if name == "books" else ""
    assert pages.get(f"/charts/{name}.json{asked}").json()["$schema"].endswith("v6.json")
    assert pages.get(f"/charts/{name}.svg{asked}").text.startswith("<svg")
    assert pages.get(f"/charts/{name}.png{asked}").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["figures", "timeline"])
def test_a_chart_has_another_ground_by_night(pages: TestClient, name: str) -> None:  # noqa: F811
    day, night = (pages.get(f"/charts/{name}.json?state=planned{dark}").json() for dark in ("", "&dark=on"))
    assert (day["background"], night["background"]) == ("white", "#1f2225")
    drawn = pages.get(f"/charts/{name}.svg?dark=on").text
    assert 'fill="#1f2225"' in drawn and 'fill="white"' not in drawn
    assert (
        f'srcset="/charts/{name}.svg?status=held&amp;dark=on"' in pages.get(f"/{name}?status=held").text
        or name == "timeline"
    )


def test_nothing_told_is_nothing_drawn(pages: TestClient) -> None:  # noqa: F811
    assert pages.get("/charts/figures.json?status=displaced").status_code == 404
    assert pages.get("/charts/gossip.svg").status_code == 404


def test_the_library_that_draws_is_one_module(pages: TestClient) -> None:  # noqa: F811
    answer = pages.get("/assets/vega.js")
    assert answer.headers["content-type"].startswith("text/javascript") and "vegaEmbed" in answer.text[-200:]


def test_each_script_of_others_is_the_pinned_file() -> None:
    for name, wanted in PINNED.items():
        path = asset(name)
        assert path and hashlib.sha256(path.read_bytes()).hexdigest() == wanted
    assert asset("../desk.css") is None
