"""Plain text → Document: paragraphs as parts."""

from __future__ import annotations

import re

from parley.document import Document, Part
from parley.values import Span

PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


def plain(text: str, published: str | None = None, source_id: str | None = None) -> Document:
    parts = [
        Part(Span(m.start(), m.start() + len(m[0].rstrip()))) for m in PARAGRAPH.finditer(text)
    ]
    return Document(text, tuple(parts), published=published, source_id=source_id)
