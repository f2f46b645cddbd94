"""A word remembered has the vector that it would be given anew, whatever came before it and stands beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.mark.parse import DEFAULT_MODEL, model
from parley.mark.vectors import Memory, remember_words, untrained

WORDS = [
    "The", "envoys", "of", "both", "sides", "met", "in", "the", "port", "on", "May", "3", ",", "and", "left", ";",
    "Kelbarra", "'s", "mayor", "said", "1,200", "had", "fled", ".",
]  # fmt: skip


@pytest.fixture(scope="module")
def first() -> Any:
    """The first layers of the model, as they come."""
    import spacy

    model()  # so that the matrix product is the same
    return spacy.load(DEFAULT_MODEL, exclude=["ner"]).get_pipe("tok2vec").model.layers[0]


@settings(deadline=None, max_examples=40)
@given(texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=9), min_size=1, max_size=8))
def test_a_word_remembered_has_the_vector_it_had(first: Any, texts: list[list[str]]) -> None:
    memory = Memory(first, most=30)  # of more than 30 feature rows, some are forgotten
    docs = [model().make_doc(" ".join(words)) for words in (*texts, WORDS, *texts)]
    for batch in (docs, docs[:1], docs[::-1]):
        for found, anew in zip(memory.vectors(batch), first.predict(batch), strict=True):
            assert found.shape == anew.shape
            assert np.allclose(found, anew, atol=1e-5)


def test_the_same_bits_in_any_company(first: Any) -> None:
    texts = [" ".join(WORDS[at:]) for at in range(len(WORDS))]
    docs = [model().make_doc(text) for text in texts]
    alone = [Memory(first).vectors([doc])[0] for doc in docs]
    together = Memory(first).vectors(docs)
    assert all((a == b).all() for a, b in zip(alone, together, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("kernel", ["Haswell", "SkylakeX"])
def test_the_same_bits_on_other_processors(kernel: str) -> None:
    """As far as this one can play others: their products of many rows round a row by its place."""
    test = f"{__file__}::test_the_same_bits_in_any_company"
    environment = os.environ | {"OPENBLAS_CORETYPE": kernel}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test], env=environment
    )
    assert done.returncode == 0


def test_readers_at_the_same_time_do_not_disturb_each_other(first: Any) -> None:
    memory = Memory(first, most=20)
    docs = [model().make_doc(" ".join(WORDS[at : at + 9])) for at in range(len(WORDS) - 9)] * 4
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda doc: memory.vectors([doc])[0], docs))
    alone = [Memory(first).vectors([doc])[0] for doc in docs]
    assert all((a == b).all() for a, b in zip(found, alone, strict=True))


def test_more_words_than_it_holds_are_computed_as_they_come(first: Any) -> None:
    memory = Memory(first, most=3)
    docs = [model().make_doc(" ".join(WORDS))]
    assert (memory.vectors(docs)[0] == first.predict(docs)[0]).all()
    assert not memory.places


def test_it_never_holds_more_than_it_may(first: Any) -> None:
    memory = Memory(first, most=12)
    for at in range(len(WORDS) - 4):
        memory.vectors([model().make_doc(" ".join(WORDS[at : at + 4]))])
        assert len(memory.places) <= 12


def test_other_pipelines_are_left_as_they_are() -> None:
    import spacy

    nlp = spacy.blank("en")
    remember_words(nlp)
    assert not nlp.pipe_names


def test_nothing_is_trained_on_what_is_remembered() -> None:
    with pytest.raises(NotImplementedError, match="reading"):
        untrained(None)


def test_a_text_without_words_has_vectors_of_the_same_width(first: Any) -> None:
    docs = [model().make_doc("")]
    assert Memory(first).vectors(docs)[0].shape == first.predict(docs)[0].shape
