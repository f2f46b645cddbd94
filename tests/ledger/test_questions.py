"""What a question says of itself: who is who, what a dispatch changes, what must be known beside an answer."""

from __future__ import annotations

import pytest

from parley.errors import WrongQuestion
from parley.ledger import QUESTIONS, Ledger
from parley.show.view import View


def test_a_withdrawn_dispatch_answers_nothing_and_is_named(ledger: Ledger) -> None:
    before, after = ledger.figures(as_of="2024-09-17"), ledger.figures(as_of="2024-09-18")
    assert 61 in {f.low for f in before} and 61 not in {f.low for f in after}
    assert not before.notes and sum("withdrawn" in n for n in after.notes) == 2
    assert not ledger.search("boat sank", as_of="2024-09-18")


def test_copies_are_one_source_with_more_places(ledger: Ledger) -> None:
    (line,) = [
        a for a in ledger.timeline(party="Kelbarran Front", type="REJECT") if a.published == "2024-09-03"
    ]
    assert line.lineages == 1 and {c.agency for c in line.cites} == {"VNA", "TORPRESS"}


def test_paraphrase_is_told_as_likely_and_joins_nothing(ledger: Ledger) -> None:
    (likely,) = [c for c in ledger.lineage() if c.relation == "likely"]
    assert "orsk vale" in likely.reason and likely.root == likely.dispatch


def test_who_gives_offices_with_their_days(ledger: Ledger) -> None:
    (venn,) = ledger.who("Venn")
    assert venn.name == "Dario Venn" and any(
        "political chief" in o and "2024-09-03" in o for o in venn.offices
    )
    assert any("venn: the only" in a for a in venn.aliases)


@pytest.mark.parametrize(
    ("dispatch", "news", "words"),
    [("0906-1-vna-toll.txt", "changes", "27 (Health Ministry)"), ("0904-3-meridian-raid.txt", "contradicts", "23 (Kelbarran Front)"),
     ("0911-1-vna-talks.txt", "changes", "CONSULT [occurred]"), ("0912-1-vna-ready.txt", "changes", "ready on hostages"),
     ("0902-1-vna-abductions.txt", "adds", "41 or more"), ("0915-2-vna-second.txt", "version", "correction of")],
)  # fmt: skip
def test_diff_tells_what_a_dispatch_does_to_the_record(
    ledger: Ledger, dispatch: str, news: str, words: str
) -> None:
    assert any(c.news == news and words in c.what for c in ledger.diff(dispatch)), list(ledger.diff(dispatch))


def test_every_cell_leads_to_its_characters(ledger: Ledger) -> None:
    texts = {
        r: record.text
        for r, record in (
            (i, ledger.record(i)) for i in {c.dispatch for a in ledger.timeline() for c in a.cites}
        )
        if record
    }
    for question in ("figures", "timeline", "meetings", "positions", "agreements", "conflicts"):
        for row in getattr(ledger, question)():
            assert row.cites
            for cite in row.cites:
                text = texts.setdefault(cite.dispatch, ledger.record(cite.dispatch).text)  # type: ignore[union-attr]
                assert text[cite.start : cite.end] == cite.words


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q not in ("who", "diff", "search", "log")])
def test_an_answer_is_a_light_sequence(ledger: Ledger, question: str) -> None:
    answer = getattr(ledger, question)()
    assert (
        len(answer.to_dicts()) == len(answer) == len(answer.to_csv().strip().splitlines()) - 1
        if "\n" not in "".join(map(str, answer.to_dicts()))
        else True
    )
    assert len(answer.to_frame()) == len(answer)
    assert answer._repr_html_().startswith("<table>")


def test_the_brief_has_a_footnote_for_every_line(ledger: Ledger) -> None:
    brief = ledger.brief(as_of="2024-09-20")
    lines = [line for line in brief.splitlines() if line.startswith("- ") and "left out" not in line]
    assert lines and all("[^" in line for line in lines)
    assert "5 or more unaccounted for" in brief and "findings" in brief


def test_hostile_text_stays_text(ledger: Ledger) -> None:
    from parley.show.brief import flat, refs
    from parley.show.view import Cite

    view = View(ledger)
    page = ledger.brief(form="html")
    assert "<script" not in page and refs([1]) == '<sup><a href="#n1">1</a></sup>'
    assert flat("<b>\n x") == "<b> x" and view.notes() and Cite


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"as_of": "soon"}, "no such day"), ({"since": "2024-13-01"}, "no such day"), ({"party": "Nobody Known"}, "nobody has that name")],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_says_why(ledger: Ledger, asked: dict[str, str], words: str) -> None:
    with pytest.raises(WrongQuestion, match=words):
        ledger.timeline(**asked)
