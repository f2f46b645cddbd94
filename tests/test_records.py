"""No record changes by itself: the hash of every example's record is kept in records.json.

Where rules change on purpose: `python tests/test_records.py` writes the file anew.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import parley

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "tests/records.json"


def hash_of(text: str) -> str:
    """SHA-256 of the record's JSON, keys sorted, without `made_by`."""
    data = parley.read(text).to_dict()
    del data["made_by"]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def hashes() -> dict[str, str]:
    folder = ROOT / "examples"
    paths = sorted([*folder.glob("*.txt"), *folder.glob("story/*.txt")])
    return {p.relative_to(folder).as_posix(): hash_of(p.read_text("utf-8")) for p in paths}


def test_no_record_changes() -> None:
    kept, now = json.loads(KEPT.read_text("utf-8")), hashes()
    changed = sorted(name for name in kept | now if kept.get(name) != now.get(name))
    assert not changed, (
        f"records are not what they were: {', '.join(changed)}; where rules changed on purpose, look at "
        "what `parley read` gives for them and renew the hashes with `python tests/test_records.py`"
    )


def test_another_word_is_another_hash() -> None:
    assert hash_of("Rebels killed five men on Monday.") != hash_of("Rebels killed six men on Monday.")


if __name__ == "__main__":
    KEPT.write_text(json.dumps(hashes(), indent=1) + "\n", "utf-8")
