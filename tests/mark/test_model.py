"""Pipelines of a user's own, in a folder; and those that cannot serve."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from parley.errors import NoSuchModel
from parley.mark.model_hash import EXPECTED, model_hash
from parley.mark.parse import DEFAULT_MODEL, load, place_of

TEXT = "Health officials in Tamrin said on Wednesday that 12 people had been wounded."


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default pipeline as somebody else would have it: under another name, saved in a folder."""
    nlp = spacy.load(place_of(DEFAULT_MODEL))
    nlp.meta["name"], nlp.meta["version"] = "newsroom_trf", "9.1.0"
    path = tmp_path_factory.mktemp("own") / "newsroom"
    nlp.to_disk(path)
    return path


def record_by(*options: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "parley", "read", "-", "--json", *options],
        input=TEXT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def test_a_pipeline_in_a_folder_reads_as_it_does_as_a_package_and_is_named_in_the_record(own: Path) -> None:
    ours, theirs = record_by(), record_by("--model", str(own))
    assert str(theirs.pop("made_by")).endswith("model newsroom_trf 9.1.0")
    assert ours.pop("made_by") and ours == theirs


def test_a_folder_has_a_hash_of_its_own(own: Path) -> None:
    assert model_hash(str(own)) != EXPECTED == model_hash()


def test_a_folder_that_holds_no_pipeline_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoSuchModel, match="nor a folder that holds one"):
        load(str(tmp_path))


@pytest.mark.parametrize(
    "left_out, told",
    [("tagger", "token.tag"), ("parser", "token.dep, token.head"), ("lemmatizer", "token.lemma")],
)
def test_a_pipeline_that_gives_too_little_is_told(tmp_path: Path, left_out: str, told: str) -> None:
    nlp = spacy.load(place_of(DEFAULT_MODEL), exclude=[left_out, "ner"])
    nlp.to_disk(tmp_path / "less")
    with pytest.raises(NoSuchModel, match=f"gives no {told}; take one with"):
        load(str(tmp_path / "less"))


def test_a_pipeline_whose_libraries_are_missing_says_which_component_it_is(own: Path, tmp_path: Path) -> None:
    """As a transformer pipeline does without spacy-transformers or spacy-curated-transformers."""
    import shutil

    shutil.copytree(own, tmp_path / "trf")
    config = tmp_path / "trf" / "config.cfg"
    config.write_text(
        config.read_text("utf-8").replace('factory = "tok2vec"', 'factory = "transformer"'), "utf-8"
    )
    with pytest.raises(NoSuchModel, match=r"cannot be loaded: .*transformer"):
        load(str(tmp_path / "trf"))
