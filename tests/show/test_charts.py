"""What a chart shows of the rows it is given; drawn ones are looked at in test_drawing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from parley.errors import WrongQuestion
from parley.ledger import Ledger
from parley.show.charts import books_chart, figures_chart, figures_charts, timeline_strip, who_met_whom
from parley.show.charts.look import BY_NIGHT, DARK_GROUND, INK, PALETTE, QUIET, by_night
from parley.show.charts.marks import marks, plural
from parley.show.figures import Figure

from .made import act, figure, meeting


def data(spec: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = spec["data"]["values"]
    return found


def channels(spec: dict[str, Any], name: str) -> list[Any]:
    layers = spec.get("layer") or spec["spec"]["layer"]
    return [layer["encoding"][name] for layer in layers if name in layer["encoding"]]


def runs(*rows: Figure) -> list[int]:
    return [m["run"] for m in marks(rows, "")]


HELD = {"day": "2024-09-10", "change": "down"}
FREED = {"status": "released", "series": "released hostage"}


@pytest.mark.parametrize(
    ("second", "joined"),
    [(figure(**HELD), True), (figure(**HELD, authority="Kelbarran Front"), False), (figure(**HELD, place="Tamrin"), False),
     (figure(day="2024-09-10", change="another day"), False), (figure(day="2024-09-10", change="restart"), False),
     (figure(day="2024-09-10", change="first"), False), (figure(**HELD, part=True), False), (figure(**HELD | FREED), False)],
)  # fmt: skip
def test_a_line_joins_one_authority_place_and_sum(second: Figure, joined: bool) -> None:
    first, then = runs(figure(status=second.status), second)
    assert (first == then) is joined


def test_a_revision_of_a_batch_is_joined_to_it() -> None:
    first, revised = runs(figure(**FREED), figure(**FREED, change="down", low=8, high=8))
    assert first == revised


def test_one_chart_for_each_measure_and_population() -> None:
    rows = [figure(), figure(id="f2", status="dead", population="person"), figure(id="f3")]
    charts = figures_charts(rows)
    assert list(charts) == [("held", "hostage"), ("dead", "person")]
    assert charts["dead", "person"]["title"]["text"] == "People dead, as stated"
    assert len(figures_chart(rows)["vconcat"]) == 2 and "layer" in figures_chart(rows[:1])


@pytest.mark.parametrize(
    ("told", "words"),
    [({"high": None}, "arrow"), ({"low": None}, "arrow"), ({"high": 20}, "bar"), ({"approximate": True}, "hollow"),
     ({"believed": True}, "dashed"), ({"standing": "replaced"}, "pale"), ({"day": "2024-09-01..2024-09-30"}, "band")],
)  # fmt: skip
def test_the_subtitle_says_how_to_read_the_marks_there_are(told: dict[str, Any], words: str) -> None:
    assert words in str(figures_chart([figure(**told)])["title"]["subtitle"])
    assert words not in str(figures_chart([figure()])["title"]["subtitle"])


@pytest.mark.parametrize("row", [figure(standing="in terms"), figure(day=""), figure(low=None, high=None)])
def test_what_cannot_be_drawn_is_told_of(row: Figure) -> None:
    spec = figures_chart([figure(id="a"), row])
    assert len(data(spec)) == 1 and "1 figure named in terms" in spec["description"]


def test_beyond_six_series_there_is_a_picture_for_each_authority() -> None:
    six = [figure(id=str(n), authority=f"Authority {n}") for n in range(6)]
    assert "facet" not in figures_chart(six)
    seven = figures_chart([*six, figure(authority="One more")])
    assert seven["facet"]["field"] == "authority" and seven["columns"] == 3


def test_with_too_many_places_each_series_has_its_picture() -> None:
    rows = [figure(id=str(n), place=f"Place {n}") for n in range(40)]
    spec = figures_chart(rows)
    assert spec["facet"]["field"] == "series" and len(data(spec)) == 24
    assert "16 more pictures" in spec["description"]


def test_colour_and_shape_have_one_legend_and_no_arrow_is_a_shape() -> None:
    spec = figures_chart([figure(), figure(authority="Kelbarran Front")])
    legends = [c["legend"] for name in ("color", "shape") for c in channels(spec, name)]
    assert all(legend == legends[0] for legend in legends)
    assert "triangle" not in json.dumps(spec)


@pytest.mark.parametrize(
    "spec", [figures_chart([figure()]), timeline_strip([act()])], ids=["figures", "timeline"]
)
def test_days_are_in_utc(spec: dict[str, Any]) -> None:
    days = [x for x in channels(spec, "x") if x.get("type") == "temporal"]
    assert days and all(x["scale"]["type"] == "utc" for x in days)
    assert all(v["utc"] for x in days for v in (*x["scale"].get("domain", ()), *x["axis"]["values"]))


def test_points_lead_to_their_rows_and_tips_hold_what_the_table_has() -> None:
    spec = figures_chart([figure(id="a/b?c")])
    assert data(spec)[0]["href"] == "/r/a%2Fb%3Fc"
    assert {t["field"] for tips in channels(spec, "tooltip") for t in tips} == {
        "told",
        "authority",
        "place",
        "stated",
    }
    assert "href" not in json.dumps(figures_chart([figure()], link=""))


def test_marks_that_would_hide_each_other_stand_side_by_side() -> None:
    near = data(figures_chart([figure(), figure(authority="Kelbarran Front")]))
    far = data(figures_chart([figure(), figure(authority="Kelbarran Front", low=90, high=90)]))
    assert sorted(p["beside"] for p in near) == [-4, 4] and {p["beside"] for p in far} == {0}


def test_the_books_end_in_what_nobody_accounts_for(ledger: Ledger) -> None:
    (balance,) = ledger.audit()
    rows = {r["book"]: r for r in data(books_chart(balance))}
    assert (rows["taken"]["sure"], rows["released"]["sure"], rows["held"]["sure"]) == (41, 16, 5)
    assert (rows["left over"]["sure"], rows["left over"]["open"]) == (5, True)
    assert rows["held"]["href"].startswith("/r/") and "href" not in rows["left over"]


def test_a_strip_keeps_what_is_planned_apart_from_what_is_done() -> None:
    states = ("occurred", "ongoing", "planned", "hypothetical", "denied")
    spec = timeline_strip([act(id=s, state=s) for s in states])
    words = spec["title"]["subtitle"][0]
    assert all(w in words for w in ("filled", "outline", "struck", "dotted"))
    bands = data(spec["layer"][2])
    assert len({b["slot"] for b in bands}) == 5  # of one day and lane: none hides another


@pytest.mark.parametrize(
    ("told", "begins", "ends", "undated"),
    [({"last": "2024-09-30"}, "2024-09-03", "2024-10-01", False), ({"last": None}, "2024-09-03", "2024-09-04", False),
     ({"day": "", "last": None, "published": "2024-09-05T10:00"}, "2024-09-05", "2024-09-06", True)],
)  # fmt: skip
def test_a_band_is_as_wide_as_its_days(told: dict[str, Any], begins: str, ends: str, undated: bool) -> None:
    (band,) = data(timeline_strip([act(**told)])["layer"][2])
    assert (band["from"], band["to"], band["undated"]) == (begins, ends, undated)


def test_who_met_whom_counts_plans_apart() -> None:
    met = who_met_whom(
        [meeting(id="a"), meeting(id="b", state="planned"), meeting(id="c", state="unconfirmed"),
         meeting(id="d", state="cancelled", parties=("Irena Sol", "Tomas Reva", "Milan Dorr"))]
    )  # fmt: skip
    assert met.parties[0] == "Irena Sol"
    pair = met.between("Irena Sol", "Dario Venn")
    assert (pair.held, pair.planned, pair.words) == (("a",), ("b", "c"), "1 held, 2 planned")
    assert met.between("Milan Dorr", "Tomas Reva").cancelled == ("d",)
    assert not met.between("Dario Venn", "Milan Dorr")
    assert [cells.index(None) for _, cells in met.rows()] == [0, 1, 2, 3]


@pytest.mark.parametrize("one, many", [("person", "people"), ("woman", "women"), ("villager", "villagers")])
def test_the_people_of_a_series_are_many(one: str, many: str) -> None:
    assert plural(one) == many


def test_an_answer_has_a_chart_or_says_why_not(ledger: Ledger) -> None:
    chart = ledger.figures(status="held").chart()
    assert chart.spec["title"]["text"] == "Hostages held, as stated" and "href" not in json.dumps(chart.spec)
    with pytest.raises(WrongQuestion, match="positions has no chart"):
        ledger.positions().chart()
    with pytest.raises(WrongQuestion, match="nothing was found"):
        ledger.figures(status="missing").chart()


def test_a_spec_is_made_without_a_library_that_draws() -> None:
    asked = "import sys, parley.show.charts; print({'vl_convert', 'pandas', 'spacy'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", asked], text=True).strip() == "set()"


# ── by night ─────────────────────────────────────────────────────────────────────────────────────────


def light_of(colour: str) -> float:
    """Relative luminance, as WCAG has it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(n * share for n, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((light_of(one), light_of(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", PALETTE)
def test_a_series_is_seen_by_day_and_by_night(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3 and contrast(BY_NIGHT[colour], DARK_GROUND) >= 3


@pytest.mark.parametrize("colour", [INK, QUIET])
def test_words_are_read_by_day_and_by_night(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5 and contrast(BY_NIGHT[colour], DARK_GROUND) >= 4.5


def test_by_night_no_colour_of_the_day_is_left_and_no_word_is_changed() -> None:
    rows = [figure(authority="white", low=3, high=9), figure(id="f2", day="2024-09-10", approximate=True)]
    for spec in (figures_chart(rows), timeline_strip([act()]), timeline_strip([act(state="planned")])):
        night = by_night(spec)
        assert night["background"] == DARK_GROUND
        assert [layer.get("data") for layer in night["layer"]] == [
            layer.get("data") for layer in spec["layer"]
        ]
        left = json.dumps([night["config"], [layer["mark"] for layer in night["layer"]]])
        assert not [colour for colour in BY_NIGHT if f'"{colour}"' in left]
    assert '"white"' in json.dumps(by_night(figures_chart(rows)))
