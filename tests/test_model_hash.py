from __future__ import annotations

import pytest

from parley.errors import NoSuchModel
from parley.mark.model_hash import EXPECTED, model_hash
from parley.mark.parse import load


def test_the_installed_model_is_the_one_that_was_measured() -> None:
    assert model_hash() == EXPECTED


def test_a_model_that_is_not_there_is_told() -> None:
    with pytest.raises(NoSuchModel, match="no_such_model"):
        model_hash("no_such_model")
    with pytest.raises(NoSuchModel, match="pip install"):
        load("no_such_model")
