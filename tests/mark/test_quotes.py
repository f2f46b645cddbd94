from __future__ import annotations

import pytest

from parley.pipeline import mark
from parley.read.plain import plain


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"We left," he said.', ['"We left,"']),
        ("“We left,” he said.", ["“We left,”"]),
        ("``We left,'' he said.", ["``We left,''"]),
        ("«We left», he said.", ["«We left»"]),
        ('He said "we left and never came back.', ['"we left and never came back.']),
        ("The rebels' camp isn't the army's.", []),
    ],
)
def test_quotations_are_found(text: str, quoted: list[str]) -> None:
    assert [q.span.of(text) for q in mark(plain(text)).quotes] == quoted
