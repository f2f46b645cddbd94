"""No English dispatch is set aside, however it is written: capitals, fragments, names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from parley.document import Document, Envelope
from parley.lang import table
from parley.read.found import SetAside
from parley.read.language import other_language, set_aside
from parley.read.plain import plain


def texts(shared: Path) -> Iterator[str]:
    for file in sorted((shared / "gold/public").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line).get("text") or ""
    for file in sorted((shared / "gold/dispatches").glob("*.json")):
        yield json.loads(file.read_text("utf-8"))["text"]


@pytest.mark.slow
def test_of_the_gold_texts_only_one_that_is_french_is_set_aside(shared: Path) -> None:
    found = [code for text in texts(shared) if (code := other_language(text[:1000]))]
    assert [code for code, _ in found] == ["fr"]


@pytest.mark.slow
@pytest.mark.parametrize(("length", "most"), [(120, 1), (400, 1)])
def test_nor_are_their_first_words(shared: Path, length: int, most: int) -> None:
    assert sum(1 for text in texts(shared) if other_language(text[:length])) <= most


def test_the_words_of_english_are_written_small_and_once() -> None:
    words = table("english")["words"]
    assert len(set(words)) == len(words) and all(w.isalpha() and w.islower() for w in words)


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Muere en Tamrin Oran Vell.", "es-ES", "es"),
        ("Oran Vell, Irena Sol", "fr", "fr"),
        ("The army left and the talks began.", "es", None),  # its words count for more
        ("Muere en Tamrin Oran Vell.", "en", None),
        ("Muere en Tamrin Oran Vell.", None, None),
    ],
)
def test_what_is_too_short_to_tell_is_what_its_format_says(
    text: str, language: str | None, code: str | None
) -> None:
    found = set_aside(plain(text, envelope=Envelope("nitf", language=language)), "a.nitf")
    assert (found.language if isinstance(found, SetAside) else None) == code


def test_where_it_was_is_told_with_its_own_number() -> None:
    text = "TAMRIN, 4 sept. (VNA) - L'armée a annoncé mercredi qu'elle avait quitté la ville après deux semaines."
    for own, number, where in (
        (None, 1, "w/a.jsonl"),
        (None, 3, "w/a.jsonl, dispatch 3"),
        ("a.jsonl", 1, "w/a.jsonl"),
        ("q", 3, "w/a.jsonl, q"),
    ):
        found = set_aside(plain(text, source_id=own), "w/a.jsonl", number)
        assert isinstance(found, SetAside) and found.where == where
    assert isinstance(set_aside(plain("The army left."), "a"), Document)
