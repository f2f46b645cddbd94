"""The sentence that a fact stands in: the text around it, cut at full stops."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import case, func

CONTEXT = 400  # characters on either side in which the sentence of a fact is looked for


def context(table: Any, text: Any) -> Any:
    """The text around a fact, from CONTEXT characters before it, or from the start."""
    c = table.c
    first = case((c.start > CONTEXT, c.start - CONTEXT), else_=0)
    return func.substr(text, first + 1, c.end - first + CONTEXT)


def around(text: str, start: int, length: int) -> str:
    """The sentence around some characters, as far as full stops and empty lines tell.

    >>> around("On Sept. 4 Dr. Osei spoke. He left. All waited.", 27, 2)
    'He left.'
    """
    end = start + length
    before = (m.end() for m in STOP.finditer(text, 0, start + 1))
    behind = (m.end() for m in STOP.finditer(text, max(0, end - 2)))
    first = max((at for at in before if at <= start), default=0)
    last = next((at for at in behind if at >= end), len(text))
    return " ".join(text[first:last].split())


def quoted(words: str) -> str:
    """Words of a dispatch in quotation marks, unless they begin or end with marks of their own.

    >>> quoted("the men are well"), quoted('"The men are well," he said'), quoted("")
    ('“the men are well”', '"The men are well," he said', '')
    """
    plain = " ".join(words.split())
    own = plain.startswith(MARKS) or plain.endswith(MARKS) or not plain
    return plain if own else f"“{plain}”"


MARKS = ('"', "“", "”", "„", "«", "»", "``", "''")  # the last two are those of TeX


# A full stop behind a word of the sentence, not behind "Sept." or "Dr.", and a capital next; or an empty line.
STOP = re.compile(
    r"(?<=[a-z0-9’”\")]{2}[.!?])[”\"’]?\s+(?=[A-Z“\"‘])(?<!\bMr\. )(?<!\bDr\. )(?<!\bGen\. )(?<!\bSen\. )(?<!\bRep\. )|\n\s*\n"
)
