from __future__ import annotations

import io
import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parley
from parley.codec import troubles
from parley.document import Document
from parley.errors import UnreadableInput
from parley.read.encoding import decode
from parley.read.found import BadInput
from parley.read.inputs import dispatches_in
from parley.read.plain import plain


@pytest.mark.parametrize(
    ("text", "place", "date", "agency"),
    [
        ("NAIROBI (AP) — Talks began.", "Nairobi", None, "AP"),
        ("PARIS, April 3, 2024 (AFP) - Talks began.", "Paris", "2024-04-03", "AFP"),
        ("MADRID, Nov. 26 (Xinhua) -- Talks began.", "Madrid", None, "Xinhua"),
        ("Lima, Dec 2 (EFE).- Talks began.", "Lima", None, "EFE"),
        (" date 2023-12-02 Lima, Dec 2 (EFE).- Talks began.", "Lima", "2023-12-02", "EFE"),
        ("LIMA, 8 JAN 90 (AFP) -- [TEXT] TALKS BEGAN.", "Lima", "1990-01-08", "AFP"),
        ("MINSK. May 3 (Interfax) - Talks began.", "Minsk", None, "Interfax"),
        ("GENEVA — Talks began.", "Geneva", None, None),
    ],
)
def test_a_dateline_is_read(text: str, place: str, date: str | None, agency: str | None) -> None:
    document = plain(text)
    assert document.dateline is not None
    assert (document.dateline.place, document.dateline.date) == (place, date)
    assert document.agency == agency
    assert document.parts[0].span.of(text).lower().startswith("talks")


@pytest.mark.parametrize("text", ["Rebels (armed men) attacked - on Monday.", "The army said: no."])
def test_prose_is_no_dateline(text: str) -> None:
    assert plain(text).dateline is None


def test_a_caption_is_cut_from_its_credit_and_the_sign_off_is_no_prose() -> None:
    text = "Talks began.\n\nA bridge in ruins, 3 May 2024. EFE/EPA/JANE DOE\n\nTalks ended. EFE\n\nab-cd/ef"
    document = plain(text)
    assert document.captions[0].credit == "EFE/EPA/JANE DOE"
    assert [p.kind for p in document.parts] == ["prose", "caption", "prose"]
    assert document.parts[-1].span.of(text) == "Talks ended."
    assert document.credits == ("EFE", "ab-cd/ef")


def test_a_date_is_never_guessed_and_what_does_not_exist_is_told() -> None:
    assert plain("The army left on Monday.").published is None
    assert plain("LIMA, Feb. 30 (AFP) - Talks began.").problems
    record = parley.read("The army left on February 30.", published="2024-05-15")
    assert not record.times
    assert any("February 30" in p.what for p in record.document.problems)


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\x80", b"\xff\xfe\x00"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"\w"):
        decode(data)


def test_other_encodings_are_read_and_told() -> None:
    assert decode("\ufeffTalks".encode())[0] == "Talks"
    assert decode("Talks".encode("utf-16"))[0] == "Talks"
    text, problems = decode("El señor Muñoz llegó a la reunión de mañana en Perú.".encode("latin-1"))
    assert "Mu" in text and problems


@pytest.mark.parametrize(
    ("line", "words"),
    [(b'{"text": "Talks.", "published": "soon"}', "no day"), (b'{"text": "Talks.", "published": 5}', "no day"), (b"[" * 100_000, "brackets"),
     (b'{"text": "Talks \\ud800 began."}', "half a character, '\\ud800', at character 7")],
)  # fmt: skip
def test_what_is_wrong_with_a_line_is_said(line: bytes, words: str) -> None:
    (found,) = dispatches_in(io.BytesIO(line), "a.jsonl")
    assert isinstance(found, BadInput) and words in found.what


def test_a_bad_line_is_told_and_the_rest_goes_on() -> None:
    lines = [
        b'{"id": "a", "text": "Talks began."}\n',
        b"{\n",
        b'{"id": "b"}\n',
        b"[]\n",
        b'{"id": 7, "text": "Talks."}\n',
    ]
    found = list(dispatches_in(io.BytesIO(b"".join(lines)), "a.jsonl"))
    assert [type(f) for f in found] == [Document, BadInput, BadInput, BadInput, Document]
    assert isinstance(found[1], BadInput) and found[1].where == "a.jsonl, line 2"
    assert isinstance(found[4], Document) and found[4].source_id == "7"


ODD = [
    "LIMA, May 3 (AFP) -",
    "no full stops here at all and it goes on and on",
    "THE REBELS ATTACKED THE TOWN ON MONDAY AND KILLED NINE PEOPLE, THE ARMY SAID.",
    "The army\x00 said it\x00 had left.",
    "\u202eThe army said\u202c it had left \u200f today.",
    'The mayor said: "We are hungry. The army did not come.',
    "The army said “it left” and “it came.",
    "\r\n\r\nThe army said\r\nit had left.\r\n",
    "🙂 The army said 🙂 it had left.",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_gives_a_record_that_verifies(text: str) -> None:
    record = parley.read(text, published="2024-05-15")
    assert record.text == text
    assert list(troubles(json.loads(record.to_json()))) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", ["a" * 10_000_000, "The army said it had left the town. " * 7_200])
def test_very_long_text_is_read(text: str) -> None:
    assert parley.read(text).text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("aA .,\"“”'\n-()19é🙂\u202e")), max_size=200))
def test_parts_are_ordered_disjoint_and_trimmed(text: str) -> None:
    spans = [p.span for p in plain(text).parts]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(s.of(text) == s.of(text).strip() and len(s) > 0 for s in spans)
