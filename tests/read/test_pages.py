"""Pages as sites make them: paragraphs right, nothing of what stands round them."""

from __future__ import annotations

import io
import json

import pytest

from parley.document import Document
from parley.read.composed import composed
from parley.read.inputs import dispatches_in
from parley.read.markup import paragraphs

ONE = (
    "TAMRIN, Sept 9 (Meridian) - The Varosian army left Orsk Vale on Monday, Defence Minister Oran Vell said."
)
TWO = "“We keep our word,” Vell told reporters."
THREE = "More than 3,000 people had fled the valley, the Red Cross said."
AROUND = (
    '<nav><a href="/">Home</a> <a href="/w">World</a></nav>',
    "<footer>© Meridian. All rights reserved.</footer>",
)


def read(body: str, head: str = "") -> Document:
    page = f"<!doctype html><html><head>{head}</head><body>{AROUND[0]}{body}{AROUND[1]}</body></html>"
    (found,) = dispatches_in(io.BytesIO(page.encode()), "a.html")
    assert isinstance(found, Document), found
    return found


LAYOUTS = {
    "an article": f"<article><h1>Army leaves</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></article>",
    "divisions": f'<div id="main"><h1>Army leaves</h1><div class="story-body"><p>{ONE}</p><div><p>{TWO}</p></div><p>{THREE}</p></div></div>',
    "a dateline apart": f'<article><h1>Army leaves</h1><p><span class="dateline">TAMRIN, Sept 9 (Meridian)</span> - {ONE[28:]}</p><p>{TWO}</p><p>{THREE}</p></article>',
    "an advertisement between": f'<main><h1>Army leaves</h1><p>{ONE}</p><script>ad()</script><p>{TWO}</p><div class="ad"><iframe src="x"></iframe></div><p>{THREE}</p></main>',
    "lines that are wrapped": f"<article><h1>Army\n  leaves</h1><p>{ONE.replace(' ', chr(10) + '    ')}</p><p>{TWO}</p>\n\n<p>{THREE}</p></article>",
    "links and emphasis": f"<article><h1>Army leaves</h1><p>{ONE.replace('Orsk Vale', '<a href=/o><b>Orsk</b> Vale</a>')}</p><p>{TWO}</p><p><em>{THREE}</em></p></article>",
    "comments below": f'<article><h1>Army leaves</h1><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></article><section class="comments" id="comments"><p>First!</p></section>',
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_paragraphs_are_the_article_s(layout: str) -> None:
    assert read(LAYOUTS[layout]).text == composed([ONE, TWO, THREE], headline="Army leaves")


def test_a_flash_of_one_line_is_an_article() -> None:
    assert read(f"<article><h1>Army leaves</h1><p>{ONE}</p></article>").text == f"Army leaves\n\n{ONE}\n"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="date" content="2024-09-09">', "2024-09-09"),
        (
            '<meta property="article:published_time" content="2024-09-09T18:45:00+02:00">',
            "2024-09-09T18:45:00+02:00",
        ),
        ('<meta name="pubdate" content="Mon, 09 Sep 2024 16:45:00 GMT">', "2024-09-09T16:45:00+00:00"),
        (
            '<script type="application/ld+json">[{"@type": "NewsArticle", "datePublished": "2024-09-09T16:45Z"}]</script>',
            "2024-09-09T16:45:00+00:00",
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "soon"}</script>',
            None,
        ),
        (
            '<script type="application/ld+json">{ no json</script><meta name="date" content="2024-09-09">',
            "2024-09-09",
        ),
        (f'<script type="application/ld+json">{"[" * 50_000}</script>', None),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": ["a", {"b": 1}], "author": 5, "publisher": [[]]}</script>',
            None,
        ),
    ],
)
def test_when_it_was_published_is_what_the_page_says(head: str, published: str | None) -> None:
    page = LAYOUTS["an article"].replace(", Sept 9", "")
    assert read(page, head).published == published


