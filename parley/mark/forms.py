"""Words of a parsed text → their forms: lemma and part of speech by the pipeline's own rules, asked once for each word, tag and label.

spaCy's attribute ruler and lemmatizer look at every word anew, though nearly all their rules look at a word alone: what they
said of "talks" as a plural noun and subject, they say of it everywhere. Only a few of the ruler's rules look at two words
("let's", "there is"); where one fits, both words are asked about in their place.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

from parley.lang import table

RULES = ("attribute_ruler", "lemmatizer")
LOOKED_AT = {"TAG", "LOWER", "DEP", "IS_SPACE"}  # what a rule may look at for its words to be remembered
REMEMBERED = 1 << 16


class Form(NamedTuple):
    """`tag`, `pos` and `dep` as in Token; `lemma` is that of the verb meant, where the pipeline's own is wrong."""

    text: str
    lower: str
    lemma: str
    tag: str
    pos: str
    dep: str


Forms = Callable[[Any], list[Form]]  # of a spaCy Doc, one a word


def forms_of(nlp: Any) -> tuple[tuple[str, ...], Forms]:
    """The components of the pipeline that may be left out, and what then gives the same forms as they do."""
    return (RULES, remembered(nlp)) if rules_of_words(nlp) else ((), written)


def rules_of_words(nlp: Any) -> bool:
    """Whether ruler and lemmatizer come last, and the ruler's rules look at nothing but words, tags and labels."""
    from spacy.pipeline import Lemmatizer

    if tuple(nlp.pipe_names[-2:]) != RULES or not isinstance(nlp.get_pipe("lemmatizer"), Lemmatizer):
        return False
    patterns = [p for rule in nlp.get_pipe("attribute_ruler").patterns for p in rule["patterns"]]
    known = all(set(word) <= LOOKED_AT for p in patterns for word in p)
    return known and all(len(p) == 1 or (len(p) == 2 and signs(p)) for p in patterns)


def written(doc: Any) -> list[Form]:
    return [as_form(token) for token in doc]


def as_form(token: Any) -> Form:
    tag = token.tag_
    lemma = verb_lemma(token.lemma_) if tag[:2] == "VB" else token.lemma_
    return Form(token.text, token.lower_, lemma, tag, token.pos_, token.dep_)


def verb_lemma(found: str) -> str:
    """The verb's own lemma where the pipeline's is wrong: "hoped" is no form of "hop" in a dispatch."""
    return wrong_lemmas().get(found, found)


@functools.cache
def wrong_lemmas() -> dict[str, str]:
    listed: dict[str, str] = table("lemmas")["verb"]
    return listed


def remembered(nlp: Any) -> Forms:
    """What gives the forms of a Doc that neither ruler nor lemmatizer has seen."""
    from spacy.tokens import Doc

    ruler, lemmatizer, (pairs, telling) = (*map(nlp.get_pipe, RULES), pairs_of(nlp))
    sets_of_words(lemmatizer)
    name = nlp.vocab.strings.as_string

    def asked(words: list[tuple[int, int, int]]) -> list[Form]:
        orths, tags, deps = ([name(w[n]) for w in words] for n in range(3))
        return written(lemmatizer(ruler(Doc(nlp.vocab, words=orths, tags=tags, deps=deps))))

    @functools.lru_cache(REMEMBERED)
    def form(orth: int, tag: int, dep: int) -> Form:
        return asked([(orth, tag, dep)])[0]

    def forms(doc: Any) -> list[Form]:
        words = doc.to_array(["ORTH", "TAG", "DEP"]).tolist()
        found = [form(*word) for word in words]
        if not any(f.lower in telling or f.dep in telling for f in found):
            return found
        for _, start, end in pairs(doc, allow_missing=True):
            before = max(0, start - 1)
            found[start:end] = asked(words[before : end + 1])[start - before :][:2]
        return found

    return forms


def pairs_of(nlp: Any) -> tuple[Any, frozenset[str]]:
    """The ruler's rules that look at two words, as a matcher; and words and labels of which one is in whatever they fit."""
    from spacy.matcher import Matcher

    matcher = Matcher(nlp.vocab)
    rules = nlp.get_pipe("attribute_ruler").patterns
    pairs = [pattern for rule in rules for pattern in rule["patterns"] if len(pattern) == 2]
    for number, pattern in enumerate(pairs):
        matcher.add(str(number), [pattern])
    return matcher, frozenset(word for pattern in pairs for word in signs(pattern))


def signs(pattern: list[dict[str, Any]]) -> set[str]:
    """The words or labels of which one of the two words has one; none where the rule does not list them."""
    asked = [word[key] for word in pattern for key in ("LOWER", "DEP") if key in word]
    listed = [{a} if isinstance(a, str) else set(a.get("IN", ())) for a in asked]
    return min(filter(None, listed), key=len, default=set())


def sets_of_words(lemmatizer: Any) -> None:
    """The lists that the lemmatizer looks words up in, as sets: a list of 40,000 nouns is read through for each."""
    if "lemma_index" in lemmatizer.lookups:
        known = lemmatizer.lookups.get_table("lemma_index")
        for part, words in list(known.items()):
            known[part] = frozenset(words)
