"""A dispatch in the browser: its text is the stored text, its marks stand where the records say, and links open on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, expect

from parley.document import Document
from parley.facts import Claim, Count, Facts, Source
from parley.ledger import Ledger
from parley.record import Record
from parley.store.rows import dispatch_id
from parley.values import Span

from .visiting import Served, Visitor, serving, visiting

PIECES = (
    "\n", "\r\n", "\r", "\t", "  ", "a", "word ", "🕊", "👩‍👩‍👧", "e\u0301", "\u0301", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff",
    "\u00ad", "\u0085", "\u2028", "\x0c", "\x1b", "<b>", "</pre>", "<!--", "<script>alert(1)</script>", "&amp;", "&#13;", "&",
    '"', "שלום", "<td>",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)
edges = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 25)), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk whose ledger takes what a test makes up."""
    folder: Path = tmp_path_factory.mktemp("loose")
    with Ledger.open(str(folder / "loose.db"), make=True) as ledger, serving(ledger, folder) as served:
        yield served


@pytest.fixture(scope="module")
def anybody(browser: Browser, loose: Served) -> Iterator[Visitor]:
    with visiting(browser, loose) as come:
        yield come


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts, edges)
def test_the_text_on_the_page_is_the_stored_text_and_every_span_is_marked(
    anybody: Visitor, text: str, edges: list[tuple[int, int]]
) -> None:
    spans = [Span(a, min(a + n, len(text))) for a, n in edges if a < len(text)]
    id = kept(anybody.desk.ledger, text, spans)
    lit = spans[-1] if spans else Span(0, 1)
    anybody.page.goto("about:blank")
    anybody.goes(f"/documents/{id}?at={lit.start}-{lit.end}#c{lit.start}-{lit.end}")
    pre = anybody.page.locator("pre.dispatch")
    assert pre.evaluate("(pre) => pre.textContent") == text
    assert together(pre, "mark.lit") == lit.of(text)
    for card in anybody.page.locator(".card").all():
        a, b = (card.get_by_role("link", name="characters").inner_text().split()[1]).split("–")
        marked = together(pre, f'mark[data-items~="{card.get_attribute("id")}"]')
        assert marked == text[int(a) : int(b)]
    assert not anybody.wrong


def kept(ledger: Ledger, text: str, spans: list[Span]) -> str:
    """The id of a dispatch made up, with a record on each span."""
    claims = tuple(Claim(f"c{n}", s, Source("unnamed"), "indirect", "say") for n, s in enumerate(spans))
    counts = tuple(Count(f"n{n}", s, 1, 1, "dead", "people") for n, s in enumerate(spans[::2]))
    record = Record(Document(text), (), (), Facts(claims=claims, counts=counts))
    ledger.add(record)
    return dispatch_id(record.document)


def together(pre: Locator, marks: str) -> str:
    words: str = pre.locator(marks).evaluate_all("(all) => all.map((m) => m.textContent).join('')")
    return words


# ── links into a dispatch ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("scripts", [True, False])
def test_a_figure_opens_on_its_words(scripts: bool, browser: Browser, story: Served) -> None:
    telephone = {"width": 320, "height": 480}
    with visiting(browser, story, viewport=telephone, java_script_enabled=scripts) as visitor:
        visitor.goes("/figures?status=held")
        link = visitor.page.locator("tr[id] .words").first
        words = link.inner_text()
        link.click()
        lit = visitor.page.locator("mark.lit")
        assert together(visitor.page.locator("pre"), "mark.lit") == words
        expect(lit.first).to_be_in_viewport(ratio=1)


def test_a_search_opens_on_what_was_found(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 320, "height": 400})
    visitor.goes("/")
    visitor.page.get_by_label("Search").fill("prisoners")
    visitor.page.get_by_role("button", name="Find").click()
    visitor.page.locator(".dispatches a").first.click()
    lit = visitor.page.locator("mark.lit")
    assert "prisoners" in together(visitor.page.locator("pre"), "mark.lit")
    expect(lit.first).to_be_in_viewport(ratio=1)


def test_a_card_leads_to_its_words_and_back(visitor: Visitor) -> None:
    visitor.goes(f"/documents/{busiest(visitor.desk.ledger)}")
    card = visitor.page.locator(".card").nth(2)
    id = card.get_attribute("id")
    card.get_by_role("link", name="characters").click()
    expect(visitor.page.locator(f'mark[data-items~="{id}"]').first).to_be_in_viewport(ratio=1)
    visitor.page.locator(f'a[data-note="{id}"]').click()
    assert visitor.address.endswith(f"#{id}")
    expect(card).to_be_in_viewport(ratio=1)


def busiest(ledger: Ledger) -> str:
    """The dispatch of which most figures are."""
    told = [f.cites[0].dispatch for f in ledger.figures().rows]
    return max(sorted(set(told)), key=told.count)


# ── keys and kinds ───────────────────────────────────────────────────────────────────────────────


def test_j_and_k_go_from_record_to_record(visitor: Visitor) -> None:
    visitor.goes(f"/documents/{busiest(visitor.desk.ledger)}")
    keys, page = visitor.page.keyboard, visitor.page
    cards = [c.get_attribute("id") for c in page.locator(".card").all()]
    seen = []
    for key in "jjjk":
        keys.press(key)
        seen.append(page.evaluate("document.activeElement.id"))
        expect(page.locator("mark.now").first).to_be_in_viewport(ratio=1)
    assert seen == [cards[0], cards[1], cards[2], cards[1]]


def test_keys_are_letters_in_a_field(visitor: Visitor) -> None:
    visitor.goes(f"/documents/{busiest(visitor.desk.ledger)}")
    field = visitor.page.get_by_label("Search")
    field.focus()
    visitor.page.keyboard.type("jk")
    assert field.input_value() == "jk"
    assert visitor.page.locator("mark.now").count() == 0


def test_a_kind_switched_off_takes_its_marks_and_cards_away(visitor: Visitor) -> None:
    visitor.goes(f"/documents/{busiest(visitor.desk.ledger)}")
    page = visitor.page
    page.get_by_label("Figure").uncheck()
    assert not [c for c in page.locator(".card.counts").all() if c.is_visible()]
    assert page.locator(".card.claims").first.is_visible()
    assert not page.locator("mark.counts, mark.in-counts").count()
    assert not [n for n in page.locator("a.note-counts").all() if n.is_visible()]
    page.get_by_label("Figure").check()
    assert page.locator(".card.counts").first.is_visible() and page.locator("mark.in-counts").count()


def test_only_what_nobody_reviewed(browser: Browser, story: Served) -> None:
    figure = story.ledger.figures(status="wounded").rows[0]
    story.ledger.review(figure.id, "accept", who="Ines")
    with visiting(browser, story) as visitor:
        visitor.goes(f"/documents/{figure.cites[0].dispatch}")
        accepted = visitor.page.locator('.card[data-status="accept"]')
        assert accepted.is_visible()
        visitor.page.get_by_label("only unreviewed").check()
        assert not accepted.is_visible()
        assert visitor.page.locator('.card[data-status="open"]').first.is_visible()
    story.ledger.review(figure.id, "undo", who="Ines")


def test_without_a_script_there_is_nothing_to_switch(browser: Browser, story: Served) -> None:
    with visiting(browser, story, java_script_enabled=False) as visitor:
        visitor.goes(f"/documents/{busiest(story.ledger)}")
        assert not visitor.page.locator("[data-kinds]").is_visible()
