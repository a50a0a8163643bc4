# Two commands do everything on a fresh machine with Python 3.11+ and make: `make serve` and `make test`.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GEOPORTAL := $(BIN)/geoportal

.PHONY: help serve test lint bench fetch build check wheel lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | expand -t 12

serve: $(VENV)/installed static/vendor/.complete ## install, build and serve at http://127.0.0.1:8000
	$(GEOPORTAL) serve

fetch: $(VENV)/installed ## download the upstream files
	$(GEOPORTAL) fetch

build: $(VENV)/installed ## read, check and join the sources into a new snapshot
	$(GEOPORTAL) build

check: $(VENV)/installed ## validate every card and source, write nothing
	$(GEOPORTAL) check

test: $(VENV)/dev static/vendor/.complete lint ## install and run every check
	$(BIN)/pytest -n 2 --dist loadfile

lint: $(VENV)/dev ## format, lint, types and import directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: $(VENV)/dev static/vendor/.complete ## measure this machine; docs/BENCHMARKS.md keeps the numbers
	$(BIN)/python -m bench

wheel: $(VENV)/dev static/vendor/.complete ## build dist/geoportal-*.whl
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

lock: ## renew constraints.txt from the newest allowed versions
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet --upgrade pip
	build/lock/bin/pip install --quiet . --group dev
	build/lock/bin/pip freeze --exclude geoportal > constraints.txt

clean: ## remove what was installed and built, keep fetched files
	rm -rf $(VENV) build dist data/build static/node_modules static/vendor

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	mkdir -p static/vendor # the package's build looks for it; filled below
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/dev: $(VENV)/installed
	$(BIN)/pip install --quiet --constraint constraints.txt --group dev
	touch $@

# Browser libraries are locked in static/package-lock.json and served by us; npm comes as a Python package.
static/vendor/.complete: static/package.json static/package-lock.json $(wildcard static/*.py static/img/sprites/*) | $(VENV)/installed
	$(BIN)/pip install --quiet --constraint constraints.txt --group assets
	$(BIN)/npm ci --prefix static --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python static/assets.py
	touch $@
