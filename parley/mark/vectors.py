"""What the model makes of a word before it looks at its neighbours, computed once for each word.

The first layers of a tok2vec see a word's own features alone (norm, prefix, suffix, shape …), and would compute them anew for
each "the". Unknown words are computed a row at a time: so a word's vector does not depend on what it is computed with, nor on
what was read before, on whatever processor.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import numpy.typing as npt

from parley.mark.blas import RowOps

MOST = 1 << 15  # words remembered; beyond, all are forgotten

Rows = npt.NDArray[Any]


def remember_words(nlp: Any) -> None:
    """Let the pipeline's tok2vec remember words, if its first layers are of those that see words alone."""
    from thinc.api import Model

    layers = nlp.get_pipe("tok2vec").model.layers if "tok2vec" in nlp.pipe_names else []
    if layers and [layer.name for layer in layers[0].layers[:2]] == ["extract_features", "list2ragged"]:
        memory = Memory(layers[0])
        layers[0] = Model("remembered", lambda _, docs, is_train: (memory.vectors(docs), untrained))


def untrained(_: Any) -> Any:
    raise NotImplementedError("a pipeline that remembers words is for reading; train one that does not")


class Memory:
    """Words by their features, with their vectors in a table of `most` rows."""

    def __init__(self, layers: Any, most: int = MOST) -> None:
        self.features, *self.rest = layers.layers
        for node in (node for layer in self.rest for node in layer.walk()):
            node.ops = RowOps()
        self.most = most
        self.lock = threading.Lock()  # the desk reads several dispatches at once
        self.places: dict[bytes, int] = {}
        self.table: Rows = np.zeros((most, 0))

    def vectors(self, docs: list[Any]) -> list[Rows]:
        """For each Doc an array, words by width."""
        arrays = self.features.predict(docs)
        with self.lock:
            return self.remembered(arrays)

    def remembered(self, arrays: list[Rows]) -> list[Rows]:
        words = [keys(array) for array in arrays]
        asked = dict.fromkeys(word for doc in words for word in doc)
        if not 0 < len(asked) <= self.most:
            return self.computed(arrays)
        if len(self.places) + len(asked) > self.most:
            self.places.clear()
        if unknown := [word for word in asked if word not in self.places]:
            self.learn(unknown, arrays[0].shape[1])
        return [self.table[[self.places[word] for word in doc]] for doc in words]

    def learn(self, words: list[bytes], features: int) -> None:
        found = self.computed([np.frombuffer(b"".join(words), dtype=np.uint64).reshape(-1, features)])[0]
        if not self.table.size:
            self.table = np.zeros((self.most, found.shape[1]), dtype=found.dtype)
        first = len(self.places)
        self.table[first : first + len(words)] = found
        self.places.update(zip(words, range(first, self.most), strict=False))

    def computed(self, arrays: list[Rows]) -> list[Rows]:
        given: Any = arrays
        for layer in self.rest:
            given = layer.predict(given)
        return list(given)


def keys(array: Rows) -> list[bytes]:
    """The rows of an array of features, each as bytes."""
    whole, width = array.tobytes(), array.shape[1] * array.itemsize
    return [whole[at : at + width] for at in range(0, len(whole), width)]
