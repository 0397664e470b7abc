# make demo   judge an example repository that has a mistake of every kind
# make test   all that must hold: style, types, tests
# make bench  the comparisons of benchmarks/ (minutes)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test bench clean

# The examples are judged as repositories of their own, so the demo copies one out of this one.
demo: $(VENV)/installed
	@demo=$$(mktemp -d) && trap 'rm -rf "$$demo"' EXIT && \
	cp -R examples/broken-service/. "$$demo" && cd "$$demo" && git init --quiet && git add --all && \
	echo '$$ govern check' && { "$(CURDIR)/$(BIN)/govern" check --format full; test $$? -eq 1; }

test: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

bench: $(VENV)/installed-dev
	@$(BIN)/python -m compileall -q src
	$(BIN)/python benchmarks/check.py
	$(BIN)/python benchmarks/jsonl.py
	$(BIN)/python benchmarks/compat.py
	$(BIN)/python benchmarks/render.py

$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "govern needs Python 3.11 or newer; try: make PYTHON=python3.12")'
	@echo "setting up $(VENV) (once; under a minute)" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --constraint constraints.txt pip
	@$(PIP) install --constraint constraints.txt --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(PIP) install --constraint constraints.txt --editable . --group dev
	@touch $@

clean:
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
