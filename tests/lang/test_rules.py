"""Every rule in lang/en/*.toml finds something in each of its yes sentences, and nothing in its no sentences."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import parley.lang
from parley.pipeline import find, mark
from parley.read.plain import plain

TABLES = sorted(Path(parley.lang.__file__).parent.glob("en/*.toml"))
PUBLISHED = "2024-05-15"  # a Wednesday


def rules() -> list[dict[str, Any]]:
    return [r for t in TABLES for r in tomllib.loads(t.read_text("utf-8")).get("rule", ())]


def cases(side: str) -> list[tuple[str, str]]:
    return [(rule["name"], sentence) for rule in rules() for sentence in rule[side]]


@cache
def found_in(sentence: str) -> frozenset[str]:
    marks = mark(plain(sentence, published=PUBLISHED))
    facts = find(marks)
    layers = (marks.times, marks.numbers, marks.names, marks.cues, facts.claims, facts.counts, facts.events)
    return frozenset(i.rule for layer in (*layers, facts.positions, facts.agreements) for i in layer)


@pytest.mark.parametrize(("name", "sentence"), cases("yes"))
def test_a_rule_finds_its_yes(name: str, sentence: str) -> None:
    assert name in found_in(sentence)


@pytest.mark.parametrize(("name", "sentence"), cases("no"))
def test_a_rule_leaves_its_no_alone(name: str, sentence: str) -> None:
    assert name not in found_in(sentence)


def test_every_rule_has_a_name_of_its_own_and_examples_both_ways() -> None:
    names = [r["name"] for r in rules()]
    assert len(names) == len(set(names))
    assert all(r["yes"] and r["no"] for r in rules())
