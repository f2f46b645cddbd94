from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from parley.document import Document
from parley.facts import Claim, Count, Facts, Source
from parley.record import Record
from parley.show.page import page
from parley.values import Span


class Words(HTMLParser):
    """The characters inside `<pre>`, and whatever should not be on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.text, self.wrong = False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "pre"
        if tag in ("script", "img", "iframe", "link") or any(k.startswith("on") for k, _ in attrs):
            self.wrong = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


hostile = st.sampled_from(
    ["<script>alert(1)</script>", "<img onerror=x src=y>", "&amp;", "\u202e", "</pre>", '"', "a", "b c", "🙂"]
)
texts = st.lists(hostile, min_size=1, max_size=12).map("".join)


@settings(max_examples=100, deadline=None)
@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=5))
def test_the_page_text_is_the_dispatch_and_nothing_in_it_is_alive(
    text: str, edges: list[tuple[int, int]]
) -> None:
    spans = [Span(min(a, len(text) - 1), min(a + n, len(text))) for a, n in edges if a < len(text)]
    claims = tuple(Claim(f"c{i}", s, Source("unnamed"), "indirect", "say") for i, s in enumerate(spans))
    counts = tuple(Count(f"n{i}", s, 1, 1, "dead", text) for i, s in enumerate(spans[:2]))
    words = Words()
    words.feed(page(Record(Document(text, agency=text), (), (), Facts(claims=claims, counts=counts))))
    assert words.text == "\n" + text  # a browser drops the line feed after <pre>
    assert not words.wrong
