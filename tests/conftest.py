from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def examples() -> list[Path]:
    return sorted((ROOT / "examples").glob("*.txt"))


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "score/run.py").exists():
        pytest.skip("the gold data does not lie beside the project (../shared)")
    return SHARED
