"""Scripts of others that pages load, out of their wheels as they are: which file, and the hash that it must have."""

from __future__ import annotations

import functools
import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

WHEEL = "django-js-lib-leaflet"
FOLDER = "js_lib_leaflet/static/js_lib_leaflet"
WRONG_FILE = "not the file of the pinned release"
# Leaflet 1.9.4 as its own release has it.
PINNED = {
    "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
    "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
}
TYPES = {".js": "text/javascript", ".css": "text/css"}


@functools.cache
def asset(name: str) -> Path | None:
    """The file of a pinned asset; None where it is not installed, or is another."""
    if name not in PINNED:
        return None
    try:
        path = Path(str(distribution(WHEEL).locate_file(f"{FOLDER}/{name}")))
    except PackageNotFoundError:
        return None
    holds = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == PINNED[name]
    return path if holds else None


def checked() -> dict[str, bool]:
    return {name: asset(name) is not None for name in PINNED}
