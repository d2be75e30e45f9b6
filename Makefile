# Two commands matter: `make run` and `make test`. README.md explains both.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PYTHONUTF8 := 1

.PHONY: setup run test check acceptance bench soak clean

# Prepares .venv with the command `fairfloor`. Does nothing when it is up to date.
setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Fairfloor needs Python 3.11 or newer. Set PYTHON=python3.12, for example."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python lacks venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@$(BIN)/fairfloor compile-messages
	@touch $@

# Loads the demo factory and serves it on http://127.0.0.1:8000.
run: setup
	@FAIRFLOOR_URL=$${FAIRFLOOR_URL:-http://127.0.0.1:$(PORT)} $(BIN)/fairfloor demo
	@$(BIN)/fairfloor serve --port $(PORT)

# Every test: both databases and the browser; says aloud what it had to skip.
test: setup
	@$(BIN)/python -m tests.run_all

# Format, lint, types, import contracts, unit tests on SQLite: a minute or two.
check: setup
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not browser and not postgres and not slow and not alone"

# Each claim of the published case beside what the imported registers give.
acceptance: setup
	@$(BIN)/python -m tests.acceptance

# Measures pages, import, report and memory on a large generated factory; prints a table.
bench: setup
	@$(BIN)/python -m tests.performance.bench

# Kills the program thirty times under load on each database; SOAK_DATABASE_URL names a PostgreSQL server.
soak: setup
	@$(BIN)/python -m tests.soak

clean:
	rm -rf $(VENV) var
