"""The whole loop of reviewing by keyboard alone, in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PASSWORD, Served

pytestmark = pytest.mark.slow


@pytest.fixture
def ben(browser: Browser, served: Served) -> Iterator[Page]:
    """Ben, logged in by keyboard and at the queue of figures."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    page.goto(f"{served.url}/login?next=/review?queue=figures")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Ben")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_visible()
    yield page
    context.close()


def heading(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("region", name="What waits").get_by_role("heading", level=2)


def goes_on_to(page: Page, words: str) -> None:
    """The next page is there, and listens to keys."""
    expect(heading(page)).to_have_text(words)
    page.wait_for_load_state()


def test_a_reviewer_needs_the_keyboard_alone(ben: Page, served: Served) -> None:
    figures = [item.what for item in served.ledger.queue(queue="figures")]
    told = [f"Figure: {what}" for what in figures]
    goes_on_to(ben, told[0])

    ben.keyboard.press("a")  # accept: on to the next
    goes_on_to(ben, told[1])
    ben.keyboard.press("u")  # … which was too quick
    goes_on_to(ben, told[0])

    ben.keyboard.press("Space")  # skip
    goes_on_to(ben, told[1])
    ben.keyboard.press("j")  # next
    goes_on_to(ben, told[2])

    ben.keyboard.press("n")  # a note: keys are letters in its field
    ben.keyboard.type("axu, says the desk")
    ben.keyboard.press("Enter")
    expect(ben.get_by_text("“axu, says the desk”").first).to_be_visible()
    goes_on_to(ben, told[2])

    ben.keyboard.press("e")  # fix: the first field has the focus
    for _ in range(20):
        if ben.evaluate("document.activeElement.id") == "fix-low":
            break
        ben.keyboard.press("Tab")
    ben.keyboard.press("Control+A")
    ben.keyboard.type("24")
    ben.keyboard.press("Enter")
    goes_on_to(ben, told[3])

    ben.keyboard.press("x")  # reject: now another telling of it moves the total
    goes_on_to(ben, "Figure: 41 or more villagers kidnapped, by Kelbarran Front, Orsk Vale")
    ben.keyboard.press("Space")
    expect(ben.get_by_text("were skipped")).to_be_visible()

    said = [(e.verdict, e.after, e.why) for e in reversed(served.ledger.log())]
    assert said == [
        ("accept", "", ""), ("undo", "", ""), ("note", "", "axu, says the desk"), ("correct", "low 24", ""), ("reject", "", ""),
    ]  # fmt: skip
    ben.goto(f"{served.url}/log?who=Ben")
    for verdict in ("accept", "undo", "note", "correct", "reject"):
        expect(ben.locator(".state", has_text=verdict).first).to_be_visible()
    expect(ben.get_by_text("low 25 → low 24")).to_be_visible()


def test_keys_can_be_switched_off(ben: Page, served: Served) -> None:
    before = heading(ben).text_content()
    box = ben.get_by_label("keys", exact=True)
    box.focus()
    ben.keyboard.press("Space")
    expect(box).not_to_be_checked()
    box.blur()
    ben.keyboard.press("a")
    ben.keyboard.press("x")
    ben.reload()
    assert heading(ben).text_content() == before and not len(served.ledger.log())
    expect(ben.get_by_label("keys", exact=True)).not_to_be_checked()


def test_a_key_can_be_another(ben: Page, served: Served) -> None:
    figures = [f"Figure: {item.what}" for item in served.ledger.queue(queue="figures")]
    ben.get_by_text("change keys").click()
    field = ben.get_by_label("reject", exact=True)
    field.fill("a")
    field.blur()
    assert field.evaluate("(e) => e.validationMessage") == "a is the key for accept"
    field.fill("y")
    field.blur()
    expect(ben.get_by_role("button", name="Reject y", exact=True)).to_be_visible()
    ben.reload()
    expect(ben.get_by_role("button", name="Reject y", exact=True)).to_be_visible()
    ben.locator("main").focus()
    ben.keyboard.press("x")
    assert heading(ben).text_content() == figures[0]
    ben.keyboard.press("y")
    expect(heading(ben)).not_to_have_text(figures[0])
    assert [e.verdict for e in served.ledger.log()] == ["reject"]


def test_two_at_once_are_told_apart_in_the_browser(ben: Page, served: Served) -> None:
    item = served.ledger.queue(queue="figures")[0]
    served.ledger.review(item.id, "reject", who="Cleo", why="another story")
    ben.keyboard.press("a")
    expect(ben.get_by_role("heading", level=1)).to_have_text("Changed by Cleo while you looked")
    ben.keyboard.press("a")
    expect(ben).to_have_url(f"{served.url}/review?queue=figures")
    assert [e.who for e in served.ledger.log()] == ["Ben", "Cleo"]
