"""Drawing in a child process: what comes out, that hostile words stay words, and that a dead child is no end."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as tree
from pathlib import Path

import pytest

from parley.errors import NotDrawn
from parley.ledger import Ledger
from parley.show.charts import Chart, books_chart, figures_chart, png, svg, timeline_strip, vega_bundle
from parley.show.charts.drawing import DRAWER, Drawer, cleaned, shown

from .made import act, figure

pytest.importorskip("vl_convert")
HOSTILE = ("<script>alert(1)</script>", "]]>", "\"quotes\" & 'more'", "\u202egnidaer", "nul\x00bell\x07", "\ud800", "&lt;b&gt;",
           "javascript:alert(1)", "{{datum.x}}", "datum['x']", "a\nb", "xlink:href=\"https://vega.github.io/vega-datasets/x\"")  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("words", "seen"),
    [("Dario Venn", "Dario Venn"), ("\u202egnidaer", "⟨U+202E⟩gnidaer"), ("a\nb", "a b"), ("\x00", "⟨U+0000⟩"), ("Ḩalab – é", "Ḩalab – é")],
)  # fmt: skip
def test_what_hides_or_turns_is_shown(words: str, seen: str) -> None:
    assert shown(words) == seen
    assert cleaned({"a": [words, 3, None]}) == {"a": [seen, 3, None]}


@pytest.mark.slow
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    drawn = svg(
        figures_chart([figure(authority=words, place=words), figure(authority="Other", low=90, high=90)])
    )
    root = tree.fromstring(drawn)
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg",
        "g",
        "rect",
        "path",
        "line",
        "text",
        "tspan",
        "a",
    }
    assert shown(words) in {"".join(e.itertext()).partition(", ")[0] for e in root.iter(f"{SVG}text")} | {
        words
    }
    assert "\u202e" not in drawn and not re.search(
        r"\son\w+=|<script|\sstyle=", drawn.replace("&lt;script", "")
    )


@pytest.mark.slow
def test_the_same_spec_gives_the_same_bytes(ledger: Ledger) -> None:
    spec, other = figures_chart(ledger.figures()), timeline_strip(ledger.timeline())
    first, picture = svg(spec), png(spec)
    svg(other)
    DRAWER.close()
    assert (svg(spec), png(spec)) == (first, picture)
    assert picture.startswith(b"\x89PNG") and tree.fromstring(first).tag == f"{SVG}svg"


@pytest.mark.slow
def test_links_are_of_the_site_that_shows_the_chart(ledger: Ledger) -> None:
    (balance,) = ledger.audit()
    for spec in (
        books_chart(balance),
        timeline_strip([act(id="x y")]),
        figures_chart(ledger.figures(status="held")),
    ):
        links = re.findall(r'<a [^>]*href="([^"]*)"', svg(spec))
        assert links and all(re.fullmatch(r"/r/[\w%]+", link) for link in links), links


@pytest.mark.slow
def test_a_notebook_gets_a_picture_and_words(ledger: Ledger) -> None:
    bundle = ledger.figures(status="held").chart()._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg") and bundle["text/plain"].startswith("Hostages held")


@pytest.mark.slow
def test_what_cannot_be_drawn_is_said_and_the_next_is_drawn() -> None:
    with pytest.raises(NotDrawn, match="cannot be drawn"):
        svg({"mark": "no such mark", "data": {"url": "https://example.org/x.csv"}})
    assert svg(figures_chart([figure()])).startswith("<svg")
    assert "image/svg+xml" not in Chart({"description": "x", "mark": 3})._repr_mimebundle_()


@pytest.mark.parametrize(
    "code", ["import time; time.sleep(9)", "raise SystemExit", "input(); import os; os.abort()"]
)
def test_a_child_that_breaks_off_or_hangs_is_told_of(code: str) -> None:
    drawer = Drawer((sys.executable, "-c", code), patience=0.5)
    with pytest.raises(NotDrawn, match="broke off"):
        drawer.draw("svg", {})
    assert drawer.child is None


def test_a_child_without_work_is_let_go() -> None:
    echo = 'import sys\nfor line in sys.stdin: print(\'{"drawn": ""}\', flush=True)'
    drawer = Drawer((sys.executable, "-c", echo), idle=0.1)
    assert drawer.draw("svg", {}) == b"" and drawer.leave
    drawer.leave.join()
    assert drawer.child is None and drawer.draw("svg", {}) == b""
    drawer.close()


@pytest.mark.slow
def test_the_child_ends_with_its_parent() -> None:
    asked = "from parley.show.charts.drawing import *; svg({'mark': 'point', 'data': {'values': []}}); print(DRAWER.child.pid)"
    pid = subprocess.check_output([sys.executable, "-c", asked], text=True, timeout=60).strip()
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.slow
def test_the_bundle_is_a_module_made_once(tmp_path: Path) -> None:
    made = vega_bundle(tmp_path / "assets")
    text = made.read_text("utf-8")
    assert re.search(r"export\s*\{\s*[\w$]+ as vegaEmbed\s*\}", text) and len(text) > 500_000
    made.write_text("kept")
    assert vega_bundle(tmp_path / "assets").read_text() == "kept"
