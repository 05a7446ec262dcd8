# Two commands on a fresh machine: `make demo` and `make test`. Each does all its set-up in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt
TESTERS ?= 2

.PHONY: help demo test check torture lock benchmarks clean

help:
	@echo "make demo        set up, make the demo community, open it on 127.0.0.1:8000"
	@echo "make test        set up, pass the whole suite"
	@echo "make check       ruff, format, mypy strict, import walls, house tests"
	@echo "make torture     the long tests: kills, floods, very large files"
	@echo "make lock        resolve all dependencies anew and pin them"
	@echo "make benchmarks  measure imports side by side (ROWS=10000)"

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("jibungoto needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.for-use: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.for-tests: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) -e '.[test]'
	@touch $@ $(VENV)/.for-use

demo: $(VENV)/.for-use
	$(BIN)/jibungoto demo

test: $(VENV)/.for-tests
	$(BIN)/pytest -n $(TESTERS) --dist worksteal -q

check: $(VENV)/.for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -p no:django -q tests/house

torture: $(VENV)/.for-tests
	$(BIN)/pytest -n $(TESTERS) --dist worksteal -m torture -q tests

lock: $(VENV)/bin/python
	$(BIN)/python scripts/lock.py

ROWS ?= 10000
benchmarks: $(VENV)/.for-tests
	$(BIN)/python benchmarks/import_slack.py --messages $(ROWS)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
