# `make run` and `make test` need nothing but Python and make. The README lists the commands behind them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SALEOR_SCHEMA ?= store/saleor/schema-3.23.graphql
export DJANGO_SETTINGS_MODULE = store.settings

.PHONY: run test check audit bench codegen wording lock browser clean help
.DEFAULT_GOAL := help

help:
	@echo "make run     the shop at http://127.0.0.1:8000 (PORT, HOST and DATA_DIR are settings)"
	@echo "make test    everything: lint, types, import contracts, migrations, all tests"
	@echo "make check   the quick gate, under a minute"
	@echo "make bench   the benchmarks     make codegen  the typed client     make lock  the pinned dependencies"
	@echo "make wording the score of the wording lint   make audit  known weaknesses of the packages"

run: $(VENV)/.core
	@$(BIN)/python manage.py run

test: $(VENV)/.dev browser
	@$(BIN)/python -m tests.all

check: $(VENV)/.dev
	@$(BIN)/python -m tests.all --quick

audit: $(VENV)/.dev
	@$(BIN)/python -m tests.advisories

bench: $(VENV)/.dev
	@$(BIN)/python -m bench

# Installs the locked packages with their hashes. The stamp file makes a second run install nothing.
$(VENV)/.core: requirements/core.txt
	@$(PYTHON) requirements/install.py $(VENV) core

$(VENV)/.dev: requirements/dev.txt
	@$(PYTHON) requirements/install.py $(VENV) dev

browser: $(VENV)/.dev
	@$(BIN)/python -m tests.browser.install

# Cut what is in scope (store/saleor/scope.py) out of Saleor's schema, then generate the typed client from it.
codegen: $(VENV)/.dev $(VENV)-codegen/.codegen
	@$(BIN)/python -m store.saleor.schema_slice $(SALEOR_SCHEMA) > $(VENV)-codegen/schema.graphql
	@cp $(VENV)-codegen/schema.graphql store/saleor/schema.graphql
	@$(VENV)-codegen/bin/ariadne-codegen --config codegen.toml

$(VENV)-codegen/.codegen: requirements/codegen.txt
	@$(PYTHON) requirements/install.py $(VENV)-codegen codegen

# Fit the score of the wording lint on the labelled sentences of tests/guidebook/wording, and pack what its rules need.
wording: $(VENV)/.dev $(VENV)-wording/.wording
	@$(BIN)/python -m tests.guidebook.wording_training.pack
	@$(BIN)/python -m tests.guidebook.wording_training.prepare | $(VENV)-wording/bin/python \
	  tests/guidebook/wording_training/fit.py store/guidebook/wording/sentence_weights.tsv.gz

$(VENV)-wording/.wording: requirements/wording.txt
	@$(PYTHON) requirements/install.py $(VENV)-wording wording

lock:
	@for name in core dev codegen wording studio audit; do \
	  uv pip compile requirements/$$name.in --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-annotate --no-header -q -o requirements/$$name.txt; done

clean:
	rm -rf $(VENV) $(VENV)-codegen $(VENV)-wording $(VENV)-audit data
