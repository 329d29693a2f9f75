# Every target does its own set-up inside this folder; nothing outside it is touched.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# tests of the kernels that are quick enough without compilation
PLAIN := by_hand or random_moves or there_and_back or bare_edges or hours_taken or cheapest_weeks or one_after_the_other or \
	firm_goes_first or overtime_only or scale_thins or background or moves_with or cancelled or bare_problems
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export NUMBA_CACHE_DIR = $(abspath $(VENV)/numba-cache)
export OMP_WAIT_POLICY = PASSIVE

.PHONY: help demo real test check cover faults fuzz bench lock clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Pursuit needs Python 3.11 or newer; set PYTHON=/path/to/python3.11 and try again."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## the demo firm's plan, in out/
	$(BIN)/pursuit demo --out out

real: $(READY) ## a plan from a real CRM export, in out/real/
	$(BIN)/python -m examples.real --out out/real

test: $(READY) ## all tests
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(READY) ## lint, types, direction of imports, docs
	$(BIN)/ruff check src tests benchmarks examples
	$(BIN)/ruff format --check src tests benchmarks examples
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest tests/test_house.py

cover: $(READY) ## branch coverage of all rooms, the compiled kernels run as plain Python
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser" --cov --cov-report=
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest tests/selection tests/scheduling -k "$(PLAIN)" --cov --cov-append

faults: $(READY) ## plant faults in a copy of the program; which test catches which
	$(BIN)/python -m tests.faults

fuzz: $(READY) ## a hundred thousand broken files of each format; failing ones are kept in out/fuzz/
	$(BIN)/python -m tests.fuzz

bench: $(READY) ## tables of quality, speed and scale
	$(BIN)/python -m benchmarks

lock: ## pin every dependency with its hashes (needs the network)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev --extra build --extra cluster pyproject.toml -o requirements.lock

clean: ## remove what was made here
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis
