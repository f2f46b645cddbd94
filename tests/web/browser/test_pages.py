"""Every page, as everybody meets it: with and without scripts, in the light and in the dark, on a telephone, on paper.

A page is opened once in each of these ways, and all tests of it look at that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from .addresses import PAGES, PATHS, STATUS, WRITES, address_of, pages
from .visiting import Served, Visitor, file_name, visiting

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 256}  # also what 1280 × 1024 is at 400 %
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
SCRIPTED = (
    "[data-kinds], [data-keys], [data-chart], [data-map], noscript"  # what only a script shows or draws
)
FURNITURE = ".top, nav, .filters, .facets, .kinds, .verdict, .paging, .ways"


@pytest.fixture(scope="module", params=PAGES)
def at(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def opened(browser: Browser, desk: Served, at: str, **how: Any) -> Iterator[Visitor]:
    with visiting(browser, desk, **how) as visitor:
        assert visitor.goes(address_of(at, desk.ledger)) == STATUS.get(at, 200)
        yield visitor


@pytest.fixture(scope="module")
def light(browser: Browser, story: Served, at: str) -> Iterator[Visitor]:
    yield from opened(browser, story, at, editor=True, viewport=WIDE)


@pytest.fixture(scope="module")
def dark(browser: Browser, story: Served, at: str) -> Iterator[Visitor]:
    yield from opened(browser, story, at, editor=at in WRITES, viewport=WIDE, color_scheme="dark")


@pytest.fixture(scope="module")
def narrow(browser: Browser, story: Served, at: str) -> Iterator[Visitor]:
    yield from opened(browser, story, at, editor=True, viewport=NARROW)


@pytest.fixture(scope="module")
def plain(browser: Browser, story: Served, at: str) -> Iterator[Visitor]:
    """Without scripts."""
    yield from opened(browser, story, at, editor=at in WRITES, viewport=WIDE, java_script_enabled=False)


def test_no_page_is_forgotten(story: Served) -> None:
    assert pages(story.app.routes) == PATHS


def test_a_page_is_whole(light: Visitor, dark: Visitor, narrow: Visitor, plain: Visitor) -> None:
    for visitor in (light, dark, narrow, plain):
        assert visitor.page.locator("h1").count() == 1
        assert visitor.page.title().endswith(" · Parley") and not visitor.page.title().startswith(" ")
        assert not visitor.wrong


def test_the_words_of_a_page_need_no_script(dark: Visitor, plain: Visitor) -> None:
    assert words(dark) == words(plain)


def words(visitor: Visitor) -> list[str]:
    """What is to be read in the main part, but for what only a script can do."""
    read = """(main, scripted) => {
        main.querySelectorAll(scripted).forEach((e) => e.style.setProperty("display", "none", "important"));
        const told = main.innerText;
        main.querySelectorAll(scripted).forEach((e) => e.style.removeProperty("display"));
        return told;
    }"""
    told: str = visitor.page.locator("main").evaluate(read, SCRIPTED)
    return told.split()


def test_axe_finds_nothing_by_day(light: Visitor) -> None:
    assert not findings(light)


def test_axe_finds_nothing_by_night(dark: Visitor) -> None:
    assert not findings(dark)


def findings(visitor: Visitor) -> list[str]:
    found = Axe().run(visitor.page, options=RULES).response["violations"]
    return [f"{v['id']}: {n['html'][:200]}: {n['failureSummary']}" for v in found for n in v["nodes"]]


def test_axe_would_find_something(browser: Browser, story: Served) -> None:
    with visiting(browser, story) as visitor:
        visitor.goes("/login")
        visitor.page.evaluate("document.querySelector('main').append(document.createElement('img'))")
        assert "image-alt" in str(findings(visitor))


@pytest.mark.parametrize("at", [p for p in PAGES if "{" not in p])
def test_an_empty_ledger_has_the_same_pages(at: str, browser: Browser, empty: Served) -> None:
    with visiting(browser, empty, editor=True, viewport=WIDE) as visitor:
        assert visitor.goes(at) == STATUS.get(at, 200)
        assert not visitor.wrong
        assert not findings(visitor)


followed = set[str]()


def test_no_link_leads_nowhere(light: Visitor) -> None:
    """A path asked in the same way is followed once, wherever it stands; downloads are not."""
    page, dead = light.page, []
    for href in sorted(set(page.locator("a[href^='/']").evaluate_all("(all) => all.map((a) => a.href)"))):
        path, query = urlsplit(href).path, parse_qs(urlsplit(href).query)
        key = f"{path} {sorted(query)}"
        if key in followed or path.startswith("/export/") or "." in path:
            continue
        followed.add(key)
        if page.request.get(href).status != 200:
            dead.append(href)
    assert not dead


def test_an_anchor_of_the_page_is_there(light: Visitor) -> None:
    lost = """(all) => all.filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.outerHTML)"""
    assert not light.page.locator("a[href^='#']:not([role=button])").evaluate_all(lost)


def test_a_narrow_page_scrolls_in_one_direction(narrow: Visitor) -> None:
    assert narrow.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_what_is_clicked_is_large_enough(light: Visitor, narrow: Visitor) -> None:
    """24 pixels each way for all that is not a link within words."""
    small = """(all) => all.filter((e) => e.checkVisibility()).map((e) => [e, e.getBoundingClientRect()])
        .filter(([e, r]) => r.height < 24 || r.width < 24).map(([e, r]) => `${e.outerHTML.slice(0, 120)} ${r.width} × ${r.height}`)"""
    targets = "button, input:not([type=checkbox], [type=radio]), select, textarea, summary, nav a, .step"
    for visitor in (light, narrow):
        assert not visitor.page.locator(targets).evaluate_all(small)


def test_a_page_is_kept_as_a_picture(
    light: Visitor, dark: Visitor, narrow: Visitor, at: str, shots: Path
) -> None:
    for kind, visitor in {"light": light, "dark": dark, "narrow": narrow}.items():
        path = shots / f"{file_name(at)}-{kind}.png"
        visitor.page.screenshot(path=path, full_page=True)
        assert path.stat().st_size > 1000


def test_on_paper_there_is_no_furniture(plain: Visitor) -> None:
    plain.page.emulate_media(media="print")
    assert not [e for e in plain.page.locator(FURNITURE).all() if e.is_visible()]
    assert plain.page.locator("h1").is_visible()
