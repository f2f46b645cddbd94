"""Stepping through days, filters that answer while one types, and a desk without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .visiting import Visitor


def main(page: Page) -> str:
    """What stands in the main part, but for what a script draws there after a while."""
    words = """(main) => {
        const copy = main.cloneNode(true);
        copy.querySelectorAll("[data-chart], [data-map], noscript").forEach((e) => e.remove());
        return copy.textContent;
    }"""
    told: str = page.locator("main").evaluate(words)
    return told


# ── as of a day ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/", "/figures", "/positions"])
def test_a_step_of_a_day_shows_that_day_and_back_restores(path: str, visitor: Visitor) -> None:
    page, told = visitor.page, dict[str, str]()
    visitor.goes(f"{path}?as_of=2024-09-11")
    for day in ("2024-09-11", "2024-09-12", "2024-09-13"):
        assert page.get_by_label("As of").input_value() == day
        assert visitor.address == f"{path}?as_of={day}"
        told[day] = main(page)
        page.get_by_label("a day later").click()
        page.wait_for_load_state()
    assert len(set(told.values())) > 1
    page.go_back()
    page.go_back()
    assert main(page) == told["2024-09-12"]
    page.go_forward()
    assert main(page) == told["2024-09-13"]


def test_a_day_is_set_in_its_field_and_goes_along(visitor: Visitor) -> None:
    visitor.goes("/figures?status=held")
    visitor.page.get_by_label("As of").fill("2024-09-20")
    visitor.page.get_by_role("button", name="Set").click()
    assert visitor.address == "/figures?status=held&as_of=2024-09-20"
    visitor.page.get_by_role("link", name="Positions", exact=True).click()
    assert visitor.address == "/positions?as_of=2024-09-20"
    visitor.page.get_by_role("link", name="All days").click()
    assert visitor.address == "/positions"


# ── live filters ─────────────────────────────────────────────────────────────────────────────────


def test_typing_filters_and_back_restores(visitor: Visitor) -> None:
    page = visitor.page
    visitor.goes("/timeline")
    whole = main(page)
    page.get_by_label("party").press_sequentially("Irena Sol", delay=20)
    page.wait_for_url("**/timeline?party=Irena+Sol")
    expect(page.locator(".act")).to_have_count(len(visitor.desk.ledger.timeline(party="Irena Sol")))
    assert page.locator(":focus").get_attribute("name") == "party"
    assert page.get_by_label("party").input_value() == "Irena Sol"
    page.get_by_label("state").select_option("planned")
    page.wait_for_url("**state=planned")
    page.go_back()
    page.go_back()
    page.wait_for_url("**/timeline")
    expect(page.get_by_label("party")).to_have_value("")
    assert main(page) == whole
    page.go_forward()
    expect(page.get_by_label("party")).to_have_value("Irena Sol")


def test_what_is_typed_while_an_answer_is_on_its_way_is_kept(visitor: Visitor) -> None:
    page = visitor.page
    visitor.goes("/documents")
    page.evaluate(SLOW)
    page.get_by_label("agency").press_sequentially("V")
    page.wait_for_url("**/documents?agency=V")
    page.get_by_label("agency").press_sequentially("NA", delay=150)
    page.wait_for_url("**/documents?agency=VNA")
    expect(page.locator(".dispatches li")).to_have_count(18)
    assert page.get_by_label("agency").input_value() == "VNA"


SLOW = """() => {
    const real = fetch, after = (ms) => new Promise((go) => setTimeout(go, ms));
    window.fetch = async (to, how) => { await after(to.endsWith("agency=V") ? 800 : 0); return real(to, how) };
}"""


def test_a_day_stepped_keeps_what_was_just_typed(visitor: Visitor) -> None:
    page = visitor.page
    visitor.goes("/timeline?as_of=2024-09-20")
    page.get_by_label("party").fill("Irena Sol")
    page.wait_for_url("**party=Irena+Sol**")
    left = visitor.desk.ledger.timeline(party="Irena Sol", as_of="2024-09-20")
    expect(page.locator(".act")).to_have_count(len(left))
    page.get_by_label("a day earlier").click()
    page.wait_for_url("**as_of=2024-09-19**")
    assert "party=Irena+Sol" in visitor.address


def test_a_search_is_narrowed_and_not_forgotten(visitor: Visitor) -> None:
    visitor.goes("/documents?q=prisoners")
    visitor.page.get_by_label("agency").fill("VNA")
    visitor.page.wait_for_url("**/documents?q=prisoners&agency=VNA")
    found = [r for r in visitor.desk.ledger.documents(q="prisoners") if r.agency == "VNA"]
    expect(visitor.page.locator(".dispatches li")).to_have_count(len(found))


# ── by day and by night ──────────────────────────────────────────────────────────────────────────


def test_a_chart_follows_the_night(visitor: Visitor) -> None:
    visitor.page.emulate_media(color_scheme="light")
    visitor.goes("/figures?status=held")
    chart = visitor.page.locator("[data-chart] svg").first
    for night, ground in (
        ("light", "rgb(255, 255, 255)"),
        ("dark", "rgb(31, 34, 37)"),
        ("light", "rgb(255, 255, 255)"),
    ):
        visitor.page.emulate_media(color_scheme=night)  # type: ignore[arg-type]
        expect(chart).to_have_css("background-color", ground)


# ── without a mouse ──────────────────────────────────────────────────────────────────────────────


def test_the_first_stop_leads_past_the_head(visitor: Visitor) -> None:
    page = visitor.page
    visitor.goes("/figures")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the page"
    assert page.locator(":focus").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("(e) => !!e.closest('main')")


@pytest.mark.parametrize("path", ["/", "/figures", "/positions"])
def test_every_stop_is_seen_and_in_the_order_of_the_page(path: str, visitor: Visitor) -> None:
    page = visitor.page
    visitor.goes(path)
    stops = []
    for _ in range(45):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP))
    assert all(seen for _, seen, _ in stops), [stop for stop in stops if not stop[1]]
    assert [n for n, _, _ in stops] == sorted(n for n, _, _ in stops)
    assert {"nav", "main"} <= {part for _, _, part in stops}


STOP = """() => {
    const e = document.activeElement, how = getComputedStyle(e);
    const part = ["nav", "main", "footer"].find((p) => e.closest(p)) ?? "head";
    return [[...document.querySelectorAll("*")].indexOf(e), how.outlineStyle !== "none" && parseFloat(how.outlineWidth) >= 2, part];
}"""
