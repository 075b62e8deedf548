# The commands of the project. `make run` and `make test` need nothing but Python 3.11 or later.
PYTHON ?= python3
PORT ?= 8000
WORKERS ?= auto
BIN := .venv/bin
# The certificates the machine trusts, also behind a company's proxy.
export UV_SYSTEM_CERTS ?= 1
PYTEST := $(BIN)/python -m pytest -q -n $(WORKERS)

.PHONY: run test check bench lock env env-test translations format clean help

help: ## Show these commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /	/' | expand -t 14

run: env ## Install, migrate, load the demo organisation, start web and worker
	@$(BIN)/portal migrate
	@PORTAL_DEMO=1 $(BIN)/portal demo --if-empty
	@PORTAL_DEMO=1 $(BIN)/portal serve --port $(PORT)

test: env-test check ## Install what tests need and run everything, on SQLite and on PostgreSQL
	PORTAL_TEST_DATABASE=sqlite $(PYTEST) -m "not journey"
	PORTAL_TEST_DATABASE=postgresql $(PYTEST) -m "not journey and not once"
	$(PYTEST) -m journey tests/journeys

check: env-test ## Format, lint, types, imports, translations, migrations
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/portal translations check
	$(BIN)/portal check-migrations

bench: env-test ## Measure speed and memory; SET=S or SET=M chooses the size
	$(BIN)/python -m bench --set $(or $(SET),S)

format: env-test ## Format the code
	$(BIN)/ruff check -q --fix . || true
	$(BIN)/ruff format -q .

lock: .venv/uv ## Pin every dependency with hashes
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

env: .venv/run translations
	@.ci/system-packages run

env-test: .venv/test translations
	@.ci/system-packages test

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The portal needs Python 3.11 or later, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing: install the package python3-venv." >&2; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==0.13.9
	@touch $@

.venv/run: .venv/uv requirements.txt pyproject.toml
	@echo "Installing what the portal needs ..."
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.txt
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: .venv/run requirements-dev.txt
	@echo "Installing what the tests need ..."
	@$(BIN)/uv pip install -q --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

translations: .venv/run
	@$(BIN)/portal translations compile >/dev/null

clean: ## Remove everything that was installed or made
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache
