from __future__ import annotations

from collections.abc import Iterator

import pytest

from .serving import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as opened:
        yield opened
