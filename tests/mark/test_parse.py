"""What the parser is shown, and that words remembered have the forms that the pipeline's own rules give them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.document import Document, Marks, Part
from parley.mark.forms import rules_of_words, written
from parley.mark.parse import DEFAULT_MODEL, FOLDED, legible, model, parse, parser
from parley.values import Span

SENTENCES = [
    "The envoys left for talks, and the talks left the envoys tired.",
    "Let's go, he said; they let the harbour's gates stand open.",
    "There is no truce, there's no talk of one, and there he was.",
    "They ain't gonna wait: y'all gotta leave, c'mon, or you'll get nothin'.",
    "She had been held; she hasn't been freed, and she won't say who'd held her.",
    "What he does is what he did, but he's done it, and that that was said was denied.",
    "WE WILL NOT, I SAID, TELL THEM OF IT.",
    " Two blanks  before, a\ttab \n\n behind ",
]
WORDS = [
    "There", "is", "was", "'s", "let", "us", "that", "this", "do", "does", "had", "n't", "gon", "na",
    "got", "ta", "it", "I", "you", "y'", "all", "be", "been", "ai", "c'm", "on", "to",
]  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_words_have_the_forms_that_the_pipelines_own_rules_give(text: str) -> None:
    assert remembered(text) == asked(text)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_no_order_of_words_gives_other_forms(words: list[str]) -> None:
    text = " ".join(words)
    assert remembered(text) == asked(text)


def remembered(text: str) -> list[object]:
    nlp, unasked, forms = parser(DEFAULT_MODEL)
    return [*forms(next(nlp.pipe([text], disable=unasked)))]


def asked(text: str) -> list[object]:
    return [*written(model()(text))]


def test_rules_that_look_at_more_than_words_are_asked_each_time() -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add([[{"SHAPE": "dd"}]], {"TAG": "CD"})
    assert not rules_of_words(nlp)
    nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    assert not rules_of_words(nlp)
    assert rules_of_words(model())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one line\nof two", "one line of two"),
        ("``Go,'' he said", '"Go," he said'),
        ("a  b\t c", "a b c"),
        ("THE ENVOYS LEFT FOR TALKS ABROAD", "the envoys left for talks abroad"),
        ("The envoys left", "The envoys left"),
    ],
)
def test_the_parser_is_shown_something_tidier(text: str, shown: str) -> None:
    assert legible(text)[0] == shown


@given(st.text(alphabet="ab \n\t`'\u00a0", max_size=40))
def test_what_is_shown_leads_back_to_the_text(text: str) -> None:
    shown, origin = legible(text)
    assert len(origin) == len(shown) + 1 and origin[-1] == len(text)
    assert all(text[origin[n]] == c or FOLDED.match(text, origin[n]) for n, c in enumerate(shown))


def test_a_pipeline_that_has_met_too_many_words_is_loaded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(text := "The envoys left Kelbarra for Port Selin.", (Part(Span(0, len(text))),))
    before, nlp = parse(Marks(document)), model()
    assert model() is nlp
    monkeypatch.setattr("parley.mark.parse.MOST_WORDS", 3)
    after = parse(Marks(document))
    assert model() is not nlp
    assert [(t.lemma, t.tag, t.dep, t.head.i) for t in after.tokens] == [
        (t.lemma, t.tag, t.dep, t.head.i) for t in before.tokens
    ]


def test_words_lead_back_to_the_text_and_to_each_other() -> None:
    text = "``We  will\ngo,'' the envoy said. They left."
    marks = parse(Marks(Document(text, (Part(Span(0, len(text))),))))
    assert [t.span.of(text) for t in marks.tokens[:5]] == ["``", "We", "will", "go", ","]
    assert [s.i for s in marks.sentences] == [0, 1]
    assert all(t in t.head.children or t.head is t for t in marks.tokens)
    assert all(t.sentence.tokens[t.i - t.sentence.tokens[0].i] is t for t in marks.tokens)
