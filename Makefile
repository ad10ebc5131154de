# One command a task: `make` lists them. The commands themselves stand in CONTRIBUTING.md, for who has no make.
PYTHON ?= python3
BIN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup test cover lint types docs links translations examples demo words neighbours bench lock wheels check clean

help: ## what there is to do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /: /' | while IFS=: read -r name what; do printf '  make %-11s%s\n' "$$name" "$$what"; done

setup: ## an environment with all that the other tasks need
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --constraint .ci/constraints.txt --editable '.[test,lint,docs,frameworks]' $(addprefix --editable ,$(wildcard packages/*))

test: ## the tests, as people run them
	$(BIN)/python -m pytest

cover: ## the tests with all generated examples, and with coverage
	CI=true $(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered

lint: ## style, spelling, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/lint-imports
	for package in packages/*; do (cd $$package && $(CURDIR)/$(BIN)/lint-imports) || exit 1; done

types: ## types of the library and of the code on pages
	$(BIN)/mypy
	$(BIN)/python tools/check_types.py

docs: ## the documentation, in docs/_build/html, and in es/ and pt/ there
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html
	for language in es pt; do $(BIN)/sphinx-build -W --keep-going -q -b html -D language=$$language docs docs/_build/html/$$language || exit 1; done

links: docs ## the links of the docs, those to elsewhere too; needs a network
	$(BIN)/python tools/check_links.py docs/_build/html
	$(BIN)/sphinx-build -q -b linkcheck docs docs/_build/links

translations: ## what a change of a page leaves to translate, in docs/locale
	$(BIN)/python -m tools.page_translations

examples: ## the examples in README and docs, against what they print
	$(BIN)/python -m pytest -q README.md docs

demo: ## examples/site and the pictures of README and docs; needs chromium
	$(BIN)/python tools/build_demo.py --pictures

words: ## what the catalogues of the languages lack
	for language in es pt fr; do $(BIN)/python -m tools.build_words $$language --missing || exit 1; done

neighbours: ## what each rule finds at each change of its examples, after a change of rules
	$(BIN)/python tools/build_neighbours.py

bench: ## how fast it is, in a minute
	$(BIN)/python -m benchmarks --quick

lock: ## the versions of everything, in uv.lock
	uv lock

wheels: ## the distributions, in dist/
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist . ./packages/*

check: ## all that CI does, on a clean clone of what is committed
	rm -rf .check && git clone --quiet . .check && .check/.ci/run

clean: ## what can be made again
	rm -rf .venv .check .coverage* dist docs/_build docs/rules docs/locale/*/LC_MESSAGES/*.mo docs/locale/*/LC_MESSAGES/*/*.mo .mypy_cache .ruff_cache .pytest_cache
