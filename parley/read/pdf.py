"""PDF → its one Document: the text that lies in it, a blank line where the page leaves room between paragraphs."""

from __future__ import annotations

import io
import itertools
import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

from parley.errors import UnreadableInput
from parley.read.envelopes import envelope
from parley.read.found import Asked, Found, whole
from parley.read.parts import SENTENCE_END
from parley.read.plain import plain

NAMES = (".pdf",)
PAGES, LONGEST = 100, 2_000_000  # a dispatch has fewer, in characters
WIDE = 1.4  # times the usual distance of two lines: a paragraph ends


def knows(head: bytes, name: str) -> bool:
    return head[:1024].lstrip(b"\0\xef\xbb\xbf \t\r\n").startswith(b"%PDF")


def read(file: BinaryIO, asked: Asked) -> Iterator[Found]:
    """The one dispatch of a PDF. Raises UnreadableInput for what is locked, not whole, or a picture of text."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends on the way is no news
    text = text_of(whole(file))
    if not text.strip():
        raise UnreadableInput("a PDF without text: a picture of one, or locked; give the text")
    yield plain(text, asked.published, asked.source_id, envelope=envelope("pdf"))


def text_of(data: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableInput("a PDF that is locked with a password; unlock it first")
        if len(reader.pages) > PAGES:
            raise UnreadableInput(f"a PDF of {len(reader.pages)} pages; a dispatch has at most {PAGES}")
        return joined([page_text(page) for page in reader.pages])
    except (
        PyPdfError,
        RecursionError,
        ArithmeticError,
        LookupError,
        TypeError,
        AttributeError,
        ValueError,
    ) as trouble:
        raise UnreadableInput(f"a PDF that is not whole or not well made: {str(trouble)[:200]}") from trouble


Line = tuple[float, str]  # how high it stands on the page, and its words


def page_text(page: Any) -> str:
    lines: list[Line] = []

    def seen(words: str, cm: list[float], tm: list[float], *_: object) -> None:
        height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        for number, part in enumerate(words.split("\n")):
            if number or not lines:
                lines.append((height, ""))
            top, before = lines[-1]
            lines[-1] = (top if before.strip() else height, before + part)

    page.extract_text(visitor_text=seen)
    return spaced([(height, " ".join(words.split())) for height, words in lines if words.strip()])


def spaced(lines: list[Line]) -> str:
    """The lines, and a blank one where two stand further apart than lines do."""
    gaps = [abs(above - below) for (above, _), (below, _) in itertools.pairwise(lines)]
    close = sorted(gap for gap in gaps if gap > 1) or [0.0]
    usual = close[len(close) // 10]  # a note or an index stands closer than lines do
    between = ["\n\n" if usual and gap > WIDE * usual else "\n" for gap in gaps]
    return "".join(words + after for (_, words), after in zip(lines, [*between, ""], strict=False))


def joined(pages: list[str]) -> str:
    """The pages; a sentence that goes on overleaf stays in its paragraph."""
    text = ""
    for page in filter(None, pages):
        text += ("\n\n" if SENTENCE_END.search(text) else "\n" if text else "") + page
    return (text + "\n")[:LONGEST]
