# The commands of this repository. Debian or Ubuntu with git, make and python3-venv (Python 3.11 or newer) is all they ask for.
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
SHELL := /bin/sh

PYTHON ?= python3
IN_VENV := .venv/bin/python

# A name on the command line (make run PORT=9000) wins; HOST is read from nowhere else, because some shells set it to the machine's name.
UP := $(if $(PEOPLE),--people '$(PEOPLE)') $(if $(PORT),--port '$(PORT)') $(if $(filter command,$(firstword $(origin HOST))),--host '$(HOST)')

# Starting without bytecode costs several seconds, each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## Say what there is
	@echo 'make run            The product with a demonstration company, on http://127.0.0.1:8000/'
	@echo '     PEOPLE=5000      people of the company, when it is built (300)'
	@echo '     PORT=8000        port to answer on'
	@echo '     HOST=127.0.0.1   address to answer on; a demonstration answers on loopback only'
	@echo 'make test           Every test: on PostgreSQL and Redis, on SQLite, in a browser'
	@echo "     ARGS='-k feed'   more for pytest"
	@echo 'make quick          What answers soon, on SQLite'
	@echo 'make coverage       Branches that the tests take on SQLite in rules, readers, services and queries; fails below 95 %'
	@echo 'make check          Style, types, templates, translations, architecture'
	@echo 'make bench          Measures beside their targets; QUICK=1 for a first idea'
	@echo 'make chaos          Kill every process of the product twenty times while people work, on both databases'
	@echo 'make lock           Pin the versions anew (UPGRADE=1: the newest that fit)'
	@echo 'make translations   Bring the French catalogue up to date with the source'
	@echo 'make clean          Remove .venv and what the tools left; the data in var/ stays'

.PHONY: run
run:
	@exec $(PYTHON) -m rse.tooling.start $(UP)

.PHONY: environment
environment:
	@$(PYTHON) -m rse.tooling.environment requirements-dev.txt

.PHONY: test
test: environment
	@exec $(IN_VENV) -m tests.suite $(ARGS)

.PHONY: quick
quick: environment
	@exec $(IN_VENV) -m tests.suite --quick $(ARGS)

.PHONY: coverage
coverage: environment
	@exec $(IN_VENV) -m tests.suite --coverage $(ARGS)

.PHONY: check
check: environment
	@exec $(IN_VENV) -m rse.tooling.check

.PHONY: bench
bench: environment
	@exec $(IN_VENV) -m rse.tooling.bench

.PHONY: chaos
chaos: environment
	@KILLS=20 $(IN_VENV) -m pytest -q tests/chaos
	@KILLS=20 $(IN_VENV) -m tests.services postgres redis -- $(IN_VENV) -m pytest -q tests/chaos

.PHONY: lock
lock: environment
	@set -e; lock() { \
		$(IN_VENV) -m uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 \
			$(if $(UPGRADE),--upgrade) "$$@"; \
	}; \
	lock --group installer --output-file rse/tooling/uv.txt; \
	lock pyproject.toml --output-file requirements.txt; \
	lock pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt

.PHONY: translations
translations: environment
	@$(IN_VENV) -m rse.tooling.translations

.PHONY: clean
clean:
	@rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis build dist
	@find . -name .git -prune -o -path ./var -prune -o \( -name __pycache__ -o -name '*.mo' \) -prune -exec rm -rf {} +
