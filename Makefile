# Ancrage: `make run` starts it, `make test` proves it, `make help` says the rest.

SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
VENDOR := crm/web/static/vendor
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml

.PHONY: help run env env-test assets browser check lint style types walls test bench lock clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 12

run: env assets ## start Ancrage on http://127.0.0.1:8000 (HOST=, PORT= move it); Ctrl-C stops everything
	@$(BIN)/ancrage run

env: .venv/ready ## the environment to run, from the hashed lock

env-test: .venv/ready-test ## the same, with what tests need

assets: $(VENDOR)/ready ## style sheets, scripts and fonts of the pages

check: env-test lint ## the fast part: style, types, walls, units (under a minute)
	@$(BIN)/python -m pytest -q -n auto -m "not browser and not server and not postgres and not database"

lint: style types walls

style: env-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Written otherwise: run .venv/bin/ruff format"; exit 1; }

types: env-test
	@$(BIN)/mypy --no-error-summary

walls: env-test
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo >.venv/walls.txt || { cat .venv/walls.txt; exit 1; }

test: env-test assets browser lint ## everything: check, both databases, real mail, real browser
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

bench: env-test assets ## measures, beside the bare thing each is compared with (FILES=100000: among so many files)
	@$(BIN)/python -m tests.benchmarks

lock: ## compile the hashed locks again (needs uv)
	$(LOCK) -o requirements.txt
	$(LOCK) --extra test -c requirements.txt -o requirements-test.txt
	$(LOCK) --extra node -c requirements.txt -o requirements-node.txt

clean: ## forget the environment and the assets (the data in var/ stays)
	rm -rf .venv node_modules $(VENDOR)

browser:
	@if command -v chromium >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing chromium for the browser tests"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; \
	else echo "No chromium on the PATH and not root: the browser tests will be skipped"; fi

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Ancrage needs Python 3.11 or newer; give one with PYTHON=python3.x")'
	@echo "Making the environment"
	@$(PYTHON) -m venv .venv

.venv/locked: requirements.txt | .venv/bin/python
	@echo "Installing dependencies"
	@$(PIP) --require-hashes -r requirements.txt
	@touch $@

.venv/ready: .venv/locked pyproject.toml
	@$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-test: requirements-test.txt .venv/locked | .venv/ready
	@echo "Installing what the tests need"
	@$(PIP) --require-hashes -r requirements-test.txt
	@touch $@

$(VENDOR)/ready: package-lock.json tools/page_assets.py crm/web/static/icons.txt | .venv/ready
	@if command -v npm >/dev/null; then npm ci --ignore-scripts --silent; \
	else $(PIP) --require-hashes -r requirements-node.txt && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --silent; fi
	@$(BIN)/python tools/page_assets.py
	@touch $@
