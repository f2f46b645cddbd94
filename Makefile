# Two commands suffice on a fresh machine with Python 3.11 or newer: make demo, make test.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# Where the gold data and their scorer lie: make score GOLD=/path/to/them
GOLD ?= ../shared

.PHONY: demo serve install test quick lint wheel score bench clean

# What to give `parley demo`: make demo DEMO=--no-serve
DEMO ?=

demo: .venv/run
	$(BIN)/parley demo --ledger .venv/story.db $(DEMO)

serve: .venv/run
	$(BIN)/parley serve

install: .venv/run

test: .venv/dev lint
	$(BIN)/python -m pytest

quick: .venv/dev
	$(BIN)/python -m pytest -m "not slow"

lint: .venv/dev
	$(BIN)/ruff check parley tests benchmarks
	$(BIN)/ruff format --check parley tests benchmarks
	$(BIN)/mypy

score: .venv/run
	$(BIN)/python benchmarks/accuracy.py $(GOLD)

# What Parley costs beside others, on our own examples or on any: make bench TEXTS="FILE.jsonl …" LIMIT=150
TEXTS ?=
LIMIT ?= 150

bench: .venv/run .venv/peers/ready
	$(BIN)/python benchmarks/peers.py $(TEXTS) --limit $(LIMIT) --peers .venv/peers/bin/python

wheel: .venv/dev
	$(BIN)/python -m build --no-isolation --wheel

.venv/run: requirements/run.txt requirements/build.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) install -q --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(PIP) install -q --no-deps --no-build-isolation -e .
	touch $@

.venv/dev: .venv/run requirements/dev.txt
	$(PIP) install -q --require-hashes -r requirements/dev.txt
	touch $@

.venv/peers/ready: requirements/peers.txt requirements/peers-alone.txt
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/peers.txt
	.venv/peers/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements/peers-alone.txt
	touch $@

clean:
	rm -rf .venv dist build
