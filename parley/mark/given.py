"""A parse that came with the text, as Tokens and Sentences: what the parser would have said is not asked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from parley.document import Marks, Part, Sentence, Token, Word
from parley.mark.forms import verb_lemma


def given(marks: Marks) -> Marks:
    """The words inside each part. A head outside of its part or sentence is none: the word becomes a root."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for index, part in enumerate(marks.document.parts):
        for words in sentences_in(part, marks.document.words):
            made = tokens_of(words, marks.document.words, len(tokens), marks.text)
            sentences.append(sentence_of(made, len(sentences), index))
            tokens.extend(made)
    return replace(marks, tokens=tuple(tokens), sentences=tuple(sentences))


def sentences_in(part: Part, words: Sequence[Word]) -> Iterator[range]:
    """The numbers of the words of each sentence that begin inside the part."""
    first, end = (
        bisect_left(words, at, key=lambda w: w.span.start) for at in (part.span.start, part.span.end)
    )
    begins = [first, *(n for n in range(first + 1, end) if words[n].begins), end]
    yield from (range(a, b) for a, b in pairwise(begins) if a < b)


def tokens_of(numbers: range, words: Sequence[Word], offset: int, text: str) -> list[Token]:
    tokens = [as_token(words[n], offset + i, text) for i, n in enumerate(numbers)]
    below: list[list[Token]] = [[] for _ in tokens]
    for token, number in zip(tokens, numbers, strict=True):
        head = words[number].head
        token.head = tokens[head - numbers.start] if head in numbers else token
        if token.head is not token:
            below[head - numbers.start].append(token)
    for token, children in zip(tokens, below, strict=True):
        token.children = tuple(children)
    return tokens


def as_token(word: Word, i: int, text: str) -> Token:
    shown = word.span.of(text)
    lemma = verb_lemma(word.lemma) if word.tag.startswith("VB") else word.lemma
    return Token(i, shown, shown.lower(), lemma, word.tag, word.pos, word.dep, word.span.start, word.span.end)


def sentence_of(tokens: list[Token], i: int, part: int) -> Sentence:
    sentence = Sentence(i, tokens, next(t for t in tokens if t.head is t), part)
    for token in tokens:
        token.sentence = sentence
    return sentence
