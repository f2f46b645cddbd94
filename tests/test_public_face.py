from __future__ import annotations

import subprocess
import sys

import pytest

import parley

QUIET = """
import sys, time
began = time.perf_counter()
import parley
took = time.perf_counter() - began
heavy = {'spacy', 'pandas', 'typer', 'numpy', 'jsonschema'} & set(sys.modules)
print(took); print(sorted(heavy))
"""


def test_importing_loads_nothing_heavy() -> None:
    took, heavy = subprocess.check_output([sys.executable, "-c", QUIET], text=True).splitlines()
    assert heavy == "[]"
    assert float(took) < 0.3


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="gossip"):
        _ = parley.gossip


def test_reading_gives_frozen_values_with_rules() -> None:
    record = parley.read("The minister said on Tuesday that the border was closed.", published="2024-05-15")
    (claim,) = record.claims
    assert claim.span.of(record.text) == "the border was closed"
    assert claim.time == "2024-05-14"
    assert claim.rule == "claims.clause"
    with pytest.raises(AttributeError):
        claim.act = "deny"  # type: ignore[misc]


def test_the_same_text_gives_the_same_bytes() -> None:
    text = "Nine people drowned on Monday, according to the coast guard."
    assert parley.read(text).to_json() == parley.read(text).to_json()