def test_what_json_says_of_the_article_is_not_believed_blindly() -> None:
    told = {"@type": "NewsArticle", "headline": "x" * 5_000, "publisher": {"name": "\x1b[2J\nVNA"}, "url": "javascript:alert(1)",
            "keywords": ["a"] * 5_000 + ["b"], "version": "-3"}  # fmt: skip
    envelope = read(
        LAYOUTS["an article"], f'<script type="application/ld+json">{json.dumps(told)}</script>'
    ).envelope
    assert envelope is not None and len(envelope.headline or "") == 1_000 and envelope.link is None
    assert envelope.provider == "[2J VNA" and envelope.subjects == ("a",) and envelope.version is None


@pytest.mark.parametrize(
    ("encoding", "head"),
    [("utf-8", ""), ("utf-8-sig", ""), ("cp1252", '<meta charset="windows-1252">'), ("utf-16", ""), ("cp1250", '<meta charset="windows-1250">'),
     ("latin-1", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'), ("utf-8", '<meta charset="iso-8859-1">'),
     ("utf-8", '<meta charset="no-such">')],
)  # fmt: skip
def test_a_page_is_in_the_encoding_that_it_says(encoding: str, head: str) -> None:
    page = f"<!doctype html><html><head>{head}</head><body><article><p>Général Müller said the café was öpen, and left it.</p></article></body></html>"
    (found,) = dispatches_in(io.BytesIO(page.encode(encoding)), "a.html")
    assert (
        isinstance(found, Document) and found.text == "Général Müller said the café was öpen, and left it.\n"
    )


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("One.\n\nTwo.\nStill two.", ["One.", "Two.\nStill two."]),
        ("One.\r\nTwo.", ["One.", "Two."]),
        ("<p>One.</p><p>Two\n\nstill two.</p>", ["One.", "Two still two."]),
        ("One.<br><br>Two.<br/>Still two.", ["One.", "Two. Still two."]),
        ("<div>One.<p>Two.</p>Three.</div>", ["One.", "Two.", "Three."]),
        ("<p>One <script>no()</script>&amp; one.</p><style>p{}</style>", ["One & one."]),
        ("<ul><li>One</li><li>Two</li></ul>", ["One", "Two"]),
        ("<p></p> <br>", []),
        ("", []),
        ("5 < 6 and 7 > 6", ["5 < 6 and 7 > 6"]),
    ],
)
def test_markup_is_its_paragraphs(markup: str, found: list[str]) -> None:
    assert paragraphs(markup) == found


@pytest.mark.parametrize(
    ("paragraphs", "asked", "text"),
    [
        (["One.", "Two."], {}, "One.\n\nTwo.\n"),
        (["One."], {"headline": "H"}, "H\n\nOne.\n"),
        (["H.", "One."], {"headline": "H"}, "H\n\nOne.\n"),
        (["One."], {"byline": "Lena Marsh"}, "By Lena Marsh\n\nOne.\n"),
        (["By LENA MARSH", "One."], {"byline": "by Lena Marsh"}, "by Lena Marsh\n\nOne.\n"),
        (["One."], {"byline": "lm/ab"}, "One.\n\nlm/ab\n"),
        (["One.", "lm/ab"], {"byline": "lm/ab"}, "One.\n\nlm/ab\n"),
        (["One."], {"dateline": "TAMRIN, Sept 4", "agency": "VNA"}, "TAMRIN, Sept 4 (VNA) - One.\n"),
        (["One."], {"dateline": "TAMRIN (VNA) --", "agency": "VNA"}, "TAMRIN (VNA) -- One.\n"),
        (["— One."], {"dateline": "TAMRIN (VNA)"}, "TAMRIN (VNA) - One.\n"),
        (["TAMRIN (VNA) - One."], {"dateline": "TAMRIN, Sept 4"}, "TAMRIN (VNA) - One.\n"),
        ([" ", ""], {"headline": "H", "byline": "B"}, ""),
    ],
)
def test_a_text_is_put_together_once(paragraphs: list[str], asked: dict[str, str], text: str) -> None:
    assert composed(paragraphs, **asked) == text  # type: ignore[arg-type]
