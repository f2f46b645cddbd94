"""Citations: words with one pair of marks, and nothing that TeX would run."""

from __future__ import annotations

import doctest
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.show import citing, sentences
from parley.show.citing import bibtex, citation, escaped
from parley.show.sentences import quoted
from parley.show.told import Told
from parley.show.view import Cite


def told(words: str, agency: str | None = "VNA") -> Told:
    cite = Cite("d" * 24, 3, 3 + len(words), words, agency, "2024-09-10T08:00:00", "f" * 24, "rule")
    return Told("f" * 24, "claims", "says", "Irena Sol", "open", 3, 3 + len(words), words, cite)


def test_examples_hold() -> None:
    for module in (citing, sentences):
        done = doctest.testmod(module)
        assert done.attempted and not done.failed


@pytest.mark.parametrize(
    ("words", "shown"),
    [("the men\nare well", "“the men are well”"), ('"They are well," she said', '"They are well," she said'), ('she said "soon"', 'she said "soon"'),
     ('the "men" are well', '“the "men" are well”'), ("``Soon,'' she said", "``Soon,'' she said"), ("“Soon”", "“Soon”"), ("", "")],
)  # fmt: skip
def test_words_have_one_pair_of_marks(words: str, shown: str) -> None:
    assert quoted(words) == shown


def test_a_citation_says_which_words_and_as_of_when() -> None:
    assert citation(told("All are well"), "2024-09-20") == (
        f"VNA, 2024-09-10: “All are well” (dispatch {'d' * 24}, characters 3-15; record {'f' * 24}, as known on 2024-09-20)."
    )
    assert "as known" not in citation(told("All are well"), None)
    assert citation(told("All are well", None), None).startswith("Agency not told, 2024-09-10: ")


def test_the_sentence_is_cited_where_it_is_known() -> None:
    eleven = told("11")
    whole = replace(eleven, cite=replace(eleven.cite, sentence="The Front holds 11 men."))
    assert "“The Front holds 11 men.” (" in citation(whole, None)
    assert "title = {The Front holds 11 men.}" in bibtex(whole, None, "")


def test_an_entry_for_a_bibliography_is_pinned_too() -> None:
    entry = bibtex(told("50% of {all}"), "2024-09-20", "http://127.0.0.1:8700/r/x?as_of=2024-09-20")
    assert r"title = {50\% of \{all\}}" in entry and "as known on 2024-09-20" in entry
    assert "url = {http://127.0.0.1:8700/r/x?as_of=2024-09-20}" in entry and entry.startswith("@misc{parley-")


@given(st.text("ab \\{}$&#%_^~", max_size=30))
def test_no_brace_of_a_dispatch_ends_a_field(words: str) -> None:
    made = escaped(words).replace("\\{", "").replace("\\}", "").replace("{}", "")
    assert "{" not in made and "}" not in made
