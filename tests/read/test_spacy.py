"""spaCy Docs in and out: the text always, a parse where it is of the kind that the rules know."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from parley.codec import LAYERS
from parley.document import Document
from parley.errors import UnreadableInput
from parley.export.spacy import docbin
from parley.mark.parse import DEFAULT_MODEL, model, place_of
from parley.pipeline import made_by, process
from parley.read import spacy as docs
from parley.read.inputs import dispatches_in
from parley.read.plain import plain
from parley.record import Record

STORY = Path(__file__).parents[2] / "examples" / "story"
TRUCE = (STORY / "0913-1-vna-truce.txt").read_text("utf-8")
SAID = "The army said the Front killed 12 people."


def read(*given: Doc) -> list[Any]:
    data = DocBin(docs=given, store_user_data=True).to_bytes()
    return list(dispatches_in(BytesIO(data), "some.spacy"))


@pytest.fixture(scope="module")
def tagged() -> Callable[[str], Doc]:
    """A Doc as a pipeline of somebody else leaves it, over the whole text."""
    return spacy.load(place_of(DEFAULT_MODEL), exclude=["ner"])


# ── in ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_doc_without_a_parse_is_its_text() -> None:
    doc = spacy.blank("en")(TRUCE)
    doc.user_data.update({"published": "2024-09-14", "id": "a7", "slug": "truce", "mood": "grim"})
    (found,) = read(doc)
    assert (found.text, found.words, found.source_id) == (TRUCE, (), "a7")
    assert found.envelope.slug == "truce"
    assert process(found).to_dict()["counts"] == process(plain(TRUCE)).to_dict()["counts"]


def test_a_docs_own_parse_is_read_instead_of_ours(tagged: Callable[[str], Doc]) -> None:
    """The proof: somebody's tagger says that "killed" is a noun, and nobody is killed any more."""
    right, wrong = tagged(SAID), tagged(SAID)
    for token in wrong:
        if token.text == "killed":
            token.tag_, token.pos_, token.dep_, token.lemma_ = "NN", "NOUN", "dep", "killed"
            token.head = wrong[0]
    ours, by_right, by_wrong = (process(d) for d in (plain(SAID), *read(right, wrong)))
    assert [e.type for e in ours.events] == ["ASSAULT"] == [e.type for e in by_right.events]
    assert [e.type for e in by_wrong.events] == []


def test_no_model_of_ours_is_asked_for_a_parse_that_is_there(
    tagged: Callable[[str], Doc], monkeypatch: pytest.MonkeyPatch
) -> None:
    (found,) = read(tagged(SAID))
    monkeypatch.setattr("parley.mark.parse.parser", lambda name: pytest.fail("asked"))
    record = process(found)
    assert record.made_by == made_by(given=True) and record.made_by.endswith("model given")
    assert not list(Record.from_json(record.to_json()).document.words)


@pytest.mark.parametrize("file", sorted(STORY.glob("091*.txt")), ids=lambda f: f.stem)
def test_the_parse_of_the_same_model_over_the_same_parts_gives_the_same_record(file: Path) -> None:
    document = plain(file.read_text("utf-8"), None, file.name)
    (found,) = read(as_parts(document))
    ours, theirs = process(document).to_dict(), process(found).to_dict()
    assert {layer: ours[layer] for layer in (*LAYERS, "times", "entities")} == {
        layer: theirs[layer] for layer in (*LAYERS, "times", "entities")
    }


def as_parts(document: Document) -> Doc:
    """Each part parsed alone, as we do it, and all of them joined with what lies between."""
    nlp, pieces, at = model(), [], 0
    for part in document.parts:
        between = nlp.make_doc(document.text[at : part.span.start])
        pieces += [*([between] if len(between) else []), nlp(part.span.of(document.text))]
        at = part.span.end
    pieces.append(nlp.make_doc(document.text[at:]))
    kept = [d for d in pieces if len(d)]
    joined = Doc(
        nlp.vocab,
        words=[t.text for d in kept for t in d],
        spaces=[bool(t.whitespace_) for d in kept for t in d],
        tags=[t.tag_ or "_SP" for d in kept for t in d],
        pos=[t.pos_ or "X" for d in kept for t in d],
        deps=[t.dep_ or "ROOT" for d in kept for t in d],
        lemmas=[t.lemma_ or t.text for d in kept for t in d],
        heads=[n for d, start in zip(kept, starts(kept), strict=True) for n in (t.head.i + start for t in d)],
    )
    assert joined.text == document.text
    return joined


