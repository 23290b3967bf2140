# Needs make and Python 3.11 or later; everything else is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin
UV := UV_SYSTEM_CERTS=1 VIRTUAL_ENV=.venv $(BIN)/uv

# What is installed is named by its inputs, so that a pull or an edit installs again and nothing else does.
INPUTS := $(shell find api/explorer api/operations -name node_modules -prune -o -type f -print | sort) \
	build_explorer.py constraints.txt constraints-uv.txt pyproject.toml
STATE := $(shell cat $(INPUTS) | cksum | tr ' ' -)
RUNTIME := .venv/.runtime-$(STATE)
TOOLS := .venv/.tools-$(STATE)
# Compiled here, for where PYTHONDONTWRITEBYTECODE is set every command would compile all it loads, for seconds.
INSTALL := $(UV) pip install --quiet --compile-bytecode --constraints constraints.txt --build-constraints constraints.txt
COMPILE := $(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url

# The long proofs, part by part, each with a file of its own: a part takes from minutes to hours.
PROOFS := $(addprefix verify-,packaging graph seeds queries api schema)

.PHONY: help demo setup test check verify verify-lts screenshots lock clean $(PROOFS)

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | awk -F'|' '{printf "  make %-11s %s\n", $$1, $$2}'

demo: $(RUNTIME)  ## load a synthetic ecosystem, ask it a question, serve it
	$(BIN)/ecograph demo

setup: $(TOOLS)  ## everything that development needs, in .venv

# The tests' statements are planned once each: Java's optimizing compiler costs more there than it saves.
test: export ECOGRAPH_JAVA_OPTIONS = -XX:TieredStopAtLevel=1
test: $(TOOLS)  ## the tests, but for the long proofs
	$(BIN)/ecograph neo4j install
	$(BIN)/pytest -m "not verify" -n 2 --dist loadfile

check: $(TOOLS)  ## style, types, layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python build_explorer.py check

verify: test $(PROOFS) verify-lts  ## every test and long proof, on both releases of Neo4j; figures go to benchmarks/results/

$(PROOFS): verify-%: $(TOOLS)
	ECOGRAPH_RESULTS=benchmarks/results/$@.json $(BIN)/pytest -m verify tests/$*

verify-lts: export ECOGRAPH_NEO4J_RELEASE = lts
verify-lts: export ECOGRAPH_JAVA_OPTIONS = -XX:TieredStopAtLevel=1
verify-lts: $(TOOLS)
	$(BIN)/ecograph neo4j install
	ECOGRAPH_RESULTS=benchmarks/results/$@.json $(BIN)/pytest -m "not verify" -n 2 --dist loadfile \
		--ignore tests/packaging --ignore tests/graph/embedded

screenshots: $(TOOLS)  ## the pictures in docs/pictures, by an installed Chromium
	PYTHONPATH=tests $(BIN)/python tests/explorer/screenshots.py

lock: $(TOOLS)  ## the newest versions into constraints.txt
	echo uv | $(COMPILE) --output-file constraints-uv.txt -
	printf 'setuptools>=80\nnodejs-wheel>=24\n' | \
	$(COMPILE) --all-extras --group dev --output-file constraints.txt pyproject.toml -

clean:  ## away with all that can be made again
	rm -rf .venv build dist *.egg-info api/static api/explorer/node_modules
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(RUNTIME): | $(BIN)/uv
	@echo "Installing Ecograph into .venv and building its pages: about half a minute"
	@$(INSTALL) --reinstall-package ecograph --editable .
	@$(BIN)/python -m compileall -q graph schema queries api/*.py api/access api/cli seeds
	@rm -f .venv/.runtime-* .venv/.tools-*
	@touch $@

$(TOOLS): $(RUNTIME)
	@echo "Installing the tools of development"
	@$(INSTALL) --editable '.[py2neo]' --group dev $$($(BIN)/python build_explorer.py node)
	@touch $@

$(BIN)/uv: constraints-uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Ecograph needs Python 3.11 or later; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || \
		{ echo "This Python cannot make environments; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints-uv.txt
	@touch $@
