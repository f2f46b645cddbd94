"""Adding a record by selecting words in the browser: with a mouse, with the keyboard, and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from parley.ledger import Ledger
from parley.pipeline import process
from parley.read.plain import plain
from parley.store.rows import dispatch_id

from .test_pages import NARROW, findings
from .visiting import Served, Visitor, serving, visiting

# Two signs that a browser counts as four, and a carriage return, before the words.
TEXT = (
    "LISSE, Oct. 3, 2024 (VNA) 🕊🕊 - The Kelbarran Front said\r\nit is well. The Front is keeping a score of miners in the pits\n"
    "near Tamrin, Foreign Minister Irena Sol said on Thursday.\n"
)
WORDS = "a score of miners"
SELECT = """(pre, words) => {
    const at = pre.textContent.indexOf(words), walk = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let node, passed = 0; (node = walk.nextNode()); passed += node.length) {
        if (passed <= at && at < passed + node.length) range.setStart(node, at - passed);
        if (passed < at + words.length && at + words.length <= passed + node.length) range.setEnd(node, at + words.length - passed);
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


@pytest.fixture
def pits(tmp_path: Path) -> Iterator[Served]:
    """A desk with one dispatch, whose id is `pits.ledger.documents()[0].id`."""
    with Ledger.open(str(tmp_path / "pits.db"), make=True) as ledger:
        ledger.add(process(plain(TEXT, None, "pits.txt")))
        with serving(ledger, tmp_path) as served:
            yield served


def fill(visitor: Visitor) -> None:
    """What the words tell, and off with it."""
    page = visitor.page
    expect(page.get_by_text("“a score of miners”").first).to_be_visible()
    page.get_by_label("low").fill("20")
    page.get_by_label("of whom").fill("miners")
    page.get_by_label("status").select_option("held")
    page.get_by_label("by", exact=True).select_option(label="Kelbarran Front")
    page.get_by_label("Why, or how you know").fill("a score is 20")
    page.get_by_role("button", name="Add it as mine").click()
    expect(page.get_by_text("by hand, Ines")).to_be_visible()


def kept(served: Served) -> tuple[int | None, str, str | None, str]:
    (row,) = [f for f in served.ledger.figures(status="held") if f.cites[0].rule == "by hand"]
    return row.low, row.who, row.by, row.cites[0].words


FOUND = (20, "miners", "Kelbarran Front", WORDS)


def test_words_that_are_selected_become_a_record(browser: Browser, pits: Served) -> None:
    with visiting(browser, pits, editor=True) as visitor:
        page, id = visitor.page, pits.ledger.documents()[0].id
        visitor.goes(f"/documents/{id}")
        page.locator("#text").evaluate(SELECT, WORDS)
        at = pits.ledger.record(id).text.index(WORDS)  # type: ignore[union-attr]
        expect(page.get_by_label("Characters, like")).to_have_value(f"{at}-{at + len(WORDS)}")
        expect(page.get_by_text(f"Selected: {WORDS}")).to_be_visible()
        page.get_by_label("They tell of").select_option("counts")
        page.get_by_role("button", name="Take these words").click()
        expect(page.locator("mark.lit").first).to_be_visible()
        assert not findings(visitor)
        fill(visitor)
        assert kept(pits) == FOUND and not visitor.wrong
        assert visitor.address.endswith(f"at={at}-{at + len(WORDS)}#c{at}-{at + len(WORDS)}")
        assert dispatch_id(pits.ledger.record(id).document) == id  # type: ignore[union-attr]


def test_no_script_is_needed(browser: Browser, pits: Served) -> None:
    with visiting(browser, pits, editor=True, java_script_enabled=False) as visitor:
        page = visitor.page
        visitor.goes(f"/documents/{pits.ledger.documents()[0].id}")
        page.get_by_text("Add a record").click()
        page.get_by_label("Characters, like").fill(WORDS)
        page.get_by_label("They tell of").select_option("counts")
        page.get_by_role("button", name="Take these words").click()
        fill(visitor)
        assert kept(pits) == FOUND and not visitor.wrong


def test_the_keyboard_is_enough(browser: Browser, pits: Served) -> None:
    with visiting(browser, pits, editor=True) as visitor:
        page = visitor.page
        visitor.goes(f"/documents/{pits.ledger.documents()[0].id}")
        page.get_by_text("Add a record").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type(WORDS)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Add it as mine")).to_be_visible()
        page.get_by_label("act", exact=True).focus()
        page.keyboard.type("acc")
        page.keyboard.press("Tab")
        page.keyboard.type("dir")
        page.get_by_label("Why, or how you know").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("by hand, Ines")).to_be_visible()
        (entry,) = pits.ledger.log()
        assert "act accuse" in entry.after and "mode direct" in entry.after


def test_the_form_fits_a_telephone_and_the_night(browser: Browser, pits: Served) -> None:
    id = pits.ledger.documents()[0].id
    for kind in ("events", "agreements"):
        with visiting(browser, pits, editor=True, viewport=NARROW, color_scheme="dark") as visitor:
            visitor.goes(f"/documents/{id}?select=0-5&kind={kind}")
            assert visitor.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
            assert not findings(visitor) and not visitor.wrong


def test_nobody_else_is_asked_when_words_are_selected(browser: Browser, pits: Served) -> None:
    with visiting(browser, pits) as visitor:
        visitor.goes(f"/documents/{pits.ledger.documents()[0].id}")
        visitor.page.locator("#text").evaluate(SELECT, WORDS)
        expect(visitor.page.get_by_text("Add a record")).to_have_count(0)
        assert not visitor.wrong
