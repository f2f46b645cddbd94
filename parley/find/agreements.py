from __future__ import annotations

from parley.document import Marks
from parley.facts import Facts


def agreements(marks: Marks, facts: Facts) -> Facts:
    return facts
