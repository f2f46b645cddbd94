"""Words and rules by language, as TOML tables; no code and no arithmetic in them."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from typing import Any


@functools.cache
def table(name: str, language: str = "en") -> dict[str, Any]:
    """The table `lang/<language>/<name>.toml`; the caller must not change it."""
    return tomllib.loads(files(__name__).joinpath(language, f"{name}.toml").read_text("utf-8"))