def starts(pieces: list[Doc]) -> list[int]:
    return [sum(len(d) for d in pieces[:n]) for n in range(len(pieces))]


@pytest.mark.parametrize(
    "change, told",
    [
        ({"deps": ["nsubj", "ROOT", "obj"]}, "labels of another kind (obj)"),
        ({"lemmas": None}, "it has no LEMMA"),
        ({"heads": [1, 0, 1]}, "heads go round in circles"),
        ({"heads": [1, 1, 1]}, None),
    ],
)
def test_a_parse_of_another_kind_is_left_and_the_text_is_read(
    change: dict[str, Any], told: str | None
) -> None:
    given = {
        "words": ["Gunmen", "killed", "villagers"], "tags": ["NNS", "VBD", "NNS"], "pos": ["NOUN", "VERB", "NOUN"],
        "deps": ["nsubj", "ROOT", "dobj"], "lemmas": ["gunman", "kill", "villager"], "heads": [1, 1, 1],
    }  # fmt: skip
    (found,) = read(Doc(spacy.blank("en").vocab, **(given | change)))
    assert bool(found.words) is (told is None)
    assert [told in p.what for p in found.problems if "parse" in p.what] == ([True] if told else [])
    assert [e.type for e in process(found).events] == ["ASSAULT"]


@pytest.mark.parametrize(
    "data, told",
    [
        (b"x\x9c no Docs", "no spaCy Docs"),
        (DocBin(docs=[spacy.blank("en")(SAID)]).to_bytes()[:-5], "cut off"),
        (zlib.compress(b"\x81\xa5attrs\x90"), "cannot be read as spacy"),
        (zlib.compress(b"\x00" * 5000), "cannot be read as spacy"),
    ],
)
def test_bytes_that_are_no_docs_are_told(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableInput, match=told):
        list(dispatches_in(BytesIO(data), "some.spacy"))


def test_a_file_that_inflates_without_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "LARGEST", 1000)
    with pytest.raises(UnreadableInput, match="when inflated"):
        list(dispatches_in(BytesIO(zlib.compress(b"\x00" * 10_000)), "some.spacy"))


# ── out ──────────────────────────────────────────────────────────────────────────────────────────


def docs_of(data: bytes) -> list[Doc]:
    return list(DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab))


def test_every_item_of_a_record_is_a_span_with_its_label_its_id_and_all_its_fields() -> None:
    plainly = process(plain(TRUCE, None, "truce.txt")).to_dict()
    (doc,) = docs_of(docbin([plainly]))
    assert doc.text == TRUCE and doc.user_data["published"] == "2024-09-13"
    assert doc.user_data["id"] == "truce.txt" and doc.user_data["made_by"] == plainly["made_by"]
    for layer in (*LAYERS, "times"):
        assert doc.spans[layer].attrs["items"] == plainly[layer]
        for span, item in zip(doc.spans[layer], plainly[layer], strict=True):
            assert span.start_char <= item["start"] and item["end"] <= span.end_char
            assert span.id_ == item.get("id", "")
    assert [(s.text, s.label_) for s in doc.spans["counts"]] == [
        (c["text"], c["status"]) for c in plainly["counts"]
    ]
    assert len(doc.spans["entities"]) == sum(len(e["mentions"]) for e in plainly["entities"])


@pytest.mark.parametrize("text", ["Talks began.\n\n\tThey ended.\r\n", "“Ja”, he said… 12–14 men.", "no"])
def test_the_text_of_a_doc_is_the_text_of_the_record(text: str) -> None:
    (doc,) = docs_of(docbin([process(plain(text)).to_dict()]))
    assert doc.text == text


def test_what_read_writes_it_reads_again(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "parley", "read", "--quiet"]
    (tmp_path / "a.txt").write_text(TRUCE, "utf-8")
    told = subprocess.run(
        [*command, str(tmp_path / "a.txt"), "--format", "spacy"], capture_output=True, check=True
    )
    again = subprocess.run(
        [*command, "-", "--input", "spacy", "--json"], input=told.stdout, capture_output=True, check=True
    )
    first, second = process(plain(TRUCE)).to_dict(), json.loads(again.stdout)
    assert {layer: first[layer] for layer in LAYERS} == {layer: second[layer] for layer in LAYERS}


def test_the_example_of_the_page_prints_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "neighbours.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "records.spacy").write_bytes(docbin([process(plain(TRUCE)).to_dict()]))
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "docs/neighbours.md", "exec"), {})
    assert "2024-09-13 30 released 30 30 c2\n" in capsys.readouterr().out
