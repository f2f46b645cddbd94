"""The road on one screen: a Document through the markers, its Marks through the finders."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import replace
from importlib.resources import files

from parley import __version__
from parley.document import Document, Marks
from parley.errors import ParleyError, Problem
from parley.facts import Facts
from parley.find.agreements import agreements
from parley.find.claims import claims
from parley.find.counts import counts
from parley.find.events import events
from parley.find.positions import positions
from parley.mark.cues import cues
from parley.mark.names import names
from parley.mark.numbers import numbers
from parley.mark.parse import model_label, parse
from parley.mark.quotes import quotes
from parley.mark.reference import reference
from parley.mark.times import times
from parley.record import Record

MARKERS = (parse, quotes, times, numbers, names, reference, cues)
FINDERS = (claims, counts, events, positions, agreements)


def process(document: Document) -> Record:
    """The record of one dispatch: a pure function of the document, the model and the rules."""
    marks = mark(document)
    facts = find(marks)
    entities = sorted((*marks.entities, *facts.strangers), key=lambda e: min(e.mentions))
    return Record(marks.document, tuple(entities), marks.times, facts, made_by(given=bool(document.words)))


FAULT = "could not be read for sense"


def attempted(document: Document) -> Record:
    """The record; a fault of ours costs this dispatch its items, which its problems tell, and not the batch its run."""
    try:
        return process(document)
    except ParleyError:
        raise
    except Exception as trouble:
        told = Problem(f"{FAULT} ({type(trouble).__name__}: {trouble}); please report it")
        return Record(replace(document, problems=(*document.problems, told)), (), (), Facts())


def mark(document: Document) -> Marks:
    marks = Marks(document)
    for marker in MARKERS:
        marks = marker(marks)
    return marks


def find(marks: Marks) -> Facts:
    facts = Facts()
    for finder in FINDERS:
        facts = finder(marks, facts)
    return facts


def made_by(*, given: bool = False) -> str:
    """Program, rules and model that made a record: "parley 0.1.0, rules 1a2b3c4d, model …". `given`: the parse came
    with the text, and no model of ours was asked."""
    return f"parley {__version__}, rules {rules_hash()}, model {'given' if given else model_label()}"


@functools.cache
def rules_hash() -> str:
    digest = hashlib.sha256()
    tables = [t for t in files("parley.lang").joinpath("en").iterdir() if t.name.endswith(".toml")]
    for table in sorted(tables, key=lambda t: t.name):
        digest.update(table.name.encode() + table.read_bytes())
    return digest.hexdigest()[:8]
