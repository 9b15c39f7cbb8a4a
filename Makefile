# Two commands do everything on a fresh machine that has make and Python 3.11 or newer: `make demo` and `make test`.

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev web demo test lint format faults bench docs coverage-doc clean

export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
# A machine may be told to keep no compiled Python; then every process here, each server of a test say, compiles all of it.
unexport PYTHONDONTWRITEBYTECODE
export LVTU_FAULT_ROUNDS ?= 3
# The share of the cases that properties are tried with; .ci/run tries all.
export LVTU_EXAMPLES ?= 0.4

OUT ?= demo-out
PORT ?= 8077
# The log of the BPI Challenge 2017 is not shipped; where it lies beside the project, the demonstration shows it too.
BPI ?= $(wildcard ../shared/data/eventlogs/bpic2017_application_full.parquet)
RUN = .venv/bin
# Tests are run by so many processes, one more than there are cores, since some wait for servers; a test that starts
# Spark or ClickHouse never meets another (tests/conftest.py).
PROCESSES ?= 3

help:  ## show what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --inexact leaves the development tools in place when the demo runs after the tests.
setup:  ## make the environment .venv with what Lvtu needs to run
	@python=$$(tools/setup.sh python) && uv=$$(tools/setup.sh uv) && \
	UV_PYTHON="$$python" "$$uv" sync --frozen --no-dev --inexact

setup-dev:  ## the same, with the tools for tests and checks
	@python=$$(tools/setup.sh python) && uv=$$(tools/setup.sh uv) && \
	UV_PYTHON="$$python" "$$uv" sync --frozen

web: setup-dev  ## build the web app where its sources have changed
	@$(RUN)/python tools/web.py

# Builds the workspaces, writes a report about each, and serves them until Ctrl+C; ONCE=1 ends it once it answers.
demo: setup  ## build the demonstration on real data in demo-out/, and serve it
	@$(RUN)/python tools/web.py
	@$(RUN)/lvtu demo --out $(OUT) $(if $(BPI),--bpi $(BPI))
	@echo && echo "The reports, open them in a browser:" && find $(OUT) -maxdepth 1 -name '*.html' | sort | sed 's/^/  /' && echo
	@$(RUN)/lvtu serve $(OUT) --port $(PORT) $(if $(ONCE),--once,$(if $(DISPLAY),,--no-browser))

test: setup-dev web  ## every test, with three rounds of the fault tests
	@$(RUN)/python -m pytest -n $(PROCESSES) --no-loadscope-reorder

lint: setup-dev  ## format, lint, types, import rules
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports --no-logo
	$(RUN)/python tools/web.py --check

format: setup-dev  ## put the code in the house's format
	$(RUN)/ruff format .
	$(RUN)/ruff check --fix .
	$(RUN)/python tools/web.py --format

faults: setup-dev  ## the fault tests, fifty rounds, on the disk
	@LVTU_FAULT_ROUNDS=50 TMPDIR=$${TMPDIR:-/tmp} $(RUN)/python -m pytest -m faults

bench: setup-dev  ## measure against the peers, write benchmarks/results.md (BENCH="--size 100M" for more)
	@PATH="$$(dirname "$$(tools/setup.sh uv)"):$$PATH" $(RUN)/python -m benchmarks $(BENCH)

docs: setup-dev  ## rewrite what is generated: docs/coverage.md, docs/reference/, the tutorial notebooks, web/openapi.json
	@$(RUN)/python tools/coverage.py --write
	@$(RUN)/python tools/reference.py --write
	@$(RUN)/python tools/tutorial.py --write
	@$(RUN)/python -m lvtu.service.openapi > web/openapi.json

coverage-doc: setup-dev  ## rewrite docs/coverage.md alone
	@$(RUN)/python tools/coverage.py --write

clean:  ## remove the environment, caches and the demonstration's output
	rm -rf .venv .uv .node web/node_modules web/src/client src/lvtu/service/web $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
