from __future__ import annotations

from parley.document import Marks


def quotes(marks: Marks) -> Marks:
    return marks
